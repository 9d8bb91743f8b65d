"""Where a table's cells stand: a cell may cover several columns, and reach down into the rows below its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportgen.edition.document import Table, TableCell


class Seat(NamedTuple):
    """A cell, the row that it stands in, and the columns that it covers, from ``left`` up to ``right``."""

    cell: TableCell
    row: int
    left: int
    right: int


def seats_of(block: Table) -> Iterator[tuple[list[Seat], list[Seat]]]:
    """Yield the cells of each row, and those of rows above that reach into it."""
    above: list[Seat] = []
    for number, row in enumerate(block.rows):
        covered = {column for seat in above for column in range(seat.left, seat.right)}
        here: list[Seat] = []
        left = 0
        for cell in row:
            while left in covered:
                left += 1
            here.append(Seat(cell, number, left, min(left + cell.column_span, len(block.columns))))
            left += cell.column_span
        here = [seat for seat in here if seat.left < seat.right]
        yield here, above
        above = [seat for seat in (*above, *here) if seat.row + seat.cell.row_span > number + 1]
