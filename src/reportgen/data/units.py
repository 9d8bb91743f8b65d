"""Units of measure: what a number in one counts, how it compares with others, and whether its values add up.

Every reader of a table asks here what a value is; how it is printed is :mod:`reportgen.edition.quantities`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Literal, TypeAlias, get_args

Dimension: TypeAlias = Literal[
    "count", "ratio", "percent", "permille", "basis_points", "points", "index", "currency", "physical"
]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
Nature: TypeAlias = Literal["stock", "flow"]
"""A stock is there at a time (patents in force) and never adds up over periods; a flow arises within one."""
NATURES: tuple[Nature, ...] = get_args(Nature)

PARTS: Mapping[str, Decimal] = {
    "ratio": Decimal(1), "percent": Decimal(100), "permille": Decimal(1000), "basis_points": Decimal(10000),
}  # fmt: skip
"""Into how many parts a whole is divided: 0.842 is 84.2 per cent and 842 per mille."""
_POINTS = Decimal(100)
SIGNS: Mapping[str, Dimension] = {"%": "percent", "％": "percent", "‰": "permille", "‱": "basis_points"}
"""Signs that say what a unit is in any language."""
EXACT = Context(prec=60)
_NEVER_ADDED = (*PARTS, "points", "index")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Attributes:
        dimension: what it measures; None where nothing says it: then it is a plain number of something.
        scale: how many of its ``base`` it is: 10000 for 万吨 over 吨.
        base: code of the unit that it is a multiple of; its own where it is none.
        nature: whether values in it are stocks or flows; None where nothing says it.
    """

    code: str
    dimension: Dimension | None = None
    scale: Decimal = Decimal(1)
    base: str = ""
    nature: Nature | None = None

    @property
    def is_relative(self) -> bool:
        """Whether it measures a share or a rate: a number of parts of a whole."""
        return self.dimension in PARTS

    @property
    def per(self) -> Decimal:
        """What a value is divided by to become that of a fact: 84.2 per cent are 0.842, 1.5 points are 0.015."""
        return _POINTS if self.dimension == "points" else PARTS.get(self.dimension or "", Decimal(1))

    @property
    def kind(self) -> Literal["number", "ratio", "points"]:
        """The kind of a fact in it."""
        return "ratio" if self.is_relative else "points" if self.dimension == "points" else "number"

    @property
    def of_facts(self) -> str | None:
        """The code of the unit of a fact in it: 84.2 per cent are the ratio 0.842. None where nothing is declared."""
        return self.code or None if self.kind == "number" else "ratio"

    @property
    def adds_up(self) -> bool:
        """Whether values in it may be added at all: shares, rates, differences of them, and indices may not."""
        return self.dimension not in _NEVER_ADDED

    @property
    def is_scaled(self) -> bool:
        """Whether its name holds a power of ten already, so that numbers in it take no second one."""
        return self.scale != 1

    def written(self, value: Decimal) -> str:
        """Return a fact's value in the unit as the file has it, for a formula: 84.2%."""
        sign = {"percent": "%", "permille": "‰", "basis_points": "‱"}.get(self.dimension or "", "")
        number = EXACT.multiply(value, self.per).normalize()
        return f"{number:,f}{sign}"


BUILT_IN: Mapping[str, Unit] = {
    name: Unit(name, name) for name in ("ratio", "percent", "permille", "basis_points", "points", "index")
}
"""Units that every package knows; its list may name them otherwise."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a package: those of its list by their codes, over those that are built in."""

    listed: Mapping[str, Unit] = field(default_factory=dict)

    def __contains__(self, code: object) -> bool:
        return code in self.listed or code in BUILT_IN

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that a column may name."""
        return tuple(dict.fromkeys((*self.listed, *BUILT_IN)))

    def of(self, code: str | None) -> Unit:
        """Return the unit of a code; a plain one where there is none."""
        return self.listed.get(code or "") or BUILT_IN.get(code or "") or Unit(code or "")

    def shown(self, unit: Unit) -> Unit:
        """Return the unit in which values of a unit are printed: the package's per cent for ratios, else itself."""
        if unit.dimension != "ratio":
            return unit
        listed = (other for other in self.listed.values() if other.dimension == "percent")
        return next(listed, BUILT_IN["percent"])

    def factor(self, unit: Unit, other: Unit) -> Decimal | None:
        """Return what a value in one unit is multiplied by to be in another; None where they do not compare.

        Units of which nothing says that they differ are taken as one: a figure may call pieces patents.
        """
        if unit.code == other.code:
            return Decimal(1)
        if unit.is_relative and other.is_relative:
            return EXACT.divide(other.per, unit.per)
        if self._base(unit) == self._base(other):
            return EXACT.divide(unit.scale, other.scale)
        if unit.scale != other.scale:
            return None
        silent = None in (unit.dimension, other.dimension) and unit.kind == other.kind == "number"
        plain = unit.dimension != "index" != other.dimension
        return Decimal(1) if unit.dimension == other.dimension or (silent and plain) else None

    @staticmethod
    def _base(unit: Unit) -> str:
        return unit.base or unit.code


NO_UNITS = Units()
"""The units of a package that lists none."""
