"""A table that is already there: what a new sheet adds to it and changes in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.base.diagnostics import CellRef, Diagnostic, Fault, Span, error, warning
from reportgen.base.world import World
from reportgen.data.descriptor import Descriptor
from reportgen.data.importing.codes import Coded
from reportgen.data.importing.draft import Entry
from reportgen.data.importing.recipe import Recipe

Row = tuple[str, ...]
_SHOWN = 3
_RENAMED = "if one was only renamed, write its code in the decisions under [labels]"


@dataclass(frozen=True, slots=True)
class Update:
    """The rows of a table after the import.

    Attributes:
        changes: what is different, in sentences.
        keeps_entry: whether the descriptor's entry of the table stays as it is.
    """

    rows: tuple[Row, ...]
    changes: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    keeps_entry: bool = False


def update_rows(
    world: World,
    descriptor: Descriptor,
    entry: Entry,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    kept: Recipe | None,
    codes: Mapping[str, Coded],
    replaces: bool,
) -> Update:
    """Return a table's rows: those of the sheet, laid by their keys over those of an earlier import.

    Args:
        kept: the decisions of the earlier import, None where there was none.

    Raises:
        Fault: if there is a table of that name that may not be replaced, or that the sheet does not fit.
    """
    name, path = entry["name"], f"data/{entry['name']}.csv"
    known = next((r for r in descriptor.resources if r.name == name), None)
    declared = known is not None or name in descriptor.broken
    if kept is None or kept.table != name or not world.exists(path):
        if (declared or world.exists(path)) and not replaces:
            hint = "give the new table another name with --as, or replace it with --replace"
            raise Fault(f"the package already has a table {name}", hint, rule="table-exists")
        said = (
            (f"{name} is replaced by {len(rows)} rows",)
            if declared
            else (f"{name} is new: {len(rows)} rows",)
        )
        return Update(tuple(rows), said)
    before = _read(world, path)
    if before is None or tuple(before[0]) != tuple(columns):
        if replaces:
            return Update(
                tuple(rows), (f"{name} is replaced by {len(rows)} rows: its columns are others now",)
            )
        was = ", ".join(before[0]) if before else "none that can be read"
        message = f"the columns of {name} were {was}; the sheet gives {', '.join(columns)}"
        hint = "look what changed in the sheet; --head, --stub and --range say how to read it, --replace begins anew"
        raise Fault(message, hint, rule="changed-shape")
    was_unit = known.table.columns["value"].unit if known and "value" in known.table.columns else None
    unit = next((f["reportgen"].get("unit") for f in entry["schema"]["fields"] if f["name"] == "value"), None)
    if known is not None and (was_unit or None) != (unit or None) and not replaces:
        message = f"the numbers of {name} were in {was_unit}; the sheet gives them in {unit}"
        raise Fault(message, "correct the sheet's unit, or begin anew with --replace", rule="changed-shape")
    return _laid_over(path, before, columns, rows, kept, codes, replaces)


def _read(world: World, path: str) -> list[Row] | None:
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return None
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text), strict=True) if row] or None
    except csv.Error:
        return None


def _laid_over(
    path: str,
    before: list[Row],
    columns: Sequence[str],
    rows: Sequence[Row],
    kept: Recipe,
    codes: Mapping[str, Coded],
    replaces: bool,
) -> Update:
    width = columns.index("value")
    table = {row[:width]: row for row in before[1:]}
    numbers = {row[:width]: number for number, row in enumerate(before[1:], 2)}
    revised = [
        (table[row[:width]], row) for row in rows if row[:width] in table and table[row[:width]] != row
    ]
    new = [row for row in rows if row[:width] not in table]
    changes = [f"{len(new)} rows are new, {len(rows) - len(new) - len(revised)} are as they were"]
    changes += [
        f"{', '.join(row[:width])}: {_told(old, width)} becomes {_told(row, width)}"
        for old, row in revised[:20]
    ]
    if len(revised) > 20:
        changes.append(f"… and {len(revised) - 20} more")
    diagnostics = list(_shape(kept, codes, path))
    if revised and not replaces:
        old, row = revised[0]
        message = f"{len(revised)} values that are in the package are others in the sheet"
        told = f"the first: {', '.join(row[:width])} was {_told(old, width)}, is {_told(row, width)}"
        hint = "look at them, then take the sheet's with --replace; --dry-run lists them"
        place = CellRef(path, numbers[row[:width]], "value")
        diagnostics.append(error("changed-values", f"{message}; {told}", place, hint))
    table |= {row[:width]: row for row in rows}
    return Update(tuple(table.values()), tuple(changes), tuple(diagnostics), keeps_entry=True)


def _told(row: Row, width: int) -> str:
    return f"{row[width] or 'no value'} ({' '.join(cell for cell in row[width + 1 :] if cell)[:60]})"


def _shape(kept: Recipe, codes: Mapping[str, Coded], path: str) -> list[Diagnostic]:
    """Return a warning for the labels of a dimension that are new, and one for those that are gone."""
    found = []
    for name, coded in codes.items():
        labels = kept.labels.get(name, {})
        new = [key for key in coded.codes if key not in labels]
        gone = [key for key in labels if key not in coded.codes]
        if new:
            found.append(warning("new-label", f"{name}: {_some(new)} new in the sheet", Span(path), _RENAMED))
        if gone:
            message = f"{name}: {_some(gone)} no longer in the sheet"
            found.append(warning("lost-label", message, Span(path), _RENAMED))
    return found


def _some(keys: list[str]) -> str:
    shown = ", ".join(keys[:_SHOWN]) + (f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else "")
    return f"{shown} {'is' if len(keys) == 1 else 'are'}"
