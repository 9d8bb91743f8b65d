"""Read aloud: what a screen reader would read of a finished file, as text.

The structure tree is walked in its order. Blocks stand on lines of their own, indented by depth; what is spoken
instead of the marks (alternative and actual text) replaces them; a change of language and a link are shown in
angle brackets; artifacts are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import pikepdf

from reportgen.pdf.read.painted import Scan
from reportgen.pdf.read.scan import scan
from reportgen.pdf.read.structure_tree import Annotation, Claim, Key, Node

INLINE = ("Span", "Reference", "Link", "Quote", "BibEntry", "Code", "NonStruct")

Spoken: TypeAlias = Mapping[Key, Sequence[tuple[str, str | None]]]
"""The (text, language) pieces of every marked-content sequence, by page index and MCID."""


def read_aloud(data: bytes) -> str:
    """Return what a screen reader would read of a tagged file, "" if it has no structure.

    Raises:
        pikepdf.PdfError: if the bytes are not a PDF file, or its structure tree is broken.
    """
    scanned = scan(data)
    if scanned.tree.root is None:
        if "/StructTreeRoot" in scanned.pdf.Root:
            raise pikepdf.PdfError(scanned.tree.faults[0])
        return ""
    spoken, lang = _spoken(scanned), str(scanned.pdf.Root.get("/Lang", ""))
    lines = [line for element in scanned.tree.top for line in _block(element, 0, lang, spoken)]
    return "\n".join(lines) + "\n"


def _spoken(scanned: Scan) -> Spoken:
    found: dict[Key, list[tuple[str, str | None]]] = {}
    for page, mark in scanned.marks("text"):
        if mark.mcid is not None:
            found.setdefault((page.index, mark.mcid), []).append((mark.text.replace("\u00ad", ""), mark.lang))
    return found


def _block(element: Node, depth: int, above: str, spoken: Spoken) -> Iterator[str]:
    """Yield the lines of an element that stands by itself."""
    title = element.text("T")
    head = "  " * depth + element.role + (f" ⟨{element.lang}⟩" if element.lang != above else "")
    head += f" “{title}”" if title else ""
    text, below = _instead(element), []
    if text is None and element.role == "TR":
        text = " | ".join(
            ("*" if cell.role == "TH" else "") + _text(cell, spoken).strip() for cell in element.elements
        )
    elif text is None:
        below = [kid for kid in element.elements if kid.role not in INLINE]
        words = [_inline(kid, element.lang, spoken) for kid in element.kids if kid not in below]
        text = "".join(words).strip() or None
    yield head if text is None else f"{head}: {text}"
    for kid in below:
        yield from _block(kid, depth + 1, element.lang, spoken)


def _text(element: Node, spoken: Spoken) -> str:
    """Return an element's whole text, blocks inside it included."""
    instead = _instead(element)
    if instead is not None:
        return instead
    return "".join(_inline(kid, element.lang, spoken) for kid in element.kids)


def _inline(kid: Node | Claim | Annotation, lang: str, spoken: Spoken) -> str:
    """Return what one kid inside a line says."""
    if isinstance(kid, Annotation):
        return f"⟨link: {kid.obj.get('/Contents', '')!s}⟩"
    if isinstance(kid, Node):
        return _in_language(_text(kid, spoken), kid.lang, lang)
    pieces = spoken.get((kid.page, kid.mcid), ()) if kid.page is not None else ()
    return "".join(_in_language(text, own, lang) for text, own in pieces)


def _instead(element: Node) -> str | None:
    """Return what is spoken instead of an element's marks (ISO 32000-1, 14.9.3 and 14.9.4)."""
    return next((element.text(key) for key in ("Alt", "ActualText") if "/" + key in element.obj), None)


def _in_language(text: str, own: str | None, lang: str) -> str:
    return f"⟨{own}⟩{text}⟨/{own}⟩" if own and own != lang and text else text
