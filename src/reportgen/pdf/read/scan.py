"""Scan: a finished file back to what it paints, mark by mark."""

from __future__ import annotations

import io

import pikepdf

from reportgen.base.diagnostics import Result, Span, error
from reportgen.pdf.read.fontread import ReadFont
from reportgen.pdf.read.interpreter import Interpreter
from reportgen.pdf.read.operator_table import OPERATORS
from reportgen.pdf.read.painted import Scan, ScannedPage

BROKEN = (AttributeError, LookupError, TypeError, ValueError, pikepdf.PdfError, pikepdf.PasswordError)
"""What reading an object of another type than the standard asks for raises."""


def scan(data: bytes, *, glyphs: bool = False) -> Scan:
    """Scan a file.

    Args:
        glyphs: whether text marks say where each of their glyphs stands.

    Raises:
        pikepdf.PdfError: if it is not a PDF file that can be opened.
    """
    fonts: dict[tuple[int, int], ReadFont] = {}
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        pages = [_scan_page(index, page, fonts, glyphs) for index, page in enumerate(pdf.pages)]
    except BROKEN as problem:
        # pikepdf names the stream before what is wrong with it
        raise pikepdf.PdfError(str(problem).rpartition(">: ")[2]) from problem
    return Scan(pdf, pages, fonts)


def scan_or_fault(data: bytes, file: str, *, glyphs: bool = False) -> Result[Scan | None]:
    """Scan a file of that name; one that cannot be opened is a diagnostic."""
    try:
        return Result(scan(data, glyphs=glyphs))
    except pikepdf.PdfError as problem:
        message = f"the file cannot be read: {problem}"
        return Result(
            None, (error("unreadable-file", message, Span(file), "name a PDF that reportgen has built"),)
        )


def _scan_page(
    index: int, page: pikepdf.Page, fonts: dict[tuple[int, int], ReadFont], glyphs: bool
) -> ScannedPage:
    scanned = ScannedPage(index, page, page.label)
    contents = page.obj.get("/Contents", pikepdf.Array())
    try:
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        data = b"\n".join(stream.read_bytes() for stream in streams)
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        Interpreter(scanned, resources, fonts, glyphs, OPERATORS).run(data)
    except BROKEN as problem:
        scanned.fault(f"an object is broken: {problem}")
    return scanned
