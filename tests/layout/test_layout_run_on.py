"""Reports that are no books: the title at the head of the first page, sections that follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_samples import document, drawings, paragraph, section, setting, style, words

from reportgen.base.frame import Element, GlyphRun, Page, Publication
from reportgen.edition.document import (
    ComposedDocument,
    Cover,
    CrossReference,
    Figure,
    Form,
    Heading,
    Paragraph,
    Section,
)
from reportgen.layout.flowing import Float, Flow, Footnote, Row
from reportgen.layout.pages.run_on import joined
from reportgen.layout.publish import lay_out

RUN_ON = Form(cover=False, new_pages=False, spreads=False)


def part(name: str, *blocks: object, title: str | None = None, opens: bool = False) -> Section:
    made = section("part", name if title is None else title, *blocks)  # type: ignore[arg-type]
    made = replace(made, title=()) if title == "" else made
    return replace(made, anchor=name, number="", running_head=(), opens=opens)


def short(*sections: Section, form: Form = RUN_ON, lang: str = "zh-CN") -> Publication:
    return _made(replace(document(*sections, lang=lang), form=form), lang)


def _made(composed: ComposedDocument, lang: str = "zh-CN") -> Publication:
    found = lay_out(composed, drawings({"f": 200.0}, lang), style(lang), setting(lang), ())
    assert found.diagnostics == ()
    return found.value


def texts(page: Page) -> str:
    found: list[str] = []

    def walk(items: Sequence[object]) -> None:
        for placed in items:
            item = placed.item  # type: ignore[attr-defined]
            if isinstance(item, GlyphRun):
                found.append(item.text)
            elif hasattr(item, "frame"):
                walk(item.frame.items)

    walk(page.frame.items)
    return "".join(found)


def roles(element: Element) -> list[str]:
    return [
        element.role,
        *(r for child in element.children if isinstance(child, Element) for r in roles(child)),
    ]


def figure(name: str = "f") -> Figure:
    return Figure(name, "图1", f"fig-{name}", words("题"), "", (), (), None)


def calling(name: str = "f") -> Paragraph:
    return Paragraph((*words("见"), CrossReference(f"fig-{name}", "图1"), *words("。")))


def test_sections_share_a_page_and_decimal_labels_begin_at_1() -> None:
    made = short(part("a", paragraph(1)), part("b", paragraph(1)), part("c", paragraph(1)))
    (page,) = made.pages
    assert (page.label, page.side) == ("1", "recto")
    assert [entry.title for entry in made.outline] == ["a", "b", "c"]


def test_a_cover_counts_as_page_1() -> None:
    made = short(part("a", paragraph(40)), part("b", paragraph(40)), form=replace(RUN_ON, cover=True))
    assert [page.label for page in made.pages] == ["", *map(str, range(2, len(made.pages) + 1))]
    assert all((int(page.label) % 2 == 1) == (page.side == "recto") for page in made.pages[1:])


def test_running_heads_name_the_section_whose_text_stands_first() -> None:
    """Each section's text is one character again and again, its title another."""
    titles = {"甲": "金金", "乙": "木木", "丙": "水水"}
    sections = [part(title, *[Paragraph(words(char * 200))] * 9) for char, title in titles.items()]
    made = short(*sections)
    assert len(made.pages) > 3
    said = [(texts(page)[0], texts(page).removesuffix(page.label)[-2:]) for page in made.pages[2::2]]
    assert said == [(char, titles[char]) for char, _ in said]
    assert len(set(said)) > 1


def test_an_opener_begins_a_page_of_its_own_within_a_running_text() -> None:
    opened = replace(part("b", paragraph(1), opens=True), number="第二部分", thesis=words("要点。"))
    made = short(part("a", paragraph(1)), opened, part("c", paragraph(1)), form=replace(RUN_ON, spreads=True))
    kinds = [page.side for page in made.pages]
    assert kinds == ["recto", "verso", "recto", "verso"], (
        "title, the opener's other half, the opener, its text with c"
    )
    assert "c" in texts(made.pages[3])


def test_figures_stay_in_their_section() -> None:
    before = [paragraph(7) for _ in range(4)]
    made = short(part("a", *before, calling(), figure()), part("b", *(paragraph(5) for _ in range(5))))
    where = next(
        k for k, page in enumerate(made.pages) if "图1　" in texts(page) or "题" in texts(page)[-80:]
    )
    title = next(k for k, page in enumerate(made.pages) if "b" in texts(page))
    assert where <= title


