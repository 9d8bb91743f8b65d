"""The labels at the left of a sheet: merged cells filled down, groups, parts by “其中：” and indents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reportgen.data.importing import words
from reportgen.data.importing.axes import Axis, Member, member_of
from reportgen.data.importing.block import Block
from reportgen.data.importing.grid import Grid, ImportFault
from reportgen.data.importing.labels import Label, label_of


@dataclass(frozen=True, slots=True)
class Stub:
    """The dimensions at the left.

    Attributes:
        rows: the rows that hold values.
        units: the unit that a row's label gives.
        groups: rows that are headings of the rows below them.
    """

    axes: tuple[Axis, ...]
    rows: tuple[int, ...]
    units: Mapping[int, str]
    marks: tuple[tuple[int, str], ...]
    groups: tuple[int, ...]


def read_stub(grid: Grid, block: Block, units: frozenset[str]) -> Stub:
    """Return the dimensions of the stub.

    Raises:
        ImportFault: if a row of values has no label.
    """
    flags = block.flags.values()
    groups = tuple(
        r
        for r in block.body
        if all(block.figures[r][c].sort == "empty" for c in block.values)
        and all(grid.cells[r][c].is_empty for c in flags)
    )
    rows = tuple(r for r in block.body if r not in groups)
    own_units = [c for c in block.stub if words.means("unit", _title(grid, block, c).text)]
    passed = [c for c in block.stub if words.means("frequency", _title(grid, block, c).text)]
    columns = [c for c in block.stub if c not in (*own_units, *passed)] or [block.stub[0]]
    last = columns[-1]
    axes = [_outer(grid, block, number, column, rows, units) for number, column in enumerate(columns[:-1], 1)]
    labels = {
        row: _label(grid, block, row, last, units)
        for row in block.body
        if row in rows or _text(grid, row, last)
    }
    inner = _nested(labels, frozenset(groups), grid, block)
    where = f"stub {len(columns)}"
    title = _title(grid, block, last)
    crossing = _crossing(inner, groups, rows)
    if crossing is not None:
        axes.append(Axis(f"group of {where}", Label(), crossing))
        plain = {row: replace(labels[row], parent=None) for row in rows}
        axes.append(Axis(where, title, plain))
    else:
        inner = _dated(inner)
        own = tuple(inner[g] for g in groups if g in inner and inner[g].spell is None)
        axes.append(Axis(where, title, _unique({r: inner[r] for r in rows}, {m.key: m for m in own}), own))
    found = {r: grid.filled(r, c).text for c in own_units for r in rows if not grid.filled(r, c).is_empty}
    found |= {row: unit for row, unit in _units(inner).items() if row in rows}
    marks = tuple((row, mark) for row in rows for mark in labels[row].label.marks)
    return Stub(tuple(axes), rows, found, marks, groups)


def _units(inner: Mapping[int, Member]) -> dict[int, str]:
    """Return the unit of each row's label, or that of what it is a part of."""
    own: dict[str, str] = {}
    found: dict[int, str] = {}
    for row, member in inner.items():
        unit = member.label.unit or own.get(member.parent or "", "")
        if unit:
            own[member.key] = found[row] = unit
    return found


def _text(grid: Grid, row: int, column: int) -> str:
    return grid.filled(row, column).text


def _title(grid: Grid, block: Block, column: int) -> Label:
    """Return the heading of a column of labels: what the lowest filled row of the head says."""
    found = [str(grid.filled(r, column).raw) for r in block.head if not grid.filled(r, column).is_empty]
    text = found[-1] if found else ""
    for bar in ("\\", "＼"):
        text = text.partition(bar)[0]
    return label_of(text)


def _outer(
    grid: Grid, block: Block, number: int, column: int, rows: tuple[int, ...], units: frozenset[str]
) -> Axis:
    """Return the dimension of a column whose label holds until the next."""
    at: dict[int, Member] = {}
    current: Member | None = None
    for row in block.body:
        cell = grid.filled(row, column)
        if not cell.is_empty:
            current = member_of(cell, units)
        elif current is None and row in rows:
            raise _unlabelled(grid, row, column)
        if row in rows and current is not None:
            at[row] = current
    return Axis(f"stub {number}", _title(grid, block, column), at)


