"""Back-to-back bars: two series from one spine, the categories' names in the middle."""

from __future__ import annotations

from decimal import Decimal

from reportgen.base.units import Pt
from reportgen.charts.forms.keys import estimate_entries, set_key
from reportgen.charts.forms.rows import NAME_GAP, draw_bar, set_names, value_room
from reportgen.charts.scale import Scale
from reportgen.charts.stage import ChartFault, Stage

_NAMES = 0.3
_HEAD: Pt = 19.0
_THICK: Pt = 13.0


def draw(stage: Stage) -> None:
    """Draw the first series to the left and the second to the right, on one scale so that lengths compare."""
    codes, (one, other) = stage.grid.x, stage.grid.series
    key = set_key(stage.words, estimate_entries(stage), stage.width)
    names = set_names(stage, [stage.category(code) for code in codes], stage.width * _NAMES)
    spine = (names.width + 2 * NAME_GAP) / 2
    middle = stage.width / 2
    room = value_room(stage, stage.grid.values(), "value-label")
    length = middle - spine - room
    if length < 20:
        raise ChartFault("no room is left for its bars", 'write names = "short"', key="names")
    top = key.height + _HEAD
    taken = sum(max(height, _THICK + 9) for height in names.heights)
    sheet = stage.open(top + taken)
    key.draw(sheet)
    middles = names.middles(top, sheet.height)
    high = max([*stage.grid.values(), Decimal(0)]) or Decimal(1)
    for series, sign in ((one, -1), (other, 1)):
        paint = stage.paint(series)
        start = middle + sign * spine
        scale = Scale(Decimal(0), high, start, start + sign * length)
        block = stage.words.block(stage.name(series), "series-label", middle - spine)
        sheet.below(start, key.height, block, part=paint.text, align="right" if sign < 0 else "left")
        for code, y in zip(codes, middles, strict=True):
            draw_bar(stage, sheet, scale, y, stage.grid.at(code, series), paint, thick=_THICK)
        sheet.line([(start, top - 2), (start, sheet.height)], "axis")
    for block, y in zip(names.blocks, middles, strict=True):
        sheet.centred(middle, y, block, align="center")
