"""The theme of charts: what it says, what may be laid over it, and that everyone can see it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from chart_setting import LANG, SETTING, STYLE
from color_vision import DEFICIENCIES, ciede2000, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from reportgen.base.color import WHITE, contrast_ratio
from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Frame, GlyphRun, Group, Shape
from reportgen.base.house import load_style
from reportgen.base.places import PlacedFile
from reportgen.base.settings import Setting, settings_of
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.charts.inks import Inks
from reportgen.charts.renderer import new_figure, record_figure
from reportgen.charts.theme import Theme, load_theme

THEME = unwrap(load_theme(STYLE))


def laid_over(tables: Any) -> Setting:
    """Return tables as a report would lay them over the theme."""
    return settings_of(PlacedFile("report.toml", tables))


ACCENTS = ("blue", "part1", "part2", "part3", "part4")
THEMES = {ink: unwrap(THEME.with_accent(ink)) for ink in ACCENTS}
TOGETHER = [
    ("accent", "soft"), ("accent", "contrast"), ("accent", "muted"),
    ("accent", "muted-line"), ("soft", "contrast"), ("contrast", "muted"),
]  # fmt: skip
"""Parts that charts set against each other; ``soft`` never stands beside ``muted``."""

TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11, level AA."""

CLEAR = 15.0
"""CIEDE2000 that two areas side by side must differ by; about 2.3 is just noticeable, 10 is told at a glance."""


def _contrast(theme: Theme, part: str, ground: str = "paper") -> float:
    colors = [theme.inks.color(theme.parts[name].ink, theme.parts[name].tint) for name in (part, ground)]
    return contrast_ratio(*colors)


# ---- seen by everyone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ink", ACCENTS)
@pytest.mark.parametrize("part", ["text", "quiet", "accent", "contrast"])
def test_words_stand_out_from_paper(ink: str, part: str) -> None:
    assert _contrast(THEMES[ink], part) >= TEXT_CONTRAST


@pytest.mark.parametrize("ink", ACCENTS)
@pytest.mark.parametrize("part", ["accent", "soft", "contrast", "muted", "muted-line", "axis"])
def test_marks_stand_out_from_paper(ink: str, part: str) -> None:
    assert _contrast(THEMES[ink], part) >= MARK_CONTRAST


@pytest.mark.parametrize("ink", ACCENTS)
@pytest.mark.parametrize("part", ["accent", "soft", "contrast", "muted"])
def test_words_stand_out_from_the_mark_they_stand_on(ink: str, part: str) -> None:
    theme = THEMES[ink]
    on = "text" if theme.on(theme.rgb(part)) == theme.rgb("text") else "paper"
    assert _contrast(theme, on, part) >= TEXT_CONTRAST


@pytest.mark.parametrize("ink", ACCENTS)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_parts_used_together_differ_to_every_eye(ink: str, deficiency: str, one: str, other: str) -> None:
    theme = THEMES[ink]
    assert ciede2000(seen(theme.rgb(one), deficiency), seen(theme.rgb(other), deficiency)) >= CLEAR


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ],
)
def test_difference_is_that_of_the_published_pairs(one: Any, other: Any, difference: float) -> None:
    # G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 Color-Difference Formula", 2005, table 1.
    assert ciede2000(one, other) == pytest.approx(difference, abs=1e-4)


def test_measure_of_seeing_knows_a_pair_that_fails() -> None:
    red, green = to_rgb("#c8371f"), to_rgb("#2a7539")
    assert ciede2000(seen(red, "none"), seen(green, "none")) > CLEAR
    assert ciede2000(seen(red, "protanopia"), seen(green, "protanopia")) < CLEAR


