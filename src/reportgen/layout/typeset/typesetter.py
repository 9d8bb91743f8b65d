"""From a block's words to set lines, and from lines to marks that know their place, fact, link and structure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, TypeAlias

from reportgen.base.color import BLACK, Color
from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.frame import Link, Placed
from reportgen.base.style import CharStyle, ParagraphStyle, Style
from reportgen.base.units import Pt
from reportgen.edition.document import (
    ComposedDocument,
    CrossReference,
    Hyperlink,
    Inline,
    Inlines,
    NoteReference,
    PageNumber,
    Text,
    plain,
)
from reportgen.layout.page_costs import HOUSE, PageCosts
from reportgen.layout.typeset.nodes import Node, Slot, document_node
from reportgen.text.paragraph import ENDLESS, Line, TextSetting, TextSpan, set_paragraph

ParagraphKey: TypeAlias = tuple[tuple[TextSpan, ...], ParagraphStyle, Pt]
ParagraphCache: TypeAlias = MutableMapping[ParagraphKey, Result[tuple[Line, ...]]]
"""Broken paragraphs by content, style and measure; they hold for every pass, profile and build with the same fonts."""

UNKNOWN_PAGE = "00"
"""Stands for a page label in the first pass; as wide as a common one, so that few lines change when it is known."""

RAISED = 0.62
"""Size of raised marks."""

SLIP: Pt = 0.1
"""Added to the width of words, so that they do not break because of the last binary digit of a sum."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where words lead, and what a screen reader says of it."""

    target: str
    description: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look with what their marks carry."""

    words: TextSpan
    slot: Slot | None
    span: Span | None = None
    fact: str | None = None
    destination: Destination | None = None
    note: str | None = None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class SetText:
    """A block of set lines with the pieces they came from.

    Attributes:
        lines: they refer to pieces by index (:attr:`LineRun.source`).
        leading: whether any piece leads somewhere.
    """

    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    leading: bool

    def notes(self, *lines: Line) -> tuple[str, ...]:
        """Return the footnotes referred to in some lines."""
        return tuple(piece.note for piece in self._leading(lines) if piece.note is not None)

    def calls(self, *lines: Line) -> tuple[str, ...]:
        """Return the anchors referred to in some lines."""
        return tuple(piece.call for piece in self._leading(lines) if piece.call is not None)

    def _leading(self, lines: Sequence[Line]) -> Iterator[Piece]:
        """Yield the pieces that have glyphs in some lines, if any piece leads somewhere."""
        return (self.pieces[source] for line in lines if self.leading for source in line.spans)

    def marks(self, line: Line, x: Pt, baseline: Pt) -> tuple[Placed, ...]:
        """Return a line's marks, its left edge at ``x``; its links lie under them."""
        left, pieces = x + line.x, self.pieces
        marks: list[Placed] = [*self._links(line, x, baseline)] if self.leading else []
        for run in line.runs:
            piece = pieces[run.source]
            marks.append(
                Placed(left + run.x, baseline - run.rise, run.run, piece.slot, piece.span, piece.fact)
            )
        return tuple(marks)

    def block(self, x: Pt, top: Pt, leading: Pt) -> tuple[Placed, ...]:
        """Return the marks of all lines below each other; three quarters of the leading stand above a baseline."""
        return self.down(x, top + 0.75 * leading, leading)

    def down(self, x: Pt, baseline: Pt, leading: Pt) -> tuple[Placed, ...]:
        """Return the marks of all lines below each other, from the baseline of the first."""
        lines = enumerate(self.lines)
        return tuple(mark for n, line in lines for mark in self.marks(line, x, baseline + n * leading))

    def _links(self, line: Line, x: Pt, baseline: Pt) -> Iterator[Placed]:
        for source, group in groupby(line.runs, lambda run: run.source):
            piece = self.pieces[source]
            if piece.destination is None:
                continue
            runs = list(group)
            left, size = x + line.x + runs[0].x, piece.words.style.size
            right = x + line.x + runs[-1].x + runs[-1].run.width
            box = Link(right - left, 1.2 * size, piece.destination.target, piece.destination.description)
            yield Placed(left, baseline - runs[0].rise - 0.92 * size, box, piece.slot, piece.span)


