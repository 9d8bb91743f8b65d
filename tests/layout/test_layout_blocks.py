"""Blocks of running text as a reader sees them: goldens of small pages, and the rules of each kind."""

from __future__ import annotations

import pytest
from layout_samples import (
    CHINESE,
    ENGLISH,
    body_pages,
    document,
    dump,
    figure,
    laid_out,
    logical_text,
    paragraph,
    refer,
    runs,
    section,
    style,
    walk,
    words,
)

from reportgen.base.diagnostics import Span
from reportgen.base.frame import Anchor, Element, Link
from reportgen.edition.document import (
    Bullets,
    Definitions,
    Heading,
    Hyperlink,
    KeyNumber,
    KeyNumbers,
    PageNumber,
    Paragraph,
    Point,
    Points,
    Text,
)
from reportgen.layout.blocks.prose import TERMS, break_costs
from reportgen.layout.flowing import FORBIDDEN


def _roles(element: Element) -> list[object]:
    """Return the roles below an element, nested as they are."""
    return [
        (child.role, *_roles(child)) if _roles(child) else child.role
        for child in element.children
        if isinstance(child, Element)
    ]


def _sect(blocks: tuple[object, ...]) -> Element:
    publication = laid_out(document(section("summary", "概要", *blocks))).value  # type: ignore[arg-type]
    return [e for e in walk(publication.structure) if e.role == "Sect"][-1]


def test_a_page_of_text_heading_and_figure() -> None:
    blocks = [Heading(2, words("小标题"), "h"), paragraph(1, refer("1-1")), figure("1-1"), paragraph(1)]
    publication = laid_out(document(section("summary", "概要", *blocks)), {"1-1": 105.0}).value
    assert dump(body_pages(publication)[0]) == [
        " 135.5 概要",
        " 185.5 小标题",
        " 205.5 知识产权是创新发展的内在需要，也是国际经贸往来的通行规则。面向未来，各国知识产权机构",
        " 223.0 一道完善合作机制，促进知识共享，让创新成果更好惠及各国人民。图1-1",
        " 240.5 知识产权是创新发展的内在需要，也是国际经贸往来的通行规则。面向未来，各国知识产权机构",
        " 258.0 一道完善合作机制，促进知识共享，让创新成果更好惠及各国人民。",
        " 415.7 图1-1申请量单位：件",
        " 430.4 注：有的数值是估计值。",
        " 441.4 来源：本报告。",
        " 769.0 1",
    ]


def test_findings_show_marker_lead_and_text_on_the_grid() -> None:
    points = Points(
        (
            Point("一是", words("扩面。"), words("申请增加。")),
            Point("二是", words("活跃。"), words("授权增加。")),
        )
    )
    publication = laid_out(document(section("summary", "概要", points))).value
    assert dump(body_pages(publication)[0])[1:-1] == [
        " 188.0 一是扩面。",
        " 205.5 申请增加。",
        " 240.5 二是活跃。",
        " 258.0 授权增加。",
    ]
    assert logical_text(publication).endswith("一是扩面。申请增加。二是活跃。授权增加。")


def test_lists_are_lists_for_a_screen_reader() -> None:
    blocks = (
        Bullets(("•", "•"), (words("甲"), words("乙"))),
        Definitions(((words("术语"), words("释义")),)),
        Points((Point("一是", words("扩面。"), words("增加。")),)),
    )
    assert _roles(_sect(blocks)) == [
        "H1",
        ("L", ("LI", "Lbl", "LBody"), ("LI", "Lbl", "LBody")),
        ("L", ("LI", "Lbl", "LBody")),
        ("L", ("LI", "Lbl", ("LBody", "P"))),
    ]


def test_a_term_and_its_meaning_stand_on_one_line() -> None:
    block = Definitions(((words("术语"), words("释义")), (words("另一术语"), words("另一释义"))))
    publication = laid_out(document(section("glossary", "名词", block))).value
    assert dump(body_pages(publication)[0])[1:-1] == [" 188.0 术语释义", " 205.5 另一术语另一释义"]


def test_a_term_in_another_language_is_marked_with_its_language() -> None:
    term = (Text("发明专利"), Text("invention patent", lang="en"))
    publication = laid_out(document(section("glossary", "名词", Definitions(((term, words("释义")),))))).value
    span = next(e for e in walk(publication.structure) if e.role == "Span")
    assert span.lang == "en"
    assert logical_text(publication, span) == "invention patent"


