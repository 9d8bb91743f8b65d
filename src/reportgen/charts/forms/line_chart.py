"""Lines with their names at their ends instead of a key, spread apart where they come near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import fsum

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.options import GROWTH, MARKS
from reportgen.charts.plotting import axes
from reportgen.charts.plotting.boxes import Box, Obstacles, spread
from reportgen.charts.plotting.categories import draw_categories, set_categories, time_centres
from reportgen.charts.plotting.chart_key import estimate_entries, set_key
from reportgen.charts.plotting.scale import Scale, full_scale
from reportgen.charts.plotting.series_lines import Point, along, draw_series, line_paint
from reportgen.charts.stage import Stage
from reportgen.charts.words import Block

_NAMES: Pt = 118.0
_HEAD: Pt = 8.0
_INSET: Pt = 4.0


def draw(stage: Stage) -> None:
    """Draw a line a series over the periods, its name, last value and stated growth at its end."""
    key = set_key(stage, estimate_entries(stage, "dash"))
    ends = {series: _end_blocks(stage, series) for series in stage.grid.series}
    taken = fsum(fsum(b.height for b in blocks) + 4 for blocks in ends.values())
    rough = set_categories(stage, stage.width * 0.7 / len(stage.grid.x))
    top = key.height + stage.strip + _HEAD
    sheet = stage.open(
        top + max(axes.LEAST_PLOT, taken) + rough.height, top + axes.PREFERRED_PLOT + rough.height
    )
    key.draw(sheet)
    widest = max((block.width for blocks in ends.values() for block in blocks), default=0.0)
    plot, scale = _draw_axes(stage, sheet, top, stage.width - widest - 2 * axes.GAP - 2)
    lines = {
        series: draw_series(stage, sheet, scale, plot.centres, series, line_paint(stage, series))
        for series in reversed(stage.grid.series)
    }
    _names(stage, sheet, lines, ends, plot)
    _starts_and_marks(stage, sheet, lines, plot)


FORM = Form(
    "lines", "Lines", draw, takes=("series",), options={**GROWTH, **MARKS},
    max_x=120, max_series=6, negatives=True,
)  # fmt: skip


def _draw_axes(stage: Stage, sheet: Sheet, top: Pt, right: Pt) -> tuple[axes.Plot, Scale]:
    values, count = stage.grid.values(), len(stage.grid.x)
    left = axes.tick_width(stage.words, full_scale(values, 0.0, 1.0).ticks)
    if right - left < 60:
        raise ChartFault("no room is left for its lines", "give the series short names", key="series")
    step = (right - left - 2 * _INSET) / max(count - 1, 1)
    timed = time_centres(stage, left + _INSET, right - _INSET)
    categories = set_categories(stage, step if count > 1 else right - left, timed)
    bottom = sheet.height - categories.height
    scale = full_scale(values, bottom, top)
    axes.draw_ticks(sheet, scale, left, right)
    sheet.line([(left, scale.zero), (right, scale.zero)], "axis")
    centres = timed or [left + _INSET + step * i for i in range(count)]
    draw_categories(sheet, categories, centres, bottom)
    return axes.Plot(Box(left, top, right, bottom), centres), scale


def _end_blocks(stage: Stage, series: str) -> list[Block]:
    """Return what stands at a line's end: name, last value, stated growth."""
    words = stage.words
    blocks = [words.block(stage.name(series), "series-label", _NAMES)] if stage.name(series) else []
    known = stage.grid.known(series)
    if known:
        blocks.append(words.value(known[-1], "value-strong"))
    growth = stage.growth(series)
    if growth:
        block = words.block(growth, "annotation", _NAMES)
        blocks.append(replace(block, fact=stage.spec.growth[series]))
    return blocks


def _names(
    stage: Stage,
    sheet: Sheet,
    lines: Mapping[str, list[Point]],
    ends: Mapping[str, list[Block]],
    plot: axes.Plot,
) -> None:
    """Write what stands at the lines' ends, spread apart, with a leader where it stands away from its line."""
    x = plot.room.x1 + axes.GAP
    shown = [series for series in stage.grid.series if lines[series] and ends[series]]
    heights = [fsum(b.height for b in ends[series]) for series in shown]
    wanted = [lines[series][-1][1] for series in shown]
    centres = spread(wanted, heights, plot.room.y0 - _HEAD, plot.room.y1 + 6, 4)
    for series, centre, height in zip(shown, centres, heights, strict=True):
        y = centre - height / 2
        end = lines[series][-1]
        if abs(end[1] - centre) > height / 2 or end[0] < x - 3 * axes.GAP:
            sheet.line([(end[0] + 4, end[1]), (x - 2, centre)], "leader")
        for block in ends[series]:
            part = "quiet" if block.target == "annotation" else line_paint(stage, series).text
            sheet.below(x + axes.GAP, y, block, part=part)
            y += block.height


def _starts_and_marks(stage: Stage, sheet: Sheet, lines: Mapping[str, list[Point]], plot: axes.Plot) -> None:
    """Write each line's first value, and the remarks, clear of all lines; a break stands before its period."""
    room = plot.room
    obstacles = Obstacles(room._replace(y0=room.y0 - stage.strip - _HEAD))
    for points in lines.values():
        obstacles.boxes += along(points)
    for series, points in lines.items():
        if len(points) > 1:
            _start(stage, sheet, series, points[0], obstacles)
    for remark in stage.remarks():
        at = stage.grid.x.index(remark.x)
        before = max(at, 1)
        half = (plot.centres[before] - plot.centres[before - 1]) / 2 if len(plot.centres) > 1 else 0.0
        x = plot.centres[at] - (0.0 if remark.fact else half)
        axes.draw_remark(sheet, remark, max(x, room.x0), room.y0 - stage.strip, room.y1, obstacles)


def _start(stage: Stage, sheet: Sheet, series: str, point: Point, obstacles: Obstacles) -> None:
    block = stage.words.value(stage.grid.known(series)[0])
    x, y = point
    found = obstacles.place(
        axes.label_box(x + dx, y + dy, block) for dy in (-6, -9, -12, 13, 17) for dx in (-3, 4)
    )
    if found is not None:
        sheet.rectangle(*found.grown(1, 0), "paper")
        axes.draw_in(sheet, found, block, line_paint(stage, series).text)
