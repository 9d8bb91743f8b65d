"""What the pages of a file share while they are written, and what each page leaves for structure and navigation."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import pikepdf

from reportgen.base.diagnostics import Faults, Span
from reportgen.base.frame import ContentId, Link
from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import Profile
from reportgen.pdf.write.embedding import LEVEL, EmbeddedFont
from reportgen.pdf.write.images import Images
from reportgen.pdf.write.paint import Paint
from reportgen.text.faces import FontBook

Annotated: TypeAlias = Mapping[ContentId, Sequence[tuple[int, pikepdf.Object]]]
"""The link annotations of a content, each with the index of its page."""


class Voice(NamedTuple):
    """What a content belongs to: its element's role, the language it inherits, the block it is part of."""

    role: str
    lang: str
    block: int = 0


class LinkArea(NamedTuple):
    """A link as found on a page: its rectangle, where it leads, what it belongs to."""

    box: Box
    link: Link
    content: ContentId | None
    span: Span | None


class Point(NamedTuple):
    """An anchor's place on its page."""

    name: str
    x: Pt
    y: Pt


@dataclass(slots=True)
class Shared:
    """What all pages of a file have in common: fonts, pictures, paints, graphics states, faults."""

    pdf: pikepdf.Pdf
    profile: Profile
    book: FontBook
    paint: Paint
    images: Images
    voices: Mapping[ContentId, Voice]
    lang: str
    fonts: dict[str, EmbeddedFont] = field(default_factory=dict)
    states: dict[tuple[float, bool], str] = field(default_factory=dict)
    forms: dict[str, PageContent] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)

    def font(self, key: str) -> EmbeddedFont:
        """Return the embedded font of a face.

        Raises:
            KeyError: if the font book has no such face.
            ValueError: if the face's outlines are not TrueType's, which is all that is embedded.
        """
        font = self.fonts.get(key)
        if font is None:
            if "glyf" not in self.book.face(key).hb_face.table_tags:
                raise ValueError(f"the face {key!r} has PostScript outlines, which cannot be embedded")
            font = self.fonts[key] = EmbeddedFont(self.book.face(key), f"F{len(self.fonts)}")
        return font

    def state(self, key: tuple[float, bool]) -> str:
        """Return the name of the graphics state with this opacity and overprint."""
        return self.states.setdefault(key, f"G{len(self.states)}")


@dataclass(slots=True)
class PageContent:
    """A page's operators and what structure and navigation need of it.

    Attributes:
        marked: the content id of each marked-content sequence, by MCID.
        stream: the operators compressed, once the page is finished.
        pictures: the names of the pictures and see-through groups used.
    """

    parts: list[str] = field(default_factory=list)
    stream: bytes = b""
    marked: list[ContentId] = field(default_factory=list)
    links: list[LinkArea] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    pictures: dict[str, None] = field(default_factory=dict)
    see_through: bool = False

    def seal(self) -> PageContent:
        """Compress the operators: a long report holds its pages until the fonts are known."""
        data = "\n".join(self.parts).encode("ascii")
        self.stream = zlib.compress(data, LEVEL)
        while self.stream.endswith(b"\r"):
            # see fonts.compressed; white space says nothing in a content stream
            data += b"\n"
            self.stream = zlib.compress(data, LEVEL)
        self.parts.clear()
        return self


@dataclass(frozen=True, slots=True)
class WrittenPages:
    """The pages of a screen file that stand, for what is added to them: structure, navigation, files.

    Attributes:
        heights: of the pages, by which places measured downwards are turned upwards.
    """

    pdf: pikepdf.Pdf
    pages: Sequence[pikepdf.Page]
    contents: Sequence[PageContent]
    heights: Sequence[Pt]
    faults: Faults
