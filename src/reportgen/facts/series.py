"""Measures over time: first, last, change, growth, cagr, and the periods themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import partial
from typing import NoReturn

from reportgen.data.package import Row
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

    periods: tuple[str, ...]
    values: tuple[Decimal, ...]
    rows: tuple[tuple[Row, ...], ...]

    @property
    def years(self) -> int:
        """How many periods lie between the first and the last."""
        return int(self.periods[-1]) - int(self.periods[0])

    @property
    def ends(self) -> tuple[Row, ...]:
        """The rows of the first and the last period."""
        return (*self.rows[0], *self.rows[-1]) if len(self.rows) > 1 else self.rows[0]


def series_of(
    rows: Sequence[Row], period: str, column: str, across: Sequence[str], key: Sequence[str]
) -> Series:
    """Return rows as a series; rows of one period are summed if they differ in columns of ``across`` only.

    Raises:
        FactFault: if they differ in another, or a value is missing.
        Unmade: if a cell could not be read.
    """
    if any(period in row.faulty for row in rows):
        raise Unmade
    by_period: dict[str, list[Row]] = {}
    for row in rows:
        by_period.setdefault(str(row.values[period]), []).append(row)
    for found in by_period.values():
        free = [n for n in key if n not in (*across, period) and len({row.values[n] for row in found}) > 1]
        if free:
            hint = f"choose one {free[0]} with where, or sum them: across = [{', '.join(map(repr, free))}]"
            message = f"{len(found)} rows have the {period} {found[0].values[period]}"
            raise FactFault(message, hint, option="where", rule="several-rows")
    periods = tuple(sorted(by_period))
    grouped = tuple(tuple(by_period[p]) for p in periods)
    values = tuple(sum((number_of(row, column) for row in group), Decimal(0)) for group in grouped)
    return Series(periods, values, grouped)


def _selected(call: Call) -> tuple[Selection, Series]:
    """Return the rows that a call selects, and the series that they are."""
    chosen = call.select()
    column, key = chosen.column.name, chosen.table.primary_key
    found = series_of(chosen.rows, period_of(call), column, across_of(call), key)
    for rows in found.rows:
        call.check_sum(chosen, rows, "across")
    return chosen, found


def period_of(call: Call) -> str:
    """Return the column of periods: the option ``period``, ``year`` by default.

    Raises:
        FactFault: if there is none, or it does not hold years.
    """
    column = find_column(call.table, call.text("period", "year"), "period")
    if column.type != "year":
        message = f"the column {column.name} does not hold years"
        raise FactFault(message, 'declare its type as "year"', option="period", rule="not-a-year")
    return column.name


def across_of(call: Call) -> tuple[str, ...]:
    """Return the option ``across``: the dimensions that a series may sum over."""
    names = call.filled.get("across", [])
    if not isinstance(names, list):
        raise FactFault("across must be a list of columns", 'as in across = ["company"]', option="across")
    return tuple(find_column(call.table, str(name), "across").name for name in names)


def compound_growth(series: Series) -> Decimal:
    """Return the compound annual growth rate (last / first)^(1 / years) − 1 of a series.

    Raises:
        FactFault: if it has one period only, or begins at zero, or an end is negative.
    """
    first, last = series.values[0], series.values[-1]
    if series.years == 0:
        hint = "choose more years by where"
        raise FactFault("growth needs two periods at least", hint, option="where", rule="one-period")
    if first == 0:
        _refuse_zero(series)
    if first < 0 or last < 0:
        hint = "say the change instead"
        raise FactFault("growth needs values that are not negative", hint, rule="negative-value")
    if last == 0:
        return Decimal(-1)
    return GUARD.plus((last / first) ** (1 / Decimal(series.years))) - 1


def _refuse_zero(series: Series) -> NoReturn:
    message = f"the growth divides by zero: the value of {series.periods[0]} is 0"
    hint = "choose years that begin above zero, or say the change instead"
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
    formula = f"({_ends(found, '/', chosen.unit)}) ^ (1 / {found.years}) − 1, of {chosen.text}"
    return Outcome(compound_growth(found), "ratio", formula, rows=found.ends, column=chosen.column.name)


def _ends(found: Series, operator: str, unit: Unit) -> str:
    last, first = unit.written(found.values[-1]), unit.written(found.values[0])
    return f"{last} in {found.periods[-1]} {operator} {first} in {found.periods[0]}"


def _years(call: Call) -> tuple[str, tuple[int, ...], Selection]:
    period = period_of(call)
    chosen = call.select(mixed=True)
    if any(period in row.faulty for row in chosen.rows):
        raise Unmade
    return period, tuple(sorted({int(str(row.values[period])) for row in chosen.rows})), chosen


def _period_fact(call: Call, which: str) -> Outcome:
    """The first or the last year of the rows selected, how many there are, or their range."""
    column, years, chosen = _years(call)
    ends = {"first": years[:1], "last": years[-1:]}.get(which, (years[0], years[-1]))
    rows = tuple(row for row in chosen.rows if int(str(row.values[column])) in ends)
    value: Decimal | str = Decimal(ends[0])
    kind: Kind = "year"
    text = f"{ends[0]}, the {which} {column} of {chosen.text}"
    if which == "count":
        value, kind, rows = Decimal(len(years)), "number", chosen.rows
        text = f"{len(years)}, the different {column} of {chosen.text}"
    elif which == "range":
        value, kind = f"{years[0]}-{years[-1]}", "text"
        text = f"{value}, the {column} of {chosen.text}"
    unit = "year" if which == "count" else None
    return Outcome(value, kind, text, unit, rows=rows, column=column, of_values=False)


def period(call: Call) -> Outcome:
    """The years from first to last as a text, ``2013-2023``: of the rows selected, or of two facts."""
    if "first" not in call.filled and "last" not in call.filled:
        return _period_fact(call, "range")
    ends = (call.fact("first"), call.fact("last"))
    for option, fact in zip(("first", "last"), ends, strict=True):
        if fact.kind != "year":
            message = f"{fact.id} is a {fact.kind}, not a year"
            raise FactFault(message, "name a fact that is one", option=option, rule="wrong-fact")
    text = f"{ends[0].value}-{ends[1].value}"
    return Outcome(text, "text", f"{ends[0].id} to {ends[1].id}", facts=(ends[0].id, ends[1].id))


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
