"""The house style and what a report lays over it: from settings to a :class:`Style`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from reportgen.base import settings as s
from reportgen.base.color import BLACK, Color, parse_hex
from reportgen.base.diagnostics import Faults, Result, unwrap
from reportgen.base.limits import FONT_SIZE, LENGTH, PAGE_LINES
from reportgen.base.papers import fitted, paper, papers
from reportgen.base.style import CharStyle, Faces, Family, PageGeometry, ParagraphStyle, Size, Style
from reportgen.base.tomlfile import load_toml
from reportgen.base.units import Pt, mm
from reportgen.base.world import World

HOUSE = "base/house.toml"
MIN_SIDE, MAX_SIDE = 30.0, 14_400.0 - 600.0
"""The least and the most that a side of the trim may measure, points: PDF/A-3 allows pages of 3 to 14,400 points
(ISO 19005-3, 6.1.13, by ISO 32000-1, annex C), of which 600 are for the bleed and the printer's marks."""
_TAG = re.compile(r"[A-Za-z0-9]{4}\Z")
"""An OpenType feature tag (OpenType 1.9, *Feature tags*)."""
_SECTIONS = ("main_script", "hyphenation", "page", "colors", "families", "paragraphs", "charts", "editions")
_FALLBACK = PageGeometry(Size(mm(210), mm(285)), 0.0, 0.0, 0.0, 0.0, 1, 12.0, 0.0)
"""The page of a house whose own cannot be read."""


@lru_cache(maxsize=1)
def _house() -> s.Setting:
    text = (Path(__file__).parent / "house.toml").read_bytes()
    return s.settings_of(unwrap(load_toml(World(files={HOUSE: text}), HOUSE)))


def load_style(lang: str, overrides: s.Setting | None = None) -> Result[Style]:
    """Return the style of an edition.

    Laid over each other, later ones winning key by key: the house, its ``[editions.LANGUAGE]``, the report's own
    style, the report's ``[style.editions.LANGUAGE]``. Each key keeps its place, and its fault is told once, however
    many styles build on it.

    Args:
        lang: BCP 47 tag; its first part chooses the edition's tables.
        overrides: the report's ``[style]``, in the form of ``house.toml``.
    """
    faults = Faults()
    language = lang.split("-")[0]
    layers = [_house(), _house().at("editions", language)]
    if overrides is not None:
        layers += [overrides, overrides.at("editions", language)]
    merged = reduce(lambda below, above: s.merge(below, above, faults), layers)
    s.check_keys(merged, _SECTIONS, faults)
    script = s.read(merged.at("main_script"), s.one_of("han", "latin"), faults, "latin")
    em = s.read(merged.at("paragraphs", "body", "size"), _SIZE, Faults(), 10.5)
    em = em if script == "han" else 1.0
    house = _page(s.merge(_house(), _house().at("editions", language)).at("page"), Faults(), _FALLBACK, em)
    page = _page(merged.at("page"), faults, house, em)
    colors = {
        name: replace(s.read(color, _COLOR, faults, BLACK), name=name)
        for name, color in merged.at("colors").members.items()
    }
    families = {
        name: s.read(family, _FAMILY, faults, Family(Faces(""), Faces("")))
        for name, family in merged.at("families").members.items()
    }
    tables = s.built_on(merged.at("paragraphs").members, "paragraph style", faults, HOUSE)
    paragraphs = _Paragraphs(tables, colors, families, page.leading, faults)
    style = Style(
        lang,
        "han" if script == "han" else "latin",
        page,
        colors,
        families,
        {name: paragraphs.style(name) for name in paragraphs.tables},
        s.read(merged.at("hyphenation"), _hyphenation, faults, "") or None,
        merged.at("charts") if merged.at("charts").is_written else None,
    )
    return faults.result(style)


def _color(cmyk: tuple[float, ...], rgb: str, spot: str | None = None) -> Color:
    c, m, y, k = (ink / 100 for ink in cmyk)
    return Color((c, m, y, k), parse_hex(rgb), spot=spot)


def _hyphenation(setting: s.Setting, faults: Faults) -> str | None:
    name = s.word('it names patterns, such as en_GB; "" is for none')(setting, faults)
    if name and setting.place.file != HOUSE:
        import pyphen

        if pyphen.language_fallback(name) is None:
            return s.name_of("hyphenation", pyphen.LANGUAGES)(setting, faults)
    return name


_FACE = s.word('write the name of a face: "…"')
_FACES = s.record(Faces, {f.name: _FACE for f in fields(Faces)}, {"regular": ""})
_FAMILY = s.record(
    Family,
    {"han": _FACES, "latin": _FACES, "latin_scale": s.number(0.1, 10), "fallback": s.listed(_FACE)},
    {"han": Faces(""), "latin": Faces("")},
)
_COLOR = s.record(
    _color,
    {
        "cmyk": s.listed(s.number(0, 100), "as in cmyk = [100, 75, 10, 30]", count=4),
        "rgb": s.matching(
            re.compile(r"#[0-9A-Fa-f]{6}\Z"), "a colour of the screen", 'as in rgb = "#123a70"'
        ),
        "spot": s.word("it is the name of an ink"),
    },
    {"cmyk": (0, 0, 0, 100), "rgb": "#000000"},
)
_SIDE = s.length(least=MIN_SIDE, most=MAX_SIDE)
_SIZE = s.length(least=0.1, most=FONT_SIZE)
_LEADING = s.length(least=0.1, most=LENGTH)


