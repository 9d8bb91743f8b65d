"""Logical structure: elements, their marked content, the parent tree (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.diagnostics import Faults
from reportgen.base.frame import ContentId, Element
from reportgen.base.units import Pt
from reportgen.pdf.write.pagecontent import PageContent, Voice

Annotated = Mapping[ContentId, Sequence[tuple[int, pikepdf.Object]]]
"""The link annotations of a content, each with the index of its page."""


INLINE = ("Span", "Reference", "Link", "Quote", "Lbl", "NonStruct")
"""Roles whose text is part of a block's text (ISO 32000-1, 14.8.4.4)."""


def voices_of(root: Element, lang: str) -> dict[ContentId, Voice]:
    """Return the role, the language and the block of every content, inherited from the elements above it."""
    voices: dict[ContentId, Voice] = {}
    todo = [(root, lang, 0)]
    blocks = 0
    while todo:
        element, above, block = todo.pop()
        spoken = element.lang or above
        if element.role not in INLINE:
            blocks += 1
            block = blocks
        for child in element.children:
            if isinstance(child, Element):
                todo.append((child, spoken, block))
            else:
                voices[child] = Voice(element.role, spoken, block)
    return voices


def check_contents(root: Element, contents: Sequence[PageContent], faults: Faults) -> None:
    """Find each content that the structure lists twice, never drew, or does not know."""
    listed: dict[ContentId, Element] = {}
    todo = [root]
    while todo:
        element = todo.pop()
        for child in reversed(element.children):
            if isinstance(child, Element):
                todo.append(child)
            elif child in listed:
                both = f"{listed[child].role} and {element.role}"
                message = f"content {child} is listed twice: in {both}"
                hint = "every content has one place in the reading order"
                faults.error("repeated-content", message, element.span, hint)
            else:
                listed[child] = element
    drawn = {content for page in contents for content in page.marked}
    drawn |= {area.content for page in contents for area in page.links if area.content is not None}
    _check_strays(listed, drawn, faults)


def _check_strays(listed: Mapping[ContentId, Element], drawn: set[ContentId], faults: Faults) -> None:
    for content in sorted(drawn - listed.keys()):
        message = f"content {content} is drawn but no element lists it"
        faults.error("unlisted-content", message, None, "list it, or make it an artifact")
    for content in sorted(listed.keys() - drawn):
        element = listed[content]
        message = f"{element.role} lists content {content}, which no page draws"
        faults.warning("undrawn-content", message, element.span)


@dataclass(slots=True)
class StructureWriter:
    """Writes the tree of elements; afterwards ``owners`` and ``numbers`` make the parent tree."""

    pdf: pikepdf.Pdf
    pages: Sequence[pikepdf.Page]
    contents: Sequence[PageContent]
    heights: Sequence[Pt]
    annotated: Annotated
    files: Mapping[str, pikepdf.Object]
    faults: Faults
    owners: list[list[pikepdf.Object | None]] = field(default_factory=list)
    numbers: dict[int, pikepdf.Object] = field(default_factory=dict)
    ids: dict[str, pikepdf.Object] = field(default_factory=dict)
    _marks: dict[ContentId, list[tuple[int, int]]] = field(default_factory=dict)

    def write(self, root: Element) -> None:
        """Write the whole tree and hang it into the catalog."""
        self.owners = [[None] * len(page.marked) for page in self.contents]
        for index, page in enumerate(self.contents):
            for mcid, content in enumerate(page.marked):
                self._marks.setdefault(content, []).append((index, mcid))
        tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self._element(root, tree)])
        self._parent_tree(tree)
        if self.ids:
            names = [v for key in sorted(self.ids, key=str.encode) for v in (String(key), self.ids[key])]
            tree.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(names)))
        self.pdf.Root.StructTreeRoot = tree
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        node = self.pdf.make_indirect(self._node(element, parent))
        if element.id is not None:
            if element.id in self.ids:
                message = f"two elements have the id {element.id!r}"
                self.faults.error("repeated-id", message, element.span)
            self.ids[element.id] = node
        kids: list[pikepdf.Object | int] = []
        for child in element.children:
            kids += (
                [self._element(child, node)]
                if isinstance(child, Element)
                else self._content(child, element, node)
            )
        if len(kids) == 1:
            node.K = kids[0]
        elif kids:
            node.K = Array(kids)
        return node

    def _node(self, element: Element, parent: pikepdf.Object) -> Dictionary:
        node = Dictionary(Type=Name.StructElem, S=Name("/" + element.role), P=parent)
        for key, value in self._entries(element).items():
            node["/" + key] = value
        return node

    def _entries(self, element: Element) -> dict[str, pikepdf.Object]:
        entries: dict[str, pikepdf.Object] = {}
        texts = {
            "Alt": element.alt,
            "ActualText": element.actual,
            "Lang": element.lang,
            "T": element.title,
            "ID": element.id,
        }
        for key, text in texts.items():
            if text is not None:
                entries[key] = String(text)
        attributes = attributes_of(element, self._bounds(element))
        if attributes:
            entries["A"] = attributes[0] if len(attributes) == 1 else Array(attributes)
        if element.bounds is not None and element.bounds[0] < len(self.pages):
            entries["Pg"] = self.pages[element.bounds[0]].obj
        found = [self.files[name] for name in element.files if name in self.files]
        for name in element.files:
            if name not in self.files:
                message = f"{element.role} names the file {name!r}, which the report does not carry"
                self.faults.error("unknown-file", message, element.span)
        if found:
            entries["AF"] = Array(found)
        return entries

    def _bounds(self, element: Element) -> Array | None:
        if element.bounds is None or element.bounds[0] >= len(self.pages):
            return None
        index, x, y, width, height = element.bounds
        top = self.heights[index] - y
        return Array([round(v, 3) for v in (x, top - height, x + width, top)])

    def _content(
        self, content: ContentId, element: Element, node: pikepdf.Object
    ) -> list[pikepdf.Object | int]:
        """Return the kids of a content: its marked content and its links, in a Link element (ISO 14289-1, 7.18.5)."""
        links = self.annotated.get(content, ())
        if links and element.role != "Link":
            link = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=node))
            kids = self._marked(content, link) + self._references(links, link)
            link.K = Array(kids)
            return [link]
        return self._marked(content, node) + self._references(links, node)

    def _marked(self, content: ContentId, node: pikepdf.Object) -> list[pikepdf.Object | int]:
        kids: list[pikepdf.Object | int] = []
        page = None
        for index, mcid in self._marks.get(content, ()):
            self.owners[index][mcid] = node
            sheet = self.pages[index].obj
            if page is None:
                page = node.get("/Pg")
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
            kids.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.pages[index].obj))
        return kids

    def _parent_tree(self, tree: pikepdf.Object) -> None:
        """Write from page and MCID, and from annotation, back to the element (ISO 32000-1, 14.7.4.4)."""
        nums: list[pikepdf.Object | int] = []
        for index, owners in enumerate(self.owners):
            self.pages[index].obj.StructParents = index
            nums += [index, self.pdf.make_indirect(Array(owners))]
        for key in sorted(self.numbers):
            nums += [key, self.numbers[key]]
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(nums)))
        tree.ParentTreeNextKey = max([len(self.pages) - 1, *self.numbers]) + 1


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
