"""Chinese as official reports print it: GB/T 15835 for numerals and years, 万 and 亿, hedges in tenths (成)."""

from __future__ import annotations

from typing import ClassVar

from reportgen.data.periods import Period
from reportgen.edition.language import LARGEST_IN_WORDS, Language, Side

NUMERALS = "零一二三四五六七八九十"
_HALVES = ("上半年", "下半年")
_HEDGES = {"below": "近", "about": "约", "above": "逾"}


class Chinese(Language):
    name = "zh"
    english_name = "Chinese"
    usual_locale = "zh_Hans_CN"
    item_joint = "、"
    clause_joint = "；"
    colon = "："
    stop = "。"
    unit_gap = ""
    scales = ((8, "亿"), (4, "万"))
    axis_scales = scales
    myriad_scales: ClassVar = {4: (4, "万"), 8: (8, "亿")}
    unit_words: ClassVar = {
        "百分比": "percent", "百分率": "percent", "千分比": "permille", "千分率": "permille", "比率": "ratio",
        "百分点": "points", "个百分点": "points", "基点": "basis_points", "个基点": "basis_points",
    }  # fmt: skip

    def basis_points(self, written: str) -> str:
        return f"{written}个基点"

    def points(self, written: str) -> str:
        return f"{written}个百分点"

    def more_than(self, written: str) -> str:
        return f"{written}余"

    def share_over(self, written: str) -> str:
        return f"超过{self.percent(written)}"

    def hedge(self, side: Side, tenth: int) -> str:
        return _HEDGES[side] + ("一半" if tenth == 5 else f"{NUMERALS[tenth]}成")

    def split(self, first: int, second: int) -> str:
        return f"{NUMERALS[first]}{NUMERALS[second]}开"

    def cardinal(self, number: int) -> str:
        tens, ones = divmod(number, 10)
        if not tens:
            return NUMERALS[ones]
        return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")

    def ordinal(self, number: int) -> str:
        return f"第{self.cardinal(number)}"

    def count(self, number: int) -> str:
        return "两" if number == 2 else self.cardinal(number)

    def plural(self, count: int) -> int:  # noqa: ARG002
        return 0

    def years(self, first: str, last: str) -> str:
        return f"{first}-{last}"

    def month(self, year: int, month: int) -> str:
        return f"{year}年{month}月"

    def date(self, year: int, month: int, day: int) -> str:
        return f"{self.month(year, month)}{day}日"

    def year(self, year: int) -> str:
        return f"{year}年"

    def half(self, year: int, part: int, *, short: bool = False) -> str:  # noqa: ARG002
        return f"{year}年{_HALVES[part - 1]}"

    def quarter(self, year: int, part: int, *, short: bool = False) -> str:
        return f"{year}年{'' if short else '第'}{NUMERALS[part]}季度"

    def short_month(self, year: int, month: int) -> str:
        return self.month(year, month)

    def short_date(self, year: int, month: int, day: int) -> str:
        return self.date(year, month, day)

    def short_day(self, month: int, day: int) -> str:
        return f"{month}月{day}日"

    def fiscal_year(self, text: str, *, short: bool = False) -> str:
        return text if short else f"{text}财年"

    def year_range(self, first: str, last: str) -> str:
        return f"{self.years(first, last)}年"

    def time_range(self, first: str, last: str) -> str:
        return f"{first}至{last}"

    def ticks(self, period: Period) -> tuple[str, ...]:
        match period.frequency:
            case "half":
                return (_HALVES[period.part - 1], _HALVES[period.part - 1][0])
            case "quarter":
                return (f"{NUMERALS[period.part]}季度", NUMERALS[period.part])
            case "month":
                return (f"{period.part}月", str(period.part))
        return super().ticks(period)

    def listed(self, names: tuple[str, ...]) -> str:
        """Return names joined by 、 throughout, where CLDR ends them with 和."""
        return self.item_joint.join(names)

    def inside_sentence(self, name: str) -> str:
        return name

    def part_number(self, ordinal: int) -> str:
        return self.cardinal(ordinal) if ordinal <= LARGEST_IN_WORDS else str(ordinal)

    def sort_key(self, term: str) -> str:  # noqa: ARG002
        return ""

    def undivided(self, text: str) -> tuple[str, ...]:
        return (text[:1],)


LANGUAGE = Chinese
