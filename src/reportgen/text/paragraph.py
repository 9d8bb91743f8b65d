"""Set: from break points to lines of glyph runs, and the one function that does all three passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.frame import GlyphRun
from reportgen.base.style import CharStyle, ParagraphStyle
from reportgen.base.units import Pt
from reportgen.text.adjust import adjust
from reportgen.text.breaking import break_paragraph
from reportgen.text.costs import FORCED, ParagraphCosts
from reportgen.text.itemize import TextSetting, TextSpan, itemize
from reportgen.text.items import Box, Gap, Items, hangs_of
from reportgen.text.ragged import break_ragged

__all__ = ["Line", "LineRun", "TextSetting", "TextSpan", "set_line", "set_paragraph"]

SOFT_HYPHEN = "\u00ad"
"""The text of a hyphen that a break adds: it tells a reader to join the word again (ISO 32000-1, 14.8.2.2.3)."""

OVERFULL = 0.01
ENDLESS: Pt = 1e6
"""A measure in which any text is one line."""


@dataclass(frozen=True, slots=True)
class LineRun:
    """Glyphs of one span in one face; ``x`` is the pen position from the line's left edge, ``rise`` is up."""

    x: Pt
    run: GlyphRun
    source: int
    rise: Pt = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A set line.

    Attributes:
        x: indent of the first glyph from the measure's left edge, alignment included.
        width: from the first pen position to the last, without a space at the end.
        ratio: how much of the line's stretch (> 0) or shrink (< 0) was used.
        hyphenated: whether a hyphen was added at its end.
        spans: indices of the text spans that have glyphs in it, in order.
        hang: how much of the width hangs beyond the measure, as the style allows.
    """

    runs: tuple[LineRun, ...]
    x: Pt
    width: Pt
    ratio: float
    hyphenated: bool
    spans: tuple[int, ...]
    hang: Pt = 0.0

    @property
    def text(self) -> str:
        return "".join(r.run.text for r in self.runs)


def set_paragraph(
    spans: Sequence[TextSpan], style: ParagraphStyle, measure: Pt, setting: TextSetting
) -> Result[tuple[Line, ...]]:
    """Set a paragraph to a measure.

    Returns:
        Lines in order. Characters without a glyph are left out and reported; a line that had to be stretched
        beyond all tolerances, or in which an unbreakable run had to be divided, is set and reported as a warning.
        Places are the caller's to add.
    """
    faults = Faults()
    items = faults.take(itemize(spans, style, setting))
    if not items.boxes:
        return faults.result(())
    breaker = break_paragraph if style.align == "justify" else break_ragged
    breaks = breaker(items, measure, style.first_indent, style.hanging, setting.costs)
    lines = tuple(LineSetter(breaks.items, spans, style, measure, setting).lines(breaks.ends))
    if breaks.emergency:
        for line, end in zip(lines, breaks.ends, strict=True):
            _check_line(line, breaks.items.gaps[end].penalty, measure, style, setting.costs, faults)
    return Result(lines, tuple(faults.found))


def set_line(text: str, style: CharStyle, lang: str, setting: TextSetting) -> Result[Line | None]:
    """Set text on one line at its natural width; None if it has no characters that can be set."""
    paragraph = ParagraphStyle("label", style, style.size, align="left", grid=False)
    lines = set_paragraph((TextSpan(text, style, lang),), paragraph, ENDLESS, setting)
    return Result(lines.value[0] if lines.value else None, lines.diagnostics)


def _check_line(
    line: Line, penalty: float, measure: Pt, style: ParagraphStyle, costs: ParagraphCosts, faults: Faults
) -> None:
    """Report a line that is not set well; ``penalty`` is that of the break that ends it."""
    words = f"the line “{line.text[:24].strip()}…”"
    over = line.x + line.width - line.hang - measure
    last = penalty == FORCED
    if over > OVERFULL:
        message = f"{words} is {over:.1f} pt wider than its measure"
        faults.warning("line-too-wide", message, None, "widen the measure")
    elif penalty >= costs.split and not last:
        faults.warning("word-divided", f"{words} had to end inside a word or number", None, _DIVIDE)
    elif style.align == "justify" and not last and over < -OVERFULL:
        faults.warning("line-too-short", f"{words} is {-over:.1f} pt short of its measure", None, _DIVIDE)
    elif line.ratio > costs.last_tolerance:
        faults.warning("line-too-loose", f"{words} had to be stretched very wide", None, _DIVIDE)


_DIVIDE = "reword the sentence, or say where a long word may be divided by a soft hyphen (U+00AD)"


@dataclass(slots=True)
class LineSetter:
    """Sets the lines of one paragraph."""

    items: Items
    spans: Sequence[TextSpan]
    style: ParagraphStyle
    measure: Pt
    setting: TextSetting

    def lines(self, ends: Sequence[int]) -> list[Line]:
        """Return the lines that end at the given gaps."""
        begins = [0, *(end + 1 for end in ends[:-1])]
        hangs = hangs_of(self.items.boxes, self.items.gaps)
        return [
            self._line(begin, end, hangs[end] if hangs else 0.0)
            for begin, end in zip(begins, ends, strict=True)
        ]

    def _line(self, begin: int, end: int, hang: Pt) -> Line:
        indent = self.style.hanging if begin else self.style.first_indent
        boxes, gaps = self.items.boxes[begin : end + 1], self.items.gaps[begin:end]
        final = self.items.gaps[end]
        solid = fsum([box.width for box in boxes]) + final.hyphen
        room = self.measure - indent + hang - solid
        slack = room - fsum([gap.width for gap in gaps])
        if slack > 0 and (final.penalty == FORCED or self.style.align != "justify"):
            slack = 0.0
        widths, ratio = adjust(gaps, slack)
        sources = self.items.sources[begin : end + 1]
        runs = self._runs(boxes, sources, (*gaps, final), (*widths, 0.0))
        width = solid + fsum(widths)
        x = indent + _shift(self.style.align, self.measure - indent + hang - width)
        return Line(runs, x, width, ratio, final.hyphen > 0, tuple(dict.fromkeys(sources)), hang)

    def _runs(
        self, boxes: Sequence[Box], sources: Sequence[int], gaps: Sequence[Gap], widths: Sequence[Pt]
    ) -> tuple[LineRun, ...]:
        runs: list[LineRun] = []
        current = _Run(0.0, boxes[0], sources[0])
        x = before = 0.0
        for box, source, gap, width in zip(boxes, sources, gaps, widths, strict=True):
            face, size, glyphs, advances, texts, offsets, solid, lang, _, _ = box
            if (
                face != current.face
                or source != current.source
                or lang != current.lang
                or size != current.size
            ):
                runs.append(self._done(current))
                current = _Run(x, box, source)
            if len(glyphs) == 1 and not before and offsets is None:
                current.glyphs.append(glyphs[0])
                current.advances.append(advances[0])
                current.texts.append(texts[0])
            else:
                current.add(box, before)
            x += solid + before
            before = 0.0
            if width:
                kind = gap.kind
                if kind == "blank-before":
                    # The blank half belongs to the opening mark that follows, so that the mark extracts as one glyph.
                    before = width
                    continue
                if kind != "space" or not self._add_space(current, gap.space, width):
                    current.advances[-1] += width * 1000 / size
                x += width
        self._finish(current, gaps[-1])
        runs.append(self._done(current))
        return tuple(runs)

    def _add_space(self, run: _Run, char: str, width: Pt) -> bool:
        glyph = self.setting.fonts.face(run.face).glyph_of(char)
        if glyph is None:
            return False
        run.glyphs.append(glyph)
        run.advances.append(width * 1000 / run.size)
        run.texts.append(char)
        return True

    def _finish(self, run: _Run, final: Gap) -> None:
        """Add a hyphen, or the space between two words, which marks the word's end for a reader (14.8.2.5)."""
        face = self.setting.fonts.face(run.face)
        char, text = ("-", SOFT_HYPHEN) if final.hyphen else (final.space, final.space)
        glyph = face.glyph_of(char) if char else None
        if glyph is not None:
            run.glyphs.append(glyph)
            run.advances.append(face.advance_of(glyph))
            run.texts.append(text)

    def _done(self, run: _Run) -> LineRun:
        span = self.spans[run.source]
        glyphs = GlyphRun(
            run.face, run.size, tuple(run.glyphs), tuple(run.advances), tuple(run.texts),
            span.style.color, run.lang, run.all_offsets(),
        )  # fmt: skip
        return LineRun(run.x, glyphs, run.source, span.style.rise)


