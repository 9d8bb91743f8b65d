"""The words of a chart: set by the text layer, where and as large as matplotlib's layout was told."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from chart_setting import LANG, SETTING, STYLE
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.patheffects import Stroke

from reportgen.base.frame import Frame, GlyphRun, Group, Placed, Shape
from reportgen.base.style import CharStyle
from reportgen.charts.inks import Inks
from reportgen.charts.lettering import ASCENT, DESCENT
from reportgen.charts.renderer import new_figure, record_figure
from reportgen.charts.theme_axes import neutral
from reportgen.text.paragraph import set_line

WIDTH, HEIGHT = 200.0, 100.0


@pytest.fixture(autouse=True)
def _plain_settings() -> Any:
    with rc_context({**neutral(), "font.family": ["sans"], "font.size": 8}):
        yield


def _figure() -> Any:
    return new_figure(WIDTH, HEIGHT, STYLE, SETTING, LANG)


def _runs(frame: Frame) -> list[tuple[Placed, GlyphRun]]:
    return list(_walk(frame))


def _walk(frame: Frame) -> Iterator[tuple[Placed, GlyphRun]]:
    for mark in frame.items:
        if isinstance(mark.item, Group):
            yield from _walk(mark.item.frame)
        if isinstance(mark.item, GlyphRun):
            yield mark, mark.item


def _written(text: str, **options: Any) -> list[tuple[Placed, GlyphRun]]:
    """Return the runs of a text that stands at (100, 50) from the lower left."""
    figure = _figure()
    figure.text(0.5, 0.5, text, **options)
    return _runs(record_figure(figure, STYLE, SETTING, LANG).value)


def test_text_stands_on_its_baseline_in_the_size_it_says() -> None:
    ((mark, run),) = _written("2023", va="baseline", fontsize=8.5)
    assert (mark.x, mark.y, run.size, run.text) == (100, 50, 8.5, "2023")
    assert run.face == "NotoSansSC-Regular"


def test_width_that_matplotlib_is_told_is_the_width_that_is_set() -> None:
    figure = _figure()
    text = figure.text(0.5, 0.5, "申请量 70,000 件", fontsize=8)
    width = text.get_window_extent().width
    runs = _runs(record_figure(figure, STYLE, SETTING, LANG).value)
    last, run = runs[-1]
    assert last.x + run.width - 100 == pytest.approx(width, abs=0.01)
    features = CharStyle("sans", 8.0, features=("lnum", "tnum"))
    line = set_line("申请量 70,000 件", features, LANG, SETTING).value
    assert line is not None
    assert width == pytest.approx(line.width)


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_alignment_moves_by_our_width(align: str, share: float) -> None:
    ((mark, run),) = _written("创新创新", ha=align, fontsize=10)
    assert mark.x == pytest.approx(100 - share * run.width, abs=0.01)


def test_centred_line_has_the_middle_of_its_figures_at_the_point() -> None:
    ((mark, run),) = _written("2023", va="center", fontsize=10)
    cap = SETTING.fonts.face(run.face).metrics.cap_height / 1000 * 10
    assert mark.y - cap / 2 == pytest.approx(50, abs=0.1)
    assert pytest.approx(cap / 20, abs=0.01) == (ASCENT - DESCENT) / 2


def test_lines_of_a_text_are_as_far_apart_as_linespacing_says() -> None:
    runs = _written("一\n二\n三", fontsize=8, linespacing=1.3 / (ASCENT + DESCENT))
    baselines = [mark.y for mark, _ in runs]
    assert [b - a for a, b in pairwise(baselines)] == pytest.approx([10.4, 10.4])


@pytest.mark.parametrize("angle", [30, 90, 270])
def test_rotated_text_turns_about_its_point_run_by_run(angle: float) -> None:
    runs = _written("增长 12%", family="serif", rotation=angle, rotation_mode="anchor", va="baseline")
    (first, han), (second, latin) = runs[0], runs[-1]
    assert han.angle == latin.angle == angle
    assert (first.x, first.y) == (100, 50)
    turn = math.atan2(-(second.y - first.y), second.x - first.x)
    assert math.degrees(turn) % 360 == pytest.approx(angle, abs=0.1)


@pytest.mark.parametrize(
    ("options", "face"),
    [
        ({"fontweight": "bold"}, "NotoSansSC-Bold"),
        ({"fontweight": 700}, "NotoSansSC-Bold"),
        ({"family": "serif"}, "SourceSerif4-Regular"),
        ({"family": "serif", "fontstyle": "italic"}, "SourceSerif4-Italic"),
        ({"family": "Helvetica"}, "NotoSansSC-Regular"),
    ],
)
def test_face_follows_family_weight_and_slope(options: Any, face: str) -> None:
    ((_, run),) = _written("Text", **options)
    assert run.face == face


def test_text_is_painted_in_its_ink_and_opacity() -> None:
    ((_, run),) = _written("x", color=Inks.of(STYLE).rgb("vermilion"), alpha=0.5)
    assert run.color == STYLE.colors["vermilion"].with_alpha(0.5)


def test_figures_have_one_width() -> None:
    ((_, run),) = _written("0123456789", family="serif")
    assert len(set(run.advances)) == 1


def test_legend_holds_its_words() -> None:
    figure = _figure()
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.plot([1, 2], label="发明专利申请量")
    legend = axes.legend(frameon=True)
    figure.draw_without_rendering()
    box = legend.get_window_extent()
    runs = [pair for pair in _runs(record_figure(figure, STYLE, SETTING, LANG).value) if "发" in pair[1].text]
    ((mark, run),) = runs
    assert box.x0 < mark.x
    assert mark.x + run.width < box.x1
    assert box.y0 < HEIGHT - mark.y < box.y1


def test_formula_is_text_in_the_documents_faces() -> None:
    runs = _written("增速 $R^2=0.98$", va="baseline")
    assert "".join(run.text for _, run in runs) == "增速 R2=0.98"
    assert {run.face for _, run in runs} == {"NotoSansSC-Regular", "SourceSerif4-Italic"}
    exponent = next(mark for mark, run in runs if run.text == "2")
    assert exponent.y < 50 - 1
    assert runs[0][0].y == pytest.approx(50, abs=0.02)


def test_malformed_formula_is_reported_and_set_as_written() -> None:
    figure = _figure()
    figure.text(0.5, 0.5, r"$\frac{1$")
    result = record_figure(figure, STYLE, SETTING, LANG)
    assert any("cannot be read" in fault.message for fault in result.errors)
    assert "frac" in "".join(run.text for _, run in _runs(result.value))


def test_halo_is_the_outline_of_the_glyphs_and_the_text_stays_text() -> None:
    figure = _figure()
    halo = [Stroke(linewidth=2, foreground=Inks.of(STYLE).rgb("white"))]
    text = figure.text(0.5, 0.5, "增长12%", fontsize=20, va="baseline", path_effects=halo)
    figure.text(0.5, 0.5, "增长12%", fontsize=20, va="baseline")
    frame = record_figure(figure, STYLE, SETTING, LANG).value
    shape = next(mark.item for mark in frame.items if isinstance(mark.item, Shape))
    assert shape.stroke is not None
    assert (shape.stroke.width, shape.stroke.color) == (2, STYLE.colors["white"])
    right = max(segment[-2] for segment in shape.path if len(segment) > 1)
    assert right == pytest.approx(100 + text.get_window_extent().width, abs=2)
    assert "".join(run.text for _, run in _runs(frame)) == "增长12%"


def test_character_without_a_glyph_is_reported_once() -> None:
    figure = _figure()
    figure.text(0.5, 0.5, "a\U0001f600b")
    figure.text(0.5, 0.2, "c\U0001f600d")
    assert [str(f) for f in record_figure(figure, STYLE, SETTING, LANG).errors if "1F600" in str(f)]
    assert len(record_figure(figure, STYLE, SETTING, LANG).errors) == 1


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x9FFF), max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_is_measured_as_it_is_set(text: str) -> None:
    literal = text.replace("$", "")
    figure = _figure()
    box = figure.text(0.0, 0.5, literal, fontsize=8).get_window_extent()
    runs = _runs(record_figure(figure, STYLE, SETTING, LANG).value)
    end = max((mark.x + run.width for mark, run in runs), default=0.0)
    assert end == pytest.approx(box.width if runs else 0.0, abs=0.05)
