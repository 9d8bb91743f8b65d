"""What a theme says of its targets, read from its tables with every fault at its own key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults
from reportgen.base.units import Pt
from reportgen.charts.inks import Inks

T = TypeVar("T")

HOUSE = "charts/theme.toml"
SECTIONS = ("parts", "accents", "texts", "lines", "lengths", "ratios")


@dataclass(frozen=True, slots=True)
class Part:
    """An ink at a share of its strength."""

    ink: str
    tint: float = 1.0


@dataclass(frozen=True, slots=True)
class TextTarget:
    """How the words of one target look; ``leading`` is the distance of baselines as a multiple of the size."""

    family: str = "sans"
    size: Pt = 8.0
    weight: Literal["regular", "semibold", "bold"] = "regular"
    italic: bool = False
    part: str = "text"
    leading: float = 1.3


@dataclass(frozen=True, slots=True)
class LineTarget:
    """How the lines of one target look; dashes are lengths of line and gap in turn."""

    width: Pt = 0.5
    part: str = "axis"
    dashes: tuple[Pt, ...] = ()
    cap: Literal["butt", "round", "projecting"] = "butt"


def read_parts(parts: s.Setting, inks: Inks, faults: Faults) -> Mapping[str, Part]:
    """Return every part resolved to an ink, and every ink as a part; parts that play parts multiply their tints."""
    keys = {"ink": s.word(), "tint": s.number(0, 1)}
    reader, black = s.record(Part, keys, {"ink": "black"}), Part("black")
    own = {name: reader(setting, faults) or black for name, setting in parts.members.items()}

    def resolved(name: str, seen: tuple[str, ...] = ()) -> Part:
        part = own[name]
        if part.ink in own and part.ink not in (*seen, name):
            below = resolved(part.ink, (*seen, name))
            return Part(below.ink, below.tint * part.tint)
        if part.ink in inks.colors and (part.ink == name or part.ink not in own):
            return part
        ink = parts.at(name, "ink")
        circle = part.ink in (*seen, name)
        if circle and name == max((*seen[seen.index(part.ink) :], name) if part.ink in seen else (name,)):
            message = f"{ink.title}: the part {name} plays itself"
            faults.error("ring-of-parts", message, ink.place, "name an ink of the style")
        elif not circle:
            s.name_of("ink", inks.colors)(ink, faults)
        return black

    return {**{name: resolved(name) for name in own}, **{name: Part(name) for name in inks.colors}}


def read_texts(tables: s.Setting, parts: Collection[str], faults: Faults) -> Mapping[str, TextTarget]:
    """Return the targets of words by name."""
    keys: dict[str, s.Reader[object]] = {
        "family": s.word(),
        "size": s.length(),
        "weight": s.one_of("regular", "semibold", "bold"),
        "italic": s.switch(),
        "part": s.name_of("part", parts),
        "leading": s.number(0.1, 10),
    }
    return _targets(tables, s.record(TextTarget, keys), faults)


def read_lines(tables: s.Setting, parts: Collection[str], faults: Faults) -> Mapping[str, LineTarget]:
    """Return the targets of lines by name."""
    keys: dict[str, s.Reader[object]] = {
        "width": s.length(),
        "part": s.name_of("part", parts),
        "dashes": s.listed(s.length(), 'as in ["3pt", "2pt"]'),
        "cap": s.one_of("butt", "round", "projecting"),
    }
    return _targets(tables, s.record(LineTarget, keys), faults)


def _targets(tables: s.Setting, reader: s.Reader[T], faults: Faults) -> Mapping[str, T]:
    whole = s.built_on(tables.members, "table", faults, HOUSE)
    found = {name: reader(table, faults) for name, table in whole.items()}
    return {name: target for name, target in found.items() if target is not None}
