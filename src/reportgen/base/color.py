"""Colours that know both their ink and their light.

A colour is defined once, as process inks for the press and as sRGB for the screen; which of the two is
written is the profile's business. Components are 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Color:
    """A paint.

    Attributes:
        cmyk: process inks, 0 (none) to 1 (full).
        rgb: sRGB components, 0 to 1.
        name: the style's name for it, if it has one.
        spot: the name of the spot ink it is printed with (``cmyk`` is then its alternate), if any.
        alpha: opacity.
    """

    cmyk: tuple[float, float, float, float]
    rgb: tuple[float, float, float]
    name: str | None = None
    spot: str | None = None
    alpha: float = 1.0

    def tint(self, share: float) -> Color:
        """Return this colour printed at ``share`` of its strength on white paper: opaque, not transparent."""
        return replace(
            self,
            cmyk=(self.cmyk[0] * share, self.cmyk[1] * share, self.cmyk[2] * share, self.cmyk[3] * share),
            rgb=(_on_white(self.rgb[0], share), _on_white(self.rgb[1], share), _on_white(self.rgb[2], share)),
            name=None,
        )

    def with_alpha(self, alpha: float) -> Color:
        """Return this colour with another opacity."""
        return replace(self, alpha=alpha)


BLACK = Color((0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0), "black")
WHITE = Color((0.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0), "white")


def parse_hex(text: str) -> tuple[float, float, float]:
    """Return the sRGB components of ``#rrggbb``.

    Raises:
        ValueError: if the text is not six hexadecimal digits after a #.
    """
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"{text!r} is not a colour: write #rrggbb")
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255)


def relative_luminance(rgb: tuple[float, float, float]) -> float:
    """Return the relative luminance of an sRGB colour (WCAG 2.2, definition of relative luminance)."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast_ratio(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours on screen, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    dark, light = sorted((relative_luminance(one.rgb), relative_luminance(other.rgb)))
    return (light + 0.05) / (dark + 0.05)


def _on_white(component: float, share: float) -> float:
    return 1 - (1 - component) * share
