"""Itemize: from runs of characters to boxes and the gaps between them.

The text of all spans is cut into tokens; each token is looked up in the token table of its span, and each
pair of neighbours in that table's gaps, so that a Chinese character costs two look-ups and no call to the shaper.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from reportgen.base.diagnostics import Diagnostic, Result, error
from reportgen.base.style import CharStyle, ParagraphStyle
from reportgen.text.classes import BREAK, BREAKS, COUNT, SPACE, Class, held_together
from reportgen.text.costs import FORBIDDEN, FORCED, HELD, ParagraphCosts
from reportgen.text.items import END, TIGHT, Box, Gap, Items
from reportgen.text.token_table import TextSetting, TokenTable, faces_for, token_table

__all__ = ["TextSetting", "TextSpan", "faces_for", "itemize"]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A run of characters of one style, in one language."""

    text: str
    style: CharStyle
    lang: str


def itemize(spans: Sequence[TextSpan], style: ParagraphStyle, setting: TextSetting) -> Result[Items]:
    """Return the boxes and gaps of a paragraph, and a diagnostic for each character that cannot be set."""
    faults: dict[str, Diagnostic] = {}
    texts = [clean(span.text, faults) for span in spans]
    maker = _Maker(held_together("".join(texts)), setting.costs.runt)
    for index, (span, text) in enumerate(zip(spans, texts, strict=True)):
        table = token_table(span.style, span.lang, style, setting)
        maker.add(table.tokens.findall(text), table, index)
        for char in maker.missing:
            faults.setdefault(char, _missing(char, span.style.family))
        maker.missing.clear()
    return Result(maker.done(), tuple(faults.values()))


class _Maker:
    """Collects the boxes and gaps of one paragraph."""

    def __init__(self, held: frozenset[int], runt: float) -> None:
        self.held, self.runt = held, runt
        self.position = 0
        self.boxes: list[Box] = []
        self.gaps: list[Gap] = []
        self.sources: list[int] = []
        self.missing: list[str] = []
        self.spaces = ""
        self.right: Class = BREAK
        self.table: TokenTable | None = None

    def add(self, tokens: Sequence[str], table: TokenTable, source: int) -> None:
        """Add the tokens of one span."""
        boxes, gaps, held = self.boxes, self.gaps, self.held
        entries, pairs = table.entries, table.gaps
        position, right, spaces = self.position, self.right, self.spaces
        before = self.table if self.table is not table else None
        for token in tokens:
            entry = entries.get(token) or table.entry(token)
            left, next_right, inside, inner, missing = entry
            if missing:
                self.missing += missing
            if left < 0:
                if left == SPACE:
                    spaces += token
                elif left == BREAK:
                    self._end_part()
                    right, spaces, before = BREAK, "", None
                position += len(token)
                continue
            if right >= 0:
                if spaces or before is not None or position in held:
                    gaps.append(self._rare_gap(before, table, right, left, spaces, position))
                else:
                    gaps.append(pairs.get(right * COUNT + left) or table.gap(right, left))
            before, spaces = None, ""
            boxes += inside
            if inner and position + 1 in held:
                # “4.1 percent-” would be read as another number than 4.1 percentage points.
                inner = tuple(gap._replace(penalty=max(gap.penalty, HELD)) for gap in inner)
            gaps += inner
            right = next_right
            position += len(token)
        self.position, self.right, self.spaces, self.table = position, right, spaces, before or table
        self.sources += [source] * (len(boxes) - len(self.sources))

    def _rare_gap(
        self,
        before: TokenTable | None,
        table: TokenTable,
        left: Class,
        right: Class,
        spaces: str,
        position: int,
    ) -> Gap:
        """Return the gap beside white space, inside a number with its unit, or between two tables."""
        held = position in self.held
        if before is not None and table.style.rise > 0 >= before.style.rise and not spaces:
            # A note mark stays with the word that it follows (CLREQ 3.1.5, annotation marks).
            return TIGHT
        if spaces and before is not None and before.style.rise > table.style.rise:
            # The space behind a note mark is one of the text, not of the mark's size.
            before = None
        return (before or table).gap(left, right, spaces, held)

    def _end_part(self) -> None:
        if len(self.gaps) < len(self.boxes):
            self.gaps.append(END)

    def done(self) -> Items:
        """Return what was collected."""
        self._end_part()
        return Items(
            tuple(self.boxes), tuple(_discourage_runts(self.boxes, self.gaps, self.runt)), tuple(self.sources)
        )


