"""Excel workbooks, read by openpyxl, which is imported only when there is one."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportgen.base import limits
from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.suggest import did_you_mean
from reportgen.base.world import World
from reportgen.data.archive import archive_fault, workbook_kind
from reportgen.data.dialect import PLAIN, Dialect
from reportgen.data.raw_sheet import FailedFormula, Raw, Record, Sheet, raw_of, without_noise
from reportgen.data.sheets import Expected, sheet_of

_PERCENT = re.compile(r'%(?=(?:[^"]*"[^"]*")*[^"]*\Z)')
"""A per cent sign of a number format, outside of quoted text."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')


def read_excel(world: World, path: str, expected: Expected, dialect: Dialect = PLAIN) -> Result[Sheet | None]:
    """Return a sheet of a workbook; a formula gives the value that its program last computed.

    Numbers come as Excel shows them, without binary noise; a percentage is a share of one. Hidden rows and columns
    are read like others.
    """
    data = world.load_bytes(path)
    if isinstance(data, Diagnostic):
        return Result(None, (data,))
    if (kind := workbook_kind(data)) is not None:
        return _nothing("not-a-workbook", f"the file is {kind[0]}", path, kind[1])
    if fault := archive_fault(data, path):
        return Result(None, (fault,))
    book = _open_workbook(data, computed=True)
    if book is None:
        return _nothing(
            "not-a-workbook", "the file is not a workbook", path, "save it as .xlsx, without a password"
        )
    found = _chosen(book, path, dialect)
    if isinstance(found, Diagnostic):
        return Result(None, (found,))
    return _read_sheet(data, found, path, expected, dialect)


def _nothing(rule: str, message: str, path: str, *hints: str) -> Result[None]:
    return Result(None, (error(rule, message, Span(path), *hints),))


def _chosen(book: Any, path: str, dialect: Dialect) -> Any:
    """Return the sheet that a dialect names, or the first; the fault where there is none."""
    names = [sheet.title for sheet in book.worksheets]
    asked = dialect.sheet
    if not names:
        hint = "put the table on a sheet of cells"
        return error("unknown-sheet", "the workbook has no sheet of cells", Span(path), hint)
    if isinstance(asked, int) and asked > len(names):
        message = f"the workbook has {len(names)} sheets, no sheet {asked}"
        return error("unknown-sheet", message, Span(path), f"there are {', '.join(names)}")
    if isinstance(asked, str) and asked not in names:
        hints = did_you_mean(asked, names) or (f"there are {', '.join(names[:12])}",)
        return error("unknown-sheet", f"the workbook has no sheet {asked}", Span(path), *hints)
    return book[asked] if isinstance(asked, str) else book.worksheets[(asked or 1) - 1]


def _open_workbook(data: bytes, *, computed: bool) -> Any:
    """Return an openpyxl workbook, with values for formulas if ``computed``; None where it is none.

    What openpyxl warns of (styles, extensions) is not of the data.
    """
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=computed)
    except Exception:  # in a damaged file each of its libraries raises errors of its own
        return None


def _read_sheet(
    data: bytes, sheet: Any, path: str, expected: Expected, dialect: Dialect
) -> Result[Sheet | None]:
    faults = Faults()
    percent: dict[int, int] = {}
    try:
        records = _records(sheet, path, percent, faults)
        merged = _merged(data, sheet)
    except Exception as problem:  # as above
        said = str(problem).partition("\n")[0][:200]
        return _nothing("not-a-workbook", f"the sheet {sheet.title} is damaged: {said}", path, "save it anew")
    if faults.refused:
        return faults.result(None)
    if not records:
        return _nothing(
            "empty-sheet", f"the sheet {sheet.title} is empty", path, "begin it with a header row"
        )
    records, fault = _unmerged(records, merged, path, dialect)
    if fault is not None:
        return Result(None, (fault,))
    read = sheet_of(records, path, dialect, expected, strict=False)
    found = faults.take(read)
    if found is None:
        return faults.result(None)
    shown = tuple((found.header[i], row) for i, row in percent.items() if i < len(found.header))
    return faults.result(replace(_with_formulas(data, sheet.title, found), percent=shown))


def _records(sheet: Any, path: str, percent: dict[int, int], faults: Faults) -> list[Record]:
    """Return the rows that hold something; ``percent`` gets the columns of percentages with their first rows."""
    sheet.reset_dimensions()  # programs write sizes that are not the sheet's
    records: list[Record] = []
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if not row or all(cell.value is None for cell in row):
            continue
        values = tuple(_raw(cell) for cell in row)
        width = max(index + 1 for index, value in enumerate(values) if value is not None)
        cells += width
        if width > limits.TABLE_COLUMNS:
            message = (
                f"row {number} has a cell in column {width:,}; a table has at most {limits.TABLE_COLUMNS:,}"
            )
            hint = "take out what stands beside the table"
            faults.error("too-many-columns", message, Span(path, number), hint)
            return []
        if len(records) > limits.TABLE_ROWS or cells > limits.TABLE_CELLS:
            message = f"the table has more than {limits.TABLE_ROWS:,} rows or {limits.TABLE_CELLS:,} cells"
            faults.error("too-large", message, Span(path), "leave out what the report does not use")
            return []
        for index, cell in enumerate(row):
            if (
                index not in percent
                and type(cell.value) is float
                and _PERCENT.search(cell.number_format or "")
            ):
                percent[index] = number
        records.append((number, values[:width]))
    return records


