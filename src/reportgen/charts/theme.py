"""The look of charts as data: ``theme.toml``, what is laid over it, and its use in matplotlib.

Texts and lines are named targets that build on each other; colours are *parts* (accent, soft, quiet…), played by
inks of the style. A form asks for keyword arguments::

    theme = unwrap(load_theme(style, {"parts": {"accent": {"ink": "part1"}}}))
    with theme.context():
        axes.bar(x, y, width=theme.ratio("bar"), color=theme.rgb("accent"))
        axes.text(x, y, "1,234", **theme.text("value-label"))
        axes.plot(x, y, **theme.line("series"))
        theme.apply(axes)
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from reportgen.base.color import WHITE, Color, contrast_ratio
from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.house import merge
from reportgen.base.style import CharStyle, Style
from reportgen.base.suggest import did_you_mean
from reportgen.base.units import Pt, parse_length
from reportgen.charts.inks import RGB, Inks
from reportgen.charts.lettering import ASCENT, DESCENT, FEATURES

HOUSE = "charts/theme.toml"
READABLE = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3, level AA)."""

_SECTIONS = ("parts", "accents", "texts", "lines", "lengths", "ratios")


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


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme bound to the inks of a style.

    Attributes:
        tables: what it was read from, for :meth:`merged`.
        parts: every part, resolved to an ink.
        lengths: named distances in points; ``ratios`` named proportions.
    """

    inks: Inks
    tables: Mapping[str, Any]
    parts: Mapping[str, Part]
    texts: Mapping[str, TextLook]
    lines: Mapping[str, LineLook]
    lengths: Mapping[str, Pt]
    ratios: Mapping[str, float]

    def merged(self, overrides: Mapping[str, Any], place: Span | None = None) -> Result[Theme]:
        """Return this theme with tables in the form of ``theme.toml`` laid over it, key by key."""
        return _read(merge(self.tables, overrides), self.inks, place or Span(HOUSE))

    def with_accent(self, ink: str, place: Span | None = None) -> Result[Theme]:
        """Return this theme with another ink as its accent, and what goes with it by ``[accents]``."""
        companions = self.tables.get("accents", {}).get(ink, {})
        return self.merged({"parts": {**companions, "accent": {"ink": ink}}}, place)

    def rgb(self, name: str, tint: float = 1.0) -> RGB:
        """Return the triple that paints a part, or an ink of the style, at a share of its strength.

        Raises:
            KeyError: if there is neither part nor ink of that name.
        """
        part = self.parts.get(name)
        return self.inks.rgb(part.ink, part.tint * tint) if part else self.inks.rgb(name, tint)

    def ramp(self, name: str, steps: int, lightest: float = 0.08, darkest: float = 1.0) -> tuple[RGB, ...]:
        """Return tints of a part or ink from light to dark, as :meth:`Inks.ramp`."""
        part = self.parts.get(name, Part(name))
        return self.inks.ramp(part.ink, steps, lightest * part.tint, darkest * part.tint)

    def colormap(self, name: str, steps: int = 64, lightest: float = 0.08, darkest: float = 1.0) -> Any:
        """Return a sequential ``Colormap`` of tints of a part or ink, as :meth:`Inks.colormap`."""
        part = self.parts.get(name, Part(name))
        return self.inks.colormap(part.ink, steps, lightest * part.tint, darkest * part.tint)

    def shades(self, name: str, steps: int, lightest: float = 0.1, darkest: float = 1.0) -> tuple[RGB, ...]:
        """Return a ramp whose every step carries text: one too dark for black and too light for white is made lighter.

        The text's colour is :meth:`on`.
        """
        part = self.parts.get(name, Part(name))
        ink = self.inks.color(part.ink)
        shares = [lightest + (darkest - lightest) * i / max(steps - 1, 1) for i in range(steps)]
        return tuple(self._readable(ink, share * part.tint).rgb for share in shares)

    def _readable(self, ink: Color, share: float) -> Color:
        """Return an ink at a share, or at the largest one below it that carries text."""
        if max(self._contrasts(ink.tint(share).rgb)) >= READABLE:
            return ink.tint(share)
        low, high = 0.0, 1.0
        while high - low > 1e-6:
            middle = (low + high) / 2
            carries = self._contrasts(ink.tint(middle).rgb)[0] >= READABLE
            low, high = (middle, high) if carries else (low, middle)
        return ink.tint(low)

    def _contrasts(self, rgb: RGB) -> tuple[float, float]:
        """Return the contrast of text and of paper on a colour."""
        ground = replace(WHITE, rgb=rgb)
        dark, light = (replace(WHITE, rgb=self.rgb(name)) for name in ("text", "paper"))
        return contrast_ratio(dark, ground), contrast_ratio(light, ground)

    def on(self, rgb: RGB) -> RGB:
        """Return the colour of text that stands on a colour: the part ``text`` or ``paper``, whichever is clearer."""
        dark, light = self._contrasts(rgb)
        return self.rgb("text" if dark >= light else "paper")

    def length(self, name: str) -> Pt:
        """Return a named distance."""
        return self.lengths[name]

    def ratio(self, name: str) -> float:
        """Return a named proportion."""
        return self.ratios[name]

    def character(self, name: str) -> CharStyle:
        """Return a text target as the text layer's character style, for wrapping and measuring without matplotlib."""
        look = self.texts[name]
        part = self.parts[look.part]
        ink = self.inks.color(part.ink, part.tint)
        return CharStyle(look.family, look.size, look.weight, look.italic, ink, FEATURES)

    def text(self, name: str, part: str | None = None) -> dict[str, Any]:
        """Return the keyword arguments of ``Axes.text``, ``annotate`` and other makers of text.

        Args:
            part: paints the words in another part or ink than the target's own.
        """
        look = self.texts[name]
        return {
            "family": look.family,
            "fontsize": look.size,
            "fontweight": look.weight,
            "fontstyle": "italic" if look.italic else "normal",
            "color": self.rgb(part or look.part),
            "linespacing": look.leading / (ASCENT + DESCENT),
        }

    def line(self, name: str, part: str | None = None) -> dict[str, Any]:
        """Return the keyword arguments of ``Axes.plot``, ``axhline`` and other makers of lines."""
        look = self.lines[name]
        # Inside the context a dash is as long as it says; elsewhere matplotlib scales it by the line's width.
        style: Any = (0, look.dashes) if look.dashes else "solid"
        return {
            "color": self.rgb(part or look.part),
            "linewidth": look.width,
            "linestyle": style,
            "solid_capstyle": look.cap,
            "dash_capstyle": look.cap,
            "solid_joinstyle": "round",
        }

    def patch(self, name: str, part: str | None = None) -> dict[str, Any]:
        """Return ``edgecolor`` and ``linewidth`` of a line target, for bars, cells and other areas."""
        look = self.lines[name]
        return {"edgecolor": self.rgb(part or look.part), "linewidth": look.width}

    def rc(self) -> dict[str, Any]:
        """Return matplotlib's settings that this theme asks for, for :func:`matplotlib.rc_context`."""
        from reportgen.charts.theme_axes import settings

        return settings(self)

    def apply(self, axes: Any, values: Literal["x", "y", "none"] = "y") -> None:
        """Dress axes: no box, no tick marks, hairlines across the axis of values, a base line under it.

        Args:
            values: which axis carries values and so has grid lines; the other one keeps its line.
        """
        from reportgen.charts.theme_axes import dress

        dress(self, axes, values)

    @contextmanager
    def context(self) -> Iterator[None]:
        """Make matplotlib draw by this theme and nothing else for a while.

        Its settings start from matplotlib's own defaults, so a person's ``matplotlibrc`` does not reach our charts, and
        are what they were before when the block ends.
        """
        from matplotlib import rc_context

        from reportgen.charts.theme_axes import neutral

        everything: Any = {**neutral(), **self.rc()}
        with rc_context(everything):
            yield


