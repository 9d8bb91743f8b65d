"""The front cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.base.frame import Placed
from reportgen.layout.content import Node
from reportgen.layout.drawing import box
from reportgen.layout.rows import Sheet
from reportgen.layout.setter import Setter


def cover_sheet(setter: Setter, series: Sequence[Sequence[float]], node: Node) -> Sheet:
    """Return the front cover as marks from the trim's top left corner, running into the bleed.

    Args:
        series: the report's own series, from which the cover's lines are drawn.
    """
    page, cover = setter.style.page, setter.document.cover
    ground = box(
        -page.bleed,
        -page.bleed,
        page.trim[0] + 2 * page.bleed,
        page.trim[1] + 2 * page.bleed,
        setter.color("blue"),
    )
    white = setter.color("white")
    title = replace(setter.paragraph("title").text, color=white, size=30.0)
    small = replace(title, size=13.0, weight="regular")
    marks: list[Placed] = [ground]
    y = 0.24 * page.trim[1]
    for text in cover.title:
        marks += setter.label(text, title, node.add("P").slot(), page.inner, y)
        y += 46.0
    for text in cover.subtitle:
        marks += setter.label(text, small, node.add("P").slot(), page.inner, y)
        y += 22.0
    marks += setter.label(cover.issuer, small, node.add("P").slot(), page.inner, page.trim[1] - 90.0)
    marks += setter.label(cover.date, small, node.add("P").slot(), page.inner, page.trim[1] - 66.0)
    return Sheet(tuple(marks), ("cover",), (), "cover")
