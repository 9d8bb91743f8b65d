"""Loading the data package: its descriptor, tables and code lists, with the corrections laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.suggest import known_names
from reportgen.base.world import World
from reportgen.data.codelists import check_codes, make_code_list
from reportgen.data.corrections import PATH as CORRECTIONS
from reportgen.data.corrections import lay_over, read_corrections
from reportgen.data.csvfile import read_csv
from reportgen.data.descriptor import Descriptor, Resource, parse_descriptor
from reportgen.data.package import CodeList, DataPackage, Table
from reportgen.data.sheet import Sheet
from reportgen.data.tables import make_table

PATH = "data/datapackage.json"


def load_package(world: World, path: str = PATH, corrections: str = CORRECTIONS) -> Result[DataPackage]:
    """Return the data package of a project, and every fault of its files with file, row and column.

    A cell that cannot be read is None and named in its row's ``faulty``; a table of which rows are lost, or all of
    it, is named in the package's ``broken``.
    """
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return Result(DataPackage("", {}, {}), (text,))
    described = parse_descriptor(text, path)
    faults = list(described.diagnostics)
    tables, broken = _tables(world, described.value, faults)
    code_lists = _code_lists(described.value, tables, faults)
    data = {name: table for name, table in tables.items() if name not in code_lists}
    for table in data.values():
        faults += check_codes(table, {n: codes for n, codes in code_lists.items() if n not in broken})
    faults += _unit_faults(data.values(), path, code_lists)
    read = read_corrections(world, corrections)
    laid = lay_over(data, read.value, code_lists, broken)
    faults += [*read.diagnostics, *laid.diagnostics]
    package = DataPackage(described.value.name, laid.value, code_lists, read.value, broken)
    return Result(package, tuple(faults))


def _tables(
    world: World, descriptor: Descriptor, faults: list[Diagnostic]
) -> tuple[Mapping[str, Table], frozenset[str]]:
    tables, broken = {}, set()
    for resource in descriptor.resources:
        read = _sheet(world, resource)
        faults += read.diagnostics
        if not read.ok:
            broken.add(resource.name)
        if read.value is None:
            continue
        if read.ok and not read.value.rows:
            hint = "fill it or take it out of the package"
            faults.append(error("table-no-rows", "the table has no rows", Span(resource.path), hint))
        made = make_table(resource, read.value)
        faults += made.diagnostics
        tables[resource.name] = made.value
    return tables, frozenset(broken)


def _sheet(world: World, resource: Resource) -> Result[Sheet | None]:
    if resource.format == "csv":
        return read_csv(world, resource.path, resource.delimiter)
    from reportgen.data import workbook

    if resource.format == "xlsx":
        return workbook.read_excel(world, resource.path, resource.sheet)
    return workbook.read_parquet(world, resource.path)


def _code_lists(
    descriptor: Descriptor, tables: Mapping[str, Table], faults: list[Diagnostic]
) -> Mapping[str, CodeList]:
    code_lists = {}
    for resource in descriptor.resources:
        if resource.is_code_list and resource.name in tables:
            made = make_code_list(tables[resource.name])
            faults += made.diagnostics
            code_lists[resource.name] = made.value
    return code_lists


def _unit_faults(
    tables: Iterable[Table], path: str, code_lists: Mapping[str, CodeList]
) -> Iterator[Diagnostic]:
    """Yield a fault for each unit that the code list ``units`` does not name."""
    units = code_lists.get("units")
    for table in tables if units is not None else ():
        for column in table.columns.values():
            if units is not None and column.unit is not None and column.unit not in units.codes:
                message = (
                    f"the unit {column.unit} of {table.name}.{column.name} is not in the code list units"
                )
                yield error(
                    "unit-not-code-list-units", message, Span(path), *known_names(column.unit, units.codes)
                )
