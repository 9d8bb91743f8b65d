"""Fonts as a finished file has them: widths, text, and the glyphs of the embedded file."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from reportgen.base.units import Mille

_ROW = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


@dataclass(slots=True)
class ReadFont:
    """A Type 0 font read back.

    Attributes:
        widths: by code, as the dictionary says; ``default`` for the others.
        text: by code, as ToUnicode says.
        glyphs: by code, the glyph of the embedded file.
        advances: by glyph, as the embedded file says; empty if no file is embedded.
        used: the codes that pages show.
    """

    name: str
    subtype: str
    widths: dict[int, Mille] = field(default_factory=dict)
    default: Mille = 1000.0
    text: dict[int, str] = field(default_factory=dict)
    glyphs: tuple[int, ...] = ()
    advances: tuple[Mille, ...] = ()
    ascent: Mille = 800.0
    descent: Mille = -200.0
    used: dict[int, None] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def embedded(self) -> bool:
        return bool(self.advances)


def read_font(font: pikepdf.Object) -> ReadFont:
    """Read a font; what is missing or broken is listed in its ``faults``."""
    read = ReadFont(str(font.get("/BaseFont", "/?"))[1:], str(font.get("/Subtype", "/?"))[1:])
    if read.subtype != "Type0" or "/DescendantFonts" not in font:
        read.faults.append("is not a Type 0 font")
        return read
    if font.get("/Encoding") != "/Identity-H":
        read.faults.append("has an encoding that is not read")
    descendant = font.DescendantFonts[0]
    read.widths = _widths(descendant.get("/W", pikepdf.Array()))
    read.default = float(descendant.get("/DW", 1000))
    if "/ToUnicode" in font:
        read.text = _text(font.ToUnicode.read_bytes())
    else:
        read.faults.append("has no ToUnicode map")
    _read_descriptor(read, descendant)
    places = descendant.get("/CIDToGIDMap")
    if isinstance(places, pikepdf.Stream):
        data = places.read_bytes()
        read.glyphs = struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])
    return read


def _read_descriptor(read: ReadFont, descendant: pikepdf.Object) -> None:
    descriptor = descendant.get("/FontDescriptor", pikepdf.Dictionary())
    read.ascent, read.descent = float(descriptor.get("/Ascent", 800)), float(descriptor.get("/Descent", -200))
    file = descriptor.get("/FontFile2")
    if not isinstance(file, pikepdf.Stream):
        read.faults.append("is not embedded")
        return
    try:
        read.advances = advances_of(file.read_bytes())
    except (ValueError, pikepdf.PdfError) as problem:
        read.faults.append(f"has a font file that cannot be read: {problem}")


def _widths(array: pikepdf.Object) -> dict[int, Mille]:
    """Return widths by code from a W array (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, Mille] = {}
    items = list(array)
    i = 0
    while i < len(items):
        first = int(items[i])
        if i + 1 < len(items) and isinstance(items[i + 1], pikepdf.Array):
            widths.update({first + n: float(w) for n, w in enumerate(items[i + 1])})
            i += 2
        elif i + 2 < len(items):
            widths.update(dict.fromkeys(range(first, int(items[i + 1]) + 1), float(items[i + 2])))
            i += 3
        else:
            break
    return widths


def _text(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _ROW.findall(block):
            found[int(code, 16)] = bytes.fromhex(text.decode("ascii")).decode("utf-16-be", "replace")
    return found


def advances_of(data: bytes) -> tuple[Mille, ...]:
    """Return the advance of every glyph of a TrueType file, in mille.

    Raises:
        ValueError: if it is no such file, or a table that advances need is not in it.
    """
    import uharfbuzz as hb

    face = hb.Face(data)
    missing = [tag for tag in ("head", "hhea", "hmtx", "maxp", "glyf") if not face.reference_table(tag).data]
    if missing:
        raise ValueError(f"it has no table {missing[0]}")
    font = hb.Font(face)
    return tuple(font.get_glyph_h_advance(glyph) * 1000 / face.upem for glyph in range(face.glyph_count))


def fonts_of(resources: pikepdf.Object, known: dict[tuple[int, int], ReadFont]) -> dict[str, ReadFont]:
    """Return the fonts of a resource dictionary by name; each font is read once a file."""
    found: dict[str, ReadFont] = {}
    for name, font in resources.get("/Font", pikepdf.Dictionary()).items():
        key = font.objgen
        if key not in known or key == (0, 0):
            known[key] = read_font(font)
        found[name[1:]] = known[key]
    return found


def font_faults(font: ReadFont) -> Iterator[str]:
    """Yield what is wrong with a font."""
    yield from font.faults
    if not font.embedded:
        return
    for code in sorted(font.used):
        glyph = font.glyphs[code] if code < len(font.glyphs) else code
        text = font.text.get(code, "")
        if glyph == 0 or glyph >= len(font.advances):
            yield f"has no glyph for code {code:04X} ({text!r})"
        elif code not in font.widths:
            yield f"has no width for code {code:04X} ({text!r})"
        elif abs(font.widths[code] - font.advances[glyph]) > 1:
            wide = f"its glyph is {font.advances[glyph]:g} wide"
            yield f"says {font.widths[code]:g} for code {code:04X} ({text!r}), {wide}"
        if not text or any(_is_unusable(char) for char in text):
            yield f"has no usable text for code {code:04X}"


def _is_unusable(char: str) -> bool:
    """Say whether a character means nothing: private use, replacement, byte order mark."""
    return "\ue000" <= char <= "\uf8ff" or ord(char) >= 0xF0000 or char in "\ufffd\ufeff\ufffe\0"
