"""Any document at all: whatever blocks follow each other, pages are made and hold together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_samples import (
    CHINESE,
    ENGLISH,
    content_ids,
    contents,
    document,
    figure,
    laid_out,
    logical_text,
    paragraph,
    refer,
    section,
    style,
    table,
    words,
)

from reportgen.base.frame import Anchor, GlyphRun, Link
from reportgen.edition.document import (
    Block,
    Bullets,
    Definitions,
    Heading,
    KeyNumber,
    KeyNumbers,
    NoteReference,
    PageNumber,
    Paragraph,
    Point,
    Points,
    Section,
    Text,
)
from reportgen.edition.document import Note as FootNote

KINDS = ("imprint", "guide", "summary", "part", "annex", "methods", "glossary", "colophon")
TEXTS = st.sampled_from([CHINESE, ENGLISH, "短。", "2013—2023年25.8%", "a" * 300, ""])


@st.composite
def blocks(draw: st.DrawFn, number: int) -> Block:
    text = draw(TEXTS)
    kind = draw(st.integers(0, 8))
    if kind == 0:
        return Heading(draw(st.integers(2, 3)), words(text), f"h{number}")
    if kind == 1:
        return Points((Point("一是", words(text), words(text * 3)), Point("二是", words("引语"), ())))
    if kind == 2:
        return Bullets(("1.", "10."), (words(text), words(CHINESE)))
    if kind == 3:
        return Definitions(
            ((words(text), words(CHINESE)), ((*words("甲"), Text("term", lang="en")), words(text)))
        )
    if kind == 4:
        return KeyNumbers(
            tuple(KeyNumber("12,345", "万件", words(text), "f") for _ in range(draw(st.integers(1, 4))))
        )
    if kind == 5:
        return replace(figure(f"f{number}"), caption=words(text))
    if kind == 6:
        return replace(table(draw(st.integers(0, 70)), f"t{number}"), caption=words(text))
    if kind == 7:
        return Paragraph((Text(text), NoteReference("a", "①"), PageNumber("end"), Text(text * 4)))
    return paragraph(draw(st.integers(1, 30)))


@st.composite
def sections(draw: st.DrawFn) -> tuple[Section, ...]:
    done: list[Section] = []
    number = 0
    for index, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=5))):
        inside: list[Block] = []
        for _ in range(draw(st.integers(0, 6))):
            inside.append(draw(blocks(number)))
            number += 1
        done.append(replace(section(kind, f"题{index}", *inside), anchor=f"s{index}"))  # type: ignore[arg-type]
    end = section("methods", "末", *(paragraph(1, refer(f"f{n}")) for n in _figures(done)))
    return (*done, replace(end, anchor="end"))


def _figures(parts: list[Section]) -> list[int]:
    anchors = [getattr(block, "anchor", "") for part in parts for block in part.blocks]
    return [int(anchor[5:]) for anchor in anchors if anchor.startswith("fig-f")]


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
@settings(deadline=None, max_examples=15)
@given(parts=sections())
def test_any_document_is_laid_out(lang: str, parts: tuple[Section, ...]) -> None:
    composed = document(contents(*parts), *parts, lang=lang, notes={"a": FootNote("①", words(CHINESE * 2))})
    heights = {f"f{n}": 40.0 + 97 * n % 500 for n in range(40)}
    result = laid_out(composed, heights, lang)
    publication = result.value
    assert not result.errors
    listed = list(content_ids(publication.structure))
    assert len(listed) == len(set(listed))
    width, height = style(lang).page.trim
    anchors: set[str] = set()
    targets: set[str] = set()
    for page in publication.pages:
        for item in page.frame.items:
            if isinstance(item.item, Anchor):
                anchors.add(item.item.name)
            if isinstance(item.item, Link):
                targets.add(item.item.target)
            if isinstance(item.item, GlyphRun) and item.content is not None:
                assert item.content in listed
                assert 0 <= item.y <= height
                assert 0 <= item.x <= width
    assert {target[1:] for target in targets if target.startswith("#")} <= anchors
    assert logical_text(publication).count("末") >= 1