def _label(grid: Grid, block: Block, row: int, column: int, units: frozenset[str]) -> Member:
    cell = grid.filled(row, column)
    if cell.is_empty:
        outer = [grid.cells[row][c] for c in block.stub[:-1] if not grid.cells[row][c].is_empty]
        if not outer:  # of a total, only the first column of labels is written
            raise _unlabelled(grid, row, column)
        cell = outer[-1]
    member = member_of(cell, units)
    if block.others is not None and not grid.cells[row][block.others].is_empty and member.spell is None:
        other = label_of(grid.cells[row][block.others], units)
        label = replace(member.label, latin=other.latin or member.label.latin)
        member = replace(member, label=label)
    return member


def _unlabelled(grid: Grid, row: int, column: int) -> ImportFault:
    place = grid.place(row, column)
    message = f"{place.column}{place.row}: the row of numbers has no label"
    return ImportFault(message, "write one, or leave the row out with --range")


def _nested(
    labels: Mapping[int, Member], groups: frozenset[int], grid: Grid, block: Block
) -> dict[int, Member]:
    """Return the labels with what each is a part of.

    A label is a part of the nearest one above it that is indented less. “其中：” begins parts of the label above; so
    does a heading without values. A line that is indented further than “其中：” stands beside it: it is only aligned.
    """
    found: dict[int, Member] = {}
    above: list[tuple[float, Member]] = []
    part_of: int | None = None
    group: int | None = None
    for row, member in labels.items():
        indent = grid.filled(row, block.stub[-1]).indent
        depth = float(indent)
        if member.label.of_which:
            part_of, depth = indent, indent + 0.5
        elif part_of is not None and indent > part_of:
            depth = part_of + 0.5
        else:
            part_of = None
        if row in groups:
            group = indent
        elif group is not None and indent <= group and not member.label.of_which:
            depth = depth + 0.25 if indent == group and not member.label.is_total else depth
        above = [(d, m) for d, m in above if d < depth]
        parent = above[-1][1] if above and member.spell is None else None
        found[row] = replace(member, parent=parent.key if parent is not None else None)
        above.append((depth, found[row]))
    return found


def _dated(inner: Mapping[int, Member]) -> dict[int, Member]:
    """Return labels, those of parts of a year (一季度) put into the year that stands above them."""
    found: dict[int, Member] = {}
    year: int | None = None
    for row, member in inner.items():
        spell = member.spell
        if spell is not None and spell.kind == "year":
            year = spell.year
        elif spell is not None and spell.year is None and year is not None:
            spell = spell.in_year(year)
            member = replace(member, key=spell.text, spell=spell, parent=None)
        found[row] = member
    return found


def _crossing(
    inner: Mapping[int, Member], groups: tuple[int, ...], rows: tuple[int, ...]
) -> dict[int, Member] | None:
    """Return the group of each row, where every heading without values stands over the same labels as the others."""
    if len(groups) < 2 or rows[0] < groups[0] or any(g not in inner for g in groups):
        return None
    at: dict[int, Member] = {}
    below: dict[str, list[str]] = {}
    for row in rows:
        group = max(g for g in groups if g < row)
        at[row] = replace(inner[group], parent=None)
        below.setdefault(inner[group].key, []).append(inner[row].key)
    same = {tuple(keys) for keys in below.values()}
    return at if len(below) == len(groups) and len(same) == 1 else None


def _unique(at: dict[int, Member], groups: Mapping[str, Member]) -> dict[int, Member]:
    """Return labels, those that stand several times named with what they are parts of."""
    by_key: dict[str, set[str | None]] = {}
    for member in at.values():
        by_key.setdefault(member.key, set()).add(member.parent)
    labels = {m.key: m.label for m in (*groups.values(), *at.values())}
    return {
        row: replace(m, key=f"{m.parent} · {m.key}", label=m.label.inside(labels[m.parent]))
        if len(by_key[m.key]) > 1 and m.parent is not None
        else m
        for row, m in at.items()
    }
