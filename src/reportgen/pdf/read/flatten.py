"""Paths of a finished file as points: curves as short lines, in default user space."""

from __future__ import annotations

from reportgen.base.frame import Matrix
from reportgen.base.units import Pt

# Bernstein's polynomials at a quarter, a half and three quarters of a cubic curve
_QUARTERS = tuple(((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3) for t in (0.25, 0.5, 0.75))


def flattened(
    start: tuple[Pt, Pt], one: tuple[Pt, Pt], two: tuple[Pt, Pt], end: tuple[Pt, Pt]
) -> list[tuple[Pt, Pt]]:
    """Return a cubic curve as four lines: enough for boxes and for ink by area."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, one, two, end
    points = [
        (a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3) for a, b, c, d in _QUARTERS
    ]
    return [*points, end]


def scale_of(matrix: Matrix) -> float:
    """Return how much a matrix enlarges: the root of its determinant."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def placed(path: list[tuple[Pt, Pt]], matrix: Matrix) -> tuple[tuple[Pt, Pt], ...]:
    """Return where the points of a path go."""
    a, b, c, d, e, f = matrix
    if a == d == 1 and b == c == 0:
        return tuple([(x + e, y + f) for x, y in path])
    return tuple([(a * x + c * y + e, b * x + d * y + f) for x, y in path])
