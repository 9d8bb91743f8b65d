"""Naming: what a person calls the place of a finding, the figure by its caption, a paragraph by its first words.

A tagged file says it by itself. A press file has no structure; whoever has laid its pages out can say it instead, and
where in the sources the words stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias, TypeVar

from reportgen.base.diagnostics import Span
from reportgen.pdf.geometry import Box
from reportgen.pdf.read.painted import ScannedPage
from reportgen.pdf.read.structure_tree import Claim, Key, Node, Tree

T = TypeVar("T")

FIRST_WORDS = 24
"""So many characters of a paragraph are enough to find it."""

KINDS: Mapping[str, str] = {
    "Figure": "the figure", "Table": "the table", "Formula": "the formula", "Caption": "the caption",
    "TOCI": "the entry of contents",
    "LI": "the list item", "Note": "the note", "P": "the paragraph", "BlockQuote": "the quotation",
    **{f"H{level}": "the heading" for level in range(1, 7)},
}  # fmt: skip
"""What elements of a role are called, and which elements a finding names: the innermost that is one of these."""


class Subject(NamedTuple):
    """What a finding is in: the role of the element, what it is known by, and its place in a source file."""

    role: str
    words: str
    span: Span | None = None

    def __str__(self) -> str:
        place = f" ({self.span})" if self.span is not None else ""
        return f"{KINDS.get(self.role, 'the text')} {quoted(self.words)}{place}"


Locate: TypeAlias = Callable[[int, int, Box], Subject | None]
"""From a page's index, the number of pages and a box, measured downwards from the trim, to what is there."""


def quoted(words: str) -> str:
    """Return the first words of a text in quotation marks."""
    words = " ".join(words.split())
    return f"“{words[:FIRST_WORDS].rstrip()}…”" if len(words) > FIRST_WORDS + 1 else f"“{words}”"


@dataclass
class Names:
    """Names the elements of a scanned file.

    Attributes:
        locate: of the pages as they were laid out, where they are at hand.
    """

    pages: Sequence[ScannedPage]
    tree: Tree
    locate: Locate | None = None
    _known: dict[Node, Subject | None] = field(default_factory=dict)

    def at(self, page: ScannedPage, mcid: int | None, box: Box | None) -> Subject | None:
        """Return what a mark is in; None where nobody can say."""
        owners = self.tree.marked.get((page.index, mcid), []) if mcid is not None else []
        own = self.of(owners[0]) if owners else None
        if self.locate is None or box is None:
            return own
        laid = self.locate(page.index, len(self.pages), box)
        if own is None:
            return laid
        # the file's own structure is sure of what it is, the layout of where its words stand
        return own._replace(span=laid.span) if laid is not None and laid.role == own.role else own

    def of(self, element: Node) -> Subject | None:
        """Return what an element is or stands in."""
        if element not in self._known:
            self._known[element] = self._name(element)
        return self._known[element]

    def page_of(self, element: Node) -> ScannedPage | None:
        """Return the page on which an element begins."""
        first = next((claim for claim in _claims(element) if claim.page is not None), None)
        index = first.page if first is not None else element.page
        return self.pages[index] if index is not None else None

    def _name(self, element: Node) -> Subject | None:
        lineage = list(element.lineage())
        found = next((node for node in lineage if node.role in ("Figure", "Formula", "Table")), None)
        found = found or next((node for node in lineage if node.role in KINDS), None)
        if found is None:
            return None
        words = self._caption(found) or found.text("Alt") or self._words(found)
        return Subject(found.role, words) if words else None

    def _caption(self, element: Node) -> str:
        """Return the caption of a figure or a table: in it, or next to it."""
        if element.role not in ("Figure", "Table"):
            return ""
        beside = next_to(element, element.above.elements if element.above is not None else [])
        caption = next((node for node in (*element.elements, *beside) if node.role == "Caption"), None)
        return self._words(caption) if caption is not None else ""

    def _words(self, element: Node) -> str:
        pieces = (
            self._spoken.get((claim.page, claim.mcid), "")
            for claim in _claims(element)
            if claim.page is not None
        )
        return " ".join("".join(pieces).replace("\u00ad", "").split())

    @cached_property
    def _spoken(self) -> Mapping[Key, str]:
        """The words of each marked-content sequence; read when the first finding asks for them."""
        found: dict[Key, str] = {}
        for page in self.pages:
            for mark in page.marks:
                if mark.kind == "text" and mark.mcid is not None:
                    key = page.index, mark.mcid
                    found[key] = found.get(key, "") + mark.text
        return found


def next_to(element: T, siblings: Sequence[T]) -> Sequence[T]:
    """Return what stands after and before one of some siblings."""
    at = next((index for index, sibling in enumerate(siblings) if sibling is element), None)
    return () if at is None else (*siblings[at + 1 : at + 2], *siblings[max(at - 1, 0) : at])


def _claims(element: Node) -> Iterator[Claim]:
    for kid in element.kids:
        if isinstance(kid, Claim):
            yield kid
        elif isinstance(kid, Node):
            yield from _claims(kid)
