"""The line above a plot that says which mark is which: a swatch, the series' name in its colour, its stated growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Literal, TypeAlias

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.stage import Paint, Stage
from reportgen.charts.words import Block, Words

Swatch: TypeAlias = Literal["bar", "line", "dash", "dot", "hollow", "ring", "spot"]

SWATCH: Pt = 8.0
_GAP: Pt = 4.0
_REMARK: Pt = 5.5
_APART: Pt = 16.0
_CAP: Pt = 1.0
"""A line's round end, which stands over."""
LINE: Pt = 13.0
BELOW: Pt = 7.0


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a key.

    Attributes:
        swatch: the mark that it explains.
        fact: the fact that the remark prints.
    """

    name: str
    paint: Paint
    remark: str | None = None
    swatch: Swatch = "bar"
    strong: bool = True
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A key set to a width: entries with their places, and its height with the white beneath."""

    entries: tuple[tuple[Pt, Pt, Entry], ...]
    height: Pt
    width: Pt

    def draw(self, sheet: Sheet, left: Pt = 0.0, top: Pt = 0.0) -> None:
        """Draw the key from its top left corner."""
        for x, y, entry in self.entries:
            _draw(sheet, left + x, top + y, entry)


def series_entries(stage: Stage, swatch: Literal["bar", "line"] = "bar") -> list[Entry]:
    """Return an entry a series, with its stated growth, and one for estimates where both kinds are shown."""
    entries = [
        Entry(
            stage.name(code), stage.paint(code), stage.growth(code), swatch, fact=stage.spec.growth.get(code)
        )
        for code in stage.grid.series
        if stage.name(code) or len(stage.grid.series) > 1
    ]
    return entries + estimate_entries(stage, "hollow" if swatch == "bar" else "dash")


def estimate_entries(stage: Stage, swatch: Swatch = "hollow") -> list[Entry]:
    """Return the entry that explains estimates, where a chart mixes them with published values."""
    if not stage.grid.mixed:
        return []
    return [Entry(stage.words.labels("estimated value"), Paint("grey", "quiet"), None, swatch, strong=False)]


def set_key(stage: Stage, entries: Sequence[Entry]) -> Key:
    """Set entries one after another, beginning a new line where the next would leave the width."""
    placed = []
    x = y = width = 0.0
    for entry in entries:
        length = _length(stage.words, entry)
        if x and x + length > stage.width:
            x, y = 0.0, y + LINE
        placed.append((x, y, entry))
        width = max(width, x + length)
        x += length + _APART
    return Key(tuple(placed), y + LINE + BELOW if placed else 0.0, width)


def _blocks(words: Words, entry: Entry) -> list[Block]:
    name = words.block(entry.name, "series-label" if entry.strong else "key")
    if entry.remark is None:
        return [name]
    return [name, replace(words.block(entry.remark, "key"), fact=entry.fact)]


def _length(words: Words, entry: Entry) -> Pt:
    return SWATCH + _GAP + fsum(block.width + _REMARK for block in _blocks(words, entry)) - _REMARK


def _draw(sheet: Sheet, x: Pt, y: Pt, entry: Entry) -> None:
    middle = y + LINE / 2
    _swatch(sheet, x, middle, entry)
    x += SWATCH + _GAP
    for block, part in zip(_blocks(sheet.words, entry), (entry.paint.text, "quiet"), strict=False):
        sheet.centred(x, middle, block, part=part)
        x += block.width + _REMARK


def _swatch(sheet: Sheet, x: Pt, y: Pt, entry: Entry) -> None:
    part, tint, half = entry.paint.part, entry.paint.tint, SWATCH / 2
    if entry.swatch in ("bar", "hollow"):
        hollow = entry.swatch == "hollow"
        sheet.rectangle(x, y - half, x + SWATCH, y + half, part, tint=tint, hollow=hollow)
    elif entry.swatch in ("line", "dash"):
        target = "series" if entry.swatch == "line" else "estimate"
        sheet.line([(x + _CAP, y), (x + SWATCH - _CAP, y)], target, "muted-line" if part == "muted" else part)
    elif entry.swatch == "spot":
        sheet.dot(x + half, y, part, size=3.2)
    else:
        sheet.dot(x + half, y, part, size=6.5, hollow=entry.swatch == "ring", tint=tint)
