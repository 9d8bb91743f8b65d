"""The gap between two neighbours, from their classes alone.

Sources: CLREQ 3.1.6 (punctuation width adjustment), 3.2 (mixed text composition), 3.5.3 and 3.5.4 (how far and in
which order gaps are reduced and expanded).
"""

from __future__ import annotations

from typing import NamedTuple

from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Mille, Pt
from reportgen.text import classes
from reportgen.text.classes import AFTER_BLANK, COMMA, HAN, OPENING, RIGID, STOP, WORD, Class
from reportgen.text.costs import FORBIDDEN, HELD, ParagraphCosts
from reportgen.text.items import (
    SHRINK_BRACKET,
    SHRINK_COMMA,
    SHRINK_HAN_LATIN,
    SHRINK_SPACE,
    SHRINK_STOP,
    STRETCH_HAN_LATIN,
    STRETCH_REST,
    STRETCH_SPACE,
    Gap,
    GapKind,
)

HALF: Mille = 500.0

_OPENINGS = frozenset({OPENING, classes.LATIN_OPENING})
"""What no white space sets free to end a line (UAX #14, LB14)."""
_NO_BREAK_SPACES = frozenset("\u00a0\u202f")
_SPACE_SHARES = {"\u2009": 0.6, "\u202f": 0.6, "\u2002": 2.0, "\u2003": 4.0}
"""Widths of the other spaces as shares of a word space, which is about a quarter em."""


class Glue(NamedTuple):
    """What the gaps of one token table depend on beside classes.

    Attributes:
        em: size of the full-width characters.
        space: natural width of a word space.
        han: whether the text's main script is Han.
        paragraph: the paragraph's style.
        costs: how far gaps give, and what breaks cost.
    """

    em: Pt
    space: Pt
    han: bool
    paragraph: ParagraphStyle
    costs: ParagraphCosts

    def between(self, left: Class, right: Class, spaces: str, held: bool) -> Gap:
        """Return the gap between two tokens, of classes ``left`` and ``right``, with typed white space between them.

        Args:
            held: whether a number or reference spans the gap.
        """
        penalty = self._penalty(left, right, spaces, held)
        wide = left < WORD, right < WORD
        if spaces and self._keeps_space(left, right, spaces):
            return self._word_space(spaces, penalty)
        if not any(wide):
            return Gap(penalty=penalty)
        kind, width, shrink, tier = self._blank(left, right)
        if shrink and WORD in (left, right):
            # A figure behind “；” needs some air even in a tight line.
            shrink -= self.costs.narrowest_han_latin
        if kind == "none" and {left, right} == {HAN, WORD}:
            return self._han_latin(held, penalty)
        stretch = 0.0 if left in RIGID or right in RIGID else self.costs.rest_stretch
        scale = self.em / 1000
        return Gap(kind, width * scale, stretch * scale, STRETCH_REST, shrink * scale, tier, penalty)

    def _penalty(self, left: Class, right: Class, spaces: str, held: bool) -> float:
        level = self.paragraph.prohibition
        if right in classes.NOT_AT_START[level]:
            return FORBIDDEN
        if left in classes.NOT_AT_END[level] and (not spaces or left in _OPENINGS):
            return FORBIDDEN
        if held:
            return HELD
        if spaces:
            return FORBIDDEN if not _NO_BREAK_SPACES.isdisjoint(spaces) else 0.0
        if left >= WORD and right >= WORD:
            return self.costs.after_hyphen if left in (classes.LATIN_DASH, classes.LATIN_SLASH) else FORBIDDEN
        return 0.0

    def _keeps_space(self, left: Class, right: Class, spaces: str) -> bool:
        """Say whether typed white space stays a space: not beside Chinese marks or where a Han–Latin gap stands."""
        if "\u3000" in spaces or (left >= WORD and right >= WORD):
            return True
        if OPENING <= left <= STOP or OPENING <= right <= STOP:
            return False
        return {left, right} != {HAN, WORD} or not self.paragraph.han_latin_space

    def _word_space(self, spaces: str, penalty: float) -> Gap:
        if "\u3000" in spaces:
            return Gap("space", self.em, penalty=penalty, space="\u3000")
        if spaces.strip("\u200b") == "":
            return Gap(penalty=penalty)
        width = self.space * _SPACE_SHARES.get(spaces[0], 1.0)
        if self.han:
            stretch = max(0.0, self.costs.widest_space * self.em / 1000 - width)
            shrink = max(0.0, width - self.costs.narrowest_space * self.em / 1000)
        else:
            stretch, shrink = width * self.costs.space_stretch, width * self.costs.space_shrink
        return Gap("space", width, stretch, STRETCH_SPACE, shrink, SHRINK_SPACE, penalty, space=" ")

    def _han_latin(self, held: bool, penalty: float) -> Gap:
        """Return the gap between an ideograph and a Western letter or figure."""
        width = self.paragraph.han_latin_space
        if held and not self.paragraph.unit_space:
            width = 0.0
        if not width:
            return Gap(penalty=penalty)
        scale = self.em / 1000
        stretch = max(0.0, self.costs.widest_han_latin - width) * scale
        shrink = max(0.0, width - self.costs.narrowest_han_latin) * scale
        return Gap("han-latin", width * scale, stretch, STRETCH_HAN_LATIN, shrink, SHRINK_HAN_LATIN, penalty)

    def _blank(self, left: Class, right: Class) -> tuple[GapKind, Mille, Mille, int]:
        """Return (kind, width, shrink, tier) of the blank halves of marks between two tokens.

        Of two marks in a row, one keeps its blank half, so that they take 1.5 em; the half that goes is the one
        towards the text they enclose. In 开明式 only marks that end a sentence keep theirs. In plain style the blank
        halves belong to the boxes.
        """
        style = self.paragraph.punctuation
        behind, ahead = left in AFTER_BLANK, right == OPENING
        if style == "plain" or not (behind or ahead):
            return "none", 0.0, 0.0, SHRINK_SPACE
        tier = SHRINK_STOP if left == STOP else SHRINK_COMMA if left == COMMA else SHRINK_BRACKET
        if behind and right in AFTER_BLANK:
            return "blank-after", 0.0, 0.0, tier
        if behind:
            blank = HALF if style == "quanjiao" or left == STOP else 0.0
            return "blank-after", blank, blank, SHRINK_BRACKET if ahead else tier
        blank = HALF if style == "quanjiao" and left != OPENING else 0.0
        return "blank-before", blank, blank, SHRINK_BRACKET
