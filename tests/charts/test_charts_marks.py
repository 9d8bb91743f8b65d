"""What marks mean: bars are as long as their values, estimates look like estimates, lines stop at breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest
from chart_project import Cells, charts_of, draw, package_of

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Frame, Group, Shape
from reportgen.charts.forms import house_forms
from reportgen.charts.observations import Grid, gather
from reportgen.charts.plotting.boxes import Box

FORMS = house_forms()
CODES = {
    "x": [f"c{i}" for i in range(4)], "year": [str(2000 + i) for i in range(4)], "series": ["s0", "s1"],
    "panel": ["p0", "p1"], "period": ["2000", "2010"],
}  # fmt: skip
NAMES = {
    name: {code: (f"甲{code}", f"Name {code}") for code in CODES[name]} for name in ("x", "series", "panel")
}


def drawn(form: str, cells: Cells, keys: str = 'x = "x"') -> Frame:
    package = package_of(cells, {name: NAMES[name] for name in cells[0][0] if name in NAMES})
    chart = unwrap(charts_of(f'[c]\nform = "{form}"\ntable = "t"\n{keys}\n', package))["c"]
    return unwrap(draw(chart, package, "en")).frame


def shapes_of(frame: Frame) -> Iterator[Shape]:
    for placed in frame.items:
        if isinstance(placed.item, Shape):
            yield placed.item
        elif isinstance(placed.item, Group):
            yield from shapes_of(placed.item.frame)


def bars_of(frame: Frame) -> list[Box]:
    """Return the box of each rectangle that is filled with ink."""
    found = []
    for shape in shapes_of(frame):
        corners = [segment[1:3] for segment in shape.path if segment[0] in "ml"]
        if shape.fill is not None and any(shape.fill.cmyk) and len(corners) == 4 and len(shape.path) == 5:
            xs, ys = zip(*corners, strict=True)
            found.append(Box(min(xs), min(ys), max(xs), max(ys)))
    return found


def segments_of(*statuses: str) -> list[Shape]:
    """Return the lines between the years of a line chart whose values have these statuses."""
    cells: Cells = [({"year": str(2000 + i)}, 50 + 9 * i, status) for i, status in enumerate(statuses)]
    paths = (
        (s, s.path) for s in shapes_of(drawn("lines", cells, 'x = "year"')) if s.stroke and len(s.path) == 2
    )
    return [s for s, ((_, x0, y0), (_, x1, y1)) in paths if x0 != x1 and y0 != y1]  # type: ignore[misc]


@pytest.mark.parametrize("form", FORMS)
def test_a_drawing_tells_which_value_is_the_estimate(form: str) -> None:
    """Of two drawings of the same values with the same key one is told from the other by what is estimated."""
    about = FORMS[form]
    roles = {"x": "x", **{role: role for role in about.needs}}
    places = [dict(zip(roles, codes, strict=True)) for codes in product(*(CODES[role] for role in roles))]
    keys = "\n".join(f'{role} = "{role}"' for role in roles)
    frames = [
        drawn(
            form,
            [(place, 900 - 7 * i, "E" if i == estimated else "A") for i, place in enumerate(places)],
            keys,
        )
        for estimated in (0, len(places) - 1)
    ]
    assert frames[0] != frames[1]


def test_lines_to_and_from_an_estimate_among_published_values_are_dashed() -> None:
    assert [bool(s.stroke and s.stroke.dashes) for s in segments_of("A", "A", "E", "A", "A")] == [
        False,
        True,
        True,
        False,
    ]
    assert not any(s.stroke and s.stroke.dashes for s in segments_of("E", "E", "E"))


def test_a_line_stops_where_its_series_breaks() -> None:
    assert [len(segments_of(*statuses)) for statuses in ("AAAA", "ABAA", "AABA", "AAAB")] == [3, 2, 2, 2]


@pytest.mark.parametrize("form", ["ranked-bars", "paired-columns"])
@pytest.mark.parametrize(("low", "high"), [(100, 200), (1000, 1100), (3, 4)])
def test_bars_are_as_long_as_their_values_from_zero(form: str, low: int, high: int) -> None:
    """A value a tenth larger is a tenth longer, however close the values are to each other, inside the drawing."""
    frame = drawn(form, [({"x": "c0"}, high), ({"x": "c1"}, low)])
    one, other = bars_of(frame)
    lengths = [(bar.width if form == "ranked-bars" else bar.height) for bar in (one, other)]
    assert lengths[0] / lengths[1] == pytest.approx(high / low, rel=0.01)
    assert all(bar.within(Box(0, 0, frame.width, frame.height)) for bar in (one, other))


def test_squares_of_a_waffle_are_rounded_to_the_largest_rests() -> None:
    """505, 248 and 247 of 1000 are 50, 25 and 25 squares: of the halves the largest go up."""
    cells: Cells = [({"x": f"c{i}"}, value) for i, value in enumerate((505, 248, 247))]
    squares = Counter(s.fill.cmyk for s in shapes_of(drawn("waffle", cells)) if s.fill and any(s.fill.cmyk))
    assert sorted(squares.values()) == [26, 26, 51]  # each with the square of the key


def test_growth_from_nothing_is_no_number() -> None:
    cells: Cells = [
        ({"x": code, "period": period}, value)
        for code, values in (("c0", (0, 5)), ("c1", (4, 5)))
        for period, value in zip(CODES["period"], values, strict=True)
    ]
    assert drawn("bars-and-growth", cells, 'x = "x"\nperiod = "period"').items


# ---- what is gathered ------------------------------------------------------------------------------------------


def gathered(cells: Cells, keys: str) -> Grid:
    package = package_of(cells, {name: NAMES[name] for name in cells[0][0] if name in NAMES})
    return gather(
        unwrap(charts_of(f'[c]\nform = "lines"\ntable = "t"\n{keys}\n', package))["c"], package
    ).value


@pytest.mark.parametrize(
    ("one", "other", "status"), [("A", "A", "A"), ("E", "A", "E"), ("A", "E", "E"), ("E", "E", "E")]
)
def test_a_sum_with_an_estimate_in_it_is_an_estimate(one: str, other: str, status: str) -> None:
    cells: Cells = [({"year": "2000", "series": "s0"}, 1, one), ({"year": "2000", "series": "s1"}, 2, other)]
    (seen,) = gathered(cells, 'x = "year"\nsum = ["series"]').cells.values()
    assert (seen.value, seen.status) == (Decimal(3), status)


def test_years_stand_in_order_whatever_the_order_of_the_table() -> None:
    cells: Cells = [({"year": year}, 1) for year in ("2003", "2001", "2002")]
    assert gathered(cells, 'x = "year"').x == ("2001", "2002", "2003")