@dataclass(slots=True)
class Typesetter:
    """Sets the words of one document; collects faults.

    Attributes:
        labels: page labels by anchor, as the last pass found them.
        root: the structure tree that grows.
        notes_of: nodes at whose end a footnote's own element is to stand, by note id, in the order of reference.
        targets: every anchor referred to, with the first place that does.
        asked: whether a page label was asked for.
        widths: the widths of words already measured, by the name of their style.
        costs: of page breaks.
        series: the report's own series, from which the lines of cover and openers are drawn.
    """

    document: ComposedDocument
    style: Style
    setting: TextSetting
    cache: ParagraphCache
    labels: Mapping[str, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    root: Node = field(default_factory=document_node)
    notes_of: dict[str, Node] = field(default_factory=dict)
    targets: dict[str, Span | None] = field(default_factory=dict)
    series: Sequence[Sequence[float]] = ()
    costs: PageCosts = HOUSE
    asked: bool = False
    widths: dict[tuple[str, str], Pt] = field(default_factory=dict)

    @property
    def measure(self) -> Pt:
        return self.style.page.measure

    @property
    def grid(self) -> Pt:
        return self.style.page.leading

    def page_label(self, anchor: str) -> str:
        """Return the page label of an anchor as the last pass found it."""
        self.asked = True
        self.targets.setdefault(anchor, None)
        return self.labels.get(anchor, UNKNOWN_PAGE)

    def paragraph(self, name: str) -> ParagraphStyle:
        """Return a paragraph style by name, or the body's with a fault if there is none."""
        found = self.style.paragraphs.get(name)
        if found is None:
            message = f"the style has no paragraph style {name}"
            self.faults.error("unknown-paragraph-style", message, None, f"add [paragraphs.{name}]")
            found = self.style.paragraphs["body"]
        return found

    def color(self, name: str | None) -> Color:
        """Return a colour by name; black if the style has none of that name."""
        return self.style.colors.get(name or "black", BLACK)

    def set(
        self,
        content: Inlines,
        style: ParagraphStyle,
        measure: Pt,
        node: Node | None,
        place: Span | None = None,
        superior: str = "",
    ) -> SetText:
        """Set words to a measure; their slots go to ``node``, without one they are artifacts.

        Args:
            superior: characters raised behind the words, such as the mark of an estimated value.
        """
        pieces = tuple(self._pieces(content, style.text, node))
        if superior:
            words = TextSpan(superior, raised(style.text), self.style.lang)
            pieces = (*pieces, Piece(words, node.slot() if node else None, place))
        here = next((piece.span for piece in pieces if piece.span is not None), place)
        lines = self.lines(tuple(piece.words for piece in pieces), style, measure, here)
        return SetText(lines, pieces, any(piece.destination for piece in pieces))

    def lines(
        self, words: tuple[TextSpan, ...], style: ParagraphStyle, measure: Pt, place: Span | None = None
    ) -> tuple[Line, ...]:
        """Return the lines of a paragraph, broken once for each content, style and measure."""
        key = (words, style, measure)
        result = self.cache.get(key)
        if result is None:
            result = self.cache[key] = set_paragraph(words, style, measure, self.setting)
        placed = tuple(replace(fault, place=fault.place or place) for fault in result.diagnostics)
        return self.faults.take(Result(result.value, placed))

    def line(
        self, text: str, style: CharStyle, punctuation: Literal["quanjiao", "plain"] = "quanjiao"
    ) -> Line | None:
        """Set text on one line at its natural width, None if there is nothing to set.

        Args:
            punctuation: plain keeps the width of marks that stand in no running text.
        """
        paragraph = ParagraphStyle(
            "line", style, style.size, align="left", grid=False, punctuation=punctuation
        )
        lines = self.lines((TextSpan(text, style, self.style.lang),), paragraph, ENDLESS)
        return lines[0] if lines else None

    def width(self, text: str, style: ParagraphStyle) -> Pt:
        """Return the natural width of text in a paragraph style of the house, which is told by its name."""
        key = (style.name, text)
        width = self.widths.get(key)
        if width is None:
            width = self.widths[key] = self.natural_width(text, style.text)
        return width

    def natural_width(self, text: str, style: CharStyle) -> Pt:
        """Return the natural width of text on one line."""
        line = self.line(text, style)
        return line.width if line else 0.0

    def label(
        self, text: str, style: CharStyle, slot: Slot | None, x: Pt, baseline: Pt, align: str = "left"
    ) -> tuple[Placed, ...]:
        """Return text on one line that starts, centres or ends at ``x``."""
        line = self.line(text, style)
        if line is None:
            return ()
        shift = {"left": 0.0, "center": line.width / 2, "right": line.width}[align]
        return tuple(
            Placed(x - shift + run.x, baseline - run.rise, run.run, slot, artifact="Layout")
            for run in line.runs
        )

    def _pieces(self, content: Inlines, style: CharStyle, node: Node | None) -> Iterator[Piece]:
        slot: Slot | None = None
        for inline in content:
            if isinstance(inline, Text) and (inline.lang is None or inline.lang == self.style.lang):
                slot = slot if slot is not None or node is None else node.slot()
                yield self._words(inline, style, slot)
            elif isinstance(inline, Text):
                inside = node.add("Span", lang=inline.lang).slot() if node else None
                yield self._words(inline, style, inside)
                slot = None
            else:
                yield from self._leading(inline, style, node)
                slot = None

    def _words(self, text: Text, style: CharStyle, slot: Slot | None) -> Piece:
        look = marked(style, text.marks)
        return Piece(TextSpan(text.text, look, text.lang or self.style.lang), slot, text.span, text.fact)

    def _leading(self, inline: Inline, style: CharStyle, node: Node | None) -> Iterator[Piece]:
        """Yield the pieces of an inline that leads somewhere."""
        if isinstance(inline, Hyperlink):
            slot = node.add("Link").slot() if node else None
            where = Destination(inline.uri, plain((inline,)))
            for text in inline.content:
                yield replace(self._words(text, style, slot), destination=where)
        elif isinstance(inline, NoteReference):
            yield self._note_mark(inline, style, node)
        elif isinstance(inline, CrossReference | PageNumber):
            self.targets.setdefault(inline.anchor, inline.span)
            figure = inline if isinstance(inline, CrossReference) else None
            name = figure.text if figure else self.page_label(inline.anchor)
            slot = node.add("Reference").add("Link").slot() if node else None
            where = Destination(f"#{inline.anchor}", name)
            words = TextSpan(name, style, self.style.lang)
            yield Piece(words, slot, inline.span, destination=where, call=figure.anchor if figure else None)

    def _note_mark(self, inline: NoteReference, style: CharStyle, node: Node | None) -> Piece:
        slot = node.add("Reference").add("Link").slot() if node else None
        if inline.note not in self.document.notes:
            message = f"there is no footnote {inline.note}"
            self.faults.error("unknown-footnote", message, inline.span, f"write [^{inline.note}]: …")
        elif node is not None and inline.note not in self.notes_of:
            self.notes_of[inline.note] = node.add("Note", id=f"note-{inline.note}")
        where = Destination(f"#note-{inline.note}", inline.mark)
        words = TextSpan(inline.mark, raised(style), self.style.lang)
        note = inline.note if inline.note in self.document.notes else None
        return Piece(words, slot, inline.span, destination=where, note=note)


def marked(style: CharStyle, marks: Sequence[str]) -> CharStyle:
    """Return a character style with an author's marks laid over it."""
    if not marks:
        return style
    return replace(
        style,
        weight="bold" if "strong" in marks else style.weight,
        italic=style.italic or "emphasis" in marks,
        features=(*style.features, "smcp") if "small-caps" in marks else style.features,
    )


def raised(style: CharStyle) -> CharStyle:
    """Return the character style of a raised mark."""
    return replace(style, size=RAISED * style.size, rise=style.rise + 0.36 * style.size)
