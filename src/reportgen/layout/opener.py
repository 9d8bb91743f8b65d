"""The page that opens a part: its accent, numeral, title, thesis and key numbers."""

from __future__ import annotations

from dataclasses import replace

from reportgen.base.frame import Placed
from reportgen.base.units import Pt
from reportgen.edition.document import KeyNumber, KeyNumbers, Section
from reportgen.layout.content import Node
from reportgen.layout.drawing import box, rule
from reportgen.layout.rows import Row, Sheet, whole_lines
from reportgen.layout.setter import Setter


def opener_sheet(setter: Setter, section: Section, node: Node) -> Sheet:
    """Return a part's opener, a recto, as marks from the trim's top left corner."""
    page = setter.style.page
    accent = setter.color(section.accent)
    heading = node.add("H1", span=section.span)
    band = box(-page.bleed, -page.bleed, page.trim[0] + 2 * page.bleed, 0.36 * page.trim[1], accent)
    title = setter.paragraph("opener-title")
    y = 0.36 * page.trim[1] - 60.0
    marks: list[Placed] = [band]
    numeral = replace(title.text, size=120.0)
    marks += setter.label(section.ordinal, numeral, None, page.trim[0] - page.outer, y + 30.0, "right")
    label = replace(title.text, size=12.0, weight="regular")
    marks += setter.label(section.number, label, heading.slot(), page.inner, y - 46.0)
    text = setter.set(section.title, title, page.measure * 0.75, heading, section.span)
    for n, line in enumerate(text.lines):
        marks += text.marks(line, page.inner, y - 12.0 + n * title.leading)
    top = 0.36 * page.trim[1] + 60.0
    thesis, top = _thesis(setter, section, node, top)
    return Sheet(
        (*marks, *thesis, *_numbers(setter, section, node, top + 40.0)), (section.anchor,), (), "opener"
    )


def _thesis(setter: Setter, section: Section, node: Node, y: Pt) -> tuple[tuple[Placed, ...], Pt]:
    if not section.thesis:
        return (), y
    style, page = setter.paragraph("thesis"), setter.style.page
    text = setter.set(section.thesis, style, page.measure * 0.86, node.add("P"), section.span)
    marks: list[Placed] = []
    for line in text.lines:
        marks += text.marks(line, page.inner, y)
        y += style.leading
    return tuple(marks), y


def _numbers(setter: Setter, section: Section, node: Node, y: Pt) -> tuple[Placed, ...]:
    if section.key_numbers is None:
        return ()
    page = setter.style.page
    entries = node.add("L", numbering="None")
    marks: list[Placed] = []
    for index, number in enumerate(section.key_numbers.numbers):
        x = page.inner + (index % 2) * (page.measure + 24.0) / 2
        marks += key_number(setter, number, entries.add("LI"), section.accent, x, y + index // 2 * 110.0)
    return tuple(marks)


def key_number(
    setter: Setter, number: KeyNumber, item: Node, accent: str, x: Pt, y: Pt
) -> tuple[Placed, ...]:
    """Return a number set large with its unit and what it counts, from its top left corner."""
    color = setter.color(accent)
    large = replace(setter.paragraph("key-number").text, color=color)
    small = setter.paragraph("caption").text
    width = (setter.measure - 24.0) / 2
    label = item.add("Lbl").slot()
    line = setter.line(number.value, large)
    value = setter.label(number.value, large, label, x, y + 44.0)
    unit_x = x + (line.width if line else 0.0) + 4.0
    unit = setter.label(number.unit, replace(small, color=color), label, unit_x, y + 44.0)
    text = setter.set(number.label, setter.paragraph("caption"), width, item.add("LBody"), number.span)
    words: list[Placed] = []
    for n, set_line in enumerate(text.lines):
        words += text.marks(set_line, x, y + 62.0 + n * 14.0)
    printed = (replace(mark, fact=number.fact, span=number.span) for mark in value)
    return (rule(x, y, width, color, 1.2), *printed, *unit, *words)


def key_number_rows(setter: Setter, block: KeyNumbers, node: Node, accent: str) -> tuple[Row, ...]:
    """Return key numbers that stand in running text, two in a row."""
    entries = node.add("L", numbering="None")
    rows: list[Row] = []
    for first in range(0, len(block.numbers), 2):
        marks: list[Placed] = []
        for index, number in enumerate(block.numbers[first : first + 2]):
            x = index * (setter.measure + 24.0) / 2
            marks += key_number(setter, number, entries.add("LI"), accent, x, 0.0)
        rows.append(Row(whole_lines(96.0, setter.grid), tuple(marks), before=1, after=1))
    return tuple(rows)