def load_theme(
    style: Style, overrides: Mapping[str, Any] | None = None, place: Span | None = None
) -> Result[Theme]:
    """Return the house's theme in the inks of a style.

    Args:
        overrides: tables in the form of ``theme.toml``, laid over it.
        place: where they stand.
    """
    return _read(merge(_house(), overrides or {}), Inks.of(style), place or Span(HOUSE))


@lru_cache(maxsize=1)
def _house() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "theme.toml").read_text(encoding="utf-8"))


def _read(tables: Mapping[str, Any], inks: Inks, place: Span) -> Result[Theme]:
    reader = _Reader(tables, inks, place)
    reader.check(tables, _SECTIONS, "the theme")
    parts = {name: reader.part(name) for name in reader.section("parts")}
    reader.known_parts = {**parts, **{name: Part(name) for name in inks.colors}}
    texts = {name: reader.text(name) for name in reader.section("texts")}
    lines = {name: reader.line(name) for name in reader.section("lines")}
    lengths = {name: reader.length(f"lengths.{name}", v) for name, v in reader.section("lengths").items()}
    ratios = {name: reader.number(f"ratios.{name}", v) for name, v in reader.section("ratios").items()}
    theme = Theme(inks, tables, reader.known_parts, texts, lines, lengths, ratios)
    return Result(theme, tuple(dict.fromkeys(reader.faults)))


@dataclass(slots=True)
class _Reader:
    """Reads a theme's tables, gathering every fault; a faulty value is replaced by the look's default."""

    tables: Mapping[str, Any]
    inks: Inks
    place: Span
    faults: list[Diagnostic] = field(default_factory=list)
    known_parts: Mapping[str, Part] = field(default_factory=dict)

    def refuse(self, message: str, *hints: str) -> None:
        self.faults.append(error(message, self.place, *hints))

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
