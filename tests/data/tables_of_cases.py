"""What the tests of reading share: a package of one table, and what is read of it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from reportgen.base.diagnostics import Diagnostic, Result
from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.data.package import DataPackage, Value

YEAR, KIND, VALUE, STATUS = (
    {"name": "year", "type": "year"},
    {"name": "kind"},
    {"name": "value", "type": "number"},
    {"name": "obs_status"},
)
FIELDS: Sequence[Mapping[str, Any]] = (YEAR, KIND, VALUE, STATUS)
HEADER = "year,kind,value,obs_status\n"
TEXT = HEADER + "2013,a,1,A\n2014,a,2.5,A\n"
ROWS: Sequence[Sequence[Any]] = (
    ("year", "kind", "value", "obs_status"),
    (2013, "a", 1, "A"),
    (2014, "a", 2.5, "A"),
)


def package(
    path: str | Sequence[str] = "t.csv",
    fields: Sequence[Mapping[str, Any]] = FIELDS,
    key: Sequence[str] = ("year", "kind"),
    schema: Mapping[str, Any] | None = None,
    **resource: Any,
) -> dict[str, Any]:
    """Return a descriptor of one table named ``t``."""
    whole = {"fields": list(fields), "primaryKey": list(key), **(schema or {})}
    return {"name": "test", "resources": [{"name": "t", "path": path, "schema": whole, **resource}]}


def load(
    data: str | bytes | Mapping[str, str | bytes], file: str = "t.csv", **declared: Any
) -> Result[DataPackage]:
    """Load a package of one table from its file, or from some files below ``data/``."""
    files = dict(data) if isinstance(data, Mapping) else {file: data}
    declared.setdefault("path", next(iter(files)))
    text = json.dumps(package(**declared), indent=1)
    below = {f"data/{name}": content for name, content in files.items()}
    return load_package(World.of_files({"data/datapackage.json": text, **below}))


def values(result: Result[DataPackage]) -> list[tuple[Value, ...]]:
    """Return the rows of the table."""
    table = result.value.tables["t"]
    return [tuple(row.values[name] for name in table.columns) for row in table.rows]


def one(result: Result[DataPackage]) -> Diagnostic:
    """Return the only diagnostic, which must be an error with a place and a hint."""
    assert len(result.diagnostics) == 1, [str(d) for d in result.diagnostics]
    (found,) = result.diagnostics
    assert not result.ok
    assert found.place is not None
    assert found.hints
    return found


def workbook(rows: Sequence[Sequence[Any]] = ROWS, change: Any = None, title: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet; ``change`` gets the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
