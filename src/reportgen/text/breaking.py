"""Break: total-fit line breaking.

D. E. Knuth and M. F. Plass, *Breaking Paragraphs into Lines*, Software: Practice and Experience 11 (1981). The
search runs over the gaps of a paragraph; since lines only grow while a start stays the same, the starts that can
still reach a gap form a window that moves forward, and the cost is linear in the length of the text.
"""

from __future__ import annotations

from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.text.costs import ANY_STRETCH, HOUSE, ParagraphCosts
from reportgen.text.itemize import loosen
from reportgen.text.items import SLIP, Breaks, Gap, Items, Sums, hangs_of
from reportgen.text.ragged import Fit


def break_paragraph(
    items: Items, measure: Pt, indent: Pt = 0.0, hanging: Pt = 0.0, costs: ParagraphCosts = HOUSE
) -> Breaks:
    """Return the break points of a justified paragraph.

    Each forced gap ends a part that is broken on its own. A part is tried with rising tolerance, then with any
    stretch; if some unbreakable run is wider than a line even so, with that run divided.
    """
    breaks = _break_parts(items, measure, indent, hanging, costs)
    if breaks is not None:
        return breaks
    items = loosen(items, measure - max(indent, hanging, 0.0), costs)
    breaks = _break_parts(items, measure, indent, hanging, costs)
    if breaks is not None:
        return breaks._replace(emergency=True)
    # Some glyph alone is wider than the measure: every line takes what it must.
    ends: list[int] = []
    for part in items.parts():
        ends += Fit(items, part, hanging if part.start else indent, hanging, costs).lines(measure)
    return Breaks(tuple(ends), items, True)


def _break_parts(items: Items, measure: Pt, indent: Pt, hanging: Pt, costs: ParagraphCosts) -> Breaks | None:
    ends: list[int] = []
    emergency = False
    for part in items.parts():
        first, other = measure - (hanging if part.start else indent), measure - hanging
        search = _Search(items, part, first, other, costs)
        for tolerance, dearest in costs.passes:
            found = search.run(tolerance, dearest)
            if found is not None:
                break
        else:
            return None
        emergency = emergency or tolerance == ANY_STRETCH
        ends += found
    return Breaks(tuple(ends), items, emergency)


class _Node(NamedTuple):
    """The cheapest way to a break in one fitness class."""

    demerits: float
    fitness: int
    position: int
    hyphen: bool
    previous: _Node | None


class _Start(NamedTuple):
    """A break at which a line may start.

    Attributes:
        reach: the measure of that line, plus the running width before it: what a line's end is compared with.
        stretch, shrink: running sums before it.
        available: the measure of that line.
        nodes: the ways that lead to it.
    """

    reach: Pt
    stretch: Pt
    shrink: Pt
    available: Pt
    nodes: list[_Node]


