"""The twelve figures of the shipped report, in both editions: read from their recorded frames."""

from __future__ import annotations

import re

import pytest
from chart_boxes import collisions, escapes, words_of
from chart_project import shipped, shipped_drawing, style_of

from reportgen.base.color import contrast_ratio
from reportgen.base.frame import Frame, GlyphRun, Group, Placed, Shape

FIGURES = (
    "applications-grants", "top-companies", "technology-fields", "partner-applications", "regions-fields",
    "digital-grants", "digital-industries", "digital-companies", "green-outbound", "green-inbound",
    "green-technologies", "green-companies",
)  # fmt: skip
EDITIONS = ("zh", "en")
both = pytest.mark.parametrize("language", EDITIONS)
every = pytest.mark.parametrize("name", FIGURES)


def text_of(name: str, language: str) -> str:
    return " ".join(text for text, _ in words_of(shipped_drawing(name, language).value.frame))


def shapes_of(frame: Frame) -> list[Shape]:
    found: list[Shape] = []
    for placed in frame.items:
        if isinstance(placed.item, Shape):
            found.append(placed.item)
        elif isinstance(placed.item, Group):
            found += shapes_of(placed.item.frame)
    return found


def test_every_figure_of_the_manuscript_has_a_chart() -> None:
    assert set(shipped()[2]) == set(FIGURES)


@every
@both
def test_a_figure_is_drawn_without_a_diagnostic(name: str, language: str) -> None:
    assert shipped_drawing(name, language).diagnostics == ()


@every
@both
def test_no_two_labels_of_a_figure_overlap(name: str, language: str) -> None:
    assert collisions(shipped_drawing(name, language).value.frame) == []


@every
@both
def test_no_label_leaves_its_figure(name: str, language: str) -> None:
    assert escapes(shipped_drawing(name, language).value.frame) == []


@every
@both
def test_a_figure_is_as_wide_as_the_type_area_and_whole_lines_high(name: str, language: str) -> None:
    frame, page = shipped_drawing(name, language).value.frame, style_of(language).page
    assert frame.width == page.measure
    assert frame.height / page.leading == pytest.approx(round(frame.height / page.leading))


@every
@both
def test_a_figure_is_painted_with_inks_of_the_style_only(name: str, language: str) -> None:
    allowed = {color.cmyk for color in style_of(language).colors.values()}
    for shape in shapes_of(shipped_drawing(name, language).value.frame):
        for color in (shape.fill, shape.stroke.color if shape.stroke else None):
            if color is not None:
                assert any(_is_tint(color.cmyk, ink) for ink in allowed)


def _is_tint(color: tuple[float, ...], ink: tuple[float, ...]) -> bool:
    strongest = max(range(4), key=lambda i: ink[i])
    share = color[strongest] / ink[strongest] if ink[strongest] else 0.0
    return all(abs(c - share * i) < 2e-3 for c, i in zip(color, ink, strict=True))


@every
def test_an_english_figure_has_no_chinese_character(name: str) -> None:
    drawing = shipped_drawing(name, "en").value
    assert not re.search(
        r"[\u3000-\u9fff\uff00-\uffef]", text_of(name, "en") + drawing.alt + drawing.description
    )


@both
def test_columns_state_the_growth_that_the_facts_give(language: str) -> None:
    words = text_of("applications-grants", language)
    assert "21.3%" in words
    assert "20.0%" in words


@both
def test_every_value_of_paired_columns_is_written(language: str) -> None:
    package = shipped()[0]
    words = text_of("applications-grants", language)
    for row in package.tables["cn-yearly"].rows:
        assert f"{row.values['value']:,}" in words


@both
def test_the_turning_point_is_annotated_from_the_facts(language: str) -> None:
    words = text_of("green-outbound", language)
    assert "65.4%" in words
    assert "49.6%" in words
    assert words.count("2020") == 2


@pytest.mark.parametrize(("language", "key"), [("zh", "估计值"), ("en", "estimated value")])
def test_a_figure_that_mixes_estimates_with_published_values_says_which_is_which(
    language: str, key: str
) -> None:
    assert key in text_of("digital-companies", language)
    assert key not in text_of("top-companies", language)


@pytest.mark.parametrize(("language", "tick"), [("zh", "8 万"), ("en", "80,000")])
def test_ticks_are_in_the_edition_s_number_style(language: str, tick: str) -> None:
    assert tick in text_of("partner-applications", language).replace("8万", "8 万")


@pytest.mark.parametrize(
    ("language", "left", "right"), [("zh", "（左轴）", "（右轴）"), ("en", "(left scale)", "(right scale)")]
)
def test_two_scales_are_named(language: str, left: str, right: str) -> None:
    words = text_of("partner-applications", language)
    assert left in words
    assert right in words


def marks_of(frame: Frame) -> list[Placed]:
    found: list[Placed] = []
    for placed in frame.items:
        found += marks_of(placed.item.frame) if isinstance(placed.item, Group) else [placed]
    return found


@both
@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("applications-grants", "p1.applications.cagr"),
        ("applications-grants", "p1.grants.cagr"),
        ("partner-applications", "p2.in_force.cagr"),
        ("digital-grants", "p3.bri.grants.cagr"),
        ("green-outbound", "green.turn"),
    ],
)
def test_words_that_print_a_fact_say_which(name: str, fact: str, language: str) -> None:
    marks = marks_of(shipped_drawing(name, language).value.frame)
    assert any(mark.fact == fact and isinstance(mark.item, GlyphRun) for mark in marks)


@both
def test_a_value_in_a_cell_of_a_heat_map_is_legible(language: str) -> None:
    marks = marks_of(shipped_drawing("regions-fields", language).value.frame)
    cells = [(mark.x, mark.y, mark.item) for mark in marks if isinstance(mark.item, Shape) and mark.item.fill]
    checked = 0
    for mark in marks:
        if not isinstance(mark.item, GlyphRun):
            continue
        under = [c.fill for x, y, c in cells if c.fill and _holds(c, mark.x - x + 1, mark.y - y - 1)]
        if under:
            checked += 1
            assert contrast_ratio(under[0], mark.item.color) >= 4.5
    assert checked == 60


def _holds(shape: Shape, x: float, y: float) -> bool:
    """Say whether a rectangle holds a point."""
    points = [segment[1:3] for segment in shape.path if segment[0] in "ml"]
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    return min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys) and max(xs) - min(xs) > 30


@both
def test_only_the_chosen_growth_has_a_stem_and_a_strong_number(language: str) -> None:
    frame = shipped_drawing("technology-fields", language).value.frame
    level = [
        shape
        for shape in shapes_of(frame)
        if shape.stroke is not None and len(shape.path) == 2 and shape.path[0][2] == shape.path[1][2]
    ]
    rates = {run.text: run.face for run in _runs(frame) if run.text.endswith("%")}
    assert len(level) == 1
    assert [text for text, face in rates.items() if "Bold" in face] == ["30.2%"]


def _runs(frame: Frame) -> list[GlyphRun]:
    found: list[GlyphRun] = []
    for placed in frame.items:
        if isinstance(placed.item, GlyphRun):
            found.append(placed.item)
        elif isinstance(placed.item, Group):
            found += _runs(placed.item.frame)
    return found
