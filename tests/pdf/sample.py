"""A publication with every structure type, in memory: what the writer is tried on.

Its fonts are the product's own. Every mark is listed by an element or is an artifact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reportgen.base.color import BLACK, WHITE, Color
from reportgen.base.diagnostics import Span
from reportgen.base.frame import (
    Anchor,
    Attachment,
    Element,
    Frame,
    GlyphRun,
    Group,
    Image,
    Link,
    Metadata,
    OutlineEntry,
    Page,
    Path,
    Placed,
    Publication,
    Shape,
    Stroke,
)
from reportgen.base.units import mm
from reportgen.base.world import World
from reportgen.text.faces import FontBook, load_fonts

SERIF, SANS, BOLD, LATIN = (
    "NotoSerifSC-Regular",
    "NotoSansSC-Regular",
    "NotoSansSC-Bold",
    "SourceSerif4-Regular",
)
ITALIC = "SourceSerif4-Italic"
BLUE = Color((1.0, 0.75, 0.1, 0.3), (0.07, 0.23, 0.44), "blue")
RED = Color((0.05, 0.85, 0.9, 0.05), (0.78, 0.22, 0.12), "vermilion")
GREY = Color((0.0, 0.0, 0.0, 0.65), (0.42, 0.44, 0.46), "grey")
WIDTH, HEIGHT, BLEED = mm(210), mm(285), mm(3)
LINE = Stroke(BLACK, 0.5)
SOURCE = Span("data/manuscript/10-part.md", 3, 1)
CSV = b"year,value\n2013,12\n2023,48\n"


@lru_cache(maxsize=1)
def fonts() -> FontBook:
    """Return the product's fonts."""
    return load_fonts(World()).value


def run(
    text: str, face: str = SERIF, size: float = 10.5, color: Color = BLACK, lang: str = "zh-CN", angle: float = 0.0,
    features: tuple[str, ...] = (),
) -> GlyphRun:  # fmt: skip
    """Return shaped text."""
    shaped = fonts().face(face).shape(text, lang, features)
    return GlyphRun(
        face, size, shaped.glyphs, shaped.advances, shaped.texts, color, lang, shaped.offsets, angle
    )


def box(width: float, height: float) -> Path:
    """Return a rectangle's path."""
    return (("m", 0, 0), ("l", width, 0), ("l", width, height), ("l", 0, height), ("h",))


@dataclass
class Sketch:
    """Collects marks and gives out content ids."""

    items: list[Placed] = field(default_factory=list)
    next_id: int = 0

    def text(self, x: float, y: float, words: str | GlyphRun, face: str = SERIF, **look: object) -> int:
        """Set a line of text as new content and return its id."""
        content, self.next_id = self.next_id, self.next_id + 1
        self.more(content, x, y, words, face, **look)
        return content

    def more(
        self, content: int, x: float, y: float, words: str | GlyphRun, face: str = SERIF, **look: object
    ) -> int:
        """Set another line of the same content."""
        glyphs = words if isinstance(words, GlyphRun) else run(words, face, **look)  # type: ignore[arg-type]
        self.items.append(Placed(x, y, glyphs, content, SOURCE))
        return content

    def mark(self, x: float, y: float, item: Shape | Image | Group) -> int:
        """Draw something as new content."""
        content, self.next_id = self.next_id, self.next_id + 1
        self.items.append(Placed(x, y, item, content))
        return content

    def artifact(self, x: float, y: float, item: Shape | GlyphRun, kind: str = "Layout") -> None:
        """Draw something that says nothing."""
        self.items.append(Placed(x, y, item, artifact=kind))  # type: ignore[arg-type]

    def page(self, label: str, style: str, side: str) -> Page:
        """Return what was drawn so far as a page, and start the next."""
        frame = Frame(WIDTH, HEIGHT, tuple(self.items))
        self.items = []
        return Page(frame, label, style, side)  # type: ignore[arg-type]


def _cover(sketch: Sketch) -> tuple[Page, Element]:
    sketch.artifact(
        -BLEED, -BLEED, Shape(box(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED), fill=BLUE), "Background"
    )
    sketch.items.append(Placed(0, 0, Anchor("cover")))
    title = sketch.text(60, 120, run("中国专利洞察", BOLD, 30, WHITE))
    sub = sketch.text(60, 150, run("Patent insights", LATIN, 14, WHITE, "en-GB"))
    element = Element("Sect", (Element("P", (title,)), Element("P", (sub,), lang="en-GB")), title="封面")
    return sketch.page("", "none", "recto"), element


def _contents(sketch: Sketch) -> tuple[Page, Element]:
    head = sketch.text(60, 80, "目录", BOLD, size=18)
    items = []
    for i, (words, target) in enumerate((("一、创新", "part"), ("表 1 申请量", "table"))):
        y = 120 + 20 * i
        label = sketch.text(60, y, words)
        sketch.artifact(160, y, run("……………"))
        number = sketch.text(300, y, str(i + 1), LATIN, lang="zh-CN")
        sketch.items.append(Placed(60, y - 10, Link(250, 14, f"#{target}", f"到{words}"), label))
        items.append(Element("TOCI", (Element("Reference", (Element("Link", (label,)), number)),)))
    sketch.artifact(60, HEIGHT - 30, run("ii", LATIN, 9), "Pagination")
    toc = Element("TOC", tuple(items))
    return sketch.page("ii", "roman", "verso"), Element("Sect", (Element("H1", (head,)), toc), title="目录")


