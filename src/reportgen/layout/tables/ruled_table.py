"""Printed tables (三线表): thick rules above and below, a thin one under the heading, open sides.

A table is rows of whole grid lines; a page break may fall between two rows, never within one, and the heading is
repeated on the next page under 续表 / (continued).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportgen.base.frame import Placed
from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import Inlines, Table, TableCell, TableColumn, Text, plain
from reportgen.layout.blocks.figure_row import caption_marks, note_marks
from reportgen.layout.flowing import FORBIDDEN, Row, keep_with_next, whole_lines
from reportgen.layout.tables.column_widths import Columns, fit_columns, integer_part
from reportgen.layout.tables.seats import Seat, seats_of
from reportgen.layout.typeset.drawing import rule
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import SetText, Typesetter

THICK: Pt = 1.2
THIN: Pt = 0.5
HAIR: Pt = 0.35

TOGETHER = 3
"""Rows that a table's part has at least."""

ABOVE_NOTES: Pt = 4.0

Align = Literal["left", "right", "center"]


def table_rows(typesetter: Typesetter, block: Table, node: Node) -> tuple[Row, ...]:
    """Return a table's caption, heading, body, and its notes and source."""
    if not block.columns:
        message = f"the table {block.name} has no columns"
        typesetter.faults.error("empty-table", message, block.span, "give it some")
        return ()
    table = _Table(typesetter, block, fit_columns(typesetter, block))
    element = node.add("Table", span=block.span)
    if block.file:
        element.attributes["files"] = (block.file,)
    caption = table.caption(block.caption, element.add("Caption"))
    heading = table.heading(element.add("THead").add("TR"))
    body = table.body(element.add("TBody"))
    below = table.below(node)
    rows = [*keep_with_next((caption, heading)), *body]
    if sum(row.lines for row in rows) + below.lines <= typesetter.style.page.lines:
        cost = typesetter.costs.split_table
        rows = [*(replace(row, break_after=row.break_after + cost) for row in rows[:-1]), rows[-1]]
    if below.lines:
        rows[-1] = replace(rows[-1], break_after=FORBIDDEN)
        rows.append(below)
    rows[0] = replace(rows[0], before=1, anchors=(block.anchor,))
    rows[-1] = replace(rows[-1], after=2)
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table being set: its words, and where its columns stand."""

    typesetter: Typesetter
    block: Table
    columns: Columns

    @property
    def style(self) -> ParagraphStyle:
        return self.typesetter.paragraph("table")

    def rule(self, y: Pt, weight: Pt) -> Placed:
        return rule(0.0, y, self.columns.width, self.typesetter.color("black"), weight)

    def group_rule(self) -> Placed:
        """Return the hairline above a group of rows that share a heading."""
        return rule(0.0, 0.0, self.columns.width, self.typesetter.color("rule"), HAIR)

    def caption(self, words: Inlines, node: Node) -> Row:
        block, width = self.block, self.columns.width
        marks, height = caption_marks(self.typesetter, block.number, words, block.unit, node, 0.0, width)
        return Row(whole_lines(height, self.typesetter.grid), marks)

    def again(self) -> tuple[Row, ...]:
        """Return the rows set above a later part: 续表 and the heading, as artifacts."""
        hidden = Node("NonStruct", self.typesetter.root.slots)
        words: Inlines = (Text(self.block.continued),) if self.block.continued else self.block.caption
        rows = (self.caption(words, hidden), self.heading(hidden.add("TR")))
        return tuple(replace(row, items=_artifacts(row.items)) for row in rows)

    def heading(self, tr: Node) -> Row:
        style = self.typesetter.paragraph("table-head")
        texts: list[SetText] = []
        for index, column in enumerate(self.block.columns):
            th = tr.add("TH", id=f"{self.block.name}-c{index}", scope="Column")
            aligned = replace(style, align=_align(column))
            room = self.columns.heading_room(index)
            texts.append(self.typesetter.set(column.heading, aligned, room, th, self.block.span))
        marks, lines = self.cells(style, texts, self.columns.lefts, at_foot=True)
        return Row(
            lines, (self.rule(THICK / 2, THICK), *marks, self.rule(lines * self.typesetter.grid, THIN))
        )

    def body(self, tbody: Node) -> list[Row]:
        """Return the body's rows; none is parted from a cell of it that covers several."""
        again, closing = self.again(), self.rule(0.0, THICK)
        rows: list[Row] = []
        seats = list(seats_of(self.block))
        for number, (cells, above) in enumerate(seats):
            row = self.body_row(tbody.add("TR"), cells, above)
            held = number + 1 < TOGETHER or number + 1 > len(seats) - TOGETHER or bool(seats[number + 1][1])
            head = again if number else ()
            if number and any(seat.cell.row_span > 1 for seat in cells):
                row = replace(row, items=(self.group_rule(), *row.items))
            rows.append(replace(row, break_after=FORBIDDEN if held else 0.0, head=head, foot=(closing,)))
        if rows:
            end = replace(closing, y=rows[-1].lines * self.typesetter.grid)
            rows[-1] = replace(rows[-1], items=(*rows[-1].items, end), foot=(), break_after=0.0)
        return rows

    def body_row(self, tr: Node, seats: Sequence[Seat], above: Sequence[Seat]) -> Row:
        heads = tuple(self.head(seat) for seat in above if seat.cell.header)
        set_cells = [self.cell(seat, self.cell_node(tr, seat, heads)) for seat in seats]
        texts, lefts = [text for text, _ in set_cells], [left for _, left in set_cells]
        marks, lines = self.cells(self.style, texts, lefts, [seat.cell.row_span for seat in seats])
        return Row(lines, marks, notes=tuple(note for text in texts for note in text.notes(*text.lines)))

    def head(self, seat: Seat) -> str:
        """Return the id of a cell that is a header."""
        return f"{self.block.name}-r{seat.row}-c{seat.left}"

    def cell_node(self, tr: Node, seat: Seat, above: tuple[str, ...]) -> Node:
        """Return a cell's element; its headers are its column's, those reaching down to its row, and its row's own."""
        cell = seat.cell
        spans = {"row_span": cell.row_span, "column_span": cell.column_span, "span": cell.span}
        if cell.header:
            return tr.add("TH", id=self.head(seat), scope="Row", **spans)
        heads = [c.attributes["id"] for c in tr.children if isinstance(c, Node) and c.role == "TH"]
        return tr.add("TD", headers=(f"{self.block.name}-c{seat.left}", *above, *heads), **spans)

    def cell(self, seat: Seat, node: Node) -> tuple[SetText, Pt]:
        """Return a cell's words and where its left edge stands; numbers hang from their points."""
        cell, column, end = seat.cell, seat.left, seat.right
        content, left = _with_fact(cell), self.columns.lefts[column]
        numbers = self.columns.numbers[column]
        if numbers is not None and not cell.header:
            ragged = replace(self.style, align="left")
            text = self.typesetter.set(content, ragged, 1e6, node, cell.span, cell.status)
            before = self.typesetter.width(integer_part(plain(cell.content)), self.style)
            return text, left + numbers.point - before
        aligned = replace(self.style, align=_align(self.block.columns[column]))
        room = self.columns.lefts[end - 1] + self.columns.widths[end - 1] - left
        return self.typesetter.set(content, aligned, room, node, cell.span, cell.status), left

    def cells(
        self,
        style: ParagraphStyle,
        texts: Sequence[SetText],
        lefts: Sequence[Pt],
        spans: Sequence[int] = (),
        *,
        at_foot: bool = False,
    ) -> tuple[tuple[Placed, ...], int]:
        """Return the marks of a row, and its height in grid lines; its cells share their first, or last, line.

        Args:
            spans: how many rows each cell covers; its lines run on into them.
        """
        rows = spans or [1] * len(texts)
        most = max(1, *(-(-len(text.lines) // over) for text, over in zip(texts, rows, strict=False)), 1)
        lines = whole_lines(most * style.leading + 2.0, self.typesetter.grid)
        top = (lines * self.typesetter.grid - most * style.leading) / 2
        marks: list[Placed] = []
        for text, left in zip(texts, lefts, strict=True):
            first = most - len(text.lines) if at_foot else 0
            marks += text.block(left, top + first * style.leading, style.leading)
        return tuple(marks), lines

    def below(self, node: Node) -> Row:
        """Return the notes and the source under the last part."""
        lines = (*self.block.notes, self.block.source)
        marks, height = note_marks(self.typesetter, lines, node, ABOVE_NOTES)
        return Row(whole_lines(height, self.typesetter.grid) if marks else 0, marks)


def _artifacts(items: Sequence[Placed]) -> tuple[Placed, ...]:
    return tuple(replace(item, content=None, artifact="Pagination") for item in items)


def _align(column: TableColumn) -> Align:
    return "right" if column.align == "decimal" else column.align


def _with_fact(cell: TableCell) -> Inlines:
    """Return a cell's words, each with the cell's fact where it has none of its own."""
    if cell.fact is None:
        return cell.content
    return tuple(
        replace(part, fact=part.fact or cell.fact) if isinstance(part, Text) else part
        for part in cell.content
    )
