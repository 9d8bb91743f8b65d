"""The guard of tests/conftest.py sees a sum of floats in the product's code, and only there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import reportgen

_OURS = str(Path(reportgen.__file__).parent / "made_up.py")


def _sum_in(file: str, items: list[Any]) -> Any:
    return eval(compile("sum(items)", file, "eval"), {"items": items})


def test_a_sum_of_floats_in_the_product_is_refused() -> None:
    with pytest.raises(AssertionError, match=r"use math\.fsum in .*made_up\.py:1"):
        _sum_in(_OURS, [1, 0.5])


@pytest.mark.parametrize("items", [[1, 2], [Decimal("0.5"), Decimal(1)], []])
def test_exact_sums_are_left_alone(items: list[Any]) -> None:
    assert _sum_in(_OURS, items) == sum(items)


def test_sums_elsewhere_are_left_alone() -> None:
    assert _sum_in("elsewhere.py", [0.25, 0.5]) == 0.75
