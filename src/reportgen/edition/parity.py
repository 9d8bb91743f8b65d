"""Parity: two editions say the same. In each place they print the same facts, claims, figures, tables and notes.

The catalogs are checked against the manuscript before (:mod:`reportgen.edition.translation`); this looks at what was in
fact composed, whatever way it came there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.edition import document as doc
from reportgen.manuscript.tree import walk

KINDS = ("fact", "form", "claim", "reference", "footnote", "link", "figure", "table")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a section says and that is not words.

    Attributes:
        block: the name of the block that says it; "" for the section's own head.
        part: of that block, "" for the block itself.
        kind: one of :data:`KINDS`; a fact's *form* is what its format says of it: a number, a share.
    """

    block: str
    part: str
    kind: str
    name: str

    @property
    def place(self) -> str:
        return " of ".join(filter(None, (self.part, self.block)))


Sayings: TypeAlias = Mapping[Said, Span | None]
"""Everything that a section says, with the place where it is first said."""


def check_parity(documents: Sequence[doc.ComposedDocument]) -> tuple[Diagnostic, ...]:
    """Return each difference between the first edition and every other one."""
    return tuple(fault for other in documents[1:] for fault in _compare(documents[0], other))


def _compare(first: doc.ComposedDocument, other: doc.ComposedDocument) -> Iterator[Diagnostic]:
    ours, theirs = (
        {section.anchor: said_in(section, document) for section in document.sections}
        for document in (first, other)
    )
    for anchor in dict.fromkeys((*ours, *theirs)):
        if anchor not in theirs or anchor not in ours:
            lacking = other.edition if anchor not in theirs else first.edition
            message = f"the edition {lacking} has no section {anchor}"
            yield error("editions-differ", message, None, "give it the same sections")
            continue
        yield from _differences(anchor, first.edition, ours[anchor], other.edition, theirs[anchor])
        yield from _differences(anchor, other.edition, theirs[anchor], first.edition, ours[anchor])


def _differences(
    anchor: str, edition: str, sayings: Sayings, other: str, others: Sayings
) -> Iterator[Diagnostic]:
    """Yield what one edition says and the other does not; of a block that it lacks, the block alone."""
    lacking = {said for said in sayings if said not in others}
    lost = {said.block for said in lacking if not said.part}
    for said, span in sayings.items():
        if said not in lacking or (said.part and said.block in lost):
            continue
        if said.kind == "form" and Said(said.block, said.part, "fact", said.name.split(" ")[0]) in lacking:
            continue
        where = " of ".join(filter(None, (said.place if said.part else "", f"section {anchor}")))
        what = said.name if said.kind == "form" else f"{said.kind} {said.name}"
        message = f"{where} has the {what} in the edition {edition}, but not in {other}"
        yield error("editions-differ", message, span, "say the same in both")


def said_in(section: doc.Section, document: doc.ComposedDocument) -> Sayings:
    """Return what a section says, the footnotes called in it included."""
    found: dict[Said, Span | None] = {}
    for block in section.blocks:
        if isinstance(block, doc.Figure | doc.Table):
            kind = type(block).__name__.lower()
            found[Said(f"{kind} {block.name}", "", kind, block.name)] = block.span
    places = [*_head(section), *_blocks(section)]
    called = [n.note for *_, content in places for n in walk(content) if isinstance(n, doc.NoteReference)]
    places += [("", f"footnote {n}", document.notes[n].content) for n in called if n in document.notes]
    for block_name, part, content in places:
        for node in walk(content):
            for kind, name in _names(node):
                found.setdefault(Said(block_name, part, kind, name), node.span)
    return found


_Place: TypeAlias = tuple[str, str, doc.Inlines]
"""A block's name, its part's, and the words there."""


def _head(section: doc.Section) -> Iterator[_Place]:
    yield "", "the title", section.title
    yield "", "the running head", section.running_head
    yield "", "the thesis", section.thesis
    if section.key_numbers is not None:
        yield from _block(section.key_numbers, 1)


def _blocks(section: doc.Section) -> Iterator[_Place]:
    ranks: Counter[type] = Counter()
    for block in section.blocks:
        ranks[type(block)] += 1
        yield from _block(block, ranks[type(block)])


def _block(block: doc.Block, rank: int) -> Iterator[_Place]:
    """Yield the places of a block, the ``rank``-th of its kind in its section.

    The cells of a table are the data package's own, and the lists of contents repeat other words.
    """
    match block:
        case doc.Heading():
            yield "", f"the heading {block.anchor}", block.content
        case doc.Paragraph():
            yield "", f"the paragraph {block.id or rank}", block.content
        case doc.KeyNumbers():
            for k, number in enumerate(block.numbers, 1):
                yield "", f"key number {k}", number.number
                yield "", f"the label of key number {k}", number.label
        case doc.Points():
            for k, point in enumerate(block.points, 1):
                yield (
                    "",
                    f"point {k}" if rank == 1 else f"point {k} of list {rank}",
                    (*point.lead, *point.content),
                )
        case doc.Bullets():
            for k, item in enumerate(block.items, 1):
                yield "", f"item {k} of list {rank}", item
        case doc.Figure() | doc.Table():
            name = f"{type(block).__name__.lower()} {block.name}"
            yield name, "the caption", block.caption
            yield name, "the source", block.source
            for k, note in enumerate(block.notes, 1):
                yield name, f"note {k}", note
        case doc.Definitions():
            for k, (term, meaning) in enumerate(block.entries):
                name = block.names[k] if block.names else str(k + 1)
                yield "", f"the term {name}", term
                yield "", f"the meaning of {name}", meaning


def _names(node: doc.Inline) -> Iterator[tuple[str, str]]:
    match node:
        case doc.Text():
            if node.fact is not None:
                yield "fact", node.fact
                yield "form", f"{node.fact} as {node.says}"
            if node.claim is not None:
                yield "claim", node.claim
        case doc.CrossReference() | doc.PageNumber():
            yield "reference", node.anchor
        case doc.NoteReference():
            yield "footnote", node.note
        case doc.Hyperlink():
            yield "link", node.uri
