"""From page plans to sheets: rows, floats and footnotes put at their places in the type area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum

from reportgen.base.frame import Anchor, Placed
from reportgen.base.style import Style
from reportgen.base.units import Pt
from reportgen.layout.flowing import Area, Float, Flow, Footnote, Row, Sheet, Stack, moved_areas
from reportgen.layout.pages.paginate import FOOTNOTE_RULE, WIDE, PagePlan, more_lines
from reportgen.layout.typeset.drawing import rule

FOOTNOTE_RULE_WIDTH: Pt = 84.0


@dataclass(slots=True)
class _Column:
    """A type area being filled, from its top; ``spare`` lines are to be taken up beside floats."""

    grid: Pt
    items: list[Placed] = field(default_factory=list)
    stacks: list[Stack] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    line: int = 0
    spare: int = 0

    def skip(self, lines: int) -> None:
        """Leave lines blank, and one more while there are lines to be taken up."""
        more = min(1, self.spare)
        self.spare -= more
        self.line += lines + more

    def put(self, row: Row) -> None:
        """Put a row at the current line and move on below it."""
        y = self.line * self.grid
        for name in row.anchors:
            self.anchor(name, y)
        self.stack(row.items, y)
        self.areas += moved_areas(row.areas, 0.0, y)
        self.line += row.lines

    def stack(self, items: tuple[Placed, ...], y: Pt) -> None:
        if items:
            self.stacks.append((0.0, y, items))

    def anchor(self, name: str, y: Pt) -> None:
        self.items.append(Placed(0.0, y, Anchor(name)))
        self.anchors.append(name)


def make_sheet(flow: Flow, plan: PagePlan, style: Style) -> Sheet:
    """Return the sheet of a page plan; every row stands on the grid.

    White that is left on a page before the last is taken up, a line each, at floats and headings.
    """
    column = _Column(style.page.leading, line=plan.hole if flow.low else 0)
    column.spare, headings = more_lines(flow, plan)
    floats = flow.floats[plan.first : plan.first + plan.floats]
    above, below = floats[: plan.top], floats[plan.top + plan.between :]
    between = floats[plan.top : plan.top + plan.between]
    rows = flow.rows[plan.begin : plan.end]
    _put_floats(column, above, text_follows=bool(rows))
    after = {f.after - plan.begin: [g for g in between if g.after == f.after] for f in between}
    _put_rows(column, rows, after, 1 if headings else 0)
    notes = _notes(flow, rows)
    top_of_notes = style.page.height - fsum(note.height for note in notes)
    if below:
        bottom = top_of_notes - FOOTNOTE_RULE if notes else style.page.height
        _put_foot(column, below, bottom, more_text=plan.end < len(flow.rows))
    y = top_of_notes
    if notes:
        color = style.colors.get("rule", style.paragraphs["body"].text.color)
        column.items.append(rule(0.0, y - FOOTNOTE_RULE / 2, FOOTNOTE_RULE_WIDTH, color, 0.5))
    for note in notes:
        column.anchor(note.anchor, y)
        column.stack(note.items, y)
        y += note.height
    return Sheet(tuple(column.items), tuple(column.anchors), tuple(column.areas), stacks=tuple(column.stacks))


def _notes(flow: Flow, rows: Iterable[Row]) -> list[Footnote]:
    ids = dict.fromkeys(note for row in rows for note in row.notes)
    return [flow.notes[note] for note in ids if note in flow.notes]


def _put_floats(column: _Column, floats: Sequence[Float], *, text_follows: bool) -> None:
    """Put floats at the head of a page."""
    for index, entry in enumerate(floats):
        if index:
            column.skip(1)
        column.put(entry.row)
    if floats and text_follows:
        column.skip(1)


def _put_rows(
    column: _Column, rows: Sequence[Row], between: Mapping[int, Sequence[Float]], above_headings: int
) -> None:
    """Put rows below each other, and floats after the rows whose indices they are kept under."""
    for index, row in enumerate(rows):
        if index == 0:
            for head in row.head:
                column.put(head)
        else:
            gap = max(rows[index - 1].after, row.before, 1 if index - 1 in between else 0)
            column.line += gap + (above_headings if row.elastic else 0)
        column.put(row)
        for entry in between.get(index, ()):
            column.skip(1)
            column.put(entry.row)
    if rows:
        column.stack(rows[-1].foot, column.line * column.grid)


def _put_foot(column: _Column, floats: Sequence[Float], bottom: Pt, *, more_text: bool) -> None:
    """Put floats at the foot of the page; under the text where no more follows, or where the white would be wide."""
    lines = sum(entry.row.lines for entry in floats) + len(floats) - 1
    lowest = int(bottom / column.grid + 1e-6) - lines
    column.skip(1)
    if more_text and lowest - column.line <= WIDE:
        column.line = max(lowest, column.line)
    for index, entry in enumerate(floats):
        if index:
            column.line += 1
        column.put(entry.row)
