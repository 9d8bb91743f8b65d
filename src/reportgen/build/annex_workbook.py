"""The data annex as one Excel workbook: a sheet a figure, in the languages of all editions."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportgen.build.annex_fields import BETWEEN, Field, fields_of
from reportgen.edition.document import ComposedDocument, Figure, plain
from reportgen.edition.spreadsheet import is_like_formula

if TYPE_CHECKING:
    from reportgen.build.sources import Sources
    from reportgen.data.package import Correction, Row, Table

_NARROWEST, _WIDEST = 10.0, 110.0
_TABLE_STYLE = "Table Style Light 1"
_A4 = 9
_PRINT_MARGIN, _FOOT_MARGIN = 0.5, 1.0
"""In inches."""
_LINE = 15.0
"""The height of a line of the workbook's face (Calibri 11), in points."""
_LONGEST_TEXT, _LONGEST_FOOTER = 32_767, 200
"""What a cell and a footer's title can hold, in characters."""


def write_workbook(sources: Sources, composed: Sequence[ComposedDocument]) -> bytes:
    """Return the workbook; the same sources give the same bytes.

    Each sheet is named for its figure (``1-1``) and has the captions and units in every edition, the table as it is,
    the notes and sources. Beside each column of codes stands a column of their names in each language. Words are never
    formulas, whatever they begin with. A corrected cell has a comment that says what was changed and why.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _describe(book, composed)
    looks: dict[Any, Any] = {}
    tables = {figure.name: figure.table for figure in sources.manuscript.figures()}
    units = {figure.name: figure.unit for figure in sources.manuscript.figures()}
    for figures in zip(*(document.figures() for document in composed), strict=True):
        table = sources.package.tables[tables[figures[0].name]]
        sheet = book.add_worksheet(short_number(figures[0]))
        asked = units[figures[0].name]
        columns = table.columns.values()
        fields = [f for column in columns for f in fields_of(column, table, sources.package, composed, asked)]
        writer = _Sheet(book, sheet, fields, looks)
        writer.fill(figures, table)
        writer.prepare_print(composed[0].title)
    if not book.worksheets():  # a workbook without sheets cannot be opened
        book.add_worksheet("-")
    book.close()
    return file.getvalue()


def short_number(figure: Figure) -> str:
    """Return a figure's number without its word: "1-1" of "Figure 1-1"; it names files and sheets."""
    return "".join(char for char in figure.number if char.isascii() and (char.isdigit() or char == "-"))


def _describe(book: Any, composed: Sequence[ComposedDocument]) -> None:
    authors = dict.fromkeys(c.author for c in composed)
    title = BETWEEN.join(c.title for c in composed)
    book.set_properties(
        {"created": _when(composed), "title": _clean(title), "author": _clean(BETWEEN.join(authors))}
    )
    book.set_custom_property("Language", composed[0].lang)


def _when(composed: Sequence[ComposedDocument]) -> dt.datetime:
    """Return the report's date in UTC, which is what a workbook's properties are written in."""
    date = dt.datetime.fromisoformat(composed[0].date)
    return date.astimezone(dt.UTC).replace(tzinfo=None) if date.tzinfo else date


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the table; ``corrections`` were laid over it, oldest first."""

    value: str | int | float | None
    format: str = "General"
    italic: bool = False
    corrections: Sequence[Correction] = ()

    @property
    def width(self) -> int:
        """How wide it is shown, in widths of a digit."""
        return _display_width(_shown(self.value))


def _grid(fields: Sequence[Field], table: Table) -> list[list[_Cell]]:
    """Return the heads, for readers and for programs, and the observations below them."""
    heads = [[_Cell(f.title) for f in fields], [_Cell(f.name) for f in fields]]
    return heads + [[_observed(field, row) for field in fields] for row in table.rows]


def _observed(field: Field, row: Row) -> _Cell:
    """Return a cell of a row; a value that is not as observed is set in italics beside its status."""
    corrections = row.corrections.get(field.column.name, ()) if field.names is None else ()
    italic = field.column.role == "measure" and row.status != "A"
    value, form = field.cell(row)
    return _Cell(value, form, italic=italic, corrections=corrections)


def _width(field: Field, cells: Sequence[_Cell]) -> float:
    """Return the width of a column: its longest cell's, as far as that is no longer than the widest."""
    longest = max(cell.width for cell in cells)
    return min(max(longest + 4, *map(_display_width, field.title.split()), _NARROWEST), _WIDEST)


