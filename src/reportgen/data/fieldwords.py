"""The words of Table Schema that say how a field's cells are written and what they may hold (Data Package 1 and 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults
from reportgen.data.forms import ISO_DATE, PLAIN, Form, is_date_form
from reportgen.data.patterns import pattern_fault

_NUMBER = re.compile(r"-?[0-9]{1,31}(\.[0-9]{1,31})?\Z")
MATCHES = ("exact", "equal", "subset", "superset", "partial")
"""How the fields of a schema match the columns of its file; in what order these stand is all one to us."""


def missing_texts(setting: s.Setting) -> tuple[str, ...]:
    """Return the texts that stand for no value: a list of texts, or of texts with labels (``{"value", "label"}``)."""
    items = setting.items or ((setting,) if isinstance(setting.value, str) else ())
    return tuple(str((item.at("value") if item.members else item).plain()) for item in items)


def _pattern(setting: s.Setting, faults: Faults) -> str | None:
    fault = pattern_fault(setting.value)
    if fault is None:
        return str(setting.value)
    s.refuse(setting, faults, "a regular expression", f"{fault}; write it as in [a-z_]+")
    return None


def _is_bound(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return False
    if isinstance(value, int):
        return abs(value) < 10**31
    return bool(_NUMBER.match(value if isinstance(value, str) else f"{value:f}"))


def _decimal_text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else repr(value)


_BOUND = s.then(s.fitting(_is_bound, "a number", "write a number, as in 0 or 2013"), _decimal_text)
_ANY = s.lenient(s.Setting.plain)
CONSTRAINTS: Mapping[str, s.Reader[Any]] = {
    "required": s.switch(),
    "unique": s.switch(),
    "minimum": _BOUND,
    "maximum": _BOUND,
    "exclusiveMinimum": _BOUND,
    "exclusiveMaximum": _BOUND,
    "minLength": s.whole(),
    "maxLength": s.whole(),
    "enum": s.listed(_ANY),
    "pattern": _pattern,
}


def _mark(none: bool = False) -> s.Reader[str]:
    least = 0 if none else 1
    return s.fitting(
        lambda v: (
            (isinstance(v, str) and least <= len(v) <= 1 and not v.isdigit() and v not in "+-eE")
            or (v == "" and none)
        ),
        "one character that no number holds",
        'as in ","',
    )


def _date_form(setting: s.Setting, faults: Faults) -> str | None:
    if setting.value == "default":
        return ISO_DATE
    if is_date_form(setting.value):
        return str(setting.value)
    hint = "name year, month and day in digits, as in %d.%m.%Y"
    if setting.value == "any":
        hint = f"any leaves open which part is the day; {hint}"
    s.refuse(setting, faults, "a form of dates", hint)
    return None


FORM_WORDS: Mapping[str, s.Reader[Any]] = {
    "decimalChar": _mark(),
    "groupChar": _mark(none=True),
    "bareNumber": s.switch(),
    "missingValues": s.lenient(missing_texts),
}
"""Words of a field, beside ``format``, that say how its values are written."""


def read_form(field: s.Setting, read: Mapping[str, Any], faults: Faults) -> Form:
    """Return the form of a field's values from what is read of it; faults stand at their words."""
    kind = read.get("type", "string")
    decimal, group = read.get("decimalChar", "."), read.get("groupChar", "")
    if group and group == decimal:
        place = field.at("groupChar") if field.at("groupChar").is_written else field.at("decimalChar")
        s.refuse(
            place,
            faults,
            "another character than the decimal mark",
            'as in "decimalChar": ".", "groupChar": ","',
        )
        group = ""
    date = ISO_DATE
    if kind == "date" and field.at("format").is_written:
        date = _date_form(field.at("format"), faults) or ISO_DATE
    form = Form(decimal, group, read.get("bareNumber", True), date, read.get("missingValues"))
    return PLAIN if form == PLAIN else form


def categories(field: s.Setting, faults: Faults) -> tuple[str, ...] | None:
    """Return the values that ``categories`` allows (texts, or ``{"value", "label"}``); None where it is not written."""
    written = field.at("categories")
    if not written.is_written:
        return None
    if not written.items:
        s.refuse(written, faults, "a list", 'write it as ["…", "…"] or [{"value": "…", "label": "…"}]')
        return None
    return tuple(str((item.at("value") if item.members else item).plain()) for item in written.items)
