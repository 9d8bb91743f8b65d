"""The front cover: the house's blue to the edge, the words, and a field of lines drawn from the report's series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.base.frame import Frame, Group, Placed
from reportgen.base.style import CharStyle, ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import Text
from reportgen.layout.art import FieldStyle, blend, line_field
from reportgen.layout.flowing import Sheet
from reportgen.layout.typeset.drawing import box
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import Typesetter

TITLE: Pt = 38.0
SMALLEST_TITLE: Pt = 20.0
TITLE_HEAD = 0.2
"""Where the title's first baseline stands, as a share of the trim's height."""

FIELD = (0.395, 0.815)
"""From where to where the lines reach, as shares of the trim's height."""

FOOT: Pt = 34.0
"""Height of issuer and date."""


def front_cover(typesetter: Typesetter, node: Node) -> Sheet:
    """Return the front as marks from the trim's top left corner, its lines drawn from the typesetter's series."""
    words, end = _title(typesetter, node)
    page = typesetter.style.page
    if end > page.trim.height - page.bottom - FOOT:
        hint = "shorten its lines under [editions] in data/report.toml"
        typesetter.faults.warning("cover-title-too-long", "the title is too long for the cover", None, hint)
    lines = _lines_from(typesetter, end, 0.0, page.trim.width + 2 * page.bleed)
    return Sheet(
        (ground_box(typesetter, "blue"), lines, *words, *_foot(typesetter, node)), ("cover",), (), "cover"
    )


def lines_beyond(typesetter: Typesetter, width: Pt) -> Frame:
    """Return the front's lines as they run on to the left of it, so far beyond its bleed and on below it.

    A cover that is one sheet shows them on spine and back, as marks from the front's top left corner.
    """
    page = typesetter.style.page
    _, end = _title(typesetter, typesetter.root)
    beyond = width + 2 * page.bleed
    return Frame(*page.trim, (_lines_from(typesetter, end, -beyond, beyond + 2 * page.bleed),))


def ground_box(typesetter: Typesetter, color: str | None) -> Placed:
    """Return a sheet's whole area in one colour, to the edge of the bleed."""
    page = typesetter.style.page
    width, height = page.trim.width + 2 * page.bleed, page.trim.height + 2 * page.bleed
    return replace(
        box(-page.bleed, -page.bleed, width, height, typesetter.color(color)), artifact="Background"
    )


def _lines_from(typesetter: Typesetter, end: Pt, start: Pt, width: Pt) -> Placed:
    """Return the lines, below a title that ends at ``end``, from ``start`` right of the front's left edge."""
    page = typesetter.style.page
    head = max(FIELD[0] * page.trim.height, end + 24.0)
    look = FieldStyle(typesetter.color("blue"), typesetter.color("white"), typesetter.color("vermilion"))
    whole = page.trim.width + 2 * page.bleed
    height = max(0.0, FIELD[1] * page.trim.height - head)
    field = line_field(typesetter.series, width, height, look, (start / whole, (start + width) / whole))
    return Placed(start - page.bleed, head, Group(field), artifact="Background")


def _title(typesetter: Typesetter, node: Node) -> tuple[list[Placed], Pt]:
    """Return title and subtitle, and where they end; the title is as large as its longest line allows."""
    page, cover = typesetter.style.page, typesetter.document.cover
    white = typesetter.color("white")
    plain = replace(typesetter.paragraph("title").text, color=white, weight="regular", size=11.0)
    size = _title_size(typesetter, cover.title, replace(plain, weight="bold", size=TITLE))
    large = replace(plain, weight="bold", size=size)
    marks: list[Placed] = []
    if cover.series:
        marks += typesetter.label(cover.series, plain, node.add("P").slot(), page.inner, page.top)
    y = TITLE_HEAD * page.trim.height
    heading = node.add("H1" if typesetter.document.is_headed_by_title else "P")
    title, y = _lines(typesetter, cover.title, large, 1.36 * size, heading, y)
    small = replace(plain, size=0.46 * size, color=blend(typesetter.color("blue"), white, 0.86))
    subtitle, y = _lines(typesetter, cover.subtitle, small, 0.7 * size, node.add("P"), y - 0.36 * size)
    return [*marks, *title, *subtitle], y - 0.7 * size


def _lines(
    typesetter: Typesetter, texts: Sequence[str], look: CharStyle, leading: Pt, node: Node, y: Pt
) -> tuple[list[Placed], Pt]:
    """Return lines one below the other, each broken if it is too long, and the baseline after them."""
    page = typesetter.style.page
    style = ParagraphStyle("cover", look, leading, align="left", grid=False)
    marks: list[Placed] = []
    for text, last in zip(texts, (*[False] * (len(texts) - 1), True), strict=False):
        own = node if last else _joined(typesetter, node, text)
        set_text = typesetter.set((Text(text),), style, page.measure, own)
        marks += set_text.down(page.inner, y, leading)
        y += len(set_text.lines) * leading
    return marks, y


def _joined(typesetter: Typesetter, node: Node, text: str) -> Node:
    """Return the element of a line that others follow: read aloud, a Western one ends in a space."""
    return node if typesetter.style.main_script == "han" else node.add("Span", actual=f"{text} ")


def _foot(typesetter: Typesetter, node: Node) -> tuple[Placed, ...]:
    """Return issuer and date on the type area's last lines."""
    page, cover = typesetter.style.page, typesetter.document.cover
    white = typesetter.color("white")
    bold = replace(typesetter.paragraph("title").text, color=white, size=12.5)
    plain = replace(bold, weight="regular", size=10.5, color=blend(typesetter.color("blue"), white, 0.86))
    last = page.top + page.height
    return (
        *typesetter.label(cover.issuer, bold, node.add("P").slot(), page.inner, last - 18.0),
        *typesetter.label(cover.date, plain, node.add("P").slot(), page.inner, last),
    )


def _title_size(typesetter: Typesetter, texts: Sequence[str], look: CharStyle) -> Pt:
    """Return the largest size, in half points, at which each line of the title fits the measure, within bounds."""
    lines = [typesetter.line(text, look) for text in texts]
    widest = max((line.width for line in lines if line), default=0.0)
    if widest <= typesetter.measure:
        return look.size
    return max(SMALLEST_TITLE, int(2 * look.size * typesetter.measure / widest) / 2)
