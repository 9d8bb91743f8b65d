"""Glyph runs as text operators (ISO 32000-1, 9.4).

The pen goes where the run's advances say. A line that justification spaces evenly gets that space as its character
spacing (``Tc``); what differs from it is a move inside ``TJ``. What one move rounds away the next makes up, so that no
error adds up over a line.
"""

from __future__ import annotations

from typing import NamedTuple

from reportgen.base.frame import GlyphRun
from reportgen.base.units import Mille, Pt
from reportgen.pdf.fonts import Code, EmbeddedFont
from reportgen.pdf.numbers import number

FULL_WIDTH: Mille = 900
SQUEEZED_BY: Mille = 150
"""A full-width glyph narrowed by more than this is a squeezed mark; less is kerning or justification."""

HALF_UNIT: Mille = 0.5
"""Half of the finest move, a thousandth of an em."""


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
    codes = _codes(run, font)
    spacing = round(_spacing(run, codes) * run.size / 1000, 3)
    tracking = spacing * 1000 / run.size
    if run.offsets is None:
        return Shown(spacing, _level(run, codes, tracking))
    return Shown(spacing, _shifted(run, codes, tracking, run.offsets))


def _codes(run: GlyphRun, font: EmbeddedFont) -> list[Code]:
    """Return the code of each glyph; squeezed marks get their half-width ones."""
    known, new = font.codes, font.code
    codes = [known.get(pair) or new(*pair) for pair in zip(run.glyphs, run.texts, strict=True)]
    for i, (code, advance) in enumerate(zip(codes, run.advances, strict=True)):
        if code[1] - advance > SQUEEZED_BY and code[1] > FULL_WIDTH:
            blank = code.width - advance
            before = -run.offsets[i][0] if run.offsets is not None else 0.0
            codes[i] = font.halved(run.glyphs[i], run.texts[i], min(max(before, 0.0), blank), blank)
    return codes


def _spacing(run: GlyphRun, codes: list[Code]) -> Mille:
    """Return the space that most glyphs of a run have after them, 0 where no two of three samples agree."""
    count = len(codes)
    if count < 4:
        return 0.0
    one, two, three = (run.advances[i] - codes[i].width for i in (count // 4, count // 2, 3 * count // 4))
    if abs(two - one) < HALF_UNIT or abs(two - three) < HALF_UNIT:
        return two
    return one if abs(one - three) < HALF_UNIT else 0.0


def _level(run: GlyphRun, codes: list[Code], tracking: Mille) -> str:
    """Return glyphs that all stand on the baseline at the pen."""
    parts = ["<"]
    drift = 0.0
    for (code, width, _), advance in zip(codes, run.advances, strict=True):
        parts.append(code)
        drift += advance - width - tracking
        if drift > HALF_UNIT or drift < -HALF_UNIT:
            move = round(drift)
            parts.append(f">{-move}<")
            drift -= move
    return "".join([*parts, ">"])


def _shifted(
    run: GlyphRun, codes: list[Code], tracking: Mille, offsets: tuple[tuple[Mille, Mille], ...]
) -> str:
    """Return glyphs whose ink may stand beside the pen or above the baseline."""
    parts = ["<"]
    pen = cursor = rise = 0.0
    for (code, width, shift), advance, (right, up) in zip(codes, run.advances, offsets, strict=True):
        if up != rise:
            parts.append(f">] TJ {number(up * run.size / 1000)} Ts [<")
            rise = up
        apart = pen + right - shift - cursor
        if apart > HALF_UNIT or apart < -HALF_UNIT:
            move = round(apart)
            parts.append(f">{-move}<")
            cursor += move
        parts.append(code)
        cursor += width + tracking
        pen += advance
    parts.append(">] TJ 0 Ts [" if rise else ">")
    return "".join(parts)
