"""Where things are printed: from a finished publication back to its facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.base.diagnostics import Span
from reportgen.base.frame import Frame, GlyphRun, Group, Publication


@dataclass(frozen=True, slots=True)
class Print:
    """A printed value: the fact, the page's index and label, the words, and the place in the manuscript."""

    fact: str
    page: int
    label: str
    text: str
    span: Span | None


def prints(publication: Publication) -> tuple[Print, ...]:
    """Return every printed value in the order of pages; neighbouring runs of one value are joined."""
    found: list[Print] = []
    for index, page in enumerate(publication.pages):
        for fact, text, span in _runs(page.frame):
            last = found[-1] if found else None
            if last and (last.fact, last.page, last.span) == (fact, index, span):
                found[-1] = Print(fact, index, page.label, last.text + text, span)
            else:
                found.append(Print(fact, index, page.label, text, span))
    return tuple(found)


def _runs(frame: Frame) -> Iterator[tuple[str, str, Span | None]]:
    for placed in frame.items:
        if isinstance(placed.item, GlyphRun) and placed.fact is not None:
            yield placed.fact, placed.item.text, placed.span
        elif isinstance(placed.item, Group):
            yield from _runs(placed.item.frame)
