"""Corrections laid over the tables: a cell is changed in the open, with its reason, never in the table itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from reportgen.base.diagnostics import CellRef, Faults, Refused, Result, error
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.world import World
from reportgen.data.cells import CellFault, parse_cell
from reportgen.data.csvfile import read_csv
from reportgen.data.descriptor import Resource
from reportgen.data.package import CodeList, Column, Correction, Row, Table, Value
from reportgen.data.sheets import Expected
from reportgen.data.statuses import STATUS, STATUSES

PATH = "data/corrections.csv"
COLUMNS: tuple[str, ...] = (
    "date",
    "table",
    "key",
    "column",
    "old value",
    "new value",
    "reason",
    "approved by",
    "severity",
)
"""The fields of :class:`Correction` in their order, as the file's header names them."""
SEVERITIES = ("editorial", "minor", "major")
"""What a correction means to a reader: nothing but wording; a number; a number that a finding rests on."""
_DATE = Column("date", "date", "attribute")


def read_corrections(world: World, path: str = PATH) -> Result[tuple[Correction, ...]]:
    """Return the lines of the corrections file in their order; () where there is no file."""
    if not world.exists(path):
        return Result(())
    faults = Faults()
    sheet = faults.take(read_csv(world, path, Expected(COLUMNS), declared=False))
    if sheet is None or set(COLUMNS) - set(sheet.header):
        return faults.result(())
    found = []
    for number, cells in sheet.rows:
        cell = {name: str(value or "") for name, value in zip(sheet.header, cells, strict=True)}
        _check_line(cell, path, number, faults)
        date, table, key, column, old, new, reason, person, severity = (cell[name] for name in COLUMNS)
        ref = CellRef(path, number, "key")
        found.append(Correction(date, table, key, column, old, new, reason, person, severity, ref))
    return faults.result(tuple(found))


def _check_line(cell: Mapping[str, str], path: str, number: int, faults: Faults) -> None:
    for name in COLUMNS:
        if not cell[name] and name not in ("old value", "new value"):
            hint = "a correction says all of this"
            faults.error("empty-cell", "the cell is empty", CellRef(path, number, name), hint)
    if cell["severity"] and cell["severity"] not in SEVERITIES:
        hints = did_you_mean(cell["severity"], SEVERITIES) or (f"there are {', '.join(SEVERITIES)}",)
        place = CellRef(path, number, "severity")
        faults.error("unknown-severity", f"the severity {cell['severity']} is unknown", place, *hints)
    try:
        parse_cell(cell["date"], _DATE)
    except CellFault as fault:
        faults.add(fault.at(CellRef(path, number, "date")))


class _Target(NamedTuple):
    """The cell that a correction means: its row's place in the table, and its column."""

    row: int
    column: Column


def _misplaced(
    rule: str, message: str, correction: Correction, column: str, *hints: str, about: str = ""
) -> Refused:
    """Return why a correction cannot be laid over its table."""
    return Refused([error(rule, message, replace(correction.ref, column=column), *hints, about=about)])


def lay_over(
    tables: Mapping[str, Table],
    corrections: Sequence[Correction],
    code_lists: Mapping[str, CodeList],
    broken: frozenset[str] = frozenset(),
    made: Mapping[str, Resource] | None = None,
) -> Result[Mapping[str, Table]]:
    """Return the tables with the corrections laid over them, in order: a later one may correct an earlier one.

    A correction whose old value is not the cell's present one is a fault: either it was made against other data, or
    the table itself has been changed. Corrections of ``broken`` tables are passed over, those of ``made`` ones refused.
    """
    rows = {name: list(table.rows) for name, table in tables.items()}
    faults = Faults()
    for correction in corrections:
        if correction.table in broken or not correction.table:
            continue
        try:
            table = _table(correction, tables, code_lists, made or {})
            target = _target(correction, table, rows[table.name])
            row = rows[table.name][target.row]
            rows[table.name][target.row] = _corrected(row, target.column, correction, code_lists)
        except Refused as refused:
            faults.add(*refused.diagnostics)
    return faults.result({n: replace(table, rows=tuple(rows[n])) for n, table in tables.items()})


