"""Loading the data package: its descriptor, tables and code lists, with the corrections laid over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from reportgen.base.diagnostics import CellRef, Diagnostic, Faults, Result, Severity, Span, error
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.world import World
from reportgen.data.codelists import check_codes, make_code_list
from reportgen.data.corrections import PATH as CORRECTIONS
from reportgen.data.corrections import lay_over, read_corrections
from reportgen.data.descriptor import Descriptor, Resource, parse_descriptor
from reportgen.data.package import CodeList, Correction, DataPackage, Table
from reportgen.data.plausibility import implausible
from reportgen.data.reading import read_sheets
from reportgen.data.statuses import StatusNames, with_statuses
from reportgen.data.tables import make_table
from reportgen.data.transforms import make_tables
from reportgen.data.unitlist import LIST, make_units
from reportgen.data.units import BUILT_IN, Units

PATH = "data/datapackage.json"
Percentages: TypeAlias = list[tuple[str, str, str, int]]
"""Columns that a workbook shows as percentages: table, file, column and the first such row."""
_LOSING = ("repeated-key", "more-faults")
"""Faults after which nothing can be told from a table: which of two rows counts, or how many are at fault."""


def load_package(
    world: World,
    path: str = PATH,
    corrections: str = CORRECTIONS,
    languages: Collection[str] = (),
    unit_words: Mapping[str, str] | None = None,
    statuses: StatusNames | None = None,
) -> Result[DataPackage]:
    """Return the data package of a project, and every fault of its files with file, row and column.

    A cell that cannot be read is None and named in its row's ``faulty``; a table of which rows are lost, or all of
    it, is named in the package's ``broken``.

    Args:
        languages: those of the report's editions: every code must have a name in each.
        unit_words: what languages call per cent and the like (:func:`reportgen.data.unitlist.make_units`).
        statuses: the names of SDMX's observation statuses, which a project need not list.
    """
    faults = Faults()
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return Result(DataPackage("", {}, {}), (text,))
    descriptor = faults.take(parse_descriptor(text, path))
    tables, broken, percent = _tables(world, descriptor, faults)
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
    faults.add(*_percent_faults(tables, percent, units))
    lines = faults.take(read_corrections(world, corrections))
    made = {resource.name: resource for resource in descriptor.resources if resource.transform is not None}
    lost = faults.refused and not descriptor.resources and not broken
    corrected = data if lost else faults.take(lay_over(data, lines, code_lists, broken, made))
    found, broken = make_tables(world, made.values(), corrected, code_lists, broken, faults)
    ordered = {
        resource.name: found[resource.name] for resource in descriptor.resources if resource.name in found
    }
    unsound = broken | _unsound(ordered, lines, faults, corrections)
    faults.add(*implausible(ordered, descriptor.plausibility, unsound, made, units))
    known = with_statuses(code_lists, ordered.values(), statuses or {})
    return faults.result(DataPackage(descriptor.name, ordered, known, lines, broken, units))


def _unsound(
    tables: Mapping[str, Table], lines: Iterable[Correction], faults: Faults, corrections: str
) -> frozenset[str]:
    """Return the tables in which a fault is told already: what is implausible in them may follow from it."""
    files = {d.place.file for d in faults.found if d.severity is Severity.ERROR and d.place is not None}
    corrected = {line.table for line in lines} if corrections in files else set()
    return frozenset(corrected | {name for name, table in tables.items() if table.file in files})


def _tables(
    world: World, descriptor: Descriptor, faults: Faults
) -> tuple[Mapping[str, Table], frozenset[str], Percentages]:
    tables, broken, percent = {}, set(descriptor.broken), []
    for resource in descriptor.resources:
        if resource.transform is not None:
            continue
        if resource.name in descriptor.broken:  # its cells would be read by a wrong declaration
            continue
        read = read_sheets(world, resource)
        sheets = faults.take(read)
        if not read.ok:
            broken.add(resource.name)
        if not sheets:
            continue
        if read.ok and not any(sheet.rows for sheet in sheets):
            hint = "fill it or take it out of the package"
            faults.error("empty-table", "the table has no rows", Span(resource.table.file), hint)
        percent += [(resource.name, sheet.file, *shown) for sheet in sheets for shown in sheet.percent]
        made = make_table(resource, *sheets)
        tables[resource.name] = faults.take(made)
        if any(fault.rule in _LOSING for fault in made.diagnostics):
            broken.add(resource.name)
    return tables, frozenset(broken), percent


def _percent_faults(tables: Mapping[str, Table], percent: Percentages, units: Units) -> Iterator[Diagnostic]:
    """Yield a fault for each column whose workbook shows percentages, shares of one, and whose unit is per cent."""
    for name, file, header, row in percent:
        column = tables[name].columns.get(header)
        if column is not None and column.role == "measure" and units.of(column.unit).dimension == "percent":
            message = (
                f"the cell shows a percentage, a share of one, but the unit of {header} is {column.unit}"
            )
            hint = "declare a ratio as its unit, or keep 15.2 in the cell in place of 15.2%"
            yield error("mixed-units", message, CellRef(file, row, header), hint)


def _unit_faults(resources: Iterable[Resource], units: Units) -> Iterator[Diagnostic]:
    """Yield a fault for each unit that the code list ``units`` does not name."""
    for resource in resources:
        for name, column in resource.table.columns.items():
            if column.unit is not None and column.unit not in units:
                message = f"the unit {column.unit} of {resource.name}.{name} is not in the code list units"
                place = resource.unit_places[name]
                hints = did_you_mean(column.unit, units.listed) or known_names(column.unit, units.codes)
                yield error("unknown-unit", message, place, *hints, about=f"unit {column.unit}")


def load_code_lists(world: World, descriptor: Descriptor) -> Mapping[str, CodeList]:
    """Return the code lists of a package as they can be read; :func:`load_package` tells what is wrong in them."""
    found: dict[str, CodeList] = {}
    for resource in descriptor.resources:
        if resource.is_code_list and resource.transform is None and resource.name not in descriptor.broken:
            sheets = read_sheets(world, resource).value
            if sheets:
                found[resource.name] = make_code_list(make_table(resource, *sheets).value).value
    return found
