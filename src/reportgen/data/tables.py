"""From a sheet to a checked table: its columns, its cells, its key, the constraints on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from reportgen.base.diagnostics import CellRef, Diagnostic, Faults, Result, Span, error
from reportgen.base.suggest import known_names
from reportgen.data.cells import CellFault, check_listed, parse_cell
from reportgen.data.descriptor import Resource
from reportgen.data.gaps import period_gaps
from reportgen.data.package import Row, Table, Value
from reportgen.data.raw_sheet import Raw, Sheet

MISSING_STATUSES = ("H", "L", "M", "O", "Q")
"""Codes of SDMX ``CL_OBS_STATUS`` (version 2.2) under which an observation has no value."""
_EITHER = "mend the cell, or the constraint in the descriptor"


def make_table(resource: Resource, sheet: Sheet) -> Result[Table]:
    """Return the table in a sheet, with the fault of every cell that is not what the descriptor says."""
    faults = Faults()
    faults.add(*_header_faults(resource, sheet))
    rows = tuple(_row(resource, sheet.header, number, cells, faults) for number, cells in sheet.rows)
    table = replace(resource.table, rows=rows)
    faults.add(*_key_faults(table), *_unique_faults(table, resource))
    table = replace(table, rows=tuple(_without_name(row, table.primary_key) for row in rows))
    if not resource.is_code_list:
        faults.add(*_status_faults(table), *period_gaps(table))
    return faults.result(table)


def _header_faults(resource: Resource, sheet: Sheet) -> Iterator[Diagnostic]:
    missing = [name for name in resource.table.columns if name not in sheet.header]
    for index, name in enumerate(sheet.header):
        if not name:
            message = f"column {index + 1} has no name in the header"
            yield error("unnamed-column", message, Span(resource.table.file, 1), "name it or take it out")
        elif name in sheet.header[:index]:
            place = CellRef(resource.table.file, 1, name)
            yield error("repeated-name", f"two columns have the name {name}", place, "give each its own")
        elif name not in resource.table.columns:
            yield _extra_column(resource, name, missing)
    for name in missing:
        place = CellRef(resource.table.file, 1, name)
        hint = f"add it, or take it out of the schema of {resource.name}"
        yield error("missing-column", f"the column {name} is missing", place, hint)


def _extra_column(resource: Resource, name: str, missing: list[str]) -> Diagnostic:
    """Return the fault of a column that is not declared; a missing one that it may be is struck off ``missing``."""
    from difflib import get_close_matches

    place = CellRef(resource.table.file, 1, name)
    meant = get_close_matches(name, missing, n=1)
    if meant:
        missing.remove(meant[0])
        message = f"the column {name} is not in the descriptor, and {meant[0]} is missing"
        return error("unknown-column", message, place, f"did you mean {meant[0]}?")
    hint = f"declare it in the schema of {resource.name}, or take it out"
    return error("unknown-column", f"the column {name} is not in the descriptor", place, hint)


def _row(
    resource: Resource, header: tuple[str, ...], number: int, cells: tuple[Raw, ...], faults: Faults
) -> Row:
    values: dict[str, Value] = dict.fromkeys(resource.table.columns)
    faulty = {name for name in resource.table.columns if name not in header}
    for name, raw in zip(header, cells, strict=True):
        column = resource.table.columns.get(name)
        if column is None:
            continue
        try:
            values[name] = value = parse_cell(raw, column, resource.missing)
            limits = resource.constraints.get(name)
            if limits:
                check_limits(value if column.period is None or raw is None else str(raw), limits)
            check_listed(value, column)
        except CellFault as fault:
            faulty.add(name)
            values[name] = None
            faults.add(fault.at(CellRef(resource.table.file, number, name)))
    return Row(values, resource.table.file, number, faulty=frozenset(faulty))


def check_limits(value: Value, limits: Mapping[str, Any]) -> None:
    """Check a value against Table Schema's constraints.

    Raises:
        CellFault: naming the constraint that it does not keep.
    """
    if value is None:
        if limits.get("required"):
            raise CellFault("empty-cell", "the cell is empty", "the descriptor says that a value is required")
        return
    if "enum" in limits and str(value) not in (known := [str(v) for v in limits["enum"]]):
        message = f"{value} is none of {', '.join(known)}"
        raise CellFault("unknown-value", message, *known_names(str(value), known))
    if "pattern" in limits and not re.fullmatch(limits["pattern"], str(value)):
        message = f"{value} does not match the pattern {limits['pattern']}"
        raise CellFault("unmatched-pattern", message, _EITHER)
    number, low, high = (_decimal(each) for each in (value, limits.get("minimum"), limits.get("maximum")))
    if number is not None and low is not None and number < low:
        message = f"{value} is below {low}, the least that the descriptor allows"
        raise CellFault("out-of-range", message, _EITHER)
    if number is not None and high is not None and number > high:
        message = f"{value} is above {high}, the most that the descriptor allows"
        raise CellFault("out-of-range", message, _EITHER)


def _decimal(value: object) -> Decimal | None:
    """Return a number, or the number of a year; None for any other text."""
    if isinstance(value, Decimal):
        return value
    try:
        return Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None


def _key_faults(table: Table) -> Iterator[Diagnostic]:
    seen: dict[tuple[Value, ...], Row] = {}
    for row in table.rows:
        key = tuple(row.values[name] for name in table.primary_key)
        if not key or row.faulty.intersection(table.primary_key):
            continue
        for name, value in zip(table.primary_key, key, strict=True):
            if value is None:
                hint = "a dimension names the row and needs a value"
                yield error("empty-cell", "the cell is empty", row.ref(name), hint)
        first = seen.setdefault(key, row)
        if first is not row and None not in key:
            named = ", ".join(f"{n} {v}" for n, v in zip(table.primary_key, key, strict=True))
            message = f"{named} stands here again; it was first in row {first.number}"
            place = row.ref(table.primary_key[-1])
            yield error("repeated-key", message, place, "keep one of the two rows")


def _without_name(row: Row, key: tuple[str, ...]) -> Row:
    """Return a row with the empty cells of its key among the faulty ones, as they are reported."""
    empty = [name for name in key if row.values[name] is None]
    return replace(row, faulty=row.faulty.union(empty)) if empty else row


def _unique_faults(table: Table, resource: Resource) -> Iterator[Diagnostic]:
    for name, limits in resource.constraints.items():
        if not limits.get("unique") or table.primary_key == (name,):
            continue
        seen: dict[Value, int] = {}
        for row in table.rows:
            value = row.values[name]
            if value is not None and seen.setdefault(value, row.number) != row.number:
                message = f"{value} stands here again; it was first in row {seen[value]}"
                yield error("repeated-value", message, row.ref(name), "give each its own")


def _status_faults(table: Table) -> Iterator[Diagnostic]:
    if "obs_status" not in table.columns:
        hints = (
            "add it to the descriptor and the table: A for a published value, E for an estimated one",
            'if it is a code list, say so in the descriptor: "reportgen": {"role": "code-list"}',
        )
        yield error("missing-column", "the table has no column obs_status", Span(table.file), *hints)
        return
    measures = [column.name for column in table.columns.values() if column.role == "measure"]
    for row in table.rows:
        if row.values["obs_status"] is None and "obs_status" not in row.faulty:
            hint = "write A for a published value, E for an estimated one"
            yield error("missing-status", "the observation has no status", row.ref("obs_status"), hint)
            continue
        for name in measures:
            if row.values[name] is None and name not in row.faulty and row.status not in MISSING_STATUSES:
                hint = "fill it, or set its obs_status to O (missing value)"
                yield error("empty-cell", "the cell is empty", row.ref(name), hint)
