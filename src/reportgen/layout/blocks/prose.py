"""Running text as rows: headings, paragraphs, the numbered findings, lists, definitions, footnotes.

Each function takes the typesetter, a block, the node that the block's elements go under and, where it shows, the name
of the section's accent colour, and returns rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.base.diagnostics import Span
from reportgen.base.frame import Placed
from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import (
    Bullets,
    Definitions,
    Heading,
    Inlines,
    Paragraph,
    Point,
    Points,
    Text,
    plain,
)
from reportgen.layout.flowing import FORBIDDEN, Footnote, Row, keep_together, keep_with_next, whole_lines
from reportgen.layout.typeset.drawing import box
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import SLIP, SetText, Typesetter, raised

SHORT_ENTRY = 2
"""Lines of entries that need no white between them."""

BAR = 2.0
"""Width of the accent bar beside a finding."""

TERMS = 0.34
"""Share of the measure that a column of terms takes at most, with the white after it."""

AFTER_TERMS = 1.2
"""Ems of white between terms and what they mean."""


def paragraph_rows(
    typesetter: Typesetter, block: Paragraph, node: Node, *, opening: bool = False
) -> tuple[Row, ...]:
    """Return a paragraph's lines; one that opens a section may have a style of its own, as English ones have."""
    opener = f"{block.style}-first"
    style = typesetter.paragraph(opener if opening and opener in typesetter.style.paragraphs else block.style)
    return text_rows(typesetter, block.content, style, node.add("P", span=block.span), place=block.span)


def heading_rows(typesetter: Typesetter, block: Heading, node: Node, accent: str) -> tuple[Row, ...]:
    """Return a heading below the section's title; it stays with what follows."""
    style = typesetter.paragraph(f"h{block.level}")
    if block.level == 2:
        style = replace(style, text=replace(style.text, color=typesetter.color(accent)))
    heading = node.add(f"H{block.level}", span=block.span)  # type: ignore[arg-type]
    rows = text_rows(typesetter, block.content, style, heading, place=block.span)
    rows = (replace(rows[0], elastic=block.level == 2), *rows[1:]) if rows else ()
    return keep_with_next(anchored(rows, block.anchor))


def text_rows(
    typesetter: Typesetter,
    content: Inlines,
    style: ParagraphStyle,
    node: Node,
    *,
    x: Pt = 0.0,
    measure: Pt | None = None,
    place: Span | None = None,
) -> tuple[Row, ...]:
    """Return the rows of a paragraph set at ``x`` from the type area's left edge."""
    measure = typesetter.measure - x if measure is None else measure
    text = typesetter.set(content, style, measure, node, place)
    rows = line_rows(typesetter, text, style, x) if style.grid else (stacked(typesetter, text, style, x),)
    return keep_with_next(rows) if style.keep_with_next else rows


def line_rows(typesetter: Typesetter, text: SetText, style: ParagraphStyle, x: Pt) -> tuple[Row, ...]:
    """Return a row for each line, its baseline on the grid."""
    page = typesetter.style.page
    lines = max(1, whole_lines(style.leading, page.leading))
    baseline = page.first_baseline + (lines - 1) * page.leading
    inside = break_costs(len(text.lines), style, typesetter.costs.within_paragraph)
    before, after = white(style, page.leading)
    last = len(text.lines) - 1
    return tuple(
        Row(
            lines,
            text.marks(line, x, baseline),
            before if number == 0 else 0,
            after if number == last else 0,
            inside[number] + (typesetter.costs.hyphen_at_page_end if line.hyphenated else 0.0),
            text.notes(line),
            text.calls(line),
            ends=number == last,
        )
        for number, line in enumerate(text.lines)
    )


def stacked(typesetter: Typesetter, text: SetText, style: ParagraphStyle, x: Pt) -> Row:
    """Return one unbreakable row of lines at the style's own leading, its height rounded up to the grid."""
    lines = whole_lines(len(text.lines) * style.leading, typesetter.grid)
    notes, calls = text.notes(*text.lines), text.calls(*text.lines)
    marks = text.block(x, 0.0, style.leading)
    return Row(lines, marks, *white(style, typesetter.grid), notes=notes, calls=calls, ends=True)


