"""Totals of a sheet: whether they are what their parts add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from reportgen.base.diagnostics import CellRef
from reportgen.data.importing.codes import Coded
from reportgen.data.importing.dimensions import Dimension
from reportgen.data.importing.reading import Reading
from reportgen.data.importing.words import built_in_unit


def total_of(dimension: Dimension) -> str | None:
    """Return the key of the member that adds up the others."""
    if dimension.is_period or len(dimension.members) < 3:
        return None
    return next((key for key, member in dimension.members.items() if member.label.is_total), None)


def check_totals(
    reading: Reading, codes: Mapping[str, Coded]
) -> Iterator[tuple[str, tuple[CellRef, Decimal, Decimal] | None]]:
    """Yield, for each dimension with a total, what is to be said of it, and the first total that its parts miss.

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
        sentence = (
            f"{dimension.where}: the total “{dimension.members[total].label.text}” stays as the code {code}; "
            f"leave it out where a report adds up {dimension.name}"
        )
        if compared:
            sentence += f"; the parts add up to it in {len(compared) - len(missed)} of {len(compared)}"
        first = missed[0] if missed and len(missed) * 2 <= len(compared) else None
        found = None
        if first is not None:
            value, row, column = whole[first]
            found = (reading.grid.place(row, column), value, sum(parts[first], Decimal(0)))
        yield sentence, found


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
    places = min((int(value.as_tuple().exponent) for value in (total, *parts)), default=0)
    slack = Decimal(10) ** places * (len(parts) + 1) / 2
    return abs(total - sum(parts, Decimal(0))) <= slack
