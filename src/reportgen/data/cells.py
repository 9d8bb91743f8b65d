"""Cells: from what stands in a file to an exact value of the column's type, or the fault and what to write instead."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from reportgen.base import limits
from reportgen.base.diagnostics import Fault
from reportgen.data.forms import ISO_DATE, PLAIN, iso_date, plain_number
from reportgen.data.package import Column, Value
from reportgen.data.period_spellings import NotAPeriod, parse_period
from reportgen.data.periods import Frequency, noun
from reportgen.data.raw_sheet import FailedFormula, Raw, TypedDate

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
LARGEST_POWER = limits.NUMBER_DIGITS
HIDDEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Characters that nobody sees and that turn or part what is seen: marks of direction (UAX #9), blanks of no width."""
_STRANGE = re.compile(f"[{''.join(sorted(HIDDEN))}\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Hidden characters and control characters, besides tabs and ends of lines."""
_SHOWN = 60
"""Characters of a cell that a message shows."""
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
    form = column.form
    if raw is None or raw in (missing if form.missing is None else form.missing):
        return None
    if type(raw) is FailedFormula:
        raise _failed(raw)
    if column.type in ("number", "integer"):
        return _number(raw, column)
    text = _plain(raw)
    if column.frequency is None:
        return text
    if column.type == "date":
        return _date(text, ISO_DATE if type(raw) is TypedDate else column.form.date)
    return _period(text, column.frequency, exact=column.type != "string")


def _failed(raw: FailedFormula) -> CellFault:
    if raw == "=":
        hint = "open the workbook in its program and save it"
        return CellFault("uncomputed-formula", "the formula has no computed value", hint)
    return CellFault(
        "failed-formula", f"the formula gives {raw}", "the workbook's formula failed; mend it there"
    )


def _number(raw: Raw, column: Column) -> Decimal:
    pattern = _NUMBER if column.type == "number" else _INTEGER
    text = raw if isinstance(raw, str) else _digits(raw)
    if column.form is not PLAIN and isinstance(raw, str):
        text = plain_number(text.strip() if not column.form.bare else text, column.form) or text
    if not pattern.match(text) and not _whole(raw, column.type):
        hints = _number_hints(text, pattern)
        raise CellFault("not-a-number", f"{_quoted(str(raw))} is not {_WHAT[column.type]}", *hints)
    if len(text) > 4 * LARGEST_POWER:
        raise _too_long(text)
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if value.adjusted() > LARGEST_POWER or not isinstance(exponent, int) or exponent < -LARGEST_POWER:
        raise _too_long(text)
    return value


def _too_long(text: str) -> CellFault:
    message = f"{_quoted(text)} has more than {LARGEST_POWER} digits on one side of the point"
    return CellFault("number-too-long", message, "is it a slip? round it to what is known")


def _digits(raw: Raw) -> str:
    """Return a typed file's number in digits, a whole one without a point."""
    if isinstance(raw, Decimal) and raw.is_finite() and raw == raw.to_integral_value():
        return format(raw, "f").partition(".")[0]
    return str(raw)


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _whole(raw: Raw, kind: str) -> bool:
    """Say whether a typed file's number will do: workbooks keep whole numbers as floats."""
    return (
        isinstance(raw, Decimal) and raw.is_finite() and (kind == "number" or raw == raw.to_integral_value())
    )


def _number_hints(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return what to write instead, where it can be told what was meant."""
    meant = _meant(text) if len(text) <= 4 * LARGEST_POWER else None
    if meant is not None:
        if pattern.match(meant):
            return (f"write {meant}",)
        if _NUMBER.match(meant):
            return ('write a whole number, or declare the field as "type": "number"',)
    if text.strip().casefold() in _NOTHING:
        return ("leave a missing value empty and give its obs_status as O",)
    example = "1234 or 12.5" if pattern is _NUMBER else "1234"
    return (f"write it in digits, as in {example}, or leave it empty and give its obs_status as O",)


def _meant(text: str) -> str | None:
    """Return the number that a text seems to mean, in digits; None where that cannot be told."""
    plain = unicodedata.normalize("NFKC", text).strip()
    bare = re.sub(r"(?<=\d)[,\s_'’](?=\d{3}(?!\d))", "", plain).replace("−", "-")
    factor = Decimal(1)
    if bare.endswith("%"):
        bare, factor = bare[:-1].strip(), Decimal("0.01")
    elif bare[-1:] in _MYRIADS:
        bare, factor = bare[:-1].strip(), _MYRIADS[bare[-1:]]
    if not _NUMBER.match(bare):
        return None
    number = Decimal(bare) * factor
    if number.adjusted() > LARGEST_POWER:
        return None
    whole = number == number.to_integral_value() and (factor != 1 or "." in bare or "e" in bare.lower())
    return format(number.to_integral_value() if whole else number, "f")


_NOTHING = frozenset(("n/a", "na", "-", "–", "—", "…", "...", "..", "nan", "null", "x"))


def _plain(raw: Raw) -> str:
    """Return a text as written; a workbook's whole number without its point."""
    if isinstance(raw, Decimal):
        return _digits(raw)
    text = str(raw)
    if not text.isprintable() and (strange := _STRANGE.search(text)):
        message = f"the cell holds the invisible character U+{ord(strange[0]):04X}"
        raise CellFault("invisible-character", message, "take it out")
    if text != text.strip():
        raise CellFault(
            "outer-space", f"{_quoted(text)} begins or ends with a space", f"write {text.strip()}"
        )
    return text


def _period(text: str, frequency: Frequency, *, exact: bool) -> str:
    """Return a period as it is kept; ``exact``: Table Schema's own types take no other spelling."""
    rule = "not-a-year" if frequency == "year" else "not-a-date" if frequency == "date" else "not-a-period"
    what = f"{_quoted(text)} is not a {noun(frequency)}"
    try:
        kept = str(parse_period(text, frequency))
    except NotAPeriod as fault:
        raise CellFault(rule, what, *(_year_hints(text) if frequency == "year" else fault.hints)) from None
    if exact and kept != text:
        raise CellFault(rule, what, f"write {kept}")
    return kept


def check_listed(value: Value, column: Column) -> None:
    """Check a period against those that the descriptor lists.

    Raises:
        CellFault: if it is none of them.
    """
    if column.listed and value is not None and value not in column.listed:
        message = f"{value} is not among the periods of {column.name}"
        hint = f"there are {', '.join(column.listed[:12])}; add it to periods in the descriptor"
        raise CellFault("unknown-value", message, hint)


def _year_hints(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text)
    found = re.match(r"([0-9]{4})(?:\.0+|-[0-9]{2}-[0-9]{2}(?: .*)?|[^\x00-\x7f])\Z", plain)
    return (f"write {found[1]}",) if found else ("write it with four digits: 2023",)


def _date(text: str, form: str) -> str:
    """Return a date as ISO 8601 writes it."""
    found = iso_date(text, form)
    if found is not None:
        return found
    raise CellFault("not-a-date", f"{_quoted(text)} is not a date", _date_hint(text, form))


def _date_hint(text: str, form: str) -> str:
    try:
        return f"write {parse_period(text, 'date').first_day.strftime(form)}"
    except NotAPeriod:
        return f"write it as {_EXAMPLE.strftime(form)}"


_EXAMPLE = dt.date(2023, 12, 31)
