"""Printed tables (三线表): thick rules above and below, a thin one under the heading, open sides.

A table is rows of whole grid lines; a page break may fall between two rows, never within one, and the heading is
repeated on the next page under 续表 / (continued).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportgen.base.diagnostics import warning
from reportgen.base.frame import Placed
from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import Inlines, Table, TableCell, TableColumn, Text
from reportgen.layout.columns import Wish, column_widths
from reportgen.layout.content import Node
from reportgen.layout.drawing import rule
from reportgen.layout.figures import caption_marks, note_marks
from reportgen.layout.rows import FORBIDDEN, Row, keep_with_next, whole_lines
from reportgen.layout.setter import Setter, SetText, plain

THICK: Pt = 1.2
THIN: Pt = 0.5
SPLIT_SHORT = 150.0
"""Cost of dividing a table that would fit on a page."""

ABOVE_CAPTION: Pt = 0.0

TOGETHER = 3
"""Rows that a table's part has at least."""

GAP: Pt = 12.0
NARROW_GAP: Pt = 5.0
"""White between columns: as a rule, and at least where the columns are many."""


@dataclass(frozen=True, slots=True)
class _Numbers:
    """How a decimal column stands: its points, and the right edge that its heading ends at, from its left edge."""

    point: Pt
    right: Pt


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns stand: left edges, widths, and the numbers of decimal columns."""

    lefts: tuple[Pt, ...]
    widths: tuple[Pt, ...]
    numbers: tuple[_Numbers | None, ...]


def table_rows(setter: Setter, block: Table, node: Node) -> tuple[Row, ...]:
    """Return a table's caption, heading, body, and its notes and source."""
    grid = _grid(setter, block)
    table = node.add("Table", span=block.span)
    if block.file:
        table.attributes["files"] = (block.file,)
    caption = _caption(setter, block, table.add("Caption"))
    heading = _heading(setter, block, grid, table.add("THead").add("TR"))
    again = _again(setter, block, grid)
    body = _body(setter, block, grid, table.add("TBody"), again)
    below = _below(setter, block, node)
    rows = [*keep_with_next((caption, heading)), *body]
    if sum(row.lines for row in rows) + below.lines <= setter.style.page.lines:
        rows = [replace(row, break_after=row.break_after + SPLIT_SHORT) for row in rows[:-1]] + rows[-1:]
    if below.lines:
        rows[-1] = replace(rows[-1], break_after=FORBIDDEN)
        rows.append(below)
    rows[0] = replace(rows[0], before=1, anchors=(block.anchor,))
    rows[-1] = replace(rows[-1], after=2)
    return tuple(rows)


def _caption(setter: Setter, block: Table, node: Node) -> Row:
    marks, height = caption_marks(setter, block.number, block.caption, block.unit, node, ABOVE_CAPTION)
    return Row(whole_lines(height, setter.grid), marks)


def _again(setter: Setter, block: Table, grid: _Grid) -> tuple[Row, ...]:
    """Return the rows set above a later part: 续表 and the heading, as artifacts."""
    hidden = Node("NonStruct", setter.root.slots)
    words: Inlines = (Text(block.continued),) if block.continued else block.caption
    marks, height = caption_marks(setter, block.number, words, block.unit, hidden, ABOVE_CAPTION)
    caption = Row(whole_lines(height, setter.grid), marks)
    heading = _heading(setter, block, grid, hidden.add("TR"))
    return tuple(replace(row, items=_artifacts(row.items)) for row in (caption, heading))


def _artifacts(items: Sequence[Placed]) -> tuple[Placed, ...]:
    return tuple(replace(item, content=None, artifact="Pagination") for item in items)


def _heading(setter: Setter, block: Table, grid: _Grid, tr: Node) -> Row:
    style = setter.paragraph("table-head")
    texts: list[SetText] = []
    for index, column in enumerate(block.columns):
        th = tr.add("TH", id=f"{block.name}-c{index}", scope="Column")
        aligned = replace(style, align=_align(column))
        numbers = grid.numbers[index]
        room = numbers.right if numbers else grid.widths[index]
        texts.append(setter.set(column.heading, aligned, room, th, block.span))
    marks, lines = _cells(setter, style, texts, grid.lefts, bottom=True)
    height = lines * setter.grid
    top = rule(0.0, THICK / 2, setter.measure, setter.color("black"), THICK)
    under = rule(0.0, height, setter.measure, setter.color("black"), THIN)
    return Row(lines, (top, *marks, under))


