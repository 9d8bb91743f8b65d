"""English: British by default, American dates where the locale is American."""

from __future__ import annotations

from typing import ClassVar

from reportgen.data.periods import Period
from reportgen.edition.language import MINUS, NO_BREAK, Language, Side

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_HEDGES = {"below": "nearly", "about": "about", "above": "just over"}


class English(Language):
    name = "en"
    english_name = "English"
    usual_locale = "en_GB"
    scales = ((9, "billion"), (6, "million"))
    axis_scales = ((6, "million"),)
    myriad_scales: ClassVar = {4: (0, ""), 8: (6, "million")}
    english_scales: ClassVar = {3: "thousand", 6: "million", 9: "billion"}
    unit_words: ClassVar = {
        "per cent": "percent", "percent": "percent", "per mille": "permille", "permille": "permille",
        "per thousand": "permille", "percentage point": "points", "percentage points": "points",
        "pp": "points", "basis point": "basis_points", "basis points": "basis_points", "ratio": "ratio",
    }  # fmt: skip

    def basis_points(self, written: str) -> str:
        return f"{written}{NO_BREAK}basis point{'' if written in ('1', f'{MINUS}1') else 's'}"

    def points(self, written: str) -> str:
        return f"{written}{NO_BREAK}percentage point{'' if written in ('1', f'{MINUS}1') else 's'}"

    def more_than(self, written: str) -> str:
        return f"more than{NO_BREAK}{written}"

    def share_over(self, written: str) -> str:
        return self.more_than(self.percent(written))

    def hedge(self, side: Side, tenth: int) -> str:
        return f"{_HEDGES[side]} {'half' if tenth == 5 else self.percent(str(tenth * 10))}"

    def split(self, first: int, second: int) -> str:
        return f"{_SMALL[first]} to {_SMALL[second]}"

    def cardinal(self, number: int) -> str:
        if number < len(_SMALL):
            return _SMALL[number]
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")

    def ordinal(self, number: int) -> str:
        head, dash, last = self.cardinal(number).rpartition("-")
        regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
        return head + dash + _ORDINALS.get(last, regular)

    def date(self, year: int, month: int, day: int) -> str:
        if self.is_american:
            return f"{self.months[month - 1]}{NO_BREAK}{day}, {year}"
        return super().date(year, month, day)

    def half(self, year: int, part: int, *, short: bool = False) -> str:
        if short:
            return super().half(year, part)
        return f"the {self.ordinal(part)} half of{NO_BREAK}{year}"

    def quarter(self, year: int, part: int, *, short: bool = False) -> str:
        if short:
            return super().quarter(year, part)
        return f"the {self.ordinal(part)} quarter of{NO_BREAK}{year}"

    def short_date(self, year: int, month: int, day: int) -> str:
        return (
            f"{self.short_day(month, day)}, {year}"
            if self.is_american
            else super().short_date(year, month, day)
        )

    def short_day(self, month: int, day: int) -> str:
        if self.is_american:
            return f"{self.short_months[month - 1]}{NO_BREAK}{day}"
        return super().short_day(month, day)

    def range_end(self, period: Period, *, short: bool) -> str:
        return self.period(period, short=short or period.frequency in ("half", "quarter"))

    def time_range(self, first: str, last: str) -> str:
        return f"{first} to {last}"

    @property
    def is_american(self) -> bool:
        """Whether the month stands before the day."""
        return self.identifier.endswith("US")


LANGUAGE = English
