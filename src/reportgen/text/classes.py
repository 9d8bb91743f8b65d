"""Classes of characters, what may stand at the edges of a line, and what no line break may divide.

Source: W3C *Requirements for Chinese Text Layout* (CLREQ): 3.1.2 sizes and positions of marks, 3.1.4 prohibition
rules for line start and line end (行首行尾禁则), 3.1.5 unbreakable marks, 3.1.6 punctuation width adjustment; and
GB/T 15834—2011, which it quotes. Rules are stated on classes, so a character needs to be classified only once.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Level: TypeAlias = Literal["none", "basic", "gb", "strict"]
Class: TypeAlias = int

# Full-width characters, set from the Han face.
HAN, OPENING, CLOSING, COMMA, STOP, MIDDLE_DOT, CONNECTOR = range(7)
SLASH, DASH, ELLIPSIS, ITERATION, PREFIX, POSTFIX, WIDE = range(7, 14)
# What stands at the edge of a Western word.
WORD, LATIN_OPENING, LATIN_CLOSING, LATIN_DASH, LATIN_SLASH, LATIN_PREFIX, LATIN_POSTFIX, LATIN_OTHER = range(
    14, 22
)
COUNT: Final = 22

SPACE: Final = -1
BREAK: Final = -2
NOTHING: Final = -3
"""Classes of what makes no box: white space, a forced line break, a token that no face can set."""

_CHINESE_CLASSES: dict[Class, str] = {
    OPENING: "“‘（〔［｛〈《「『【〖｟",
    CLOSING: "”’）〕］｝〉》」』】〗｠",
    COMMA: "，、；：",
    STOP: "。．！？",
    MIDDLE_DOT: "·・‧",
    CONNECTOR: "～〜－–—",
    SLASH: "／",
    DASH: "⸺",
    ELLIPSIS: "…⋯",
    ITERATION: "々〻ー",
    PREFIX: "￥＄￡＃№",
    POSTFIX: "％‰℃°′″",
}
_WESTERN_CLASSES: dict[Class, str] = {
    LATIN_OPENING: "([{“‘«‹¿¡",
    LATIN_CLOSING: ")]}”’»›,.;:!?…",
    LATIN_DASH: "-‐–—",
    LATIN_SLASH: "/",
    LATIN_PREFIX: "$€£¥#№",
    LATIN_POSTFIX: "%‰℃°′″¢",
}
_CHINESE = {char: group for group, chars in _CHINESE_CLASSES.items() for char in chars}
_WESTERN = {char: group for group, chars in _WESTERN_CLASSES.items() for char in chars}

_ENDING = frozenset({CLOSING, COMMA, STOP})
_BASIC_START = _ENDING | {
    MIDDLE_DOT, CONNECTOR, SLASH, POSTFIX, LATIN_CLOSING, LATIN_DASH, LATIN_SLASH, LATIN_POSTFIX,
}  # fmt: skip
_BASIC_END = frozenset({OPENING, PREFIX, LATIN_OPENING, LATIN_PREFIX})

NOT_AT_START: dict[Level, frozenset[Class]] = {
    "none": frozenset(),
    "basic": _BASIC_START,
    "gb": _BASIC_START,
    "strict": _BASIC_START | {DASH, ELLIPSIS, ITERATION},
}
"""Classes that no line may start with (CLREQ 3.1.4).

Basic: pause and stop marks, closing marks, connectors, interpuncts and slashes. GB-style adds nothing here. Strict adds
two-em dashes and ellipses; with them go iteration marks (JLREQ 3.1.7, where CLREQ is silent). Per cent and degree
signs are suffixes of the number before them (3.1.5).
"""

NOT_AT_END: dict[Level, frozenset[Class]] = {
    "none": frozenset(),
    "basic": _BASIC_END,
    "gb": _BASIC_END | {SLASH, LATIN_SLASH},
    "strict": _BASIC_END | {SLASH, LATIN_SLASH},
}
"""Classes that no line may end with (CLREQ 3.1.4): opening marks; in GB-style slashes too. Currency signs are
prefixes of the number after them (3.1.5)."""

RIGID = frozenset({CONNECTOR, SLASH, LATIN_DASH, LATIN_SLASH})
"""Classes beside which no space is added (CLREQ 3.5.4: connectors and slashes)."""

AFTER_BLANK = _ENDING
"""Marks with their blank half behind them (CLREQ 3.1.2, Mainland positions); an opening mark has it in front."""

# ---- scripts ---------------------------------------------------------------------------------------------------

_HAN_RANGES = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WIDE_RANGES = (
    "\u2e80-\u2fdf\u3001-\u303f\u3040-\u33ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff60\uffe0-\uffe6\u2e3a\u22ef\U00020000-\U0003ffff"
)
_AMBIGUOUS = "“”‘’—…·\u2460-\u24ff"
SPACES = " \u00a0\u2002\u2003\u2009\u200b\u202f\u3000"
BREAKS = "\n\v\f\u0085\u2028\u2029"

_HAN = re.compile(f"[{_HAN_RANGES}]")


def _token_pattern(wide: str) -> re.Pattern[str]:
    return re.compile(
        f"——|……|⋯⋯|[{wide}]|[{SPACES}]+|[{BREAKS}]|(?:[^{wide}{SPACES}{BREAKS}]|(?<=[A-Za-z])’(?=[A-Za-z]))+"
    )


TOKENS_IN_CHINESE = _token_pattern(_WIDE_RANGES + _AMBIGUOUS)
TOKENS_ELSEWHERE = _token_pattern(_WIDE_RANGES)
"""A doubled mark, one full-width character, a stretch of white space, a line break, or a Western word.

