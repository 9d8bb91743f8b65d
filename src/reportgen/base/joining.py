"""Lines joined to one: a space between Western words, nothing beside a Chinese character or mark."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def gap(before: str, after: str) -> str:
    """Return what a line's end between two characters becomes; "" stands for an end of the text."""
    return "" if _is_apart(before) or _is_apart(after) else " "


def one_line(lines: Iterable[str]) -> str:
    """Return lines as one, without white space at their ends."""
    text = ""
    for line in map(str.strip, lines):
        text += gap(text[-1:], line[:1]) + line
    return text


def _is_apart(character: str) -> bool:
    return not character or character.isspace() or unicodedata.east_asian_width(character) in "WF"
