"""From settled leaves to the publication: content ids for slots, elements for nodes, frames for sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportgen.base.frame import ContentId, Element, Frame, Metadata, Page, Placed, Publication
from reportgen.edition.document import ComposedDocument
from reportgen.layout.content import Bounds, Node, Slot, resolve
from reportgen.layout.flow import Chapter
from reportgen.layout.furniture import furniture, left_edge, placed_sheet
from reportgen.layout.rows import moved_areas
from reportgen.layout.sequence import Leaf
from reportgen.layout.setter import Setter


@dataclass(slots=True)
class _Ids:
    """Gives every slot a content id for each page that it reaches."""

    of_slot: dict[Slot, list[ContentId]] = field(default_factory=dict)
    given: int = 0

    def page(self, items: Sequence[Placed]) -> tuple[Placed, ...]:
        """Return a page's marks with content ids for slots."""
        here: dict[Slot, ContentId] = {}
        done: list[Placed] = []
        for item in items:
            if item.content is None:
                done.append(item)
                continue
            content = here.get(item.content)
            if content is None:
                self.given += 1
                content = here[item.content] = self.given
                self.of_slot.setdefault(item.content, []).append(content)
            done.append(replace(item, content=content))
        return tuple(done)


def assemble(setter: Setter, leaves: Sequence[Leaf], chapters: Sequence[Chapter], cover: Node) -> Publication:
    """Return the publication of settled leaves."""
    document, page = setter.document, setter.style.page
    ids = _Ids()
    bounds: dict[Slot, Bounds] = {}
    pages: list[Page] = []
    for index, leaf in enumerate(leaves):
        items = ids.page((*placed_sheet(setter, leaf), *furniture(setter, leaf)))
        pages.append(Page(Frame(*page.trim, items), leaf.label, leaf.label_style, leaf.side))
        bounds.update(_bounds(setter, leaf, index))
    root = setter.root
    root.children = [cover, *(chapter.node for chapter in chapters)]
    root.attributes.update(lang=document.lang, title=document.title)
    structure = resolve(root, ids.of_slot, bounds) or Element("Document")
    return Publication(
        _metadata(document),
        page.bleed,
        tuple(pages),
        structure,
        tuple(chapter.outline for chapter in chapters if chapter.section.in_contents),
        document.attachments,
    )


def _bounds(setter: Setter, leaf: Leaf, index: int) -> dict[Slot, Bounds]:
    x, y = (0.0, 0.0) if leaf.sheet.full else (left_edge(setter, leaf), setter.style.page.top)
    return {
        slot: (index, left, top, width, height)
        for slot, left, top, width, height in moved_areas(leaf.sheet.areas, x, y)
    }


def _metadata(document: ComposedDocument) -> Metadata:
    return Metadata(
        document.title,
        document.subtitle,
        document.author,
        document.subject,
        document.keywords,
        document.lang,
        document.date,
        document.identifier,
    )
