"""Boxes and matrices in PDF's axes, where y grows upwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from reportgen.base.frame import Matrix
from reportgen.base.units import Pt

Point: TypeAlias = tuple[Pt, Pt]


class Box(NamedTuple):
    """An upright rectangle."""

    left: Pt
    bottom: Pt
    right: Pt
    top: Pt

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """Return the least box that holds the points, one or more."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> Pt:
        return self.right - self.left

    @property
    def height(self) -> Pt:
        return self.top - self.bottom

    def grown(self, by: Pt) -> Box:
        """Return the box with as much more on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def has(self, x: Pt, y: Pt) -> bool:
        """Say whether a point lies in the box or on its edge."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def holds(self, other: Box) -> bool:
        """Say whether another box lies in this one; their edges may be the same."""
        return self.has(other.left, other.bottom) and self.has(other.right, other.top)

    def cut(self, other: Box) -> Box:
        """Return what both have; its sides are the wrong way round where they have nothing in common."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def meets(self, other: Box) -> bool:
        """Say whether the two overlap; to touch is not enough."""
        return (
            self.left < other.right
            and self.right > other.left
            and self.bottom < other.top
            and self.top > other.bottom
        )


def compose(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def apply(matrix: Matrix, x: Pt, y: Pt) -> Point:
    """Return where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds_of(matrix: Matrix, left: Pt, bottom: Pt, right: Pt, top: Pt) -> Box:
    """Return the upright box around a box after a transformation."""
    return Box.around([apply(matrix, x, y) for x in (left, right) for y in (bottom, top)])
