"""A heat map: rows by columns, each cell tinted by its value or by its share, and the value written in it."""

from __future__ import annotations

from decimal import Decimal
from math import fsum

from reportgen.base.settings import one_of
from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.plotting.axes import GAP
from reportgen.charts.plotting.bar_rows import set_names
from reportgen.charts.plotting.boxes import Box
from reportgen.charts.plotting.chart_key import LINE, SWATCH, Entry, Key, set_key
from reportgen.charts.stage import Paint, Stage

_NAMES = 0.3
_LIGHTEST, _DARKEST = 0.06, 0.92
_STEPS = 5
_SCALE: Pt = 20.0
_RAMP: Pt = 12.0
_APART: Pt = 18.0
_PARTS = {"row": "series", "column": "x"}
"""What makes the whole that a tint is a share of."""
_EXCHANGE = "exchange x and series"


def draw(stage: Stage) -> None:
    """Draw a cell for each row (x) and column (series); a scale beneath says what the tint means."""
    grid, words = stage.grid, stage.words
    names = set_names(stage, stage.width * _NAMES)
    left = names.end
    column = (stage.width - left) / len(grid.series)
    names_above = [words.name(stage.spec.series, code) for code in grid.series]
    heads = [words.block(name, "panel-title", column - GAP) for name in names_above]
    if any(head.width > column - 2 or len(head.lines) > 3 for head in heads):
        raise ChartFault("the names of its columns do not fit above them", _EXCHANGE, key="series")
    if max(words.value(v, "value-strong").width for v in grid.values()) > column - 2:
        raise ChartFault(f"its values do not fit into cells {column:.0f} pt wide", _EXCHANGE, key="series")
    top = max(head.height for head in heads) + GAP
    key = set_key(stage, _status_entries(stage))
    foot = _SCALE if _fits_one_line(stage, key) else _SCALE + LINE
    sheet = stage.open(top + names.height + foot)
    bottom = sheet.height - foot
    middles = names.draw(sheet, top, bottom)
    for k, head in enumerate(heads):
        sheet.below(left + column * (k + 0.5), top - GAP - head.height, head, align="center")
    edges, most = _edges(middles, top, bottom), _most(stage)
    for k, series in enumerate(grid.series):
        for i, code in enumerate(grid.x):
            x0 = left + column * k
            box = Box(x0, edges[i], x0 + column, edges[i + 1])
            _cell(stage, sheet, code, series, float(_share(stage, code, series) / most) if most else 0.0, box)
    _scale(stage, sheet, key, left, bottom + 8)


FORM = Form(
    "heat-map", "Heat map", draw, needs=("series",), options={"shade": one_of("value", "row", "column")},
    max_series=12, order="descending", parts=lambda options: _PARTS.get(options.get("shade", "value"), ""),
)  # fmt: skip


def _shade(stage: Stage) -> str:
    """Return what a tint says: the value, or its share in the row or column."""
    return str(stage.spec.options.get("shade", "value"))


def _edges(middles: list[Pt], top: Pt, bottom: Pt) -> list[Pt]:
    """Return the edges of rows whose middles are known."""
    edges = [top]
    for middle in middles:
        edges.append(2 * middle - edges[-1])
    return [*edges[:-1], bottom]


def _whole(stage: Stage, code: str, series: str) -> Decimal:
    """Return what a cell's share is a share of: the largest value, or the sum of its column or row."""
    grid = stage.grid
    if _shade(stage) == "column":
        return sum(grid.values(series), Decimal(0))
    if _shade(stage) == "row":
        return sum((grid.amount(code, s) for s in grid.series), Decimal(0))
    return max(grid.values())


def _share(stage: Stage, code: str, series: str) -> Decimal:
    """Return a cell's value as a share of its whole."""
    whole = _whole(stage, code, series)
    return stage.grid.amount(code, series) / whole if whole else Decimal(0)


def _most(stage: Stage) -> Decimal:
    """Return the largest share of all cells, which the strongest tint stands for."""
    return max(_share(stage, code, series) for code in stage.grid.x for series in stage.grid.series)


def _cell(stage: Stage, sheet: Sheet, code: str, series: str, share: float, box: Box) -> None:
    """Draw a cell: the largest of its column stands out, and a dot marks a published value among estimates."""
    words, seen = stage.words, stage.grid.at(code, series)
    tint, part = stage.theme.legible("accent", _LIGHTEST + (_DARKEST - _LIGHTEST) * share)
    sheet.rectangle(*box, "accent", tint=tint, edge="cell")
    leads = seen.value and seen.value == max(stage.grid.values(series))
    block = words.value(seen.value, "value-strong" if leads else "value-label")
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    sheet.centred(x, y, block, part=part, align="center")
    if seen.value is not None and stage.grid.mixed and not seen.estimated:
        sheet.dot(x + block.width / 2 + 5, y, part, size=3.2)


def _scale_width(stage: Stage) -> Pt:
    return fsum(stage.words.width(text, "key") for text in _scale_texts(stage)) + _RAMP * _STEPS + 3 * GAP


def _fits_one_line(stage: Stage, key: Key) -> bool:
    """Say whether the scale of tints and the key of published values stand side by side."""
    return not key.entries or _scale_width(stage) + _APART + key.width <= stage.width


def _scale(stage: Stage, sheet: Sheet, key: Key, left: Pt, y: Pt) -> None:
    """Draw the scale of tints with the values of its ends, and the key of published values beside or beneath it."""
    words, middle = stage.words, y + SWATCH / 2
    title, low, high = (words.block(text, "key") for text in _scale_texts(stage))
    width = _scale_width(stage)
    x = left = left if left + width + _APART + key.width <= stage.width else 0.0
    sheet.centred(x, middle, title, part="quiet")
    x += title.width + GAP
    sheet.centred(x, middle, low, part="quiet")
    x += low.width + GAP
    for i in range(_STEPS):
        tint = _LIGHTEST + (_DARKEST - _LIGHTEST) * i / (_STEPS - 1)
        sheet.rectangle(x + _RAMP * i, y, x + _RAMP * (i + 1), y + SWATCH, "accent", tint=tint)
    sheet.centred(x + _RAMP * _STEPS + GAP, middle, high, part="quiet")
    beside = _fits_one_line(stage, key)
    key.draw(sheet, left + width + _APART if beside else 0.0, middle - LINE / 2 + (0.0 if beside else LINE))


def _scale_texts(stage: Stage) -> tuple[str, str, str]:
    """Return what the tint means, its least and its largest value."""
    words, most = stage.words, _most(stage)
    if _shade(stage) == "value":
        return words.labels("Tint: value"), words.number(Decimal(0)), words.number(max(stage.grid.values()))
    title = "Tint: share of the column" if _shade(stage) == "column" else "Tint: share of the row"
    return words.labels(title), words.percent(Decimal(0), 0), words.percent(most, 0)


def _status_entries(stage: Stage) -> list[Entry]:
    if not stage.grid.mixed:
        return []
    text = stage.words.labels("Published value; all others are estimated")
    return [Entry(text, Paint("text", "quiet"), None, "spot", strong=False)]
