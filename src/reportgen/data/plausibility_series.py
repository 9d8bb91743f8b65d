"""Which value of a series is the one that is off: a slip of the key, not its neighbours.

A series is a list of numbers in the order of its periods. All functions give indices, of the value that is off and of
the one that it was compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

Off: TypeAlias = Callable[[Decimal, Decimal], bool]
"""Says of a value and the next one whether they cannot stand side by side."""
Culprit: TypeAlias = tuple[int, int]

SLIP = 500
"""A value so many times its neighbours is a slip of scale: a thousand times, and the series may have doubled."""
SLIP_AMONG_EQUALS = 50
"""The same where the neighbours on both sides agree with each other: two noughts too many."""
LEAST_OF_ONE_SIGN = 4
"""So many values that are not zero say which sign is usual."""
EQUALS = 2
"""Neighbours agree whose ratio is at most this."""


def culprits(values: Sequence[Decimal], off: Off) -> Iterator[Culprit]:
    """Yield the values by which a series breaks a rule for neighbours, each once.

    Of two values that cannot be neighbours the second is off where the series goes on from the first as if it were not
    there; the first, where the second fits what stood before it; and if the values stay where the second is, that one.
    """
    before: int | None = None
    held = 0
    for k in range(1, len(values)):
        if not off(values[held], values[k]):
            before, held = held, k
            continue
        after = values[k + 1] if k + 1 < len(values) else None
        if after is not None and not off(values[held], after):
            yield k, held
            continue
        fits_before = before is not None and not off(values[before], values[k])
        goes_on = after is not None and not off(values[k], after)
        if fits_before or (before is None and goes_on):
            yield held, k
        else:
            yield k, held
            before = held
        held = k


def slips_of_scale(values: Sequence[Decimal]) -> Iterator[Culprit]:
    """Yield the values that are some powers of ten too large or too small for their series."""
    low, high = _ends(values)
    if high < SLIP_AMONG_EQUALS * low:
        return
    taken = set()
    for k in range(len(values)):
        beside = _beside(values, k)
        if beside and abs(values[k]) >= _allowed(values, k, beside) * max(abs(values[j]) for j in beside):
            taken.add(k)
            yield k, beside[0]
    rest = [k for k in range(len(values)) if k not in taken]
    kept = [values[k] for k in rest]
    for k in range(len(kept)):
        beside = _beside(kept, k)
        alike = {kept[j] > 0 for j in (*beside, k)}
        small = kept[k] and len(alike) == 1 and len(beside) > 1
        if small and abs(kept[k]) * _allowed(kept, k, beside) <= min(abs(kept[j]) for j in beside):
            yield rest[k], rest[beside[0]]
            return
    yield from ((rest[k], rest[k - 1]) for k in _step(kept))


def negative_among_counts(values: Sequence[Decimal]) -> Iterator[int]:
    """Yield the values below zero of a column whose others, at least three of four, are none."""
    below = [k for k, value in enumerate(values) if value < 0]
    if len(values) >= 4 and len(below) * 4 <= len(values):
        yield from below


def lone_sign(values: Sequence[Decimal]) -> int | None:
    """Return the only value below zero where all others are above it, or the reverse; None among fewer than four."""
    for side in (-1, 1):
        alone = [k for k, value in enumerate(values) if value * side > 0]
        if len(alone) == 1 and sum(1 for value in values if value) >= LEAST_OF_ONE_SIGN:
            return alone[0]
    return None


def slips_of_sign(values: Sequence[Decimal]) -> Iterator[Culprit]:
    """Yield the value that alone has its sign in a series, if with the other it would fit between its neighbours."""
    at = lone_sign(values)
    if at is not None:
        beside = _beside(values, at)
        low, high = _ends([values[j] for j in (*beside, at)])
        if len(beside) == 2 and high <= EQUALS * low:
            yield at, beside[0]


def _ends(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the least and the largest amount that is not zero; both 1 where there is none."""
    amounts = [abs(value) for value in values if value]
    return (min(amounts), max(amounts)) if amounts else (Decimal(1), Decimal(1))


def _beside(values: Sequence[Decimal], k: int) -> list[int]:
    """Return the places of a value's neighbours, at an end of the series the nearest two; zeros tell nothing."""
    near = (k - 1, k + 1) if 0 < k < len(values) - 1 else (1, 2) if k == 0 else (k - 1, k - 2)
    return [j for j in near if 0 <= j < len(values) and values[j]]


def _allowed(values: Sequence[Decimal], k: int, beside: Sequence[int]) -> int:
    """Return how many times its neighbours is too much."""
    low, high = _ends([values[j] for j in beside])
    between = len(beside) == 2 and 0 < k < len(values) - 1
    return SLIP_AMONG_EQUALS if between and high <= EQUALS * low else SLIP


def _step(values: Sequence[Decimal]) -> Iterator[int]:
    """Yield where a series goes over to another scale: all that follows is that much larger, or smaller."""
    for k in range(1, len(values)):
        before, after = _ends(values[:k]), _ends(values[k:])
        pair = values[k - 1] and values[k]
        if pair and (after[0] >= SLIP * before[1] or before[0] >= SLIP * after[1]):
            yield k
            return
