"""The graphics state, as far as the marks that are read back need it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pikepdf

from reportgen.base.frame import IDENTITY, Matrix
from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box
from reportgen.pdf.read.painted import BLACK_BY_DEFAULT, Ink


@dataclass(slots=True)
class GraphicsState:
    """The graphics state that marks need (ISO 32000-1, 8.4.1 and 9.3); of a clipping path its box is kept."""

    matrix: Matrix = IDENTITY
    fill: Ink = BLACK_BY_DEFAULT
    stroke: Ink = BLACK_BY_DEFAULT
    width: Pt = 1.0
    font: str = ""
    size: Pt = 0.0
    rise: Pt = 0.0
    spacing: Pt = 0.0
    leading: Pt = 0.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    mode: int = 0
    group_alpha: float = 1.0
    clip: Box | None = None

    def copy(self) -> GraphicsState:
        return GraphicsState(*_all_of(self))


_all_of = attrgetter(*GraphicsState.__slots__)

_READ_STATE = {
    "/CA": ("stroke_alpha", float), "/ca": ("fill_alpha", float), "/op": ("fill_overprint", bool),
    "/OP": ("stroke_overprint", bool), "/LW": ("width", float),
}  # fmt: skip
_HARMLESS_STATE = frozenset(
    ("/Type", "/OPM", "/LC", "/LJ", "/ML", "/D", "/RI", "/FL", "/SM", "/SA", "/AIS", "/TK",
     "/BG", "/BG2", "/UCR", "/UCR2", "/TR", "/TR2", "/HT", "/HTO", "/HTP")
)  # fmt: skip
"""Entries that move no mark and change no paint, or that :mod:`press_file` judges."""


def general_state(state: pikepdf.Object) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what a graphics state sets, by attribute, and its entries that are not read (ISO 32000-1, table 58)."""
    found: dict[str, Any] = {}
    unread: list[str] = []
    if "/OP" in state and "/op" not in state:
        found["fill_overprint"] = bool(state.OP)
    for key, value in state.items():
        if key in _READ_STATE:
            name, read = _READ_STATE[key]
            found[name] = read(value)
        elif not (key in _HARMLESS_STATE or str(value) in ("/None", "/Normal", "/Compatible")):
            unread.append(key[1:])
    return found, tuple(unread)
