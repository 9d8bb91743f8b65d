"""The examples of docs/units.md are what is printed."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.build.annex_fields import number_format
from reportgen.data.package import Column, DataPackage, Row, Table
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
