"""How periods are spelt: by statistics offices, in SDMX (``2021-Q1``, ``2021-S1``), in ISO 8601, in Chinese.

Every spelling is read to a :class:`~reportgen.data.periods.Period`, whose ``str`` is the one that is kept.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from reportgen.base.diagnostics import Fault
from reportgen.data.periods import EXAMPLES, FREQUENCIES, PER_YEAR, Frequency, Period, limits, noun

_YEAR = "(?P<year>[0-9]{4})"
_DASH = "[-‐‑–—―~至]"
_SPELLINGS: Mapping[Frequency, tuple[str, ...]] = {
    "year": (f"{_YEAR}(-?A1|年)?",),
    "half": (
        f"{_YEAR}[- ]?[HS](?P<part>[12])",
        f"[HS](?P<part>[12])[- ]?{_YEAR}",
        f"{_YEAR}年(?P<part>[上下])半年",
    ),
    "quarter": (
        f"{_YEAR}[- ]?Q(?P<part>[1-4])",
        f"Q(?P<part>[1-4])[- ]?{_YEAR}",
        f"{_YEAR}年第?(?P<part>[一二三四1-4])季度?",
    ),
    "month": (
        f"{_YEAR}[-/.](?P<part>[0-9]{{2}})",
        f"{_YEAR}-(?P<part>[0-9]{{2}})-01",  # as a workbook keeps a month
        f"{_YEAR}(?P<part>[0-9]{{2}})",
        f"{_YEAR}-?M(?P<part>[0-9]{{1,2}})",
        f"{_YEAR}年(?P<part>[0-9]{{1,2}})月份?",
    ),
    "date": (
        f"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
        f"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        f"{_YEAR}/(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}})",
        f"{_YEAR}年(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})日",
    ),
    "fiscal-year": (f"(FY ?)?{_YEAR}(/|{_DASH})(?P<end>[0-9]{{4}}|[0-9]{{2}})(年|财年|年度)?",),
    "years": (f"{_YEAR} ?{_DASH} ?(?P<end>[0-9]{{4}})年?",),
}
_PATTERNS = {kind: tuple(re.compile(text) for text in texts) for kind, texts in _SPELLINGS.items()}
_PARTS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_JOINTS = ("..", "–", "—", "至", " to ", "-")
"""What may stand between the ends of a range, the clearest first."""
LONGEST = 40
"""A text of more characters is no period."""


class NotAPeriod(Fault):
    """A text that is not a period of the frequency; its hint says how one is written."""

    rule = "not-a-period"


@lru_cache(maxsize=4096)
def parse_period(text: str, frequency: Frequency) -> Period:
    """Return the period that a text spells.

    Raises:
        NotAPeriod: if it is none of the frequency.
    """
    period = _period(text, frequency)
    if period is None:
        article = "an" if noun(frequency)[0] in "aeiou" else "a"
        raise NotAPeriod(
            f"{text!r} is not {article} {noun(frequency)}", f"write it as in {EXAMPLES[frequency]}"
        )
    return period


def _period(text: str, frequency: Frequency) -> Period | None:
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).upper()
    found = (pattern.fullmatch(plain) for pattern in _PATTERNS[frequency])
    match = next((match for match in found if match is not None), None)
    return _made(match.groupdict(), frequency) if match is not None else None


def _made(parts: Mapping[str, str], frequency: Frequency) -> Period | None:
    """Return the period of the numbers that a spelling holds; None where the calendar has none such."""
    year, length = int(parts["year"]), 1
    if frequency == "date":
        try:
            return Period("date", dt.date(year, int(parts["month"]), int(parts["day"])).toordinal())
        except ValueError:
            return None
    if frequency == "years":
        length = int(parts["end"]) - year + 1
    if frequency == "fiscal-year" and int(parts["end"]) != (year + 1) % 10 ** len(parts["end"]):
        return None
    per_year, part = PER_YEAR.get(frequency, 1), parts.get("part", "1")
    place = _PARTS[part] if part in _PARTS else int(part)
    number = year * per_year + place - 1
    least, most = limits(frequency)
    fits = least <= number <= most and 1 <= place <= per_year and (frequency != "years" or length > 1)
    return Period(frequency, number, length) if fits else None


def any_period(text: str, frequencies: Sequence[Frequency] = FREQUENCIES) -> Period | None:
    """Return the period that a text spells in the first of some frequencies that has such; None where none has."""
    found = (_period(text, frequency) for frequency in frequencies)
    return next((period for period in found if period is not None), None)


def known_period(text: str) -> Period | None:
    """Return the period of a text that is written just as periods are kept (``2021Q1``); None for any other."""
    for frequency in FREQUENCIES:
        period = _period(text, frequency)
        if period is not None and str(period) == text:
            return period
    return None


def parse_range(text: str, frequency: Frequency) -> tuple[Period, Period] | None:
    """Return the ends of a range of periods (``2021Q1..2022Q4``, ``2013-2023``); None where a text is none.

    An end may be of a coarser frequency: ``2021..2022`` of quarters is 2021Q1 to 2022Q4. So may the whole: ``2021``.
    """
    for first, last in ((text, text), *_halves(text)):
        start, end = _within(first.strip(), frequency), _within(last.strip(), frequency)
        if start is not None and end is not None:
            return start[0], end[1]
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for joint in _JOINTS:
        at = text.find(joint)
        while at > 0:
            yield text[:at], text[at + len(joint) :]
            at = text.find(joint, at + 1)


def _within(text: str, frequency: Frequency) -> tuple[Period, Period] | None:
    """Return the first and the last period of a frequency within the period that a text spells."""
    exact = _period(text, frequency)
    if exact is not None:
        return exact, exact
    coarser = (_period(text, other) for other in ("year", "half", "quarter", "month") if other != frequency)
    held = (period.holding(frequency) for period in coarser if period is not None)
    return next((ends for ends in held if ends is not None), None)


def range_text(first: Period, last: Period) -> str:
    """Return a range as it is kept: ``2013-2023`` of years, ``2021Q1..2022Q4`` of others, one period as itself."""
    return str(first) if first == last else f"{first}{'-' if first.frequency == 'year' else '..'}{last}"


def known_range(text: str) -> tuple[Period, Period] | None:
    """Return the ends of a period or a range that is written just as they are kept; None for any other text."""
    one = known_period(text)
    if one is not None:
        return one, one
    for first, last in _halves(text):
        ends = known_period(first), known_period(last)
        if ends[0] is not None and ends[1] is not None and ends[0].frequency == ends[1].frequency:
            return ends[0], ends[1]
    return None
