"""The composed document: one edition's final words, numbers and labels, ready to be laid out.

Nothing here is Chinese or English any more, and nothing has a size yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from reportgen.base.diagnostics import Span
from reportgen.base.frame import Attachment
from reportgen.base.joining import one_line
from reportgen.manuscript.tree import walk

Mark: TypeAlias = Literal["strong", "emphasis", "small-caps"]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters in one language and weight.

    Attributes:
        lang: BCP 47 tag where it differs from the edition's.
        fact: id of the fact that the characters print; ``says`` what its format says of it, such as "a number".
        claim: id of the claim that the characters make.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    lang: str | None = None
    fact: str | None = None
    claim: str | None = None
    span: Span | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Words that name a numbered thing of this document and lead to it, such as 图1-1."""

    anchor: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The page label of an anchor, known only after layout."""

    anchor: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The mark of a footnote, whose text is in :attr:`ComposedDocument.notes`."""

    note: str
    mark: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Words that lead out of the document."""

    uri: str
    content: tuple[Text, ...]
    span: Span | None = None


Inline: TypeAlias = Text | CrossReference | PageNumber | NoteReference | Hyperlink
Inlines: TypeAlias = tuple[Inline, ...]
BREAK = "\n"
"""The text of a forced line break, an inline of its own."""
_SOFT_HYPHEN = "\u00ad"


def plain(content: Inlines) -> str:
    """Return words as one line of characters, for whatever holds no more: cells, bookmarks, descriptions, heads.

    Texts, references and links give their characters, whatever their weight or language; a forced break is a space
    between Western words and nothing beside a Chinese character. Footnote marks, page numbers (known only after
    layout) and soft hyphens are left out.
    """
    text = "".join([node.text for node in walk(content) if isinstance(node, Text | CrossReference)])
    return (
        one_line(text.replace(_SOFT_HYPHEN, "").split(BREAK))
        if BREAK in text or _SOFT_HYPHEN in text
        else text
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the section's title; level 2 and on."""

    level: int
    content: Inlines
    anchor: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``style`` names a paragraph style ("body", "lead", "imprint", "note" …)."""

    content: Inlines
    style: str = "body"
    id: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One of the numbered findings: its marker (一是), its lead sentence, what follows, the accent colour's name."""

    marker: str
    lead: Inlines
    content: Inlines
    accent: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """The findings of the executive summary."""

    points: tuple[Point, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A plain list; ``markers`` are "•" or numbers, one an item."""

    markers: tuple[str, ...]
    items: tuple[Inlines, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number set large: its digits, its unit, and what it counts; ``number`` holds the words that both are from."""

    value: str
    unit: str
    label: Inlines
    fact: str
    span: Span | None = None
    number: Inlines = ()


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """The key numbers of a part's opener."""

    numbers: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A numbered figure; the drawing comes from ``charts`` under the same name.

    Attributes:
        name: key of the drawing, and of its table.
        number: "图1-1", "Figure 1-1".
        caption: without the number and without the unit.
        unit: the label at the right, such as 单位：件; "" for none.
        notes: lines under the figure (status of values, remarks), each with its own label.
        source: the source line, with its label; () for none.
        file: name of the attached data file, or None.
    """

    name: str
    number: str
    anchor: str
    caption: Inlines
    unit: str
    notes: tuple[Inlines, ...]
    source: Inlines
    file: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a printed table: its heading, how its cells stand, the relative width it asks for."""

    heading: Inlines
    align: Literal["left", "right", "center", "decimal"] = "left"
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a printed table; ``header`` cells head their row; ``status`` is the mark of an estimated value."""

    content: Inlines
    header: bool = False
    status: str = ""
    fact: str | None = None
    span: Span | None = None
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table (三线表).

    Attributes:
        number: "附表1-1" or "Table A1-1".
        continued: what its heading says on later pages: 续表 / continued.
    """

    name: str
    number: str
    anchor: str
    caption: Inlines
    unit: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    notes: tuple[Inlines, ...] = ()
    source: Inlines = ()
    continued: str = ""
    file: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms with what they mean; the term's equivalent in the other language may be among its inlines.

    Attributes:
        names: the ids of the terms' passages, which tell them whatever their order; () for terms made from the data.
    """

    entries: tuple[tuple[Inlines, Inlines], ...]
    span: Span | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a contents list: level 1 to 3, an optional number, the words, where it leads; layout adds the page."""

    level: int
    number: str
    content: Inlines
    anchor: str


@dataclass(frozen=True, slots=True)
class ContentsList:
    """The table of contents, or the list of figures."""

    entries: tuple[ContentsEntry, ...]


Block: TypeAlias = (
    Heading | Paragraph | Points | Bullets | KeyNumbers | Figure | Table | Definitions | ContentsList
)

SectionKind: TypeAlias = Literal[
    "imprint", "contents", "figures", "guide", "summary", "part", "annex", "methods", "glossary", "colophon"
]


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the book.

    Attributes:
        running_head: its words; () for those of the title.
        number: of a part: "第一部分", "Part 1"; ``ordinal`` its numeral set large: "1".
        accent: name of the colour that goes with it.
        thesis: one or two sentences on a part's opener.
        key_numbers: on a part's opener.
        opens: whether a part begins with its opener, a page of its own; thesis and key numbers stand there.
    """

    kind: SectionKind
    title: Inlines
    anchor: str
    blocks: tuple[Block, ...]
    running_head: Inlines = ()
    number: str = ""
    ordinal: str = ""
    accent: str = "blue"
    thesis: Inlines = ()
    key_numbers: KeyNumbers | None = None
    in_contents: bool = True
    span: Span | None = None
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of the cover, or of the head of the first page; title and subtitle as lines where the report says how
    they break."""

    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    issuer: str
    date: str
    series: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a document stands on its pages.

    Attributes:
        cover: whether it has a cover; else its title stands at the head of the first page.
        new_pages: whether sections begin on new pages, as in a book; else each follows the one before.
        running_heads: whether pages carry them.
        spreads: whether parts open as spreads; then annex and colophon have a side of their own, too.
    """

    cover: bool = True
    new_pages: bool = True
    running_heads: bool = True
    spreads: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark and its words."""

    mark: str
    content: Inlines
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ComposedDocument:
    """One edition of a report.

    Attributes:
        locale: Babel's identifier, ``zh_Hans_CN`` or ``en_GB``; ``lang`` the BCP 47 tag, ``zh-CN`` or ``en-GB``.
        notes: footnotes by id.
        labels: the engine's own words in this language that layout speaks, by their English (``Footnote {mark}``).
        attachments: files to be carried by the screen edition (each figure's CSV, the data package).
    """

    edition: str
    lang: str
    locale: str
    title: str
    subtitle: str
    running_title: str
    issuer: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    date: str
    identifier: str
    cover: Cover
    sections: tuple[Section, ...]
    notes: Mapping[str, Note] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    form: Form = Form()

    @property
    def is_headed_by_title(self) -> bool:
        """Whether the report's title is its first heading, as where a section has no title of its own."""
        return any(not section.title for section in self.sections)

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Figure))
