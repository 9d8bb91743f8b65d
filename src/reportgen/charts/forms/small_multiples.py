"""Small multiples: the same small chart for each part of the data, all on one scale."""

from __future__ import annotations

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.options import GROWTH
from reportgen.charts.plotting.axes import GAP, draw_ticks, tick_width
from reportgen.charts.plotting.boxes import Box, spread
from reportgen.charts.plotting.categories import time_centres
from reportgen.charts.plotting.chart_key import series_entries, set_key
from reportgen.charts.plotting.scale import Scale, full_scale
from reportgen.charts.plotting.series_lines import Point, draw_series, line_paint
from reportgen.charts.stage import Stage

_LEAST: Pt = 70.0
_PLOT: Pt = 92.0
_APART: Pt = 8.0
_FOOT: Pt = 16.0


def draw(stage: Stage) -> None:
    """Draw a panel a code, in rows of as many as fit, each with its name, its lines and their last values."""
    key = set_key(stage, series_entries(stage, "line"))
    probe = full_scale(stage.grid.values(), 0.0, 1.0, 3)
    left = tick_width(stage.words, probe.ticks)
    count = len(stage.grid.panels)
    across = min(count, max(1, int((stage.width - left + _APART) / (_LEAST + _APART))))
    rows = -(-count // across)
    across = -(-count // rows)
    width = (stage.width - left - _APART * (across - 1)) / across
    names = [stage.words.name(stage.spec.panel, panel) for panel in stage.grid.panels]
    titles = [stage.words.block(name, "panel-title", width) for name in names]
    if any(title.width > width + 0.5 for title in titles):
        hint = 'write names = "short"'
        raise ChartFault("the names of its panels do not fit above them", hint, key="panel")
    head = max(title.height for title in titles) + 8
    sheet = stage.open(key.height + rows * (head + 48 + _FOOT), key.height + rows * (head + _PLOT + _FOOT))
    key.draw(sheet)
    each = (sheet.height - key.height) / rows
    for i, title in enumerate(titles):
        row, place = divmod(i, across)
        top, x0 = key.height + each * row, left + place * (width + _APART)
        room = Box(x0, top + title.height, x0 + width, top + each - _FOOT)
        sheet.below(x0, top, title)
        scale = full_scale(stage.grid.values(), room.y1, top + head, 3)
        _panel(stage, sheet, stage.grid.panels[i], scale, room, first=place == 0)


FORM = Form(
    "small-multiples", "Small multiples", draw, needs=("panel",), takes=("series",), options=GROWTH,
    max_x=120, max_series=3, negatives=True,
)  # fmt: skip


def _panel(stage: Stage, sheet: Sheet, panel: str, scale: Scale, room: Box, *, first: bool) -> None:
    end = room.x1 - _value_room(stage) + 2
    draw_ticks(sheet, scale, room.x0, end, numbers=first)
    sheet.line([(room.x0, scale.zero), (end, scale.zero)], "axis")
    step = (end - 2 - room.x0 - 4) / max(len(stage.grid.x) - 1, 1)
    timed = time_centres(stage, room.x0 + 4, end - 2)
    centres = timed or [room.x0 + 4 + step * i for i in range(len(stage.grid.x))]
    lines = {
        series: draw_series(stage, sheet, scale, centres, series, line_paint(stage, series), panel, 4.0)
        for series in reversed(stage.grid.series)
    }
    _periods(stage, sheet, centres, room)
    _values(stage, sheet, panel, lines, room)


def _value_room(stage: Stage) -> Pt:
    """Return the room for the values beside the ends of the lines: what the widest of them needs."""
    lines = [stage.grid.known(series, panel) for series in stage.grid.series for panel in stage.grid.panels]
    return (
        max((stage.words.value(line[-1], "value-strong").width for line in lines if line), default=0.0) + GAP
    )


def _periods(stage: Stage, sheet: Sheet, centres: list[Pt], room: Box) -> None:
    """Write the first and the last period beneath a panel, each under its point if the panel is wide enough."""
    first, last = (stage.words.block(stage.category(stage.grid.x[i])) for i in (0, -1))
    sheet.below(room.x0, room.y1 + 4, first, part="quiet")
    start = min(centres[-1] - last.width / 2, room.x1 - last.width)
    if start > room.x0 + first.width + GAP and len(stage.grid.x) > 1:
        sheet.below(start, room.y1 + 4, last, part="quiet")


def _values(stage: Stage, sheet: Sheet, panel: str, lines: dict[str, list[Point]], room: Box) -> None:
    """Write the last value of each line beside its end, spread apart where the ends come near."""
    shown = [series for series in stage.grid.series if lines[series]]
    blocks = [stage.words.value(stage.grid.known(s, panel)[-1], "value-strong") for s in shown]
    centres = spread([lines[s][-1][1] for s in shown], [b.height for b in blocks], room.y0, room.y1 + 4)
    for series, block, y in zip(shown, blocks, centres, strict=True):
        sheet.centred(lines[series][-1][0] + GAP, y, block, part=line_paint(stage, series).text)
