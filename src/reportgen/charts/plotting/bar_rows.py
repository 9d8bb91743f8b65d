"""Rows of bars: a name at the left, a bar, its value inside or outside by room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Align, Sheet
from reportgen.charts.form import ChartFault
from reportgen.charts.observations import Observation
from reportgen.charts.plotting.scale import Scale, range_of
from reportgen.charts.stage import Paint, Stage
from reportgen.charts.words import MISSING, Block

ROW: Pt = 17.5
"""The least distance of rows; a name of more lines takes as much as it needs."""

THICK: Pt = 10.5
_AIR: Pt = 5.0
NAME_GAP: Pt = 8.0
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Names:
    """The names of rows, wrapped to one measure, with the height that each row takes.

    Attributes:
        ranks: room of the ranks before them; 0 where they have none.
    """

    blocks: tuple[Block, ...]
    heights: tuple[Pt, ...]
    ranks: Pt = 0.0

    @property
    def width(self) -> Pt:
        return max((b.width for b in self.blocks), default=0.0)

    @property
    def end(self) -> Pt:
        """Where what the rows show begins."""
        return self.ranks + self.width + NAME_GAP

    @property
    def height(self) -> Pt:
        return fsum(self.heights)

    def middles(self, top: Pt, bottom: Pt) -> list[Pt]:
        """Return the rows' middles when what height is left over is shared out among them."""
        extra = max(bottom - top - self.height, 0.0) / len(self.blocks)
        found = []
        for height in self.heights:
            found.append(top + (height + extra) / 2)
            top += height + extra
        return found

    def draw(self, sheet: Sheet, top: Pt, bottom: Pt) -> list[Pt]:
        """Draw ranks, flush right, and names, flush left, about the rows' middles, and return these."""
        middles = self.middles(top, bottom)
        for rank, y in enumerate(middles if self.ranks else (), 1):
            block = sheet.words.block(str(rank))
            sheet.centred(self.ranks - NAME_GAP, y, block, part="quiet", align="right")
        for block, y in zip(self.blocks, middles, strict=True):
            sheet.centred(self.ranks, y, block, part="text")
        return middles


def set_names(stage: Stage, most: Pt, *, ranked: bool = False) -> Names:
    """Wrap the names of the categories, one a row, to at most a width, that of their ranks included.

    Where the order of rows is no ranking, there are no ranks.

    Raises:
        ChartFault: if a name needs more than three lines.
    """
    ranked = ranked and stage.spec.order == "descending"
    ranks = stage.words.width(str(len(stage.grid.x)), "label") + NAME_GAP if ranked else 0.0
    most -= ranks
    names = [stage.category(code) for code in stage.grid.x]
    blocks = [stage.words.block(name, "label", most) for name in names]
    for name, block in zip(names, blocks, strict=True):
        if len(block.lines) > _MOST_LINES or block.width > most + 0.5:
            message = f"the name “{name}” does not fit into {_MOST_LINES} lines of {most:.0f} pt"
            raise ChartFault(message, 'write names = "short" and give the code a short name', key="names")
    row = max(stage.style.page.leading if len(blocks) <= 12 else 0.0, ROW * 0.8)
    heights = tuple(max(row, block.height + _AIR) for block in blocks)
    return Names(tuple(blocks), heights, ranks)


def draw_bar(
    stage: Stage,
    sheet: Sheet,
    scale: Scale,
    y: Pt,
    observation: Observation,
    paint: Paint,
    *,
    thick: Pt = THICK,
    strong: bool = False,
) -> None:
    """Draw a bar from zero and its value: beyond its end, or within it where there is no room beyond."""
    words, gap = stage.words, stage.theme.length("label-gap")
    zero, leftwards = scale.zero, scale.end < scale.start
    if observation.value is None:
        align: Align = "right" if leftwards else "left"
        sheet.centred(zero + (-gap if leftwards else gap), y, words.block(MISSING), part="quiet", align=align)
        return
    hollow = stage.grid.is_hollow(observation)
    end = scale.at(observation.value)
    sheet.rectangle(zero, y - thick / 2, end, y + thick / 2, paint.part, tint=paint.tint, hollow=hollow)
    block = words.value(observation.value, "value-strong" if strong else "value-label")
    outward = -1 if end < zero or (leftwards and end <= zero) else 1
    sheet.centred(end + outward * gap, y, block, align="left" if outward > 0 else "right")


def value_room(stage: Stage, values: Sequence[Decimal], target: str = "value-strong") -> Pt:
    """Return the room that values need beyond the ends of their bars."""
    widths = [stage.words.value(value, target).width for value in values]
    return max(*widths, stage.words.width(MISSING)) + stage.theme.length("label-gap") + 1


def bar_scale(stage: Stage, values: Sequence[Decimal], left: Pt, right: Pt) -> Scale:
    """Return a scale of bars that leaves room for the values beyond both of its ends.

    Raises:
        ChartFault: if no width is left for bars.
    """
    room, (low, high) = value_room(stage, values), range_of(values)
    start, end = left + (room if low < 0 else 0.0), right - (room if high > 0 else 0.0)
    check_room(end - start, 30)
    return Scale(low, high, start, end)


def check_room(width: Pt, least: Pt) -> None:
    """Refuse a chart that leaves too little width for its bars.

    Raises:
        ChartFault: if it does.
    """
    if width < least:
        raise ChartFault("no room is left for its bars", 'write names = "short"', key="names")
