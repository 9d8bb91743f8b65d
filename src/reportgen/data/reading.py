"""The sheets of a table's files, each read by what reads its format."""

from __future__ import annotations

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.world import World
from reportgen.data.csvfile import read_csv
from reportgen.data.descriptor import Resource
from reportgen.data.queries import snapshot_fault
from reportgen.data.raw_sheet import Sheet
from reportgen.data.tables import expected_columns


def read_sheets(world: World, resource: Resource) -> Result[tuple[Sheet, ...]]:
    """Return the sheets of a table's files in their order; those that cannot be read are left out.

    Each file has its own header. A file that keeps the answer of a query must be that of the query as it is declared.
    """
    faults = Faults()
    if resource.query is not None:
        stale = snapshot_fault(world, resource.name, resource.table.file, resource.query)
        if stale is not None:
            return Result((), (stale,))
    read = [faults.take(_read(world, resource, path)) for path in resource.files]
    return faults.result(tuple(sheet for sheet in read if sheet is not None))


def _read(world: World, resource: Resource, path: str) -> Result[Sheet | None]:
    expected = expected_columns(resource)
    match resource.format:
        case "csv" | "tsv":
            return read_csv(world, path, expected, resource.dialect)
        case "sdmx-csv":
            from reportgen.data.sdmx import read_sdmx_csv

            return read_sdmx_csv(world, path, resource)
        case "parquet":
            from reportgen.data.parquet import read_parquet

            return read_parquet(world, path, expected)
        case _:
            from reportgen.data.workbook import read_excel

            return read_excel(world, path, expected, resource.dialect)
