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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from reportgen.base import settings as s
from reportgen.base.color import WHITE, contrast_ratio
from reportgen.base.diagnostics import Faults, Result
from reportgen.base.places import PlacedFile
from reportgen.base.style import CharStyle, Style
from reportgen.base.units import Pt
from reportgen.charts import theme_axes
from reportgen.charts.inks import RGB, Inks
from reportgen.charts.lettering import ASCENT, DESCENT, FEATURES
from reportgen.charts.theme_tables import (
    HOUSE,
    SECTIONS,
    LineTarget,
    Part,
    TextTarget,
    read_lines,
    read_parts,
    read_texts,
)

__all__ = ["READABLE", "LineTarget", "Part", "TextTarget", "Theme", "load_theme"]

READABLE = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3, level AA)."""

_STEP = 0.01
"""Steps in which a tint is made lighter until it bears words."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme bound to the inks of a style.

    Attributes:
        settings: what it was read from, for :meth:`merged`.
        parts: every part, resolved to an ink.
        lengths: named distances in points; ``ratios`` named proportions.
    """

    inks: Inks
    settings: s.Setting
    parts: Mapping[str, Part]
    texts: Mapping[str, TextTarget]
    lines: Mapping[str, LineTarget]
    lengths: Mapping[str, Pt]
    ratios: Mapping[str, float]

    def merged(self, overrides: s.Setting) -> Result[Theme]:
        """Return this theme with tables in the form of ``theme.toml`` laid over it, key by key."""
        return _read(self.settings, overrides, self.inks)

    def with_accent(self, ink: str, written: s.Setting | None = None) -> Result[Theme]:
        """Return this theme with another ink as its accent, and what goes with it by ``[accents]``.

        Args:
            written: the setting that names the ink.
        """
        written = written or self.settings.at("parts", "accent", "ink")

        def table(members: Mapping[str, s.Setting]) -> s.Setting:
            return s.Setting(members, written.name, written.place)

        accent = table({"ink": s.Setting(ink, written.name, written.place)})
        companions = self.settings.at("accents", ink).members
        return self.merged(table({"parts": table({**companions, "accent": accent})}))

    def rgb(self, name: str, tint: float = 1.0) -> RGB:
        """Return the triple that paints a part, or an ink of the style, at a share of its strength.

        Raises:
            KeyError: if there is neither part nor ink of that name.
        """
        part = self.parts.get(name)
        return self.inks.rgb(part.ink, part.tint * tint) if part else self.inks.rgb(name, tint)

    def colormap(self, name: str, steps: int = 64, lightest: float = 0.08, darkest: float = 1.0) -> Any:
        """Return a sequential ``Colormap`` of tints of a part or ink, as :meth:`Inks.colormap`."""
        part = self.parts.get(name, Part(name))
        return self.inks.colormap(part.ink, steps, lightest * part.tint, darkest * part.tint)

    def shades(self, name: str, steps: int, lightest: float = 0.1, darkest: float = 1.0) -> tuple[RGB, ...]:
        """Return a ramp whose every step carries text: one too dark for black and too light for white is made lighter.

        The text's colour is :meth:`on`.
        """
        found, tint = [], darkest
        for i in reversed(range(steps)):  # from dark to light: a shade is never darker than the next
            tint, _ = self.legible(name, min(tint, lightest + (darkest - lightest) * i / max(steps - 1, 1)))
            found.append(self.rgb(name, tint))
        return tuple(reversed(found))

    def legible(self, name: str, tint: float) -> tuple[float, str]:
        """Return a tint of a part, and the part that paints words on it: ``paper`` or ``text``.

        Between the tints on which white is legible and those on which black is, there may be a few on which neither is;
        these are printed as the strongest tint below them that bears black words.
        """
        part, black = self.parts.get(name, Part(name)), self.inks.color("black")
        if contrast_ratio(WHITE, self.inks.color(part.ink, part.tint * tint)) >= READABLE:
            return tint, "paper"
        while tint > _STEP and contrast_ratio(black, self.inks.color(part.ink, part.tint * tint)) < READABLE:
            tint -= _STEP
        return tint, "text"

    def on(self, rgb: RGB) -> RGB:
        """Return the colour of text that stands on a colour: the part ``text`` or ``paper``, whichever is clearer."""
        ground, colors = replace(WHITE, rgb=rgb), (self.rgb("text"), self.rgb("paper"))
        return max(colors, key=lambda color: contrast_ratio(replace(WHITE, rgb=color), ground))

    def length(self, name: str) -> Pt:
        """Return a named distance."""
        return self.lengths[name]

    def ratio(self, name: str) -> float:
        """Return a named proportion."""
        return self.ratios[name]

    def character(self, name: str) -> CharStyle:
        """Return a text target as the text layer's character style, for wrapping and measuring without matplotlib."""
        target = self.texts[name]
        part = self.parts[target.part]
        ink = self.inks.color(part.ink, part.tint)
        return CharStyle(target.family, target.size, target.weight, target.italic, ink, FEATURES)

    def text(self, name: str, part: str | None = None) -> dict[str, Any]:
        """Return the keyword arguments of ``Axes.text``, ``annotate`` and other makers of text.

        Args:
            part: paints the words in another part or ink than the target's own.
        """
        target = self.texts[name]
        return {
            "family": target.family,
            "fontsize": target.size,
            "fontweight": target.weight,
            "fontstyle": "italic" if target.italic else "normal",
            "color": self.rgb(part or target.part),
            "linespacing": target.leading / (ASCENT + DESCENT),
        }

    def line(self, name: str, part: str | None = None) -> dict[str, Any]:
        """Return the keyword arguments of ``Axes.plot``, ``axhline`` and other makers of lines."""
        target = self.lines[name]
        # Inside the context a dash is as long as it says; elsewhere matplotlib scales it by the line's width.
        style: Any = (0, target.dashes) if target.dashes else "solid"
        return {
            "color": self.rgb(part or target.part),
            "linewidth": target.width,
            "linestyle": style,
            "solid_capstyle": target.cap,
            "dash_capstyle": target.cap,
            "solid_joinstyle": "round",
        }

    def patch(self, name: str) -> dict[str, Any]:
        """Return ``edgecolor`` and ``linewidth`` of a line target, for bars, cells and other areas."""
        target = self.lines[name]
        return {"edgecolor": self.rgb(target.part), "linewidth": target.width}

    def rc(self) -> dict[str, Any]:
        """Return matplotlib's settings that this theme asks for, for :func:`matplotlib.rc_context`."""
        return theme_axes.settings(self)

    def apply(self, axes: Any, values: Literal["x", "y", "none"] = "y") -> None:
        """Dress axes made inside :meth:`context`: no box, hairlines across the axis of values, a base line under it.

        Args:
            values: which axis carries values and so has grid lines; the other one keeps its line.
        """
        theme_axes.dress(self, axes, values)

    @contextmanager
    def context(self) -> Iterator[None]:
        """Make matplotlib draw by this theme and nothing else for a while.

        Its settings start from matplotlib's own defaults, so a person's ``matplotlibrc`` does not reach our charts, and
        are what they were before when the block ends.
        """
        from matplotlib import rc_context

        everything: Any = {**theme_axes.neutral(), **self.rc()}
        with rc_context(everything):
            yield


