"""Equality: that the press file and the screen file of an edition show the same, read from their finished bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box
from reportgen.pdf.read.findings import in_file, on_page
from reportgen.pdf.read.painted import Mark, Scan, ScannedPage
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
    mark: Mark


def compare(screen: bytes, press: bytes, name: str = "report.pdf") -> Result[int]:
    """Compare the two files of an edition.

    Args:
        name: the press file's name, for places.

    Returns:
        How many marks are the same; an error for each page that differs in its words, numbers or figures.
    """
    faults = Faults()
    one, other = scan_or_fault(screen, name, faults), scan_or_fault(press, name, faults)
    return faults.result(faults.take(compare_scanned(one, other)) if one and other else 0)


def compare_scanned(screen: Scan, press: Scan) -> Result[int]:
    """Do the same for files that are scanned already."""
    pages = [_shown_on(page) for page in screen.pages]
    sheets = [(page, _shown_on(page)) for page in press.pages]
    faults = Faults()
    same = 0
    # blank sheets that fill up a signature have no twin on the screen
    if len(sheets) > len(pages):
        sheets = _without_blanks(sheets, len(sheets) - len(pages))
    if len(sheets) != len(pages):
        message = f"the screen file has {len(pages)} pages, the press file {len(sheets)}"
        faults.add(in_file(press, "files-differ", message))
    for one, (page, other) in zip(pages, sheets, strict=False):
        differences = list(_differences(one, other))
        same += min(len(one), len(other)) - min(len(differences), len(one), len(other))
        for message, mark in differences[:SHOWN_PER_PAGE]:
            faults.add(on_page(page, "files-differ", message, _moved(mark, page.trim)))
    return faults.result(same)


def _without_blanks(
    sheets: list[tuple[ScannedPage, list[Shown]]], surplus: int
) -> list[tuple[ScannedPage, list[Shown]]]:
    blank = [index for index, (_, shown) in enumerate(sheets) if not shown][-surplus:]
    return [sheet for index, sheet in enumerate(sheets) if index not in blank]


def _shown_on(page: ScannedPage) -> list[Shown]:
    """Return a page's marks; printer's marks are not part of the page."""
    trim = page.trim
    return [_shown(mark, trim) for mark in page.marks if mark.ink.space != "All" and mark.box.meets(trim)]


def _shown(mark: Mark, trim: Box) -> Shown:
    return Shown(mark.kind, mark.text, mark.box.left - trim.left, trim.top - mark.box.top, mark)


def _moved(mark: Shown, trim: Box) -> Box:
    """Return where a mark stands on the press page; its own trim may begin elsewhere."""
    box = mark.mark.box
    left, top = trim.left + mark.x, trim.top - mark.y
    return Box(left, top - box.height, left + box.width, top)


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
