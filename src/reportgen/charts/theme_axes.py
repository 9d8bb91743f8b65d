"""A theme in matplotlib's words: its settings, and axes dressed by it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from reportgen.charts.theme import Theme

_SIDES = ("left", "right", "top", "bottom")


@lru_cache(maxsize=1)
def neutral() -> dict[str, Any]:
    """Return matplotlib's own defaults, without those that choose or open windows."""
    from matplotlib import rcParamsDefault

    return {
        key: value
        for key, value in rcParamsDefault.items()
        if not key.startswith(("backend", "interactive", "toolbar"))
    }


def settings(theme: Theme) -> dict[str, Any]:
    """Return the theme as ``rcParams``."""
    return {
        **_text_settings(theme),
        **_line_settings(theme),
        **_tick_settings(theme, "x"),
        **_tick_settings(theme, "y"),
    }


def _text_settings(theme: Theme) -> dict[str, Any]:
    text, title, panel = (theme.texts[name] for name in ("text", "axis-title", "panel-title"))
    return {
        "font.family": [text.family],
        "font.size": text.size,
        "text.color": theme.rgb(text.part),
        "axes.labelsize": title.size,
        "axes.labelcolor": theme.rgb(title.part),
        "axes.titlesize": panel.size,
        "axes.titleweight": panel.weight,
        "axes.titlecolor": theme.rgb(panel.part),
        "axes.titlelocation": "left",
        # A fixed place spares matplotlib a search for room that takes a third of the time of small multiples.
        "axes.titley": 1.0,
        "legend.fontsize": theme.texts["key"].size,
        "legend.frameon": False,
    }


def _line_settings(theme: Theme) -> dict[str, Any]:
    axis, grid = theme.lines["axis"], theme.lines["grid"]
    return {
        "figure.dpi": 72.0,
        "axes.facecolor": "none",
        "axes.edgecolor": theme.rgb(axis.part),
        "axes.linewidth": axis.width,
        "axes.axisbelow": True,
        "grid.color": theme.rgb(grid.part),
        "grid.linewidth": grid.width,
        "lines.linewidth": theme.lines["series"].width,
        "lines.markersize": theme.length("marker"),
        "lines.scale_dashes": False,
        "lines.solid_capstyle": "butt",
        "patch.linewidth": 0.0,
        "hatch.linewidth": axis.width,
    }


def _tick_settings(theme: Theme, axis: str) -> dict[str, Any]:
    label, tick = theme.texts["label"], theme.lines["tick"]
    return {
        f"{axis}tick.labelsize": label.size,
        f"{axis}tick.labelcolor": theme.rgb(label.part),
        f"{axis}tick.color": theme.rgb(tick.part),
        f"{axis}tick.major.size": theme.length("tick"),
        f"{axis}tick.minor.size": 0.0,
        f"{axis}tick.major.width": tick.width,
        f"{axis}tick.major.pad": theme.length("label-gap"),
    }


def dress(theme: Theme, axes: Any, values: Literal["x", "y", "none"]) -> None:
    """See :meth:`Theme.apply`. Sizes and colours are in the settings; each change of a tick's look would cost again."""
    base = {"y": "bottom", "x": "left", "none": ""}[values]
    for side in _SIDES:
        axes.spines[side].set_visible(side == base)
    if values != "none":
        grid = theme.lines["grid"]
        axis = axes.yaxis if values == "y" else axes.xaxis
        axis.grid(visible=True, color=theme.rgb(grid.part), linewidth=grid.width)
