"""The document tree of a manuscript.

Blocks hold *passages*: runs of the author's words that are translated as one. A passage's id is its name in the
catalogs; its canonical Markdown (:func:`reportgen.manuscript.render.render`) is the message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar, get_args

from reportgen.base.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Words:
    """Running text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Characters taken as they are; the only place where digits may be typed."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Placeholder:
    """The value of a fact in a format: ``{fact:format}``."""

    fact: str
    format: str
    span: Span


@dataclass(frozen=True, slots=True)
class Styled:
    """Strong words or emphasis."""

    mark: Literal["strong", "emphasis"]
    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Claimed:
    """Words that make a claim."""

    claim: str
    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language (a BCP 47 tag)."""

    lang: str
    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to an anchor of the report, printed as its number: ``[](#fig-…)``."""

    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place of a footnote's mark: ``[^a]``."""

    note: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead out of the report."""

    uri: str
    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""

    span: Span


Inline: TypeAlias = (
    Words | Verbatim | Placeholder | Styled | Claimed | Foreign | Reference | NoteMark | Link | Break
)
Inlines: TypeAlias = tuple[Inline, ...]


_Node = TypeVar("_Node")


def walk(content: Iterable[_Node]) -> Iterator[_Node]:
    """Yield every node of an author's or an edition's words, an outer one before those inside it."""
    for node in content:
        yield node
        yield from walk(getattr(node, "content", ()))


@dataclass(frozen=True, slots=True)
class Passage:
    """Words translated as one.

    Attributes:
        id: the name in the catalogs (``msgctxt``), unique in the report.
    """

    id: str
    content: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; its passage's id is its anchor."""

    level: int
    title: Passage
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a paragraph style."""

    passage: Passage
    style: str
    span: Span


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of one-paragraph items; ``start`` is the first number of an ordered list, None for a plain one."""

    items: tuple[Passage, ...]
    start: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Point:
    """A finding: its passage opens with the lead sentence in strong type."""

    passage: Passage
    accent: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Points:
    """The numbered findings of a summary."""

    points: tuple[Point, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A numbered figure.

    Attributes:
        name: key of its chart; its anchor is ``fig-NAME``.
        table: name of its data table.
        unit: code of the unit printed beside the caption, or None.
        source: words of the source line, or None for the data package's own sources.
        option_spans: where each option stands.
    """

    name: str
    table: str
    unit: str | None
    caption: Passage
    notes: tuple[Passage, ...]
    source: Passage | None
    span: Span
    option_spans: Mapping[str, Span] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        return f"fig-{self.name}"


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms, each with what it means."""

    entries: tuple[tuple[Passage, Passage], ...]
    span: Span


GENERATED = ("status-marks", "units", "tables", "corrections", "identifiers", "fonts")
"""Directives whose content is made from the data."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A block whose content is made from the data; ``name`` is one of :data:`GENERATED`."""

    name: str
    span: Span


Block: TypeAlias = Heading | Paragraph | Bullets | Points | Figure | Definitions | Generated


@dataclass(frozen=True, slots=True)
class Opener:
    """What stands on a part's opening page: the thesis and the key numbers, each ``number and unit | label``."""

    thesis: Passage
    keys: tuple[Passage, ...]
    span: Span


SectionKind: TypeAlias = Literal["imprint", "guide", "summary", "part", "methods", "glossary", "colophon"]
SECTION_KINDS: tuple[SectionKind, ...] = get_args(SectionKind)
"""In the order in which they stand in the report."""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its title's passage has the section's id."""

    kind: SectionKind
    title: Passage
    blocks: tuple[Block, ...]
    opener: Opener | None
    running_head: Passage | None
    accent: str | None
    span: Span

    @property
    def id(self) -> str:
        return self.title.id

    def figures(self) -> Iterator[Figure]:
        """Yield the section's figures in reading order."""
        return (block for block in self.blocks if isinstance(block, Figure))


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; its passage's id is ``note.LABEL``."""

    label: str
    passage: Passage
    span: Span


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All sections in the order of the files, and the footnotes by label."""

    sections: tuple[Section, ...]
    notes: Mapping[str, Note] = field(default_factory=dict)

    def passages(self) -> Iterator[Passage]:
        """Return every passage in reading order, the footnotes' last."""
        return passages_in((*self.sections, *self.notes.values()))

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in reading order."""
        for section in self.sections:
            yield from section.figures()


_INSIDE: Mapping[type, tuple[str, ...]] = {
    Section: ("title", "running_head", "opener", "blocks"),
    Opener: ("thesis", "keys"),
    Heading: ("title",),
    Paragraph: ("passage",),
    Bullets: ("items",),
    Points: ("points",),
    Point: ("passage",),
    Figure: ("caption", "notes", "source"),
    Definitions: ("entries",),
    Note: ("passage",),
}
"""Where passages stand, in reading order."""


def passages_in(node: object) -> Iterator[Passage]:
    """Yield the passages of a section, a block or several, in reading order."""
    if isinstance(node, Passage):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from passages_in(child)
    else:
        for name in _INSIDE.get(type(node), ()):
            yield from passages_in(getattr(node, name))