def test_key_numbers_carry_their_fact() -> None:
    numbers = KeyNumbers((KeyNumber("7.0", "万件", words("累计申请"), "p1.total"),))
    publication = laid_out(document(section("summary", "概要", numbers))).value
    facts = {run.text: item.fact for page in publication.pages for item, run in runs(page)}
    assert facts["7.0"] == "p1.total"


def test_marks_carry_the_place_and_the_fact_they_print() -> None:
    place = Span("data/manuscript/10.md", 3, 5)
    block = Paragraph((Text("累计"), Text("57", fact="s.agreements", span=place), Text("个")))
    publication = laid_out(document(section("summary", "概要", block))).value
    found = {run.text: (item.fact, item.span) for page in publication.pages for item, run in runs(page)}
    assert found["57"] == ("s.agreements", place)


def test_a_page_number_is_that_of_its_anchor() -> None:
    first = section(
        "summary", "概要", Paragraph((Text("见第"), PageNumber("methods"), Text("页"))), paragraph(70)
    )
    publication = laid_out(document(first, section("methods", "方法", paragraph(2)))).value
    assert "见第5页" in logical_text(publication)


def test_words_that_lead_out_of_the_document_are_links_with_a_description() -> None:
    block = Paragraph((Hyperlink("https://example.org/", (Text("网站"),)),))
    publication = laid_out(document(section("summary", "概要", block))).value
    links = [i.item for page in publication.pages for i in page.frame.items if isinstance(i.item, Link)]
    assert [(link.target, link.description) for link in links] == [("https://example.org/", "网站")]


def test_every_bookmark_leads_to_an_anchor_on_a_page() -> None:
    blocks = (
        Heading(2, words("甲"), "a"),
        Heading(3, words("乙"), "b"),
        Heading(2, words("丙"), "c"),
        paragraph(1),
    )
    publication = laid_out(document(section("part", "第一", *blocks))).value
    anchors = {
        i.item.name for page in publication.pages for i in page.frame.items if isinstance(i.item, Anchor)
    }
    (part,) = publication.outline
    assert part.title == "第一部分 第一"
    assert [(e.title, [b.title for b in e.children]) for e in part.children] == [("甲", ["乙"]), ("丙", [])]
    assert {part.target, *(e.target for e in part.children)} <= anchors


def test_three_lines_are_not_divided_and_four_are_in_the_middle() -> None:
    body = style().paragraphs["body"]
    assert break_costs(3, body, 2.5) == (FORBIDDEN, FORBIDDEN, 0.0)
    assert break_costs(4, body, 2.5) == (FORBIDDEN, 2.5, FORBIDDEN, 0.0)


def test_an_unknown_paragraph_style_is_an_error() -> None:
    result = laid_out(document(section("summary", "概要", Paragraph(words("字"), style="bodyy"))))
    assert [d.message for d in result.errors] == ["the style has no paragraph style bodyy"]


def test_an_english_paragraph_below_a_heading_is_not_indented_and_a_chinese_one_is() -> None:
    for lang, text, indented in (("en-GB", ENGLISH, [False, True]), ("zh-CN", CHINESE, [True, True])):
        blocks = (Heading(2, words("H"), "h"), Paragraph(words(text)), Paragraph(words(text)))
        publication = laid_out(document(section("summary", "S", *blocks), lang=lang), lang=lang).value
        left = style(lang).page.inner
        starts = [
            item.x > left + 1 for item, run in runs(body_pages(publication)[0]) if run.text[:4] == text[:4]
        ]
        assert starts == indented


def test_meanings_begin_as_near_the_widest_term_as_it_lets_them() -> None:
    geometry = style().page
    starts = []
    for terms in (("甲", "E"), ("版本", "甲"), ("国际检索单位、国际初步审查单位及受理单位", "E")):
        block = Definitions(tuple((words(term), words("释义")) for term in terms))
        page = body_pages(laid_out(document(section("glossary", "名词", block))).value)[0]
        starts.append({item.x - geometry.inner for item, run in runs(page) if run.text == "释义"})
    one, two, far = (start for found in starts for start in found)
    term = style().paragraphs["term"].text.size
    assert two - one == pytest.approx(term)
    assert one < 3 * term
    assert far == pytest.approx(TERMS * geometry.measure)


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
def test_ragged_text_keeps_its_words_whole(lang: str) -> None:
    assert [s.name for s in style(lang).paragraphs.values() if s.align != "justify" and s.hyphenate] == []
