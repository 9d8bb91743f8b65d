"""A part's opener: its accent to the bleed, words and key numbers clear of each other, its own series as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_samples import (
    content_ids,
    document,
    laid_out,
    logical_text,
    paragraph,
    runs,
    section,
    setting,
    style,
    walk,
    words,
)
from special_pages import SERIES, collisions, crossings, ink, outside, paths, with_part

from reportgen.base.color import contrast_ratio
from reportgen.base.diagnostics import Result
from reportgen.base.frame import Element, GlyphRun, Group, Page, Publication
from reportgen.edition.document import ComposedDocument, KeyNumber, KeyNumbers
from reportgen.layout.display.number_grid import column_count
from reportgen.layout.display.opener import part_series
from reportgen.layout.publish import lay_out

LANGS = ("zh-CN", "en-GB")
EDITIONS = pytest.mark.parametrize("lang", LANGS)
ACCENTS = pytest.mark.parametrize("accent", ["part1", "part2", "part3", "part4"])
TITLE = {
    "zh-CN": "数字“一带一路”建设专利创新强劲",
    "en-GB": "China’s patent activity in partner countries grows in volume and reach",
}
THESIS = {
    "zh-CN": "中国企业走向共建国家的步伐加快，专利申请与授权同步增长，布局范围和参与主体不断扩大，优势领域更加鲜明。",
    "en-GB": "Partner countries continue to have confidence in the Chinese market and in the protection of "
    "intellectual property in China. Their applications grow steadily, their patents in force grow fast, and each "
    "region has its own technological profile.",
}
NUMBERS = (
    ("70,000", "", "patent applications in all"),
    ("21.3", "%", "申请量年均增速"),
    ("7.0", "万件", "partner countries and related organizations with applications from China"),
    ("123,456,789", "million", "Chinese companies active in all"),
    ("9,496", "家", "累计开展专利活动的中国企业"),
)


def opened(
    lang: str, title: str = "", *numbers: tuple[str, str, str], accent: str = "part1"
) -> Result[Publication]:
    part = with_part(lang, title or TITLE[lang], THESIS[lang], *(numbers or NUMBERS[:4]), accent=accent)
    return publish(part, lang)


def publish(
    composed: ComposedDocument, lang: str, series: Sequence[Sequence[float]] = SERIES
) -> Result[Publication]:
    return lay_out(composed, {}, style(lang), setting(lang), series)


def opener(publication: Publication) -> Page:
    return next(page for page in publication.pages if page.label == "1")


def spread(lang: str) -> tuple[Page, Page]:
    """Return an opener and the page that faces it."""
    pages = opened(lang).value.pages
    recto = next(index for index, page in enumerate(pages) if page.label == "1")
    return pages[recto - 1], pages[recto]


def part_of(publication: Publication) -> Element:
    return next(element for element in walk(publication.structure) if element.role == "Part")


def lines(page: Page) -> Group:
    (found,) = [item.item for item in page.frame.items if isinstance(item.item, Group)]
    return found


@EDITIONS
@ACCENTS
def test_the_ground_is_the_accent_to_the_bleed_and_nothing_goes_beyond(lang: str, accent: str) -> None:
    page, geometry = opener(opened(lang, accent=accent).value), style(lang).page
    left = top = -geometry.bleed
    right, bottom = geometry.trim.width + geometry.bleed, geometry.trim.height + geometry.bleed
    shapes = list(paths(page.frame))
    assert shapes[0][1].fill == style(lang).colors[accent]
    assert set(shapes[0][2]) == {(left, top), (right, top), (right, bottom), (left, bottom)}
    for _, _, points in shapes:
        assert all(left - 0.01 <= x <= right + 0.01 and top - 0.01 <= y <= bottom + 0.01 for x, y in points)


@EDITIONS
@ACCENTS
def test_words_stand_out_from_the_accent(lang: str, accent: str) -> None:
    ground = style(lang).colors[accent]
    for _, run in runs(opener(opened(lang, accent=accent).value)):
        assert contrast_ratio(run.color, ground) >= 4.5, "WCAG 2.2, 1.4.3"


@EDITIONS
@ACCENTS
def test_no_paint_needs_more_than_300_per_cent_of_ink(lang: str, accent: str) -> None:
    page = opener(opened(lang, accent=accent).value)
    paints = [run.color for _, run in runs(page)]
    for _, shape, _ in paths(page.frame):
        paints += [color for color in (shape.fill, shape.stroke.color if shape.stroke else None) if color]
    assert all(sum(color.cmyk) <= 3.0 for color in paints)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(LANGS),
    st.text("国家专利“”洞 Patents", min_size=1, max_size=160).filter(str.strip),
    st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=5),
)
def test_words_of_any_length_stand_clear_in_the_type_area(
    lang: str, title: str, numbers: list[tuple[str, str, str]]
) -> None:
    result = opened(lang, title, *numbers)
    page = opener(result.value)
    assert not result.diagnostics
    assert collisions(ink(page)) == []
    assert outside(ink(page), style(lang)) == []


@settings(deadline=None, max_examples=30)
@given(
    st.integers(2, 5),
    st.lists(st.integers(0, 999_999_999), min_size=5, max_size=5),
    st.sampled_from(("", "%", "万件", "million patents")),
)
def test_key_numbers_are_of_one_size_and_keep_to_their_columns(
    count: int, values: list[int], unit: str
) -> None:
    numbers = [(f"{value:,}", unit, "what it counts") for value in values[:count]]
    page = opener(opened("en-GB", "", *numbers).value)
    printed = [(at, run) for at, run in runs(page) if at.fact]
    columns = len({round(at.x, 2) for at, _ in printed})
    measure = style("en-GB").page.measure
    assert "".join(run.text for _, run in printed) == "".join(value for value, _, _ in numbers)
    assert len({run.size for _, run in printed}) == 1
    assert columns == column_count(count) or (count, columns) == (3, 2)
    assert all(run.width <= (measure - 24 * (columns - 1)) / columns for _, run in printed)
    assert collisions(ink(page)) == []


def test_two_numbers_stand_in_a_row_or_three_where_two_would_leave_a_hole() -> None:
    assert [column_count(n) for n in range(1, 7)] == [2, 2, 3, 2, 3, 3]


def test_three_numbers_too_long_for_a_row_stand_two_and_one() -> None:
    for value, columns in (("21.3", 3), ("123,456,789", 2)):
        page = opener(opened("en-GB", "", *[(value, "%", "what it counts")] * 3).value)
        assert len({round(at.x, 2) for at, run in runs(page) if at.fact}) == columns


@EDITIONS
def test_the_key_numbers_end_on_the_foot_of_the_type_area(lang: str) -> None:
    page = style(lang).page
    lowest = max(at.y for at, _ in runs(opener(opened(lang).value)))
    assert lowest == pytest.approx(page.top + page.height, abs=5.0)


@EDITIONS
def test_a_title_takes_lines_of_like_length_and_steps_down_in_size_before_it_moves_up(lang: str) -> None:
    full = style(lang).paragraphs["opener-title"].text.size
    short, long = (title_lines(opened(lang, TITLE["en-GB"] * n).value) for n in (1, 3))
    assert {size for size, _, _ in short} == {full}
    assert min(width for _, _, width in short) > 0.6 * max(width for _, _, width in short)
    assert max(size for size, _, _ in long) < full
    assert long[0][1] == pytest.approx(short[0][1], abs=full)


def title_lines(publication: Publication) -> list[tuple[float, float, float]]:
    """Return (size, baseline, width) of each line of an opener's title."""
    title = [(at, run) for at, run in runs(opener(publication)) if at.content is not None and not at.fact]
    size = max(run.size for _, run in title)
    widths: dict[float, float] = {}
    for at, run in title:
        if run.size == size:
            widths[at.y] = widths.get(at.y, 0.0) + run.width
    return [(size, y, width) for y, width in widths.items()]


