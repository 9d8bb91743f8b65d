"""Ranked bars: a rank, a name, a bar and its value."""

from __future__ import annotations

from reportgen.charts.form import Form
from reportgen.charts.options import CHOICE
from reportgen.charts.plotting import bar_rows as rows
from reportgen.charts.plotting.chart_key import estimate_entries, set_key
from reportgen.charts.stage import Paint, Stage

_NAMES = 0.4
"""The largest share of the width that names take."""


def draw(stage: Stage) -> None:
    """Draw bars from zero in order; those that the specification's fact names are in full colour, the others paler."""
    codes = stage.grid.x
    key = set_key(stage, estimate_entries(stage))
    names = rows.set_names(stage, stage.width * _NAMES, ranked=True)
    scale = rows.bar_scale(stage, stage.grid.values(), names.end, stage.width)
    sheet = stage.open(key.height + names.height)
    key.draw(sheet, names.end)
    middles, chosen = names.draw(sheet, key.height, sheet.height), stage.emphasised()
    for code, y in zip(codes, middles, strict=True):
        paint = Paint("accent", "accent") if code in chosen else Paint("soft", "quiet")
        strong = code in chosen and len(chosen) < len(codes)
        rows.draw_bar(stage, sheet, scale, y, stage.grid.at(code), paint, strong=strong)
    sheet.line([(scale.zero, key.height), (scale.zero, sheet.height)], "axis")


FORM = Form(
    "ranked-bars", "Ranked bars", draw, options=CHOICE, max_x=30, negatives=True, order="descending",
)  # fmt: skip
