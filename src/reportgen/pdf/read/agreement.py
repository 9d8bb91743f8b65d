"""Agreement: that a screen file's content, structure and parent tree say the same (ISO 32000-1, 14.7.4).

Validators check that each of the three is well formed. None of those we tried sees a parent tree entry that points at
the wrong element, although a screen reader that starts from a place on the page then reads something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import pikepdf
from pikepdf import Name

from reportgen.pdf.read.findings import Finding, on_page
from reportgen.pdf.read.painted import Scan

RULE = "ua.agreement"
Key: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Tree:
    """The structure tree read from its root.

    Attributes:
        elements: every element in reading order, once.
        marked: the elements that claim a marked-content sequence, by (page index, MCID).
        annotations: the elements that claim an annotation, by its object number.
    """

    elements: list[pikepdf.Object] = field(default_factory=list)
    marked: dict[tuple[int, int], list[pikepdf.Object]] = field(default_factory=dict)
    annotations: dict[Key, list[pikepdf.Object]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_tree(scanned: Scan) -> Tree:
    """Read a file's structure tree; what cannot be followed is listed in ``faults``."""
    tree = Tree()
    root = scanned.pdf.Root.get("/StructTreeRoot")
    if root is None:
        tree.faults.append("the file has no structure tree")
        return tree
    pages = {page.page.obj.objgen: page.index for page in scanned.pages}
    seen: set[Key] = set()
    todo: list[tuple[pikepdf.Object, pikepdf.Object, int | None]] = [
        (kid, root, None) for kid in reversed(kids_of(root))
    ]
    while todo:
        kid, parent, page = todo.pop()
        if isinstance(kid, int):
            _claim(tree, parent, page, kid)
        elif kid.get("/Type") == Name.MCR:
            _claim(tree, parent, pages.get(kid.Pg.objgen) if "/Pg" in kid else page, int(kid.MCID))
        elif kid.get("/Type") == Name.OBJR:
            tree.annotations.setdefault(kid.Obj.objgen, []).append(parent)
        else:
            _enter(tree, kid, parent, seen)
            own = pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page
            todo += [(below, kid, own) for below in reversed(kids_of(kid))]
    return tree


def _claim(tree: Tree, element: pikepdf.Object, page: int | None, mcid: int) -> None:
    if page is None:
        tree.faults.append(f"{role_of(element)} claims MCID {mcid} of no page")
    else:
        tree.marked.setdefault((page, mcid), []).append(element)


def _enter(tree: Tree, element: pikepdf.Object, parent: pikepdf.Object, seen: set[Key]) -> None:
    if element.objgen in seen:
        tree.faults.append(f"{role_of(element)} stands twice in the structure tree")
    seen.add(element.objgen)
    tree.elements.append(element)
    if element.get("/P") is None or element.P.objgen != parent.objgen:
        tree.faults.append(f"{role_of(element)} names another parent than the one it hangs on")


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the kids of an element, however they are written."""
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def role_of(element: pikepdf.Object) -> str:
    """Return an element's structure type."""
    return str(element.get("/S", "/?"))[1:]


def number_tree(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """Yield the entries of a number tree (ISO 32000-1, 7.9.7)."""
    for kid in node.get("/Kids", pikepdf.Array()):
        yield from number_tree(kid)
    nums = list(node.get("/Nums", pikepdf.Array()))
    for key, value in zip(nums[::2], nums[1::2], strict=False):
        yield int(key), value


def check_agreement(scanned: Scan, tree: Tree) -> Iterator[Finding]:
    """Find where content, structure and parent tree differ."""
    for fault in tree.faults:
        yield Finding(RULE, fault)
    root = scanned.pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    parents = dict(number_tree(root.get("/ParentTree", pikepdf.Dictionary())))
    yield from _check_pages(scanned, tree, parents)
    yield from _check_annotations(scanned, tree, parents)
    yield from _check_claims(scanned, tree)
    yield from _check_ids(root, tree)


def _check_pages(scanned: Scan, tree: Tree, parents: dict[int, pikepdf.Object]) -> Iterator[Finding]:
    for page in scanned.pages:
        key = page.page.obj.get("/StructParents")
        entries = list(parents.get(int(key), ())) if key is not None else []
        seen: set[int] = set()
        for section in page.sections:
            if section.mcid is None:
                continue
            if section.mcid in seen:
                yield on_page(page, RULE, f"MCID {section.mcid} is used twice")
            seen.add(section.mcid)
            yield from _check_section(page.index, section.mcid, section.tag, entries, tree, scanned)
        if len(entries) > len(seen):
            yield on_page(page, RULE, f"the parent tree has {len(entries)} entries for {len(seen)} sequences")


def _check_section(
    index: int, mcid: int, tag: str, entries: list[pikepdf.Object], tree: Tree, scanned: Scan
) -> Iterator[Finding]:
    page = scanned.pages[index]
    owners = tree.marked.get((index, mcid), [])
    entry = entries[mcid] if mcid < len(entries) else None
    if not owners:
        yield on_page(page, RULE, f"MCID {mcid} ({tag}) belongs to no element")
    elif len(owners) > 1:
        yield on_page(page, RULE, f"MCID {mcid} belongs to {len(owners)} elements")
    if entry is None:
        yield on_page(page, RULE, f"the parent tree has no entry for MCID {mcid}")
    elif owners and entry.objgen != owners[0].objgen:
        yield on_page(
            page,
            RULE,
            f"the parent tree says MCID {mcid} is of {role_of(entry)}, its element is {role_of(owners[0])}",
        )
    if owners and tag != role_of(owners[0]) and role_of(owners[0]) != "Link":
        yield on_page(page, RULE, f"MCID {mcid} is tagged {tag}, its element is {role_of(owners[0])}")


def _check_claims(scanned: Scan, tree: Tree) -> Iterator[Finding]:
    drawn = {(page.index, s.mcid) for page in scanned.pages for s in page.sections if s.mcid is not None}
    for index, mcid in tree.marked:
        if (index, mcid) not in drawn:
            page = scanned.pages[index]
            yield on_page(
                page, RULE, f"{role_of(tree.marked[index, mcid][0])} claims MCID {mcid}, which is not there"
            )


def _check_annotations(scanned: Scan, tree: Tree, parents: dict[int, pikepdf.Object]) -> Iterator[Finding]:
    for page in scanned.pages:
        for annotation in page.page.obj.get("/Annots", pikepdf.Array()):
            owners = tree.annotations.get(annotation.objgen, [])
            key = annotation.get("/StructParent")
            entry = parents.get(int(key)) if key is not None else None
            if not owners:
                yield on_page(page, RULE, "an annotation belongs to no element")
            elif entry is None or entry.objgen != owners[0].objgen:
                yield on_page(
                    page, RULE, "the parent tree has another element for an annotation than the structure"
                )


def _check_ids(root: pikepdf.Object, tree: Tree) -> Iterator[Finding]:
    ids = [str(e.ID) for e in tree.elements if "/ID" in e]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        yield Finding(RULE, f"two elements have the id {twice!r}")
    names = list(root.get("/IDTree", pikepdf.Dictionary()).get("/Names", pikepdf.Array()))
    indexed = {str(name): node.objgen for name, node in zip(names[::2], names[1::2], strict=False)}
    for element in tree.elements:
        if "/ID" in element and indexed.get(str(element.ID)) != element.objgen:
            yield Finding(RULE, f"the id tree does not lead to {role_of(element)} {str(element.ID)!r}")
