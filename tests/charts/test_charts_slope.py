"""A slope chart names its lines at both ends where they cross: at the left alone a name misleads."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from reportgen.charts.forms.slope import _lines_cross


def _stage(values: dict[str, tuple[str, str]]) -> Any:
    periods = ("first", "last")

    def at(code: str, *, period: str) -> Any:
        return SimpleNamespace(value=Decimal(values[code][periods.index(period)]))

    return cast(Any, SimpleNamespace(grid=SimpleNamespace(at=at)))


@pytest.mark.parametrize(
    ("values", "cross"),
    [
        ({"a": ("9", "8"), "b": ("5", "4"), "c": ("1", "2")}, False),
        ({"a": ("6.3", "15.2"), "b": ("5.1", "4.4"), "c": ("1.9", "11.1")}, True),
        ({"a": ("1", "2"), "b": ("2", "1")}, True),
        ({"a": ("1", "2"), "b": ("1", "3")}, False),
        ({"a": ("1", "-2"), "b": ("-1", "3")}, True),
    ],
)
def test_lines_cross_where_the_order_changes(values: dict[str, tuple[str, str]], cross: bool) -> None:
    assert _lines_cross(_stage(values), list(values), ("first", "last")) is cross
