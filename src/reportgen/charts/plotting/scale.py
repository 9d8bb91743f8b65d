"""Scales: from values to points, and the round numbers that label them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

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

    @property
    def zero(self) -> Pt:
        """Where zero stands."""
        return self.at(Decimal(0))


def range_of(values: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the least and the largest of zero and some values, one apart where they are equal."""
    found = [*values, Decimal(0)]
    low, high = min(found), max(found)
    return low, high if high > low else low + 1


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
    low, high = range_of(values)
    step = nice_step(high - low, intervals)
    room = (high - low) * Decimal(str(headroom))
    top = high + room if high > 0 else high
    bottom = low - room if low < 0 else low
    return Scale(bottom, top, start, end, _multiples(bottom, top, step))


def full_scale(values: Iterable[Decimal], start: Pt, end: Pt, intervals: int = 4) -> Scale:
    """Return a scale from zero (or the tick below the least value) to the tick above the largest."""
    low, high = range_of(values)
    step = nice_step(high - low, intervals)
    bottom, top = floor(low / step) * step, ceil(high / step) * step
    return Scale(bottom, top, start, end, _multiples(bottom, top, step))


INTERVALS = 4
"""Between the ticks of two scales that share their lines."""


def parted_scales(
    pairs: Sequence[tuple[Decimal | None, Decimal | None]],
    start: Pt,
    end: Pt,
    clear: float,
) -> tuple[Scale, Scale]:
    """Return two scales from zero whose ticks stand on the same lines: one for columns, one for a line above them.

    The columns' scale is drawn out, to at most two and a half times their height, until the line keeps ``clear`` (a
    share of the height) above every column; where even that is too little, each scale just holds its values.
    """
    lows = [one for one, _ in pairs if one is not None]
    highs = [other for _, other in pairs if other is not None]
    right = _whole_scale(max([*highs, Decimal(0)]), start, end)
    most = max([*lows, Decimal(0)]) or Decimal(1)
    plain = _whole_scale(most, start, end)
    step = nice_step(most, INTERVALS)
    while step * INTERVALS <= most * Decimal("2.6"):
        left = _stepped(step, start, end)
        if _is_clear(pairs, left, right, clear):
            return left, right
        step = _next_step(step)
    return plain, right


def _whole_scale(high: Decimal, start: Pt, end: Pt) -> Scale:
    return _stepped(nice_step(high or Decimal(1), INTERVALS), start, end)


def _stepped(step: Decimal, start: Pt, end: Pt) -> Scale:
    return Scale(Decimal(0), step * INTERVALS, start, end, tuple(step * i for i in range(INTERVALS + 1)))


def _is_clear(
    pairs: Sequence[tuple[Decimal | None, Decimal | None]], left: Scale, right: Scale, clear: float
) -> bool:
    return all(
        float(other / right.high - one / left.high) >= clear
        for one, other in pairs
        if one is not None and other is not None
    )


def _next_step(step: Decimal) -> Decimal:
    """Return the next larger of 1, 1.5, 2, 2.5, 3, 4, 5, 6 and 8 times a power of ten."""
    power = Decimal(1).scaleb(step.adjusted())
    factors = ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")
    return next(Decimal(f) * power for f in factors if Decimal(f) * power > step)


def _multiples(low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    return tuple(step * i for i in range(ceil(low / step), floor(high / step) + 1))
