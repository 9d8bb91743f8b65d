"""Measures that hold a period against others: year on year, period on period, moving averages, indices, contributions.

``where`` says which period is meant: the last of those that it chooses. What that is compared with is looked up among
the rows that ``where`` chooses when it says nothing of periods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from reportgen.data.package import Column, Row
from reportgen.data.period_choice import period_hints
from reportgen.data.period_spellings import parse_range, range_text
from reportgen.data.periods import EXAMPLES, Period, noun
from reportgen.facts.declare import FactFault
from reportgen.facts.measures import Call, Entry, Outcome, refuse_growth_of_rates, summed, unit_of
from reportgen.facts.select import Selection, number_of
from reportgen.facts.series import across_of, by_period, frequency_of, period_of, series_of

ALIGNED = ("trailing", "centred")
AGAINST = ("year", "period")
LONGEST_WINDOW = 1000


@dataclass(frozen=True, slots=True)
class Course:
    """The rows of a series by period, the period that is meant, and how the measure speaks of them."""

    call: Call
    chosen: Selection
    column: Column
    rows: Mapping[Period, Sequence[Row]]
    at: Period
    across: tuple[str, ...] | None

    @property
    def measure(self) -> str:
        return self.call.declaration.measure

    def rows_of(self, periods: Sequence[Period]) -> tuple[Row, ...]:
        """Return the rows of some periods.

        Raises:
            FactFault: if there are none of one of them.
        """
        for period in periods:
            if period not in self.rows:
                message = f"there is no row of {period}, which {self.measure} of {self.at} needs"
                hints = (
                    *period_hints(self.rows),
                    f"add {period}, or choose another {noun(period.frequency)}",
                )
                raise FactFault(message, *hints, option="where", rule="missing-period")
        return tuple(row for period in periods for row in self.rows[period])

    def value(self, periods: Sequence[Period]) -> Decimal:
        """Return the sum of some periods; each must be made of the same parts as the one that is meant.

        Raises:
            FactFault: if a period or a part of it is missing, or there are several rows that may not be summed.
        """
        rows, name = self.rows_of(periods), self.chosen.column.name
        self.call.check_sum(self.chosen, rows)
        parts = self._parts(self.at)
        for period in periods:
            for odd in sorted(self._parts(period) ^ parts):
                lacking = self.at if odd in self._parts(period) else period
                message = f"{self.at} and {period} do not compare: {', '.join(odd)} is missing in {lacking}"
                raise FactFault(message, "choose parts that both have", option="where", rule="missing-period")
        if self.across is None:
            return summed((row, number_of(row, name)) for row in rows)
        found = series_of(rows, self.column, name, self.across, self.chosen.table.primary_key)
        return sum(found.values, Decimal(0))

    def _parts(self, period: Period) -> set[tuple[str, ...]]:
        key = [name for name in self.chosen.table.primary_key if name != self.column.name]
        return {tuple(str(row.values[name]) for name in key) for row in self.rows[period]}

    def before(self, against: str) -> Period:
        """Return the period that is compared with: the same of the year before, or the one before.

        Raises:
            FactFault: if the calendar has none.
        """
        try:
            if against == "year":
                return self._year_before()
            if not self._is_loose:
                return self.at.previous
        except OverflowError as problem:
            raise FactFault(
                str(problem), "choose another one", option="where", rule="missing-period"
            ) from None
        earlier = [period for period in self.rows if period < self.at]
        if earlier:
            return max(earlier)
        message = f"there is no {noun(self.at.frequency)} before {self.at}"
        raise FactFault(message, *period_hints(self.rows), option="where", rule="missing-period")

    def _year_before(self) -> Period:
        """Return the same period of the year before; the last day of a month for a last day, where that is there."""
        found = self.at.year_before
        if found not in self.rows and self.at.frequency == "date" and self._ends_month(self.at):
            return next((p for p in (found.next, found) if self._ends_month(p) and p in self.rows), found)
        return found

    @staticmethod
    def _ends_month(period: Period) -> bool:
        return period.next.first_day.day == 1

    @property
    def _is_loose(self) -> bool:
        """Whether its periods stand at no fixed distance, as dates and irregular ones do."""
        return self.column.frequency == "date" or self.column.irregular

    def refuse_irregular(self) -> None:
        """Refuse irregular periods for a measure that counts on their distance.

        Raises:
            FactFault: if they are.
        """
        if self.column.irregular:
            message = f"the periods of {self.column.name} are irregular, which {self.measure} cannot use"
            raise FactFault(message, "use growth or cagr", option="where", rule="wrong-period")


def _course(call: Call, option: str = "where", *, sums: bool = False) -> Course:
    column = period_of(call)
    meant = by_period(call.select(option=option).rows, column)
    chosen = call.select(option=option, without=column.name)
    rows = by_period(chosen.rows, column)
    across = None if sums else across_of(call)
    return Course(call, chosen, column, rows, [*meant][-1], across)


def _outcome(course: Course, value: Decimal, formula: str, rows: Sequence[Row]) -> Outcome:
    """Return a value in the unit of its cells."""
    text = f"{formula}, of {course.chosen.text}"
    kind, column = course.chosen.unit.kind, course.chosen.column.name
    return Outcome(value, kind, text, unit_of(course.chosen), rows=tuple(rows), column=column)


def _amount(course: Course, value: Decimal) -> str:
    """Return a value for a formula, in the unit of its cells."""
    return course.chosen.unit.written(value)


def _against(call: Call, against: str) -> Outcome:
    """The value over that of an earlier period, less one (同比, 环比); percentage points for ratios."""
    course = _course(call)
    before: tuple[Period, ...] = (course.before(against),)
    at: tuple[Period, ...] = (course.at,)
    if against == "year" and call.switch("cumulative"):
        at, before = _year_to_date(course, course.at), _year_to_date(course, before[0])
    now, then = course.value(at), course.value(before)
    rows, column = course.rows_of((*at, *before)), course.chosen.column.name
    texts = f"{_amount(course, now)} in {_written(at)}", f"{_amount(course, then)} in {_written(before)}"
    if course.chosen.unit.kind != "number":
        text = f"{texts[0]} − {texts[1]}, of {course.chosen.text}"
        return Outcome(now - then, "points", text, rows=rows, column=column)
    if then == 0:
        message = f"{course.measure} divides by zero: the value of {_written(before)} is 0"
        raise FactFault(message, "say the change instead", option="where", rule="division-by-zero")
    if then < 0:
        message = (
            f"{course.measure} needs a value above zero in {_written(before)}, not {_amount(course, then)}"
        )
        raise FactFault(message, "say the change instead", option="where", rule="negative-value")
    text = f"{texts[0]} / {texts[1]} − 1, of {course.chosen.text}"
    return Outcome(now / then - 1, "ratio", text, rows=rows, column=column)


def _written(periods: Sequence[Period]) -> str:
    return range_text(periods[0], periods[-1])


def _year_to_date(course: Course, at: Period) -> tuple[Period, ...]:
    """Return the periods of a calendar year up to one.

    Raises:
        FactFault: if they are no parts of a year.
    """
    course.refuse_irregular()
    if at.frequency not in ("half", "quarter", "month", "date"):
        message = f"a {noun(at.frequency)} is no part of a year, so {course.measure} has nothing to add up"
        hint = "use total, or a table of halves, quarters, months or dates"
        raise FactFault(message, hint, option="where", rule="wrong-period")
    return tuple(at.plus(step) for step in range(1 - at.part, 1))


def cumulative(call: Call) -> Outcome:
    """The sum of the year up to the period (本年累计)."""
    course = _course(call)
    periods = _year_to_date(course, course.at)
    value, rows = course.value(periods), course.rows_of(periods)
    formula = f"{_amount(course, value)}, the sum of {_written(periods)}"
    return _outcome(course, value, formula, rows)


def moving_average(call: Call) -> Outcome:
    """The mean of ``window`` periods: those up to the one that is meant, or those around it.

    A centred average of an even number takes one period more and its two ends by half (2 × 4, 2 × 12).
    """
    course, window = _course(call), call.whole("window", 0)
    align = call.choice("align", ALIGNED)
    course.refuse_irregular()
    if not 2 <= window <= LONGEST_WINDOW:
        message = f"a window of {window} cannot be averaged"
        hint = f"write how many periods, 2 to {LONGEST_WINDOW}: window = 4"
        raise FactFault(message, hint, option="window")
    steps = range(-(window // 2), window // 2 + 1) if align == "centred" else range(1 - window, 1)
    try:
        periods = tuple(course.at.plus(step) for step in steps)
    except OverflowError as problem:
        raise FactFault(str(problem), "shorten it", option="window", rule="missing-period") from None
    rows = course.rows_of(periods)
    values = [course.value((period,)) for period in periods]
    if len(values) > window:
        values[0], values[-1] = values[0] / 2, values[-1] / 2
    mean = sum(values, Decimal(0)) / window
    formula = f"the {align} mean of {window} periods, {_written(periods)}"
    return _outcome(course, mean, formula, rows)


def index(call: Call) -> Outcome:
    """The value over that of the base, times 100; a base of several periods counts by their mean."""
    course = _course(call)
    refuse_growth_of_rates(call, course.chosen)
    base = _base(call, course)
    now = course.value((course.at,))
    then = sum((course.value((period,)) for period in base), Decimal(0)) / len(base)
    if then <= 0:
        rule = "negative-value" if then else "division-by-zero"
        message = f"an index needs a base above zero; that of {_written(base)} is {_amount(course, then)}"
        raise FactFault(message, "choose another base", option="base", rule=rule)
    rows, column = course.rows_of((*base, course.at)), course.chosen.column.name
    ends = f"{_amount(course, now)} in {course.at} / {_amount(course, then)} in {_written(base)}"
    text = f"{ends} × 100, of {course.chosen.text}"
    return Outcome(now / then * 100, "number", text, "index", rows=rows, column=column)


def _base(call: Call, course: Course) -> tuple[Period, ...]:
    """Return the periods of the option ``base``, all of which must be there; of irregular ones, those there are."""
    text, frequency = call.text("base"), frequency_of(course.column)
    ends = parse_range(text, frequency)
    if ends is None or ends[1] < ends[0]:
        message = f"base {text!r} is not a {noun(frequency)} or a range of them"
        hints = (f"write it as in {EXAMPLES[frequency]}", *period_hints(course.rows))
        raise FactFault(message, *hints, option="base", rule="unknown-code")
    found = [ends[0]]
    if course.column.irregular or course.column.frequency == "date":
        found = [period for period in course.rows if ends[0] <= period <= ends[1]]
    else:
        while found[-1] < ends[1]:
            found.append(found[-1].next)
    lacking = [str(period) for period in found if period not in course.rows] or ([] if found else [text])
    if lacking:
        message = f"the base {lacking[0]} is not among the rows"
        raise FactFault(message, *period_hints(course.rows), option="base", rule="missing-period")
    return tuple(found)


def _contribution(call: Call, *, as_share: bool) -> Outcome:
    """What a part adds to the growth of the whole: in points, or as a share of that growth."""
    part, whole = _course(call, sums=True), _course(call, "whole", sums=True)
    at, before = part.at, part.before(call.choice("against", AGAINST))
    rows = whole.rows_of((at, before))
    known = {(row.file, row.number) for row in rows}
    if any((row.file, row.number) not in known for row in part.rows_of((at, before))):
        message = "some rows of the part are not in the whole"
        raise FactFault(message, "let whole choose all of them", option="whole", rule="part-not-in-whole")
    moved = part.value((at,)) - part.value((before,))
    base, now = whole.value((before,)), whole.value((at,))
    below = now - base if as_share else base
    if below == 0 or (below < 0 and not as_share):
        what = "its change" if as_share else "its value"
        rule = "division-by-zero" if below == 0 else "negative-value"
        message = f"the whole gives no growth to contribute to: {what} from {before} to {at} is {_amount(whole, below)}"
        raise FactFault(message, "say the changes instead", option="whole", rule=rule)
    what = "change of the whole" if as_share else f"whole in {before}"
    text = (
        f"{_amount(part, moved)}, the change from {before} to {at}, over {_amount(whole, below)}, the {what}"
    )
    text = f"{text}; {part.chosen.text} in {whole.chosen.text}"
    column = whole.chosen.column.name
    return Outcome(moved / below, "ratio" if as_share else "points", text, rows=rows, column=column)


_OPTIONS = ("table", "where", "value", "period", "across")
_PART = ("table", "where", "value", "period", "whole", "against")

ENTRIES = {
    "year_on_year": Entry(partial(_against, against="year"), (*_OPTIONS, "cumulative")),
    "period_on_period": Entry(partial(_against, against="period"), _OPTIONS),
    "cumulative": Entry(cumulative, _OPTIONS),
    "moving_average": Entry(moving_average, (*_OPTIONS, "window", "align")),
    "index": Entry(index, (*_OPTIONS, "base", "of_rate")),
    "contribution": Entry(partial(_contribution, as_share=False), _PART),
    "contribution_share": Entry(partial(_contribution, as_share=True), _PART),
}