def _prose(sketch: Sketch) -> list[Element]:
    sketch.items.append(Placed(60, 60, Anchor("part")))
    head = sketch.text(60, 80, "一、创新", BOLD, size=18, color=BLUE)
    first = sketch.text(60, 110, squeezed("专利申请量“持续增长”，达到（七万）件。"))
    sketch.more(first, 60, 127.5, "近八成为发明专利，")
    foreign = sketch.text(160, 127.5, run("Patent Cooperation Treaty", ITALIC, 10.5, lang="en"))
    tail = sketch.text(300, 127.5, "条约下的申请。")
    sketch.more(tail, 60, 145, run("Words meet here", LATIN, 10.5, lang="zh-CN"))
    sketch.more(tail, 60, 162.5, run("at the line's end", LATIN, 10.5, lang="zh-CN"))
    mark = sketch.text(150, 162.5, run("A", LATIN, 6))
    url = sketch.text(200, 162.5, run("www.example.org", LATIN, 10.5, BLUE))
    sketch.items.append(Placed(200, 152, Link(80, 14, "https://www.example.org/", "示例网站"), url))
    note = sketch.text(60, HEIGHT - 80, "注 A：含地区。", size=8)
    sketch.artifact(60, HEIGHT - 92, Shape((("m", 0, 0), ("l", 100, 0)), stroke=LINE))
    paragraph = Element(
        "P", (first, Element("Span", (foreign,), lang="en"), tail, Element("Reference", (mark,)),
              Element("Link", (url,))), span=SOURCE,
    )  # fmt: skip
    return [Element("H1", (head,)), paragraph, Element("Note", (note,), id="note-a")]


def _list(sketch: Sketch) -> Element:
    items = []
    for i, words in enumerate(("一是总量增长。", "二是结构优化。")):
        label = sketch.text(60, 190 + 18 * i, words[:2], BOLD)
        body = sketch.text(90, 190 + 18 * i, words[2:])
        items.append(Element("LI", (Element("Lbl", (label,)), Element("LBody", (body,)))))
    return Element("L", tuple(items), numbering="Decimal")


def _figure(sketch: Sketch) -> list[Element]:
    head = sketch.text(60, 250, "图形", BOLD, size=12)
    bars = tuple(
        Placed(20 + 60 * i, 100 - h, Shape(box(40, h), fill=color, stroke=LINE))
        for i, (h, color) in enumerate(((20, BLUE), (60, RED), (80, GREY)))
    )
    label = Placed(10, 60, run("件数", SANS, 8, angle=90))
    veils = tuple(Placed(30 * i, 0, Shape(box(190, 50), fill=RED)) for i in range(2))
    seen_through = Placed(0, 0, Group(Frame(220, 50, veils), alpha=0.2))
    chart = Frame(220, 110, (*bars, label, seen_through))
    content = sketch.mark(60, 270, Group(chart, (1.1, 0.0, 0.0, 1.1, 0.0, 0.0), box(220, 110)))
    caption = sketch.text(60, 410, "图 1-1 专利申请量", BOLD, size=9)
    alt = "柱形图：申请量由 2013 年的 12 件增至 2023 年的 48 件。"
    figure = Element("Figure", (content,), alt=alt, files=("figure-1-1.csv",), bounds=(2, 60, 270, 242, 121))
    dot = sketch.mark(340, 270, picture())
    photo = Element("Figure", (dot,), alt="色块", bounds=(2, 340, 270, 20, 20))
    return [Element("H2", (head,)), figure, Element("Caption", (caption,)), photo]


def picture(size: float = 20) -> Image:
    """Return a picture of four fields of 30 × 30 pixels, the last see-through."""
    colors = (b"\xff\0\0", b"\0\x80\0", b"\0\0\xff", b"\x5a\x5a\x5a")
    upper, lower = (b"".join(c * 30 for c in pair) * 30 for pair in (colors[:2], colors[2:]))
    alpha = bytes([255]) * 1800 + (bytes([255]) * 30 + bytes([128]) * 30) * 30
    return Image(size, size, (60, 60), upper + lower, "RGB", alpha)


def _furniture(sketch: Sketch, folio: str) -> None:
    sketch.artifact(60, 40, run("中国专利洞察", SANS, 8, GREY), "Pagination")
    sketch.artifact(WIDTH - 70, HEIGHT - 30, run(folio, LATIN, 9, GREY), "Pagination")


