"""Fonts in the file: Type 0 fonts by glyph id (ISO 32000-1, 9.7), subset by HarfBuzz.

Each (glyph, text) pair gets a code of its own and a CIDToGIDMap says which glyph of the subset it is. So one
glyph that is drawn for two characters extracts as the right one each time, and content can be written before
the subset is known. Text comes from what was set, never from reading the font's character map backwards.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.units import Mille
from reportgen.pdf.write.numbers import number
from reportgen.pdf.write.sfnt import Variant, add_variants, tables_of
from reportgen.text.faces import Face

DROPPED_TABLES = (
    "BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "DSIG", "gasp", "meta", "name", "vhea", "vmtx", "kern", "cmap",
    "OS/2", "post",
)  # fmt: skip
LEVEL = 6
"""How hard Flate tries: 9 saves one part in a hundred for half as much time again."""

PREDICTED_UP = b"\x02"
"""The tag of a row that differs from the row above by its bytes (ISO 32000-1, 7.4.4.4)."""

SYMBOLIC, ITALIC = 1 << 2, 1 << 6
ZERO_WIDTH_SPACE = "\u200b"


class Code(NamedTuple):
    """How a glyph is written.

    Attributes:
        hex: its code in hexadecimal.
        width: how far the viewer moves after it.
        shift: how far its ink was moved when it was made half-width.
        glyph: which glyph of the full face it shows.
    """

    hex: str
    width: Mille
    shift: Mille
    glyph: int


class _Coded(NamedTuple):
    glyph: int
    text: str
    variant: Variant | None


class EmbeddedFont:
    """One face in one file: codes are given out while content is written, then :meth:`embed` makes the objects."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.by_text: dict[str, Code] = {}
        self._codes: dict[tuple[int, str], Code] = {}
        self._halved: dict[tuple[int, str, int], Code] = {}
        self._order: list[_Coded] = [_Coded(0, "", None)]

    def code(self, glyph: int, text: str) -> Code:
        """Return the code of a glyph that stands for a text, at its natural width."""
        key = (glyph, text)
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = self._new(_Coded(glyph, text, None), self.face.advance_of(glyph), 0.0)
            self.by_text.setdefault(text, found)
        return found

    def codes(self, glyphs: Sequence[int], texts: Sequence[str]) -> list[Code]:
        """Return the codes of many glyphs; text mostly tells the glyph, and strings are looked up faster than pairs."""
        found = list(map(self.by_text.get, texts))
        if None not in found and [code.glyph for code in found] == list(glyphs):  # type: ignore[union-attr]
            return found  # type: ignore[return-value]
        return [self.code(glyph, text) for glyph, text in zip(glyphs, texts, strict=True)]

    def halved(self, glyph: int, text: str, blank_before: Mille, blank: Mille) -> Code:
        """Return the code of a full-width mark made half-width.

        Args:
            blank_before: how much blank was taken from before the ink, of ``blank`` in all: all (an opening
                mark), half (an interpunct) or nothing (a stop).
        """
        side = round(2 * blank_before / blank)
        key = (glyph, text, side)
        found = self._halved.get(key)
        if found is None:
            half = self.face.advance_of(glyph) / 2
            units = self.face.units_per_em / 1000
            shift = -side * half / 2
            variant = Variant(glyph, round(shift * units), round(half * units))
            found = self._halved[key] = self._new(
                _Coded(glyph, text, variant), variant.advance / units, variant.shift / units
            )
        return found

    def _new(self, coded: _Coded, width: Mille, shift: Mille) -> Code:
        self._order.append(coded)
        return Code(f"{len(self._order) - 1:04X}", width, shift, coded.glyph)

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Return the font dictionary, with its subset, widths and text map."""
        data, glyphs = self._subset()
        # a name made from the bytes: the same in every process (ISO 32000-1, 9.6.4)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
        name = Name(f"/{tag}+{self.face.key}")
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(self._descriptor(pdf, name, data)),
            DW=1000,
            W=self._widths(),
            CIDToGIDMap=compressed(pdf, struct.pack(f">{len(glyphs)}H", *glyphs)),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=compressed(pdf, self._to_unicode()),
            )
        )

    def _subset(self) -> tuple[bytes, list[int]]:
        """Return the subset's bytes and, by code, the glyphs in it."""
        wanted = {coded.glyph for coded in self._order}
        data, new = _subset_glyphs(self.face, wanted)
        variants = list(dict.fromkeys(c.variant for c in self._order if c.variant is not None))
        first = struct.unpack_from(">H", tables_of(data)["maxp"], 4)[0]
        data = add_variants(data, [v._replace(glyph=new[v.glyph]) for v in variants])
        place = {variant: first + i for i, variant in enumerate(variants)}
        return data, [new[c.glyph] if c.variant is None else place[c.variant] for c in self._order]

    def _widths(self) -> Array:
        units = self.face.units_per_em / 1000
        widths = [
            self.face.advance_of(c.glyph) if c.variant is None else c.variant.advance / units
            for c in self._order
        ]
        return pikepdf.Object.parse(f"[0 [{' '.join(number(w) for w in widths)}]]".encode())  # type: ignore[return-value]

    def _descriptor(self, pdf: pikepdf.Pdf, name: Name, data: bytes) -> Dictionary:
        metrics, scale = self.face.metrics, 1000 / self.face.units_per_em
        box = struct.unpack_from(">4h", tables_of(data)["head"], 36)
        italic = self.face.style != "normal"
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=SYMBOLIC | (ITALIC if italic else 0),
            FontBBox=Array([round(v * scale) for v in box]),
            ItalicAngle=-12 if italic else 0,
            Ascent=round(metrics.ascender),
            Descent=round(metrics.descender),
            CapHeight=round(metrics.cap_height),
            StemV=round(50 + self.face.weight**2 / 4225),
            FontFile2=compressed(pdf, data, Length1=len(data)),
        )

    def _to_unicode(self) -> bytes:
        """Return the CMap from codes to text (ISO 32000-1, 9.10.3).

        The second glyph of a cluster stands for no character, yet PDF/A-3a wants every code mapped (ISO 19005-3,
        6.2.11.7.2): it is a zero width space.
        """
        rows = [
            f"<{i:04X}> <{(coded.text or ZERO_WIDTH_SPACE).encode('utf-16-be').hex().upper()}>"
            for i, coded in enumerate(self._order)
            if i
        ]
        blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
        body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
        return _CMAP.replace("ROWS", body).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
