"""A language: everything about an edition's words that another language says in another way.

Each language is one file in :mod:`reportgen.edition.languages`, a subclass of :class:`Language`; whatever prints words
or numbers asks it. Words that stand alone, such as "Contents", are in the language's catalog of labels.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal, TypeAlias

from reportgen.base.decimals import round_half_away
from reportgen.data.periods import Period

MINUS = "\u2212"
NO_BREAK = "\u00a0"
LARGEST_IN_WORDS = 99
"""The largest number that is written in words."""
Side: TypeAlias = Literal["below", "about", "above"]
"""Where a value lies beside the round share that stands for it."""


class UnknownLocale(ValueError):
    """A locale that no edition can have."""


@dataclass(frozen=True, slots=True)
class Language(ABC):
    """A language as one edition writes it: its grammar, and the signs of the edition's locale.

    Attributes:
        identifier: Babel's, ``zh_Hans_CN`` or ``en_GB``.
        lang: the BCP 47 tag, ``zh-CN`` or ``en-GB``.
        decimal, group: the decimal and thousands separators; an empty ``group`` separates nothing.
        months, short_months: the months' names as they stand in a date, and on an axis.
        list_pair, list_end, list_middle: patterns of a list's joints with ``{0}`` and ``{1}``.
    """

    identifier: str
    lang: str
    decimal: str = "."
    group: str = ","
    months: tuple[str, ...] = ()
    list_pair: str = "{0}, {1}"
    list_end: str = "{0}, {1}"
    list_middle: str = "{0}, {1}"
    short_months: tuple[str, ...] = ()

    name: ClassVar[str]
    """The key of the edition, of its catalogs and of names in code lists."""
    english_name: ClassVar[str]
    """Also the label that names the language to a reader."""
    usual_locale: ClassVar[str]
    item_joint: ClassVar[str] = ", "
    clause_joint: ClassVar[str] = "; "
    colon: ClassVar[str] = ": "
    stop: ClassVar[str] = ". "
    """Ends a sentence before another one."""
    unit_gap: ClassVar[str] = NO_BREAK
    """Stands between a number and a word that scales it or counts it."""
    scales: ClassVar[tuple[tuple[int, str], ...]]
    """Powers of ten with a word of their own, the largest first: what ``compact`` uses."""
    axis_scales: ClassVar[tuple[tuple[int, str], ...]]
    """Those of them that the labels of an axis use."""
    myriad_scales: ClassVar[Mapping[int, tuple[int, str]]]
    """What stands for 万 (10⁴) and 亿 (10⁸): a power of ten and its word, (0, "") for the number itself."""
    english_scales: ClassVar[Mapping[int, str]] = {}
    """The words for thousand, million and billion, by their powers of ten."""
    unit_words: ClassVar[Mapping[str, str]] = {}
    """What it calls the dimensions of units that every package knows, in small letters: "per cent" is percent."""

    @classmethod
    def load(cls, identifier: str, lang: str | None = None, group: str | None = None) -> Language:
        """Return the language with the signs of a Babel locale; ``group`` overrides its thousands separator.

        Raises:
            UnknownLocale: if Babel has no such locale.
        """
        from babel.core import Locale, UnknownLocaleError

        try:
            locale = Locale.parse(identifier)
        except (UnknownLocaleError, ValueError) as problem:
            raise UnknownLocale(str(problem)) from problem
        symbols = locale.number_symbols
        symbols = symbols.get("latn", symbols)
        joints = locale.list_patterns["standard"]
        return cls(
            identifier,
            lang or "-".join(part for part in (locale.language, locale.territory) if part),
            str(symbols["decimal"]),
            str(symbols["group"]) if group is None else group,
            tuple(locale.months["format"]["wide"][month] for month in range(1, 13)),
            joints["2"],
            joints["end"],
            joints["middle"],
            short_months=tuple(locale.months["format"]["abbreviated"][month] for month in range(1, 13)),
        )

    # ---- numbers

    def number(self, value: Decimal, places: int) -> str:
        """Return a number to ``places`` decimals, halves away from zero, its thousands separated."""
        rounded = round_half_away(value, places)
        whole, _, fraction = f"{abs(rounded):f}".partition(".")
        first = len(whole) % 3 or 3
        groups = [whole[:first], *(whole[k : k + 3] for k in range(first, len(whole), 3))]
        sign = MINUS if rounded < 0 else ""
        return sign + self.group.join(groups) + (self.decimal + fraction if fraction else "")

    def trimmed(self, value: Decimal, places: int) -> str:
        """Return a number to at most ``places`` decimals, without zeros at their end."""
        rounded = round_half_away(value, places)
        exponent = rounded.normalize().as_tuple().exponent
        return self.number(rounded, -exponent if isinstance(exponent, int) and exponent < 0 else 0)

    def scaled(self, written: str, word: str) -> str:
        """Return a written number with the word that scales it: 7.0万, "7.0 million"."""
        return written + (self.unit_gap + word if word else "")

    def in_myriads(self, value: Decimal, power: int, places: int) -> str:
        """Return a number to ``places`` decimals of 万 (``power`` 4) or 亿 (8), or to the same precision without."""
        own, word = self.myriad_scales[power]
        rounded = round_half_away(value, places - power) / 10**own
        return self.scaled(self.number(rounded, max(places - power + own, 0)), word)

    def compact(self, value: Decimal) -> str:
        """Return three figures and a scale: 28.5万, 285,000, 1.23 million."""
        return self._in_scale(round_half_away(value, 3 - len(str(int(abs(value))))), self.scales)

    def tick(self, value: Decimal | float) -> str:
        """Return an axis label: 5,000, 1.5万, 2亿; 5,000, 15,000, 1.5 million."""
        return self._in_scale(value if isinstance(value, Decimal) else Decimal(repr(value)), self.axis_scales)

    def _in_scale(self, value: Decimal, scales: Iterable[tuple[int, str]]) -> str:
        power, word = next((s for s in scales if abs(value) >= 10 ** s[0]), (0, ""))
        return self.scaled(self.trimmed(value / 10**power, 2), word)

    def percent(self, written: str) -> str:
        """Return a written number of hundredths with its sign."""
        return f"{written}%"

    def permille(self, written: str) -> str:
        """Return a written number of thousandths with its sign."""
        return f"{written}‰"

    def signed(self, written: str, dimension: str | None) -> str:
        """Return a written number with the sign or word of what it measures; itself where that has none."""
        match dimension:
            case "percent" | "ratio":
                return self.percent(written)
            case "permille":
                return self.permille(written)
            case "basis_points":
                return self.basis_points(written)
            case "points":
                return self.points(written)
        return written

    def basis_points(self, written: str) -> str:
        """Return a written number of hundredths of a percentage point with their sign or name."""
        return f"{written}‱"

    @abstractmethod
    def points(self, written: str) -> str:
        """Return a written number of percentage points with their name."""

    @abstractmethod
    def more_than(self, written: str) -> str:
        """Return that there are more than a written number: 1,300余."""

    @abstractmethod
    def share_over(self, written: str) -> str:
        """Return that a share is above a written percentage: 超过95%."""

    @abstractmethod
    def hedge(self, side: Side, tenth: int) -> str:
        """Return a share in hedged words, its tenth 1 to 9: 近八成, "nearly 80%"."""

    @abstractmethod
    def split(self, first: int, second: int) -> str:
        """Return how two parts of ten share a whole: 六四开, "six to four"."""

    @abstractmethod
    def cardinal(self, number: int) -> str:
        """Return 0 to 99 in words."""

    @abstractmethod
    def ordinal(self, number: int) -> str:
        """Return 1 to 99 as a place in an order, in words."""

    def count(self, number: int) -> str:
        """Return 0 to 99 in words before what is counted."""
        return self.cardinal(number)

    def plural(self, count: int) -> int:
        """Return which of a label's plural forms goes with a count."""
        return int(count != 1)

    # ---- time

    def years(self, first: str, last: str) -> str:
        """Return a range of years."""
        return f"{first}–{last}"

    def month(self, year: int, month: int) -> str:
        """Return a month of a year."""
        return f"{self.months[month - 1]} {year}"

    def date(self, year: int, month: int, day: int) -> str:
        """Return a day."""
        return f"{day}{NO_BREAK}{self.month(year, month)}"

    def year(self, year: int) -> str:
        """Return a year as it stands alone in a sentence."""
        return str(year)

    def half(self, year: int, part: int, *, short: bool = False) -> str:  # noqa: ARG002
        """Return a half of a year, as in a sentence or as in the head of a table; ``H1 2021`` in any language."""
        return f"H{part}{NO_BREAK}{year}"

    def quarter(self, year: int, part: int, *, short: bool = False) -> str:  # noqa: ARG002
        """Return a quarter of a year, as in a sentence or as in the head of a table; ``Q1 2021`` in any language."""
        return f"Q{part}{NO_BREAK}{year}"

    def short_month(self, year: int, month: int) -> str:
        """Return a month of a year as in the head of a table."""
        return f"{self.short_months[month - 1]}{NO_BREAK}{year}"

    def short_date(self, year: int, month: int, day: int) -> str:
        """Return a day as in the head of a table."""
        return f"{self.short_day(month, day)}{NO_BREAK}{year}"

    def short_day(self, month: int, day: int) -> str:
        """Return a day without its year."""
        return f"{day}{NO_BREAK}{self.short_months[month - 1]}"

    def fiscal_year(self, text: str, *, short: bool = False) -> str:  # noqa: ARG002
        """Return a year that begins in one calendar year and ends in the next, from its text ``2013/14``."""
        return text

    def year_range(self, first: str, last: str) -> str:
        """Return a range of years as it stands alone in a sentence."""
        return self.years(first, last)

    def time_range(self, first: str, last: str) -> str:
        """Return from one period to another, both in words."""
        return f"{first} – {last}"

    def ticks(self, period: Period) -> tuple[str, ...]:
        """Return what a half, quarter, month or date is called above its year on an axis, the longest first."""
        match period.frequency:
            case "half":
                return (f"H{period.part}",)
            case "quarter":
                return (f"Q{period.part}",)
            case "month":
                name = self.short_months[period.part - 1]
                return (name, name[0])
        return (self.short_day(period.first_day.month, period.first_day.day),)

    def period(self, period: Period, *, short: bool = False) -> str:
        """Return a period in words: 2021年第一季度, "the first quarter of 2021"; short: 2021年一季度, "Q1 2021"."""
        day, year = period.first_day, period.year
        match period.frequency:
            case "year":
                return str(period) if short else self.year(year)
            case "half":
                return self.half(year, period.part, short=short)
            case "quarter":
                return self.quarter(year, period.part, short=short)
            case "month":
                return self.short_month(year, day.month) if short else self.month(year, day.month)
            case "date":
                write = self.short_date if short else self.date
                return write(year, day.month, day.day)
            case "fiscal-year":
                return self.fiscal_year(str(period), short=short)
            case "years":
                write_range = self.years if short else self.year_range
                return write_range(*str(period).split("-"))

    def periods(self, first: Period, last: Period, *, short: bool = False) -> str:
        """Return from one period to another of its frequency; of one period, only it."""
        if first == last:
            return self.period(first, short=short)
        if first.frequency == "year":
            return (self.years if short else self.year_range)(str(first), str(last))
        return self.time_range(self.range_end(first, short=short), self.range_end(last, short=short))

    def range_end(self, period: Period, *, short: bool) -> str:
        """Return a period as the end of a range of periods."""
        return self.period(period, short=short)

    # ---- words

    def listed(self, names: tuple[str, ...]) -> str:
        """Return names as a list in words: 甲、乙、丙; "a, b and c"."""
        if len(names) < 2:
            return "".join(names)
        if len(names) == 2:
            return self.list_pair.format(*names)
        text = self.list_end.format(names[-2], names[-1])
        for name in reversed(names[:-2]):
            text = self.list_middle.format(name, text)
        return text

    def inside_sentence(self, name: str) -> str:
        """Return a name as it stands inside a sentence: its first letter small, unless it begins an abbreviation."""
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]

    def at_start(self, words: str) -> str:
        """Return words as they begin a sentence: their first letter a capital, where there are capitals."""
        return words[:1].upper() + words[1:]

    def part_number(self, ordinal: int) -> str:
        """Return a part's number as it stands in its name."""
        return str(ordinal)

    def sort_key(self, term: str) -> str:
        """Return what a glossary's terms are sorted by; terms of one key keep the manuscript's order."""
        return term.casefold()

    def undivided(self, text: str) -> Iterable[str]:
        """Return the stretches of a text that no line divides."""
        return text.split()
