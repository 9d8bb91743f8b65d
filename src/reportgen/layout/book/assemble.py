"""From settled leaves to the publication: content ids for slots, elements for nodes, frames for sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.base.frame import ContentId, Element, Frame, Metadata, Page, Placed, Publication
from reportgen.base.units import Pt
from reportgen.edition.document import ComposedDocument
from reportgen.layout.book.running_heads import corner, corner_anchors, head_and_folio
from reportgen.layout.book.sequence import Leaf
from reportgen.layout.flowing import Sheet, moved_areas
from reportgen.layout.pages.chapter import Chapter
from reportgen.layout.typeset.nodes import Bounds, Node, Slot, resolve
from reportgen.layout.typeset.typesetter import Typesetter


@dataclass(slots=True)
class _Ids:
    """Gives every slot a content id for each page that it reaches."""

    of_slot: dict[Slot, list[ContentId]] = field(default_factory=dict)
    given: int = 0

    def page(self, sheet: Sheet, x: Pt, y: Pt) -> list[Placed]:
        """Return a sheet's marks, its corner put at (x, y), with content ids for slots."""
        here: dict[Slot | None, ContentId | None] = {None: None}
        done: list[Placed] = []
        for left, top, items in ((0.0, 0.0, sheet.items), *sheet.stacks):
            dx, dy = x + left, y + top
            for i in items:
                if i.content not in here:
                    here[i.content] = self._new(i.content)
                content = here[i.content]
                done.append(Placed(i.x + dx, i.y + dy, i.item, content, i.span, i.fact, i.artifact))
        return done

    def _new(self, slot: Slot | None) -> ContentId:
        self.given += 1
        if slot is not None:
            self.of_slot.setdefault(slot, []).append(self.given)
        return self.given


def assemble(
    typesetter: Typesetter, leaves: Sequence[Leaf], chapters: Sequence[Chapter], cover: Node
) -> Publication:
    """Return the publication of settled leaves."""
    document, page = typesetter.document, typesetter.style.page
    ids = _Ids()
    bounds: dict[Slot, Bounds] = {}
    pages: list[Page] = []
    for index, leaf in enumerate(leaves):
        x, y = corner(typesetter, leaf)
        items = (*corner_anchors(leaf), *ids.page(leaf.sheet, x, y), *head_and_folio(typesetter, leaf))
        pages.append(Page(Frame(*page.trim, items), leaf.label, leaf.label_style, leaf.side))
        for slot, *place in moved_areas(leaf.sheet.areas, x, y):
            bounds[slot] = (index, place[0], place[1], place[2], place[3])
    root = typesetter.root
    root.children = [cover, *(chapter.node for chapter in chapters)]
    root.attributes.update(lang=document.lang, title=document.title)
    structure = resolve(root, ids.of_slot, bounds) or Element("Document")
    return Publication(
        _metadata(document),
        page.bleed,
        tuple(pages),
        structure,
        tuple(entry for chapter in chapters if chapter.section.in_contents for entry in chapter.outline),
        document.attachments,
    )


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