@pytest.mark.parametrize("ink", ACCENTS)
def test_table_of_the_manual_tells_what_is_measured(ink: str) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "theme.md").read_text(encoding="utf-8")
    row = next(line for line in manual.splitlines() if line.startswith(f"| `{ink}`"))
    theme, color = THEMES[ink], STYLE.colors[ink]
    least = [
        min(ciede2000(seen(theme.rgb("accent"), d), seen(theme.rgb(other), d)) for d in DEFICIENCIES)
        for other in ("soft", "contrast")
    ]
    cells = [
        f"`{ink}`",
        " ".join(str(round(100 * v)) for v in color.cmyk),
        "`#" + "".join(f"{round(255 * v):02x}" for v in color.rgb) + "`",
        f"{_contrast(theme, 'accent'):.1f}",
        f"{_contrast(theme, 'soft'):.1f}",
        f"{_contrast(theme, 'text', 'soft'):.1f}",
        f"{least[0]:.0f}",
        f"{least[1]:.0f} (`{theme.parts['contrast'].ink}`)",
    ]
    assert row == f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("name", sorted(STYLE.colors))
def test_ink_on_paper_stays_below_300_per_cent(name: str) -> None:
    assert sum(STYLE.colors[name].cmyk) <= 3.0


@pytest.mark.parametrize("ink", ACCENTS)
@pytest.mark.parametrize("steps", [2, 5, 9, 20])
def test_every_shade_carries_readable_words(ink: str, steps: int) -> None:
    shades = THEMES[ink].shades("accent", steps)
    brightness = [sum(shade) for shade in shades]
    assert brightness == sorted(brightness, reverse=True)
    assert all(
        contrast_ratio(replace(WHITE, rgb=THEME.on(shade)), replace(WHITE, rgb=shade)) >= TEXT_CONTRAST
        for shade in shades
    )


# ---- as data ---------------------------------------------------------------------------------------------------


SMALL = ("note", "value-small", "value-small-strong")


def test_words_are_eight_to_eight_and_a_half_points_and_small_ones_no_less_than_seven_and_a_half() -> None:
    assert all(8 <= look.size <= 8.5 for name, look in THEME.texts.items() if name not in SMALL)
    assert all(7.5 <= THEME.texts[name].size < 8 for name in SMALL)


@pytest.mark.parametrize("section", ["texts", "lines", "lengths", "ratios"])
def test_manual_names_every_target(section: str) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "theme.md").read_text(encoding="utf-8")
    missing = [name for name in THEME.settings.at(section).members if f"`{name}`" not in manual]
    assert missing == []


def test_target_takes_from_its_base_what_it_does_not_say() -> None:
    theme = unwrap(THEME.merged(laid_over({"texts": {"text": {"size": "9pt"}, "label": {"part": "quiet"}}})))
    assert (theme.texts["label"].size, theme.texts["label"].part) == (9, "quiet")
    assert theme.texts["value-strong"].size == 9
    assert theme.texts["title"].size == 8.5


def test_report_may_add_a_target_of_its_own() -> None:
    theme = unwrap(THEME.merged(laid_over({"lines": {"target": {"base": "reference", "part": "contrast"}}})))
    assert theme.lines["target"].dashes == THEME.lines["reference"].dashes
    assert theme.line("target")["color"] == theme.rgb("vermilion")


def test_part_played_by_a_part_multiplies_tints() -> None:
    theme = unwrap(
        THEME.merged(
            laid_over(
                {"parts": {"accent": {"ink": "part2", "tint": 0.5}, "soft": {"ink": "accent", "tint": 0.4}}}
            )
        )
    )
    assert (theme.parts["soft"].ink, theme.parts["soft"].tint) == ("part2", pytest.approx(0.2))


def test_accent_brings_what_goes_with_it() -> None:
    assert THEMES["part4"].parts["contrast"].ink == "blue"
    assert THEMES["part1"].parts["contrast"].ink == "vermilion"
    assert {theme.parts["soft"].ink for theme in THEMES.values()} == set(ACCENTS)


