"""Short text on one line: labels, folios, running heads, the words of charts."""

from __future__ import annotations

from reportgen.base.frame import GlyphRun
from reportgen.base.style import CharStyle, ParagraphStyle
from reportgen.base.units import Pt
from reportgen.text.itemize import TextSetting, TextSpan
from reportgen.text.paragraph import Line, set_paragraph

_ENDLESS: Pt = 1e6


def shape_line(text: str, style: CharStyle, lang: str, setting: TextSetting) -> Line | None:
    """Set text on one line at its natural width, None if it has no characters that can be set."""
    paragraph = ParagraphStyle("label", style, style.size, align="left", grid=False)
    lines = set_paragraph((TextSpan(text, style, lang),), paragraph, _ENDLESS, setting).value
    return lines[0] if lines else None


def shape_text(text: str, style: CharStyle, lang: str, setting: TextSetting) -> tuple[GlyphRun, ...]:
    """Return the runs of text set on one line at its natural width, each starting where the last one ends."""
    line = shape_line(text, style, lang, setting)
    return tuple(r.run for r in line.runs) if line else ()


def text_width(text: str, style: CharStyle, lang: str, setting: TextSetting) -> Pt:
    """Return the natural width of text on one line."""
    line = shape_line(text, style, lang, setting)
    return line.width if line else 0.0
