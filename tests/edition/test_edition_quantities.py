"""The examples of docs/units.md are what is printed."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.build.annex_fields import number_format
from reportgen.data.package import Column, DataPackage, Row, Table
from reportgen.data.units import Unit, Units
from reportgen.edition.languages import language
from reportgen.edition.quantities import quantities

PAGE = Path(__file__).parents[2] / "docs/units.md"
EXAMPLES = [
    tuple(cell.strip(" `") for cell in line.strip("|").split("|"))
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| -?[\d.]+ \|", line)
]


@pytest.mark.parametrize(("value", "unit", "digits", "zh", "en", "cell"), EXAMPLES)
def test_an_example_is_printed_so(value: str, unit: str, digits: str, zh: str, en: str, cell: str) -> None:
    column = Column("value", "number", "measure", unit=unit)
    row = Row({"value": Decimal(value)}, "t.csv", 2)
    table = Table("t", "t.csv", {"value": column}, (row,))
    quantity = quantities(DataPackage("test", {"t": table}, {}), table, column).only
    assert quantity is not None
    for name, sentence in (("zh", zh), ("en", en)):
        assert quantity.digits(Decimal(value), language(name)) == digits
        assert quantity.said(Decimal(value), language(name)).replace("\u00a0", " ") == sentence
    places = f".{quantity.places}" if quantity.places else ".0"
    form = number_format(quantity)
    held = Decimal(value) * 100 if form.endswith("%") else quantity.shown(Decimal(value))
    assert f"{held:,{places}f}" + form[-1:].strip("0#") == cell


def test_the_page_has_examples_of_every_built_in_unit() -> None:
    assert {example[1] for example in EXAMPLES} >= {
        "ratio",
        "percent",
        "permille",
        "basis_points",
        "points",
        "index",
    }


@pytest.mark.parametrize(
    ("values", "places"),
    [
        (("41200000", "28900000"), 0), (("41200000", "28905000"), 1), (("41200000", "0"), 0),
        (("41234567", "1"), 4), (("12500.0",), 2), (("0",), 0),
    ],
)  # fmt: skip
def test_a_larger_unit_brings_no_zeros_with_it(values: tuple[str, ...], places: int) -> None:
    units = Units({"item": Unit("item", "count"), "wan": Unit("wan", "count", Decimal(10000), "item")})
    column = Column("value", "number", "measure", unit="item")
    rows = tuple(Row({"value": Decimal(value)}, "t.csv", line) for line, value in enumerate(values, 2))
    table = Table("t", "t.csv", {"value": column}, rows)
    found = quantities(DataPackage("test", {"t": table}, {}, units=units), table, column, "wan").only
    assert found is not None
    assert found.places == places
