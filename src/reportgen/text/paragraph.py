"""Set: from break points to lines of glyph runs, and the one function that does all three passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.base.diagnostics import Diagnostic, Result, warning
from reportgen.base.frame import GlyphRun
from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.text.breaking import break_paragraph, break_ragged
from reportgen.text.itemize import Box, Gap, Items, TextSetting, TextSpan, itemize

__all__ = ["Line", "LineRun", "TextSetting", "TextSpan", "set_paragraph"]


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
        width: from the first pen position to the last.
        ratio: how much of the line's stretch (> 0) or shrink (< 0) was used.
        hyphenated: whether a hyphen was added at its end.
        spans: indices of the text spans that have glyphs in it, in order.
    """

    runs: tuple[LineRun, ...]
    x: Pt
    width: Pt
    ratio: float
    hyphenated: bool
    spans: tuple[int, ...]

    @property
    def text(self) -> str:
        return "".join(r.run.text for r in self.runs)


def set_paragraph(
    spans: Sequence[TextSpan], style: ParagraphStyle, measure: Pt, setting: TextSetting
) -> Result[tuple[Line, ...]]:
    """Set a paragraph to a measure.

    Returns:
        Lines in order. Characters without a glyph are left out and reported; a line that had to be stretched
        beyond all tolerances is set and reported as a warning. Places are the caller's to add.
    """
    items, faults = itemize(spans, style, setting)
    if not items.boxes:
        return Result((), faults)
    justify = style.align == "justify"
    breaker = break_paragraph if justify else break_ragged
    breaks = breaker(items, measure, style.first_indent, style.hanging)
    diagnostics: list[Diagnostic] = list(faults)
    lines: list[Line] = []
    begin = 0
    forced = {i for i, gap in enumerate(items.gaps) if gap.penalty == float("-inf")}
    for number, end in enumerate(breaks.ends):
        indent = style.first_indent if number == 0 else style.hanging
        last = end in forced
        lines.append(
            _set_line(items, begin, end, spans, style, measure, indent, setting, stretch=justify and not last)
        )
        begin = end + 1
    if breaks.emergency:
        diagnostics += _loose(lines, measure)
    return Result(tuple(lines), tuple(diagnostics))


def _loose(lines: Sequence[Line], measure: Pt) -> list[Diagnostic]:
    found = []
    for line in lines:
        if line.x + line.width > measure + 0.01:
            found.append(
                warning(
                    f"the line “{line.text[:24]}…” is {line.x + line.width - measure:.1f} pt wider than its measure",
                    None,
                    "it holds a word or number that may not be divided: reword, or give a soft hyphen (U+00AD)",
                )
            )
        elif line.ratio > 4:
            found.append(
                warning(
                    f"the line “{line.text[:24]}…” had to be stretched very wide", None, "reword the sentence"
                )
            )
    return found


def _set_line(
    items: Items,
    begin: int,
    end: int,
    spans: Sequence[TextSpan],
    style: ParagraphStyle,
    measure: Pt,
    indent: Pt,
    setting: TextSetting,
    *,
    stretch: bool,
) -> Line:
    gaps = items.gaps[begin:end]
    hyphen = items.gaps[end].hyphen
    natural = sum(items.widths[begin : end + 1]) + sum(g.width for g in gaps) + hyphen
    slack = measure - indent - natural
    widths, ratio = _adjust(gaps, slack, stretch=stretch)
    runs = _runs(items.boxes[begin : end + 1], gaps, widths, spans, setting, hyphen > 0)
    width = natural - sum(g.width for g in gaps) + sum(widths)
    x = indent + _shift(style.align, measure - indent - width)
    seen = tuple(dict.fromkeys(box.source for box in items.boxes[begin : end + 1]))
    return Line(runs, x, width, ratio, hyphen > 0, seen)


def _shift(align: str, slack: Pt) -> Pt:
    return slack if align == "right" else slack / 2 if align == "center" else 0.0


