"""Periods: years, halves, quarters, months, dates, fiscal years and ranges of years, as one kind of thing.

A cell of a period stays a text: the one that :func:`str` gives (``2021Q1``, ``2021-03``), which every spelling of the
same period becomes when it is read (:mod:`reportgen.data.period_spellings`).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import Literal, TypeAlias, get_args

Frequency: TypeAlias = Literal["year", "half", "quarter", "month", "date", "fiscal-year", "years"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
PER_YEAR: Mapping[Frequency, int] = {"year": 1, "fiscal-year": 1, "half": 2, "quarter": 4, "month": 12}
"""How many periods a year has, for those that divide one."""
EXAMPLES: Mapping[Frequency, str] = {
    "year": "2023", "half": "2023H1", "quarter": "2023Q1", "month": "2023-03", "date": "2023-12-31",
    "fiscal-year": "2013/14", "years": "2013-2023",
}  # fmt: skip
"""A period of each frequency, as it is written."""
NOUNS: Mapping[Frequency, str] = {
    "half": "half-year",
    "fiscal-year": "fiscal year",
    "years": "range of years",
}
"""What messages call a period, where it is not called like its frequency."""
MEAN_YEAR = Fraction(3652425, 10000)
"""Days of a Gregorian year on average."""
LAST_YEAR = 9999


def noun(frequency: Frequency) -> str:
    """Return what messages call a period of a frequency."""
    return NOUNS.get(frequency, frequency)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    Periods stand in the order of their first days; of two that begin on one day, the one that ends first comes first.

    Attributes:
        number: which one it is, counted through: a year its number, a quarter ``year * 4 + 0…3``, a month ``year * 12 +
            0…11``, a date its ordinal, a range of years its first.
        length: how many years a range of years has; 1 for all others.
    """

    frequency: Frequency
    number: int
    length: int = 1

    @property
    def year(self) -> int:
        """The calendar year in which it begins."""
        if self.frequency == "date":
            return dt.date.fromordinal(self.number).year
        return self.number // PER_YEAR.get(self.frequency, 1)

    @property
    def part(self) -> int:
        """Which half, quarter or month of its year it is, from 1; the day of the year for a date; 1 for years."""
        if self.frequency == "date":
            return dt.date.fromordinal(self.number).timetuple().tm_yday
        return self.number % PER_YEAR.get(self.frequency, 1) + 1

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins; a fiscal year is taken to begin with the year that it names first."""
        if self.frequency == "date":
            return dt.date.fromordinal(self.number)
        months = 12 // PER_YEAR.get(self.frequency, 1)
        return dt.date(self.year, (self.part - 1) * months + 1, 1)

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends."""
        if self.frequency == "date":
            return self.first_day
        months = 12 // PER_YEAR.get(self.frequency, 1)
        year, month = self.year + self.length - 1, self.part * months
        return dt.date(year, month, monthrange(year, month)[1])

    @property
    def next(self) -> Period:
        """The period after it; of a range of years, the range as long that follows."""
        return self.plus(1)

    @property
    def previous(self) -> Period:
        """The period before it."""
        return self.plus(-1)

    def plus(self, steps: int) -> Period:
        """Return the period so many steps later, or earlier.

        Raises:
            OverflowError: if it is not within the years 1 to 9999.
        """
        number = self.number + steps * self.length
        bounds = limits(self.frequency)
        if not bounds[0] <= number <= bounds[1] - self.length + 1:
            raise OverflowError(f"{steps} steps from {self} leave the years 1 to {LAST_YEAR}")
        return Period(self.frequency, number, self.length)

    @property
    def year_before(self) -> Period:
        """The same period of the year before; 28 February for 29 February; a range of years moved by one year.

        Raises:
            OverflowError: if that is not within the years 1 to 9999.
        """
        if self.frequency == "date":
            day = self.first_day
            if day.year == 1:
                raise OverflowError(f"there is no year before {self}")
            day = day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
            return Period("date", day.toordinal())
        if self.frequency == "years":
            return Period("years", Period("year", self.number).plus(-1).number, self.length)
        return self.plus(-PER_YEAR[self.frequency])

    def years_from(self, other: Period) -> Fraction:
        """Return how many years it is after another of its frequency, exactly.

        Dates of one day of the month, and last days of months, are whole months apart; other dates, as many mean years
        of 365.2425 days. Ranges of years are as far apart as their middles.
        """
        if self.frequency == "years":
            return self.number - other.number + Fraction(self.length - other.length, 2)
        if self.frequency != "date":
            return Fraction(self.number - other.number, PER_YEAR[self.frequency])
        mine, theirs = self.first_day, other.first_day
        if mine.day == theirs.day or (_ends_month(mine) and _ends_month(theirs)):
            return Fraction((mine.year - theirs.year) * 12 + mine.month - theirs.month, 12)
        return (self.number - other.number) / MEAN_YEAR

    def holding(self, frequency: Frequency) -> tuple[Period, Period] | None:
        """Return the first and the last period of a finer frequency within it; None where it does not divide so."""
        if self.frequency in ("fiscal-year", "date") or frequency in ("fiscal-year", "years"):
            return None
        if frequency != "date" and PER_YEAR[frequency] % PER_YEAR.get(self.frequency, 1):
            return None
        return period_at(self.first_day, frequency), period_at(self.last_day, frequency)

    def __str__(self) -> str:
        match self.frequency:
            case "date":
                return self.first_day.isoformat()
            case "half":
                return f"{self.year:04}H{self.part}"
            case "quarter":
                return f"{self.year:04}Q{self.part}"
            case "month":
                return f"{self.year:04}-{self.part:02}"
            case "fiscal-year":
                return f"{self.year:04}/{(self.year + 1) % 100:02}"
            case "years":
                return f"{self.year:04}-{self.year + self.length - 1:04}"
            case "year":
                return f"{self.year:04}"

    def __lt__(self, other: Period) -> bool:
        return (self.first_day, self.last_day) < (other.first_day, other.last_day)


def _ends_month(day: dt.date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def limits(frequency: Frequency) -> tuple[int, int]:
    """Return the least and the largest number of a period, so that it lies within the years 1 to 9999."""
    if frequency == "date":
        return dt.date.min.toordinal(), dt.date.max.toordinal()
    per_year = PER_YEAR.get(frequency, 1)
    return per_year, LAST_YEAR * per_year + per_year - 1


def period_at(day: dt.date, frequency: Frequency) -> Period:
    """Return the period of a frequency that holds a day; a fiscal year or a range begins with its calendar year."""
    if frequency == "date":
        return Period("date", day.toordinal())
    per_year = PER_YEAR.get(frequency, 1)
    return Period(frequency, day.year * per_year + (day.month - 1) * per_year // 12)
