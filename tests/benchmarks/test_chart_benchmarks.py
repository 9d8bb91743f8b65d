"""How long a chart takes once matplotlib is imported; the budget is 80 ms, drawing and recording together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Frame
from reportgen.base.house import load_style
from reportgen.base.world import World
from reportgen.charts.renderer import new_figure, record_figure
from reportgen.charts.theme import Theme, load_theme
from reportgen.text.faces import load_fonts
from reportgen.text.setting import text_setting

STYLE = unwrap(load_style("zh-CN"))
SETTING = text_setting(STYLE, unwrap(load_fonts(World())))
THEME = unwrap(load_theme(STYLE))
YEARS = range(2013, 2024)


def _columns_and_line(axes: Any, theme: Theme) -> None:
    axes.bar(YEARS, [1000 * (y - 2010) for y in YEARS], width=theme.ratio("bar"), color=theme.rgb("accent"))
    for year in YEARS:
        axes.text(
            year, 1000 * (year - 2010), f"{1000 * (year - 2010):,}", ha="center", **theme.text("value-label")
        )
    axes.twinx().plot(YEARS, [2 * (y - 2005) for y in YEARS], **theme.line("series", "contrast"))
    axes.set_xticks(list(YEARS))


def _ranked_bars(axes: Any, theme: Theme) -> None:
    names = [f"某某科技股份有限公司第{i}分公司" for i in range(20)]
    axes.barh(names, range(20, 0, -1), color=theme.rgb("soft"))


def _heat_map(axes: Any, theme: Theme) -> None:
    from matplotlib.colors import ListedColormap

    shades = theme.shades("accent", 7)
    cells = [[(row + column) % 7 for column in range(11)] for row in range(10)]
    axes.pcolormesh(cells, cmap=ListedColormap(shades), vmin=0, vmax=6, **theme.patch("cell"))
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            look = {**theme.text("value-label"), "color": theme.on(shades[value])}
            axes.text(column + 0.5, row + 0.5, str(value), ha="center", va="center", **look)


def _small_multiples(axes: Any, theme: Theme) -> None:
    axes.axis("off")
    for number in range(10):
        panel = axes.figure.add_axes((0.05 + 0.19 * (number % 5), 0.1 + 0.45 * (number // 5), 0.15, 0.3))
        panel.plot(YEARS, [number + y % 7 for y in YEARS], **theme.line("series"))
        panel.set_title(f"领域{number}")
        theme.apply(panel)


def drawn(draw: Callable[[Any, Theme], None]) -> Frame:
    """Return a chart's frame, everything made anew."""
    with THEME.context():
        figure = new_figure(462, 240, STYLE, SETTING, "zh-CN")
        axes = figure.add_axes((0.2, 0.1, 0.75, 0.8))
        THEME.apply(axes)
        draw(axes, THEME)
        return record_figure(figure, STYLE, SETTING, "zh-CN").value


@pytest.mark.parametrize("draw", [_columns_and_line, _ranked_bars, _heat_map, _small_multiples])
def test_drawing_and_recording_a_chart(benchmark: Any, draw: Callable[[Any, Theme], None]) -> None:
    frame = benchmark.pedantic(drawn, (draw,), rounds=8, warmup_rounds=1)
    assert len(frame.items) > 10
