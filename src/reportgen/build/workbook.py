"""The data annex as one Excel workbook: a sheet a figure, in the languages of all editions."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportgen.build.editions import Composed
from reportgen.edition.document import Figure, Inlines, Text

if TYPE_CHECKING:
    from reportgen.build.sources import Sources
    from reportgen.data.package import Row, Table, Value

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_WIDTH = 14.0
_WIDEST = 48.0


def write_workbook(sources: Sources, composed: Sequence[Composed]) -> bytes:
    """Return the workbook; the same sources give the same bytes.

    Each sheet has the captions, units and notes of the figure in every edition, then the table as it is: a column
    for each dimension's code and one for its name in each language, the value, its status, its basis.
    """
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    date = dt.datetime.fromisoformat(sources.report.date).replace(tzinfo=None)
    book.properties.created = book.properties.modified = date
    book.properties.title = composed[0].document.title
    book.properties.creator = composed[0].document.author
    for figures in zip(*(_figures(c) for c in composed), strict=True):
        table = next(f.table for f in sources.manuscript.figures() if f.name == figures[0].name)
        _fill(
            book.create_sheet(_title(figures[-1])), figures, sources.package.tables[table], sources, composed
        )
    data = io.BytesIO()
    book.save(data)
    return _dated(data.getvalue())


def _figures(composed: Composed) -> list[Figure]:
    return [b for section in composed.document.sections for b in section.blocks if isinstance(b, Figure)]


def _title(figure: Figure) -> str:
    return "".join(c for c in figure.number if c not in "[]:*?/\\")[:31]


def _fill(
    sheet: Any, figures: Sequence[Figure], table: Table, sources: Sources, composed: Sequence[Composed]
) -> None:
    from openpyxl.styles import Font

    for figure in figures:
        sheet.append([f"{figure.number}  {_words(figure.caption)}", None, figure.unit])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for line in (*figure.notes, figure.source):
            sheet.append([_words(line)])
    sheet.append([])
    languages = [c.edition.name for c in composed]
    sheet.append(_heads(table, languages))
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = sheet.cell(sheet.max_row + 1, 1)
    for row in table.rows:
        sheet.append(list(_cells(row, table, sources, languages)))
    _widen(sheet)


def _heads(table: Table, languages: Sequence[str]) -> list[str]:
    heads: list[str] = []
    for name, column in table.columns.items():
        heads.append(name)
        if column.code_list:
            heads += [f"{column.titles.get(language, name)} ({language})" for language in languages]
    return heads


def _cells(
    row: Row, table: Table, sources: Sources, languages: Sequence[str]
) -> Iterator[str | int | float | None]:
    for name, column in table.columns.items():
        value = row.values.get(name)
        yield _plain(value)
        if column.code_list:
            code = sources.package.code_lists[column.code_list].codes.get(str(value))
            yield from (code.name(language) if code else None for language in languages)


def _plain(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _words(content: Inlines) -> str:
    return "".join(run.text for run in content if isinstance(run, Text))


def _widen(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter

    first = sheet.max_row and sheet.freeze_panes
    start = int("".join(c for c in str(first) if c.isdigit()) or 1) - 1
    for index, column in enumerate(sheet.iter_cols(min_row=start), 1):
        longest = max((_display_width(str(cell.value or "")) for cell in column), default=0)
        sheet.column_dimensions[get_column_letter(index)].width = min(max(longest + 2, _WIDTH), _WIDEST)


def _display_width(text: str) -> int:
    return sum(2 if char >= "\u2e80" else 1 for char in text)


def _dated(data: bytes) -> bytes:
    """Return the workbook's zip file with every entry's date the same; openpyxl writes the clock's."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _ZIP_DATE), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
