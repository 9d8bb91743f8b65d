"""How wide a table's columns are, and where the numbers stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum

from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import Table, TableCell, plain
from reportgen.layout.tables.seats import seats_of
from reportgen.layout.typeset.typesetter import RAISED, SLIP, Typesetter

GAP: Pt = 12.0
NARROW_GAP: Pt = 5.0
"""White between columns: as a rule, and at least where the columns are many."""

WIDE_GAP: Pt = 24.0
"""White between the columns of a table that has room enough."""

NARROW = 0.75
"""Share of the measure that a table of few columns takes."""

FEW_HAN = 4.2
"""Ems below which Chinese words are not broken."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column asks for: the width below which it overflows, the width at which nothing in it breaks.

    ``share`` is a wanted share of the whole, 0 for none.
    """

    least: Pt
    natural: Pt
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a decimal column stands: its points, and the edge that its heading ends at, from its left edge."""

    point: Pt
    right: Pt


@dataclass(frozen=True, slots=True)
class Columns:
    """Where columns stand: the table's width, left edges, widths, and the numbers of decimal columns."""

    width: Pt
    lefts: tuple[Pt, ...]
    widths: tuple[Pt, ...]
    numbers: tuple[Numbers | None, ...]

    def heading_room(self, index: int) -> Pt:
        """Return the width that a heading is set to, so that it ends with the numbers under it."""
        numbers = self.numbers[index]
        return numbers.right if numbers else self.widths[index]


def fit_columns(typesetter: Typesetter, block: Table) -> Columns:
    """Return a table's columns; one that cannot fit the measure is reported."""
    wishes = [_wish(typesetter, block, index) for index in range(len(block.columns))]
    spaces = max(1, len(wishes) - 1)
    natural = fsum(wish.natural for wish in wishes)
    width = table_width(natural + spaces * WIDE_GAP, typesetter.measure)
    gap = min(GAP, max(NARROW_GAP, (width - natural) / spaces))
    widths = column_widths(wishes, width, gap)
    total = fsum(widths) + gap * (len(widths) - 1)
    if total > typesetter.measure + 0.5:
        message = f"the table {block.name} is {total - typesetter.measure:.0f} pt wider than the measure"
        hint = "give it fewer columns, or shorter headings"
        typesetter.faults.warning("table-too-wide", message, block.span, hint)
    lefts = tuple(accumulate((width + gap for width in widths[:-1]), initial=0.0))
    numbers = tuple(_numbers(typesetter, block, n, width) for n, width in enumerate(widths))
    return Columns(width, lefts, widths, numbers)


def table_width(easy: Pt, measure: Pt) -> Pt:
    """Return the width of a table that needs ``easy`` with wide gaps: a share of the measure if that will do, or all.

    A few columns spread over a whole measure set the numbers far from their labels. Two widths and no more keep the
    tables of a page in order.
    """
    return NARROW * measure if easy <= NARROW * measure else measure


def column_widths(wishes: Sequence[Wish], measure: Pt, gap: Pt) -> tuple[Pt, ...]:
    """Return the columns' widths, without the gaps between them; they fill the measure.

    As in CSS 2.2, 17.5.2.2 (automatic table layout): what remains above the least widths is given in proportion to
    what each column still wants; what remains above the natural widths is shared out evenly. If even the least
    widths do not fit, they are returned, and the table is wider than its measure.
    """
    room = measure - gap * (len(wishes) - 1)
    widths = [max(wish.least, wish.share * room) for wish in wishes]
    spare = room - fsum(widths)
    if spare <= 0:
        return tuple(wish.least for wish in wishes)
    wants = [max(0.0, wish.natural - width) for wish, width in zip(wishes, widths, strict=True)]
    wanted = fsum(wants)
    if wanted > spare:
        return tuple(width + spare * want / wanted for width, want in zip(widths, wants, strict=True))
    more = (spare - wanted) / len(wishes)
    return tuple(width + want + more for width, want in zip(widths, wants, strict=True))


def integer_part(text: str) -> str:
    """Return what stands before a number's decimal point or per cent sign."""
    for index, char in enumerate(text):
        if char == "." and index and text[index - 1].isdigit():
            return text[:index]
    return text.rstrip("%％ \u00a0\u202f")


def _wish(typesetter: Typesetter, block: Table, index: int) -> Wish:
    column = block.columns[index]
    body, head = typesetter.paragraph("table"), typesetter.paragraph("table-head")
    heading = plain(column.heading)
    texts = _texts(block, index)
    whole_words = max((typesetter.width(text, body) / share for text, share in texts.items()), default=0.0)
    natural = whole_words + _status(typesetter, block, index)
    words = max((_least(typesetter, text, body) for text in texts), default=0.0)
    least = natural if column.align == "decimal" else words
    whole = typesetter.width(heading, head)
    least, natural = max(least, _least(typesetter, heading, head)), max(natural, whole)
    return Wish(least + SLIP, natural + SLIP, column.width)


def _numbers(typesetter: Typesetter, block: Table, index: int, width: Pt) -> Numbers | None:
    """Return how a decimal column stands: as a block in the middle of its width, the raised marks within it."""
    if block.columns[index].align != "decimal":
        return None
    body, head = typesetter.paragraph("table"), typesetter.paragraph("table-head")
    parts = [
        (typesetter.width(integer_part(t), body), typesetter.width(t, body)) for t in _texts(block, index)
    ]
    before = max((integer for integer, _ in parts), default=0.0)
    after = max((whole - integer for integer, whole in parts), default=0.0)
    status = _status(typesetter, block, index)
    heading = min(typesetter.width(plain(block.columns[index].heading), head) + SLIP, width)
    middle = (width + max(before + after, heading)) / 2
    right = min(width, max(heading, min(middle, width - status)))
    return Numbers(min(right, width - status) - after, right)


def cells_of(block: Table, index: int) -> list[TableCell]:
    """Return the cells that stand in a column and in no other."""
    seats = (seat for row, _ in seats_of(block) for seat in row)
    return [seat.cell for seat in seats if seat.left == index and seat.cell.column_span == 1]


def _texts(block: Table, index: int) -> dict[str, int]:
    """Return the different words of a column's cells, each with the lines that it can take at no cost: two for a cell
    that covers two rows or more and has spaces to break at, else one.
    """
    texts = ((plain(cell.content), cell.row_span) for cell in cells_of(block, index))
    return {text: min(2, rows) if " " in text else 1 for text, rows in texts}


def _status(typesetter: Typesetter, block: Table, index: int) -> Pt:
    """Return the width of a column's widest status mark, raised."""
    marks = dict.fromkeys(cell.status for cell in cells_of(block, index) if cell.status)
    return max(
        (typesetter.width(mark, typesetter.paragraph("table")) * RAISED for mark in marks), default=0.0
    )


def _least(typesetter: Typesetter, text: str, style: ParagraphStyle) -> Pt:
    """Return the width of the longest word, or of a few Han characters."""
    if any(ord(char) >= 0x2E80 for char in text):
        return min(typesetter.width(text, style), FEW_HAN * style.text.size)
    return max((typesetter.width(word, style) for word in text.split()), default=0.0)
