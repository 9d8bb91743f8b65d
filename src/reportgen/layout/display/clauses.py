"""Chinese display text broken between its clauses: a line that ends inside a word reads worse than a short one.

Ragged text is broken for even lengths, and Chinese has no spaces that would keep a word together; a designer breaks
such lines at the marks, by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import fsum

from reportgen.base.units import Pt
from reportgen.edition.document import Inline, Inlines, Text

_MARKS, _CLOSING = "，。；：！？", "”’」』）》"
_CLAUSE = re.compile(rf"[^{_MARKS}]*[{_MARKS}]+[{_CLOSING}]*|[^{_MARKS}]+")


def clause_lines(
    content: Inlines, width: Callable[[Inlines], Pt], measure: Pt, most: int
) -> tuple[Inlines, ...]:
    """Return content as lines that end with clauses: the fewest that fit, and the longest as short as possible.

    Nothing if a clause is wider than the measure, or if that takes more than ``most`` lines.

    Args:
        width: of content on one line.
    """
    found = clauses(content)
    widths = [width(clause) for clause in found]
    if not found or max(widths) > measure or len(fill(widths, measure)) - 1 > most:
        return ()
    count = len(fill(widths, measure))
    ends = (fsum(widths[i:j]) for i in range(len(widths)) for j in range(i + 1, len(widths) + 1))
    limit = min(end for end in ends if max(widths) <= end <= measure and len(fill(widths, end)) <= count)
    return tuple(
        tuple(inline for clause in found[start:end] for inline in clause)
        for start, end in pairwise(fill(widths, limit))
    )


def clauses(content: Inlines) -> list[Inlines]:
    """Return content divided behind the marks that end its clauses."""
    found: list[Inlines] = []
    inside = False
    for inline in content:
        for piece in _pieces(inline):
            if inside:
                found[-1] = (*found[-1], piece)
            else:
                found.append((piece,))
            inside = not (isinstance(piece, Text) and piece.text.rstrip(_CLOSING)[-1:] in tuple(_MARKS))
    return found


def fill(widths: Sequence[Pt], limit: Pt) -> list[int]:
    """Return where lines begin, and the end of the last; each takes as many of the widths as fit its limit."""
    begins, room = [0], limit
    for index, width in enumerate(widths):
        if width > room + 1e-6 and index:
            begins.append(index)
            room = limit
        room -= width
    return [*begins, len(widths)]


def _pieces(inline: Inline) -> Inlines:
    if not isinstance(inline, Text):
        return (inline,)
    return tuple(replace(inline, text=part) for part in _CLAUSE.findall(inline.text))
