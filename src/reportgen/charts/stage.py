"""What a plot form is given: observations, words, colours, facts, and a sheet of the size that it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.frame import Frame
from reportgen.base.settings import length
from reportgen.base.style import Style
from reportgen.base.suggest import known_names
from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault
from reportgen.charts.observations import Grid, selected
from reportgen.charts.options import Mark
from reportgen.charts.renderer import new_figure
from reportgen.charts.specification import ChartSpec
from reportgen.charts.theme import Theme
from reportgen.charts.words import Words
from reportgen.data.periods import Frequency
from reportgen.edition.formats import FormatFault, format_fact
from reportgen.facts.book import Fact, FactBook
from reportgen.text.itemize import TextSetting

if TYPE_CHECKING:
    from pandas import DataFrame

_HOLE = re.compile(r"\{([a-z0-9_.]+):([a-z0-9_.]+)\}")
ROUNDING: Pt = 0.05


@dataclass(frozen=True, slots=True)
class Remark:
    """Words at a category, and the first fact that they print."""

    x: str
    text: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Paint:
    """How a series is painted: its marks in a part at a tint, its words in a part that is legible on white."""

    part: str
    text: str
    tint: float = 1.0


_TWO = (Paint("accent", "accent"), Paint("muted", "quiet"))
_TINTS = (1.0, 0.62, 0.36, 0.2, 0.12, 0.07)


@dataclass(slots=True)
class Stage:
    """A chart about to be drawn.

    Attributes:
        sheet: what :meth:`open` returned last.
        strip: height that a form leaves free above its plot, for remarks that found no room in it.
        recorded: the Drawing of ReportLab's that a function of the project's own returned, as a frame.
    """

    spec: ChartSpec
    grid: Grid
    words: Words
    theme: Theme
    book: FactBook
    style: Style
    setting: TextSetting
    width: Pt
    faults: Faults = field(default_factory=Faults)
    sheet: Sheet | None = None
    strip: Pt = 0.0
    recorded: Result[Frame] | None = None

    @property
    def frame(self) -> DataFrame:
        """The rows that the chart selects, as a pandas DataFrame (:func:`reportgen.data.frames.frame_of`)."""
        from reportgen.data.frames import frame_of

        package = self.words.package
        rows = selected(self.spec, package)
        return frame_of(replace(package.tables[self.spec.table], rows=rows), package.code_lists)

    def open(self, needed: Pt, preferred: Pt = 0.0) -> Sheet:
        """Return a sheet that is at least ``needed`` high.

        Its height is the specification's, or else the larger of ``needed`` and ``preferred``, rounded up to the grid.

        Raises:
            ChartFault: if the specification leaves too little height.
        """
        leading = self.style.page.leading
        lines = ceil((max(needed, preferred) - ROUNDING) / leading)
        written = self.spec.height
        height = length(line=leading)(written, self.faults) if written is not None else None
        if height is not None and height < needed - ROUNDING:
            message = f"it needs {needed:.0f} pt of height and has {height:.0f} pt"
            hint = f'write height = "{ceil(needed / leading)} lines" or leave height out'
            raise ChartFault(message, hint, key="height")
        height = lines * leading if height is None else height
        figure = new_figure(self.width, height, self.style, self.setting, self.words.language.lang)
        self.sheet = Sheet(figure, self.width, height, self.theme, self.words)
        return self.sheet

    def refuse(self, rule: str, message: str, place: Span, *hints: str) -> None:
        """Note a fault of the chart."""
        self.faults.error(rule, f"chart {self.spec.name}: {message}", place, *hints)

    @property
    def is_timed(self) -> bool:
        """Whether the categories are periods."""
        return self.frequency is not None

    @property
    def frequency(self) -> Frequency | None:
        """What periods the categories are; None where they are none."""
        return self.words.frequency(self.spec.x)

    def paint(self, series: str) -> Paint:
        """Return the paint of a series: the specification's, or accent and grey, or tints of the accent."""
        index, count = self.grid.series.index(series), len(self.grid.series)
        if index < len(self.spec.inks):
            part = self.spec.inks[index]
            return Paint(part, "quiet" if part in ("muted", "soft", "grey") else part)
        if count <= len(_TWO):
            return _TWO[index]
        return Paint("accent", "text", _TINTS[min(index, len(_TINTS) - 1)])

    def name(self, series: str, *, short: bool = True) -> str:
        """Return the name of a series."""
        return self.words.name(self.spec.series, series, short=short)

    def category(self, code: str) -> str:
        """Return the name of a category, full or short as the specification says."""
        return self.words.name(self.spec.x, code)

    def fact(self, id: str, place: Span) -> Fact | None:
        """Return a fact; None where there is none, which is reported unless it was already."""
        fact = self.book.facts.get(id)
        if fact is None and id not in self.book.failed:
            hints = known_names(id, self.book.facts)
            self.refuse("unknown-fact", f"there is no fact {id}", place, *hints)
        return fact

    def growth(self, series: str) -> str | None:
        """Return the stated growth of a series, in words: 年均增速21.3%; a change in points where the fact is one."""
        id = self.spec.growth.get(series)
        fact = self.book.facts.get(id) if id is not None else None
        if id is not None and fact is not None and fact.kind == "points":
            change = self.printed(id, "pp.1", self.spec.place("growth", series))
            return self.words.labels("change: {value}", value=change) if change is not None else None
        written = self.printed(id, "pct.1", self.spec.place("growth", series)) if id is not None else None
        return self.words.labels("{value} a year on average", value=written) if written is not None else None

    def printed(self, id: str, format: str, place: Span) -> str | None:
        """Return a fact as the edition prints it; none, or a format that does not fit, is reported."""
        fact = self.fact(id, place)
        if fact is None:
            return None
        try:
            return format_fact(fact, format, self.words.language, dict(self.words.package.code_lists))
        except FormatFault as fault:
            self.refuse("unfit-format", str(fault), place, *getattr(fault, "hints", ()))
            return None

    def emphasised(self) -> frozenset[str]:
        """Return the categories that the specification's fact names; all of them where it has none."""
        id = self.spec.emphasis
        fact = self.fact(id, self.spec.place("emphasis")) if id is not None else None
        if fact is None:
            return frozenset(self.grid.x)
        codes = fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
        return frozenset(str(code) for code in codes)

    def remarks(self) -> list[Remark]:
        """Return the remarks of the specification, and one where a series breaks."""
        found = [self._remark(mark) for mark in self.spec.marks]
        words = self.words.labels("break in series")
        breaks = dict.fromkeys(x for (_, _, x, _), o in self.grid.cells.items() if o.breaks)
        return [r for r in found if r is not None] + [Remark(x, words) for x in self.grid.x if x in breaks]

    def _remark(self, mark: Mark) -> Remark | None:
        language, at = self.words.language.name, mark.place("at")
        fact, words = self.fact(mark.at, at), mark.text.get(language)
        if words is None:
            hint = "write it in every language"
            self.refuse("missing-text", f"a mark has no text in {language}", mark.place("text"), hint)
        if fact is None or words is None:
            return None
        where = str(fact.value)
        if where not in self.grid.x:
            message = f"a mark stands at {where}, which the chart does not show"
            self.refuse("mark-outside-chart", message, at, "name a fact within the chart")
            return None
        named = _HOLE.search(words)
        return Remark(where, self.fill(words, mark.place("text", language)), named[1] if named else mark.at)

    def fill(self, text: str, place: Span) -> str:
        """Return text with ``{fact:format}`` replaced by what the edition prints."""
        return _HOLE.sub(lambda hole: self.printed(hole[1], hole[2], place) or "", text)
