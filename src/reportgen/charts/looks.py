"""What a theme says of its targets, read from tables with every fault gathered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.base.house import merge
from reportgen.base.suggest import did_you_mean
from reportgen.base.units import Pt, parse_length
from reportgen.charts.inks import Inks

SECTIONS = ("parts", "accents", "texts", "lines", "lengths", "ratios")


@dataclass(frozen=True, slots=True)
class Part:
    """An ink at a share of its strength."""

    ink: str
    tint: float = 1.0


@dataclass(frozen=True, slots=True)
class TextLook:
    """How the words of one target look; ``leading`` is the distance of baselines as a multiple of the size."""

    family: str = "sans"
    size: Pt = 8.0
    weight: Literal["regular", "semibold", "bold"] = "regular"
    italic: bool = False
    part: str = "text"
    leading: float = 1.3


@dataclass(frozen=True, slots=True)
class LineLook:
    """How the lines of one target look; dashes are lengths of line and gap in turn."""

    width: Pt = 0.5
    part: str = "axis"
    dashes: tuple[Pt, ...] = ()
    cap: Literal["butt", "round", "projecting"] = "butt"


@dataclass(slots=True)
class Reader:
    """Reads a theme's tables, gathering every fault; a faulty value is replaced by the look's default."""

    tables: Mapping[str, Any]
    inks: Inks
    place: Span
    faults: list[Diagnostic] = field(default_factory=list)
    known_parts: Mapping[str, Part] = field(default_factory=dict)

    def refuse(self, message: str, *hints: str) -> None:
        self.faults.append(error("setting", message, self.place, *hints))

    def check(self, table: Mapping[str, Any], known: Any, name: str) -> None:
        for key in table:
            if key not in known:
                hints = did_you_mean(key, known) or (f"there are {', '.join(known)}",)
                self.refuse(f"{name} has no {key}", *hints)

    def section(self, name: str) -> Mapping[str, Any]:
        table = self.tables.get(name, {})
        if isinstance(table, Mapping):
            return table
        self.refuse(f"{name} is not a table", f"write it as [{name}] with a key a line")
        return {}

    def part(self, name: str, seen: tuple[str, ...] = ()) -> Part:
        """Return a part resolved to an ink; parts that play parts multiply their tints."""
        value = self.section("parts").get(name)
        if value is None or name in seen:
            if name not in self.inks.colors or name in seen:
                self.refuse(f"parts: there is no ink {name}", *did_you_mean(name, self.inks.colors))
                return Part("black")
            return Part(name)
        if not isinstance(value, Mapping) or not isinstance(value.get("ink"), str):
            self.refuse(f"parts.{name} is {value!r}, not an ink", 'as in { ink = "blue", tint = 0.5 }')
            return Part("black")
        self.check(value, ("ink", "tint"), f"parts.{name}")
        ink = value["ink"]
        below = Part(ink) if ink == name and ink in self.inks.colors else self.part(ink, (*seen, name))
        return replace(below, tint=below.tint * self.number(f"parts.{name}.tint", value.get("tint", 1.0)))

    def text(self, name: str) -> TextLook:
        table = self.resolved("texts", name, ())
        readers: dict[str, Callable[[str, Any], Any]] = {
            "family": self.word, "size": self.length, "weight": self.choice("regular", "semibold", "bold"),
            "italic": self.switch, "part": self.named, "leading": self.factor,
        }  # fmt: skip
        return TextLook(**self.fields("texts", name, table, readers))

    def line(self, name: str) -> LineLook:
        table = self.resolved("lines", name, ())
        readers: dict[str, Callable[[str, Any], Any]] = {
            "width": self.length, "part": self.named, "dashes": self.dashes,
            "cap": self.choice("butt", "round", "projecting"),
        }  # fmt: skip
        return LineLook(**self.fields("lines", name, table, readers))

    def fields(
        self,
        section: str,
        name: str,
        table: Mapping[str, Any],
        readers: Mapping[str, Callable[[str, Any], Any]],
    ) -> dict[str, Any]:
        self.check(table, readers, f"{section}.{name}")
        read = {key: readers[key](f"{section}.{name}.{key}", v) for key, v in table.items() if key in readers}
        return {key: value for key, value in read.items() if value is not None}

    def resolved(self, section: str, name: str, seen: tuple[str, ...]) -> Mapping[str, Any]:
        tables = self.section(section)
        table = tables.get(name)
        if not isinstance(table, Mapping):
            self.refuse(f"there is no table {section}.{name}", *did_you_mean(name, tables))
            return {}
        own = {key: value for key, value in table.items() if key != "base"}
        base = table.get("base")
        if base is None:
            return own
        if base in (*seen, name):
            self.refuse(f"{section}.{name} builds on itself", " → ".join((*seen, name, base)))
            return own
        return merge(self.resolved(section, str(base), (*seen, name)), own)

    def length(self, where: str, value: Any) -> Pt:
        try:
            return parse_length(str(value))
        except ValueError as problem:
            self.refuse(f"{where}: {problem}")
            return 0.0

    def number(self, where: str, value: Any) -> float:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.refuse(f"{where} is {value!r}", "it is a number from 0 to 1")
        return 1.0

    def factor(self, where: str, value: Any) -> float | None:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
            return float(value)
        self.refuse(f"{where} is {value!r}", "it is a number above 0")
        return None

    def word(self, where: str, value: Any) -> str | None:
        if isinstance(value, str):
            return value
        self.refuse(f"{where} is {value!r}", "it is a word")
        return None

    def switch(self, where: str, value: Any) -> bool | None:
        if isinstance(value, bool):
            return value
        self.refuse(f"{where} is {value!r}", "it is true or false")
        return None

    def named(self, where: str, value: Any) -> str | None:
        if value in self.known_parts:
            return str(value)
        self.refuse(f"{where}: there is no part {value}", *did_you_mean(str(value), self.known_parts))
        return None

    def dashes(self, where: str, value: Any) -> tuple[Pt, ...]:
        if isinstance(value, list):
            return tuple(self.length(where, v) for v in value)
        self.refuse(f"{where} is {value!r}", 'it is a list of lengths, as in ["3pt", "2pt"]')
        return ()

    def choice(self, *words: str) -> Callable[[str, Any], str | None]:
        def read(where: str, value: Any) -> str | None:
            if value in words:
                return str(value)
            self.refuse(f"{where} is {value!r}", f"it is {' or '.join(words)}")
            return None

        return read
