"""Boxes and matrices in PDF's axes, where y grows upwards."""

from __future__ import annotations

from typing import TypeAlias

from reportgen.base.frame import Matrix
from reportgen.base.units import Pt

Box: TypeAlias = tuple[Pt, Pt, Pt, Pt]
"""Left, bottom, right, top."""


def compose(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def apply(matrix: Matrix, x: Pt, y: Pt) -> tuple[Pt, Pt]:
    """Return where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds_of(matrix: Matrix, left: Pt, bottom: Pt, right: Pt, top: Pt) -> Box:
    """Return the upright box around a box after a transformation."""
    corners = [apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    return min(xs), min(ys), max(xs), max(ys)
