"""The page that opens a part: its accent, numeral, title, thesis and key numbers, and its own series as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from reportgen.base.color import Color
from reportgen.base.frame import Group, Placed
from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import Inlines, Section
from reportgen.layout.art import FieldStyle, blend, line_field
from reportgen.layout.cover.front import ground_box
from reportgen.layout.display.clauses import clause_lines
from reportgen.layout.display.number_grid import NumberColors, NumberGrid, number_grid
from reportgen.layout.flowing import Sheet, moved
from reportgen.layout.typeset.drawing import rule
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import SetText, Typesetter

NUMERAL: Pt = 108.0
TITLE_TOP = 0.42
"""Where the title begins if there is room for what follows, as a share of the trim's height."""

TITLE_STEPS = (1.0, 0.92, 0.85, 0.77, 0.7)
"""Sizes tried for a title, as shares of its style's."""

GAP: Pt = 28.0
"""White between title, thesis and numbers."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of an opener, set, with the height that each takes."""

    title: SetText
    title_style: ParagraphStyle
    thesis: tuple[SetText, ...]
    thesis_style: ParagraphStyle
    numbers: NumberGrid

    @property
    def title_height(self) -> Pt:
        return len(self.title.lines) * self.title_style.leading

    @property
    def thesis_height(self) -> Pt:
        return sum(len(text.lines) for text in self.thesis) * self.thesis_style.leading

    @property
    def height(self) -> Pt:
        heights = [self.title_height, self.thesis_height, self.numbers.height]
        return fsum(heights) + GAP * (sum(1 for height in heights if height) - 1)


@dataclass(frozen=True, slots=True)
class Opener:
    """A part's opener, a recto, and the verso that faces it where the text before leaves that free.

    Both are marks from the trim's top left corner, running into the bleed. The verso holds nothing to read.
    """

    recto: Sheet
    verso: Sheet


def opener(typesetter: Typesetter, section: Section, node: Node) -> Opener:
    """Return a part's opener; its lines begin on the page that faces it."""
    page = typesetter.style.page
    accent, white = typesetter.color(section.accent), typesetter.color("white")
    heading = node.add("H1", span=section.span)
    number = replace(typesetter.paragraph("opener-title").text, color=white, size=12.0)
    head = typesetter.label(section.number, number, heading.slot(), page.inner, page.top + 12.0)
    words = _words(typesetter, section, node, heading)
    bottom = page.top + page.height
    top = min(TITLE_TOP * page.trim.height, bottom - words.height)
    if top < page.top + 24.0:
        message = f"the opener of {section.number or section.anchor} has more words than its page holds"
        hint = "shorten the title or the thesis, or give fewer key numbers"
        typesetter.faults.warning("opener-too-full", message, section.span, hint)
    ground = ground_box(typesetter, section.accent)
    width = page.trim.width + 2 * page.bleed
    here, before = (
        _art(typesetter, section, top, 0.0),
        _art(typesetter, section, top, page.trim.width / width),
    )
    line = rule(page.inner, page.top + 22.0, page.measure, blend(accent, white, 0.5), 0.6)
    numeral, text = _numeral(typesetter, section, top), _placed(words, page.inner, top, bottom)
    recto = Sheet((ground, *here, *head, line, *numeral, *text), (section.anchor,), (), "opener")
    return Opener(recto, Sheet((ground, *before), (), (), "opener"))


