"""Which rows and floats stand on which page: the best of the possible page breaks of a section.

As paragraphs are broken by total fit, so are sections (after Plass, *Optimal Pagination Techniques*, 1981): a state
is the next row and the next float; a page leads from one state to another at a cost; the cheapest way through wins.
Of the states after each page only the best few are followed, which bounds the work to a constant for each page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from reportgen.base.units import Pt
from reportgen.layout.rows import FORBIDDEN, Float, Flow, Footnote, Row, whole_lines

BEAM = 16
"""States followed after each page."""

FORCED_BREAK = 1e6
"""Cost of breaking where no break may be, when nothing else fits."""

PAGE = 60.0
LATE = 90.0
"""Cost of each page that a float waits beyond the page after its call."""

NEXT_PAGE = 30.0
"""Cost of a float on a page after that of its call."""

TOP_BEFORE_CALL = 6.0
"""Cost of a float at the head of the page on whose lower part it is called."""

AMID_TEXT = 4.0
"""Cost of a float between two paragraphs."""

AWAY = 0.4
"""Cost of each row between a float at the foot of its call's page and the paragraph of that call."""

FOOT_AFTER_CALL = 10.0
"""Cost of a float at the foot of a page that its call does not stand on."""

STACKED = 8.0
"""Cost of a float straight under another."""

FLOATS_ONLY = 40.0
"""Cost of a page without text."""

SHORT_END = 5
"""A section's last page with fewer lines of text and floats looks abandoned."""

FOOTNOTE_RULE: Pt = 8.0
"""White with a rule in it between text and footnotes."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What stands on a page: rows ``begin`` to ``end``, and floats from ``first`` on.

    Attributes:
        top, amid, foot: how many floats stand above the rows, after their paragraphs, and below the rows.
        hole: grid lines left over.
        last: whether it ends the section.
    """

    begin: int
    end: int
    first: int
    top: int
    amid: int
    foot: int
    hole: int
    last: bool

    @property
    def floats(self) -> int:
        return self.top + self.amid + self.foot


@dataclass(frozen=True, slots=True)
class _Way:
    cost: float
    plan: PagePlan | None
    before: _Way | None


@dataclass(frozen=True)
class _Section:
    """A flow with what the search asks of it again and again."""

    flow: Flow
    capacity: int
    grid: Pt

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return self.flow.rows

    @cached_property
    def floats(self) -> tuple[Float, ...]:
        return self.flow.floats

    @cached_property
    def float_lines(self) -> tuple[int, ...]:
        """The lines of all floats before each, with the white line that goes with every float."""
        return tuple(accumulate((f.row.lines + 1 for f in self.floats), initial=0))


def paginate(flow: Flow, capacity: int, grid: Pt) -> tuple[PagePlan, ...]:
    """Return the pages of a section.

    Args:
        capacity: grid lines of a page.
        grid: height of one, for the footnotes.
    """
    section = _Section(flow, capacity, grid)
    rows, floats = len(flow.rows), len(flow.floats)
    if not rows and not floats:
        return ()
    frontier = {(0, 0): _Way(0.0, None, None)}
    finished: list[_Way] = []
    while frontier:
        frontier = _next_pages(section, frontier, finished)
        if finished and min(w.cost for w in finished) <= min(
            (w.cost for w in frontier.values()), default=0.0
        ):
            break
    return _walked(min(finished, key=lambda way: way.cost))


def _walked(way: _Way) -> tuple[PagePlan, ...]:
    plans: list[PagePlan] = []
    step: _Way | None = way
    while step is not None and step.plan is not None:
        plans.append(step.plan)
        step = step.before
    return tuple(reversed(plans))


def _next_pages(
    section: _Section, frontier: Mapping[tuple[int, int], _Way], finished: list[_Way]
) -> dict[tuple[int, int], _Way]:
    found: dict[tuple[int, int], _Way] = {}
    for (row, first), way in frontier.items():
        for plan, cost in _pages_from(section, row, first):
            step = _Way(way.cost + cost, plan, way)
            if plan.last:
                finished.append(step)
                continue
            state = (plan.end, first + plan.floats)
            if state not in found or step.cost < found[state].cost:
                found[state] = step
    best = sorted(found, key=lambda state: (found[state].cost, state))[:BEAM]
    return {state: found[state] for state in best}


def _pages_from(section: _Section, begin: int, first: int) -> Iterator[tuple[PagePlan, float]]:
    """Yield the pages that may begin at a row and a float, with their costs; at least one."""
    plans = [
        (plan, _cost(section, plan))
        for count in range(len(section.floats) - first + 1)
        for plan in _with_floats(section, begin, first, count)
    ]
    if plans:
        plans.sort(key=lambda entry: entry[1])
        yield from plans[:BEAM]
    else:
        yield _forced(section, begin, first), FORCED_BREAK


