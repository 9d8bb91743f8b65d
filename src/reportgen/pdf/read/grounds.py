"""Grounds: what paint lies under a mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportgen.base.units import Pt
from reportgen.pdf.read.painted import Ink, Mark, Outline, ScannedPage


def on_grounds(page: ScannedPage, wanted: Callable[[Mark], bool]) -> Iterator[tuple[Mark, Ink | None]]:
    """Yield the marks wanted in the order of painting, each with the opaque paint under its middle.

    None stands for bare paper.
    """
    fills: list[Mark] = []
    for mark in page.marks:
        if wanted(mark):
            yield mark, _below(mark, fills)
        if mark.kind == "fill" and mark.alpha == 1:
            fills.append(mark)


def _below(mark: Mark, fills: list[Mark]) -> Ink | None:
    left, bottom, right, top = mark.box
    x, y = (left + right) / 2, (bottom + top) / 2
    return next((f.ink for f in reversed(fills) if f.box.has(x, y) and _inside(f.outline, x, y)), None)


def _inside(outline: Outline, x: Pt, y: Pt) -> bool:
    """Say whether a ray from a point to the right crosses a path an odd number of times: the even-odd rule."""
    crossings = 0
    for path in outline:
        for (x0, y0), (x1, y1) in zip(path, [*path[1:], path[0]], strict=True):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                crossings += 1
    return crossings % 2 == 1