def part_series(series: Sequence[Sequence[float]], index: int, parts: int) -> tuple[Sequence[float], ...]:
    """Return a part's share of the report's series: they are dealt out in order, all to each if they are too few."""
    if len(series) < parts:
        return tuple(series)
    return tuple(series[index * len(series) // parts : (index + 1) * len(series) // parts])


def _words(typesetter: Typesetter, section: Section, node: Node, heading: Node) -> _Words:
    """Return the words set; the title is as large as the room for the others allows."""
    page = typesetter.style.page
    accent, white = typesetter.color(section.accent), typesetter.color("white")
    soft = blend(accent, white, 0.9)
    thesis_style = typesetter.paragraph("thesis")
    thesis_style = replace(thesis_style, text=replace(thesis_style.text, color=white))
    thesis = _thesis(typesetter, section, thesis_style, node.add("P"))
    grid = NumberGrid()
    if section.key_numbers:
        colors = NumberColors(white, soft, blend(accent, white, 0.5))
        grid = number_grid(typesetter, section.key_numbers, node, colors)
    room = (1 - TITLE_TOP) * page.trim.height - page.bottom
    for step in TITLE_STEPS:
        style = _scaled(typesetter.paragraph("opener-title"), step, white)
        title = typesetter.set(section.title, style, page.measure, heading, section.span)
        words = _Words(title, style, thesis, thesis_style, grid)
        if words.height <= room:
            break
    return words


def _thesis(
    typesetter: Typesetter, section: Section, style: ParagraphStyle, node: Node
) -> tuple[SetText, ...]:
    """Return the thesis set, a Chinese one in lines that end with its clauses if that takes no more lines."""
    measure = typesetter.measure

    def width(words: Inlines) -> Pt:
        return max((line.width for line in typesetter.set(words, style, 1e6, None).lines), default=0.0)

    if typesetter.style.main_script == "han":
        most = len(typesetter.set(section.thesis, style, measure, None).lines)
        lines = clause_lines(section.thesis, width, measure, most)
        if lines:
            return tuple(typesetter.set(line, style, measure, node, section.span) for line in lines)
    return (typesetter.set(section.thesis, style, measure, node, section.span),)


def _scaled(style: ParagraphStyle, share: float, color: Color) -> ParagraphStyle:
    text = replace(style.text, size=share * style.text.size, color=color)
    return replace(style, text=text, leading=share * style.leading)


def _placed(words: _Words, x: Pt, top: Pt, bottom: Pt) -> list[Placed]:
    """Return the words: title and thesis from the top down, the numbers on the type area's foot."""
    marks = [*words.title.down(x, top + words.title_style.text.size, words.title_style.leading)]
    y = top + words.title_height + GAP + words.thesis_style.text.size - 6.0
    for text in words.thesis:
        marks += text.down(x, y, words.thesis_style.leading)
        y += len(text.lines) * words.thesis_style.leading
    return [*marks, *moved(words.numbers.marks, x, bottom - words.numbers.height)]


def _numeral(typesetter: Typesetter, section: Section, top: Pt) -> tuple[Placed, ...]:
    """Return the large numeral, an artifact that repeats the words above it; nothing if there is no room."""
    page = typesetter.style.page
    look = replace(typesetter.paragraph("opener-title").text, size=NUMERAL, color=typesetter.color("white"))
    baseline = page.top + 40.0 + 0.733 * NUMERAL
    return (
        typesetter.label(section.ordinal, look, None, page.inner - 5.0, baseline)
        if baseline + 12 < top
        else ()
    )


def _art(typesetter: Typesetter, section: Section, top: Pt, before: float) -> tuple[Placed, ...]:
    """Return the part's own series as lines between the rule and the title, from edge to edge.

    Args:
        before: how far before the first values they begin, as a share of their width.
    """
    page, accent, white = typesetter.style.page, typesetter.color(section.accent), typesetter.color("white")
    parts = [part.anchor for part in typesetter.document.sections if part.kind == "part"]
    index = parts.index(section.anchor) if section.anchor in parts else 0
    series = part_series(typesetter.series, index, max(1, len(parts)))
    look = FieldStyle(accent, white, blend(accent, white, 0.95), 40, 13, faint=0.14, strong=0.5)
    head = page.top + 62.0
    height = top - 28.0 - head
    if height < 40.0:
        return ()
    field = line_field(series, page.trim.width + 2 * page.bleed, height, look, (-before, 1.0 - before))
    return (Placed(-page.bleed, head, Group(field), artifact="Background"),)
