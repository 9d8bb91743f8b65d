"""Metadata as a finished file states them in XMP (ISO 16684-1), in any form that the standard allows."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import pikepdf

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # a faulty packet is told by our own findings


def read_xmp(pdf: pikepdf.Pdf) -> Mapping[str, object]:
    """Return a file's metadata by prefix and name, as in ``dc:title``; none if it has no packet that is XML."""
    if not isinstance(pdf.Root.get("/Metadata"), pikepdf.Stream):
        return {}
    try:
        return pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False, strict=True)
    except (ValueError, SyntaxError, pikepdf.PdfError):
        return {}


def property_of(packet: Mapping[str, object], name: str) -> str:
    """Return the text of a property, of the first item if it is an array; "" if it is absent."""
    found = packet.get(name, "")
    if isinstance(found, list | set):
        found = next(iter(found), "")
    return str(found or "").strip()
