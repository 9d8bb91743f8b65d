"""Key numbers: the value large, its unit small beside it, what it counts beneath, two or three in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportgen.base.color import Color
from reportgen.base.frame import Placed
from reportgen.base.style import CharStyle
from reportgen.base.units import Pt
from reportgen.edition.document import KeyNumber, KeyNumbers
from reportgen.layout.flowing import Row, whole_lines
from reportgen.layout.typeset.drawing import rule
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import Typesetter

GUTTER: Pt = 24.0
ROW_GAP: Pt = 16.0
UNIT_GAP: Pt = 4.0
UNIT = 0.42
"""Size of a unit, as a share of its number's."""

CAP = 0.733
"""Height of the figures of the sans face, as a share of their size."""

SMALLEST_UNIT: Pt = 8.5

LEAST = 0.7
"""Share of their size below which three numbers do not share a row."""

WORDS: Pt = 10.0
LEADING: Pt = 15.0
"""Size and leading of what a number counts."""


@dataclass(frozen=True, slots=True)
class NumberColors:
    """The colours of key numbers: of value and unit, of the words beneath, of the rule above."""

    value: Color
    words: Color
    rule: Color


@dataclass(frozen=True, slots=True)
class NumberGrid:
    """Key numbers from the top left corner of their area: marks and height."""

    marks: tuple[Placed, ...] = ()
    height: Pt = 0.0


def number_grid(typesetter: Typesetter, block: KeyNumbers, node: Node, colors: NumberColors) -> NumberGrid:
    """Return key numbers over the whole measure; all are as large as the widest of them allows."""
    numbers = block.numbers
    look = replace(typesetter.paragraph("key-number").text, color=colors.value)
    columns, large = _columns(typesetter, numbers, look)
    width = _column(typesetter, columns)
    entries = node.add("L", numbering="None")
    marks: list[Placed] = []
    y = 0.0
    for first in range(0, len(numbers), columns):
        heights = [0.0]
        for index, number in enumerate(numbers[first : first + columns]):
            at = (index * (width + GUTTER), y)
            drawn, height = _number(typesetter, number, entries.add("LI"), at, width, large, colors)
            marks += drawn
            heights.append(height)
        y += max(heights) + ROW_GAP
    return NumberGrid(tuple(marks), y - ROW_GAP if numbers else 0.0)


def column_count(numbers: int) -> int:
    """Return how many numbers stand in a row: two, or three where two would leave a hole."""
    return 3 if numbers == 3 or numbers > 4 else 2


def _columns(typesetter: Typesetter, numbers: Sequence[KeyNumber], look: CharStyle) -> tuple[int, CharStyle]:
    """Return the number of columns and the look that fits them; three numbers too long for a row stand two and one."""
    columns = column_count(len(numbers))
    large = _fitting(typesetter, numbers, look, _column(typesetter, columns))
    if len(numbers) == 3 and large.size < LEAST * look.size:
        return 2, _fitting(typesetter, numbers, look, _column(typesetter, 2))
    return columns, large


def _column(typesetter: Typesetter, columns: int) -> Pt:
    return (typesetter.measure - (columns - 1) * GUTTER) / columns


def key_number_rows(typesetter: Typesetter, block: KeyNumbers, node: Node, accent: str) -> tuple[Row, ...]:
    """Return key numbers that stand in running text, on paper, as a row that is not broken."""
    color = typesetter.color(accent)
    grid = number_grid(
        typesetter, block, node, NumberColors(color, typesetter.paragraph("caption").text.color, color)
    )
    return (
        (Row(whole_lines(grid.height, typesetter.grid), grid.marks, before=1, after=1),) if grid.marks else ()
    )


def _number(
    typesetter: Typesetter,
    number: KeyNumber,
    item: Node,
    at: tuple[Pt, Pt],
    width: Pt,
    large: CharStyle,
    colors: NumberColors,
) -> tuple[list[Placed], Pt]:
    """Return one key number from its top left corner, and its height."""
    x, y = at
    caption = typesetter.paragraph("caption")
    style = replace(caption, leading=LEADING, text=replace(caption.text, size=WORDS, color=colors.words))
    text = typesetter.set(number.label, style, width, item_body := Node("LBody", item.slots), number.span)
    baseline = y + 14.0 + CAP * large.size
    marks = [rule(x, y, width, colors.rule, 0.8), *_value(typesetter, number, item, x, baseline, large)]
    item.children.append(item_body)
    first = baseline + 8.0 + style.leading
    marks += text.down(x, first, style.leading)
    return marks, first + (len(text.lines) - 1) * style.leading + 0.3 * style.text.size - y


def _value(
    typesetter: Typesetter, number: KeyNumber, item: Node, x: Pt, baseline: Pt, large: CharStyle
) -> Iterator[Placed]:
    slot = item.add("Lbl").slot()
    for mark in typesetter.label(number.value, large, slot, x, baseline):
        yield replace(mark, fact=number.fact, span=number.span)
    end = x + typesetter.natural_width(number.value, large)
    yield from typesetter.label(number.unit, _unit(large), slot, end + UNIT_GAP, baseline)


def _unit(large: CharStyle) -> CharStyle:
    return replace(large, size=_unit_size(large.size), weight="regular")


def _unit_size(size: Pt) -> Pt:
    return max(SMALLEST_UNIT, UNIT * size)


def _fitting(typesetter: Typesetter, numbers: Sequence[KeyNumber], large: CharStyle, width: Pt) -> CharStyle:
    """Return the look in which every number fits its column, made smaller by half points where it must be."""
    size = large.size
    for number in numbers:
        value = typesetter.natural_width(number.value, large) / large.size
        unit = typesetter.natural_width(number.unit, _unit(large)) / _unit_size(large.size)
        while size > SMALLEST_UNIT and value * size + UNIT_GAP + unit * _unit_size(size) > width:
            size -= 0.5
    return replace(large, size=size)
