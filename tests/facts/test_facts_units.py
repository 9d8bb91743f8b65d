"""Facts in units: a share is one fact however it is kept; rates, indices and stocks are not added up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from test_facts_measures import COMPANY, STATUS, YEAR, made, refusal, table

from reportgen.base.world import World
from reportgen.data.package import Column, DataPackage, Value
from reportgen.data.units import Unit, Units
from reportgen.facts.compute import compute_facts

LISTED = Units(
    {
        "pct": Unit("pct", "percent"),
        "pp": Unit("pp", "points"),
        "loan": Unit("loan", "count", nature="stock"),
        "piece": Unit("piece"),
    }
)
SHARES = {("aa", "2013"): "0.842", ("aa", "2014"): "0.664", ("bb", "2013"): "0.1", ("bb", "2014"): "-0.062"}


def package(unit: str | None, per: int = 1, **column: Any) -> DataPackage:
    rows: list[tuple[Value, ...]] = [
        (company, year, Decimal(value) * per, "A") for (company, year), value in SHARES.items()
    ]
    value = Column("value", "number", "measure", unit=unit, **column)
    return DataPackage("test", {"t": table("t", (COMPANY, YEAR, value, STATUS), rows)}, {}, units=LISTED)


KEPT = [("ratio", 1), ("percent", 100), ("pct", 100), ("permille", 1000), ("basis_points", 10000)]
AA = 'table = "t"\nwhere = { company = "aa" }'
AA_2013 = 'table = "t"\nwhere = { company = "aa", year = "2013" }'
ONE = 'measure = "value"\ntable = "t"\nwhere = { company = "bb", year = "2014" }'


@pytest.mark.parametrize(("unit", "per"), KEPT)
@pytest.mark.parametrize(
    ("options", "value", "kind"),
    [
        (ONE, "-0.062", "ratio"),
        (f'measure = "first"\n{AA}', "0.842", "ratio"),
        (f'measure = "last"\n{AA}', "0.664", "ratio"),
        (f'measure = "change"\n{AA}', "-0.178", "points"),
        (f'measure = "total"\n{AA_2013}', "0.842", "ratio"),
        ('measure = "largest"\ntable = "t"\nby = "company"\nwhere = { year = "2014" }', "0.664", "ratio"),
        (f'measure = "growth"\nof_rate = true\n{AA}', "-0.21", "ratio"),
    ],
)
def test_a_share_is_the_same_fact_however_it_is_kept(
    unit: str, per: int, options: str, value: str, kind: str
) -> None:
    fact = made(options, package(unit, per))
    assert (round(Decimal(str(fact.value)), 2 if "growth" in options else 12), fact.kind) == (
        Decimal(value),
        kind,
    )
    assert fact.unit == (None if "growth" in options else "ratio")


def test_points_are_kept_in_points() -> None:
    fact = made(ONE, package("pp", 100))
    assert (fact.value, fact.kind) == (Decimal("-0.062"), "points")


@pytest.mark.parametrize(
    ("unit", "per", "formula"),
    [
        ("pct", 100, "66.4% in 2014 − 84.2% in 2013"),
        ("ratio", 1, "0.664 in 2014 − 0.842 in 2013"),
        ("permille", 1000, "664‰ in"),
    ],
)
def test_a_formula_shows_the_numbers_of_the_file(unit: str, per: int, formula: str) -> None:
    assert formula in made(f'measure = "change"\n{AA}', package(unit, per)).formula


SHARE = 'measure = "share"\ntable = "t"\nwhere = { company = "aa", year = "2013" }\nwhole = { year = "2013" }'
ACROSS = 'measure = "last"\ntable = "t"\nacross = ["company"]'
SUMS = [
    f'measure = "total"\n{AA}',
    SHARE,
    ACROSS,
    'measure = "largest"\ntable = "t"\nby = "company"',
    'measure = "ranking"\ntable = "t"\nby = "company"',
    'measure = "rank"\ntable = "t"\nby = "company"\ncode = "aa"',
]


@pytest.mark.parametrize("unit", ["ratio", "pct", "permille", "points", "index"])
@pytest.mark.parametrize("options", SUMS)
def test_rates_and_indices_are_never_added(unit: str, options: str) -> None:
    found = compute_facts(World.of_files({"data/facts.toml": f"[x]\n{options}\n"}), package(unit)).diagnostics
    assert [d.rule for d in found] == ["sum-of-rates"]
    assert f"t.value are in {unit}" in found[0].message


OVER_YEARS = [options for options in SUMS if options not in (SHARE, ACROSS)]


@pytest.mark.parametrize(
    ("unit", "column"), [("loan", {}), ("piece", {"nature": "stock"}), (None, {"nature": "stock"})]
)
def test_stocks_are_added_within_a_period_only(unit: str | None, column: dict[str, Any]) -> None:
    data = package(unit, **column)
    for options in OVER_YEARS:
        found = compute_facts(World.of_files({"data/facts.toml": f"[x]\n{options}\n"}), data).diagnostics
        assert [d.rule for d in found] == ["sum-of-stocks"]
        assert 'where = { year = "2014" }' in found[0].hints[0]
    assert made(ACROSS, data).value == Decimal("0.602")
    assert made('measure = "total"\ntable = "t"\nwhere = { year = "2013" }', data).value == Decimal("0.942")


@pytest.mark.parametrize("options", OVER_YEARS)
@pytest.mark.parametrize(("unit", "column"), [("piece", {}), ("loan", {"nature": "flow"}), (None, {})])
def test_where_nothing_says_stock_everything_is_added(
    unit: str | None, column: dict[str, Any], options: str
) -> None:
    assert made(options, package(unit, **column)).value is not None


GROWTHS = (
    f'measure = "growth"\n{AA}',
    f'measure = "cagr"\n{AA}',
    'measure = "largest"\ntable = "t"\nby = "company"\non = "cagr"',
)


@pytest.mark.parametrize("options", GROWTHS)
@pytest.mark.parametrize("unit", ["ratio", "pct", "points"])
def test_growth_of_a_rate_is_printed_only_if_asked_for(options: str, unit: str) -> None:
    data = package(unit)
    assert "its growth is no change in points" in refusal(options, data)
    if "largest" not in options:
        assert made(f"{options}\nof_rate = true", data).kind == "ratio"
    assert made(GROWTHS[0], package("index")).kind == "ratio"


@pytest.mark.parametrize(
    ("options", "value", "kind"),
    [
        ('measure = "constant"\nvalue = 84.2\nunit = "pct"', "0.842", "ratio"),
        ('measure = "constant"\nvalue = 0.842\nkind = "ratio"', "0.842", "ratio"),
        ('measure = "constant"\nvalue = 84.2\nkind = "ratio"\nunit = "percent"', "0.842", "ratio"),
        ('measure = "constant"\nvalue = 1.5\nunit = "pp"', "0.015", "points"),
        ('measure = "constant"\nvalue = 5\nunit = "piece"', "5", "number"),
        ('measure = "formula"\nformula = "60%"\nunit = "pct"', "0.6", "ratio"),
    ],
)
def test_a_fact_of_ones_own_takes_its_kind_from_its_unit(options: str, value: str, kind: str) -> None:
    fact = made(options, package("pct", 100))
    assert (fact.value, fact.kind) == (Decimal(value), kind)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            'measure = "constant"\nvalue = 84.2\nunit = "pct"\nkind = "number"',
            "what is in pct (percent) is no number",
        ),
        ('measure = "constant"\nvalue = 84.2\nunit = "pkt"', "there is no unit pkt"),
        (f'measure = "growth"\nof_rate = "yes"\n{AA}', "of_rate must be true or false"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(options: str, message: str) -> None:
    assert refusal(options, package("pct", 100)) == message


def test_values_of_two_units_make_no_change() -> None:
    value, unit = Column("value", "number", "measure"), Column("unit", "string", "attribute")
    rows: list[tuple[Value, ...]] = [("2013", Decimal(1), "piece", "A"), ("2014", Decimal(2), "loan", "A")]
    data = DataPackage("test", {"t": table("t", (YEAR, value, unit, STATUS), rows)}, {}, units=LISTED)
    assert refusal('measure = "change"\ntable = "t"', data) == "the values have different units: loan, piece"