def test_too_many_words_are_said_to_be_too_many() -> None:
    part = with_part("zh-CN", "题" * 400, "文" * 400, *NUMBERS)
    messages = [fault.message for fault in publish(part, "zh-CN").diagnostics]
    assert "the opener of Part 1 has more words than its page holds" in messages


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(LANGS), st.integers(20, 420), st.integers(0, 200), st.integers(2, 5))
def test_words_are_clear_of_each_other_and_of_the_numeral_or_said_to_be_too_many(
    lang: str, title: int, thesis: int, count: int
) -> None:
    part = with_part(lang, "题" * title, "文" * thesis, *NUMBERS[:count])
    result = publish(part, lang)
    page = opener(result.value)
    boxes = ink(page, tagged=False)
    inside = outside(ink(page), style(lang)) == []
    assert result.diagnostics or (collisions(boxes) == [] and inside)


@EDITIONS
def test_only_the_numeral_that_repeats_the_heading_is_no_content(lang: str) -> None:
    page = opener(opened(lang).value)
    assert [run.text for at, run in runs(page) if at.content is None] == ["1"]
    assert all(at.content is None for at in page.frame.items if not isinstance(at.item, GlyphRun))


@EDITIONS
def test_the_opener_is_read_from_heading_to_key_numbers(lang: str) -> None:
    publication = opened(lang).value
    part = part_of(publication)
    roles = [child.role for child in part.children if not isinstance(child, int)]
    heading, thesis, numbers = (child for child in part.children if not isinstance(child, int))
    assert roles == ["H1", "P", "L"]
    assert logical_text(publication, heading) == "Part 1" + TITLE[lang]
    assert logical_text(publication, thesis) == THESIS[lang]
    items = [child for child in numbers.children if not isinstance(child, int)]
    assert [logical_text(publication, item) for item in items] == ["".join(number) for number in NUMBERS[:4]]
    assert len(set(content_ids(part))) == len(list(content_ids(part)))


