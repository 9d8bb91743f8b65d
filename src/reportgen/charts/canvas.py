"""The canvas of a figure that will be recorded; like the recorder it imports matplotlib when it is imported."""

from __future__ import annotations

from typing import Any

from matplotlib.backend_bases import FigureCanvasBase

from reportgen.charts.inks import Inks
from reportgen.charts.lettering import Lettering
from reportgen.charts.recorder import Recorder


class RecordingCanvas(FigureCanvasBase):
    """A figure's canvas whose text is measured as it will be set; nothing is ever drawn on it."""

    def __init__(self, figure: Any, words: Lettering, inks: Inks) -> None:
        super().__init__(figure)
        self.words, self.inks = words, inks

    def get_renderer(self) -> Recorder:
        """Return a fresh recorder of the figure's size."""
        width, height = (float(v) * 72 for v in self.figure.get_size_inches())
        return Recorder(width, height, self.words, self.inks)

    @classmethod
    def get_default_filetype(cls) -> str:
        """Return the format by which ``Figure.draw_without_rendering`` finds :meth:`print_frame`."""
        return "frame"

    def print_frame(self, _file: Any, **_options: Any) -> None:
        """Draw the figure, so that everything in it has its place."""
        self.figure.draw(self.get_renderer())
