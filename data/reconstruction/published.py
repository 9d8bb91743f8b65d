"""What was published: the facts of the report's text, and the end points known from elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

IN_WORDS = ("rank", "includes")
"""Relations whose value is a list of names: `choices` states them as codes."""


@dataclass(frozen=True, slots=True)
class Published:
    """The published values.

    Attributes:
        facts: number of each fact that has one, by id, with the decimals it was printed with.
        endpoints: value by series and point of time.
    """

    facts: Mapping[str, Decimal]
    endpoints: Mapping[tuple[str, str], int]

    def rate(self, fact: str) -> Decimal:
        """Return a growth rate or share; its exponent is its printed precision."""
        return self.facts[fact]

    def count(self, fact: str) -> int:
        """Return a whole number."""
        return int(self.facts[fact])

    def endpoint(self, series: str, point: str) -> int:
        """Return the value of a series at a point of time."""
        return self.endpoints[series, point]


def read(folder: Path) -> Published:
    """Read ``published-facts.csv`` and ``known-endpoints.csv``."""
    facts = {
        row["id"]: Decimal(row["value"])
        for row in rows(folder / "published-facts.csv")
        if row["value"] and row["relation"] not in IN_WORDS
    }
    known = {(row["series"], row["point"]): int(row["value"]) for row in rows(folder / "known-endpoints.csv")}
    return Published(facts, known)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
