"""From a file's records to a sheet: where its header stands, whether it is the one declared, and where its rows end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reportgen.base.diagnostics import CellRef, Diagnostic, Faults, Result, Span, error
from reportgen.base.suggest import nearest
from reportgen.data.dialect import Dialect
from reportgen.data.raw_sheet import Raw, Record, Sheet
from reportgen.data.tally import Tally

_SEARCHED = 30
"""Rows among which a header is looked for that does not stand where it should."""
_SENTENCE = frozenset(" :*(\u3000\u3002\uff08\uff0c\uff1a\uff1b\u203b")
"""Characters that a note has and a code has not: spaces, colons, brackets, commas and stops of both writing systems."""
_DIGITS = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_NAMED = 12
"""Names that a message tells of many."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The columns that a file should have.

    Attributes:
        names: their names in their order.
        whose: what says so, for hints; "" where it cannot be changed.
        may_have_others: whether further columns are passed over (``fieldsMatch``: subset or partial).
        may_lack: whether columns may be missing (``fieldsMatch``: superset or partial).
    """

    names: tuple[str, ...]
    whose: str = ""
    may_have_others: bool = False
    may_lack: bool = False


def sheet_of(
    records: Iterable[Record], path: str, dialect: Dialect, expected: Expected, *, strict: bool = True
) -> Result[Sheet | None]:
    """Return the sheet in a file's records, which are not blank; None where its header is not the one expected.

    Args:
        strict: whether each row must be as wide as the header; workbooks leave out empty cells.
    """
    faults = Faults()
    kept = list(_kept(records, dialect))
    header, row, body = _header(kept, dialect, expected)
    body, width = _trimmed(header, body)
    header = header[:width]
    if not header:
        message = "the file has no header" if dialect.header_rows else "the file has no rows"
        return Result(None, (error("empty-file", message, Span(path), "begin it with a header row"),))
    wrong = check_header(header, row, path, expected, body)
    if wrong is not None:
        faults.add(wrong)
        if wrong.rule == "wrong-header":
            return faults.result(None)
    body = _without_notes(body, len(header), path, faults)
    rows, tally = [], Tally(path)
    for number, cells in body:
        if len(cells) == len(header):
            rows.append((number, cells))
        elif len(cells) < len(header) and not strict:
            rows.append((number, cells + (None,) * (len(header) - len(cells))))
        else:
            tally.add(_ragged(path, number, header, cells, dialect.delimiter if strict else ""))
    faults.add(*tally.all())
    return faults.result(Sheet(header, tuple(rows), path, is_whole=len(rows) == len(body)))


def _kept(records: Iterable[Record], dialect: Dialect) -> Iterable[Record]:
    """Return the records that are of the table."""
    if not dialect.comment_rows and dialect.comment_char is None and dialect.last_row is None:
        return records
    mark, last = dialect.comment_char, dialect.last_row
    return (
        (number, cells)
        for number, cells in records
        if number not in dialect.comment_rows
        and (last is None or number <= last)
        and not (mark and isinstance(cells[0], str) and cells[0].startswith(mark))
    )


def _header(
    records: list[Record], dialect: Dialect, expected: Expected
) -> tuple[tuple[str, ...], int, list[Record]]:
    """Return the header, the row where it ends, and the records below it.

    The header of one row is the first that is not blank, where no other is declared.
    """
    rows = dialect.header_rows
    if not rows:
        return expected.names, 0, records
    if rows == (1,):
        number, cells = records[0] if records else (1, ())
        return _words([cells], dialect), number, records[1:]
    heads = [cells for number, cells in records if number in rows]
    return _words(heads, dialect), rows[-1], [record for record in records if record[0] > rows[-1]]


def _words(heads: Sequence[tuple[Raw, ...]], dialect: Dialect) -> tuple[str, ...]:
    """Return the names of columns; those of several rows joined, each word once where it stands below itself."""
    columns = zip_longest(*heads)
    named = ([str(cell) for cell in column if cell not in (None, "")] for column in columns)
    return tuple(dialect.header_join.join(dict.fromkeys(words)) for words in named)


def _trimmed(header: tuple[str, ...], body: list[Record]) -> tuple[list[Record], int]:
    """Return the rows without empty cells beyond the header's last name, and how many columns there are."""
    width = max((index + 1 for index, name in enumerate(header) if name), default=0)
    if all(len(cells) == width for _, cells in body):
        return body, width
    used = max(
        (index + 1 for _, cells in body for index in range(width, len(cells)) if _is_filled(cells[index])),
        default=0,
    )
    if width < used <= len(header):
        width = used
    return [(number, _cut(cells, width)) for number, cells in body], width


def _cut(cells: tuple[Raw, ...], width: int) -> tuple[Raw, ...]:
    if len(cells) > width and not any(map(_is_filled, cells[width:])):
        return cells[:width]
    return cells


def _is_filled(cell: Raw) -> bool:
    return cell is not None and cell != ""