def load_theme(style: Style, overrides: s.Setting | None = None) -> Result[Theme]:
    """Return the house's theme in the inks of a style.

    Args:
        overrides: tables in the form of ``theme.toml``, laid over it.
    """
    return _read(_house(), overrides or s.Setting(None, "", _house().place), Inks.of(style))


@lru_cache(maxsize=1)
def _house() -> s.Setting:
    text = (Path(__file__).parent / "theme.toml").read_text(encoding="utf-8")
    return s.settings_of(PlacedFile(HOUSE, tomllib.loads(text)))


def _read(below: s.Setting, above: s.Setting, inks: Inks) -> Result[Theme]:
    faults = Faults()
    settings = s.merge(below, above, faults)
    s.check_keys(settings, SECTIONS, faults)
    parts = read_parts(settings.at("parts"), inks, faults)
    texts = read_texts(settings.at("texts"), parts, faults)
    lines = read_lines(settings.at("lines"), parts, faults)
    for section in ("lengths", "ratios"):
        s.check_keys(settings.at(section), below.at(section).members, faults)
    lengths = s.table_of(s.length())(settings.at("lengths"), faults) or {}
    ratios = s.table_of(s.number(0, 1))(settings.at("ratios"), faults) or {}
    return faults.result(Theme(inks, settings, parts, texts, lines, lengths, ratios))
