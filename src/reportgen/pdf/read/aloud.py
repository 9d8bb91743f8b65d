"""Read aloud: what a screen reader would read of a finished file, as text.

The structure tree is walked in its order. Blocks stand on lines of their own, indented by depth; what is spoken
instead of the marks (alternative and actual text) replaces them; a change of language and a link are shown in
angle brackets; artifacts are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Name

from reportgen.pdf.read.agreement import kids_of, role_of
from reportgen.pdf.read.painted import Scan
from reportgen.pdf.read.scan import BROKEN, scan

INLINE = ("Span", "Reference", "Link", "Quote", "BibEntry", "Code", "NonStruct")


def read_aloud(data: bytes) -> str:
    """Return what a screen reader would read of a tagged file, "" if it has no structure.

    Raises:
        pikepdf.PdfError: if the bytes are not a PDF file, or its structure tree is broken.
    """
    scanned = scan(data)
    root = scanned.pdf.Root.get("/StructTreeRoot")
    if root is None:
        return ""
    reader = _Reader(_spoken(scanned), {p.page.obj.objgen: p.index for p in scanned.pages})
    lang = str(scanned.pdf.Root.get("/Lang", ""))
    lines: list[str] = []
    try:
        for kid in kids_of(root):
            lines += reader.block(kid, 0, lang, None)
    except BROKEN as problem:
        raise pikepdf.PdfError(f"the structure tree is broken: {problem}") from problem
    return "\n".join(lines) + "\n"


def _spoken(scanned: Scan) -> dict[tuple[int, int], list[tuple[str, str | None]]]:
    """Return the (text, language) pieces of every marked-content sequence."""
    found: dict[tuple[int, int], list[tuple[str, str | None]]] = {}
    for mark in scanned.marks():
        if mark.kind == "text" and mark.mcid is not None:
            found.setdefault((mark.page, mark.mcid), []).append((mark.text.replace("\u00ad", ""), mark.lang))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    spoken: dict[tuple[int, int], list[tuple[str, str | None]]]
    pages: dict[tuple[int, int], int]

    def block(self, element: pikepdf.Object, depth: int, above: str, page: int | None) -> Iterator[str]:
        """Yield the lines of an element that stands by itself."""
        lang, page = str(element.get("/Lang", above)), self._page_of(element, page)
        role = role_of(element)
        head = "  " * depth + role + (f" ⟨{lang}⟩" if lang != above else "")
        title = str(element.get("/T", ""))
        head += f" “{title}”" if title else ""
        instead = _instead(element)
        if instead is not None:
            yield f"{head}: {instead}"
            return
        if role == "TR":
            yield f"{head}: {self._row(element, lang, page)}"
            return
        words: list[str] = []
        below: list[pikepdf.Object] = []
        for kid in kids_of(element):
            if _is_block(kid):
                below.append(kid)
            else:
                words.append(self._inline(kid, lang, page))
        text = "".join(words).strip()
        yield f"{head}: {text}" if text else head
        for kid in below:
            yield from self.block(kid, depth + 1, lang, page)

    def _row(self, row: pikepdf.Object, lang: str, page: int | None) -> str:
        cells = [kid for kid in kids_of(row) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        return " | ".join(
            ("*" if role_of(cell) == "TH" else "") + self._text(cell, lang, page).strip() for cell in cells
        )

    def _text(self, element: pikepdf.Object, above: str, page: int | None) -> str:
        """Return an element's whole text, blocks inside it included."""
        instead = _instead(element)
        if instead is not None:
            return instead
        lang, page = str(element.get("/Lang", above)), self._page_of(element, page)
        return "".join(self._inline(kid, lang, page) for kid in kids_of(element))

    def _inline(self, kid: pikepdf.Object, lang: str, page: int | None) -> str:
        """Return what one kid inside a line says."""
        if isinstance(kid, int):
            return "".join(
                _in_language(text, own, lang) for text, own in self.spoken.get((page or 0, kid), ())
            )
        if kid.get("/Type") == Name.MCR:
            index = self.pages.get(kid.Pg.objgen, page or 0) if "/Pg" in kid else page or 0
            pieces = self.spoken.get((index, int(kid.MCID)), ())
            return "".join(_in_language(text, own, lang) for text, own in pieces)
        if kid.get("/Type") == Name.OBJR:
            return f"⟨link: {kid.Obj.get('/Contents', '')!s}⟩"
        own = str(kid.get("/Lang", lang))
        return _in_language(self._text(kid, lang, page), own if own != lang else None, lang)

    def _page_of(self, element: pikepdf.Object, above: int | None) -> int | None:
        return self.pages.get(element.Pg.objgen, above) if "/Pg" in element else above


def _instead(element: pikepdf.Object) -> str | None:
    """Return what is spoken instead of an element's marks (ISO 32000-1, 14.9.3 and 14.9.4)."""
    for key in ("/Alt", "/ActualText"):
        if key in element:
            return str(element[key])
    return None


def _is_block(kid: pikepdf.Object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid and role_of(kid) not in INLINE


def _in_language(text: str, own: str | None, lang: str) -> str:
    return f"⟨{own}⟩{text}⟨/{own}⟩" if own and own != lang and text else text
