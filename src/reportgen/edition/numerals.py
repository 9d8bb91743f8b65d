"""Numbers in words."""

from __future__ import annotations

from reportgen.edition.hedges import CHINESE

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *(
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LARGEST = 99
"""The largest number that is written in words."""


def chinese_numeral(number: int) -> str:
    """Return 0 to 99 in Chinese numerals: 三, 十, 二十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return CHINESE[ones]
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


def english_numeral(number: int) -> str:
    """Return 0 to 99 in English words: three, twenty-one."""
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")


def english_ordinal(number: int) -> str:
    """Return 1 to 99 as an English ordinal: third, twenty-first."""
    head, dash, last = english_numeral(number).rpartition("-")
    regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return head + dash + _ORDINALS.get(last, regular)
