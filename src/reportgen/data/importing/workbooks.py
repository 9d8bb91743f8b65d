"""Excel workbooks as a person sees them: values, merged cells, indents, percentages, superscripts."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from typing import Any

from reportgen.base.limits import SHEET_BYTES, SHEET_CELLS, SHEET_COLUMNS, SHEET_UNPACKED_BYTES
from reportgen.base.suggest import did_you_mean
from reportgen.data.importing.grid import (
    NOTHING,
    Area,
    Cell,
    Grid,
    ImportFault,
    check_size,
    letters,
    make_grid,
    number_of,
    text_cell,
)

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def check_archive(data: bytes, what: str) -> zipfile.ZipFile:
    """Return the archive that a workbook is, once its sizes are known to be sound.

    Raises:
        ImportFault: if it is none, or too large once unpacked.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        sizes = [(info.filename, info.file_size) for info in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        hint = f"save it as {what}, without a password"
        raise ImportFault("the file is not a workbook", hint, rule="not-a-workbook") from None
    largest = max((size for name, size in sizes if name.endswith(".xml")), default=0)
    if sum(size for _, size in sizes) > SHEET_UNPACKED_BYTES or largest > SHEET_BYTES:
        message = f"the workbook unpacks to more than {SHEET_BYTES // 10**6} MB"
        raise ImportFault(message, "save the sheet alone, as CSV", rule="too-large")
    return archive


def read_workbook(data: bytes, file: str, sheet: str | None, area: Area | None) -> Grid:
    """Return a sheet of a workbook, by name or the first that holds anything.

    Raises:
        ImportFault: if it cannot be read, or a formula in it has no computed value.
    """
    check_archive(data, ".xlsx (not .xls)")
    book = _open(data)
    page = _sheet(book, sheet)
    bottom, right = page.max_row or 0, page.max_column or 0
    if area is not None:
        bottom, right = min(bottom, area.bottom + 1), min(right, area.right + 1)
    elif right > SHEET_COLUMNS or bottom * right > SHEET_CELLS:
        bottom, right = _filled(page)
    check_size(bottom, right)
    rows = [[_cell(cell) for cell in row] for row in page.iter_rows(1, max(bottom, 1), 1, max(right, 1))]
    merges = [
        Area(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in page.merged_cells.ranges
    ]
    hidden = _hidden(page, bottom, right)
    found = make_grid(file, page.title, rows, merges, about=(f"the sheet is {page.title}", *hidden))
    _refuse_uncomputed(data, page.title, found)
    return found


def _open(data: bytes, **options: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():  # of styles and extensions, which are not data
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(
                io.BytesIO(data), **(options or {"data_only": True, "rich_text": True})
            )
    except Exception as problem:  # a damaged workbook raises whatever its damage meets in the library
        if isinstance(problem, MemoryError):
            raise
        hint = "open it in its program and save it anew as .xlsx, without a password"
        raise ImportFault(
            "the file is not a workbook that can be read", hint, rule="not-a-workbook"
        ) from None


def _sheet(book: Any, name: str | None) -> Any:
    pages = {page.title: page for page in book.worksheets}
    if not pages:
        raise ImportFault("the workbook has no sheet", "save it with one", rule="empty-sheet")
    if name is not None and name not in pages:
        hints = did_you_mean(name, pages) or (f"there are {', '.join(pages)}",)
        raise ImportFault(f"the workbook has no sheet {name}", *hints, rule="unknown-sheet")
    filled = (page for page in pages.values() if page.sheet_state == "visible" and page.max_row > 1)
    return pages[name] if name is not None else next(filled, next(iter(pages.values())))


def _filled(page: Any) -> tuple[int, int]:
    """Return the last row and column that hold a value, where stray formats reach further."""
    filled = [key for key, cell in page._cells.items() if cell.value is not None]
    return max((row for row, _ in filled), default=0), max((column for _, column in filled), default=0)


def _hidden(page: Any, bottom: int, right: int) -> tuple[str, ...]:
    rows = [str(n) for n, kept in page.row_dimensions.items() if kept.hidden and n <= bottom]
    columns = [name for name, kept in page.column_dimensions.items() if kept.hidden]
    named = [f"rows {', '.join(rows)}"] * bool(rows) + [f"columns {', '.join(columns)}"] * bool(columns)
    return (f"hidden {' and '.join(named)} are read like any other",) if named and right else ()


def _cell(cell: Any) -> Cell:
    value = cell.value
    form = str(getattr(cell, "number_format", "") or "")
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return Cell(str(value).lower())
    if isinstance(value, (int, float)):
        percent = "%" in _QUOTED.sub("", form)
        return Cell(number_of(value * 100 if percent else value), percent=percent)
    if isinstance(value, (dt.datetime, dt.date)):
        return Cell(_date(value, _QUOTED.sub("", form).lower()))
    indent = int(getattr(getattr(cell, "alignment", None), "indent", 0) or 0)
    text, marks = _without_superscripts(value)
    return text_cell(text, marks=marks, indent=indent)


def _date(value: dt.date, form: str) -> str:
    """Return a date as far as its format shows it: the day, the month or the year."""
    if "d" in form or not form or form == "general":
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m" if "m" in form else "%Y")


def _without_superscripts(value: Any) -> tuple[str, tuple[str, ...]]:
    if isinstance(value, str) and not isinstance(value, list):
        return str(value), ()
    if not isinstance(value, list):
        return str(value), ()
    words: list[str] = []
    marks: list[str] = []
    for part in value:
        raised = getattr(getattr(part, "font", None), "vertAlign", None) == "superscript"
        (marks if raised else words).append(str(getattr(part, "text", part)))
    return "".join(words), tuple(mark.strip(" ()[]") for mark in marks if mark.strip())


def _refuse_uncomputed(data: bytes, sheet: str, grid: Grid) -> None:
    """Read the formulas where cells are empty: one that has no computed value would be taken for an empty cell.

    Raises:
        ImportFault: naming the first.
    """
    if not any(cell.is_empty for row in grid.cells for cell in row) or b"<f" not in _sheets(data):
        return
    page = _open(data, read_only=True)[sheet]
    for row, cells in enumerate(page.iter_rows(1, len(grid.cells), 1, grid.width)):
        for column, cell in enumerate(cells):
            if grid.cells[row][column].is_empty and cell.data_type == "f":
                message = f"the formula in {letters(column)}{row + 1} has no computed value"
                hint = "open the workbook in its program and save it"
                raise ImportFault(message, hint, rule="uncomputed-formula")


def _sheets(data: bytes) -> bytes:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return b"".join(archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/"))
