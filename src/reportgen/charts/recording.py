"""What is recorded of a drawing, whichever library draws it: marks under their clips, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.frame import IDENTITY, Frame, Group, Matrix, Path, Placed
from reportgen.base.units import Pt
from reportgen.charts.inks import Inks
from reportgen.charts.lettering import Lettering
from reportgen.charts.palette import Palette

DECIMALS = 3
"""A thousandth of a point is finer than any output device (72,000 a inch)."""


class Recording:
    """Marks on a frame, one above the other.

    Args:
        width, height: of the frame.
        words: sets its text.
        inks: what its colours are.
    """

    def __init__(self, width: Pt, height: Pt, words: Lettering, inks: Inks) -> None:
        self.width, self.height, self.words = width, height, words
        self.palette, self.faults = Palette(inks), Faults()
        self._layers: list[tuple[tuple[Path, ...], list[Placed]]] = []

    def put(self, marks: Iterable[Placed], clips: tuple[Path, ...] = ()) -> None:
        """Draw marks under some clips, which they share with the marks before them where these have the same."""
        if not self._layers or self._layers[-1][0] != clips:
            self._layers.append((clips, []))
        self._layers[-1][1].extend(marks)

    def group(self, marks: Iterable[Placed], matrix: Matrix = IDENTITY, clip: Path | None = None) -> Placed:
        """Return marks as one, in axes of their own or clipped."""
        return Placed(0.0, 0.0, Group(Frame(self.width, self.height, tuple(marks)), matrix, clip))

    def frame(self) -> Frame:
        """Return what was drawn so far."""
        items: list[Placed] = []
        for clips, marks in self._layers:
            for clip in reversed(clips):
                marks = [self.group(marks, clip=clip)]
            items += marks
        return Frame(self.width, self.height, tuple(items))

    def result(self) -> Result[Frame]:
        """Return what was drawn so far and what was wrong: characters without a glyph, colours that are no ink."""
        parts = (self.words.faults, self.faults, self.palette.faults)
        return Faults([found for faults in parts for found in faults.found]).result(self.frame())
