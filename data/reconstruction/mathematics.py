"""Paths, allotments and ranks: the few shapes that the reconstruction knows.

All arithmetic is `decimal`, whose ``exp``, ``ln`` and powers are defined to the last digit, so that every machine
finds the same integers.

* A **path** runs from a first to a last value over equal steps. Between them it is exponential, times one
  symmetric bulge exp(4 b s (1 − s)), where s is the part of the way gone. b = 0 is constant growth; there is
  exactly one b for each sum of the path, because every inner point rises with b.
* A **bend** also runs from a first to a last value, but never turns back, however much its sum asks for: a power
  of the way gone when it sags, of the way to go when it rises early. The straight line lies between the two.
* An **allotment** divides a whole number in given proportions by largest remainders (Hamilton's method).
* A **tail** continues a ranking geometrically.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

ONE = Decimal(1)
BULGE_LIMIT = Decimal(4)
HALVINGS = 80


def rounded(value: Decimal, unit: Decimal = ONE) -> Decimal:
    """Return ``value`` at the precision of ``unit``, halves away from zero (四舍五入)."""
    return value.quantize(unit, rounding=ROUND_HALF_UP)


def growth(first: int, last: int, steps: int) -> Decimal:
    """Return the average annual growth rate, (last / first)^(1 / steps) − 1."""
    return (Decimal(last) / first) ** (ONE / steps) - ONE


def prints_as(rate: Decimal, published: Decimal) -> bool:
    """Tell whether a rate is the published one at the precision the published one has."""
    return rounded(rate, published) == published


def last_after(first: int, rate: Decimal, steps: int) -> int:
    """Return the last value of constant growth from ``first``.

    Raises:
        ValueError: when no whole number gives the rate at its printed precision.
    """
    last = int(rounded(first * (1 + rate) ** steps))
    if not prints_as(growth(first, last, steps), rate):
        raise ValueError(f"no whole last value grows from {first} at {rate} over {steps} steps")
    return last


def first_for(total: int, rate: Decimal, steps: int) -> int:
    """Return the first value whose constant growth adds up to ``total`` most nearly."""
    return int(rounded(total / sum(((1 + rate) ** t for t in range(steps + 1)), Decimal(0))))


def bulge(step: int, steps: int) -> Decimal:
    """Return 4 s (1 − s): nothing at the ends, one in the middle."""
    return Decimal(4 * step * (steps - step)) / (steps * steps)


def exponential(first: int, last: int, steps: int, b: Decimal = Decimal(0)) -> list[Decimal]:
    """Return the path from ``first`` to ``last`` with the bulge ``b``."""
    ratio = Decimal(last) / first
    return [first * ratio ** (Decimal(t) / steps) * (b * bulge(t, steps)).exp() for t in range(steps + 1)]


def bent(first: int, last: int, steps: int, b: Decimal = Decimal(0)) -> list[Decimal]:
    """Return the bend from ``first`` to ``last``: early rise for b > 0, late rise for b < 0."""
    power = abs(b).exp()
    gone = [Decimal(t) / steps for t in range(steps + 1)]
    parts = [s**power if b < 0 else ONE - (ONE - s) ** power for s in gone]
    return [first + (last - first) * part for part in parts]


def logistic(first: Decimal, last: Decimal, steps: int, b: Decimal = Decimal(0)) -> list[Decimal]:
    """Return shares that run from ``first`` to ``last`` straight in their log-odds, with the bulge ``b``."""
    start, end = ((share / (1 - share)).ln() for share in (first, last))
    odds = (start + (end - start) * t / steps + b * bulge(t, steps) for t in range(steps + 1))
    return [ONE / (1 + (-value).exp()) for value in odds]


def solve(target: int, values: Callable[[Decimal], Sequence[Decimal]]) -> list[Decimal]:
    """Return the values whose sum is ``target``, by bisection of the bulge.

    Raises:
        ValueError: when no bulge within the limit reaches the target.
    """
    low, high = -BULGE_LIMIT, BULGE_LIMIT
    if not sum(values(low)) <= target <= sum(values(high)):
        raise ValueError(f"no path adds up to {target}")
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(values(middle)) < target else (low, middle)
    return list(values(low))


def allot(total: int, weights: Sequence[Decimal]) -> list[int]:
    """Divide ``total`` in proportion to ``weights`` by largest remainders; ties go to the earlier part."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def between(first: int, last: int, total: int, values: Sequence[Decimal]) -> list[int]:
    """Make a path whole: its ends stay, its inner points share what ``total`` leaves for them."""
    return [first, *allot(total - first - last, values[1:-1]), last]


