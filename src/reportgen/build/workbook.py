"""The data annex as one Excel workbook: a sheet a figure, in the languages of all editions."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportgen.build.drawings import figures_of
from reportgen.build.editions import Composed
from reportgen.edition.document import CrossReference, Figure, Hyperlink, Inlines, NoteReference, Text

if TYPE_CHECKING:
    from reportgen.build.sources import Sources
    from reportgen.data.package import Column, Correction, DataPackage, Row, Table, Value

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_NARROWEST, _WIDEST = 10.0, 110.0
_BETWEEN = " / "
_TABLE_STYLE = "TableStyleLight1"
_PRINT_MARGIN = 0.5
"""In inches, as openpyxl counts them."""
_FACE, _SIZE, _LINE = "Calibri", 11, 15.0
"""The face of a new workbook, its size and its height of a line in points."""
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@")


def write_workbook(sources: Sources, composed: Sequence[Composed]) -> bytes:
    """Return the workbook; the same sources give the same bytes.

    Each sheet is named for its figure (``1-1``) and has the captions and units in every edition, the table as it is,
    the notes and sources. Beside each column of codes stands a column of their names in each language. Words are never
    formulas, whatever they begin with. A corrected cell has a comment that says what was changed and why.
    """
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    _describe(book, composed)
    tables = {figure.name: figure.table for figure in sources.manuscript.figures()}
    for figures in zip(*map(figures_of, composed), strict=True):
        table = sources.package.tables[tables[figures[0].name]]
        sheet = _Sheet(
            book.create_sheet(short_number(figures[0])), _columns(table, sources.package, composed)
        )
        sheet.fill(figures, table)
        sheet.prepare_print(composed[0].document.title)
    if not book.sheetnames:  # a workbook without sheets cannot be saved
        book.create_sheet("-")
    return _saved(book)


def short_number(figure: Figure) -> str:
    """Return a figure's number without its word: "1-1" of "Figure 1-1"; it names files and sheets."""
    return "".join(char for char in figure.number if char.isascii() and (char.isdigit() or char == "-"))


def _describe(book: Any, composed: Sequence[Composed]) -> None:
    book.properties.created = book.properties.modified = _when(composed)
    book.properties.title = _clean(_BETWEEN.join(c.document.title for c in composed))
    book.properties.creator = _clean(_BETWEEN.join(dict.fromkeys(c.document.author for c in composed)))
    book.properties.language = composed[0].document.lang


