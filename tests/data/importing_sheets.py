"""Sheets for the tests of importing, and what an import makes of them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from reportgen.base.diagnostics import Diagnostic
from reportgen.base.world import World
from reportgen.data.importing.codes import Tongue
from reportgen.data.importing.drafting import Plan
from reportgen.data.importing.plan import plan_import
from reportgen.data.importing.recipe import Recipe

TONGUES = (Tongue("zh", True), Tongue("en", False))
Rows = Sequence[Sequence[Any]]
Merge = tuple[int, int, int, int]
"""Top, left, bottom, right, counted from 0, the ends included."""


def plan(data: bytes, file: str, world: World | None = None, *, replaces: bool = False, **asked: Any) -> Plan:
    """Return the plan of an import that has no errors; ``asked`` are fields of a Recipe."""
    found = plan_import(world or World.of_files({}), data, file, TONGUES, Recipe(**asked), replaces=replaces)
    assert found.ok, [str(d) for d in found.diagnostics]
    return found.value


def refused(data: bytes, file: str, world: World | None = None, **asked: Any) -> tuple[Diagnostic, ...]:
    """Return the errors of an import."""
    found = plan_import(world or World.of_files({}), data, file, TONGUES, Recipe(**asked))
    assert not found.ok
    return found.errors


def table(made: Plan) -> list[dict[str, str]]:
    """Return the rows of the tidy table, with names in the place of codes that a list of this import names."""
    rows = list(csv.DictReader(io.StringIO(made.files[f"data/{made.name}.csv"].decode())))
    names: dict[str, dict[str, str]] = {}
    for dimension, listed in made.recipe.lists.items():
        path = f"data/lists/{listed.replace('_', '-')}.csv"
        codes = csv.DictReader(io.StringIO(made.files[path].decode())) if path in made.files else ()
        names[dimension] = {code["code"]: code["name_zh"] or code["name_en"] for code in codes}
    return [{k: names.get(k, {}).get(v, v) for k, v in row.items()} for row in rows]


def short(made: Plan) -> dict[str, str]:
    """Return each observation's value and status by its names: ``{"2020 煤": "12 A"}``."""
    own = ("value", "unit", "obs_status", "basis")
    return {
        " ".join(v for k, v in row.items() if k not in own): f"{row['value']} {row['obs_status']}".strip()
        for row in table(made)
    }


def csv_of(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(
    rows: Rows,
    merges: Sequence[Merge] = (),
    formats: Mapping[tuple[int, int], Mapping[str, Any]] | None = None,
) -> bytes:
    """Return a workbook; a merged area has the text of its first cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                form = book.add_format(dict((formats or {}).get((r, c), {})))
                if value is not None and value != "":
                    sheet.write(r, c, value, form)
        for top, left, bottom, right in merges:
            sheet.merge_range(top, left, bottom, right, rows[top][left])
    return out.getvalue()


def ods_of(rows: Rows, merges: Sequence[Merge] = ()) -> bytes:
    """Return an OpenDocument spreadsheet with the elements that offices' programs write."""
    starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    lines = []
    for r, row in enumerate(rows):
        cells = []
        for c, value in enumerate(row):
            down, across = starts.get((r, c), (1, 1))
            spans = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' * (
                (r, c) in starts
            )
            if value is None or value == "":
                cells.append(f"<table:table-cell{spans}/>")
            elif isinstance(value, (int, float)):
                number = f' office:value-type="float" office:value={quoteattr(str(value))}'
                cells.append(f"<table:table-cell{spans}{number}><text:p>{value}</text:p></table:table-cell>")
            else:
                words = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
                cells.append(
                    f'<table:table-cell{spans} office:value-type="string">{words}</table:table-cell>'
                )
        cells.append('<table:table-cell table:number-columns-repeated="16000"/>')
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    lines.append(
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">'
        f"{''.join(lines)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()
