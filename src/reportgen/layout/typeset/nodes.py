"""The logical structure while it grows.

A block makes :class:`Node` s and takes *slots* from them: a slot is a provisional content id, the same wherever the
block's marks land. Only when pages are final is a slot given its content ids, one for each page that it reaches
(ISO 32000-1, 14.7.4.3: marked content never runs on to another page), and the nodes become Elements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

from reportgen.base.frame import ContentId, Element, Role
from reportgen.base.units import Pt

Slot: TypeAlias = int
"""A content id before its page is known; items carry it as their ``content``."""

Bounds: TypeAlias = tuple[int, Pt, Pt, Pt, Pt]
"""Page index, then x, y, width and height from the trim's top left corner."""


@dataclass(slots=True, eq=False)
class Node:
    """An element that still grows.

    Attributes:
        children: nodes and slots in reading order.
        attributes: further keyword arguments of :class:`Element`.
    """

    role: Role
    slots: count[int]
    children: list[Node | Slot] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)

    def add(self, role: Role, **attributes: Any) -> Node:
        """Append a child element and return it."""
        node = Node(role, self.slots, attributes=attributes)
        self.children.append(node)
        return node

    def slot(self) -> Slot:
        """Append a new slot and return it."""
        slot = next(self.slots)
        self.children.append(slot)
        return slot


def document_node() -> Node:
    """Return the root of a new structure tree."""
    return Node("Document", count(1))


def resolve(
    node: Node, ids: Mapping[Slot, Sequence[ContentId]], bounds: Mapping[Slot, Bounds]
) -> Element | None:
    """Return the finished element, or None if nothing of it was drawn.

    Args:
        ids: the content ids of each slot, in the order of pages.
        bounds: where the slot of each figure was drawn.
    """
    children: list[Element | ContentId] = []
    place: Bounds | None = None
    for child in node.children:
        if isinstance(child, Node):
            element = resolve(child, ids, bounds)
            if element is not None:
                children.append(element)
        else:
            children += ids.get(child, ())
            place = place or bounds.get(child)
    if not children and node.role not in ("TD", "TH"):
        return None
    attributes = {**node.attributes, "bounds": place} if place else node.attributes
    return Element(node.role, tuple(children), **attributes)
