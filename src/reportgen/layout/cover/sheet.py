"""The cover as one sheet: back, spine and front beside each other, for heavier stock that wraps around the pages.

The spine is as wide as the book is thick, which the paper decides: it is an argument. The back is the front's ground
alone, and the front's lines run on over both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.base.diagnostics import Result
from reportgen.base.frame import Element, Frame, Group, Page, Placed, Publication, rectangle
from reportgen.base.style import CharStyle, Style
from reportgen.base.units import Pt, mm
from reportgen.edition.document import ComposedDocument
from reportgen.layout.cover.front import lines_beyond
from reportgen.layout.typeset.drawing import box
from reportgen.layout.typeset.typesetter import Typesetter
from reportgen.text.paragraph import TextSetting

LEAST_SPINE: Pt = mm(5)
"""A narrower spine bears no text: it would slip round the edge when the book is bound."""

SPINE_TEXT_SHARE = 0.45
"""The size of the spine's text, as a share of its width …"""

LARGEST_SPINE_TEXT: Pt = 14.0
"""… but no larger than this."""

SPINE_HEAD: Pt = mm(20)
SPINE_DRAWN_FOR: Pt = 180.0
"""Lines are drawn for a spine of this width at least, so that another page in the book does not draw them anew."""

BASELINE = 0.36
"""How far below the middle of a line its baseline lies, in ems, for capitals and Chinese characters alike."""

UPRIGHT = {"“": "『", "”": "』", "‘": "「", "’": "」"}
"""What stands for quotation marks in vertical Chinese text (GB/T 15834—2011, 5.2)."""


def lay_out_cover(
    book: Publication,
    document: ComposedDocument,
    style: Style,
    setting: TextSetting,
    series: Sequence[Sequence[float]],
    spine: Pt,
) -> Result[Publication]:
    """Lay out the cover of a book as a publication of one page, folded at both edges of the spine.

    Args:
        book: laid out; its first page is the front.
        series: numbers for the lines, as for the front.
        spine: its width; one of less than :data:`LEAST_SPINE` bears no title.
    """
    typesetter = Typesetter(document, style, setting, {}, series=series)
    front, bleed = book.pages[0].frame, book.bleed
    width, height = front.width, front.height
    right = width + spine
    lines = lines_beyond(typesetter, width + max(spine, SPINE_DRAWN_FOR))
    items = (
        box(-bleed, -bleed, right + width + 2 * bleed, height + 2 * bleed, typesetter.color("blue")),
        _clipped(right, lines, -right - bleed, right + bleed, bleed),
        *_spine(typesetter, width, spine),
        _clipped(right, front, 0.0, width + bleed, bleed),
    )
    page = Page(Frame(right + width, height, items), "", "none", "recto", folds=(width, right))
    metadata = replace(book.metadata, identifier=f"{book.metadata.identifier}.cover")
    return typesetter.faults.result(Publication(metadata, bleed, (page,), Element("Document")))


def _clipped(x: Pt, frame: Frame, left: Pt, width: Pt, bleed: Pt) -> Placed:
    """Return a frame at ``x`` that shows ``width`` from ``left`` of its corner, and nothing beyond the bleed."""
    clip = rectangle(left, -bleed, left + width, frame.height + bleed)
    return Placed(x, 0.0, Group(frame, clip=clip))


def _spine(typesetter: Typesetter, x: Pt, spine: Pt) -> Iterator[Placed]:
    """Yield the title on the spine: Chinese upright and downwards, Western text turned to read downwards."""
    title, page = typesetter.document.title, typesetter.style.page
    if spine < LEAST_SPINE or not title:
        return
    size = min(LARGEST_SPINE_TEXT, spine * SPINE_TEXT_SHARE)
    room, middle = page.trim.height - 2 * SPINE_HEAD, x + spine / 2
    look = replace(
        typesetter.paragraph("title").text, weight="bold", color=typesetter.color("white"), size=size
    )
    if typesetter.style.main_script == "han":
        yield from _stacked(typesetter, title, look, middle, room)
    else:
        yield from _turned(typesetter, title, look, middle, room)


def _turned(typesetter: Typesetter, title: str, look: CharStyle, middle: Pt, room: Pt) -> Iterator[Placed]:
    """Yield a line turned by a right angle, set smaller if it is longer than the room."""
    line = typesetter.line(title, look, punctuation="plain")
    fit = min(1.0, room / line.width) if line and line.width else 1.0
    if fit < 1:
        line = typesetter.line(title, replace(look, size=look.size * fit), punctuation="plain")
    for part in line.runs if line else ():
        x = middle - BASELINE * look.size * fit + part.rise
        yield Placed(x, SPINE_HEAD + part.x, replace(part.run, angle=-90.0))


def _stacked(typesetter: Typesetter, title: str, look: CharStyle, middle: Pt, room: Pt) -> Iterator[Placed]:
    """Yield one upright character below the other; white space is a gap."""
    step = min(1.15 * look.size, room / len(title))
    look = replace(look, size=min(look.size, step), features=(*look.features, "vert"))
    for index, char in enumerate(title):
        line = typesetter.line(UPRIGHT.get(char, char), look, punctuation="plain")
        if line is None:
            continue
        y = SPINE_HEAD + index * step + (0.5 + BASELINE) * look.size
        for part in line.runs:
            run = replace(part.run, texts=(char, *part.run.texts[1:]))
            yield Placed(middle - line.width / 2 + part.x, y - part.rise, run)
