"""What a sheet says: its dimensions and its observations, one for each cell of numbers. pandas makes wide long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportgen.base.functions import library
from reportgen.data.importing import words
from reportgen.data.importing.axes import Head, read_head
from reportgen.data.importing.block import Block, find_block
from reportgen.data.importing.choosing import choose_periods
from reportgen.data.importing.columns import Layout
from reportgen.data.importing.dimensions import Dimension, Keys, find_dimensions
from reportgen.data.importing.gaps import find_gaps
from reportgen.data.importing.grid import Grid, ImportFault
from reportgen.data.importing.labels import Label
from reportgen.data.importing.spells import Spell
from reportgen.data.importing.stubs import Stub, read_stub
from reportgen.data.importing.unit_words import TableUnit, table_unit
from reportgen.data.importing.values import Figure


@dataclass(frozen=True, slots=True)
class Observation:
    """A cell of numbers: its key in each dimension, and what stands in it and around it."""

    keys: tuple[str, ...]
    figure: Figure
    flag: str
    marks: tuple[str, ...]
    unit: str
    remark: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet says.

    Attributes:
        constant: labels that all columns share: what the table measures.
        marked: marks of footnotes at heads and labels, by ("row" or "column", its index).
        about: the decisions in sentences, in the order of the sheet.
    """

    grid: Grid
    block: Block
    dimensions: tuple[Dimension, ...]
    observations: tuple[Observation, ...]
    constant: tuple[Label, ...]
    marked: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    about: tuple[str, ...] = field(default=())


def read_sheet(
    grid: Grid, layout: Layout, year: int | None, units: frozenset[str], periods: str = ""
) -> Reading:
    """Return what a sheet says.

    Args:
        year: of a sheet that names only quarters or months.
        units: words known to be units, without case and spaces.
        periods: the length of those that are wanted, where the sheet has several.

    Raises:
        ImportFault: if it cannot be understood, or says two things of one key.
    """
    block = find_block(grid, layout)
    head = read_head(grid, block, units)
    stub = read_stub(grid, block, units)
    stub, head, unwanted = choose_periods(grid, stub, head, periods)
    dimensions, maps, said = find_dimensions(block, stub, head, year)
    unit = _unit_of_table(block, stub, head, units)
    observations = _observations(grid, block, stub, head, dimensions, maps, unit)
    said += _gaps_in_words(
        grid, find_gaps(block, stub.rows, [c for c in block.values if c not in head.left_out])
    )
    about = (
        *grid.about,
        *_layout_in_words(grid, block),
        *block.skipped,
        *_left_out(grid, head),
        *unwanted,
        *said,
    )
    marked: dict[tuple[str, int], tuple[str, ...]] = {}
    for side, marks in (("row", stub.marks), ("column", head.marks)):
        for at, mark in marks:
            marked[side, at] = (*marked.get((side, at), ()), mark)
    return Reading(grid, block, dimensions, observations, head.constant, marked, about)


def _layout_in_words(grid: Grid, block: Block) -> list[str]:
    said = []
    if block.above:
        title = " / ".join(block.titles).replace("\n", " / ") or "(none)"
        said.append(f"{grid.row_name(block.above)} above the table: the title is {title}")
    said += [f"the unit is written as {block.unit}"] if block.unit else []
    said.append(f"{grid.row_name(block.head)} {'are' if len(block.head) > 1 else 'is'} the head")
    said.append(f"{grid.column_name(block.stub)} hold{'s' * (len(block.stub) == 1)} the labels")
    said.append(f"{grid.row_name(block.body)} hold{'s' * (len(block.body) == 1)} the numbers")
    if block.comma:
        said.append("commas in numbers are decimal points")
    if block.others is not None:
        said.append(f"{grid.column_name([block.others])} holds the labels' names in another language")
    if block.remarks is not None:
        said.append(f"{grid.column_name([block.remarks])} holds remarks")
    if block.flags:
        verb = "holds" if len(block.flags) == 1 else "hold"
        said.append(f"{grid.column_name(block.flags.values())} {verb} flags of the values at the left")
    if block.below:
        said.append(f"{grid.row_name(block.below)} below the table are notes and sources")
    return said


def _gaps_in_words(grid: Grid, gaps: frozenset[tuple[int, int]]) -> list[str]:
    if not gaps:
        return []
    row, column = min(gaps)
    place = grid.place(row, column)
    what = (
        "1 empty cell between filled ones is"
        if len(gaps) == 1
        else f"{len(gaps)} empty cells between filled ones are"
    )
    return [f"{what} kept as missing: status O ({place.column}{place.row}{' …' if len(gaps) > 1 else ''})"]


def _left_out(grid: Grid, head: Head) -> list[str]:
    return [f"{grid.column_name([column])}: left out, {why}" for column, why in head.left_out.items()]


