"""Back-to-back bars: two series from one spine, the categories' names in the middle."""

from __future__ import annotations

from decimal import Decimal
from math import fsum

from reportgen.base.units import Pt
from reportgen.charts.form import Form
from reportgen.charts.plotting import bar_rows as rows
from reportgen.charts.plotting.chart_key import estimate_entries, set_key
from reportgen.charts.plotting.scale import Scale
from reportgen.charts.stage import Stage

_NAMES = 0.3
_HEAD_GAP: Pt = 8.0
_LEAST = 0.28
_THICK: Pt = 13.0


def draw(stage: Stage) -> None:
    """Draw the first series to the left and the second to the right, on one scale so that lengths compare.

    The spine stands where the longest bars of both sides just fill the width, but leaves each side room for its head.
    """
    codes, (one, other) = stage.grid.x, stage.grid.series
    key = set_key(stage, estimate_entries(stage))
    names = rows.set_names(stage, stage.width * _NAMES)
    spine, room = names.width + 2 * rows.NAME_GAP, rows.value_room(stage, stage.grid.values(), "value-label")
    longest = [max([*stage.grid.values(series), Decimal(0)]) for series in (one, other)]
    lengths, high = _lengths(stage.width - spine - 2 * room, longest)
    heads = [
        stage.words.block(stage.name(series), "series-label", length + room)
        for series, length in zip((one, other), lengths, strict=True)
    ]
    top = key.height + max(head.height for head in heads) + _HEAD_GAP
    sheet = stage.open(top + fsum(max(height, _THICK + 9) for height in names.heights))
    key.draw(sheet)
    middles = names.middles(top, sheet.height)
    starts = (room + lengths[0], room + lengths[0] + spine)
    for i, series in enumerate((one, other)):
        sign, paint, start = (-1, 1)[i], stage.paint(series), starts[i]
        scale = Scale(Decimal(0), high[i], start, start + sign * lengths[i])
        head_top = top - _HEAD_GAP - heads[i].height
        sheet.below(start, head_top, heads[i], part=paint.text, align="right" if sign < 0 else "left")
        for code, y in zip(codes, middles, strict=True):
            rows.draw_bar(stage, sheet, scale, y, stage.grid.at(code, series), paint, thick=_THICK)
        sheet.line([(start, top - 2), (start, sheet.height)], "axis")
    for block, y in zip(names.blocks, middles, strict=True):
        sheet.centred(fsum(starts) / 2, y, block, align="center")


FORM = Form(
    "back-to-back", "Back-to-back bars", draw, needs=("series",), max_x=30, min_series=2, max_series=2,
)  # fmt: skip


def _lengths(width: Pt, longest: list[Decimal]) -> tuple[list[Pt], list[Decimal]]:
    """Return the room of each side's bars, and the value that would fill it: in both the same value a point.

    Raises:
        ChartFault: if no room is left.
    """
    rows.check_room(width, 80)
    whole = sum(longest, Decimal(0))
    share = min(max(float(longest[0] / whole), _LEAST), 1 - _LEAST) if whole else 0.5
    lengths = [width * share, width * (1 - share)]
    a_point = max(value / Decimal(length) for value, length in zip(longest, lengths, strict=True))
    return lengths, [(a_point or Decimal(1)) * Decimal(length) for length in lengths]
