"""The dimensions of a sheet: what its stub and the levels of its head run over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.data.importing import words
from reportgen.data.importing.block import Block
from reportgen.data.importing.grid import Cell, Grid, ImportFault
from reportgen.data.importing.labels import Label, label_of
from reportgen.data.importing.spells import Spell, flagged_spell


@dataclass(frozen=True, slots=True)
class Member:
    """A value of a dimension: a label, or a period.

    Attributes:
        key: what it is known by in its dimension.
        parent: the key of what it is a part of, by “其中：” or an indent.
        flag: a flag at the label, which holds for all of its values.
    """

    key: str
    label: Label
    parent: str | None = None
    spell: Spell | None = None
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension as the sheet has it: where it stands, its heading, and a member for each row or column.

    Attributes:
        where: as decisions name it: ``stub 1``, ``head 2``.
        at: the member of each row of the body, or of each column of values.
    """

    where: str
    title: Label
    at: Mapping[int, Member]
    groups: tuple[Member, ...] = ()

    @property
    def members(self) -> Mapping[str, Member]:
        """The members in the order of the sheet; groups that have no values of their own before their parts."""
        found: dict[str, Member] = {}
        groups = {group.key: group for group in self.groups}
        for member in self.at.values():
            parent = groups.get(member.parent or "")
            if parent is not None:
                found.setdefault(parent.key, parent)
            found.setdefault(member.key, member)
        return found

    @property
    def is_period(self) -> bool:
        return bool(self.at) and all(member.spell is not None for member in self.at.values())


@dataclass(frozen=True, slots=True)
class Head:
    """The levels of a head.

    Attributes:
        constant: labels that all columns share: what the table measures.
        units: the unit that the head gives for a column.
    """

    axes: tuple[Axis, ...]
    constant: tuple[Label, ...]
    units: Mapping[int, str]
    marks: tuple[tuple[int, str], ...] = ()
    left_out: Mapping[int, str] = field(default_factory=dict)


def member_of(cell: Cell | str, units: frozenset[str]) -> Member:
    """Return what a label stands for."""
    label = label_of(cell, units)
    for part in dict.fromkeys((label.han, label.latin)):
        spell, flag = flagged_spell(part)
        if spell is not None:
            key = spell.text if spell.year is not None else f"{spell.kind} {spell.part}"
            return Member(key, label, None, spell, flag.casefold())
    return Member(label.text, label)


# ---- the head -------------------------------------------------------------------------------------------------------


def read_head(grid: Grid, block: Block, units: frozenset[str]) -> Head:
    """Return the levels of the head.

    Raises:
        ImportFault: if a column has no heading, or two columns have the same.
    """
    table = _filled_head(grid, block)
    titles = [_corner(grid, block, row) for row in block.head]
    found_units: dict[int, str] = {}
    levels: list[tuple[str, dict[int, Member]]] = []
    for row, title in zip(block.head, titles, strict=True):
        texts = {c: table[row, c] for c in block.values}
        if all(_is_unit_text(text, units) for text in texts.values() if text) and any(texts.values()):
            found_units |= {c: _bare_unit(text) for c, text in texts.items() if text}
            continue
        if levels and texts == {c: table[block.head[block.head.index(row) - 1], c] for c in block.values}:
            continue
        levels.append((title, {c: member_of(text, units) for c, text in texts.items()}))
    for _, members in levels:
        found_units |= {c: m.label.unit for c, m in members.items() if m.label.unit}
    left_out = _left_out(levels, grid)
    kept = [c for c in block.values if c not in left_out]
    levels = [(title, {c: members[c] for c in kept}) for title, members in levels]
    return _head_of(grid, block, levels, found_units, left_out)


def _corner(grid: Grid, block: Block, row: int) -> str:
    """Return what the corner says in a row of the head, where its cell is not merged over the rows below."""
    column = block.stub[-1]
    area = grid.merge_at(row, column)
    last = row == block.head[-1] or (area is not None and area.bottom >= block.head[-1])
    below = any(grid.cells[r][column].text for r in block.head if r > row)
    return grid.cells[row][column].text if below and not last else ""


