"""Extraction: the manuscript's passages as messages for translators, and merging them into a catalog.

``pybabel extract`` can use :func:`extract_markdown` directly::

    [extractors]
    reportgen = reportgen.edition.extract:extract_markdown
    [reportgen: data/manuscript/**.md]
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from reportgen.base.diagnostics import Result, Span, error
from reportgen.edition.formats import FormatFault, format_fact
from reportgen.edition.language import Language
from reportgen.edition.po import parse_po
from reportgen.edition.translation import catalog_path
from reportgen.facts.book import FactBook
from reportgen.manuscript.read_file import read_file
from reportgen.manuscript.render import render
from reportgen.manuscript.source import SourceFile
from reportgen.manuscript.tree import Claimed, Inlines, Manuscript, Placeholder, walk

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog as BabelCatalog
    from babel.messages.catalog import Message as BabelMessage

    from reportgen.data.package import CodeList

WIDTH = 100
FLAG = "python-brace-format"
_COMMENT = """\
# Translations template for PROJECT.
# Messages are the passages of data/manuscript; docs/translation.md says how to write them."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A passage as a message: its id (msgctxt), its words (msgid), its place, what a translator should know."""

    id: str
    text: str
    span: Span
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a template says of the report."""

    project: str
    version: str
    holder: str
    date: dt.datetime


def extract_messages(
    manuscript: Manuscript,
    book: FactBook | None = None,
    language: Language | None = None,
    code_lists: Mapping[str, CodeList] | None = None,
) -> tuple[Extracted, ...]:
    """Return every passage as a message, in reading order.

    With a fact book and the language of the manuscript's edition, comments show the present value of each placeholder,
    as that edition prints it, and the predicate of each claim.
    """
    values = _Values(book, language, code_lists or {}) if book and language else None
    found = []
    for passage in manuscript.passages():
        if passage.content:
            comments = values.comments(passage.content) if values else ()
            found.append(Extracted(passage.id, render(passage.content), passage.span, comments))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Values:
    book: FactBook
    language: Language
    code_lists: Mapping[str, CodeList]

    def comments(self, content: Inlines) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for node in walk(content):
            if isinstance(node, Placeholder) and node.fact in self.book.facts:
                found[f"{{{node.fact}:{node.format}}} = {self._value(node)}"] = None
            elif isinstance(node, Claimed) and node.claim in self.book.claims:
                found[f"claim:{node.claim} = {self.book.claims[node.claim].source}"] = None
        return tuple(found)

    def _value(self, node: Placeholder) -> str:
        try:
            return format_fact(self.book.facts[node.fact], node.format, self.language, self.code_lists)
        except FormatFault as fault:
            return f"? ({fault})"


def extract_markdown(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield a manuscript file's passages in the form of a Babel extraction method.

    Args:
        fileobj: the file, open for reading bytes.
        keywords, comment_tags, options: part of Babel's interface; nothing here depends on them.
    """
    text = fileobj.read().decode("utf-8-sig").replace("\r\n", "\n")
    source = SourceFile(getattr(fileobj, "name", "manuscript"), tuple(text.split("\n")))
    sections, notes = read_file(source, text)
    manuscript = Manuscript(sections, {note.label: note for note in notes})
    for message in extract_messages(manuscript):
        yield message.span.line, "pgettext", (message.id, message.text), []


def write_template(messages: tuple[Extracted, ...], heading: Heading) -> bytes:
    """Return the template (``locales/report.pot``)."""
    return _write(_template(messages, heading))


def update_catalog(
    written: bytes | None, messages: tuple[Extracted, ...], heading: Heading, language: str
) -> Result[bytes]:
    """Return a catalog with the messages of the manuscript as it is now; b"" where Babel cannot read the present one.

    A translation stays with its passage where id and words are the same, and follows the words where the id has
    shifted. Where the words were changed, or moved and changed, it stays as *fuzzy* with the words it was made from.
    Translations that nothing uses any more are kept as obsolete.
    """
    fresh = _template(messages, heading, language)
    if written is not None:
        from babel.messages.pofile import PoFileError, read_po

        try:
            old = read_po(io.BytesIO(written), locale=language, abort_invalid=True)
        except (PoFileError, ValueError) as problem:
            message, place = f"the catalog cannot be read: {problem}", Span(catalog_path(language))
            return Result(b"", (error("unreadable-file", message, place, "mend it before updating"),))
        _merge(fresh, old)
        fresh.header_comment = _head(written) or fresh.header_comment
    return Result(_write(fresh))


