"""Lines of text as a finished file has them: glyphs by their positions, grouped by the block they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportgen.base.units import Pt
from reportgen.pdf.read.painted import Mark, Scan, ScannedPage
from reportgen.pdf.read.structure_tree import Key, Node

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
        y: its baseline, from the trim's top.
        mcid: of the marked-content sequence in which it begins.
    """

    page: ScannedPage
    y: Pt
    glyphs: tuple[Set, ...]
    mcid: int | None = None

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
    blocks = {key: _block_above(owners[0]) for key, owners in scanned.tree.marked.items()}
    marks: dict[Node, dict[int, list[Mark]]] = {}
    for page, mark in scanned.marks("text"):
        block = _block_at(blocks, page, mark)
        if block is not None:
            marks.setdefault(block, {}).setdefault(page.index, []).append(mark)
    found = []
    for element in scanned.tree.elements:
        pages = sorted(marks.get(element, {}).items())
        if pages:
            lines = [line for index, own in pages for line in _lines(scanned.pages[index], own, element.lang)]
            found.append(Block(element.role, lines))
    return found


def _block_at(blocks: Mapping[Key, Node | None], page: ScannedPage, mark: Mark) -> Node | None:
    return blocks.get((page.index, mark.mcid)) if mark.mcid is not None else None


def _block_above(element: Node) -> Node | None:
    """Return the block that an element is or stands in, None in a figure."""
    holders = (node for node in element.lineage() if node.role in BLOCKS or node.role == "Figure")
    found = next(holders, None)
    return found if found is not None and found.role in BLOCKS else None


def _lines(page: ScannedPage, marks: list[Mark], lang: str) -> Iterator[SetLine]:
    """Yield a block's lines on a page, from the top down."""
    trim = page.trim
    rows: list[tuple[Pt, list[Mark]]] = []
    for mark in sorted(marks, key=lambda m: -m.size):
        _, baseline = mark.origin
        row = next((row for y, row in rows if abs(y - baseline) < SAME_LINE * mark.size), None)
        if row is None:
            rows.append((baseline, [mark]))
        else:
            row.append(mark)
    for y, row in sorted(rows, key=lambda r: -r[0]):
        glyphs = [
            Set(
                glyph.text,
                mark.origin[0] - trim.left + glyph.start,
                glyph.width,
                mark.size,
                mark.lang or lang,
            )
            for mark in row
            for glyph in mark.glyphs
        ]
        yield SetLine(page, trim.top - y, tuple(sorted(glyphs, key=lambda g: g.x)), row[0].mcid)
