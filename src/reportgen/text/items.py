"""Boxes and gaps: what a paragraph is made of between *itemize* and *set*.

A *box* is what no line break may enter: an ideograph, a mark without its blank half, a piece of a Western word. The
*gap* after a box is glue with a penalty, as in TeX; the blank halves of Chinese marks, the quarter em between Han
and Western text and Western word spaces are all gaps, so all of them vanish at a line's edges, and total fit may
stretch or shrink them in CLREQ's order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import add, attrgetter, sub
from typing import Final, Literal, NamedTuple, TypeAlias

from reportgen.base.units import Mille, Pt
from reportgen.text.classes import Class
from reportgen.text.costs import FORBIDDEN, FORCED

# Tiers in CLREQ's order; a lower one gives way before the next does (3.5.3 reduction, 3.5.4 expansion). Marks at the
# line end come first of all: their blank half is dropped with the gap. Interpuncts are always half an em wide.
SHRINK_SPACE, SHRINK_BRACKET, SHRINK_COMMA, SHRINK_HAN_LATIN, SHRINK_STOP = range(5)
STRETCH_SPACE, STRETCH_HAN_LATIN, STRETCH_REST = range(3)
TIERS: Final = 5

SLIP: Final = 1e-6
"""Points by which sums of floats may err."""

GapKind: TypeAlias = Literal["none", "space", "blank-after", "blank-before", "han-latin"]


class Box(NamedTuple):
    """Glyphs that stay together.

    Attributes:
        face, size: what they are set in; advances and offsets are in mille of ``size``.
        width: the sum of the advances in points.
        lang: BCP 47 tag of their text.
        hang: how far the box may stand beyond the measure at a line end, 0 for most.
        bulk: how many ideographs it counts for against a runt.
    """

    face: str
    size: Pt
    glyphs: tuple[int, ...]
    advances: tuple[Mille, ...]
    texts: tuple[str, ...]
    offsets: tuple[tuple[Mille, Mille], ...] | None
    width: Pt
    lang: str
    hang: Pt = 0.0
    bulk: int = 2


class Gap(NamedTuple):
    """What stands between a box and the next: glue, and what a break there costs.

    Attributes:
        width, stretch, shrink: points.
        penalty: FORBIDDEN, HELD, FORCED or a cost in TeX's scale (:mod:`reportgen.text.costs`).
        hyphen: width of the hyphen that a break here adds, or 0.
        space: the space character the gap sets, "" if none.
    """

    kind: GapKind = "none"
    width: Pt = 0.0
    stretch: Pt = 0.0
    stretch_tier: int = STRETCH_REST
    shrink: Pt = 0.0
    shrink_tier: int = SHRINK_SPACE
    penalty: float = 0.0
    hyphen: Pt = 0.0
    space: str = ""


END: Final = Gap(penalty=FORCED)
TIGHT: Final = Gap(penalty=FORBIDDEN)


class Entry(NamedTuple):
    """A token made ready: its boxes, the gaps between them, the classes of its edges, characters without a glyph."""

    left: Class
    right: Class
    boxes: tuple[Box, ...]
    inner: tuple[Gap, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A paragraph's boxes and gaps: gap ``i`` follows box ``i``; a forced gap ends each part and the paragraph.

    Attributes:
        sources: index of the text span that each box comes from.
    """

    boxes: tuple[Box, ...]
    gaps: tuple[Gap, ...]
    sources: tuple[int, ...]

    def parts(self) -> list[slice]:
        """Return the boxes of each stretch of text that ends in a forced break."""
        ends = [index + 1 for index, gap in enumerate(self.gaps) if gap.penalty == FORCED]
        return [slice(start, end) for start, end in pairwise((0, *ends))]


class Breaks(NamedTuple):
    """Where lines end, as indices of gaps.

    Attributes:
        items: what the indices belong to: the items given, or their loosened form.
        emergency: whether any line is stretched beyond the last tolerance, or an unbreakable run was divided.
    """

    ends: tuple[int, ...]
    items: Items
    emergency: bool


_WIDTH, _STRETCH, _SHRINK, _HANG = map(attrgetter, ("width", "stretch", "shrink", "hang"))


def hangs_of(boxes: Sequence[Box], gaps: Sequence[Gap]) -> list[Pt] | None:
    """Return how far each box would hang as the last of its line, None if none does.

    One of several marks in a row does not hang (CLREQ 3.1.7).
    """
    if not any(map(_HANG, boxes)):
        return None
    before = [None, *gaps[:-1]]
    return [
        box.hang if gap is None or gap.kind != "blank-after" else 0.0
        for box, gap in zip(boxes, before, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Sums:
    """Running sums over a part of a paragraph, in points, by which any line is measured in constant time.

    Index ``i`` of ``width``, ``stretch`` and ``shrink`` is the sum over all boxes and gaps before box ``i``. Index
    ``i`` of ``inner`` leaves out the gap before box ``i``. So a line of boxes ``b`` to ``e - 1`` has the natural width
    ``inner[e] - width[b]``, without a hyphen, and the stretch ``stretch[e - 1] - stretch[b]``.
    """

    width: list[Pt]
    stretch: list[Pt]
    shrink: list[Pt]
    inner: list[Pt] = field(repr=False)

    @classmethod
    def of(cls, boxes: Sequence[Box], gaps: Sequence[Gap]) -> Sums:
        """Add up a part's boxes and gaps, which are as many."""
        widths = list(map(_WIDTH, gaps))
        width = [0.0, *accumulate(map(add, map(_WIDTH, boxes), widths))]
        return cls(
            width,
            [0.0, *accumulate(map(_STRETCH, gaps))],
            [0.0, *accumulate(map(_SHRINK, gaps))],
            [0.0, *map(sub, width[1:], widths)],
        )
