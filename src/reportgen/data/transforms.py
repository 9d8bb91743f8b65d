"""Tables that a function of the project makes of other tables (docs/pandas.md).

The result is checked like a loaded file. Each row says from which rows it came where the function kept them: by the
index that it was given, or by a column ``origin`` that holds one label of that index, or several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from reportgen.base.diagnostics import CellRef, Diagnostic, Faults, Result, error
from reportgen.base.functions import Function, find_function, library
from reportgen.base.suggest import known_names
from reportgen.base.world import World
from reportgen.data.callfunction import WrongResult, call_function
from reportgen.data.codelists import check_codes
from reportgen.data.descriptor import Resource
from reportgen.data.frames import ORIGIN, label
from reportgen.data.package import CodeList, Correction, Table
from reportgen.data.raw_sheet import Sheet, raw_of
from reportgen.data.tables import make_table

Cells: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...], tuple[tuple[str, ...], ...]]
"""A returned frame in plain words: its header, its cells, and the labels of the rows that each row came from."""


def make_tables(
    world: World,
    resources: Iterable[Resource],
    tables: Mapping[str, Table],
    code_lists: Mapping[str, CodeList],
    broken: frozenset[str],
) -> Result[tuple[Mapping[str, Table], frozenset[str]]]:
    """Return all tables, made ones among them, and the names of those that are broken.

    A function is given tables of files, with their corrections, and made tables that are declared before its own. One
    that would be made of a broken table is broken, too, and nothing more is said.
    """
    faults = Faults()
    found, lost = dict(tables), set(broken)
    for resource in resources:
        if resource.transform is None:
            continue
        table = None
        if _inputs_are_whole(resource, found, lost, faults):
            table = faults.take(_make(world, resource, found, code_lists))
        if table is None:
            lost.add(resource.name)
        else:
            found[resource.name] = table
    return faults.result((found, frozenset(lost)))


def refused_corrections(resources: Iterable[Resource], lines: Iterable[Correction]) -> Iterator[Diagnostic]:
    """Yield a fault for each correction of a table that a function makes."""
    made = {resource.name: resource for resource in resources if resource.transform is not None}
    for line in lines:
        if line.table in made:
            message = f"the table {line.table} is made by {made[line.table].transform}"
            hint = f"correct what it is made from: {', '.join(made[line.table].inputs)}"
            yield error("misplaced-correction", message, replace(line.ref, column="table"), hint)


def _inputs_are_whole(resource: Resource, found: Mapping[str, Table], lost: set[str], faults: Faults) -> bool:
    unknown = [name for name in resource.inputs if name not in found and name not in lost]
    for name in unknown:
        message = f"{resource.name} is made from {name}, and no table before it has that name"
        faults.error("unknown-table", message, resource.place, *known_names(name, found))
    cut = any(row.faulty for name in resource.inputs if name in found for row in found[name].rows)
    return not unknown and not cut and lost.isdisjoint(resource.inputs)


def _make(
    world: World, resource: Resource, tables: Mapping[str, Table], code_lists: Mapping[str, CodeList]
) -> Result[Table | None]:
    found = find_function(world, resource.transform or "", resource.place)
    function = found.value
    if function is None:
        return Result(None, found.diagnostics)
    inputs = [tables[name] for name in resource.inputs]
    called = call_function(world.permission, function, inputs, code_lists, plain_cells)
    if called.value is None:
        at = f"{resource.name}: "
        return Result(None, tuple(replace(d, message=at + d.message) for d in called.diagnostics))
    header, cells, origins = called.value
    whole = replace(resource, path=f"{function.path}:{function.line} ({resource.name})")
    made = make_table(whole, Sheet(header, tuple(enumerate(cells, 2))))
    labelled = {label(table.name, row.number): row for table in inputs for row in table.rows}
    rows = tuple(
        replace(row, origins=tuple(labelled[name] for name in names if name in labelled))
        for row, names in zip(made.value.rows, origins, strict=True)
    )
    table = replace(made.value, rows=rows)
    checks = (*made.diagnostics, *check_codes(table, code_lists))
    return Result(table, (*called.diagnostics, *(_placed(d, function, resource) for d in checks)))


def _placed(found: Diagnostic, function: Function, resource: Resource) -> Diagnostic:
    """Return a fault of the result at the function's line, its message saying in which table, row and column."""
    ref = found.place
    where = f", row {ref.row}, column {ref.column}" if isinstance(ref, CellRef) else ""
    return replace(found, message=f"{resource.name}{where}: {found.message}", place=function.span)


def plain_cells(frame: Any) -> Cells:
    """Return a frame that a function has returned in plain words.

    Raises:
        WrongResult: if it is no DataFrame, or has columns in levels.
    """
    pd = library("pandas")
    if not isinstance(frame, pd.DataFrame):
        raise WrongResult(f"returned a {type(frame).__name__}, not a DataFrame", "return a pandas DataFrame")
    if frame.columns.nlevels > 1:
        raise WrongResult("returned columns in levels", "give each column one name")
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
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        value = value.item()  # numpy's scalars
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    raw = raw_of(value)
    if isinstance(raw, Decimal) and raw.is_finite() and raw == raw.to_integral_value():
        return format(raw.to_integral_value(), "f")
    return None if raw is None else str(raw)
