"""Honest words for shares: which hedge a value bears (近八成, "nearly 80%").

A hedge is a claim about a number, so each has bounds, and a value outside them is refused:

======== ===================== ==============================================
side     means                 holds where the value less the round share is
======== ===================== ==============================================
below    近, "nearly"          from −0.025 to below −0.005
about    约, "about"           from −0.005 to 0.005
above    逾, "just over"       above 0.005, to 0.025
======== ===================== ==============================================
"""

from __future__ import annotations

from decimal import Decimal

from reportgen.edition.language import Side

NEAR = Decimal("0.025")
VERY_NEAR = Decimal("0.005")


def nearest_tenth(value: Decimal) -> int | None:
    """Return the tenth, 1 to 9, that ``value`` lies within 0.025 of, or None."""
    tenth = int((value * 10 + Decimal("0.5")) // 1)
    return tenth if 1 <= tenth <= 9 and abs(value - Decimal(tenth) / 10) <= NEAR else None


def side_of(value: Decimal, tenth: int) -> Side:
    """Return where a value lies beside a tenth that is near it."""
    away = value - Decimal(tenth) / 10
    return "about" if abs(away) <= VERY_NEAR else "below" if away < 0 else "above"
