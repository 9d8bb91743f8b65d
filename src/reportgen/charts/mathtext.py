"""Formulae: matplotlib's own math layout, measured with the document's faces and set as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from matplotlib import rc_context
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser
from matplotlib.path import Path as PlotPath
from matplotlib.transforms import Affine2D

from reportgen.base.color import Color
from reportgen.base.diagnostics import Diagnostic, Result, error
from reportgen.base.frame import GlyphRun, Placed, Shape
from reportgen.base.style import CharStyle
from reportgen.base.units import Mille, Pt
from reportgen.charts.lettering import turned
from reportgen.charts.outlines import glyph_path
from reportgen.charts.paths import outline
from reportgen.text.faces import Face
from reportgen.text.itemize import TextSetting, faces_for

_PARSER = MathTextParser("path")
_FINE = 100
"""matplotlib rounds a formula's box up to whole units, and its baseline with it: lay it out in hundredths."""


class Glyph(NamedTuple):
    """A glyph of a formula: its ``FT2Font``, size, character code, id in the font, and pen position."""

    font: Any
    size: Pt
    code: int
    id: int
    x: Pt
    y: Pt


class Formula(NamedTuple):
    """A formula laid out, in points, y upwards from its baseline.

    Attributes:
        height: descent included.
        rects: rules as (x, y, width, height).
    """

    width: Pt
    height: Pt
    descent: Pt
    glyphs: Sequence[Glyph]
    rects: Sequence[Any]


def lay_out(text: str, style: CharStyle, setting: TextSetting) -> Result[Formula | None]:
    """Return a string with ``$…$`` in it laid out.

    Upright letters and figures are of the style's family, variables of the first italic face that it or another
    family has. Symbols that these faces lack come from STIX and are drawn as outlines.

    A malformed formula is an error and has no layout.
    """
    upright = _face(style, setting, "regular")
    with rc_context(_fonts(style, setting)):
        prop = FontProperties(fname=str(upright.path), size=style.size, math_fontfamily="custom")
        try:
            parsed = _PARSER.parse(text, 72 * _FINE, prop)
        except ValueError as problem:
            return Result(None, (_malformed(text, problem),))
    glyphs = [
        Glyph(font, float(size), code, id, float(x) / _FINE, float(y) / _FINE)
        for font, size, code, id, x, y in parsed.glyphs
    ]
    rects = [tuple(float(v) / _FINE for v in rect) for rect in parsed.rects]
    width, height, depth = (float(v) / _FINE for v in parsed[:3])
    return Result(Formula(width, height, depth, glyphs, rects))


def _malformed(text: str, problem: ValueError) -> Diagnostic:
    message = f"the formula in “{text}” cannot be read: {str(problem).strip().splitlines()[-1]}"
    return error("wrong-formula", message, None, "mend it, or write \\$ for a dollar sign")


def _face(style: CharStyle, setting: TextSetting, weight: str) -> Face:
    family = setting.families[style.family]
    wanted = CharStyle(style.family, style.size, "bold" if weight == "bold" else style.weight)
    return setting.fonts.face(faces_for(wanted, family, han_first=False)[0])


def _fonts(style: CharStyle, setting: TextSetting) -> Any:
    upright, bold = _face(style, setting, "regular"), _face(style, setting, "bold")
    families = [setting.families[style.family], *setting.families.values()]
    italics = [f.latin.italic for f in families if f.latin.italic]
    italic = setting.fonts.face(italics[0]) if italics else upright
    pattern = {
        name: FontProperties(fname=str(face.path)).get_fontconfig_pattern()
        for name, face in (("rm", upright), ("it", italic), ("bf", bold), ("bfit", italic))
    }
    pattern |= dict.fromkeys(("cal", "tt", "sf"), pattern["rm"])
    return {
        "mathtext.fontset": "custom",
        "mathtext.fallback": "stixsans",
        **{f"mathtext.{name}": p for name, p in pattern.items()},
    }


def placed(
    formula: Formula, color: Color, setting: TextSetting, lang: str, pen: tuple[Pt, Pt], angle: float
) -> Iterator[Placed]:
    """Yield the marks of a formula whose baseline starts at ``pen`` (y downwards)."""
    keys = {str(face.path.resolve()): key for key, face in setting.fonts.faces.items()}
    for run in _joined(formula.glyphs):
        first = run[0]
        right, down = turned(first.x, first.y, angle)
        left, top = pen[0] + right, pen[1] + down
        key = keys.get(str(FilePath(first.font.fname).resolve()))
        if key is None:
            yield Placed(left, top, Shape(_drawn(first, angle), fill=color))
            continue
        glyphs, texts = tuple(g.id for g in run), tuple(chr(g.code) for g in run)
        advances = _advances(run, setting.fonts.face(key))
        yield Placed(left, top, GlyphRun(key, first.size, glyphs, advances, texts, color, lang, None, angle))
    for x, y, width, height in formula.rects:
        place = Affine2D().scale(width, height).translate(x, y).rotate_deg(angle)
        yield Placed(*pen, Shape(outline(PlotPath.unit_rectangle(), place, 0.0).path, fill=color))


def _joined(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return runs of glyphs that share face, size and baseline and go to the right; symbols stay alone."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last and last[:2] == glyph[:2] and last.y == glyph.y and last.x < glyph.x:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _advances(run: Sequence[Glyph], face: Face) -> tuple[Mille, ...]:
    steps = [(after.x - before.x) * 1000 / before.size for before, after in pairwise(run)]
    return (*steps, face.advance_of(run[-1].id))


def _drawn(glyph: Glyph, angle: float) -> Any:
    """Return a glyph's outline, turned, about its pen position."""
    vertices, codes = glyph_path(glyph.font, glyph.id)
    return outline(PlotPath(vertices, codes), Affine2D().scale(glyph.size / 1000).rotate_deg(angle), 0.0).path
