"""From a sheet to a checked table: its columns, its cells, its key, the constraints on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from reportgen.base.diagnostics import CellRef, Diagnostic, Result, Span, error
from reportgen.base.suggest import known_names
from reportgen.data.cells import CellFault, check_listed, parse_cell
from reportgen.data.descriptor import Resource
from reportgen.data.gaps import period_gaps
from reportgen.data.package import Column, Correction, Row, Table, Value
from reportgen.data.patterns import matches
from reportgen.data.raw_sheet import Raw, Sheet
from reportgen.data.sheets import Expected
from reportgen.data.statuses import MISSING_STATUSES, STATUS
from reportgen.data.tally import Tally

_KEPT = 10_000
"""Different texts of a column that are kept while it is read."""
_NO_CORRECTIONS: Mapping[str, tuple[Correction, ...]] = {}
_EITHER = "mend the cell, or the constraint in the descriptor"


def expected_columns(resource: Resource) -> Expected:
    """Return the columns that a resource's file should have."""
    return Expected(
        tuple(resource.table.columns),
        f"the schema of {resource.name}",
        may_have_others=resource.match in ("subset", "partial"),
        may_lack=resource.match in ("superset", "partial"),
    )


def make_table(resource: Resource, *sheets: Sheet) -> Result[Table]:
    """Return the table in some sheets, with the fault of every cell that is not what the descriptor says.

    A cell that is empty and should not be is ``faulty`` like one that cannot be read. Where the resource gives the
    status of all its rows, the table has a column for it.
    """
    tally = Tally(resource.table.file)
    rows = tuple(
        row for sheet in sheets for row in _rows(resource, sheet, sheet.file or resource.table.file, tally)
    )
    table = _with_status(replace(resource.table, rows=rows), resource.status)
    tally.add(*_key_faults(table), *_unique_faults(table, resource))
    if not resource.is_code_list and STATUS not in table.columns:
        tally.add(_no_status(table))
    table = _with_empty_cells(table, tally, STATUS in resource.table.columns)
    if not resource.is_code_list and all(sheet.is_whole for sheet in sheets):
        tally.add(*period_gaps(table))
    return Result(table, tuple(dict.fromkeys(tally.all())))


def _rows(resource: Resource, sheet: Sheet, file: str, tally: Tally) -> Iterator[Row]:
    declared = resource.table.columns
    lacking = (
        () if expected_columns(resource).may_lack else (name for name in declared if name not in sheet.header)
    )
    absent = frozenset(lacking)
    readers = [
        (index, name, _reader(resource, declared[name]))
        for index, name in enumerate(sheet.header)
        if name in declared
    ]
    blank: dict[str, Value] = dict.fromkeys(declared)
    for number, cells in sheet.rows:
        values, faulty = blank.copy(), absent
        for index, name, reader in readers:
            try:
                values[name] = reader(cells[index])
            except CellFault as fault:
                faulty |= {name}
                tally.add(fault.at(CellRef(file, number, name)))
        yield Row(values, file, number, _NO_CORRECTIONS, faulty)


def _reader(resource: Resource, column: Column) -> Callable[[Raw], Value]:
    """Return a reader of a column's cells; what stands in many of them is read once and kept once."""
    limits, missing = resource.constraints.get(column.name), resource.missing
    known: dict[Raw, Value] = {}

    def reader(raw: Raw) -> Value:
        if raw in known:
            return known[raw]
        value = parse_cell(raw, column, missing)
        if limits:
            check_limits(value if column.period is None or raw is None else str(raw), limits)
        check_listed(value, column)
        if len(known) < _KEPT and type(raw) is str:
            known[raw] = value
        return value

    return reader


def _with_status(table: Table, status: str | None) -> Table:
    """Return a table whose rows have the status that their resource gives, where they have none of their own."""
    if status is None:
        return table
    columns = {**table.columns, STATUS: table.columns.get(STATUS) or Column(STATUS, "string", "attribute")}
    rows = (
        row
        if row.values.get(STATUS) is not None or STATUS in row.faulty
        else replace(row, values={**row.values, STATUS: status})
        for row in table.rows
    )
    return replace(table, columns=columns, rows=tuple(rows))


def check_limits(value: Value, limits: Mapping[str, Any]) -> None:
    """Check a value against Table Schema's constraints.

    Raises:
        CellFault: naming the constraint that it does not keep.
    """
    if value is None:
        if limits.get("required"):
            raise CellFault(
                "empty-cell", "the cell is empty", "fill it: the descriptor says that a value is required"
            )
        return
    if "enum" in limits and str(value) not in (known := [str(v) for v in limits["enum"]]):
        if isinstance(value, Decimal) and any(value == _decimal(each) for each in known):
            return
        message = f"{value} is none of {', '.join(known[:12])}"
        raise CellFault("unknown-value", message, *known_names(str(value), known))
    if "pattern" in limits and not matches(limits["pattern"], str(value)):
        message = f"{value} does not match the pattern {limits['pattern']}"
        raise CellFault("unmatched-pattern", message, _EITHER)
    if not limits.get("minLength", 0) <= len(str(value)) <= limits.get("maxLength", len(str(value))):
        message = f"{value} has {len(str(value))} characters, which the descriptor does not allow"
        raise CellFault("out-of-range", message, _EITHER)
    _check_bounds(value, limits)


