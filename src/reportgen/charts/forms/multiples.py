"""Small multiples: the same small chart for each part of the data, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportgen.base.units import Pt
from reportgen.charts.forms.axes import GAP, draw_ticks, label_box, tick_width
from reportgen.charts.forms.keys import series_entries, set_key
from reportgen.charts.forms.lines import along, draw_series, line_paint
from reportgen.charts.places import Box, Obstacles
from reportgen.charts.scale import Scale, full_scale
from reportgen.charts.sheet import Sheet
from reportgen.charts.stage import ChartFault, Stage
from reportgen.charts.words import Block

_LEAST: Pt = 70.0
_PLOT: Pt = 92.0
_APART: Pt = 12.0
_FOOT: Pt = 16.0


def draw(stage: Stage) -> None:
    """Draw a panel a code, in rows of as many as fit, each with its name, its lines and their last values."""
    key = set_key(stage.words, series_entries(stage, "line"), stage.width)
    probe = full_scale(stage.grid.values(), 0.0, 1.0, 3)
    left = tick_width(stage.words, probe.ticks)
    count = len(stage.grid.panels)
    across = min(count, max(1, int((stage.width - left + _APART) / (_LEAST + _APART))))
    rows = -(-count // across)
    across = -(-count // rows)
    width = (stage.width - left - _APART * (across - 1)) / across
    titles = [
        stage.words.block(stage.words.name(stage.spec.panel, p), "panel-title", width)
        for p in stage.grid.panels
    ]
    if any(title.width > width + 0.5 for title in titles):
        raise ChartFault(
            "the names of its panels do not fit above them", 'write names = "short"', key="panel"
        )
    head = max(title.height for title in titles) + 8
    sheet = stage.open(key.height + rows * (head + 48 + _FOOT), key.height + rows * (head + _PLOT + _FOOT))
    key.draw(sheet)
    each = (sheet.height - key.height) / rows
    for i, title in enumerate(titles):
        row, place = divmod(i, across)
        top = key.height + each * row
        x0 = left + place * (width + _APART)
        scale = full_scale(stage.grid.values(), top + each - _FOOT, top + head, 3)
        _panel(stage, sheet, stage.grid.panels[i], title, scale, x0, x0 + width, top, first=place == 0)


def _panel(
    stage: Stage,
    sheet: Sheet,
    panel: str,
    title: Block,
    scale: Scale,
    left: Pt,
    right: Pt,
    top: Pt,
    *,
    first: bool,
) -> None:
    sheet.below(left, top, title)
    _hairlines(sheet, scale, left, right, numbers=first)
    zero = scale.at(Decimal(0))
    sheet.line([(left, zero), (right, zero)], "axis")
    inner = (left + 5, right - 8)
    step = (inner[1] - inner[0]) / max(len(stage.grid.x) - 1, 1)
    centres = [inner[0] + step * i for i in range(len(stage.grid.x))]
    lines = {}
    for series in reversed(stage.grid.series):
        lines[series] = draw_series(
            stage, sheet, scale, centres, series, line_paint(stage, series), panel, 4.0
        )
    _periods(stage, sheet, left, right, scale.start)
    _values(stage, sheet, panel, lines, Box(left, top + title.height, right, scale.start))


def _hairlines(sheet: Sheet, scale: Scale, left: Pt, right: Pt, *, numbers: bool) -> None:
    if numbers:
        draw_ticks(sheet, scale, left, right)
        return
    for tick in scale.ticks:
        if tick != 0:
            sheet.line([(left, scale.at(tick)), (right, scale.at(tick))], "grid")


def _periods(stage: Stage, sheet: Sheet, left: Pt, right: Pt, bottom: Pt) -> None:
    """Write the first and the last period beneath a panel."""
    first, last = (
        stage.words.block(stage.category(code), "label") for code in (stage.grid.x[0], stage.grid.x[-1])
    )
    sheet.below(left, bottom + 3, first, part="quiet")
    if first.width + last.width + GAP < right - left and len(stage.grid.x) > 1:
        sheet.below(right, bottom + 3, last, part="quiet", align="right")


def _values(stage: Stage, sheet: Sheet, panel: str, lines: dict[str, list[tuple[Pt, Pt]]], room: Box) -> None:
    """Write the last value of each line by its end, clear of the lines."""
    obstacles = Obstacles(room)
    for points in lines.values():
        obstacles.boxes += along(points)
    order: Sequence[str] = sorted((s for s in lines if lines[s]), key=lambda s: lines[s][-1][1])
    for series in order:
        x, y = lines[series][-1]
        known = [v for v in (stage.grid.value(c, series, panel) for c in stage.grid.x) if v is not None]
        block = stage.words.block(stage.words.number(known[-1]), "value-strong")
        tries = [(room.x1 - block.width, y + dy) for dy in (-5, 12, -8, 15, -16, 23, -26, -36)]
        tries += [(x - block.width - 4, y + dy) for dy in (-5, 3, 12, -16)]
        found = obstacles.place([label_box(px, py, block) for px, py in tries])
        if found is not None:
            sheet.rectangle(found.x0 - 0.5, found.y0 + 0.5, found.x1, found.y1, "paper")
            sheet.block(found.x0, found.y1 - 0.12 * block.size, block, part=line_paint(stage, series).text)
