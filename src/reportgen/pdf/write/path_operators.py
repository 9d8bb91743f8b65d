"""Paths of a frame as PDF's operators: frames measure downwards and PDF upwards."""

from __future__ import annotations

from reportgen.base.frame import Matrix, Path
from reportgen.base.units import Pt
from reportgen.pdf.write.numbers import numbers


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
