"""A sheet to draw on: matplotlib artists placed in points from the top left corner, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from reportgen.base.units import Pt
from reportgen.charts.lettering import ASCENT
from reportgen.charts.theme import Theme
from reportgen.charts.words import Block, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Align = Literal["left", "center", "right"]
_SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}
_EDGE = 0.5
HOLLOW = 0.22
"""Strength of the tint inside a mark that stands for an estimate."""
_OUTLINE: Pt = 0.7
LEAST: Pt = 0.5
"""What is not nothing is drawn at least so thick, as a fine line: a bar that nobody sees would say zero."""


class Sheet:
    """The whole of a figure, measured in points.

    Its marks are the figure's own artists: axes that are never seen would cost more time than all else.

    Attributes:
        figure: matplotlib's own, for charts that need more of it, axes say.
    """

    def __init__(self, figure: Figure, width: Pt, height: Pt, theme: Theme, words: Words) -> None:
        from matplotlib.transforms import Affine2D

        self.figure, self.width, self.height, self.theme, self.words = figure, width, height, theme, words
        to_inches = Affine2D().scale(1 / 72, -1 / 72).translate(0, height / 72)
        self._points = to_inches + figure.dpi_scale_trans
        self._layer = 1.0

    def _add(self, artist: Any) -> None:
        """Add an artist measured in points."""
        artist.set_transform(self._points)
        self.figure.add_artist(artist)

    def _next(self) -> float:
        """Return a layer above all that was drawn before: what is drawn later lies on top."""
        self._layer += 1
        return self._layer

    def rectangle(
        self,
        x0: Pt,
        y0: Pt,
        x1: Pt,
        y1: Pt,
        part: str,
        *,
        tint: float = 1.0,
        hollow: bool = False,
        edge: str | None = None,
    ) -> None:
        """Draw a filled rectangle; a hollow one has a pale inside and an outline of its colour.

        One without an area draws nothing. One thinner than :data:`LEAST` is drawn as thick as that, from its first
        corner on; a hollow one that has no room for an inside is its outline alone.

        Args:
            edge: a line target that separates it from its neighbours.
        """
        from matplotlib.patches import Rectangle

        if x0 == x1 or y0 == y1:
            return
        (x0, x1), (y0, y1) = _visible(x0, x1), _visible(y0, y1)
        look: dict[str, Any] = {"facecolor": self.theme.rgb(part, tint), "linewidth": 0.0}
        if hollow and min(x1 - x0, y1 - y0) < _OUTLINE + LEAST:
            look["facecolor"] = self.theme.rgb(part, max(tint, _EDGE))
        elif hollow:
            inset = _OUTLINE / 2
            x0, y0, x1, y1 = x0 + inset, y0 + inset, x1 - inset, y1 - inset
            look = {
                "facecolor": self.theme.rgb(part, tint * HOLLOW),
                "edgecolor": self.theme.rgb(part, max(tint, _EDGE)),
                "linewidth": _OUTLINE,
            }
        elif edge is not None:
            look |= self.theme.patch(edge)
        self._add(Rectangle((x0, y0), x1 - x0, y1 - y0, zorder=self._next(), **look))

    def line(
        self, points: Sequence[tuple[Pt, Pt]], target: str, part: str | None = None, width: Pt | None = None
    ) -> None:
        """Draw a line through points."""
        from matplotlib.lines import Line2D

        look = self.theme.line(target, part)
        if width is not None:
            look["linewidth"] = width
        self._add(Line2D([p[0] for p in points], [p[1] for p in points], zorder=self._next(), **look))

    def dot(
        self, x: Pt, y: Pt, part: str, *, size: Pt | None = None, hollow: bool = False, tint: float = 1.0
    ) -> None:
        """Draw a dot of a diameter; a hollow one is white inside."""
        from matplotlib.patches import Ellipse

        width = self.theme.length("marker") if size is None else size
        color = self.theme.rgb(part, tint)
        face = self.theme.rgb("paper") if hollow else color
        line = 1.1 if hollow else 0.0
        size = width - line
        self._add(
            Ellipse((x, y), size, size, facecolor=face, edgecolor=color, linewidth=line, zorder=self._next())
        )

    def text(
        self, x: Pt, baseline: Pt, text: str, target: str, *, part: str | None = None, align: Align = "left"
    ) -> None:
        """Draw one line of text from, about or up to ``x``."""
        self.block(x, baseline, self.words.block(text, target), part=part, align=align)

    def block(
        self, x: Pt, baseline: Pt, block: Block, *, part: str | None = None, align: Align = "left"
    ) -> None:
        """Draw a block whose first baseline stands at ``baseline``."""
        from matplotlib.text import Text

        for i, (line, width) in enumerate(zip(block.lines, block.widths, strict=True)):
            text = Text(
                x - _SHIFT[align] * width,
                baseline + i * block.leading,
                line,
                ha="left",
                va="baseline",
                parse_math=False,
                zorder=self._next(),
                gid=block.fact,
                **self.theme.text(block.target, part),
            )
            self._add(text)

    def centred(
        self, x: Pt, middle: Pt, block: Block, *, part: str | None = None, align: Align = "left"
    ) -> None:
        """Draw a block whose middle, measured by its capitals, stands at ``middle``."""
        self.block(x, middle - block.middle, block, part=part, align=align)

    def below(self, x: Pt, top: Pt, block: Block, *, part: str | None = None, align: Align = "left") -> None:
        """Draw a block whose first line's ascender touches ``top``."""
        self.block(x, top + ASCENT * block.size, block, part=part, align=align)


def _visible(start: Pt, end: Pt) -> tuple[Pt, Pt]:
    """Return two sides in order, at least :data:`LEAST` apart; the first stays."""
    if abs(end - start) < LEAST:
        end = start + (LEAST if end > start else -LEAST)
    return min(start, end), max(start, end)
