"""The house style and what a report lays over it: from TOML tables to a :class:`Style`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from reportgen.base.color import BLACK, Color, parse_hex
from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.style import CharStyle, Faces, Family, PageGeometry, ParagraphStyle, Style
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.units import Pt, parse_length

HOUSE = "base/house.toml"
_SECTIONS = ("page", "colors", "families", "paragraphs", "options", "main_script", "hyphenation", "editions")
_CHARACTER = frozenset(f.name for f in fields(CharStyle))
_PARAGRAPH = frozenset(f.name for f in fields(ParagraphStyle)) - {"name", "text"}
MIN_SIDE, MAX_SIDE = 30.0, 14_400.0 - 600.0
"""The least and the most that a side of the trim may measure, points: PDF/A-3 allows pages of 3 to 14,400 points
(ISO 19005-3, 6.1.13, by ISO 32000-1, annex C), of which 600 are for the bleed and the printer's marks."""
_TAG = re.compile(r"[A-Za-z0-9]{4}\Z")
_LENGTHS = frozenset({"size", "rise", "leading", "first_indent", "hanging", "before", "after"})


@lru_cache(maxsize=1)
def _house() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "house.toml").read_text(encoding="utf-8"))


def load_style(
    lang: str, overrides: Mapping[str, Any] | None = None, place: Span | None = None
) -> Result[Style]:
    """Return the style of an edition.

    Laid over each other, later ones winning key by key: the house, its ``[editions.LANGUAGE]``, the report's own
    style, the report's ``[style.editions.LANGUAGE]``.

    Args:
        lang: BCP 47 tag; its first part chooses the edition's tables.
        overrides: the report's ``[style]`` table, in the form of ``house.toml``.
        place: where that table stands.
    """
    language = lang.split("-")[0]
    given = overrides or {}
    layers = [_house(), _house().get("editions", {}).get(language, {})]
    reader = _Reader(place or Span(HOUSE))
    if reader.is_table(given, "style"):
        layers += [given, reader.edition(given, language)]
    merged: Mapping[str, Any] = {}
    for layer in layers:
        merged = merge(merged, layer)
    style = reader.style(lang, merged)
    return Result(style, tuple(dict.fromkeys(reader.faults)))


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return ``below`` with ``above`` laid over it; tables are merged key by key, other values replaced."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(known, Mapping)
        merged[key] = merge(known, value) if both else value  # type: ignore[arg-type]
    return merged


