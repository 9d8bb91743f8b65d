"""Quantities: the one way in which a table's value is printed in its unit, whoever prints it (docs/units.md).

Annex, workbook, axis, label and alternative text ask here; prose prints facts (:mod:`reportgen.edition.formats`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.data.units import EXACT, Unit
from reportgen.edition.labels import Labels
from reportgen.edition.language import Language

_PUBLISHED = 6
"""Decimals that a published number may have; one with more is the result of arithmetic."""
_FIGURES = 4
"""Figures that are printed of the largest of such numbers, and two decimals at least."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How the values of a column in one unit are printed.

    Attributes:
        unit: in which they are printed: per cent for ratios.
        factor: what a value of the file is multiplied by.
        places: decimals, alike for all of them.
    """

    unit: Unit
    factor: Decimal = Decimal(1)
    places: int = 0

    def shown(self, value: Decimal) -> Decimal:
        """Return a value of the file in the unit in which it is printed, exactly."""
        return value if self.factor == 1 else EXACT.multiply(value, self.factor)

    def digits(self, value: Decimal, language: Language) -> str:
        """Return the number that is printed for a value of the file, where its unit is said beside it."""
        return language.number(self.shown(value), self.places)

    def said(self, value: Decimal, language: Language) -> str:
        """Return the number with the sign of its unit, if that has one: 84.2%."""
        return language.signed(self.digits(value, language), self.unit.dimension)


@dataclass(frozen=True, slots=True)
class Quantities:
    """How the values of a column are printed, by the code of their unit (one, unless the rows say each their own)."""

    by_unit: Mapping[str | None, Quantity]

    @property
    def only(self) -> Quantity | None:
        """How they all are printed; None where the units of the rows differ."""
        found = tuple(dict.fromkeys(q.unit for q in self.by_unit.values()))
        return next(iter(self.by_unit.values())) if len(found) == 1 else None


def quantities(package: DataPackage, table: Table, column: Column, asked: str | None = None) -> Quantities:
    """Return how a column's values are printed, in the unit ``asked`` for where they convert to it.

    Decimals are those that the values have, or that the column declares.
    """
    values: dict[str | None, list[Decimal]] = {}
    for row in table.rows:
        found, value = (
            values.setdefault(package.unit_code(table, column, row), []),
            row.values.get(column.name),
        )
        found += [value] if isinstance(value, Decimal) else []
    made = {code: _quantity(package, column, code, asked, found) for code, found in values.items()}
    return Quantities(made or {column.unit: _quantity(package, column, column.unit, asked, ())})


def _quantity(
    package: DataPackage, column: Column, code: str | None, asked: str | None, values: Collection[Decimal]
) -> Quantity:
    units = package.units
    own = units.of(code)
    unit, factor = units.shown(own), Decimal(1)
    wanted = units.shown(units.of(asked)) if asked is not None else unit
    if code is None:
        unit = wanted
    else:
        found = units.factor(own, wanted)
        unit, factor = (wanted, found) if found is not None else (unit, units.factor(own, unit) or factor)
    return Quantity(unit, factor, column.places if column.places is not None else _places(values, factor))


def _places(values: Iterable[Decimal], factor: Decimal) -> int:
    """Return how many decimals values have; a few where they have more than any published number.

    In a larger unit the zeros at their ends are none of them: 41,200,000 are 4,120万, not 4,120.0000万.
    """
    found = [value if factor == 1 else _multiplied(value, factor) for value in values]
    if factor < 1:
        found = [value.normalize(EXACT) for value in found]
    places = max((_decimals(value) for value in found), default=0)
    if places <= _PUBLISHED:
        return places
    return max(2, _FIGURES - 1 - max((value.adjusted() for value in found if value), default=0))


def _multiplied(value: Decimal, factor: Decimal) -> Decimal:
    """Return a product that ends as its value does: 0.840 × 100 is 84.0."""
    product = EXACT.multiply(value, factor)
    power = factor.adjusted()
    return product if factor != Decimal(1).scaleb(power) else value.scaleb(power, EXACT)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def measures_of(table: Table) -> tuple[Column, ...]:
    """Return the columns of a table that hold numbers of something."""
    return tuple(column for column in table.columns.values() if column.role == "measure")


def unit_of_table(package: DataPackage, table: Table, asked: str | None = None) -> Unit | None:
    """Return the unit that a figure of a table is printed in: that ``asked`` for, else the one of all values."""
    if asked is not None:
        return package.units.shown(package.units.of(asked))
    found = [quantities(package, table, column).only for column in measures_of(table)]
    units = {quantity.unit for quantity in found if quantity is not None}
    unit = next(iter(units)) if len(units) == 1 and None not in found else None
    return unit if unit is not None and unit.code else None


def agrees(package: DataPackage, table: Table, asked: str) -> bool:
    """Say whether a unit fits what a table holds: values of one of its columns convert to it, or say no unit."""
    wanted = package.units.shown(package.units.of(asked))
    codes = {
        package.unit_code(table, column, row) for column in measures_of(table) for row in table.rows
    }  # fmt: skip
    return not codes or any(
        code is None or package.units.factor(package.units.of(code), wanted) is not None for code in codes
    )


def unit_name(package: DataPackage, unit: Unit, labels: Labels, language: Language) -> str:
    """Return what a unit is called in a language; "" for one that has no name."""
    codes = package.code_lists.get("units")
    listed = codes.codes.get(unit.code) if codes is not None else None
    if listed is not None:
        return listed.name(language.name)
    match unit.dimension:
        case "percent" | "ratio":
            return labels("%")
        case "permille":
            return labels("‰")
        case "basis_points":
            return labels("basis points")
        case "points":
            return labels("percentage points")
        case "index":
            return labels("index")
    return ""


def quantity_of(
    quantities: Quantities, package: DataPackage, table: Table, column: Column, row: Row
) -> Quantity:
    """Return how the value of a row is printed."""
    return quantities.by_unit[package.unit_code(table, column, row)]
