"""The shapes of the reconstruction keep their promises for any numbers, not only for the published ones."""

from __future__ import annotations

import sys
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_reader import DATA

sys.path.append(str(DATA))

from reconstruction.mathematics import (
    allot,
    bend,
    bent,
    exponential,
    first_for,
    growth,
    last_after,
    logistic,
    part_of,
    path,
    prints_as,
    rounded,
    tail,
    turning,
)

quick = settings(max_examples=60, deadline=None)
counts = st.integers(1, 100_000)
weights = st.lists(st.decimals("0.01", 50, places=2), min_size=1, max_size=12)
steps_between = st.integers(2, 12)


@quick
@given(total=st.integers(0, 10**6), weights=weights)
def test_an_allotment_adds_up_and_each_part_is_within_one_of_its_share(
    total: int, weights: list[Decimal]
) -> None:
    parts = allot(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1


@quick
@given(first=counts, last=counts, steps=steps_between, stretch=st.decimals("0.8", "1.2", places=3))
def test_a_path_keeps_its_ends_and_its_total(first: int, last: int, steps: int, stretch: Decimal) -> None:
    natural = exponential(first, last, steps)
    total = first + last + int(rounded(sum(natural[1:-1], Decimal(0)) * stretch))
    values = path(first, last, steps, total)
    assert (values[0], values[-1], sum(values)) == (first, last, total)


@quick
@given(
    first=counts,
    rise=st.integers(100, 100_000),
    steps=steps_between,
    part=st.decimals("0.2", "0.8", places=3),
)
def test_a_bend_never_turns_back(first: int, rise: int, steps: int, part: Decimal) -> None:
    last = first + rise
    total = first + last + int(rounded((first + rise * part) * (steps - 1)))
    values = bend(first, last, steps, total)
    assert (values[0], values[-1], sum(values)) == (first, last, total)
    assert all(later >= earlier - 1 for earlier, later in pairwise(values)), (
        "only rounding may step back, by one"
    )


@quick
@given(b=st.decimals(-4, 4, places=2), steps=steps_between)
def test_a_bend_rises_with_its_parameter(b: Decimal, steps: int) -> None:
    lower, higher = bent(0, 1, steps, b), bent(0, 1, steps, b + Decimal("0.01"))
    assert sum(lower) < sum(higher)


def test_a_bend_without_bend_is_a_straight_line() -> None:
    assert bent(10, 20, 5) == [10, 12, 14, 16, 18, 20]


def test_a_total_out_of_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="no path adds up to 5"):
        path(10, 20, 4, 5)


def test_a_rate_that_no_whole_number_gives_is_refused() -> None:
    with pytest.raises(ValueError, match=r"grows from 1 at 0\.213"):
        last_after(1, Decimal("0.213"), 1)


@quick
@given(total=st.integers(20_000, 500_000), rate=st.decimals("0.010", "0.300", places=3))
def test_a_first_value_is_that_of_the_nearest_constant_growth(total: int, rate: Decimal) -> None:
    factor = sum(((1 + rate) ** t for t in range(11)), Decimal(0))
    assert abs(first_for(total, rate, 10) * factor - total) <= factor / 2


@quick
@given(first=st.decimals("0.01", "0.99", places=2), last=st.decimals("0.01", "0.99", places=2))
def test_logistic_shares_stay_between_nothing_and_all(first: Decimal, last: Decimal) -> None:
    shares = logistic(first, last, 7, Decimal("0.5"))
    assert all(0 < share < 1 for share in shares)
    assert rounded(shares[0], Decimal("0.000001")) == first
    assert rounded(shares[-1], Decimal("0.000001")) == last


def test_a_part_stays_within_its_whole_and_grows_as_published() -> None:
    whole, rate = [240, 246, 252, 259, 266, 440, 728, 1204], Decimal("0.559")
    part = part_of(whole, rate, 1734)
    assert sum(part) == 1734
    assert all(0 < p < w for p, w in zip(part, whole, strict=True))
    assert prints_as(growth(part[0], part[-1], 7), rate)


def test_a_turn_gives_both_rates_near_its_anchors() -> None:
    rates = [Decimal("0.260"), Decimal("0.654")]
    first, middle, last = turning([240, 265, 1205], (7, 3), rates)
    assert prints_as(growth(first, last, 7), rates[0])
    assert prints_as(growth(middle, last, 3), rates[1])
    assert (first, middle, last) == (239, 266, 1204)


def test_a_half_rounds_away_from_zero() -> None:
    assert rounded(Decimal("2.5")) == 3
    assert rounded(Decimal("0.2125"), Decimal("0.001")) == Decimal("0.213")
    assert rounded(Decimal("-2.5")) == -3


def test_a_tail_falls() -> None:
    assert tail(852, Decimal("0.86"), 5) == [733, 630, 542, 466, 401]
