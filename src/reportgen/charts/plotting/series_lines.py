"""Lines of series over periods, and the boxes along them that labels keep clear of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.plotting.boxes import Box
from reportgen.charts.plotting.scale import Scale
from reportgen.charts.stage import Paint, Stage

Point: TypeAlias = tuple[Pt, Pt]


def line_paint(stage: Stage, series: str) -> Paint:
    """Return a line's paint; grey lines are drawn in full grey, as a pale hairline is no line."""
    paint = stage.paint(series)
    return Paint("muted-line", "quiet") if paint.part == "muted" else paint


def draw_series(
    stage: Stage,
    sheet: Sheet,
    scale: Scale,
    centres: Sequence[Pt],
    series: str,
    paint: Paint,
    panel: str | None = None,
    size: Pt = 4.5,
) -> list[Point]:
    """Draw a line, dashed to and from estimates among published values.

    It has a gap where a value is missing and where the series breaks.

    Returns:
        The points that have a value.
    """
    seen = [stage.grid.at(code, series, panel) for code in stage.grid.x]
    mixed = stage.grid.mixed
    points = [
        (x, scale.at(o.value)) if o.value is not None else None for x, o in zip(centres, seen, strict=True)
    ]
    joined = set()
    for i, (one, other) in enumerate(pairwise(points)):
        if one is not None and other is not None and not seen[i + 1].breaks:
            dashed = mixed and (seen[i].estimated or seen[i + 1].estimated)
            sheet.line([one, other], "estimate" if dashed else "series", paint.part)
            joined |= {i, i + 1}
    last = max((i for i, point in enumerate(points) if point is not None), default=0)
    for i, point in enumerate(points):
        if point is not None and (mixed or i not in joined or i == last):
            hollow = mixed and seen[i].estimated
            sheet.dot(*point, paint.part, size=size, hollow=hollow, tint=paint.tint)
    return [point for point in points if point is not None]


def along(points: Sequence[Point]) -> list[Box]:
    """Return boxes along a line, for labels to keep clear of."""
    boxes = []
    for (x0, y0), (x1, y1) in pairwise(points):
        for i in range(6):
            x, y = x0 + (x1 - x0) * (i + 0.5) / 6, y0 + (y1 - y0) * (i + 0.5) / 6
            half, tall = abs(x1 - x0) / 12, abs(y1 - y0) / 12 + 1.5
            boxes.append(Box(x - half, y - tall, x + half, y + tall))
    return boxes
