"""A heat map: rows by columns, each cell tinted by its value or by its share, and the value written in it."""

from __future__ import annotations

from decimal import Decimal

from reportgen.base.settings import one_of
from reportgen.base.units import Pt
from reportgen.charts.form import ChartFault, Form
from reportgen.charts.observations import Observation
from reportgen.charts.plotting.axes import GAP
from reportgen.charts.plotting.bar_rows import NAME_GAP, draw_names, set_names
from reportgen.charts.plotting.chart_key import LINE, SWATCH, Entry, set_key
from reportgen.charts.plotting.legibility import legible
from reportgen.charts.sheet import Sheet
from reportgen.charts.stage import Paint, Stage
from reportgen.charts.words import MISSING

_NAMES = 0.3
_LIGHTEST, _DARKEST = 0.06, 0.92
_STEPS = 5
_SCALE: Pt = 20.0
_RAMP: Pt = 12.0
_APART: Pt = 18.0


def draw(stage: Stage) -> None:
    """Draw a cell for each row (x) and column (series); a scale beneath says what the tint means."""
    grid, words = stage.grid, stage.words
    names = set_names(stage, [stage.category(code) for code in grid.x], stage.width * _NAMES)
    left = names.width + NAME_GAP
    column = (stage.width - left) / len(grid.series)
    heads = [
        words.block(words.name(stage.spec.series, code), "panel-title", column - GAP) for code in grid.series
    ]
    if any(head.width > column - 2 or len(head.lines) > 3 for head in heads):
        raise ChartFault(
            "the names of its columns do not fit above them", "exchange x and series", key="series"
        )
    widest = max((words.width(words.number(v), "value-strong") for v in grid.values()), default=0.0)
    if widest > column - 2:
        raise ChartFault(
            f"its values do not fit into cells {column:.0f} pt wide", "exchange x and series", key="series"
        )
    top = max(head.height for head in heads) + GAP
    foot = _SCALE if _fits_one_line(stage) else _SCALE + LINE
    sheet = stage.open(top + names.height + foot)
    bottom = sheet.height - foot
    middles = names.middles(top, bottom)
    draw_names(sheet, names, middles, 0.0)
    for k, head in enumerate(heads):
        sheet.below(left + column * (k + 0.5), top - GAP - head.height, head, align="center")
    edges, most = _edges(middles, top, bottom), _most(stage)
    for k, series in enumerate(grid.series):
        for i, code in enumerate(grid.x):
            x0 = left + column * k
            _cell(
                stage,
                sheet,
                grid.at(code, series),
                _share(stage, code, series, most),
                (x0, edges[i], x0 + column, edges[i + 1]),
                _leads(stage, code, series),
            )
    _scale(stage, sheet, left, bottom + 8)


FORM = Form(
    "heat-map", "Heat map", draw, needs=("series",), options={"shade": one_of("value", "row", "column")},
    max_series=12, order="descending",
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
        return sum((grid.value(code, s) or Decimal(0) for s in grid.series), Decimal(0))
    return max(grid.values())


def _share(stage: Stage, code: str, series: str, most: Decimal) -> float:
    """Return a cell's tint as a share of the strongest."""
    value, whole = stage.grid.value(code, series), _whole(stage, code, series)
    return float(value / whole / most) if value is not None and whole and most else 0.0


def _most(stage: Stage) -> Decimal:
    """Return the largest share of all cells, which the strongest tint stands for."""
    shares = []
    for code in stage.grid.x:
        for series in stage.grid.series:
            value, whole = stage.grid.value(code, series), _whole(stage, code, series)
            if value is not None and whole:
                shares.append(value / whole)
    return max(shares, default=Decimal(0))


def _leads(stage: Stage, code: str, series: str) -> bool:
    """Say whether a cell holds its column's largest value."""
    value = stage.grid.value(code, series)
    return value is not None and value > 0 and value == max(stage.grid.values(series))


def _cell(
    stage: Stage, sheet: Sheet, seen: Observation, share: float, box: tuple[Pt, Pt, Pt, Pt], leads: bool
) -> None:
    x0, y0, x1, y1 = box
    tint, part = legible(stage, "accent", _LIGHTEST + (_DARKEST - _LIGHTEST) * share)
    sheet.rectangle(x0, y0, x1, y1, "accent", tint=tint, edge="cell")
    words = stage.words
    text = MISSING if seen.value is None else words.number(seen.value)
    block = words.block(text, "value-strong" if leads else "value-label")
    sheet.centred((x0 + x1) / 2, (y0 + y1) / 2, block, part=part, align="center")
    if seen.value is not None and stage.grid.mixed and not seen.estimated:
        sheet.dot((x0 + x1) / 2 + block.width / 2 + 5, (y0 + y1) / 2, part, size=3.2)


def _scale_width(stage: Stage) -> Pt:
    return sum(stage.words.width(text, "key") for text in _scale_texts(stage)) + _RAMP * _STEPS + 3 * GAP


def _fits_one_line(stage: Stage) -> bool:
    """Say whether the scale of tints and the key of published values stand side by side."""
    key = set_key(stage.words, _status_entries(stage), stage.width)
    return not key.entries or _scale_width(stage) + _APART + key.width <= stage.width


def _scale(stage: Stage, sheet: Sheet, left: Pt, y: Pt) -> None:
    """Draw the scale of tints with the values of its ends, and the key of published values beside or beneath it."""
    words, middle = stage.words, y + SWATCH / 2
    title, low, high = (words.block(text, "key") for text in _scale_texts(stage))
    key = set_key(words, _status_entries(stage), stage.width)
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
    beside = _fits_one_line(stage)
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
