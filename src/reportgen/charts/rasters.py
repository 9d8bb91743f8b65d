"""Pictures made of samples: images as they come, and smooth colour drawn to samples by matplotlib itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.base.frame import Frame, Group, Image, Placed
from reportgen.base.units import Pt

SAMPLES_PER_POINT = 300 / 72
"""Resolution of what must be rasters: 300 to the inch, the trade's figure for a 150-line screen."""


def image_of(rgba: Any, width: Pt, height: Pt) -> Image:
    """Return an image of eight-bit RGBA samples, rows from the top; grey ones become one channel.

    Args:
        rgba: (rows, columns, 4) of ``uint8``, not premultiplied.
    """
    rows, columns = rgba.shape[:2]
    opaque = bool((rgba[..., 3] == 255).all())
    color = np.ascontiguousarray(rgba[..., :3])
    grey = bool((color[..., 0] == color[..., 1]).all() and (color[..., 1] == color[..., 2]).all())
    samples = np.ascontiguousarray(color[..., 0]).tobytes() if grey else color.tobytes()
    alpha = None if opaque else np.ascontiguousarray(rgba[..., 3]).tobytes()
    return Image(width, height, (columns, rows), samples, "L" if grey else "RGB", alpha)


def placed_image(rgba: Any, x: Pt, y: Pt, height: Pt, transform: Any) -> Placed:
    """Return an image of matplotlib's, in place.

    Args:
        rgba: as matplotlib gives it: rows from the bottom.
        x, y: its lower left corner, y upwards, in a frame of this height.
        transform: the affine that takes the unit square to the image's place beside (x, y); None for samples at
            :data:`SAMPLES_PER_POINT`.
    """
    rows, columns = rgba.shape[:2]
    flipped = rgba[::-1]
    if transform is None:
        wide, high = columns / SAMPLES_PER_POINT, rows / SAMPLES_PER_POINT
        return Placed(x, height - y - high, image_of(flipped, wide, high))
    a, b, c, d, e, f = (float(v) for v in transform.frozen().to_values())
    if b == c == 0:
        upright = flipped[:: 1 if d > 0 else -1, :: 1 if a > 0 else -1]
        left, top = x + e + min(a, 0.0), height - y - f - max(d, 0.0)
        return Placed(left, top, image_of(upright, abs(a), abs(d)))
    # The unit image's corner (0, 0) is its top left: the matplotlib point (0, 1).
    matrix = (a, -b, -c, d, x + e + c, height - y - f - d)
    inner = Frame(1.0, 1.0, (Placed(0.0, 0.0, image_of(flipped, 1.0, 1.0)),))
    return Placed(0.0, 0.0, Group(inner, matrix))


def gouraud(triangles: Any, colors: Any, transform: Any, width: Pt, height: Pt) -> Placed | None:
    """Return triangles of smoothly blended colours as an image, drawn by Agg.

    Args:
        triangles: (n, 3, 2) corners; ``colors`` (n, 3, 4) RGBA at the corners.
        transform: affine to points, y upwards.
    """
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.transforms import Affine2D

    scale = SAMPLES_PER_POINT
    agg: Any = RendererAgg(int(width * scale + 1), int(height * scale + 1), 72 * scale)  # type: ignore[no-untyped-call]
    lift = agg.height - height * scale
    sampled = transform + Affine2D().scale(scale).translate(0, lift)
    agg.draw_gouraud_triangles(agg.new_gc(), triangles, colors, sampled)
    rgba = np.asarray(agg.buffer_rgba())
    rows, columns = np.flatnonzero(rgba[..., 3].any(axis=1)), np.flatnonzero(rgba[..., 3].any(axis=0))
    if not len(rows):
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    cut = rgba[top:bottom, left:right].copy()
    image = image_of(cut, float(right - left) / scale, float(bottom - top) / scale)
    return Placed(float(left) / scale, float(top) / scale, image)
