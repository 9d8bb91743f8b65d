"""Key numbers: ``7.0万件 | 累计专利申请`` to a number, its unit and its label."""

from __future__ import annotations

import re

from reportgen.edition import document as doc
from reportgen.edition.document import plain
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree

_NUMBER = re.compile(r"[\u2212+-]?\d[\d.,\u202f\u00a0]*(?<=\d)")


def compose_key(wording: Wording, passage: tree.Passage) -> doc.KeyNumber:
    """Return a key number: its digits to be set large, 万件, % or "million" beside them small.

    Words before the digits ("more than") stay with the number.
    """
    before, after = split_at_bar(wording.content(passage))
    number = wording.words(before)
    text = plain(number).strip()
    match = _NUMBER.search(text)
    value, unit = (text[: match.end()], text[match.end() :].strip()) if match else (text, "")
    fact = next((i.fact for i in number if isinstance(i, doc.Text) and i.fact), "")
    if not text or not after:
        message = "the key number is not a number with its unit, a bar, and what it counts"
        hint = "write {fact:format} | what it counts"
        wording.faults.error("wrong-key-number", message, wording.place(passage), hint)
    return doc.KeyNumber(value, unit, wording.words(after), fact, wording.place(passage), number)


def split_at_bar(content: tree.Inlines) -> tuple[tree.Inlines, tree.Inlines]:
    """Return what stands before and after the first bar, without the spaces around it."""
    for place, node in enumerate(content):
        if isinstance(node, tree.Words) and "|" in node.text:
            left, _, right = node.text.partition("|")
            before = tree.Words(left.rstrip(), node.span)
            after = tree.Words(right.lstrip(), node.span)
            return (*content[:place], before), tuple(
                node for node in (after, *content[place + 1 :]) if node is not after or after.text
            )
    return content, ()
