"""CSV files, read strictly (RFC 4180): each record as wide as the header, each quotation mark closed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from reportgen.base.diagnostics import CellRef, Diagnostic, Faults, Result, Span, error
from reportgen.base.world import World
from reportgen.data.raw_sheet import Sheet

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def read_csv(world: World, path: str, delimiter: str = ",") -> Result[Sheet | None]:
    """Return a CSV file's sheet; None where nothing of it can be read.

    The text is UTF-8, with or without a byte order mark. A record whose width differs from the header's is reported
    and left out.
    """
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return Result(None, (text,))
    faults = Faults()
    records = list(_records(text, path, delimiter, faults))
    if not records:
        if not faults.found:
            faults.error("empty-file", "the file is empty", Span(path), "begin it with a header row")
        return faults.result(None)
    (_, header), *rows = records
    if len(header) == 1 and (fault := _other_delimiter(header[0], path, delimiter)):
        faults.add(fault)
        return faults.result(None)
    whole = []
    for number, cells in rows:
        if len(cells) == len(header):
            whole.append((number, tuple(cells)))
        else:
            faults.add(_ragged(path, number, header, cells))
    return faults.result(Sheet(tuple(header), tuple(whole)))


def _records(text: str, path: str, delimiter: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank with their numbers, noting where a record cannot be read."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    number, line = 0, 1
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            faults.add(_broken(problem, path, number, line))
            return
        line = reader.line_num + 1
        if any(record):
            yield number, record


def _broken(problem: csv.Error, path: str, number: int, line: int) -> Diagnostic:
    reason, place = str(problem), Span(path, line)
    inside = 'write a quotation mark inside a cell as ""'
    if "unexpected end" in reason:
        message = f"a quotation mark in row {number} is never closed"
        return error("open-quotation", message, place, f'close it with ", and {inside}')
    if "expected after" in reason:
        message = f"row {number} has characters after a closing quotation mark"
        return error("broken-quotation", message, place, inside)
    return error("broken-row", f"row {number} cannot be read: {reason}", place, "save the table as CSV anew")


def _ragged(path: str, number: int, header: list[str], cells: list[str]) -> Diagnostic:
    if len(cells) > len(header):
        hint = 'put quotation marks around a cell that holds a comma, and write 1234, not "1,234"'
    else:
        hint = "leave a cell empty between its commas where it has no value"
    message = f"the row has {len(cells)} cells, its header {len(header)}"
    column = header[min(len(cells), len(header)) - 1]
    return error("ragged-row", message, CellRef(path, number, column), hint)


def _other_delimiter(header: str, path: str, delimiter: str) -> Diagnostic | None:
    for other, name in _DELIMITERS.items():
        if other != delimiter and other in header:
            meant = _DELIMITERS.get(delimiter, delimiter)
            hint = f'save it with {meant}, or say "dialect": {{"delimiter": …}}'
            message = f"the cells seem to be separated by {name}"
            return error("wrong-delimiter", message, Span(path, 1), hint)
    return None
