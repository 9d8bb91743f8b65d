"""Inks: how a colour of the style goes through a plotting library and comes back as itself.

matplotlib knows red, green and blue; a page needs inks. A form therefore paints only with the exact triples that
:meth:`Inks.rgb` and :meth:`Inks.colormap` give it, and the recorder asks :meth:`Inks.color_of` which ink each is:

- a triple on the line from white to a colour of the style is that colour's tint (an ink printed at a share of its
  strength), so tints need no registration and any share is recognised;
- a neutral grey is a tint of black, black ink alone, so that no grey is ever built from four plates;
- anything else is converted by :func:`converted` and reported, so that no colour leaves the style unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any, TypeAlias

from reportgen.base.color import BLACK, WHITE, Color
from reportgen.base.style import Style
from reportgen.base.suggest import did_you_mean

RGB: TypeAlias = tuple[float, float, float]

_EXACT = 1e-6
_ONE_LEVEL = 1 / 255
"""A level of eight bits: colours that went through bytes come back within it."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours that a drawing may use, by name."""

    colors: Mapping[str, Color]

    @classmethod
    def of(cls, style: Style) -> Inks:
        """Return the inks of a style; black and white are always among them."""
        return cls({"black": BLACK, "white": WHITE, **style.colors})

    def color(self, name: str, tint: float = 1.0) -> Color:
        """Return an ink printed at a share of its strength.

        Raises:
            KeyError: if there is no ink of that name; the message lists near ones.
        """
        try:
            ink = self.colors[name]
        except KeyError:
            hints = did_you_mean(name, self.colors) or (f"there are {', '.join(self.colors)}",)
            raise KeyError(f"there is no ink {name}: {'; '.join(hints)}") from None
        return _share(ink, tint)

    def rgb(self, name: str, tint: float = 1.0) -> RGB:
        """Return the triple to paint with in matplotlib; components 0 to 1.

        Raises:
            KeyError: as :meth:`color`.
        """
        return self.color(name, tint).rgb

    def ramp(self, name: str, steps: int, lightest: float = 0.08, darkest: float = 1.0) -> tuple[RGB, ...]:
        """Return ``steps`` tints of an ink from light to dark, at equal distances."""
        shares = [lightest + (darkest - lightest) * i / max(steps - 1, 1) for i in range(steps)]
        return tuple(self.rgb(name, share) for share in shares)

    def colormap(self, name: str, steps: int = 64, lightest: float = 0.08, darkest: float = 1.0) -> Any:
        """Return a sequential ``matplotlib.colors.Colormap`` whose every entry is a tint of one ink."""
        from matplotlib.colors import ListedColormap

        colors = [(r, g, b, 1.0) for r, g, b in self.ramp(name, steps, lightest, darkest)]
        return ListedColormap(colors, name=name).with_extremes(bad=self.rgb("white"))

    def color_of(self, rgb: RGB) -> Color | None:
        """Return the ink or tint that a triple stands for, None if it is none of the style's."""
        named = next((c for c in self.colors.values() if _distance(rgb, c.rgb) < _EXACT), None)
        if named is not None:
            return named
        if max(rgb) - min(rgb) < _EXACT:
            return _grey(self.colors.get("black", BLACK), rgb[0])
        fits = [_tint_of(ink, rgb) for ink in self.colors.values()]
        miss, ink, share = min(fits, key=lambda fit: fit[0])
        return _share(ink, share) if miss < _ONE_LEVEL else None


def converted(rgb: RGB) -> Color:
    """Return the fallback for a colour that is none of the style's inks.

    Grey component replacement in full: what cyan, magenta and yellow have in common is printed in black, so one of
    the three is always absent and the total ink stays below 300 per cent. It is a guess; a report that cares
    names its colours in ``[style.colors]``.
    """
    key = 1 - max(rgb)
    if key >= 1:
        return Color((0.0, 0.0, 0.0, 1.0), rgb)
    c, m, y = ((1 - v - key) / (1 - key) for v in rgb)
    return Color((round(c, 4), round(m, 4), round(y, 4), round(key, 4)), rgb)


def _grey(black: Color, level: float) -> Color:
    """Return a tint of black as light as ``level``; nothing is darker than the ink itself."""
    depth = 1 - black.rgb[0]
    return _share(black, min(1.0, (1 - level) / depth)) if depth else black


def _share(ink: Color, share: float) -> Color:
    return ink if share == 1 else ink.tint(share)


def _tint_of(ink: Color, rgb: RGB) -> tuple[float, Color, float]:
    """Return how far a triple is from the line white–ink, the ink, and the share at the nearest point."""
    depth = [1 - c for c in ink.rgb]
    length = fsum(d * d for d in depth)
    if not length:
        return _distance(rgb, ink.rgb), ink, 1.0
    share = fsum(d * (1 - c) for d, c in zip(depth, rgb, strict=True)) / length
    share = min(1.0, max(0.0, round(share, 6)))
    return _distance(rgb, ink.tint(share).rgb), ink, share


def _distance(one: Sequence[float], other: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
