"""What line breaks cost, and how far white gives: each number with the reason for its size.

Costs are in TeX's scale, as the search adds them: a line's demerits are ``(line + badness · |r|³)² + penalty²``, ``r``
being the share of its stretch or shrink that it uses (Knuth and Plass 1981, page 1130). So a penalty of 60 weighs as
much as a line of badness 50, which is one at 0.8 of its stretch. ``tests/text/test_text_costs.py`` holds, for each
number, lines that change when it alone is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportgen.base.units import Mille

FORBIDDEN: Final = float("inf")
"""Penalty of a break that would put a mark where none may stand, or divide a word."""
HELD: Final = 1e9
"""Penalty of a break inside a number or reference: as forbidden, but the first to give way in an emergency."""
FORCED: Final = float("-inf")
ANY_STRETCH: Final = float("inf")
"""The tolerance of the emergency pass."""


@dataclass(frozen=True, slots=True)
class ParagraphCosts:
    """The numbers that decide where lines end."""

    # ---- a line by itself

    line: float = 10.0
    """TeX's ``linepenalty``: of two ways that fill their lines equally the one with fewer lines wins, but one more
    line costs less than any line that looks loose."""
    badness: float = 100.0
    """TeX's: a line that uses all its stretch costs ten times what stands for a line as such."""
    short_share: float = 0.15
    """A last line is short below this share of its measure, six characters of forty-four: above the next paragraph's
    indent of two it leaves little more than a white line."""
    short_last_line: float = 3000.0
    """As much as one line at three quarters of its stretch: worth moving a word, not worth a loose paragraph."""

    # ---- a line beside the one before it

    consecutive_hyphens: float = 10_000.0
    """TeX's ``doublehyphendemerits``: nearly three times a hyphen's own, since a ladder of hyphens is seen at once."""
    fitness: float = 3000.0
    """Charged for a tight line next to a loose one (classes more than one apart). TeX has 10,000 for glue that hardly
    stretches; gaps between ideographs change by hundredths of an em, so the contrast is fainter."""

    # ---- passes: how far, as a multiple of its stretch, a line may be stretched

    first_tolerance: float = 1.0
    """No line wider than its glue is made for."""
    second_tolerance: float = 2.0
    """Word spaces at twice their stretch are wide but do not yet gape."""
    last_tolerance: float = 4.0
    """The widest that is not reported to the author: beyond it a line looks spaced out by mistake."""
    emergency_stretch: float = 0.05
    """What each line is lent beyond that, as a share of its measure, so that bad lines are told from worse. TeX's
    ``emergencystretch``; a twentieth is a character and a half on a page of ours."""

    # ---- what a break costs where it falls

    hyphen: float = 60.0
    """A hyphen is taken where it saves a line from more than 0.8 of its stretch. TeX's 50, a little dearer, as
    readers of statistics look for whole words."""
    after_hyphen: float = 30.0
    """Half a hyphen: the dash or slash is there already, but the two words of a pair are better read together."""
    compound: float = 180.0
    """Three hyphens: a compound is divided at its own hyphen rather than at a second one."""
    name: float = 700.0
    """Capitalised words are names more often than not. They are divided only where a line would be stretched to 1.9
    times its glue: in the passes with higher tolerance, or where there is no other way."""
    short_start: float = 50.0
    """Added for a line that ends in two letters of a word, as in ap-plications: it says little of what comes, so
    another division of the word is taken unless it stretches the line to more than nine tenths."""
    runt: float = 3000.0
    """A lone last character (孤字): no line within the tolerances is as bad as 3000², so it is taken only in the last
    pass."""
    split: float = 5000.0
    """A break between a number and its unit in an emergency: worse than a runt, because it may be misread."""
    inside_word: float = 1.2
    """Times ``split``, for a break between any two letters: a number without its unit can still be read."""
    beside_mark: float = 2.0
    """Times ``split``, for a line that begins with a stop: the worst fault in Chinese (CLREQ 3.1.4), so two splits
    elsewhere are better."""

    # ---- where words may be divided

    letters_before: int = 2
    """Letters before a hyphen at least: one letter with a hyphen is no shorter than two letters."""
    letters_after: int = 3
    """Letters after a hyphen at least: two letters are hardly wider than the hyphen that replaces them."""
    shortest_name: int = 8
    """Capitalised words of fewer letters stay whole: a short name seldom spoils a line."""

    # ---- how far gaps give

    rest_stretch: Mille = 60.0
    """What a gap between full-width characters gains at ratio 1: more is seen as letter-spacing in ten-point type."""
    widest_space: Mille = 500.0
    narrowest_space: Mille = 250.0
    """What a word space in Chinese text stretches and shrinks to (CLREQ 3.5.4 and 3.5.3)."""
    widest_han_latin: Mille = 1000 / 3
    """CLREQ 3.5.4 allows a half and notes that many styles stop at a third, where Western words still belong to
    their sentence."""
    narrowest_han_latin: Mille = 125.0
    """CLREQ 3.5.3; marks keep as much of their blank half beside a Western letter, for some air in tight lines."""
    space_stretch: float = 0.6
    space_shrink: float = 0.2
    """Shares of a word space in Western text. TeX's 1/2 and 1/3 are made for spaces of a third of an em; text faces of
    today have a quarter, which at two thirds of it would run words together."""

    # ---- ragged text

    narrowings: int = 12
    """Halvings of the range in which the narrowest measure is sought: to a four-thousandth of the measure."""

    @property
    def dear(self) -> float:
        """The least penalty of a break that is taken only in need."""
        return self.runt or self.split or HELD

    @property
    def passes(self) -> tuple[tuple[float, float], ...]:
        """The tolerance of each pass, and the penalty that no break in it may reach."""
        careful = ((t, self.dear) for t in (self.first_tolerance, self.second_tolerance, self.last_tolerance))
        return (*careful, (self.last_tolerance, HELD), (ANY_STRETCH, HELD))


HOUSE: Final = ParagraphCosts()