@dataclass(slots=True)
class _Sheet:
    """A sheet that is filled from the top.

    Attributes:
        looks: the workbook's cell formats by their properties.
        row: the next row, from 0; ``head`` the one of the names.
    """

    book: Any
    sheet: Any
    fields: Sequence[Field]
    looks: dict[Any, Any]
    row: int = 0
    head: int = 0

    def fill(self, figures: Sequence[Figure], table: Table) -> None:
        """Write captions and units, the table, then notes and sources below it, as printed tables have them."""
        for figure in figures:
            self.line(f"{figure.number}  {plain(figure.caption)}", bold=True)
        units = dict.fromkeys(figure.unit for figure in figures if figure.unit)
        self.line("    ".join(units))
        self.table(_grid(self.fields, table), f"figure_{short_number(figures[0]).replace('-', '_')}")
        for figure in figures:
            self.row += 1
            for line in (*figure.notes, figure.source):
                self.line(plain(line))

    def line(self, text: str, *, bold: bool = False) -> None:
        if text:
            self.put(self.row, 0, text, self.look(bold=bold, quote_prefix=_is_like_formula(text)))
            self.row += 1

    def table(self, grid: list[list[_Cell]], name: str) -> None:
        """Write the heads and the observations; make them a table that programs find by its name.

        Columns are as wide as their longest cell, and rows as high as what is longer than the widest needs.
        """
        top, self.head = self.row, self.row + 1
        self.row += len(grid)
        widths = [_width(field, [row[k] for row in grid[1:]]) for k, field in enumerate(self.fields)]
        for k, width in enumerate(widths):
            self.sheet.set_column(k, k, width)
        for number, cells in enumerate(grid, top):
            lines = [math.ceil(cell.width / (width - 1)) for cell, width in zip(cells, widths, strict=True)]
            self.sheet.set_row(number, max(1, *lines) * _LINE)
            for k, cell in enumerate(cells):
                self.cell(number, k, cell, wrapped=lines[k] > 1)
        self.sheet.freeze_panes(self.head + 1, 0)
        names = [field.name for field in self.fields]
        distinct = {name.casefold() for name in names}
        if len(distinct) == len(names):  # else a spreadsheet calls the file damaged
            last = max(self.row - 1, self.head + 1)  # a table without rows is none
            heads = [{"header": f.name, "header_format": self.head_look(f)} for f in self.fields]
            options = {"name": name, "style": _TABLE_STYLE, "columns": heads}
            self.sheet.add_table(self.head, 0, last, len(names) - 1, options)

    def cell(self, row: int, column: int, cell: _Cell, *, wrapped: bool) -> None:
        field = self.fields[column]
        more = {"text_wrap": wrapped, "quote_prefix": _is_like_formula(cell.value)}
        look = (
            self.head_look(field, **more)
            if row <= self.head
            else self.look(
                italic=cell.italic, num_format=cell.format, align=field.side, valign="top", indent=1, **more
            )
        )
        self.put(row, column, cell.value, look)
        if cell.corrections:
            options = {"author": _clean(cell.corrections[-1].approved_by), "height": 120, "width": 320}
            self.sheet.write_comment(row, column, _history(cell.corrections), options)

    def head_look(self, field: Field, **more: Any) -> Any:
        return self.look(bold=True, align=field.side, indent=1, **more)

    def put(self, row: int, column: int, value: str | int | float | None, look: Any) -> None:
        """Write a cell; text that a spreadsheet would take for a formula or an error stays text."""
        text = _clean(value)[:_LONGEST_TEXT] if isinstance(value, str) else ""
        if text:
            self.sheet.write_string(row, column, text, look)
        elif value is None or value == "":
            self.sheet.write_blank(row, column, None, look)
        else:
            self.sheet.write_number(row, column, value, look)

    def look(self, **properties: Any) -> Any:
        """Return the cell format with these properties, each once in a workbook."""
        key = tuple(sorted((name, value) for name, value in properties.items() if value))
        if key not in self.looks:
            self.looks[key] = self.book.add_format(dict(key))
        return self.looks[key]

    def prepare_print(self, title: str) -> None:
        """Print on A4 across, all columns on a page's width, the heads on every page."""
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(_PRINT_MARGIN, _PRINT_MARGIN, _PRINT_MARGIN, _FOOT_MARGIN)
        self.sheet.repeat_rows(0, self.head)
        name = _clean(title)[:_LONGEST_FOOTER].replace("&", "&&")
        self.sheet.set_footer(f"&L{name}&R&A  &P/&N", {"margin": _PRINT_MARGIN})


def _is_like_formula(value: object) -> bool:
    return isinstance(value, str) and is_like_formula(value)


def _history(corrections: Sequence[Correction]) -> str:
    """Return how a cell was corrected, oldest first."""
    lines = (f"{change.date}: {change.old} → {change.new}\n{change.reason}" for change in corrections)
    return _clean("\n\n".join(lines))


def _clean(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return "".join(char for char in text if (char >= " " and char not in "\ufffe\uffff") or char in "\t\n")


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value or "")


def _display_width(text: str) -> int:
    return sum(2 if char >= "\u2e80" else 1 for char in text)
