"""Measures over time: first, last, change, growth, cagr, and the periods themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import partial
from typing import NoReturn

from reportgen.data.package import Column, Row, Table
from reportgen.data.period_spellings import known_range, parse_period, range_text
from reportgen.data.periods import Frequency, Period, noun
from reportgen.data.units import Unit
from reportgen.facts.book import Kind
from reportgen.facts.declare import FactFault, Unmade
from reportgen.facts.measures import Call, Entry, Outcome, refuse_growth_of_rates, unit_of
from reportgen.facts.select import Selection, find_column, number_of

GUARD = Context(prec=40)
"""A root is worked out to 60 figures and kept to 40, so that one that is a short decimal comes out as it."""


@dataclass(frozen=True, slots=True)
class Series:
    """One value a period, oldest first."""

    periods: tuple[Period, ...]
    values: tuple[Decimal, ...]
    rows: tuple[tuple[Row, ...], ...]

    @property
    def years(self) -> Fraction:
        """How many years lie between the first and the last period: two of eight quarters."""
        return self.periods[-1].years_from(self.periods[0])

    @property
    def ends(self) -> tuple[Row, ...]:
        """The rows of the first and the last period."""
        return (*self.rows[0], *self.rows[-1]) if len(self.rows) > 1 else self.rows[0]


def by_period(rows: Sequence[Row], column: Column) -> Mapping[Period, list[Row]]:
    """Return rows by the period that they are of, oldest first.

    Raises:
        FactFault: if a cell of the column is empty.
        Unmade: if one could not be read.
    """
    found: dict[Period, list[Row]] = {}
    for row in rows:
        if column.name in row.faulty or column.frequency is None:
            raise Unmade
        if row.values[column.name] is None:
            message = f"the {column.name} is missing in {row.ref(column.name)}"
            raise FactFault(message, "fill it", option="period", rule="missing-value")
        found.setdefault(parse_period(str(row.values[column.name]), column.frequency), []).append(row)
    return {period: found[period] for period in sorted(found)}


def series_of(
    rows: Sequence[Row], period: Column, column: str, across: Sequence[str], key: Sequence[str]
) -> Series:
    """Return rows as a series; rows of one period are summed if they differ in columns of ``across`` only.

    Raises:
        FactFault: if they differ in another, or a value is missing.
        Unmade: if a cell could not be read.
    """
    grouped = by_period(rows, period)
    for found in grouped.values():
        named = (*across, period.name)
        free = [n for n in key if n not in named and len({row.values[n] for row in found}) > 1]
        if free:
            hint = f"choose one {free[0]} with where, or sum them: across = [{', '.join(map(repr, free))}]"
            message = f"{len(found)} rows have the {period.name} {found[0].values[period.name]}"
            raise FactFault(message, hint, option="where", rule="several-rows")
    values = tuple(sum((number_of(row, column) for row in group), Decimal(0)) for group in grouped.values())
    return Series(tuple(grouped), values, tuple(map(tuple, grouped.values())))


def _selected(call: Call) -> tuple[Selection, Series]:
    """Return the rows that a call selects, and the series that they are."""
    chosen = call.select()
    column, key = chosen.column.name, chosen.table.primary_key
    found = series_of(chosen.rows, period_of(call), column, across_of(call), key)
    for rows in found.rows:
        call.check_sum(chosen, rows, "across")
    return chosen, found


def period_of(call: Call) -> Column:
    """Return the column of periods: the option ``period``, else ``year``, else the table's only one.

    Raises:
        FactFault: if there is none, or it does not hold periods.
    """
    column = find_column(call.table, call.text("period", _usual_period(call.table)), "period")
    if column.frequency is None:
        message = f"the column {column.name} does not hold periods"
        hint = 'declare its type as "year", or what it holds: "reportgen": {"period": "quarter"}'
        about = f"periods of {call.table.name} {column.name}"
        raise FactFault(message, hint, option="period", rule="not-a-period", about=about)
    return column


def _usual_period(table: Table) -> str:
    timed = [name for name in table.columns if table.columns[name].frequency and name in table.primary_key]
    return timed[0] if len(timed) == 1 and "year" not in table.columns else "year"


def frequency_of(column: Column) -> Frequency:
    """Return what the periods of a column are, which :func:`period_of` has made sure of."""
    return column.frequency or "year"


def across_of(call: Call) -> tuple[str, ...]:
    """Return the option ``across``: the dimensions that a series may sum over."""
    names = call.filled.get("across", [])
    if not isinstance(names, list):
        raise FactFault("across must be a list of columns", 'as in across = ["company"]', option="across")
    return tuple(find_column(call.table, str(name), "across").name for name in names)


def compound_growth(series: Series) -> Decimal:
    """Return the compound annual growth rate (last / first)^(1 / years) − 1 of a series.

    Raises:
        FactFault: if it has one period only or ranges of different lengths, begins at zero, or an end is negative.
    """
    first, last = series.values[0], series.values[-1]
    if series.years == 0:
        hint = f"choose more {noun(series.periods[0].frequency)}s by where"
        raise FactFault("growth needs two periods at least", hint, option="where", rule="one-period")
    lengths = {series.periods[0].length, series.periods[-1].length}
    if len(lengths) > 1:
        message = f"{series.periods[0]} and {series.periods[-1]} are of different lengths"
        raise FactFault(message, "choose ranges of as many years", option="where", rule="wrong-period")
    if first == 0:
        _refuse_zero(series)
    if first < 0 or last < 0:
        hint = "say the change instead"
        raise FactFault("growth needs values that are not negative", hint, rule="negative-value")
    if last == 0:
        return Decimal(-1)
    per_period = Decimal(series.years.denominator) / series.years.numerator
    return GUARD.plus((last / first) ** per_period) - 1


def _refuse_zero(series: Series) -> NoReturn:
    message = f"the growth divides by zero: the value of {series.periods[0]} is 0"
    unit = noun(series.periods[0].frequency)
    hint = f"choose {unit}s that begin above zero, or say the change instead"
    raise FactFault(message, hint, rule="division-by-zero")


def _end(call: Call, index: int) -> Outcome:
    """The value of the first period (index 0) or of the last (−1)."""
    chosen, found = _selected(call)
    value, unit, rows = found.values[index], chosen.unit, found.rows[index]
    formula = f"{unit.written(value)} in {found.periods[index]}, of {chosen.text}"
    return Outcome(value, unit.kind, formula, unit_of(chosen), rows=rows, column=chosen.column.name)


def change(call: Call) -> Outcome:
    """The last value less the first; percentage points for ratios."""
    chosen, found = _selected(call)
    kind: Kind = "number" if chosen.unit.kind == "number" else "points"
    formula = f"{_ends(found, '−', chosen.unit)}, of {chosen.text}"
    value = found.values[-1] - found.values[0]
    return Outcome(value, kind, formula, unit_of(chosen), rows=found.ends, column=chosen.column.name)


def growth(call: Call) -> Outcome:
    """The last value over the first, less one."""
    chosen, found = _selected(call)
    refuse_growth_of_rates(call, chosen)
    if found.values[0] == 0:
        _refuse_zero(found)
    formula = f"{_ends(found, '/', chosen.unit)} − 1, of {chosen.text}"
    value = found.values[-1] / found.values[0] - 1
    return Outcome(value, "ratio", formula, rows=found.ends, column=chosen.column.name)


def cagr(call: Call) -> Outcome:
    """The compound annual growth rate from the first period to the last (年均增速)."""
    chosen, found = _selected(call)
    refuse_growth_of_rates(call, chosen)
    years = found.years if found.years.denominator == 1 else f"({found.years})"
    formula = f"({_ends(found, '/', chosen.unit)}) ^ (1 / {years}) − 1, of {chosen.text}"
    return Outcome(compound_growth(found), "ratio", formula, rows=found.ends, column=chosen.column.name)


def _ends(found: Series, operator: str, unit: Unit) -> str:
    last, first = unit.written(found.values[-1]), unit.written(found.values[0])
    return f"{last} in {found.periods[-1]} {operator} {first} in {found.periods[0]}"


def _period_fact(call: Call, which: str) -> Outcome:
    """The first or the last period of the rows selected, how many there are, or their range."""
    column = period_of(call)
    chosen = call.select(mixed=True)
    grouped = by_period(chosen.rows, column)
    periods, frequency = tuple(grouped), frequency_of(column)
    ends = {"first": periods[:1], "last": periods[-1:]}.get(which, (periods[0], periods[-1]))
    at_ends = {id(row) for end in ends for row in grouped[end]}
    rows = tuple(row for row in chosen.rows if id(row) in at_ends)
    value, kind = period_value(ends[0])
    text = f"{ends[0]}, the {which} {column.name} of {chosen.text}"
    if which == "count":
        value, kind, rows = Decimal(len(periods)), "number", chosen.rows
        text = f"{len(periods)}, the different {column.name} of {chosen.text}"
    elif which == "range":
        value, kind = range_text(*ends), "text" if frequency == "year" else "period"
        value = value if ends[0] != ends[1] or frequency != "year" else f"{ends[0]}-{ends[1]}"
        text = f"{value}, the {column.name} of {chosen.text}"
    unit = frequency if which == "count" else None
    return Outcome(value, kind, text, unit, rows=rows, column=column.name, of_values=False)


def period_value(period: Period) -> tuple[Decimal | str, Kind]:
    """Return a period as a fact holds it: a year as its number."""
    return (Decimal(period.year), "year") if period.frequency == "year" else (str(period), "period")


def period(call: Call) -> Outcome:
    """The periods from first to last as a text, ``2013-2023``: of the rows selected, or of two facts."""
    if "first" not in call.filled and "last" not in call.filled:
        return _period_fact(call, "range")
    ends = (call.fact("first"), call.fact("last"))
    for option, fact in zip(("first", "last"), ends, strict=True):
        if fact.kind not in ("year", "period"):
            message = f"{fact.id} is a {fact.kind}, not a period"
            raise FactFault(message, "name a fact that is one", option=option, rule="wrong-fact")
    names = (ends[0].id, ends[1].id)
    if ends[0].kind == ends[1].kind == "year":
        return Outcome(f"{ends[0].value}-{ends[1].value}", "text", f"{names[0]} to {names[1]}", facts=names)
    first, last = (known_range(str(fact.value)) for fact in ends)
    if first is None or last is None or first[0].frequency != last[1].frequency:
        message = (
            f"{ends[0].id} and {ends[1].id} are not periods of one length: {ends[0].value}, {ends[1].value}"
        )
        raise FactFault(message, "name two years, two quarters …", option="last", rule="wrong-fact")
    return Outcome(range_text(first[0], last[1]), "period", f"{names[0]} to {names[1]}", facts=names)


_OPTIONS = ("table", "where", "value", "period", "across")
_YEARS = ("table", "where", "period")

ENTRIES = {
    "first": Entry(partial(_end, index=0), _OPTIONS),
    "last": Entry(partial(_end, index=-1), _OPTIONS),
    "change": Entry(change, _OPTIONS),
    "growth": Entry(growth, (*_OPTIONS, "of_rate")),
    "cagr": Entry(cagr, (*_OPTIONS, "of_rate")),
    "first_period": Entry(partial(_period_fact, which="first"), _YEARS),
    "last_period": Entry(partial(_period_fact, which="last"), _YEARS),
    "periods": Entry(partial(_period_fact, which="count"), _YEARS),
    "period": Entry(period, (*_YEARS, "first", "last"), ("first", "last")),
}
