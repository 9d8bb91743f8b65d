"""Classes of characters and what may stand at the edges of a line.

Sources: W3C *Requirements for Chinese Text Layout* (CLREQ), 3.1.2 (positions of marks), 3.1.3 (prohibition rules
for line start and line end, 行首行尾禁则), 3.1.4 (unbreakable marks), 3.1.6 (punctuation width adjustment); GB/T
15834—2011 for the forms of the marks.
"""

from __future__ import annotations

import re
from typing import Literal

Level = Literal["none", "basic", "gb", "strict"]

OPENING = frozenset("“‘（〔［｛〈《「『【〖")
CLOSING = frozenset("”’）〕］｝〉》」』】〗")
COMMAS = frozenset("，、；：")
STOPS = frozenset("。．！？")
MIDDLE_DOTS = frozenset("·・‧")
CONNECTORS = frozenset("—–-～~／/")
ELLIPSES = frozenset("…⋯")
DASHES = frozenset("—⸺")
POSTFIXES = frozenset("%％‰℃°′″")
PREFIXES = frozenset("￥＄￡#＃№")
ITERATION = frozenset("々〻ー")
LATIN_OPENING = frozenset("([{“‘")
LATIN_CLOSING = frozenset(")]}”’,.;:!?")

AMBIGUOUS = frozenset("“”‘’—…·")
"""Marks of both scripts: set from the face of the language they stand in (findings: Latin faces give Latin widths)."""

NOT_AT_START: dict[Level, frozenset[str]] = {
    # CLREQ 3.1.3: "basic" forbids stops, commas, closing marks, connectors and middle dots at the line start.
    "none": frozenset(),
    "basic": CLOSING | COMMAS | STOPS | MIDDLE_DOTS | LATIN_CLOSING | POSTFIXES,
    # "GB-style" adds the connector and the slash (GB/T 15834, 5.1).
    "gb": CLOSING | COMMAS | STOPS | MIDDLE_DOTS | LATIN_CLOSING | POSTFIXES | frozenset("～–／/-"),
    # "strict" adds dashes, ellipses and iteration marks.
    "strict": CLOSING | COMMAS | STOPS | MIDDLE_DOTS | LATIN_CLOSING | POSTFIXES | frozenset("～–／/-")
    | DASHES | ELLIPSES | ITERATION,
}  # fmt: skip

NOT_AT_END: dict[Level, frozenset[str]] = {
    "none": frozenset(),
    "basic": OPENING | LATIN_OPENING | PREFIXES,
    "gb": OPENING | LATIN_OPENING | PREFIXES | frozenset("／/"),
    "strict": OPENING | LATIN_OPENING | PREFIXES | frozenset("／/"),
}

_UNITS = r"个百分点|人次|个国家|个月|平方公里|公里|年底|年初|件|家|个|年|月|日|名|人|项|倍|元|美元|吨|米|页|次|国|岁|时|分|秒|期|届|章|节|条|款|%|‰|℃"
UNBREAKABLE = re.compile(
    r"[第前近约逾超后]?[+\-−±]?\d[\d,.]*(?:[-–—~～/]\d[\d,.]*)*\s?[%‰]?(?:[余多]?[万亿千百]{0,2}[余多]?(?:"
    + _UNITS
    + r")?)?"
    r"|[图表]\s?[A-Z]?\d+(?:[-–.]\d+)*"
    r"|第[一二三四五六七八九十百]+(?:部分|章|节|条|款|届|次)"
    r"|前[一二三四五六七八九十]+"
    r"|[一二三四五六七八九十]是(?=\S)"
    r"|——|……|⋯⋯"
)
"""Runs that no line break may divide: numbers with sign, range, per cent and unit, references, doubled marks."""

_HAN = re.compile("[⺀-⿟々-〇〡-〩㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_WIDE = re.compile("[　-〿＀-｠￠-￦⸺]")


def is_han(char: str) -> bool:
    """Say whether a character is an ideograph."""
    return _HAN.match(char) is not None


def is_chinese(char: str, *, in_chinese: bool) -> bool:
    """Say whether a character is set from the Han face: ideographs, wide marks, and ambiguous marks in Chinese."""
    if char < "\u2e80" and char not in AMBIGUOUS:
        return False
    if char in AMBIGUOUS:
        return in_chinese
    return _HAN.match(char) is not None or _WIDE.match(char) is not None


def blank_side(char: str) -> Literal["before", "after", "both", ""]:
    """Say on which side of its em square a full-width mark has its blank half (CLREQ 3.1.2)."""
    if char in OPENING:
        return "before"
    if char in CLOSING or char in COMMAS or char in STOPS:
        # GB/T 15834 centres ！ and ？ in no style; their blank half is after them as for other stops.
        return "after"
    return ""
