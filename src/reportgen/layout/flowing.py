"""What flows into pages: rows of whole grid lines, floats, footnotes, and the sheets that they fill.

Every row takes a whole number of lines of the page's baseline grid, so body lines stand on the grid wherever a row
falls: after figures, headings and tables as on the facing page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from reportgen.base.frame import Placed
from reportgen.base.units import Pt
from reportgen.layout.typeset.nodes import Slot

FORBIDDEN = math.inf
"""The cost of a page break where none may be."""

Area: TypeAlias = tuple[Slot, Pt, Pt, Pt, Pt]
"""The slot of a figure with x, y, width and height of its drawing."""


@dataclass(frozen=True, slots=True)
class Row:
    """An unbreakable box in a column of text.

    Attributes:
        lines: its height in grid lines.
        items: its marks, from its top left corner.
        before, after: blank lines above and below; the larger of two that meet counts, and both are dropped at the
            head and foot of a page.
        break_after: cost of a page break after it; 100 is a break that should be avoided.
        notes: ids of the footnotes referred to in it.
        calls: anchors of the figures and tables referred to in it.
        anchors: names that lead to its top.
        areas: the drawings in it.
        head: rows set above it when it comes first on a page: a table's repeated heading.
        ends: whether it ends a paragraph after which a figure may stand.
        elastic: whether one more line may stand above it to fill a page, as above a heading.
        foot: marks added from its bottom left corner when it comes last on a page: a table's closing rule.
    """

    lines: int
    items: tuple[Placed, ...] = ()
    before: int = 0
    after: int = 0
    break_after: float = 0.0
    notes: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    head: tuple[Row, ...] = ()
    ends: bool = False
    elastic: bool = False
    foot: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Float:
    """A figure that may move.

    Attributes:
        call: index of the row of text that first refers to it.
        after: index of the row that ends the paragraph of that reference.
    """

    row: Row
    anchor: str
    call: int
    after: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A set footnote: its marks from its top left corner, and its height."""

    items: tuple[Placed, ...]
    height: Pt
    anchor: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of a section on its way to pages.

    Attributes:
        floats: in the order of the text.
        notes: every footnote that a row refers to.
        floats_at_head: whether a float may stand at the head of its first page, where a title may be.
        low: whether its rows stand at the foot of their page.
        barriers: the rows that figures called before them should not stand behind: where another section begins.
        ragged: whether pages may end short, as those of tables do, rather than be filled.
    """

    rows: tuple[Row, ...]
    floats: tuple[Float, ...] = ()
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    floats_at_head: bool = False
    ragged: bool = False
    low: bool = False
    barriers: tuple[int, ...] = ()


Stack: TypeAlias = tuple[Pt, Pt, tuple[Placed, ...]]
"""Marks with the point that their own corner is put at; a row's marks need not be copied to be put somewhere."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of one page, not yet on a side of the book.

    Attributes:
        items: marks from the type area's top left corner; from the trim's if ``full``.
        stacks: the marks of rows, put at points of the same corner's.
        anchors: the names defined on it; ``items`` holds their points, but on full sheets they lead to the corner.
        areas: its drawings, from the same corner.
        kind: text pages carry running heads and folios, first ones, which begin with a section's title, folios only,
            the others none; plain ones are type areas without them.
    """

    items: tuple[Placed, ...] = ()
    anchors: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    kind: Literal["text", "first", "plain", "opener", "cover", "blank"] = "text"
    stacks: tuple[Stack, ...] = ()

    def marks(self) -> Iterator[Placed]:
        """Yield all marks from the sheet's corner."""
        yield from self.items
        for x, y, items in self.stacks:
            yield from moved(items, x, y)

    @property
    def full(self) -> bool:
        return self.kind in ("opener", "cover")


def moved(items: Iterable[Placed], x: Pt, y: Pt) -> tuple[Placed, ...]:
    """Return the marks shifted by (x, y)."""
    return tuple(Placed(i.x + x, i.y + y, i.item, i.content, i.span, i.fact, i.artifact) for i in items)


def moved_areas(areas: Iterable[Area], x: Pt, y: Pt) -> tuple[Area, ...]:
    """Return the areas shifted by (x, y)."""
    return tuple((slot, ax + x, ay + y, width, height) for slot, ax, ay, width, height in areas)


def whole_lines(height: Pt, leading: Pt) -> int:
    """Return how many grid lines a height takes."""
    return max(0, math.ceil(height / leading - 1e-6))


def keep_together(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with no page break between any of them."""
    return (*keep_with_next(rows[:-1]), *rows[-1:])


def keep_with_next(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with no page break after any of them."""
    return tuple(replace(row, break_after=FORBIDDEN) for row in rows)
