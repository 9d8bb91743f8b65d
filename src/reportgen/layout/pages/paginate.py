"""Which rows and floats stand on which page: the best of the possible page breaks of a section.

As paragraphs are broken by total fit, so are sections (after Plass, *Optimal Pagination Techniques for Automatic
Typesetting Systems*, 1981): a state is the next row and the next float; a page leads from one state to another at a
cost; the cheapest way through wins. Of the states after each page only the best few are followed, and only the last
few rows that fit may end a page, which bounds the work to a constant for each page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import fsum
from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.layout.flowing import FORBIDDEN, Flow, Row, whole_lines
from reportgen.layout.page_costs import HOUSE, PageCosts

# How far the search looks: no costs, but bounds that keep its work for each page constant. The tests hold the pages
# that it finds against all possible ones.

BEAM, BEAM_OF_TEXT = 40, 12
"""States followed after each page, where floats are to be placed and in plain text: there each state is a row end, and
a dozen row ends are a third of a page."""

SLACK, SLACK_OF_TEXT = 1000.0, 120.0
"""States whose estimated cost is so much higher than the best one's are not followed."""

WINDOW = 12
"""Row ends considered for a page of plain text."""

DEEP = 8
"""Deeper holes are considered only where fewer than three others can be."""

FORCED_BREAK = 1e6
"""Cost of breaking where no break may be, when nothing else fits."""

WIDE = 3
"""Up to so many white lines are spread over a page; more are left at its foot."""

FOOTNOTE_RULE: Pt = 8.0
"""White with a rule in it between text and footnotes."""


class PagePlan(NamedTuple):
    """What stands on a page: rows ``begin`` to ``end``, and floats from ``first`` on.

    Attributes:
        top, between, foot: how many floats stand above the rows, after their paragraphs, and below the rows.
        hole: grid lines left over.
        last: whether it ends the section.
    """

    begin: int
    end: int
    first: int
    top: int
    between: int
    foot: int
    hole: int
    last: bool

    @property
    def floats(self) -> int:
        return self.top + self.between + self.foot


class _Way(NamedTuple):
    cost: float
    plan: PagePlan | None
    before: _Way | None


@dataclass(frozen=True)
class _Section:
    """A flow with what the search asks of it again and again, as running sums over its rows."""

    flow: Flow
    capacity: int
    grid: Pt
    costs: PageCosts

    @property
    def filled(self) -> bool:
        """Whether only pages that are all but full come into question: in plain text."""
        return not self.flow.ragged and not self.flow.floats

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """The line at which each row would begin in an endless column."""
        tops, line = [], 0
        after = 0
        for row in self.flow.rows:
            line += max(after, row.before)
            tops.append(line)
            line += row.lines
            after = row.after
        return tuple(tops)

    @cached_property
    def bottoms(self) -> tuple[int, ...]:
        return tuple(top + row.lines for top, row in zip(self.tops, self.flow.rows, strict=True))

    @cached_property
    def notes(self) -> tuple[Pt, ...]:
        """The height of all footnotes before each row."""
        known = self.flow.notes
        heights = (fsum(known[n].height for n in row.notes if n in known) for row in self.flow.rows)
        return tuple(accumulate(heights, initial=0.0))

    @cached_property
    def elastic(self) -> tuple[int, ...]:
        """The number of elastic rows before each."""
        return tuple(accumulate((int(row.elastic) for row in self.flow.rows), initial=0))

    @cached_property
    def float_lines(self) -> tuple[int, ...]:
        """The lines of all floats before each, with the white line that goes with every float."""
        return tuple(accumulate((f.row.lines + 1 for f in self.flow.floats), initial=0))

    def estimate(self, row: int, first: int) -> float:
        """Return what the rest of the section costs at least: the pages it takes."""
        text = self.bottoms[-1] - self.tops[row] if row < len(self.flow.rows) else 0
        floats = self.float_lines[-1] - self.float_lines[first]
        return self.costs.page * (text + floats) / self.capacity

    def fitting(self, begin: int, room: int) -> Iterator[tuple[int, int]]:
        """Yield the row ends that fit a page of so many lines, the fullest first, with the lines they use."""
        if begin >= len(self.flow.rows):
            return
        head = sum(row.lines for row in self.flow.rows[begin].head) - self.tops[begin]
        end = bisect_right(self.bottoms, room - head)
        while end > begin:
            notes = self.notes[end] - self.notes[begin]
            used = head + self.bottoms[end - 1]
            if notes:
                used += whole_lines(notes + FOOTNOTE_RULE, self.grid)
            if used <= room:
                yield end, used
            end -= 1


