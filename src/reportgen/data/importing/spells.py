"""Periods as sheets head and label them: whole ones, and parts of a year: 一季度, 3月, Mar, 1-3月.

Whole periods are read by :mod:`reportgen.data.period_spellings`, as in every table; here is what only sheets have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from reportgen.data.importing.words import MONTHS, ORDINALS, WHOLE_YEAR, bare
from reportgen.data.period_spellings import any_period
from reportgen.data.periods import PER_YEAR, Frequency, Period

Kind: TypeAlias = Frequency | Literal["months"]
YEARS = range(1600, 2200)
"""Years of a sheet: a number outside is one of something else."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A period, or the part of a year.

    Attributes:
        kind: its frequency; ``months`` are several from January on (cumulative).
        year: None where only the part of a year is named (一季度, 3月).
        part: the number of the half, quarter or month in its year; the last of several months.
        whole: the period that is written in full.
    """

    kind: Kind
    year: int | None
    part: int = 1
    whole: Period | None = None

    @property
    def text(self) -> str:
        """The period as it is kept; texts of one kind sort by time."""
        if self.whole is not None:
            return str(self.whole)
        year = self.year or 0
        if self.kind == "months":
            return f"{year}-01/{year}-{self.part:02d}"
        return str(Period(self.kind, year * PER_YEAR[self.kind] + self.part - 1))

    def in_year(self, year: int) -> Spell:
        """Return the part of a year in that year."""
        return Spell(self.kind, year, self.part)


_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_WRITTEN: tuple[tuple[Kind, str], ...] = (
    ("half", r"[hs](?P<p>[12])|(?P<h>[上下])半年"),
    ("quarter", rf"q(?P<p>[1-4])|第?(?P<n>[1-4{ORDINALS}])季度?"),
    ("months", r"1月?\s*[-–—~～至]\s*(?P<p>0?[2-9]|1[0-2])月份?"),
    ("months", r"(?:前(?P<t>[2-4二三四])|[1一]\s*[-–—~～至]\s*(?P<q>[2-4二三四]))个?季度?"),
    ("month", rf"(?P<p>0?[1-9]|1[0-2])月份?|(?P<w>{_NAMES})\.?"),
)
_PARTS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _WRITTEN)
_YEAR = "(?P<y>[0-9]{4})"
_BEFORE = re.compile(rf"{_YEAR}(?:年|[-.:\s])?\s*(?P<rest>\D.*|[0-9]{{1,2}}\D.*)", re.DOTALL)
_BEHIND = re.compile(rf"(?P<rest>[A-Za-z].*?)[-\s/,.]*{_YEAR}")
_SPELT_IN: tuple[Frequency, ...] = ("date", "year", "half", "quarter", "month", "fiscal-year", "years")
"""A day before a month: a workbook's 2021-03-01 is what its format shows."""


@lru_cache(maxsize=4096)
def spell_of(text: str) -> Spell | None:
    """Return the period that a text names; None where it names none."""
    word = text.strip()
    if not word or len(word) > 24:
        return None
    period = any_period(word.replace("年度", "年"), _SPELT_IN)
    if period is not None:
        return Spell(period.frequency, period.year, period.part, period) if period.year in YEARS else None
    for form in (_BEFORE, _BEHIND):
        found = form.fullmatch(word)
        part = _part(found["rest"].strip()) if found is not None else None
        if found is not None and part is not None and int(found["y"]) in YEARS:
            return part.in_year(int(found["y"]))
    return _part(word)


def _part(word: str) -> Spell | None:
    """Return the part of a year that a word names."""
    if bare(word) in WHOLE_YEAR:
        return Spell("year", None)
    for kind, form in _PARTS:
        found = form.fullmatch(word)
        if found is None:
            continue
        parts = {name: text for name, text in found.groupdict().items() if text}
        if "w" in parts:
            return Spell(kind, None, MONTHS[parts["w"].casefold()])
        if "h" in parts:
            return Spell(kind, None, 1 + "上下".index(parts["h"]))
        quarters = parts.get("t") or parts.get("q")
        return Spell(kind, None, 3 * _number(quarters) if quarters else _number(parts.get("p") or parts["n"]))
    return None


def _number(text: str) -> int:
    return ORDINALS.index(text) + 1 if text in ORDINALS else int(text)


def flagged_spell(text: str) -> tuple[Spell | None, str]:
    """Return the period of a heading and the flag behind it, as in “2023p” or “2023年（e）”."""
    if (spell := spell_of(text)) is not None:
        return spell, ""
    found = re.fullmatch(
        r"(.*?\d.*?|.*[年月度])\s*[(（\[]?\s*([a-z]{1,2}|\*)\s*[)）\]]?", text.strip(), re.IGNORECASE
    )
    spell = spell_of(found[1]) if found else None
    return (spell, found[2]) if found and spell else (None, "")
