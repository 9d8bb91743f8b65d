"""Tables of observations, and their one way to be written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Cell:
    """An observation: its value, its status (SDMX ``CL_OBS_STATUS``) and what it rests on."""

    value: int
    status: str
    basis: str


Key: TypeAlias = tuple[str | int, ...]
Row: TypeAlias = tuple[Key, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A tidy table: its dimensions, and one observation a row."""

    dimensions: tuple[str, ...]
    rows: tuple[Row, ...]


def normal(value: int, basis: str) -> Cell:
    """Return an observation that was published."""
    return Cell(value, "A", basis)


def estimated(value: int, basis: str) -> Cell:
    """Return an observation that was reconstructed."""
    return Cell(value, "E", basis)


def table_text(table: Table) -> str:
    """Return a table of observations as CSV."""
    lines = [(*key, cell.value, cell.status, cell.basis) for key, cell in table.rows]
    return csv_text((*table.dimensions, "value", "obs_status", "basis"), lines)


def csv_text(header: tuple[str, ...], lines: Sequence[tuple[str | int | Decimal, ...]]) -> str:
    """Return lines as canonical CSV: commas, quotes where needed, LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()
