"""The cover as one sheet: back, spine and front beside each other, folded at both edges of the spine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from layout_samples import fonts, runs, setting, style
from special_pages import SERIES, crossings, paths, with_cover

from reportgen.base.color import WHITE
from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Frame, GlyphRun, Group, Page, Placed, Publication
from reportgen.base.units import Pt, mm
from reportgen.layout.cover.sheet import lay_out_cover
from reportgen.layout.publish import lay_out
from reportgen.pdf.profile import press
from reportgen.pdf.read.preflight import preflight
from reportgen.pdf.write.file import write_pdf

EDITIONS = pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
SPINE: Pt = mm(15)


def book(lang: str = "zh-CN") -> Publication:
    return unwrap(lay_out(with_cover(lang, "题", "目"), {}, style(lang), setting(lang), SERIES))


def cover(title: str = "中国专利洞察", lang: str = "zh-CN", spine: Pt = SPINE) -> Publication:
    document = replace(with_cover(lang, "题", "目"), title=title)
    return unwrap(lay_out_cover(book(lang), document, style(lang), setting(lang), SERIES, spine))


def sheet(title: str = "中国专利洞察", lang: str = "zh-CN", spine: Pt = SPINE) -> Page:
    (page,) = cover(title, lang, spine).pages
    return page


def groups(page: Page) -> Iterator[tuple[Placed, Group]]:
    """Yield what runs over spine and back, then the front."""
    return ((at, at.item) for at in page.frame.items if isinstance(at.item, Group))


def on_spine(title: str, lang: str, spine: Pt = SPINE) -> list[tuple[Placed, GlyphRun]]:
    return list(runs(sheet(title, lang, spine)))


def test_the_sheet_is_back_spine_and_front_beside_each_other() -> None:
    page, (width, height) = sheet(), style().page.trim
    assert (page.frame.width, page.frame.height) == pytest.approx((2 * width + SPINE, height))
    assert page.folds == pytest.approx((width, width + SPINE))
    _, (at, front) = groups(page)
    assert (at.x, front.frame) == (pytest.approx(width + SPINE), book().pages[0].frame)


def test_the_cover_is_a_publication_of_its_own_name() -> None:
    one, other = cover(), book()
    assert one.metadata == replace(other.metadata, identifier="id.cover")
    assert (one.bleed, one.outline, one.attachments) == (other.bleed, (), ())


def test_the_fronts_ground_runs_over_spine_and_back_to_the_bleed() -> None:
    page, bleed = sheet(), style().page.bleed
    _, ground, points = next(paths(page.frame))
    assert ground.fill == style().colors["blue"]
    right, bottom = page.frame.width + bleed, page.frame.height + bleed
    assert {(round(x, 3), round(y, 3)) for x, y in points} == {
        (round(x, 3), round(y, 3)) for x in (-bleed, right) for y in (-bleed, bottom)
    }


def test_a_chinese_title_stands_upright_on_the_spine() -> None:
    title = on_spine("中国专利洞察", "zh-CN")
    middle = style().page.trim.width + SPINE / 2
    assert [run.text for _, run in title] == list("中国专利洞察")
    assert [at.y for at, _ in title] == sorted(at.y for at, _ in title)
    assert all(at.x + run.width / 2 == pytest.approx(middle) and run.angle == 0 for at, run in title)


def test_quotation_marks_stand_upright_in_a_chinese_title_and_are_read_as_they_are_written() -> None:
    title = on_spine("“一带一路”", "zh-CN")
    assert "".join(run.text for _, run in title) == "“一带一路”"
    middle = style().page.trim.width + SPINE / 2
    assert [at.x + run.width / 2 for at, run in title] == pytest.approx([middle] * 6)
    plain = setting().fonts.face(title[0][1].face).glyph_of("“")
    assert title[0][1].glyphs[0] != plain


def test_white_space_is_a_gap_in_a_chinese_title() -> None:
    steps = [at.y for at, _ in on_spine("中国 专利", "zh-CN")]
    assert steps[2] - steps[1] == pytest.approx(2 * (steps[1] - steps[0]))


def test_a_western_title_is_turned_to_read_downwards() -> None:
    title = on_spine("Patent insights", "en-GB")
    assert "".join(run.text for _, run in title) == "Patent insights"
    assert {run.angle for _, run in title} == {-90.0}


@EDITIONS
def test_a_long_title_is_set_smaller_to_stay_on_the_spine(lang: str) -> None:
    title = on_spine(("Patent insights " if lang == "en-GB" else "专利") * 60, lang)
    last, run = title[-1]
    end = last.y + (run.width if run.angle else 0.0)
    assert end <= style(lang).page.trim.height - mm(19)


@EDITIONS
def test_the_spine_is_lettered_in_the_faces_of_the_style(lang: str) -> None:
    """Another family for titles in the style is another face on the spine."""
    own = style(lang)
    title = replace(own.paragraphs["title"].text, family="serif")
    other = replace(own, paragraphs={**own.paragraphs, "title": replace(own.paragraphs["title"], text=title)})
    document = replace(with_cover(lang, "题"), title="题 Title")
    pages = [
        unwrap(lay_out_cover(book(lang), document, look, setting(lang), SERIES, SPINE)).pages[0]
        for look in (own, other)
    ]
    faces = [{run.face for _, run in runs(page)} for page in pages]
    assert all("Sans" in face and "Bold" in face for face in faces[0])
    assert all("Serif" in face for face in faces[1])
    assert {run.color for page in pages for _, run in runs(page)} == {own.colors["white"]}
    assert own.colors["white"].rgb == WHITE.rgb


@EDITIONS
def test_a_narrow_spine_bears_no_text(lang: str) -> None:
    assert on_spine("题", lang, mm(4.9)) == []
    assert on_spine("题", lang, mm(5)) != []


@EDITIONS
@pytest.mark.parametrize("spine", [0.0, SPINE, mm(90)])
def test_the_lines_run_on_from_the_front_over_spine_and_back(lang: str, spine: Pt) -> None:
    page, (width, _) = sheet("题", lang, spine), style(lang).page.trim
    (_, wrap), (_, front) = groups(page)
    beyond, before = crossings(wrap.frame, 0.0), crossings(front.frame, 0.0)
    assert len(beyond) == len(before) > 40
    assert all(abs(one - other) < 0.4 for one, other in zip(beyond, before, strict=True))
    assert (
        min(x for _, _, points in paths(wrap.frame) for x, _ in points) <= -width - spine - style().page.bleed
    )
    assert all(item.artifact == "Background" for item in wrap.frame.items)


def test_what_runs_on_reaches_the_edge_of_the_back_and_no_word_of_the_front() -> None:
    (at, wrap), _ = groups(sheet())
    assert wrap.clip is not None
    xs = [segment[1] for segment in wrap.clip if len(segment) == 3]
    assert (at.x + min(xs), max(xs)) == (pytest.approx(-style().page.bleed), 0.0)


def test_without_series_the_cover_is_its_ground_and_words() -> None:
    document = with_cover("zh-CN", "题")
    laid = unwrap(lay_out_cover(book(), document, style(), setting(), (), SPINE))
    (_, wrap), _ = groups(laid.pages[0])
    assert wrap.frame == Frame(*style().page.trim, wrap.frame.items)
    assert list(paths(wrap.frame)) == []


@EDITIONS
def test_a_cover_passes_preflight_and_is_drawn(lang: str) -> None:
    data = unwrap(write_pdf(cover("题 Title", lang), press(), fonts()))
    assert preflight(data, press()).diagnostics == ()
    assert pypdfium2.PdfDocument(data)[0].render().to_pil().getextrema() != ((255, 255),) * 3
