"""Placing labels and laying scales: the arithmetic beneath the forms."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.charts.plotting.boxes import Box, Obstacles, spread
from reportgen.charts.plotting.scale import full_scale, nice_step, parted_scales, zero_scale

modest = settings(deadline=None, max_examples=60)
heights = st.floats(5, 20)
values = st.lists(st.decimals(-(10**7), 10**7, places=2), min_size=1, max_size=12)
positive = st.decimals("0.01", 10**9, places=2)


@modest
@given(st.lists(st.tuples(st.floats(0, 300), heights), min_size=1, max_size=12))
def test_spread_labels_neither_meet_nor_leave_room_that_is_enough(labels: list[tuple[float, float]]) -> None:
    centres, tall = [c for c, _ in labels], [h for _, h in labels]
    placed = spread(centres, tall, 0, 300)
    spans = sorted((y - h / 2, y + h / 2) for y, h in zip(placed, tall, strict=True))
    assert spans[0][0] >= -1e-6
    assert spans[-1][1] <= 300 + 1e-6
    for (_, end), (start, _) in pairwise(spans):
        assert start >= end - 1e-6


@modest
@given(st.lists(st.floats(10, 290), min_size=2, max_size=10, unique=True))
def test_spread_keeps_the_order_of_labels(centres: list[float]) -> None:
    placed = spread(centres, [8.0] * len(centres), 0, 300)
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    assert [placed[i] for i in order] == sorted(placed)


def test_spread_leaves_labels_that_do_not_meet_where_they_are() -> None:
    assert spread([10, 50, 90], [8, 8, 8], 0, 100) == (10, 50, 90)


def test_spread_moves_two_that_meet_apart_by_the_same_way() -> None:
    assert spread([50, 52], [10, 10], 0, 100) == (46, 56)


@modest
@given(values)
def test_a_scale_of_bars_holds_zero_and_every_value(found: list[Decimal]) -> None:
    scale = zero_scale(found, 200, 0)
    for value in [*found, Decimal(0)]:
        assert -1e-6 <= scale.at(value) <= 200 + 1e-6


@modest
@given(values)
def test_the_ticks_of_a_full_scale_stand_at_its_ends_and_at_zero(found: list[Decimal]) -> None:
    scale = full_scale(found, 200, 0)
    assert scale.ticks[0] == scale.low <= min(*found, Decimal(0))
    assert scale.ticks[-1] == scale.high >= max(*found, Decimal(0))
    assert Decimal(0) in scale.ticks
    assert 2 <= len(scale.ticks) <= 7


@modest
@given(positive, st.integers(2, 6))
def test_a_step_is_round_and_covers_the_range(span: Decimal, intervals: int) -> None:
    step = nice_step(span, intervals)
    assert step * intervals >= span
    assert step.normalize().as_tuple().digits in ((1,), (2,), (2, 5), (5,))


@modest
@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=11))
def test_two_scales_begin_at_zero_and_share_their_lines(pairs: list[tuple[Decimal, Decimal]]) -> None:
    left, right = parted_scales(pairs, 200, 0, 0.08)
    assert left.low == right.low == 0
    assert left.high >= max(one for one, _ in pairs)
    assert right.high >= max(other for _, other in pairs)
    for a, b in zip(left.ticks, right.ticks, strict=True):
        assert left.at(a) == pytest.approx(right.at(b))


def test_the_scale_of_columns_is_drawn_out_until_the_line_runs_clear_of_them() -> None:
    left, right = parted_scales([(Decimal(30), Decimal(120)), (Decimal(31), Decimal(153))], 200, 0, 0.08)
    assert (left.high, right.high) == (60, 200)


def test_a_label_takes_the_first_place_that_is_free() -> None:
    obstacles = Obstacles(Box(0, 0, 100, 100), [Box(0, 0, 50, 50)])
    places = [Box(40, 40, 60, 60), Box(90, 90, 110, 110), Box(60, 60, 80, 80)]
    assert obstacles.place(places) == places[2]
    assert obstacles.place(places) is None