@given(
    st.lists(st.tuples(st.integers(1, 4), st.lists(st.integers(0, 3), max_size=2)), min_size=1, max_size=4)
)
def test_joined_flows_keep_what_each_says(sections: list[tuple[int, list[int]]]) -> None:
    flows = [
        Flow(
            tuple(Row(1, anchors=(f"{n}-{k}",), ends=True) for k in range(rows)),
            tuple(Float(Row(3), f"{n}", min(call, rows - 1), rows - 1) for call in sorted(calls)),
            {f"note{n}": Footnote((), 1.0, f"note{n}")},
        )
        for n, (rows, calls) in enumerate(sections)
    ]
    one, starts = joined(flows)
    assert [row.anchors[0] for row in one.rows] == [
        f"{n}-{k}" for n, (c, _) in enumerate(sections) for k in range(c)
    ]
    assert [one.rows[start].anchors[0] for start in starts] == [f"{n}-0" for n in range(len(flows))]
    assert [one.rows[f.call].anchors[0] for f in one.floats] == [
        f"{n}-{f.call}" for n, flow in enumerate(flows) for f in flow.floats
    ]
    assert all(one.rows[f.after].anchors[0].split("-")[0] == f.anchor for f in one.floats)
    assert (one.barriers, set(one.notes)) == (starts[1:], {f"note{n}" for n in range(len(flows))})


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
def test_title_block_prints_all_of_it_inside_the_measure(lang: str) -> None:
    long = (
        "A Series of Very Long Statistical Names Without End"
        if lang == "en-GB"
        else "很长很长的统计简报名称" * 3
    )
    for cover in (
        Cover(("题",), (), "Bureau", "2024"),
        Cover(("题", "二"), ("副",), "Bureau", "2024", "Series", "No. 1"),
        Cover(("题",), (), "Bureau", "2024", "", "No. 1"),
        Cover((long,), (long,), long[:30], "2024", long, "No. 1"),
    ):
        composed = replace(document(part("a", paragraph(1)), lang=lang), form=RUN_ON, cover=cover)
        page = _made(composed, lang).pages[0]
        said = texts(page).replace(" ", "")
        for words_of in (*cover.title, *cover.subtitle, cover.issuer, cover.date, cover.series, cover.number):
            assert words_of.replace(" ", "") in said
        right = style(lang).page.inner + style(lang).page.measure
        for item in page.frame.items:
            if isinstance(item.item, GlyphRun):
                assert item.x + item.item.width <= right + 0.01


def test_title_is_the_first_heading_where_a_section_has_none() -> None:
    titled, untitled = (short(part("a", paragraph(1), title=title)) for title in ("甲", ""))
    assert [r for r in roles(titled.structure) if r in ("P", "H1")][:5].count("H1") == 1
    assert [r for r in roles(untitled.structure) if r == "H1"] == ["H1"]
    first = next(r for r in roles(untitled.structure) if r.startswith("H"))
    assert first == "H1"
    assert [entry.title for entry in untitled.outline] == ["书名"]


@pytest.mark.parametrize("cover", [True, False])
def test_the_first_heading_is_of_level_1_with_and_without_a_cover(cover: bool) -> None:
    blocks = (Heading(2, words("节"), "s"), paragraph(1))
    made = short(part("a", *blocks, title=""), form=replace(RUN_ON, cover=cover))
    assert [role for role in roles(made.structure) if role.startswith("H")] == ["H1", "H2"]


def test_headings_of_text_without_a_title_are_bookmarks_below_the_reports() -> None:
    blocks = (paragraph(1), Heading(2, words("节"), "s"), paragraph(1))
    (entry,) = short(part("a", *blocks, title="")).outline
    assert (entry.title, [below.title for below in entry.children]) == ("书名", ["节"])


def test_white_before_page_1_stands_only_behind_a_cover() -> None:
    text = part("a", paragraph(1))
    behind = short(text, form=Form(spreads=False))
    assert [page.label for page in behind.pages] == ["", "ii", "1"]
    assert [page.label for page in short(text, form=Form(cover=False, spreads=False)).pages] == ["1"]


def test_running_heads_can_be_off() -> None:
    sections = [part(name, *(paragraph(6) for _ in range(9))) for name in ("甲甲", "乙乙")]
    on, off = (short(*sections, form=replace(RUN_ON, running_heads=value)) for value in (True, False))
    assert "书名（书眉）" in texts(on.pages[1])
    assert all("书名（书眉）" not in texts(page) for page in off.pages)
