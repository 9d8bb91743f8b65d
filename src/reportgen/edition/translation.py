"""A report's catalog: the translation of its manuscript into one language (docs/translation.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.suggest import known_names
from reportgen.base.world import World
from reportgen.edition.po import PoEntry, parse_po
from reportgen.facts.book import FactBook
from reportgen.manuscript.inline import parse_inlines
from reportgen.manuscript.render import render
from reportgen.manuscript.tree import (
    Claimed,
    Inlines,
    Link,
    Manuscript,
    NoteMark,
    Passage,
    Placeholder,
    Reference,
    walk,
)

UPDATE = "run reportgen catalog update, then translate what is marked"


@dataclass(frozen=True, slots=True)
class Message:
    """A translated passage.

    Attributes:
        source: the passage as it was when it was translated, in canonical Markdown.
        content: the translation's nodes, each with its line in the catalog; () for a missing translation.
        span: where the translation stands.
    """

    id: str
    source: str
    text: str
    content: Inlines
    fuzzy: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one language by the id of their passage.

    Attributes:
        unread: the file could not be read, and its fault has been reported.
    """

    language: str
    file: str
    messages: Mapping[str, Message] = field(default_factory=dict)
    unread: bool = False


def catalog_path(language: str) -> str:
    """Return where a project keeps its catalog of a language."""
    return f"locales/{language}/LC_MESSAGES/report.po"


def load_catalog(world: World, language: str) -> Result[Catalog]:
    """Return the report's catalog of a language.

    What is wrong inside it (PO syntax, Markdown of a translation) is reported here; whether it fits the manuscript
    says :func:`check_catalog`.
    """
    path = catalog_path(language)
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        fault = Diagnostic(text.severity, text.rule, text.message, text.place, (UPDATE,))
        return Result(Catalog(language, path, unread=True), (fault,))
    entries, faults = parse_po(text, path)
    messages: dict[str, Message] = {}
    found = list(faults)
    for entry in entries:
        if not entry.id.text:
            continue
        if entry.context is None:
            found.append(
                error("message-no-msgctxt", "the message has no msgctxt", Span(path, entry.line), UPDATE)
            )
            continue
        message, wrong = _message(entry, entry.context, path)
        messages[message.id] = message
        found += wrong
    return Result(Catalog(language, path, messages), tuple(found))


def _message(entry: PoEntry, context: str, path: str) -> tuple[Message, tuple[Diagnostic, ...]]:
    string = entry.string
    content: Inlines = ()
    faults: tuple[Diagnostic, ...] = ()
    if string.text.strip():
        content, faults = parse_inlines(string.text, lambda offset: Span(path, string.line_at(offset)))
    span = Span(path, string.line or entry.line)
    return Message(context, entry.id.text, string.text, content, entry.fuzzy, span), faults


def check_catalog(
    catalog: Catalog, manuscript: Manuscript, book: FactBook | None = None
) -> tuple[Diagnostic, ...]:
    """Return what keeps an edition from being built: messages that are missing, out of date, fuzzy or unequal.

    A message is *unequal* when the facts, claims, references, footnotes and links of the translation are not those
    of the passage; the formats of its facts are the translator's choice.
    """
    faults: list[Diagnostic] = []
    for passage in () if catalog.unread else manuscript.passages():
        if passage.content:
            faults += check_message(catalog, passage)
    faults += _unused(catalog, manuscript)
    if book is not None:
        faults += _unknown_names(catalog, manuscript, book)
    return tuple(faults)


def _unused(catalog: Catalog, manuscript: Manuscript) -> Iterator[Diagnostic]:
    used = {passage.id for passage in manuscript.passages()}
    for message in catalog.messages.values():
        if message.id not in used:
            yield error(
                "manuscript-no-passage",
                f"the manuscript has no passage {message.id}",
                message.span,
                UPDATE,
                "if it should be there: is a file missing from data/manuscript?",
            )


def check_message(catalog: Catalog, passage: Passage) -> Iterator[Diagnostic]:
    """Yield what is wrong with the translation of one passage."""
    message = catalog.messages.get(passage.id)
    where = f"{passage.id} ({passage.span})"
    if message is None or not message.text.strip():
        place = message.span if message else Span(catalog.file)
        yield error("translation-missing", f"the translation of {where} is missing", place, UPDATE)
        return
    if message.source != render(passage.content):
        yield error(
            "translation-out-date-passage-changed",
            f"the translation of {where} is out of date: the passage has changed",
            message.span,
            UPDATE,
        )
        return
    if message.fuzzy:
        yield error(
            "translation-fuzzy",
            f"the translation of {where} is fuzzy",
            message.span,
            "check it, then take the flag fuzzy away",
        )
    yield from _unequal(passage, message)


def _unequal(passage: Passage, message: Message) -> Iterator[Diagnostic]:
    original, translated = _names(passage.content), _names(message.content)
    for kind, names in original.items():
        for name in names - translated[kind]:
            yield error(
                "translation-lacks",
                f"the translation of {passage.id} lacks the {kind} {name}",
                message.span,
                "say it too",
            )
        for name in translated[kind] - names:
            yield error(
                "translation-passage-not",
                f"the translation of {passage.id} has the {kind} {name}, which the passage has not",
                message.span,
                *known_names(name, names),
            )


_Names: TypeAlias = Mapping[str, "Counter[str]"]


def _names(content: Inlines) -> _Names:
    """Return what a text binds, by kind; only footnotes are counted, since a fact or a claim may be said twice."""
    found: dict[str, Counter[str]] = {
        kind: Counter() for kind in ("fact", "claim", "reference", "footnote", "link")
    }
    for node in walk(content):
        match node:
            case Placeholder():
                found["fact"][node.fact] = 1
            case Claimed():
                found["claim"][node.claim] = 1
            case Reference():
                found["reference"][node.anchor] = 1
            case Link():
                found["link"][node.uri] = 1
            case NoteMark():
                found["footnote"][node.note] += 1
    return found


def _name(node: Placeholder | Claimed) -> str:
    return node.fact if isinstance(node, Placeholder) else node.claim


def _unknown_names(catalog: Catalog, manuscript: Manuscript, book: FactBook) -> Iterator[Diagnostic]:
    used = {passage.id for passage in manuscript.passages()}
    for message in catalog.messages.values():
        if message.id not in used:
            continue
        for node in walk(message.content):
            if isinstance(node, (Placeholder, Claimed)) and _name(node) in book.failed:
                continue
            if isinstance(node, Placeholder) and node.fact not in book.facts:
                yield error(
                    "no-fact", f"there is no fact {node.fact}", node.span, *known_names(node.fact, book.facts)
                )
            elif isinstance(node, Claimed) and node.claim not in book.claims:
                yield error(
                    "no-claim",
                    f"there is no claim {node.claim}",
                    node.span,
                    *known_names(node.claim, book.claims),
                )