def _check_bounds(value: Value, limits: Mapping[str, Any]) -> None:
    number = _decimal(value) if any("imum" in name for name in limits) else None
    if number is None:
        return
    low, high, above, below = (
        _decimal(limits.get(name)) for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    )
    if low is not None and number < low:
        message = f"{value} is below {low}, the least that the descriptor allows"
        raise CellFault("out-of-range", message, _EITHER)
    if high is not None and number > high:
        message = f"{value} is above {high}, the most that the descriptor allows"
        raise CellFault("out-of-range", message, _EITHER)
    if above is not None and number <= above:
        raise CellFault("out-of-range", f"{value} is not above {above}, as the descriptor asks", _EITHER)
    if below is not None and number >= below:
        raise CellFault("out-of-range", f"{value} is not below {below}, as the descriptor asks", _EITHER)


def _decimal(value: object) -> Decimal | None:
    """Return a number, or the number of a year; None for any other text."""
    if isinstance(value, Decimal):
        return value
    try:
        return Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None


def _key_faults(table: Table) -> list[Diagnostic]:
    """Return a fault for each row whose key stands above it, or one if the key lacks a column."""
    faults: list[Diagnostic] = []
    seen: dict[tuple[Value, ...], Row] = {}
    for row in table.rows:
        key = tuple(row.values[name] for name in table.primary_key)
        if not key or row.faulty.intersection(table.primary_key):
            continue
        first = seen.setdefault(key, row)
        if first is not row and None not in key:
            named = ", ".join(f"{n} {v}" for n, v in zip(table.primary_key, key, strict=True))
            message = f"{named} stands here again; it was first in {_first(first, row)}"
            place = row.ref(table.primary_key[-1])
            faults.append(error("repeated-key", message, place, "keep one of the two rows"))
    lacking = _lacking(table) if len(faults) > 1 else None
    if lacking is None:
        return faults
    named = ", ".join(table.primary_key)
    message = f"the primary key {named} does not tell the rows apart: {len(faults)} stand again"
    hint = f"add {lacking} to the primaryKey of {table.name} in the descriptor"
    return [error("repeated-key", message, faults[0].place, hint)]


def _lacking(table: Table) -> str | None:
    """Return the column, of codes or of periods, with which the primary key would tell all rows apart."""
    for name, column in table.columns.items():
        if name in table.primary_key or name == STATUS or not (column.code_list or column.frequency):
            continue
        if len({tuple(row.values[n] for n in (*table.primary_key, name)) for row in table.rows}) == len(
            table.rows
        ):
            return name
    return None


def _first(first: Row, row: Row) -> str:
    return f"row {first.number}" if first.file == row.file else f"{first.file}, row {first.number}"


def _unique_faults(table: Table, resource: Resource) -> Iterator[Diagnostic]:
    alone = ((name,) for name, limits in resource.constraints.items() if limits.get("unique"))
    for names in dict.fromkeys((*alone, *resource.unique_keys)):
        if not names or table.primary_key == names:
            continue
        seen: dict[tuple[Value, ...], Row] = {}
        for row in table.rows:
            key = tuple(row.values[name] for name in names)
            if None in key or (first := seen.setdefault(key, row)) is row:
                continue
            message = f"{', '.join(map(str, key))} stands here again; it was first in {_first(first, row)}"
            yield error("repeated-value", message, row.ref(names[-1]), "give each its own")


def _no_status(table: Table) -> Diagnostic:
    hints = (
        'say it once for all rows in the descriptor: "reportgen": {"obs_status": "A"}, A for published values',
        "or give the table a column obs_status: A for a published value, E for an estimated one",
        'if it is a code list, say so in the descriptor: "reportgen": {"role": "code-list"}',
    )
    return error("missing-column", "the table has no column obs_status", Span(table.file), *hints)


def _with_empty_cells(table: Table, tally: Tally, has_statuses: bool) -> Table:
    """Return a table in which empty cells that should not be so are faulty; a row of them is noted once."""
    measures = [column.name for column in table.columns.values() if column.role == "measure"]
    rows = []
    for row in table.rows:
        values, known = row.values, row.faulty
        empty = [name for name in table.primary_key if values[name] is None and name not in known]
        if STATUS in table.columns and STATUS not in known:
            if values[STATUS] is None:
                empty.append(STATUS)
            elif values[STATUS] not in MISSING_STATUSES:
                empty += [name for name in measures if values[name] is None and name not in known]
        if empty:
            tally.add(_empty(row, list(dict.fromkeys(empty)), table, has_statuses))
            row = replace(row, faulty=known.union(empty))
        rows.append(row)
    return replace(table, rows=tuple(rows))


def _empty(row: Row, names: list[str], table: Table, has_statuses: bool) -> Diagnostic:
    if len(names) > 1:
        message = f"the row has no {', '.join(names[:-1])} and {names[-1]}"
        return error("empty-cell", message, row.ref(names[0]), "fill them, or take the row out")
    (name,) = names
    if name == STATUS:
        hint = "write A for a published value, E for an estimated one"
        return error("missing-status", "the observation has no status", row.ref(name), hint)
    hint = "fill it, or set its obs_status to O (missing value)"
    if name in table.primary_key:
        hint = "fill it: a dimension names the row and needs a value"
    elif not has_statuses:
        hint = "fill it, or give the table a column obs_status with O in this row (missing value)"
    return error("empty-cell", "the cell is empty", row.ref(name), hint)
