"""Where the words of covers and openers stand, and what lies behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from layout_samples import document, runs, words

from reportgen.base.frame import Frame, Group, Page, Placed, Shape
from reportgen.base.style import Style
from reportgen.edition.document import ComposedDocument, Cover, KeyNumber, KeyNumbers, Section

SERIES = (
    (2000.0, 4423.0, 13792.0),
    (1000.0, 2397.0, 6192.0),
    (18000.0, 26097.0, 31039.0),
    (900.0, 1980.0, 4289.0),
)


@dataclass(frozen=True, slots=True)
class Ink:
    """The room that a run of glyphs takes."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def ink(page: Page, *, tagged: bool = True) -> list[Ink]:
    """Return the room of the words on a page; without artifacts if ``tagged``."""
    return [
        Ink(at.x, at.y - 0.72 * run.size, at.x + run.width, at.y + 0.16 * run.size, run.text)
        for at, run in runs(page)
        if run.text.strip() and (at.content is not None or not tagged)
    ]


def collisions(boxes: list[Ink]) -> list[tuple[str, str]]:
    return [
        (a.text, b.text)
        for a, b in combinations(boxes, 2)
        if min(a.right, b.right) - max(a.left, b.left) > 0.5
        and min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5
    ]


def outside(boxes: list[Ink], style: Style) -> list[str]:
    """Return the words that leave the type area."""
    page = style.page
    right, bottom = page.inner + page.measure + 0.5, page.top + page.height + 0.5
    return [
        b.text
        for b in boxes
        if b.left < page.inner - 0.5 or b.right > right or b.top < page.top - 0.5 or b.bottom > bottom + 3
    ]


def paths(
    frame: Frame, x: float = 0.0, y: float = 0.0
) -> Iterator[tuple[Placed, Shape, list[tuple[float, float]]]]:
    """Yield every shape with all its points, those of groups included, from the outer frame's corner."""
    for at in frame.items:
        if isinstance(at.item, Group):
            yield from paths(at.item.frame, x + at.x, y + at.y)
        elif isinstance(at.item, Shape):
            yield (
                at,
                at.item,
                [
                    (x + at.x + numbers[i], y + at.y + numbers[i + 1])
                    for _, *numbers in at.item.path
                    for i in range(0, len(numbers), 2)
                ],
            )


def crossings(frame: Frame, at: float) -> list[float]:
    """Return the heights at which curves cross a vertical; their abscissa is linear in the parameter."""
    found = []
    for _, shape, points in paths(frame):
        if shape.stroke is None:
            continue
        for k in range(0, len(points) - 3, 3):
            (x0, y0), (_, y1), (_, y2), (x3, y3) = points[k : k + 4]
            if x0 <= at < x3:
                t = (at - x0) / (x3 - x0)
                u = 1 - t
                found.append(u**3 * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t**3 * y3)
    return sorted(found)


def with_cover(lang: str, *title: str) -> ComposedDocument:
    return replace(document(lang=lang), cover=Cover(title, ("2013–2023",), "Issuing Office 发布机构", "2024"))


def with_part(
    lang: str, title: str, thesis: str, *values: tuple[str, str, str], accent: str = "part1"
) -> ComposedDocument:
    numbers = tuple(
        KeyNumber(value, unit, words(label), f"fact-{n}") for n, (value, unit, label) in enumerate(values)
    )
    part = Section(
        "part", words(title), "part", (), (), "Part 1", "1", accent, words(thesis), KeyNumbers(numbers)
    )
    return document(part, lang=lang)
