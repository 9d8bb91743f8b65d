"""Scales: from values to points, and the round numbers that label them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from reportgen.base.units import Pt

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from ``low`` at ``start`` to ``high`` at ``end``, with its ticks."""

    low: Decimal
    high: Decimal
    start: Pt
    end: Pt
    ticks: tuple[Decimal, ...] = ()

    def at(self, value: Decimal) -> Pt:
        """Return where a value stands."""
        return self.start + float((value - self.low) / (self.high - self.low)) * (self.end - self.start)


def nice_step(span: Decimal, intervals: int) -> Decimal:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that covers ``span`` in so many intervals."""
    rough = span / intervals
    power = Decimal(1).scaleb(floor(log10(rough)))
    return next(step * power for step in _STEPS if step * power >= rough)


def zero_scale(
    values: Iterable[Decimal], start: Pt, end: Pt, intervals: int = 4, headroom: float = 0.0
) -> Scale:
    """Return a scale that holds zero and the values, as bars demand.

    Its ends are ticks, except that an end that needs no more than the values reach only as far as they, so that no
    empty quarter stands above the bars.

    Args:
        headroom: share of the range left free beyond the largest value, for its label.
    """
    found = [*values, Decimal(0)]
    low, high = min(found), max(found)
    if low == high:
        high = Decimal(1)
    step = nice_step(high - low, intervals)
    room = (high - low) * Decimal(str(headroom))
    top = high + room if high > 0 else high
    bottom = low - room if low < 0 else low
    ticks = _multiples(bottom, top, step)
    return Scale(bottom, top, start, end, ticks)


def full_scale(values: Iterable[Decimal], start: Pt, end: Pt, intervals: int = 4) -> Scale:
    """Return a scale from zero (or the tick below the least value) to the tick above the largest."""
    found = [*values, Decimal(0)]
    low, high = min(found), max(found)
    if low == high:
        high = Decimal(1)
    step = nice_step(high - low, intervals)
    first, last = (
        (low / step).to_integral_value("ROUND_FLOOR"),
        (high / step).to_integral_value("ROUND_CEILING"),
    )
    return Scale(first * step, last * step, start, end, _multiples(first * step, last * step, step))


def twin_scales(
    left: Iterable[Decimal], right: Iterable[Decimal], start: Pt, end: Pt, intervals: int = 4
) -> tuple[Scale, Scale]:
    """Return two scales from zero whose ticks stand on the same lines."""
    scales = []
    for values in (left, right):
        high = max([*values, Decimal(0)]) or Decimal(1)
        step = nice_step(high, intervals)
        ticks = tuple(step * i for i in range(intervals + 1))
        scales.append(Scale(Decimal(0), ticks[-1], start, end, ticks))
    return scales[0], scales[1]


def _multiples(low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    first = int((low / step).to_integral_value("ROUND_CEILING"))
    last = int((high / step).to_integral_value("ROUND_FLOOR"))
    return tuple(step * i for i in range(first, last + 1))
