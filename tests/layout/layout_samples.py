"""Small composed documents, and compact dumps of what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportgen.base.diagnostics import Result
from reportgen.base.frame import Drawing, Element, Frame, GlyphRun, Group, Page, Placed, Publication
from reportgen.base.house import load_style
from reportgen.base.style import Style
from reportgen.base.world import World
from reportgen.edition.document import (
    Block,
    ComposedDocument,
    ContentsEntry,
    ContentsList,
    Cover,
    CrossReference,
    Figure,
    Heading,
    Inlines,
    Note,
    Paragraph,
    Section,
    SectionKind,
    Table,
    TableCell,
    TableColumn,
    Text,
)
from reportgen.layout.publish import lay_out
from reportgen.text.faces import FontBook, load_fonts
from reportgen.text.paragraph import TextSetting
from reportgen.text.setting import text_setting

CHINESE = (
    "知识产权是创新发展的内在需要，也是国际经贸往来的通行规则。面向未来，各国知识产权机构一道完善合作机制，"
    "促进知识共享，让创新成果更好惠及各国人民。"
)
ENGLISH = "Patents are a mirror of innovation. Partner countries keep filing in one another’s offices. "


@lru_cache(maxsize=1)
def fonts() -> FontBook:
    return load_fonts(World()).value


@lru_cache(maxsize=2)
def style(lang: str = "zh-CN") -> Style:
    return load_style(lang).value


@lru_cache(maxsize=2)
def setting(lang: str = "zh-CN") -> TextSetting:
    return text_setting(style(lang), fonts())


def words(text: str) -> Inlines:
    return (Text(text),)


def paragraph(sentences: int, *more: CrossReference) -> Paragraph:
    return Paragraph((Text(CHINESE * sentences), *more))


def figure(name: str, caption: str = "申请量") -> Figure:
    note = (words("注：有的数值是估计值。"),)
    return Figure(name, f"图{name}", f"fig-{name}", words(caption), "单位：件", note, words("来源：本报告。"))


def refer(name: str) -> CrossReference:
    return CrossReference(f"fig-{name}", f"图{name}")


def table(rows: int, name: str = "1-1") -> Table:
    columns = (TableColumn(words("年份")), TableColumn(words("申请量"), "decimal"))
    body = tuple(
        (
            TableCell(words(f"{2013 + n}"), header=True),
            TableCell(words(f"{n * 1371 + 8}.5"), status="E" if n % 2 else ""),
        )
        for n in range(rows)
    )
    caption = words("历年申请量")
    source = words("来源：本报告。")
    return Table(name, f"附表{name}", f"tab-{name}", caption, "单位：件", columns, body, (), source, "续表")


def section(kind: SectionKind, title: str, *blocks: Block) -> Section:
    return Section(kind, words(title), kind, blocks, words(title), "第一部分" if kind == "part" else "", "1")


def contents(*sections: Section) -> Section:
    entries: list[ContentsEntry] = []
    for part in sections:
        entries.append(ContentsEntry(1, part.number, part.title, part.anchor))
        entries += [
            ContentsEntry(2, "", block.content, block.anchor)
            for block in part.blocks
            if isinstance(block, Heading)
        ]
    return section("contents", "目录", ContentsList(tuple(entries)))


def document(
    *sections: Section, lang: str = "zh-CN", notes: dict[str, Note] | None = None
) -> ComposedDocument:
    cover = Cover(("书名",), ("副题",), "发布机构", "2024年7月")
    return ComposedDocument(
        lang[:2], lang, lang.replace("-", "_"), "书名", "副题", "书名（书眉）", "发布机构", "作者", "题目", (),
        "2024-07-01T00:00:00+08:00", "id", cover, sections, notes or {},
    )  # fmt: skip


def drawings(heights: dict[str, float], lang: str = "zh-CN") -> dict[str, Drawing]:
    width = style(lang).page.measure
    return {name: Drawing(Frame(width, height), f"{name}的图示", "") for name, height in heights.items()}


def laid_out(
    composed: ComposedDocument, heights: dict[str, float] | None = None, lang: str = "zh-CN"
) -> Result[Publication]:
    return lay_out(composed, drawings(heights or {}, lang), style(lang), setting(lang), ((1.0, 2.0, 3.0),))


def runs(page: Page) -> Iterator[tuple[Placed, GlyphRun]]:
    """Yield a page's own glyph runs, in the order of drawing."""
    for item in page.frame.items:
        if isinstance(item.item, GlyphRun):
            yield item, item.item


def groups(page: Page) -> Iterator[tuple[Placed, Group]]:
    for item in page.frame.items:
        if isinstance(item.item, Group):
            yield item, item.item


def dump(page: Page) -> list[str]:
    """Return a page's text, a line for each baseline: its height from the trim's top, and its words."""
    lines: dict[float, list[tuple[float, str]]] = {}
    for item, run in runs(page):
        lines.setdefault(round(item.y, 1), []).append((item.x, run.text))
    return [f"{y:6.1f} {''.join(text for _, text in sorted(lines[y]))}" for y in sorted(lines)]


def walk(element: Element) -> Iterator[Element]:
    """Yield an element and everything below it, in reading order."""
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from walk(child)


def content_ids(element: Element) -> Iterator[int]:
    """Yield the content ids of an element in reading order."""
    for child in element.children:
        if isinstance(child, Element):
            yield from content_ids(child)
        else:
            yield child


def logical_text(publication: Publication, element: Element | None = None) -> str:
    """Return the text of the structure tree in reading order."""
    texts: dict[int, list[str]] = {}
    for page in publication.pages:
        for item, run in runs(page):
            if item.content is not None:
                texts.setdefault(item.content, []).append(run.text)
    return "".join("".join(texts.get(i, ())) for i in content_ids(element or publication.structure))


def body_pages(publication: Publication) -> Sequence[Page]:
    return [page for page in publication.pages if page.label_style == "decimal"]