def test_laying_over_leaves_the_theme_as_it_was() -> None:
    before = THEME.texts["label"]
    THEME.merged(laid_over({"texts": {"label": {"size": "20pt"}}}))
    assert THEME.texts["label"] == before


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"parts": {"accent": {"ink": "bleu"}}}, "there is no ink bleu"),
        ({"parts": {"a": {"ink": "b"}, "b": {"ink": "a"}}}, "plays itself"),
        ({"parts": {"accent": "blue"}}, "parts.accent is 'blue', not a table"),
        ({"parts": {"soft": {"tint": 3}}}, "soft.tint is 3"),
        ({"texts": {"label": {"sise": "8pt"}}}, "texts.label has no key sise"),
        ({"texts": {"label": {"size": "8"}}}, "texts.label.size is '8', not a length"),
        ({"texts": {"label": {"base": "nothing"}}}, "texts.label.base: there is no table nothing"),
        ({"texts": {"label": {"base": "label"}}}, "builds on itself"),
        ({"texts": {"label": {"weight": "fat"}}}, "weight is 'fat'"),
        ({"texts": {"label": {"italic": "yes"}}}, "italic is 'yes'"),
        ({"texts": {"label": {"leading": 0}}}, "leading is 0"),
        ({"lines": {"grid": {"part": "nothing"}}}, "there is no part nothing"),
        ({"lines": {"grid": {"dashes": "3pt"}}}, "dashes is '3pt'"),
        ({"lines": 3}, "lines is 3, not a table"),
        ({"parts": 3}, "parts is 3, not a table"),
        ({"accents": 3}, "accents is 3, not a table"),
        ({"colours": {}}, "the file has no key colours"),
        ({"ratios": {"bar": 7}}, "ratios.bar is 7"),
        ({"ratios": {"barr": 0.7}}, "ratios has no key barr"),
        ({"lengths": {"tik": "2pt"}}, "lengths has no key tik"),
    ],
)
def test_fault_names_what_is_wrong(tables: Any, message: str) -> None:
    (fault,) = load_theme(STYLE, laid_over(tables)).errors
    assert message in fault.message
    assert fault.place is not None


def test_a_report_s_slip_in_a_table_that_others_build_on_is_told_once_at_its_own_line() -> None:
    text = '[style.charts.texts.text]\nsize = "9pt"\n\nweigth = "bold"\n'
    file = load_toml(World.of_files({"report.toml": text}), "report.toml").value
    style = unwrap(load_style("en-GB", settings_of(file).at("style")))
    result = load_theme(style, style.charts)
    assert [str(fault) for fault in result.errors] == [
        "report.toml:4:1: error: style.charts.texts.text has no key weigth\n  hint: did you mean weight?"
    ]
    assert result.value.texts["label"].size == 9


def test_all_faults_are_found_at_once() -> None:
    tables = {"parts": {"accent": {"ink": "bleu"}}, "texts": {"note": {"size": "x"}}, "lengths": {"tick": 4}}
    assert len(load_theme(STYLE, laid_over(tables)).errors) >= 3


_junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["blue", "3pt", "label", "text"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["parts", "texts", "lines", "label", "accent", "ink", "base", "size"]), inner
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["parts", "accents", "texts", "lines", "lengths", "ratios", "other"]), _junk
    )
)
@settings(max_examples=150, deadline=None)
def test_any_tables_give_a_theme_or_faults(tables: Any) -> None:
    result = load_theme(STYLE, laid_over(tables))
    assert isinstance(result.value, Theme)


# ---- in matplotlib ---------------------------------------------------------------------------------------------


def test_context_leaves_the_settings_as_they_were() -> None:
    before = dict(matplotlib.rcParams)
    with THEME.context():
        assert matplotlib.rcParams["font.size"] == 8
        assert dict(matplotlib.rcParams) != before
    assert dict(matplotlib.rcParams) == before


def test_settings_of_a_person_do_not_reach_the_chart() -> None:
    with matplotlib.rc_context({"lines.marker": "o", "axes.unicode_minus": False}), THEME.context():
        assert matplotlib.rcParams["lines.marker"] == "None"
        assert matplotlib.rcParams["axes.unicode_minus"]


def test_every_colour_of_the_settings_is_an_ink() -> None:
    inks = Inks.of(STYLE)
    colors = {k: v for k, v in THEME.rc().items() if isinstance(v, tuple)}
    assert len(colors) >= 6
    assert all(inks.color_of(value) for value in colors.values())


