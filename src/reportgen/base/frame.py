"""Frames: laid-out pages as plain data.

Layout and charts make frames; PDF, preview, errata and tests read them. A frame's origin is its top left
corner, x grows to the right and y **downwards**, lengths are points. Items are drawn in order.

Every mark carries the logical content it belongs to as a content id, an integer that some
:class:`Element` of the structure tree lists among its children; a mark without one is an artifact
(ISO 32000-1, 14.8.2.2). Consecutive marks of one content id on a page form one marked-content sequence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import fsum
from typing import Literal, TypeAlias

from reportgen.base.color import Color
from reportgen.base.diagnostics import Span
from reportgen.base.units import Mille, Pt

ContentId: TypeAlias = int
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""a b c d e f: (x, y) goes to (a·x + c·y + e, b·x + d·y + f), in the frame's own axes (y downwards)."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Segment: TypeAlias = (
    tuple[Literal["m"], float, float]
    | tuple[Literal["l"], float, float]
    | tuple[Literal["c"], float, float, float, float, float, float]
    | tuple[Literal["h"]]
)
Path: TypeAlias = tuple[Segment, ...]
"""Move, line, cubic and close segments."""


def rectangle(left: Pt, top: Pt, right: Pt, bottom: Pt) -> Path:
    """Return a closed rectangle."""
    return ("m", left, top), ("l", right, top), ("l", right, bottom), ("l", left, bottom), ("h",)


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face in one size and colour, set from a pen position on the baseline.

    The tuples run in parallel, one entry a glyph.

    Attributes:
        face: the face's key in the font book, such as ``SourceSerif4-Regular``.
        size: em size.
        glyphs: glyph ids of the full face (not of a subset).
        advances: how far the pen moves, justification included; mille.
        texts: the characters each glyph stands for; "" for all but the first glyph of a cluster.
        offsets: (right, up) shift of each glyph's ink from the pen, mille; None when all are zero. A mark set
            half-width after its blank side was removed has a negative shift and a reduced advance.
        color: its paint.
        lang: BCP 47 tag of the text.
        angle: the baseline's direction in degrees, counter-clockwise; 0 is horizontal.
    """

    face: str
    size: Pt
    glyphs: tuple[int, ...]
    advances: tuple[Mille, ...]
    texts: tuple[str, ...]
    color: Color
    lang: str
    offsets: tuple[tuple[Mille, Mille], ...] | None = None
    angle: float = 0.0

    @property
    def width(self) -> Pt:
        return fsum(self.advances) * self.size / 1000

    @property
    def text(self) -> str:
        return "".join(self.texts)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: its paint, width, ends and joins (ISO 32000-1, 8.4.3), dashes in points."""

    color: Color
    width: Pt
    cap: Literal["butt", "round", "projecting"] = "butt"
    join: Literal["miter", "round", "bevel"] = "miter"
    dashes: tuple[Pt, ...] = ()
    dash_phase: Pt = 0.0
    miter_limit: float = 10.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A path, filled, stroked or both."""

    path: Path
    fill: Color | None = None
    stroke: Stroke | None = None
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A raster of samples, 8 bits each, rows from the top, drawn into ``width`` × ``height`` points.

    Attributes:
        pixels: (columns, rows).
        samples: row by row, without padding.
        mode: what the samples are.
        alpha: one opacity byte a pixel, or None.
    """

    width: Pt
    height: Pt
    pixels: tuple[int, int]
    samples: bytes
    mode: Literal["RGB", "CMYK", "L"] = "RGB"
    alpha: bytes | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads somewhere.

    Attributes:
        target: ``#name`` of an anchor in this document, or an URI.
        description: what a screen reader says of it (ISO 14289-1, 7.18.5).
    """

    width: Pt
    height: Pt
    target: str
    description: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A named point that links, bookmarks and contents lead to."""

    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A frame inside a frame, under a transformation, a clip and an opacity of the whole."""

    frame: Frame
    matrix: Matrix = IDENTITY
    clip: Path | None = None
    alpha: float = 1.0


