"""From what a sheet says to the rows of a tidy table: codes, units, statuses, notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.data.importing import words
from reportgen.data.importing.codes import Coded
from reportgen.data.importing.grid import ImportFault, split_marks
from reportgen.data.importing.reading import Observation, Reading
from reportgen.data.importing.values import status_of
from reportgen.data.statuses import MISSING_STATUSES

NIL = "0"
"""What a sign of nothing may be said to mean: the number."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the flags and marks of a sheet mean.

    Attributes:
        statuses: the status of each flag that is known.
        unknown: flags that nobody has explained.
        notes: the footnote of each mark.
    """

    statuses: Mapping[str, str]
    unknown: tuple[str, ...]
    notes: Mapping[str, str]


def read_signs(reading: Reading, chosen: Mapping[str, str]) -> Signs:
    """Return what flags and marks mean: as chosen, as a footnote says, as offices usually mean them.

    Raises:
        ImportFault: if the sign of a missing value is said to be a value.
    """
    notes = _footnotes(reading.block.notes)
    statuses: dict[str, str] = {}
    unknown: dict[str, None] = {}
    own = {key.casefold(): value for key, value in chosen.items() if value}
    for each in reading.observations:
        flag = each.flag or (each.figure.flag if each.figure.sort == "missing" else "")
        if not flag or flag in statuses:
            continue
        missing = each.figure.sort == "missing"
        status = status_of(flag, own) or ("A" if not missing and flag in notes else None)
        if missing and flag in own and own[flag] not in (*MISSING_STATUSES, NIL):
            codes = ", ".join(MISSING_STATUSES)
            message = f"“{flag}” stands for a missing value, and {own[flag]} is the status of a number"
            raise ImportFault(message, f"write one of {codes}, or 0 if it means zero", rule="wrong-value")
        if status is None or (status in (*MISSING_STATUSES, NIL)) != missing:
            unknown.setdefault(flag)
        else:
            statuses[flag] = status
    return Signs(statuses, tuple(unknown), notes)


def _footnotes(notes: Sequence[str]) -> dict[str, str]:
    """Return the text of each footnote by its mark: “① …”, “1) …”, “[a] …”, “* …”, “注1：…”."""
    found: dict[str, str] = {}
    for note in notes:
        for line in (note, words.led_by("note", note) or ""):
            pair = _marked(line)
            if pair is not None:
                found.setdefault(*pair)
    return found


_FOOTNOTE = re.compile(
    r"(?:\w{0,4}?)\s*(?:[\[(（]?([a-z0-9]{1,2})[\])）]|(\d{1,2})\s*[：:.、]|(\*{1,2}|#|@))\s*(\S.*)",
    re.I | re.S,
)


def _marked(line: str) -> tuple[str, str] | None:
    """Return the mark at the beginning of a footnote and its text."""
    rest, marks = split_marks(line)
    if marks and not line.startswith(rest[:1] or " "):
        return marks[0], rest.strip(" ：:.、")
    found = _FOOTNOTE.match(line)
    return ((found[1] or found[2] or found[3]).casefold(), found[4]) if found else None


def columns_of(reading: Reading, mixed: bool) -> tuple[str, ...]:
    """Return the columns of the tidy table."""
    return (
        *(dimension.name for dimension in reading.dimensions),
        "value",
        *(["unit"] if mixed else []),
        "obs_status",
        "basis",
    )


def rows_of(
    reading: Reading,
    codes: Mapping[str, Coded],
    units: Mapping[str, str],
    unit: str,
    signs: Signs,
    *,
    mixed: bool,
) -> list[tuple[str, ...]]:
    """Return the rows of the tidy table.

    Args:
        units: the code of each unit by its words; ``unit`` is the one of numbers that have none in the sheet.
        mixed: whether each row names its unit.
    """
    rows = []
    for each in reading.observations:
        keys = [
            codes[dimension.name].codes[key] if not dimension.is_period else key
            for dimension, key in zip(reading.dimensions, each.keys, strict=True)
        ]
        value, status = _value(each, signs)
        own = [units.get(each.unit or unit, "")] if mixed else []
        rows.append((*keys, value, *own, status, _basis(each, signs, reading.marked)))
    return rows


def _value(each: Observation, signs: Signs) -> tuple[str, str]:
    flag = each.flag or (each.figure.flag if each.figure.sort == "missing" else "")
    status = signs.statuses.get(flag, "A" if each.figure.sort == "number" else "O")
    if status == NIL:
        return "0", "A"
    return written(each.figure.value), status


def written(value: Decimal | None) -> str:
    """Return a number in digits, without an exponent."""
    return "" if value is None else format(value, "f")


def _basis(each: Observation, signs: Signs, marked: Mapping[tuple[str, int], tuple[str, ...]]) -> str:
    marks = (
        *each.marks,
        *([each.flag] if each.flag in signs.notes else []),
        *marked.get(("row", each.row), ()),
        *marked.get(("column", each.column), ()),
    )
    texts = [signs.notes[mark] for mark in dict.fromkeys(marks) if mark in signs.notes]
    return " ".join("；".join(dict.fromkeys([*texts, *([each.remark] if each.remark else [])])).split())