def white(style: ParagraphStyle, grid: Pt) -> tuple[int, int]:
    """Return the style's white above and below, in whole lines."""
    return round(style.before / grid), round(style.after / grid)


def break_costs(count: int, style: ParagraphStyle, within: float) -> tuple[float, ...]:
    """Return the cost of a page break after each line: none may leave fewer lines than orphans or widows."""
    inside = (FORBIDDEN if n < style.orphans or count - n < style.widows else within for n in range(1, count))
    return (*inside, 0.0) if count else ()


def anchored(rows: Sequence[Row], *names: str) -> tuple[Row, ...]:
    """Return the rows with the anchors on the first."""
    if not rows:
        return ()
    return (replace(rows[0], anchors=(*names, *rows[0].anchors)), *rows[1:])


def points_rows(typesetter: Typesetter, block: Points, node: Node, accent: str) -> tuple[Row, ...]:
    """Return the numbered findings: a bar in the accent, the marker, the lead sentence, what follows."""
    style = typesetter.paragraph("point-lead")
    column = BAR + 8.0 + _widest(typesetter, [p.marker for p in block.points], style) + style.text.size
    entries = node.add("L", numbering="Decimal", span=block.span)
    rows: list[Row] = []
    for point in block.points:
        rows += _point_rows(typesetter, point, entries.add("LI"), column, accent)
    return tuple(rows)


def _point_rows(typesetter: Typesetter, point: Point, item: Node, column: Pt, accent: str) -> tuple[Row, ...]:
    color = typesetter.color(point.accent or accent)
    lead_style, style = typesetter.paragraph("point-lead"), typesetter.paragraph("point")
    label = item.add("Lbl").slot()
    body = item.add("LBody").add("P", span=point.span)
    lead = text_rows(typesetter, point.lead, lead_style, body, x=column, place=point.span)
    rest = text_rows(typesetter, point.content, style, body, x=column, place=point.span)
    look = replace(lead_style.text, color=color)
    marker = typesetter.label(point.marker, look, label, BAR + 8.0, typesetter.style.page.first_baseline)
    rows = [*keep_with_next(lead), *rest] if rest else [*keep_together(lead)]
    rows = [replace(row, items=(_bar(row, typesetter.grid, color), *row.items)) for row in rows or [Row(1)]]
    rows[0] = replace(rows[0], before=1, items=(*rows[0].items, *marker))
    rows[-1] = replace(rows[-1], after=1)
    return tuple(rows)


def _bar(row: Row, grid: Pt, color: object) -> Placed:
    return box(0.0, 1.0, BAR, row.lines * grid, color)  # type: ignore[arg-type]


def bullets_rows(typesetter: Typesetter, block: Bullets, node: Node) -> tuple[Row, ...]:
    """Return a list with its markers in a column of their own."""
    style = replace(typesetter.paragraph("body"), first_indent=0.0, hanging=0.0)
    column = _widest(typesetter, block.markers, style) + 0.6 * style.text.size
    numbered = any(marker.strip(".、").isalnum() for marker in block.markers)
    entries = node.add("L", numbering="Decimal" if numbered else "Disc", span=block.span)
    rows: list[Row] = []
    for marker, content in zip(block.markers, block.items, strict=True):
        item = entries.add("LI")
        label = typesetter.label(
            marker, style.text, item.add("Lbl").slot(), 0.0, typesetter.style.page.first_baseline
        )
        body = text_rows(typesetter, content, style, item.add("LBody"), x=column, place=block.span)
        rows += [replace(body[0], items=(*label, *body[0].items)), *body[1:]] if body else []
    return tuple(rows)