@EDITIONS
def test_values_know_their_facts(lang: str) -> None:
    printed = {at.fact: run.text for at, run in runs(opener(opened(lang).value)) if at.fact}
    assert printed == {f"fact-{n}": NUMBERS[n][0] for n in range(4)}


def test_a_part_draws_its_own_share_of_the_series() -> None:
    series = tuple((float(n), 1.0) for n in range(8))
    assert [part_series(series, n, 4) for n in range(4)] == [
        series[0:2],
        series[2:4],
        series[4:6],
        series[6:8],
    ]
    assert [part_series(series[:3], n, 2) for n in range(2)] == [series[0:1], series[1:3]]
    assert part_series(series[:2], 2, 3) == series[:2]


def test_a_corrected_number_remakes_the_lines_of_its_own_part_only() -> None:
    parts = [section("part", title) for title in ("第一部分", "第二部分")]
    composed = document(parts[0], replace(parts[1], anchor="second"))
    corrected = (*SERIES[:3], (900.0, 1980.0, 4290.0))
    before, after = (publish(composed, "zh-CN", series).value for series in (SERIES, corrected))
    art = [
        [item.item for page in book.pages[1:] for item in page.frame.items if isinstance(item.item, Group)]
        for book in (before, after)
    ]
    assert [one == other for one, other in zip(*art, strict=True)] == [True, True, False, False]


def test_an_opener_without_thesis_and_numbers_has_its_title() -> None:
    publication = laid_out(document(section("part", "只有题目"))).value
    assert logical_text(publication, part_of(publication)) == "第一部分只有题目"


def test_key_numbers_in_running_text_take_whole_lines() -> None:
    numbers = KeyNumbers(tuple(KeyNumber("1,234", "件", words("申请量" * 20), "f") for _ in range(3)))
    publication = laid_out(document(section("summary", "概要", numbers, paragraph(3)))).value
    page = next(page for page in publication.pages if page.label == "1")
    assert collisions(ink(page)) == []
    assert [run.text for at, run in runs(page) if at.fact] == ["1,234"] * 3


@EDITIONS
def test_the_page_left_free_before_an_opener_is_the_other_half_of_its_spread(lang: str) -> None:
    verso, recto = spread(lang)
    assert (verso.side, recto.side) == ("verso", "recto")
    assert next(paths(verso.frame))[1].fill == next(paths(recto.frame))[1].fill == style(lang).colors["part1"]
    assert not list(runs(verso))
    assert all(item.artifact == "Background" and item.content is None for item in verso.frame.items)


@EDITIONS
def test_the_lines_of_a_spread_meet_in_the_gutter(lang: str) -> None:
    verso, recto = spread(lang)
    left, right = crossings(verso.frame, style(lang).page.trim.width), crossings(recto.frame, 0.0)
    assert len(left) == len(right) > 20
    assert all(abs(one - other) < 0.4 for one, other in zip(left, right, strict=True))
    assert right[-1] - right[0] > 20
