"""The dimensions of the tidy table: one of time, put together from years and their parts, and those of labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.data.importing import words
from reportgen.data.importing.axes import Axis, Head, Member
from reportgen.data.importing.block import Block
from reportgen.data.importing.choosing import mixed_periods
from reportgen.data.importing.grid import ImportFault
from reportgen.data.importing.labels import Label, slug
from reportgen.data.importing.spells import Spell
from reportgen.data.importing.stubs import Stub

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


Keys = Mapping[int, str]


def find_dimensions(
    block: Block, stub: Stub, head: Head, year: int | None
) -> tuple[tuple[Dimension, ...], list[tuple[Keys | None, Keys | None]], list[str]]:
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
    maps: list[tuple[Keys | None, Keys | None]] = []
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
) -> tuple[Dimension, tuple[Keys | None, Keys | None], list[str]]:
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
            pair: tuple[Keys | None, Keys | None] = (keys, None) if down else (None, keys)
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
        raise mixed_periods(where, kinds)
    kind = kinds[0]
    members = {text: Member(text, Label(text, text), None, spell) for text, spell in sorted(texts.items())}
    name = {"months": "period"}.get(kind, kind).replace("-", "_")
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
