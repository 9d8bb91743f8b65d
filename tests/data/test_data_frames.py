"""Tables as DataFrames: types, labels, and the origin of each row."""

from __future__ import annotations

import sys
from decimal import Decimal

import pandas as pd
import pytest

from reportgen.base.diagnostics import Refused
from reportgen.data.frames import frame_of
from reportgen.data.package import Code, CodeList, Column, Row, Table, Value

COLUMNS = {
    "year": Column("year", "year", "dimension"),
    "field": Column("field", "string", "dimension", "fields"),
    "value": Column("value", "number", "measure", unit="piece"),
    "count": Column("count", "integer", "measure", unit="person"),
    "issued": Column("issued", "date", "attribute"),
    "obs_status": Column("obs_status", "string", "attribute", "statuses"),
    "basis": Column("basis", "string", "attribute"),
}
CELLS: list[tuple[Value, ...]] = [
    ("2013", "optics", Decimal("0.1"), Decimal(3), "2024-02-29", "A", "read"),
    ("2014", "control", Decimal("12.50"), None, None, "E", None),
    (None, None, None, Decimal(5), "0999-01-01", None, "x"),
]


def table(cells: list[tuple[Value, ...]] = CELLS) -> Table:
    rows = tuple(
        Row(dict(zip(COLUMNS, line, strict=True)), "data/t.csv", number)
        for number, line in enumerate(cells, 2)
    )
    return Table("t", "data/t.csv", COLUMNS, rows)


LISTS = {"fields": CodeList("fields", {c: Code(c, {}) for c in ("control", "optics", "other")})}


def test_columns_have_types_that_know_missing_values() -> None:
    frame = table().to_frame()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "year": "Int64", "field": "category", "value": "Float64", "count": "Int64",
        "issued": str(frame["issued"].dtype), "obs_status": "category", "basis": "string",
    }  # fmt: skip
    assert pd.api.types.is_datetime64_dtype(frame["issued"].dtype)
    assert frame["issued"].iloc[0] == pd.Timestamp(2024, 2, 29)
    assert frame["year"].iloc[:2].tolist() == [2013, 2014]
    assert frame.isna().sum().tolist() == [1, 1, 1, 1, 1, 1, 1]


def test_each_row_is_named_by_its_table_and_number_in_its_file() -> None:
    frame = table().to_frame(origin=True)
    assert (frame.index.name, list(frame.index)) == ("origin", ["t:2", "t:3", "t:4"])
    assert (frame["file"].unique().tolist(), frame["row"].tolist()) == (["data/t.csv"], [2, 3, 4])
    assert "file" not in table().to_frame()
    assert frame.attrs == {"table": "t", "file": "data/t.csv", "units": {"value": "piece", "count": "person"}}


def test_exact_numbers_are_decimals() -> None:
    frame = table().to_frame(exact=True)
    assert frame["value"].tolist()[:2] == [Decimal("0.1"), Decimal("12.50")]
    assert frame["count"].tolist()[0] == Decimal(3)
    assert {type(value) for name in ("value", "count") for value in frame[name].dropna()} == {Decimal}


def test_codes_stand_in_the_order_of_their_list() -> None:
    assert frame_of(table(), LISTS)["field"].cat.categories.tolist() == ["control", "optics", "other"]
    assert table().to_frame()["field"].cat.categories.tolist() == ["optics", "control"]


def test_whole_numbers_of_any_size_are_kept() -> None:
    huge = [(*line[:3], Decimal(10**25), *line[4:]) for line in CELLS]
    assert table(huge).to_frame()["count"].tolist() == [10**25] * 3


def test_a_table_without_rows_is_a_frame_with_its_columns() -> None:
    frame = table([]).to_frame()
    assert (len(frame), list(frame.columns)) == (0, list(COLUMNS))


def test_without_pandas_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(Refused) as refused:
        table().to_frame()
    (fault,) = refused.value.diagnostics
    assert str(fault) == (
        "error: pandas is not installed\n  hint: install it with: python -m pip install pandas"
    )
