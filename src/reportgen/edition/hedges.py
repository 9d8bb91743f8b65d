"""Honest words for shares: 近八成, 六四开; "nearly 80%", "six to four".

A hedge is a claim about a number, so each has bounds, and a value outside them is refused:

====== ===================== ==============================================
word   means                 holds where the value less the round share is
====== ===================== ==============================================
近     slightly below        from −0.025 to below −0.005
约     very near             from −0.005 to 0.005
逾     slightly above        above 0.005, to 0.025
====== ===================== ==============================================

``about`` uses 约 over the whole of it, −0.025 to 0.025.
"""

from __future__ import annotations

from decimal import Decimal

NEAR = Decimal("0.025")
VERY_NEAR = Decimal("0.005")
CHINESE = "零一二三四五六七八九十"
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CHINESE_WORDS = {"below": "近", "about": "约", "above": "逾"}
_ENGLISH_WORDS = {"below": "nearly", "about": "about", "above": "just over"}


def nearest_tenth(value: Decimal) -> int | None:
    """Return the tenth, 1 to 9, that ``value`` lies within 0.025 of, or None."""
    tenth = int((value * 10 + Decimal("0.5")) // 1)
    return tenth if 1 <= tenth <= 9 and abs(value - Decimal(tenth) / 10) <= NEAR else None


def hedge_share(value: Decimal, *, chinese: bool, about: bool = False) -> str | None:
    """Return a share in hedged words, or None where no hedge would be honest."""
    tenth = nearest_tenth(value)
    if tenth is None:
        return None
    away = value - Decimal(tenth) / 10
    side = "about" if about or abs(away) <= VERY_NEAR else "below" if away < 0 else "above"
    if chinese:
        return _CHINESE_WORDS[side] + ("一半" if tenth == 5 else f"{CHINESE[tenth]}成")
    return f"{_ENGLISH_WORDS[side]} {'half' if tenth == 5 else f'{tenth * 10}%'}"


def hedge_split(value: Decimal, *, chinese: bool) -> str | None:
    """Return how two parts share a whole, the first being ``value``: 六四开, "six to four"; None where neither."""
    tenth = nearest_tenth(value)
    if tenth is None:
        return None
    if chinese:
        return f"{CHINESE[tenth]}{CHINESE[10 - tenth]}开"
    return f"{ENGLISH[tenth]} to {ENGLISH[10 - tenth]}"
