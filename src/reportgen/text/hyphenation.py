"""Where Western words may be divided: Liang's patterns with a house list of exceptions.

F. M. Liang, *Word Hy-phen-a-tion by Com-put-er* (Stanford 1983); the patterns are those of Pyphen's dictionaries.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportgen.text.items import AFTER_HYPHEN_PENALTY, HYPHEN_PENALTY

SHORTEST = 5
COMPOUND_PENALTY = 180.0
"""A compound divides at its own hyphen rather than at a second one."""
NAME_PENALTY = 700.0
SHORTEST_NAME = 8
"""Capitalised words are names more often than not: they divide only if a line would be very loose otherwise."""
BEFORE, AFTER = 2, 3
"""Letters that must stand before and after a hyphen."""

SHORT_START_PENALTY = 50.0
"""A line that ends in two letters of a word, as in ap-plications, says little of what comes."""

EXCEPTIONS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (Path(__file__).parent / "hyphenation.toml").read_text(encoding="utf-8")
)
"""Words by dictionary with every hyphen they may have."""

_WORDS = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_LETTER_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐–—]+(?=[^\W\d_])")
_SLASH = re.compile(r"(?<=\w)/+(?=[^\W\d_])")


@lru_cache(maxsize=20_000)
def hyphen_positions(word: str, dictionary: str) -> tuple[int, ...]:
    """Return the indices at which a word may be divided, at least two letters from its start and three from its end.

    Short capitalised words and words in capitals stay whole.
    """
    if not word[:1].islower():
        return hyphen_positions(word.lower(), dictionary) if is_long_name(word) else ()
    exception = EXCEPTIONS.get(dictionary, {}).get(word)
    if exception is not None:
        parts = exception.split("-")[:-1]
        return tuple(sum(map(len, parts[: i + 1])) for i in range(len(parts)))
    return tuple(p for p in _dictionary(dictionary).positions(word) if BEFORE <= p <= len(word) - AFTER)


def is_long_name(word: str) -> bool:
    """Say whether a word is capitalised and long enough to be divided in need."""
    return len(word) >= SHORTEST_NAME and word[0].isupper() and word[1:].islower()


@lru_cache(maxsize=4)
def _dictionary(name: str) -> Any:
    import pyphen

    return pyphen.Pyphen(lang=name)


def cuts(word: str, dictionary: str | None, *, after_slash: bool) -> dict[int, tuple[float, bool]]:
    """Return the break opportunities inside a word: (penalty, whether a hyphen is added) by index without soft hyphens.

    A word with soft hyphens is divided there and nowhere else. Otherwise it may be divided after a hyphen or dash
    between letters (UAX #14, LB21), after a slash before a letter (LB13) if ``after_slash``, and where the
    dictionary says, if there is one.
    """
    if "\u00ad" in word:
        return _soft_cuts(word)
    found: dict[int, tuple[float, bool]] = {}
    if "-" in word or "–" in word or "—" in word or "‐" in word:
        found = {m.end(): (AFTER_HYPHEN_PENALTY, False) for m in _LETTER_HYPHEN.finditer(word)}
    if after_slash and "/" in word:
        found.update((m.end(), (AFTER_HYPHEN_PENALTY, False)) for m in _SLASH.finditer(word))
    if dictionary is not None:
        penalty = COMPOUND_PENALTY if found else HYPHEN_PENALTY
        for match in _WORDS.finditer(word):
            name = is_long_name(match[0])
            price = NAME_PENALTY if name else penalty
            for position in hyphen_positions(match[0], dictionary):
                short = SHORT_START_PENALTY if position == BEFORE and not name else 0.0
                found.setdefault(match.start() + position, (price + short, True))
    return found


def _soft_cuts(word: str) -> dict[int, tuple[float, bool]]:
    found: dict[int, tuple[float, bool]] = {}
    index = 0
    for char, after in pairwise((*word, "")):
        if char != "\u00ad":
            index += 1
        elif after.isalnum():
            found[index] = (HYPHEN_PENALTY, True)
    return found
