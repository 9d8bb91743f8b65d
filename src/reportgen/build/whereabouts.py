"""Whereabouts: what stands at a place of a laid-out page, and where in the sources its words are.

Proof reads finished files, and a press file says nothing of its content. The Frames that it was written from do: the
mark that lies where the finding is belongs to an element, and it or the element knows its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reportgen.base.diagnostics import Span
from reportgen.base.frame import (
    IDENTITY,
    ContentId,
    Element,
    Frame,
    GlyphRun,
    Group,
    Image,
    Matrix,
    Page,
    Publication,
    Shape,
)
from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box, Point, apply, compose
from reportgen.pdf.read.naming import KINDS, Subject, next_to

_ASCENT, _DESCENT = 0.88, 0.12
_WHOLE = ("Figure", "Formula", "Table")
"""What is named as a whole, whatever part of it a mark is."""


class _Seen(NamedTuple):
    """A mark with its content: its box on the page, y downwards, its words, its place in a source file."""

    box: Box
    content: ContentId
    words: str
    span: Span | None


@dataclass
class Whereabouts:
    """Answers :data:`reportgen.pdf.read.naming.Locate` for the files of a publication."""

    publication: Publication
    _pages: dict[int, tuple[_Seen, ...]] = field(default_factory=dict)

    def __call__(self, index: int, count: int, box: Box) -> Subject | None:
        """Return what the mark nearest to a box is in; None for a page without content."""
        own = self._index(index, count)
        marks = self._on(own) if own is not None else ()
        if not marks:
            return None
        found = min(marks, key=lambda seen: _distance(seen.box, box))
        lineage = self._lineages.get(found.content, ())
        named = next((e for e in lineage if e.role in _WHOLE), None)
        named = named or next((e for e in lineage if e.role in KINDS), None)
        if named is None:
            return None
        words = self._caption(named, lineage) or named.alt or self._words(named)
        spans = (found.span, *(element.span for element in lineage))
        return Subject(named.role, words, next((span for span in spans if span is not None), None))

    def _index(self, index: int, count: int) -> int | None:
        """Return which page of the publication a page of a file is; a press file has blank ones before the back."""
        pages = self.publication.pages
        blank = count - len(pages)
        last = pages[-1].label_style == "none" and len(pages) > 1
        if blank > 0 and index >= len(pages) - last:
            return len(pages) - 1 if last and index == count - 1 else None
        return index if index < len(pages) else None

    def _on(self, index: int) -> tuple[_Seen, ...]:
        if index not in self._pages:
            page: Page = self.publication.pages[index]
            self._pages[index] = tuple(_marks(page.frame, IDENTITY, None, None))
        return self._pages[index]

    @cached_property
    def _lineages(self) -> Mapping[ContentId, tuple[Element, ...]]:
        """The elements that each content is in, from the inside out."""
        found: dict[ContentId, tuple[Element, ...]] = {}
        todo: list[tuple[Element, ...]] = [(self.publication.structure,)]
        while todo:
            lineage = todo.pop()
            for child in lineage[0].children:
                if isinstance(child, Element):
                    todo.append((child, *lineage))
                else:
                    found[child] = lineage
        return found

    @cached_property
    def _spoken(self) -> Mapping[ContentId, str]:
        found: dict[ContentId, str] = {}
        for index in range(len(self.publication.pages)):
            for seen in self._on(index):
                found[seen.content] = found.get(seen.content, "") + seen.words
        return found

    def _caption(self, element: Element, lineage: tuple[Element, ...]) -> str:
        """Return the caption of a figure or a table: in it, or next to it."""
        if element.role not in ("Figure", "Table"):
            return ""
        above = lineage[lineage.index(element) + 1 :][:1]
        siblings = [child for parent in above for child in parent.children if isinstance(child, Element)]
        inside = (child for child in element.children if isinstance(child, Element))
        near = (*inside, *next_to(element, siblings))
        return next((self._words(child) for child in near if child.role == "Caption"), "")

    def _words(self, element: Element) -> str:
        contents = (child for e in element.walk() for child in e.children if not isinstance(child, Element))
        between = " " if element.role == "Caption" else ""  # its number, words and unit stand apart
        return between.join(self._spoken.get(content, "") for content in contents)


def _distance(one: Box, other: Box) -> Pt:
    """Return how far two boxes are from being the same; lines lie nearer to each other than words in them are long."""
    across = min(abs(one.left - other.left), abs(one.right - other.right))
    return across + 3 * (abs(one.top - other.top) + abs(one.bottom - other.bottom))


def _marks(frame: Frame, matrix: Matrix, content: ContentId | None, span: Span | None) -> Iterator[_Seen]:
    for placed in frame.items:
        owner = placed.content if placed.content is not None else content
        place, item = placed.span or span, placed.item
        here = compose((1.0, 0.0, 0.0, 1.0, placed.x, placed.y), matrix)
        if isinstance(item, Group):
            yield from _marks(item.frame, compose(item.matrix, here), owner, place)
        elif owner is None:
            continue
        elif isinstance(item, GlyphRun):
            corners: tuple[Point, ...] = ((0.0, -_ASCENT * item.size), (item.width, _DESCENT * item.size))
            yield _Seen(_box(here, corners), owner, item.text, place)
        elif isinstance(item, Image):
            yield _Seen(_box(here, ((0.0, 0.0), (item.width, item.height))), owner, "", place)
        elif isinstance(item, Shape) and (points := tuple(_points(item))):
            yield _Seen(_box(here, points), owner, "", place)


def _points(shape: Shape) -> Iterator[Point]:
    for segment in shape.path:
        if segment[0] == "c":
            yield segment[5], segment[6]
        elif segment[0] != "h":
            yield segment[1], segment[2]


def _box(matrix: Matrix, corners: tuple[Point, ...]) -> Box:
    """Return the box around points; y grows downwards, so ``bottom`` is the greater."""
    found = Box.around([apply(matrix, x, y) for x, y in corners])
    return Box(found.left, found.top, found.right, found.bottom)
