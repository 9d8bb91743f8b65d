"""Stacked bars: what each category is made of, in amounts or as shares of a hundred per cent."""

from __future__ import annotations

from decimal import Decimal

from reportgen.base.settings import switch
from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import LEAST, Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.observations import Observation
from reportgen.charts.plotting import bar_rows as rows
from reportgen.charts.plotting.chart_key import series_entries, set_key
from reportgen.charts.plotting.scale import Scale
from reportgen.charts.stage import Paint, Stage

_NAMES = 0.34
_THICK: Pt = 13.0


def draw(stage: Stage) -> None:
    """Draw a bar a category, a segment a series; values stand in the segments that hold them, totals at the ends."""
    codes = stage.grid.x
    key = set_key(stage, series_entries(stage))
    names = rows.set_names(stage, stage.width * _NAMES)
    left = names.end
    totals = [_total(stage, code) for code in codes]
    if not any(totals):
        raise ChartFault("all its values are zero: no bar has a length", "leave the chart out", key="table")
    room = 1.0 if _shares(stage) else rows.value_room(stage, totals)
    rows.check_room(stage.width - left - room, 40)
    sheet = stage.open(key.height + names.height)
    key.draw(sheet)
    middles = names.draw(sheet, key.height, sheet.height)
    for code, total, y in zip(codes, totals, middles, strict=True):
        whole = total if _shares(stage) else max(totals)
        _bar(stage, sheet, code, total, Scale(Decimal(0), whole or Decimal(1), left, stage.width - room), y)
    sheet.line([(left, key.height), (left, sheet.height)], "axis")


FORM = Form(
    "stacked-bars", "Stacked bars", draw, needs=("series",), options={"shares": switch()},
    max_x=30, min_series=2, max_series=6, parts="series",
    shares=lambda options: bool(options.get("shares")),
)  # fmt: skip


def _shares(stage: Stage) -> bool:
    """Say whether bars are stacked to 100 per cent."""
    return bool(stage.spec.options.get("shares"))


def _total(stage: Stage, code: str) -> Decimal:
    return sum((stage.grid.amount(code, s) for s in stage.grid.series), Decimal(0))


def _bar(stage: Stage, sheet: Sheet, code: str, total: Decimal, scale: Scale, y: Pt) -> None:
    at, words, left = Decimal(0), stage.words, scale.zero
    for series in stage.grid.series:
        seen = stage.grid.at(code, series)
        if seen.value:
            worked_out = _shares(stage) and not words.are_shares
            text = words.percent(seen.value / total, 0) if worked_out else words.number(seen.value)
            left = max(left, scale.at(at))
            right = max(scale.at(at + seen.value), left + LEAST)
            _segment(stage, sheet, stage.paint(series), seen, text, left, right, y)
            at, left = at + seen.value, right
    if not (_shares(stage) and total):
        missing = any(stage.grid.value(code, series) is None for series in stage.grid.series)
        sheet.centred(scale.at(at) + 4, y, words.value(None if missing else total))


def _segment(
    stage: Stage, sheet: Sheet, paint: Paint, seen: Observation, text: str, left: Pt, right: Pt, y: Pt
) -> None:
    hollow, (tint, part) = stage.grid.is_hollow(seen), stage.theme.legible(paint.part, paint.tint)
    top, end = y - _THICK / 2, max(right - 0.75, left + LEAST)
    sheet.rectangle(left, top, end, top + _THICK, paint.part, tint=tint, hollow=hollow)
    block = stage.words.block(text, "value-label")
    if block.width + 6 < right - left:
        sheet.centred((left + right) / 2, y, block, part="text" if hollow else part, align="center")
