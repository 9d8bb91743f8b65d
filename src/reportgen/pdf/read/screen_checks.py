"""What PDF/UA-1 and PDF/A-3a ask of a screen file, where a check needs no more than the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

import pikepdf
from pikepdf import Name

from reportgen.base.diagnostics import Diagnostic
from reportgen.base.writing_systems import uses_han
from reportgen.pdf.profile import Profile
from reportgen.pdf.read.findings import at_mark, at_point, in_element, in_file, on_page
from reportgen.pdf.read.objects import each, entries_of, inside
from reportgen.pdf.read.painted import Scan, ScannedPage
from reportgen.pdf.read.structure_tree import Node
from reportgen.pdf.read.xmp import property_of, read_xmp

_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KIDS = {
    "L": ("LI", "L", "Caption"), "LI": ("Lbl", "LBody"), "TOC": ("TOCI", "TOC", "Caption"), "TR": ("TH", "TD"),
}  # fmt: skip
_PARENTS = {
    "LI": ("L",), "Lbl": ("LI", "Note", "Caption", "TOCI"), "LBody": ("LI",), "TOCI": ("TOC",),
    "TR": ("Table", "THead", "TBody", "TFoot"), "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",),
}  # fmt: skip
_HEADING = re.compile(r"H([1-6])\Z")


def check_identification(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """PDF 1.7 that names both standards, with a title that the window shows, a language, an sRGB output intent."""
    pdf, root, packet = scanned.pdf, scanned.pdf.Root, read_xmp(scanned.pdf)
    expected = {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
    said = {
        f"the metadata does not say {name} = {value}": property_of(packet, name) == value
        for name, value in expected.items()
    }
    said["the file is encrypted"] = not pdf.is_encrypted
    said["the metadata has no title"] = bool(property_of(packet, "dc:title"))
    said["the information dictionary has no title"] = bool(str(inside(pdf.trailer, "Info").get("/Title", "")))
    shown = inside(root, "ViewerPreferences").get("/DisplayDocTitle", False)
    said["the window would show the file's name, not its title"] = bool(shown)
    said["the file does not say that it is tagged"] = bool(inside(root, "MarkInfo").get("/Marked", False))
    intents = [intent for intent in each(root, "OutputIntents") if intent.get("/S") == Name.GTS_PDFA1]
    whole = len(intents) == 1 and "/DestOutputProfile" in intents[0]
    said["the file has no PDF/A output intent with a profile"] = whole
    yield from (
        in_file(scanned, "ua.identification", message) for message, right in said.items() if not right
    )


def check_languages(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Every language tag is well formed, and Han characters stand in a language written with them."""
    rule, tree = "ua.language", scanned.tree
    root = str(scanned.pdf.Root.get("/Lang", ""))
    if not _LANG.match(root):
        yield in_file(scanned, rule, f"the document's language is {root!r}")
    for element in tree.elements:
        if "/Lang" in element.obj and not _LANG.match(element.lang):
            yield in_element(scanned, element, rule, f"{element.role} has the language {element.lang!r}")
    owners = {key: found[0].lang for key, found in tree.marked.items()}
    for page, mark in scanned.marks("text"):
        if mark.mcid is None or not _HAN.search(mark.text):
            continue
        lang = mark.lang or owners.get((page.index, mark.mcid), root)
        if not uses_han(lang):
            yield at_mark(page, mark, rule, f"is Chinese, but its language is said to be {lang!r}")


