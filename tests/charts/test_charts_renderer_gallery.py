"""A recorded figure looks like matplotlib's own picture of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from chart_replay import difference, painted, painted_by_agg
from chart_setting import LANG, SETTING, STYLE
from gallery import HEIGHT, PLOTS, WIDTH
from matplotlib import rc_context

from reportgen.charts.renderer import new_figure, record_figure
from reportgen.charts.theme_axes import neutral

MEAN, SHARE = 0.012, 0.015
"""How unlike the pictures may be: edges are smoothed in two ways and markers stand up to a pixel apart."""


def _drawn(name: str) -> Any:
    figure = new_figure(WIDTH, HEIGHT, STYLE, SETTING, LANG)
    PLOTS[name](figure)
    return figure


def _alike(one: Any, other: Any) -> bool:
    mean, share = difference(one, other)
    return mean <= MEAN and share <= SHARE


@pytest.fixture(autouse=True)
def _plain_settings() -> Any:
    with rc_context({**neutral(), "path.snap": False, "font.family": ["sans"], "font.size": 8}):
        yield


def test_gallery_is_wide() -> None:
    assert len(PLOTS) >= 40


@pytest.mark.parametrize("name", PLOTS)
def test_recorded_figure_looks_as_agg_paints_it(name: str) -> None:
    figure = _drawn(name)
    ours, theirs = painted(record_figure(figure, STYLE, SETTING, LANG).value), painted_by_agg(figure)
    assert ours.shape == theirs.shape
    assert ours.min() < 128
    mean, share = difference(ours, theirs)
    assert mean <= MEAN
    assert share <= SHARE


@pytest.mark.parametrize("name", PLOTS)
def test_comparison_sees_another_plot_and_a_shift(name: str) -> None:
    names = list(PLOTS)
    other = names[(names.index(name) + 1) % len(names)]
    ours = painted(record_figure(_drawn(name), STYLE, SETTING, LANG).value)
    assert not _alike(ours, painted_by_agg(_drawn(other)))
    assert not _alike(ours, np.roll(ours, 6, axis=(0, 1)))


@pytest.mark.parametrize("name", ["bar", "pcolormesh", "chinese", "mathtext", "legend"])
def test_recording_twice_gives_the_same_frame(name: str) -> None:
    assert (
        record_figure(_drawn(name), STYLE, SETTING, LANG).value
        == record_figure(_drawn(name), STYLE, SETTING, LANG).value
    )


@pytest.mark.parametrize("name", PLOTS)
def test_frame_is_plain_data(name: str) -> None:
    frame = record_figure(_drawn(name), STYLE, SETTING, LANG).value
    kinds = {type(value) for value in _leaves(frame)}
    assert kinds <= {int, float, str, bytes, bool, type(None)}
    assert all(np.isfinite(value) for value in _leaves(frame) if isinstance(value, float))


def _leaves(value: Any) -> Iterator[Any]:
    """Yield every value that a frame is made of."""
    if is_dataclass(value):
        for part in fields(value):
            yield from _leaves(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _leaves(part)
    else:
        yield value
