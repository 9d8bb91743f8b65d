"""Scan: a finished file back to what it paints, mark by mark."""

from __future__ import annotations

import io

import pikepdf

from reportgen.pdf.read.fontread import ReadFont
from reportgen.pdf.read.interpreter import Interpreter
from reportgen.pdf.read.operator_table import OPERATORS
from reportgen.pdf.read.painted import Scan, ScannedPage

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def scan(data: bytes, *, glyphs: bool = False) -> Scan:
    """Scan a file.

    Args:
        glyphs: whether text marks say where each of their glyphs stands.

    Raises:
        pikepdf.PdfError: if it is not a PDF file that can be opened.
    """
    pdf = pikepdf.open(io.BytesIO(data))
    fonts: dict[tuple[int, int], ReadFont] = {}
    pages = [_scan_page(index, page, fonts, glyphs) for index, page in enumerate(pdf.pages)]
    return Scan(pdf, pages, fonts)


def _scan_page(
    index: int, page: pikepdf.Page, fonts: dict[tuple[int, int], ReadFont], glyphs: bool
) -> ScannedPage:
    _inherit(page.obj)
    scanned = ScannedPage(index, page, page.label)
    contents = page.obj.get("/Contents")
    if contents is None:
        return scanned
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams)
    Interpreter(scanned, page.obj.get("/Resources", pikepdf.Dictionary()), fonts, glyphs, OPERATORS).run(data)
    return scanned


def _inherit(page: pikepdf.Object) -> None:
    """Give a page what it inherits from the nodes above it (ISO 32000-1, 7.7.3.4)."""
    for key in _INHERITED:
        node = page
        while key not in node and "/Parent" in node:
            node = node.Parent
        if node is not page and key in node:
            page[key] = node[key]
