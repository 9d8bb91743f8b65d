"""The energy example: every number of its prose, figures and annex is that of the raw files, in both editions."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from energy_numbers import prose, raw, rounded
from energy_project import copy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportgen
from reportgen.base.diagnostics import Refused
from reportgen.project.built import Built

sys.path.append(str(Path(__file__).parents[1] / "pdf"))

from verapdf import verapdf

TABLES = (
    "production",
    "generation",
    "capacity",
    "power-mix",
    "consumption",
    "intensity",
    "prices",
    "power-use",
)
FIGURES = {
    "production": "production", "generation": "generation", "power-use": "power-use", "mix": "power-mix",
    "capacity": "capacity", "consumption": "consumption", "intensity": "intensity", "prices": "prices",
}  # fmt: skip
_DIGITS = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?")
_SCALES = {"tce": 10**6, "kw": 10**6, "kwh": 10**9}
"""What English counts plain units in: millions, and billions of kWh."""


def _digits(text: str) -> str:
    found = _DIGITS.search(text)
    assert found is not None, text
    return found[0]


def test_it_builds_without_a_word(built: Built) -> None:
    assert [str(said) for said in built.diagnostics] == []
    assert len([file for file in built.files if file.suffix == ".pdf"]) == 4


@pytest.mark.parametrize("edition", ["zh", "en"])
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_accepts_the_screen_files(built: Built, edition: str, flavour: str) -> None:
    assert verapdf().failures(built.file(edition, "screen").read_bytes(), flavour) == []


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_the_first_page_says_that_all_is_invented(built: Built, edition: str) -> None:
    assert {"zh": "全部数据均为虚构", "en": "all data are invented"}[edition] in built.pages[edition][0].text


def test_every_number_of_the_prose_is_that_of_the_files(built: Built, folder: Path) -> None:
    """Chinese as computed; English the same, at its own scale where a fact is in a plain unit."""
    for fact, expected in prose(folder / "data").items():
        printed = {edition: set() for edition in ("zh", "en")}  # type: dict[str, set[str]]
        for place in built.facts[fact].printed:
            printed[place.edition].add(_digits(place.text))
        assert printed["zh"] == {expected}, fact
        if fact.endswith(".plain"):
            unit, value = built.facts[fact].unit, built.facts[fact].value
            assert isinstance(value, Decimal)
            assert unit is not None
            assert printed["en"] == {rounded(value / _SCALES[unit])}, fact
        else:
            assert printed["en"] == {expected}, fact


def test_every_printed_number_is_looked_at(built: Built, folder: Path) -> None:
    """A fact that prints digits is in the independent computation; the others are periods, names and hedges."""
    known = prose(folder / "data")
    for fact in built.facts.values():
        if fact.printed and fact.kind in ("number", "ratio", "points") and fact.id not in known:
            said = {place.text.strip() for place in fact.printed}
            assert said <= {"约七成", "about 70%", "约六成", "about 60%", "超过70%", "more than 70%"}, (
                fact.id,
                said,
            )


@pytest.mark.parametrize("edition", ["zh", "en"])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_says_the_values_of_its_table(
    project: reportgen.Project, folder: Path, figure: str, edition: str
) -> None:
    """The long alternative text names every value, or for sums and ends those that the form shows."""
    frame = raw(folder / "data", FIGURES[figure])
    said = set(_DIGITS.findall(project.figure(figure, edition=edition).description))
    if figure == "consumption":
        expected = {rounded(value, 0) for value in frame.groupby("sector")["value"].sum()}
    elif figure == "capacity":
        expected = {rounded(value, 0) for value in frame[frame["year"] == "2023"]["value"]}
    else:
        if figure == "power-use":
            frame = frame[frame["industry"] != "total"]
        places = 0 if figure == "production" else 1
        expected = {rounded(value, places) for value in frame["value"]}
    assert expected <= said
    if figure == "mix":
        shares = frame.pivot(index="tech", columns="year", values="value")
        for change in shares["2023"] - shares["2014"]:
            assert ("+" if change > 0 else "") + rounded(change) in said


@pytest.mark.parametrize("edition", ["zh", "en"])
@pytest.mark.parametrize("table", TABLES)
def test_the_annex_prints_every_value(built: Built, folder: Path, table: str, edition: str) -> None:
    text = "\n".join(page.text for page in built.pages[edition][4:])
    places = 0 if table in ("production", "capacity", "consumption") else 1
    printed = set(_DIGITS.findall(text)) | {found[:-1] for found in _DIGITS.findall(text)}
    missing = [v for v in raw(folder / "data", table)["value"] if rounded(v, places) not in printed]
    assert missing == []


def test_the_workbook_has_every_value(project: reportgen.Project, folder: Path, tmp_path: Path) -> None:
    written = project.write_figures(out=tmp_path, editions=["zh"])
    books = [file for file in written.files if file.suffix == ".xlsx"]
    cells = {
        Decimal(str(cell))
        for file in books
        for sheet in openpyxl.load_workbook(file, data_only=True)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, int | float)
    }
    for table in TABLES:
        assert set(raw(folder / "data", table)["value"]) <= cells, table


def test_the_office_sheet_goes_the_same_way_again(tmp_path: Path) -> None:
    """The kept decisions read the sheet into the very file that is in the package."""
    project = copy(tmp_path / "again")
    (sheet,) = (project / "office").iterdir()
    before = (project / "data/power-use.csv").read_bytes()
    done = reportgen.open(project).import_table(sheet, name="power-use", replace=True)
    assert done.rows == 40
    assert (project / "data/power-use.csv").read_bytes() == before


@pytest.fixture(scope="session")
def slipping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("slips") / "project")


_FACTORS = ("0.97", "1.01", "1.04", "10", "1000", "-1", "0")


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_cell_is_refused_or_consistent(slipping: Path, data: st.DataObject) -> None:
    """One cell changed: the numbers follow it, or the report is refused and nothing crashes."""
    table = data.draw(st.sampled_from(TABLES))
    path = slipping / "data" / f"{table}.csv"
    original = path.read_text(encoding="utf-8")
    lines = original.splitlines()
    at = lines[0].split(",").index("value")
    row = data.draw(st.integers(1, len(lines) - 1))
    cells = lines[row].split(",")
    factor = Decimal(data.draw(st.sampled_from(_FACTORS)))
    exact = Decimal(cells[at]) * factor
    places = 0 if "." not in cells[at] else 1
    cells[at] = str(exact.quantize(Decimal(1).scaleb(-places)))
    path.write_text("\n".join([*lines[:row], ",".join(cells), *lines[row + 1 :], ""]), encoding="utf-8")
    try:
        _followed_or_refused(slipping)
    finally:
        path.write_text(original, encoding="utf-8")


def _followed_or_refused(folder: Path) -> None:
    project = reportgen.open(folder)
    try:
        facts = {fact.id: fact for fact in project.facts.values()}
    except Refused as refused:
        said = [(fault.rule, str(fault)) for fault in refused.diagnostics]
        assert len(said) == len(set(said)) > 0
        assert all(rule != "internal" for rule, _ in said)
        return
    known = prose(folder / "data")
    for name in ("prod.growth", "gen.growth", "use.growth", "cons.growth"):
        value = facts[name].value
        assert isinstance(value, Decimal)
        assert rounded(value * 100) == known[name], name
