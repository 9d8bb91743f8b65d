"""A report's catalog: the translation of its manuscript into one language (docs/translation.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.suggest import known_names
from reportgen.base.world import World
from reportgen.edition.bindings import unknown_name
from reportgen.edition.formats import meaning_of
from reportgen.edition.po import PoEntry, parse_po
from reportgen.facts.book import FactBook
from reportgen.manuscript import tree
from reportgen.manuscript.inline import parse_inlines
from reportgen.manuscript.render import render

UPDATE = "run reportgen catalog update, then translate what is marked"


@dataclass(frozen=True, slots=True)
class Message:
    """A translated passage.

    Attributes:
        source: the passage as it was when it was translated, in canonical Markdown.
        content: the translation's nodes, each with its line in the catalog; () for a missing translation.
        span: where the translation stands.
        faulty: it could not be read as a whole, and its fault has been reported.
    """

    id: str
    source: str
    text: str
    content: tree.Inlines
    fuzzy: bool
    span: Span
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one language by the id of their passage.

    Attributes:
        unread: the file could not be read, and its fault has been reported.
        cut: the same of some messages, so that nobody knows which.
    """

    language: str
    file: str
    messages: Mapping[str, Message] = field(default_factory=dict)
    unread: bool = False
    cut: bool = False


def catalog_path(language: str) -> str:
    """Return where a project keeps its catalog of a language."""
    return f"locales/{language}/LC_MESSAGES/report.po"


def load_catalog(world: World, language: str) -> Result[Catalog]:
    """Return the report's catalog of a language.

    What is wrong inside it (PO syntax, Markdown of a translation) is reported here; whether it fits the manuscript
    says :func:`check_catalog`.
    """
    path, faults = catalog_path(language), Faults()
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        faults.add(replace(text, hints=(UPDATE,)))
        return faults.result(Catalog(language, path, unread=True))
    messages: dict[str, Message] = {}
    parsed = parse_po(text, path)
    cut, entries = not parsed.ok, faults.take(parsed)
    if not entries and faults.refused:
        return faults.result(Catalog(language, path, unread=True))
    for entry in entries:
        if not entry.id.text or (entry.faulty and entry.context is None):
            continue
        if entry.context is None:
            cut = True
            faults.error("missing-message-part", "the message has no msgctxt", Span(path, entry.line), UPDATE)
            continue
        messages[entry.context] = faults.take(_message(entry, entry.context, path))
    return faults.result(Catalog(language, path, messages, cut=cut))


def _message(entry: PoEntry, context: str, path: str) -> Result[Message]:
    string, faults = entry.string, Faults()
    content: tree.Inlines = ()
    if string.text.strip():
        content = faults.take(parse_inlines(string.text, lambda offset: Span(path, string.line_at(offset))))
    span = Span(path, string.line or entry.line)
    faulty = entry.faulty or faults.refused
    return faults.result(Message(context, entry.id.text, string.text, content, entry.fuzzy, span, faulty))


def check_catalog(
    catalog: Catalog, manuscript: tree.Manuscript, book: FactBook | None = None
) -> tuple[Diagnostic, ...]:
    """Return what keeps an edition from being built: messages that are missing, out of date, fuzzy or unequal.

    A message is *unequal* when the facts, claims, references, footnotes and links of the translation are not those
    of the passage; the formats of its facts are the translator's choice among those that say the same.
    """
    found: list[Diagnostic] = []
    passages = {passage.id: passage for passage in manuscript.passages() if passage.content}
    renamed = {} if catalog.unread else _renamed(catalog, passages)
    found += _renamings(renamed, catalog)
    for passage in () if catalog.unread else passages.values():
        if passage.id not in renamed.values():
            found += check_message(catalog, passage)
    used = {passage.id for passage in manuscript.passages()} | set(renamed)
    for message in catalog.messages.values():
        if message.id not in used and not message.faulty:
            text = f"the manuscript has no passage {message.id}"
            hint = "if it should be there: is a file missing from data/manuscript?"
            found.append(
                error("unknown-passage", text, message.span, UPDATE, hint, about=_section(message.id))
            )
        elif book is not None and message.id not in renamed and not _is_unequal(passages, message):
            for node in tree.walk(message.content):
                found += unknown_name(node, book)
    return tuple(found)


def _renamed(catalog: Catalog, passages: Mapping[str, tree.Passage]) -> Mapping[str, str]:
    """Return the passages that have the words of a message which no passage is called after, by the message's id."""
    lost = {m.source: m.id for m in catalog.messages.values() if m.id not in passages and not m.faulty}
    new = {render(p.content): p.id for p in passages.values() if p.id not in catalog.messages}
    return {old: new[source] for source, old in lost.items() if source in new}


