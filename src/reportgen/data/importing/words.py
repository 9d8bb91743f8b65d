"""The words and signs of ``words.toml``, as questions: is this a total, a unit, a note?"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_TABLE: Final[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)
STATUSES: Final[dict[str, Any]] = _TABLE["statuses"]
HEADINGS: Final[dict[str, list[str]]] = _TABLE["headings"]
MONTHS: Final[dict[str, int]] = {
    word: number for number, words in enumerate(_TABLE["periods"]["months"], 1) for word in words
}
ORDINALS: Final[str] = _TABLE["periods"]["digits"]
WHOLE_YEAR: Final = frozenset("".join(word.split()).casefold() for word in _TABLE["periods"]["whole"])
MULTIPLES: Final[dict[str, int]] = _TABLE["units"]["powers"]
DIMENSIONS: Final[dict[str, list[str]]] = _TABLE["units"]["dimensions"]
_PERIOD_NAMES: Final = ("year", "quarter", "month")


def _led(kind: str) -> re.Pattern[str]:
    """Return the pattern of a text that a word of a kind leads, with its colon, in brackets or not."""
    words = "|".join(re.escape(word) for word in sorted(_TABLE[kind], key=len, reverse=True))
    end = r"\s*(?:\d{0,2}\s*[：:．.、]|(?=\s*\d*\s*[)）]))\s*(.*)$"
    return re.compile(rf"^[（(【\[]?\s*(?:{words})" + end, re.IGNORECASE | re.DOTALL)


_LED = {kind: _led(kind) for kind in ("unit", "note", "source")}


def bare(text: str) -> str:
    """Return a word as it is compared: without case and spaces."""
    return re.sub(r"\s+", "", text).casefold()


@lru_cache(maxsize=32)
def _set(kind: str) -> frozenset[str]:
    return frozenset(bare(word) for word in _TABLE[kind])


def means(kind: str, text: str) -> bool:
    """Say whether a text is one of the words of a kind, a key of ``words.toml``: ``total``, ``number``, ``remark`` …"""
    return any(bare(line) in _set(kind) for line in (text, *text.split("\n")) if line)


def led_by(kind: str, text: str) -> str | None:
    """Return what stands behind a word of a kind and its colon, as in “单位：万吨”; None where there is none."""
    found = _LED[kind].match(text.strip())
    if found is None:
        return None
    said = found[1].strip()
    return _unbracketed(said) if text.strip()[0] in "(（【[" else said


def _unbracketed(text: str) -> str:
    """Return a text without the closing bracket of one that stands before its leading word."""
    opened, closed = (sum(text.count(mark) for mark in marks) for marks in ("(（【[", ")）】]"))
    return text[:-1].rstrip() if text[-1:] in tuple(")）】]") and closed > opened else text


def numbers_a_column(text: str) -> bool:
    """Say whether a text numbers a column of labels, as 甲 does beside 1, 2, 3."""
    return len(text) == 1 and text in _TABLE["numbering"]


@lru_cache(maxsize=8192)
def speaks_of_growth(text: str) -> bool:
    """Say whether a heading is that of a column computed of others."""
    return any(bare(word) in bare(text) for word in _TABLE["growth"])


@lru_cache(maxsize=8192)
def speaks_of_rate(text: str) -> bool:
    """Say whether a heading is that of shares or rates, of growth among them."""
    return speaks_of_growth(text) or any(bare(word) in bare(text) for word in _TABLE["rate"])


def without_of_which(text: str) -> tuple[str, bool]:
    """Return a label without “其中：” and the like, and whether it had one."""
    for word in sorted(_TABLE["of_which"], key=len, reverse=True):
        found = re.match(rf"\s*{re.escape(word)}\s*(?:[：:、,，]|\s)\s*(?=\S)", text, re.IGNORECASE)
        if found:
            return text[found.end() :], True
    return (text[1:].strip(), True) if re.match(r"#\s*\S", text) else (text, False)


def dimension_named(text: str) -> str | None:
    """Return the column's name of a dimension's usual heading, as ``region`` for 地区."""
    for line in (text, *text.split("\n"), text.partition("(")[0]):
        for name, words in _TABLE["dimensions"].items():
            if bare(line) in {bare(word) for word in words}:
                return str(name)
    return None


def is_period_heading(text: str) -> bool:
    """Say whether a heading announces years, quarters or months."""
    return dimension_named(text) in _PERIOD_NAMES


def is_unit(text: str, known: frozenset[str] = frozenset()) -> bool:
    """Say whether what stands in brackets behind a name is a unit: “万人”, “元/人”, “thousand tonnes”, “%”."""
    word = bare(text)
    if is_only_unit(text, known):
        return True
    if len(word) > 24 or re.search(r"\d年|[，,。；;=＝]", word):
        return False
    parts = [part for part in re.split(r"[\s/／每]+", text.casefold()) if part]
    return any(
        part.endswith(end) if ord(end[0]) > 255 else part == end
        for part in parts
        for end in _TABLE["units"]["ends"]
    )


def is_only_unit(text: str, known: frozenset[str] = frozenset()) -> bool:
    """Say whether a word can be nothing but a unit: one of the list, one behind 万 or 亿, one that is known."""
    word = bare(text)
    units = _TABLE["units"]
    if word in known or word in {bare(unit) for unit in units["are"]}:
        return True
    return word in units["ends"] or (word[:1] in _TABLE["units"]["multiples"] and word[1:] in units["ends"])


def built_in_unit(text: str) -> str | None:
    """Return the code of a unit that every package knows: ``percent``, ``permille``, ``points`` or ``index``."""
    for name in ("percent", "permille", "points", "index"):
        if bare(text) in {bare(word) for word in _TABLE["units"][name]}:
            return name
    return None
