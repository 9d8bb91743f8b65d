"""What a sheet says: its dimensions and its observations, one for each cell of numbers. pandas makes wide long."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportgen.base.functions import library
from reportgen.data.importing import words
from reportgen.data.importing.axes import Axis, Head, Member, read_head
from reportgen.data.importing.block import Block, Layout, find_block
from reportgen.data.importing.grid import Grid, ImportFault
from reportgen.data.importing.labels import Label, slug
from reportgen.data.importing.spells import Spell
from reportgen.data.importing.stubs import Stub, read_stub
from reportgen.data.importing.values import Figure

OWN_COLUMNS = ("value", "unit", "obs_status", "basis")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of the tidy table.

    Attributes:
        kind: ``codes``, or the length of its periods: ``year``, ``quarter``, ``month`` …
        where: where in the sheet it stands.
        members: its labels by key, in the order of the sheet; of periods by their canonical text.
    """

    name: str
    kind: str
    where: str
    title: Label
    members: Mapping[str, Member]

    @property
    def is_period(self) -> bool:
        return self.kind != "codes"


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


def read_sheet(grid: Grid, layout: Layout, year: int | None, units: frozenset[str]) -> Reading:
    """Return what a sheet says.

    Args:
        year: of a sheet that names only quarters or months.
        units: words known to be units, without case and spaces.

    Raises:
        ImportFault: if it cannot be understood, or says two things of one key.
    """
    block = find_block(grid, layout)
    head = read_head(grid, block, units)
    stub = read_stub(grid, block, units)
    dimensions, maps, said = _dimensions(block, stub, head, year)
    observations = _observations(grid, block, stub, head, dimensions, maps)
    about = (*grid.about, *_layout_in_words(grid, block), *block.skipped, *_left_out(grid, head), *said)
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


def _left_out(grid: Grid, head: Head) -> list[str]:
    return [f"{grid.column_name([column])}: left out, {why}" for column, why in head.left_out.items()]


_Map = Mapping[int, str]


def _dimensions(
    block: Block, stub: Stub, head: Head, year: int | None
) -> tuple[tuple[Dimension, ...], list[tuple[_Map | None, _Map | None]], list[str]]:
    """Return the dimensions, and for each how a row and a column give its key."""
    axes = [*((axis, True) for axis in stub.axes), *((axis, False) for axis in head.axes)]
    periods = [(axis, down) for axis, down in axes if axis.is_period]
    whole = [
        (axis, down) for axis, down in periods if all(m.spell and m.spell.year for m in axis.at.values())
    ]
    parts = [pair for pair in periods if pair not in whole]
    if len(whole) > 1 or len(parts) > 1:
        both = " and ".join(axis.where for axis, _ in (whole if len(whole) > 1 else parts))
        raise ImportFault(f"both {both} are periods", "import a part of the sheet with --range")
    dimensions: list[Dimension] = []
    maps: list[tuple[_Map | None, _Map | None]] = []
    said: list[str] = []
    if periods or (found := _title_year(block, year)) is not None:
        if not periods:
            spells = {-1: Spell("year", found)}
            axis, down, other = Axis("the title", Label(), {}), True, None
            said.append(f"the year {found} is that of the title")
        else:
            axis, down = (parts or whole)[0]
            other = whole[0] if parts and whole else None
            spells = {}
        dimension, pair, sentence = _period(block, axis, down, other, year, spells)
        dimensions.append(dimension)
        maps.append(pair)
        said += sentence
    names = {d.name for d in dimensions}
    for axis, down in axes:
        if axis.is_period:
            continue
        name = _name(axis, names)
        names.add(name)
        dimensions.append(Dimension(name, "codes", axis.where, axis.title, axis.members))
        keys = {index: member.key for index, member in axis.at.items()}
        maps.append((keys, None) if down else (None, keys))
        said.append(f"{axis.where}: {name}, {_some(axis.members.values())}")
    return tuple(dimensions), maps, said


def _title_year(block: Block, year: int | None) -> int | None:
    found = {int(y) for title in block.titles for y in _YEAR.findall(title)}
    return year if year is not None else found.pop() if len(found) == 1 else None


