"""Page breaks: what a page may hold, and that the breaks chosen are the best there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from layout_samples import style

from reportgen.base.frame import Anchor, Shape
from reportgen.layout.flowing import FORBIDDEN, Float, Flow, Footnote, Row
from reportgen.layout.page_costs import HOUSE, PageCosts
from reportgen.layout.pages import paginate as module
from reportgen.layout.pages.paginate import PagePlan, paginate
from reportgen.layout.pages.sheets import make_sheet
from reportgen.layout.typeset.drawing import rule

GRID = 10.0


def _row(name: str, lines: int = 1, **more: object) -> Row:
    return Row(lines, anchors=(name,), **more)  # type: ignore[arg-type]


def _text(count: int) -> list[Row]:
    return [_row(f"r{n}", ends=True) for n in range(count)]


def _float(number: int, lines: int, call: int) -> Float:
    return Float(_row(f"f{number}", lines), f"f{number}", call, call)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    costs = st.sampled_from([0.0, 0.0, 0.0, 40.0, FORBIDDEN])
    rows = [
        _row(
            f"r{n}",
            draw(st.integers(1, 3)),
            before=draw(st.integers(0, 1)),
            after=draw(st.integers(0, 1)),
            break_after=draw(costs),
            elastic=draw(st.booleans()),
            ends=draw(st.sampled_from([True, True, False])),
        )
        for n in range(draw(st.integers(1, 9)))
    ]
    calls = sorted(draw(st.lists(st.integers(0, len(rows) - 1), max_size=3)))
    floats = tuple(_float(n, draw(st.integers(1, 5)), call) for n, call in enumerate(calls))
    return Flow(tuple(rows), floats, floats_at_head=draw(st.booleans()), ragged=draw(st.booleans()))


OTHERS = PageCosts(
    page=45.0,
    floats_only=9.0,
    short_end_lines=3,
    short_end=7.0,
    hole=2.0,
    joint=1.0,
    ragged_hole=4.0,
    before_heading=1.5,
    among_figures=31.0,
    next_page=8.0,
    late=33.0,
    top_before_call=17.0,
    between_paragraphs=5.0,
    away=2.0,
    foot_after_call=3.0,
    stacked=1.0,
    sliver_lines=2,
    sliver=20.0,
)
"""Costs unlike the house's, under which other pages are best."""


def _height(rows: Sequence[Row]) -> int:
    """Return the lines of rows below each other."""
    between = sum(max(above.after, below.before) for above, below in pairwise(rows))
    return sum(row.lines for row in rows) + between


def _hole(flow: Flow, capacity: int, plan: PagePlan) -> int:
    """Return the lines that a page leaves over: one goes with each float, but the last without text."""
    rows = flow.rows[plan.begin : plan.end]
    floats = flow.floats[plan.first : plan.first + plan.floats]
    used = _height(rows) + sum(f.row.lines + 1 for f in floats) - (not rows)
    for entry in floats[plan.top : plan.top + plan.between]:
        white = max(flow.rows[entry.after].after, flow.rows[entry.after + 1].before)
        used += max(1, white) - white
    return capacity - used


def _possible(flow: Flow, capacity: int, begin: int, first: int) -> Iterator[PagePlan]:
    """Yield every page that may begin at a row and a float."""
    total = len(flow.rows)
    for end in range(begin, total + 1):
        if begin < end < total and flow.rows[end - 1].break_after == FORBIDDEN:
            continue
        for top, between, foot in product(range(len(flow.floats) - first + 1), repeat=3):
            floats = flow.floats[first : first + top + between + foot]
            if len(floats) < top + between + foot or (begin == end and (not top or between or foot)):
                continue
            if any(f.call >= end for f in floats) and begin < total:
                continue
            if top and begin < end and not begin and not flow.floats_at_head:
                continue
            if any(not begin <= f.after < end - 1 for f in floats[top : top + between]):
                continue
            last = end == total and first + len(floats) == len(flow.floats)
            plan = PagePlan(begin, end, first, top, between, foot, 0, last)
            hole = _hole(flow, capacity, plan)
            if hole >= 0:
                yield plan._replace(hole=hole)


