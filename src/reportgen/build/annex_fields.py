"""The columns of the annex workbook: what a cell holds, and the number format that shows it as the report prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.data.period_spellings import parse_period
from reportgen.data.units import PARTS
from reportgen.edition.document import ComposedDocument
from reportgen.edition.labels import load_labels
from reportgen.edition.languages import language
from reportgen.edition.quantities import Quantities, Quantity, quantities, quantity_of, unit_name

if TYPE_CHECKING:
    from reportgen.data.package import Column, DataPackage, Row, Table, Value

BETWEEN = " / "
"""Parts what is said in several languages."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet.

    Attributes:
        title: what readers of each edition call it; ``name`` is what programs do.
        names: the names of codes or periods; None for the values themselves.
        quantity: how a row's number is printed.
    """

    name: str
    title: str
    column: Column
    names: dict[str, str] | None = None
    format: str = "General"
    quantity: Callable[[Row], Quantity] | None = None

    @property
    def side(self) -> str:
        """Where its cells stand: numbers at the right."""
        return "right" if self.format.startswith("#") else "left"

    def cell(self, row: Row) -> tuple[str | int | float | None, str]:
        """Return what a cell holds, and its number format: what is printed, or a ratio that is shown in per cent."""
        value = row.values.get(self.column.name)
        if self.names is not None:
            return self.names.get(str(value)), self.format
        if self.quantity is None or not isinstance(value, Decimal):
            return _plain(value, self.column), self.format
        quantity = self.quantity(row)
        form = number_format(quantity)
        return _plain(value if form.endswith("%") else quantity.shown(value), self.column), form


def fields_of(
    column: Column,
    table: Table,
    package: DataPackage,
    composed: Sequence[ComposedDocument],
    asked: str | None = None,
) -> Iterator[Field]:
    """Yield the field of a column and, if it holds codes or periods, one for their names in each language."""
    found = quantities(package, table, column, asked) if column.role == "measure" else None
    only = found.only if found is not None else None
    titles = [_title(column, document, package, only) for document in composed]
    title, form = BETWEEN.join(dict.fromkeys(titles)), _format(column, table)

    def quantity(row: Row) -> Quantity:
        return quantity_of(found or Quantities({}), package, table, column, row)

    yield Field(column.name, title, column, None, form, quantity if found is not None else None)
    for document, title in zip(composed, titles, strict=True):
        names = _names(column, table, package, document)
        if names is not None:
            yield Field(f"{column.name}_{document.edition}", title, column, names)


def _names(
    column: Column, table: Table, package: DataPackage, document: ComposedDocument
) -> dict[str, str] | None:
    """Return the names of a column's codes or periods in an edition; None for years, dates and all else."""
    if column.code_list is not None:
        codes = package.code_lists[column.code_list].codes
        return {code.code: code.name(document.edition) for code in codes.values()}
    if column.frequency in (None, "year", "date"):
        return None
    write = language(document.locale, document.lang).period
    texts = {str(row.values[column.name]) for row in table.rows if row.values[column.name] is not None}
    return {text: write(parse_period(text, column.frequency)) for text in texts}


def _title(
    column: Column, document: ComposedDocument, package: DataPackage, quantity: Quantity | None
) -> str:
    """Return what a column is called in a language, with its unit in brackets."""
    title = column.titles.get(document.edition, column.name)
    spoken, labels = language(document.locale, document.lang), load_labels(document.edition)
    unit = unit_name(package, quantity.unit, labels, spoken) if quantity is not None and column.unit else ""
    return f"{title} [{unit}]" if unit else title


def number_format(quantity: Quantity) -> str:
    """Return the number format of what is printed: thousands apart, alike decimals, a ratio as per cent."""
    digits = "#,##0" + ("." + "0" * quantity.places if quantity.places else "")
    is_ratio = quantity.factor == PARTS["percent"] and quantity.unit.dimension == "percent"
    return digits + "%" if is_ratio else digits


def _format(column: Column, table: Table) -> str:
    """Return the number format of a column: thousands apart, as many decimals as its values have at most."""
    if column.type == "year":
        return "0"
    values = [row.values.get(column.name) for row in table.rows]
    numbers = [value for value in values if isinstance(value, Decimal)]
    if not numbers:
        return "General"
    decimals = max(_decimals(number) for number in numbers)
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _plain(value: Value, column: Column) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if column.type == "year" and value is not None and value.isdecimal():
        return int(value)
    return value
