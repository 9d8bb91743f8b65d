"""A section as a flow: its blocks become rows, its figures floats, its footnotes stand ready for their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.base.diagnostics import Diagnostic
from reportgen.base.frame import Drawing, OutlineEntry
from reportgen.edition.document import (
    Block,
    Bullets,
    ContentsList,
    Definitions,
    Figure,
    Heading,
    KeyNumbers,
    Paragraph,
    Points,
    Section,
    Table,
    Text,
    plain,
)
from reportgen.layout.blocks.contents import contents_rows
from reportgen.layout.blocks.figure_row import figure_row
from reportgen.layout.blocks.prose import (
    anchored,
    bullets_rows,
    definitions_rows,
    footnote,
    heading_rows,
    paragraph_rows,
    points_rows,
    text_rows,
)
from reportgen.layout.display.number_grid import key_number_rows
from reportgen.layout.display.opener import Opener, opener
from reportgen.layout.flowing import Float, Flow, Row, Sheet, keep_with_next
from reportgen.layout.tables.ruled_table import table_rows
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import Typesetter

TITLE_SINK = 2
"""Blank grid lines above a section's title."""

RAGGED = ("contents", "figures", "annex", "glossary")
"""Sections of lists and tables, whose pages need not be filled."""

QUIET_TITLE = ("imprint", "colophon")
"""Sections whose title is a small heading."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section that is set.

    Attributes:
        flow: its text in rows.
        node: its element of the structure tree.
        opener: the pages before its text, for a part.
        outline: its bookmarks: its title's, or those of its headings where it has none.
        settled: whether it prints no page labels, so that later passes may reuse it.
        sheets: its pages, once it is paginated.
        faults: what was wrong with it.
    """

    section: Section
    node: Node
    opener: Opener | None
    outline: tuple[OutlineEntry, ...]
    settled: bool
    flow: Flow
    sheets: tuple[Sheet, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def chapter(
    typesetter: Typesetter, section: Section, drawings: Mapping[str, Drawing], above: Sequence[Row] = ()
) -> Chapter:
    """Return a section with structure and outline, its text set in rows; faults go to the typesetter.

    Args:
        above: rows that stand over its title: the report's title where there is no cover.
    """
    node = Node(
        "Part" if section.kind == "part" else "Sect", typesetter.root.slots, attributes={"span": section.span}
    )
    typesetter.notes_of.clear()
    typesetter.asked = False
    first = opener(typesetter, section, node) if section.kind == "part" and section.opens else None
    rows: list[Row] = [] if first else [*above, *_head_rows(typesetter, section, node)]
    figures: list[tuple[int, Row, str]] = []
    opening = True
    for block in section.blocks:
        if isinstance(block, Figure):
            row = figure_row(typesetter, block, node, section.accent, drawings)
            figures.append((max(0, len(rows) - 1), row, block.anchor))
        elif isinstance(block, Paragraph):
            rows += paragraph_rows(typesetter, block, node, opening=opening)
            opening = False
        else:
            rows += _block_rows(typesetter, block, node, section)
            opening = isinstance(block, Heading)
    floats = _floats(rows, figures)
    notes = {note: footnote(typesetter, note, at) for note, at in typesetter.notes_of.items()}
    _check_rows(typesetter, section, rows)
    if not section.title and not first:
        rows = [*above, *anchored(rows[len(above) :] or [Row(0)], section.anchor)]
    kind = section.kind
    low = kind in QUIET_TITLE and not above and typesetter.document.form.new_pages
    flow = Flow(tuple(rows), floats, notes, first is not None, kind in RAGGED, low)
    outline = _outline(typesetter, section, first_of_all=bool(above))
    return Chapter(section, node, first, outline, not typesetter.asked, flow)


def _head_rows(typesetter: Typesetter, section: Section, node: Node) -> tuple[Row, ...]:
    """Return a section's title, and of a part that has no opener what would stand there."""
    rows = _title_rows(typesetter, section, node) if section.title else ()
    if section.thesis:
        rows += paragraph_rows(typesetter, Paragraph(section.thesis, "lead", None, section.span), node)
    if section.key_numbers:
        rows += key_number_rows(typesetter, section.key_numbers, node, section.accent)
    return rows


def _title_rows(typesetter: Typesetter, section: Section, node: Node) -> tuple[Row, ...]:
    quiet, new_pages = section.kind in QUIET_TITLE, typesetter.document.form.new_pages
    style = typesetter.paragraph("h2" if quiet else "title" if new_pages else "section")
    heading = node.add("H1", span=section.span)
    rows = text_rows(typesetter, section.title, style, heading)
    if section.kind == "part" and section.number and not section.opens:
        rows = (*_number_rows(typesetter, section, heading), *rows)
    if rows and not quiet and new_pages:
        rows = (Row(TITLE_SINK), *rows)
    if rows and not new_pages:
        rows = (replace(rows[0], elastic=True), *rows[1:])
    return keep_with_next(anchored(rows, section.anchor))


def _number_rows(typesetter: Typesetter, section: Section, heading: Node) -> tuple[Row, ...]:
    """Return the number of a part over its title."""
    style = typesetter.paragraph("h2")
    style = replace(style, text=replace(style.text, color=typesetter.color(section.accent)))
    words = (Text(f"{section.number} "),)
    inside = Node("Span", heading.slots)
    heading.children.insert(0, inside)
    return text_rows(typesetter, words, style, inside)


def _block_rows(typesetter: Typesetter, block: Block, node: Node, section: Section) -> tuple[Row, ...]:
    match block:
        case Heading():
            return heading_rows(typesetter, block, node, section.accent)
        case Points():
            return points_rows(typesetter, block, node, section.accent)
        case Bullets():
            return bullets_rows(typesetter, block, node)
        case Definitions():
            return definitions_rows(typesetter, block, node, quiet=section.kind in QUIET_TITLE)
        case ContentsList():
            return contents_rows(typesetter, block, node)
        case Table():
            return table_rows(typesetter, block, node)
        case KeyNumbers():
            return key_number_rows(typesetter, block, node, section.accent)
        case Figure() | Paragraph():
            raise AssertionError("figures float, paragraphs know what stands before them")


def _floats(rows: Sequence[Row], figures: Sequence[tuple[int, Row, str]]) -> tuple[Float, ...]:
    """Return figures as floats, each called where the text first refers to it, or where it stands if it never does.

    Floats keep their order, so a figure is called no earlier than the one before it.
    """
    mentions: dict[str, int] = {}
    for index, row in enumerate(rows):
        for anchor in row.calls:
            mentions.setdefault(anchor, index)
    floats: list[Float] = []
    call = after = 0
    for place, row, anchor in figures:
        call = max(call, mentions.get(anchor, place))
        after = max(after, _paragraph_end(rows, call))
        floats.append(Float(row, anchor, call, after))
    return tuple(floats)


def _paragraph_end(rows: Sequence[Row], index: int) -> int:
    """Return the last row of the paragraph that a row belongs to."""
    while index + 1 < len(rows) and not rows[index].ends:
        index += 1
    return index


def _outline(typesetter: Typesetter, section: Section, *, first_of_all: bool) -> tuple[OutlineEntry, ...]:
    """Return a section's bookmark, its headings nested by level; the first of all has the report's title if need be."""
    headings = _nested([block for block in section.blocks if isinstance(block, Heading)])
    words = plain(section.title) or (typesetter.document.title if first_of_all or not headings else "")
    title = " ".join(filter(None, (section.number, words)))
    return (OutlineEntry(title, section.anchor, headings, section.kind == "part"),) if title else headings


def _nested(headings: Sequence[Heading]) -> tuple[OutlineEntry, ...]:
    entries: list[OutlineEntry] = []
    index = 0
    while index < len(headings):
        heading, end = headings[index], index + 1
        while end < len(headings) and headings[end].level > heading.level:
            end += 1
        below = _nested(headings[index + 1 : end])
        entries.append(OutlineEntry(plain(heading.content), heading.anchor, below))
        index = end
    return tuple(entries)


def _check_rows(typesetter: Typesetter, section: Section, rows: Sequence[Row]) -> None:
    """Report what cannot be set: rows that no page holds, footnotes that are called from no row of text."""
    page = typesetter.style.page
    for row in rows:
        if row.lines > page.lines:
            message = f"something that may not be divided is {row.lines} lines high; a page has {page.lines}"
            typesetter.faults.error("row-too-tall", message, section.span, "shorten it, or divide it in two")
    called = {note for row in rows for note in row.notes}
    for note in typesetter.notes_of:
        if note not in called:
            message = f"the footnote {note} is called from a caption or a figure's note, where none can be"
            hint = "call it from the text, or write it under the figure"
            typesetter.faults.error("note-outside-text", message, typesetter.document.notes[note].span, hint)