def _price(flow: Flow, capacity: int, plan: PagePlan, costs: PageCosts) -> float:
    """Return what a page costs, from the description in docs/layout.md."""
    rows = flow.rows[plan.begin : plan.end]
    after = flow.rows[plan.end : plan.end + 1]
    price = costs.page if rows else costs.page + costs.floats_only
    if plan.last:
        price += costs.short_end * max(0, costs.short_end_lines - (capacity - plan.hole)) ** 2
    else:
        price += _price_of_hole(flow, plan, costs) + (rows[-1].break_after if rows else 0.0)
    if not flow.floats:
        return price
    if rows and after and not rows[-1].ends:
        price += costs.among_figures
    if rows and plan.floats:
        price += costs.sliver * max(0, costs.sliver_lines - _height(rows)) ** 2
    waiting = flow.floats[plan.first + plan.floats :]
    price += costs.late * sum(1 for f in waiting if f.call < plan.begin)
    where = ["top"] * plan.top + ["between"] * plan.between + ["foot"] * plan.foot
    above: tuple[str, int] | None = None
    for entry, place in zip(flow.floats[plan.first :], where, strict=False):
        called_here = entry.call >= plan.begin
        if place == "top":
            price += costs.top_before_call if called_here else costs.next_page
        elif place == "between":
            price += costs.between_paragraphs
        elif called_here:
            price += costs.away * (plan.end - 1 - entry.after)
        else:
            price += costs.next_page + costs.foot_after_call
        spot = (place, entry.after if place == "between" else 0)
        price += costs.stacked if spot == above else 0.0
        above = spot
    return price


def _price_of_hole(flow: Flow, plan: PagePlan, costs: PageCosts) -> float:
    if flow.ragged:
        return costs.ragged_hole * plan.hole
    beside = min(plan.hole, plan.floats)
    headings = sum(row.elastic for row in flow.rows[plan.begin + 1 : plan.end])
    taken = beside + (headings if beside + headings <= plan.hole else 0)
    price = costs.joint * taken + costs.hole * (plan.hole - taken) ** 2
    if flow.floats and plan.end < len(flow.rows) and flow.rows[plan.end].elastic:
        return min(price, costs.before_heading * plan.hole)
    return price


def _cheapest(flow: Flow, capacity: int, costs: PageCosts) -> float:
    """Return the cost of the best pages by trying all; infinite if rows would have to be parted that may not be."""

    @cache
    def rest(begin: int, first: int) -> float:
        return min(
            (
                _price(flow, capacity, plan, costs)
                + (0.0 if plan.last else rest(plan.end, first + plan.floats))
                for plan in _possible(flow, capacity, begin, first)
            ),
            default=FORBIDDEN,
        )

    return rest(0, 0)


@settings(deadline=None, max_examples=300)
@given(flows(), st.integers(5, 9), st.sampled_from([HOUSE, OTHERS]))
def test_no_other_page_breaks_are_cheaper(flow: Flow, capacity: int, costs: PageCosts) -> None:
    assume(flow.floats or flow.ragged)
    _assert_cheapest(flow, capacity, costs)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from([0.0, 0.0, 2.0, FORBIDDEN]), min_size=1, max_size=40),
    st.integers(5, 9),
    st.sampled_from([HOUSE, OTHERS]),
)
def test_no_other_page_breaks_of_plain_text_are_cheaper(
    breaks: list[float], capacity: int, costs: PageCosts
) -> None:
    rows = (replace(row, break_after=cost) for row, cost in zip(_text(len(breaks)), breaks, strict=True))
    _assert_cheapest(Flow(tuple(rows)), capacity, costs)


def _assert_cheapest(flow: Flow, capacity: int, costs: PageCosts) -> None:
    cheapest = _cheapest(flow, capacity, costs)
    assume(cheapest < FORBIDDEN)
    found = sum(_price(flow, capacity, plan, costs) for plan in paginate(flow, capacity, GRID, costs))
    assert found == pytest.approx(cheapest)


@settings(deadline=None, max_examples=150)
@given(flows(), st.integers(5, 9))
def test_rows_and_floats_keep_their_order_and_floats_do_not_precede_their_page(
    flow: Flow, capacity: int
) -> None:
    plans = paginate(flow, capacity, GRID)
    row = first = 0
    for plan in plans:
        assert (plan.begin, plan.first) == (row, first)
        row, first = plan.end, first + plan.floats
        assert all(f.call < plan.end for f in flow.floats[plan.first : first])
    assert (row, first) == (len(flow.rows), len(flow.floats))
    assert [plan.last for plan in plans] == [False] * (len(plans) - 1) + [True]


