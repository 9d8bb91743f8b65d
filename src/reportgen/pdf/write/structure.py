"""Logical structure: elements, their marked content, the parent tree (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.frame import ContentId, Element
from reportgen.pdf.write.name_trees import name_tree
from reportgen.pdf.write.pagecontent import Annotated, Voice, WrittenPages

INLINE = ("Span", "Reference", "Link", "Quote", "Lbl", "NonStruct")
"""Roles whose text is part of a block's text (ISO 32000-1, 14.8.4.4)."""


def voices_of(root: Element, lang: str) -> dict[ContentId, Voice]:
    """Return the role, the language and the block of every content, inherited from the elements above it."""
    voices: dict[ContentId, Voice] = {}
    blocks = count(1)

    def speak(element: Element, above: str, block: int) -> None:
        lang, block = element.lang or above, block if element.role in INLINE else next(blocks)
        for child in element.children:
            if isinstance(child, Element):
                speak(child, lang, block)
            else:
                voices[child] = Voice(element.role, lang, block)

    speak(root, lang, 0)
    return voices


def check_contents(root: Element, written: WrittenPages) -> None:
    """Find each content that the structure lists twice, never drew, or does not know."""
    listed: dict[ContentId, Element] = {}
    claims = ((c, element) for element in root.walk() for c in element.children if not isinstance(c, Element))
    for content, element in claims:
        if content in listed:
            both = f"{listed[content].role} and {element.role}"
            message, hint = f"content {content} is listed twice: in {both}", "list it once, where it is read"
            written.faults.error("repeated-content", message, element.span, hint)
        listed.setdefault(content, element)
    drawn = {content for page in written.contents for content in page.marked}
    drawn |= {area.content for page in written.contents for area in page.links if area.content is not None}
    for content in sorted(drawn - listed.keys()):
        message = f"content {content} is drawn but no element lists it"
        written.faults.error("unlisted-content", message, None, "list it, or make it an artifact")
    for content in sorted(listed.keys() - drawn):
        element = listed[content]
        message = f"{element.role} lists content {content}, which no page draws"
        written.faults.warning("undrawn-content", message, element.span, "draw it, or take it off the list")


