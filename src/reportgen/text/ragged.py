"""Ragged text: headings, captions, centred lines. Lines are filled as far as they go (first fit)."""

from __future__ import annotations

from bisect import bisect_right

from reportgen.base.units import Pt
from reportgen.text.costs import HELD, HOUSE, ParagraphCosts
from reportgen.text.itemize import loosen
from reportgen.text.items import SLIP, Breaks, Items, Sums


def break_ragged(
    items: Items, measure: Pt, indent: Pt = 0.0, hanging: Pt = 0.0, costs: ParagraphCosts = HOUSE
) -> Breaks:
    """Return the break points of ragged text: as few lines as first fit needs, as even as possible.

    Used where a long line over a short one looks wrong. No line is wider than the measure unless one glyph is; a run
    that is too wide is divided.
    """
    eased = loosen(items, measure - max(indent, hanging, 0.0), costs)
    ends: list[int] = []
    for part in eased.parts():
        fit = Fit(eased, part, hanging if part.start else indent, hanging, costs)
        ends += _even(fit, measure, costs.narrowings)
    return Breaks(tuple(ends), eased, eased is not items)


class Fit:
    """First fit over one part of a paragraph, at any measure."""

    def __init__(self, items: Items, part: slice, indent: Pt, hanging: Pt, costs: ParagraphCosts) -> None:
        gaps = items.gaps[part]
        self.start, self.count = part.start, len(gaps)
        self.indent, self.hanging = indent, hanging
        self.sums = Sums.of(items.boxes[part], gaps)
        self.legal = [i + 1 for i, gap in enumerate(gaps) if gap.penalty < HELD]
        self.prices = {i + 1: gap.penalty for i, gap in enumerate(gaps) if costs.dear <= gap.penalty < HELD}
        self.hyphens = [gap.hyphen for gap in gaps]

    def lines(self, measure: Pt) -> tuple[int, ...]:
        """Return the gaps at which lines of the measure end."""
        ends: list[int] = []
        begin = at = 0
        while begin < self.count:
            available = measure - (self.hanging if begin else self.indent)
            best = 0
            while at < len(self.legal) and self._width(begin, self.legal[at]) <= available + SLIP:
                # A break that leaves a runt or divides a word is taken only if the line has no cheaper one.
                if not best or self.prices.get(self.legal[at], 0.0) <= self.prices.get(best, 0.0):
                    best = self.legal[at]
                at += 1
            end = best or self.legal[at]
            ends.append(self.start + end - 1)
            begin = end
            at = bisect_right(self.legal, end)
        return tuple(ends)

    def widest(self, ends: tuple[int, ...]) -> Pt:
        """Return the width that the widest line needs, indent included."""
        begins = [0, *(end - self.start + 1 for end in ends[:-1])]
        return max(
            self._width(b, e - self.start + 1) + (self.hanging if b else self.indent)
            for b, e in zip(begins, ends, strict=True)
        )

    def _width(self, begin: int, end: int) -> Pt:
        return self.sums.inner[end] - self.sums.width[begin] + self.hyphens[end - 1]


def _even(fit: Fit, measure: Pt, narrowings: int) -> tuple[int, ...]:
    """Return the lines of the narrowest measure that needs no more lines."""
    best = fit.lines(measure)
    if len(best) < 2:
        return best
    count = len(best)
    low, high = measure * 0.5, measure
    for _ in range(narrowings):
        middle = (low + high) / 2
        trial = fit.lines(middle)
        if len(trial) == count and fit.widest(trial) <= middle + SLIP:
            best, high = trial, middle
        else:
            low = middle
    return best
