"""Periods as offices spell them: 2021年, 2021Q1, 2021年一季度, 3月, Mar 2021, 2021年1-3月, 2013/14."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from reportgen.data.importing.words import MONTHS, ORDINALS

Kind: TypeAlias = Literal["year", "half", "quarter", "month", "date", "years", "months"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A period, or the part of a year.

    Attributes:
        kind: its length; ``months`` are several from January on (cumulative), ``years`` a range such as 2013/14.
        year: None where only the part of a year is named (一季度, 3月).
        part: the number of the half, quarter or month in its year; of ``date`` the rest of the date.
    """

    kind: Kind
    year: int | None
    part: str = ""

    @property
    def text(self) -> str:
        """The period in canonical words, which sort by time."""
        match self.kind:
            case "year":
                return f"{self.year}"
            case "half":
                return f"{self.year}H{self.part}"
            case "quarter":
                return f"{self.year}Q{self.part}"
            case "month":
                return f"{self.year}-{int(self.part):02d}"
            case "months":
                return f"{self.year}-01/{self.year}-{int(self.part):02d}"
            case _:
                return f"{self.year}{self.part}"

    def in_year(self, year: int) -> Spell:
        """Return the part of a year in that year."""
        return Spell(self.kind, year, self.part)


_Y = r"(?P<y>1[6-9]\d\d|20\d\d|21\d\d)"
_N = rf"第?(?P<p>[1-4{ORDINALS}])"
_M = r"(?P<p>0?[1-9]|1[0-2])"
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_WRITTEN: tuple[tuple[Kind, str], ...] = (
    ("year", rf"{_Y}(?:年度?)?"),
    ("half", rf"(?:{_Y}年?[-\s]?)?(?:[hs](?P<p>[12])|(?P<h>[上下])半年)"),
    ("half", rf"h(?P<p>[12])\s*{_Y}"),
    ("quarter", rf"(?:{_Y}(?:年|[-\s.:])?\s*)?(?:q(?P<p>[1-4])|{_N.replace('?P<p>', '?P<n>')}季度?)"),
    ("quarter", rf"q(?P<p>[1-4])[-\s/]*{_Y}"),
    ("months", rf"(?:{_Y}年)?\s*1\s*[-–—~～至]\s*{_M}月"),
    ("month", rf"{_Y}(?:[-/.\s]?m|[-/])(?P<p>0[1-9]|1[0-2])"),
    ("month", rf"(?:{_Y}年)?\s*{_M}月份?"),
    ("month", rf"(?:{_Y}年?\s*)?(?P<w>{_NAMES})\.?(?:\s+|-)?(?P<z>(?:1[6-9]|20|21)\d\d)?"),
    ("date", rf"{_Y}[-/年.](?P<m>\d{{1,2}})[-/月.](?P<d>\d{{1,2}})日?"),
    ("years", rf"{_Y}\s*/\s*(?P<e>\d\d|\d{{4}})(?:年度?)?"),
    ("years", rf"{_Y}\s*[-–—~～至]\s*(?P<e>(?:1[6-9]|20|21)\d\d)(?:年度?)?"),
)
_FORMS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _WRITTEN)


def spell_of(text: str) -> Spell | None:
    """Return the period that a text names; None where it names none."""
    word = text.strip()
    if not word or len(word) > 24:
        return None
    for kind, form in _FORMS:
        found = form.fullmatch(word)
        if found is not None and (spell := _made(kind, found.groupdict())):
            return spell
    return None


def _made(kind: Kind, parts: dict[str, str | None]) -> Spell | None:
    written = parts.get("y") or parts.get("z")
    year = int(written) if written else None
    if parts.get("y") and parts.get("z"):
        return None
    if kind == "date":
        month, day = int(parts["m"] or 0), int(parts["d"] or 0)
        return Spell(kind, year, f"-{month:02d}-{day:02d}") if 1 <= month <= 12 and 1 <= day <= 31 else None
    if kind == "years":
        end = str(parts["e"])
        whole = int(end) if len(end) == 4 else None
        if whole is not None and year is not None and whole <= year:
            return None
        if whole is not None and year is not None and whole == year + 1:
            end = end[2:]
        return Spell(kind, year, f"/{end}" if len(end) == 2 else f"-{end}")
    if parts.get("w"):
        return Spell(kind, year, str(MONTHS[str(parts["w"]).casefold()]))
    if parts.get("h"):
        return Spell(kind, year, "12"["上下".index(str(parts["h"]))])
    number = parts.get("p") or parts.get("n") or ""
    return Spell(
        kind, year, str(ORDINALS.index(number) + 1) if number and number in ORDINALS else number.lstrip("0")
    )


def flagged_spell(text: str) -> tuple[Spell | None, str]:
    """Return the period of a heading and the flag behind it, as in “2023p” or “2023年（e）”."""
    if (spell := spell_of(text)) is not None:
        return spell, ""
    found = re.fullmatch(
        r"(.*?\d.*?|.*[年月度])\s*[(（\[]?\s*([a-z]{1,2}|\*)\s*[)）\]]?", text.strip(), re.IGNORECASE
    )
    spell = spell_of(found[1]) if found else None
    return (spell, found[2]) if found and spell else (None, "")
