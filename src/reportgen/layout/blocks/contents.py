"""Contents lists: the words, dots, and the page as the last pass found it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from reportgen.base.frame import Link, Placed
from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import ContentsEntry, ContentsList, plain
from reportgen.layout.flowing import Row, keep_together, keep_with_next
from reportgen.layout.typeset.drawing import leader
from reportgen.layout.typeset.nodes import Node, Slot
from reportgen.layout.typeset.typesetter import SetText, Typesetter

PAGE_COLUMN: Pt = 24.0
"""Room for page labels at the right edge; entries break before it."""

INDENT: Pt = 21.0
"""Indent of each level below the first."""


@dataclass(frozen=True, slots=True)
class _List:
    """A list being set: its elements by level, and the common width of its numbers where it is a flat, numbered one."""

    tocs: list[Node]
    column: Pt | None

    def toc(self, level: int) -> Node:
        """Return the element that entries of a level go to; deeper levels nest in the ones above."""
        del self.tocs[level:]
        while len(self.tocs) < level:
            self.tocs.append(self.tocs[-1].add("TOC"))
        return self.tocs[-1]


def contents_rows(typesetter: Typesetter, block: ContentsList, node: Node) -> tuple[Row, ...]:
    """Return a row for each entry; the entries of a flat, numbered list hang from one column of numbers."""
    toc = _List([node.add("TOC")], _number_column(typesetter, block))
    rows: list[Row] = []
    above: ContentsEntry | None = None
    for entry, below in zip_longest(block.entries, block.entries[1:]):
        entry_rows = _entry_rows(typesetter, entry, toc)
        if above is None or (entry.level >= above.level and (below is None or below.level <= entry.level)):
            entry_rows = tuple(replace(row, before=0) for row in entry_rows)
        if below and below.level > entry.level:
            entry_rows = keep_with_next(entry_rows)
        rows += entry_rows
        above = entry
    return tuple(rows)


def _entry_rows(typesetter: Typesetter, entry: ContentsEntry, toc: _List) -> tuple[Row, ...]:
    style = _style(typesetter, entry, flat=toc.column is not None)
    slot = toc.toc(entry.level).add("TOCI").add("Reference").add("Link").slot()
    left = INDENT * (entry.level - 1)
    x = left + (toc.column or (_run_in(typesetter, entry.number, style) if entry.number else 0.0))
    page = typesetter.style.page
    text = typesetter.set(entry.content, style, typesetter.measure - x - PAGE_COLUMN, None)
    if not text.lines:
        return ()
    number = typesetter.label(entry.number, style.text, slot, left, page.first_baseline)
    rows = [Row(1, _logical(text, n, x, page.first_baseline, slot)) for n in range(len(text.lines))]
    link = _link(typesetter, entry, slot, len(rows))
    rows[-1] = replace(rows[-1], items=(*rows[-1].items, *_page(typesetter, entry, style, text, x, slot)))
    first = (link, *number, *rows[0].items)
    rows[0] = replace(rows[0], items=first, before=round(style.before / page.leading))
    return keep_together(rows)


def _number_column(typesetter: Typesetter, block: ContentsList) -> Pt | None:
    """Return the width of the numbers of a list whose entries are all of one level and numbered, else None."""
    if not all(entry.number and entry.level == block.entries[0].level for entry in block.entries):
        return None
    widths = (
        _run_in(typesetter, entry.number, _style(typesetter, entry, flat=True)) for entry in block.entries
    )
    return max(widths, default=None)


def _run_in(typesetter: Typesetter, number: str, style: ParagraphStyle) -> Pt:
    return typesetter.natural_width(number, style.text) + style.text.size


def _style(typesetter: Typesetter, entry: ContentsEntry, *, flat: bool) -> ParagraphStyle:
    level = entry.level + (1 if flat else 0)
    return typesetter.paragraph({1: "contents", 2: "contents-2"}.get(level, "contents-3"))


def _logical(text: SetText, number: int, x: Pt, baseline: Pt, slot: Slot) -> tuple[Placed, ...]:
    return tuple(replace(mark, content=slot) for mark in text.marks(text.lines[number], x, baseline))


def _page(
    typesetter: Typesetter, entry: ContentsEntry, style: ParagraphStyle, text: SetText, x: Pt, slot: Slot
) -> tuple[Placed, ...]:
    baseline = typesetter.style.page.first_baseline
    figures = replace(style.text, features=(*style.text.features, "lnum", "tnum"))
    label = typesetter.page_label(entry.anchor)
    page = typesetter.label(label, figures, slot, typesetter.measure, baseline, "right")
    begin = x + text.lines[-1].x + text.lines[-1].width + 6.0
    end = min((mark.x for mark in page), default=typesetter.measure) - 6.0
    return (*leader(begin, end, baseline - 2.0, typesetter.color("grey")), *page)


def _link(typesetter: Typesetter, entry: ContentsEntry, slot: Slot, lines: int) -> Placed:
    words = " ".join(filter(None, (entry.number, plain(entry.content))))
    return Placed(
        0.0, 0.0, Link(typesetter.measure, lines * typesetter.grid, f"#{entry.anchor}", words), slot
    )
