"""A sheet as an office keeps it: a grid of cells with what their format says, before anything is understood of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeAlias

from reportgen.base.diagnostics import CellRef, Fault
from reportgen.base.limits import SHEET_CELL_CHARACTERS, SHEET_CELLS, SHEET_COLUMNS
from reportgen.data.cells import HIDDEN
from reportgen.data.raw_sheet import Raw


class ImportFault(Fault):
    """A sheet that cannot be imported as it is."""

    rule = "unfit-sheet"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        raw: text, a number (of fifteen digits, what Excel shows) or nothing.
        percent: whether its format shows it as a percentage; the number is then the one that is shown, as 15.2.
        indent: how far its text is indented, in steps of the program or in spaces.
        marks: its superscripts, which are marks of footnotes.
    """

    raw: Raw = None
    percent: bool = False
    indent: int = 0
    marks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.raw is None

    @property
    def text(self) -> str:
        """The cell in words, full-width digits and letters as plain ones, without outer space."""
        return "" if self.raw is None else plain(str(self.raw))


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, counted from 0, its ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


Cells: TypeAlias = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's cells, every row as wide as the widest.

    Attributes:
        merges: the merged areas; the cell at the top left of one holds its text.
        first_row, first_column: where the grid's first cell stands in the file, counted from 0.
        decimal_comma: what the file's own delimiter says of commas in numbers, None where it says nothing.
    """

    file: str
    sheet: str
    cells: Cells
    merges: tuple[Area, ...] = ()
    first_row: int = 0
    first_column: int = 0
    decimal_comma: bool | None = None
    about: tuple[str, ...] = field(default=())

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0

    def place(self, row: int, column: int) -> CellRef:
        """Return the place of a cell as the person's program names it."""
        return CellRef(self.file, self.first_row + row + 1, letters(self.first_column + column))

    def row_name(self, rows: Iterable[int]) -> str:
        """Return what rows are called in the file, as in “row 3” or “rows 4–5”."""
        numbers = sorted(self.first_row + row + 1 for row in rows)
        if len(numbers) == 1:
            return f"row {numbers[0]}"
        if numbers[-1] - numbers[0] == len(numbers) - 1:
            return f"rows {numbers[0]}–{numbers[-1]}"
        return "rows " + ", ".join(map(str, numbers))

    def column_name(self, columns: Iterable[int]) -> str:
        """Return what columns are called in the file."""
        named = [letters(self.first_column + column) for column in sorted(columns)]
        return ("column " if len(named) == 1 else "columns ") + ", ".join(named)

    def merge_at(self, row: int, column: int) -> Area | None:
        """Return the merged area that a cell lies in."""
        return next((area for area in self.merges if area.holds(row, column)), None)

    def filled(self, row: int, column: int) -> Cell:
        """Return a cell, or the one that is merged over its place."""
        area = self.merge_at(row, column)
        return self.cells[area.top][area.left] if area else self.cells[row][column]


def make_grid(
    file: str,
    sheet: str,
    rows: Iterable[Iterable[Cell]],
    merges: Iterable[Area] = (),
    *,
    decimal_comma: bool | None = None,
    about: tuple[str, ...] = (),
) -> Grid:
    """Return a grid without the empty rows and columns at its right and bottom.

    Raises:
        ImportFault: if it holds nothing, or more than an office's sheet can.
    """
    lists = [list(row) for row in rows]
    for row in lists:
        while row and row[-1].is_empty:
            row.pop()
    while lists and not lists[-1]:
        lists.pop()
    width = max(map(len, lists), default=0)
    if not width:
        raise ImportFault("the sheet is empty", "name another sheet with --sheet", rule="empty-sheet")
    check_size(len(lists), width)
    cells = tuple(tuple(row) + (NOTHING,) * (width - len(row)) for row in lists)
    kept = tuple(m for m in merges if m.top < len(cells) and m.left < width)
    return Grid(file, sheet, cells, kept, decimal_comma=decimal_comma, about=about)


def check_size(rows: int, columns: int) -> None:
    """Check that a sheet is of a size that an office's sheet can have.

    Raises:
        ImportFault: if it is not.
    """
    if columns > SHEET_COLUMNS or rows * columns > SHEET_CELLS:
        message = f"the sheet has {rows:,} rows and {columns:,} columns: more than {SHEET_CELLS:,} cells"
        if columns > SHEET_COLUMNS:
            message = f"the sheet has {columns:,} columns, more than {SHEET_COLUMNS:,}"
        raise ImportFault(message, "say which cells hold the table, as in --range A3:H20", rule="too-large")


