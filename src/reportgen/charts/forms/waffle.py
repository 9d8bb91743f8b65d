"""A waffle chart: a hundred squares, each a hundredth of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import fsum

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.plotting.chart_key import SWATCH, estimate_entries, set_key
from reportgen.charts.stage import Stage
from reportgen.charts.words import Block

_SQUARES = 100
_ACROSS = 20
_STEP: Pt = 13.0
_SIDE: Pt = 11.0
_APART: Pt = 22.0
_LIST: Pt = 110.0
_TINTS = (1.0, 0.62, 0.38, 0.22, 0.13, 0.07)


def draw(stage: Stage) -> None:
    """Draw five rows of twenty squares (ten of ten where it is narrow), and beside them what each colour is."""
    codes = stage.grid.x
    values = [stage.grid.amount(code) for code in codes]
    whole = sum(values, Decimal(0))
    if not whole:
        raise ChartFault("all its values are zero: there are no shares", "leave the chart out", key="table")
    key = set_key(stage, estimate_entries(stage))
    across = _ACROSS if stage.width - _ACROSS * _STEP - _APART >= _LIST else _ACROSS // 2
    left = across * _STEP + _APART
    if stage.width - left < _LIST:
        raise ChartFault("no room is left for the names beside its squares", "choose ranked-bars", key="form")
    blocks = [_entry(stage, code, whole, stage.width - left - SWATCH - 5) for code in codes]
    listed = fsum(block.height + 5 for block in blocks)
    rows = _SQUARES // across
    sheet = stage.open(key.height + max(rows * _STEP, listed))
    key.draw(sheet)
    _squares(stage, sheet, _portions(values), key.height, rows)
    y = key.height
    for i, block in enumerate(blocks):
        sheet.rectangle(left, y + 1, left + SWATCH, y + 1 + SWATCH, "accent", tint=_TINTS[i])
        sheet.below(left + SWATCH + 5, y, block)
        y += block.height + 5


FORM = Form("waffle", "Waffle chart", draw, max_x=6, order="descending", parts="x")


def _entry(stage: Stage, code: str, whole: Decimal, measure: Pt) -> Block:
    words, value = stage.words, stage.grid.value(code)
    text = words.said(value) if value is not None and words.are_shares else words.number(value)
    if value is not None and not words.are_shares:
        text = f"{words.percent(value / whole)} {words.labels('({text})', text=text)}"
    return words.block(f"{stage.category(code)} {text}", "label", measure)


def _portions(values: Sequence[Decimal]) -> list[int]:
    """Return how many squares each value gets: rounded down, the rest by largest remainder (Hare's quota)."""
    whole = sum(values, Decimal(0))
    exact = [value * _SQUARES / whole for value in values]
    found = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for i in order[: _SQUARES - sum(found)]:
        found[i] += 1
    return found


def _squares(stage: Stage, sheet: Sheet, portions: Sequence[int], top: Pt, rows: int) -> None:
    place = 0
    for i, (code, count) in enumerate(zip(stage.grid.x, portions, strict=True)):
        hollow = stage.grid.is_hollow(stage.grid.at(code))
        for square in range(place, place + count):
            column, row = divmod(square, rows)
            x, y = column * _STEP, top + row * _STEP
            sheet.rectangle(x, y, x + _SIDE, y + _SIDE, "accent", tint=_TINTS[i], hollow=hollow)
        place += count