def definitions_rows(
    typesetter: Typesetter, block: Definitions, node: Node, *, quiet: bool = False
) -> tuple[Row, ...]:
    """Return terms in a left column, what they mean in the right; short entries have no white between them.

    Args:
        quiet: whether they are set small, as in an imprint.
    """
    entries = node.add("L", numbering="None", span=block.span)
    style = typesetter.paragraph("imprint" if quiet else "definition")
    column = _term_column(typesetter, block, style)
    done = [
        _entry_rows(typesetter, entry, entries.add("LI"), block, style, column) for entry in block.entries
    ]
    gap = 0 if all(len(rows) <= SHORT_ENTRY for rows in done) else 1
    rows: list[Row] = []
    for entry in filter(None, done):
        inside = [replace(row, break_after=row.break_after + typesetter.costs.in_entry) for row in entry[:-1]]
        spaced_rows = [*inside, replace(entry[-1], break_after=0.0)]
        spaced_rows[0] = replace(spaced_rows[0], before=gap if rows else 1)
        rows += spaced_rows
    if rows:
        rows[-1] = replace(rows[-1], after=1, ends=True)
    return tuple(rows)


def _term_column(typesetter: Typesetter, block: Definitions, style: ParagraphStyle) -> Pt:
    """Return where the meanings begin: as near to the terms as the widest term allows."""
    term, foreign = typesetter.paragraph("term"), typesetter.paragraph("term-equivalent")
    widths = [0.0]
    for words, _ in block.entries:
        own, others = _equivalents(typesetter, words)
        widths += [typesetter.width(plain(own), term), *(typesetter.width(plain(o), foreign) for o in others)]
    return min(TERMS * typesetter.measure, max(widths) + SLIP + AFTER_TERMS * style.text.size)


def _entry_rows(
    typesetter: Typesetter,
    entry: tuple[Inlines, Inlines],
    item: Node,
    block: Definitions,
    style: ParagraphStyle,
    column: Pt,
) -> tuple[Row, ...]:
    own, others = _equivalents(typesetter, entry[0])
    room = column - AFTER_TERMS * style.text.size
    label = item.add("Lbl")
    left = text_rows(typesetter, own, typesetter.paragraph("term"), label, measure=room, place=block.span)
    for other in others:
        left += text_rows(
            typesetter, other, typesetter.paragraph("term-equivalent"), label, measure=room, place=block.span
        )
    right = text_rows(typesetter, entry[1], style, item.add("LBody"), x=column, place=block.span)
    return beside(left, right)


def _equivalents(typesetter: Typesetter, term: Inlines) -> tuple[Inlines, list[Inlines]]:
    """Return a term, and its equivalents in other languages."""
    foreign = [isinstance(part, Text) and part.lang not in (None, typesetter.style.lang) for part in term]
    own = tuple(part for part, other in zip(term, foreign, strict=True) if not other)
    return own, [(part,) for part, other in zip(term, foreign, strict=True) if other]


def beside(left: Sequence[Row], right: Sequence[Row]) -> tuple[Row, ...]:
    """Return two columns of one-line rows as one; the longer column's rules for page breaks hold."""
    shorter, longer = sorted((left, right), key=len)
    rows = list(longer)
    for n, row in enumerate(shorter):
        cost = FORBIDDEN if n + 1 < len(shorter) else rows[n].break_after
        rows[n] = replace(
            rows[n],
            items=(*row.items, *rows[n].items),
            notes=(*row.notes, *rows[n].notes),
            calls=(*row.calls, *rows[n].calls),
            break_after=cost,
        )
    return tuple(rows)


def footnote(typesetter: Typesetter, note_id: str, node: Node) -> Footnote:
    """Return a footnote of the document, its mark raised before its words."""
    note = typesetter.document.notes[note_id]
    style = typesetter.paragraph("footnote")
    mark = raised(style.text)
    label = typesetter.label(note.mark, mark, node.add("Lbl").slot(), 0.0, 0.75 * style.leading)
    indent = 1.2 * style.text.size
    text = typesetter.set(note.content, style, typesetter.measure - indent, node.add("P"), note.span)
    marks = (*label, *text.block(indent, 0.0, style.leading))
    return Footnote(marks, len(text.lines) * style.leading, f"note-{note_id}")


def _widest(typesetter: Typesetter, texts: Sequence[str], style: ParagraphStyle) -> Pt:
    return max((typesetter.natural_width(text, style.text) for text in texts), default=0.0)
