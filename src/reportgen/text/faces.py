"""The font book and its faces.

A face answers three questions fast: which glyph a character has, how wide it is, and how a string of a shaping
script is shaped. Chinese characters need only the first two, so they never go through the shaper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.limits import FILE_BYTES
from reportgen.base.regular import read_regular
from reportgen.base.tomlfile import load_toml
from reportgen.base.units import Mille
from reportgen.base.world import World
from reportgen.base.writing_systems import HAN_SHAPING

INDEX = "fonts/fonts.toml"
REMEMBERED = 20_000
"""Shaped strings that a face remembers."""


class Shaped(NamedTuple):
    """Glyphs in parallel tuples, as in :class:`reportgen.base.frame.GlyphRun`."""

    glyphs: tuple[int, ...]
    advances: tuple[Mille, ...]
    texts: tuple[str, ...]
    offsets: tuple[tuple[Mille, Mille], ...] | None


class Metrics(NamedTuple):
    """Vertical measures of a face, mille, up from the baseline; the descender is negative."""

    ascender: Mille
    descender: Mille
    cap_height: Mille


class Face:
    """One font file, opened when it is first asked something.

    Attributes:
        key: its name in the font book, such as ``SourceSerif4-Regular``.
        family, weight, style, licence, sha256: what the index says of it.
    """

    def __init__(self, key: str, path: Path, entry: Mapping[str, Any]) -> None:
        self.key = key
        self.path = path
        self.family = str(entry.get("family", key))
        self.weight = int(entry.get("weight", 400))
        self.style = str(entry.get("style", "normal"))
        self.licence = str(entry.get("licence", ""))
        self.sha256 = str(entry.get("sha256", ""))
        self._glyphs: dict[str, int | None] = {}
        self._advances: dict[int, Mille] = {}
        self._halves: dict[str, tuple[Mille, Mille] | None] = {}
        self._shaped: dict[tuple[str, str, tuple[str, ...], str | None], Shaped] = {}

    @cached_property
    def data(self) -> bytes:
        """The file's bytes."""
        return read_regular(self.path, FILE_BYTES)

    @cached_property
    def hb_face(self) -> Any:
        """The HarfBuzz face."""
        import uharfbuzz

        return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path)))

    @cached_property
    def _hb_font(self) -> Any:
        import uharfbuzz

        return uharfbuzz.Font(self.hb_face)

    @cached_property
    def units_per_em(self) -> int:
        return int(self.hb_face.upem)

    @cached_property
    def metrics(self) -> Metrics:
        """Ascender and descender as HarfBuzz reads them; cap height from the outline of H."""
        extents = self._hb_font.get_font_extents("ltr")
        scale = 1000 / self.units_per_em
        outline = (
            self._hb_font.get_glyph_extents(glyph) if (glyph := self.glyph_of("H")) is not None else None
        )
        cap_height = float(outline.y_bearing) * scale if outline else 700.0
        return Metrics(extents.ascender * scale, extents.descender * scale, cap_height)

    def glyph_of(self, char: str) -> int | None:
        """Return the nominal glyph of a character, or None if the face has none."""
        try:
            return self._glyphs[char]
        except KeyError:
            found = self._hb_font.get_nominal_glyph(ord(char)) if not _is_surrogate(char) else None
            self._glyphs[char] = glyph = None if found is None else int(found)
            return glyph

    def advance_of(self, glyph: int) -> Mille:
        """Return a glyph's natural advance."""
        try:
            return self._advances[glyph]
        except KeyError:
            advance = float(self._hb_font.get_glyph_h_advance(glyph)) * 1000 / self.units_per_em
            self._advances[glyph] = advance
            return advance

    def half_of(self, char: str) -> tuple[Mille, Mille] | None:
        """Return (advance, shift) of a full-width mark set half-width by the ``halt`` feature, None if it has none."""
        try:
            return self._halves[char]
        except KeyError:
            self._halves[char] = half = self._find_half(char)
            return half

    def _find_half(self, char: str) -> tuple[Mille, Mille] | None:
        full = self.shape(char, HAN_SHAPING, (), "Hani")
        half = self.shape(char, HAN_SHAPING, ("halt",), "Hani")
        if len(half.glyphs) != 1 or half.advances[0] >= full.advances[0]:
            return None
        return half.advances[0], half.offsets[0][0] if half.offsets else 0.0

    def shape(self, text: str, lang: str, features: tuple[str, ...], script: str | None = None) -> Shaped:
        """Shape a string with HarfBuzz.

        Args:
            features: ``onum`` switches a feature on, ``-liga`` off.
            script: ISO 15924 code; guessed from the text if it is None, which a text of marks alone defeats.
        """
        key = (text, lang, features, script)
        shaped = self._shaped.get(key)
        if shaped is None:
            if len(self._shaped) > REMEMBERED:
                self._shaped.clear()
            self._shaped[key] = shaped = self._shape(text, lang, features, script)
        return shaped

    def _shape(self, text: str, lang: str, features: tuple[str, ...], script: str | None) -> Shaped:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.language = lang
        if script is not None:
            buffer.script = script
        uharfbuzz.shape(self._hb_font, buffer, {f.lstrip("-"): not f.startswith("-") for f in features})
        return _read_buffer(buffer, text, 1000 / self.units_per_em)