def _template(messages: tuple[Extracted, ...], heading: Heading, language: str | None = None) -> BabelCatalog:
    from babel.messages.catalog import Catalog as BabelCatalog

    catalog = BabelCatalog(
        language,
        "report",
        _COMMENT,
        heading.project,
        heading.version,
        heading.holder,
        "-",
        heading.date,
        heading.date,
        heading.holder,
        language or "-",
        fuzzy=False,
    )
    for message in messages:
        place = (message.span.file, message.span.line)
        catalog.add(message.text, None, (place,), (FLAG,), message.comments, context=message.id)
    return catalog


def _merge(fresh: BabelCatalog, old: BabelCatalog) -> None:
    pool, shelf = _pool(old), _pool(old.obsolete.values())
    open_messages = [message for message in fresh if message.id]
    for take, source in ((_take_same, pool), (_take_words, pool), (_take_same, shelf), (_take_words, shelf)):
        open_messages = [message for message in open_messages if not take(message, source)]
    for message in open_messages:
        _take_close(message, pool)
    for left in (*pool.values(), *shelf.values()):
        left.flags.discard("fuzzy")
        left.user_comments, _ = _split_comments(left)
        fresh.obsolete.setdefault(fresh._key_for(left.id, left.context), left)
    fresh.revision_date = old.revision_date
    fresh.last_translator, fresh.language_team = old.last_translator, old.language_team


def _head(written: bytes) -> str:
    """Return the comment at a catalog's head; Babel would put this year's copyright where there is none."""
    lines = written.decode("utf-8-sig").splitlines()
    return "\n".join(takewhile(lambda line: line == "#" or line.startswith("# "), lines))


_Pool: TypeAlias = dict[tuple[str | None, str], "BabelMessage"]


def _pool(messages: Iterable[BabelMessage]) -> _Pool:
    return {(m.context, str(m.id)): m for m in messages if m.id and m.string}


def _take_same(message: BabelMessage, pool: _Pool) -> bool:
    found = pool.pop((message.context, str(message.id)), None)
    return found is not None and _keep(message, found)


def _take_words(message: BabelMessage, pool: _Pool) -> bool:
    key = next((key for key in pool if key[1] == message.id), None)
    return key is not None and _keep(message, pool.pop(key))


def _keep(message: BabelMessage, found: BabelMessage) -> bool:
    """Take a translation of the same words as it is; one that is fuzzy stays so."""
    message.string = found.string
    message.user_comments, previous = _split_comments(found)
    if "fuzzy" in found.flags:
        message.flags.add("fuzzy")
        message.previous_id = previous
    return True


def _split_comments(message: BabelMessage) -> tuple[list[str], list[str]]:
    """Return a translator's comments, and the earlier words (``#|``), which Babel reads as if they were comments."""
    comments = [comment for comment in message.user_comments if not comment.startswith("|")]
    earlier = "\n".join(c[1:].strip() for c in message.user_comments if c.startswith("|"))
    entries = parse_po(f'{earlier}\nmsgstr ""', "").value if earlier else ()
    return comments, [entry.id.text for entry in entries]


def _take_close(message: BabelMessage, pool: _Pool) -> None:
    """The passage of the same id, if its words are somewhat alike, else the closest words of all (difflib's 0.6)."""
    same = [key for key in pool if key[0] == message.context]
    close = get_close_matches(str(message.id), [key[1] for key in same], 1, 0.4)
    close = close or get_close_matches(str(message.id), [key[1] for key in pool], 1)
    if close:
        found = pool.pop(next(key for key in (*same, *pool) if key[1] == close[0]))
        _keep(message, found)
        message.flags.add("fuzzy")
        message.previous_id = [str(found.id)]


def _write(catalog: BabelCatalog) -> bytes:
    from babel.messages.pofile import write_po

    target = io.BytesIO()
    write_po(target, catalog, width=WIDTH, include_previous=True)
    return target.getvalue()
