"""Files that are none, or lie elsewhere, are refused with one diagnostic; a damaged cache changes nothing."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportgen
from reportgen.app.command import main
from reportgen.base.diagnostics import Diagnostic, Refused, Severity
from reportgen.base.limits import FILE_BYTES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
FONT = '[faces."Own"]\nfile = "own.ttf"\n'


def make_project(folder: Path) -> Path:
    """Write the tutorial's report, with a font of its own."""
    for path, text in {**FILES, "fonts/fonts.toml": FONT}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    shutil.copy(next((ROOT / "fonts").rglob("*.ttf")), folder / "fonts/own.ttf")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_project(tmp_path / "report")


def test_the_project_itself_is_faultless(small: Path) -> None:
    assert errors_of(small) == []


def errors_of(folder: Path) -> list[Diagnostic]:
    try:
        found = reportgen.open(folder).check()
    except Refused as refused:
        found = refused.diagnostics
    return [d for d in found if d.severity is Severity.ERROR]


def link_out(path: Path) -> None:
    """Put a link to the same file outside the project in its place."""
    outside = path.parents[len(path.parts) - 1 - path.parts.index("report")] / f"outside-{path.name}"
    path.rename(outside)
    path.symlink_to(outside)


def link_to(target: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    return make


def link_in_a_circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(f"{path.name}.other")
    (path.parent / f"{path.name}.other").symlink_to(path.name)


def instead(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.unlink()
        make(path)

    return put


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(path.parent)  # the names of sockets are short
        made.bind(path.name)
        os.chdir(before)


def make_endless(path: Path) -> None:
    os.truncate(path, FILE_BYTES + 1)


HAZARDS: dict[str, Callable[[Path], None]] = {
    "a link leads out of the project": link_out,
    "its links lead in a circle": link_in_a_circle,
    "missing": link_to("nowhere"),
    "it is a named pipe": instead(os.mkfifo),
    "it is a socket": instead(make_socket),
    "it is a folder": instead(Path.mkdir),
    "out of the project": link_to("/dev/zero"),
    "it has more than": make_endless,
}
PLACES = [
    "data/datapackage.json",
    "data/loans.csv",
    "data/lists/kinds.csv",
    "data/corrections.csv",
    "data/facts.toml",
    "data/charts.toml",
    "data/manuscript/10-loans.md",
    "fonts/fonts.toml",
    "fonts/own.ttf",
]


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("message", HAZARDS)
def test_what_is_no_file_of_the_project_is_told_once(small: Path, path: str, message: str) -> None:
    HAZARDS[message](small / path)
    (told,) = errors_of(small)
    assert told.rule in ("unreadable-file", "missing-file")
    assert message in told.message or "not there" in told.message
    assert told.hints


@pytest.mark.parametrize("message", [m for m in HAZARDS if m != "missing"])
def test_a_report_file_that_is_none_is_told(small: Path, message: str) -> None:
    HAZARDS[message](small / "data/report.toml")
    (told,) = errors_of(small)
    assert told.rule in ("unreadable-file", "not-a-project")


@pytest.mark.parametrize("folder", ["data/manuscript", "data/lists", "data", "fonts"])
def test_a_folder_that_lies_elsewhere_is_told(small: Path, folder: str, tmp_path: Path) -> None:
    (small / folder).rename(tmp_path / "elsewhere")
    (small / folder).symlink_to(tmp_path / "elsewhere")
    told = [d for d in errors_of(small) if d.rule == "unreadable-file"]
    assert told
    assert all("a link leads out of the project" in d.message for d in told)


def test_links_within_a_project_are_followed_and_the_project_may_be_a_link(
    small: Path, tmp_path: Path
) -> None:
    (small / "data/loans.csv").rename(small / "data/there.csv")
    (small / "data/loans.csv").symlink_to("there.csv")
    (small / "data/manuscript").rename(small / "words")
    (small / "data/manuscript").symlink_to(small / "words")
    (tmp_path / "link").symlink_to(small)
    assert errors_of(tmp_path / "link") == []
    assert main(["build", str(tmp_path / "link")]) == 0


@pytest.mark.parametrize("own", ["out", ".cache"])
def test_nothing_is_written_where_a_link_of_the_project_leads(
    small: Path, own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry of the cache is removed when it is old, so what lies in a folder that is none must not look like one."""
    (tmp_path / "elsewhere").mkdir()
    (small / own).symlink_to(tmp_path / "elsewhere")
    assert main(["build", str(small)]) == (1 if own == "out" else 0)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    if own == "out":
        assert "name the folder that it leads to with --out" in capsys.readouterr().err
        assert main(["build", str(small), "--out", str(small / "out")]) == 0


@pytest.mark.parametrize("command", ["preflight", "lines", "read"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_commands_on_finished_files_refuse_what_is_none(
    command: str, make: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "a.pdf")
    assert main([command, str(tmp_path / "a.pdf")]) == 1
    assert "not a file" in capsys.readouterr().err


def test_a_catalog_that_is_none_is_left_alone(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (small / "data/report.toml").open("a", encoding="utf-8") as out:
        out.write(
            '\n[editions.en]\nlocale = "en_GB"\nlang = "en-GB"\ntitle = "Library"\nissuer = "Library"\n'
        )
    (small / "locales/en/LC_MESSAGES/report.po").mkdir(parents=True)
    assert main(["catalog", "update", "-C", str(small)]) == 1
    assert "it is a folder, not a file" in capsys.readouterr().err
    assert not (small / "locales/report.pot").exists()


# ---- the cache -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that is built, its files and its cache."""
    folder = make_project(tmp_path_factory.mktemp("kept") / "report")
    assert main(["build", str(folder), "--draft"]) == 0
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_damaged_in_a_cache_the_files_are_the_same(built: Path, data: st.DataObject) -> None:
    """Each entry loses its end, or has bits flipped or bytes exchanged; or all stand under other names."""
    right = files_in(built / "out")
    entries = sorted((built / ".cache").iterdir())
    kept = files_in(built / ".cache")
    kind = data.draw(st.sampled_from(["flip", "cut", "empty", "exchange", "text"]))
    for path, other in zip(entries, [*entries[1:], entries[0]], strict=True):
        content = bytearray(kept[path.name])
        at = data.draw(st.integers(0, len(content) - 1))
        if kind == "flip":
            content[at] ^= 1 << data.draw(st.integers(0, 7))
        elif kind == "cut":
            del content[at:]
        elif kind == "empty":
            content.clear()
        elif kind == "exchange":
            content[:] = kept[other.name]
        else:
            content[:] = bytes(content).replace(b"151000", b"999999").replace(b"Loans", b"Boats") + b"\0"
        path.write_bytes(content)
    (built / "out/manifest.json").write_bytes(b"torn")
    assert main(["build", str(built), "--draft"]) == 0
    assert files_in(built / "out") == right
    assert files_in(built / ".cache") == kept


# ---- names -----------------------------------------------------------------------------------------------------------


def rename(folder: Path, old: str, new: str, *paths: str) -> None:
    for path in paths:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "x" * 201, "C" + "报" * 90])
def test_a_name_that_a_file_cannot_have_is_told_where_it_is_written(small: Path, name: str) -> None:
    """The table and the figure of the tutorial have one name, which all its files use."""
    rename(small, 'file_stem = "library-2024"', f'file_stem = "{name}"', "data/report.toml")
    rename(small, '"name": "loans"', f'"name": "{name}"', "data/datapackage.json")
    rename(small, ":::{figure} loans", f":::{{figure}} {name}", "data/manuscript/10-loans.md")
    rename(small, ":table: loans", f":table: {name}", "data/manuscript/10-loans.md")
    rename(small, "#fig-loans", f"#fig-{name}", "data/manuscript/10-loans.md")
    rename(small, "[loans]", f'["{name}"]', "data/charts.toml")
    rename(small, '"loans"', f'"{name}"', "data/charts.toml", "data/facts.toml")
    rename(small, ",loans,", f",{name},", "data/corrections.csv")
    told = errors_of(small)
    assert [d.rule for d in told] == ["unfit-name"] * 3
    places = [str(d.place).partition(":")[0] for d in told]
    assert sorted(places) == ["data/datapackage.json", "data/manuscript/10-loans.md", "data/report.toml"]


@pytest.mark.parametrize("name", ["a:b", "a?", "\\ud800", "a/b", "../a", "a\\u0000", "a\\u001b[2J"])
def test_a_table_may_not_have_a_name_with_forbidden_characters(small: Path, name: str) -> None:
    """The others are of files that name the table as it was."""
    rename(small, '"name": "loans"', f'"name": "{name}"', "data/datapackage.json")
    (told,) = [d for d in errors_of(small) if d.rule in ("unfit-name", "half-character")]
    assert str(told.place).startswith("data/datapackage.json:")
    assert told.message.isprintable()
