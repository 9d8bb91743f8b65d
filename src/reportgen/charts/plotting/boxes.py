"""Where labels go: boxes that must not meet, candidates tried in order, ends of lines spread apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from reportgen.base.units import Pt


class Box(NamedTuple):
    """A rectangle, y downwards."""

    x0: Pt
    y0: Pt
    x1: Pt
    y1: Pt

    @property
    def width(self) -> Pt:
        return self.x1 - self.x0

    @property
    def height(self) -> Pt:
        return self.y1 - self.y0

    def meets(self, other: Box, gap: Pt = 0.0) -> bool:
        """Say whether two boxes come nearer than ``gap``."""
        return (
            self.x0 < other.x1 + gap
            and other.x0 < self.x1 + gap
            and self.y0 < other.y1 + gap
            and other.y0 < self.y1 + gap
        )

    def grown(self, x: Pt, y: Pt | None = None) -> Box:
        """Return the box with margins at its sides, and the same or others at top and bottom."""
        y = x if y is None else y
        return Box(self.x0 - x, self.y0 - y, self.x1 + x, self.y1 + y)

    def within(self, other: Box) -> bool:
        return self.x0 >= other.x0 and self.y0 >= other.y0 and self.x1 <= other.x1 and self.y1 <= other.y1


@dataclass(slots=True)
class Obstacles:
    """What labels must keep clear of, and the room that they have."""

    room: Box
    boxes: list[Box] = field(default_factory=list)

    def free(self, box: Box, gap: Pt = 1.0) -> bool:
        return box.within(self.room) and not any(box.meets(other, gap) for other in self.boxes)

    def place(self, candidates: Iterable[Box], gap: Pt = 1.0) -> Box | None:
        """Return and occupy the first candidate that is free; None if none is."""
        found = next((box for box in candidates if self.free(box, gap)), None)
        if found is not None:
            self.boxes.append(found)
        return found


def spread(centres: Sequence[Pt], heights: Sequence[Pt], low: Pt, high: Pt, gap: Pt = 0.0) -> tuple[Pt, ...]:
    """Return centres moved apart as little as may be, so that labels of these heights neither meet nor leave low–high.

    The result is the least-squares one: neighbours that meet are pooled about their mean (pool adjacent violators;
    Barlow and others, Statistical inference under order restrictions, 1972). The order of the centres is kept. Where
    the room is too small for all, they are stacked from ``low``.
    """
    if not centres:
        return ()
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    offsets = [0.0]
    for one, other in pairwise(order):
        offsets.append(offsets[-1] + (heights[one] + heights[other]) / 2 + gap)
    pools: list[list[float]] = []
    for i, offset in zip(order, offsets, strict=True):
        pools.append([centres[i] - offset, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    flat = [value for value, count in pools for _ in range(int(count))]
    first, last = heights[order[0]] / 2, heights[order[-1]] / 2
    ceiling = high - last - offsets[-1]
    clamped = [max(low + first, min(value, ceiling)) for value in flat]
    found = [0.0] * len(centres)
    for i, value, offset in zip(order, clamped, offsets, strict=True):
        found[i] = value + offset
    return tuple(found)
