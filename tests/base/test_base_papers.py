"""Sizes of paper by name, and the type area that goes with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base import settings as s
from reportgen.base.house import load_style
from reportgen.base.papers import paper, papers
from reportgen.base.style import PageGeometry, Size
from reportgen.base.tomlfile import load_toml
from reportgen.base.units import mm
from reportgen.base.world import World

LANGS = ("zh-CN", "en-GB")


def page(text: str, lang: str = LANGS[0]) -> PageGeometry:
    world = World.of_files({"x.toml": f"[page]\n{text}\n"})
    style = load_style(lang, s.settings_of(load_toml(world, "x.toml").value))
    assert style.diagnostics == ()
    return style.value.page


HOUSE = {lang: load_style(lang).value.page for lang in LANGS}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("A4", "A4"),
        (" a4 ", "A4"),
        ("16开", "16开"),
        ("16K", "16开"),
        ("大16k", "大16开"),
        ("letter", "Letter"),
        ("A", None),
    ],
)
def test_names_are_found_as_people_write_them(written: str, name: str) -> None:
    assert paper(written) == name


def test_other_names_are_not_known() -> None:
    assert paper("A") is None


def test_sizes_are_those_of_the_trade() -> None:
    assert papers()["A4"] == Size(mm(210), mm(297))
    assert papers()["16开"] == Size(mm(185), mm(260))
    assert papers()["大16开"] == Size(mm(210), mm(285))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", papers())
def test_type_area_follows_the_paper(name: str, lang: str) -> None:
    found, house = page(f'trim = "{name}"', lang), HOUSE[lang]
    across, down = found.trim.width / house.trim.width, found.trim.height / house.trim.height
    assert found.trim == papers()[name]
    assert found.inner == pytest.approx(across * house.inner)
    assert 0 <= found.outer - across * house.outer < 10.5
    assert found.top == pytest.approx(down * house.top)
    assert -1e-6 <= found.bottom - down * house.bottom < found.leading
    if lang == "zh-CN":
        assert found.measure / 10.5 == pytest.approx(round(found.measure / 10.5)), "whole characters"


@pytest.mark.parametrize("lang", LANGS)
def test_the_houses_own_paper_changes_nothing(lang: str) -> None:
    assert page('trim = "大16开"', lang) == page('trim = ["210mm", "285mm"]', lang) == HOUSE[lang]


def test_what_is_written_beside_the_paper_holds() -> None:
    found = page('trim = "A5"\nmeasure = "200pt"\nlines = 20\ninner = "50pt"\ntop = "40pt"')
    assert (found.measure, found.lines, found.inner, found.top) == (200.0, 20, 50.0, 40.0)
    assert page('trim = "A4"\nleading = "20pt"').lines == int((mm(297) / mm(285) * 38 * 17.5) / 20)


@given(st.floats(60, 500), st.floats(60, 700))
def test_any_paper_has_a_type_area_inside_it(width: float, height: float) -> None:
    for lang in LANGS:
        found = page(f'trim = ["{width:.3f}mm", "{height:.3f}mm"]', lang)
        assert min(found.inner, found.outer, found.top, found.bottom) >= 0
        assert found.measure > 0
        assert found.lines > 0
