"""Name trees (ISO 32000-1, 7.9.6) and the dictionary of the catalog that most of them hang in."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, String


def name_tree(pdf: pikepdf.Pdf, entries: Mapping[str, pikepdf.Object]) -> pikepdf.Object:
    """Return a name tree of one leaf, its names in the order of their bytes."""
    pairs = [value for name in sorted(entries, key=str.encode) for value in (String(name), entries[name])]
    return pdf.make_indirect(Dictionary(Names=Array(pairs)))


def hang_names(pdf: pikepdf.Pdf, key: str, entries: Mapping[str, pikepdf.Object]) -> None:
    """Hang a name tree into the catalog's names, unless it is empty."""
    if entries:
        tree = name_tree(pdf, entries)
        if "/Names" not in pdf.Root:
            pdf.Root.Names = pdf.make_indirect(Dictionary())
        pdf.Root.Names["/" + key] = tree
