"""SDMX-CSV messages, read as the fields that the descriptor declares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tables_of_cases import FIELDS, KIND, load, one, values

ONE = (
    "DATAFLOW,KIND,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS\n"
    "OFFICE:DF(1.0),a,2013,1,A,F\n"
    "OFFICE:DF(1.0),a,2014,NaN,O,F\n"
)
TWO = (
    "STRUCTURE,STRUCTURE_ID,ACTION,KIND,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
    "dataflow,OFFICE:DF(1.0),I,a,2013,1,A\n"
    "dataflow,OFFICE:DF(1.0),I,a,2014,,O\n"
)
LABELLED = (
    "DATAFLOW,KIND: Kind of book,TIME_PERIOD: Year,OBS_VALUE: Value,OBS_STATUS: Status\n"
    "OFFICE:DF(1.0): Books,a: Novels,2013: 2013,1,A\n"
    "OFFICE:DF(1.0): Books,a: Novels,2014: 2014,,O\n"
)
ROWS = [("2013", "a", Decimal(1), "A"), ("2014", "a", None, "O")]


@pytest.mark.parametrize("text", [ONE, TWO, LABELLED, TWO.replace(",", ";")])
def test_components_are_read_as_fields(text: str) -> None:
    dialect = {"delimiter": ";"} if ";" in text else {}
    result = load(text, format="sdmx-csv", dialect=dialect)
    assert result.diagnostics == ()
    assert values(result) == ROWS


def test_a_field_may_name_its_component() -> None:
    fields: list[Any] = [
        {**f, "name": "sort", "reportgen": {"sdmx": "KIND"}} if f is KIND else f for f in FIELDS
    ]
    result = load(ONE, format="sdmx-csv", fields=fields, key=("year", "sort"))
    assert result.diagnostics == ()
    assert values(result) == ROWS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year,kind,value,obs_status\n2013,a,1,A\n", "not SDMX-CSV"),
        (ONE.replace("KIND", "SORT"), "the column kind is missing"),
        (TWO.replace(",I,a,2014", ",D,a,2014"), "the row deletes an observation"),
        (ONE.replace("2014", "14"), "'14' is not a year"),
    ],
)
def test_what_does_not_fit_is_one_diagnostic(text: str, said: str) -> None:
    assert said in str(one(load(text, format="sdmx-csv")))
