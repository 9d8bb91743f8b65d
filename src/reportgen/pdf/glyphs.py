"""Glyph runs as text operators (ISO 32000-1, 9.4)."""

from __future__ import annotations

from reportgen.base.frame import GlyphRun
from reportgen.base.units import Mille
from reportgen.pdf.fonts import Code, EmbeddedFont
from reportgen.pdf.numbers import number

FULL_WIDTH: Mille = 900
SQUEEZED_BY: Mille = 150
"""A full-width glyph narrowed by more than this is a squeezed mark; less is kerning or justification."""


def show(run: GlyphRun, font: EmbeddedFont) -> str:
    """Return the glyphs as the inside of ``[…] TJ``, with ``] TJ rise Ts [`` where a glyph stands higher.

    The pen goes where the run's advances say. What is rounded in one move is made up in the next, so that no
    error adds up over a line.
    """
    if run.offsets is not None:
        return _show_shifted(run, font, run.offsets)
    parts: list[str] = ["<"]
    codes, new_code = font.codes, font.code
    pen = cursor = 0.0
    for glyph, advance, text in zip(run.glyphs, run.advances, run.texts, strict=True):
        code = codes.get((glyph, text)) or new_code(glyph, text)
        if code.width - advance > SQUEEZED_BY and code.width > FULL_WIDTH:
            code = font.halved(glyph, text, 0.0, code.width - advance)
        move = round(pen - cursor)
        if move:
            parts.append(f">{-move}<")
            cursor += move
        parts.append(code.hex)
        cursor += code.width
        pen += advance
    return "".join([*parts, ">"])


def _show_shifted(run: GlyphRun, font: EmbeddedFont, offsets: tuple[tuple[Mille, Mille], ...]) -> str:
    parts: list[str] = ["<"]
    pen = cursor = rise = 0.0
    for glyph, advance, text, (right, up) in zip(run.glyphs, run.advances, run.texts, offsets, strict=True):
        code = _code(font, glyph, text, advance, right)
        if up != rise:
            parts.append(f">] TJ {number(up * run.size / 1000)} Ts [<")
            rise = up
        move = round(pen + right - code.shift - cursor)
        if move:
            parts.append(f">{-move}<")
            cursor += move
        parts.append(code.hex)
        cursor += code.width
        pen += advance
    parts.append(">] TJ 0 Ts [" if rise else ">")
    return "".join(parts)


def _code(font: EmbeddedFont, glyph: int, text: str, advance: Mille, right: Mille) -> Code:
    code = font.code(glyph, text)
    blank = code.width - advance
    if blank > SQUEEZED_BY and code.width > FULL_WIDTH:
        return font.halved(glyph, text, min(max(-right, 0.0), blank), blank)
    return code
