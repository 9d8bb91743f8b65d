"""Columns: one, two or three a period, from zero, each with its value where there is room for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.options import GROWTH, MARKS
from reportgen.charts.plotting import axes
from reportgen.charts.plotting.boxes import Box, Obstacles
from reportgen.charts.plotting.categories import Categories, draw_categories, set_categories
from reportgen.charts.plotting.chart_key import series_entries, set_key
from reportgen.charts.plotting.column_bars import LEAST_COLUMN, Column, column_boxes, draw_columns
from reportgen.charts.plotting.scale import Scale, zero_scale
from reportgen.charts.stage import Stage
from reportgen.charts.words import Block

_HEADROOM: Pt = 14.0
_BETWEEN: Pt = 1.0
_FULL, _SMALL = ("value-label", "value-strong"), ("value-small", "value-small-strong")
"""The text targets of a common and of an emphasised value."""


class Label(NamedTuple):
    """A value's label: its words, and the box that was found for them."""

    block: Block
    box: Box


class Plan(NamedTuple):
    """A plot: its sides, scale and columns, what stands beneath, and the labels that fit."""

    room: Box
    scale: Scale
    columns: Sequence[Column]
    categories: Categories
    labels: Sequence[Label] = ()
    has_axis: bool = False


def draw(stage: Stage) -> None:
    """Draw columns side by side; where not every value can be written, an axis is drawn and the ends are written."""
    key = set_key(stage, series_entries(stage))
    rough = set_categories(stage, stage.width / len(stage.grid.x))
    above = key.height + stage.strip
    sheet = stage.open(above + axes.LEAST_PLOT + rough.height, above + axes.PREFERRED_PLOT + rough.height)
    key.draw(sheet)
    plan = _without_axis(stage, above, sheet.height) or _with_axis(stage, above, sheet.height)
    _plot(stage, sheet, plan)
    _remarks(stage, sheet, plan, key.height)


FORM = Form(
    "paired-columns", "Columns", draw, takes=("series",), options={**GROWTH, **MARKS},
    max_x=40, max_series=3, negatives=True,
)  # fmt: skip


def _without_axis(stage: Stage, top: Pt, height: Pt) -> Plan | None:
    """Return a plan in which every value is written, None if there is not room for all."""
    plan = _plan(stage, 0.0, top, height)
    found = (label_columns(stage, plan, targets) for targets in (_FULL, _SMALL))
    return next((plan._replace(labels=labels) for labels in found if labels is not None), None)


def _with_axis(stage: Stage, top: Pt, height: Pt) -> Plan:
    """Return a plan in which the axis says what the columns are worth, and the ends are written."""
    left = axes.tick_width(stage.words, zero_scale(stage.grid.values(), 0.0, 1.0, headroom=0.1).ticks)
    plan = _plan(stage, left, top, height)
    labels = label_columns(stage, plan, _FULL, ends_only=True) or ()
    return plan._replace(labels=labels, has_axis=True)


def _plan(stage: Stage, left: Pt, top: Pt, height: Pt) -> Plan:
    categories = set_categories(stage, (stage.width - left) / len(stage.grid.x))
    room = Box(left, top, stage.width, height - categories.height)
    return Plan(room, _scale(stage, room), place_columns(stage, room.x0, room.x1), categories)


def _scale(stage: Stage, room: Box) -> Scale:
    share = min(_HEADROOM / room.height, 0.4)
    return zero_scale(stage.grid.values(), room.y1, room.y0, 4, share / (1 - share))


def _plot(stage: Stage, sheet: Sheet, plan: Plan) -> None:
    room, zero = plan.room, plan.scale.zero
    if plan.has_axis:
        axes.draw_ticks(sheet, plan.scale, room.x0, room.x1)
    draw_columns(stage, sheet, plan.columns, plan.scale)
    sheet.line([(room.x0, zero), (room.x1, zero)], "axis")
    for label in plan.labels:
        axes.draw_in(sheet, label.box, label.block)
    draw_categories(sheet, plan.categories, axes.columns_in(room, len(stage.grid.x)).centres, room.y1)


def _remarks(stage: Stage, sheet: Sheet, plan: Plan, top: Pt) -> None:
    """Draw the marks, each before the columns of its category."""
    room = plan.room
    columns = column_boxes(stage, plan.columns, plan.scale)
    obstacles = Obstacles(room._replace(y0=top), [*columns, *(label.box for label in plan.labels)])
    slot = room.width / len(stage.grid.x)
    for remark in stage.remarks():
        x = room.x0 + slot * stage.grid.x.index(remark.x)
        axes.draw_remark(sheet, remark, x, top, plan.scale.zero, obstacles)


def place_columns(stage: Stage, left: Pt, right: Pt) -> list[Column]:
    """Return the columns' sides: groups at equal distances, the columns of a group side by side.

    Raises:
        ChartFault: if they would be too narrow to see.
    """
    grid = stage.grid
    slot = (right - left) / len(grid.x)
    group = slot * (stage.theme.ratio("pair") if len(grid.series) > 1 else stage.theme.ratio("bar"))
    width = group / len(grid.series)
    if width - _BETWEEN < LEAST_COLUMN:
        message = f"its {len(grid.x) * len(grid.series)} columns would be {width:.1f} pt wide"
        raise ChartFault(message, "narrow the rows by where, or choose lines", key="x")
    found = []
    for i, x in enumerate(grid.x):
        start = left + slot * i + (slot - group) / 2
        for k, series in enumerate(grid.series):
            sides = (start + k * width + _BETWEEN / 2, start + (k + 1) * width - _BETWEEN / 2)
            found.append(Column(series, x, *sides, grid.at(x, series)))
    return found


def label_columns(
    stage: Stage, plan: Plan, targets: tuple[str, str], *, ends_only: bool = False
) -> tuple[Label, ...] | None:
    """Return a label for every column, or None if they do not all fit; or one for each that matters and fits.

    What matters are the first, the last and the largest of each series.
    """
    boxes, ends = list(column_boxes(stage, plan.columns, plan.scale)), _ends(stage)
    obstacles, found = Obstacles(plan.room, boxes), []
    for column in plan.columns:
        value = column.observation.value
        if value is None or (ends_only and (column.series, column.x) not in ends):
            continue
        strong = (column.series, column.x) in ends and column.series == stage.grid.series[0]
        block = stage.words.value(value, targets[strong])
        box = obstacles.place(_candidates(stage, column, block, plan.scale, value))
        if box is not None:
            found.append(Label(block, box))
        elif not ends_only:
            return None
    return tuple(found)


def _candidates(stage: Stage, column: Column, block: Block, scale: Scale, value: Decimal) -> Iterator[Box]:
    """Yield places above (below, for a negative value) the column: centred, then flush with either side."""
    gap = stage.theme.length("value-gap")
    y = scale.at(value)
    baseline = y - gap if value >= 0 else y + gap + 0.76 * block.size
    first = column.series == stage.grid.series[0]
    sides = (column.right - block.width, column.left) if first else (column.left, column.right - block.width)
    for x in (column.middle - block.width / 2, *sides):
        yield axes.label_box(x, baseline, block)


def _ends(stage: Stage) -> frozenset[tuple[str, str]]:
    """Return the (series, category) of each series' first, last and largest value."""
    found: set[tuple[str, str]] = set()
    for series in stage.grid.series:
        known = [x for x in stage.grid.x if stage.grid.value(x, series) is not None]
        if known:
            largest = max(known, key=lambda x: stage.grid.amount(x, series))
            found |= {(series, known[0]), (series, known[-1]), (series, largest)}
    return frozenset(found)
