"""Recording a figure of matplotlib as a Frame: the door to the recorder, which imports matplotlib only when used.

A form draws like this::

    theme = unwrap(load_theme(style))
    with theme.context():
        figure = new_figure(width, height, style, setting, lang)
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.bar(years, values, color=theme.inks.rgb("part1"))
        theme.apply(axes)
        result = record_figure(figure, style, setting, lang)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.base.diagnostics import Result
from reportgen.base.frame import Frame
from reportgen.base.style import Style
from reportgen.base.units import Pt
from reportgen.charts.inks import Inks
from reportgen.text.itemize import TextSetting

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def new_figure(width: Pt, height: Pt, style: Style, setting: TextSetting, lang: str) -> Figure:
    """Return an empty figure of a size in points, whose text measures as it will be set.

    Its dpi is 72: display coordinates are points with y upwards, and ``get_window_extent`` needs no renderer. It has no
    part in pyplot's global state.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none", edgecolor="none")
    _attach(figure, style, setting, lang)
    return figure


def record_figure(figure: Figure, style: Style, setting: TextSetting, lang: str) -> Result[Frame]:
    """Return a figure as a frame of its own size (``figsize`` × 72 points).

    Diagnostics: an error for each character that no face has; a warning for each colour that is no ink of the style.
    The figure may have been made anywhere; it is left with the dpi and the canvas that it came with.
    """
    canvas, dpi = figure.canvas, figure.dpi
    recording = _attach(figure, style, setting, lang)
    try:
        figure.dpi = 72
        recorder = recording.get_renderer()
        figure.draw(recorder)
    finally:
        figure.dpi = dpi
        figure.set_canvas(canvas)
    recorded: Result[Frame] = recorder.result()
    return recorded


def _attach(figure: Figure, style: Style, setting: TextSetting, lang: str) -> Any:
    from reportgen.charts.lettering import Lettering
    from reportgen.charts.recorder import RecordingCanvas

    return RecordingCanvas(figure, Lettering(setting, lang), Inks.of(style))
