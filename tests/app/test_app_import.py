"""``reportgen import``: the example of docs/import.md, questions in a terminal, nothing written that is not whole."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from test_app_small_project import add_english, files, write

import reportgen
from reportgen.app.command import main

PAGE = (Path(__file__).parents[2] / "docs/import.md").read_text(encoding="utf-8")
SHEET = re.search(r"^`visits-2022.csv`:\n\n```csv\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[1]  # type: ignore[index]
ANSWERS = re.search(r"^`answers.toml`:\n\n```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[1]  # type: ignore[index]
SHOWN = re.search(r"--answers answers.toml\n(table visits.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[1]  # type: ignore[index]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the tutorial's project in two languages with a sheet beside its data; it is the current folder."""
    for path, text in files().items():
        if not path.endswith("corrections.csv"):
            write(tmp_path, path, text)
    add_english(tmp_path)
    write(tmp_path, "visits-2022.csv", SHEET)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_example_of_the_page(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["import", "visits-2022.csv", "--answers", "answers.toml"]
    capsys.readouterr()
    assert main(command) == 1
    captured = capsys.readouterr()
    assert captured.out + captured.err == SHOWN
    asked = re.findall(r'^"(.*)" = ""$', (office / "answers.toml").read_text("utf-8"), re.MULTILINE)
    assert asked == re.findall(r'^"(.*?)" = ', ANSWERS, re.MULTILINE)
    write(office, "answers.toml", ANSWERS)
    assert main(command) == 0
    assert "visits is new: 16 rows" in capsys.readouterr().out
    shown = re.search(r"`data/visits.csv` begins so:\n\n```csv\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert shown is not None
    assert (office / "data/visits.csv").read_text("utf-8").startswith(shown[1])
    assert main(["check"]) == 0
    before = state(office)
    write(office, "visits-2023.csv", SHEET.encode("gb18030"))
    assert main(["import", "visits-2023.csv", "--dry-run"]) == 0
    assert {k: v for k, v in state(office).items() if k != "visits-2023.csv"} == before
    assert main(["import", "visits-2023.csv"]) == 0
    assert (office / "data/visits.csv").read_bytes() == before["data/visits.csv"]
    assert (office / "data/datapackage.json").read_bytes() == before["data/datapackage.json"]


def test_nothing_is_written_while_questions_are_open(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(office)
    assert main(["import", "visits-2022.csv"]) == 1
    printed = capsys.readouterr().err
    assert "10 names in en (合计 …)" in printed
    assert "--answers" in printed
    assert "--yes" in printed
    assert state(office) == before


@pytest.mark.usefixtures("office")
def test_names_may_be_left_to_be_filled_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "visits-2022.csv", "--yes"]) == 0
    assert "left to be filled in: 10 names in en" in capsys.readouterr().err
    assert main(["check"]) == 1
    assert "the code c02 has no name in en" in capsys.readouterr().err


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Person(Screen):
    """Answers what the screen last asked."""

    def __init__(self, screen: Screen, answers: dict[str, str]) -> None:
        super().__init__()
        self.screen, self.answers = screen, answers

    def readline(self, *_: object) -> str:
        asked = self.screen.getvalue().rsplit("\n", 1)[-1].removesuffix(": ")
        self.screen.write("\n")
        return self.answers[asked] + "\n"


def test_a_person_is_asked(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(office, "loans-by-hall.csv", "馆,2020,2021\n中心馆,12*,13\n东区馆,14,15\n")
    answers = {
        "The unit of the numbers": "万册", "What does * mean": "p", "loans-by-hall in zh": "各馆借阅量",
        "loans-by-hall in en": "Loans by hall", "中心馆 in en": "Central", "东区馆 in en": "East", "馆 in en": "Hall",
        "万册 in en": "10,000 items",
    }  # fmt: skip
    screen = Screen()
    monkeypatch.setattr(sys, "stdin", Person(screen, answers))
    monkeypatch.setattr(sys, "stderr", screen)
    code = main(["import", "loans-by-hall.csv"])
    assert code == 0, screen.getvalue()
    assert all(f"{question}: " in screen.getvalue() for question in answers)
    assert "2020,central,12,P," in (office / "data/loans-by-hall.csv").read_text("utf-8")


@pytest.mark.usefixtures("office")
def test_the_answer_as_json_holds_all_that_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["import", "visits-2022.csv", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["table"] == "visits"
    assert answer["rows"] == 16
    assert len(answer["questions"]["names"]["en"]) == 10
    assert answer["files"] == []
    assert [d["rule"] for d in answer["diagnostics"]] == ["open-question"]


@pytest.mark.usefixtures("office")
def test_a_file_that_is_none_is_one_diagnostic(capsys: pytest.CaptureFixture[str]) -> None:
    for name, words in (("nowhere.csv", "missing"), ("data", "not a file")):
        capsys.readouterr()
        assert main(["import", name]) == 1
        printed = capsys.readouterr().err
        assert printed.count("error:") == 1
        assert words in printed


def test_a_program_imports_through_the_door(office: Path) -> None:
    project = reportgen.open(office)
    with pytest.raises(reportgen.Refused):
        project.import_table("visits-2022.csv")
    done = project.import_table("visits-2022.csv", leave_names=True, dry_run=True)
    assert (done.table, done.rows, done.files) == ("visits", 16, ())
    write(office, "answers.toml", ANSWERS)
    done = project.import_table("visits-2022.csv", answers="answers.toml")
    assert office / "data/visits.csv" in done.files
    assert project.table("visits").to_frame().shape[0] == 16


def test_an_import_that_was_stopped_is_undone_by_a_check(office: Path) -> None:
    write(office, "data/visits.csv", "half written")
    write(office, ".reportgen-writing/journal", json.dumps({"data/visits.csv": False}))
    assert main(["check"]) == 0
    assert not (office / "data/visits.csv").exists()
    assert not (office / ".reportgen-writing").exists()