def _section(passage: str) -> str:
    """Return the section of a passage as what a fault is about: all of it is lost or renamed at once."""
    return f"section {passage.partition('.')[0]}"


def _renamings(renamed: Mapping[str, str], catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield one fault for all passages of a section that have other ids than the catalog knows."""
    sections: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for old, new in renamed.items():
        sections.setdefault((old.partition(".")[0], new.partition(".")[0]), []).append((old, new))
    for pairs in sections.values():
        old, new = pairs[0]
        others = f" and so with {len(pairs) - 1} more" if len(pairs) > 1 else ""
        text = f"the catalog calls {old} what the manuscript calls {new}{others}"
        hint = f'write msgctxt "{new}", or give the manuscript its old id'
        yield error("unknown-passage", text, catalog.messages[old].span, hint, about=_section(old))


def _is_unequal(passages: Mapping[str, tree.Passage], message: Message) -> bool:
    """Say whether a translation names what its passage does not: that is told, and its names are not looked up."""
    passage = passages.get(message.id)
    return passage is not None and (message.faulty or any(_unequal(passage, message)))


def check_message(catalog: Catalog, passage: tree.Passage) -> Iterator[Diagnostic]:
    """Yield what is wrong with the translation of one passage."""
    message = catalog.messages.get(passage.id)
    where = f"{passage.id} ({passage.span})"
    if message is None or not message.text.strip():
        if catalog.cut and (message is None or message.faulty):
            return
        place = message.span if message else Span(catalog.file)
        yield error("missing-translation", f"the translation of {where} is missing", place, UPDATE)
        return
    if message.faulty:
        return
    if message.source != render(passage.content):
        text = f"the translation of {where} is out of date: the passage has changed"
        about = f"passage {passage.span.file}:{passage.span.line}"  # by which a fault of the passage is known
        yield error("outdated-translation", text, message.span, UPDATE, about=about)
        return
    if message.fuzzy:
        hint = "check it, then take the flag fuzzy away"
        yield error("fuzzy-translation", f"the translation of {where} is fuzzy", message.span, hint)
    yield from _unequal(passage, message)


def _unequal(passage: tree.Passage, message: Message) -> Iterator[Diagnostic]:
    original, translated = _names(passage.content), _names(message.content)
    for kind, names in original.items():
        lacking, foreign = [*(names - translated[kind])], [*(translated[kind] - names)]
        if kind != "form":
            for name, other in zip(lacking, foreign, strict=False):
                text = f"the translation of {passage.id} has the {kind} {other} in place of {name}"
                yield error("unequal-translation", text, message.span, f"write {name}")
            said = min(len(lacking), len(foreign))
            lacking, foreign = lacking[said:], foreign[said:]
        for name in lacking:
            if kind != "form":
                text, hint = f"the translation of {passage.id} lacks the {kind} {name}", "say it too"
            elif _are_comparable(name, translated):
                text = f"the translation of {passage.id} does not print {name}"
                hint = "choose a format that says the same (docs/formats.md)"
            else:
                continue
            yield error("unequal-translation", text, message.span, hint)
        for name in foreign if kind != "form" else ():
            text = f"the translation of {passage.id} has the {kind} {name}, which the passage has not"
            yield error("unequal-translation", text, message.span, *known_names(name, names))


def _are_comparable(form: str, translated: _Names) -> bool:
    """Say whether both texts print a form's fact, in formats that there are; another fault is reported otherwise."""
    fact, _, says = form.partition(" as ")
    return bool(says) and fact in translated["fact"] and f"{fact} as " not in translated["form"]


_Names: TypeAlias = Mapping[str, "Counter[str]"]


def _names(content: tree.Inlines) -> _Names:
    """Return what a text binds, by kind; only footnotes are counted, since a fact or a claim may be said twice."""
    found: dict[str, Counter[str]] = {
        kind: Counter() for kind in ("fact", "form", "claim", "reference", "footnote", "link")
    }
    for node in tree.walk(content):
        match node:
            case tree.Placeholder():
                found["fact"][node.fact] = 1
                found["form"][f"{node.fact} as {meaning_of(node.format)}"] = 1
            case tree.Claimed():
                found["claim"][node.claim] = 1
            case tree.Reference():
                found["reference"][node.anchor] = 1
            case tree.Link():
                found["link"][node.uri] = 1
            case tree.NoteMark():
                found["footnote"][node.note] += 1
    return found
