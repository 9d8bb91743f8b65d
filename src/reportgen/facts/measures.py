"""Measures: how a fact is made of observations or of other facts (docs/facts.md).

Each measure is a function from a :class:`Call` to an :class:`Outcome`; all arithmetic is Decimal, in the context that
:mod:`reportgen.facts.compute` sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias, get_args

from reportgen.base.diagnostics import Faults
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.world import World
from reportgen.data.adding import SumFault, called, check_sum
from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.data.units import Unit
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

    def switch(self, option: str) -> bool:
        """Return an option that is true or false, false by default.

        Raises:
            FactFault: if it is anything else.
        """
        value = self.filled.get(option, False)
        if isinstance(value, bool):
            return value
        raise FactFault(f"{option} must be true or false", f"as in {option} = true", option=option)

    def check_sum(self, chosen: Selection, rows: Sequence[Row], option: str = "where") -> None:
        """Refuse to add up the values of rows that do not add up.

        Raises:
            FactFault: if they do not (:func:`reportgen.data.adding.check_sum`).
        """
        try:
            check_sum(self.package, chosen.table, chosen.column, rows)
        except SumFault as fault:
            raise FactFault(str(fault), *fault.hints, option=option, rule=fault.rule) from None

    @property
    def unit(self) -> Unit | None:
        """The option ``unit``; None where it is not written.

        Raises:
            FactFault: if it is no unit of the package's list.
        """
        if "unit" not in self.filled:
            return None
        code, units = str(self.filled["unit"]), self.package.units
        if units.listed and code not in units:
            hints = known_names(code, units.codes)
            raise FactFault(f"there is no unit {code}", *hints, option="unit", rule="unknown-unit")
        return units.of(code)

    def kind_in(self, unit: Unit | None, default: Kind = "number") -> Kind:
        """Return the option ``kind``, or the kind of values in a unit where it is not written.

        Raises:
            FactFault: if the two disagree.
        """
        natural: Kind = unit.kind if unit is not None and unit.kind != "number" else default
        kind = self.kind(natural)
        if unit is not None and unit.kind not in ("number", kind):
            hint = f'write kind = "{unit.kind}", or leave the kind out'
            raise FactFault(f"what is in {called(unit)} is no {kind}", hint, option="kind")
        return kind

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
    """Return the code of a fact's unit: that of the values' column or rows, ``ratio`` for all shares and rates.

    Raises:
        FactFault: if they have different ones.
    """
    return selection.unit.of_facts


def refuse_growth_of_rates(call: Call, chosen: Selection) -> None:
    """Refuse the growth of shares and rates, which is easily read as their change, unless ``of_rate`` asks for it.

    Raises:
        FactFault: if the values are in such a unit.
    """
    if chosen.unit.kind == "number" or call.switch("of_rate"):
        return
    message = f"{chosen.table.name}.{chosen.column.name} is in {called(chosen.unit)}: its growth is no change in points"
    hints = (
        'say the change in points: measure = "change"',
        "or write of_rate = true, if its growth is meant",
    )
    raise FactFault(message, *hints, option="measure", rule="growth-of-rate")


def is_lower_bound(rows: Iterable[Row]) -> bool:
    """Say whether one of the values is published as a lower bound: its ``relation`` is ``>=``."""
    return any(row.values.get("relation") == ">=" for row in rows)


def summed(numbers: Iterable[tuple[Row, Decimal]]) -> Decimal:
    """Return the exact sum of values."""
    return sum((value for _, value in numbers), Decimal(0))


def written(value: Decimal, kind: Kind = "number") -> str:
    """Return a number for a formula, its thousands separated if it is not a year."""
    return str(value) if kind == "year" else f"{value.normalize():,f}"
