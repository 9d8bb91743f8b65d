"""What each kind of mark becomes in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from chart_setting import LANG, SETTING, STYLE
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import patches, rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path

from reportgen.base.frame import Frame, GlyphRun, Group, Image, Placed, Shape
from reportgen.charts.inks import Inks
from reportgen.charts.renderer import new_figure, record_figure
from reportgen.charts.theme_axes import neutral

INKS = Inks.of(STYLE)
BLUE = INKS.rgb("blue")


@pytest.fixture(autouse=True)
def _plain_settings() -> Any:
    with rc_context(neutral()):
        yield


def _recorded(*artists: Any, width: float = 100, height: float = 80) -> Frame:
    """Record artists whose coordinates are points from the lower left corner."""
    figure = new_figure(width, height, STYLE, SETTING, LANG)
    for artist in artists:
        figure.add_artist(artist)
        artist.set_transform(_identity())
    return record_figure(figure, STYLE, SETTING, LANG).value


def _identity() -> Any:
    from matplotlib.transforms import IdentityTransform

    return IdentityTransform()


def _marks(frame: Frame, kind: type = Shape) -> Iterator[Placed]:
    """Yield the marks of a kind, also those inside groups."""
    for mark in frame.items:
        if isinstance(mark.item, Group):
            yield from _marks(mark.item.frame, kind)
        if isinstance(mark.item, kind):
            yield mark


def _only(frame: Frame, kind: type = Shape) -> Any:
    (mark,) = _marks(frame, kind)
    return mark.item


def test_frame_is_as_large_as_the_figure_and_a_unit_is_a_point() -> None:
    frame = _recorded(width=321.5, height=99)
    assert (frame.width, frame.height) == (321.5, 99)


def test_y_grows_downwards_from_the_top_left() -> None:
    shape = _only(_recorded(Line2D([10, 30], [5, 75], color=BLUE)))
    assert shape.path == (("m", 10, 75), ("l", 30, 5))


def test_line_keeps_width_cap_join_and_dashes() -> None:
    line = Line2D(
        [0, 50, 60],
        [0, 50, 0],
        color=BLUE,
        linewidth=2,
        linestyle=(1, (3, 2)),
        dash_capstyle="round",
        dash_joinstyle="bevel",
    )
    stroke = _only(_recorded(line)).stroke
    assert (stroke.width, stroke.cap, stroke.join) == (2, "round", "bevel")
    assert (stroke.dashes, stroke.dash_phase) == ((6, 4), 2)


def test_area_is_filled_and_stroked_in_its_inks() -> None:
    area = patches.Rectangle((10, 10), 20, 30, facecolor=INKS.rgb("part1", 0.4), edgecolor=BLUE, linewidth=1)
    shape = _only(_recorded(area))
    assert shape.fill.cmyk == STYLE.colors["part1"].tint(0.4).cmyk
    assert shape.stroke.color == STYLE.colors["blue"]
    assert shape.path == (("m", 10, 70), ("l", 30, 70), ("l", 30, 40), ("l", 10, 40), ("h",))


@pytest.mark.parametrize(("face", "edge"), [("none", BLUE), (BLUE, "none")])
def test_none_paints_nothing(face: Any, edge: Any) -> None:
    shape = _only(_recorded(patches.Rectangle((1, 1), 9, 9, facecolor=face, edgecolor=edge)))
    assert (shape.fill is None) == (face == "none")
    assert (shape.stroke is None) == (edge == "none")


def test_opacity_of_a_mark_and_of_its_parts_is_kept() -> None:
    whole = _only(_recorded(patches.Rectangle((1, 1), 9, 9, facecolor=BLUE, edgecolor=BLUE, alpha=0.25)))
    assert (whole.fill.alpha, whole.stroke.color.alpha) == (0.25, 0.25)
    parts = _only(_recorded(patches.Rectangle((1, 1), 9, 9, facecolor=(*BLUE, 0.5), edgecolor=BLUE)))
    assert (parts.fill.alpha, parts.stroke.color.alpha) == (0.5, 1)


def test_quadratic_curve_becomes_the_same_cubic() -> None:
    path = Path([(0, 0), (30, 60), (60, 0)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    shape = _only(_recorded(patches.PathPatch(path, facecolor="none", edgecolor=BLUE)))
    assert shape.path == (("m", 0, 80), ("c", 20, 40, 40, 40, 60, 80))


def test_mark_inside_its_clip_rectangle_needs_no_clip() -> None:
    frame = _chart(lambda axes: axes.bar([1], [1], color=BLUE))
    assert not list(_marks(frame, Group))


def test_mark_across_its_clip_rectangle_is_clipped() -> None:
    frame = _chart(lambda axes: (axes.bar([1], [5], color=BLUE), axes.set_ylim(0, 1)))
    (group,) = _marks(frame, Group)
    assert group.item.clip == (("m", 10, 10), ("l", 90, 10), ("l", 90, 70), ("l", 10, 70), ("h",))


def test_clip_path_is_kept_beside_the_clip_rectangle() -> None:
    def draw(axes: Any) -> None:
        (line,) = axes.plot([0, 1], [0, 2], color=BLUE)
        axes.set(xlim=(0, 1), ylim=(0, 1))
        line.set_clip_path(patches.Circle((0.5, 0.5), 0.4, transform=axes.transData))

    groups = list(_marks(_chart(draw), Group))
    assert any(segment[0] == "c" for group in groups for segment in group.item.clip)


def _chart(draw: Any) -> Frame:
    """Record axes without any furniture, 80 × 60 pt, ten points from every edge."""
    figure = new_figure(100, 80, STYLE, SETTING, LANG)
    axes = figure.add_axes((0.1, 0.125, 0.8, 0.75))
    axes.axis("off")
    draw(axes)
    return record_figure(figure, STYLE, SETTING, LANG).value


def test_line_far_outside_is_cut_near_the_frame() -> None:
    shape = _only(_recorded(Line2D([-1e7, 1e7], [-1e7, 1e7], color=BLUE)))
    assert all(-20 < v < 120 for segment in shape.path for v in segment[1:])


def test_hatch_is_lines_clipped_to_its_area() -> None:
    area = patches.Rectangle((10, 10), 40, 40, facecolor="none", edgecolor=BLUE, hatch="//")
    frame = _recorded(area)
    (group,) = _marks(frame, Group)
    assert group.item.clip == _only_path(frame)
    hatch = group.item.frame.items[0].item
    assert hatch.stroke.color == STYLE.colors["blue"]
    assert {segment[0] for segment in hatch.path} == {"m", "l"}


def _only_path(frame: Frame) -> Any:
    return frame.items[0].item.path


def test_markers_share_one_shape() -> None:
    line = Line2D([10, 20, 30], [40, 50, 60], linestyle="none", marker="o", color=BLUE)
    marks = list(_marks(_recorded(line)))
    assert [(m.x, m.y) for m in marks] == [(10, 40), (20, 30), (30, 20)]
    assert len({id(m.item) for m in marks}) == 1


def test_cells_of_a_mesh_leave_no_seam() -> None:
    colors = INKS.colormap("part2")
    frame = _chart(lambda axes: axes.pcolormesh([[0.0, 1.0], [0.5, 0.2]], cmap=colors))
    shapes = [m.item for m in _marks(frame)]
    assert len(shapes) == 4
    assert all(shape.stroke and shape.stroke.color == shape.fill for shape in shapes)


def test_transparent_cells_get_no_line_that_would_show() -> None:
    frame = _chart(lambda axes: axes.pcolormesh([[0.0, 1.0]], cmap=INKS.colormap("part2"), alpha=0.5))
    assert all(m.item.stroke is None for m in _marks(frame))


def test_smooth_shading_is_a_raster_of_300_to_the_inch() -> None:
    image = _only(_chart(lambda axes: axes.pcolormesh(np.eye(3), shading="gouraud")), Image)
    assert image.pixels[0] == pytest.approx(80 * 300 / 72, abs=3)
    assert image.width == pytest.approx(80, abs=1)


def test_image_rows_start_at_the_top() -> None:
    pixels = np.array([[[255, 0, 0, 255]], [[0, 0, 255, 255]]], np.uint8)
    image = _only(_chart(lambda axes: axes.imshow(pixels, interpolation="none", aspect="auto")), Image)
    assert (image.mode, image.samples, image.alpha) == ("RGB", bytes([255, 0, 0, 0, 0, 255]), None)
    assert (image.pixels, image.width, image.height) == ((1, 2), 80, 60)


def test_grey_image_has_one_channel_and_opacity_its_own() -> None:
    pixels = np.array([[[7, 7, 7, 255], [9, 9, 9, 128]]], np.uint8)
    image = _only(_chart(lambda axes: axes.imshow(pixels, interpolation="none")), Image)
    assert (image.mode, image.samples, image.alpha) == ("L", bytes([7, 9]), bytes([255, 128]))


def test_sketched_line_wobbles() -> None:
    plain, wobbly = Line2D([0, 90], [40, 40], color=BLUE), Line2D([0, 90], [40, 40], color=BLUE)
    wobbly.set_sketch_params(2, 30, 2)
    assert len(_only(_recorded(wobbly)).path) > len(_only(_recorded(plain)).path)


def test_colour_that_is_no_ink_is_reported_once_with_its_code() -> None:
    figure = new_figure(100, 80, STYLE, SETTING, LANG)
    for x in (1, 30):
        figure.add_artist(patches.Rectangle((x, 1), 9, 9, facecolor="#12fe9a", transform=_identity()))
    (fault,) = record_figure(figure, STYLE, SETTING, LANG).diagnostics
    assert "#12fe9a" in fault.message
    assert fault.severity.value == "warning"


def test_gid_of_an_artist_is_the_fact_of_its_marks() -> None:
    bar = patches.Rectangle((1, 1), 9, 9, facecolor=BLUE, gid="p1.total")
    plain = patches.Rectangle((30, 1), 9, 9, facecolor=BLUE)
    assert [mark.fact for mark in _marks(_recorded(bar, plain))] == ["p1.total", None]


def test_text_keeps_its_fact() -> None:
    figure = new_figure(100, 80, STYLE, SETTING, LANG)
    figure.text(0.5, 0.5, "70,000", gid="p1.total")
    assert [mark.fact for mark in _marks(record_figure(figure, STYLE, SETTING, LANG).value, GlyphRun)] == [
        "p1.total"
    ]


def test_filter_of_pixels_is_reported_and_its_mark_drawn() -> None:
    figure = new_figure(100, 80, STYLE, SETTING, LANG)
    bar = patches.Rectangle((1, 1), 9, 9, facecolor=BLUE, transform=_identity())
    bar.set_agg_filter(lambda pixels, _: (pixels, 0, 0))
    figure.add_artist(bar)
    result = record_figure(figure, STYLE, SETTING, LANG)
    assert len(list(_marks(result.value))) == 1
    assert "filter" in result.diagnostics[0].message


def test_figure_of_ones_own_is_recorded_and_left_as_it_was() -> None:
    figure = Figure(figsize=(2, 1), dpi=150)
    canvas = figure.canvas
    figure.add_subplot().plot([1, 2])
    frame = record_figure(figure, STYLE, SETTING, LANG).value
    assert (frame.width, frame.height) == (144, 72)
    assert (figure.dpi, figure.canvas) == (150, canvas)


_number = st.one_of(st.floats(-1e9, 1e9), st.just(float("nan")), st.just(float("inf")))


@given(st.lists(st.tuples(_number, _number), max_size=12), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_coordinates_give_finite_paths(points: list[tuple[float, float]], close: bool) -> None:
    if close and points:
        mark: Any = patches.Polygon(points, facecolor="none", edgecolor=BLUE)
    else:
        mark = Line2D([x for x, _ in points], [y for _, y in points], color=BLUE)
    for placed in _marks(_recorded(mark)):
        assert all(np.isfinite(v) for segment in placed.item.path for v in segment[1:])
        assert placed.item.path[0][0] == "m"
