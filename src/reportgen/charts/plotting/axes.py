"""Axes of columns and lines: round numbers beside hairlines, remarks at their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import NoRoom
from reportgen.charts.plotting.boxes import Box, Obstacles
from reportgen.charts.plotting.scale import Scale
from reportgen.charts.stage import Remark
from reportgen.charts.words import Block, Words

GAP: Pt = 5.0
LEAST_PLOT: Pt = 70.0
PREFERRED_PLOT: Pt = 165.0
REMARK: Pt = 130.0
_STEP: Pt = 8.0


class Plot(NamedTuple):
    """Where things stand in a plot: its sides, and the middles of its categories."""

    room: Box
    centres: Sequence[Pt]


def columns_in(room: Box, count: int) -> Plot:
    """Return a plot of categories that share its width."""
    slot = room.width / count
    return Plot(room, [room.x0 + slot * (i + 0.5) for i in range(count)])


def tick_width(words: Words, ticks: Sequence[Decimal]) -> Pt:
    """Return the room that an axis' numbers need beside the plot."""
    return max((words.width(text) for text in words.ticks(ticks)), default=0.0) + GAP


def draw_ticks(
    sheet: Sheet,
    scale: Scale,
    left: Pt,
    right: Pt,
    *,
    part: str = "quiet",
    side: str = "left",
    numbers: bool = True,
) -> None:
    """Draw hairlines from ``left`` to ``right`` and their numbers outside; at the right side only numbers."""
    for tick, text in zip(scale.ticks, sheet.words.ticks(scale.ticks), strict=True):
        y, block = scale.at(tick), sheet.words.block(text)
        if tick != 0 and side == "left":
            sheet.line([(left, y), (right, y)], "grid")
        if numbers and side == "left":
            sheet.centred(left - GAP, y, block, part=part, align="right")
        elif numbers:
            sheet.centred(right + GAP, y, block, part=part)


def label_box(x0: Pt, baseline: Pt, block: Block) -> Box:
    """Return the box of a one-line block that begins at ``x0``."""
    return Box(x0, baseline - 0.88 * block.size, x0 + block.width, baseline + 0.12 * block.size)


def draw_in(sheet: Sheet, box: Box, block: Block, part: str | None = None) -> None:
    """Draw a one-line block in the box that :func:`label_box` gave it."""
    sheet.block(box.x0, box.y1 - 0.12 * block.size, block, part=part)


def draw_remark(sheet: Sheet, remark: Remark, x: Pt, top: Pt, bottom: Pt, obstacles: Obstacles) -> None:
    """Draw a reference line at ``x`` and, beside it where there is room, a remark.

    Raises:
        NoRoom: if there is no room.
    """
    for measure in (REMARK, REMARK * 0.75, REMARK * 0.55, REMARK * 1.6):
        block = replace(sheet.words.block(remark.text, "annotation", measure), fact=remark.fact)
        tops = [top + _STEP * i for i in range(int(max(bottom - top - block.height, 0) / _STEP) + 1)]
        sides = (x - GAP - block.width, x + GAP)
        boxes = [Box(left, y, left + block.width, y + block.height) for y in tops for left in sides]
        found = obstacles.place(boxes, 2.0)
        if found is not None:
            sheet.line([(x, top), (x, bottom)], "reference")
            sheet.rectangle(*found, "paper")
            left = found.x1 <= x
            sheet.below(found.x1 if left else found.x0, found.y0, block, align="right" if left else "left")
            return
    raise NoRoom(f"there is no room for the mark “{remark.text}”", "shorten it", key="marks")