ROWS
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def compressed(pdf: pikepdf.Pdf, data: bytes, **entries: Any) -> pikepdf.Stream:
    """Return a Flate stream.

    One that ends in a carriage return would make, with the line feed before ``endstream``, an end of line of two bytes,
    and strict readers would count the stream a byte too short (ISO 19005-3, 6.1.7.1). Such data are packed as one row
    of the predictor Up, whose row above is zero: the same data, but another checksum at the end.
    """
    packed = zlib.compress(data, LEVEL)
    if packed.endswith(b"\r"):
        packed = zlib.compress(PREDICTED_UP + data, LEVEL)
        entries["DecodeParms"] = Dictionary(Predictor=12, Columns=len(data))
    return pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode, **entries)


def _subset_glyphs(face: Face, wanted: set[int]) -> tuple[bytes, dict[int, int]]:
    """Return a font of the glyphs wanted and .notdef, and where each went."""
    import uharfbuzz as hb

    request = hb.SubsetInput()
    request.sets(hb.SubsetInputSets.GLYPH_INDEX).set(wanted | {0})
    tags = {struct.unpack(">I", tag.encode())[0] for tag in DROPPED_TABLES}
    request.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(tags)
    request.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(face.hb_face, request)
    data = bytes(plan.execute().blob.data)
    mapping = plan.old_to_new_glyph_mapping
    return data, {glyph: mapping[glyph] for glyph in wanted | {0}}