def paginate(flow: Flow, capacity: int, grid: Pt, costs: PageCosts = HOUSE) -> tuple[PagePlan, ...]:
    """Return the pages of a section.

    Args:
        capacity: grid lines of a page.
        grid: height of one, for the footnotes.
    """
    section = _Section(flow, capacity, grid, costs)
    if not flow.rows and not flow.floats:
        return ()
    frontier = {(0, 0): _Way(0.0, None, None)}
    best: _Way | None = None
    while frontier:
        frontier, finished = _next_pages(section, frontier)
        best = min(filter(None, (best, *finished)), key=lambda way: way.cost, default=None)
        if best and best.cost <= min((way.cost for way in frontier.values()), default=best.cost):
            break
    return _walked(best)


def _walked(way: _Way | None) -> tuple[PagePlan, ...]:
    plans: list[PagePlan] = []
    step = way
    while step is not None and step.plan is not None:
        plans.append(step.plan)
        step = step.before
    return tuple(reversed(plans))


def _next_pages(
    section: _Section, frontier: Mapping[tuple[int, int], _Way]
) -> tuple[dict[tuple[int, int], _Way], list[_Way]]:
    """Return the states after one more page, and the ways that end the section with it."""
    found: dict[tuple[int, int], _Way] = {}
    finished: list[_Way] = []
    for (row, first), way in frontier.items():
        for plan in _pages_from(section, row, first):
            step = _Way(way.cost + _cost(section, plan), plan, way)
            if plan.last:
                finished.append(step)
                continue
            state = (plan.end, first + plan.floats)
            if state not in found or step.cost < found[state].cost:
                found[state] = step
    beam, slack = (BEAM_OF_TEXT, SLACK_OF_TEXT) if section.filled else (BEAM, SLACK)
    estimates = {state: way.cost + section.estimate(*state) for state, way in found.items()}
    best = sorted(found, key=lambda state: (estimates[state], state))[:beam]
    limit = estimates[best[0]] + slack if best else 0.0
    return {state: found[state] for state in best if estimates[state] <= limit}, finished


def _pages_from(section: _Section, begin: int, first: int) -> Iterator[PagePlan]:
    """Yield the pages that may begin at a row and a float; at least one."""
    any_page = False
    for count in range(len(section.flow.floats) - first + 1):
        for plan in _with_floats(section, begin, first, count):
            any_page = True
            yield plan
    if not any_page:
        yield _forced(section, begin, first)


def _with_floats(section: _Section, begin: int, first: int, count: int) -> Iterator[PagePlan]:
    """Yield the pages with so many floats, for each of the row ends that fill them best."""
    taken = section.float_lines[first + count] - section.float_lines[first]
    calls = max((f.call for f in section.flow.floats[first : first + count]), default=-1)
    total = len(section.flow.rows)
    everything = first + count == len(section.flow.floats)
    if count and taken - 1 <= section.capacity and (calls < begin or begin == total):
        hole = section.capacity - taken + 1
        yield PagePlan(begin, begin, first, count, 0, 0, hole, everything and begin == total)
    ends = 0
    for end, used in section.fitting(begin, section.capacity - taken):
        hole = section.capacity - used - taken
        if calls >= end or (section.filled and (ends == WINDOW or (hole > DEEP and ends >= 3))):
            return
        if end < total and section.flow.rows[end - 1].break_after == FORBIDDEN:
            continue
        ends += 1
        plan = PagePlan(begin, end, first, 0, 0, count, hole, end == total and everything)
        if count:
            yield from _placings(section, plan)
        else:
            yield plan


def _placings(section: _Section, plan: PagePlan) -> Iterator[PagePlan]:
    """Yield a page with its floats above, between and below its paragraphs, in every way that keeps their order."""
    at_head = plan.begin > 0 or section.flow.floats_at_head
    for top in range(plan.foot + 1 if at_head else 1):
        for between in range(plan.foot - top + 1):
            floats = section.flow.floats[plan.first + top : plan.first + top + between]
            if any(not plan.begin <= f.after < plan.end - 1 for f in floats):
                break
            hole = plan.hole - sum(_seam(section.flow.rows, f.after) for f in floats)
            if hole >= 0:
                yield plan._replace(top=top, between=between, foot=plan.foot - top - between, hole=hole)


def _seam(rows: Sequence[Row], after: int) -> int:
    """Return the lines that a float between paragraphs takes beside its own and the one that every float takes."""
    between = max(rows[after].after, rows[after + 1].before)
    return max(1, between) - between


