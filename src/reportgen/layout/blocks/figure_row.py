"""A numbered figure: rule, drawing, caption with unit, notes and source, as one row that may float."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.base.frame import Drawing, Frame, Group, Placed
from reportgen.base.units import Pt
from reportgen.edition.attach import description_file
from reportgen.edition.document import Figure, Inlines
from reportgen.layout.flowing import Row, moved, whole_lines
from reportgen.layout.typeset.drawing import rule
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import SetText, Typesetter

RULE: Pt = 1.2
ABOVE_DRAWING: Pt = 8.0
ABOVE_CAPTION: Pt = 6.0
ABOVE_NOTES: Pt = 3.0

LOWERED: Pt = 5.0
"""Most of the white that rounding to whole lines leaves is below a figure; up to this goes above its rule, which
then stands level with the tops of letters.
"""


def figure_row(
    typesetter: Typesetter, block: Figure, node: Node, accent: str, drawings: Mapping[str, Drawing]
) -> Row:
    """Return a figure as one row; a missing drawing leaves its room white and is reported.

    Caption, notes and source stand beside the Figure element, not inside it: its alternative text is a substitute
    for the element and all its children (ISO 32000-1, 14.9.3), so a reader would never hear them.
    """
    drawing = drawings.get(block.name) or _missing(typesetter, block)
    whole = node.add("Div", span=block.span)
    figure = whole.add("Figure", alt=drawing.alt or block.number, span=block.span)
    figure.attributes["files"] = _files(typesetter, block)
    slot = figure.slot()
    frame = drawing.frame
    x = max(0.0, (typesetter.measure - frame.width) / 2)
    marks = [rule(0.0, RULE / 2, typesetter.measure, typesetter.color(accent), RULE)]
    top = RULE + ABOVE_DRAWING
    marks.append(Placed(x, top, Group(frame), slot, block.span))
    words, y = _words(
        typesetter, block, drawing.unit or block.unit, whole, top + frame.height + ABOVE_CAPTION
    )
    lines = whole_lines(y, typesetter.grid)
    lower = min(LOWERED, (lines * typesetter.grid - y) / 2)
    area = (slot, x, top + lower, frame.width, frame.height)
    row = Row(lines, moved((*marks, *words), 0.0, lower), anchors=(block.anchor,), areas=(area,))
    return _checked(typesetter, block, row, frame)


def _files(typesetter: Typesetter, block: Figure) -> tuple[str, ...]:
    """Return the attached files that belong to a figure: its data, and its description at length."""
    carried = {attachment.name for attachment in typesetter.document.attachments}
    return tuple(name for name in (block.file, description_file(block.name)) if name and name in carried)


def _words(
    typesetter: Typesetter, block: Figure, unit: str, node: Node, y: Pt
) -> tuple[tuple[Placed, ...], Pt]:
    """Return caption, notes and source from ``y`` down, and where they end."""
    caption = node.add("Caption")
    marks, y = caption_marks(typesetter, block.number, block.caption, unit, caption, y)
    lines = (*block.notes, block.source)
    below, y = note_marks(typesetter, lines, node, y + ABOVE_NOTES)
    return (*marks, *below), y


def caption_marks(
    typesetter: Typesetter,
    number: str,
    caption: Inlines,
    unit: str,
    node: Node,
    y: Pt,
    width: Pt | None = None,
) -> tuple[tuple[Placed, ...], Pt]:
    """Return a caption's marks, its number in bold and its unit at the right, and where it ends.

    Args:
        width: of a table, which may be narrower than the measure.
    """
    style, look = typesetter.paragraph("caption"), typesetter.paragraph("note")
    width = typesetter.measure if width is None else width
    bold = replace(style.text, weight="bold")
    label, line = node.slot(), typesetter.line(number, bold)
    x = line.width + style.text.size if line else 0.0
    room = typesetter.width(unit, look) + style.text.size if unit else 0.0
    text, at = _caption(typesetter, caption, x, width, room, node)
    baseline = y + 0.75 * style.leading
    marks = [*typesetter.label(number, bold, label, 0.0, baseline)]
    for n, set_line in enumerate(text.lines):
        marks += text.marks(set_line, x - set_line.x, baseline + n * style.leading)
    if unit:
        marks += typesetter.label(unit, look.text, node.slot(), width, baseline + at * style.leading, "right")
    return tuple(marks), y + max(1, len(text.lines), at + 1) * style.leading


def _caption(
    typesetter: Typesetter, caption: Inlines, x: Pt, width: Pt, room: Pt, node: Node
) -> tuple[SetText, int]:
    """Return a caption's words, and beside which of its lines the unit stands.

    In two lines a caption keeps to its table, the unit beside its first. A longer one begins in the whole measure,
    and leaves the unit its room below.
    """
    style = typesetter.paragraph("caption")
    near = width - x - room
    if width >= typesetter.measure or len(typesetter.set(caption, style, near, None).lines) <= 2:
        return typesetter.set(caption, style, near, node), 0
    whole = typesetter.measure - x
    text = typesetter.set(caption, replace(style, hanging=whole - near), whole, node)
    return text, max(1, len(text.lines) - 1)


def note_marks(
    typesetter: Typesetter, lines: tuple[Inlines, ...], node: Node, y: Pt
) -> tuple[tuple[Placed, ...], Pt]:
    """Return note and source lines from ``y`` down, and where they end."""
    style = typesetter.paragraph("note")
    marks: list[Placed] = []
    for content in lines:
        if not content:
            continue
        text = typesetter.set(content, style, typesetter.measure, node.add("P"))
        marks += text.block(0.0, y, style.leading)
        y += len(text.lines) * style.leading
    return tuple(marks), y


def _missing(typesetter: Typesetter, block: Figure) -> Drawing:
    hint = f"define the chart {block.name} in data/charts.toml"
    typesetter.faults.error("unknown-chart", f"there is no drawing {block.name}", block.span, hint)
    return Drawing(Frame(typesetter.measure, 8 * typesetter.grid), block.number, "")


def _checked(typesetter: Typesetter, block: Figure, row: Row, frame: Frame) -> Row:
    page = typesetter.style.page
    if row.lines > page.lines:
        message = (
            f"the figure {block.name} is {row.lines * page.leading - page.height:.0f} pt taller than the page"
        )
        typesetter.faults.error(
            "figure-too-tall", message, block.span, "give it less height in data/charts.toml"
        )
        return replace(row, lines=page.lines)
    if frame.width > page.measure + 0.5:
        message = f"the figure {block.name} is {frame.width - page.measure:.0f} pt wider than the measure"
        typesetter.faults.warning(
            "figure-too-wide", message, block.span, "draw it to the width of the measure"
        )
    return row
