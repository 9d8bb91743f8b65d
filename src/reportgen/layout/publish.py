"""Lay out: from a composed document and its drawings to a publication.

In passes, as Typst's and TeX's: a pass sets every section reading the page labels that the last pass found, until the
labels that it finds are the ones it read. Sections that print no page labels are set and paginated once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.frame import Drawing, Publication
from reportgen.base.limits import PAGES, RELAYOUTS
from reportgen.base.style import Style
from reportgen.edition.document import ComposedDocument
from reportgen.layout.book.assemble import assemble
from reportgen.layout.book.running_heads import check_heads
from reportgen.layout.book.sequence import Leaf, labels, sequence
from reportgen.layout.cover.front import front_cover
from reportgen.layout.cover.title_block import title_rows
from reportgen.layout.flowing import Row, Sheet
from reportgen.layout.pages.chapter import Chapter, chapter
from reportgen.layout.pages.paginate import paginate
from reportgen.layout.pages.run_on import run_on
from reportgen.layout.pages.sheets import make_sheet
from reportgen.layout.typeset.nodes import Node
from reportgen.layout.typeset.typesetter import ParagraphCache, Typesetter
from reportgen.text.paragraph import TextSetting


def lay_out(
    document: ComposedDocument,
    drawings: Mapping[str, Drawing],
    style: Style,
    setting: TextSetting,
    series: Sequence[Sequence[float]],
    cache: ParagraphCache | None = None,
) -> Result[Publication]:
    """Lay out one edition.

    Args:
        drawings: by the name of the figure.
        series: numbers for the cover's art.
        cache: broken paragraphs, read and filled; it may be kept for the next profile or build.
    """
    typesetter = Typesetter(document, style, setting, {} if cache is None else cache, series=series)
    front = Node("Sect", typesetter.root.slots)
    cover = front_cover(typesetter, front) if document.form.cover else None
    above = () if cover else title_rows(typesetter, front)
    check_heads(typesetter)
    faults = typesetter.faults
    found: tuple[Chapter, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    for _ in range(RELAYOUTS):
        found = _pass(typesetter, drawings, found, above)
        leaves = sequence(cover, found, document.form)
        if len(leaves) > PAGES:
            message = f"the edition has {len(leaves):,} pages, and {PAGES:,} can be made"
            faults.error("too-many-pages", message, None, "part the report in two")
            break
        settled = labels(leaves)
        if settled == typesetter.labels:
            break
        typesetter.labels = settled
    else:
        message = f"the page numbers have not settled after {RELAYOUTS} passes"
        hint = (
            "a page number's own width moves what it points at: let the text around it be longer or shorter"
        )
        faults.warning("unsettled-page-numbers", message, None, hint)
    for entry in found:
        faults.add(*entry.faults)
    _check_targets(typesetter, labels(leaves), faults)
    publication = assemble(typesetter, leaves, found, front)
    return faults.result(publication)


def _pass(
    typesetter: Typesetter, drawings: Mapping[str, Drawing], last: Sequence[Chapter], above: Sequence[Row]
) -> tuple[Chapter, ...]:
    """Return all sections set with the labels that the typesetter now knows."""
    done: list[Chapter] = []
    new_pages = typesetter.document.form.new_pages
    for index, section in enumerate(typesetter.document.sections):
        if index < len(last) and last[index].settled:
            done.append(last[index])
            continue
        typesetter.faults = Faults()
        entry = chapter(typesetter, section, drawings, () if index else above)
        sheets = _sheets(typesetter, entry) if new_pages else ()
        done.append(replace(entry, sheets=sheets, faults=tuple(typesetter.faults.found)))
    return tuple(done) if new_pages else run_on(typesetter, done)


def _sheets(typesetter: Typesetter, entry: Chapter) -> tuple[Sheet, ...]:
    page, flow = typesetter.style.page, entry.flow
    plans = paginate(flow, page.lines, page.leading, typesetter.costs)
    sheets = [make_sheet(flow, plan, typesetter.style) for plan in plans]
    if flow.low:
        sheets = [replace(sheet, kind="plain") for sheet in sheets]
    elif entry.opener is None and sheets:
        sheets[0] = replace(sheets[0], kind="first")
    return (entry.opener.recto, *sheets) if entry.opener else tuple(sheets)


def _check_targets(typesetter: Typesetter, known: Mapping[str, str], faults: Faults) -> None:
    """Report each reference to an anchor that no page has."""
    for anchor, place in typesetter.targets.items():
        if anchor not in known:
            hint = "correct the reference, or add what it names"
            faults.error("unknown-anchor", f"nothing in the document is called {anchor}", place, hint)