def _forced(section: _Section, begin: int, first: int) -> PagePlan:
    """Return a page broken where none may be: as many rows as fit, at least one; else the next float."""
    if begin >= len(section.flow.rows):
        last = first + 1 == len(section.flow.floats)
        return PagePlan(begin, begin, first, 1, 0, 0, 0, last)
    end = next((end for end, _ in section.fitting(begin, section.capacity)), begin + 1)
    last = end == len(section.flow.rows) and first == len(section.flow.floats)
    return PagePlan(begin, end, first, 0, 0, 0, 0, last)


def _cost(section: _Section, plan: PagePlan) -> float:
    costs = section.costs
    cost = costs.page
    if plan.end == plan.begin:
        cost += costs.floats_only
    elif not plan.last:
        cost += min(section.flow.rows[plan.end - 1].break_after, FORCED_BREAK)
    cost += _end_cost(section, plan) if plan.last else _hole_cost(section, plan)
    if not section.flow.floats:
        return cost
    if plan.begin < plan.end < len(section.flow.rows) and not section.flow.rows[plan.end - 1].ends:
        cost += costs.among_figures
    if plan.floats and plan.end > plan.begin:
        lines = section.bottoms[plan.end - 1] - section.tops[plan.begin]
        cost += costs.sliver * max(0, costs.sliver_lines - lines) ** 2
    cost += fsum(_float_cost(section, plan, index) for index in range(plan.floats))
    waiting = section.flow.floats[plan.first + plan.floats :]
    cost += fsum(_behind(section.flow, plan, row) * costs.behind_barrier for row in section.flow.barriers)
    return cost + fsum(costs.late for f in waiting if f.call < plan.begin)


def _hole_cost(section: _Section, plan: PagePlan) -> float:
    """White at the foot of a page; where headings and floats can take it up, one line each, it costs less."""
    if not plan.hole:
        return 0.0
    costs = section.costs
    if section.flow.ragged:
        return costs.ragged_hole * plan.hole
    headings = section.elastic[plan.end] - section.elastic[plan.begin + 1] if plan.end > plan.begin else 0
    joints = sum(taken_up(plan.hole, plan.floats, headings))
    cost = costs.joint * joints + costs.hole * (plan.hole - joints) ** 2
    if section.flow.floats and plan.end < len(section.flow.rows) and section.flow.rows[plan.end].elastic:
        above = costs.before_heading * plan.hole
        return min(cost, above + costs.hole * max(0, plan.hole - costs.before_heading_lines) ** 2)
    return cost


def taken_up(hole: int, floats: int, headings: int) -> tuple[int, int]:
    """Return how many lines of a page's hole are taken up beside floats, and how many above headings.

    Headings are moved all or none, so that all of a page have the same white above.
    """
    beside = min(hole, floats)
    return beside, headings if headings <= hole - beside else 0


def more_lines(flow: Flow, plan: PagePlan) -> tuple[int, int]:
    """Return the lines that are taken up beside a page's floats, and above its headings.

    A page that stays short all the same keeps its spacing.
    """
    headings = sum(1 for row in flow.rows[plan.begin + 1 : plan.end] if row.elastic)
    beside, above = taken_up(plan.hole, plan.floats, headings)
    if plan.last or flow.ragged or plan.hole - beside - above > WIDE:
        return 0, 0
    return beside, above


def _end_cost(section: _Section, plan: PagePlan) -> float:
    costs, lines = section.costs, section.capacity - plan.hole
    return costs.short_end * max(0, costs.short_end_lines - lines) ** 2


def _behind(flow: Flow, plan: PagePlan, barrier: int) -> int:
    """Return how many figures called before a barrier on this page stand behind it, or on a later page."""
    if not plan.begin <= barrier < plan.end:
        return 0
    return sum(1 for entry in flow.floats[plan.first + plan.top + plan.between :] if entry.call < barrier)


def _float_cost(section: _Section, plan: PagePlan, index: int) -> float:
    costs, entry = section.costs, section.flow.floats[plan.first + index]
    here = entry.call >= plan.begin
    if index < plan.top:
        return (costs.top_before_call if here else costs.next_page) + (costs.stacked if index else 0.0)
    if index < plan.top + plan.between:
        stacked = index > plan.top and section.flow.floats[plan.first + index - 1].after == entry.after
        return costs.between_paragraphs + (costs.stacked if stacked else 0.0)
    away = costs.away * (plan.end - 1 - entry.after) if here else costs.next_page + costs.foot_after_call
    return away + (costs.stacked if index > plan.top + plan.between else 0.0)
