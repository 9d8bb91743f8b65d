"""Parity: two editions say the same. In each place they print the same facts, claims, figures, tables and notes.

:mod:`reportgen.edition.translation` has checked the catalogs against the manuscript; this module checks the composed
documents, so that it also finds what composing did wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.edition import document as doc
from reportgen.edition.formats import meaning_of
from reportgen.manuscript.tree import walk

_PLACEHOLDER = re.compile(r"\{([\w.-]+):([\w.-]+)\}")
KINDS = ("fact", "form", "claim", "reference", "footnote", "link", "figure", "table")


@dataclass(frozen=True, slots=True)
class Bound:
    """One thing that the words of a section are bound to.

    Attributes:
        block: the name of the figure or table that holds it; "" for other places.
        part: of that block, "" for the block itself.
        kind: one of :data:`KINDS`; a fact's *form* is what its format says of it: a number, a share.
    """

    block: str
    part: str
    kind: str
    name: str


Bindings: TypeAlias = Mapping[Bound, Span | None]
"""Everything that a section binds, each with the place where it first stands."""


def check_parity(documents: Sequence[doc.ComposedDocument]) -> tuple[Diagnostic, ...]:
    """Return each difference between the first edition and every other one."""
    return tuple(fault for other in documents[1:] for fault in _compare(documents[0], other))


def _compare(first: doc.ComposedDocument, other: doc.ComposedDocument) -> Iterator[Diagnostic]:
    ours, theirs = (
        {section.anchor: bindings_in(section, document) for section in document.sections}
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
    anchor: str, edition: str, bindings: Bindings, other: str, others: Bindings
) -> Iterator[Diagnostic]:
    """Yield what one edition says and the other does not; where a whole block is missing, only the block."""
    lacking = {bound for bound in bindings if bound not in others}
    lost = {bound.block for bound in lacking if not bound.part}
    for bound, span in bindings.items():
        if bound not in lacking or (bound.part and bound.block in lost):
            continue
        if (
            bound.kind == "form"
            and Bound(bound.block, bound.part, "fact", bound.name.split(" ")[0]) in lacking
        ):
            continue
        block = bound.block if bound.part else ""
        where = " of ".join(filter(None, (bound.part, block, f"section {anchor}")))
        what = f"prints {bound.name}" if bound.kind == "form" else f"has the {bound.kind} {bound.name}"
        message = f"{where} {what} in the edition {edition}, but not in {other}"
        yield error("editions-differ", message, span, "say the same in both")


def check_texts(texts: Mapping[str, str], place: Span | None) -> Iterator[Diagnostic]:
    """Yield each difference between texts that stand side by side, by language, such as the remarks of a chart."""
    named = {name: dict.fromkeys(_bound_in(text)) for name, text in texts.items()}
    for one, other in permutations(named, 2):
        for what in named[one]:
            if what not in named[other]:
                message = f"the text in {one} prints {what}, but not the one in {other}"
                yield error("editions-differ", message, place, "say the same in both")


def _bound_in(text: str) -> Iterator[str]:
    return (f"{fact} as {meaning_of(form)}" for fact, form in _PLACEHOLDER.findall(text))


def bindings_in(section: doc.Section, document: doc.ComposedDocument) -> Bindings:
    """Return what a section is bound to, the footnotes called in it included."""
    found: dict[Bound, Span | None] = {}
    for block in section.blocks:
        if isinstance(block, doc.Figure | doc.Table):
            kind = type(block).__name__.lower()
            found[Bound(f"{kind} {block.name}", "", kind, block.name)] = block.span
    places = [*_head(section), *_blocks(section)]
    called = [n.note for *_, content in places for n in walk(content) if isinstance(n, doc.NoteReference)]
    places += [("", f"footnote {n}", document.notes[n].content) for n in called if n in document.notes]
    for block_name, part, content in places:
        for node in walk(content):
            for kind, name in _names(node):
                found.setdefault(Bound(block_name, part, kind, name), node.span)
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
                name = f"point {k}" if rank == 1 else f"point {k} of list {rank}"
                yield "", name, (*point.lead, *point.content)
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
