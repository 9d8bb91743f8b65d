"""Columns and a line on two scales, each named and painted as what it measures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportgen.base.units import Pt
from reportgen.charts.forms.axes import (
    LEAST_PLOT,
    PREFERRED_PLOT,
    draw_categories,
    draw_remark,
    draw_ticks,
    label_box,
    set_categories,
    tick_width,
)
from reportgen.charts.forms.columns import LEAST_COLUMN, MISSING
from reportgen.charts.forms.keys import Entry, estimate_entries, set_key
from reportgen.charts.forms.lines import along, draw_series
from reportgen.charts.places import Box, Obstacles
from reportgen.charts.scale import Scale, twin_scales
from reportgen.charts.sheet import Sheet
from reportgen.charts.stage import ChartFault, Paint, Stage


def draw(stage: Stage) -> None:
    """Draw the first series as columns on the left scale and the second as a line on the right one.

    Both scales begin at zero and share their hairlines; the ends of the line and the columns are written.
    """
    columns, line = stage.grid.series
    bar, stroke = Paint("soft", "accent"), Paint("contrast", "contrast")
    key = set_key(stage.words, _entries(stage, columns, line, bar, stroke), stage.width)
    rough = set_categories(stage, stage.width * 0.8 / len(stage.grid.x))
    needed = key.height + LEAST_PLOT + rough.height
    sheet = stage.open(needed, needed - LEAST_PLOT + PREFERRED_PLOT)
    key.draw(sheet)
    top = key.height + 4
    values = [stage.grid.values(series) for series in (columns, line)]
    probe = twin_scales(*values, 0.0, 1.0)
    left, right = (
        tick_width(stage.words, probe[0].ticks),
        stage.width - tick_width(stage.words, probe[1].ticks),
    )
    slot = (right - left) / len(stage.grid.x)
    categories = set_categories(stage, slot)
    bottom = sheet.height - categories.height
    scales = twin_scales(*values, bottom, top)
    draw_ticks(sheet, scales[0], left, right, part=bar.text)
    draw_ticks(sheet, scales[1], left, right, part=stroke.text, side="right")
    centres = [left + slot * (i + 0.5) for i in range(len(stage.grid.x))]
    obstacles = Obstacles(Box(left, key.height - 6, right, bottom))
    obstacles.boxes += _columns(stage, sheet, scales[0], centres, slot, columns, bar)
    sheet.line([(left, bottom), (right, bottom)], "axis")
    points = draw_series(stage, sheet, scales[1], centres, line, stroke)
    obstacles.boxes += [Box(x - 3, y - 3, x + 3, y + 3) for x, y in points]
    obstacles.boxes += along(points)
    _label(stage, obstacles, points, line, scales[1], stroke.text)
    _label(
        stage,
        obstacles,
        [
            (x, scales[0].at(stage.grid.value(c, columns) or Decimal(0)))
            for c, x in zip(stage.grid.x, centres, strict=True)
        ],
        columns,
        scales[0],
        bar.text,
    )
    draw_categories(sheet, categories, centres, bottom)
    for mark in stage.spec.marks:
        found = stage.remark(mark)
        if found is not None:
            x = left + slot * stage.grid.x.index(found[0])
            draw_remark(sheet, found[1], x, top, bottom, obstacles)


def _entries(stage: Stage, columns: str, line: str, bar: Paint, stroke: Paint) -> list[Entry]:
    labels = stage.words.labels
    return [
        Entry(labels("{name} (left scale)", name=stage.name(columns)), bar, stage.growth(columns), "bar"),
        Entry(labels("{name} (right scale)", name=stage.name(line)), stroke, stage.growth(line), "line"),
        *estimate_entries(stage),
    ]


def _columns(
    stage: Stage, sheet: Sheet, scale: Scale, centres: Sequence[Pt], slot: Pt, series: str, paint: Paint
) -> list[Box]:
    half = slot * stage.theme.ratio("bar") / 2
    if half * 2 < LEAST_COLUMN:
        raise ChartFault(
            "its columns would be too narrow to see", "choose lines, or narrow the rows by where", key="x"
        )
    boxes = []
    for code, x in zip(stage.grid.x, centres, strict=True):
        seen = stage.grid.at(code, series)
        if seen.value is None:
            sheet.block(x, scale.start - 2, stage.words.block(MISSING), part="quiet", align="center")
            continue
        y = scale.at(seen.value)
        hollow = stage.grid.mixed and seen.estimated
        sheet.rectangle(x - half, scale.start, x + half, y, paint.part, tint=paint.tint, hollow=hollow)
        boxes.append(Box(x - half, y, x + half, scale.start))
    return boxes


def _label(
    stage: Stage, obstacles: Obstacles, points: Sequence[tuple[Pt, Pt]], series: str, scale: Scale, part: str
) -> None:
    """Write the first and the last value above (or below) their marks, where there is room."""
    known = [x for x in stage.grid.x if stage.grid.value(x, series) is not None]
    if stage.sheet is None or not known:
        return
    by_code = (
        dict(zip(known, points, strict=False))
        if len(points) == len(known)
        else dict(zip(stage.grid.x, points, strict=True))
    )
    for code in dict.fromkeys((known[-1], known[0])):
        x, y = by_code[code]
        block = stage.words.block(
            stage.words.number(stage.grid.value(code, series) or Decimal(0)), "value-strong"
        )
        boxes = [
            label_box(x - block.width * share, y + dy, block)
            for dy in (-6, -10, 14)
            for share in (0.5, 0.9, 0.1)
        ]
        found = obstacles.place(boxes)
        if found is not None:
            stage.sheet.rectangle(found.x0 - 1, found.y0 + 1, found.x1 + 1, found.y1 + 0.5, "paper")
            stage.sheet.block(found.x0, y + (found.y1 - 0.12 * block.size - y), block, part=part)
