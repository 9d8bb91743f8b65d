"""How what is not plausible is told: the cell, both values, and the two ways to go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportgen.base.diagnostics import Diagnostic, Severity
from reportgen.data.package import Row, Table


class Cell(NamedTuple):
    """A number of a table; as text, what it is and how it became so."""

    table: Table
    row: Row
    column: str
    value: Decimal

    def sources(self) -> Iterator[tuple[str, int, str]]:
        """Yield the cells of files that it rests on."""
        for row, column in self.row.sources(self.column):
            yield row.file, row.number, column

    def __str__(self) -> str:
        changes = self.row.corrections.get(self.column, ())
        after = f", as corrected in {changes[-1].ref.file}, row {changes[-1].ref.row}," if changes else ""
        return f"{self.value:f}{after}"


class Finding(NamedTuple):
    """A diagnostic and the cells that it tells of."""

    cells: tuple[Cell, ...]
    diagnostic: Diagnostic


def named(cell: Cell) -> str:
    """Return what names a cell's row: the values of its table's key."""
    return ", ".join(str(cell.row.values[name]) for name in cell.table.primary_key)


def beside(cell: Cell) -> str:
    """Return a cell that another is compared with."""
    return f"{cell.value:f} of {named(cell)} ({cell.row.ref(cell.column)})"


def finding(message: str, cell: Cell, severity: str, reason: str = "", *, rule: str) -> Finding:
    """Return what is said of one cell."""
    said = message + (f": {reason}" if reason else "")
    key = {name: str(cell.row.values[name]) for name in cell.table.primary_key}
    measures = [each for each in cell.table.columns.values() if each.role == "measure"]
    column = {"column": cell.column} if len(measures) > 1 else {}
    entry = json.dumps({"where": key, **column, "reason": "…"}, ensure_ascii=False)
    hints = (
        "if it is a slip, mend the cell, or correct it in data/corrections.csv",
        f'if it is right, add {entry} to the list "plausible" under "reportgen" of the table {cell.table.name}',
    )
    place = cell.row.ref(cell.column)
    return Finding((cell,), Diagnostic(Severity(severity), rule, said, place, hints))
