"""The table of contents and the list of figures; layout adds the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.edition import document as doc
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree


def contents_list(sections: Iterable[doc.Section]) -> doc.ContentsList:
    """Return the contents: every section that is to be listed, and the headings of level 2 of the parts."""
    return doc.ContentsList(tuple(entry for section in sections for entry in _entries(section)))


def _entries(section: doc.Section) -> Iterator[doc.ContentsEntry]:
    if not section.in_contents:
        return
    yield doc.ContentsEntry(1, section.number, unmarked(section.title), section.anchor)
    if section.kind == "part":
        for block in section.blocks:
            if isinstance(block, doc.Heading) and block.level == 2:
                yield doc.ContentsEntry(2, "", unmarked(block.content), block.anchor)


def figure_list(wording: Wording, figures: Iterable[tree.Figure]) -> doc.ContentsList:
    """Return the list of figures."""
    words = wording.numbering.words
    return doc.ContentsList(
        tuple(
            doc.ContentsEntry(1, words[figure.anchor], unmarked(wording.say(figure.caption)), figure.anchor)
            for figure in figures
        )
    )


def unmarked(content: doc.Inlines) -> doc.Inlines:
    """Return words without footnote marks, which stand where the words first stand."""
    return tuple(inline for inline in content if not isinstance(inline, doc.NoteReference))