@settings(deadline=None, max_examples=150)
@given(flows(), st.integers(6, 9))
def test_a_sheet_holds_no_more_than_its_lines_and_nothing_overlaps(flow: Flow, capacity: int) -> None:
    page = replace(style().page, leading=GRID, lines=capacity)
    heights = {r.anchors[0]: r.lines for r in (*flow.rows, *(f.row for f in flow.floats))}
    for plan in paginate(flow, capacity, GRID):
        if plan.hole == 0 and plan.end > plan.begin and not _fits(flow, plan, capacity):
            continue
        sheet = make_sheet(flow, plan, replace(style(), page=page))
        tops = {i.item.name: i.y / GRID for i in sheet.marks() if isinstance(i.item, Anchor)}
        end = 0.0
        for name, top in sorted(tops.items(), key=lambda entry: entry[1]):
            assert top >= end
            end = top + heights[name]
        assert end <= capacity


def _fits(flow: Flow, plan: PagePlan, capacity: int) -> bool:
    """Say whether a page was not forced: a row run that may not be broken can be longer than a page."""
    rows = flow.rows[plan.begin : plan.end]
    return sum(row.lines for row in rows) <= capacity


def test_a_page_that_is_full_is_preferred_to_one_with_a_hole() -> None:
    plans = paginate(Flow(tuple(_text(25))), 10, GRID)
    assert [plan.end for plan in plans] == [10, 20, 25]


def test_a_heading_is_not_parted_from_what_follows() -> None:
    rows = _text(25)
    rows[9] = replace(rows[9], break_after=FORBIDDEN)
    assert [plan.end for plan in paginate(Flow(tuple(rows)), 10, GRID)] == [9, 19, 25]


def test_a_last_page_of_a_few_lines_takes_some_of_the_page_before() -> None:
    assert [plan.end for plan in paginate(Flow(tuple(_text(22))), 10, GRID)] == [9, 18, 22]


def test_rows_that_cannot_be_parted_and_do_not_fit_are_broken_at_the_foot() -> None:
    rows = [replace(row, break_after=FORBIDDEN) for row in _text(15)]
    assert [plan.end for plan in paginate(Flow(tuple(rows)), 10, GRID)] == [10, 15]


def test_a_figure_moves_to_the_next_page_rather_than_leave_a_hole() -> None:
    flow = Flow(tuple(_text(20)), (_float(0, 6, call=7),))
    first, second, *_ = paginate(flow, 10, GRID)
    assert (first.end, first.floats) == (10, 0)
    assert (second.top, second.first) == (1, 0)


def test_a_figure_called_on_the_page_stands_on_it() -> None:
    flow = Flow(tuple(_text(20)), (_float(0, 4, call=2),))
    first = paginate(flow, 10, GRID)[0]
    assert first.floats == 1
    assert first.hole == 0


def test_no_figure_stands_above_the_title_of_a_section() -> None:
    flow = Flow(tuple(_text(4)), (_float(0, 4, call=0),))
    assert paginate(flow, 10, GRID)[0].top == 0


def test_footnotes_take_room_from_their_page() -> None:
    rows = _text(25)
    rows[3] = replace(rows[3], notes=("a",))
    mark = rule(0.0, 0.0, 5.0, style().colors["black"], 0.5)
    flow = Flow(tuple(rows), notes={"a": Footnote((mark,), 15.0, "note-a")})
    plan = paginate(flow, 10, GRID)[0]
    sheet = make_sheet(flow, plan, replace(style(), page=replace(style().page, leading=GRID, lines=10)))
    drawn = [i.y for i in sheet.marks() if isinstance(i.item, Shape)]
    assert plan.end == 7
    assert drawn == [100.0 - 15.0 - module.FOOTNOTE_RULE / 2, 85.0]


def test_a_repeated_heading_takes_room_on_the_next_page() -> None:
    head = (_row("head", 2),)
    rows = tuple(replace(row, head=head if n else ()) for n, row in enumerate(_text(26)))
    assert [plan.end for plan in paginate(Flow(rows), 10, GRID)] == [10, 18, 26]


def test_headings_of_a_page_are_moved_all_or_none() -> None:
    assert module.taken_up(5, 1, 3) == (1, 3)
    assert module.taken_up(3, 1, 3) == (1, 0)


@pytest.mark.parametrize(("hole", "taken"), [(2, (1, 1)), (5, (1, 1)), (6, (0, 0))])
def test_up_to_three_white_lines_more_are_spread_and_a_wide_hole_stays_at_the_foot(
    hole: int, taken: tuple[int, int]
) -> None:
    rows = [*_text(4), _row("heading", elastic=True), *_text(3)]
    flow = Flow((*rows, *_text(9)), (_float(0, 3, call=2),))
    plan = PagePlan(0, len(rows), 0, 0, 0, 1, hole, last=False)
    assert module.more_lines(flow, plan) == taken