def text_cell(text: str, *, marks: tuple[str, ...] = (), indent: int = 0) -> Cell:
    """Return the cell of a text; its leading spaces become its indent.

    Raises:
        ImportFault: if it is longer than any cell of a table.
    """
    if len(text) > SHEET_CELL_CHARACTERS:
        message = f"a cell holds {len(text):,} characters, more than {SHEET_CELL_CHARACTERS:,}"
        raise ImportFault(message, "is a quotation mark left open?", rule="too-large")
    if not text.strip():
        return NOTHING
    spaces = sum(2 if char == "\u3000" else 1 for char in text[: len(text) - len(text.lstrip())])
    return Cell(text, indent=indent or spaces, marks=marks)


def cropped(grid: Grid, area: Area) -> Grid:
    """Return a part of a grid.

    Raises:
        ImportFault: if nothing stands in it.
    """
    rows = [row[area.left : area.right + 1] for row in grid.cells[area.top : area.bottom + 1]]
    merges = [
        Area(m.top - area.top, m.left - area.left, m.bottom - area.top, m.right - area.left)
        for m in grid.merges
        if area.holds(m.top, m.left)
    ]
    try:
        part = make_grid(grid.file, grid.sheet, rows, merges, decimal_comma=grid.decimal_comma)
    except ImportFault:
        message = "the range holds no cell that is filled"
        raise ImportFault(message, "write it as in --range A3:H20", rule="empty-sheet") from None
    return replace(part, first_row=area.top, first_column=area.left, about=grid.about)


def letters(column: int) -> str:
    """Return the letters of a column that is counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def parse_range(text: str) -> Area | None:
    """Return the area that a range as Excel writes it names, None where it is none."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    left, right = (_number(found[k]) - 1 for k in (1, 3))
    top, bottom = (int(found[k]) - 1 for k in (2, 4))
    return Area(top, left, bottom, right) if top <= bottom and left <= right else None


def _number(name: str) -> int:
    value = 0
    for char in name.upper():
        value = value * 26 + ord(char) - 64
    return value


_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳†‡"
_LAST = re.compile(
    rf"(?:([{_SIGNS}])|(?<=\S)\s*[\[［]([a-z0-9]{{1,2}})[\]］]|(?<=\S)\s+([0-9]{{1,2}})\))\s*\Z"
)
_FIRST = re.compile(rf"\s*([{_SIGNS}])\s*(?=\S)")
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the marks of footnotes at its ends, and the marks: ①, ³, †, [a], 1)."""
    marks: list[str] = []
    while found := _LAST.search(text):
        marks.append(_mark(found[1] or found[2] or found[3]))
        text = text[: found.start()]
    if found := _FIRST.match(text):
        marks.append(_mark(found[1]))
        text = text[found.end() :]
    return text, tuple(reversed(marks))


def _mark(mark: str) -> str:
    """Return a mark as footnotes are found by it: a raised 1 is 1, and ① is another."""
    return unicodedata.normalize("NFKC", mark) if mark in "⁰¹²³⁴⁵⁶⁷⁸⁹" else mark


_NARROW: dict[int, int | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()},
    **dict.fromkeys(code for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r"),
    **dict.fromkeys(map(ord, HIDDEN)),
}


def plain(text: str) -> str:
    """Return a text as plain characters: full-width digits and letters narrow, spaces of all kinds single.

    Characters that nobody sees, and those that would steer a terminal, are left out.

    Chinese punctuation stays, so that names read as they were written.
    """
    if text.isascii() and text.isalnum():
        return text
    narrow = text.translate(_NARROW)
    lines = (" ".join(line.split()) for line in narrow.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def number_of(value: float | int | Decimal) -> Raw:
    """Return a number of a workbook with the fifteen digits that its program shows."""
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return str(value)
        value = Decimal(format(value, ".15g"))
    number = Decimal(value)
    return (
        number.quantize(Decimal(1))
        if number == number.to_integral_value() and abs(number) < 10**25
        else number
    )
