"""Two ranked lists side by side, each in its own order; names stand above their bars and keep their full length."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from math import fsum

from reportgen.base.units import Pt
from reportgen.charts.form import Form
from reportgen.charts.options import TOP
from reportgen.charts.plotting.bar_rows import draw_bar, value_room
from reportgen.charts.plotting.chart_key import estimate_entries, set_key
from reportgen.charts.plotting.scale import Scale, range_of
from reportgen.charts.stage import Stage

_APART: Pt = 28.0
_HEAD: Pt = 22.0
_BAR: Pt = 7.0
_STEP: Pt = 9.0
"""From one row's bar to the next row's name."""

_FOOT: Pt = 3.0


def draw(stage: Stage) -> None:
    """Draw a list a series, largest first, on one scale."""
    key = set_key(stage, estimate_entries(stage))
    width = (stage.width - _APART) / 2
    ranks = stage.words.width("00", "label") + 6
    lists = [_ranked(stage, series) for series in stage.grid.series]
    blocks = [
        [stage.words.block(stage.category(c), "label", width - ranks) for c in codes] for codes in lists
    ]
    heights = [max(block.height for block in row if block) for row in zip_longest(*blocks)]
    top = key.height + _HEAD
    taken = top + fsum(heights) + len(heights) * (_BAR + 3 + _STEP) - _STEP + _FOOT
    sheet = stage.open(taken)
    key.draw(sheet)
    extra = (sheet.height - taken) / max(len(heights) - 1, 1)
    high = range_of(stage.grid.values())[1]
    room = value_room(stage, stage.grid.values(), "value-label")
    for i, (series, codes) in enumerate(zip(stage.grid.series, lists, strict=True)):
        left, paint = i * (width + _APART), stage.paint(series)
        right = left + width
        head = stage.words.block(stage.name(series, short=False), "series-label", right - left)
        sheet.below(left, top - _HEAD, head, part=paint.text)
        sheet.line([(left, top - 5), (right, top - 5)], "axis", paint.text)
        scale, y = Scale(Decimal(0), high, left + ranks, right - room), top
        for rank, (code, block, height) in enumerate(zip(codes, blocks[i], heights, strict=False), 1):
            number = stage.words.block(str(rank))
            sheet.below(left + ranks - 6, y, number, part="quiet", align="right")
            sheet.below(left + ranks, y, block)
            seen, middle = stage.grid.at(code, series), y + height + 3 + _BAR / 2
            draw_bar(stage, sheet, scale, middle, seen, paint, thick=_BAR)
            y += height + 3 + _BAR + _STEP + extra


FORM = Form(
    "twin-ranked-lists", "Ranked lists side by side", draw, needs=("series",), options=TOP,
    max_x=30, min_series=2, max_series=2, order="descending",
)  # fmt: skip


def _ranked(stage: Stage, series: str) -> list[str]:
    """Return the categories that a series has, in its own order; those without a value last."""
    grid = stage.grid
    known = [x for x in grid.x if ("", series, x, "") in grid.cells]
    return sorted(known, key=lambda x: (grid.value(x, series) is None, -(grid.value(x, series) or 0)))
