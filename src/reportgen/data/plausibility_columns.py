"""Which value of a column is off where no series says what is usual: lists, and tables of rows by columns.

All functions take numbers and give indices, of the value that is off and of one that it was compared with.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import TypeAlias

Culprit: TypeAlias = tuple[int, int]

AMONG_ALIKE = 50
"""A value so many times every other is a slip, where all are of one kind."""
AMONG_UNLIKE = 500
"""The same where the rows are of different things, so that little can be expected."""
FAR = 2.0
"""A value is a slip that is a hundred times what its row and column let expect (as a power of ten),"""
FARTHER = 1.0
"""and ten times as far off as any other."""
LEAST_ROWS = 3
"""Fewer codes say nothing of what is usual in their table."""
LEAST_ORDERED = 5


def dwarfing(values: Sequence[Decimal], times: int) -> Culprit | None:
    """Return the value that is at least so many times every other, two or more, and the largest of those."""
    if len(values) < 3:
        return None
    first, second = sorted(range(len(values)), key=lambda k: abs(values[k]), reverse=True)[:2]
    if values[second] and abs(values[first]) >= times * abs(values[second]):
        return first, second
    return None


def out_of_order(values: Sequence[Decimal]) -> Culprit | None:
    """Return the value that towers over both its neighbours in a list that is in order but for it."""
    if len(values) < LEAST_ORDERED:
        return None
    for k in range(1, len(values) - 1):
        beside = max(abs(values[k - 1]), abs(values[k + 1]))
        if beside and abs(values[k]) >= AMONG_ALIKE * beside and _is_ordered([*values[:k], *values[k + 1 :]]):
            return k, k - 1
    return None


def off_in_cross_table(values: Sequence[Decimal], keys: Sequence[tuple[object, object]]) -> Culprit | None:
    """Return the value that is far from what the others of its row and its column let expect.

    The expected amount is the product of the medians of both over that of all. Zeros and values below zero say nothing.
    """
    logs = {k: math.log10(value) for k, value in enumerate(values) if value > 0}
    if any(len({keys[k][side] for k in logs}) < LEAST_ROWS for side in (0, 1)):
        return None
    levels = [_levels(logs, keys, side) for side in (0, 1)]
    middle = median(logs.values())
    off = {k: abs(at - levels[0][keys[k][0]] - levels[1][keys[k][1]] + middle) for k, at in logs.items()}
    first, second = sorted(off, key=lambda k: off[k], reverse=True)[:2]
    if off[first] >= FAR and off[first] >= off[second] + FARTHER:
        return first, next(k for k in logs if k != first and keys[k][0] == keys[first][0])
    return None


def _levels(logs: dict[int, float], keys: Sequence[tuple[object, object]], side: int) -> dict[object, float]:
    """Return the median of each row, or of each column."""
    found: dict[object, list[float]] = {}
    for k, value in logs.items():
        found.setdefault(keys[k][side], []).append(value)
    return {key: median(of_key) for key, of_key in found.items()}


def _is_ordered(values: Sequence[Decimal]) -> bool:
    pairs = tuple(pairwise(values))
    return all(a >= b for a, b in pairs) or all(a <= b for a, b in pairs)