def _dressed(values: Any) -> Any:
    with THEME.context():
        figure = new_figure(200, 100, STYLE, SETTING, LANG)
        axes = figure.add_axes((0.1, 0.2, 0.8, 0.7))
        axes.bar([2021, 2022, 2023], [1, 2, 3], color=THEME.rgb("accent"))
        THEME.apply(axes, values)
        return record_figure(figure, STYLE, SETTING, LANG)


def test_dressed_axes_leave_no_colour_outside_the_inks() -> None:
    assert _dressed("y").diagnostics == ()


def _lines(frame: Frame) -> Iterator[Shape]:
    for mark in frame.items:
        if isinstance(mark.item, Group):
            yield from _lines(mark.item.frame)
        if isinstance(mark.item, Shape) and mark.item.stroke and not mark.item.fill:
            yield mark.item


@pytest.mark.parametrize("values", ["x", "y"])
def test_dressed_axes_have_a_grid_across_values_a_base_line_and_nothing_else(values: Any) -> None:
    lines: dict[str, list[str]] = {name: [] for name in ("grid", "base", "other")}
    looks = {THEME.line(name)["linewidth"]: key for name, key in (("grid", "grid"), ("axis", "base"))}
    for line in _lines(_dressed(values).value):
        (_, x0, y0), (_, x1, y1) = line.path  # type: ignore[misc]
        along = "x" if y0 == y1 else "y" if x0 == x1 else "other"
        lines[looks.get(line.stroke.width, "other")].append(along)  # type: ignore[union-attr]
    across = "x" if values == "y" else "y"
    assert set(lines["grid"]) == {across}
    assert len(lines["grid"]) >= 3
    assert lines["base"] == [across]
    assert lines["other"] == []


@pytest.mark.parametrize("values", ["x", "y"])
def test_grid_inside_the_axes_needs_no_clip(values: Any) -> None:
    frame = _dressed(values).value
    assert sum(isinstance(mark.item, Group) for mark in frame.items) <= 1


def test_dressed_axes_set_labels_in_the_themes_face_and_size() -> None:
    runs = [m.item for m in _dressed("y").value.items if isinstance(m.item, GlyphRun)]
    assert {(run.face, run.size) for run in runs} == {("NotoSansSC-Regular", 8.0)}
    assert {run.color.cmyk for run in runs} == {STYLE.colors["black"].cmyk}


def test_dashes_are_as_long_as_the_theme_says() -> None:
    with THEME.context():
        figure = new_figure(100, 50, STYLE, SETTING, LANG)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.axis("off")
        axes.plot([0, 1], [0, 1], **THEME.line("estimate"))
        frame = record_figure(figure, STYLE, SETTING, LANG).value
    (mark,) = frame.items
    assert isinstance(mark.item, Shape)
    assert mark.item.stroke is not None
    assert (mark.item.stroke.dashes, mark.item.stroke.width) == ((3, 2), 1.8)


@pytest.mark.parametrize("name", sorted(THEME.texts))
def test_every_text_target_is_set_as_it_says(name: str) -> None:
    look = THEME.texts[name]
    with THEME.context():
        figure = new_figure(100, 50, STYLE, SETTING, LANG)
        figure.text(0.1, 0.5, "12", **THEME.text(name))
        frame = record_figure(figure, STYLE, SETTING, LANG).value
    (mark,) = frame.items
    assert isinstance(mark.item, GlyphRun)
    assert mark.item.size == look.size
    assert mark.item.face == ("NotoSansSC-Bold" if look.weight == "bold" else "NotoSansSC-Regular")
    assert THEME.character(name).size == look.size


def test_paper_and_inks_of_the_test_are_the_styles() -> None:
    assert THEME.inks.color("white").rgb == WHITE.rgb
    pairs = list(itertools.combinations(ACCENTS, 2))
    assert all(THEMES[a].rgb("accent") != THEMES[b].rgb("accent") for a, b in pairs)
