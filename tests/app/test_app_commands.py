"""The commands answer on standard output, complain on standard error, and explain themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.app.command import main, parser


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_facts_lists_every_fact_and_claim(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listing = answer(capsys, "facts", "-C", str(project))
    assert "p1.applications.cagr " in listing
    assert "p4.accelerates " in listing
    assert "DOES NOT HOLD" not in listing


def test_facts_explains_a_number_from_its_cells_to_its_pages(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = answer(capsys, "facts", "p3.top.1", "-C", str(project))
    assert "data/digital-top-companies.csv, row " in text
    assert "printed      zh, page " in text
    assert "printed      en, page " in text
    assert "data/manuscript/23-part3.md:" in text


def test_facts_explains_a_claim(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "facts", "p4.accelerates", "-C", str(project))
    assert "holds" in text
    assert "rests on     p4.cn.applications.cagr.recent" in text


def test_facts_guesses_at_a_misspelt_id(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "p3.top.1.compny", "-C", str(project)]) == 1
    assert "p3.top.1.company" in capsys.readouterr().err


def test_fonts_lists_faces_and_looks_characters_up(capsys: pytest.CaptureFixture[str]) -> None:
    root = str(Path(__file__).parents[2])
    assert "NotoSerifSC-Regular" in answer(capsys, "fonts", "-C", root)
    assert "U+4E13" in answer(capsys, "fonts", "-C", root, "--text", "专")
    assert "in no face" in answer(capsys, "fonts", "-C", root, "--text", "\U0001f980")


def test_the_shipped_catalogs_are_up_to_date(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {p: p.read_bytes() for p in sorted((project / "locales").rglob("*.po*"))}
    answer(capsys, "catalog", "update", "-C", str(project))
    assert {p: p.read_bytes() for p in sorted((project / "locales").rglob("*.po*"))} == before


def test_a_changed_passage_leaves_its_translation_fuzzy_and_refuses_the_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "data/manuscript/10-summary.md"
    path.write_text(path.read_text(encoding="utf-8").replace("新的动力", "新的活力"), encoding="utf-8")
    answer(capsys, "catalog", "update", "-C", str(project))
    assert "#, fuzzy" in (project / "locales/en/LC_MESSAGES/report.po").read_text(encoding="utf-8")
    assert main(["catalog", "check", "-C", str(project)]) == 1
    assert "fuzzy" in capsys.readouterr().err
    assert main(["build", str(project)]) == 1
    assert main(["build", str(project), "--edition", "zh"]) == 0


def test_check_says_that_there_is_nothing_to_say(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(project)]) == 0
    assert "no errors" in capsys.readouterr().err


def test_a_pipe_gets_plain_lines(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(project)]) == 0
    assert "\x1b" not in capsys.readouterr().err


def test_help_names_every_command_and_exit_code() -> None:
    text = parser().format_help()
    for word in ("build", "check", "facts", "catalog", "fonts", "exit codes", "examples"):
        assert word in text


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("reportgen ")
