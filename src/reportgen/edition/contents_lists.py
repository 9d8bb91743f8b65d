"""The table of contents and the list of figures; layout adds the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.base.joining import gap
from reportgen.edition import document as doc
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree


def contents_list(sections: Iterable[doc.Section]) -> doc.ContentsList:
    """Return the contents: every section that is to be listed, and the headings of level 2 of the parts."""
    return doc.ContentsList(tuple(entry for section in sections for entry in _entries(section)))


def _entries(section: doc.Section) -> Iterator[doc.ContentsEntry]:
    if not section.in_contents:
        return
    if section.title:
        yield doc.ContentsEntry(1, section.number, repeated(section.title), section.anchor)
    if section.kind == "part":
        for block in section.blocks:
            if isinstance(block, doc.Heading) and block.level == 2:
                level = 2 if section.title else 1
                yield doc.ContentsEntry(level, "", repeated(block.content), block.anchor)


def figure_list(wording: Wording, figures: Iterable[tree.Figure]) -> doc.ContentsList:
    """Return the list of figures."""
    words = wording.numbering.words
    entries = (
        doc.ContentsEntry(1, words[figure.anchor], repeated(wording.say(figure.caption)), figure.anchor)
        for figure in figures
    )
    return doc.ContentsList(tuple(entries))


def repeated(content: doc.Inlines) -> doc.Inlines:
    """Return words as they are repeated, in lists and over tables: without footnote marks and forced breaks, which
    belong where the words first stand.
    """
    kept = tuple(inline for inline in content if not isinstance(inline, doc.NoteReference))
    joined = (_unbroken(inline, kept[:k], kept[k + 1 :]) for k, inline in enumerate(kept))
    return tuple(inline for inline in joined if inline != doc.Text(""))


def _unbroken(inline: doc.Inline, before: doc.Inlines, after: doc.Inlines) -> doc.Inline:
    if isinstance(inline, doc.Hyperlink):
        return replace(inline, content=repeated(inline.content))  # type: ignore[arg-type]
    if isinstance(inline, doc.Text) and inline.text == doc.BREAK:
        return doc.Text(gap(doc.plain(before)[-1:], doc.plain(after)[:1]))
    return inline