Item: TypeAlias = GlyphRun | Shape | Image | Link | Anchor | Group


@dataclass(frozen=True, slots=True)
class Placed:
    """An item at a point of its frame.

    A glyph run's point is its pen position on the baseline; a path's coordinates are relative to the point; an
    image's, a link's and a group's point is its top left corner.

    Attributes:
        content: the logical content the mark belongs to; None makes it an artifact. On a group it holds for
            everything inside that has none of its own.
        span: the place in a source file it comes from.
        fact: the fact that it prints.
        artifact: what kind of artifact a mark without content is (ISO 32000-1, table 330).
    """

    x: Pt
    y: Pt
    item: Item
    content: ContentId | None = None
    span: Span | None = None
    fact: str | None = None
    artifact: Literal["Pagination", "Layout", "Page", "Background"] = "Layout"


@dataclass(frozen=True, slots=True)
class Frame:
    """A laid-out rectangle; items may reach beyond it (into the bleed, say)."""

    width: Pt
    height: Pt
    items: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as laid-out data: what it looks like, what it says in one sentence, and what it says at length.

    Attributes:
        alt: the short alternative text; ``description`` the long one (ISO 14289-1, 7.3).
        unit: what stands beside the caption where its numbers have another unit than their table, as shares have.
    """

    frame: Frame
    alt: str
    description: str
    unit: str = ""


Role: TypeAlias = Literal[
    "Document", "Part", "Sect", "Div", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "TOC", "TOCI",
    "Figure", "Caption", "Formula", "Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Note", "Reference",
    "Link", "Span", "Quote", "BlockQuote", "NonStruct",
]  # fmt: skip
"""Standard structure types (ISO 32000-1, 14.8.4)."""


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the logical structure: children in reading order, each an element or a content id.

    Attributes:
        id: unique in the document, for headers and notes.
        alt, actual, lang, title: ISO 32000-1, 14.9.
        scope: of a TH.
        headers: ids of the header cells of a TD.
        row_span, column_span: of a TH or TD.
        numbering: of an L (ISO 32000-1, table 347).
        files: names of associated files (:class:`Attachment`) that belong to it.
        bounds: of a Figure, (page index, x, y, width, height) from the trim's top left corner.
        span: the place in the source it comes from.
    """

    role: Role
    children: tuple[Element | ContentId, ...] = ()
    id: str | None = None
    alt: str | None = None
    actual: str | None = None
    lang: str | None = None
    title: str | None = None
    scope: Literal["Row", "Column", "Both"] | None = None
    headers: tuple[str, ...] = ()
    row_span: int = 1
    column_span: int = 1
    numbering: (
        Literal["None", "Decimal", "Disc", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha"] | None
    ) = None
    files: tuple[str, ...] = ()
    bounds: tuple[int, Pt, Pt, Pt, Pt] | None = None
    span: Span | None = None

    def walk(self) -> Iterator[Element]:
        """Yield the element and all elements in it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: its words, the anchor it leads to, the entries below it."""

    title: str
    target: str
    children: tuple[OutlineEntry, ...] = ()
    open: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the PDF (ISO 19005-3, 6.8): its relationship says what it is to the document."""

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"] = "Data"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its frame is the trimmed sheet.

    Attributes:
        label: the folio as printed or, on pages that print none, as it counts: "ii", "12".
        label_style: roman for front matter, decimal for the body, none for the cover.
        side: which side of the opened book it lies on.
        folds: where a sheet is folded, from the trim's left edge; a printer finds them marked outside the bleed.
    """

    frame: Frame
    label: str
    label_style: Literal["none", "roman", "decimal"]
    side: Literal["recto", "verso"]
    folds: tuple[Pt, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the document says of itself; the date is ISO 8601 with an offset."""

    title: str
    subtitle: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    lang: str
    date: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that a writer needs: pages, their logical structure, bookmarks, files and metadata."""

    metadata: Metadata
    bleed: Pt
    pages: tuple[Page, ...]
    structure: Element
    outline: tuple[OutlineEntry, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=())
