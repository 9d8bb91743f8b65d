"""Tables, code lists and their cells: what the data package holds once it is loaded.

Words are SDMX's: an observation is a measure's value at one combination of dimensions, with an observation
status; a code list names the codes of a dimension in each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.base.diagnostics import CellRef
from reportgen.data.periods import Frequency
from reportgen.data.units import Nature, Unit, Units

if TYPE_CHECKING:
    from pandas import DataFrame

Value: TypeAlias = Decimal | str | None
"""A cell: a number (exact), a code or text, or None for a missing value. A period is a text (``2013``, ``2021Q1``): it
is a code of a dimension, and nobody adds years up."""

ColumnType: TypeAlias = Literal["string", "number", "integer", "year", "yearmonth", "date"]
_TIMES: Mapping[str, Frequency] = {"year": "year", "yearmonth": "month", "date": "date"}
"""What the types of Table Schema that hold periods hold."""
ColumnRole: TypeAlias = Literal["dimension", "measure", "attribute"]
Lang: TypeAlias = str
"""A language tag, as the package's titles and the columns ``name_LANG`` of its code lists write it."""


OF_ROWS = "unit"
"""The column that holds each row's unit in a table that mixes them."""


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of a code list; names by language, ``short`` where a figure needs a shorter one."""

    code: str
    names: Mapping[Lang, str]
    short: Mapping[Lang, str] = field(default_factory=dict)
    ref: CellRef | None = None

    def name(self, lang: Lang, *, short: bool = False) -> str:
        """Return the name in a language, the short one if there is one and it is asked for.

        A code without a name, which the loader has reported, stands for itself.
        """
        name = self.names.get(lang, self.code)
        return self.short.get(lang, name) if short else name


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list in the order of its file."""

    name: str
    codes: Mapping[str, Code]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        role: dimension, measure, or attribute (status, basis, note).
        code_list: name of the code list that its values must be codes of.
        unit: code of the unit of a measure.
        titles: heading in each language.
        nature: whether its values are stocks or flows; None leaves it to its unit.
        places: how many decimals of its values are printed; None for those that they have.
        period: what a column of texts holds, if these are periods.
        irregular: its periods follow each other at no fixed distance, so that none is missing between them.
        listed: the only periods that there are, where the descriptor lists them.
    """

    name: str
    type: ColumnType
    role: ColumnRole
    code_list: str | None = None
    unit: str | None = None
    titles: Mapping[Lang, str] = field(default_factory=dict)
    nature: Nature | None = None
    places: int | None = None
    period: Frequency | None = None
    irregular: bool = False
    listed: tuple[str, ...] = ()

    @property
    def frequency(self) -> Frequency | None:
        """What kind of period it holds; None if it holds none."""
        return _TIMES.get(self.type, self.period)


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of ``corrections.csv`` that was laid over a cell."""

    date: str
    table: str
    key: str
    column: str
    old: str
    new: str
    reason: str
    approved_by: str
    severity: str
    ref: CellRef


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its values by column, where it stands in its file, and what was laid over its cells.

    Attributes:
        corrections: the corrections laid over its cells, by column, oldest first.
        faulty: the columns whose cell could not be read; its value is None, and its fault is already reported.
        origins: the rows that a function made it from, where the function kept them.
    """

    values: Mapping[str, Value]
    file: str
    number: int
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()
    origins: tuple[Row, ...] = ()

    def ref(self, column: str) -> CellRef:
        """Return the place of a cell."""
        return CellRef(self.file, self.number, column)

    def sources(self, column: str) -> Iterator[tuple[Row, str]]:
        """Yield the cells, each a row and a column, that a value rests on.

        They are the row's own cell or, in a row that a function made of others, those of the others: of the same
        column, of all their numbers where they have none of that name.
        """
        if not self.origins:
            yield self, column
        for row in self.origins:
            numbers = [name for name, value in row.values.items() if isinstance(value, Decimal)]
            for name in [column] if column in row.values else numbers:
                yield from row.sources(name)

    @property
    def status(self) -> str:
        """The observation status, a code of SDMX ``CL_OBS_STATUS``; ``A`` (normal) where the table has none."""
        return str(self.values.get("obs_status") or "A")


@dataclass(frozen=True, slots=True)
class Annex:
    """How the annex prints a table: the dimensions down its side and those across its head."""

    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A tidy table: one observation a row.

    Attributes:
        primary_key: the dimensions that together name a row.
        source_titles: the names of its sources in each language, where the package gives them.
        annex: its shape in the statistical annex; None where the package gives none.
    """

    name: str
    file: str
    columns: Mapping[str, Column]
    rows: tuple[Row, ...]
    titles: Mapping[Lang, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    source_titles: tuple[Mapping[Lang, str], ...] = ()
    primary_key: tuple[str, ...] = ()
    annex: Annex | None = None

    def to_frame(self, *, origin: bool = False, exact: bool = False) -> DataFrame:
        """Return the table as a pandas DataFrame (:func:`reportgen.data.frames.frame_of`)."""
        from reportgen.data.frames import frame_of

        return frame_of(self, origin=origin, exact=exact)


@dataclass(frozen=True, slots=True)
class DataPackage:
    """All tables and code lists of a report, with the corrections that were laid over them.

    Attributes:
        broken: names of the tables and code lists of which rows, or all, could not be read; their faults are
            already reported. What could be read is there all the same.
        units: what the codes of units mean.
    """

    name: str
    tables: Mapping[str, Table]
    code_lists: Mapping[str, CodeList]
    corrections: tuple[Correction, ...] = ()
    broken: frozenset[str] = frozenset()
    units: Units = field(default_factory=Units)

    def has_unit(self, code: str) -> bool:
        """Say whether a code is one of the list of units, or built in."""
        listed = self.code_lists.get("units")
        return code in self.units or (listed is not None and code in listed.codes)

    def unit_code(self, table: Table, column: Column, row: Row) -> str | None:
        """Return the code of a value's unit: its column's, or what the table's own column ``unit`` says of the row."""
        if column.unit is None and OF_ROWS in table.columns:
            code = row.values.get(OF_ROWS)
            return str(code) if code is not None else None
        return column.unit

    def unit_of(self, table: Table, column: Column, row: Row) -> Unit:
        """Return a value's unit; a plain one where none is declared."""
        return self.units.of(self.unit_code(table, column, row))
