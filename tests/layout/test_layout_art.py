"""The line fields: the report's own numbers and nothing else, within their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_samples import style
from special_pages import SERIES, paths

from reportgen.base.color import Color
from reportgen.base.frame import Frame
from reportgen.layout.art import FieldStyle, blend, line_field

BLUE, WHITE, VERMILION = (style().colors[name] for name in ("blue", "white", "vermilion"))
COVER = FieldStyle(BLUE, WHITE, VERMILION)
WIDTH, HEIGHT = 612.0, 340.0

numbers = st.floats(-1e9, 1e9)
tables = st.lists(st.lists(numbers, max_size=12), max_size=9)


def field(series: object = SERIES, look: FieldStyle = COVER) -> Frame:
    return line_field(series, WIDTH, HEIGHT, look)  # type: ignore[arg-type]


def test_equal_numbers_give_equal_lines() -> None:
    assert field([list(values) for values in SERIES]) == field(SERIES)


@given(st.integers(0, len(SERIES) - 1), st.integers(0, 2), st.sampled_from((0.999, 1.001, 1.5, 0.5)))
@settings(deadline=None, max_examples=12)
def test_a_corrected_number_moves_the_lines(which: int, place: int, factor: float) -> None:
    corrected = [list(values) for values in SERIES]
    corrected[which][place] *= factor
    assert field(corrected) != field(SERIES)


@given(tables)
@settings(deadline=None, max_examples=25)
def test_no_line_leaves_its_field_whatever_the_numbers(series: list[list[float]]) -> None:
    for _, _, points in paths(field(series, FieldStyle(BLUE, WHITE, VERMILION, 12, 9))):
        assert all(-1e-6 <= x <= WIDTH + 1e-6 and -1e-6 <= y <= HEIGHT + 1e-6 for x, y in points)


def test_the_field_is_filled_from_edge_to_edge_and_from_top_to_bottom() -> None:
    points = [point for _, _, inside in paths(field()) for point in inside]
    assert (min(x for x, _ in points), max(x for x, _ in points)) == (0.0, WIDTH)
    assert (min(y for _, y in points), max(y for _, y in points)) == pytest.approx((0.0, HEIGHT), abs=0.01)


@given(tables)
@settings(deadline=None, max_examples=15)
def test_the_drawing_is_bounded_by_threads_and_stations(series: list[list[float]]) -> None:
    look = FieldStyle(BLUE, WHITE, VERMILION, 20, 11)
    curves = [s for _, shape, _ in paths(field(series, look)) for s in shape.path if s[0] == "c"]
    assert len(curves) in (0, (20 + 1) * 10)


def test_the_cover_takes_at_most_1500_curves() -> None:
    assert sum(s[0] == "c" for _, shape, _ in paths(field()) for s in shape.path) <= 1500


@pytest.mark.parametrize("series", [(), ((),), ((1.0,),), ((1.0, float("nan")),), ((float("inf"), 2.0),)])
def test_without_a_series_the_field_is_empty(series: object) -> None:
    assert field(series) == Frame(WIDTH, HEIGHT)


def test_a_flat_series_is_a_field_too() -> None:
    assert list(paths(field(((0.0, 0.0, 0.0),))))
    assert list(paths(field(((5.0, 5.0),))))


def test_one_line_is_the_accent_and_lies_on_top() -> None:
    colors = [shape.stroke.color for _, shape, _ in paths(field()) if shape.stroke]
    assert colors.count(VERMILION) == 1
    assert colors[-1] == VERMILION


def test_the_accent_follows_the_first_series() -> None:
    rising, flat = (1.0, 4.0, 10.0), (5.0, 5.0, 5.0)
    first = accent(field((rising, flat, flat, flat)))
    third = accent(field((flat, flat, rising, flat)))
    assert first[0][1] - first[-1][1] > HEIGHT / 3
    assert third[0][1] - third[-1][1] < HEIGHT / 10


def test_lines_are_blends_of_their_ground_in_ink_and_light() -> None:
    half = blend(BLUE, WHITE, 0.5)
    assert half.cmyk == pytest.approx([c / 2 for c in BLUE.cmyk])
    assert half.rgb == pytest.approx([(c + 1) / 2 for c in BLUE.rgb])
    assert (blend(BLUE, WHITE, 0.0).cmyk, blend(BLUE, WHITE, 1.0).rgb) == (BLUE.cmyk, WHITE.rgb)


@pytest.mark.parametrize("ground", ["blue", "part1", "part2", "part3", "part4"])
def test_no_line_needs_more_than_300_per_cent_of_ink(ground: str) -> None:
    inks = [
        shape.stroke
        for _, shape, _ in paths(field(look=FieldStyle(style().colors[ground], WHITE, VERMILION)))
    ]
    assert all(stroke and total_ink(stroke.color) <= 3.0 for stroke in inks)


def accent(frame: Frame) -> list[tuple[float, float]]:
    *_, (_, _, points) = paths(frame)
    return points


def total_ink(color: Color) -> float:
    return sum(color.cmyk)
