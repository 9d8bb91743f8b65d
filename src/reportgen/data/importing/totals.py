"""Totals of a sheet: whether they are what their parts add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from reportgen.base.diagnostics import CellRef
from reportgen.data.importing.codes import Coded
from reportgen.data.importing.dimensions import Dimension
from reportgen.data.importing.reading import Reading
from reportgen.data.importing.words import built_in_unit

Key: TypeAlias = tuple[str, ...]


def total_of(dimension: Dimension) -> str | None:
    """Return the key of the member that adds up the others."""
    if dimension.is_period or len(dimension.members) < 3:
        return None
    return next((key for key, member in dimension.members.items() if member.label.is_total), None)


MOST_TOLD = 5
"""How many totals that their parts miss are told."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is found of a dimension with a total.

    Attributes:
        sentence: what is to be said of it.
        missed: the first total that its parts miss, if most are right: its place, its value, the sum.
        rule: where all are right, the declaration that they are, for the descriptor's ``plausibility``.
    """

    sentence: str
    missed: tuple[CellRef, Decimal, Decimal] | None = None
    rule: Mapping[str, Any] | None = None


def check_totals(reading: Reading, codes: Mapping[str, Coded]) -> Iterator[Checked]:
    """Yield what is found of each dimension that has a total.

    Parts are the labels that are parts of none. Shares and other ratios are not added up. Each number may be rounded in
    its last place.
    """
    for index, dimension in enumerate(reading.dimensions):
        total = total_of(dimension)
        if total is None:
            continue
        code = codes[dimension.name].codes[total]
        whole, parts = _sums(reading, index, total, dimension)
        compared = [key for key in whole if key in parts]
        missed = [key for key in compared if not _fits(whole[key][0], parts[key])]
        wide = max((_slack(whole[key][0], parts[key]) for key in compared), default=Decimal(0))
        held = (
            _rule(reading, codes[dimension.name], dimension, total, wide) if compared and not missed else None
        )
        sentence = (
            f"{dimension.where}: the total “{dimension.members[total].label.text}” stays as the code {code}; "
            f"leave it out where a report adds up {dimension.name}"
        )
        if compared:
            sentence += f"; the parts add up to it in {len(compared) - len(missed)} of {len(compared)}"
            sentence += _told(reading, whole, parts, missed)
        if held is not None:
            sentence += ", which every check looks at from now on"
        first = missed[0] if missed and len(missed) * 2 <= len(compared) else None
        found = None
        if first is not None:
            value, row, column = whole[first]
            found = (reading.grid.place(row, column), value, sum(parts[first], Decimal(0)))
        yield Checked(sentence, found, held)


def _told(
    reading: Reading,
    whole: Mapping[Key, tuple[Decimal, int, int]],
    parts: Mapping[Key, list[Decimal]],
    missed: list[Key],
) -> str:
    """Return which totals are not the sums of their parts, and where."""
    said = []
    for value, row, column, found in (
        (*whole[key], sum(parts[key], Decimal(0))) for key in missed[:MOST_TOLD]
    ):
        place = reading.grid.place(row, column)
        said.append(f"{place.column}{place.row} is {value:f}, its parts are {found:f}")
    more = f" and {len(missed) - MOST_TOLD} more" if len(missed) > MOST_TOLD else ""
    return f" ({'; '.join(said)}{more})" if said else ""


def _rule(
    reading: Reading, coded: Coded, dimension: Dimension, total: str, slack: Decimal
) -> Mapping[str, Any] | None:
    """Return the declaration that parts make their totals; None where some values are shares and never add up."""
    if any(built_in_unit(each.unit) for each in reading.observations):
        return None
    inner = [m for m in dimension.members.values() if m.parent not in (None, total)]
    own = [coded.codes[key] for key, m in dimension.members.items() if key != total and m not in inner]
    rule: dict[str, Any] = {"over": dimension.name, "total": coded.codes[total], "tolerance": _number(slack)}
    return rule | ({"parts": own} if inner else {})


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _sums(
    reading: Reading, index: int, total: str, dimension: Dimension
) -> tuple[dict[tuple[str, ...], tuple[Decimal, int, int]], dict[tuple[str, ...], list[Decimal]]]:
    whole: dict[tuple[str, ...], tuple[Decimal, int, int]] = {}
    parts: dict[tuple[str, ...], list[Decimal]] = defaultdict(list)
    lacking: set[tuple[str, ...]] = set()
    for each in reading.observations:
        rest = (*each.keys[:index], *each.keys[index + 1 :])
        member = dimension.members[each.keys[index]]
        if built_in_unit(each.unit):
            lacking.add(rest)
        if each.keys[index] != total and member.parent not in (None, total):
            continue
        if each.figure.value is None:
            lacking.add(rest)
        elif each.keys[index] == total:
            whole[rest] = (each.figure.value, each.row, each.column)
        else:
            parts[rest].append(each.figure.value)
    return {k: v for k, v in whole.items() if k not in lacking}, parts


def _fits(total: Decimal, parts: list[Decimal]) -> bool:
    return abs(total - sum(parts, Decimal(0))) <= _slack(total, parts)


def _slack(total: Decimal, parts: list[Decimal]) -> Decimal:
    """Return how far a total may be from the sum of its parts where each is rounded in its last place."""
    places = min((int(value.as_tuple().exponent) for value in (total, *parts)), default=0)
    return Decimal(10) ** places * (len(parts) + 1) / 2
