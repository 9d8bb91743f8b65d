"""A sheet: a table's header and cells as they stand in its file, before anything is made of them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TypeAlias

Raw: TypeAlias = str | Decimal | None
"""A cell as read: text from a CSV; text, a number or nothing from a workbook or a Parquet file."""
Record: TypeAlias = tuple[int, tuple[Raw, ...]]
"""A row of a file with its number there, from 1."""

_SHOWN, _CLEAN = Context(prec=15), Context(prec=12)


class FailedFormula(str):
    """The error that a formula of a workbook gave, as in ``#DIV/0!``; ``=`` where it has not been computed."""

    __slots__ = ()


class TypedDate(str):
    """A date as its program keeps it, in ISO 8601: no form of dates applies to it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header and the rows of a file, each row with its number there (the header is row 1).

    Attributes:
        file: the file's path, or "" for that of the table.
        is_whole: whether no row of the file is left out for its fault.
        percent: the columns whose numbers a workbook shows as percentages, each with the first row that does.
    """

    header: tuple[str, ...]
    rows: tuple[Record, ...]
    file: str = ""
    is_whole: bool = True
    percent: tuple[tuple[str, int], ...] = ()


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
            return TypedDate(value.date().isoformat() if value.time() == dt.time() else value.isoformat(" "))
        case dt.date():
            return TypedDate(value.isoformat())
        case _:
            return str(value)


def _decimal(value: float) -> Raw:
    return Decimal(repr(value)) if math.isfinite(value) else str(value)


def without_noise(value: float) -> Decimal:
    """Return a number of a workbook without what binary arithmetic has left at its end.

    Excel computes with 15 significant digits. What stands behind a gap of zeros or nines there (151000.00000001,
    0.30000000000000004) is noise: it is dropped where that changes less than 1e-12 of the value and
    makes it five digits shorter or more.
    """
    number = _SHOWN.create_decimal(repr(value)).normalize(_SHOWN)
    clean = _CLEAN.plus(number).normalize(_CLEAN)
    shorter = len(number.as_tuple().digits) - len(clean.as_tuple().digits)
    found = clean if shorter >= 5 and abs(number - clean) <= abs(number) * Decimal("1e-12") else number
    return (
        found.quantize(Decimal(1)) if found == found.to_integral_value() and found.adjusted() < 25 else found
    )
