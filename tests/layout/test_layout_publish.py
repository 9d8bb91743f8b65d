"""The laid-out book: what must hold on every page, whatever is printed on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_samples import (
    CHINESE,
    ENGLISH,
    body_pages,
    content_ids,
    contents,
    document,
    drawings,
    figure,
    groups,
    laid_out,
    logical_text,
    paragraph,
    refer,
    runs,
    section,
    setting,
    style,
    table,
    walk,
    words,
)

from reportgen.base.diagnostics import Result, Span
from reportgen.base.frame import Anchor, Drawing, GlyphRun, Link, Publication
from reportgen.edition.document import (
    Block,
    Bullets,
    ContentsEntry,
    ContentsList,
    Definitions,
    Heading,
    Note,
    NoteReference,
    PageNumber,
    Paragraph,
    Points,
    Section,
    SectionKind,
    TableCell,
    Text,
)
from reportgen.layout import publish
from reportgen.layout.flowing import Row
from reportgen.layout.pages.chapter import Chapter, chapter
from reportgen.layout.publish import lay_out
from reportgen.layout.typeset.typesetter import ParagraphKey, Typesetter
from reportgen.text.paragraph import Line


def test_a_page_count_is_even_and_parts_open_on_a_recto() -> None:
    part = section("part", "第一部分的题目", paragraph(60))
    publication = laid_out(document(part)).value
    opener = next(i for i, page in enumerate(publication.pages) if page.label == "1")
    assert len(publication.pages) % 2 == 0
    assert publication.pages[opener].side == "recto"
    assert [page.side for page in publication.pages[:4]] == ["recto", "verso", "recto", "verso"]


@pytest.mark.parametrize("before", [1, 2])
@pytest.mark.parametrize(
    ("kind", "side"),
    [
        ("contents", "recto"), ("summary", "recto"), ("part", "recto"), ("annex", "recto"), ("imprint", "verso"),
        ("colophon", "verso"),
    ],
)  # fmt: skip
def test_a_section_begins_on_the_side_of_its_kind(kind: SectionKind, side: str, before: int) -> None:
    """However many pages stand before it, a blank one is put in where it is needed."""
    others = [section("guide", "说明", paragraph(1)), section("glossary", "术语", paragraph(1))][:before]
    pages = laid_out(document(*others, section(kind, "题目", paragraph(1)))).value.pages
    (page,) = (
        p for p in pages if any(isinstance(i.item, Anchor) and i.item.name == kind for i in p.frame.items)
    )
    assert page.side == side


def test_figures_keep_their_order_whichever_is_called_first() -> None:
    """A figure waits for those before it: numbers that jump about send readers back and forth."""
    blocks = (
        paragraph(9, refer("1-2")),
        figure("1-1"),
        figure("1-2"),
        paragraph(60, refer("1-1")),
        paragraph(9),
    )
    composed = document(section("part", "第一", *blocks))
    setter = Typesetter(composed, style(), setting(), {})
    flow = chapter(setter, composed.sections[0], drawings({"1-1": 90.0, "1-2": 90.0})).flow
    assert [entry.anchor for entry in flow.floats] == ["fig-1-1", "fig-1-2"]
    assert flow.floats[0].call <= flow.floats[1].call
    assert flow.floats[0].after <= flow.floats[1].after


def test_no_page_before_a_part_is_blank() -> None:
    parts = [section("part", "题目", paragraph(n)) for n in (2, 60, 2, 90, 2)]
    pages = laid_out(document(*parts)).value.pages
    openers = [
        n for n, page in enumerate(pages) if any(r.text == "题目" and r.size > 18 for _, r in runs(page))
    ]
    assert len(openers) == len(parts)
    assert all(pages[n].side == "recto" and pages[n - 1].frame.items for n in openers)


def test_front_matter_is_counted_in_roman_and_the_body_begins_at_one() -> None:
    summary = section("summary", "执行概要", paragraph(2))
    publication = laid_out(
        document(contents(summary), section("guide", "阅读说明", paragraph(2)), summary)
    ).value
    assert [(page.label, page.label_style) for page in publication.pages] == [
        ("", "none"), ("ii", "roman"), ("iii", "roman"), ("iv", "roman"), ("1", "decimal"), ("2", "decimal"),
    ]  # fmt: skip


def test_contents_print_the_pages_where_the_sections_begin() -> None:
    parts = [
        section("summary", "执行概要", paragraph(70)),
        section("methods", "方法", Heading(2, words("数据来源"), "sources"), paragraph(2)),
    ]
    publication = laid_out(document(contents(*parts), *parts)).value
    printed = [logical_text(publication, e) for e in walk(publication.structure) if e.role == "TOCI"]
    methods = next(
        p for p in body_pages(publication) if any(r.text == "方法" and i.content for i, r in runs(p))
    )
    assert printed == ["执行概要1", f"方法{methods.label}", f"数据来源{methods.label}"]
    assert int(methods.label) > 3


@settings(deadline=None, max_examples=12)
@given(st.lists(st.integers(1, 14), min_size=1, max_size=14), st.lists(st.integers(60, 400), max_size=4))
def test_every_word_appears_once_in_reading_order(lengths: list[int], heights: list[int]) -> None:
    blocks = [paragraph(n) for n in lengths]
    names = [f"1-{n + 1}" for n in range(len(heights))]
    blocks[0] = paragraph(lengths[0], *(refer(name) for name in names))
    composed = document(section("summary", "概要", *blocks, *(figure(name) for name in names)))
    result = laid_out(composed, dict(zip(names, map(float, heights), strict=True)))
    below = "".join(f"图{name}申请量单位：件注：有的数值是估计值。来源：本报告。" for name in names)
    mentions = "".join(f"图{name}" for name in names)
    first, *rest = lengths
    expected = "概要" + CHINESE * first + mentions + "".join(CHINESE * n for n in rest) + below
    assert not result.diagnostics
    text = logical_text(result.value)
    assert text[text.index("概要") :] == expected


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
@settings(deadline=None, max_examples=10)
@given(
    lengths=st.lists(st.integers(1, 9), min_size=2, max_size=12),
    heights=st.lists(st.integers(60, 400), max_size=4),
    rows=st.integers(1, 60),
)
def test_body_baselines_stand_on_the_grid_inside_the_type_area(
    lang: str, lengths: list[int], heights: list[int], rows: int
) -> None:
    """Whatever stands above them: figures, headings, tables, footnotes; on facing pages alike."""
    names = [f"1-{n + 1}" for n in range(len(heights))]
    text = ENGLISH if lang == "en-GB" else CHINESE
    blocks: list[Block] = [Paragraph(words(text * n)) for n in lengths]
    note = (Text(text), NoteReference("a", "A"), Text(text))
    blocks[0] = Paragraph((*note, *(refer(name) for name in names)))
    blocks[1:1] = [Heading(2, words(text[:20]), "h"), table(rows)]
    composed = document(
        section("summary", "概要", *blocks, *(figure(name) for name in names)),
        lang=lang,
        notes={"a": Note("A", words(text * 3))},
    )
    publication = laid_out(composed, dict(zip(names, map(float, heights), strict=True)), lang).value
    _assert_on_grid(publication, lang)


def _assert_on_grid(publication: Publication, lang: str = "zh-CN") -> None:
    page_style = style(lang).page
    body = style(lang).paragraphs["body"].text
    seen = 0
    for page in body_pages(publication):
        left = page_style.inner if page.side == "recto" else page_style.outer
        for item, run in runs(page):
            if item.content is None:
                continue
            assert left - 0.01 <= item.x
            assert item.x + run.width <= left + page_style.measure + 0.6 * run.size
            assert page_style.top < item.y <= page_style.top + page_style.height
            if run.face.startswith(("NotoSerif", "SourceSerif")) and run.size == body.size:
                steps = (item.y - page_style.top - page_style.first_baseline) / page_style.leading
                assert abs(steps - round(steps)) * page_style.leading <= 0.01
                seen += 1
    assert seen


@settings(deadline=None, max_examples=10)
@given(st.lists(st.integers(1, 9), min_size=6, max_size=20))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(lengths: list[int]) -> None:
    publication = laid_out(document(section("summary", "概要", *(paragraph(n) for n in lengths)))).value
    lines_of: dict[int, set[float]] = {}
    for page in body_pages(publication):
        for item, _ in runs(page):
            if item.content is not None:
                lines_of.setdefault(item.content, set()).add(item.y)
    for element in walk(publication.structure):
        ids = [child for child in element.children if isinstance(child, int)]
        if element.role == "P" and len(ids) > 1:
            assert all(len(lines_of[i]) >= 2 for i in ids)


def test_a_footnote_stands_on_the_page_of_its_mark_and_follows_it_in_reading_order() -> None:
    blocks = [paragraph(8), Paragraph((Text("绿色"), NoteReference("a", "A"), Text("发展。"))), paragraph(30)]
    notes = {"a": Note("A", words("绿色发展理念。"))}
    publication = laid_out(document(section("summary", "概要", *blocks), notes=notes)).value
    where = {
        run.text: (index, item.y) for index, page in enumerate(publication.pages) for item, run in runs(page)
    }
    assert where["绿色发展理念。"][0] == where["绿色"][0]
    assert where["绿色发展理念。"][1] > where["发展。"][1]
    assert "绿色AA绿色发展理念。发展。" in logical_text(publication)
    note = next(e for e in walk(publication.structure) if e.role == "Note")
    assert note.id == "note-a"


def test_every_content_id_belongs_to_one_element_and_one_page() -> None:
    blocks = [paragraph(9, refer("1-1")), figure("1-1"), paragraph(30), table(60)]
    publication = laid_out(document(section("summary", "概要", *blocks)), {"1-1": 200.0}).value
    listed = list(content_ids(publication.structure))
    drawn = [{i.content for i in page.frame.items if i.content is not None} for page in publication.pages]
    assert len(listed) == len(set(listed))
    assert sum(map(len, drawn)) == len(set().union(*drawn))
    assert set(listed) == set().union(*drawn)


def test_links_belong_to_link_elements_and_lead_to_anchors() -> None:
    part = section("summary", "概要", paragraph(2, refer("1-1")), figure("1-1"))
    publication = laid_out(document(contents(part), part), {"1-1": 100.0}).value
    owners = {i: e.role for e in walk(publication.structure) for i in e.children if isinstance(i, int)}
    links = [i for page in publication.pages for i in page.frame.items if isinstance(i.item, Link)]
    assert len(links) == 2
    assert {owners[link.content] for link in links if link.content} == {"Link"}


def test_a_figure_element_has_its_alternative_text_its_place_and_its_file() -> None:
    publication = laid_out(document(section("summary", "概要", figure("1-1"))), {"1-1": 100.0}).value
    element = next(e for e in walk(publication.structure) if e.role == "Figure")
    index, x, y, width, height = element.bounds or (0, 0.0, 0.0, 0.0, 0.0)
    drawn, _ = next(groups(publication.pages[index]))
    assert element.alt == "1-1的图示"
    assert (drawn.x, drawn.y) == pytest.approx((x, y))
    assert (width, height) == (style().page.measure, 100.0)


def test_a_missing_drawing_and_one_too_tall_are_errors_and_the_book_is_still_made() -> None:
    blocks = [paragraph(2, refer("1-1"), refer("1-2")), figure("1-1"), figure("1-2")]
    result = laid_out(document(section("summary", "概要", *blocks)), {"1-2": 5000.0})
    messages = [d.message for d in result.errors]
    assert "there is no drawing 1-1" in messages
    assert any("1-2 is" in m and "taller than the page" in m for m in messages)
    assert len(result.value.pages) >= 4


@pytest.mark.parametrize("lines", [1, 30, 31, 32, 33, 34, 38])
def test_a_figure_is_too_tall_as_soon_as_its_caption_leaves_the_page(lines: int) -> None:
    page = style().page
    composed = document(section("part", "第一", paragraph(1, refer("1-1")), figure("1-1")))
    result = laid_out(composed, {"1-1": lines * page.leading})
    setter = Typesetter(composed, style(), setting(), {})
    words_below = chapter(setter, composed.sections[0], drawings({"1-1": 0.0})).flow.floats[0].row.lines
    assert any("taller than the page" in d.message for d in result.errors) == (
        lines + words_below > page.lines
    )


def test_a_reference_to_nothing_is_an_error() -> None:
    result = laid_out(document(section("summary", "概要", paragraph(1, refer("9-9")))))
    assert [d.message for d in result.errors] == ["nothing in the document is called fig-9-9"]


def test_running_heads_and_folios_are_artifacts_outside_the_reading_order() -> None:
    publication = laid_out(document(section("summary", "概要", paragraph(90)))).value
    for page in body_pages(publication)[1:3]:
        marks = [i for i in page.frame.items if i.artifact == "Pagination" and isinstance(i.item, GlyphRun)]
        texts = "".join(i.item.text for i in marks if isinstance(i.item, GlyphRun))
        assert texts == ("概要" if page.side == "recto" else "书名（书眉）") + page.label
        assert all(i.content is None for i in marks)


def test_running_heads_and_folios_stand_flush_with_the_outer_edge_of_the_text() -> None:
    publication, page = laid_out(document(section("summary", "概要", paragraph(90)))).value, style().page
    for sheet in body_pages(publication)[1:3]:
        marks = [(i, run) for i, run in runs(sheet) if i.artifact == "Pagination"]
        for y in {i.y for i, _ in marks}:
            line = [(i.x, i.x + run.width) for i, run in marks if i.y == y]
            if sheet.side == "verso":
                assert min(left for left, _ in line) == pytest.approx(page.outer)
            else:
                assert max(right for _, right in line) == pytest.approx(page.trim[0] - page.outer)


def test_an_entry_of_the_contents_is_a_link_that_says_its_number_and_title() -> None:
    part = section("part", "第一", Heading(2, words("甲"), "a"), paragraph(1))
    publication = laid_out(document(contents(part), part)).value
    links = [i.item for page in publication.pages for i in page.frame.items if isinstance(i.item, Link)]
    assert [(link.target, link.description) for link in links] == [("#part", "第一部分 第一"), ("#a", "甲")]


def test_a_page_that_begins_with_a_title_has_a_folio_and_no_running_head() -> None:
    publication = laid_out(document(section("summary", "概要", paragraph(60)))).value
    first = body_pages(publication)[0]
    assert [r.text for i, r in runs(first) if i.artifact == "Pagination"] == ["1"]


def test_the_same_document_is_laid_out_the_same_twice() -> None:
    composed = document(section("summary", "概要", paragraph(9, refer("1-1")), figure("1-1"), table(9)))
    assert laid_out(composed, {"1-1": 90.0}) == laid_out(composed, {"1-1": 90.0})


def test_a_document_without_sections_is_a_cover_and_its_back() -> None:
    result = laid_out(document())
    assert not result.diagnostics
    assert [page.label for page in result.value.pages] == ["", "ii"]


def test_blocks_without_content_leave_no_trace() -> None:
    blocks = (
        Paragraph(()),
        Heading(2, (), "h"),
        Points(()),
        Bullets((), ()),
        Definitions(()),
        ContentsList(()),
    )
    publication = laid_out(document(section("summary", "概要", *blocks))).value
    assert logical_text(publication).endswith("概要")


def test_tables_without_rows_or_columns_and_rows_with_too_few_or_many_cells_do_not_fail() -> None:
    whole = table(3)
    ragged = (whole.rows[0][:1], (*whole.rows[1], *whole.rows[1]), whole.rows[2])
    tables = (
        replace(whole, rows=ragged),
        replace(table(0, "2"), rows=()),
        replace(table(1, "3"), columns=()),
    )
    result = laid_out(document(section("annex", "附表", *tables)))
    assert [d.message for d in result.errors] == ["the table 3 has no columns"]


def test_something_higher_than_a_page_is_an_error() -> None:
    cell = TableCell(words(CHINESE * 80))
    high = replace(table(1), rows=((cell, cell),))
    result = laid_out(document(section("annex", "附表", high)))
    assert any("lines high; a page has 38" in d.message for d in result.errors)


def test_a_footnote_called_from_a_caption_is_an_error() -> None:
    called = replace(figure("1-1"), caption=(Text("申请量"), NoteReference("a", "A")))
    notes = {"a": Note("A", words("说明。"))}
    result = laid_out(document(section("summary", "概要", called), notes=notes), {"1-1": 90.0})
    assert any("the footnote a is called from a caption" in d.message for d in result.errors)


def test_a_footnote_may_be_called_from_a_table() -> None:
    cell = TableCell((Text("合计"), NoteReference("a", "A")), header=True)
    rows = tuple((cell, row[1]) if n == 0 else row for n, row in enumerate(table(5).rows))
    notes = {"a": Note("A", words("说明。"))}
    result = laid_out(document(section("annex", "附表", replace(table(5), rows=rows)), notes=notes))
    assert not result.diagnostics
    assert "合计AA说明。" in logical_text(result.value)


def test_a_page_number_of_nothing_is_told_at_its_own_place() -> None:
    here = Span("10.md", 7, 3)
    wrong = Paragraph((Text("见第"), PageNumber("nowhere", here), Text("页。")))
    (fault,) = laid_out(document(section("summary", "概要", wrong))).errors
    assert (fault.message, fault.place) == ("nothing in the document is called nowhere", here)


def test_a_contents_entry_that_leads_nowhere_is_an_error() -> None:
    composed = document(
        section("contents", "目录", ContentsList((ContentsEntry(1, "", words("甲"), "nowhere"),)))
    )
    assert [d.message for d in laid_out(composed).errors] == ["nothing in the document is called nowhere"]


@settings(deadline=None, max_examples=10)
@given(st.lists(st.integers(1, 9), min_size=6, max_size=20))
def test_two_lines_follow_a_heading_on_its_page(lengths: list[int]) -> None:
    blocks = [b for n, k in enumerate(lengths) for b in (Heading(2, words("小标题"), f"h{n}"), paragraph(k))]
    publication = laid_out(document(section("summary", "概要", *blocks))).value
    lines_of: dict[int, set[float]] = {}
    page_of: dict[int, int] = {}
    for index, page in enumerate(publication.pages):
        for item, _ in runs(page):
            if item.content is not None:
                lines_of.setdefault(item.content, set()).add(item.y)
                page_of[item.content] = index
    elements = [e for e in walk(publication.structure) if e.role in ("H2", "P")]
    followed = [(a, b) for a, b in pairwise(elements) if a.role == "H2"]
    assert len(followed) == len(lengths)
    for heading, after in followed:
        mine, first = next(content_ids(heading)), next(content_ids(after))
        assert page_of[mine] == page_of[first]
        assert len(lines_of[first]) >= 2


def test_page_labels_that_have_not_settled_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "RELAYOUTS", 1)
    part = section("summary", "概要", paragraph(2))
    result = laid_out(document(contents(part), part))
    assert [d.message for d in result.diagnostics] == ["the page numbers have not settled after 1 passes"]


def test_only_sections_that_print_page_labels_are_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def watched(
        typesetter: Typesetter, part: Section, drawings: Mapping[str, Drawing], above: Sequence[Row]
    ) -> Chapter:
        seen.append(part.kind)
        return chapter(typesetter, part, drawings, above)

    monkeypatch.setattr(publish, "chapter", watched)
    parts = [section("summary", "概要", paragraph(2)), section("methods", "方法", paragraph(2))]
    laid_out(document(contents(*parts), *parts))
    assert seen == ["contents", "summary", "methods", "contents"]


def test_a_cache_of_paragraphs_changes_nothing_but_the_time() -> None:
    composed = document(section("summary", "概要", paragraph(3), table(4)))
    cache: dict[ParagraphKey, Result[tuple[Line, ...]]] = {}
    first = lay_out(composed, {}, style(), setting(), (), cache)
    size = len(cache)
    assert lay_out(composed, {}, style(), setting(), (), cache) == first
    assert len(cache) == size > 0


def test_a_running_head_wider_than_the_measure_is_a_warning() -> None:
    result = laid_out(document(section("methods", "方法与来源" * 20, paragraph(2))))
    assert [d.message for d in result.diagnostics] == [
        "the running head “方法与来源方法与来源方法与来源方法与来源方法与来…” is wider than the measure"
    ]
    assert result.ok


def test_an_imprint_stands_at_the_foot_and_a_footnote_below_it() -> None:
    block = Paragraph((Text("版权所有"), NoteReference("a", "A")))
    notes = {"a": Note("A", words("说明。"))}
    publication = laid_out(document(section("imprint", "版权说明", block), notes=notes)).value
    page = style().page
    heights = {run.text: item.y - page.top for item, run in runs(publication.pages[1])}
    assert heights["版权所有"] < heights["说明。"] <= page.height
    assert heights["版权所有"] > page.height - 4 * page.leading