def _table(sketch: Sketch) -> Element:
    heads = [("年份", "th-year"), ("申请", "th-app"), ("授权", "th-grant")]
    rows = [("2013", "12", "8"), ("2023", "48", "31")]
    sketch.items.append(Placed(60, 90, Anchor("table")))
    group = sketch.text(200, 100, "件数", BOLD, size=9)
    top = Element(
        "TR", (Element("TD"), Element("TH", (group,), scope="Column", column_span=2, id="th-count"))
    )
    header = Element(
        "TR",
        tuple(
            Element("TH", (sketch.text(60 + 100 * i, 118, words, BOLD, size=9),), scope="Column", id=key)
            for i, (words, key) in enumerate(heads)
        ),
    )
    body = [_row(sketch, 136 + 18 * r, row, r) for r, row in enumerate(rows)]
    for y in (86, 122, 160):
        sketch.artifact(60, y, Shape((("m", 0, 0), ("l", 300, 0)), stroke=Stroke(BLACK, 1.0)))
    caption = Element("Caption", (sketch.text(60, 80, "表 1 申请量", BOLD, size=9),))
    return Element("Table", (caption, Element("THead", (top, header)), Element("TBody", tuple(body))))


def _row(sketch: Sketch, y: float, row: Sequence[str], number: int) -> Element:
    key = f"th-row-{number}"
    first = Element("TH", (sketch.text(60, y, row[0], LATIN),), scope="Row", id=key)
    cells = [
        Element("TD", (sketch.text(160 + 100 * i, y, value, LATIN),), headers=("th-count", heading, key))
        for i, (value, heading) in enumerate(zip(row[1:], ("th-app", "th-grant"), strict=True))
    ]
    return Element("TR", (first, *cells))


def _back(sketch: Sketch) -> list[Element]:
    quote = sketch.text(60, 220, "“引文。”")
    inline = sketch.text(150, 220, "引语")
    formula = sketch.text(60, 240, "增长率 = 末年 ÷ 首年", SANS)
    division = sketch.text(60, 260, "说明文字。")
    spoken = sketch.text(60, 280, "7.0", LATIN)
    end = sketch.text(60, 320, "附录", BOLD, size=10)
    deep = sketch.text(60, 340, "方法", BOLD, size=10)
    return [
        Element("BlockQuote", (Element("P", (quote, Element("Quote", (inline,)))),)),
        Element("Formula", (formula,), alt="增长率等于末年除以首年", bounds=(3, 60, 230, 150, 14)),
        Element("Div", (Element("P", (division,)),)),
        Element("P", (Element("Span", (spoken,), actual="七万"), )),
        Element("H2", (end,)),
        Element("H3", (deep,)),
    ]  # fmt: skip


def squeezed(text: str, size: float = 10.5) -> GlyphRun:
    """Return Chinese text with every second of its full-width marks set half-width, as line adjustment does."""
    face = fonts().face(SERIF)
    glyphs, advances, offsets = [], [], []
    for char in text:
        glyph = face.glyph_of(char)
        assert glyph is not None
        half = face.half_of(char) if not char.isalnum() else None
        advance, shift = half or (face.advance_of(glyph), 0.0)
        glyphs.append(glyph)
        advances.append(advance)
        offsets.append((shift, 0.0))
    return GlyphRun(SERIF, size, tuple(glyphs), tuple(advances), tuple(text), BLACK, "zh-CN", tuple(offsets))


METADATA = Metadata(
    "中国专利洞察", "2013–2023", "统计司", "专利统计报告", ("专利", "统计"), "zh-CN", "2024-07-01T09:00:00+08:00",
    "patent-insights-2013-2023.zh",
)  # fmt: skip


@lru_cache(maxsize=1)
def sample() -> Publication:
    """Return the publication: cover, contents, a page of prose and a figure, a page with a table."""
    sketch = Sketch()
    cover, cover_element = _cover(sketch)
    contents, contents_element = _contents(sketch)
    prose = [*_prose(sketch), _list(sketch), *_figure(sketch)]
    _furniture(sketch, "1")
    first = sketch.page("1", "decimal", "recto")
    table = _table(sketch)
    back = _back(sketch)
    _furniture(sketch, "2")
    second = sketch.page("2", "decimal", "verso")
    part = Element("Part", (Element("Sect", (*prose, table, *back)),), title="创新")
    root = Element("Document", (cover_element, contents_element, part), lang="zh-CN")
    outline = (
        OutlineEntry("封面", "cover"),
        OutlineEntry("一、创新", "part", (OutlineEntry("表 1", "table"),)),
    )
    files = (
        Attachment("figure-1-1.csv", CSV, "text/csv", "图 1-1 的数据", "Data"),
        Attachment("data.zip", b"PK\5\6" + bytes(18), "application/zip", "全部数据", "Source"),
    )
    return Publication(METADATA, BLEED, (cover, contents, first, second), root, outline, files)


def one_page(*items: Placed, structure: Element | None = None) -> Publication:
    """Return a publication of one page with these marks."""
    page = Page(Frame(WIDTH, HEIGHT, items), "1", "decimal", "recto")
    return replace(
        Publication(METADATA, BLEED, (page,), Element("Document", lang="zh-CN")),
        structure=structure or Element("Document", lang="zh-CN"),
    )