class _Search:
    """The search over one part of a paragraph; its tables serve all passes."""

    def __init__(self, items: Items, part: slice, first: Pt, other: Pt, costs: ParagraphCosts) -> None:
        boxes, gaps = items.boxes[part], items.gaps[part]
        self.start, self.gaps, self.count = part.start, gaps, len(gaps)
        self.sums, self.hangs = Sums.of(boxes, gaps), hangs_of(boxes, gaps)
        self.first, self.other, self.costs = first, other, costs

    def run(self, tolerance: float, dearest: float) -> tuple[int, ...] | None:
        """Return the cheapest break points with every line within the tolerance, or None if there are none.

        Breaks of penalty ``dearest`` and above are not taken.
        """
        sums, other = self.sums, self.other
        most = max(self.hangs) if self.hangs else 0.0
        active = [_Start(self.first, 0.0, 0.0, self.first, [_Node(0.0, 1, 0, False, None)])]
        grows = self.first <= other
        first = 0
        for end, gap in enumerate(self.gaps, 1):
            if gap.penalty >= dearest:
                continue
            # A start is out of reach from here on if even a line without a hyphen and with its mark hung is too long.
            least = sums.inner[end] - sums.shrink[end - 1] - most - SLIP
            while first < len(active) and active[first].reach - active[first].shrink < least:
                first += 1
            if grows and first < len(active) and self._is_too_short(active[first], end, gap, tolerance):
                continue
            best = self._lines_to(end, gap, active, first, tolerance)
            if best:
                nodes = _worth_keeping(best, self.costs)
                active.append(
                    _Start(sums.width[end] + other, sums.stretch[end], sums.shrink[end], other, nodes)
                )
            elif first >= len(active):
                return None
        return self._ends_of(active[-1])

    def _is_too_short(self, start: _Start, end: int, gap: Gap, tolerance: float) -> bool:
        """Say whether even the longest line to ``end`` would be stretched beyond the tolerance, or there is an end."""
        if end == self.count:
            return False
        slack = start.reach - self.sums.inner[end] - gap.hyphen
        return slack > SLIP and slack > tolerance * (self.sums.stretch[end - 1] - start.stretch)

    def _lines_to(
        self, end: int, gap: Gap, active: list[_Start], first: int, tolerance: float
    ) -> dict[int, _Node]:
        """Return the cheapest ways to a break at ``end`` by fitness class, over all starts from ``first`` on."""
        sums, costs, last = self.sums, self.costs, end == self.count
        width = sums.inner[end] + gap.hyphen - (self.hangs[end - 1] if self.hangs else 0.0)
        stretch, shrink = sums.stretch[end - 1], sums.shrink[end - 1]
        lent = costs.emergency_stretch if tolerance == ANY_STRETCH else 0.0
        priced = gap.penalty * gap.penalty if gap.penalty > 0.0 and not last else 0.0
        hyphen = gap.hyphen > 0.0
        line, badness = costs.line, costs.badness
        best: dict[int, _Node] = {}
        for index in range(first, len(active)):
            reach, begin_stretch, begin_shrink, available, nodes = active[index]
            slack = reach - width
            if slack < 0.0:
                give = shrink - begin_shrink
                if slack < -give - SLIP:
                    continue
                ratio = slack / give if give > SLIP else 0.0
            elif last:
                ratio = 0.0
            else:
                room = stretch - begin_stretch + lent * available
                ratio = slack / room if room > SLIP else float("inf") if slack > SLIP else 0.0
                if ratio > tolerance:
                    # Later starts make shorter lines; only the first has another indent.
                    if index:
                        break
                    continue
            cost = line + badness * abs(ratio * ratio * ratio)
            demerits = cost * cost + priced
            if last and available - slack < costs.short_share * available:
                demerits += costs.short_last_line
            _relax(best, nodes, end, fitness_of(ratio), demerits, hyphen, costs)
        return best

    def _ends_of(self, final: _Start) -> tuple[int, ...] | None:
        """Return the breaks on the cheapest way to the end, None if the end was not reached."""
        node: _Node | None = min(final.nodes, key=lambda n: n.demerits)
        if node is None or node.position != self.count:
            return None
        ends: list[int] = []
        while node is not None and node.position:
            ends.append(self.start + node.position - 1)
            node = node.previous
        return tuple(reversed(ends))


def fitness_of(ratio: float) -> int:
    """Return a line's fitness class: 0 tight, 1 decent, 2 loose, 3 very loose (Knuth and Plass, page 1157)."""
    return 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3


def demerits_between(contrast: bool, ladder: bool, costs: ParagraphCosts) -> float:
    """Return what a line costs because of the line before it: a tight one by a loose one, two hyphens in a row."""
    return (costs.consecutive_hyphens if ladder else 0.0) + (costs.fitness if contrast else 0.0)


def _relax(
    best: dict[int, _Node],
    nodes: list[_Node],
    end: int,
    fitness: int,
    demerits: float,
    hyphen: bool,
    costs: ParagraphCosts,
) -> None:
    """Offer a line ending at ``end`` from each of the nodes; keep the cheapest of each fitness class."""
    known = best.get(fitness)
    for node in nodes:
        total = node.demerits + demerits
        if known is not None and total >= known.demerits:
            continue
        contrast, ladder = abs(fitness - node.fitness) > 1, hyphen and node.hyphen
        if contrast or ladder:
            total += demerits_between(contrast, ladder, costs)
            if known is not None and total >= known.demerits:
                continue
        known = best[fitness] = _Node(total, fitness, end, hyphen, node)


def _worth_keeping(best: dict[int, _Node], costs: ParagraphCosts) -> list[_Node]:
    """Return the nodes of a break that can still be part of the optimum.

    Two nodes of one break cost the same from there on, except for the demerits between them and the next line.
    """
    if len(best) == 1:
        return list(best.values())
    limit = min(node.demerits for node in best.values()) + demerits_between(True, True, costs)
    return [node for node in best.values() if node.demerits <= limit]
