"""A treemap: areas as large as the values, squarified; what is too small for its name is listed beside it."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import LEAST, Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.options import CHOICE
from reportgen.charts.plotting.boxes import Box
from reportgen.charts.plotting.chart_key import estimate_entries, set_key
from reportgen.charts.stage import Stage
from reportgen.charts.words import Block

_LIST = 0.34
_PAD: Pt = 4.0
_NUMBER: Pt = 15.0
_PLOT: Pt = 175.0
_LEAST: Pt = 90.0
_STRONG, _PALE = 1.0, 0.42


def draw(stage: Stage) -> None:
    """Draw a tile a category; those whose names do not fit are numbered and listed at the right."""
    shown = [code for code in stage.grid.x if stage.grid.amount(code) > 0]
    if not shown:
        raise ChartFault("all its values are zero: no tile has an area", "leave the chart out", key="table")
    key = set_key(stage, estimate_entries(stage))
    rest = [code for code in stage.grid.x if code not in shown]
    width, listed = _settled(stage, shown, rest, _PLOT)
    taken = fsum(_line(stage, code).height + 2 for code in listed)
    sheet = stage.open(key.height + max(_LEAST, taken), key.height + _PLOT)
    key.draw(sheet)
    boxes = _tiles(stage, shown, Box(0, key.height, width, sheet.height))
    outside = [code for code in shown if _inside(stage, code, boxes[code]) is None]
    if outside and width == stage.width:
        hint = "raise height, or show fewer: top"
        raise ChartFault("its smaller tiles have no room for their names", hint, key="height")
    for code, box in boxes.items():
        _tile(stage, sheet, code, box, str(outside.index(code) + 1) if code in outside else "")
    _list(stage, sheet, [*outside, *rest], len(outside), width + 14, key.height)


FORM = Form("treemap", "Treemap", draw, options=CHOICE, max_x=30, order="descending", parts="x")


def _tiles(stage: Stage, codes: Sequence[str], room: Box) -> dict[str, Box]:
    boxes = squarify([float(stage.grid.amount(code)) for code in codes], room)
    return dict(zip(codes, boxes, strict=True))


def _settled(stage: Stage, shown: Sequence[str], rest: Sequence[str], height: Pt) -> tuple[Pt, list[str]]:
    """Return the width of the map and the categories to list beside it."""
    listed: list[str] = []
    for width in (stage.width, stage.width * (1 - _LIST)):
        boxes = _tiles(stage, shown, Box(0, 0, width, height))
        listed = [code for code in shown if _inside(stage, code, boxes[code]) is None] + list(rest)
        if not listed:
            break
    return width, listed


def _inside(stage: Stage, code: str, box: Box) -> tuple[Block, Block] | None:
    """Return the name and the value of a tile set to its width, None if they do not fit."""
    width, height = box.width - 2 * _PAD, box.height - 2 * _PAD
    name = stage.category(code)
    if width < 16 or not stage.words.fits(name, "panel-title", width):
        return None
    value = stage.words.value(stage.grid.value(code))
    blocks = (stage.words.block(name, "panel-title", width), value)
    fits = blocks[0].height + blocks[1].height <= height and max(b.width for b in blocks) <= width
    return blocks if fits else None


def _line(stage: Stage, code: str) -> Block:
    text = f"{stage.category(code)} {stage.words.number(stage.grid.value(code))}"
    return stage.words.block(text, "label", stage.width * _LIST - 14 - _NUMBER)


def _tile(stage: Stage, sheet: Sheet, code: str, box: Box, number: str) -> None:
    """Draw a tile with its name and value, or else its number in the list where even that fits."""
    seen = stage.grid.at(code)
    tint, words = stage.theme.legible("accent", _STRONG if code in stage.emphasised() else _PALE)
    hollow = stage.grid.is_hollow(seen)
    right, bottom = max(box.x1 - 1, box.x0 + LEAST), max(box.y1 - 1, box.y0 + LEAST)
    sheet.rectangle(box.x0, box.y0, right, bottom, "accent", tint=tint, hollow=hollow)
    blocks: Sequence[Block] = _inside(stage, code, box) or ()
    part = "text" if hollow else words
    mark = stage.words.block(number, "label")
    if number and mark.width + 3 < box.width and mark.size + 3 < box.height:
        sheet.centred((box.x0 + box.x1 - 1) / 2, (box.y0 + box.y1 - 1) / 2, mark, part=part, align="center")
    elif blocks:
        y = box.y0 + _PAD
        for block in blocks:
            sheet.below(box.x0 + _PAD, y, block, part=part)
            y += block.height


def _list(stage: Stage, sheet: Sheet, codes: Sequence[str], numbered: int, x: Pt, top: Pt) -> None:
    """List what the map has no room for: numbered tiles, then categories without an area."""
    y = top
    for i, code in enumerate(codes):
        block = _line(stage, code)
        if y + block.height > sheet.height + 0.1:
            message = "the names of its small tiles do not fit beside it"
            raise ChartFault(message, "show fewer: top", key="height")
        if i < numbered:
            number = stage.words.block(str(i + 1), "label")
            sheet.below(x + _NUMBER - 5, y, number, align="right", part="quiet")
        sheet.below(x + _NUMBER, y, block)
        y += block.height + 2


def squarify(values: Sequence[float], room: Box) -> list[Box]:
    """Return tiles of areas in proportion to values, as near to squares as a greedy layout makes them.

    The values are taken in order; they are best given from large to small (Bruls, Huizing and van Wijk, Squarified
    treemaps, 2000).
    """
    scale = room.width * room.height / fsum(values)
    areas = [value * scale for value in values]
    boxes: list[Box] = []
    while len(boxes) < len(areas):
        side = min(room.width, room.height)
        rest = areas[len(boxes) :]
        count = 1
        while count < len(rest) and _worst(rest[: count + 1], side) <= _worst(rest[:count], side):
            count += 1
        strip, room = _strip(rest[:count], room)
        boxes += strip
    return boxes


def _worst(areas: Sequence[float], side: Pt) -> float:
    """Return the worst aspect ratio of tiles in one strip along a side."""
    if side <= 0:
        return float("inf")
    thick = fsum(areas) / side
    return max(max(thick * thick / area, area / (thick * thick)) for area in areas)


def _strip(areas: Sequence[float], room: Box) -> tuple[list[Box], Box]:
    """Return a strip's tiles along the shorter side of the room, and the room that is left."""
    if room.width < room.height:
        boxes, left = _strip(areas, _turned(room))
        return [_turned(box) for box in boxes], _turned(left)
    thick = fsum(areas) / room.height if room.height > 0 else 0.0
    boxes, y = [], room.y0
    for area in areas:
        length = area / thick if thick > 0 else 0.0
        boxes.append(Box(room.x0, y, room.x0 + thick, y + length))
        y += length
    return boxes, room._replace(x0=room.x0 + thick)


def _turned(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)
