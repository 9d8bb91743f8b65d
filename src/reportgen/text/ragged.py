"""Ragged text: headings, captions, centred lines."""

from __future__ import annotations

from reportgen.base.units import Pt
from reportgen.text.breaking import Breaks
from reportgen.text.costs import HOUSE, ParagraphCosts
from reportgen.text.fit import Fit
from reportgen.text.itemize import loosen
from reportgen.text.items import SLIP, Items


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
