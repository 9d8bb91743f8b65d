"""Grounds: what paint lies under a mark."""

from __future__ import annotations

from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box
from reportgen.pdf.read.painted import Ink, Mark, Outline, ScannedPage


class Grounds:
    """The opaque fills of a page, asked in the order of painting."""

    def __init__(self, page: ScannedPage) -> None:
        self._fills = [
            (position, mark.box, mark.outline, mark.ink)
            for position, mark in enumerate(page.marks)
            if mark.kind == "fill" and mark.alpha == 1
        ]

    def below(self, position: int, mark: Mark) -> Ink | None:
        """Return the paint under the middle of the mark at a position of its page; None for bare paper."""
        x, y = (mark.box[0] + mark.box[2]) / 2, (mark.box[1] + mark.box[3]) / 2
        for before, box, outline, ink in reversed(self._fills):
            if before < position and _in_box(box, x, y) and _inside(outline, x, y):
                return ink
        return None


def _in_box(box: Box, x: Pt, y: Pt) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _inside(outline: Outline, x: Pt, y: Pt) -> bool:
    """Say whether a ray from a point to the right crosses a path an odd number of times: the even-odd rule."""
    crossings = 0
    for path in outline:
        for (x0, y0), (x1, y1) in zip(path, [*path[1:], path[0]], strict=True):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                crossings += 1
    return crossings % 2 == 1