The marks “ ” ‘ ’ — … · belong to both scripts: in Chinese text they are full-width, except the apostrophe between
two Latin letters.
"""

_CHINESE_TOKENS = re.compile(f"[{_WIDE_RANGES}{_AMBIGUOUS}]")
_WIDE_TOKENS = re.compile(f"[{_WIDE_RANGES}]")


def is_han(char: str) -> bool:
    """Say whether a character is an ideograph."""
    return _HAN.match(char) is not None


def is_full_width(token: str, *, in_chinese: bool) -> bool:
    """Say whether a token is set from the Han face."""
    return (_CHINESE_TOKENS if in_chinese else _WIDE_TOKENS).match(token) is not None


def chinese_class(token: str) -> Class:
    """Return the class of a full-width character or doubled mark."""
    if token == "——":
        return DASH
    found = _CHINESE.get(token[0])
    if found is not None:
        return found
    return HAN if is_han(token) else WIDE


_SIGNED = re.compile(r"[-−–+±]\d")


def western_classes(word: str) -> tuple[Class, Class]:
    """Return the classes of a Western word's two edges.

    A sign before a digit is part of the number; a per cent sign behind one, and a currency sign before one, stand
    like a digit towards what follows or precedes.
    """
    first, last = word[0], word[-1]
    left = WORD if _SIGNED.match(word) else _edge(first)
    right = _edge(last)
    if left == LATIN_PREFIX and len(word) > 1:
        left = WORD
    if right == LATIN_POSTFIX:
        right = WORD
    return left, right


def _edge(char: str) -> Class:
    found = _WESTERN.get(char)
    if found is not None:
        return found
    return WORD if char.isalnum() or char in "+−±&@*=" else LATIN_OTHER


# ---- what stays together ---------------------------------------------------------------------------------------

_UNITS = (
    "个百分点|百分点|人次|个国家|国家|个月|平方公里|平方米|公里|千米|年底|年初|年度|年代|季度|世纪|小时|分钟|"
    "美元|欧元|件|家|个|年|月|日|名|人|项|倍|元|吨|米|页|次|国|岁|时|分|秒|期|届|章|节|条|款|位|类|种|号|版|卷|"
    "[%‰℃]"
)
_NUMBER = rf"\d[\d,.]*(?:[-–—~～/]\d[\d,.]*)*[ \u00a0\u2009\u202f]?[%‰]?[余多]?[万亿千百]{{0,2}}[余多]?(?:{_UNITS})?"
_NUMERALS = "一二三四五六七八九十百千零〇两"
_HELD = (
    # a number with the unit behind it: 7.0万件, 18.1%, 2013-2023年
    re.compile(_NUMBER),
    # an ordinal or a reference: 第3章, 第十四届, 图1-1
    re.compile(
        rf"第(?:\d+|[{_NUMERALS}]+)(?:部分|个|{_UNITS})?"
        r"|[图表][ \u00a0]?[A-Z]?\d+(?:[-–.]\d+)*|附[录表图件][ \u00a0]?[A-Z\d]+"
    ),
    # a reference or quantity in English: Figure 1-1, 7.0 million, 1 July
    re.compile(
        r"(?:Figures?|Tables?|Parts?|Chapters?|Sections?|Notes?|Box(?:es)?|pages?|pp?\.|No\.|Vol\.)[ \u00a0]"
        r"[A-Z]?\d[\d.–-]*"
    ),
    re.compile(
        r"[$€£¥][ \u00a0]\d[\d,.]*|(?<!\d)\d[\d,.]*[ \u00a0](?:million|billion|trillion|thousand|per[ \u00a0]cent|"
        r"percentage|%|km|mm|pt|"
        r"January|February|March|April|May|June|July|August|September|October|November|December)\b"
    ),
)


def held_together(text: str) -> frozenset[int]:
    """Return the indices before which no line may break, because a number with its unit or a reference spans them.

    CLREQ 3.1.5 (digits with their prefixes and suffixes). Doubled marks are one token and need no entry.
    """
    held: set[int] = set()
    for pattern in _HELD:
        for match in pattern.finditer(text):
            held.update(range(match.start() + 1, match.end()))
    return frozenset(held)
