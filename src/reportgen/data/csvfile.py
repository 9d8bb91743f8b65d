"""CSV files, read strictly (RFC 4180) by their dialect: records as wide as the header, quotation marks closed."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator

from reportgen.base import limits
from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.world import World
from reportgen.data.dialect import PLAIN, Dialect
from reportgen.data.encodings import check_encoding, open_text
from reportgen.data.raw_sheet import Record, Sheet
from reportgen.data.sheets import Expected, sheet_of

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}
_LIMITS = ("too-large", "too-many-columns", "line-too-long", "cell-too-long")
"""Faults after which the rest of a file is not read."""
_KEPT = 50_000
"""Different texts of a file that are remembered while it is read."""


class _TooLong(Exception):
    """A line that is longer than any table needs."""


def read_csv(
    world: World, path: str, expected: Expected, dialect: Dialect = PLAIN, *, declared: bool = True
) -> Result[Sheet | None]:
    """Return a CSV file's sheet; None where nothing of it can be read.

    A record whose width differs from the header's is reported and left out.

    Args:
        expected: the columns that its header should have.
        declared: whether the descriptor declares the file, and so could declare its encoding.
    """
    data = world.load_bytes(path)
    if isinstance(data, Diagnostic):
        return Result(None, (data,))
    if len(data) > limits.FILE_BYTES:
        message = f"the file has {len(data):,} bytes, more than {limits.FILE_BYTES:,}"
        return Result(
            None, (error("too-large", message, Span(path), "leave out what the report does not use"),)
        )
    if wrong := check_encoding(data, path, dialect.encoding, declared=declared):
        return Result(None, (wrong,))
    faults = Faults()
    others = csv.field_size_limit(limits.CELL_CHARACTERS)  # one for the whole process, which libraries change
    try:
        records = list(_records(data, path, dialect, faults))
    finally:
        csv.field_size_limit(others)
    if faults.refused and (len(records) < 2 or faults.found[-1].rule in _LIMITS):
        return faults.result(None)
    if not records:
        faults.error("empty-file", "the file is empty", Span(path), "begin it with a header row")
        return faults.result(None)
    if fault := _other_delimiter(records, path, dialect, expected):
        return Result(None, (fault,))
    return faults.result(faults.take(sheet_of(records, path, dialect, expected)))


def _records(data: bytes, path: str, dialect: Dialect, faults: Faults) -> Iterator[Record]:
    """Yield the records that are not blank with their numbers, noting where a record cannot be read."""
    quote = dialect.quote_char
    reader = csv.reader(
        _lines(data, dialect.encoding),
        delimiter=dialect.delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        doublequote=dialect.double_quote,
        escapechar=dialect.escape_char,
        skipinitialspace=dialect.skips_initial_space,
        strict=True,
    )
    line, cells = 1, 0
    known: dict[str, str] = {}
    for number in itertools.count(1):
        try:
            record = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong) as problem:
            faults.add(_broken(problem, path, number, line, reader.line_num, quote))
            return
        line = reader.line_num + 1
        cells += len(record)
        if len(record) > limits.TABLE_COLUMNS or number > limits.TABLE_ROWS + 1 or cells > limits.TABLE_CELLS:
            faults.add(_too_large(record, path, number))
            return
        if any(record):
            yield number, tuple(map(known.setdefault, record, record))  # each text once in memory
        if len(known) > _KEPT:
            known.clear()


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """Yield a text's lines.

    Raises:
        _TooLong: at a line of more than :data:`limits.LINE_CHARACTERS`.
    """
    most = limits.LINE_CHARACTERS
    text = open_text(data, encoding)
    for line in iter(lambda: text.readline(most + 1), ""):
        if len(line) > most:
            raise _TooLong
        yield line


def _too_large(record: list[str], path: str, number: int) -> Diagnostic:
    if len(record) > limits.TABLE_COLUMNS:
        message = (
            f"row {number} has {len(record):,} cells; a table has at most {limits.TABLE_COLUMNS:,} columns"
        )
        hint = "keep one observation a row; is the delimiter right?"
        return error("too-many-columns", message, Span(path, number), hint)
    message = f"the table has more than {limits.TABLE_ROWS:,} rows or {limits.TABLE_CELLS:,} cells"
    return error("too-large", message, Span(path), "leave out what the report does not use, or sum it up")


def _broken(problem: Exception, path: str, number: int, line: int, last: int, quote: str) -> Diagnostic:
    reason, place = str(problem), Span(path, line)
    inside = f"write a quotation mark inside a cell as {quote}{quote}"
    if isinstance(problem, _TooLong):
        message = f"line {last + 1} has more than {limits.LINE_CHARACTERS:,} characters"
        return error(
            "line-too-long", message, Span(path, last + 1), "end each row of the table with its own line"
        )
    if "unexpected end" in reason or ("field larger" in reason and last > line):
        message = f"a quotation mark in row {number} is never closed"
        return error("open-quotation", message, place, f"close it with {quote}, and {inside}")
    if "expected after" in reason:
        message = f"row {number} has characters after a closing quotation mark"
        return error("broken-quotation", message, place, inside)
    if "field larger" in reason:
        message = f"row {number} has a cell of more than {limits.CELL_CHARACTERS:,} characters"
        return error("cell-too-long", message, place, "shorten it; is the delimiter right?")
    return error("broken-row", f"row {number} cannot be read: {reason}", place, "save the table as CSV anew")


def _other_delimiter(
    records: list[Record], path: str, dialect: Dialect, expected: Expected
) -> Diagnostic | None:
    """Return the fault of a table whose cells are separated by another character than its dialect says."""
    for number, cells in records[:30]:
        header = str(cells[0])
        if len(cells) > 1 or header in expected.names:
            continue
        for other, name in _DELIMITERS.items():
            parts = [part.strip(' "') for part in header.split(other)]
            if other == dialect.delimiter or len(parts) == 1 or not set(parts) & set(expected.names):
                continue
            meant = _DELIMITERS.get(dialect.delimiter, dialect.delimiter)
            shown = "\\t" if other == "\t" else other
            hint = f'save it with {meant}, or say "dialect": {{"delimiter": "{shown}"}}'
            return error(
                "wrong-delimiter", f"the cells seem to be separated by {name}", Span(path, number), hint
            )
    return None
