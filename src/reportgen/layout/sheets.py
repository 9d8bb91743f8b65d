"""From page plans to sheets: rows, floats and footnotes put at their places in the type area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.base.frame import Anchor, Placed
from reportgen.base.style import Style
from reportgen.base.units import Pt
from reportgen.layout.drawing import rule
from reportgen.layout.paginate import FOOTNOTE_RULE, PagePlan
from reportgen.layout.rows import Area, Float, Flow, Footnote, Row, Sheet, moved, moved_areas

FOOTNOTE_RULE_WIDTH: Pt = 84.0


@dataclass(slots=True)
class _Column:
    """A type area being filled, from its top."""

    grid: Pt
    items: list[Placed] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    line: int = 0

    def put(self, row: Row) -> None:
        """Put a row at the current line and move on below it."""
        y = self.line * self.grid
        for name in row.anchors:
            self.anchor(name, y)
        self.items += moved(row.items, 0.0, y)
        self.areas += moved_areas(row.areas, 0.0, y)
        self.line += row.lines

    def anchor(self, name: str, y: Pt) -> None:
        self.items.append(Placed(0.0, y, Anchor(name)))
        self.anchors.append(name)


def make_sheet(flow: Flow, plan: PagePlan, style: Style) -> Sheet:
    """Return the sheet of a page plan; every row stands on the grid.

    White that is left on a page before the last is taken up, a line each, at floats and headings.
    """
    column = _Column(style.page.leading)
    spare = 0 if plan.last or flow.ragged else plan.hole
    floats = flow.floats[plan.first : plan.first + plan.floats]
    above, below = floats[: plan.top], floats[plan.top + plan.amid :]
    amid = floats[plan.top : plan.top + plan.amid]
    rows = flow.rows[plan.begin : plan.end]
    spare = _put_floats(column, above, spare, text_follows=bool(rows))
    _put_rows(
        column, rows, spare, {f.after - plan.begin: [g for g in amid if g.after == f.after] for f in amid}
    )
    notes = _notes(flow, rows)
    top_of_notes = style.page.height - sum(note.height for note in notes)
    if below:
        bottom = top_of_notes - FOOTNOTE_RULE if notes else style.page.height
        _put_foot(column, below, bottom, at_foot=plan.end < len(flow.rows))
    y = top_of_notes
    if notes:
        color = style.colors.get("rule", style.paragraphs["body"].text.color)
        column.items.append(rule(0.0, y - FOOTNOTE_RULE / 2, FOOTNOTE_RULE_WIDTH, color, 0.5))
    for note in notes:
        column.anchor(note.anchor, y)
        column.items += moved(note.items, 0.0, y)
        y += note.height
    return Sheet(tuple(column.items), tuple(column.anchors), tuple(column.areas))


def _notes(flow: Flow, rows: Iterable[Row]) -> list[Footnote]:
    ids = dict.fromkeys(note for row in rows for note in row.notes)
    return [flow.notes[note] for note in ids if note in flow.notes]


def _put_floats(column: _Column, floats: Iterable[Float], spare: int, *, text_follows: bool) -> int:
    """Put floats at the head of a page; return the white lines still to be taken up."""
    for index, entry in enumerate(floats):
        if index:
            column.line += 1
        column.put(entry.row)
    if column.line and text_follows:
        more = min(1, spare)
        column.line += 1 + more
        return spare - more
    return spare


def _put_rows(
    column: _Column, rows: tuple[Row, ...], spare: int, amid: Mapping[int, Sequence[Float]]
) -> None:
    """Put rows below each other, the floats amid them after the rows whose numbers they are kept under."""
    for index, row in enumerate(rows):
        if index == 0:
            for head in row.head:
                column.put(head)
        else:
            gap = max(rows[index - 1].after, row.before, 1 if index - 1 in amid else 0)
            more = min(1, spare) if gap else 0
            spare -= more
            column.line += gap + more
        column.put(row)
        for entry in amid.get(index, ()):
            more = min(1, spare)
            spare -= more
            column.line += 1 + more
            column.put(entry.row)
    if rows:
        column.items += moved(rows[-1].foot, 0.0, column.line * column.grid)


def _put_foot(column: _Column, floats: Sequence[Float], bottom: Pt, *, at_foot: bool) -> None:
    """Put floats at the foot of the page, or under the text where no more text follows."""
    lines = sum(entry.row.lines for entry in floats) + len(floats) - 1
    lowest = int(bottom / column.grid + 1e-6) - lines
    column.line = max(lowest, column.line + 1) if at_foot else column.line + 1
    for index, entry in enumerate(floats):
        if index:
            column.line += 1
        column.put(entry.row)
