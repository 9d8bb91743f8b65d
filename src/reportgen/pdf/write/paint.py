"""Colours as operators: light on the screen, inks on the press."""

from __future__ import annotations

from functools import lru_cache, partial

from pikepdf import Array, Dictionary, Name

from reportgen.base.color import Color
from reportgen.pdf.profile import OVERPRINTS_FROM, PressOptions, Profile, SpotInk
from reportgen.pdf.write.numbers import number, numbers

REGISTRATION = SpotInk("All", (1.0, 1.0, 1.0, 1.0))


class Paint:
    """Says how a profile writes a colour; knows which spot colour spaces were used."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.spaces: dict[str, SpotInk] = {}
        self.fill = lru_cache(maxsize=None)(
            partial(self._operators, rgb="rg", cmyk="k", space="cs", tint="scn")
        )
        self.stroke = lru_cache(maxsize=None)(
            partial(self._operators, rgb="RG", cmyk="K", space="CS", tint="SCN")
        )

    def _operators(self, color: Color, rgb: str, cmyk: str, space: str, tint: str) -> str:
        if not self.profile.is_press:
            return f"{numbers(*color.rgb)} {rgb}"
        ink = spot_of(color, self.profile.options)
        if ink is None:
            return f"{numbers(*color.cmyk)} {cmyk}"
        return f"/{self.space(ink)} {space} {number(tint_of(color, ink))} {tint}"

    def space(self, ink: SpotInk) -> str:
        """Return the resource name of an ink's colour space."""
        self.spaces.setdefault(ink.name, ink)
        return f"S{list(self.spaces).index(ink.name)}"

    def overprints(self, color: Color) -> bool:
        """Say whether text of this colour prints on top of its ground: only black ink alone does."""
        if not self.profile.is_press or spot_of(color, self.profile.options):
            return False
        cyan, magenta, yellow, black = color.cmyk
        return black >= OVERPRINTS_FROM and not (cyan or magenta or yellow) and color.alpha == 1


def spot_of(color: Color, options: PressOptions) -> SpotInk | None:
    """Return the spot ink a colour is printed with, None for process inks."""
    return REGISTRATION if color.spot == REGISTRATION.name else options.spot(color.spot)


def tint_of(color: Color, ink: SpotInk) -> float:
    """Return the strength of a spot ink in a colour, read off its strongest process component."""
    full = max(ink.cmyk)
    return min(1.0, max(color.cmyk) / full) if full else 1.0


def separation(ink: SpotInk) -> Array:
    """Return the colour space of a spot ink (ISO 32000-1, 8.6.6.4), with its process inks as the alternate."""
    tints = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array(list(ink.cmyk)), N=1
    )
    return Array([Name.Separation, Name("/" + ink.name), Name.DeviceCMYK, tints])