def _align(column: TableColumn) -> Literal["left", "right", "center"]:
    return "right" if column.align == "decimal" else column.align


def _cells(
    setter: Setter,
    style: ParagraphStyle,
    texts: Sequence[SetText],
    lefts: Sequence[Pt],
    *,
    bottom: bool = False,
) -> tuple[tuple[Placed, ...], int]:
    """Return the marks of a row of cells, and its height in grid lines; cells stand on one first (or last) line."""
    most = max((len(text.lines) for text in texts), default=1) or 1
    lines = whole_lines(most * style.leading + 2.0, setter.grid)
    top = (lines * setter.grid - most * style.leading) / 2
    marks: list[Placed] = []
    for text, left in zip(texts, lefts, strict=True):
        first = most - len(text.lines) if bottom else 0
        for n, line in enumerate(text.lines):
            marks += text.marks(line, left, top + (first + n + 0.75) * style.leading)
    return tuple(marks), lines


def _body(setter: Setter, block: Table, grid: _Grid, tbody: Node, again: tuple[Row, ...]) -> list[Row]:
    rows: list[Row] = []
    closing = rule(0.0, 0.0, setter.measure, setter.color("black"), THICK)
    covered: dict[int, int] = {}
    for number, cells in enumerate(block.rows):
        row, covered = _body_row(setter, block, grid, tbody.add("TR"), number, cells, covered)
        last = number == len(block.rows) - 1
        lonely = number + 1 < TOGETHER or number + 1 > len(block.rows) - TOGETHER
        held = lonely or any(covered.values())
        items = (*row.items, replace(closing, y=row.lines * setter.grid)) if last else row.items
        cost = FORBIDDEN if held and not last else 0.0
        rows.append(replace(row, items=items, break_after=cost, head=again, foot=() if last else (closing,)))
    if rows:
        rows[0] = replace(rows[0], head=())
    return rows


def _body_row(
    setter: Setter,
    block: Table,
    grid: _Grid,
    tr: Node,
    number: int,
    cells: Sequence[TableCell],
    covered: dict[int, int],
) -> tuple[Row, dict[int, int]]:
    """Return a row and, by column, how many more rows a cell of it covers."""
    style = setter.paragraph("table")
    texts: list[SetText] = []
    lefts: list[Pt] = []
    marks: list[Placed] = []
    head = f"{block.name}-r{number}"
    after = {column: count - 1 for column, count in covered.items() if count > 1}
    column = 0
    for cell in cells:
        while covered.get(column, 0) > 0:
            column += 1
        end = min(column + cell.column_span, len(grid.widths))
        if end <= column:
            break
        node = _cell_node(tr, cell, block, column, head)
        width = grid.lefts[end - 1] + grid.widths[end - 1] - grid.lefts[column]
        text, left = _cell(setter, block.columns[column], cell, style, width, grid, column, node)
        texts.append(text)
        lefts.append(left)
        if cell.row_span > 1:
            after.update(dict.fromkeys(range(column, end), cell.row_span - 1))
        column = end
    body, lines = _cells(setter, style, texts, lefts)
    return Row(lines, (*marks, *body)), after


def _cell_node(tr: Node, cell: TableCell, block: Table, column: int, head: str) -> Node:
    spans = {"row_span": cell.row_span, "column_span": cell.column_span, "span": cell.span}
    if cell.header:
        return tr.add("TH", id=f"{head}-c{column}", scope="Row", **spans)
    row_heads = [c.attributes["id"] for c in tr.children if isinstance(c, Node) and c.role == "TH"]
    return tr.add("TD", headers=(f"{block.name}-c{column}", *row_heads), **spans)


def _cell(
    setter: Setter,
    column: TableColumn,
    cell: TableCell,
    style: ParagraphStyle,
    width: Pt,
    grid: _Grid,
    index: int,
    node: Node,
) -> tuple[SetText, Pt]:
    """Return a cell's words and where its left edge stands."""
    numbers = grid.numbers[index]
    content = _facts(cell)
    if numbers is not None and not cell.header:
        text = setter.set(content, replace(style, align="left"), 1e6, node, cell.span, cell.status)
        before = setter.line(_integer(plain(cell.content)), style.text)
        return text, grid.lefts[index] + numbers.point - (before.width if before else 0.0)
    aligned = replace(style, align=_align(column))
    return setter.set(content, aligned, width, node, cell.span, cell.status), grid.lefts[index]


