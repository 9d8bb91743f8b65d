"""Which rows and columns a declaration of plausibility means; what it means nothing by is a fault at its place."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.base.diagnostics import Faults, Span
from reportgen.base.suggest import known_names
from reportgen.data.package import Row, Table
from reportgen.data.plausibility_rules import Where

NOT_TIME = ("string", "number", "integer", "boolean")


def times_of(table: Table) -> Sequence[str]:
    """Return the columns of a table's key whose values are periods or dates."""
    return [name for name in table.primary_key if str(table.columns[name].type) not in NOT_TIME]


def is_among(row: Row, where: Where) -> bool:
    """Say whether a row is one of those that ``where`` selects."""
    return all(str(row.values.get(name)) in values for name, values in where.items())


def chosen(table: Table, where: Where, place: Span, faults: Faults) -> Sequence[Row]:
    """Return the rows that ``where`` selects; () after noting an unknown column, or a value that no row has."""
    for name, values in where.items():
        if not has_column(table, name, place, faults):
            return ()
        present = {str(row.values[name]) for row in table.rows}
        for value in values:
            if value not in present and table.rows:
                message = f"no row of {table.name} has {value} in the column {name}"
                faults.error("no-rows", message, place, *known_names(value, present))
                return ()
    rows = [row for row in table.rows if is_among(row, where)]
    if not rows and table.rows:
        message = f"no row of {table.name} has all that the check asks for"
        faults.error("no-rows", message, place, "mend its where, or take the check out")
    return rows


def has_column(table: Table, name: str, place: Span, faults: Faults) -> bool:
    """Say whether a table has a column, and note the fault where it has not."""
    if name not in table.columns:
        hints = known_names(name, table.columns)
        faults.error("unknown-column", f"the table {table.name} has no column {name}", place, *hints)
    return name in table.columns


def measures_of(table: Table, column: str, place: Span, faults: Faults) -> tuple[str, ...]:
    """Return the measure of a name, or all where none is named; () after noting one that there is not."""
    measures = tuple(each.name for each in table.columns.values() if each.role == "measure")
    if column and column not in measures:
        message = f"the table {table.name} has no measure {column}"
        faults.error("unknown-column", message, place, *known_names(column, measures))
        return ()
    return (column,) if column else measures
