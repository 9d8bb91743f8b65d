"""Letters as paths, for matplotlib's path effects: a halo behind a label is the outline of the same glyphs.

Only effects ask for this; text itself is always glyphs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path as PlotPath

from reportgen.base.color import BLACK
from reportgen.charts.lettering import Lettering


class TextOutlines:
    """Stands in for matplotlib's ``TextToPath``, with the document's faces."""

    FONT_SCALE = 1000.0
    """Outlines are made at this size; matplotlib scales them to the text's."""

    def __init__(self, words: Lettering) -> None:
        self.words = words

    def get_text_path(
        self, prop: Any, s: str, ismath: Any = False, *, features: Any = None, language: Any = None
    ) -> tuple[Any, Any]:
        """Return (vertices, codes) of a line of text, y upwards from its baseline; a formula is taken literally."""
        del ismath, features, language
        style = replace(self.words.style_of(prop), size=self.FONT_SCALE)
        vertices, codes = [np.empty((0, 2))], [np.empty(0, np.uint8)]
        for x, y, run in self.words.runs(s, style, BLACK, 0.0):
            pen = x
            offsets = run.offsets or ((0.0, 0.0),) * len(run.glyphs)
            for glyph, advance, (right, up) in zip(run.glyphs, run.advances, offsets, strict=True):
                scale = run.size / 1000
                font = get_font(str(self.words.setting.fonts.face(run.face).path))
                points, kinds = glyph_path(font, glyph)
                vertices.append(points * scale + (pen + right * scale, -y + up * scale))
                codes.append(kinds)
                pen += advance * scale
        return np.concatenate(vertices), np.concatenate(codes)


def glyph_path(font: Any, glyph: int) -> tuple[Any, Any]:
    """Return (vertices, codes) of the outline of a glyph of an ``FT2Font``, in mille."""
    font.set_size(1000, 72)
    font.load_glyph(glyph, flags=LoadFlags.NO_HINTING)
    points, kinds = font.get_path()
    return (points, kinds) if len(points) else (np.empty((0, 2)), np.empty(0, PlotPath.code_type))
