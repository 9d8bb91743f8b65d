"""Where the words of a recorded chart stand: a box a run, and what is wrong with a set of boxes."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.base.frame import IDENTITY, Frame, GlyphRun, Group, Matrix
from reportgen.charts.plotting.boxes import Box

TOUCH = 0.3
"""Points by which boxes may meet: the side bearings of their outermost glyphs are wider."""

Word = tuple[str, Box]


def words_of(frame: Frame, matrix: Matrix = IDENTITY) -> Iterator[Word]:
    """Yield the text and the box of every horizontal run: from 0.88 em above to 0.12 em below its baseline."""
    for placed in frame.items:
        x = matrix[0] * placed.x + matrix[2] * placed.y + matrix[4]
        y = matrix[1] * placed.x + matrix[3] * placed.y + matrix[5]
        item = placed.item
        if isinstance(item, GlyphRun):
            yield item.text, Box(x, y - 0.88 * item.size, x + item.width, y + 0.12 * item.size)
        elif isinstance(item, Group):
            a, b, c, d, e, f = item.matrix
            yield from words_of(item.frame, (a, b, c, d, e + x, f + y))


def collisions(frame: Frame) -> list[tuple[str, str]]:
    """Return the pairs of runs whose boxes overlap."""
    words = list(words_of(frame))
    return [
        (one, other) for i, (one, a) in enumerate(words) for other, b in words[i + 1 :] if a.meets(b, -TOUCH)
    ]


def escapes(frame: Frame) -> list[str]:
    """Return the runs that leave the frame."""
    room = Box(-TOUCH, -TOUCH, frame.width + TOUCH, frame.height + TOUCH)
    return [text for text, box in words_of(frame) if not box.within(room)]
