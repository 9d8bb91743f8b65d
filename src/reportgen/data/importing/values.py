"""A cell of numbers as offices write it: 1,234 · 1 234 · １２３４ · 12.3e · 15.2% · 3.5万 · … · – ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeAlias

from reportgen.data.cells import LARGEST_POWER
from reportgen.data.importing.grid import Cell, split_marks
from reportgen.data.importing.words import STATUSES

Sort: TypeAlias = Literal["empty", "number", "missing", "text"]
_POINT = re.compile(
    r"(?P<sign>[-+−–－＋]?)\s*(?P<n>\d{1,3}(?:(?P<g>[,，\s'’])\d{3})(?:(?P=g)\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<exp>[eE][+-]?\d{1,3})?\s*(?P<rest>.*)",
    re.DOTALL,
)
_COMMA = re.compile(
    r"(?P<sign>[-+−–－＋]?)\s*(?P<n>\d{1,3}(?:(?P<g>[.\s'’])\d{3})(?:(?P=g)\d{3})*(?:,\d+)?|\d+(?:,\d+)?|,\d+)"
    r"(?P<exp>[eE][+-]?\d{1,3})?\s*(?P<rest>.*)",
    re.DOTALL,
)
_REST = re.compile(
    r"(?P<scale>[万亿萬億])?\s*(?P<percent>[%％])?\s*[(（\[]?\s*(?P<flag>[^\W\d_]{1,3}|[*#@§]{1,2})?\s*[)）\]]?"
)
_SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says.

    Attributes:
        sort: a number, a sign that stands for a missing value, nothing, or a text that is none of these.
        value: the number, a percentage as it is shown (15.2), with 万 and 亿 multiplied.
        flag: the letters or the sign beside the number, or the sign of a missing value.
        marks: marks of footnotes.
        year_like: whether it could also be a year.
    """

    sort: Sort
    value: Decimal | None = None
    flag: str = ""
    marks: tuple[str, ...] = ()
    percent: bool = False
    scaled: bool = False
    year_like: bool = False


EMPTY = Figure("empty")


def figure_of(cell: Cell, *, comma: bool = False) -> Figure:
    """Return what a cell says; ``comma`` if commas are decimal points."""
    if cell.raw is None:
        return EMPTY
    if isinstance(cell.raw, Decimal):
        year = not cell.percent and _is_year(str(cell.raw))
        return Figure("number", cell.raw, percent=cell.percent, marks=cell.marks, year_like=year)
    text, marks = split_marks(cell.raw)
    marks = (*cell.marks, *marks)
    text = Cell(text).text
    if len(text) > _LONGEST or "\n" in text:
        return Figure("text", marks=marks)
    if (missing := _missing(text)) is not None:
        return Figure("missing", flag=missing, marks=marks)
    return _number(text, marks, comma) or Figure("text", marks=marks)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdecimal() and "1600" <= digits < "2200"


def _missing(text: str) -> str | None:
    """Return the sign of a missing value; with a letter behind it, as in Eurostat's “: c”, the letter."""
    word = text.casefold().strip("()（）")
    if word in STATUSES["missing"]:
        return word
    found = re.fullmatch(r"[:：]\s*([a-z]{1,3})", word)
    if found:
        return found[1] if found[1] in STATUSES["missing"] else ":"
    return word if re.fullmatch(r"[^\w\s]{1,3}", word) else None


def _number(text: str, marks: tuple[str, ...], comma: bool) -> Figure | None:
    found = (_COMMA if comma else _POINT).fullmatch(text)
    rest = _REST.fullmatch(found["rest"]) if found else None
    if found is None or rest is None:
        return None
    digits = re.sub(r"[\s'’]", "", found["n"])
    digits = digits.replace(".", "").replace(",", ".") if comma else re.sub("[,，]", "", digits)
    try:
        value = Decimal(digits + (found["exp"] or ""))
    except InvalidOperation:
        return None
    if value and abs(value.adjusted()) > LARGEST_POWER:
        return None
    if found["sign"] and found["sign"] in "-−–－":
        value = -value
    if rest["scale"]:
        value = _unscaled(value, _SCALES[rest["scale"]])
    bare = not (rest["scale"] or rest["percent"] or found["g"] or found["sign"])
    return Figure(
        "number",
        value,
        (rest["flag"] or "").casefold(),
        marks,
        percent=bool(rest["percent"]),
        scaled=bool(rest["scale"]),
        year_like=bare and _is_year(digits),
    )


def _unscaled(value: Decimal, power: int) -> Decimal:
    scaled = value * Decimal(10) ** power
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled


def status_of(flag: str, chosen: dict[str, str]) -> str | None:
    """Return the status that a flag stands for: as chosen for this sheet, else as offices mean it; None if unknown.

    Of several letters, the first in the order of ``words.toml`` counts.
    """
    if flag in chosen:
        return chosen[flag]
    for known in (STATUSES["missing"], STATUSES["flags"]):
        if flag in known:
            return str(known[flag])
    letters = [STATUSES["flags"].get(char) for char in flag]
    if len(flag) > 1 and all(letters):
        return min((str(code) for code in letters), key=str(STATUSES["order"]).index)
    return None
