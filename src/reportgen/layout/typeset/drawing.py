"""Rules, bars and dots: the few shapes that pages are drawn with."""

from __future__ import annotations

from reportgen.base.color import Color
from reportgen.base.frame import Placed, Shape, Stroke, rectangle
from reportgen.base.units import Pt


def rule(x: Pt, y: Pt, width: Pt, color: Color, weight: Pt) -> Placed:
    """Return a horizontal rule whose middle is at ``y``."""
    return Placed(x, y, Shape((("m", 0.0, 0.0), ("l", width, 0.0)), stroke=Stroke(color, weight)))


def box(x: Pt, y: Pt, width: Pt, height: Pt, color: Color) -> Placed:
    """Return a filled rectangle from its top left corner."""
    return Placed(x, y, Shape(rectangle(0.0, 0.0, width, height), fill=color))


def leader(left: Pt, right: Pt, y: Pt, color: Color, step: Pt = 4.0) -> tuple[Placed, ...]:
    """Return a row of dots between two points; dots of all lines stand below each other."""
    first = -(-left // step) * step
    if right - first < 2 * step:
        return ()
    path = (("m", 0.0, 0.0), ("l", right - first, 0.0))
    dots = Stroke(color, 0.9, "round", dashes=(0.0, step))
    return (Placed(first, y, Shape(path, stroke=dots)),)  # type: ignore[arg-type]