def _raw(cell: Any) -> Raw:
    value = cell.value
    if isinstance(value, float):
        return without_noise(value) if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, str) and cell.data_type == "e":
        return FailedFormula(value)
    return raw_of(value)


def _merged(data: bytes, sheet: Any) -> Sequence[tuple[int, int, int, int]]:
    """Return the ranges of merged cells: first row and column, last row and column, from 1.

    openpyxl tells them only of sheets that it keeps whole in memory.
    """
    import zipfile

    from openpyxl.utils import column_index_from_string as index

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(sheet._worksheet_path.lstrip("/"))
    start = xml.rfind(b"mergeCells", 0, xml.rfind(b"mergeCells"))
    found = _MERGED.findall(xml, max(start, 0))
    return [
        (int(top), index(left.decode()), int(bottom), index(right.decode()))
        for left, top, right, bottom in found
    ]


def _unmerged(
    records: list[Record], merged: Sequence[tuple[int, int, int, int]], path: str, dialect: Dialect
) -> tuple[list[Record], Diagnostic | None]:
    """Return the rows with the value of merged cells in each of them, or the fault where that is not declared.

    In a header of several rows merged cells are heads over several columns, and are filled in any case.
    """
    first = dialect.header_rows[-1] if dialect.header_rows else 0
    first = records[0][0] if dialect.header_rows == (1,) else first
    last = min(records[-1][0], dialect.last_row or records[-1][0])
    heads = set(dialect.header_rows) if len(dialect.header_rows) > 1 else set()
    below = [range_ for range_ in merged if range_[2] > first and range_[0] <= last]
    rows = {number: list(cells) for number, cells in records}
    below = [range_ for range_ in below if not _is_sentence(range_, rows)]
    if below and not dialect.fills_merged:
        return records, _merged_fault(below, path)
    for top, left, bottom, right in merged:
        filled = [
            n for n in range(top, min(bottom, last) + 1) if n in heads or (n > first and dialect.fills_merged)
        ]
        value = rows.get(top, [])[left - 1 : left]
        for number in filled if value else ():
            row = rows.setdefault(number, [])
            row.extend([None] * (min(right, limits.TABLE_COLUMNS) - len(row)))
            for column in range(left - 1, min(right, len(row))):
                row[column] = value[0]
    return [(number, tuple(rows[number])) for number in sorted(rows)], None


def _is_sentence(range_: tuple[int, int, int, int], rows: dict[int, list[Raw]]) -> bool:
    """Say whether merged cells are a row of their own: a note across the table."""
    top, left, bottom, _ = range_
    cells = rows.get(top, [])
    return top == bottom and left == 1 and not any(cell is not None for cell in cells[1:])


def _merged_fault(ranges: Sequence[tuple[int, int, int, int]], path: str) -> Diagnostic:
    from openpyxl.utils import get_column_letter as letter

    names = [f"{letter(left)}{top}:{letter(right)}{bottom}" for top, left, bottom, right in ranges[:3]]
    more = f" and {len(ranges) - 3} more" if len(ranges) > 3 else ""
    hints = (
        'if each of them has the value: "dialect": {"mergedCells": "fill"}',
        "or unmerge them and fill in every cell",
    )
    message = f"merged cells stand in the table: {', '.join(names)}{more}"
    return error("merged-cells", message, Span(path, ranges[0][0]), *hints)


def _with_formulas(data: bytes, name: str, sheet: Sheet) -> Sheet:
    """Return a sheet with a mark in each cell whose formula has no value.

    The workbook is read again only where a cell is empty.
    """
    empty = {
        n: [i for i, cell in enumerate(cells) if cell is None] for n, cells in sheet.rows if None in cells
    }
    book = _open_workbook(data, computed=False) if empty else None
    if book is None:
        return sheet
    formulas = book[name]
    formulas.reset_dimensions()
    uncomputed: dict[int, set[int]] = {}
    for number, row in enumerate(formulas.iter_rows(), start=1):
        for index in empty.get(number, ()):
            if index < len(row) and row[index].data_type == "f":
                uncomputed.setdefault(number, set()).add(index)
    if not uncomputed:
        return sheet
    rows = (
        (n, tuple(FailedFormula("=") if i in uncomputed.get(n, ()) else cell for i, cell in enumerate(cells)))
        for n, cells in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))
