"""How a table stands in its file: the words of CSV Dialect (Data Package 1) and Table Dialect (Data Package 2).

A word that changes what is read is kept or refused; https://datapackage.org/standard/table-dialect/ says what each
means. Frictionless nests some of them below ``csv`` and ``excel``; both forms are read. Our own words are
``lastRow`` and ``mergedCells``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults

_NESTED = ("csv", "excel")
_LINE_ENDS = ("\r\n", "\n", "\r")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table stands in its file.

    Attributes:
        encoding: the file's encoding.
        header_rows: the rows of the header, from 1; () where there is none and the fields stand in their order.
        header_join: what stands between the words of a header of several rows.
        comment_rows: rows that are no data.
        comment_char: what a row begins with that is no data.
        last_row: the last row of the table; None for that of the file.
        sheet: the name of a workbook's sheet, or its number from 1; None for the first.
        fills_merged: whether each of some merged cells has their value, and not the first alone.
        null_sequence: the text that stands for no value.
    """

    delimiter: str = ","
    quote_char: str = '"'
    double_quote: bool = True
    escape_char: str | None = None
    skips_initial_space: bool = False
    null_sequence: str | None = None
    encoding: str = "utf-8"
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    comment_rows: frozenset[int] = frozenset()
    comment_char: str | None = None
    last_row: int | None = None
    sheet: str | int | None = None
    fills_merged: bool = False


PLAIN = Dialect()


def _character(none: bool = False) -> s.Reader[str]:
    """Return a reader of one character, or of none at all."""
    what, pattern = "one character", re.compile(r"[^\r\n\0]\Z" if not none else r"[^\r\n\0]?\Z")
    return s.fitting(lambda value: isinstance(value, str) and bool(pattern.match(value)), what, 'as in ";"')


def _refused(hint: str, *allowed: Any) -> s.Reader[Any]:
    """Return a reader that refuses a word of the standards that is not kept, unless its value changes nothing."""

    def reader(setting: s.Setting, faults: Faults) -> Any:
        if setting.plain() not in allowed:
            message = f"{setting.title} is {setting.plain()!r}, which reportgen does not read"
            faults.error("unread-word", message, setting.place, hint)

    return reader


def _line_end(setting: s.Setting, faults: Faults) -> None:
    if setting.value not in _LINE_ENDS:
        hint = 'end lines with "\\n" or "\\r\\n"; both are read without saying so'
        s.refuse(setting, faults, "an end of a line", hint)


def _rows(least: int) -> s.Reader[tuple[int, ...]]:
    return s.listed(s.whole(least, 1_048_576), "write it as in [1, 2]; the first row is 1")


def _sheet(setting: s.Setting, faults: Faults) -> str | int | None:
    if isinstance(setting.value, str):
        return setting.value or None
    return s.whole(1)(setting, faults)


_JSON = "save the table as CSV: tables in JSON are not read"
_TEXT = s.fitting(lambda value: isinstance(value, str), "words in quotes")
READERS: Mapping[str, s.Reader[Any]] = {
    "delimiter": _character(none=True),
    "lineTerminator": _line_end,
    "quoteChar": _character(none=True),
    "doubleQuote": s.switch(),
    "escapeChar": _character(),
    "skipInitialSpace": s.switch(),
    "nullSequence": _TEXT,
    "header": s.switch(),
    "headerRows": _rows(1),
    "headerJoin": _TEXT,
    "headerCase": _refused("write the header as the fields are named", True),
    "caseSensitiveHeader": _refused("leave it out: names are read as they are written", True, False),
    "commentRows": _rows(1),
    "commentChar": _character(),
    "skipBlankRows": s.switch(),
    "sheet": _sheet,
    "sheetName": s.word(blank=False),
    "sheetNumber": s.whole(1),
    "lastRow": s.whole(1, 1_048_576),
    "mergedCells": s.one_of("fill", "refuse"),
    "property": _refused(_JSON),
    "itemType": _refused(_JSON),
    "itemKeys": _refused(_JSON),
    "table": _refused('query a database by "reportgen": {"sql": …} (docs/data.md)'),
    "json": _refused(_JSON),
}
"""Every word of a dialect that is known, and how it is read."""
_HARMLESS = ("title", "description", "name", "type", "$schema", "csvddfVersion")
WORDS = (*READERS, *_NESTED, *_HARMLESS)
_READER = s.keyed({**READERS, **dict.fromkeys(_HARMLESS, s.lenient(lambda _: None))}, others=True)


def read_dialect(setting: s.Setting, faults: Faults, *, delimiter: str = ",") -> Dialect:
    """Return the dialect that a resource declares; ``delimiter`` is that of its format.

    A dialect in a file of its own is refused: the descriptor alone says how the data are read.
    """
    start = Dialect(delimiter=delimiter)
    if not setting.is_written:
        return start
    if isinstance(setting.value, str):
        message = f"{setting.title} is kept in {setting.value}, a file of its own"
        faults.error("unread-word", message, setting.place, "write the dialect itself here: {…}")
        return start
    flat = _flat(setting, faults)
    read = _READER(flat, faults) or {}
    return _dialect(start, read, flat, faults)


def _flat(setting: s.Setting, faults: Faults) -> s.Setting:
    """Return a dialect with what Frictionless nests below ``csv`` and ``excel`` beside the rest."""
    members = dict(setting.members)
    for name in _NESTED:
        nested = members.pop(name, None)
        if nested is not None and s.is_table(nested, faults):
            members = {**members, **nested.members}
    return replace(setting, value=members) if setting.members else setting


def _dialect(start: Dialect, read: Mapping[str, Any], setting: s.Setting, faults: Faults) -> Dialect:
    rows = read.get("headerRows", (1,)) if read.get("header", True) else ()
    if list(rows) != sorted(set(rows)):
        s.refuse(setting.at("headerRows"), faults, "rows in their order, each once")
        rows = (1,)
    quote, escape = read.get("quoteChar", start.quote_char), read.get("escapeChar")
    delimiter = read.get("delimiter") or start.delimiter
    if delimiter in (quote, escape):
        s.refuse(setting.at("delimiter"), faults, "another character than quoteChar and escapeChar")
        delimiter = start.delimiter
    return replace(
        start,
        delimiter=delimiter,
        quote_char=quote,
        # Without an escape character a doubled quotation mark is the only way to write one.
        double_quote=read.get("doubleQuote", True) or escape is None,
        escape_char=escape,
        skips_initial_space=read.get("skipInitialSpace", False),
        null_sequence=read.get("nullSequence"),
        header_rows=tuple(rows),
        header_join=read.get("headerJoin", " "),
        comment_rows=frozenset(read.get("commentRows", ())),
        comment_char=read.get("commentChar"),
        last_row=read.get("lastRow"),
        sheet=read.get("sheetName") or read.get("sheetNumber") or read.get("sheet"),
        fills_merged=read.get("mergedCells") == "fill",
    )