def _table(
    correction: Correction,
    tables: Mapping[str, Table],
    code_lists: Mapping[str, CodeList],
    made: Mapping[str, Resource],
) -> Table:
    name = correction.table
    if name in tables:
        return tables[name]
    if name in made:
        message, hint = f"the table {name} is made by {made[name].transform}", ", ".join(made[name].inputs)
        raise _misplaced(
            "misplaced-correction", message, correction, "table", f"correct what it is made from: {hint}"
        )
    if name in code_lists:
        hint = "names are corrected in the list itself"
        raise _misplaced("not-a-table", f"{name} is a code list", correction, "table", hint)
    hints = known_names(name, tables)
    message, about = f"there is no table {name}", f"table {name}"
    raise _misplaced("unknown-table", message, correction, "table", *hints, about=about)


def _target(correction: Correction, table: Table, rows: Sequence[Row]) -> _Target:
    key = _key(correction, table)
    column = table.columns.get(correction.column)
    if column is None:
        hints = known_names(correction.column, table.columns)
        message = f"the table {table.name} has no column {correction.column}"
        raise _misplaced("unknown-column", message, correction, "column", *hints)
    if column.name in table.primary_key:
        message = f"{column.name} is part of the key"
        hint = "correct the table itself: another row is meant"
        raise _misplaced("corrected-key", message, correction, "column", hint)
    matches = [
        i for i, row in enumerate(rows) if all(row.values[name] == value for name, value in key.items())
    ]
    if len(matches) != 1:
        count = len(matches) or "no"
        message = f"the key fits {count} rows of {table.name}"
        raise _misplaced("unclear-key", message, correction, "key", f"name {', '.join(table.primary_key)}")
    return _Target(matches[0], column)


def _key(correction: Correction, table: Table) -> Mapping[str, Value]:
    key: dict[str, Value] = {}
    for part in correction.key.split(";"):
        name, equals, text = (piece.strip() for piece in part.partition("="))
        column = table.columns.get(name)
        if not equals or column is None:
            form = ";".join(f"{n}=…" for n in table.primary_key)
            hints = did_you_mean(name, table.primary_key) or (f"write {form}",)
            message = f"the key {correction.key!r} cannot be read"
            raise _misplaced("unclear-key", message, correction, "key", *hints)
        key[name] = _value(text, column, correction, "key")
    return key


def _value(text: str, column: Column, correction: Correction, where: str) -> Value:
    try:
        return parse_cell(text, column)
    except CellFault as fault:
        raise _misplaced(fault.rule, str(fault), correction, where, *fault.hints) from None


def _corrected(row: Row, column: Column, correction: Correction, code_lists: Mapping[str, CodeList]) -> Row:
    old = _value(correction.old, column, correction, "old value")
    new = _value(correction.new, column, correction, "new value")
    present = row.values[column.name]
    if column.name in row.faulty:
        return row
    if old != present:
        holds = "nothing" if present is None else present
        message = f"the old value is {correction.old or 'empty'}, but {row.ref(column.name)} holds {holds}"
        hint = "check which is right; a correction is laid over the data it was made against"
        raise _misplaced("wrong-old-value", message, correction, "old value", hint)
    codes = code_lists.get(column.code_list or "")
    status = column.name == STATUS and str(new) in STATUSES
    if codes is not None and new is not None and str(new) not in codes.codes and not status:
        hints = known_names(str(new), codes.codes)
        message = f"{new} is not a code of {codes.name}"
        raise _misplaced("unknown-code", message, correction, "new value", *hints)
    laid = (*row.corrections.get(column.name, ()), correction)
    return replace(
        row,
        values={**row.values, column.name: new},
        corrections={**row.corrections, column.name: laid},
    )
