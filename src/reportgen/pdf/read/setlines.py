"""Lines of text as a finished file has them: glyphs by their positions, grouped by the block they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from reportgen.base.units import Pt
from reportgen.pdf.read.agreement import Tree, read_tree, role_of
from reportgen.pdf.read.painted import Mark, Scan, box_of

BLOCKS = frozenset(
    ("P", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "Lbl", "Caption", "TD", "TH", "Note", "TOCI", "BlockQuote")
)  # fmt: skip
"""Roles whose text runs over lines of its own; text in others (a figure's labels) is placed, not broken."""
RUNNING = frozenset(("P", "LBody", "Note", "BlockQuote"))
"""Roles of running text, which has runts, rivers and word spaces to speak of."""

SAME_LINE = 0.6
"""Baselines closer than this share of the size are one line's: note marks stand higher than their words."""


class Set(NamedTuple):
    """A glyph where it was set: text, left edge, natural width, size; points from the trim's left edge."""

    text: str
    x: Pt
    width: Pt
    size: Pt
    lang: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a block.

    Attributes:
        page: 0-based index of the page; ``label`` is its folio.
        y: its baseline, from the trim's top.
    """

    page: int
    label: str
    y: Pt
    glyphs: tuple[Set, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def x(self) -> Pt:
        return self.glyphs[0].x

    @property
    def size(self) -> Pt:
        """The size of most of its glyphs."""
        sizes = [round(glyph.size, 2) for glyph in self.glyphs]
        return max(sorted(set(sizes)), key=sizes.count)


@dataclass(slots=True)
class Block:
    """A block of text: its role and its lines in reading order."""

    role: str
    lines: list[SetLine] = field(default_factory=list)

    @property
    def running(self) -> bool:
        return self.role in RUNNING


def blocks_of(scanned: Scan) -> list[Block]:
    """Return the blocks of a tagged file in reading order; scanned with glyphs.

    Marks that no block claims (artifacts, the words in a figure) are left out.
    """
    tree = read_tree(scanned)
    order = {element.objgen: index for index, element in enumerate(tree.elements)}
    lang = str(scanned.pdf.Root.get("/Lang", ""))
    marks: dict[tuple[int, int], dict[int, list[Mark]]] = {}
    owners: dict[tuple[int, int], pikepdf.Object] = {}
    for mark, block in _claimed(scanned, tree):
        owners[block.objgen] = block
        marks.setdefault(block.objgen, {}).setdefault(mark.page, []).append(mark)
    found = []
    for key in sorted(marks, key=lambda k: order.get(k, 0)):
        block_lang = _lang_of(owners[key], lang)
        lines = [
            line
            for page in sorted(marks[key])
            for line in _lines(scanned, page, marks[key][page], block_lang)
        ]
        found.append(Block(role_of(owners[key]), lines))
    return found


def _claimed(scanned: Scan, tree: Tree) -> Iterator[tuple[Mark, pikepdf.Object]]:
    """Yield each text mark with the block that it belongs to."""
    blocks: dict[tuple[int, int], pikepdf.Object | None] = {}
    for mark in scanned.marks():
        if mark.kind != "text" or mark.mcid is None:
            continue
        key = (mark.page, mark.mcid)
        if key not in blocks:
            elements = tree.marked.get(key, [])
            blocks[key] = _block_above(elements[0]) if elements else None
        block = blocks[key]
        if block is not None:
            yield mark, block


def _block_above(element: pikepdf.Object) -> pikepdf.Object | None:
    while isinstance(element, pikepdf.Dictionary) and "/S" in element:
        if role_of(element) in BLOCKS:
            return element
        if role_of(element) == "Figure" or "/P" not in element:
            return None
        element = element.P
    return None


def _lang_of(element: pikepdf.Object, default: str) -> str:
    while isinstance(element, pikepdf.Dictionary):
        if "/Lang" in element:
            return str(element.Lang)
        if "/P" not in element:
            break
        element = element.P
    return default


def _lines(scanned: Scan, page: int, marks: list[Mark], lang: str) -> Iterator[SetLine]:
    """Yield a block's lines on a page, from the top down."""
    left, _, _, top = box_of(scanned.pages[page].page.obj, "TrimBox")
    rows: list[tuple[Pt, list[Mark]]] = []
    for mark in sorted(marks, key=lambda m: -m.size):
        row = next((row for y, row in rows if abs(y - mark.origin[1]) < SAME_LINE * mark.size), None)
        if row is None:
            rows.append((mark.origin[1], [mark]))
        else:
            row.append(mark)
    for y, row in sorted(rows, key=lambda r: -r[0]):
        glyphs = [
            Set(glyph.text, mark.origin[0] - left + glyph.start, glyph.width, mark.size, mark.lang or lang)
            for mark in row
            for glyph in mark.glyphs
        ]
        yield SetLine(page, scanned.pages[page].label, top - y, tuple(sorted(glyphs, key=lambda g: g.x)))
