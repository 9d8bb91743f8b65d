"""Glyph runs as text operators (ISO 32000-1, 9.4).

The pen goes where the run's advances say. A line that justification spaces evenly gets that space as its character
spacing (``Tc``); what differs from it is a move inside ``TJ``. What one move rounds away the next makes up, so that no
error adds up over a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from reportgen.base.frame import GlyphRun
from reportgen.base.units import Mille, Pt
from reportgen.pdf.write.embedding import Code, EmbeddedFont
from reportgen.pdf.write.numbers import number

FULL_WIDTH: Mille = 900
SQUEEZED_BY: Mille = 150
"""A full-width glyph narrowed by more than this is a squeezed mark; less is kerning or justification."""

HALF_UNIT: Mille = 0.5
"""Half of the finest move, a thousandth of an em."""

EVEN_WITHIN: Mille = 0.01
"""Spaces that differ by less are the same: over fifty glyphs that is half a move."""


class Shown(NamedTuple):
    """Glyphs as operators.

    Attributes:
        spacing: the character spacing that the operators count on, points.
        operators: the inside of ``[…] TJ``, with ``] TJ rise Ts [`` where a glyph stands higher.
    """

    spacing: Pt
    operators: str


def show(run: GlyphRun, font: EmbeddedFont) -> Shown:
    """Return a run's glyphs as operators."""
    codes = font.codes(run.glyphs, run.texts)
    # how much further the pen goes than each glyph is wide
    gains = list(map(sub, run.advances, [code.width for code in codes]))
    if min(gains) < -SQUEEZED_BY:
        _squeeze(run, font, codes, gains)
    spacing = round(_even(gains) * run.size / 1000, 5)
    tracking = spacing * 1000 / run.size
    low, high = tracking - EVEN_WITHIN, tracking + EVEN_WITHIN
    places = [i for i, gain in enumerate(gains, 1) if gain > high or gain < low]
    if run.offsets is not None:
        places = sorted({*places, *_shifts(run.offsets)})
    if not places:
        return Shown(spacing, f"<{''.join([code.hex for code in codes])}>")
    return Shown(spacing, _with_moves(run, codes, gains, tracking, places))


def _squeeze(run: GlyphRun, font: EmbeddedFont, codes: list[Code], gains: list[Mille]) -> None:
    """Give squeezed marks their half-width codes."""
    for i, (code, gain) in enumerate(zip(codes, gains, strict=True)):
        if gain < -SQUEEZED_BY and code.width > FULL_WIDTH:
            before = -run.offsets[i][0] if run.offsets is not None else 0.0
            codes[i] = font.halved(run.glyphs[i], run.texts[i], min(max(before, 0.0), -gain), -gain)
            gains[i] = run.advances[i] - codes[i].width


def _even(gains: Sequence[Mille]) -> Mille:
    """Return the space that most glyphs of a run have after them, 0 where no two of three samples agree."""
    count = len(gains)
    if count < 4:
        return 0.0
    one, two, three = gains[count // 4], gains[count // 2], gains[3 * count // 4]
    if abs(two - one) < EVEN_WITHIN or abs(two - three) < EVEN_WITHIN:
        return two
    return one if abs(one - three) < EVEN_WITHIN else 0.0


def _shifts(offsets: Sequence[tuple[Mille, Mille]]) -> list[int]:
    """Return the glyphs that stand otherwise beside the pen than the one before, and those after them."""
    found = []
    before = (0.0, 0.0)
    for i, offset in enumerate(offsets):
        if offset != before:
            found.append(i)
            before = offset
    return found


def _with_moves(
    run: GlyphRun, codes: Sequence[Code], gains: Sequence[Mille], tracking: Mille, places: Sequence[int]
) -> str:
    """Return the glyphs with moves (and rises) before those at ``places``."""
    hexes = [code.hex for code in codes]
    ahead = [0.0, *accumulate(gains)]
    parts = ["<"]
    start = 0
    moved = rise = 0.0
    for i in places:
        if i == len(codes):
            break
        right, up = run.offsets[i] if run.offsets is not None else (0.0, 0.0)
        parts += hexes[start:i]
        start = i
        if up != rise:
            parts.append(f">] TJ {number(up * run.size / 1000)} Ts [<")
            rise = up
        apart = ahead[i] - tracking * i - moved + right - codes[i].shift
        if apart > HALF_UNIT or apart < -HALF_UNIT:
            move = round(apart)
            parts.append(f">{-move}<")
            moved += move
    parts += hexes[start:]
    parts.append(">] TJ 0 Ts [" if rise else ">")
    return "".join(parts)
