"""Columns and a line on two scales, each named and painted as what it measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.options import GROWTH, MARKS
from reportgen.charts.plotting import axes
from reportgen.charts.plotting.boxes import Box, Obstacles
from reportgen.charts.plotting.categories import draw_categories, set_categories
from reportgen.charts.plotting.chart_key import Entry, estimate_entries, set_key
from reportgen.charts.plotting.column_bars import LEAST_COLUMN, Column, column_boxes, draw_columns
from reportgen.charts.plotting.scale import Scale, parted_scales
from reportgen.charts.plotting.series_lines import Point, along, draw_series
from reportgen.charts.stage import Paint, Stage
from reportgen.charts.words import Block

BAR, LINE = Paint("soft", "accent"), Paint("contrast", "contrast")
_TOP: Pt = 4.0
_CLEAR = 0.08
"""Share of the height by which the line stays above the columns, where its scale allows."""

_FOOT: Pt = 4.0
_TARGETS = ("value-label", "value-small")
_HALF = 0.38
"""Half a column, as a share of the room of its category."""


def draw(stage: Stage) -> None:
    """Draw the first series as columns on the left scale and the second as a line on the right one.

    Both scales begin at zero and share their hairlines; where it can be had, the line runs clear above the columns.
    """
    columns, line = stage.grid.series
    key = set_key(stage, _entries(stage, columns, line))
    rough = set_categories(stage, stage.width * 0.8 / len(stage.grid.x))
    needed = key.height + stage.strip + _TOP + axes.LEAST_PLOT + rough.height
    sheet = stage.open(needed, needed - axes.LEAST_PLOT + axes.PREFERRED_PLOT)
    key.draw(sheet)
    pairs = [(stage.grid.value(x, columns), stage.grid.value(x, line)) for x in stage.grid.x]
    probe = parted_scales(pairs, 0.0, 1.0, _CLEAR)
    left, other = (axes.tick_width(stage.words, scale.ticks) for scale in probe)
    right = stage.width - other
    categories = set_categories(stage, (right - left) / len(stage.grid.x))
    room = Box(left, key.height + stage.strip + _TOP, right, sheet.height - categories.height)
    plot = axes.columns_in(room, len(stage.grid.x))
    scales = parted_scales(pairs, room.y1, room.y0, _CLEAR)
    axes.draw_ticks(sheet, scales[0], left, right, part=BAR.text)
    axes.draw_ticks(sheet, scales[1], left, right, part=LINE.text, side="right")
    _marks(stage, sheet, plot, scales)
    draw_categories(sheet, categories, plot.centres, room.y1)


FORM = Form(
    "columns-and-line", "Columns and a line", draw, needs=("series",), options={**GROWTH, **MARKS},
    max_x=40, min_series=2, max_series=2,
)  # fmt: skip


def _entries(stage: Stage, columns: str, line: str) -> list[Entry]:
    labels, facts = stage.words.labels, stage.spec.growth
    left = labels("{name} (left scale)", name=stage.name(columns))
    right = labels("{name} (right scale)", name=stage.name(line))
    return [
        Entry(left, BAR, stage.growth(columns), "bar", fact=facts.get(columns)),
        Entry(right, LINE, stage.growth(line), "line", fact=facts.get(line)),
        *estimate_entries(stage),
    ]


def _marks(stage: Stage, sheet: Sheet, plot: axes.Plot, scales: tuple[Scale, Scale]) -> None:
    (first, line), room = stage.grid.series, plot.room
    obstacles = Obstacles(room._replace(y0=room.y0 - stage.strip - 6))
    half = _HALF * room.width / len(plot.centres)
    if half * 2 < LEAST_COLUMN:
        hint = "choose lines, or narrow the rows by where"
        raise ChartFault("its columns would be too narrow to see", hint, key="x")
    columns = [
        Column(first, code, x - half, x + half, stage.grid.at(code, first))
        for code, x in zip(stage.grid.x, plot.centres, strict=True)
    ]
    draw_columns(stage, sheet, columns, scales[0], BAR, _FOOT)
    sheet.line([(room.x0, room.y1), (room.x1, room.y1)], "axis")
    points = draw_series(stage, sheet, scales[1], plot.centres, line, LINE)
    obstacles.boxes += along(points)
    _feet(stage, sheet, columns, scales[0], obstacles)
    obstacles.boxes += column_boxes(stage, columns, scales[0], _FOOT)
    _line_values(stage, sheet, line, points, obstacles)
    for remark in stage.remarks():
        x = plot.centres[stage.grid.x.index(remark.x)] - half
        axes.draw_remark(sheet, remark, x, room.y0 - stage.strip, room.y1, obstacles)


def _feet(stage: Stage, sheet: Sheet, columns: Sequence[Column], scale: Scale, obstacles: Obstacles) -> None:
    """Write the columns' values at their feet, where all of them fit."""
    known = [column for column in columns if column.observation.value is not None]
    for target in _TARGETS:
        blocks = [stage.words.value(c.observation.value, target) for c in known]
        if all(_holds(c.box(scale), block, obstacles) for c, block in zip(known, blocks, strict=True)):
            for column, block in zip(known, blocks, strict=True):
                sheet.block(column.middle, column.box(scale).y1 - _FOOT, block, align="center")
            return


def _holds(box: Box, block: Block, obstacles: Obstacles) -> bool:
    """Say whether a column is wide and high enough for its value, clear of the line."""
    if block.width > box.width - 1 or block.size + _FOOT > box.height:
        return False
    return obstacles.free(axes.label_box((box.x0 + box.x1 - block.width) / 2, box.y1 - _FOOT, block))


def _line_values(
    stage: Stage, sheet: Sheet, series: str, points: Sequence[Point], obstacles: Obstacles
) -> None:
    """Write the line's values above it: all of them if they fit, else the first and the last."""
    values = stage.grid.known(series)
    everywhere, ends = range(len(values)), sorted({0, len(values) - 1}) if values else []
    for chosen, target in ((everywhere, "value-label"), (everywhere, "value-small"), (ends, "value-strong")):
        trial = Obstacles(obstacles.room, list(obstacles.boxes))
        blocks = [stage.words.value(values[i], target) for i in chosen]
        found = [trial.place(_above(points[i], block), 0.5) for i, block in zip(chosen, blocks, strict=True)]
        if all(found) or target == "value-strong":
            for box, block in zip(found, blocks, strict=True):
                if box is not None:
                    sheet.rectangle(box.x0, box.y0 + 1, box.x1, box.y1 - 0.5, "paper")
                    axes.draw_in(sheet, box, block, LINE.text)
                    obstacles.boxes.append(box)
            return


def _above(point: Point, block: Block) -> Iterator[Box]:
    for up in (5.0, 7.0, 9.0, 12.0):
        for share in (0.5, 0.75, 0.95, 0.25):
            yield axes.label_box(point[0] - block.width * share, point[1] - up, block)
