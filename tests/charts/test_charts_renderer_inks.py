"""A colour goes through matplotlib and comes back as the ink it was."""

from __future__ import annotations

import pytest
from chart_setting import STYLE
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.color import Color
from reportgen.charts.inks import Inks, converted

INKS = Inks.of(STYLE)
NAMES = sorted(STYLE.colors)
_level = st.floats(0, 1)


@pytest.mark.parametrize("name", NAMES)
def test_every_ink_comes_back_as_itself(name: str) -> None:
    assert INKS.color_of(INKS.rgb(name)) == STYLE.colors[name]


@given(st.sampled_from([n for n in NAMES if n != "white"]), st.floats(0.05, 1))
@settings(deadline=None)
def test_every_tint_comes_back_as_a_tint_of_its_ink(name: str, share: float) -> None:
    found = INKS.color_of(INKS.rgb(name, share))
    assert found is not None
    assert found.cmyk == pytest.approx(STYLE.colors[name].tint(share).cmyk, abs=1e-4)


@pytest.mark.parametrize("name", ["blue", "part1", "part2", "part3", "part4", "vermilion"])
def test_tint_that_went_through_bytes_comes_back(name: str) -> None:
    for step in range(20, 101, 5):
        r, g, b = (round(v * 255) / 255 for v in INKS.rgb(name, step / 100))
        found = INKS.color_of((r, g, b))
        assert found is not None
        assert found.cmyk == pytest.approx(STYLE.colors[name].tint(step / 100).cmyk, abs=0.02)


@given(_level)
def test_any_grey_is_black_ink_alone(level: float) -> None:
    found = INKS.color_of((level, level, level))
    assert found is not None
    assert found.cmyk[:3] == (0, 0, 0)


def test_darkest_and_lightest_grey_are_full_black_and_paper() -> None:
    black, white = INKS.color_of((0, 0, 0)), INKS.color_of((1, 1, 1))
    assert black is not None
    assert white is not None
    assert (black.cmyk[3], white.cmyk[3]) == (1, 0)


def test_colour_off_every_ink_is_none_of_them() -> None:
    assert INKS.color_of((0.1, 0.9, 0.6)) is None
    r, g, b = INKS.colors["blue"].rgb
    assert INKS.color_of((r, g + 0.5 / 255, b)) is not None
    assert INKS.color_of((r, g + 6 / 255, b)) is None


@given(_level, _level, _level)
def test_converted_colour_stays_below_300_per_cent(r: float, g: float, b: float) -> None:
    color = converted((r, g, b))
    assert sum(color.cmyk) <= 3
    assert min(color.cmyk[:3]) == 0
    assert all(0 <= v <= 1 for v in color.cmyk)


def test_every_step_of_a_ramp_is_a_tint_of_the_ink() -> None:
    colors = INKS.colormap("part2", steps=16)
    shades = [INKS.color_of(colors(step)[:3]) for step in range(16)]
    found = [shade for shade in shades if isinstance(shade, Color)]
    assert len(found) == 16
    c, m, y, k = STYLE.colors["part2"].cmyk
    for shade in found:
        share = shade.cmyk[0] / c
        assert shade.cmyk == pytest.approx((share * c, share * m, share * y, share * k), abs=1e-4)
    assert [shade.cmyk[0] for shade in found] == sorted(shade.cmyk[0] for shade in found)


def test_unknown_ink_is_refused_with_a_hint() -> None:
    with pytest.raises(KeyError, match="did you mean blue"):
        INKS.rgb("bleu")
