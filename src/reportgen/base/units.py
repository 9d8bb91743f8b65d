"""Lengths.

Inside the product every length is a float in **points** (1 pt = 1/72 inch), the unit of ISO 32000 user
space. Widths inside a font are in **mille**, thousandths of an em, the unit of ISO 32000 glyph metrics.
Other units exist only where a person writes them: ``parse_length("3mm")``.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Pt: TypeAlias = float
"""A length in points."""

Mille: TypeAlias = float
"""A length in thousandths of an em."""

POINTS_PER_MM = 72 / 25.4
_POINTS = {"pt": 1.0, "mm": POINTS_PER_MM, "cm": 10 * POINTS_PER_MM, "in": 72.0}
_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(pt|mm|cm|in)\s*")


def mm(value: float) -> Pt:
    """Return ``value`` millimetres in points."""
    return value * POINTS_PER_MM


def parse_length(text: str) -> Pt:
    """Return the points of a written length such as ``"3mm"`` or ``"10.5pt"``.

    Raises:
        ValueError: if ``text`` is not a number followed by pt, mm, cm or in.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a length: write a number and pt, mm, cm or in, as in 10.5pt")
    return float(match[1]) * _POINTS[match[2]]
