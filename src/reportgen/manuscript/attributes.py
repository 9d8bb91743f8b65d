"""Attribute lists: ``{#id .class key=value key="quoted value"}``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITEM = re.compile(
    r"""\s*(?:\#(?P<id>[\w.-]+)|\.(?P<cls>[\w-]+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[\w./:-]+)))"""
)
_TRAILING = re.compile(r"\{(?:[#.]|[\w-]+=)[^{}:]*\}\Z")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute; ``#x`` has the key ``id``, ``.x`` the key ``class``; ``offset`` is where it begins."""

    key: str
    value: str
    offset: int


class AttributeFault(ValueError):
    """An attribute list that cannot be read; ``offset`` is where."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(offset)


def parse_attributes(text: str, start: int) -> tuple[tuple[Attribute, ...], int]:
    """Return the attributes of the list that opens at ``start`` and the offset after its closing brace.

    Raises:
        AttributeFault: if the list is not closed or holds something else.
    """
    position = start + 1
    found = []
    while match := _ITEM.match(text, position):
        found.append(_attribute(match))
        position = match.end()
    while position < len(text) and text[position] in " \t":
        position += 1
    if position >= len(text) or text[position] != "}" or not found:
        raise AttributeFault(min(position, len(text) - 1))
    return tuple(found), position + 1


def split_trailing(text: str) -> tuple[str, tuple[Attribute, ...]]:
    """Split the attribute list off the end of a block's text; a placeholder there is not one.

    Raises:
        AttributeFault: if what looks like a list cannot be read.
    """
    written = text.rstrip()
    match = _TRAILING.match(written, max(written.rfind("{"), 0))
    if match is None or text[match.start() - 1 : match.start()] in ("]", "{"):
        return text, ()
    attributes, _ = parse_attributes(text, match.start())
    return text[: match.start()].rstrip(), attributes


def _attribute(match: re.Match[str]) -> Attribute:
    start = match.end() - len(match[0].lstrip())
    if match["id"] is not None:
        return Attribute("id", match["id"], start)
    if match["cls"] is not None:
        return Attribute("class", match["cls"], start)
    return Attribute(match["key"], match["bare"] if match["quoted"] is None else match["quoted"], start)
