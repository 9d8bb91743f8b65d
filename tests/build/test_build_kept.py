"""Finished files are kept as long as nothing that they were made from has changed, and no longer."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.base.diagnostics import Result, warning
from reportgen.base.world import World
from reportgen.build import kept, pipeline
from reportgen.build.kept import build_or_keep
from reportgen.build.outputs import MANIFEST
from reportgen.build.request import Request
from reportgen.build.store import Store, product_digest


def finished(files: dict[str, bytes], report: str = "a", **change: str) -> dict[str, bytes]:
    """Return files with the manifest that names them; ``change`` are digests by the profile of their file."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    digests |= {f"a.zh.{profile}.pdf": digest for profile, digest in change.items()}
    said = {"report": report, "files": digests, "facts": {}}
    return {**files, MANIFEST: json.dumps(said).encode()}


FILES = {"a.zh.screen.pdf": b"screen", "a.zh.press.pdf": b"press"}
WARNING = warning("narrow-margin", "the margin is narrow")


@contextmanager
def quiet(_: str) -> Iterator[None]:
    yield


@dataclass
class Build:
    """Stands for the pipeline: reads a few files and makes one of what it read."""

    world: World
    request: Request
    result: Result[dict[str, bytes]] = field(default_factory=lambda: Result(finished(FILES), (WARNING,)))
    program: str | None = None
    made: int = 0

    def make(self, world: World, _: Request, __: object) -> Result[dict[str, bytes]]:
        self.made += 1
        world.read_text("data/report.toml")
        world.read_text("data/missing.toml")
        world.exists("data/corrections.csv")
        for path in world.glob("data/manuscript", ".md"):
            world.read_bytes(path)
        if self.program:
            world.read_text(self.program)
        return self.result

    def run(self) -> Result[dict[str, bytes]]:
        return build_or_keep(self.world, self.request, quiet)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    (tmp_path / "data/manuscript").mkdir(parents=True)
    (tmp_path / "data/report.toml").write_text("title = 1")
    (tmp_path / "data/unread.txt").write_text("whatever")
    (tmp_path / "data/manuscript/1.md").write_text("# One")
    build = Build(World(tmp_path), Request(cache=tmp_path / ".cache"))
    monkeypatch.setattr(pipeline, "build", build.make)
    return build


def test_files_and_warnings_are_kept_while_nothing_changes(build: Build) -> None:
    assert [build.run() for _ in range(3)] == [build.result] * 3
    assert build.made == 1


@pytest.mark.parametrize(
    "path", ["data/report.toml", "data/missing.toml", "data/corrections.csv", "data/manuscript/1.md"]
)
def test_what_was_read_or_looked_for_is_depended_on(build: Build, path: str, tmp_path: Path) -> None:
    build.run()
    (tmp_path / path).write_text("changed")
    build.run()
    assert build.made == 2


def test_a_file_that_appears_beside_others_of_its_kind_is_seen(build: Build, tmp_path: Path) -> None:
    build.run()
    (tmp_path / "data/manuscript/2.md").write_text("# Two")
    build.run()
    assert build.made == 2


def test_a_file_that_goes_is_seen(build: Build, tmp_path: Path) -> None:
    build.run()
    (tmp_path / "data/report.toml").unlink()
    build.run()
    assert build.made == 2


def test_a_file_that_was_never_read_may_change(build: Build, tmp_path: Path) -> None:
    build.run()
    (tmp_path / "data/unread.txt").write_text("changed")
    build.run()
    assert build.made == 1


def test_a_project_that_moves_is_not_made_anew(build: Build, tmp_path: Path) -> None:
    build.run()
    shutil.copytree(tmp_path, tmp_path / "copy")
    build.world = World(tmp_path / "copy")
    build.run()
    assert build.made == 1


@pytest.mark.parametrize("change", [{"editions": ("en",)}, {"profiles": ("press",)}, {"proof": False}])
def test_another_request_is_another_build(build: Build, change: dict[str, object]) -> None:
    build.run()
    build.request = replace(build.request, **change)  # type: ignore[arg-type]
    build.run()
    assert build.made == 2


