"""Watching a project: a build at first and after every change, also after a refused one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen.base.diagnostics import Refused, error
from reportgen.project.new_project import new_project
from reportgen.project.watching import PAUSE, rebuilds, stamps

DATA = "data/trips.csv"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    new_project(tmp_path / "report", kind="bulletin", languages=["zh"])
    return tmp_path / "report"


class Editor:
    """Makes one edit at each look that watching waits for; how often it was asked to wait is its clock."""

    def __init__(self, *edits: Callable[[], object] | None) -> None:
        self.edits: Iterator[Callable[[], object] | None] = iter(edits)
        self.waits: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)
        edit = next(self.edits)
        if edit is not None:
            edit()


def builds(folder: Path, editor: Editor, count: int) -> list[int]:
    """Return how often had been waited at each of the first builds."""
    found: list[int] = []

    def build() -> reportgen.Built:
        found.append(len(editor.waits))
        raise Refused([error("no-edition", "nothing is built here")])

    for _, _ in zip(range(count), rebuilds(folder, build, editor), strict=False):
        pass
    return found


def test_a_change_is_built_once_the_files_rest(project: Path) -> None:
    """A save in three steps, a look apart each, is one change; a look without one follows before the build."""
    file = project / DATA
    steps = [lambda n=n: file.write_bytes(b"x" * n) for n in (1, 2, 3)]
    editor = Editor(None, None, *steps, None)
    assert builds(project, editor, 2) == [0, 6]
    assert set(editor.waits) == {PAUSE}


@pytest.mark.parametrize(
    "edit",
    [
        lambda p: (p / "data/new.csv").write_text("a\n"),
        lambda p: (p / DATA).unlink(),
        lambda p: (p / DATA).rename(p / "data/other.csv"),
        lambda p: (p / "locales/en").mkdir(parents=True) or (p / "locales/en/x.po").write_text("x"),
        lambda p: (p / "fonts").mkdir() or (p / "fonts/fonts.toml").write_text("x"),
        lambda p: os.utime(p / DATA, ns=(1, 1)),
    ],
)
def test_each_kind_of_change_is_seen(edit: Callable[[Path], object], project: Path) -> None:
    before = stamps(project)
    edit(project)
    assert stamps(project) != before


@pytest.mark.parametrize(
    "place", ["out/x.pdf", ".cache/x", "data/.x.swp.d/x", "data/__pycache__/x.pyc", "notes.txt"]
)
def test_what_no_build_reads_is_not_looked_at(place: str, project: Path) -> None:
    before = stamps(project)
    (project / place).parent.mkdir(parents=True, exist_ok=True)
    (project / place).write_text("x")
    assert stamps(project) == before


def test_a_change_during_a_build_is_built_too(project: Path) -> None:
    sizes = []

    def build() -> reportgen.Built:
        sizes.append((project / DATA).stat().st_size)
        if len(sizes) == 1:
            (project / DATA).write_text("changed meanwhile")
        raise Refused([error("no-edition", "nothing is built here")])

    for _, _ in zip(range(2), rebuilds(project, build, Editor(None)), strict=False):
        pass
    assert len(sizes) == 2


def test_a_refused_build_keeps_the_last_good_files(project: Path) -> None:
    file = project / DATA
    good = file.read_text(encoding="utf-8")
    edits = [lambda: file.write_text(good.replace("46300000", "x")), None]
    edits += [lambda: file.write_text(good.replace("46300000", "46400000")), None]
    found = reportgen.open(project).watch(profiles=["screen"], proof=False, wait=Editor(*edits))
    first, pdf = next(found), project / "out" / f"{project.name}.zh.screen.pdf"
    assert first.built is not None
    assert pdf in first.built.files
    before = pdf.read_bytes()
    second = next(found)
    assert second.built is None
    assert [d.rule for d in second.diagnostics] == ["not-a-number"]
    assert pdf.read_bytes() == before
    third = next(found)
    assert third.built is not None
    assert pdf.read_bytes() != before
    assert min(first.seconds, second.seconds, third.seconds) > 0


def test_ctrl_c_ends_the_command_with_0_and_leaves_no_process(project: Path) -> None:
    command = [sys.executable, "-m", "reportgen", "watch", "--json", "--draft", str(project)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as watching:
        assert watching.stdout is not None
        first = json.loads(watching.stdout.readline())
        assert first["diagnostics"] == []
        assert len(first["files"]) == 3
        file = project / DATA
        file.write_text(file.read_text(encoding="utf-8").replace("46300000", "x"), encoding="utf-8")
        second = json.loads(watching.stdout.readline())
        assert (second["files"], second["diagnostics"][0]["rule"]) == ([], "not-a-number")
        os.killpg(watching.pid, signal.SIGINT)
        out, err = watching.communicate(timeout=60)
        assert (watching.returncode, out) == (0, "")
        assert "Traceback" not in err
    for _ in range(100):
        try:
            os.killpg(watching.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process of the watch is still there")
