"""Gaps: the periods that a series passes over, each a warning, as a sum over its periods would be too small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from reportgen.base.diagnostics import Diagnostic, warning
from reportgen.data.package import Column, Row, Table, Value
from reportgen.data.period_spellings import parse_period
from reportgen.data.periods import Period, noun


def period_gaps(table: Table) -> Iterator[Diagnostic]:
    """Yield a warning for each place where a series passes over a period, or over one that the descriptor lists.

    Dates have no fixed distance, and irregular periods have none; a table with two columns of periods in its key has no
    one series over them.
    """
    timed = [table.columns[name] for name in table.primary_key if table.columns[name].frequency is not None]
    if len(timed) != 1 or any(row.faulty for row in table.rows):
        return
    (column,) = timed
    if (column.frequency == "date" or column.irregular) and not column.listed:
        return
    for key, rows in _series(table, column).items():
        for last, here in pairwise(sorted(rows)):
            missed = _between(last, here, column)
            if missed is not None:
                named = ", ".join(map(str, key))
                message = f"{last} is followed by {here}" + (f" for {named}" if named else "")
                unit = noun(here.frequency)
                hint = f"add {missed}; a {unit} without a value has obs_status O"
                rule = "missing-year" if unit == "year" else "missing-period"
                yield warning(rule, message, rows[here].ref(column.name), hint)


def _series(table: Table, column: Column) -> Mapping[tuple[Value, ...], Mapping[Period, Row]]:
    series: dict[tuple[Value, ...], dict[Period, Row]] = {}
    for row in table.rows:
        value = row.values[column.name]
        if value is not None and column.frequency is not None:
            key = tuple(row.values[name] for name in table.primary_key if name != column.name)
            series.setdefault(key, {})[parse_period(str(value), column.frequency)] = row
    return series


def _between(last: Period, here: Period, column: Column) -> Period | None:
    """Return the first period that should stand between two; None where nothing should."""
    if column.listed:
        known = (parse_period(text, here.frequency) for text in column.listed)
        return next((period for period in sorted(known) if last < period < here), None)
    try:
        return last.next if last.next < here else None
    except OverflowError:  # a range of years that would end after the year 9999
        return None