def _trim(setting: s.Setting, faults: Faults) -> Size | None:
    """Read a size of paper: its name, or two lengths."""
    if isinstance(setting.value, str):
        name = paper(setting.value)
        if name is None:
            s.name_of("paper", papers())(setting, faults)
        return papers()[name] if name else None
    sides = s.listed(_SIDE, 'as in trim = "A4" or ["210mm", "285mm"]', count=2)(setting, faults)
    return Size(*sides) if sides else None


def _page(page: s.Setting, faults: Faults, default: PageGeometry, em: Pt) -> PageGeometry:
    """Return the page; where the report names another paper only, margins and type area follow the house's."""
    found = len(faults.found)
    leading = s.read(page.at("leading"), _LEADING, faults, default.leading)
    length = s.length(line=leading, least=0, most=LENGTH)
    keys = {
        **dict.fromkeys(("bleed", "inner", "top", "measure", "first_baseline"), length),
        "trim": _trim,
        "lines": s.whole(1, PAGE_LINES),
        "leading": s.lenient(lambda _: leading),
    }
    nothing: dict[str, Any] = {}
    written = s.read(page, s.keyed(keys), faults, nothing)
    sheet = replace(default, **written)
    if page.at("trim").place.file != HOUSE and "trim" in written:
        own = {key for key in written if page.at(key).place.file != HOUSE}
        sheet = replace(fitted(default, sheet.trim, leading, em), **{key: written[key] for key in own})
    if len(faults.found) == found and (sheet.outer < 0 or sheet.bottom < 0):
        hint = "lessen page.measure, page.lines or the margins"
        faults.error("type-area-too-large", "the type area is larger than the page", page.place, hint)
    return sheet


_CHARACTER = frozenset(f.name for f in fields(CharStyle))
_LENGTHS = ("rise", "first_indent", "hanging")
_SPACES = ("before", "after")
LEAST_LEADING = 0.5
"""Of the size: closer lines are printed over each other."""


def _leading(size: Pt, line: Pt) -> s.Reader[Pt]:
    """Return a reader of a paragraph's leading; its words leave out the size, which differs by edition."""
    length = s.length(em=size, line=line, least=0.1, most=LENGTH)

    def reader(setting: s.Setting, faults: Faults) -> Pt | None:
        found = length(setting, faults)
        if found is None or found >= size * LEAST_LEADING:
            return found
        hint = "leave it out for the grid of the page, or write 1.4em"
        s.refuse(setting, faults, "at least half the size of its type", hint)
        return None

    return reader


@dataclass(slots=True)
class _Paragraphs:
    """Reads paragraph styles, each laid over those that it builds on."""

    tables: Mapping[str, s.Setting]
    colors: Mapping[str, Color]
    families: Mapping[str, Family]
    line: Pt
    faults: Faults

    def style(self, name: str) -> ParagraphStyle:
        table = self.tables[name]
        size = s.read(table.at("size"), _SIZE, self.faults, 10.0)
        keys = {
            **_plain_readers(),
            **dict.fromkeys(_LENGTHS, s.length(em=size, line=self.line, least=-LENGTH, most=LENGTH)),
            **dict.fromkeys(_SPACES, s.length(em=size, line=self.line, least=0, most=LENGTH)),
            "leading": _leading(size, self.line),
            "size": s.lenient(lambda _: size),
            "family": s.name_of("family", self.families),
            "color": s.then(s.name_of("color", self.colors), self.colors.get),
            "features": s.listed(s.matching(_TAG, "an OpenType tag", 'as in ["onum", "pnum"]')),
        }
        found = s.keyed(keys)(table, self.faults) or {}
        ink = self.colors.get("black", BLACK)
        character = {key: value for key, value in found.items() if key in _CHARACTER}
        paragraph = {key: value for key, value in found.items() if key not in _CHARACTER}
        return ParagraphStyle(
            name=name,
            text=CharStyle(**{"family": "serif", "size": size, "color": ink, **character}),
            **{"leading": self.line, **paragraph},
        )


@lru_cache(maxsize=1)
def _plain_readers() -> Mapping[str, s.Reader[Any]]:
    """Return the readers of words, switches and numbers, by what the classes of styles hold."""
    kinds = {**get_type_hints(CharStyle), **get_type_hints(ParagraphStyle)}
    simple: Mapping[Any, s.Reader[Any]] = {
        bool: s.switch(),
        int: s.whole(0, PAGE_LINES),
        float: s.number(-LENGTH, LENGTH),
    }
    words = {key: s.one_of(*get_args(kind)) for key, kind in kinds.items() if get_origin(kind) is Literal}
    return {**{key: simple[kind] for key, kind in kinds.items() if kind in simple}, **words}
