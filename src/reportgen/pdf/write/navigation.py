"""Finding one's way: named destinations, links, bookmarks, page labels (ISO 32000-1, 12.3 and 12.4.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.diagnostics import Faults
from reportgen.base.frame import ContentId, OutlineEntry, Page
from reportgen.pdf.write.name_trees import hang_names
from reportgen.pdf.write.pagecontent import Annotated, LinkArea, WrittenPages

PRINTED = 4
"""The annotation flag Print, which PDF/A wants (ISO 19005-3, 6.3.2)."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def write_destinations(written: WrittenPages) -> dict[str, pikepdf.Object]:
    """Write every anchor as a named destination; return them by name."""
    places: dict[str, pikepdf.Object] = {}
    for page, content in zip(written.pages, written.contents, strict=True):
        for point in content.points:
            if point.name in places:
                message = f"two places have the anchor {point.name!r}"
                written.faults.error("repeated-anchor", message, None, "name each target once")
                continue
            target = Array([page.obj, Name.XYZ, round(point.x, 2), round(point.y, 2), None])
            places[point.name] = written.pdf.make_indirect(Dictionary(D=target))
    hang_names(written.pdf, "Dests", places)
    return places


def write_links(written: WrittenPages, places: Mapping[str, pikepdf.Object]) -> Annotated:
    """Write link annotations in page order, numbered for the parent tree after the pages; return them by content."""
    annotated: dict[ContentId, list[tuple[int, pikepdf.Object]]] = {}
    number = len(written.pages)
    for index, (page, content) in enumerate(zip(written.pages, written.contents, strict=True)):
        notes = []
        for area in content.links:
            if not _leads_somewhere(area, places, written.faults):
                continue
            assert area.content is not None
            note = written.pdf.make_indirect(_annotation(area, page, number))
            annotated.setdefault(area.content, []).append((index, note))
            notes.append(note)
            number += 1
        if notes:
            page.obj.Annots = Array(notes)
    return annotated


def _leads_somewhere(area: LinkArea, places: Mapping[str, pikepdf.Object], faults: Faults) -> bool:
    target = area.link.target
    if target.startswith("#") and target[1:] not in places:
        message = f"a link leads to {target}, which no page has"
        faults.error("unknown-anchor", message, area.span, "set an anchor of that name")
        return False
    if area.content is None:
        message = f"the link to {target} belongs to no content"
        faults.error("unlisted-content", message, area.span, "give it its words' content id")
        return False
    return True


def _annotation(area: LinkArea, page: pikepdf.Page, number: int) -> Dictionary:
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(v, 2) for v in area.box]),
        Border=Array([0, 0, 0]),
        F=PRINTED,
        P=page.obj,
        StructParent=number,
        Contents=String(area.link.description or area.link.target),
    )
    if area.link.target.startswith("#"):
        note.Dest = String(area.link.target[1:])
    else:
        note.A = Dictionary(S=Name.URI, URI=String(area.link.target))
    return note


def write_outline(
    written: WrittenPages, entries: Sequence[OutlineEntry], places: Mapping[str, pikepdf.Object]
) -> None:
    """Write the bookmarks."""
    if not entries:
        return
    root = written.pdf.make_indirect(Dictionary(Type=Name.Outlines))
    root.Count = _write_entries(written, root, entries, places)
    written.pdf.Root.Outlines = root
    written.pdf.Root.PageMode = Name.UseOutlines


def _write_entries(
    written: WrittenPages,
    parent: pikepdf.Object,
    entries: Sequence[OutlineEntry],
    places: Mapping[str, pikepdf.Object],
) -> int:
    """Write one level and return how many entries show when it is open (ISO 32000-1, table 153)."""
    nodes = [written.pdf.make_indirect(Dictionary(Title=String(e.title), Parent=parent)) for e in entries]
    parent.First, parent.Last = nodes[0], nodes[-1]
    shown = len(nodes)
    for i, (entry, node) in enumerate(zip(entries, nodes, strict=True)):
        name = entry.target.removeprefix("#")
        if name in places:
            node.Dest = String(name)
        else:
            message = f"the bookmark {entry.title!r} leads to {name!r}, which no page has"
            written.faults.error("unknown-anchor", message, None, "give what it names an id that is printed")
        if i:
            node.Prev, nodes[i - 1].Next = nodes[i - 1], node
        if entry.children:
            below = _write_entries(written, node, entry.children, places)
            node.Count = below if entry.open else -below
            shown += below if entry.open else 0
    return shown


def write_labels(pdf: pikepdf.Pdf, pages: Sequence[Page]) -> None:
    """Write page labels, a range for each run of pages whose folios count on."""
    nums: list[pikepdf.Object | int] = []
    expected: tuple[str, int | None] | None = None
    for index, page in enumerate(pages):
        style, count = _counted(page)
        if (style, count) != expected or count is None:
            nums += [index, _label(page, style, count)]
        expected = (style, count + 1) if count is not None else None
    if nums:
        pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=Array(nums)))


def _counted(page: Page) -> tuple[str, int | None]:
    if page.label_style == "decimal" and page.label.isdecimal():
        return "D", int(page.label) or None
    if page.label_style == "roman":
        return "r", roman_value(page.label)
    return "", None


def _label(page: Page, style: str, count: int | None) -> Dictionary:
    if count is None:
        return Dictionary(P=String(page.label))
    return Dictionary(S=Name("/" + style), St=count)


def roman_value(text: str) -> int | None:
    """Return the number a lower-case Roman numeral stands for, None if it is not one."""
    values = [_ROMAN.get(char, 0) for char in text.lower()]
    if not values or 0 in values:
        return None
    return sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))
