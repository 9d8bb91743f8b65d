"""Loading the data package: its descriptor, tables and code lists, with the corrections laid over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.world import World
from reportgen.data.codelists import check_codes, make_code_list
from reportgen.data.corrections import PATH as CORRECTIONS
from reportgen.data.corrections import lay_over, read_corrections
from reportgen.data.csvfile import read_csv
from reportgen.data.descriptor import Descriptor, Resource, parse_descriptor
from reportgen.data.package import CodeList, DataPackage, Table
from reportgen.data.raw_sheet import Sheet
from reportgen.data.tables import make_table
from reportgen.data.transforms import make_tables
from reportgen.data.unitlist import LIST, make_units
from reportgen.data.units import BUILT_IN, Units

PATH = "data/datapackage.json"


def load_package(
    world: World,
    path: str = PATH,
    corrections: str = CORRECTIONS,
    languages: Collection[str] = (),
    unit_words: Mapping[str, str] | None = None,
) -> Result[DataPackage]:
    """Return the data package of a project, and every fault of its files with file, row and column.

    A cell that cannot be read is None and named in its row's ``faulty``; a table of which rows are lost, or all of
    it, is named in the package's ``broken``.

    Args:
        languages: those of the report's editions: every code must have a name in each.
        unit_words: what languages call per cent and the like (:func:`reportgen.data.unitlist.make_units`).
    """
    faults = Faults()
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return Result(DataPackage("", {}, {}), (text,))
    descriptor = faults.take(parse_descriptor(text, path))
    tables, broken = _tables(world, descriptor, faults)
    code_lists = {
        resource.name: faults.take(make_code_list(tables[resource.name], languages))
        for resource in descriptor.resources
        if resource.is_code_list and resource.name in tables
    }
    data = {name: table for name, table in tables.items() if name not in code_lists}
    units = faults.take(make_units(tables.get(LIST) if LIST in code_lists else None, unit_words))
    for table in data.values():
        lists = {n: codes for n, codes in code_lists.items() if n not in broken}
        faults.add(*check_codes(table, lists, {LIST: tuple(BUILT_IN)}))
    if LIST in code_lists:
        faults.add(*_unit_faults(descriptor.resources, units))
    lines = faults.take(read_corrections(world, corrections))
    made = {resource.name: resource for resource in descriptor.resources if resource.transform is not None}
    corrected = faults.take(lay_over(data, lines, code_lists, broken, made))
    found, broken = make_tables(world, made.values(), corrected, code_lists, broken, faults)
    ordered = {
        resource.name: found[resource.name] for resource in descriptor.resources if resource.name in found
    }
    return faults.result(DataPackage(descriptor.name, ordered, code_lists, lines, broken, units))


def _tables(
    world: World, descriptor: Descriptor, faults: Faults
) -> tuple[Mapping[str, Table], frozenset[str]]:
    tables, broken = {}, set(descriptor.broken)
    for resource in descriptor.resources:
        if resource.transform is not None:
            continue
        if resource.name in descriptor.broken:  # its cells would be read by a wrong declaration
            continue
        read = _sheet(world, resource)
        sheet = faults.take(read)
        if not read.ok:
            broken.add(resource.name)
        if sheet is None:
            continue
        if read.ok and not sheet.rows:
            hint = "fill it or take it out of the package"
            faults.error("empty-table", "the table has no rows", Span(resource.table.file), hint)
        tables[resource.name] = faults.take(make_table(resource, sheet))
    return tables, frozenset(broken)


def _sheet(world: World, resource: Resource) -> Result[Sheet | None]:
    if resource.format == "csv":
        return read_csv(world, resource.table.file, resource.delimiter)
    from reportgen.data import workbook

    if resource.format == "xlsx":
        return workbook.read_excel(world, resource.table.file, resource.sheet)
    return workbook.read_parquet(world, resource.table.file)


def _unit_faults(resources: Iterable[Resource], units: Units) -> Iterator[Diagnostic]:
    """Yield a fault for each unit that the code list ``units`` does not name."""
    for resource in resources:
        for name, column in resource.table.columns.items():
            if column.unit is not None and column.unit not in units:
                message = f"the unit {column.unit} of {resource.name}.{name} is not in the code list units"
                place = resource.unit_places[name]
                hints = did_you_mean(column.unit, units.listed) or known_names(column.unit, units.codes)
                yield error("unknown-unit", message, place, *hints)


def load_code_lists(world: World, descriptor: Descriptor) -> Mapping[str, CodeList]:
    """Return the code lists of a package as they can be read; :func:`load_package` tells what is wrong in them."""
    found: dict[str, CodeList] = {}
    for resource in descriptor.resources:
        if resource.is_code_list and resource.transform is None and resource.name not in descriptor.broken:
            sheet = _sheet(world, resource).value
            if sheet is not None:
                found[resource.name] = make_code_list(make_table(resource, sheet).value).value
    return found
