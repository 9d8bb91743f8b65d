"""From the author's nodes to an edition's words: facts formatted, references numbered, translations put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reportgen.base.diagnostics import Faults, Span
from reportgen.data.package import DataPackage
from reportgen.data.units import Unit
from reportgen.edition import document as doc
from reportgen.edition.apparatus import FULL, Apparatus
from reportgen.edition.formats import FormatFault, format_fact, meaning_of
from reportgen.edition.labels import Labels
from reportgen.edition.language import Language
from reportgen.edition.numbering import Numbering
from reportgen.edition.quantities import unit_name
from reportgen.edition.report import Edition, Report
from reportgen.edition.translation import Catalog
from reportgen.facts.book import FactBook
from reportgen.manuscript import tree

UNREADABLE = "?"
"""Stands where a fact cannot be printed; that fault refuses the build. Every font has this sign, so it causes no second
fault."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Makes one edition's words: all that they depend on, and the faults found so far.

    Attributes:
        catalog: None for the edition that the manuscript is written in.
        titles: of the sections that have no numbers to be named by.
    """

    report: Report
    edition: Edition
    language: Language
    labels: Labels
    package: DataPackage
    book: FactBook
    numbering: Numbering
    catalog: Catalog | None
    faults: Faults = field(default_factory=Faults)
    apparatus: Apparatus = FULL
    titles: Mapping[str, tree.Passage] = field(default_factory=dict)

    def content(self, passage: tree.Passage) -> tree.Inlines:
        """Return a passage's nodes in the edition's language; the author's where the translation is missing."""
        if self.catalog is None:
            return passage.content
        message = self.catalog.messages.get(passage.id)
        return message.content if message is not None and message.content else passage.content

    def place(self, passage: tree.Passage) -> Span:
        """Return where a passage's words are written: in the manuscript, or in the catalog."""
        content = self.content(passage)
        return passage.span if self.catalog is None or not content else content[0].span

    def say(self, passage: tree.Passage) -> doc.Inlines:
        """Return a passage as the edition prints it."""
        return self.words(self.content(passage))

    def words(self, content: tree.Inlines) -> doc.Inlines:
        """Return nodes as the edition prints them."""
        return _Inlines(self).all(content)

    def label(self, msgid: str, hole: str, content: doc.Inlines, **values: object) -> doc.Inlines:
        """Return a label whose brace ``hole`` holds words that are more than characters."""
        before, after = self.labels.around(msgid, hole, **values)
        words = (doc.Text(before), *content, doc.Text(after))
        return tuple(inline for inline in words if inline != doc.Text(""))

    def code_name(self, code_list: str | None, code: str, *, short: bool = False) -> str:
        """Return a code's name in the edition's language; the code itself where there is none."""
        name, codes = self.language.name, self.package.code_lists.get(code_list or "")
        found = codes.codes.get(code) if codes else None
        return found.name(name, short=short) if found and name in found.names else code

    def unit_name(self, unit: Unit) -> str:
        """Return what a unit is called in the edition's language; "" where it has no name."""
        return unit_name(self.package, unit, self.labels, self.language)

    def named(self, anchor: str) -> str:
        """Return what a reference to an anchor prints: its number, or the title of a part that has none."""
        title = self.titles.get(anchor)
        return (
            doc.plain(replace(self, titles={}).say(title))
            if title
            else self.numbering.words.get(anchor, UNREADABLE)
        )

    def title(self, titles: Mapping[str, str], default: str) -> str:
        """Return a title in the edition's language."""
        return titles.get(self.language.name) or default


@dataclass(frozen=True, slots=True)
class _Inlines:
    """Turns nodes into inlines; an outer node passes its marks, language and claim on to those inside it."""

    wording: Wording
    marks: tuple[doc.Mark, ...] = ()
    lang: str | None = None
    claim: str | None = None

    def all(self, content: tree.Inlines) -> doc.Inlines:
        return tuple(inline for node in content for inline in self.one(node))

    def one(self, node: tree.Inline) -> doc.Inlines:
        match node:
            case tree.Words() | tree.Verbatim():
                return (self.text(node.text, node.span),) if node.text else ()
            case tree.Placeholder():
                text = self.text(self.value(node), node.span)
                return (replace(text, fact=node.fact, says=meaning_of(node.format)),)
            case tree.Styled():
                return replace(self, marks=(*self.marks, node.mark)).all(node.content)
            case tree.Claimed():
                return replace(self, claim=node.claim).all(node.content)
            case tree.Foreign():
                return replace(self, lang=node.lang).all(node.content)
            case tree.Reference():
                return (doc.CrossReference(node.anchor, self.wording.named(node.anchor), node.span),)
            case tree.NoteMark():
                sign = self.wording.numbering.notes.get(node.note)
                return (doc.NoteReference(node.note, sign, node.span),) if sign else ()
            case tree.Link():
                texts = tuple(text for text in self.all(node.content) if isinstance(text, doc.Text))
                return (doc.Hyperlink(node.uri, texts, node.span),)
            case tree.Break():
                return (self.text(doc.BREAK, node.span),)

    def text(self, text: str, span: Span) -> doc.Text:
        return doc.Text(text, self.marks, self.lang, None, self.claim, span)

    def value(self, node: tree.Placeholder) -> str:
        """Return the fact's value in its format; an unknown fact is reported against the manuscript, once."""
        fact = self.wording.book.facts.get(node.fact)
        if fact is None:
            return UNREADABLE
        try:
            return format_fact(fact, node.format, self.wording.language, self.wording.package.code_lists)
        except FormatFault as fault:
            self.wording.faults.add(fault.at(node.span))
            return UNREADABLE
