"""The words of a chart: measured and set by the text layer, in the document's faces."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from reportgen.base.color import Color
from reportgen.base.diagnostics import Faults
from reportgen.base.frame import GlyphRun
from reportgen.base.style import CharStyle
from reportgen.base.units import Pt
from reportgen.text.paragraph import Line, TextSetting, set_line

ASCENT = 0.95
DESCENT = 0.22
"""Share of an em above and below the baseline that a line of text occupies.

The box holds the ideographic em box (0.88 and 0.12 in the faces we set) and Latin descenders, and its middle, 0.365,
is the middle of the capitals and lining figures (cap height 0.73): text centred on a mark looks centred.
"""

LINE_GAP = 0.18
FEATURES = ("lnum", "tnum")
"""Figures in charts are lining and tabular; a face that has no others ignores the features."""

_SEMIBOLD, _BOLD = 550, 650
_WEIGHTS = {
    "ultralight": 100, "light": 200, "normal": 400, "regular": 400, "book": 400, "medium": 500, "roman": 500,
    "semibold": 600, "demibold": 600, "demi": 600, "bold": 700, "heavy": 800, "extra bold": 800, "black": 900,
}  # fmt: skip


@dataclass(slots=True)
class Lettering:
    """Sets the strings of one drawing; each is set once, however often it is measured.

    Attributes:
        faults: characters no face has, in the order they were met.
    """

    setting: TextSetting
    lang: str
    faults: Faults = field(default_factory=Faults)
    _lines: dict[tuple[str, CharStyle], Line | None] = field(default_factory=dict)

    def style_of(self, prop: Any) -> CharStyle:
        """Return the character style that a ``FontProperties`` asks for."""
        return CharStyle(
            family=self.family(prop.get_family()),
            size=float(prop.get_size_in_points()),
            weight=_weight(prop.get_weight()),
            italic=prop.get_style() != "normal",
            features=FEATURES,
        )

    def family(self, names: list[str]) -> str:
        """Return the first name that the style has as a family; ``sans`` where none of them is one."""
        known = self.setting.families
        generic = {"sans-serif": "sans", "monospace": "sans"}
        found = next((n for n in (generic.get(n, n) for n in names) if n in known), None)
        return found or ("sans" if "sans" in known else next(iter(known)))

    def line(self, text: str, style: CharStyle) -> Line | None:
        """Return text set on one line at its natural width; None if nothing of it can be set."""
        key = (text, style)
        if key not in self._lines:
            self._lines[key] = self.faults.take(set_line(text, style, self.lang, self.setting))
        return self._lines[key]

    def size(self, text: str, style: CharStyle) -> tuple[Pt, Pt, Pt]:
        """Return (width, height, descent) of text on one line."""
        line = self.line(text, style)
        width = line.width if line else 0.0
        return width, (ASCENT + DESCENT) * style.size, DESCENT * style.size

    def runs(
        self, text: str, style: CharStyle, color: Color, angle: float
    ) -> Iterator[tuple[Pt, Pt, GlyphRun]]:
        """Yield the runs of a line with their pen positions from the line's start, x to the right and y down."""
        line = self.line(text, style)
        for piece in line.runs if line else ():
            run = replace(piece.run, color=color, angle=angle)
            yield *turned(piece.x, piece.rise, angle), run


def turned(x: Pt, up: Pt, angle: float) -> tuple[Pt, Pt]:
    """Return where a point stands, y downwards, when what it belongs to is turned by so many degrees."""
    if not angle:
        return x, -up
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cos - up * sin, -x * sin - up * cos


def _weight(weight: str | int) -> Literal["regular", "semibold", "bold"]:
    heavy = _WEIGHTS.get(weight, 400) if isinstance(weight, str) else weight
    return "bold" if heavy >= _BOLD else "semibold" if heavy >= _SEMIBOLD else "regular"
