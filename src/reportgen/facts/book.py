"""The fact book: every number a report prints, with the way it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.base.diagnostics import CellRef, Span
from reportgen.base.functions import library
from reportgen.data.package import Correction

if TYPE_CHECKING:
    from pandas import DataFrame

Kind: TypeAlias = Literal["number", "ratio", "points", "year", "period", "code", "codes", "text"]
FactValue: TypeAlias = Decimal | str | tuple[str, ...]
"""A number (a ratio where ``kind`` is ratio: 0.213, not 21.3), a code, or codes in order."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A named result.

    Attributes:
        id: dotted name, as in ``p1.applications.cagr``.
        kind: what the value is: a count or amount, a ratio (to be printed as %), a difference of ratios (to be
            printed in percentage points), a year, another period or a range of periods (a text as periods are kept:
            ``2021Q1``, ``2021Q1..2022Q4``), a code or a list of codes, or a text.
        unit: code of the unit (code list ``units``), for counts.
        formula: how it was made, for people: ``(a / b) ^ (1 / 10) − 1``.
        code_list: code list of a code value.
        cells: the cells it rests on, directly or through other facts.
        rests_on: ids of the facts it was made from.
        corrections: the corrections laid over those cells.
        status: ``A`` if all cells are normal, ``E`` if any is estimated.
        span: where it is declared.
        at_least: the value is a published lower bound ("1300 余"): the true one is it or more.
    """

    id: str
    value: FactValue
    kind: Kind
    unit: str | None
    formula: str
    code_list: str | None = None
    cells: tuple[CellRef, ...] = ()
    rests_on: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    status: str = "A"
    span: Span | None = None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim in words: its predicate over facts, and whether it holds.

    Attributes:
        source: the predicate as written.
        holds: its truth; a claim that does not hold refuses the build.
        evidence: the predicate with the facts' values put in, for people.
        facts: the facts it reads.
        meaning: how its words are read, ties and tolerances included, for people.
    """

    id: str
    source: str
    holds: bool
    evidence: str
    facts: tuple[str, ...]
    span: Span | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts and claims by id.

    Attributes:
        failed: ids of the facts and claims that are declared but could not be made. Their faults are already
            reported, so a pass that meets one of them says nothing more.
    """

    facts: Mapping[str, Fact]
    claims: Mapping[str, Claim] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()

    def to_frame(self) -> DataFrame:
        """Return the facts as a pandas DataFrame, a row a fact, by their ids.

        Its columns: ``value`` (a Decimal, a text, or a tuple of codes), ``number`` (``Float64``, NA where it is none),
        ``kind``, ``unit``, ``code_list``, ``formula``, ``status``, ``at_least``, ``cells`` and ``rests_on`` (tuples of
        texts), ``corrections`` (how many), ``file`` and ``line``.

        Raises:
            Refused: if pandas is not installed.
        """
        pd = library("pandas")
        index = pd.Index(list(self.facts), dtype="string", name="id")
        columns = {
            name: pd.Series([content(fact) for fact in self.facts.values()], index=index, dtype=kind)
            for name, (kind, content) in _COLUMNS.items()
        }
        frame: DataFrame = pd.DataFrame(columns, index=index)
        return frame


_COLUMNS: Mapping[str, tuple[type | str, Callable[[Fact], object]]] = {
    "value": (object, attrgetter("value")),
    "number": ("Float64", lambda fact: float(fact.value) if isinstance(fact.value, Decimal) else None),
    **{name: ("string", attrgetter(name)) for name in ("kind", "unit", "code_list", "formula", "status")},
    "at_least": ("boolean", attrgetter("at_least")),
    "cells": (object, lambda fact: tuple(map(str, fact.cells))),
    "rests_on": (object, attrgetter("rests_on")),
    "corrections": ("Int64", lambda fact: len(fact.corrections)),
    "file": ("string", lambda fact: fact.span and fact.span.file),
    "line": ("Int64", lambda fact: fact.span and fact.span.line),
}
"""The columns of the frame: what pandas keeps them as, and what they hold of a fact."""
