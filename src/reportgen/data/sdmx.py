"""SDMX-CSV, versions 1.0 and 2.0: the columns of a message, read as the fields that the descriptor declares.

A component goes to the field of its name, whatever the case, or to the one whose property ``sdmx`` names it.
``TIME_PERIOD`` and ``OBS_VALUE`` go to the only field that can hold them. Source: SDMX 3.0, section 6 (SDMX-CSV field
guide, https://github.com/sdmx-twg/sdmx-csv).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.base.diagnostics import CellRef, Faults, Result, Span, error
from reportgen.base.world import World
from reportgen.data.csvfile import read_csv
from reportgen.data.descriptor import Resource
from reportgen.data.raw_sheet import Raw, Sheet
from reportgen.data.sheets import Expected, check_header
from reportgen.data.statuses import STATUS
from reportgen.data.tables import expected_columns

_STRUCTURE = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION")
"""Columns that are of the message, not of the data."""
_PERIODS = ("year", "yearmonth", "date")


def read_sdmx_csv(world: World, path: str, resource: Resource) -> Result[Sheet | None]:
    """Return the sheet of an SDMX-CSV file, its header in the names of the resource's fields.

    ``NaN`` stands for no value, as the standard says. Rows that delete (``ACTION`` D) are refused. Components that no
    field names, attributes as a rule, are left out.
    """
    faults = Faults()
    anything = Expected((), "", may_have_others=True)
    sheet = faults.take(read_csv(world, path, anything, resource.dialect))
    if sheet is None:
        return faults.result(None)
    components = [_split(name) for name in sheet.header]
    if not {"DATAFLOW", "STRUCTURE"} & set(components):
        message = "the file is not SDMX-CSV: its header has neither DATAFLOW nor STRUCTURE"
        hint = 'read it as CSV: "format": "csv"'
        return Result(None, (error("wrong-header", message, Span(path, 1), hint),))
    fields = _fields(resource, components)
    header = tuple(fields.get(name, name) for name in components)
    wrong = check_header(header, 1, path, replace(expected_columns(resource), may_have_others=True))
    if wrong is not None:
        given = ",".join(name for name in components if name not in _STRUCTURE)
        hint = f'name the component at the field: "reportgen": {{"sdmx": …}}; there are {given}'
        return Result(None, (replace(wrong, hints=(hint,)),))
    _refuse_deletions(sheet, components, path, faults)
    kept = [index for index, name in enumerate(header) if name in resource.table.columns]
    both = {
        i for i in kept if ":" in sheet.header[i] and resource.table.columns[header[i]].role == "dimension"
    }
    labelled = "STRUCTURE_NAME" not in components and any(":" in name for name in sheet.header)
    rows = tuple(
        (number, tuple(_cell(cells[i], i in both and labelled) for i in kept)) for number, cells in sheet.rows
    )
    return faults.result(Sheet(tuple(header[i] for i in kept), rows, path))


def _split(name: str) -> str:
    """Return the id of a component in a header of ids, or of ids with names (``GEO: Area``)."""
    return name.partition(":")[0].strip()


def _cell(raw: Raw, labelled: bool) -> Raw:
    if raw == "NaN":
        return None
    return raw.partition(":")[0].strip() if labelled and isinstance(raw, str) else raw


def _fields(resource: Resource, components: Sequence[str]) -> Mapping[str, str]:
    """Return the field that each component goes to."""
    columns = resource.table.columns
    found = {component: name for name, component in resource.sdmx.items()}
    by_name = {name.casefold(): name for name in columns if name not in resource.sdmx}
    for component in components:
        if component not in found and component.casefold() in by_name:
            found[component] = by_name[component.casefold()]
    periods = [name for name, column in columns.items() if column.type in _PERIODS]
    values = [name for name, column in columns.items() if column.role == "measure"]
    for component, names in (("TIME_PERIOD", periods), ("OBS_VALUE", values), ("OBS_STATUS", [STATUS])):
        if (
            component not in found
            and len(names) == 1
            and names[0] not in found.values()
            and names[0] in columns
        ):
            found[component] = names[0]
    return found


def _refuse_deletions(sheet: Sheet, components: Sequence[str], path: str, faults: Faults) -> None:
    if "ACTION" not in components:
        return
    index = components.index("ACTION")
    number = next((number for number, cells in sheet.rows if cells[index] == "D"), None)
    if number is not None:
        hint = "apply the message first, or take out the rows that delete"
        faults.error("unread-word", "the row deletes an observation", CellRef(path, number, "ACTION"), hint)
