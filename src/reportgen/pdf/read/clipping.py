"""Clipping: what is left of a mark after the clipping path in force has cut it.

A clipping path counts with its box: of a curved one that is more than it lets through, so no mark is overlooked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box, Point
from reportgen.pdf.read.painted import Mark


def is_seen(mark: Mark) -> bool:
    """Say whether anything of a fill or a stroke is painted."""
    if mark.clip is None or mark.clip.holds(mark.box):
        return True
    if mark.clip.left >= mark.clip.right or mark.clip.bottom >= mark.clip.top:
        return False
    if mark.kind == "stroke":
        window = mark.clip.grown(mark.size / 2)
        return any(_enters(a, b, window) for path in mark.outline for a, b in pairwise(path))
    return any(len(_inside(path, mark.clip)) > 2 for path in mark.outline)


def thinness(mark: Mark) -> Pt:
    """Return how thin a fill or a stroke is painted, the width of a stroke or the lesser side of an area.

    A clip as narrow as a line makes one of whatever it cuts. A mark that a wider clip cuts is as thin as it is drawn:
    what is left at the edge of a plot is a part of a mark, not a line.
    """
    own = mark.size if mark.kind == "stroke" else min(mark.box.width, mark.box.height)
    return own if mark.clip is None else min(own, mark.clip.width, mark.clip.height)


def _enters(start: Point, end: Point, window: Box) -> bool:
    """Say whether a line has a part in a window, by the way of Liang and Barsky; to touch its edge is not enough."""
    (x0, y0), (x1, y1) = start, end
    first, last = 0.0, 1.0
    for delta, low, high, at in (
        (x1 - x0, window.left, window.right, x0),
        (y1 - y0, window.bottom, window.top, y0),
    ):
        if not delta:
            if not low < at < high:
                return False
            continue
        one, other = sorted(((low - at) / delta, (high - at) / delta))
        first, last = max(first, one), min(last, other)
    return first < last or (start == end and first == 0.0)


def _inside(path: Sequence[Point], window: Box) -> list[Point]:
    """Return what a window leaves of an area, by the way of Sutherland and Hodgman; [] where that is nothing."""
    found = list(path)
    for axis, side, keeps_more in (
        (0, window.left, True), (0, window.right, False), (1, window.bottom, True), (1, window.top, False),
    ):  # fmt: skip
        found = _half(found, _beyond(axis, side, keeps_more), axis, side)
    return found


def _beyond(axis: int, side: Pt, keeps_more: bool) -> Callable[[Point], bool]:
    return (lambda point: point[axis] > side) if keeps_more else (lambda point: point[axis] < side)


def _half(path: Sequence[Point], keeps: Callable[[Point], bool], axis: int, side: Pt) -> list[Point]:
    found: list[Point] = []
    for before, point in zip([*path[-1:], *path[:-1]], path, strict=True):
        if keeps(before) != keeps(point):
            share = (side - before[axis]) / (point[axis] - before[axis])
            found.append(
                (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
            )
        if keeps(point):
            found.append(point)
    return found
