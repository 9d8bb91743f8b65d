"""What a finished file paints, as data: marks, the pages they stand on, the sequences they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import fsum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import pikepdf

from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box, Point
from reportgen.pdf.read.fontread import ReadFont
from reportgen.pdf.read.objects import inside
from reportgen.pdf.read.structure_tree import Tree

if TYPE_CHECKING:
    from reportgen.pdf.read.naming import Names

Outline: TypeAlias = tuple[tuple[Point, ...], ...]
Kind = Literal["text", "fill", "stroke", "image"]


class Ink(NamedTuple):
    """A paint: its colour space's name as in the stream (``DeviceCMYK``, a spot ink's name …) and its components."""

    space: str
    values: tuple[float, ...]

    @property
    def total(self) -> float:
        """How much ink it lays down, 1 = one ink at full strength; light lays down what is missing to white."""
        if self.space == "DeviceGray":
            return 1 - self.values[0]
        return fsum(self.values) if self.space not in ("DeviceRGB",) else 0.0


BLACK_BY_DEFAULT = Ink("DeviceGray", (0.0,))
PICTURE = Ink("its own samples", (1.0,))
"""What a picture is painted in."""


class Section(NamedTuple):
    """A marked-content sequence: its tag, its MCID if it has one, the artifact's type, the language."""

    tag: str
    mcid: int | None
    artifact: str | None
    lang: str | None


class Glyph(NamedTuple):
    """A glyph of a mark: its text, where it starts along the mark's baseline, how wide it naturally is; points."""

    text: str
    start: Pt
    width: Pt


class Mark(NamedTuple):
    """Something painted.

    Attributes:
        box: in default user space, from natural metrics for text.
        size: the em size of text or the width of a stroke, after all transformations.
        sections: the marked-content sequences it stands in, outermost first.
        overprint, alpha: of the operation, fill or stroke.
        name: of the font or the image in the page's resources.
        outline: the subpaths of a fill or stroke as points in default user space, curves in short lines.
        origin: where the baseline of text starts, in default user space.
        glyphs: of text, if the scan was asked for them.
        picture: the image object that is painted; None if it stands in the stream itself.
        clip: the box of the clipping path in force, in default user space; None where nothing is cut.
    """

    page: int
    kind: Kind
    box: Box
    ink: Ink
    size: Pt
    text: str
    sections: tuple[Section, ...]
    overprint: bool
    alpha: float
    name: str
    outline: Outline = ()
    origin: Point = (0.0, 0.0)
    glyphs: tuple[Glyph, ...] = ()
    picture: pikepdf.Object | None = None
    clip: Box | None = None

    @property
    def mcid(self) -> int | None:
        for section in self.sections:
            if section.mcid is not None:
                return section.mcid
        return None

    @property
    def artifact(self) -> bool:
        return "Artifact" in [section.tag for section in self.sections]

    @property
    def lang(self) -> str | None:
        for section in reversed(self.sections):
            if section.lang:
                return section.lang
        return None


@dataclass(slots=True)
class ScannedPage:
    """A page: its object, its marks in painting order, the marked-content sequences by MCID in order of opening.

    Attributes:
        file: the name of the file it is in.
        faults: what could not be read, each once.
        names: says what a mark is in.
    """

    file: str
    index: int
    obj: pikepdf.Object
    label: str
    marks: list[Mark] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    inks: dict[Ink, None] = field(default_factory=dict)
    faults: dict[str, None] = field(default_factory=dict)
    names: Names | None = field(default=None, repr=False)

    def fault(self, message: str) -> None:
        """Note what could not be read."""
        self.faults[message] = None

    @property
    def trim(self) -> Box:
        return box_of(self.obj, "TrimBox")

    @property
    def annotations(self) -> list[pikepdf.Object]:
        return list(self.obj.get("/Annots", ()))

    def font_names(self) -> dict[str, str]:
        """Return the names of the page's fonts by their resource names."""
        fonts = inside(self.obj, "Resources", "Font").items()
        return {name[1:]: str(font.get("/BaseFont", "/"))[1:] for name, font in fonts}

    def resources(self) -> Iterator[pikepdf.Object]:
        """Yield the page's resources and those of its forms, each once."""
        seen: set[tuple[int, int]] = set()
        todo = [inside(self.obj, "Resources")]
        while todo:
            resources = todo.pop()
            yield resources
            for drawn in inside(resources, "XObject").values():
                if "/Resources" in drawn and drawn.objgen not in seen:
                    seen.add(drawn.objgen)
                    todo.append(drawn.Resources)

    def named(self, kind: str) -> Iterator[tuple[str, pikepdf.Object]]:
        """Yield the resources of a kind, such as ``ExtGState``, by name; those of forms, too."""
        for resources in self.resources():
            for name, found in inside(resources, kind).items():
                yield name[1:], found


@dataclass(slots=True)
class Scan:
    """A file of some name with its pages scanned and its structure read."""

    file: str
    pdf: pikepdf.Pdf
    pages: list[ScannedPage]
    fonts: dict[tuple[int, int], ReadFont]
    tree: Tree
    names: Names

    def marks(self, *kinds: Kind) -> Iterator[tuple[ScannedPage, Mark]]:
        """Yield the marks of all pages, of some kinds or of all, each with its page."""
        for page in self.pages:
            for mark in page.marks:
                if not kinds or mark.kind in kinds:
                    yield page, mark


def box_of(page: pikepdf.Object, name: str) -> Box:
    """Return one of a page's boxes, ordered; the media box where it has none of that name."""
    values = page.get("/" + name, page.get("/MediaBox"))
    if values is None or len(values) != 4:
        return Box(0.0, 0.0, 0.0, 0.0)
    x0, y0, x1, y1 = (float(v) for v in values)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