def _filled_head(grid: Grid, block: Block) -> dict[tuple[int, int], str]:
    """Return the text of each cell of the head, that of a merged or empty one being its neighbour's.

    An empty cell belongs to the label at its left in the same row, unless a new label begins above it; below a label
    that stands alone, it is that label again.
    """
    table: dict[tuple[int, int], str] = {}
    for depth, row in enumerate(block.head):
        last = row == block.head[-1]
        before = ""
        for column in block.values:
            cell = grid.filled(row, column)
            text = str(cell.raw or "") if not cell.is_empty else ""
            if text and cell.marks:
                text += "".join(f"[{mark}]" for mark in cell.marks)
            above = table.get((block.head[depth - 1], column), "") if depth else ""
            left = _left(block, column)
            fresh = depth > 0 and left is not None and table[block.head[depth - 1], left] != above
            if (
                not text
                and not last
                and not fresh
                and any(not grid.filled(r, column).is_empty for r in block.head[depth + 1 :])
            ):
                text = before
            table[row, column] = before = text or above
    for row in reversed(block.head[:-1]):  # a label that stands in a lower row only
        for column in block.values:
            below = table[block.head[block.head.index(row) + 1], column]
            table[row, column] = table[row, column] or below
    for column in block.values:
        if not table[block.head[-1], column]:
            place = grid.place(block.head[-1], column)
            message = f"{place.column}{place.row}: the column of numbers has no heading"
            raise ImportFault(message, "write one, or leave the column out with --range")
    return table


def _left(block: Block, column: int) -> int | None:
    index = block.values.index(column)
    return block.values[index - 1] if index else None


def _is_unit_text(text: str, units: frozenset[str]) -> bool:
    """Say whether a cell of the head is a unit alone: in brackets, or a word that is nothing else."""
    found = re.fullmatch(r"[(（\[]([^()（）\[\]]+)[)）\]]", text.strip())
    if found is not None:
        return words.is_unit(found[1], units)
    return not text or words.is_only_unit(text, units)


def _bare_unit(text: str) -> str:
    return text.strip().strip("()（）[]").strip()


def _left_out(levels: Sequence[tuple[str, dict[int, Member]]], grid: Grid) -> dict[int, str]:
    """Return the columns that are none of a level's periods: growth is computed, anything else is refused.

    Raises:
        ImportFault: naming a column that stands among periods and is none.
    """
    found: dict[int, str] = {}
    for _, members in levels:
        periods = [c for c, m in members.items() if m.spell is not None]
        others = [c for c in members if c not in periods]
        if len(periods) < 2 or not others:
            continue
        for column in others:
            text = members[column].label.text
            if not words.speaks_of_growth(text):
                message = f"{grid.column_name([column])} “{text}” stands among periods and is none"
                raise ImportFault(message, "import it by itself, or leave it out with --range")
            found[column] = f"“{text}” is computed from the others: the report computes growth itself"
    return found


def _head_of(
    grid: Grid,
    block: Block,
    levels: list[tuple[str, dict[int, Member]]],
    units: Mapping[int, str],
    left_out: Mapping[int, str],
) -> Head:
    columns = [c for c in block.values if c not in left_out]
    constant = [m for _, m in levels if len({x.key for x in m.values()}) == 1 and len(columns) > 0]
    labels = tuple(next(iter(m.values())).label for m in constant if next(iter(m.values())).spell is None)
    running = [(t, m) for t, m in levels if m not in constant or next(iter(m.values())).spell is not None]
    if len(columns) == 1 and not running:
        labels = tuple(label for label in labels if not words.means("value", label.text))
    running = _crossed(running)
    paths: dict[tuple[str, ...], int] = {}
    for column in columns:
        path = tuple(m[column].key for _, m in running)
        first = paths.setdefault(path, column)
        if first != column:
            both = grid.column_name([first, column])
            message = f"{both} have the same heading {' '.join(path) or '(none)'}"
            raise ImportFault(
                message, "give each its own, or leave one out with --range", rule="repeated-name"
            )
    axes = tuple(
        Axis(f"head {number}", label_of(title) if title else Label(), members)
        for number, (title, members) in enumerate(running, 1)
    )
    marks = tuple((c, mark) for _, m in levels for c, x in m.items() for mark in x.label.marks)
    return Head(axes, labels, units, marks, left_out)


def _crossed(levels: list[tuple[str, dict[int, Member]]]) -> list[tuple[str, dict[int, Member]]]:
    """Return levels that cross each other as they are, and those of which one only divides the other as one."""
    plain = [(t, m) for t, m in levels if next(iter(m.values())).spell is None]
    if len(plain) < 2:
        return levels
    (_, upper), (_, lower) = plain[-2:]
    below: dict[str, set[str]] = {}
    for column, member in upper.items():
        if member.key != lower[column].key:
            below.setdefault(member.key, set()).add(lower[column].key)
    sets = list(below.values())
    shared = set.intersection(*sets) if sets else set()
    if len(sets) > 1 and shared and len(shared) * 2 >= max(map(len, sets)):
        return levels
    joined = {
        column: member
        if member.key == lower[column].key
        else replace(
            lower[column],
            key=f"{member.key} · {lower[column].key}",
            label=lower[column].label.inside(member.label),
            parent=member.key if any(m.key == lower[c].key == member.key for c, m in upper.items()) else None,
        )
        for column, member in upper.items()
    }
    rest = [(t, m) for t, m in levels if m is not upper and m is not lower]
    return _crossed([*rest, (plain[-1][0] or plain[-2][0], joined)])