def path(first: int, last: int, steps: int, total: int) -> list[int]:
    """Return whole numbers from ``first`` to ``last`` along the exponential path that adds up to ``total``."""
    return between(first, last, total, solve(total, lambda b: exponential(first, last, steps, b)))


def bend(first: int, last: int, steps: int, total: int) -> list[int]:
    """Return whole numbers from ``first`` to ``last`` along the bend that adds up to ``total``."""
    return between(first, last, total, solve(total, lambda b: bent(first, last, steps, b)))


def steady(first: int, last: int, steps: int) -> list[int]:
    """Return the whole numbers nearest to constant growth from ``first`` to ``last``."""
    return [int(rounded(value)) for value in exponential(first, last, steps)]


def tail(last: int, ratio: Decimal, count: int) -> list[int]:
    """Return the ``count`` values that follow ``last`` in a ranking, each ``ratio`` of the one before."""
    return [int(rounded(last * ratio**rank)) for rank in range(1, count + 1)]


def turning(
    anchors: Sequence[int], steps: Sequence[int], rates: Sequence[Decimal], reach: int = 6
) -> list[int]:
    """Return the first, middle and last values nearest to ``anchors`` that grow at two published rates.

    ``rates`` are the rate from first to last and from middle to last; ``steps`` the years of each. "Nearest"
    is the least sum of relative distances.
    """
    whole, recent = rates
    near = [range(anchor - reach, anchor + reach + 1) for anchor in anchors]
    found = [
        [first, middle, last]
        for last in near[2]
        for middle in near[1]
        if prints_as(growth(middle, last, steps[1]), recent)
        for first in near[0]
        if prints_as(growth(first, last, steps[0]), whole)
    ]
    return min(found, key=lambda ends: (distance(ends, anchors), ends))


def distance(values: Sequence[int], anchors: Sequence[int]) -> Decimal:
    """Return the sum of the relative distances of values from their anchors."""
    return sum((abs(Decimal(v) - a) / a for v, a in zip(values, anchors, strict=True)), Decimal(0))


def part_of(whole: Sequence[int], rate: Decimal, total: int) -> list[int]:
    """Return the yearly values of a part that grows at ``rate``, adds up to ``total`` and stays within ``whole``.

    Its share of the whole follows a logistic path. Of all first values, that one is taken which needs the least
    bulge, that is, whose straight path already comes nearest to the total.
    """
    steps = len(whole) - 1

    def ends(first: int) -> tuple[int, int]:
        return first, int(rounded(first * (1 + rate) ** steps))

    def values(first: int, b: Decimal = Decimal(0)) -> list[Decimal]:
        start, end = ends(first)
        shares = logistic(Decimal(start) / whole[0], Decimal(end) / whole[-1], steps, b)
        return [share * value for share, value in zip(shares, whole, strict=True)]

    firsts = [
        f for f in range(1, whole[0]) if ends(f)[1] < whole[-1] and prints_as(growth(*ends(f), steps), rate)
    ]
    best = min(firsts, key=lambda f: (abs(sum(values(f)) - total), f))
    return between(*ends(best), total, solve(total, lambda b: values(best, b)))
