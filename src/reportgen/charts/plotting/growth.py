"""Sums over periods and growth between the first and the last, for forms whose categories have several periods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen.charts.describe import listing
from reportgen.charts.observations import Observation
from reportgen.charts.stage import Stage
from reportgen.data.period_spellings import known_period
from reportgen.facts.series import Series, compound_growth


def total(stage: Stage, code: str) -> Observation:
    """Return the sum of a category over the periods; without a value where one of them is missing."""
    found = [stage.grid.at(code, period=p) for p in stage.grid.periods]
    values = [o.value for o in found if o.value is not None]
    status = "E" if any(o.estimated for o in found) else "A"
    return Observation(sum(values, Decimal(0)) if len(values) == len(found) else None, status, found[0].ref)


def rate(stage: Stage, code: str) -> Decimal | None:
    """Return the average annual growth of a category from the first period to the last; None where it has none."""
    periods = stage.grid.periods
    first, last = (stage.grid.at(code, period=p).value for p in (periods[0], periods[-1]))
    if first is None or last is None or first <= 0 or last < 0 or len(periods) < 2:
        return None
    ends = known_period(periods[0]), known_period(periods[-1])
    if ends[0] is None or ends[1] is None:
        return None
    if (ends[0].frequency, ends[0].length) != (ends[1].frequency, ends[1].length):
        return None
    return compound_growth(Series((ends[0], ends[1]), (first, last), ()))


def rates_in_words(stage: Stage) -> Iterator[str]:
    """Yield a sentence with the growth of each category, where any has one."""
    rates = [(code, rate(stage, code)) for code in stage.grid.x]
    items = [(code, stage.words.percent(growth)) for code, growth in rates if growth is not None]
    if items:
        yield listing(stage, stage.words.labels("Average annual growth"), items)
