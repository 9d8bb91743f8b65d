"""Lengths, tints and contrast."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base.color import BLACK, WHITE, Color, contrast_ratio, parse_hex
from reportgen.base.decimals import floor_to, round_half_away
from reportgen.base.suggest import did_you_mean
from reportgen.base.units import mm, parse_length


@pytest.mark.parametrize(
    ("text", "points"),
    [("10.5pt", 10.5), ("25.4mm", 72.0), (" 2.54 cm ", 72.0), ("1in", 72.0), ("-3pt", -3.0)],
)
def test_a_written_length_is_points(text: str, points: float) -> None:
    assert parse_length(text) == pytest.approx(points)


@pytest.mark.parametrize("text", ["", "3", "3px", "mm", "3 mm mm", "1e3pt", "٣pt٣"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length"):
        parse_length(text)


def test_the_page_is_210_by_285_millimetres() -> None:
    assert (mm(210), mm(285)) == (pytest.approx(595.276, abs=1e-3), pytest.approx(807.874, abs=1e-3))


@given(st.floats(0, 1))
def test_a_tint_never_leaves_the_gamut_and_full_strength_changes_nothing(share: float) -> None:
    color = Color((1.0, 0.75, 0.1, 0.3), (0.07, 0.23, 0.44))
    tinted = color.tint(share)
    assert all(0 <= c <= 1 for c in (*tinted.cmyk, *tinted.rgb))
    assert color.tint(1.0).cmyk == color.cmyk
    assert color.tint(0.0).rgb == (1.0, 1.0, 1.0)


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast_ratio(BLACK, WHITE) == pytest.approx(21)
    assert contrast_ratio(WHITE, WHITE) == pytest.approx(1)


@pytest.mark.parametrize(
    ("rgb", "ratio"), [("#ff0000", 4.0), ("#00ff00", 1.37), ("#0000ff", 8.59), ("#767676", 4.54)]
)
def test_contrasts_to_white_are_those_of_wcag(rgb: str, ratio: float) -> None:
    """The values of W3C's formula; #767676 is the palest grey that passes 4.5 (WCAG 2.2, 1.4.3)."""
    assert contrast_ratio(Color((0.0, 0.0, 0.0, 0.0), parse_hex(rgb)), WHITE) == pytest.approx(
        ratio, abs=0.005
    )


@pytest.mark.parametrize("text", ["#12345", "123456", "#12345g", "blue"])
def test_a_colour_is_six_hexadecimal_digits(text: str) -> None:
    with pytest.raises(ValueError, match=r"colour|invalid literal"):
        parse_hex(text)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("0.5", 0, "1"), ("-0.5", 0, "-1"), ("2.5", 0, "3"), ("0.2125", 3, "0.213"), ("69999", -4, "7E+4")],
)
def test_halves_go_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(round_half_away(Decimal(value), places)) == rounded


@given(st.decimals(-(10**12), 10**12, places=6), st.integers(-4, 4))
def test_rounding_moves_a_value_by_half_a_unit_at_most(value: Decimal, places: int) -> None:
    assert abs(round_half_away(value, places) - value) * 2 <= Decimal(1).scaleb(-places)


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(1, 10**4))
def test_a_floor_is_the_greatest_step_not_above(value: Decimal, step: int) -> None:
    floor = floor_to(value, Decimal(step))
    assert floor <= value < floor + step
    assert floor % step == 0


def test_a_hint_names_what_is_close_and_nothing_where_nothing_is() -> None:
    known = ["p1.grants.total", "p1.grants.cagr"]
    assert did_you_mean("p1.grant.total", known) == ("did you mean p1.grants.total or p1.grants.cagr?",)
    assert did_you_mean("zzz", known) == ()
