"""Paths and matrices in PDF's axes, where y grows upwards."""

from __future__ import annotations

from typing import TypeAlias

from reportgen.base.frame import Matrix, Path
from reportgen.base.units import Pt
from reportgen.pdf.numbers import numbers

Box: TypeAlias = tuple[Pt, Pt, Pt, Pt]
"""Left, bottom, right, top."""


def path_operators(path: Path, x: Pt, y: Pt) -> str:
    """Return path construction operators (ISO 32000-1, 8.5.2), rectangles as ``re``."""
    box = _rectangle(path)
    if box is not None:
        left, top, width, height = box
        return f"{numbers(x + left, y - top - height, width, height)} re"
    out = []
    for segment in path:
        kind = segment[0]
        if kind == "l" or kind == "m":
            out.append(f"{x + segment[1]:.3f} {y - segment[2]:.3f} {kind}")  # type: ignore[misc]
        elif kind == "c":
            _, x1, y1, x2, y2, x3, y3 = segment  # type: ignore[misc]
            out.append(f"{x + x1:.3f} {y - y1:.3f} {x + x2:.3f} {y - y2:.3f} {x + x3:.3f} {y - y3:.3f} c")
        else:
            out.append("h")
    return " ".join(out)


def _rectangle(path: Path) -> tuple[Pt, Pt, Pt, Pt] | None:
    """Return (left, top, width, height) of an upright rectangle drawn m l l l h, None for other paths."""
    if len(path) != 5 or [s[0] for s in path] != ["m", "l", "l", "l", "h"]:
        return None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = [(s[1], s[2]) for s in path[:4]]  # type: ignore[misc]
    if (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0) or (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0):
        return min(x0, x2), min(y0, y2), abs(x2 - x0), abs(y2 - y0)
    return None


def reflected(matrix: Matrix, x: Pt, y: Pt) -> Matrix:
    """Return a frame's matrix for axes that point up, moved to (x, y)."""
    a, b, c, d, e, f = matrix
    return a, -b, -c, d, e + x, y - f


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
