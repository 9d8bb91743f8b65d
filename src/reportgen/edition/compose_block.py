"""Blocks of the manuscript to blocks of an edition's document."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.edition import document as doc
from reportgen.edition.annex import compose_annex_table
from reportgen.edition.captions import compose_figure
from reportgen.edition.document import plain
from reportgen.edition.generated import FaceNotice, compose_generated
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree

_MARKERS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def compose_block(
    wording: Wording,
    block: tree.Block,
    figures: Sequence[tree.Figure],
    faces: Sequence[FaceNotice],
    *,
    annex: bool = False,
) -> tuple[doc.Block, ...]:
    """Return what a block prints; ``annex`` asks for a figure's table instead of the figure."""
    match block:
        case tree.Heading():
            place = wording.place(block.title)
            return (doc.Heading(block.level, wording.say(block.title), block.title.id, place),)
        case tree.Paragraph():
            words, place = wording.say(block.passage), wording.place(block.passage)
            return (doc.Paragraph(words, block.style, block.passage.id, place),)
        case tree.Bullets():
            return (_bullets(wording, block),)
        case tree.Points():
            points = tuple(_point(wording, point, rank) for rank, point in enumerate(block.points))
            return (doc.Points(points, block.span),)
        case tree.Figure() if annex:
            table = wording.package.tables.get(block.table)
            return (compose_annex_table(wording, block, table),) if table else ()
        case tree.Figure():
            return (compose_figure(wording, block),) if block.anchor in wording.numbering.words else ()
        case tree.Definitions():
            return (_definitions(wording, block),)
        case tree.Generated():
            return compose_generated(wording, block, figures, faces)


def _bullets(wording: Wording, block: tree.Bullets) -> doc.Bullets:
    items = tuple(wording.say(item) for item in block.items)
    if block.start is None:
        markers = ("•",) * len(items)
    else:
        markers = tuple(f"{number}." for number in range(block.start, block.start + len(items)))
    return doc.Bullets(markers, items, block.span)


def _point(wording: Wording, point: tree.Point, rank: int) -> doc.Point:
    content = wording.content(point.passage)
    lead = content[0] if content else None
    marker = wording.labels(_MARKERS[rank]) if rank < len(_MARKERS) else str(rank + 1)
    accent = point.accent or f"part{rank + 1}"
    place = wording.place(point.passage)
    if not isinstance(lead, tree.Styled) or lead.mark != "strong":
        if wording.catalog is not None and content:
            message = f"the translation of {point.passage.id} has no lead sentence"
            hint = "open it with **a sentence in bold**"
            wording.faults.error("missing-lead-sentence", message, place, hint)
        return doc.Point(marker, (), wording.words(content), accent, place)
    return doc.Point(marker, wording.words(lead.content), wording.words(content[1:]), accent, place)


def _definitions(wording: Wording, block: tree.Definitions) -> doc.Definitions:
    """Return terms in the order of the language: the manuscript's in Chinese, the alphabet's in English."""
    said = [(wording.say(term), wording.say(meaning), term.id) for term, meaning in block.entries]
    said.sort(key=lambda entry: wording.language.sort_key(plain(entry[0])))
    entries = tuple((term, meaning) for term, meaning, _ in said)
    return doc.Definitions(entries, block.span, tuple(name for *_, name in said))
