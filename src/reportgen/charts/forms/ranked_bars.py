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
    ranks = rows.rank_width(stage)
    names = rows.set_names(stage, stage.width * _NAMES - ranks)
    left = ranks + names.width + rows.NAME_GAP
    scale = rows.bar_scale(stage, stage.grid.values(), left, stage.width)
    sheet = stage.open(key.height + names.height)
    key.draw(sheet, left)
    middles = names.middles(key.height, sheet.height)
    rows.draw_ranks(stage, sheet, middles)
    chosen = stage.emphasised()
    rows.draw_names(sheet, names, middles, ranks)
    for code, y in zip(codes, middles, strict=True):
        paint = Paint("accent", "accent") if code in chosen else Paint("soft", "quiet")
        strong = code in chosen and len(chosen) < len(codes)
        rows.draw_bar(stage, sheet, scale, y, stage.grid.at(code), paint, strong=strong)
    sheet.line([(scale.zero, key.height), (scale.zero, sheet.height)], "axis")


FORM = Form(
    "ranked-bars", "Ranked bars", draw, options=CHOICE, max_x=30, negatives=True, order="descending",
)  # fmt: skip
