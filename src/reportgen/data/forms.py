"""The forms of a field's values: Table Schema's ``decimalChar``, ``groupChar``, ``bareNumber`` and ``format``.

https://datapackage.org/standard/table-schema/ says what each means. They are of texts: the numbers and dates of a
workbook have no form.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

ISO_DATE = "%Y-%m-%d"
_DATE_PARTS = "YymdjHMS%"
"""Directives of ``strptime`` that mean the same in every language."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the values of a field are written.

    Attributes:
        decimal: the decimal mark; group: what parts groups of digits, "" for nothing.
        bare: whether a number stands alone, without a currency or unit before or behind it.
        date: the form of dates, in the words of ``strptime``.
        missing: the texts that stand for no value; None for those of the table.
    """

    decimal: str = "."
    group: str = ""
    bare: bool = True
    date: str = ISO_DATE
    missing: tuple[str, ...] | None = None


PLAIN = Form()


def plain_number(text: str, form: Form) -> str | None:
    """Return a number in digits and a point; None where its marks do not stand as the form has them.

    Groups are of three digits, of four (by myriads), or of two before the last three (lakhs).
    """
    if not form.bare:
        text = re.sub(r"^[^0-9+-]*(?=[+-]?[0-9])|(?<=[0-9])[^0-9]*$", "", text)
        text = re.sub(r"^([+-])[^0-9]+", r"\1", text)
    if form.decimal != "." and "." in text and form.group != ".":
        return None
    whole, mark, part = text.partition(form.decimal)
    if form.group and form.group in whole:
        if not _grouped(form.group).match(whole):
            return None
        whole = whole.replace(form.group, "")
    return f"{whole}.{part}" if mark else whole


@lru_cache
def _grouped(mark: str) -> re.Pattern[str]:
    m = re.escape(mark)
    return re.compile(
        rf"[+-]?(?:[0-9]{{1,3}}(?:{m}[0-9]{{3}})+|[0-9]{{1,4}}(?:{m}[0-9]{{4}})+|[0-9]{{1,2}}(?:{m}[0-9]{{2}})+{m}[0-9]{{3}})\Z"
    )


def iso_date(text: str, form: str) -> str | None:
    """Return a date as ISO 8601 writes it; None where it is none of the form."""
    if form == ISO_DATE:
        if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", text):
            return None
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            return None
    try:
        return dt.datetime.strptime(text, form).date().isoformat()
    except ValueError:
        return None


def is_date_form(form: object) -> bool:
    """Say whether a form of dates names year, month and day, in parts that mean the same in every language."""
    if not isinstance(form, str):
        return False
    parts = re.findall(r"%(.)", form.replace("%%", ""))
    named = {"Y" if part == "y" else part for part in parts}
    whole = {"Y", "m", "d"} <= named or {"Y", "j"} <= named
    return whole and all(part in _DATE_PARTS for part in parts) and len(parts) == len(set(parts))