def _with_floats(section: _Section, begin: int, first: int, count: int) -> Iterator[PagePlan]:
    """Yield the pages with so many floats, for each row that may end them."""
    taken = section.float_lines[first + count] - section.float_lines[first]
    calls = max((f.call for f in section.floats[first : first + count]), default=-1)
    total = len(section.rows)
    everything = first + count == len(section.floats)
    if count and taken - 1 <= section.capacity and (calls < begin or begin == total):
        hole = section.capacity - taken + 1
        yield PagePlan(begin, begin, first, count, 0, 0, hole, everything and begin == total)
    for end, used in _filled(section, begin):
        hole = section.capacity - used - taken
        if hole < 0:
            return
        if calls >= end or (end < total and section.rows[end - 1].break_after == FORBIDDEN):
            continue
        yield from _placings(
            section, PagePlan(begin, end, first, 0, 0, count, hole, end == total and everything)
        )


def _placings(section: _Section, plan: PagePlan) -> Iterator[PagePlan]:
    """Yield a page with its floats above, amid and below the text in every way that keeps their order."""
    at_head = plan.begin > 0 or section.flow.floats_at_head
    for top in range(plan.foot + 1 if at_head else 1):
        for amid in range(plan.foot - top + 1):
            floats = section.floats[plan.first + top : plan.first + top + amid]
            if any(not plan.begin <= f.after < plan.end - 1 for f in floats):
                break
            hole = plan.hole - sum(_seam(section.rows, f.after) for f in floats)
            if hole >= 0:
                yield replace(plan, top=top, amid=amid, foot=plan.foot - top - amid, hole=hole)


def _seam(rows: Sequence[Row], after: int) -> int:
    """Return the lines that a float amid text takes beside its own and the one that every float takes."""
    between = max(rows[after].after, rows[after + 1].before)
    return max(1, between) - between


def _filled(section: _Section, begin: int) -> Iterator[tuple[int, int]]:
    """Yield each row end of a page from ``begin``, with the lines used by rows and footnotes."""
    used, notes = 0, 0.0
    previous: Row | None = None
    for index in range(begin, len(section.rows)):
        row = section.rows[index]
        if previous is None:
            used += sum(head.lines for head in row.head)
        else:
            used += max(previous.after, row.before)
        used += row.lines
        notes += _notes_height(section.flow.notes, row)
        total = used + (whole_lines(notes + FOOTNOTE_RULE, section.grid) if notes else 0)
        if total > section.capacity:
            return
        previous = row
        yield index + 1, total


def _notes_height(notes: Mapping[str, Footnote], row: Row) -> Pt:
    return sum(notes[note].height for note in row.notes if note in notes)


def _forced(section: _Section, begin: int, first: int) -> PagePlan:
    """Return a page broken where none may be: as many rows as fit, at least one; else the next float."""
    if begin >= len(section.rows):
        last = first + 1 == len(section.floats)
        return PagePlan(begin, begin, first, 1, 0, 0, 0, last)
    ends = [end for end, _ in _filled(section, begin)]
    end = ends[-1] if ends else begin + 1
    last = end == len(section.rows) and first == len(section.floats)
    return PagePlan(begin, end, first, 0, 0, 0, 0, last)


def _cost(section: _Section, plan: PagePlan) -> float:
    cost = PAGE
    if plan.end > plan.begin:
        cost += section.rows[plan.end - 1].break_after if not plan.last else 0.0
    else:
        cost += FLOATS_ONLY
    cost += _end_cost(section, plan) if plan.last else _hole_cost(section, plan)
    for index in range(plan.floats):
        cost += _float_cost(section, plan, index)
    waiting = section.floats[plan.first + plan.floats :]
    return cost + sum(LATE for f in waiting if f.call < plan.begin)


def _hole_cost(section: _Section, plan: PagePlan) -> float:
    """White at the foot of a page; where headings and floats can take it up, one line each, it costs less."""
    if section.flow.ragged:
        return 1.0 * plan.hole
    joints = sum(more_lines(section.flow, plan))
    return 3.0 * joints + 6.0 * (plan.hole - joints) ** 2


def more_lines(flow: Flow, plan: PagePlan) -> tuple[int, int]:
    """Return how many lines of a page's hole are taken up beside floats, and how many above headings.

    Headings are moved all or none, so that those of a page stand alike.
    """
    if plan.last or flow.ragged:
        return 0, 0
    beside = min(plan.hole, plan.floats)
    headings = sum(1 for row in flow.rows[plan.begin + 1 : plan.end] if row.elastic)
    return beside, headings if headings <= plan.hole - beside else 0


def _end_cost(section: _Section, plan: PagePlan) -> float:
    return 8.0 * max(0, SHORT_END - (section.capacity - plan.hole)) ** 2


def _float_cost(section: _Section, plan: PagePlan, index: int) -> float:
    entry = section.floats[plan.first + index]
    here = entry.call >= plan.begin
    if index < plan.top:
        return (TOP_BEFORE_CALL if here else NEXT_PAGE) + (STACKED if index else 0.0)
    if index < plan.top + plan.amid:
        stacked = index > plan.top and section.floats[plan.first + index - 1].after == entry.after
        return AMID_TEXT + (STACKED if stacked else 0.0)
    away = AWAY * (plan.end - 1 - entry.after) if here else NEXT_PAGE + FOOT_AFTER_CALL
    return away + (STACKED if index > plan.top + plan.amid else 0.0)
