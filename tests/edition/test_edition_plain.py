"""Words as plain characters: what each kind of inline becomes where nothing but characters can stand."""

from __future__ import annotations

import pytest
from edition_world import ENGLISH, MANUSCRIPT, composed

from reportgen.edition import document as doc
from reportgen.edition.contents_lists import repeated
from reportgen.edition.document import BREAK, Text, plain

NOTE, PAGE = doc.NoteReference("n", "①"), doc.PageNumber("a")
KINDS = {
    "text": ((Text("申请"), Text("Words")), "申请Words"),
    "mark": ((Text("强", ("strong",)), Text("弱", ("emphasis",)), Text("ipr", ("small-caps",))), "强弱ipr"),
    "language": ((Text("专利"), Text("patent", lang="en")), "专利patent"),
    "fact": ((Text("7.0万", fact="a.total"), Text("件")), "7.0万件"),
    "claim": ((Text("近八成", claim="a.big"),), "近八成"),
    "literal": ((Text("PCT\u00a02 "), Text("a b")), "PCT\u00a02 a b"),
    "superscript": ((Text("m²"),), "m²"),
    "soft hyphen": ((Text("ap\u00adplications"),), "applications"),
    "reference": ((Text("见"), doc.CrossReference("fig-a", "图1-1")), "见图1-1"),
    "page number": ((Text("甲"), PAGE), "甲"),
    "footnote mark": ((Text("甲"), NOTE, Text("乙")), "甲乙"),
    "link": ((doc.Hyperlink("https://x.org", (Text("x"), Text(".org", ("strong",)))),), "x.org"),
    "break in a link": (
        (doc.Hyperlink("https://x.org", (Text("our"), Text(BREAK), Text("site"))),),
        "our site",
    ),
    "break between Western words": ((Text("one"), Text(BREAK), Text("two")), "one two"),
    "break after a space": ((Text("one "), Text(BREAK), Text("two")), "one two"),
    "break between Chinese words": ((Text("一"), Text(BREAK), Text("二")), "一二"),
    "break between scripts": ((Text("共"), Text(BREAK), Text("Words")), "共Words"),
    "break after a Chinese mark": ((Text("一，"), Text(BREAK), Text("two")), "一，two"),
    "break beside a footnote mark": ((Text("one"), NOTE, Text(BREAK), Text("two")), "one two"),
    "nothing": ((), ""),
}


@pytest.mark.parametrize(("content", "expected"), KINDS.values(), ids=KINDS)
def test_inlines_become_one_line_of_characters(content: doc.Inlines, expected: str) -> None:
    assert plain(content) == expected


@pytest.mark.parametrize(("content", "expected"), KINDS.values(), ids=KINDS)
def test_words_are_repeated_on_one_line_without_footnote_marks(content: doc.Inlines, expected: str) -> None:
    again = repeated(content)
    assert not any(isinstance(inline, doc.NoteReference) for inline in again)
    assert BREAK not in "".join(inline.text for inline in again if isinstance(inline, doc.Text))
    assert plain(again) == expected


BROKEN = ENGLISH | {
    "part1": "Scale\\\nand growth",
    "part1-total": "All\\\ntotals",
    "part1.key1": "{a.total:int}\\\nitems | patent\\\napplications",
    "fig-yearly.caption": "Applications,\\\n{a.period:years}",
}


def test_break_in_a_title_does_not_reach_running_heads_contents_and_lists() -> None:
    sections = {section.kind: section for section in composed("en", english=BROKEN).value.sections}
    part = sections["part"]
    assert plain(part.title) == "Scale and growth"
    lists = [b for kind in ("contents", "figures") for b in sections[kind].blocks]  # type: ignore[index]
    entries = [entry for block in lists if isinstance(block, doc.ContentsList) for entry in block.entries]
    words = ["".join(i.text for i in entry.content if isinstance(i, doc.Text)) for entry in entries]
    assert {"Scale and growth", "All totals", "Applications, 2022–2023"} <= set(words)


def test_break_in_a_caption_does_not_reach_the_annex_and_the_key_number() -> None:
    document = composed("en", english=BROKEN).value
    (table,) = (b for s in document.sections for b in s.blocks if isinstance(b, doc.Table))
    assert "".join(i.text for i in table.caption if isinstance(i, doc.Text)) == "Applications, 2022–2023"
    (numbers,) = (s.key_numbers.numbers for s in document.sections if s.key_numbers)
    assert (numbers[0].value, numbers[0].unit) == ("70,000", "items")


def test_break_in_a_caption_does_not_reach_the_names_of_attachments() -> None:
    text = MANUSCRIPT.replace("{a.period:years}年申请量", "{a.period:years}年\\\n申请量")
    document = composed(text=text).value
    assert [a.description for a in document.attachments] == ["图1-1数据（CSV）", "报告数据包"]


def test_break_in_a_glossarys_term_does_not_change_its_place() -> None:
    english = ENGLISH | {"glossary.term1": "patent\\\nright", "glossary.term2": "patent pool"}
    (terms,) = (
        b.entries
        for s in composed("en", english=english).value.sections
        for b in s.blocks
        if isinstance(b, doc.Definitions) and s.kind == "glossary"
    )
    assert [plain(term) for term, _ in terms] == ["patent pool", "patent right"]
