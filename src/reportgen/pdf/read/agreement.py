"""Agreement: that a screen file's content, structure and parent tree say the same (ISO 32000-1, 14.7.4).

Validators check that each of the three is well formed. None of those we tried sees a parent tree entry that points at
the wrong element, although a screen reader that starts from a place on the page then reads something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import pikepdf

from reportgen.base.diagnostics import Diagnostic
from reportgen.pdf.profile import Profile
from reportgen.pdf.read.findings import in_file, on_page
from reportgen.pdf.read.objects import entries_of, inside
from reportgen.pdf.read.painted import Scan, ScannedPage
from reportgen.pdf.read.structure_tree import Tree

Parents: TypeAlias = Mapping[int, pikepdf.Object]
"""The parent tree: from the keys of pages and annotations to elements."""


def check_agreement(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Content, structure and parent tree say the same; ids are unique and in the id tree."""
    tree = scanned.tree
    messages = list(tree.faults)
    if tree.root is not None:
        parents = {int(key): value for key, value in entries_of(inside(tree.root, "ParentTree"), "Nums")}
        for page in scanned.pages:
            found = [
                *_sequences(page, tree, parents),
                *_claims(page, tree),
                *_annotations(page, tree, parents),
            ]
            yield from (on_page(page, "ua.agreement", message) for message in found)
        messages += _ids(tree.root, tree)
    yield from (in_file(scanned, "ua.agreement", message) for message in messages)


def _sequences(page: ScannedPage, tree: Tree, parents: Parents) -> Iterator[str]:
    key = page.obj.get("/StructParents")
    entries = list(parents.get(int(key), ())) if key is not None else []
    drawn = [section for section in page.sections if section.mcid is not None]
    for mcid, times in Counter(section.mcid for section in drawn).items():
        if times > 1:
            yield f"MCID {mcid} is used twice"
    for section in drawn:
        assert section.mcid is not None
        yield from _sequence(page.index, section.mcid, section.tag, entries, tree)
    if len(entries) > len({section.mcid for section in drawn}):
        yield f"the parent tree has {len(entries)} entries for {len(drawn)} sequences"


def _sequence(
    index: int, mcid: int, tag: str, entries: Sequence[pikepdf.Object], tree: Tree
) -> Iterator[str]:
    owners = tree.marked.get((index, mcid), [])
    entry = entries[mcid] if mcid < len(entries) else None
    if not owners:
        yield f"MCID {mcid} ({tag}) belongs to no element"
    elif len(owners) > 1:
        yield f"MCID {mcid} belongs to {len(owners)} elements"
    if entry is None:
        yield f"the parent tree has no entry for MCID {mcid}"
    elif owners and entry.objgen != owners[0].obj.objgen:
        other = str(entry.get("/S", "/?"))[1:]
        yield f"the parent tree says MCID {mcid} is of {other}, its element is {owners[0].role}"
    if owners and owners[0].role not in (tag, "Link"):
        yield f"MCID {mcid} is tagged {tag}, its element is {owners[0].role}"


def _claims(page: ScannedPage, tree: Tree) -> Iterator[str]:
    drawn = {section.mcid for section in page.sections}
    for (index, mcid), owners in tree.marked.items():
        if index == page.index and mcid not in drawn:
            yield f"{owners[0].role} claims MCID {mcid}, which is not there"


def _annotations(page: ScannedPage, tree: Tree, parents: Parents) -> Iterator[str]:
    for annotation in page.annotations:
        owners = tree.annotated.get(annotation.objgen, [])
        key = annotation.get("/StructParent")
        entry = parents.get(int(key)) if key is not None else None
        if not owners:
            yield "an annotation belongs to no element"
        elif entry is None or entry.objgen != owners[0].obj.objgen:
            yield "the parent tree has another element for an annotation than the structure"


def _ids(root: pikepdf.Object, tree: Tree) -> Iterator[str]:
    named = [element for element in tree.elements if "/ID" in element.obj]
    for name, times in sorted(Counter(element.text("ID") for element in named).items()):
        if times > 1:
            yield f"two elements have the id {name!r}"
    indexed = {str(name): node.objgen for name, node in entries_of(inside(root, "IDTree"), "Names")}
    for element in named:
        if indexed.get(element.text("ID")) != element.obj.objgen:
            yield f"the id tree does not lead to {element.role} {element.text('ID')!r}"
