"""A reader of the package's CSV files for its tests, independent of the product."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"
DESCRIPTOR = DATA / "datapackage.json"

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def resources() -> list[dict[str, Any]]:
    return list(json.loads(DESCRIPTOR.read_text(encoding="utf-8"))["resources"])


def tables() -> list[dict[str, Any]]:
    return [r for r in resources() if r["reportgen"]["role"] == "table"]


def code_lists() -> list[dict[str, Any]]:
    return [r for r in resources() if r["reportgen"]["role"] == "code-list"]


def observations(table: str, **where: str) -> list[Row]:
    """Return the rows of a table that have the given codes."""
    rows = read_rows(DATA / f"{table}.csv")
    return [row for row in rows if all(row[column] == code for column, code in where.items())]


def value(table: str, **where: str) -> Decimal:
    """Return the one observation that has the given codes."""
    (row,) = observations(table, **where)
    return Decimal(row["value"])


def total(table: str, **where: str) -> Decimal:
    return sum((Decimal(row["value"]) for row in observations(table, **where)), Decimal(0))


def growth_over(first: Decimal, last: Decimal, steps: int) -> Decimal:
    return (last / first) ** (Decimal(1) / steps) - 1


def growth(table: str, first: int, last: int, **where: str) -> Decimal:
    """Return the average annual growth rate of a yearly series between two years."""
    ends = [value(table, year=str(year), **where) for year in (first, last)]
    return growth_over(ends[0], ends[1], last - first)


def series(table: str, **where: str) -> list[Decimal]:
    """Return the values of a yearly series in the order of the years."""
    return [Decimal(r["value"]) for r in sorted(observations(table, **where), key=lambda r: r["year"])]


def totals_by(table: str, column: str, **where: str) -> dict[str, Decimal]:
    """Return the sum of each code of a column, in the order of the file."""
    codes = dict.fromkeys(row[column] for row in observations(table, **where))
    return {code: total(table, **{column: code}, **where) for code in codes}


def ranking(sums: dict[str, Decimal]) -> list[str]:
    """Return codes by falling value; a tie is an error, for a ranking that ties states nothing."""
    assert len(set(sums.values())) == len(sums), "values tie"
    return sorted(sums, key=lambda code: -sums[code])


def names(code_list: str, codes: Iterable[str], column: str) -> list[str]:
    by_code = {row["code"]: row for row in read_rows(DATA / "lists" / f"{code_list}.csv")}
    return [by_code[code][column] for code in codes]


def rounded(number: Decimal, unit: Decimal) -> Decimal:
    """Return the nearest multiple of ``unit``, halves away from zero."""
    return (number / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit
