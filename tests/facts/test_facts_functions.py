"""Measures that functions of the project work out, and the fact book as a DataFrame."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from reportgen.base.diagnostics import CellRef, Result, Severity, Span
from reportgen.base.functions import Permission
from reportgen.base.world import World
from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.facts.book import FactBook
from reportgen.facts.compute import compute_facts

COLUMNS = {
    "field": Column("field", "string", "dimension"),
    "value": Column("value", "number", "measure", unit="piece"),
    "obs_status": Column("obs_status", "string", "attribute"),
}
FILE = Row({"field": "optics", "value": Decimal(30), "obs_status": "E"}, "data/source.csv", 9)
ROWS = (
    Row({"field": "optics", "value": Decimal(10), "obs_status": "A"}, "data/t.csv", 2),
    Row({"field": "control", "value": Decimal(30), "obs_status": "A"}, "data/t.csv", 3),
)
PACKAGE = DataPackage("test", {"t": Table("t", "data/t.csv", COLUMNS, ROWS, primary_key=("field",))}, {})
MADE = replace(PACKAGE.tables["t"], rows=(ROWS[0], replace(ROWS[1], origins=(FILE,))))
HHI = "def hhi(frame):\n    shares = frame['value'] / frame['value'].sum()\n    return (shares**2).sum()\n"
FACT = '[p1.hhi]\nmeasure = "function"\ntable = "t"\nfunction = "prepare.py:hhi"\n'


def compute(source: str, declared: str = FACT, package: DataPackage = PACKAGE) -> Result[FactBook]:
    files = {"data/facts.toml": declared, "data/prepare.py": source}
    world = replace(World.of_files(files), permission=Permission(everything=True))
    return compute_facts(world, package, {})


def returning(expression: str) -> str:
    return f"def hhi(frame):\n    return {expression}\n"


def test_a_function_makes_a_number_of_the_rows_chosen() -> None:
    found = compute(HHI)
    assert found.diagnostics == ()
    fact = found.value.facts["p1.hhi"]
    assert (fact.value, fact.kind, fact.unit, fact.status) == (Decimal("0.625"), "number", "piece", "A")
    assert fact.formula == "0.625, what prepare.py:hhi makes of t"
    assert fact.cells == (CellRef("data/t.csv", 2, "value"), CellRef("data/t.csv", 3, "value"))
    chosen = compute(returning("len(frame)"), FACT + 'where = { field = "optics" }\nunit = "field"\n').value
    assert (chosen.facts["p1.hhi"].value, chosen.facts["p1.hhi"].unit) == (1, "field")
    ratio = compute(HHI, FACT + 'kind = "ratio"\n').value.facts["p1.hhi"]
    assert (ratio.kind, ratio.unit) == ("ratio", None)


def test_a_fact_of_a_made_row_rests_on_the_cells_that_it_came_from() -> None:
    package = replace(PACKAGE, tables={"t": MADE})
    for declared in (FACT, '[p1.hhi]\nmeasure = "total"\ntable = "t"\n'):
        fact = compute(HHI, declared, package).value.facts["p1.hhi"]
        assert fact.cells == (CellRef("data/t.csv", 2, "value"), CellRef("data/source.csv", 9, "value"))
        assert fact.status == "E", "an estimate stays one, whatever a function says"


@pytest.mark.parametrize(
    "expression", ["2", "2.0", "frame['value'].min() / 5", "__import__('decimal').Decimal(2)"]
)
def test_any_kind_of_number_will_do(expression: str) -> None:
    assert compute(returning(expression)).value.facts["p1.hhi"].value == 2


@pytest.mark.parametrize(
    ("source", "said", "line"),
    [
        (returning("float('nan')"), "hhi returned nan, not a number", 1),
        (returning("float('inf')"), "hhi returned inf, not a number", 1),
        (returning("frame"), "hhi returned a DataFrame, not a number", 1),
        (returning("frame['value']"), "hhi returned a Series, not a number", 1),
        (returning("None"), "hhi returned a NoneType, not a number", 1),
        (returning("True"), "hhi returned True, not a number", 1),
        (returning("'2'"), "hhi returned 2, not a number", 1),
        (returning("__import__('pandas').NA"), "hhi returned a NAType, not a number", 1),
        (returning("1 / 0"), "ZeroDivisionError: division by zero", 2),
        (returning("exit()"), "the function ends the program", 2),
    ],
)
def test_a_function_that_makes_no_number_is_one_fault_at_its_line(source: str, said: str, line: int) -> None:
    found = compute(source)
    (fault,) = found.diagnostics
    assert fault.message == f"p1.hhi: {said}"
    assert fault.place == Span("data/prepare.py", line)
    assert found.value.failed == {"p1.hhi"}


def test_a_function_that_is_not_there_is_told_where_it_is_named() -> None:
    found = compute("def hh(frame): ...\n")
    (fault,) = found.diagnostics
    assert fault.message == "data/prepare.py has no function hhi"
    assert fault.place == Span("data/facts.toml", 4, 1)
    assert found.value.failed == {"p1.hhi"}


def test_what_a_measures_function_prints_is_a_warning_like_a_tables(
    capfd: pytest.CaptureFixture[str],
) -> None:
    found = compute("def hhi(frame):\n    print('here')\n    return 1\n")
    (fault,) = found.diagnostics
    assert (fault.severity, fault.message) == (Severity.WARNING, "p1.hhi: hhi prints 'here'")
    assert fault.place == Span("data/prepare.py", 1)
    assert found.value.facts["p1.hhi"].value == 1
    assert capfd.readouterr().out == ""


def test_facts_are_a_frame_by_their_ids() -> None:
    declared = FACT + (
        '[p1.top]\nmeasure = "largest_code"\ntable = "t"\nby = "field"\n'
        '[p1.all]\nmeasure = "ranking"\ntable = "t"\nby = "field"\n'
        '[p1.twice]\nmeasure = "formula"\nformula = "p1.hhi * 2"\nkind = "number"\n'
    )
    book = compute(HHI, declared).value
    frame = book.to_frame()
    assert list(frame.index) == ["p1.hhi", "p1.top", "p1.all", "p1.twice"]
    assert frame["value"].tolist() == [Decimal("0.625"), "control", ("control", "optics"), Decimal("1.250")]
    assert frame["number"].isna().tolist() == [False, True, True, False]
    assert frame.loc["p1.twice", "rests_on"] == ("p1.hhi",)
    assert frame.loc["p1.hhi", "cells"][0] == "data/t.csv, row 2, column value"
    assert (frame.loc["p1.hhi", "file"], frame.loc["p1.hhi", "line"]) == ("data/facts.toml", 1)
    assert {str(frame[name].dtype) for name in ("kind", "unit", "formula", "status")} == {"string"}
    assert len(FactBook({}).to_frame()) == 0
    assert isinstance(frame, pd.DataFrame)
