"""What PDF/UA-1 and PDF/A-3a ask of a screen file, where a check needs no more than the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

from reportgen.base.writing_systems import uses_han
from reportgen.pdf.read.agreement import Tree, kids_of, role_of
from reportgen.pdf.read.findings import Finding, at_mark, on_page
from reportgen.pdf.read.fontread import font_faults
from reportgen.pdf.read.painted import Scan
from reportgen.pdf.read.tablecheck import check_table
from reportgen.pdf.read.xmp import property_of, read_xmp

_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KIDS = {
    "L": ("LI", "L", "Caption"),
    "LI": ("Lbl", "LBody"),
    "TOC": ("TOCI", "TOC", "Caption"),
    "TR": ("TH", "TD"),
}
_PARENTS = {
    "LI": ("L",), "Lbl": ("LI", "Note", "Caption", "TOCI"), "LBody": ("LI",), "TOCI": ("TOC",),
    "TR": ("Table", "THead", "TBody", "TFoot"), "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",),
}  # fmt: skip
_HEADING = re.compile(r"H([1-6])\Z")


def check_identification(scanned: Scan, _: Tree) -> Iterator[Finding]:
    """PDF 1.7 that names both standards, with a title that the window shows, a language, an sRGB output intent."""
    rule = "ua.identification"
    pdf, packet = scanned.pdf, read_xmp(scanned.pdf)
    expected = {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
    for name, value in expected.items():
        if property_of(packet, name) != value:
            yield Finding(rule, f"the metadata does not say {name} = {value}")
    if pdf.is_encrypted:
        yield Finding(rule, "the file is encrypted")
    if not property_of(packet, "dc:title"):
        yield Finding(rule, "the metadata has no title")
    if not str(pdf.trailer.get("/Info", pikepdf.Dictionary()).get("/Title", "")):
        yield Finding(rule, "the information dictionary has no title")
    if not bool(pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False)):
        yield Finding(rule, "the window would show the file's name, not its title")
    if not bool(pdf.Root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)):
        yield Finding(rule, "the file does not say that it is tagged")
    intents = [i for i in pdf.Root.get("/OutputIntents", pikepdf.Array()) if i.get("/S") == Name.GTS_PDFA1]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield Finding(rule, "the file has no PDF/A output intent with a profile")


def check_languages(scanned: Scan, tree: Tree) -> Iterator[Finding]:
    """Every language tag is well formed, and Han characters stand in a language written with them."""
    rule = "ua.language"
    root = str(scanned.pdf.Root.get("/Lang", ""))
    if not _LANG.match(root):
        yield Finding(rule, f"the document's language is {root!r}")
    for element in tree.elements:
        if "/Lang" in element and not _LANG.match(str(element.Lang)):
            yield Finding(rule, f"{role_of(element)} has the language {str(element.Lang)!r}")
    owners = {key: languages_of(found[0], root) for key, found in tree.marked.items()}
    for page in scanned.pages:
        for mark in page.marks:
            if mark.kind != "text" or mark.mcid is None or not _HAN.search(mark.text):
                continue
            lang = mark.lang or owners.get((page.index, mark.mcid), root)
            if not uses_han(lang):
                yield at_mark(page, mark, rule, f"is Chinese, but its language is said to be {lang!r}")


def languages_of(element: pikepdf.Object, default: str) -> str:
    """Return the language of an element: its own, or that of the nearest element above that has one."""
    node: pikepdf.Object | None = element
    while node is not None and "/S" in node:
        if "/Lang" in node:
            return str(node.Lang)
        node = node.get("/P")
    return default


def check_tagging(scanned: Scan, _: Tree) -> Iterator[Finding]:
    """Everything painted is content or artifact, never both (ISO 14289-1, 7.1)."""
    rule = "ua.tagging"
    for page in scanned.pages:
        for mark in page.marks:
            if mark.mcid is None and not mark.artifact:
                yield at_mark(page, mark, rule, f"a {mark.kind} is neither tagged nor an artifact")
            elif mark.mcid is not None and mark.artifact:
                yield at_mark(page, mark, rule, f"a {mark.kind} is both tagged and an artifact")
        if page.page.obj.get("/Tabs") != Name.S and len(page.page.obj.get("/Annots", ())):
            yield on_page(page, rule, "the tab order does not follow the structure")


def check_alternatives(_: Scan, tree: Tree) -> Iterator[Finding]:
    """Figures and formulas say in words what they show, and where they stand."""
    rule = "ua.alternative"
    for element in tree.elements:
        role = role_of(element)
        if role in ("Figure", "Formula") and not (
            str(element.get("/Alt", "")).strip() or "/ActualText" in element
        ):
            yield Finding(
                rule, f"a {role} has no alternative text", hint="give the chart or picture a description"
            )
        if role == "Figure" and "/BBox" not in attributes_of(element, "Layout"):
            yield Finding(rule, "a Figure does not say where it stands")


def attributes_of(element: pikepdf.Object, owner: str) -> pikepdf.Object:
    """Return an element's attributes of an owner, an empty dictionary if it has none."""
    found = element.get("/A")
    objects = list(found) if isinstance(found, pikepdf.Array) else [found] if found is not None else []
    for entry in objects:
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/O") == Name("/" + owner):
            return entry
    return pikepdf.Dictionary()