def _read_buffer(buffer: Any, text: str, scale: float) -> Shaped:
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    texts: list[str] = []
    seen: set[int] = set()
    for info in infos:
        texts.append("" if info.cluster in seen else text[info.cluster : ends[info.cluster]])
        seen.add(info.cluster)
    offsets = tuple((p.x_offset * scale, p.y_offset * scale) for p in positions)
    return Shaped(
        tuple(info.codepoint for info in infos),
        tuple(p.x_advance * scale for p in positions),
        tuple(texts),
        offsets if any(x or y for x, y in offsets) else None,
    )


def _is_surrogate(char: str) -> bool:
    return 0xD800 <= ord(char) <= 0xDFFF


@dataclass(frozen=True, slots=True)
class FontBook:
    """All faces a report can use, by key."""

    faces: Mapping[str, Face]

    def face(self, key: str) -> Face:
        """Return a face.

        Raises:
            KeyError: if the book has no such face.
        """
        return self.faces[key]

    @classmethod
    def load(cls, world: World) -> FontBook:
        """Return the product's faces with the project's own laid over them; faults are found by :func:`load_fonts`."""
        return load_fonts(world).value


def product_fonts() -> Path:
    """Return the folder of the fonts that come with the product: beside ``src`` in a checkout, inside a wheel."""
    package = Path(__file__).parents[1]
    inside = package / "fonts"
    return inside if inside.is_dir() else package.parents[1] / "fonts"


def load_fonts(world: World) -> Result[FontBook]:
    """Read the font index of the product and that of the project.

    A project's index adds faces and replaces those of the same key.
    """
    folder, faults = product_fonts(), Faults()
    faces = _read_index(World(folder.parent, links=True), faults)
    if world.root is not None and world.root.resolve() != folder.parent.resolve() and world.exists(INDEX):
        faces |= _read_index(world, faults)
    return faults.result(FontBook(faces))


def _read_index(world: World, faults: Faults) -> dict[str, Face]:
    index = faults.take(load_toml(world, INDEX))
    faces: dict[str, Face] = {}
    for key, entry in index.tables.get("faces", {}).items():
        path = _font_file(world, str(entry.get("file", "")))
        if path is not None:
            faces[key] = Face(key, path, entry)
        else:
            message = f"face {key} names the file {entry.get('file')!r}, which is not there"
            hint = "put it beside the index, or correct its name"
            faults.error("missing-font-file", message, index.span("faces", key, "file"), hint)
    return faces


def _font_file(world: World, name: str) -> Path | None:
    """Return where a font of a folder lies on the disk; None where it is none of its files."""
    try:
        path = world.locate(f"fonts/{name}")
    except (OSError, ValueError):
        return None
    return path if path.is_file() else None


def first_face_with(char: str, faces: Iterable[Face]) -> Face | None:
    """Return the first face that has a glyph for the character."""
    return next((face for face in faces if face.glyph_of(char) is not None), None)
