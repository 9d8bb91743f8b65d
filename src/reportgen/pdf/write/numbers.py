"""Numbers as content streams write them (ISO 32000-1, 7.3.3): short, and without an exponent."""

from __future__ import annotations


def number(value: float) -> str:
    """Return a number to a thousandth: finer than any press or screen shows."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def numbers(*values: float) -> str:
    """Return numbers with spaces between."""
    return " ".join([number(v) for v in values])