def _when(composed: Sequence[Composed]) -> dt.datetime:
    """Return the report's date in UTC, which is what a workbook's properties are written in."""
    date = dt.datetime.fromisoformat(composed[0].document.date)
    return date.astimezone(dt.UTC).replace(tzinfo=None) if date.tzinfo else date


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of a sheet.

    Attributes:
        title: what readers of each edition call it; ``name`` is what programs do.
        names: the code list's names by code; None for the values themselves.
    """

    name: str
    title: str
    column: Column
    names: dict[str, str] | None = None
    format: str = "General"

    def cell(self, row: Row) -> str | int | float | None:
        value = row.values.get(self.column.name)
        if self.names is not None:
            return self.names.get(str(value))
        return _plain(value, self.column)


def _columns(table: Table, package: DataPackage, composed: Sequence[Composed]) -> tuple[_Field, ...]:
    return tuple(
        field for column in table.columns.values() for field in _fields(column, table, package, composed)
    )


def _fields(
    column: Column, table: Table, package: DataPackage, composed: Sequence[Composed]
) -> Iterator[_Field]:
    """Yield the field of a column and, if it holds codes, one for their names in each language."""
    languages = [c.edition.name for c in composed]
    titles = [_title(column, language, package) for language in languages]
    yield _Field(column.name, _BETWEEN.join(dict.fromkeys(titles)), column, None, _format(column, table))
    if column.code_list is None:
        return
    codes = package.code_lists[column.code_list].codes
    for language, title in zip(languages, titles, strict=True):
        names = {code.code: code.name(language) for code in codes.values()}
        yield _Field(f"{column.name}_{language}", title, column, names)


def _title(column: Column, language: str, package: DataPackage) -> str:
    """Return what a column is called in a language, with its unit in brackets."""
    title = column.titles.get(language, column.name)
    units = package.code_lists.get("units")
    unit = units.codes.get(column.unit) if units and column.unit else None
    return f"{title} [{unit.name(language)}]" if unit else title


def _format(column: Column, table: Table) -> str:
    """Return the number format of a column: thousands apart, as many decimals as its values have at most."""
    if column.type == "year":
        return "0"
    values = [row.values.get(column.name) for row in table.rows]
    numbers = [value for value in values if isinstance(value, Decimal)]
    if not numbers:
        return "General"
    decimals = max(_decimals(number) for number in numbers)
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _plain(value: Value, column: Column) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if column.type == "year" and value is not None and value.isdecimal():
        return int(value)
    return value


@dataclass(slots=True)
class _Sheet:
    """A sheet that is filled from the top."""

    sheet: Any
    fields: tuple[_Field, ...]
    row: int = 0
    head: int = 0

    def fill(self, figures: Sequence[Figure], table: Table) -> None:
        """Write captions and units, the table, then notes and sources below it, as printed tables have them."""
        for figure in figures:
            self.line(f"{figure.number}  {words(figure.caption)}", bold=True)
        units = dict.fromkeys(figure.unit for figure in figures if figure.unit)
        self.line("    ".join(units))
        self.table(figures[0], table)
        for figure in figures:
            self.row += 1
            for line in (*figure.notes, figure.source):
                self.line(words(line))

    def line(self, text: str, *, bold: bool = False) -> None:
        if text:
            self.row += 1
            _put(self.sheet.cell(self.row, 1), text)
            self.sheet.cell(self.row, 1).font = _font(bold=bold)

    def table(self, figure: Figure, table: Table) -> None:
        """Write the heads, for readers and for programs, and the observations; make them a table with a name."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.table import Table as Block
        from openpyxl.worksheet.table import TableStyleInfo

        top = self.row + 1
        for values in ([f.title for f in self.fields], [f.name for f in self.fields]):
            self.row += 1
            for number, value in enumerate(values, 1):
                _put(self.sheet.cell(self.row, number), value)
                self.sheet.cell(self.row, number).font = _font(bold=True)
        self.head = self.row
        self.sheet.freeze_panes = self.sheet.cell(self.row + 1, 1)
        for row in table.rows:
            self.observation(row)
        last = max(self.row, self.head + 1)  # a table without rows is none
        block = Block(
            displayName=f"figure_{short_number(figure).replace('-', '_')}",
            ref=f"A{self.head}:{get_column_letter(len(self.fields))}{last}",
        )
        block.tableStyleInfo = TableStyleInfo(_TABLE_STYLE, showRowStripes=True)
        self.sheet.add_table(block)
        self.fit(top)

    def observation(self, row: Row) -> None:
        """Write a row; a value that is not as observed is set in italics beside its status."""
        self.row += 1
        for number, field in enumerate(self.fields, 1):
            cell = self.sheet.cell(self.row, number)
            _put(cell, field.cell(row))
            cell.number_format = field.format
            cell.font = _font(italic=field.column.role == "measure" and row.status != "A")
            if field.names is None and field.column.name in row.corrections:
                cell.comment = _history(row.corrections[field.column.name])

    def fit(self, top: int) -> None:
        """Make columns as wide as their longest cell, and rows as high as what is longer than the widest needs."""
        from openpyxl.styles import Alignment
        from openpyxl.utils import get_column_letter

        lines = dict.fromkeys(range(top, self.row + 1), 1)
        for number, field in enumerate(self.fields, 1):
            cells = {k: self.sheet.cell(k, number) for k in lines}
            shown = {k: _display_width(_shown(cell.value)) for k, cell in cells.items()}
            longest = max([w for k, w in shown.items() if k >= self.head], default=0)
            width = min(max(longest + 4, *map(_display_width, field.title.split()), _NARROWEST), _WIDEST)
            self.sheet.column_dimensions[get_column_letter(number)].width = width
            side = "right" if field.format.startswith("#") else "left"
            for k, cell in cells.items():
                needed = math.ceil(shown[k] / (width - 1))
                lines[k] = max(lines[k], needed)
                cell.alignment = Alignment(
                    side, "bottom" if k <= self.head else "top", wrap_text=needed > 1, indent=1
                )
        for k, count in lines.items():
            self.sheet.row_dimensions[k].height = count * _LINE

    def prepare_print(self, title: str) -> None:
        """Print on A4 across, all columns on a page's width, the heads on every page."""
        setup = self.sheet.page_setup
        setup.orientation, setup.paperSize = "landscape", self.sheet.PAPERSIZE_A4
        setup.fitToWidth, setup.fitToHeight = 1, 0
        margins = self.sheet.page_margins
        margins.left = margins.right = margins.top = _PRINT_MARGIN
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = f"1:{self.head}"
        self.sheet.oddFooter.left.text = _clean(title).replace("&", "&&")
        self.sheet.oddFooter.right.text = "&A  &P/&N"


def _font(*, bold: bool = False, italic: bool = False) -> Any:
    from openpyxl.styles import Font

    return Font(_FACE, _SIZE, bold=bold, italic=italic)


def _history(corrections: Sequence[Correction]) -> Any:
    """Return the comment that says how a cell was corrected, oldest first."""
    from openpyxl.comments import Comment

    lines = (f"{change.date}: {change.old} → {change.new}\n{change.reason}" for change in corrections)
    return Comment(_clean("\n\n".join(lines)), _clean(corrections[-1].approved_by), height=120, width=320)


def _put(cell: Any, value: str | int | float | None) -> None:
    """Give a cell its value; text that a spreadsheet would take for a formula or an error stays text."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _clean(value)
    if value:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LOOKS_LIKE_FORMULA)


def _clean(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return "".join(char for char in text if (char >= " " and char not in "\ufffe\uffff") or char in "\t\n")


def words(content: Inlines) -> str:
    return "".join(map(_inline, content))


def _inline(inline: object) -> str:
    match inline:
        case Text() | CrossReference():
            return inline.text
        case Hyperlink():
            return words(inline.content)
        case NoteReference():
            return ""
    return ""


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value or "")


def _display_width(text: str) -> int:
    return sum(2 if char >= "\u2e80" else 1 for char in text)


def _saved(book: Any) -> bytes:
    """Return a workbook's file without the clock, which openpyxl writes into its properties and on every entry."""
    from openpyxl.writer.excel import ExcelWriter

    written, out = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _ZIP_DATE), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
