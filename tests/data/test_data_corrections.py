"""Corrections: laid over a cell in the open, and only over the cell that they were made for."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from reportgen.base.world import World
from reportgen.data.load import load_package

HEADER = "date,table,key,column,old value,new value,reason,approved by,severity\n"
LINE = "2024-08-01,yearly,year=2013;measure=grants,value,10,11,slip of the key,the editor,minor\n"


def field(name: str, kind: str = "string", code_list: str | None = None) -> dict[str, Any]:
    return {"name": name, "type": kind, "reportgen": {"code_list": code_list} if code_list else {}}


PACKAGE = {
    "name": "test",
    "resources": [
        {
            "name": "yearly",
            "path": "yearly.csv",
            "schema": {
                "fields": [
                    field("year", "year"),
                    field("measure"),
                    field("value", "number"),
                    field("obs_status", code_list="statuses"),
                ],
                "primaryKey": ["year", "measure"],
            },
        },
        {
            "name": "statuses",
            "path": "statuses.csv",
            "schema": {"fields": [field("code"), field("name_zh"), field("name_en")], "primaryKey": "code"},
            "reportgen": {"role": "code-list"},
        },
    ],
}


def world(corrections: str) -> World:
    return World.of_files(
        {
            "data/datapackage.json": json.dumps(PACKAGE),
            "data/yearly.csv": "year,measure,value,obs_status\n2013,grants,10,E\n2014,grants,12,A\n",
            "data/statuses.csv": "code,name_zh,name_en\nA,正常,Normal\nE,估计,Estimated\n",
            "data/corrections.csv": corrections,
        }
    )


def fault(line: str) -> str:
    (found,) = load_package(world(HEADER + line)).diagnostics
    return str(found)


def test_a_correction_is_laid_over_its_cell_and_stays_known() -> None:
    result = load_package(world(HEADER + LINE))
    assert result.diagnostics == ()
    row, other = result.value.tables["yearly"].rows
    assert row.values["value"] == Decimal(11)
    (correction,) = row.corrections["value"]
    assert (correction.old, correction.new, correction.reason) == ("10", "11", "slip of the key")
    assert str(correction.ref) == "data/corrections.csv, row 2, column key"
    assert result.value.corrections == (correction,)
    assert (other.values["value"], other.corrections) == (Decimal(12), {})


def test_the_table_file_keeps_its_place_in_a_corrected_row() -> None:
    row = load_package(world(HEADER + LINE)).value.tables["yearly"].rows[0]
    assert str(row.ref("value")) == "data/yearly.csv, row 2, column value"


def test_a_later_correction_corrects_an_earlier_one() -> None:
    again = LINE.replace("2024-08-01", "2024-09-01").replace("10,11", "11,12.5")
    row = load_package(world(HEADER + LINE + again)).value.tables["yearly"].rows[0]
    assert row.values["value"] == Decimal("12.5")
    assert [c.new for c in row.corrections["value"]] == ["11", "12.5"]


def test_old_values_are_compared_as_numbers() -> None:
    assert load_package(world(HEADER + LINE.replace("10,11", "10.0,11"))).ok


def test_an_observation_status_can_be_corrected() -> None:
    line = LINE.replace("value,10,11", "obs_status,E,A")
    assert load_package(world(HEADER + line)).value.tables["yearly"].rows[0].status == "A"


def test_an_old_value_that_is_not_the_cells_is_refused() -> None:
    assert fault(LINE.replace("10,11", "9,11")) == (
        "data/corrections.csv, row 2, column old value: error: the old value is 9, but "
        "data/yearly.csv, row 2, column value holds 10\n"
        "  hint: check which is right; a correction is laid over the data it was made against"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("yearly,", "yeerly,"),
            "column table: error: there is no table yeerly\n  hint: did you mean yearly?",
        ),
        (("yearly,", "statuses,"), "column table: error: statuses is a code list"),
        ((",value,", ",valeu,"), "column column: error: the table yearly has no column valeu"),
        ((",value,", ",year,"), "column column: error: year is part of the key"),
        (("year=2013", "year=2019"), "column key: error: the key fits no rows of yearly"),
        (("year=2013;", ""), "column key: error: the key fits 2 rows of yearly\n  hint: name year, measure"),
        (("year=2013", "yaer=2013"), "column key: error: the key 'yaer=2013;measure=grants' cannot be read"),
        (("year=2013", "2013"), "column key: error: the key '2013;measure=grants' cannot be read"),
        (("10,11", '10,"1,100"'), "column new value: error: '1,100' is not a number\n  hint: write 1100"),
        (("value,10,11", "obs_status,E,X"), "column new value: error: X is not a code of statuses"),
        (("minor", "small"), "column severity: error: the severity small is unknown"),
        (
            ("2024-08-01", "2024-08-01T09:00+05:30"),
            "column date: error: '2024-08-01T09:00+05:30' is not a date\n  hint: write it as 2023-12-31",
        ),
        (
            ("2024-08-01", "1.8.2024"),
            "column date: error: '1.8.2024' is not a date\n  hint: write it as 2023-12-31",
        ),
        (("the editor", ""), "column approved by: error: the cell is empty"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(change: tuple[str, str], message: str) -> None:
    assert fault(LINE.replace(*change)).startswith(f"data/corrections.csv, row 2, {message}")


def test_a_header_that_lacks_a_column_is_refused() -> None:
    (found,) = load_package(world(HEADER.replace(",severity", ""))).diagnostics
    assert str(found) == (
        "data/corrections.csv, row 1, column severity: error: the column severity is missing\n"
        "  hint: the header is date,table,key,column,old value,new value,reason,approved by,severity"
    )


def test_no_corrections_file_is_no_fault() -> None:
    files = dict(world("").files)
    del files["data/corrections.csv"]
    assert load_package(World.of_files(files)).diagnostics == ()


def test_a_header_alone_is_no_fault() -> None:
    assert load_package(world(HEADER)).diagnostics == ()


@pytest.mark.parametrize("text", ["{", "", "[]", '{"resources": ', "\\x00", '{"resources": 5}'])
def test_nothing_is_told_of_corrections_where_the_descriptor_cannot_be_read(text: str) -> None:
    files = {"data/datapackage.json": text, "data/corrections.csv": HEADER + LINE}
    found = load_package(World.of_files(files)).diagnostics
    assert [d.place.file for d in found if d.place is not None] == ["data/datapackage.json"]
