"""Tables that a function of the project makes of other tables (docs/pandas.md).

The result is checked like a loaded file. Each row says from which rows it came where the function kept them: by the
index that it was given, or by a column ``origin`` that holds one label of that index, or several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from reportgen.base.diagnostics import CellRef, Faults
from reportgen.base.functions import Function, find_function, library
from reportgen.base.suggest import known_names
from reportgen.base.world import World
from reportgen.data.callfunction import call_function, unboxed
from reportgen.data.codelists import check_codes
from reportgen.data.descriptor import Resource
from reportgen.data.frames import ORIGIN, label
from reportgen.data.package import CodeList, Table
from reportgen.data.raw_sheet import Sheet, raw_of
from reportgen.data.sheets import check_header
from reportgen.data.tables import expected_columns, make_table

Cells: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...], tuple[tuple[str, ...], ...]]
"""A returned frame in plain words: its header, its cells, and the labels of the rows that each row came from."""


def make_tables(
    world: World,
    resources: Iterable[Resource],
    tables: Mapping[str, Table],
    code_lists: Mapping[str, CodeList],
    broken: frozenset[str],
    faults: Faults,
) -> tuple[Mapping[str, Table], frozenset[str]]:
    """Return all tables, those of ``resources``, which functions make, among them, and the names of broken ones.

    A function is given tables of files, with their corrections, and made tables that are declared before its own. One
    that would be made of a broken table is broken, too, and nothing more is said.
    """
    found, lost = dict(tables), set(broken)
    for resource in resources:
        whole = _inputs_are_whole(resource, found, lost, faults)
        table = _make(world, resource, found, code_lists, faults) if whole else None
        if table is None:
            lost.add(resource.name)
        else:
            found[resource.name] = table
    return found, frozenset(lost)


def _inputs_are_whole(resource: Resource, found: Mapping[str, Table], lost: set[str], faults: Faults) -> bool:
    unknown = [name for name in resource.inputs if name not in found and name not in lost]
    for name in unknown:
        message = f"{resource.name} is made from {name}, and no table before it has that name"
        faults.error("unknown-table", message, resource.place, *known_names(name, found))
    cut = any(row.faulty for name in resource.inputs if name in found for row in found[name].rows)
    return not unknown and not cut and lost.isdisjoint(resource.inputs)


def _make(
    world: World,
    resource: Resource,
    tables: Mapping[str, Table],
    code_lists: Mapping[str, CodeList],
    faults: Faults,
) -> Table | None:
    """Return a made table; a fault of it stands at the function's line and says in which row and column."""
    function = faults.take(find_function(world, resource.transform or "", resource.place))
    if function is None:
        return None
    inputs = [tables[name] for name in resource.inputs]
    called = call_function(resource.name, world.permission, function, inputs, code_lists, plain_cells)
    if (made := faults.take(called)) is None:
        return None
    header, cells, labels = made
    checks = Faults()
    file = f"{function.path}:{function.line} ({resource.name})"
    whole = replace(resource, table=replace(resource.table, file=file))
    wrong = check_header(header, 1, file, expected_columns(resource))
    checks.add(*([] if wrong is None else [wrong]))
    table = checks.take(make_table(whole, Sheet(header, tuple(enumerate(cells, 2)))))
    checks.add(*check_codes(table, code_lists))
    if not table.rows and not checks.refused:
        checks.error("empty-table", "the table has no rows", None, "return a row or more")
    for fault in checks.found:
        ref = fault.place
        where = f", row {ref.row}, column {ref.column}" if isinstance(ref, CellRef) else ""
        message = f"{resource.name}{where}: {fault.message}"
        faults.add(replace(fault, message=message, place=function.span))
    if checks.refused:
        return None
    labelled = {label(table.name, row.number): row for table in inputs for row in table.rows}
    traced = zip(table.rows, labels, strict=True)
    rows = (replace(row, origins=tuple(labelled[n] for n in names if n in labelled)) for row, names in traced)
    return replace(table, rows=tuple(rows))


def plain_cells(function: Function, frame: Any) -> Cells:
    """Return a frame that a function has returned in plain words.

    Raises:
        Refused: if it is no DataFrame, or has columns in levels.
    """
    pd = library("pandas")
    if not isinstance(frame, pd.DataFrame):
        returned = f"a {type(frame).__name__}, not a DataFrame"
        raise function.wrong_result(returned, "return a pandas DataFrame")
    if frame.columns.nlevels > 1:
        raise function.wrong_result("columns in levels", "give each column one name")
    origins = frame.pop(ORIGIN) if ORIGIN in frame.columns else frame.index
    labels = tuple(_labels(value) for value in origins)
    cells = tuple(tuple(_text(value) for value in row) for row in frame.itertuples(index=False, name=None))
    return tuple(map(str, frame.columns)), cells, labels


def _labels(value: Any) -> tuple[str, ...]:
    """Return the labels in an index or in a cell of the column ``origin``."""
    several = value if isinstance(value, (list, tuple, set, frozenset)) else (value,)
    return tuple(name for name in several if isinstance(name, str))


def _text(value: Any) -> str | None:
    """Return a cell as it would stand in a file; None where it is missing."""
    pd = library("pandas")
    value = unboxed(value)
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    raw = raw_of(value)
    if isinstance(raw, Decimal) and raw.is_finite() and raw == raw.to_integral_value():
        return format(raw.to_integral_value(), "f")
    return None if raw is None else str(raw)
