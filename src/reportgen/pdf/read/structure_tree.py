"""The structure tree of a finished file, walked once (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import pikepdf
from pikepdf import Name

from reportgen.pdf.read.objects import each, inside

Key: TypeAlias = tuple[int, int]
"""An object's number and generation, or a page's index and an MCID on it."""


class Claim(NamedTuple):
    """A claim on a marked-content sequence; ``page`` is an index, None where no page is named."""

    page: int | None
    mcid: int


class Annotation(NamedTuple):
    """An annotation that an element claims."""

    obj: pikepdf.Object


@dataclass(slots=True, eq=False)
class Node:
    """An element.

    Attributes:
        lang: its language, or that of the nearest element above that has one.
        page: the index of the page that its sequences are on, from itself or above.
        kids: what it holds, in reading order.
    """

    obj: pikepdf.Object
    role: str
    above: Node | None
    lang: str
    page: int | None
    kids: list[Node | Claim | Annotation] = field(default_factory=list)

    @property
    def elements(self) -> list[Node]:
        """The elements among its kids."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def text(self, key: str) -> str:
        """Return one of its texts, such as ``Alt``; "" if it has none."""
        return str(self.obj.get("/" + key, ""))

    def attributes(self, owner: str) -> pikepdf.Object:
        """Return its attributes of an owner, an empty dictionary if it has none (14.7.5)."""
        for entry in each(self.obj, "A"):
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/O") == Name("/" + owner):
                return entry
        return pikepdf.Dictionary()

    def lineage(self) -> Iterator[Node]:
        """Yield the element and those above it, from the inside out."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.above


@dataclass(slots=True)
class Tree:
    """A structure tree.

    Attributes:
        root: the tree's own object, None if the file has none.
        elements: every element in reading order, once.
        marked: the elements that claim a marked-content sequence, by (page index, MCID).
        annotated: the elements that claim an annotation, by its object number.
        faults: what cannot be followed.
    """

    root: pikepdf.Object | None = None
    elements: list[Node] = field(default_factory=list)
    marked: dict[Key, list[Node]] = field(default_factory=dict)
    annotated: dict[Key, list[Node]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def top(self) -> list[Node]:
        """The elements that hang on the root."""
        return [element for element in self.elements if element.above is None]


def read_tree(catalog: pikepdf.Object, pages: Mapping[Key, int]) -> Tree:
    """Read the structure tree of a file whose pages have these indices by object number.

    Raises:
        one of :data:`reportgen.pdf.read.scan.BROKEN`: if an object in it is broken.
    """
    tree = Tree(catalog.get("/StructTreeRoot"))
    if tree.root is None:
        tree.faults.append("the file has no structure tree")
        return tree
    seen: set[Key] = set()
    lang = str(catalog.get("/Lang", ""))
    todo: list[tuple[pikepdf.Object, Node | None]] = [(kid, None) for kid in reversed(each(tree.root, "K"))]
    while todo:
        kid, above = todo.pop()
        if above is not None and _is_claim(kid):
            above.kids.append(_claimed(tree, kid, above, pages))
            continue
        page = above.page if above else None
        node = Node(
            kid, str(kid.get("/S", "/?"))[1:], above,
            str(kid.get("/Lang", above.lang if above else lang)),
            pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page,
        )  # fmt: skip
        if kid.objgen in seen:
            tree.faults.append(f"{node.role} stands twice in the structure tree")
            continue
        seen.add(kid.objgen)
        tree.elements.append(node)
        if above is not None:
            above.kids.append(node)
        if inside(kid, "P").objgen != (above.obj if above else tree.root).objgen:
            tree.faults.append(f"{node.role} names another parent than the one it hangs on")
        todo += [(below, node) for below in reversed(each(kid, "K"))]
    return tree


def _is_claim(kid: pikepdf.Object) -> bool:
    return isinstance(kid, int) or kid.get("/Type") in (Name.MCR, Name.OBJR)


def _claimed(tree: Tree, kid: pikepdf.Object, element: Node, pages: Mapping[Key, int]) -> Claim | Annotation:
    """Note what an element claims: a sequence by its number or by a reference, or an annotation."""
    if not isinstance(kid, int) and kid.Type == Name.OBJR:
        tree.annotated.setdefault(kid.Obj.objgen, []).append(element)
        return Annotation(kid.Obj)
    if isinstance(kid, int):
        claimed = Claim(element.page, kid)
    else:
        claimed = Claim(pages.get(kid.Pg.objgen) if "/Pg" in kid else element.page, int(kid.MCID))
    if claimed.page is None:
        tree.faults.append(f"{element.role} claims MCID {claimed.mcid} of no page")
    else:
        tree.marked.setdefault((claimed.page, claimed.mcid), []).append(element)
    return claimed
