"""Exact decimal arithmetic."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

_WIDE = Context(prec=60)


def round_half_away(value: Decimal, places: int) -> Decimal:
    """Return ``value`` to ``places`` decimals (negative: tens, hundreds …), halves away from zero (四舍五入)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def floor_to(value: Decimal, step: Decimal) -> Decimal:
    """Return the greatest multiple of ``step`` that is not above ``value``."""
    return (value / step).to_integral_value(rounding=ROUND_FLOOR, context=_WIDE) * step
