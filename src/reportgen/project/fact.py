"""A fact, from its cells to the sentences and pages that print it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, get_args

from reportgen.base.diagnostics import Span
from reportgen.edition.document import ContentsList, Inline, Text, plain
from reportgen.facts import book
from reportgen.project.names import Names

if TYPE_CHECKING:
    from pandas import DataFrame

    from reportgen.project.project import Project

_SENTENCE = re.compile(r".+?(?:[。！？；]|[.!?](?=\s+[A-Z“])|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Printed:
    """A place where a fact is printed: the edition, the page's label, the words, and their place in the sources."""

    edition: str
    page: str
    text: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class Fact(book.Fact):
    """A fact of a project: beside what :class:`reportgen.facts.book.Fact` says, where and how it is printed."""

    _project: Project = field(kw_only=True, repr=False, compare=False)

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Every place that prints it, edition by edition; all editions are laid out for the answer."""
        from reportgen.build.traces import prints

        return tuple(
            Printed(done.document.edition, found.label, found.text, found.span)
            for done in self._project.laid_out().value.editions
            for found in prints(done.publication)
            if found.fact == self.id
        )

    @property
    def sentences(self) -> Mapping[str, str]:
        """The sentence that prints it, by edition; an edition that prints it in no sentence is left out."""
        found = {
            done.document.edition: next(
                sentences((done.document.sections, *done.document.notes.values()), self.id), None
            )
            for done in self._project.laid_out().value.editions
        }
        return {edition: sentence for edition, sentence in found.items() if sentence}

    def __str__(self) -> str:
        return f"{self.id} = {plain_value(self.value)}{f' {self.unit}' if self.unit else ''} ({self.kind})"

    def _repr_html_(self) -> str:
        said = (f'<p lang="{name}">{escape(words)}</p>' for name, words in self.sentences.items())
        return f"<p><b>{escape(str(self))}</b><br>{escape(self.formula)}</p>{''.join(said)}"


class Facts(Names[Fact]):
    """The facts of a project by id."""

    def __init__(self, project: Project) -> None:
        sources = project.sources()
        names = [f.name for f in fields(book.Fact)]
        facts = {
            id: Fact(**{name: getattr(fact, name) for name in names}, _project=project)
            for id, fact in sources.value.book.facts.items()
        }
        super().__init__("fact", facts, sources.errors)

    def to_frame(self) -> DataFrame:
        """Return the facts as a pandas DataFrame (:meth:`reportgen.facts.book.FactBook.to_frame`)."""
        return book.FactBook(dict(self)).to_frame()


def plain_value(value: book.FactValue) -> str:
    """Return a fact's value as people read it; at most ten decimals of one that never ends."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if len(str(value)) <= 20 else f"{value:.10f}…"
    return value


def sentences(node: object, fact: str) -> Iterator[str]:
    """Yield the sentences of a document, or of a part of one, that print a fact."""
    for passage in _passages(node):
        text, at = "", -1
        for inline in passage:
            if isinstance(inline, Text) and inline.fact == fact and at < 0:
                at = len(text)
            text += plain((inline,))
        if at >= 0:
            yield next(found[0].strip() for found in _SENTENCE.finditer(text) if found.end() > at)


def _passages(node: object) -> Iterator[tuple[Inline, ...]]:
    """Yield the runs of words below a node of the document, lists of contents left out."""
    if isinstance(node, tuple):
        if node and isinstance(node[0], get_args(Inline)):
            yield node
        else:
            for part in node:
                yield from _passages(part)
    elif is_dataclass(node) and not isinstance(node, ContentsList):
        for part in fields(node):
            yield from _passages(getattr(node, part.name))