def _adjust(gaps: Sequence[Gap], slack: Pt, *, stretch: bool) -> tuple[list[Pt], float]:
    """Return the gaps' widths after adjustment by tiers, and the ratio used (CLREQ: adjustment order).

    A tier gives all it has before the next gives anything; what exceeds all tiers is shared out by stretch.
    """
    widths = [g.width for g in gaps]
    if abs(slack) < 1e-9 or (slack > 0 and not stretch) or not gaps:
        return widths, 0.0
    if slack < 0:
        total = sum(g.shrink for g in gaps)
        for tier in sorted({g.shrink_tier for g in gaps}):
            give = sum(g.shrink for g in gaps if g.shrink_tier == tier)
            share = min(1.0, -slack / give) if give else 0.0
            for i, g in enumerate(gaps):
                if g.shrink_tier == tier:
                    widths[i] -= g.shrink * share
            slack += give * share
            if slack > -1e-9:
                break
        return widths, (sum(widths) - sum(g.width for g in gaps)) / total if total else 0.0
    total = sum(g.stretch for g in gaps)
    needed = slack
    for tier in sorted({g.stretch_tier for g in gaps}):
        room = sum(g.stretch for g in gaps if g.stretch_tier == tier)
        share = min(1.0, slack / room) if room else 0.0
        for i, g in enumerate(gaps):
            if g.stretch_tier == tier:
                widths[i] += g.stretch * share
        slack -= room * share
        if slack < 1e-9:
            break
    if slack > 1e-9 and total:
        widths = [w + g.stretch * slack / total for w, g in zip(widths, gaps, strict=True)]
    return widths, needed / total if total else 0.0


class _Run:
    """A glyph run being collected."""

    def __init__(self, x: Pt, box: Box) -> None:
        self.x, self.box = x, box
        self.glyphs: list[int] = []
        self.advances: list[float] = []
        self.texts: list[str] = []
        self.offsets: list[tuple[float, float]] = []

    def takes(self, box: Box) -> bool:
        return self.box.source == box.source and self.box.face == box.face and self.box.size == box.size

    def add(self, box: Box) -> None:
        self.glyphs += box.glyphs
        self.advances += box.advances
        self.texts += box.texts
        self.offsets += box.offsets or [(0.0, 0.0)] * len(box.glyphs)

    def add_glyph(self, glyph: int, advance: float, text: str) -> None:
        self.glyphs.append(glyph)
        self.advances.append(advance)
        self.texts.append(text)
        self.offsets.append((0.0, 0.0))

    def widen(self, points: Pt) -> None:
        """Move the pen further after the last glyph."""
        self.advances[-1] += points * 1000 / self.box.size

    def widen_before(self, points: Pt) -> None:
        """Give the last glyph, an opening mark, (part of) its blank half back."""
        mille = points * 1000 / self.box.size
        right, up = self.offsets[-1]
        self.advances[-1] += mille
        self.offsets[-1] = (right + mille, up)

    def done(self, spans: Sequence[TextSpan]) -> LineRun:
        span = spans[self.box.source]
        offsets = tuple(self.offsets) if any(x or y for x, y in self.offsets) else None
        run = GlyphRun(
            self.box.face, self.box.size, tuple(self.glyphs), tuple(self.advances), tuple(self.texts),
            span.style.color, span.lang, offsets,
        )  # fmt: skip
        return LineRun(self.x, run, self.box.source, span.style.rise)


def _runs(
    boxes: Sequence[Box],
    gaps: Sequence[Gap],
    widths: Sequence[Pt],
    spans: Sequence[TextSpan],
    setting: TextSetting,
    hyphen: bool,
) -> tuple[LineRun, ...]:
    runs: list[LineRun] = []
    x = 0.0
    current: _Run | None = None
    pending = 0.0
    for index, box in enumerate(boxes):
        if current is None or not current.takes(box):
            if current is not None:
                runs.append(current.done(spans))
            current = _Run(x, box)
        current.add(box)
        if pending:
            current.widen_before(pending)
        x += sum(box.advances) * box.size / 1000 + pending
        pending = 0.0
        if index < len(gaps):
            gap, width = gaps[index], widths[index]
            if gap.kind == "blank-before":
                # the blank half belongs to the opening mark that follows, so that the mark extracts as one glyph
                pending = width
                continue
            _add_gap(current, gap, width, setting)
            x += width
    if current is not None:
        if hyphen:
            face = setting.fonts.face(current.box.face)
            glyph = face.glyph_of("-")
            if glyph is not None:
                current.add_glyph(glyph, face.advance_of(glyph), "\u00ad")
        runs.append(current.done(spans))
    return tuple(runs)


def _add_gap(run: _Run, gap: Gap, width: Pt, setting: TextSetting) -> None:
    if gap.kind == "space":
        glyph = setting.fonts.face(run.box.face).glyph_of(gap.space)
        if glyph is not None:
            run.add_glyph(glyph, width * 1000 / run.box.size, gap.space)
            return
    if width:
        run.widen(width)
