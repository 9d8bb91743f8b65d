"""From matplotlib's paths to a frame's: cleaned, cubic, y downwards."""

from __future__ import annotations

from typing import Any, NamedTuple

from matplotlib.path import Path as PlotPath

from reportgen.base.frame import Path, Segment
from reportgen.base.units import Pt
from reportgen.charts.plotting.boxes import Box
from reportgen.charts.recording import DECIMALS


class Outline(NamedTuple):
    """A path of a frame and the box around its points."""

    path: Path
    bounds: Box


NOTHING = Outline((), Box(0.0, 0.0, 0.0, 0.0))


def outline(
    path: PlotPath,
    transform: Any,
    height: Pt,
    clip: tuple[Pt, Pt, Pt, Pt] | None = None,
    *,
    simplify: bool = False,
    sketch: Any = None,
) -> Outline:
    """Return a path as a frame draws it.

    Args:
        transform: affine, to points with y upwards.
        height: of the frame; 0 flips about the origin, for markers.
        clip: lines outside this rectangle are cut away (left, bottom, right, top, y upwards).
        simplify: drop points that cannot be seen.
    """
    clean: Any = path.cleaned(
        transform, remove_nans=True, clip=clip, simplify=simplify, curves=True, sketch=sketch
    )
    points = clean.vertices.copy()
    points[:, 1] = height - points[:, 1]
    # A closing or stopping vertex may stand anywhere.
    drawn = points[(clean.codes != PlotPath.STOP) & (clean.codes != PlotPath.CLOSEPOLY)]
    if len(drawn) == 0:
        return NOTHING
    path_drawn = _segments(points.round(DECIMALS).tolist(), clean.codes.tolist())
    return Outline(path_drawn, Box(*drawn.min(axis=0).tolist(), *drawn.max(axis=0).tolist()))


def _segments(points: list[list[float]], codes: list[int]) -> Path:
    out: list[Segment] = []
    i = 0
    pen = (0.0, 0.0)
    while i < len(codes) and codes[i] != PlotPath.STOP:
        code = codes[i]
        x, y = points[i]
        if code == PlotPath.MOVETO:
            out.append(("m", x, y))
        elif code == PlotPath.LINETO:
            out.append(("l", x, y))
        elif code == PlotPath.CLOSEPOLY:
            out.append(("h",))
        else:
            i += 1 if code == PlotPath.CURVE3 else 2
            end = (points[i][0], points[i][1])
            curve = (
                _raised(pen, (x, y), end) if code == PlotPath.CURVE3 else ("c", x, y, *points[i - 1], *end)
            )
            out.append(curve)  # type: ignore[arg-type]
            x, y = end
        pen = (x, y)
        i += 1
    return tuple(out)


def _raised(start: tuple[float, float], control: tuple[float, float], end: tuple[float, float]) -> Segment:
    """Return a quadratic curve as a cubic one (degree elevation)."""
    (x0, y0), (x1, y1), (x2, y2) = start, control, end
    controls = (
        x0 + 2 / 3 * (x1 - x0),
        y0 + 2 / 3 * (y1 - y0),
        x2 + 2 / 3 * (x1 - x2),
        y2 + 2 / 3 * (y1 - y2),
    )
    a, b, c, d = (round(v, DECIMALS) for v in controls)
    return "c", a, b, c, d, x2, y2
