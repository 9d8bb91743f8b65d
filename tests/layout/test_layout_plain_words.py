"""What the pages say in plain characters of words that are more: bookmarks, descriptions of links, running heads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from layout_samples import contents, document, dump, laid_out, paragraph, section, walk, words

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Link, Publication
from reportgen.edition.document import (
    BREAK,
    CrossReference,
    Heading,
    Hyperlink,
    Inlines,
    Note,
    NoteReference,
    Paragraph,
    Text,
)

KINDS: dict[str, tuple[Inlines, str]] = {
    "mark": ((Text("规模"), Text("扩大", ("strong",))), "规模扩大"),
    "language": ((Text("专利"), Text("patent", lang="en")), "专利patent"),
    "fact": ((Text("7.0万", fact="a.total"), Text("件")), "7.0万件"),
    "soft hyphen": ((Text("ap\u00adplications"),), "applications"),
    "reference": ((Text("见"), CrossReference("part", "第一部分")), "见第一部分"),
    "footnote mark": ((Text("规模"), NoteReference("n", "①")), "规模"),
    "link": ((Hyperlink("https://x.org", (Text("our"), Text(BREAK), Text("site"))),), "our site"),
    "break between Western words": ((Text("one"), Text(BREAK), Text("two")), "one two"),
    "break between Chinese words": ((Text("规模"), Text(BREAK), Text("扩大")), "规模扩大"),
}


def _links(publication: Publication) -> list[Link]:
    marks = (placed.item for page in publication.pages for placed in page.frame.items)
    return [item for item in marks if isinstance(item, Link)]


@pytest.mark.parametrize(("title", "expected"), KINDS.values(), ids=KINDS)
def test_title_is_plain_in_bookmarks_contents_and_running_heads(title: Inlines, expected: str) -> None:
    heading = Heading(2, title, "heading")
    part = replace(section("part", "", heading, paragraph(90)), title=title, running_head=())
    book = document(contents(part), part, notes={"n": Note("①", words("注。"))})
    publication = laid_out(book).value
    bookmark = publication.outline[-1]
    assert (bookmark.title, bookmark.children[0].title) == (f"第一部分 {expected}", expected)
    assert [link.description for link in _links(publication) if link.target == "#heading"] == [expected]
    assert any(line.endswith(f" {expected}") for page in publication.pages[4:] for line in dump(page)[:1])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ((Text("our"), Text(BREAK), Text("site", ("strong",))), "our site"),
        ((Text("统计"), Text(BREAK), Text("局")), "统计局"),
        ((Text("ap\u00adplications"),), "applications"),
    ],
)
def test_link_is_described_in_one_line(content: tuple[Text, ...], expected: str) -> None:
    line = Paragraph((Text("见"), Hyperlink("https://x.org", content), Text("。")))
    publication = unwrap(laid_out(document(section("summary", "概要", line))))
    assert {link.description for link in _links(publication)} == {expected}


def test_alternative_text_is_the_drawings_own_whatever_the_caption_holds() -> None:
    from layout_samples import figure

    shown = replace(figure("1-1"), caption=(Text("甲"), Text(BREAK), Text("乙"), NoteReference("n", "①")))
    book = document(section("summary", "概要", shown), notes={"n": Note("①", words("注。"))})
    publication = laid_out(book, {"1-1": 100.0}).value
    (found,) = (element for element in walk(publication.structure) if element.role == "Figure")
    assert found.alt == "1-1的图示"
