"""Line fields drawn from a report's own series: the art of the cover and of the parts' openers.

The construction is the banknote engraver's guilloche. Every series is a curve from edge to edge, as high as its share
of its own maximum. The curves are strung on a closed loop, in the order of the series, and threads are laid around
it: a thread passes from series to series, a :data:`TURN` of the way round for each doubling of the series' mean. So
threads lie close where series agree, cross where they part, and turn faster where growth is faster; they run back
where it falls. Nothing is random: equal numbers give equal lines, and a corrected number moves them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import fsum
from typing import TypeAlias

from reportgen.base.color import Color
from reportgen.base.frame import Frame, Path, Placed, Segment, Shape, Stroke
from reportgen.base.units import Pt

TURN = 0.33
"""How far a thread goes round the loop for each doubling."""

SWELL = 0.36
"""How far the loop bulges from the curves, as a share of a curve's greatest height."""

LEAST = 0.02
"""Shares of the maximum below it count as this much where growth is measured, so that a zero has a doubling too."""

SHADES = 5
"""Steps from the loop's far side to its near side."""

FADE = 6.0
"""How fast the slope at the first values fades before them, in e-folds of the width."""

STEP = 1e-3
"""Of the width; slopes are measured over twice as much."""

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FieldStyle:
    """How a field is drawn.

    Attributes:
        ground: the colour that it stands on; lines are blends of ``line`` into it.
        accent: of the line that follows the first series; None for none.
        threads, stations: how many lines, and how many points each is drawn through;
            their product bounds the size of the drawing.
        faint, strong: shares of ``line`` on the far and the near side of the loop.
    """

    ground: Color
    line: Color
    accent: Color | None = None
    threads: int = 84
    stations: int = 17
    weight: Pt = 0.45
    faint: float = 0.16
    strong: float = 0.62


@dataclass(frozen=True, slots=True)
class _Loom:
    """The series at one place from edge to edge.

    Attributes:
        place: 0 at one edge, 1 at the other.
        heights: of each series, 0 to 1 where no value is negative.
        turn: how far the threads have gone round by here, in loops.
    """

    place: float
    heights: tuple[float, ...]
    turn: float

    def at(self, place: float) -> float:
        """Return the height of the loop's surface, ``place`` loops from the first series."""
        count = len(self.heights)
        position = place % 1.0 * count
        index = int(position) % count
        share = smooth_step(position - int(position))
        height = self.heights[index] * (1 - share) + self.heights[(index + 1) % count] * share
        mean = fsum(self.heights) / count
        return height - SWELL * math.cos(math.tau * place) * (0.35 + mean)


def line_field(
    series: Sequence[Sequence[float]],
    width: Pt,
    height: Pt,
    look: FieldStyle,
    window: tuple[float, float] = (0.0, 1.0),
) -> Frame:
    """Return a field of fine lines that fills a rectangle from edge to edge and from top to bottom.

    Args:
        series: each its values in equal steps; one of fewer than two values, or with a value that is no finite
            number, is left out. Without any the field is empty.
        window: which part of the field is drawn, 0 and 1 being its edges. What lies before 0 is as if the first
            values had stood always and the threads had turned ever since as they do there.
    """
    kept = [tuple(values) for values in series if len(values) > 1 and all(map(math.isfinite, values))]
    if not kept:
        return Frame(width, height)
    whole = window == (0.0, 1.0)
    fit = _fit(_threads(_looms(kept, look, (0.0, 1.0)), look), width, height, window)
    looms = _looms(kept, look if whole else _denser(look, window), window)
    *threads, lead = _threads(looms, look)
    items = [
        Placed(0.0, 0.0, Shape(path, stroke=stroke), artifact="Background")
        for _, path, stroke in sorted(_strokes(looms, threads, fit, look), key=lambda drawn: drawn[0])
    ]
    if look.accent is not None:
        stroke = Stroke(look.accent, 3.2 * look.weight, "round", "round")
        items.append(Placed(0.0, 0.0, Shape(fit.path(lead), stroke=stroke), artifact="Background"))
    return Frame(width, height, tuple(items))


def _denser(look: FieldStyle, window: tuple[float, float]) -> FieldStyle:
    """Return the look with stations for a part of the field, close enough that threads meet those of the whole."""
    return replace(look, stations=1 + math.ceil(1.8 * (look.stations - 1) * (window[1] - window[0])))


def blend(ground: Color, ink: Color, share: float) -> Color:
    """Return a colour ``share`` of the way from one to another, opaque, in inks and in light alike."""
    cmyk = tuple(a + (b - a) * share for a, b in zip(ground.cmyk, ink.cmyk, strict=True))
    rgb = tuple(a + (b - a) * share for a, b in zip(ground.rgb, ink.rgb, strict=True))
    return Color((cmyk[0], cmyk[1], cmyk[2], cmyk[3]), (rgb[0], rgb[1], rgb[2]))


def smooth_step(t: float) -> float:
    """Return a share that leaves 0 and reaches 1 without a corner."""
    return t * t * (3 - 2 * t)


_Stations: TypeAlias = Sequence[tuple[_Loom, ...]]
"""For each station the loom a little before it, at it and a little after it."""

