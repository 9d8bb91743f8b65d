"""A slope chart: each category from its first period to its last, with the change between."""

from __future__ import annotations

from decimal import Decimal
from math import fsum
from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.charts.describe import describe, listing
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import Alternatives, ChartFault, Form
from reportgen.charts.options import CHOICE
from reportgen.charts.plotting import growth
from reportgen.charts.plotting.axes import GAP
from reportgen.charts.plotting.boxes import spread
from reportgen.charts.plotting.scale import full_scale
from reportgen.charts.stage import Stage
from reportgen.charts.words import MISSING, Block

_HEAD: Pt = 18.0
_LEAST_RISE: Pt = 60.0
_PLOT: Pt = 150.0


class EndLabel(NamedTuple):
    """What stands beside one end of a line: its value, beyond it the category's name or change, then a second name."""

    value: Block
    other: Block
    name: Block | None = None


def draw(stage: Stage) -> None:
    """Draw a line a category between two columns of names and values, spread apart where they come near."""
    periods = (stage.grid.periods[0], stage.grid.periods[-1])
    if periods[0] == periods[1]:
        raise ChartFault("it has only one period", "choose ranked-bars", key="period")
    codes = [c for c in stage.grid.x if all(_value(stage, c, p) is not None for p in periods)]
    if not codes:
        raise ChartFault("no category has a first and a last value", "fill the column", key="x")
    sides = [_labels(stage, codes, periods, side) for side in (0, 1)]
    height = fsum(side.value.height for side in sides[0])
    said = stage.words.block(_said(stage, periods), "annotation", stage.width)
    top = said.height + GAP + _HEAD
    sheet = stage.open(top + max(height, 60.0), top + max(height, _PLOT))
    sheet.below(0.0, 0.0, said, part="quiet")
    left = fsum(_widths(sides[0])) + 4 * GAP
    right = stage.width - fsum(_widths(sides[1])) - 4 * GAP
    if _lines_cross(stage, codes, periods):
        named = _named(stage, codes, sides[1])
        room = max(label.name.width for label in named if label.name) + 2 * GAP
        if right - room - left >= _LEAST_RISE:
            sides[1], right = named, right - room
    if right - left < _LEAST_RISE:
        raise ChartFault("no room is left between its names", 'write names = "short"', key="names")
    _heads(stage, sheet, periods, top, (left, right))
    values = [_value(stage, code, p) or Decimal(0) for code in codes for p in periods]
    scale = full_scale(values, sheet.height - 6, top + 6)
    chosen = stage.emphasised()
    some = len(chosen) < len(stage.grid.x)
    for code in codes:
        strong = some and code in chosen
        ends = [scale.at(_value(stage, code, p) or Decimal(0)) for p in periods]
        part = "accent" if code in chosen else "muted"
        sheet.line([(left, ends[0]), (right, ends[1])], "series", part, width=1.8 if strong else 1.1)
        hollow = any(stage.grid.is_hollow(stage.grid.at(code, period=p)) for p in periods)
        for x, y in zip((left, right), ends, strict=True):
            sheet.dot(x, y, part, size=4.5, hollow=hollow)
    for side, x in ((0, left), (1, right)):
        ys = [scale.at(_value(stage, code, periods[side]) or Decimal(0)) for code in codes]
        _names(sheet, sides[side], ys, Room(x, top, side))


def in_words(stage: Stage) -> Alternatives:
    """Describe the values of the last period, then those of the first, and the change."""
    first, last = stage.grid.periods[0], stage.grid.periods[-1]
    values = [(code, value) for code in stage.grid.x if (value := _value(stage, code, first)) is not None]
    said = [(code, stage.words.said(value)) for code, value in values]
    more = [listing(stage, growth.value_head(stage, first), said)] if said else []
    changes = growth.changes_in_words(stage)
    head = growth.value_head(stage, last)
    return describe(stage, lambda x, *_: _value(stage, x, last), [*more, *changes], head)


