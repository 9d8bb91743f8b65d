"""The columns of a sheet: which hold labels, which numbers, flags, other names or remarks, and which nothing of use."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reportgen.data.importing import words
from reportgen.data.importing.grid import Grid
from reportgen.data.importing.labels import HAN
from reportgen.data.importing.spells import spell_of
from reportgen.data.importing.values import Figure

LONGEST_STEP = 10
"""Years in a head, or below one label, are a decade apart at most."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a person, or last year's decisions, say: how many rows are the head, how many columns the stub."""

    head: int | None = None
    stub: int | None = None


def is_strong(figure: Figure) -> bool:
    """Say whether a cell can only be a value: a number that is no year, or the sign of a missing one."""
    return figure.sort == "missing" or (figure.sort == "number" and not figure.year_like)


def find_stub(
    grid: Grid,
    figures: tuple[tuple[Figure, ...], ...],
    head: tuple[int, ...],
    body: list[int],
    columns: list[int],
    layout: Layout,
) -> tuple[tuple[int, ...], dict[int, str]]:
    """Return the columns of labels at the left, and those to leave out with the reason."""
    stub: list[int] = []
    skipped: dict[int, str] = {}
    for column in columns:
        if layout.stub is not None:
            if len(stub) == layout.stub:
                break
            stub.append(column)
            continue
        heading = " ".join(grid.filled(r, column).text for r in head)
        if words.means("number", heading) and _counts(figures, body, column):
            skipped[column] = "running numbers are left out"
        elif words.means("code", heading) and len(columns) > columns.index(column) + 2:
            skipped[column] = "codes of the office's own are left out; names are kept"
        elif _is_stub(grid, figures, head, body, column, heading) or (
            stub and column < columns[-1] and _are_years_of_labels(grid, figures, body, tuple(stub), column)
        ):
            stub.append(column)
        else:
            break
    return tuple(stub), skipped


def _counts(figures: tuple[tuple[Figure, ...], ...], body: list[int], column: int) -> bool:
    numbers = [f.value for f in (figures[r][column] for r in body) if f.sort == "number"]
    return (
        numbers == [numbers[0] + k for k in range(len(numbers))]
        if numbers and numbers[0] is not None
        else False
    )


def _is_stub(
    grid: Grid,
    figures: tuple[tuple[Figure, ...], ...],
    head: tuple[int, ...],
    body: list[int],
    column: int,
    heading: str,
) -> bool:
    filled = [figures[r][column] for r in body if figures[r][column].sort != "empty"]
    strong = sum(is_strong(f) for f in filled)
    if words.means("value", heading):
        return False
    heads = [grid.filled(r, column).text for r in head if not grid.filled(r, column).is_empty]
    if heads and (words.is_period_heading(heads[-1]) or words.means("frequency", heads[-1])):
        return True
    if (
        heads
        and spell_of(heads[-1]) is not None
        and filled
        and all(f.sort in ("number", "missing") for f in filled)
    ):
        return False
    if column > 0 and filled and all(f.sort == "number" for f in filled):
        return False
    return strong * 5 <= len(filled)


def _are_years_of_labels(
    grid: Grid,
    figures: tuple[tuple[Figure, ...], ...],
    body: list[int],
    stub: tuple[int, ...],
    column: int,
) -> bool:
    """Say whether numbers that could be years tell rows apart that the labels at their left do not.

    Below one label years run on, in steps of a decade at most; where each row has its own label, numbers are values.
    """
    years: dict[tuple[str, ...], list[Decimal]] = {}
    current: tuple[str, ...] = ("",) * len(stub)
    for row in body:
        own = tuple(grid.filled(row, c).text for c in stub)
        first = next((k for k, text in enumerate(own) if text), len(own))
        current = (*current[:first], *own[first:])
        figure = figures[row][column]
        if figure.sort == "empty":
            continue
        if not figure.year_like or figure.value is None:
            return False
        years.setdefault(current, []).append(figure.value)
    steps = [b - a for run in years.values() for a, b in pairwise(run)]
    runs = len({step > 0 for step in steps}) == 1 and all(0 < abs(step) <= LONGEST_STEP for step in steps)
    return runs and all(any(current) for current in years)


def find_values(
    grid: Grid,
    figures: tuple[tuple[Figure, ...], ...],
    head: tuple[int, ...],
    body: list[int],
    columns: list[int],
    skipped: dict[int, str],
) -> tuple[dict[int, int], int | None, int | None, tuple[int, ...]]:
    """Return what stands right of the stub: flags beside values, other names, remarks, values."""
    flags: dict[int, int] = {}
    others = remarks = None
    values: list[int] = []
    for column in columns:
        filled = [figures[r][column] for r in body if not grid.cells[r][column].is_empty]
        texts = [grid.cells[r][column].text for r in body if not grid.cells[r][column].is_empty]
        heading = " ".join(dict.fromkeys(grid.filled(r, column).text for r in head)).strip()
        own = "".join(grid.cells[r][column].text for r in head)
        numbers = sum(f.sort == "number" for f in filled)
        short = bool(texts) and all(len(text) < 4 for text in texts)
        if values and not numbers and (words.means("flag", heading) or (short and not own)):
            flags[values[-1]] = column
        elif values and words.means("flag", heading) and not filled:
            skipped[column] = "an empty column of flags is left out"
        elif (
            filled
            and not numbers
            and (words.means("remark", heading) or not _latin(texts))
            and _words(filled)
        ):
            remarks = column
        elif filled and not numbers and _words(filled):
            others = column
        elif filled or heading:
            values.append(column)
    return flags, others, remarks, tuple(values)


def _words(figures: list[Figure]) -> bool:
    return sum(f.sort == "text" for f in figures) * 2 > len(figures)


def _latin(texts: list[str]) -> bool:
    return sum(HAN.search(text) is None for text in texts) * 2 > len(texts)