def _period(
    block: Block,
    axis: Axis,
    down: bool,
    other: tuple[Axis, bool] | None,
    year: int | None,
    spells: dict[int, Spell],
) -> tuple[Dimension, tuple[_Map | None, _Map | None], list[str]]:
    """Return the dimension of time; parts of years are put into the years of another level, or of the title."""
    spells = spells or {i: m.spell for i, m in axis.at.items() if m.spell is not None}
    partial = any(spell.year is None for spell in spells.values())
    rows: dict[int, str] = {}
    columns: dict[int, str] = {}
    texts: dict[str, Spell] = {}
    if partial and other is None:
        known = _title_year(block, year)
        if known is None:
            hint = "say which with --year 2021"
            raise ImportFault(f"{axis.where} names parts of a year, and no year", hint, rule="missing-year")
        spells = {i: spell.in_year(known) if spell.year is None else spell for i, spell in spells.items()}
    if partial and other is not None:
        across, other_down = other
        years = {i: m.spell for i, m in across.at.items() if m.spell is not None}
        if {spell.kind for spell in years.values()} != {"year"}:
            raise ImportFault(
                f"both {across.where} and {axis.where} are periods", "import a part with --range"
            )
        rows = {i: str(s.year) for i, s in years.items()} if other_down else {}
        columns = {i: str(s.year) for i, s in years.items()} if not other_down else {}
        own = {i: f"{spell.kind} {spell.part}" for i, spell in spells.items()}
        if other_down == down:
            joined = {i: spells[i].in_year(years[i].year or 0) for i in spells}
            texts = {spell.text: spell for spell in joined.values()}
            keys = {i: spell.text for i, spell in joined.items()}
            pair: tuple[_Map | None, _Map | None] = (keys, None) if down else (None, keys)
        else:
            rows, columns = (own, columns) if down else (rows, own)
            pair = (rows, columns)
            texts = {
                s.in_year(y.year or 0).text: s.in_year(y.year or 0)
                for y in years.values()
                for s in spells.values()
            }
        where = f"{across.where} and {axis.where}"
    else:
        keys = {i: spell.text for i, spell in spells.items()}
        texts = {spell.text: spell for spell in spells.values()}
        pair = (keys, None) if down else (None, keys)
        where = axis.where
    kinds = sorted({spell.kind for spell in texts.values()})
    if len(kinds) > 1:
        message = f"{where} mixes periods of different lengths: {', '.join(kinds)}"
        raise ImportFault(message, "import each by itself with --range", rule="mixed-periods")
    kind = kinds[0]
    members = {text: Member(text, Label(text, text), None, spell) for text, spell in sorted(texts.items())}
    name = {"months": "period", "years": "years"}.get(kind, kind)
    said = [f"{where}: {name}, {_some(members.values())}"]
    return Dimension(name, kind, where, axis.title, members), pair, said


def _name(axis: Axis, taken: set[str]) -> str:
    title = axis.title
    known = words.dimension_named(title.han) or words.dimension_named(title.latin)
    name = known if known not in (None, "year", "quarter", "month") else slug(title.latin, 20)
    name = name or ("group" if axis.where.startswith("group") else "item")
    if not name[0].isalpha() or name in OWN_COLUMNS:
        name = f"dimension_{name}"
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique


def _some(members: Any) -> str:
    names = [member.label.text or member.key for member in members]
    return ", ".join(names) if len(names) < 5 else f"{', '.join(names[:2])} … {names[-1]} ({len(names)})"


def _observations(
    grid: Grid,
    block: Block,
    stub: Stub,
    head: Head,
    dimensions: Sequence[Dimension],
    maps: Sequence[tuple[_Map | None, _Map | None]],
) -> tuple[Observation, ...]:
    """Return an observation for each cell of numbers that is not empty, row by row."""
    pd = library("pandas")
    columns = [c for c in block.values if c not in head.left_out]
    wide = pd.DataFrame(
        {c: [_sort(grid, block, r, c) for r in stub.rows] for c in columns}, index=list(stub.rows)
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
    records = zip(long["row"], long["column"], long[names].itertuples(index=False, name=None), strict=True)
    return tuple(
        _observation(grid, block, stub, head, flags, int(row), int(column), tuple(keys))
        for row, column, keys in records
    )


def _sort(grid: Grid, block: Block, row: int, column: int) -> str:
    """Return the sort of a cell; one that is empty beside a flag is missing."""
    beside = block.flags.get(column)
    sort = block.figures[row][column].sort
    return "missing" if sort == "empty" and beside is not None and grid.cells[row][beside].text else sort


def _keys(long: Any, dimension: Dimension, pair: tuple[_Map | None, _Map | None]) -> Any:
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
    return Spell(kind, int(year), number).text  # type: ignore[arg-type]


def _flags(stub: Stub, head: Head) -> dict[tuple[str, int], str]:
    found = {("column", c): m.flag for axis in head.axes for c, m in axis.at.items() if m.flag}
    return found | {("row", r): m.flag for axis in stub.axes for r, m in axis.at.items() if m.flag}


def _observation(
    grid: Grid,
    block: Block,
    stub: Stub,
    head: Head,
    flags: Mapping[tuple[str, int], str],
    row: int,
    column: int,
    keys: tuple[str, ...],
) -> Observation:
    figure = block.figures[row][column]
    beside = block.flags.get(column)
    written = grid.cells[row][beside].text.casefold() if beside is not None else ""
    flag = figure.flag or written or flags.get(("row", row), "") or flags.get(("column", column), "")
    unit = head.units.get(column) or stub.units.get(row) or block.unit
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
