"""Texts in tables that are opened in a spreadsheet: none of them is run as a formula.

Source: OWASP, *CSV Injection*. A spreadsheet takes a cell of a CSV file for a formula when it begins with ``=``, ``+``,
``-`` or ``@``, some when it begins with one of them in full width or after a tab or a line end, and where lists are
separated by semicolons it divides cells at those.
"""

from __future__ import annotations

import re

GUARD = "'"
"""Makes a text of what follows it; to take it off where it stands before such a beginning gives the text back."""

_BEGINNINGS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
_NUMBER = r"[+-]?\d+(?:\.\d+)?(?![^;\t\r\n])"
_PIECE = r"(?:^|(?<=[;\t\r\n]))"
_BEFORE = r"(?:['\"]|[^\S\t\r\n])*"
_BEGINNING = re.compile(rf"{_BEFORE}[{_BEGINNINGS}]")
_FORMULA = re.compile(rf"{_PIECE}(?!{_NUMBER})(?={_BEGINNING.pattern}|'*[\t\r\n])")


def is_like_formula(text: str) -> bool:
    """Say whether a cell with a text becomes a formula, or a number, when somebody edits it in a spreadsheet."""
    return _BEGINNING.match(text) is not None


def as_text(text: str) -> str:
    """Return a cell of a CSV file that no spreadsheet takes for a formula.

    ``=1+1`` becomes ``'=1+1``; numbers such as ``-5`` stay as they are. What begins with marks of quotation or spaces
    before such a beginning is guarded, too, so that no two texts become one.
    """
    return _FORMULA.sub(GUARD, text)
