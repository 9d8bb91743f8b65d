"""The order of the book's pages: which section begins on which side, where blank pages stand, how pages are counted.

After the habit of Chinese and English publishing houses: the cover counts as page i and prints none; the imprint
stands on its back; contents, summary, parts and annex begin on a recto (a right-hand page), the other sections on the
next page; the colophon is the last verso. A verso that this leaves free is blank, but before a part it belongs to the
part's opener, a spread: otherwise every part would begin behind an empty page. Roman numerals count the front matter,
decimal ones begin again at 1 with the executive summary, the first page that is quoted.

Where parts do not open as spreads, parts, annex and colophon begin on the next page, too. Without a cover there are no
Roman numerals, so no page is left free before page 1. A short report is no book at all: its sections follow each other,
and decimal numbers count all pages, a cover among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.edition.document import Form, SectionKind
from reportgen.layout.flowing import Sheet
from reportgen.layout.pages.chapter import Chapter

FRONT: frozenset[SectionKind] = frozenset({"imprint", "contents", "figures", "guide"})
ON_RECTO: frozenset[SectionKind] = frozenset({"contents", "summary", "part", "annex"})
ON_VERSO: frozenset[SectionKind] = frozenset({"imprint", "colophon"})

LabelStyle = Literal["none", "roman", "decimal"]
Side = Literal["recto", "verso"]
_BOTH: tuple[Side, ...] = ("recto", "verso")
_BOOK = Form()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet at its place in the book; ``chapter`` is the one that it belongs to."""

    sheet: Sheet
    chapter: Chapter | None
    label: str
    label_style: LabelStyle
    side: Side


def sequence(cover: Sheet | None, chapters: Sequence[Chapter], form: Form = _BOOK) -> tuple[Leaf, ...]:
    """Return all pages in order, of a book with spreads an even number; none is blank before an opener."""
    entries: list[tuple[Sheet, Chapter | None]] = [(cover, None)] if cover else []
    for chapter in chapters:
        begun = any(before and not _is_front(before, form) for _, before in entries)
        if chapter.sheets and _side(len(entries)) not in _sides(chapter, form, begun=begun):
            free = chapter.opener.verso if chapter.opener else Sheet(kind="blank")
            entries.append((free, _last(entries)))
        entries += [(sheet, chapter) for sheet in chapter.sheets]
    if form.new_pages and form.spreads and len(entries) % 2:
        entries.append((Sheet(kind="blank"), _last(entries)))
    return _counted(entries, form)


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


def _is_front(chapter: Chapter | None, form: Form) -> bool:
    """Say whether a chapter, or the cover, is counted in Roman numerals."""
    return form.new_pages and form.cover and (chapter is None or chapter.section.kind in FRONT)


def _sides(chapter: Chapter, form: Form, *, begun: bool) -> tuple[Side, ...]:
    """Return the sides on which a chapter may begin.

    Args:
        begun: whether pages are counted in decimal already; page 1 is a recto.
    """
    kind = chapter.section.kind
    if chapter.opener:
        return ("recto",)
    if not form.new_pages:
        return _BOTH
    if kind in ON_RECTO and (form.spreads or kind == "contents"):
        return ("recto",)
    if kind in ON_VERSO and (form.cover if kind == "imprint" else form.spreads):
        return ("verso",)
    return _BOTH if begun or _is_front(chapter, form) else ("recto",)


def _last(entries: Sequence[tuple[Sheet, Chapter | None]]) -> Chapter | None:
    return entries[-1][1] if entries else None


def _counted(entries: Sequence[tuple[Sheet, Chapter | None]], form: Form) -> tuple[Leaf, ...]:
    """Return leaves with their labels; a page left free counts with the pages before it."""
    leaves: list[Leaf] = []
    body = 0
    for index, (sheet, chapter) in enumerate(entries):
        front = not body and _is_front(chapter, form)
        style: LabelStyle = "none" if sheet.kind == "cover" else "roman" if front else "decimal"
        body += not front
        label = roman(index + 1) if front else str(body)
        leaves.append(Leaf(sheet, chapter, "" if style == "none" else label, style, _side(index)))
    return tuple(leaves)
