"""CSV files, read strictly (RFC 4180): each record as wide as the header, each quotation mark closed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from reportgen.base.diagnostics import CellRef, Diagnostic, Result, Span, error
from reportgen.base.world import World
from reportgen.data.sheet import Sheet

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def read_csv(world: World, path: str, delimiter: str = ",") -> Result[Sheet | None]:
    """Return a CSV file's sheet; None where nothing of it can be read.

    The text is UTF-8, with or without a byte order mark. A record whose width differs from the header's is reported
    and left out.
    """
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return Result(None, (text,))
    faults: list[Diagnostic] = []
    records = list(_records(text, path, delimiter, faults))
    if not records:
        empty = error("file-empty", "the file is empty", Span(path), "begin it with a header row")
        return Result(None, tuple(faults) or (empty,))
    (_, header), *rows = records
    if len(header) == 1 and (fault := _other_delimiter(header[0], path, delimiter)):
        return Result(None, (*faults, fault))
    whole = []
    for number, cells in rows:
        if len(cells) == len(header):
            whole.append((number, tuple(cells)))
        else:
            faults.append(_ragged(path, number, header, cells))
    return Result(Sheet(tuple(header), tuple(whole)), tuple(faults))


def _records(
    text: str, path: str, delimiter: str, faults: list[Diagnostic]
) -> Iterator[tuple[int, list[str]]]:
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
            faults.append(_broken(problem, path, number, line))
            return
        line = reader.line_num + 1
        if any(record):
            yield number, record


def _broken(problem: csv.Error, path: str, number: int, line: int) -> Diagnostic:
    reason = str(problem)
    if "unexpected end" in reason:
        message = f"a quotation mark in row {number} is never closed"
        return error(
            "quotation-mark-row-never-closed",
            message,
            Span(path, line),
            'close it with ", and write a quotation mark inside a cell as ""',
        )
    if "expected after" in reason:
        message = f"row {number} has characters after a closing quotation mark"
        return error(
            "quotation-mark-row-never-closed",
            message,
            Span(path, line),
            'write a quotation mark inside a cell as ""',
        )
    return error(
        "row-cannot-read",
        f"row {number} cannot be read: {reason}",
        Span(path, line),
        "save the table as CSV anew",
    )


def _ragged(path: str, number: int, header: list[str], cells: list[str]) -> Diagnostic:
    hints = []
    if len(cells) > len(header):
        hints.append('put quotation marks around a cell that holds a comma, and write 1234, not "1,234"')
    else:
        hints.append("leave a cell empty between its commas where it has no value")
    column = header[min(len(cells), len(header)) - 1]
    return error(
        "row-cells-header",
        f"the row has {len(cells)} cells, its header {len(header)}",
        CellRef(path, number, column),
        *hints,
    )


def _other_delimiter(header: str, path: str, delimiter: str) -> Diagnostic | None:
    for other, name in _DELIMITERS.items():
        if other != delimiter and other in header:
            hint = (
                f'save it with {_DELIMITERS.get(delimiter, delimiter)}, or say "dialect": {{"delimiter": …}}'
            )
            return error(
                "cells-seem-separated", f"the cells seem to be separated by {name}", Span(path, 1), hint
            )
    return None