def _facts(cell: TableCell) -> Inlines:
    """Return a cell's words, each with the cell's fact where it has none of its own."""
    return tuple(
        replace(part, fact=part.fact or cell.fact) if isinstance(part, Text) else part
        for part in cell.content
    )


def _below(setter: Setter, block: Table, node: Node) -> Row:
    """Return the notes and the source under the last part."""
    marks, height = note_marks(setter, (*block.notes, block.source), node, 4.0)
    return Row(whole_lines(height, setter.grid) if marks else 0, marks)


# ---- columns ---------------------------------------------------------------------------------------------------


def _grid(setter: Setter, block: Table) -> _Grid:
    wishes = [_wish(setter, block, index) for index in range(len(block.columns))]
    spaces = max(1, len(wishes) - 1)
    gap = min(GAP, max(NARROW_GAP, (setter.measure - sum(wish.natural for wish in wishes)) / spaces))
    widths = column_widths(wishes, setter.measure, gap)
    total = sum(widths) + gap * (len(widths) - 1)
    if total > setter.measure + 0.5:
        message = f"the table {block.name} is {total - setter.measure:.0f} pt wider than the measure"
        setter.faults.append(warning(message, block.span, "give it fewer columns, or shorter headings"))
    lefts = [0.0]
    for width in widths[:-1]:
        lefts.append(lefts[-1] + width + gap)
    numbers = tuple(_numbers(setter, block, index, width) for index, width in enumerate(widths))
    return _Grid(tuple(lefts), tuple(widths), numbers)


def _wish(setter: Setter, block: Table, index: int) -> Wish:
    column = block.columns[index]
    head = setter.paragraph("table-head")
    heading = plain(column.heading)
    cells = [row[index] for row in block.rows if len(row) == len(block.columns)]
    body = setter.paragraph("table")
    contents = [plain(cell.content) + cell.status for cell in cells]
    natural = max((_width(setter, text, body) for text in contents), default=0.0)
    least = (
        natural
        if column.align == "decimal"
        else max((_least(setter, t, body) for t in contents), default=0.0)
    )
    whole = _width(setter, heading, head)
    return Wish(max(least, _least(setter, heading, head)), max(natural, whole), column.width)


def _least(setter: Setter, text: str, style: ParagraphStyle) -> Pt:
    """Return the width of the longest word, or of four Han characters."""
    han = any(ord(char) >= 0x2E80 for char in text)
    if han:
        return min(_width(setter, text, style), 4.2 * style.text.size)
    return max((_width(setter, word, style) for word in text.split()), default=0.0)


def _width(setter: Setter, text: str, style: ParagraphStyle) -> Pt:
    line = setter.line(text, style.text)
    return line.width if line else 0.0


def _numbers(setter: Setter, block: Table, index: int, width: Pt) -> _Numbers | None:
    """Return how a decimal column stands, as a block in the middle of its width, its last one within it."""
    if block.columns[index].align != "decimal":
        return None
    style = setter.paragraph("table")
    cells = [row[index] for row in block.rows if len(row) == len(block.columns)]
    texts = [plain(cell.content) for cell in cells]
    heads = [_width(setter, _integer(text), style) for text in texts]
    tails = [_width(setter, text, style) - head for text, head in zip(texts, heads, strict=True)]
    status = max((_width(setter, c.status, style) * 0.62 for c in cells if c.status), default=0.0)
    head, tail = max(heads, default=0.0), max(tails, default=0.0)
    heading_style = setter.paragraph("table-head")
    heading = min(_width(setter, plain(block.columns[index].heading), heading_style) + 0.1, width)
    block_width = max(head + tail, heading)
    right = min(width, max(heading, min((width + block_width) / 2, width - status)))
    return _Numbers(min(right, width - status) - tail, right)


def _integer(text: str) -> str:
    """Return what stands before a number's decimal point or per cent sign."""
    for index, char in enumerate(text):
        if char == "." and index and text[index - 1].isdigit():
            return text[:index]
    return text.rstrip("%％ \u00a0\u202f")
