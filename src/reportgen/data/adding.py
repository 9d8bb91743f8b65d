"""Whether values of a table may be added up: never shares, rates and indices, and stocks only within a period."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.base.diagnostics import Fault
from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.data.units import Unit


class SumFault(Fault):
    """Values that do not add up; its message names their column and unit, its hints what to do."""


def check_sum(package: DataPackage, table: Table, column: Column, rows: Sequence[Row]) -> None:
    """Refuse a sum of values that do not add up; a single value is no sum.

    Raises:
        SumFault: ``mixed-units`` for values in several units; ``sum-of-rates`` for shares, rates, differences of them
            and indices; ``sum-of-stocks`` for stocks of several periods.
    """
    if len(rows) < 2:
        return
    units = {package.unit_of(table, column, row) for row in rows}
    if len(units) > 1:
        held = ", ".join(sorted(unit.code or "none" for unit in units))
        message = f"the values have different units: {held}"
        raise SumFault(message, "choose rows of one unit by where", rule="mixed-units")
    for unit in units:
        if not unit.adds_up:
            message = f"the values of {table.name}.{column.name} are in {called(unit)}, which are not added"
            raise SumFault(message, _INSTEAD_OF_RATES, rule="sum-of-rates")
    if any(is_stock(column, unit) for unit in units):
        for name in periods_of(table):
            found = sorted({str(row.values.get(name)) for row in rows})
            if len(found) > 1:
                message = (
                    f"the values of {table.name}.{column.name}{_in_units(units)} are stocks, "
                    f"which are not added over {name} {found[0]} to {found[-1]}"
                )
                hint = f'choose one {name}, as in where = {{ {name} = "{found[-1]}" }}'
                raise SumFault(message, hint, "or use last, or change", rule="sum-of-stocks")


_INSTEAD_OF_RATES = (
    "choose one value by where; the mean or the sum of parts is a formula of facts of your own"
)


def is_stock(column: Column, unit: Unit) -> bool:
    """Say whether values are stocks: their column says so, or else their unit."""
    return (column.nature or unit.nature) == "stock"


def periods_of(table: Table) -> tuple[str, ...]:
    """Return the names of a table's dimensions that hold periods."""
    return tuple(c.name for c in table.columns.values() if c.role == "dimension" and c.frequency)


def called(unit: Unit) -> str:
    """Return a unit's code and what it measures, for a message."""
    dimension = (unit.dimension or "").replace("_", " ")
    return unit.code if dimension in ("", unit.code) else f"{unit.code} ({dimension})"


def _in_units(units: set[Unit]) -> str:
    codes = sorted(unit.code for unit in units if unit.code)
    return f" (in {', '.join(codes)})" if codes else ""
