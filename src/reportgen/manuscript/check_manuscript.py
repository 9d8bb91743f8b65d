"""Checks over the whole manuscript: ids, references, footnotes, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.base.suggest import known_names
from reportgen.manuscript.tree import Figure, Heading, Manuscript, NoteMark, Passage, Reference, Section, walk

RESERVED = ("contents", "figures", "annex")
"""Ids of the sections that are always made; a guide and a colophon are made where there is none."""


def check_manuscript(manuscript: Manuscript) -> tuple[Diagnostic, ...]:
    """Return every fault that no single block shows."""
    return (
        *_check_ids(manuscript),
        *_check_references(manuscript),
        *_check_notes(manuscript),
        *_check_unreferred(manuscript),
        *_check_sections(manuscript.sections),
    )


def anchors(manuscript: Manuscript) -> frozenset[str]:
    """Return what a reference can lead to: parts, figures and the figures' tables."""
    parts = {section.id for section in manuscript.sections if section.kind == "part"}
    figures = {prefix + figure.name for figure in manuscript.figures() for prefix in ("fig-", "tab-")}
    return frozenset(parts | figures)


def _check_ids(manuscript: Manuscript) -> Iterator[Diagnostic]:
    kinds = {section.kind for section in manuscript.sections}
    made = {*RESERVED, *({"guide", "colophon"} - kinds)}
    for passage in manuscript.passages():
        if passage.id in made:
            message = f"the id {passage.id} is reserved for a section that reportgen makes"
            yield error("reserved-id", message, passage.span, "choose another id")
    first: dict[str, Span] = {}
    named = [(passage.id, passage.span) for passage in manuscript.passages()]
    named += [(figure.anchor, figure.span) for figure in manuscript.figures()]
    for name, span in named:
        if first.setdefault(name, span) is not span:
            yield error("repeated-id", f"the id {name} is used twice", span, f"the first is at {first[name]}")


def _check_references(manuscript: Manuscript) -> Iterator[Diagnostic]:
    known = anchors(manuscript)
    for node in _marks(manuscript.passages()):
        if isinstance(node, Reference) and node.anchor not in known:
            message = f"there is no figure, table or part #{node.anchor}"
            yield error("unknown-reference", message, node.span, *known_names(node.anchor, known))


def _check_notes(manuscript: Manuscript) -> Iterator[Diagnostic]:
    used: dict[str, Span] = {}
    for node in _marks(manuscript.passages()):
        if not isinstance(node, NoteMark):
            continue
        if node.note not in manuscript.notes:
            hint = f"write it at the margin: [^{node.note}]: …"
            yield error("unknown-footnote", f"there is no footnote {node.note}", node.span, hint)
        elif node.note in used:
            hint = f"the first call is at {used[node.note]}"
            yield error("repeated-call", f"the footnote {node.note} is called twice", node.span, hint)
        used.setdefault(node.note, node.span)
    for label, note in manuscript.notes.items():
        if label not in used:
            hint = f"write [^{label}] where it belongs"
            yield error("uncalled-footnote", f"the footnote {label} is never called", note.span, hint)


def _check_unreferred(manuscript: Manuscript) -> Iterator[Diagnostic]:
    called = {node.anchor for node in _marks(manuscript.passages()) if isinstance(node, Reference)}
    for figure in manuscript.figures():
        if figure.anchor not in called:
            message = f"the figure {figure.name} is never referred to"
            hint = f"write [](#{figure.anchor}) where the text comes to speak of it"
            yield error("unmentioned-figure", message, figure.span, hint)


def _check_sections(sections: tuple[Section, ...]) -> Iterator[Diagnostic]:
    first: dict[str, Section] = {}
    has_parts = any(section.kind == "part" and section.title.content for section in sections)
    for section in sections:
        if section.kind == "part" and not section.title.content and has_parts:
            message = "the file has no heading of level 1, but other files have parts with titles"
            hint = "begin the file with a heading: # 标题 {#id kind=part}"
            yield error("block-before-section", message, section.span, hint)
        if section.kind != "part" and first.setdefault(section.kind, section) is not section:
            message = f"there are two sections of kind {section.kind}"
            hint = f"the first is at {first[section.kind].span}"
            yield error("repeated-section", message, section.span, hint)
        for block in section.blocks:
            if isinstance(block, Figure) and section.kind != "part":
                hint = "figures are numbered inside a part"
                yield error("figure-outside-parts", "a figure stands outside the parts", block.span, hint)
            elif isinstance(block, Heading) and not block.title.content:
                hint = "write them, or take it out"
                yield error("missing-words", "the heading has no words", block.span, hint)


def _marks(passages: Iterable[Passage]) -> Iterator[Reference | NoteMark]:
    for passage in passages:
        for node in walk(passage.content):
            if isinstance(node, (Reference, NoteMark)):
                yield node
