"""A slope chart: each category from its first period to its last, with the growth between."""

from __future__ import annotations

from decimal import Decimal
from math import fsum
from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.charts.describe import describe
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import Alternatives, ChartFault, Form
from reportgen.charts.options import CHOICE
from reportgen.charts.plotting.axes import GAP
from reportgen.charts.plotting.boxes import spread
from reportgen.charts.plotting.growth import rate, rates_in_words
from reportgen.charts.plotting.scale import full_scale
from reportgen.charts.stage import Stage
from reportgen.charts.words import MISSING, Block

_HEAD: Pt = 18.0
_LEAST_RISE: Pt = 60.0
_PLOT: Pt = 150.0


class EndLabel(NamedTuple):
    """What stands beside one end of a line: its value, and beyond it the category's name or growth."""

    value: Block
    other: Block


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
    sheet = stage.open(_HEAD + max(height, 60.0), _HEAD + max(height, _PLOT))
    left = fsum(_widths(sides[0])) + 4 * GAP
    right = stage.width - fsum(_widths(sides[1])) - 4 * GAP
    if right - left < _LEAST_RISE:
        raise ChartFault("no room is left between its names", 'write names = "short"', key="names")
    _heads(stage, sheet, periods, left, right)
    values = [_value(stage, code, p) or Decimal(0) for code in codes for p in periods]
    scale = full_scale(values, sheet.height - 6, _HEAD + 6)
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
        _names(sheet, sides[side], ys, x, side)


def in_words(stage: Stage) -> Alternatives:
    """Describe the values of the last period, and the growth."""
    last = stage.grid.periods[-1]
    return describe(stage, lambda x, *_: _value(stage, x, last), rates_in_words(stage))


FORM = Form(
    "slope", "Slope chart", draw, needs=("period",), options=CHOICE, max_x=30, order="descending", describe=in_words,
)  # fmt: skip


def _value(stage: Stage, code: str, period: str) -> Decimal | None:
    return stage.grid.at(code, period=period).value


def _labels(stage: Stage, codes: list[str], periods: tuple[str, str], side: int) -> list[EndLabel]:
    """Return what stands beside each end: the name and the first value, or the last value and the growth."""
    words = stage.words
    found = []
    for code in codes:
        value = words.value(_value(stage, code, periods[side]) or Decimal(0))
        growth = rate(stage, code) if side else None
        text = stage.category(code) if side == 0 else words.percent(growth) if growth is not None else MISSING
        found.append(EndLabel(value, words.block(text)))
    return found


def _widths(sides: list[EndLabel]) -> tuple[Pt, Pt]:
    """Return the widths of the two columns beside an end."""
    return max(side.value.width for side in sides), max(side.other.width for side in sides)


def _heads(stage: Stage, sheet: Sheet, periods: tuple[str, str], left: Pt, right: Pt) -> None:
    for period, x in zip(periods, (left, right), strict=True):
        block = stage.words.block(stage.words.name(stage.spec.period, period), "panel-title")
        sheet.below(x, 0.0, block, align="center")
        sheet.line([(x, _HEAD - 2), (x, sheet.height)], "grid")


def _names(sheet: Sheet, sides: list[EndLabel], ys: list[Pt], x: Pt, end: int) -> None:
    """Draw values beside the ends and names (growth rates) beyond them, in columns."""
    centres = spread(ys, [side.value.height for side in sides], _HEAD, sheet.height)
    sign = -1 if end == 0 else 1
    first, _ = _widths(sides)
    for (value, other), y, centre in zip(sides, ys, centres, strict=True):
        if abs(y - centre) > 1:
            sheet.line([(x + sign * 3, y), (x + sign * (2 * GAP - 2), centre)], "leader")
        inner = x + sign * 2 * GAP
        if end == 0:
            sheet.centred(inner, centre, value, align="right")
            sheet.centred(inner - first - 2 * GAP, centre, other, align="right")
        else:
            sheet.centred(inner + first, centre, value, align="right")
            sheet.centred(inner + first + 2 * GAP, centre, other, part="quiet")
