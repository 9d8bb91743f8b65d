"""Bars of amounts beside dots of change: how much, and how fast, of the same categories."""

from __future__ import annotations

from decimal import Decimal
from math import fsum

from reportgen.base.units import Pt
from reportgen.charts.describe import describe
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import Alternatives, ChartFault, Form
from reportgen.charts.options import CHOICE
from reportgen.charts.plotting import bar_rows as rows
from reportgen.charts.plotting import growth
from reportgen.charts.plotting.scale import Scale, range_of
from reportgen.charts.stage import Paint, Stage
from reportgen.charts.words import MISSING, Block

_NAMES = 0.36
_GROWTH = 0.2
_APART: Pt = 18.0
_LEAST: Pt = 24.0
_BELOW: Pt = 6.0


def draw(stage: Stage) -> None:
    """Draw a row a category: its amount (:mod:`reportgen.charts.plotting.growth`) as a bar, its change as a dot."""
    codes = stage.grid.x
    totals = {code: growth.amount(stage, code) for code in codes}
    rates = {code: growth.change(stage, code) for code in codes}
    values = [o.value for o in totals.values() if o.value is not None]
    if not values:
        hint = "fill the column, or choose slope"
        raise ChartFault("no category has a value in every period", hint, key="period")
    names = rows.set_names(stage, stage.width * _NAMES, ranked=True)
    left = names.end
    known = [value for value in rates.values() if value is not None]
    split = stage.width - max(stage.width * _GROWTH, fsum(_rate_rooms(stage, known)) + _LEAST)
    scale = rows.bar_scale(stage, values, left, split - _APART)
    heads = _heads(stage, left, split)
    top = max(head.height for head in heads) + _BELOW
    sheet = stage.open(top + names.height)
    for x, head in zip((left, split), heads, strict=True):
        sheet.below(x, top - _BELOW - head.height, head)
    middles = names.draw(sheet, top, sheet.height)
    changes = _change_scale(stage, known, split)
    chosen = stage.emphasised()
    some = len(chosen) < len(codes)
    for code, y in zip(codes, middles, strict=True):
        strong, quiet = some and code in chosen, some and code not in chosen
        paint = Paint("soft", "quiet") if quiet else Paint("accent", "accent")
        rows.draw_bar(stage, sheet, scale, y, totals[code], paint, strong=strong)
        _change(stage, sheet, changes, y, rates[code], strong=strong, quiet=quiet)
    for x in (left, changes.zero):
        sheet.line([(x, top), (x, sheet.height)], "axis")


def in_words(stage: Stage) -> Alternatives:
    """Describe the amounts that the bars show, and the changes."""
    head, changes = growth.amount_head(stage), growth.changes_in_words(stage)
    return describe(stage, lambda x, *_: growth.amount(stage, x).value, changes, head)


FORM = Form(
    "bars-and-growth", "Bars with growth rates", draw, needs=("period",), options=CHOICE,
    max_x=30, order="descending", describe=in_words,
)  # fmt: skip


def _rate_rooms(stage: Stage, rates: list[Decimal]) -> tuple[Pt, Pt]:
    """Return the room of the rates' numbers left and right of their dots, and of a dash right of zero."""
    words = stage.words
    widest = max((words.width(growth.change_text(stage, r), "value-strong") for r in rates), default=0.0) + 10
    right = widest if any(r > 0 for r in rates) else words.width(MISSING) + 10
    return widest if any(r < 0 for r in rates) else 0.0, right


def _change_scale(stage: Stage, rates: list[Decimal], split: Pt) -> Scale:
    left, right = _rate_rooms(stage, rates)
    return Scale(*range_of(rates), split + left, stage.width - right)


def _heads(stage: Stage, left: Pt, split: Pt) -> tuple[Block, Block]:
    block = stage.words.block
    amounts = block(growth.amount_head(stage), "axis-title", split - left - _APART)
    return amounts, block(growth.change_head(stage), "axis-title", stage.width - split)


def _change(
    stage: Stage, sheet: Sheet, scale: Scale, y: Pt, rate: Decimal | None, *, strong: bool, quiet: bool
) -> None:
    """Draw a change as a dot on a stem; quiet ones have no stem, so that equal rates are a column of dots, and the
    chosen one steps out of it.
    """
    words = sheet.words
    if rate is None:
        sheet.centred(scale.zero + 5, y, words.block(MISSING), part="quiet")
        return
    x, zero = scale.at(rate), scale.zero
    part = "accent" if strong else "muted"
    if not quiet and x != zero:
        sheet.line([(zero, y), (x, y)], "series", part, width=1.2)
    sheet.dot(x, y, part, size=5.5)
    block = words.block(growth.change_text(stage, rate), "value-strong" if strong else "value-label")
    side = 1 if rate >= 0 else -1
    ink = "quiet" if quiet else None
    sheet.centred(x + side * 6, y, block, align="left" if side > 0 else "right", part=ink)
