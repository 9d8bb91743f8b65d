"""Small multiples: the same small chart for each part of the data, all on one scale."""

from __future__ import annotations

from decimal import Decimal

from reportgen.base.units import Pt
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.options import GROWTH
from reportgen.charts.plotting.axes import GAP, draw_ticks, tick_width
from reportgen.charts.plotting.boxes import spread
from reportgen.charts.plotting.chart_key import series_entries, set_key
from reportgen.charts.plotting.scale import Scale, full_scale
from reportgen.charts.plotting.series_lines import draw_series, line_paint
from reportgen.charts.sheet import Sheet
from reportgen.charts.stage import Stage
from reportgen.charts.words import Block

_LEAST: Pt = 70.0
_PLOT: Pt = 92.0
_APART: Pt = 8.0
_FOOT: Pt = 16.0


def draw(stage: Stage) -> None:
    """Draw a panel a code, in rows of as many as fit, each with its name, its lines and their last values."""
    key = set_key(stage, series_entries(stage, "line"))
    probe = full_scale(stage.grid.values(), 0.0, 1.0, 3)
    left = tick_width(stage.words, probe.ticks)
    count = len(stage.grid.panels)
    across = min(count, max(1, int((stage.width - left + _APART) / (_LEAST + _APART))))
    rows = -(-count // across)
    across = -(-count // rows)
    width = (stage.width - left - _APART * (across - 1)) / across
    titles = [
        stage.words.block(stage.words.name(stage.spec.panel, p), "panel-title", width)
        for p in stage.grid.panels
    ]
    if any(title.width > width + 0.5 for title in titles):
        raise ChartFault(
            "the names of its panels do not fit above them", 'write names = "short"', key="panel"
        )
    head = max(title.height for title in titles) + 8
    sheet = stage.open(key.height + rows * (head + 48 + _FOOT), key.height + rows * (head + _PLOT + _FOOT))
    key.draw(sheet)
    each = (sheet.height - key.height) / rows
    for i, title in enumerate(titles):
        row, place = divmod(i, across)
        top = key.height + each * row
        x0 = left + place * (width + _APART)
        scale = full_scale(stage.grid.values(), top + each - _FOOT, top + head, 3)
        _panel(stage, sheet, stage.grid.panels[i], title, scale, x0, x0 + width, top, first=place == 0)


FORM = Form(
    "small-multiples", "Small multiples", draw, needs=("panel",), takes=("series",), options=GROWTH,
    max_x=60, max_series=3, negatives=True,
)  # fmt: skip


def _panel(
    stage: Stage,
    sheet: Sheet,
    panel: str,
    title: Block,
    scale: Scale,
    left: Pt,
    right: Pt,
    top: Pt,
    *,
    first: bool,
) -> None:
    sheet.below(left, top, title)
    end = right - _value_room(stage) + 2
    _hairlines(sheet, scale, left, end, numbers=first)
    zero = scale.at(Decimal(0))
    sheet.line([(left, zero), (end, zero)], "axis")
    step = (end - 2 - left - 4) / max(len(stage.grid.x) - 1, 1)
    centres = [left + 4 + step * i for i in range(len(stage.grid.x))]
    lines = {}
    for series in reversed(stage.grid.series):
        lines[series] = draw_series(
            stage, sheet, scale, centres, series, line_paint(stage, series), panel, 4.0
        )
    _periods(stage, sheet, centres, right, scale.start)
    _values(stage, sheet, panel, lines, top + title.height, scale.start + 4)


def _value_room(stage: Stage) -> Pt:
    """Return the room for the values beside the ends of the lines: what the widest of them needs."""
    values = [
        _last(stage, s, p) for s in stage.grid.series for p in stage.grid.panels if stage.grid.values(s, p)
    ]
    return max((stage.words.width(stage.words.number(v), "value-strong") for v in values), default=0.0) + GAP


def _hairlines(sheet: Sheet, scale: Scale, left: Pt, right: Pt, *, numbers: bool) -> None:
    if numbers:
        draw_ticks(sheet, scale, left, right)
        return
    for tick in scale.ticks:
        if tick != 0:
            sheet.line([(left, scale.at(tick)), (right, scale.at(tick))], "grid")


def _periods(stage: Stage, sheet: Sheet, centres: list[Pt], right: Pt, bottom: Pt) -> None:
    """Write the first and the last period beneath a panel, each under its point if the panel is wide enough."""
    first, last = (
        stage.words.block(stage.category(code), "label") for code in (stage.grid.x[0], stage.grid.x[-1])
    )
    left = centres[0] - 4
    sheet.below(left, bottom + 4, first, part="quiet")
    start = min(centres[-1] - last.width / 2, right - last.width)
    if start > left + first.width + GAP and len(stage.grid.x) > 1:
        sheet.below(start, bottom + 4, last, part="quiet")


def _values(
    stage: Stage, sheet: Sheet, panel: str, lines: dict[str, list[tuple[Pt, Pt]]], top: Pt, bottom: Pt
) -> None:
    """Write the last value of each line beside its end, spread apart where the ends come near."""
    shown = [series for series in stage.grid.series if lines[series]]
    blocks = [stage.words.block(stage.words.number(_last(stage, s, panel)), "value-strong") for s in shown]
    centres = spread([lines[s][-1][1] for s in shown], [b.height for b in blocks], top, bottom)
    for series, block, y in zip(shown, blocks, centres, strict=True):
        sheet.centred(lines[series][-1][0] + GAP, y, block, part=line_paint(stage, series).text)


def _last(stage: Stage, series: str, panel: str) -> Decimal:
    values = [stage.grid.value(code, series, panel) for code in stage.grid.x]
    return [value for value in values if value is not None][-1]
