"""The fact book: every number a report prints, with the way it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.base.diagnostics import CellRef, Span
from reportgen.data.package import Correction

if TYPE_CHECKING:
    from pandas import DataFrame

FactValue: TypeAlias = Decimal | str | tuple[str, ...]
"""A number (a ratio where ``kind`` is ratio: 0.213, not 21.3), a code, or codes in order."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A named result.

    Attributes:
        id: dotted name, as in ``p1.applications.cagr``.
        kind: what the value is: a count or amount, a ratio (to be printed as %), a difference of ratios (to be
            printed in percentage points), a year, a code or a list of codes, or a text (a date, say).
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
    kind: Literal["number", "ratio", "points", "year", "code", "codes", "text"]
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
        """Return the facts as a pandas DataFrame (:func:`reportgen.facts.own_measure.frame_of_facts`)."""
        from reportgen.facts.own_measure import frame_of_facts

        return frame_of_facts(self.facts.values())