def check_tagging(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Everything painted is content or artifact, never both (ISO 14289-1, 7.1)."""
    rule = "ua.tagging"
    for page, mark in scanned.marks():
        tagged, artifact = mark.mcid is not None, mark.artifact
        if tagged == artifact:
            both = "both tagged and" if tagged else "neither tagged nor"
            yield at_mark(page, mark, rule, f"a {mark.kind} is {both} an artifact")
    for page in scanned.pages:
        if page.obj.get("/Tabs") != Name.S and page.annotations:
            yield on_page(page, rule, "the tab order does not follow the structure")


def check_alternatives(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Figures and formulas say in words what they show, and where they stand."""
    rule = "ua.alternative"
    for element in scanned.tree.elements:
        if element.role in ("Figure", "Formula") and not (
            element.text("Alt").strip() or "/ActualText" in element.obj
        ):
            yield in_element(scanned, element, rule, f"a {element.role} has no alternative text")
        if element.role == "Figure" and "/BBox" not in element.attributes("Layout"):
            yield in_element(scanned, element, rule, "a Figure does not say where it stands")


def check_headings(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Headings start at H1 and never skip a level on the way down (ISO 14289-1, 7.4.2)."""
    last = 0
    for element in scanned.tree.elements:
        found = _HEADING.match(element.role)
        if found:
            level = int(found[1])
            if level > last + 1:
                before = f"H{last}" if last else "no heading"
                yield in_element(scanned, element, "ua.headings", f"H{level} follows {before}")
            last = level


def check_lists(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Lists hold items, items hold labels and bodies, contents hold entries (ISO 32000-1, 14.8.4.3)."""
    for element in scanned.tree.elements:
        role, parent = element.role, element.above.role if element.above else "?"
        if role in _PARENTS and parent not in _PARENTS[role]:
            yield in_element(scanned, element, "ua.nesting", f"{role} stands in {parent}")
        for kid in element.elements if role in _KIDS else ():
            if kid.role not in _KIDS[role]:
                yield in_element(scanned, kid, "ua.nesting", f"{kid.role} stands in {role}")


def check_tables(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Tables are regular and every data cell has headers."""
    elements = scanned.tree.elements
    ids = {element.text("ID") for element in elements if "/ID" in element.obj}
    tables = [element for element in elements if element.role == "Table"]
    yield from (
        in_element(scanned, table, "ua.table", fault)
        for table in tables
        for fault in _table_faults(table, ids)
    )


def _table_faults(table: Node, ids: Set[str]) -> Iterator[str]:
    """Yield what is wrong with a table: uneven rows, cells that lack headers, headers that lack a scope."""
    rows = list(_rows(table))
    widths = {len(row) for row in _grid(rows)}
    if len(widths) > 1:
        yield f"a table's rows have {' and '.join(str(w) for w in sorted(widths))} columns"
    cells = [cell for row in rows for cell in row]
    if not any(cell.role == "TH" for cell in cells):
        yield "a table has no header cells"
    for cell in cells:
        own = cell.attributes("Table")
        if cell.role == "TH" and "/Scope" not in own:
            yield "a header cell has no scope"
        for name in each(own, "Headers"):
            if str(name) not in ids:
                yield f"a cell names the header {str(name)!r}, which is not there"


def _rows(table: Node) -> Iterator[list[Node]]:
    for kid in table.elements:
        if kid.role == "TR":
            yield kid.elements
        elif kid.role in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)


def _grid(rows: list[list[Node]]) -> list[set[int]]:
    """Return the columns that each row fills, cells that span rows included."""
    filled: list[set[int]] = [set() for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            own = cell.attributes("Table")
            while x in filled[y]:
                x += 1
            across, down = int(own.get("/ColSpan", 1)), int(own.get("/RowSpan", 1))
            for below in range(y, min(y + down, len(rows))):
                filled[below].update(range(x, x + across))
            x += across
    return filled


def check_notes(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Every note has an id of its own (ISO 14289-1, 7.9)."""
    for element in scanned.tree.elements:
        if element.role == "Note" and not element.text("ID"):
            yield in_element(scanned, element, "ua.note", "a Note has no id")


def check_links(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Every link says what it is, stands in a Link element, prints, and leads somewhere that exists."""
    places = _destinations(scanned)
    for page in scanned.pages:
        for note in page.annotations:
            for message in _link_faults(note, scanned, places):
                yield _at_link(page, note, scanned, message)


def _at_link(page: ScannedPage, note: pikepdf.Object, scanned: Scan, message: str) -> Diagnostic:
    """Return a finding about a link; it names what the link stands in."""
    owners = scanned.tree.annotated.get(note.objgen, [])
    subject = scanned.names.of(owners[0]) if owners else None
    corners = [float(side) for side in note.get("/Rect", (0.0, 0.0, 0.0, 0.0))]
    x, y = corners[0] - page.trim.left, page.trim.top - corners[3]
    return at_point(page, "ua.link", message, x, y, subject)


def _link_faults(note: pikepdf.Object, scanned: Scan, places: Set[str]) -> Iterator[str]:
    if note.get("/Subtype") != Name.Link:
        yield f"has an annotation of type {note.get('/Subtype')}"
        return
    if not str(note.get("/Contents", "")).strip():
        yield "a link has no description"
    if not int(note.get("/F", 0)) & 4:
        yield "a link is not set to print"
    if any(owner.role != "Link" for owner in scanned.tree.annotated.get(note.objgen, ())):
        yield "a link does not stand in a Link element"
    if "/Dest" in note and str(note.Dest) not in places:
        yield f"a link leads to {str(note.Dest)!r}, which is not there"
    elif "/Dest" not in note and "/A" not in note:
        yield "a link leads nowhere"


def _destinations(scanned: Scan) -> set[str]:
    return {str(name) for name, _ in entries_of(inside(scanned.pdf.Root, "Names", "Dests"), "Names")}


def check_outline(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Bookmarks lead somewhere that exists."""
    places = _destinations(scanned)
    todo = each(inside(scanned.pdf.Root, "Outlines"), "First")
    seen: set[tuple[int, int]] = set()
    while todo:
        node = todo.pop()
        title = str(node.get("/Title", ""))
        if node.objgen in seen:
            yield in_file(scanned, "ua.outline", f"the bookmark {title!r} stands twice in the outline")
            continue
        seen.add(node.objgen)
        if str(node.get("/Dest", "")) not in places:
            yield in_file(scanned, "ua.outline", f"the bookmark {title!r} leads nowhere")
        todo += each(node, "Next") + each(node, "First")


def check_files(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Embedded files are associated with the document or an element, and say what they are (ISO 19005-3, 6.8)."""
    rule, root = "a3.files", scanned.pdf.Root
    holders = [root, *(element.obj for element in scanned.tree.elements)]
    linked = {file.objgen for holder in holders for file in each(holder, "AF")}
    for _key, file in entries_of(inside(root, "Names", "EmbeddedFiles"), "Names"):
        name = str(file.get("/UF", ""))
        if file.objgen not in linked:
            yield in_file(scanned, rule, f"the file {name!r} is associated with nothing")
        if "/AFRelationship" not in file or not name or "/F" not in file:
            yield in_file(scanned, rule, f"the file {name!r} does not say what it is to the document")
        if "/Subtype" not in inside(file, "EF", "F"):
            yield in_file(scanned, rule, f"the file {name!r} has no media type")
