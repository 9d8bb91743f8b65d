"""The tutorial's report with quarters in place of years: built in both editions, exported, explained, refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.app.command import main

PAGE = (Path(__file__).parents[2] / "docs/tutorial.md").read_text(encoding="utf-8")
BLOCK = r":\n\n```\w+\n(.*?)^```"
QUARTERS = {"2021": "2022-Q4", "2022": "2023年第一季度", "2023": "2023Q2"}
FACTS = """
[loans.yoy]
measure = "period_on_period"
table = "loans"
across = ["kind"]

[loans.span]
measure = "period"
table = "loans"
"""
WORDS = "{loans.last_year:period}（{loans.span:period}）环比增长{loans.yoy:pct.1}，借阅量达"


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def quarterly(path: str, text: str) -> str:
    """Return a file of the tutorial's report as it is with quarters."""
    if path.endswith("loans.csv"):
        for year, quarter in QUARTERS.items():
            text = text.replace(f"\n{year},", f"\n{quarter},")
        return text.replace("year,", "quarter,", 1)
    if path.endswith("datapackage.json"):
        text = text.replace(
            '"name": "year", "type": "year", "reportgen": {',
            '"name": "quarter", "type": "string", "reportgen": {"period": "quarter", ',
        )
        return text.replace('["year"', '["quarter"')
    if path.endswith("report.toml"):
        return 'kind = "report"\n' + text  # with an annex
    if path.endswith("facts.toml"):
        return text.replace("year = ", "quarter = ").replace("loans.last_quarter", "loans.last_year") + FACTS
    if path.endswith("charts.toml"):
        return text.replace('x = "year"', 'x = "quarter"')
    return text.replace("{loans.last_year:year}年借阅量达", WORDS)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files: Mapping[str, str] = dict(re.findall(rf"^`([\w./-]+)`{BLOCK}", PAGE, re.DOTALL | re.MULTILINE))
    for path, text in files.items():
        if path != "data/corrections.csv":
            write(tmp_path, path, quarterly(path, text))
    return tmp_path


def run(folder: Path, *arguments: str) -> int:
    first, *others = arguments
    where = ["-C", str(folder)] if first == "facts" else [str(folder)]
    return main([first, *where, *others])


def test_frictionless_accepts_columns_of_periods(project: Path) -> None:
    from frictionless import validate

    report = validate(str(project / "data/datapackage.json"))
    assert report.flatten(["type", "note"]) == []


def test_a_report_of_quarters_is_built_and_says_them_in_words(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "build") == 0, capsys.readouterr().out
    capsys.readouterr()
    assert main(["read", str(next((project / "out").glob("*.zh.screen.pdf")))]) == 0
    spoken = capsys.readouterr().out
    assert "2023年第二季度（2022年第四季度至2023年第二季度）环比增长25.4%" in spoken
    assert "TR: *2022年四季度 | 118,000 | 9,100E" in spoken
    assert "柱形图，2022年四季度至2023年二季度" in spoken
    assert not re.search(r"20\d\dQ\d", spoken)


def test_the_workbook_has_periods_as_texts_and_in_words(project: Path) -> None:
    assert run(project, "figures") == 0
    sheet = load_workbook(next((project / "out/figures").glob("*.xlsx"))).worksheets[0]
    rows = [tuple(row[:2]) for row in sheet.iter_rows(values_only=True)]
    assert ("quarter", "quarter_zh") in rows
    assert ("2022Q4", "2022年第四季度") in rows
    assert ("2023Q1", "2023年第一季度") in rows


def test_a_fact_of_a_period_is_explained(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "facts", "loans.yoy") == 0
    assert "160,500 in 2023Q2 / 128,000 in 2023Q1 − 1, of loans" in capsys.readouterr().out
    assert run(project, "facts", "loans.last_year", "--json") == 0
    fact = json.loads(capsys.readouterr().out)["facts"]["loans.last_year"]
    assert (fact["value"], fact["kind"]) == ("2023Q2", "period")


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("data/loans.csv", "2023Q2,film", ",film", "row 7, column quarter: error: the cell is empty"),
        ("data/loans.csv", "2023Q2,film", "2023-06,film", "row 7, column quarter: error: '2023-06' is not a quarter"),
        ("data/loans.csv", "2023Q2,film", "2023Q3,film", "2023Q1 is followed by 2023Q3 for film"),
        ("data/facts.toml", '"{loans.last_year}"', '"2023Q4"', "there are 2022Q4 to 2023Q2"),
        ("data/datapackage.json", '"period": "quarter"', '"period": "quater"', "did you mean quarter or date?"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_period_is_said_once(
    project: Path, capsys: pytest.CaptureFixture[str], path: str, old: str, new: str, expected: str
) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    write(project, path, text.replace(old, new, 1))
    run(project, "check")
    told = capsys.readouterr().err
    assert told.count(expected) == 1
    assert ("\n1 error\n" in told) == ("is followed by" not in expected)