FORM = Form(
    "slope", "Slope chart", draw, needs=("period",), options=CHOICE, max_x=30, order="descending", describe=in_words,
)  # fmt: skip


def _value(stage: Stage, code: str, period: str) -> Decimal | None:
    return stage.grid.at(code, period=period).value


def _labels(stage: Stage, codes: list[str], periods: tuple[str, str], side: int) -> list[EndLabel]:
    """Return what stands beside each end: the name and the first value, or the last value and the change."""
    words = stage.words
    found = []
    for code in codes:
        value = words.value(_value(stage, code, periods[side]) or Decimal(0))
        change = growth.change(stage, code) if side else None
        written = growth.change_text(stage, change) if change is not None else MISSING
        text = stage.category(code) if side == 0 else written
        found.append(EndLabel(value, words.block(text)))
    return found


def _lines_cross(stage: Stage, codes: list[str], periods: tuple[str, str]) -> bool:
    """Say whether the order at the right is another than at the left, so that names at the left alone mislead."""
    pairs = [[_value(stage, code, period) or Decimal(0) for period in periods] for code in codes]
    ends = [last for _, last in sorted(pairs)]
    return ends != sorted(ends)


def _named(stage: Stage, codes: list[str], sides: list[EndLabel]) -> list[EndLabel]:
    """Return the labels of an end, each with the name of its category."""
    return [
        label._replace(name=stage.words.block(stage.category(code)))
        for code, label in zip(codes, sides, strict=True)
    ]


def _widths(sides: list[EndLabel]) -> tuple[Pt, Pt]:
    """Return the widths of the two columns beside an end."""
    return max(side.value.width for side in sides), max(side.other.width for side in sides)


def _said(stage: Stage, periods: tuple[str, str]) -> str:
    """Return what the numbers beside the lines are, and those at the right."""
    labels = stage.words.labels
    first, last = (
        labels("year {year}", year=stage.words.name(stage.spec.period, period)) for period in periods
    )
    change = stage.words.language.inside_sentence(growth.change_head(stage))
    return labels(
        "At the lines: values, {first} and {last}. Right column: {change}",
        first=first,
        last=last,
        change=change,
    )


def _heads(stage: Stage, sheet: Sheet, periods: tuple[str, str], top: Pt, places: tuple[Pt, Pt]) -> None:
    for period, x in zip(periods, places, strict=True):
        block = stage.words.block(stage.words.name(stage.spec.period, period), "panel-title")
        sheet.below(x, top - _HEAD, block, align="center")
        sheet.line([(x, top - 2), (x, sheet.height)], "grid")


class Room(NamedTuple):
    """Where the labels of an end stand: beside ``x``, below ``top``; ``end`` is 0 at the left and 1 at the right."""

    x: Pt
    top: Pt
    end: int


def _names(sheet: Sheet, sides: list[EndLabel], ys: list[Pt], room: Room) -> None:
    """Draw values beside the ends and names (changes) beyond them, in columns."""
    x, top, end = room
    centres = spread(ys, [side.value.height for side in sides], top, sheet.height)
    sign = -1 if end == 0 else 1
    first, second = _widths(sides)
    for (value, other, name), y, centre in zip(sides, ys, centres, strict=True):
        if abs(y - centre) > 1:
            sheet.line([(x + sign * 3, y), (x + sign * (2 * GAP - 2), centre)], "leader")
        inner = x + sign * 2 * GAP
        if end == 0:
            sheet.centred(inner, centre, value, align="right")
            sheet.centred(inner - first - 2 * GAP, centre, other, align="right")
        else:
            sheet.centred(inner + first, centre, value, align="right")
            sheet.centred(inner + first + 2 * GAP, centre, other, part="quiet")
            if name is not None:
                sheet.centred(inner + first + second + 4 * GAP, centre, name)