def _discourage_runts(boxes: Sequence[Box], gaps: list[Gap], cost: float) -> list[Gap]:
    """Make a break before a lone last character (孤字) dear: a last line takes two ideographs or a Western word.

    CLREQ 3.4, adjustments of orphans and widows; marks do not count.
    """
    result = list(gaps)
    for end in [i for i, gap in enumerate(gaps) if gap.penalty == FORCED]:
        characters = 0
        for index in range(end, 0, -1):
            characters += boxes[index].bulk
            penalty = result[index - 1].penalty
            if characters >= 2 or penalty == FORCED:
                break
            if penalty < HELD:
                result[index - 1] = result[index - 1]._replace(penalty=penalty + cost)
    return result


# ---- characters ------------------------------------------------------------------------------------------------

_IGNORED = (
    "\ufeff\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u034f\u061c\u180e"
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_CLEANED: dict[int, str | None] = {**dict.fromkeys(map(ord, _IGNORED)), 0x09: " ", 0x0D: None}
"""Joiners, marks of direction and variation selectors leave no trace on paper; a tab is white space."""

_UNSETTABLE = {
    "Cc": "a control character",
    "Cs": "half of a surrogate pair",
    "Co": "a private-use character",
    "Cn": "an unassigned character",
}


def clean(text: str, faults: dict[str, Diagnostic]) -> str:
    """Return text without the characters that leave no trace and those that cannot be set; report the latter."""
    text = text.translate(_CLEANED)
    if text.isprintable():
        return text
    bad = {c for c in text if unicodedata.category(c) in _UNSETTABLE and c not in BREAKS}
    for char in sorted(bad):
        faults.setdefault(char, _unsettable(char))
    return "".join(c for c in text if c not in bad) if bad else text


def _unsettable(char: str) -> Diagnostic:
    message = f"U+{ord(char):04X} is {_UNSETTABLE[unicodedata.category(char)]} and cannot be set"
    return error("unsettable-character", message, None, "delete it from the text")


def _missing(char: str, family: str) -> Diagnostic:
    name = unicodedata.name(char, "unnamed")
    message = f"no font of the family “{family}” has the character {char} (U+{ord(char):04X} {name})"
    hint = (
        "write another character, or name a font that has it in fonts/fonts.toml and in the family's fallback"
    )
    return error("no-glyph", message, None, hint)


# ---- emergency -------------------------------------------------------------------------------------------------


def loosen(items: Items, limit: float, costs: ParagraphCosts) -> Items:
    """Return items in which nothing wider than ``limit`` is unbreakable, as far as single glyphs allow.

    Chains of boxes without a break that are too wide may be divided between a number and its unit, at more cost
    between the glyphs of a box, and at most where a mark would come to stand where none may. Items in which nothing is
    too wide are returned as they are.
    """
    boxes: list[Box] = []
    gaps: list[Gap] = []
    sources: list[int] = []
    start = 0
    eased = False
    for index, gap in enumerate(items.gaps):
        if gap.penalty >= HELD:
            continue
        chain = slice(start, index + 1)
        width = fsum(b.width for b in items.boxes[chain]) + fsum(g.width for g in items.gaps[start:index])
        wide = width + gap.hyphen > limit
        eased = eased or wide
        for box, after, source in zip(
            items.boxes[chain], items.gaps[chain], items.sources[chain], strict=True
        ):
            parts = _glyph_boxes(box) if wide else (box,)
            boxes += parts
            gaps += [TIGHT._replace(penalty=costs.split * costs.inside_word)] * (len(parts) - 1)
            gaps.append(_eased(after, costs) if wide else after)
            sources += [source] * len(parts)
        start = index + 1
    return Items(tuple(boxes), tuple(gaps), tuple(sources)) if eased else items


def _eased(gap: Gap, costs: ParagraphCosts) -> Gap:
    if gap.penalty == HELD:
        return gap._replace(penalty=costs.split)
    if gap.penalty == FORBIDDEN:
        return gap._replace(penalty=costs.split * costs.beside_mark)
    return gap


def _glyph_boxes(box: Box) -> tuple[Box, ...]:
    """Return a box for each cluster of glyphs of a box."""
    starts = [i for i, text in enumerate(box.texts) if text or i == 0]
    ends = [*starts[1:], len(box.glyphs)]
    return tuple(
        box._replace(
            glyphs=box.glyphs[a:b],
            advances=box.advances[a:b],
            texts=box.texts[a:b],
            offsets=box.offsets[a:b] if box.offsets else None,
            width=fsum(box.advances[a:b]) * box.size / 1000,
        )
        for a, b in zip(starts, ends, strict=True)
    )
