"""Cells: from what stands in a file to an exact value of the column's type, or the fault and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from reportgen.base.diagnostics import Fault
from reportgen.data.package import Column, Value
from reportgen.data.period_spellings import NotAPeriod, parse_period
from reportgen.data.periods import Frequency, noun
from reportgen.data.raw_sheet import Raw

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
LARGEST_POWER = 30
"""Numbers of more than this many digits before or after the point are slips of the key."""
HIDDEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Characters that nobody sees and that turn or part what is seen: marks of direction (UAX #9), blanks of no width."""
_MYRIADS = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_WHAT = {"number": "a number", "integer": "a whole number"}


class CellFault(Fault):
    """A cell that is not what its column holds; its hints say what to write."""

    def __init__(self, rule: str, message: str, *hints: str) -> None:
        super().__init__(message, *hints, rule=rule)


def parse_cell(raw: Raw, column: Column, missing: tuple[str, ...] = ("",)) -> Value:
    """Return a cell's value: Decimal for numbers, text for the rest, None where it is missing.

    A period becomes the text that it is kept as: ``2021-Q1`` is 2021Q1.

    Raises:
        CellFault: if it is not of the column's type.
    """
    if raw is None or raw in missing:
        return None
    if column.type in ("number", "integer"):
        return _number(raw, column.type)
    text = _plain(raw)
    frequency = column.frequency
    return text if frequency is None else _period(text, frequency, exact=column.type != "string")


def _number(raw: Raw, kind: str) -> Decimal:
    text = str(raw)
    if not (_NUMBER if kind == "number" else _INTEGER).match(text) and not _whole(raw, kind):
        raise CellFault("not-a-number", f"{text!r} is not {_WHAT[kind]}", *_number_hints(text))
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if value.adjusted() > LARGEST_POWER or not isinstance(exponent, int) or exponent < -LARGEST_POWER:
        message = f"{text!r} has more than {LARGEST_POWER} digits on one side of the point"
        raise CellFault("number-too-long", message, "is it a slip?")
    return value


def _whole(raw: Raw, kind: str) -> bool:
    """Say whether a typed file's number will do: workbooks keep whole numbers as floats."""
    return isinstance(raw, Decimal) and (kind == "number" or raw == raw.to_integral_value())


def _number_hints(text: str) -> tuple[str, ...]:
    """Return what to write instead, where it can be told what was meant."""
    plain = unicodedata.normalize("NFKC", text)
    if text.startswith("#") and text.isupper():
        return ("the workbook's formula failed; mend it there",)
    bare = re.sub(r"(?<=\d)[,\s_'’](?=\d{3}(?!\d))", "", plain.strip()).replace("−", "-")
    if _NUMBER.match(bare):
        return (f"write {bare}",)
    if bare.endswith("%") and _NUMBER.match(bare[:-1].strip()):
        return (f"write {Decimal(bare[:-1].strip()) / 100}",)
    if bare[-1:] in _MYRIADS and _NUMBER.match(bare[:-1].strip()):
        scaled = Decimal(bare[:-1].strip()) * _MYRIADS[bare[-1]]
        return (f"write {scaled.to_integral_value() if scaled == scaled.to_integral_value() else scaled}",)
    if text.strip().casefold() in ("n/a", "na", "-", "–", "—", "…", "...", "nan", "null"):
        return ("leave a missing value empty and give its obs_status as O",)
    return ("write it in digits, as in 1234 or 12.5, or leave it empty and give its obs_status as O",)


def _plain(raw: Raw) -> str:
    """Return a text as written; a workbook's whole number without its point."""
    if isinstance(raw, Decimal):
        return str(raw.to_integral_value()) if raw == raw.to_integral_value() else str(raw)
    text = str(raw)
    hidden = next((char for char in text if char in HIDDEN), None)
    if hidden is not None:
        message = f"the cell holds the invisible character U+{ord(hidden):04X}"
        raise CellFault("invisible-character", message, "take it out")
    if text != text.strip():
        raise CellFault("outer-space", f"{text!r} begins or ends with a space", f"write {text.strip()}")
    return text


_HINTS: Mapping[Frequency, str] = {
    "year": "write it with four digits: 2023",
    "date": "write it as 2023-12-31",
}


def _period(text: str, frequency: Frequency, *, exact: bool) -> str:
    """Return a period as it is kept; ``exact``: Table Schema's own types take no other spelling."""
    rule = "not-a-year" if frequency == "year" else "not-a-date" if frequency == "date" else "not-a-period"
    try:
        kept = str(parse_period(text, frequency))
    except NotAPeriod as fault:
        raise CellFault(rule, str(fault), _HINTS.get(frequency, fault.hints[0])) from None
    if exact and kept != text:
        raise CellFault(rule, f"{text!r} is not a {noun(frequency)}", f"write {kept}")
    return kept


def check_listed(value: Value, column: Column) -> None:
    """Check a period against those that the descriptor lists.

    Raises:
        CellFault: if it is none of them.
    """
    if column.listed and value is not None and value not in column.listed:
        message = f"{value} is not among the periods of {column.name}"
        hint = f"there are {', '.join(column.listed)}; add it to periods in the descriptor"
        raise CellFault("unknown-value", message, hint)
