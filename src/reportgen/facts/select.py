"""Choosing observations: the rows of a table that a fact rests on, by the codes of their dimensions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from reportgen.base.suggest import did_you_mean
from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.data.period_choice import UnknownPeriod, choose_periods, periods_of
from reportgen.data.periods import Frequency
from reportgen.data.units import EXACT, Unit
from reportgen.facts.declare import FactFault, Unmade

MEASURES = "measures"
"""The code list of a column that says what a row's value measures: sums are made within one measure only."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of a table with the column of their value; ``text`` says for people which they are.

    A share or rate stands in the rows as a fact has it, 0.842, also where the file keeps 84.2 per cent.

    Attributes:
        units: the different units of the values.
    """

    table: Table
    column: Column
    rows: tuple[Row, ...]
    text: str
    units: tuple[Unit, ...] = (Unit(""),)

    @property
    def unit(self) -> Unit:
        """The unit of the values; a plain one where none is declared.

        Raises:
            FactFault: if they have different ones.
        """
        if len(self.units) > 1:
            message = (
                f"the values have different units: {', '.join(sorted(unit.code for unit in self.units))}"
            )
            raise FactFault(message, "choose rows of one unit by where", option="where", rule="mixed-units")
        return self.units[0]

    @property
    def numbers(self) -> tuple[tuple[Row, Decimal], ...]:
        """The rows with their values.

        Raises:
            FactFault: if one is missing.
            Unmade: if one could not be read.
        """
        return tuple((row, number_of(row, self.column.name)) for row in self.rows)


def number_of(row: Row, column: str) -> Decimal:
    """Return a cell's number.

    Raises:
        FactFault: if it is missing or a text.
        Unmade: if it could not be read.
    """
    value = row.values.get(column)
    if isinstance(value, Decimal):
        return value
    if column in row.faulty:
        raise Unmade
    if value is None:
        hint = "leave the observation out with where, or fill it"
        raise FactFault(f"the value is missing in {row.ref(column)}", hint, rule="missing-value")
    message = f"{row.ref(column)} holds the text {value}, not a number"
    raise FactFault(
        message,
        *_typed(column, value),
        option="value",
        rule="not-a-number",
        about=f"numbers of {row.file} {column}",
    )


def _typed(column: str, value: object) -> tuple[str, ...]:
    """Return what to do where a column holds texts: a field without a type holds texts even if they are digits."""
    if re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        return (
            f'declare the type of {column} in the descriptor: "type": "number"',
            "or name a column of numbers",
        )
    return ("name a column of numbers",)


def find_table(package: DataPackage, name: str, option: str = "table") -> Table:
    """Return a table by name.

    Raises:
        FactFault: if there is none.
        Unmade: if it, or some of it, could not be read.
    """
    if name in package.broken:
        raise Unmade
    table = package.tables.get(name)
    if table is not None:
        return table
    hints = did_you_mean(name, package.tables) or (f"there are {', '.join(package.tables)}",)
    raise FactFault(
        f"there is no table {name}", *hints, option=option, rule="unknown-table", about=f"table {name}"
    )


def find_column(table: Table, name: str, option: str) -> Column:
    """Return a column by name.

    Raises:
        FactFault: if there is none.
    """
    column = table.columns.get(name)
    if column is None:
        hints = did_you_mean(name, table.columns) or (f"there are {', '.join(table.columns)}",)
        message = f"the table {table.name} has no column {name}"
        raise FactFault(message, *hints, option=option, rule="unknown-column")
    return column


def select(
    package: DataPackage,
    table: Table,
    column: Column,
    where: Mapping[str, Any],
    *,
    option: str = "where",
    by: str | None = None,
    mixed: bool = False,
) -> Selection:
    """Return the rows in which every column of ``where`` has one of its codes.

    A code is a text, a list of texts means any of them, and in a column of periods a range (``2013-2023``,
    ``2021Q1..2022Q4``) means all from first to last, both of which must be there. Rows of different measures are
    refused, unless ``by`` parts them or they may be ``mixed``, because nothing is summed.

    Raises:
        FactFault: for an unknown column or code, for no row, for rows of different measures.
        Unmade: if a cell that decides could not be read.
    """
    rows: Sequence[Row] = table.rows
    for name, wanted in where.items():
        key = f"{option}.{name}"
        rows = _filtered(rows, find_column(table, name, key), wanted, package, key)
    text = table.name + (f" where {_written(where)}" if where else "")
    if not rows:
        hint = "choose rows that the table has"
        raise FactFault(f"there is no row of {text}", hint, option=option, rule="no-rows")
    if not mixed:
        _one_measure(table, rows, by, option)
    units = tuple(package.unit_of(table, column, row) for row in rows)
    kept = tuple(_as_fact(row, column, unit) for row, unit in zip(rows, units, strict=True))
    return Selection(table, column, kept, text, tuple(dict.fromkeys(units)))


def _as_fact(row: Row, column: Column, unit: Unit) -> Row:
    """Return a row whose value is a fact's: 0.842 for 84.2 per cent."""
    value = row.values.get(column.name)
    if unit.per == 1 or not isinstance(value, Decimal):
        return row
    return replace(row, values={**row.values, column.name: EXACT.divide(value, unit.per)})


def _filtered(
    rows: Sequence[Row], column: Column, wanted: object, package: DataPackage, option: str
) -> Sequence[Row]:
    if any(column.name in row.faulty for row in rows):
        raise Unmade
    codes = tuple(str(code) for code in (wanted if isinstance(wanted, list) else [wanted]))
    if column.frequency is not None:
        return _in_periods(rows, column.name, column.frequency, codes, option)
    _known(codes, column, rows, package, option)
    return [row for row in rows if row.values[column.name] in codes]


def _in_periods(
    rows: Sequence[Row], column: str, frequency: Frequency, wanted: Sequence[str], option: str
) -> Sequence[Row]:
    present = periods_of((row.values[column] for row in rows), frequency)
    try:
        chosen = {str(p) for text in wanted for p in choose_periods(text, column, frequency, present)}
    except UnknownPeriod as fault:
        hints = fault.hints or (f"there are {', '.join(map(str, sorted(present)[:12]))}",)
        raise FactFault(str(fault), *hints, option=option, rule=fault.rule) from None
    return [row for row in rows if row.values[column] in chosen]


def _known(
    codes: Sequence[str], column: Column, rows: Sequence[Row], package: DataPackage, option: str
) -> None:
    """Refuse a code that no row has, so that a slip of the key never means an empty sum."""
    present = {str(row.values[column.name]) for row in rows}
    for code in codes:
        if code not in present:
            hints = did_you_mean(code, present) or (f"there are {', '.join(sorted(present)[:12])}",)
            known = package.code_lists.get(column.code_list or "")
            unknown = known is not None and code not in known.codes
            what = f"is not a code of {column.code_list}" if unknown else "is not among the rows"
            raise FactFault(f"{column.name} {code} {what}", *hints, option=option, rule="unknown-code")


def _one_measure(table: Table, rows: Sequence[Row], by: str | None, option: str) -> None:
    for column in table.columns.values():
        if column.code_list != MEASURES or column.name == by:
            continue
        found = sorted({str(row.values[column.name]) for row in rows})
        if len(found) > 1:
            hint = f'choose one: where = {{{column.name} = "{found[0]}"}}'
            message = f"the rows measure different things: {', '.join(found)}"
            raise FactFault(message, hint, option=option, rule="mixed-measures")


def _written(where: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} = {' or '.join(map(str, v)) if isinstance(v, list) else v}" for name, v in where.items()
    )