@dataclass(slots=True)
class StructureWriter:
    """Writes the tree of elements; afterwards ``owners`` and ``numbers`` make the parent tree."""

    written: WrittenPages
    annotated: Annotated
    files: Mapping[str, pikepdf.Object]
    owners: list[list[pikepdf.Object | None]] = field(default_factory=list)
    numbers: dict[int, pikepdf.Object] = field(default_factory=dict)
    ids: dict[str, pikepdf.Object] = field(default_factory=dict)
    _marks: dict[ContentId, list[tuple[int, int]]] = field(default_factory=dict)

    def write(self, root: Element) -> None:
        """Write the whole tree and hang it into the catalog."""
        self.owners = [[None] * len(page.marked) for page in self.written.contents]
        for index, page in enumerate(self.written.contents):
            for mcid, content in enumerate(page.marked):
                self._marks.setdefault(content, []).append((index, mcid))
        tree = self.written.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self._element(root, tree)])
        self._parent_tree(tree)
        if self.ids:
            tree.IDTree = name_tree(self.written.pdf, self.ids)
        self.written.pdf.Root.StructTreeRoot = tree
        self.written.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        entries = {"/" + key: value for key, value in self._entries(element).items()}
        role = Name("/" + element.role)
        node = self.written.pdf.make_indirect(
            Dictionary({"/Type": Name.StructElem, "/S": role, "/P": parent, **entries})
        )
        if element.id is not None:
            if element.id in self.ids:
                message = f"two elements have the id {element.id!r}"
                self.written.faults.error("repeated-id", message, element.span, "give each its own")
            self.ids[element.id] = node
        kids: list[pikepdf.Object | int] = []
        for child in element.children:
            if isinstance(child, Element):
                kids.append(self._element(child, node))
            else:
                kids += self._content(child, element, node)
        if kids:
            node.K = _one_or_all(kids)
        return node

    def _entries(self, element: Element) -> dict[str, pikepdf.Object]:
        texts = {
            "Alt": element.alt, "ActualText": element.actual, "Lang": element.lang, "T": element.title,
            "ID": element.id,
        }  # fmt: skip
        entries: dict[str, pikepdf.Object] = {k: String(t) for k, t in texts.items() if t is not None}
        bounds = None
        if element.bounds is not None:
            index, x, y, width, height = element.bounds
            if index < len(self.written.pages):
                top = self.written.heights[index] - y
                bounds = Array([round(v, 3) for v in (x, top - height, x + width, top)])
                entries["Pg"] = self.written.pages[index].obj
        attributes = attributes_of(element, bounds)
        if attributes:
            entries["A"] = _one_or_all(attributes)
        found = [self.files[name] for name in element.files if name in self.files]
        for name in element.files:
            if name not in self.files:
                message = f"{element.role} names the file {name!r}, which the report does not carry"
                self.written.faults.error(
                    "unknown-file", message, element.span, "attach it, or do not name it"
                )
        if found:
            entries["AF"] = Array(found)
        return entries

    def _content(
        self, content: ContentId, element: Element, node: pikepdf.Object
    ) -> list[pikepdf.Object | int]:
        """Return the kids of a content: its marked content and its links, in a Link element (ISO 14289-1, 7.18.5)."""
        links = self.annotated.get(content, ())
        if links and element.role != "Link":
            link = self.written.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=node))
            kids = self._marked(content, link) + self._references(links, link)
            link.K = Array(kids)
            return [link]
        return self._marked(content, node) + self._references(links, node)

    def _marked(self, content: ContentId, node: pikepdf.Object) -> list[pikepdf.Object | int]:
        kids: list[pikepdf.Object | int] = []
        page = node.get("/Pg")
        for index, mcid in self._marks.get(content, ()):
            self.owners[index][mcid] = node
            sheet = self.written.pages[index].obj
            if page is None:
                node.Pg = page = sheet
            if page.objgen == sheet.objgen:
                kids.append(mcid)
            else:
                kids.append(Dictionary(Type=Name.MCR, Pg=sheet, MCID=mcid))
        return kids

    def _references(
        self, links: Sequence[tuple[int, pikepdf.Object]], node: pikepdf.Object
    ) -> list[pikepdf.Object | int]:
        kids: list[pikepdf.Object | int] = []
        for index, annotation in links:
            self.numbers[int(annotation.StructParent)] = node
            kids.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.written.pages[index].obj))
        return kids

    def _parent_tree(self, tree: pikepdf.Object) -> None:
        """Write from page and MCID, and from annotation, back to the element (ISO 32000-1, 14.7.4.4)."""
        nums: list[pikepdf.Object | int] = []
        for index, owners in enumerate(self.owners):
            self.written.pages[index].obj.StructParents = index
            nums += [index, self.written.pdf.make_indirect(Array(owners))]
        for key in sorted(self.numbers):
            nums += [key, self.numbers[key]]
        tree.ParentTree = self.written.pdf.make_indirect(Dictionary(Nums=Array(nums)))
        tree.ParentTreeNextKey = max([len(self.written.pages) - 1, *self.numbers]) + 1


def _one_or_all(items: Sequence[Any]) -> Any:
    return items[0] if len(items) == 1 else Array(items)


def attributes_of(element: Element, bounds: Array | None) -> list[Dictionary]:
    """Return the attribute objects of an element (ISO 32000-1, 14.8.5)."""
    attributes: list[Dictionary] = []
    if bounds is not None:
        attributes.append(Dictionary(O=Name.Layout, Placement=Name.Block, BBox=bounds))
    if element.numbering is not None:
        attributes.append(Dictionary(O=Name.List, ListNumbering=Name("/" + element.numbering)))
    table: dict[str, pikepdf.Object | int] = {}
    if element.scope is not None:
        table["/Scope"] = Name("/" + element.scope)
    if element.row_span != 1:
        table["/RowSpan"] = element.row_span
    if element.column_span != 1:
        table["/ColSpan"] = element.column_span
    if element.headers:
        table["/Headers"] = Array([String(header) for header in element.headers])
    if table:
        attributes.append(Dictionary({"/O": Name.Table, **table}))
    return attributes
