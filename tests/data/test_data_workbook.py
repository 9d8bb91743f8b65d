"""Excel workbooks and Parquet files hold the same tables as CSV files."""

from __future__ import annotations

import io
import json
import sys
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.data.package import Row

ROWS: list[list[Any]] = [["year", "value", "obs_status"], [2013, 10, "A"], [2014, 0.1, "A"]]


def package(path: str, **more: Any) -> str:
    fields = [{"name": "year", "type": "year"}, {"name": "value", "type": "number"}, {"name": "obs_status"}]
    resource = {"name": "t", "path": path, "schema": {"fields": fields, "primaryKey": ["year"]}, **more}
    return json.dumps({"name": "test", "resources": [resource]})


def workbook(rows: list[list[Any]], title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def excel(data: bytes, **more: Any) -> World:
    return World.of_files({"data/datapackage.json": package("t.xlsx", **more), "data/t.xlsx": data})


def parquet(data: bytes) -> World:
    return World.of_files({"data/datapackage.json": package("t.parquet"), "data/t.parquet": data})


def parquet_bytes() -> bytes:
    table = pyarrow.table({"year": [2013, 2014], "value": [10.0, 0.1], "obs_status": ["A", "A"]})
    data = io.BytesIO()
    pyarrow.parquet.write_table(table, data)
    return data.getvalue()


def faults(world: World) -> list[str]:
    return [str(d) for d in load_package(world).diagnostics]


def values(rows: tuple[Row, ...]) -> list[tuple[object, ...]]:
    return [tuple(row.values.values()) for row in rows]


def test_a_workbook_is_read_with_the_numbers_that_it_shows() -> None:
    result = load_package(excel(workbook(ROWS)))
    assert result.diagnostics == ()
    assert values(result.value.tables["t"].rows) == [
        ("2013", Decimal(10), "A"),
        ("2014", Decimal("0.1"), "A"),
    ]
    assert result.value.tables["t"].rows[1].number == 3


def test_a_sheet_is_chosen_by_name() -> None:
    assert faults(excel(workbook(ROWS, "Data"), dialect={"sheet": "Data"})) == []
    assert faults(excel(workbook(ROWS, "Data"), dialect={"sheet": "Date"})) == [
        "data/t.xlsx: error: the workbook has no sheet Date\n  hint: did you mean Data?"
    ]


def test_blank_rows_and_columns_around_the_table_are_passed_over() -> None:
    rows = [[*ROWS[0], None], [None], [*ROWS[1], None]]
    result = load_package(excel(workbook(rows)))
    assert result.diagnostics == ()
    assert result.value.tables["t"].rows[0].number == 3


def test_text_in_a_number_column_is_refused_with_its_cell() -> None:
    assert faults(excel(workbook([*ROWS, [2015, "1,234", "A"]]))) == [
        "data/t.xlsx, row 4, column value: error: '1,234' is not a number\n  hint: write 1234"
    ]


def test_a_failed_formula_is_refused() -> None:
    assert faults(excel(workbook([*ROWS, [2015, "#DIV/0!", "A"]]))) == [
        (
            "data/t.xlsx, row 4, column value: error: the formula gives #DIV/0!\n"
            "  hint: the workbook's formula failed; mend it there"
        )
    ]


def test_a_formula_without_a_computed_value_is_refused() -> None:
    assert faults(excel(workbook([*ROWS, [2015, "=1+1", "A"]])))[0] == (
        "data/t.xlsx, row 4, column value: error: the formula has no computed value\n"
        "  hint: open the workbook in its program and save it"
    )


def test_what_is_no_workbook_is_refused() -> None:
    assert faults(excel(b"year,value\n")) == [
        "data/t.xlsx: error: the file is not a workbook\n  hint: save it as .xlsx (not .xls), without a password"
    ]


def test_a_missing_workbook_is_named() -> None:
    assert faults(World.of_files({"data/datapackage.json": package("t.xlsx")})) == [
        "data/t.xlsx: error: the file is missing\n  hint: put it there, or mend what names it"
    ]


def test_parquet_is_read_as_a_table_under_a_header() -> None:
    result = load_package(parquet(parquet_bytes()))
    assert result.diagnostics == ()
    assert values(result.value.tables["t"].rows) == [
        ("2013", Decimal(10), "A"),
        ("2014", Decimal("0.1"), "A"),
    ]
    assert result.value.tables["t"].rows[0].number == 2


def test_what_is_no_parquet_file_is_refused() -> None:
    (fault,) = faults(parquet(b"year,value\n"))
    assert fault.startswith("data/t.parquet: error: the file is not a Parquet file: ")


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert faults(parquet(parquet_bytes())) == [
        (
            "data/t.parquet: error: reading Parquet needs pyarrow, which is not installed\n"
            "  hint: install it with: pip install reportgen[parquet]"
        )
    ]
