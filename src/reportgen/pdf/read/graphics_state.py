"""The graphics state, as far as the marks that are read back need it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from reportgen.base.frame import IDENTITY, Matrix
from reportgen.base.units import Pt
from reportgen.pdf.read.painted import BLACK_BY_DEFAULT, Ink


@dataclass(slots=True)
class GraphicsState:
    """The graphics state that marks need (ISO 32000-1, 8.4.1 and 9.3)."""

    matrix: Matrix = IDENTITY
    fill: Ink = BLACK_BY_DEFAULT
    stroke: Ink = BLACK_BY_DEFAULT
    fill_space: str = "DeviceGray"
    stroke_space: str = "DeviceGray"
    width: Pt = 1.0
    font: str = ""
    size: Pt = 0.0
    rise: Pt = 0.0
    spacing: Pt = 0.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    mode: int = 0
    group_alpha: float = 1.0

    def copy(self) -> GraphicsState:
        return GraphicsState(*_all_of(self))


_all_of = attrgetter(*GraphicsState.__slots__)
