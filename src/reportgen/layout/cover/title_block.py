"""The head of the first page of a report without a cover: who speaks, which issue, when, and the title.

After the mastheads of Chinese government bulletins (公报、简报): the name of the series or its issuer set large in
vermilion, the number and the date beside it, the heavy and the fine rule (文武线) under both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.base.frame import Placed
from reportgen.base.style import CharStyle, ParagraphStyle
from reportgen.base.units import Pt
from reportgen.edition.document import Inlines, Text
from reportgen.layout.flowing import FORBIDDEN, Row, whole_lines
from reportgen.layout.typeset.drawing import rule
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import Typesetter

NAME: Pt = 22.0
SMALLEST_NAME: Pt = 13.0
NAME_SHARE = 0.68
"""The name's share of the measure at most: number and date stand beside it."""

SMALL: Pt = 9.5
ASCENT, LEADING = 0.88, 1.32
"""Of large lines, in ems: what stands above the first baseline, and from line to line."""

META: Pt = 16.0
"""From a baseline of the head to the next."""

HEAVY, FINE, BETWEEN = 2.0, 0.5, 3.2
"""The two rules, and from the middle of one to that of the other."""

AFTER_NAME, AFTER_RULES, AFTER_TITLE = 11.0, 25.0, 8.0
TITLE: Pt = 25.0
SMALLEST_TITLE: Pt = 17.0
SUBTITLE = 0.52
"""Size of the subtitle as a share of the title's."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Lines from the top down, their marks, and the height that they take."""

    marks: tuple[Placed, ...]
    height: Pt


def title_rows(typesetter: Typesetter, node: Node) -> tuple[Row, ...]:
    """Return the head of the first page, as one row that text follows."""
    head = _masthead(typesetter, node)
    title = _title(typesetter, node, head.height + AFTER_RULES)
    lines = whole_lines(title.height, typesetter.grid)
    return (Row(lines, (*head.marks, *title.marks), after=1, break_after=FORBIDDEN, anchors=("title",)),)


def _masthead(typesetter: Typesetter, node: Node) -> _Column:
    cover, measure = typesetter.document.cover, typesetter.measure
    red, grey = typesetter.color("vermilion"), typesetter.color("grey")
    look = replace(typesetter.paragraph("title").text, color=red, weight="bold")
    small = replace(look, weight="regular", color=grey, size=SMALL)
    name = cover.series or cover.issuer
    size = _size(typesetter, (name,), look, NAME_SHARE * measure, NAME, SMALLEST_NAME)
    first = _lines(typesetter, (name,), replace(look, size=size), NAME_SHARE * measure, node.add("P"), 0.0)
    last = first.height - (LEADING - ASCENT) * size
    marks = [*first.marks]
    issuer = cover.issuer if cover.series else ""
    number = cover.number
    date = last + META if issuer else last
    if issuer:
        marks += typesetter.label(
            issuer, replace(small, color=typesetter.color("black")), node.add("P").slot(), 0.0, date
        )
    if number:
        above = date - META if issuer or date - META >= SMALL else date
        date = date if above < date else date + META
        bold = replace(small, weight="bold", color=typesetter.color("blue"))
        marks += typesetter.label(number, bold, node.add("P").slot(), measure, above, "right")
    marks += typesetter.label(cover.date, small, node.add("P").slot(), measure, date, "right")
    y = max(date, last) + AFTER_NAME
    rules = (rule(0.0, y, measure, red, HEAVY), rule(0.0, y + BETWEEN, measure, red, FINE))
    return _Column((*marks, *(replace(r, artifact="Layout") for r in rules)), y + BETWEEN)


def _title(typesetter: Typesetter, node: Node, y: Pt) -> _Column:
    cover, measure = typesetter.document.cover, typesetter.measure
    look = replace(typesetter.paragraph("title").text, weight="bold")
    size = _size(typesetter, cover.title, look, measure, TITLE, SMALLEST_TITLE)
    heading = node.add("H1" if typesetter.document.is_headed_by_title else "P")
    title = _lines(typesetter, cover.title, replace(look, size=size), measure, heading, y)
    if not any(cover.subtitle):
        return title
    small = replace(look, weight="regular", size=SUBTITLE * size, color=typesetter.color("grey"))
    subtitle = _lines(
        typesetter, cover.subtitle, small, measure, node.add("P"), title.height + AFTER_TITLE - 0.2 * size
    )
    return _Column((*title.marks, *subtitle.marks), subtitle.height)


def _size(
    typesetter: Typesetter, texts: Sequence[str], look: CharStyle, width: Pt, largest: Pt, smallest: Pt
) -> Pt:
    """Return the largest size, in half points, at which each line fits a width, within bounds."""
    widest = max((typesetter.natural_width(text, replace(look, size=largest)) for text in texts), default=0.0)
    return largest if widest <= width else max(smallest, int(2 * largest * width / widest) / 2)


def _lines(
    typesetter: Typesetter, texts: Sequence[str], look: CharStyle, width: Pt, node: Node, y: Pt
) -> _Column:
    """Return lines one below the other from ``y``, each broken where it is longer than the width."""
    style = ParagraphStyle("title-block", look, LEADING * look.size, align="left", grid=False)
    marks: list[Placed] = []
    for index, text in enumerate(texts):
        set_text = typesetter.set(_words(typesetter, text, last=index == len(texts) - 1), style, width, node)
        marks += set_text.down(0.0, y + ASCENT * look.size, style.leading)
        y += len(set_text.lines) * style.leading
    return _Column(tuple(marks), y)


def _words(typesetter: Typesetter, text: str, *, last: bool) -> Inlines:
    return (Text(text),) if last or typesetter.style.main_script == "han" else (Text(f"{text} "),)
