"""What no value of TOML or JSON may be, whatever it is read for: too long, not a number, half of a character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.base.limits import KEYS, NUMBER_DIGITS, TEXT_CHARACTERS
from reportgen.base.places import KeyPath, PlacedFile

_SURROGATE = re.compile("[\ud800-\udfff]")

_SHOWN = 200
"""How much of a long name is shown."""

_Wrong: TypeAlias = tuple[str, str, str]
"""A rule, what is wrong, and what to do."""


def checked(file: PlacedFile) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the keys and values of a file, each at its place; too many of them are one fault."""
    values = list(islice(_values(file.tables, ()), KEYS + 1))
    if len(values) > KEYS:
        message, hint = f"the file has more than {KEYS:,} keys and items", "put what are data into a table"
        return (error("file-too-large", message, Span(file.name), hint),)
    is_json = file.name.endswith(".json")
    found = ((path, _wrong(path[-1], value, is_json=is_json)) for path, value in values)
    return tuple(
        error(rule, f"{_shown('.'.join(path))} {what}", file.span(*path), hint)
        for path, wrong in found
        if wrong is not None
        for rule, what, hint in (wrong,)
    )


def long_number(path: str, place: Span | None = None) -> Diagnostic:
    """Return the fault of a number that is too long to be read at all."""
    rule, what, hint = _TOO_LONG
    return error(rule, f"a number {what}", place or Span(path), hint)


_TOO_LONG: _Wrong = (
    "number-too-long",
    f"has more than {NUMBER_DIGITS} digits on one side of its point",
    "is it a slip? write it shorter",
)
_HALF: _Wrong = (
    "half-character",
    "holds half of a character (a lone surrogate), which cannot be written",
    "write the character itself, without \\u",
)
_LONG_TEXT: _Wrong = ("text-too-long", f"has more than {TEXT_CHARACTERS:,} characters", "shorten it")
_NO_NUMBER: _Wrong = (
    "not-json",
    "is not a number: JSON has no NaN and no infinity (RFC 8259)",
    "write a number, or take it out",
)


def _values(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    items = (
        value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, item in items:
        yield (*path, str(key)), item
        yield from _values(item, (*path, str(key)))


def _wrong(key: str, value: Any, *, is_json: bool) -> _Wrong | None:
    if _SURROGATE.search(key) or (isinstance(value, str) and _SURROGATE.search(value)):
        return _HALF
    if len(key) > TEXT_CHARACTERS or (isinstance(value, str) and len(value) > TEXT_CHARACTERS):
        return _LONG_TEXT
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        return _NO_NUMBER if is_json else None  # whoever reads a number of TOML refuses it
    too_fine = isinstance(value, Decimal) and exponent < -NUMBER_DIGITS
    return _TOO_LONG if too_fine or number.adjusted() >= NUMBER_DIGITS else None


def _shown(name: str) -> str:
    return _SURROGATE.sub("\ufffd", name if len(name) <= _SHOWN else name[:_SHOWN] + "…")
