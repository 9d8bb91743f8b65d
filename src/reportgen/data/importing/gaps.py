"""Empty cells among numbers: a combination of labels that exists, of which the sheet gives no value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.data.importing.block import Block


def find_gaps(block: Block, rows: Sequence[int], columns: Sequence[int]) -> frozenset[tuple[int, int]]:
    """Return the empty cells that have a value on both sides in their row, or above and below in their column.

    Those at the edge of what is filled are none: a series that begins later has no values before.
    """
    lines = [[(r, c) for c in columns] for r in rows] + [[(r, c) for r in rows] for c in columns]
    return frozenset(gap for line in lines for gap in _within(block, line))


def _within(block: Block, line: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    filled = [k for k, (row, column) in enumerate(line) if block.figures[row][column].sort != "empty"]
    inside = line[filled[0] : filled[-1]] if filled else ()
    return ((row, column) for row, column in inside if block.figures[row][column].sort == "empty")
