"""Findings in a finished file: each rule with its remedy, each finding a diagnostic with its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportgen.base.diagnostics import Diagnostic, PageRef, Place, Severity, Span
from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box
from reportgen.pdf.read.naming import Subject
from reportgen.pdf.read.painted import Mark, Scan, ScannedPage
from reportgen.pdf.read.structure_tree import Node


class Rule(NamedTuple):
    """What to do about a kind of finding, and whether it refuses a release."""

    remedy: str
    severity: Severity = Severity.ERROR


_OURS = "reportgen never writes this by itself: build the file again, and if it stays, report it as a fault"
_REWORD = "reword the sentence, or say where a long word may be divided by a soft hyphen (U+00AD)"
_WARNING = Severity.WARNING
RULES: Mapping[str, Rule] = {
    "a3.files": Rule(_OURS),
    "broken-object": Rule("build the file again: an object in it is not what the standard asks for"),
    "content": Rule(_OURS),
    "files-differ": Rule("build both files again, in one run"),
    "fonts": Rule("write another character, or name a font that has it in fonts/fonts.toml"),
    "line-divided": Rule(_OURS),
    "line-end": Rule(_OURS),
    "line-grid": Rule(
        "give the paragraph style a leading and distances in whole lines of the grid", _WARNING
    ),
    "line-loose": Rule(_REWORD, _WARNING),
    "line-missing": Rule("write another character, or name a font that has it in fonts/fonts.toml"),
    "line-river": Rule(_REWORD, _WARNING),
    "line-runt": Rule("reword the paragraph so that its last line holds more", _WARNING),
    "line-start": Rule(_OURS),
    "no-structure": Rule("audit the screen's file"),
    "page-validation": Rule(_OURS),
    "press.bleed": Rule("let it reach the bleed, or keep it off the edge"),
    "press.colored-text": Rule("set small text in black, or in one or two inks", _WARNING),
    "press.hairline": Rule("draw a wider line"),
    "press.ink-limit": Rule("use a colour of less ink"),
    "press.overprint": Rule(_OURS),
    "press.registration": Rule("keep the colour All for what stands outside the trim"),
    "press.resolution": Rule("use a picture of more samples, or print it smaller", _WARNING),
    "press.reversed-text": Rule("set it at 8 pt or more, or bold", _WARNING),
    "press.rich-black": Rule("use black ink alone", _WARNING),
    "press.thin-area": Rule("make the area wider", _WARNING),
    "ua.agreement": Rule(_OURS),
    "ua.alternative": Rule("give the chart or picture a description"),
    "ua.contrast": Rule("use a darker colour, or a paler ground", _WARNING),
    "ua.headings": Rule("begin with a heading of the first level, and leave no level out on the way down"),
    "ua.identification": Rule(_OURS),
    "ua.language": Rule("mark the words of another language as such"),
    "ua.link": Rule(_OURS),
    "ua.nesting": Rule(_OURS),
    "ua.note": Rule(_OURS),
    "ua.outline": Rule(_OURS),
    "ua.table": Rule(_OURS),
    "ua.tagging": Rule(_OURS),
    "x4.absent": Rule("take it out of the file: a press decides it, or cannot show it"),
    "x4.annotations": Rule("take them out: the press file carries no links"),
    "x4.boxes": Rule("give all pages one trim, inside the bleed, and [press] the signature that is printed"),
    "x4.color": Rule("colours need inks: see the style"),
    "x4.identification": Rule(_OURS),
    "x4.output-intent": Rule("give the printer's CMYK output profile: output_profile under [press]"),
}


def _finding(rule: str, message: str, place: Place) -> Diagnostic:
    remedy, severity = RULES[rule]
    return Diagnostic(severity, rule, message, place, (remedy,))


def in_file(scanned: Scan, rule: str, message: str) -> Diagnostic:
    """Return a finding about a whole file."""
    return _finding(rule, message, Span(scanned.file))


def in_element(scanned: Scan, element: Node, rule: str, message: str) -> Diagnostic:
    """Return a finding about an element, on the page where it begins."""
    names = scanned.names
    page, subject = names.page_of(element), names.of(element)
    if page is None:
        return _finding(rule, _in(message, subject), Span(scanned.file))
    where = next((mark for mark in page.marks if element in _owners(scanned, page, mark)), None)
    if where is not None:
        return on_page(page, rule, message, where.box, where.mcid)
    return _finding(rule, _in(message, subject), _place(page, 0.0, 0.0))


def _owners(scanned: Scan, page: ScannedPage, mark: Mark) -> list[Node]:
    owners = scanned.tree.marked.get((page.index, mark.mcid), []) if mark.mcid is not None else []
    return [above for owner in owners for above in owner.lineage()]


def at_point(
    page: ScannedPage,
    rule: str,
    message: str,
    x: Pt = 0.0,
    y: Pt = 0.0,
    subject: Subject | None = None,
) -> Diagnostic:
    """Return a finding at a point of a page, measured from the top left corner of its trim, in what is named."""
    return _finding(rule, _in(message, subject), _place(page, x, y))


def _place(page: ScannedPage, x: Pt, y: Pt) -> PageRef:
    return PageRef(page.file, page.label or str(page.index + 1), round(x, 1), round(y, 1))


def _in(message: str, subject: Subject | None) -> str:
    return f"{message}, in {subject}" if subject is not None else message


def on_page(
    page: ScannedPage, rule: str, message: str, box: Box | None = None, mcid: int | None = None
) -> Diagnostic:
    """Return a finding on a page, at the top left corner of a box; it names what the box, or the sequence, is in."""
    if box is None:
        return at_point(page, rule, message)
    trim = page.trim
    left, top = box.left - trim.left, trim.top - box.top
    down = Box(left, top, box.right - trim.left, trim.top - box.bottom)
    subject = page.names.at(page, mcid, down) if page.names is not None else None
    return at_point(page, rule, message, left, top, subject)


def at_mark(page: ScannedPage, mark: Mark, rule: str, message: str) -> Diagnostic:
    """Return a finding at a mark: text is quoted, and the figure or paragraph named."""
    return on_page(page, rule, (f"“{mark.text[:20]}” " if mark.text else "") + message, mark.box, mark.mcid)