def test_another_date_is_another_build(build: Build) -> None:
    build.run()
    build.world = replace(build.world, source_date=datetime(2024, 7, 1, tzinfo=UTC))
    build.run()
    assert build.made == 2


def test_a_font_that_changes_is_seen(build: Build, tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/fonts.toml").write_text('[faces.Own]\nfile = "own.ttf"\n')
    (tmp_path / "fonts/own.ttf").write_bytes(b"one")
    build.run()
    (tmp_path / "fonts/own.ttf").write_bytes(b"two")
    build.run()
    assert build.made == 2


def test_a_build_with_errors_is_not_kept(build: Build) -> None:
    from reportgen.base.diagnostics import error

    build.result = Result({}, (error("no-table", "a table is missing"),))
    build.run()
    build.run()
    assert build.made == 2


def test_a_build_that_runs_a_function_of_the_project_is_not_kept(build: Build, tmp_path: Path) -> None:
    (tmp_path / "data/charts.py").write_text("def chart(stage): ...")
    build.program = "data/charts.py"
    build.run()
    build.run()
    assert build.made == 2


def test_without_a_cache_everything_is_made(build: Build, tmp_path: Path) -> None:
    build.request = Request()
    build.run()
    build.run()
    assert build.made == 2
    assert not (tmp_path / ".cache").exists()


@pytest.mark.parametrize(
    "entry",
    [
        ({}, finished({"../a.pdf": b"elsewhere"}, ".."), ()),
        ({}, finished({"/a.pdf": b"elsewhere"}, "/a"), ()),
        ({}, finished({"a.zh/x.pdf": b"elsewhere"}), ()),
        ({}, finished({"a.pdf": b"of another report"}, "b"), ()),
        ({}, finished({}), ()),
        ({}, FILES, ()),
        ({}, {**FILES, MANIFEST: b"[]"}, ()),
        ({}, {**FILES, MANIFEST: b'{"report": "a", "files": []}'}, ()),
        ({}, {**FILES, MANIFEST: b"[" * 100_000}, ()),
        ({}, {**FILES, MANIFEST: b"\xff"}, ()),
        ({}, {**FILES, MANIFEST: "no bytes"}, ()),
        ({}, finished(FILES) | {"a.zh.press.pdf": b"pross"}, ()),
        ({}, finished(FILES) | {"a.zh.cover.pdf": b"more"}, ()),
        ({}, finished(FILES, cover="0" * 64), ()),
        ({}, finished(FILES, press="0" * 64), ()),
        ({}, {1: b"", **finished(FILES)}, ()),
        ({}, {**finished(FILES), "a.zh.press.pdf": "press"}, ()),
        ({}, finished(FILES), ("no diagnostic",)),
        ({("read", "data/report.toml"): "0" * 64}, finished(FILES), ()),
        ({("run", "data/report.toml"): "0"}, finished(FILES), ()),
        ({"read": "0"}, finished(FILES), ()),
        ({("read", 1): "0"}, finished(FILES), ()),
        ((), (), ()),
        1,
    ],
)
def test_an_entry_that_is_none_of_ours_is_not_believed(build: Build, entry: object) -> None:
    assert build.request.cache is not None
    key = tuple(kept._key(build.world, build.request))
    Store(build.request.cache, product_digest()).keep(key, entry)
    build.result = Result(finished({"a.zh.screen.pdf": b"made anew"}))
    assert build.run() == build.result
    assert build.made == 1


def test_an_entry_that_is_ours_is_believed(build: Build) -> None:
    """The others above differ from it in one thing each."""
    assert build.request.cache is not None
    key = tuple(kept._key(build.world, build.request))
    Store(build.request.cache, product_digest()).keep(key, ({}, finished(FILES), (WARNING,)))
    assert build.run() == Result(finished(FILES), (WARNING,))
    assert build.made == 0
