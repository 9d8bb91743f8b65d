"""The steps of an axis: the smallest round number that covers the span."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts.plotting.scale import nice_step


@pytest.mark.parametrize(
    ("span", "intervals", "step"),
    [
        ("8", 4, "2"),
        ("4", 4, "1"),
        ("10", 4, "2.5"),
        ("8.1", 4, "2.5"),
        ("20", 4, "5"),
        ("21", 4, "10"),
        ("0.08", 4, "0.02"),
    ],
)
def test_a_step_that_just_covers_the_span_is_taken(span: str, intervals: int, step: str) -> None:
    assert nice_step(Decimal(span), intervals) == Decimal(step)


@given(st.decimals("0.001", "1000000000", places=3), st.integers(2, 8))
def test_no_smaller_round_step_covers_the_span(span: Decimal, intervals: int) -> None:
    step = nice_step(span, intervals)
    assert step * intervals >= span
    rounds = [Decimal(digits).scaleb(power) for power in range(-6, 11) for digits in ("1", "2", "2.5", "5")]
    assert step == min(number for number in rounds if number * intervals >= span)