def check_headings(_: Scan, tree: Tree) -> Iterator[Finding]:
    """Headings start at H1 and never skip a level on the way down (ISO 14289-1, 7.4.2)."""
    last = 0
    for element in tree.elements:
        found = _HEADING.match(role_of(element))
        if found:
            level = int(found[1])
            if level > last + 1:
                yield Finding("ua.headings", f"H{level} follows {'H' + str(last) if last else 'no heading'}")
            last = level


def check_lists(_: Scan, tree: Tree) -> Iterator[Finding]:
    """Lists hold items, items hold labels and bodies, contents hold entries (ISO 32000-1, 14.8.4.3)."""
    for element in tree.elements:
        role, parent = role_of(element), role_of(element.P)
        if role in _PARENTS and parent not in _PARENTS[role]:
            yield Finding("ua.nesting", f"{role} stands in {parent}")
        for kid in kids_of(element) if role in _KIDS else ():
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid and role_of(kid) not in _KIDS[role]:
                yield Finding("ua.nesting", f"{role_of(kid)} stands in {role}")


def check_tables(_: Scan, tree: Tree) -> Iterator[Finding]:
    """Tables are regular and every data cell has headers."""
    ids = {str(e.ID) for e in tree.elements if "/ID" in e}
    for element in tree.elements:
        if role_of(element) == "Table":
            yield from (Finding("ua.table", message) for message in check_table(element, ids, attributes_of))


def check_notes(_: Scan, tree: Tree) -> Iterator[Finding]:
    """Every note has an id of its own (ISO 14289-1, 7.9)."""
    for element in tree.elements:
        if role_of(element) == "Note" and not str(element.get("/ID", "")):
            yield Finding("ua.note", "a Note has no id")


def check_links(scanned: Scan, tree: Tree) -> Iterator[Finding]:
    """Every link says what it is, stands in a Link element, prints, and leads somewhere that exists."""
    rule = "ua.link"
    places = destinations_of(scanned.pdf)
    for page in scanned.pages:
        for note in page.page.obj.get("/Annots", pikepdf.Array()):
            if note.get("/Subtype") != Name.Link:
                yield on_page(page, rule, f"has an annotation of type {note.get('/Subtype')}")
                continue
            if not str(note.get("/Contents", "")).strip():
                yield on_page(page, rule, "a link has no description")
            if not int(note.get("/F", 0)) & 4:
                yield on_page(page, rule, "a link is not set to print")
            if any(role_of(owner) != "Link" for owner in tree.annotations.get(note.objgen, [])):
                yield on_page(page, rule, "a link does not stand in a Link element")
            if "/Dest" in note and str(note.Dest) not in places:
                yield on_page(page, rule, f"a link leads to {str(note.Dest)!r}, which is not there")
            elif "/Dest" not in note and "/A" not in note:
                yield on_page(page, rule, "a link leads nowhere")


def destinations_of(pdf: pikepdf.Pdf) -> set[str]:
    """Return the names of the file's destinations."""
    names = (
        pdf.Root.get("/Names", pikepdf.Dictionary())
        .get("/Dests", pikepdf.Dictionary())
        .get("/Names", pikepdf.Array())
    )
    return {str(name) for name in list(names)[::2]}


def check_outline(scanned: Scan, _: Tree) -> Iterator[Finding]:
    """Bookmarks lead somewhere that exists."""
    places = destinations_of(scanned.pdf)
    todo = [scanned.pdf.Root.get("/Outlines", pikepdf.Dictionary()).get("/First")]
    while todo:
        node = todo.pop()
        if node is None:
            continue
        if str(node.get("/Dest", "")) not in places:
            yield Finding("ua.outline", f"the bookmark {str(node.get('/Title', ''))!r} leads nowhere")
        todo += [node.get("/Next"), node.get("/First")]


def check_files(scanned: Scan, tree: Tree) -> Iterator[Finding]:
    """Embedded files are associated with the document or an element, and say what they are (ISO 19005-3, 6.8)."""
    rule = "a3.files"
    names = scanned.pdf.Root.get("/Names", pikepdf.Dictionary())
    files = list(names.get("/EmbeddedFiles", pikepdf.Dictionary()).get("/Names", pikepdf.Array()))[1::2]
    linked = {f.objgen for f in scanned.pdf.Root.get("/AF", pikepdf.Array())}
    linked |= {f.objgen for e in tree.elements for f in e.get("/AF", pikepdf.Array())}
    for file in files:
        name = str(file.get("/UF", ""))
        if file.objgen not in linked:
            yield Finding(rule, f"the file {name!r} is associated with nothing")
        if "/AFRelationship" not in file or not name or "/F" not in file:
            yield Finding(rule, f"the file {name!r} does not say what it is to the document")
        if "/Subtype" not in file.get("/EF", pikepdf.Dictionary()).get("/F", pikepdf.Dictionary()):
            yield Finding(rule, f"the file {name!r} has no media type")


def check_fonts(scanned: Scan, _: Tree) -> Iterator[Finding]:
    """The same as on the press: embedded, with right widths, and a text for every code."""
    for font in scanned.fonts.values():
        if font.used or font.faults:
            yield from (Finding("fonts", f"{font.name} {message}") for message in font_faults(font))


def check_streams(scanned: Scan, _: Tree) -> Iterator[Finding]:
    """Content streams are well formed."""
    for page in scanned.pages:
        for fault in page.faults:
            yield on_page(page, "content", f"the content stream cannot be understood: {fault}")
