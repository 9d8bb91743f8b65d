"""Scan: a finished file back to what it paints, mark by mark."""

from __future__ import annotations

import io

import pikepdf

from reportgen.base.diagnostics import Faults, Span
from reportgen.pdf.read.fontread import ReadFont
from reportgen.pdf.read.interpreter import Interpreter
from reportgen.pdf.read.naming import Locate, Names
from reportgen.pdf.read.objects import each, inside
from reportgen.pdf.read.operator_table import OPERATORS
from reportgen.pdf.read.painted import Scan, ScannedPage
from reportgen.pdf.read.structure_tree import Tree, read_tree

BROKEN = (
    AttributeError,
    RecursionError,
    LookupError,
    TypeError,
    ValueError,
    pikepdf.PdfError,
    pikepdf.PasswordError,
)
"""What reading an object of another type than the standard asks for raises."""


def scan(
    data: bytes, file: str = "report.pdf", *, glyphs: bool = False, locate: Locate | None = None
) -> Scan:
    """Scan a file of that name.

    Args:
        glyphs: whether text marks say where each of their glyphs stands.
        locate: says what stands at a place of its pages, where whoever has laid them out is at hand.

    Raises:
        pikepdf.PdfError: if it is not a PDF file that can be opened.
    """
    fonts: dict[tuple[int, int], ReadFont] = {}
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        if not len(pdf.pages):
            raise ValueError("it has no pages")
        pages = [_scan_page(file, index, page, fonts, glyphs) for index, page in enumerate(pdf.pages)]
    except BROKEN as problem:
        # pikepdf names the stream before what is wrong with it
        raise pikepdf.PdfError(str(problem).rpartition(": ")[2]) from problem
    try:
        tree = read_tree(pdf.Root, {page.obj.objgen: page.index for page in pages})
    except BROKEN as problem:
        tree = Tree(faults=[f"the structure tree is broken: {problem}"])
    names = Names(pages, tree, locate)
    for page in pages:
        page.names = names
    return Scan(file, pdf, pages, fonts, tree, names)


def scan_or_fault(data: bytes, file: str, faults: Faults, *, glyphs: bool = False) -> Scan | None:
    """Scan a file of that name; one that cannot be opened is a fault."""
    try:
        return scan(data, file, glyphs=glyphs)
    except pikepdf.PdfError as problem:
        hint = "name a PDF that reportgen has built"
        faults.error("unreadable-file", f"the file cannot be read: {problem}", Span(file), hint)
        return None


def _scan_page(
    file: str, index: int, page: pikepdf.Page, fonts: dict[tuple[int, int], ReadFont], glyphs: bool
) -> ScannedPage:
    scanned = ScannedPage(file, index, page.obj, page.label)
    try:
        data = b"\n".join(stream.read_bytes() for stream in each(page.obj, "Contents"))
        Interpreter(scanned, inside(page.obj, "Resources"), fonts, glyphs, OPERATORS).run(data)
    except BROKEN as problem:
        scanned.fault(f"an object is broken: {problem}")
    return scanned
