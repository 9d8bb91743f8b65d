"""What a category comes to over its periods and how it changed between them, for forms whose categories have several.

Amounts are the sum of all periods; stocks, shares, rates and indices are never summed, so theirs are those of the last
period. The change is average annual growth, or points for shares and rates. Each figure has its heading here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen.charts.describe import listing
from reportgen.charts.observations import Observation
from reportgen.charts.stage import Stage
from reportgen.data.period_spellings import known_period
from reportgen.facts.series import Series, compound_growth


def amount(stage: Stage, code: str) -> Observation:
    """Return the sum of a category over the periods, without a value where one is missing; or its last value."""
    if not stage.grid.sums_up:
        return stage.grid.at(code, period=stage.grid.periods[-1])
    found = [stage.grid.at(code, period=p) for p in stage.grid.periods]
    values = [o.value for o in found if o.value is not None]
    status = "E" if any(o.estimated for o in found) else "A"
    return Observation(sum(values, Decimal(0)) if len(values) == len(found) else None, status, found[0].ref)


def amount_head(stage: Stage) -> str:
    """Return what the amounts are: the total of the periods, or the value of the last one."""
    labels, periods = stage.words.labels, stage.grid.periods
    if stage.grid.sums_up:
        return labels("Sum, {period}", period=_span(stage, periods[0], periods[-1]))
    head, quantity = value_head(stage, periods[-1]), stage.grid.quantity
    is_stock = quantity is None or quantity.unit.adds_up
    return labels("{value} (a stock, not added up)", value=head) if is_stock else head


def value_head(stage: Stage, period: str) -> str:
    """Return what values of one period are called."""
    return stage.words.labels("Value, {period}", period=_span(stage, period, period))


def _span(stage: Stage, first: str, last: str) -> str:
    """Return a period, or one to another, in words; years with the word that the edition puts to them."""
    words, column = stage.words, stage.spec.period
    span = words.name(column, first) if first == last else words.span(column, first, last)
    return words.labels("year {year}", year=span) if words.frequency(column) in (None, "year") else span


def is_in_points(stage: Stage) -> bool:
    """Say whether changes are differences, as those of shares and rates are."""
    return stage.grid.quantity is not None and stage.grid.quantity.unit.kind != "number"


def change(stage: Stage, code: str) -> Decimal | None:
    """Return how a category changed from the first period to the last; None where it cannot be said.

    It is the difference in the unit that is printed for shares and rates, else average annual growth (0.05 for 5%).
    """
    periods = stage.grid.periods
    first, last = (stage.grid.at(code, period=p).value for p in (periods[0], periods[-1]))
    if first is None or last is None or len(periods) < 2:
        return None
    if is_in_points(stage):
        return last - first
    if first <= 0 or last < 0:
        return None
    ends = known_period(periods[0]), known_period(periods[-1])
    if ends[0] is None or ends[1] is None:
        return None
    if (ends[0].frequency, ends[0].length) != (ends[1].frequency, ends[1].length):
        return None
    return compound_growth(Series((ends[0], ends[1]), (first, last), ()))


def change_text(stage: Stage, value: Decimal) -> str:
    """Return a change as it stands under its heading."""
    if is_in_points(stage):
        return ("+" if value > 0 else "") + stage.words.number(value)
    return stage.words.percent(value)


def change_head(stage: Stage) -> str:
    """Return what the changes are, and between which periods."""
    labels, periods = stage.words.labels, stage.grid.periods
    period = _span(stage, periods[0], periods[-1])
    if is_in_points(stage):
        return labels("Change, {period} ({unit})", period=period, unit=_points(stage))
    return labels("Average annual growth, {period}", period=period)


def _points(stage: Stage) -> str:
    """Return what differences of shares are counted in."""
    quantity, labels = stage.grid.quantity, stage.words.labels
    match quantity.unit.dimension if quantity is not None else None:
        case "permille":
            return labels("‰")
        case "basis_points":
            return labels("basis points")
    return labels("percentage points")


def changes_in_words(stage: Stage) -> Iterator[str]:
    """Yield a sentence with the change of each category, where any has one."""
    found = [(code, change(stage, code)) for code in stage.grid.x]
    items = [(code, change_text(stage, value)) for code, value in found if value is not None]
    if items:
        yield listing(stage, change_head(stage), items)
