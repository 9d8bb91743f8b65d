"""From matplotlib's graphics contexts to paint: inks and strokes of a frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportgen.base.color import Color
from reportgen.base.diagnostics import Faults
from reportgen.base.frame import Stroke
from reportgen.base.units import Pt
from reportgen.charts.inks import Inks, converted

if TYPE_CHECKING:
    from matplotlib.backend_bases import GraphicsContextBase

MITER_LIMIT = 10.0
"""The limit of ISO 32000-1, 8.4.3.5, which PDF has by default."""

SEAM: Pt = 0.3
"""Width of the line in a fill's own colour that closes the seam to its neighbour where areas abut."""


@dataclass(slots=True)
class Palette:
    """Finds the inks of one drawing.

    Attributes:
        faults: colours that are no ink, in the order they were met.
    """

    inks: Inks
    faults: Faults = field(default_factory=Faults)
    _colors: dict[tuple[float, ...], Color] = field(default_factory=dict)

    def color(self, rgba: Any, alpha: float) -> Color:
        """Return the ink of an RGB triple; one that is no ink is converted and reported once."""
        key = (float(rgba[0]), float(rgba[1]), float(rgba[2]), alpha)
        if key not in self._colors:
            self._colors[key] = self._ink(key[:3]).with_alpha(alpha)
        return self._colors[key]

    def _ink(self, rgb: tuple[float, float, float]) -> Color:
        ink = self.inks.color_of(rgb)
        if ink is not None:
            return ink
        code = "#" + "".join(f"{round(255 * v):02x}" for v in rgb)
        message = f"the colour {code} is none of the style's inks; its process inks are guessed"
        hint = "paint with Inks.rgb, or name the colour in [style.colors]"
        self.faults.warning("guessed-ink", message, None, hint)
        return converted(rgb)

    def fill(self, gc: GraphicsContextBase, face: Any) -> Color | None:
        """Return the ink of a face colour; None if it does not show."""
        if face is None:
            return None
        alpha = float(gc.get_alpha()) if gc.get_forced_alpha() else opacity(face)
        return self.color(face, alpha) if alpha > 0 else None

    def stroke(self, gc: GraphicsContextBase) -> Stroke | None:
        """Return the line of a context; None if it does not show."""
        rgba = gc.get_rgb()
        alpha = opacity(rgba)
        width = float(gc.get_linewidth())
        if width <= 0 or alpha <= 0:
            return None
        pattern: Any = gc.get_dashes()
        phase, dashes = pattern
        cap, join = gc.get_capstyle(), gc.get_joinstyle()
        lengths = tuple(float(d) for d in dashes) if dashes is not None else ()
        return Stroke(self.color(rgba, alpha), width, cap, join, lengths, float(phase or 0), MITER_LIMIT)

    def both(self, gc: GraphicsContextBase, face: Any) -> tuple[Color | None, Stroke | None]:
        """Return fill and stroke.

        A fill drawn without smoothing abuts on others: a line in its own colour closes the seam.
        """
        fill, stroke = self.fill(gc, face), self.stroke(gc)
        if fill is not None and stroke is None and fill.alpha == 1 and not gc.get_antialiased():
            stroke = Stroke(fill, SEAM, join="round")
        return fill, stroke


def opacity(rgba: Any) -> float:
    """Return the fourth component of a colour, 1 if it has none."""
    return float(rgba[3]) if len(rgba) > 3 else 1.0
