"""Measures: how a fact is made of observations or of other facts (docs/facts.md).

Each measure is a function from a :class:`Call` to an :class:`Outcome`; all arithmetic is Decimal, in the context that
:mod:`reportgen.facts.compute` sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias, get_args

from reportgen.base.diagnostics import Faults
from reportgen.base.suggest import did_you_mean
from reportgen.base.world import World
from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.facts.book import Fact, FactValue, Kind
from reportgen.facts.declare import Declaration, FactFault
from reportgen.facts.select import Selection, find_column, find_table, select

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a measure has made: the value and what the fact says about it.

    Attributes:
        rows, column: the cells it rests on; ``of_values`` says whether these are observed values, whose observation
            status is then the fact's, or codes and years, which are no estimates.
        facts: the facts it was made from.
    """

    value: FactValue
    kind: Kind
    formula: str
    unit: str | None = None
    code_list: str | None = None
    rows: tuple[Row, ...] = ()
    column: str = "value"
    facts: tuple[str, ...] = ()
    at_least: bool = False
    of_values: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """One use of a measure: the declaration with its placeholders filled, the data, the facts made so far.

    Attributes:
        world: where functions of the project are found; ``faults`` are theirs.
    """

    declaration: Declaration
    package: DataPackage
    facts: Mapping[str, Fact]
    filled: Mapping[str, Any] = field(default_factory=dict)
    world: World = field(default_factory=World)
    faults: Faults = field(default_factory=Faults)

    def text(self, option: str, default: str | None = None) -> str:
        """Return an option that is a text.

        Raises:
            FactFault: if it is missing without a default, or no text.
        """
        value = self.filled.get(option, default)
        if isinstance(value, str):
            return value
        if value is None:
            message = f"the measure {self.declaration.measure} needs the option {option}"
            raise FactFault(message, f"write {option} = …", rule="missing-option")
        raise FactFault(f"{option} must be a text", f'as in {option} = "…"', option=option)

    def whole(self, option: str, default: int) -> int:
        """Return an option that is a whole number from 1.

        Raises:
            FactFault: if it is anything else.
        """
        value = self.filled.get(option, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        raise FactFault(f"{option} must be a whole number from 1", f"as in {option} = 1", option=option)

    def number(self, option: str) -> Decimal:
        """Return an option that is a number, written in TOML as a number or a text.

        Raises:
            FactFault: if it is missing or anything else.
        """
        value = self.filled.get(option)
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and Decimal(value).is_finite():
            return Decimal(value)
        raise FactFault(f"{option} must be a number", f"as in {option} = 0.5", option=option)

    def choice(self, option: str, choices: tuple[str, ...]) -> str:
        """Return an option that is one of some words, the first by default.

        Raises:
            FactFault: if it is another word.
        """
        value = self.text(option, choices[0])
        if value not in choices:
            hints = did_you_mean(value, choices) or (f"there are {', '.join(choices)}",)
            raise FactFault(f"{option} {value} is unknown", *hints, option=option)
        return value

    def fact(self, option: str) -> Fact:
        """Return the fact that an option names."""
        return self.facts[self.text(option)]

    @property
    def table(self) -> Table:
        return find_table(self.package, self.text("table"))

    @property
    def column(self) -> Column:
        return find_column(self.table, self.text("value", "value"), "value")

    def select(
        self, *, by: str | None = None, option: str = "where", mixed: bool = False, without: str | None = None
    ) -> Selection:
        """Return the rows that ``where``, or another such option, selects (:func:`reportgen.facts.select.select`).

        ``without`` is a column whose choice is left out.
        """
        where = self.filled.get(option, {})
        if not isinstance(where, Mapping):
            hint = f'as in {option} = {{ measure = "grants" }}'
            raise FactFault(f"{option} must be a table", hint, option=option)
        where = {name: wanted for name, wanted in where.items() if name != without}
        return select(self.package, self.table, self.column, where, option=option, by=by, mixed=mixed)

    def kind(self, default: Kind) -> Kind:
        """Return the option ``kind``."""
        value = self.choice("kind", (default, *(k for k in KINDS if k != default)))
        return next(kind for kind in KINDS if kind == value)


Measure: TypeAlias = Callable[[Call], Outcome]


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure with the options that it takes; those in ``references`` name other facts."""

    make: Measure
    options: tuple[str, ...]
    references: tuple[str, ...] = ()


def unit_of(selection: Selection) -> str | None:
    """Return the unit of the selected values: their own column ``unit``, or that of the value's column.

    Raises:
        FactFault: if they have different ones.
    """
    if "unit" not in selection.table.columns:
        return selection.column.unit
    units = {row.values["unit"] for row in selection.rows}
    if len(units) > 1:
        message = f"the values have different units: {', '.join(sorted(map(str, units)))}"
        raise FactFault(message, "choose rows of one unit by where", option="where", rule="mixed-units")
    unit = units.pop()
    return str(unit) if unit is not None else None


def kind_of(unit: str | None) -> Kind:
    """Return the kind of a value in a unit."""
    return "ratio" if unit == "ratio" else "number"


def is_lower_bound(rows: Iterable[Row]) -> bool:
    """Say whether one of the values is published as a lower bound: its ``relation`` is ``>=``."""
    return any(row.values.get("relation") == ">=" for row in rows)


def summed(numbers: Iterable[tuple[Row, Decimal]]) -> Decimal:
    """Return the exact sum of values."""
    return sum((value for _, value in numbers), Decimal(0))


def written(value: Decimal, kind: Kind = "number") -> str:
    """Return a number for a formula, its thousands separated if it is not a year."""
    return str(value) if kind == "year" else f"{value.normalize():,f}"