def _shift(align: str, slack: Pt) -> Pt:
    return slack if align == "right" else slack / 2 if align == "center" else 0.0


class _Run:
    """A glyph run being collected.

    Attributes:
        offsets: by index of glyph, for the few glyphs that have one.
    """

    __slots__ = ("advances", "face", "glyphs", "lang", "offsets", "size", "source", "texts", "x")

    def __init__(self, x: Pt, box: Box, source: int) -> None:
        self.x, self.face, self.size, self.lang, self.source = x, box.face, box.size, box.lang, source
        self.glyphs: list[int] = []
        self.advances: list[float] = []
        self.texts: list[str] = []
        self.offsets: dict[int, tuple[float, float]] = {}

    def add(self, box: Box, before: Pt) -> None:
        """Add a box's glyphs; ``before`` gives the first, an opening mark, (part of) its blank half back."""
        index = len(self.glyphs)
        self.glyphs += box.glyphs
        self.advances += box.advances
        self.texts += box.texts
        if box.offsets is not None:
            self.offsets.update(enumerate(box.offsets, index))
        if before:
            blank = before * 1000 / self.size
            right, up = self.offsets.get(index, (0.0, 0.0))
            self.advances[index] += blank
            self.offsets[index] = (right + blank, up)

    def all_offsets(self) -> tuple[tuple[float, float], ...] | None:
        """Return an offset for each glyph, None if there are none."""
        offsets = self.offsets
        if not offsets or not any(x or y for x, y in offsets.values()):
            return None
        none = (0.0, 0.0)
        return tuple(offsets.get(i, none) for i in range(len(self.glyphs)))