def _observations(
    grid: Grid,
    block: Block,
    stub: Stub,
    head: Head,
    dimensions: Sequence[Dimension],
    maps: Sequence[tuple[Keys | None, Keys | None]],
    unit: TableUnit,
) -> tuple[Observation, ...]:
    """Return an observation for each cell of numbers that is not empty, row by row."""
    pd = library("pandas")
    columns = [c for c in block.values if c not in head.left_out]
    gaps = find_gaps(block, stub.rows, columns)
    wide = pd.DataFrame(
        {c: ["missing" if (r, c) in gaps else _sort(grid, block, r, c) for r in stub.rows] for c in columns},
        index=list(stub.rows),
    )
    wide.index.name = "row"
    long = wide.melt(var_name="column", value_name="sort", ignore_index=False).reset_index()
    long = long[long["sort"] != "empty"]
    unread = long[long["sort"] == "text"]
    if len(unread):
        raise _unread(grid, [(int(r), int(c)) for r, c in zip(unread["row"], unread["column"], strict=True)])
    for dimension, pair in zip(dimensions, maps, strict=True):
        long[dimension.name] = _keys(long, dimension, pair)
    names = [dimension.name for dimension in dimensions]
    long = long.astype({"row": int, "column": int}).sort_values(["row", "column"], kind="stable")
    twice = long[long.duplicated(names, keep=False)] if names else long
    if (names and len(twice)) or (not names and len(long) > 1):
        raise _repeated(grid, twice, names)
    flags = _flags(stub, head)
    labels = _labels(stub, head)
    units = {
        (row, column): unit.of(
            (*labels.get(("row", row), ()), *labels.get(("column", column), ())),
            head.units.get(column) or stub.units.get(row) or "",
        )
        for row in stub.rows
        for column in columns
    }
    records = zip(long["row"], long["column"], long[names].itertuples(index=False, name=None), strict=True)
    return tuple(
        _observation(grid, block, units, flags, int(row), int(column), tuple(keys))
        for row, column, keys in records
    )


def _sort(grid: Grid, block: Block, row: int, column: int) -> str:
    """Return the sort of a cell; one that is empty beside a flag is missing."""
    beside = block.flags.get(column)
    sort = block.figures[row][column].sort
    return "missing" if sort == "empty" and beside is not None and grid.cells[row][beside].text else sort


def _keys(long: Any, dimension: Dimension, pair: tuple[Keys | None, Keys | None]) -> Any:
    rows, columns = pair
    if rows is not None and columns is not None:
        return [_joined(rows[r], columns[c]) for r, c in zip(long["row"], long["column"], strict=True)]
    if rows == {-1: next(iter(dimension.members))}:  # the year of the title
        return next(iter(dimension.members))
    return long["row"].map(rows) if rows is not None else long["column"].map(columns)


def _joined(down: str, across: str) -> str:
    """Return the period that a year on one side and its part on the other make."""
    year, part = (down, across) if down.isdigit() else (across, down)
    kind, _, number = part.partition(" ")
    return Spell(kind, int(year), int(number)).text  # type: ignore[arg-type]


def _labels(stub: Stub, head: Head) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the words of each row and column of values."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for side, axes in (("row", stub.axes), ("column", head.axes)):
        for at, member in ((at, member) for axis in axes for at, member in axis.at.items()):
            found[side, at] = (*found.get((side, at), ()), member.label.han, member.label.latin)
    return found


def _unit_of_table(block: Block, stub: Stub, head: Head, known: frozenset[str]) -> TableUnit:
    labels = [text for texts in _labels(stub, head).values() for text in texts if text]
    first = next(
        (m.label.text for a in (*head.axes, *stub.axes) for m in a.at.values() if m.spell is None), ""
    )
    return table_unit(block.unit, known, labels, first)


def _flags(stub: Stub, head: Head) -> dict[tuple[str, int], str]:
    found = {("column", c): m.flag for axis in head.axes for c, m in axis.at.items() if m.flag}
    return found | {("row", r): m.flag for axis in stub.axes for r, m in axis.at.items() if m.flag}


def _observation(
    grid: Grid,
    block: Block,
    units: Mapping[tuple[int, int], str],
    flags: Mapping[tuple[str, int], str],
    row: int,
    column: int,
    keys: tuple[str, ...],
) -> Observation:
    figure = block.figures[row][column]
    beside = block.flags.get(column)
    written = grid.cells[row][beside].text.casefold() if beside is not None else ""
    flag = figure.flag or written or flags.get(("row", row), "") or flags.get(("column", column), "")
    unit = units[row, column]
    if figure.percent and words.built_in_unit(unit) is None:
        unit = "%"
    remark = grid.cells[row][block.remarks].text if block.remarks is not None else ""
    if figure.sort == "missing" and figure.flag and written in words.STATUSES["missing"]:
        flag = written
    if figure.sort == "empty":
        figure = replace(figure, sort="missing")
    return Observation(keys, figure, flag, figure.marks, unit, remark, row, column)


def _unread(grid: Grid, cells: list[tuple[int, int]]) -> ImportFault:
    row, column = cells[0]
    place = grid.place(row, column)
    text = grid.cells[row][column].text[:40]
    more = f", and {len(cells) - 1} cells more" if len(cells) > 1 else ""
    message = f"{place.column}{place.row}: “{text}” among the numbers is none{more}"
    hint = "correct it in the sheet, leave it out with --range, or say how many rows are the head with --head"
    return ImportFault(message, hint, rule="not-a-number")


def _repeated(grid: Grid, twice: Any, names: list[str]) -> ImportFault:
    first, second = (grid.place(int(twice["row"].iloc[k]), int(twice["column"].iloc[k])) for k in (0, 1))
    same = twice[(twice[names] == twice[names].iloc[0]).all(axis=1)] if names else twice
    if len(same) > 1:
        second = grid.place(int(same["row"].iloc[1]), int(same["column"].iloc[1]))
    key = ", ".join(str(twice[name].iloc[0]) for name in names)
    message = f"{first.column}{first.row} and {second.column}{second.row} have the same labels ({key})"
    return ImportFault(message, "give each its own label, or leave one out with --range", rule="repeated-key")
