"""What the pages say of new reports, switches and sizes of paper is what the program does."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.app.command import main
from reportgen.base.papers import papers
from reportgen.base.units import parse_length
from reportgen.edition.apparatus import KINDS, LONGEST, OF_A_FIGURE, SWITCHES, apparatus_of
from reportgen.edition.report import Report
from reportgen.manuscript.tree import Manuscript

ROOT = Path(__file__).parents[2]
REPORT = (ROOT / "docs/report.md").read_text(encoding="utf-8")


def rows(text: str, after: str) -> list[list[str]]:
    """Return the cells of the first table after a heading."""
    table = re.search(r"(?:^\|.*\n)+", text.split(after, 1)[1], re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table[0].splitlines()[2:]]


def test_the_table_of_switches_is_what_each_kind_has() -> None:
    said = {
        name: row[2:]
        for row in rows(REPORT, "\n## What stands around")
        for name in re.findall(r"`(\w+)`", row[0])
    }
    assert sorted(said) == sorted(SWITCHES)
    for column, kind in enumerate(KINDS):
        report = Report("x", "2024-01", "x", "", {}, kind=kind)
        found = apparatus_of(report, Manuscript(())).value
        written = replace(found, guide=False, colophon=False) if kind != "report" else found
        for name, cells in said.items():
            expected = {"yes": (True,), "–": (False,), "as written": (True, False)}[cells[column]]
            assert getattr(written, name) in expected, (name, kind)


def test_the_lengths_of_kinds_are_said() -> None:
    for number in (*LONGEST.values(), OF_A_FIGURE):
        assert f"{number:,}" in REPORT


def test_the_table_of_papers_has_every_size() -> None:
    cells = [cell for row in rows(REPORT, "\n## The paper") for cell in row]
    said = dict(zip(cells[::2], cells[1::2], strict=True))
    said.pop("", None)
    sizes = {
        name.strip("`"): tuple(round(parse_length(f"{side} mm"), 3) for side in size.split(" × "))
        for name, size in said.items()
    }
    assert sizes == {name: (round(size.width, 3), round(size.height, 3)) for name, size in papers().items()}


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md", "docs/commands.md"])
def test_the_commands_that_begin_a_report_do_what_is_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From ``new`` on, each command of the same block is run, but for ``watch``, which has no end."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    text = (ROOT / page).read_text(encoding="utf-8")
    (block,) = (
        b for b in re.findall(r"^```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE) if "reportgen new" in b
    )
    said = ""
    for line in block.splitlines():
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if words[:1] == ["cd"] and line.startswith("$ "):
            monkeypatch.chdir(words[1])
        elif words and words[0].endswith("reportgen") and words[1] != "watch" and not line.startswith(" "):
            assert main(words[1:]) == 0
            said += capsys.readouterr().err
        elif line and words[:1] != ["…"] and not words[0].endswith("reportgen"):
            assert line in said
    assert Path(tmp_path / "my-report/data/report.toml").is_file()
