"""Break: total-fit line breaking.

D. E. Knuth and M. F. Plass, *Breaking Paragraphs into Lines*, Software: Practice and Experience 11 (1981). The
search runs over the gaps of a paragraph; since lines only grow while a start stays the same, the starts that can
still reach a gap form a window that moves forward, and the cost is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.text.itemize import FORBIDDEN, FORCED, Items

LINE_PENALTY = 10.0
CONSECUTIVE_HYPHENS = 3000.0
FITNESS_DEMERITS = 1500.0
SHORT_LAST_LINE = 800.0
TOLERANCES = (1.0, 2.0, 4.0)
"""How far, as a multiple of its stretch, a line may be stretched in the three passes."""


class Breaks(NamedTuple):
    """Where lines end (indices of gaps), and whether any line is stretched beyond the last tolerance."""

    ends: tuple[int, ...]
    emergency: bool


class _Sums(NamedTuple):
    """Running sums before each box: natural width, stretch and shrink of boxes and gaps."""

    width: Sequence[float]
    stretch: Sequence[float]
    shrink: Sequence[float]


def break_paragraph(items: Items, measure: Pt, first_indent: Pt = 0.0, hanging: Pt = 0.0) -> Breaks:
    """Return the break points of a justified paragraph.

    Each forced gap ends a stretch of text that is broken on its own.
    """
    ends: list[int] = []
    emergency = False
    start = 0
    for index, gap in enumerate(items.gaps):
        if gap.penalty != FORCED:
            continue
        found = _break_between(items, start, index + 1, measure, first_indent if start == 0 else 0.0, hanging)
        ends += found.ends
        emergency = emergency or found.emergency
        start = index + 1
    return Breaks(tuple(ends), emergency)


def _break_between(items: Items, start: int, stop: int, measure: Pt, indent: Pt, hanging: Pt) -> Breaks:
    sums = _sums(items, start, stop)
    for tolerance in TOLERANCES:
        found = _search(items, sums, start, stop, measure, indent, hanging, tolerance)
        if found is not None:
            return Breaks(found, False)
    found = _search(items, sums, start, stop, measure, indent, hanging, float("inf"))
    if found is not None:
        return Breaks(found, True)
    return Breaks(_first_fit(items, start, stop, measure, indent, hanging), True)


def _sums(items: Items, start: int, stop: int) -> _Sums:
    gaps = items.gaps[start:stop]
    widths = items.widths[start:stop]
    return _Sums(
        [0.0, *accumulate(w + g.width for w, g in zip(widths, gaps, strict=True))],
        [0.0, *accumulate(g.stretch for g in gaps)],
        [0.0, *accumulate(g.shrink for g in gaps)],
    )


class _Node(NamedTuple):
    demerits: float
    position: int
    fitness: int
    hyphen: bool
    previous: _Node | None


def _search(
    items: Items, sums: _Sums, start: int, stop: int, measure: Pt, indent: Pt, hanging: Pt, tolerance: float
) -> tuple[int, ...] | None:
    """Return the cheapest break points with every line within the tolerance, or None if there are none."""
    gaps = items.gaps
    width, stretch, shrink = sums
    count = stop - start
    active: list[tuple[_Node, ...]] = [(_Node(0.0, 0, 1, False, None),)]
    first = 0
    for end in range(1, count + 1):
        gap = gaps[start + end - 1]
        last = end == count
        if gap.penalty == FORBIDDEN and not last:
            continue
        best: dict[int, _Node] = {}
        for index in range(first, len(active)):
            nodes = active[index]
            begin = nodes[0].position
            available = measure - (indent if begin == 0 else hanging)
            natural = width[end] - width[begin] - gap.width + gap.hyphen
            slack = available - natural
            if slack < 0:
                give = shrink[end] - shrink[begin] - gap.shrink
                if slack < -give - 1e-6:
                    if index == first:
                        first += 1
                    continue
                ratio = slack / give if give else 0.0
            elif last:
                ratio = 0.0
            else:
                room = stretch[end] - stretch[begin] - gap.stretch
                if room <= 0.0:
                    if tolerance != float("inf") and slack > 1e-6:
                        break
                    ratio = 0.0 if slack <= 1e-6 else 10.0
                else:
                    ratio = slack / room
                if ratio > tolerance:
                    break
            _relax(best, nodes, end, ratio, gap.penalty, gap.hyphen > 0.0, last, natural, available)
        if best:
            active.append(tuple(best.values()))
        if first >= len(active) and not last:
            return None
    finals = active[-1] if active and active[-1][0].position == count else ()
    if not finals:
        return None
    node: _Node | None = min(finals, key=lambda n: n.demerits)
    ends: list[int] = []
    while node is not None and node.position:
        ends.append(start + node.position - 1)
        node = node.previous
    return tuple(reversed(ends))


def _relax(
    best: dict[int, _Node],
    nodes: tuple[_Node, ...],
    end: int,
    ratio: float,
    penalty: float,
    hyphen: bool,
    last: bool,
    natural: Pt,
    available: Pt,
) -> None:
    """Offer a line ending at ``end`` from each of the nodes; keep the cheapest of each fitness class."""
    badness = 100.0 * abs(ratio) ** 3
    fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3
    cost = LINE_PENALTY + badness
    demerits = cost * cost
    if not last and penalty > 0:
        demerits += penalty * penalty
    if last and natural < 0.15 * available:
        demerits += SHORT_LAST_LINE
    for node in nodes:
        total = node.demerits + demerits
        if hyphen and node.hyphen:
            total += CONSECUTIVE_HYPHENS
        if abs(fitness - node.fitness) > 1:
            total += FITNESS_DEMERITS
        known = best.get(fitness)
        if known is None or total < known.demerits:
            best[fitness] = _Node(total, end, fitness, hyphen, node)


def _first_fit(items: Items, start: int, stop: int, measure: Pt, indent: Pt, hanging: Pt) -> tuple[int, ...]:
    """Return break points that never overfill a line where a legal break allows it: for text no total fit can set."""
    ends: list[int] = []
    begin = start
    while begin < stop:
        available = measure - (indent if begin == start else hanging)
        used, legal, index = 0.0, -1, begin
        while index < stop:
            used += items.widths[index]
            if used > available + 1e-6 and index > begin:
                break
            if items.gaps[index].penalty < FORBIDDEN:
                legal = index
            used += items.gaps[index].width
            index += 1
        end = stop - 1 if index >= stop else legal if legal >= begin else max(begin, index - 1)
        ends.append(end)
        begin = end + 1
    return tuple(ends)


def break_ragged(items: Items, measure: Pt, first_indent: Pt = 0.0, hanging: Pt = 0.0) -> Breaks:
    """Return the break points of ragged text: as few lines as first fit needs, of lengths as even as may be.

    Used for headings and centred lines, where a long line over a short one looks wrong.
    """
    ends: list[int] = []
    start = 0
    for index, gap in enumerate(items.gaps):
        if gap.penalty != FORCED:
            continue
        indent = first_indent if start == 0 else 0.0
        greedy = _first_fit(items, start, index + 1, measure, indent, hanging)
        if len(greedy) > 1:
            greedy = _narrowed(items, start, index + 1, measure, indent, hanging, len(greedy))
        ends += greedy
        start = index + 1
    return Breaks(tuple(ends), False)


def _narrowed(
    items: Items, start: int, stop: int, measure: Pt, indent: Pt, hanging: Pt, count: int
) -> tuple[int, ...]:
    low, high = measure * 0.5, measure
    best = _first_fit(items, start, stop, measure, indent, hanging)
    for _ in range(12):
        middle = (low + high) / 2
        trial = _first_fit(items, start, stop, middle, indent, hanging)
        if len(trial) <= count and _fits(items, start, trial, middle):
            best, high = trial, middle
        else:
            low = middle
    return best


def _fits(items: Items, start: int, ends: tuple[int, ...], measure: Pt) -> bool:
    begin = start
    for end in ends:
        width = sum(items.widths[begin : end + 1]) + sum(g.width for g in items.gaps[begin:end])
        if width > measure + 1e-6:
            return False
        begin = end + 1
    return True
