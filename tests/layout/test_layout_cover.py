"""The cover: blue to the bleed, words in the type area, lines that keep clear of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_samples import logical_text, runs, setting, style
from special_pages import SERIES, collisions, ink, outside, paths, with_cover

from reportgen.base.color import contrast_ratio
from reportgen.base.diagnostics import Result
from reportgen.base.frame import GlyphRun, Group, Placed, Publication
from reportgen.layout.publish import lay_out

TITLES = {
    "zh-CN": ("中国与共建“一带一路”国家", "专利洞察"),
    "en-GB": ("Patent Insights:", "China and Belt and Road", "Partner Countries"),
}
EDITIONS = pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])


def covered(lang: str, *title: str, series: Sequence[Sequence[float]] = SERIES) -> Result[Publication]:
    document = with_cover(lang, *(title or TITLES[lang]))
    return lay_out(document, {}, style(lang), setting(lang), series)


def art(publication: Publication) -> tuple[Placed, Group]:
    (found,) = [i for i in publication.pages[0].frame.items if isinstance(i.item, Group)]
    assert isinstance(found.item, Group)
    return found, found.item


@EDITIONS
def test_the_ground_reaches_the_bleed_and_nothing_goes_beyond(lang: str) -> None:
    page, geometry = covered(lang).value.pages[0], style(lang).page
    left = top = -geometry.bleed
    right, bottom = geometry.trim.width + geometry.bleed, geometry.trim.height + geometry.bleed
    shapes = list(paths(page.frame))
    assert set(shapes[0][2]) == {(left, top), (right, top), (right, bottom), (left, bottom)}
    for _, _, points in shapes:
        assert all(left - 0.01 <= x <= right + 0.01 and top - 0.01 <= y <= bottom + 0.01 for x, y in points)


@EDITIONS
def test_all_words_are_content_and_all_else_is_background(lang: str) -> None:
    for item in covered(lang).value.pages[0].frame.items:
        if isinstance(item.item, GlyphRun):
            assert item.content is not None
        elif not isinstance(item.item, Group | GlyphRun):
            assert item.content is None
    assert art(covered(lang).value)[0].artifact == "Background"


@EDITIONS
def test_words_stand_in_the_type_area_and_touch_neither_each_other_nor_the_lines(lang: str) -> None:
    publication = covered(lang).value
    boxes = ink(publication.pages[0])
    place, group = art(publication)
    assert collisions(boxes) == []
    assert outside(boxes, style(lang)) == []
    assert all(box.bottom <= place.y or box.top >= place.y + group.frame.height for box in boxes)


@settings(deadline=None, max_examples=25)
@given(
    st.sampled_from(("zh-CN", "en-GB")),
    st.lists(
        st.text("国家专利“”洞 Patents", min_size=1, max_size=90).filter(str.strip), min_size=1, max_size=5
    ),
)
def test_a_title_of_any_length_is_set_clear_or_refused(lang: str, title: list[str]) -> None:
    result = covered(lang, *title)
    boxes = ink(result.value.pages[0])
    refused = any("too long for the cover" in fault.message for fault in result.diagnostics)
    assert refused or (collisions(boxes), outside(boxes, style(lang))) == ([], [])
    place, group = art(result.value)
    assert all(box.bottom <= place.y or box.top >= place.y + group.frame.height for box in boxes)


def test_a_title_that_leaves_no_room_says_so() -> None:
    assert [f.message for f in covered("zh-CN", *["题" * 90] * 6).diagnostics] == [
        "the title is too long for the cover"
    ]


@EDITIONS
def test_the_title_is_as_large_as_its_longest_line_allows(lang: str) -> None:
    sizes = {run.size for _, run in runs(covered(lang).value.pages[0])}
    longer = {run.size for _, run in runs(covered(lang, *TITLES[lang], TITLES[lang][0] * 2).value.pages[0])}
    assert max(sizes) >= 32 > max(longer)


@EDITIONS
def test_words_stand_out_from_the_ground(lang: str) -> None:
    ground = style(lang).colors["blue"]
    for _, run in runs(covered(lang).value.pages[0]):
        assert contrast_ratio(run.color, ground) >= 7, "WCAG 2.2, 1.4.6"


def test_the_title_is_one_paragraph_and_reads_with_spaces() -> None:
    publication = covered("en-GB").value
    (front,) = [child for child in publication.structure.children if not isinstance(child, int)]
    title = next(child for child in front.children if not isinstance(child, int))
    spoken = [child.actual for child in title.children if not isinstance(child, int)]
    assert title.role == "P"
    assert spoken == ["Patent Insights: ", "China and Belt and Road "]
    assert logical_text(publication, title).endswith("Partner Countries")


def test_a_corrected_number_remakes_the_art_and_nothing_else() -> None:
    before, after = (
        covered("zh-CN").value,
        covered("zh-CN", series=(*SERIES[:3], (900.0, 1980.0, 4290.0))).value,
    )
    assert art(before)[1] != art(after)[1]
    kept = [
        [item for item in p.pages[0].frame.items if not isinstance(item.item, Group)] for p in (before, after)
    ]
    assert kept[0] == kept[1]


def test_without_series_the_cover_has_its_words_and_no_lines() -> None:
    publication = covered("zh-CN", series=()).value
    assert art(publication)[1].frame.items == ()
    assert "专利洞察" in logical_text(publication)