_Knots: TypeAlias = tuple[tuple[float, float, float], ...]
"""For each station its place, the height there and the slope of the height."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """Takes places and heights to points, y downwards."""

    start: float
    across: float
    top: float
    scale: float

    def path(self, knots: _Knots) -> Path:
        """Return the curve through the knots with their slopes."""
        points = [self._point(knots[0][0], knots[0][1])]
        segments: list[Segment] = [("m", *points[0])]
        for controls in _controls(knots):
            one, other, end = (self._point(*point) for point in controls)
            segments.append(("c", *one, *other, *end))
        return tuple(segments)

    def _point(self, x: float, height: float) -> Point:
        return round((x - self.start) * self.across, 3), round((self.top - height) * self.scale, 3)


def _fit(threads: Sequence[_Knots], width: Pt, height: Pt, window: tuple[float, float]) -> _Fit:
    """Return the fit that holds every control point, and so every curve, between top and bottom."""
    start, end = window
    reached = [point[1] for knots in threads for controls in _controls(knots) for point in controls]
    reached += [knots[0][1] for knots in threads]
    top, bottom = max(reached), min(reached)
    return _Fit(start, width / (end - start), top, height / (top - bottom) if top > bottom else 0.0)


def _controls(knots: _Knots) -> Iterator[tuple[Point, Point, Point]]:
    """Yield the two control points and the end of each piece, from Hermite's form to Bézier's."""
    for (x0, y0, slope0), (x1, y1, slope1) in pairwise(knots):
        third = (x1 - x0) / 3
        yield (x0 + third, y0 + third * slope0), (x1 - third, y1 - third * slope1), (x1, y1)


def _threads(looms: _Stations, look: FieldStyle) -> list[_Knots]:
    """Return the threads, and last the line beside the first series."""
    threads = [_thread(looms, index / look.threads, 1.0) for index in range(look.threads)]
    return [*threads, _thread(looms, 0.0, 0.0)]


def _thread(looms: _Stations, place: float, turning: float) -> _Knots:
    """Return the thread that begins ``place`` loops from the first series; ``turning`` 0 stays beside it."""
    knots: list[tuple[float, float, float]] = []
    for before, here, after in looms:
        low, middle, high = (loom.at(place + turning * loom.turn) for loom in (before, here, after))
        knots.append((here.place, middle, (high - low) / (2 * STEP)))
    return tuple(knots)


def _strokes(
    looms: _Stations, threads: Sequence[_Knots], fit: _Fit, look: FieldStyle
) -> Iterator[tuple[int, Path, Stroke]]:
    """Yield each thread in pieces of one shade, with the shade: the near side lies over the far side."""
    inks = [
        blend(look.ground, look.line, _mix(look.faint, look.strong, n / (SHADES - 1))) for n in range(SHADES)
    ]
    strokes = [Stroke(ink, look.weight, "butt", "round") for ink in inks]
    for number, knots in enumerate(threads):
        shades = [_shade(number / len(threads) + here.turn) for _, here, _ in looms[:-1]]
        for shade, group in groupby(range(len(shades)), key=shades.__getitem__):
            pieces = list(group)
            yield shade, fit.path(knots[pieces[0] : pieces[-1] + 2]), strokes[shade]


def _shade(place: float) -> int:
    return round((0.5 + 0.5 * math.sin(math.tau * place)) * (SHADES - 1))


def _mix(one: float, other: float, share: float) -> float:
    return one + (other - one) * share


def _looms(series: Sequence[tuple[float, ...]], look: FieldStyle, window: tuple[float, float]) -> _Stations:
    start, end = window
    places = [start + (end - start) * index / (look.stations - 1) for index in range(look.stations)]
    return [tuple(_loom(series, u + shift) for shift in (-STEP, 0.0, STEP)) for u in places]


def _loom(series: Sequence[tuple[float, ...]], u: float) -> _Loom:
    if u < 0:
        first, next_ = _loom(series, 0.0), _loom(series, STEP)
        faded = u * math.exp(FADE * u) / STEP
        heights = (a + (b - a) * faded for a, b in zip(first.heights, next_.heights, strict=True))
        return _Loom(u, tuple(heights), (next_.turn - first.turn) * u / STEP)
    shares = tuple(_value(values, u) / _greatest(values) for values in series)
    turn = fsum(_doublings(values, share) for values, share in zip(series, shares, strict=True)) / len(series)
    return _Loom(u, shares, TURN * turn)


def _greatest(values: tuple[float, ...]) -> float:
    return max(map(abs, values)) or 1.0


def _doublings(values: tuple[float, ...], share: float) -> float:
    first = values[0] / _greatest(values)
    return math.log2(max(share, LEAST) / max(first, LEAST))


def _value(values: tuple[float, ...], u: float) -> float:
    """Return a series between its values: a cubic through each with the slope of its neighbours."""
    last = len(values) - 1
    place = u * last
    index = min(max(int(place), 0), last - 1)
    t = place - index
    start, end = values[index], values[index + 1]
    slope0 = (end - values[max(index - 1, 0)]) / (2 if index else 1)
    slope1 = (values[min(index + 2, last)] - start) / (2 if index + 2 <= last else 1)
    rest = t * t * (t - 1)
    return start + smooth_step(t) * (end - start) + (rest - t * (t - 1)) * slope0 + rest * slope1
