"""A sheet: a table's header and cells as they stand in its file, before anything is made of them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Raw: TypeAlias = str | Decimal | None
"""A cell as read: text from a CSV; text, a number or nothing from a workbook or a Parquet file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header and the rows of a file, each row with its number there (the header is row 1)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Raw, ...]], ...]


def raw_of(value: object) -> Raw:
    """Return a value of a typed file as a raw cell.

    A float becomes the shortest decimal that reads back as it, which is what its program shows.
    """
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return Decimal(value)
        case float():
            return Decimal(int(value)) if value.is_integer() else _decimal(value)
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def _decimal(value: float) -> Raw:
    return Decimal(repr(value)) if math.isfinite(value) else str(value)
