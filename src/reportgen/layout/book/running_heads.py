"""Running heads, folios, and where the type area stands on verso and recto."""

from __future__ import annotations

from dataclasses import replace

from reportgen.base.diagnostics import Span
from reportgen.base.frame import Anchor, Placed
from reportgen.base.units import Pt
from reportgen.edition.document import Section, plain
from reportgen.layout.book.sequence import Leaf
from reportgen.layout.pages.chapter import Chapter
from reportgen.layout.typeset.typesetter import Typesetter

HEAD: Pt = 26.0
"""From the running head's baseline to the type area."""

FOLIO: Pt = 34.0
"""From the type area to the folio's baseline."""


def head_and_folio(typesetter: Typesetter, leaf: Leaf) -> tuple[Placed, ...]:
    """Return a page's running head and folio as artifacts, from the trim's top left corner.

    The verso carries the report's title, the recto the section's; both stand outside, as the folio does. A page that
    begins with a section's title says where the reader is, and carries no running head (章首页不排书眉).
    """
    if leaf.sheet.kind not in ("text", "first") or leaf.chapter is None:
        return ()
    page = typesetter.style.page
    verso = leaf.side == "verso"
    x = page.outer if verso else page.trim.width - page.outer
    align = "left" if verso else "right"
    bottom = page.top + page.height + FOLIO
    folio = typesetter.label(leaf.label, typesetter.paragraph("folio").text, None, x, bottom, align)
    headed = leaf.sheet.kind == "text" and typesetter.document.form.running_heads
    head = _head(typesetter, leaf.chapter, x, verso) if headed else ()
    return tuple(replace(mark, artifact="Pagination") for mark in (*head, *folio))


def _head(typesetter: Typesetter, chapter: Chapter, x: Pt, verso: bool) -> tuple[Placed, ...]:
    words = "" if verso else _title(chapter.section)
    words = words or typesetter.document.running_title
    baseline = typesetter.style.page.top - HEAD
    look = typesetter.paragraph("running-head").text
    return typesetter.label(words, look, None, x, baseline, "left" if verso else "right")


def check_heads(typesetter: Typesetter) -> None:
    """Report each running head that is wider than the measure."""
    style, document = typesetter.paragraph("running-head"), typesetter.document
    if not document.form.running_heads:
        return
    heads: list[tuple[str, Span | None, str]] = [
        (document.running_title, None, "give the report a shorter running title")
    ]
    heads += [
        (_title(section), section.span, "give the section a short title") for section in document.sections
    ]
    for words, place, hint in heads:
        if typesetter.width(words, style) > typesetter.measure:
            message = f"the running head “{words[:24]}…” is wider than the measure"
            typesetter.faults.warning("running-head-too-wide", message, place, hint)


def _title(section: Section) -> str:
    return plain(section.running_head or section.title)


def corner(typesetter: Typesetter, leaf: Leaf) -> tuple[Pt, Pt]:
    """Return where a sheet's own corner lies on the page; the margins of verso and recto mirror each other."""
    page = typesetter.style.page
    if leaf.sheet.full:
        return 0.0, 0.0
    return (page.inner if leaf.side == "recto" else page.outer), page.top


def corner_anchors(leaf: Leaf) -> tuple[Placed, ...]:
    """Return the anchors of a full sheet, which lead to its corner."""
    return tuple(Placed(0.0, 0.0, Anchor(name)) for name in leaf.sheet.anchors) if leaf.sheet.full else ()
