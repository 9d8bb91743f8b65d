"""Excel workbooks (openpyxl) and Parquet files (pyarrow, an optional extra), each imported only when there is one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from reportgen.base.diagnostics import CellRef, Diagnostic, Result, Span, error
from reportgen.base.suggest import did_you_mean
from reportgen.base.world import World
from reportgen.data.raw_sheet import Sheet, raw_of


def read_excel(world: World, path: str, sheet: str | None) -> Result[Sheet | None]:
    """Return a sheet of a workbook, by name or the first; a formula gives the value that its program last computed."""
    data = world.load_bytes(path)
    if isinstance(data, Diagnostic):
        return Result(None, (data,))
    book = _open_workbook(data, computed=True)
    if book is None:
        hint = "save it as .xlsx (not .xls), without a password"
        return _nothing("not-a-workbook", "the file is not a workbook", path, hint)
    name = sheet or book.sheetnames[0]
    if name not in book.sheetnames:
        hints = did_you_mean(name, book.sheetnames) or (f"there are {', '.join(book.sheetnames)}",)
        return _nothing("unknown-sheet", f"the workbook has no sheet {name}", path, *hints)
    rows = [
        (number, tuple(raw_of(value) for value in row))
        for number, row in enumerate(book[name].iter_rows(values_only=True), start=1)
        if any(value is not None for value in row)
    ]
    if not rows:
        return _nothing("empty-sheet", f"the sheet {name} is empty", path, "begin it with a header row")
    width = max(index + 1 for index, cell in enumerate(rows[0][1]) if cell is not None)
    header = tuple(str(cell or "") for cell in rows[0][1][:width])
    found = Sheet(header, tuple((number, cells[:width]) for number, cells in rows[1:]))
    return Result(found, tuple(_uncomputed(data, name, path, found)))


def _nothing(rule: str, message: str, path: str, *hints: str) -> Result[None]:
    return Result(None, (error(rule, message, Span(path), *hints),))


def _open_workbook(data: bytes, *, computed: bool) -> Any:
    """Return an openpyxl workbook, with values for formulas if ``computed``; None where it is none.

    What openpyxl warns of (styles, extensions) is not of the data.
    """
    import warnings
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=computed)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError):
        return None


def _uncomputed(data: bytes, name: str, path: str, sheet: Sheet) -> Iterator[Diagnostic]:
    """Yield a fault for each formula without a value; the workbook is read again only where a cell is empty."""
    empty = [(n, i) for n, cells in sheet.rows for i, cell in enumerate(cells) if cell is None]
    book = _open_workbook(data, computed=False) if empty else None
    if book is None:
        return
    for number, index in empty:
        if isinstance(book[name].cell(number, index + 1).value, str):
            place = CellRef(path, number, sheet.header[index])
            hint = "open the workbook in its program and save it"
            yield error("uncomputed-formula", "the formula has no computed value", place, hint)


def read_parquet(world: World, path: str) -> Result[Sheet | None]:
    """Return the sheet of a Parquet file; its first row counts as row 2, as under a header."""
    data = world.load_bytes(path)
    if isinstance(data, Diagnostic):
        return Result(None, (data,))
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        message = "reading Parquet needs pyarrow, which is not installed"
        return _nothing("missing-library", message, path, "install it with: pip install reportgen[parquet]")
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        columns = [[raw_of(value) for value in column.to_pylist()] for column in table.columns]
    except (pyarrow.ArrowException, OSError, ValueError) as problem:
        reason = str(problem).partition("\n")[0]
        return _nothing("not-parquet", f"the file is not a Parquet file: {reason}", path, "save it anew")
    rows = tuple((number, cells) for number, cells in enumerate(zip(*columns, strict=True), start=2))
    return Result(Sheet(tuple(table.column_names), rows))
