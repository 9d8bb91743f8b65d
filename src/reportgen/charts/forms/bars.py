"""Ranked bars: a rank, a name, a bar and its value."""

from __future__ import annotations

from decimal import Decimal

from reportgen.base.units import Pt
from reportgen.charts.forms.keys import estimate_entries, set_key
from reportgen.charts.forms.rows import NAME_GAP, THICK, bar_scale, draw_bar, draw_names, set_names
from reportgen.charts.stage import Paint, Stage

_NAMES = 0.4
"""The largest share of the width that names take."""


def draw(stage: Stage) -> None:
    """Draw bars from zero in order; those that the specification's fact names are in full colour, the others paler."""
    codes = stage.grid.x
    key = set_key(stage.words, estimate_entries(stage), stage.width)
    ranks = rank_width(stage)
    names = set_names(stage, [stage.category(code) for code in codes], stage.width * _NAMES - ranks)
    left = ranks + names.width + NAME_GAP
    scale = bar_scale(stage, stage.grid.values(), left, stage.width)
    sheet = stage.open(key.height + names.height)
    key.draw(sheet, left)
    middles = names.middles(key.height, sheet.height)
    draw_ranks(stage, middles)
    chosen = stage.emphasised()
    draw_names(sheet, names, middles, ranks)
    for code, y in zip(codes, middles, strict=True):
        paint = Paint("accent", "accent") if code in chosen else Paint("soft", "quiet")
        draw_bar(
            stage,
            sheet,
            scale,
            y,
            stage.grid.at(code),
            paint,
            thick=THICK,
            strong=code in chosen and len(chosen) < len(codes),
        )
    base = scale.at(Decimal(0))
    sheet.line([(base, key.height), (base, sheet.height)], "axis")


def rank_width(stage: Stage) -> Pt:
    """Return the room of the ranks at the left; none where the order of rows is no ranking."""
    if stage.spec.order != "descending":
        return 0.0
    return stage.words.width(str(len(stage.grid.x)), "label") + NAME_GAP


def draw_ranks(stage: Stage, middles: list[Pt], x: Pt = 0.0) -> None:
    """Draw the rows' ranks, flush right in their column."""
    if stage.sheet is None or stage.spec.order != "descending":
        return
    right = x + rank_width(stage) - NAME_GAP
    for rank, y in enumerate(middles, 1):
        stage.sheet.centred(right, y, stage.words.block(str(rank), "label"), part="quiet", align="right")
