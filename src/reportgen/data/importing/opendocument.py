"""OpenDocument spreadsheets, read with the standard library: of the format a table needs six elements.

Source: OASIS, *Open Document Format for Office Applications* 1.3, part 3, 9 (tables).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from reportgen.base.limits import SHEET_CELLS
from reportgen.base.suggest import did_you_mean
from reportgen.data.importing.grid import (
    NOTHING,
    Area,
    Cell,
    Grid,
    ImportFault,
    check_size,
    make_grid,
    number_of,
    text_cell,
)
from reportgen.data.importing.workbooks import check_archive

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read_opendocument(data: bytes, file: str, sheet: str | None) -> Grid:
    """Return a sheet of an OpenDocument spreadsheet, by name or the first.

    Raises:
        ImportFault: if it cannot be read.
    """
    archive = check_archive(data, ".ods")
    try:
        content = archive.read("content.xml")
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
            raise ET.ParseError("it declares entities")
        tables = {t.get(f"{_TABLE}name", ""): t for t in ET.fromstring(content).iter(f"{_TABLE}table")}
    except (
        KeyError,
        ET.ParseError,
        zipfile.BadZipFile,
        RuntimeError,
        OSError,
        NotImplementedError,
        EOFError,
    ):
        hint = "open it in its program and save it anew as .ods, without a password"
        raise ImportFault(
            "the file is not a workbook that can be read", hint, rule="not-a-workbook"
        ) from None
    if sheet is not None and sheet not in tables:
        hints = did_you_mean(sheet, tables) or (f"there are {', '.join(tables)}",)
        raise ImportFault(f"the workbook has no sheet {sheet}", *hints, rule="unknown-sheet")
    name = sheet if sheet is not None else next(iter(tables), "")
    if name not in tables:
        raise ImportFault("the workbook has no sheet", "save it with one", rule="empty-sheet")
    merges: list[Area] = []
    rows = _rows(tables[name], merges)
    return make_grid(file, name, rows, merges, about=(f"the sheet is {name}",))


def _rows(table: ET.Element, merges: list[Area]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    held = 0
    for row in table.iter(f"{_TABLE}table-row"):
        cells = list(_cells(row, len(rows), merges))
        while cells and cells[-1].is_empty:
            cells.pop()
        again = _repeated(row, "number-rows-repeated")
        held += len(cells) * again
        if held > SHEET_CELLS:
            check_size(again + len(rows), max(len(cells), 1 + SHEET_CELLS // (again + len(rows))))
        rows += [cells] * (again if cells else min(again, 1000))
    return rows


def _cells(row: ET.Element, number: int, merges: list[Area]) -> Iterator[Cell]:
    column = 0
    for element in row:
        if element.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        cell = NOTHING if element.tag.endswith("covered-table-cell") else _cell(element)
        again = _repeated(element, "number-columns-repeated")
        down, across = (_repeated(element, f"number-{what}-spanned") for what in ("rows", "columns"))
        if down > 1 or across > 1:
            merges.append(Area(number, column, number + down - 1, column + across - 1))
        if not cell.is_empty:
            check_size(1, column + again)
        again = min(again, 20_000)  # empty cells up to the edge of the sheet
        yield from [cell] * again
        column += again


def _repeated(element: ET.Element, name: str) -> int:
    written = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _cell(element: ET.Element) -> Cell:
    kind = element.get(f"{_OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        try:
            value = Decimal(element.get(f"{_OFFICE}value", ""))
        except InvalidOperation:
            return text_cell(_words(element))
        percent = kind == "percentage"
        number = float(value) * 100 if percent else float(value)
        return Cell(number_of(number), percent=percent)
    if kind == "date":
        return text_cell(element.get(f"{_OFFICE}date-value", "")[:10])
    return text_cell(_words(element))


def _words(element: ET.Element) -> str:
    return "\n".join("".join(_spelt(line)) for line in element.findall(f"{_TEXT}p"))


def _spelt(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(
                int(child.get(f"{_TEXT}c", "1") or 1) if child.get(f"{_TEXT}c", "1").isdigit() else 1, 100
            )
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag != f"{_OFFICE}annotation":
            yield from _spelt(child)
        yield child.tail or ""