@dataclass(slots=True)
class _Reader:
    """Reads merged tables, gathering every fault; a faulty value is replaced by a sane one."""

    place: Span
    faults: list[Diagnostic] = field(default_factory=list)

    def refuse(self, message: str, *hints: str) -> None:
        self.faults.append(error("setting", message, self.place, *hints))

    def is_table(self, value: object, name: str) -> bool:
        if isinstance(value, Mapping):
            return True
        self.refuse(f"{name} is not a table", f"write it as [{name}] with a key a line")
        return False

    def edition(self, style: Mapping[str, Any], language: str) -> Mapping[str, Any]:
        """Return what a style says of the edition in one language."""
        editions = style.get("editions", {})
        own = editions.get(language, {}) if self.is_table(editions, "editions") else {}
        return own if self.is_table(own, f"editions.{language}") else {}

    def style(self, lang: str, tables: Mapping[str, Any]) -> Style:
        self.check_keys("style", tables, frozenset(_SECTIONS))
        colors = self.each("colors", tables, self.color)
        families = self.each("families", tables, self.family)
        sheet = tables.get("page", {})
        page = self.page(sheet if self.is_table(sheet, "page") else _house()["page"])
        written = tables.get("paragraphs", {})
        known = written if self.is_table(written, "paragraphs") else {}
        read = _Paragraphs(self, known, colors, families, page.leading)
        return Style(
            lang,
            "han" if self.main_script(tables.get("main_script")) == "han" else "latin",
            page,
            colors,
            families,
            {name: read.style(name) for name in read.tables},
            self.hyphenation(tables.get("hyphenation")),
            options if self.is_table(options := tables.get("options", {}), "options") else {},
        )

    def main_script(self, value: object) -> object:
        """Return the written script, which is one of the two that the house knows."""
        if value not in ("han", "latin"):
            self.refuse(f"main_script is {value!r}", "it is han or latin")
        return value

    def hyphenation(self, value: object) -> str | None:
        """Return the name of the hyphenation patterns; "" means none."""
        if value is None or isinstance(value, str):
            return value or None
        self.refuse(f"hyphenation is {value!r}", 'it names patterns, as in "en_GB"; "" is for none')
        return None

    def check_keys(self, name: str, table: Mapping[str, Any], known: frozenset[str]) -> None:
        for key in table:
            if key not in known:
                self.refuse(
                    f"{name} has no {key}",
                    *(did_you_mean(key, known) or (f"there are {', '.join(sorted(known))}",)),
                )

    def each(
        self, section: str, tables: Mapping[str, Any], read: Callable[[str, Any], Any]
    ) -> Mapping[str, Any]:
        table = tables.get(section, {})
        if not self.is_table(table, section):
            return {}
        return {name: read(name, value) for name, value in table.items()}

    def length(self, name: str, value: Any, em: Pt = 0.0, line: Pt = 0.0) -> Pt:
        """Return a written length; ``em`` and ``line`` (or ``lines``) are allowed where they have a size."""
        if isinstance(value, str):
            for unit, size in (("em", em), ("lines", line), ("line", line)):
                if size and value.endswith(unit):
                    try:
                        factor = float(value[: -len(unit)] or "1")
                    except ValueError:
                        break
                    if isfinite(factor):
                        return factor * size
            try:
                return parse_length(value)
            except ValueError as problem:
                self.refuse(f"{name}: {problem}", 'write it with its unit, as in "3mm"')
                return 0.0
        self.refuse(f"{name} is {value!r}, not a length", 'write it with its unit, as in "3mm"')
        return 0.0

    def positive(self, name: str, value: Any, default: str) -> Pt:
        """Return a length above nothing."""
        before = len(self.faults)
        length = self.length(name, value)
        if length > 0:
            return length
        if len(self.faults) == before:
            self.refuse(f"{name} is {value}, which is not above nothing", f'as in "{default}"')
        return self.length(name, default)

    def color(self, name: str, value: Any) -> Color:
        inks = value.get("cmyk") if isinstance(value, Mapping) else None
        fits = isinstance(inks, list) and len(inks) == 4 and all(_is_per_cent(ink) for ink in inks)
        try:
            if not fits or inks is None:
                raise ValueError("cmyk is four numbers from 0 to 100")
            spot = value.get("spot")
            if not (spot is None or isinstance(spot, str)):
                raise ValueError("spot is the name of an ink")
            c, m, y, k = (ink / 100 for ink in inks)
            return Color((c, m, y, k), parse_hex(str(value.get("rgb"))), name, spot)
        except ValueError as problem:
            self.refuse(
                f"the colour {name}: {problem}", 'as in { cmyk = [100, 75, 10, 30], rgb = "#123a70" }'
            )
            return BLACK

    def family(self, name: str, value: Any) -> Family:
        faces = {}
        for script in ("han", "latin"):
            table = value.get(script) if isinstance(value, Mapping) else None
            if not isinstance(table, Mapping) or not isinstance(table.get("regular"), str):
                self.refuse(
                    f"the family {name} has no regular {script} face", f'{script} = {{ regular = "…" }}'
                )
                table = {"regular": ""}
            known = frozenset(f.name for f in fields(Faces))
            self.check_keys(f"families.{name}.{script}", table, known)
            for key in (key for key, face in table.items() if not isinstance(face, str)):
                self.refuse(f"families.{name}.{script}.{key} names no face", f'write {key} = "…"')
            named = {key: face for key, face in table.items() if key in known and isinstance(face, str)}
            faces[script] = Faces(**named)
        more = value if isinstance(value, Mapping) else {}
        self.check_keys(f"families.{name}", more, frozenset(f.name for f in fields(Family)))
        return Family(faces["han"], faces["latin"], self.scale(name, more), self.fallback(name, more))

    def scale(self, family: str, table: Mapping[str, Any]) -> float:
        scale = table.get("latin_scale", 1.0)
        if isinstance(scale, (int, float)) and not isinstance(scale, bool) and 0.1 <= scale <= 10:
            return float(scale)
        self.refuse(f"families.{family}.latin_scale is {scale!r}", "it is a number such as 1.07")
        return 1.0

    def fallback(self, family: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        keys = table.get("fallback", [])
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
            return tuple(keys)
        self.refuse(f"families.{family}.fallback is {keys!r}", 'it is a list of faces: ["…", "…"]')
        return ()

    def page(self, table: Mapping[str, Any]) -> PageGeometry:
        known = frozenset(f.name for f in fields(PageGeometry))
        self.check_keys("page", table, known)
        leading = self.positive("page.leading", table.get("leading"), _house()["page"]["leading"])
        trim = table.get("trim")
        if not isinstance(trim, list) or len(trim) != 2:
            self.refuse(f"page.trim is {trim!r}, not a width and a height", 'as in ["210mm", "285mm"]')
            trim = ["210mm", "285mm"]
        lines = table.get("lines")
        if not isinstance(lines, int) or isinstance(lines, bool) or lines < 1:
            self.refuse(f"page.lines is {lines!r}, not a number of lines", "as in 38")
            lines = 1
        given = {
            key: self.length(f"page.{key}", table.get(key), line=leading)
            for key in ("bleed", "inner", "top", "measure", "first_baseline")
        }
        width, height = (self.length("page.trim", side) for side in trim)
        if not (MIN_SIDE <= width <= MAX_SIDE and MIN_SIDE <= height <= MAX_SIDE):
            self.refuse(f"page.trim is {trim}: no page can be so large or small", 'as in ["210mm", "285mm"]')
        for key in (key for key, length in given.items() if length < 0):
            self.refuse(f"page.{key} is {table[key]}, less than nothing", "write a length from 0mm")
        page = PageGeometry(trim=(width, height), lines=lines, leading=leading, **given)
        if not self.faults and (page.outer < 0 or page.bottom < 0):
            self.refuse(
                "the type area is larger than the page", "lessen page.measure, page.lines or the margins"
            )
        return page


@dataclass(slots=True)
class _Paragraphs:
    """Reads paragraph styles; one may build on another by ``base``."""

    reader: _Reader
    tables: Mapping[str, Mapping[str, Any]]
    colors: Mapping[str, Color]
    families: Mapping[str, Family]
    line: Pt

    def style(self, name: str) -> ParagraphStyle:
        table = self._resolved(name, ())
        self.reader.check_keys(f"paragraphs.{name}", table, _CHARACTER | _PARAGRAPH)
        size = self.reader.positive(f"paragraphs.{name}.size", table.get("size", "10pt"), "10pt")
        character = {k: self._value(name, k, v, size) for k, v in table.items() if k in _CHARACTER}
        paragraph = {k: self._value(name, k, v, size) for k, v in table.items() if k in _PARAGRAPH}
        paragraph.setdefault("leading", self.line)
        ink = self.colors.get("black", BLACK)
        text = CharStyle(**{"family": "serif", "color": ink, **character, "size": size})
        return ParagraphStyle(name=name, text=text, **paragraph)

    def _resolved(self, name: str, seen: tuple[str, ...]) -> Mapping[str, Any]:
        table = self.tables.get(name)
        if not isinstance(table, Mapping):
            self.reader.refuse(f"there is no table paragraphs.{name}", *known_names(name, self.tables))
            return {}
        base = table.get("base")
        own = {key: value for key, value in table.items() if key != "base"}
        if base is None:
            return own
        if base in (*seen, name):
            self.reader.refuse(
                f"the paragraph style {name} builds on itself", " → ".join((*seen, name, base))
            )
            return own
        return merge(self._resolved(str(base), (*seen, name)), own)

    def _value(self, style: str, key: str, value: Any, size: Pt) -> Any:
        where = f"paragraphs.{style}.{key}"
        if key in _LENGTHS:
            return self.reader.length(where, value, em=size, line=self.line)
        if key == "features":
            return self._features(where, value)
        if key in ("color", "family"):
            return self._named(where, value, self.colors if key == "color" else self.families, key)
        return self._plain(where, key, value)

    def _features(self, where: str, value: object) -> tuple[str, ...]:
        """Return OpenType feature tags (OpenType 1.9, *Feature tags*: four characters)."""
        if isinstance(value, list) and all(isinstance(tag, str) and _TAG.match(tag) for tag in value):
            return tuple(value)
        self.reader.refuse(f"{where} is {value!r}", 'it is a list of OpenType tags: ["onum", "pnum"]')
        return ()

    def _plain(self, where: str, key: str, value: Any) -> Any:
        """Return a word, number or switch that is one of those the field can have, else the field's default."""
        kind = _kinds()[key]
        words = get_args(kind) if get_origin(kind) is Literal else ()
        if value in words if words else _is_of(kind, value):
            return value
        self.reader.refuse(f"{where} is {value!r}", f"it is {_describe(kind, words)}")
        return _defaults()[key]

    def _named(self, where: str, value: Any, known: Mapping[str, Any], kind: str) -> Any:
        if not isinstance(value, str) or value not in known:
            self.reader.refuse(f"{where}: there is no {kind} {value}", *known_names(str(value), known))
            return BLACK if kind == "color" else next(iter(known), "")
        return known[value] if kind == "color" else value


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, Any]:
    return {**get_type_hints(CharStyle), **get_type_hints(ParagraphStyle)}


@lru_cache(maxsize=1)
def _defaults() -> Mapping[str, Any]:
    return {f.name: f.default for kind in (CharStyle, ParagraphStyle) for f in fields(kind)}


def _is_of(kind: Any, value: object) -> bool:
    """Say whether a value is a word, a switch, a whole number or (whole or not, but finite) a number."""
    if kind not in (int, float):
        return isinstance(value, kind)
    fits = isinstance(value, (int, kind)) and not isinstance(value, bool)
    return fits and isinstance(value, (int, float)) and isfinite(value)


def _describe(kind: Any, words: tuple[Any, ...]) -> str:
    if words:
        return " or ".join(str(word) for word in words)
    return {bool: "true or false", int: "a whole number", float: "a number"}.get(kind, "a word")


def _is_per_cent(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 100
