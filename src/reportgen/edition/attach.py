"""Files that the screen edition carries: each figure's table as CSV, the data package once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from reportgen.base.frame import Attachment
from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.edition import document as doc
from reportgen.edition.annex import name_of
from reportgen.edition.captions import data_file
from reportgen.edition.labels import Labels
from reportgen.edition.spreadsheet import as_text
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree

BOM = "\ufeff"
"""Makes Excel read a CSV file as UTF-8; RFC 4180 and the Frictionless tools allow it."""


def attach_all(wording: Wording, figures: Iterable[tree.Figure]) -> tuple[Attachment, ...]:
    """Return the files of an edition; a table that two figures share is carried once."""
    files: dict[str, Attachment] = {}
    for figure in figures:
        table = wording.package.tables.get(figure.table)
        name = data_file(figure)
        if table is None or name in files:
            continue
        words = wording.numbering.words[figure.anchor]
        said = wording.labels("Data of {figure} as CSV", figure=words)
        files[name] = Attachment(name, csv_bytes(wording, table), "text/csv", said)
    said, data = wording.labels("Data package of the report"), package_bytes(wording.package)
    whole = Attachment("datapackage.json", data, "application/json", said, "Source")
    return (*files.values(), whole)


def description_file(figure: str) -> str:
    """Return the name of the file that describes a figure at length."""
    return f"{figure}.txt"


def describe_figure(figure: doc.Figure, description: str, labels: Labels) -> Attachment:
    """Return the description of a figure at length as a file, an alternative to the figure (ISO 19005-3, 6.8)."""
    said = labels("Description of {figure} in words", figure=figure.number)
    data = (description + "\n").encode()
    return Attachment(description_file(figure.name), data, "text/plain", said, "Alternative")


def csv_bytes(wording: Wording, table: Table) -> bytes:
    """Return a table as CSV (RFC 4180, UTF-8 with a byte order mark).

    Corrections are laid over it; beside each column of codes stands one of their names in the edition's language,
    ``company`` and ``company_name``. Values are those of the file; beside a column of shares, rates or points stands
    their unit, ``value_unit``, as 84.2 and 0.842 look alike. Texts that a spreadsheet would take for formulas have a
    mark before them; those of the data package are as they are.
    """
    target = io.StringIO()
    writer = csv.writer(target)
    columns = tuple(table.columns.values())
    writer.writerow([name for column in columns for name in _heads(wording, table, column)])
    for row in table.rows:
        writer.writerow([cell for column in columns for cell in _cells(wording, table, row, column)])
    return (BOM + target.getvalue()).encode()


def _heads(wording: Wording, table: Table, column: Column) -> tuple[str, ...]:
    name = as_text(column.name)
    if _unit_beside(wording, table, column):
        return (name, f"{name}_unit")
    return (name, f"{name}_name") if column.code_list else (name,)


def _cells(wording: Wording, table: Table, row: Row, column: Column) -> tuple[str, ...]:
    value = row.values.get(column.name)
    code = "" if value is None else str(value)
    shown = as_text(code) if isinstance(value, str) else code
    if unit := _unit_beside(wording, table, column):
        return (shown, as_text(unit))
    return (shown, as_text(name_of(wording, column, code))) if column.code_list else (shown,)


def _unit_beside(wording: Wording, table: Table, column: Column) -> str:
    """Return the unit that stands beside a column's values; "" for plain numbers, or where the table says it itself."""
    unit = wording.package.units.of(column.unit)
    if unit.kind == "number" or f"{column.name}_unit" in table.columns:
        return ""
    return wording.labels("ratio") if unit.dimension == "ratio" else wording.unit_name(unit)


def package_bytes(package: DataPackage) -> bytes:
    """Return the data package as one file: a Frictionless descriptor with its rows inline, corrections laid over."""
    lists = [
        {
            "name": codes.name,
            "data": [
                {"code": code.code, **{f"name_{lang}": name for lang, name in sorted(code.names.items())}}
                for code in codes.codes.values()
            ],
        }
        for codes in package.code_lists.values()
    ]
    described = {
        "name": package.name or "data",
        "resources": [*map(_resource, package.tables.values()), *lists],
    }
    return json.dumps(described, ensure_ascii=False).encode()


def _resource(table: Table) -> dict[str, Any]:
    fields = [{"name": column.name, "type": column.type} for column in table.columns.values()]
    data = [
        {name: None if row.values.get(name) is None else str(row.values[name]) for name in table.columns}
        for row in table.rows
    ]
    return {"name": table.name, "schema": {"fields": fields}, "data": data}
