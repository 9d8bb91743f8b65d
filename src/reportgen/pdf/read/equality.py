"""Equality: that the press file and the screen file of an edition show the same, read from their finished bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from reportgen.base.diagnostics import Faults, PageRef, Result
from reportgen.base.units import Pt
from reportgen.pdf.read.painted import Mark, Scan, ScannedPage, box_of
from reportgen.pdf.read.scan import scan_or_fault

TOLERANCE: Pt = 0.25
"""How far a mark may stand from its twin."""

SHOWN_PER_PAGE = 3


class Shown(NamedTuple):
    """A mark as a reader sees it: what it is, its words, its place from the trim's top left corner."""

    kind: str
    text: str
    x: Pt
    y: Pt


def compare(screen: bytes, press: bytes, name: str = "") -> Result[int]:
    """Compare the two files of an edition.

    Args:
        name: the press file's name, for places.

    Returns:
        How many marks are the same; an error for each page that differs in its words, numbers or figures.
    """
    faults = Faults()
    one, other = faults.take(scan_or_fault(screen, name)), faults.take(scan_or_fault(press, name))
    if one is None or other is None:
        return faults.result(0)
    return compare_scanned(one, other, name)


def compare_scanned(screen: Scan, press: Scan, name: str = "") -> Result[int]:
    """Do the same for files that are scanned already."""
    pages = [_shown_on(page) for page in screen.pages]
    sheets = [_shown_on(page) for page in press.pages]
    faults = Faults()
    same = 0
    # blank sheets that fill up a signature have no twin on the screen
    if len(sheets) > len(pages):
        sheets = _without_blanks(sheets, len(sheets) - len(pages))
    if len(sheets) != len(pages):
        faults.error("files-differ", f"the screen file has {len(pages)} pages, the press file {len(sheets)}")
    for number, (one, other) in enumerate(zip(pages, sheets, strict=False), 1):
        differences = list(_differences(one, other))
        same += min(len(one), len(other)) - min(len(differences), len(one), len(other))
        for message, mark in differences[:SHOWN_PER_PAGE]:
            faults.error("files-differ", message, PageRef(name, str(number), mark.x, mark.y))
    return faults.result(same)


def _without_blanks(sheets: list[list[Shown]], surplus: int) -> list[list[Shown]]:
    kept = []
    for sheet in reversed(sheets):
        if not sheet and surplus:
            surplus -= 1
        else:
            kept.append(sheet)
    return kept[::-1]


def _shown_on(page: ScannedPage) -> list[Shown]:
    """Return a page's marks; printer's marks are not part of the page."""
    trim = box_of(page.page.obj, "TrimBox")
    return [_shown(mark, trim[0], trim[3]) for mark in page.marks if not _outside(mark, trim)]


def _shown(mark: Mark, left: Pt, top: Pt) -> Shown:
    return Shown(mark.kind, mark.text, mark.box[0] - left, top - mark.box[3])


def _outside(mark: Mark, trim: tuple[float, float, float, float]) -> bool:
    box = mark.box
    if mark.ink.space == "All":
        return True
    return box[2] <= trim[0] or box[0] >= trim[2] or box[3] <= trim[1] or box[1] >= trim[3]


def _differences(one: list[Shown], other: list[Shown]) -> Iterator[tuple[str, Shown]]:
    for a, b in zip_longest(one, other):
        mark = a or b
        assert mark is not None
        if a is None or b is None:
            where = "press" if a is None else "screen"
            yield f"only the {where} file shows {_named(mark)}", mark
        elif a.kind != b.kind or a.text != b.text:
            yield f"the screen file shows {_named(a)}, the press file {_named(b)}", mark
        elif abs(a.x - b.x) > TOLERANCE or abs(a.y - b.y) > TOLERANCE:
            yield f"{_named(a)} stands {max(abs(a.x - b.x), abs(a.y - b.y)):.1f} pt away on the press", mark


def _named(mark: Shown) -> str:
    return f"“{mark.text}”" if mark.kind == "text" else f"a {mark.kind}"
