"""A bar of zero draws nothing, one of next to nothing a fine line; its value is written all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from chart_project import Cells, charts_of, draw, package_of

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Frame, GlyphRun, Group, Shape
from reportgen.charts.drawing_sheet import LEAST
from reportgen.charts.forms import house_forms

FORMS = house_forms()
TIMED = ("paired-columns", "columns-and-line", "lines", "small-multiples")
WRITTEN = frozenset(FORMS) - {"lines", "small-multiples", "stacked-bars", "columns-and-line"}
"""Forms that write each value; stacked bars write those for which a segment has room."""
HAIR = 0.2
ZERO = re.compile(r"(?<![\d.,])0(\.0+)?(?![\d.,])")


def _cells(form: str, last: Decimal) -> tuple[str, Cells, dict[str, dict[str, tuple[str, str]]]]:
    about = FORMS[form]
    timed = form in TIMED
    codes = {"x": ["2020", "2021", "2022"] if timed else ["a", "b", "c"]}
    names = {} if timed else {"x": {c: (f"名{c}", f"Name {c}") for c in codes["x"]}}
    if "series" in about.roles and about.max_series > 1:
        codes["s"] = ["p", "q"]
        names["s"] = {c: (f"列{c}", f"Series {c}") for c in codes["s"]}
    if "panel" in about.roles and "panel" in about.needs:
        codes["w"] = ["u", "v"]
        names["w"] = {c: (f"图{c}", f"Panel {c}") for c in codes["w"]}
    if "period" in about.roles:
        codes["t"] = ["2019", "2023"]
    keys: list[dict[str, str]] = [{}]
    for dimension, values in codes.items():
        keys = [{**known, dimension: value} for known in keys for value in values]
    cells = [(key, last if key["x"] == codes["x"][-1] else Decimal(640)) for key in keys]
    roles = {"x": "x", "s": "series", "w": "panel", "t": "period"}
    lines = ["[c]", f'form = "{form}"', 'table = "t"', *(f'{roles[d]} = "{d}"' for d in codes)]
    return "\n".join(lines), cells, names


def drawn(form: str, language: str, last: Decimal, status: str = "A") -> Frame:
    text, cells, names = _cells(form, last)
    given = [(key, value, status if value == last else "A") for key, value in cells]
    package = package_of(given, names)
    return unwrap(draw(unwrap(charts_of(text, package))["c"], package, language)).frame


def shapes(frame: Frame) -> Iterator[Shape]:
    for placed in frame.items:
        if isinstance(placed.item, Shape):
            yield placed.item
        elif isinstance(placed.item, Group):
            yield from shapes(placed.item.frame)


def words(frame: Frame) -> Iterator[str]:
    for placed in frame.items:
        if isinstance(placed.item, GlyphRun):
            yield placed.item.text
        elif isinstance(placed.item, Group):
            yield from words(placed.item.frame)


def sides(shape: Shape) -> tuple[float, float]:
    points = [segment[-2:] for segment in shape.path if segment[0] != "h"]
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    return max(xs) - min(xs), max(ys) - min(ys)


def areas(frame: Frame) -> list[tuple[float, float]]:
    return [sides(shape) for shape in shapes(frame) if shape.fill is not None]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_bar_of_zero_draws_nothing(form: str, language: str) -> None:
    frame = drawn(form, language, Decimal(0))
    assert [area for area in areas(frame) if min(area) < HAIR] == []
    assert [shape for shape in shapes(frame) if shape.stroke is not None and max(sides(shape)) < HAIR] == []
    if form in WRITTEN:
        assert any(ZERO.search(text) for text in words(frame))


BARS = (
    "ranked-bars",
    "paired-columns",
    "back-to-back",
    "stacked-bars",
    "twin-ranked-lists",
    "bars-and-growth",
)


@pytest.mark.parametrize("status", ["A", "E"])
@pytest.mark.parametrize("form", [*BARS, "treemap", "columns-and-line"])
def test_a_bar_of_next_to_nothing_is_a_fine_line(form: str, status: str) -> None:
    zero, tiny = (areas(drawn(form, "zh", value, status)) for value in (Decimal(0), Decimal("0.0001")))
    assert [area for area in tiny if min(area) < LEAST - 0.01] == []
    thin = [area for area in tiny if min(area) < LEAST + 0.01]
    assert thin
    assert len(tiny) > len(zero)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_shares_that_are_worked_out_have_their_own_unit(language: str) -> None:
    text, cells, names = _cells("stacked-bars", Decimal(160))
    package = package_of(cells, names)
    plain, shares = (
        unwrap(draw(unwrap(charts_of(text + more, package))["c"], package, language))
        for more in ("", "\nshares = true")
    )
    assert plain.unit == ""
    assert "%" in shares.unit
