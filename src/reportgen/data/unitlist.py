"""The code list ``units`` read as units: its columns dimension, scale, base and nature (docs/units.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from reportgen.base.diagnostics import CellRef, Faults, Result
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.data.package import Row, Table
from reportgen.data.units import BUILT_IN, DIMENSIONS, NATURES, PARTS, SIGNS, Dimension, Unit, Units

LIST = "units"
COLUMNS = ("dimension", "scale", "base", "nature")
W = TypeVar("W", bound=str)


def make_units(table: Table | None, words: Mapping[str, str] | None = None) -> Result[Units]:
    """Return the units of a package.

    A unit that says nothing of its dimension is understood by its code, if that is a built-in one, or by a name that
    is a sign (%) or one of ``words``.

    Args:
        table: the code list ``units``; None where the package has none.
        words: what languages call the built-in dimensions, by the words in small letters.
    """
    if table is None or "code" not in table.columns:
        return Result(Units())
    faults = Faults()
    reading = _Reading(table, {**SIGNS, **(words or {})}, faults)
    reading.check_columns()
    units = {
        str(row.values["code"]): reading.unit(row) for row in table.rows if row.values["code"] is not None
    }
    for row in table.rows:
        base = row.values.get("base")
        if base is not None and base not in units:
            message = f"the base {base} is no unit of the list"
            faults.error("unknown-unit", message, row.ref("base"), *known_names(str(base), units))
    return faults.result(Units(units))


@dataclass(frozen=True, slots=True)
class _Reading:
    table: Table
    words: Mapping[str, str]
    faults: Faults

    def check_columns(self) -> None:
        """Note a column whose name is nearly one of ours: what stands in it would count for nothing."""
        from difflib import get_close_matches

        for name in self.table.columns:
            near = get_close_matches(name, COLUMNS, n=1, cutoff=0.8) if name not in COLUMNS else ()
            if near:
                message = f"the list of units has a column {name}, which says nothing"
                place = CellRef(self.table.file, 1, name)
                self.faults.error("unknown-column", message, place, f"did you mean {near[0]}?")

    def unit(self, row: Row) -> Unit:
        code = str(row.values["code"])
        dimension = self.word(row, "dimension", DIMENSIONS) or self.understood(code, row)
        scale = self.scale(row, dimension)
        base, nature = row.values.get("base"), self.word(row, "nature", NATURES)
        return Unit(code, dimension, scale, str(base) if base is not None else "", nature)

    def word(self, row: Row, column: str, known: tuple[W, ...]) -> W | None:
        written = row.values.get(column)
        if written is None:
            return None
        if written not in known:
            hints = did_you_mean(str(written), known) or (f"there are {', '.join(known)}",)
            self.faults.error("unknown-value", f"{written} is no {column} of a unit", row.ref(column), *hints)
        return next((word for word in known if word == written), None)

    def understood(self, code: str, row: Row) -> Dimension | None:
        """Return the dimension that a unit's code or names say; names that say two are refused."""
        if code in BUILT_IN:
            return BUILT_IN[code].dimension
        names = [str(v) for k, v in row.values.items() if k.startswith("name_") and v is not None]
        said = {self.words[n] for name in names if (n := name.strip().casefold()) in self.words}
        if len(said) > 1:
            message = f"the names of the unit {code} say {' and '.join(sorted(said))}"
            hint = "write which it is in a column dimension, or mend the names"
            self.faults.error("unknown-value", message, row.ref("code"), hint)
        return next((known for known in DIMENSIONS if said == {known}), None)

    def scale(self, row: Row, dimension: Dimension | None) -> Decimal:
        written = row.values.get("scale")
        if written is None:
            return Decimal(1)
        try:
            scale = Decimal(str(written))
        except InvalidOperation:
            scale = Decimal(0)
        if not scale.is_finite() or scale <= 0:
            hint = "write how many of its base the unit is, as in 10000"
            self.faults.error("wrong-value", f"{written} is no scale of a unit", row.ref("scale"), hint)
            return Decimal(1)
        if scale != 1 and (dimension in PARTS or dimension == "points"):
            message = f"a unit of dimension {dimension} has its own scale, not {written}"
            self.faults.error("wrong-value", message, row.ref("scale"), "leave the scale empty")
            return Decimal(1)
        return scale
