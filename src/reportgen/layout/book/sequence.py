"""The order of the book's pages: which section begins on which side, where blank pages stand, how pages are counted.

After the habit of Chinese and English publishing houses: the cover counts as page i and prints none; the imprint
stands on its back; contents, summary, parts and annex begin on a recto (a right-hand page), the other sections on the
next page; the colophon is the last verso. A verso that this leaves free is blank, but before a part it belongs to the
part's opener, a spread: otherwise every part would begin behind an empty page. Roman numerals count the front matter,
decimal ones begin again at 1 with the executive summary, the first page that is quoted.

A short report is no book: its sections follow each other, no page is left free, and decimal numbers count all pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.edition.document import SectionKind
from reportgen.layout.flowing import Sheet
from reportgen.layout.pages.chapter import Chapter

FRONT: frozenset[SectionKind] = frozenset({"imprint", "contents", "figures", "guide"})
ON_RECTO: frozenset[SectionKind] = frozenset({"contents", "summary", "part", "annex"})
ON_VERSO: frozenset[SectionKind] = frozenset({"imprint", "colophon"})

LabelStyle = Literal["none", "roman", "decimal"]
Side = Literal["recto", "verso"]
_BOTH: tuple[Side, ...] = ("recto", "verso")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet at its place in the book; ``chapter`` is the one that it belongs to."""

    sheet: Sheet
    chapter: Chapter | None
    label: str
    label_style: LabelStyle
    side: Side


def sequence(cover: Sheet | None, chapters: Sequence[Chapter], *, book: bool = True) -> tuple[Leaf, ...]:
    """Return all pages in order; of a book an even number of them. None is blank before a part's opener.

    Args:
        book: whether sections begin on the sides that they have in a book; else only openers do.
    """
    entries: list[tuple[Sheet, Chapter | None]] = [(cover, None)] if cover else []
    for chapter in chapters:
        sides = _sides(chapter, behind_cover=cover is not None) if book or chapter.opener else _BOTH
        if chapter.sheets and _side(len(entries)) not in sides:
            free = chapter.opener.verso if chapter.opener else Sheet(kind="blank")
            entries.append((free, _last(entries)))
        entries += [(sheet, chapter) for sheet in chapter.sheets]
    if book and len(entries) % 2:
        entries.append((Sheet(kind="blank"), _last(entries)))
    return _counted(entries, book=book)


def labels(leaves: Sequence[Leaf]) -> Mapping[str, str]:
    """Return the page label of every anchor."""
    return {anchor: leaf.label for leaf in leaves for anchor in leaf.sheet.anchors}


def roman(number: int) -> str:
    """Return a lower-case Roman numeral."""
    parts: list[str] = []
    for value, letters in _ROMAN:
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _side(index: int) -> Side:
    return "verso" if index % 2 else "recto"


def _sides(chapter: Chapter, *, behind_cover: bool) -> tuple[Side, ...]:
    kind = chapter.section.kind
    if kind in ON_RECTO:
        return ("recto",)
    return ("verso",) if kind in ON_VERSO and (behind_cover or kind != "imprint") else _BOTH


def _last(entries: Sequence[tuple[Sheet, Chapter | None]]) -> Chapter | None:
    return entries[-1][1] if entries else None


def _counted(entries: Sequence[tuple[Sheet, Chapter | None]], *, book: bool) -> tuple[Leaf, ...]:
    """Return leaves with their labels; a page left free counts with the pages before it."""
    leaves: list[Leaf] = []
    body = 0
    for index, (sheet, chapter) in enumerate(entries):
        front = book and (chapter is None or (chapter.section.kind in FRONT and not body))
        style: LabelStyle = "none" if sheet.kind == "cover" else "roman" if front else "decimal"
        body += not front
        label = roman(index + 1) if front else str(body)
        leaves.append(Leaf(sheet, chapter, "" if style == "none" else label, style, _side(index)))
    return tuple(leaves)