def check_header(
    header: tuple[str, ...], row: int, path: str, expected: Expected, body: Sequence[Record] = ()
) -> Diagnostic | None:
    """Return the one fault of a header; None if it is the one expected.

    With rule ``wrong-header`` nothing below it can be read; with others one column alone is at fault.
    """
    missing = [] if expected.may_lack else [name for name in expected.names if name not in header]
    others = [name for name in header if name and name not in expected.names]
    others = [] if expected.may_have_others else others
    blank = [index for index, name in enumerate(header) if not name]
    twice = (
        sorted({name for name in header if name and header.count(name) > 1})
        if len(set(header)) < len(header)
        else []
    )
    slips = max(len(missing), len(others)) + len(blank) + len(twice)
    if not slips:
        return None
    known = [name for name in header if name in expected.names]
    if slips > 1 or (not known and missing):
        return _wrong_header(header, row, path, expected, body, missing, others)
    if blank:
        message, hint = f"column {blank[0] + 1} has no name in the header", "name it or take it out"
        return error("unnamed-column", message, Span(path, row), hint)
    if twice:
        message = f"two columns have the name {twice[0]}"
        return error("repeated-name", message, CellRef(path, row, twice[0]), "give each its own")
    return _one_column(missing, others, row, path, expected)


def _one_column(missing: list[str], others: list[str], row: int, path: str, expected: Expected) -> Diagnostic:
    wanted, whose = f"the header is {_listed(expected.names)}", expected.whose or "the header"
    if not others:
        hint = f"add it, or take it out of {whose}" if expected.whose else wanted
        place = CellRef(path, row, missing[0])
        return error("missing-column", f"the column {missing[0]} is missing", place, hint)
    name, place = others[0], CellRef(path, row, others[0])
    if not missing:
        hint = f"declare it in {whose}, or take it out" if expected.whose else f"take it out; {wanted}"
        return error("unknown-column", f"the column {name} is not in {whose}", place, hint)
    message = f"the column {name} is not in {whose}, and {missing[0]} is missing"
    close = nearest(name, missing)
    hint = f"did you mean {close}?" if close else f"name it {missing[0]} if it is that, or declare it"
    return error("unknown-column", message, place, hint)


def _wrong_header(
    header: tuple[str, ...],
    row: int,
    path: str,
    expected: Expected,
    body: Sequence[Record],
    missing: list[str],
    others: list[str],
) -> Diagnostic:
    wanted, place = f"the header should be {_listed(expected.names)}", Span(path, row)
    fit = len(set(header) & set(expected.names))
    for number, cells in body[:_SEARCHED]:
        if len(set(map(str, cells)) & set(expected.names)) > fit:
            message = f"row {row} is not the header, which seems to stand in row {number}"
            hint = f'say "dialect": {{"headerRows": [{number}]}}, or take out the rows above it'
            return error("wrong-header", message, place, hint)
    if not fit and len(header) == len(expected.names) and any(_DIGITS.fullmatch(name) for name in header):
        hint = 'if the file has no header: "dialect": {"header": false}'
        return error("wrong-header", f"the header is {_listed(header)}", place, wanted, hint)
    pairs = [f"{close} for {name}" for name in others if (close := nearest(name, missing))]
    hints = (f"did you mean {', '.join(pairs[:_NAMED])}?", wanted) if pairs else (wanted,)
    return error("wrong-header", f"the header is {_listed(header)}", place, *hints)


def _listed(names: Sequence[str]) -> str:
    shown = ",".join(name[:40] for name in names[:_NAMED])
    return shown + (f",… ({len(names):,} columns)" if len(names) > _NAMED else "")


def _without_notes(body: list[Record], width: int, path: str, faults: Faults) -> list[Record]:
    """Return the rows without notes under the table: last ones whose first cell alone is filled, with words."""
    end = len(body)
    while end > 0 and width > 1 and _is_note(body[end - 1][1]):
        end -= 1
    if end == len(body) or end == 0:
        return body
    numbers = [number for number, _ in body[end:]]
    text = " ".join(str(body[end][1][0]).split())
    rows = (
        f"row {numbers[0]} looks like a note"
        if len(numbers) == 1
        else f"rows {numbers[0]} to {numbers[-1]} look like notes"
    )
    hint = f'say "dialect": {{"lastRow": {body[end - 1][0]}}}, or take it out'
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    faults.error("note-under-table", f"{rows}: {shown!r}", Span(path, numbers[0]), hint)
    return body[:end]


def _is_note(cells: tuple[Raw, ...]) -> bool:
    first = cells[0]
    if not isinstance(first, str) or any(map(_is_filled, cells[1:])):
        return False
    return len(first) > 40 or any(char in _SENTENCE for char in first)


def _ragged(
    path: str, number: int, header: tuple[str, ...], cells: tuple[Raw, ...], delimiter: str
) -> Diagnostic:
    hint = "leave a cell empty between its delimiters where it has no value"
    if len(cells) > len(header):
        hint = "take out what stands beside the table, or name its column in the header"
    if len(cells) > len(header) and delimiter:
        hint = f"put quotation marks around a cell that holds {delimiter!r}, or name the column in the header"
        pairs = zip(map(str, cells), map(str, cells[1:]), strict=False)
        split = next((f"{a},{b}" for a, b in pairs if _is_split(a, b)), None)
        if delimiter == "," and split is not None:
            hint = f"write {split.replace(',', '')}, not {split}"
    message = f"the row has {len(cells)} cells, its header {len(header)}"
    column = header[min(len(cells), len(header)) - 1]
    return error("ragged-row", message, CellRef(path, number, column), hint)


def _is_split(first: str, second: str) -> bool:
    """Say whether two cells seem to be one number that its commas have parted."""
    return (
        first.lstrip("-").isdecimal()
        and 0 < len(first.lstrip("-")) <= 3
        and len(second) == 3
        and second.isdecimal()
    )
