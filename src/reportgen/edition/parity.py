"""Parity: two editions say the same. In each section they print the same facts, claims, figures, tables and notes.

The catalogs are checked against the manuscript before (:mod:`reportgen.edition.translation`); this looks at what was in
fact composed, whatever way it came there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.edition import document as doc

_INSIDE: Mapping[type, tuple[str, ...]] = {
    doc.Section: ("title", "thesis", "key_numbers", "blocks"),
    doc.Heading: ("content",),
    doc.Paragraph: ("content",),
    doc.Points: ("points",),
    doc.Point: ("lead", "content"),
    doc.Bullets: ("items",),
    doc.KeyNumbers: ("numbers",),
    doc.KeyNumber: ("label",),
    doc.Figure: ("caption", "notes", "source"),
    doc.Table: ("caption", "notes", "source"),
    doc.Definitions: ("entries",),
    doc.Hyperlink: ("content",),
    doc.Note: ("content",),
}
"""Where words stand. The cells of a table are the data package's own, the lists of contents repeat other words."""
KINDS = ("fact", "claim", "reference", "footnote", "figure", "table")


@dataclass(frozen=True, slots=True)
class Said:
    """What a section says that is not words: names by kind, each with the place where it is first said."""

    names: Mapping[str, Mapping[str, Span | None]]


def check_parity(documents: Sequence[doc.ComposedDocument]) -> tuple[Diagnostic, ...]:
    """Return each difference between the first edition and every other one."""
    return tuple(fault for other in documents[1:] for fault in _compare(documents[0], other))


def _compare(first: doc.ComposedDocument, other: doc.ComposedDocument) -> Iterator[Diagnostic]:
    ours, theirs = (
        {section.anchor: said_in(section, document) for section in document.sections}
        for document in (first, other)
    )
    for anchor in (*ours, *(anchor for anchor in theirs if anchor not in ours)):
        if anchor not in theirs or anchor not in ours:
            lacking = other.edition if anchor not in theirs else first.edition
            yield error(
                "editions-differ",
                f"the edition {lacking} has no section {anchor}",
                None,
                "give it the same sections",
            )
            continue
        for kind in KINDS:
            here, there = ours[anchor].names[kind], theirs[anchor].names[kind]
            yield from _differences(
                f"section {anchor} has the {kind}", first.edition, here, other.edition, there
            )
            yield from _differences(
                f"section {anchor} has the {kind}", other.edition, there, first.edition, here
            )


def _differences(
    what: str, edition: str, names: Mapping[str, Span | None], other: str, others: Mapping[str, Span | None]
) -> Iterator[Diagnostic]:
    for name, span in names.items():
        if name not in others:
            yield error(
                "editions-differ",
                f"{what} {name} in the edition {edition}, but not in {other}",
                span,
                "say the same in both",
            )


def said_in(section: doc.Section, document: doc.ComposedDocument) -> Said:
    """Return what a section says, the footnotes called in it included."""
    found: dict[str, dict[str, Span | None]] = {kind: {} for kind in KINDS}
    _gather(section, found)
    for label in tuple(found["footnote"]):
        note = document.notes.get(label)
        if note is not None:
            _gather(note, found)
    return Said(found)


def _gather(node: object, found: dict[str, dict[str, Span | None]]) -> None:
    for kind, name, span in _names(node):
        found[kind].setdefault(name, span)
    if isinstance(node, tuple):
        for child in node:
            _gather(child, found)
    else:
        for part in _INSIDE.get(type(node), ()):
            _gather(getattr(node, part), found)


def _names(node: object) -> Iterator[tuple[str, str, Span | None]]:
    match node:
        case doc.Text():
            if node.fact is not None:
                yield "fact", node.fact, node.span
            if node.claim is not None:
                yield "claim", node.claim, node.span
        case doc.KeyNumber() if node.fact:
            yield "fact", node.fact, node.span
        case doc.CrossReference():
            yield "reference", node.anchor, node.span
        case doc.NoteReference():
            yield "footnote", node.note, node.span
        case doc.Figure():
            yield "figure", node.name, node.span
        case doc.Table():
            yield "table", node.name, node.span
