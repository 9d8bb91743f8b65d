"""Blocks of the manuscript to blocks of an edition's document."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.edition import document as doc
from reportgen.edition.annex import compose_annex_table
from reportgen.edition.figures import compose_figure
from reportgen.edition.generated import FaceNotice, compose_generated
from reportgen.edition.wording import Voice, plain
from reportgen.manuscript import tree

_MARKERS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def compose_block(
    voice: Voice,
    block: tree.Block,
    figures: Sequence[tree.Figure],
    faces: Sequence[FaceNotice],
    *,
    annex: bool = False,
) -> tuple[doc.Block, ...]:
    """Return what a block prints; ``annex`` asks for a figure's table instead of the figure."""
    match block:
        case tree.Heading():
            place = voice.place(block.title)
            return (doc.Heading(block.level, voice.say(block.title), block.title.id, place),)
        case tree.Paragraph():
            words, place = voice.say(block.passage), voice.place(block.passage)
            return (doc.Paragraph(words, block.style, block.passage.id, place),)
        case tree.Bullets():
            return (_bullets(voice, block),)
        case tree.Points():
            points = tuple(_point(voice, point, rank) for rank, point in enumerate(block.points))
            return (doc.Points(points, block.span),)
        case tree.Figure() if annex:
            table = voice.package.tables.get(block.table)
            return (compose_annex_table(voice, block, table),) if table else ()
        case tree.Figure():
            return (compose_figure(voice, block),) if block.anchor in voice.numbering.words else ()
        case tree.Definitions():
            return (_definitions(voice, block),)
        case tree.Generated():
            return compose_generated(voice, block, figures, faces)


def _bullets(voice: Voice, block: tree.Bullets) -> doc.Bullets:
    items = tuple(voice.say(item) for item in block.items)
    if block.start is None:
        markers = ("•",) * len(items)
    else:
        markers = tuple(f"{number}." for number in range(block.start, block.start + len(items)))
    return doc.Bullets(markers, items, block.span)


def _point(voice: Voice, point: tree.Point, rank: int) -> doc.Point:
    content = voice.content(point.passage)
    lead = content[0] if content else None
    marker = voice.labels(_MARKERS[rank]) if rank < len(_MARKERS) else str(rank + 1)
    accent = point.accent or f"part{rank + 1}"
    place = voice.place(point.passage)
    if not isinstance(lead, tree.Styled) or lead.mark != "strong":
        if voice.catalog is not None and content:
            voice.refuse(
                "translation-no-lead-sentence",
                f"the translation of {point.passage.id} has no lead sentence",
                place,
                "open it with **a sentence in bold**",
            )
        return doc.Point(marker, (), voice.words(content), accent, place)
    return doc.Point(marker, voice.words(lead.content), voice.words(content[1:]), accent, place)


def _definitions(voice: Voice, block: tree.Definitions) -> doc.Definitions:
    """Return terms in the manuscript's order in Chinese, by the alphabet in English."""
    entries = [(voice.say(term), voice.say(meaning)) for term, meaning in block.entries]
    if not voice.locale.is_chinese:
        entries.sort(key=lambda entry: plain(entry[0]).casefold())
    return doc.Definitions(tuple(entries), block.span)
