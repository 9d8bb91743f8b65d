"""Measures over periods of every frequency: each is the number that its name promises, or one diagnostic."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Diagnostic
from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.data.package import Code, CodeList, Column, DataPackage, Row, Table, Value
from reportgen.data.period_spellings import parse_period
from reportgen.data.periods import EXAMPLES, FREQUENCIES, Frequency
from reportgen.data.units import Nature
from reportgen.facts.book import Fact
from reportgen.facts.compute import EXACT, MEASURES, compute_facts

KINDS = CodeList("kinds", {c: Code(c, {"zh": c, "en": c}) for c in ("book", "film")})
VALUE = Column("value", "number", "measure", unit="item")
STATUS = Column("obs_status", "string", "attribute")


def over(above: int, below: int) -> Decimal:
    return EXACT.divide(Decimal(above), Decimal(below))


def package(
    frequency: Frequency,
    cells: Mapping[tuple[str, str], Value],
    *,
    unit: str = "item",
    nature: Nature | None = None,
    irregular: bool = False,
    name: str = "when",
) -> DataPackage:
    """Return a package with the table ``t`` of cells by period and kind."""
    when = Column(name, "string", "dimension", period=frequency, irregular=irregular)
    kind = Column("kind", "string", "dimension", "kinds")
    value = Column("value", "number", "measure", unit=unit, nature=nature)
    rows = tuple(
        Row({name: period, "kind": code, "value": amount, "obs_status": "A"}, "data/t.csv", number)
        for number, ((period, code), amount) in enumerate(cells.items(), 2)
    )
    columns = {column.name: column for column in (when, kind, value, STATUS)}
    table = Table("t", "data/t.csv", columns, rows, primary_key=(name, "kind"))
    return DataPackage("test", {"t": table}, {"kinds": KINDS})


def course(
    first: str, frequency: Frequency, values: Sequence[int], kind: str = "book"
) -> dict[tuple[str, str], Value]:
    start = parse_period(first, frequency)
    return {(str(start.plus(step)), kind): Decimal(value) for step, value in enumerate(values)}


def computed(options: str, data: DataPackage) -> tuple[Fact | None, tuple[Diagnostic, ...]]:
    text = f'[x]\n{options}\ntable = "t"\n'
    result = compute_facts(World.of_files({"data/facts.toml": text}), data)
    return result.value.facts.get("x"), result.diagnostics


def made(options: str, data: DataPackage) -> Fact:
    fact, faults = computed(options, data)
    assert [str(fault) for fault in faults] == []
    assert fact is not None
    return fact


def refusal(options: str, data: DataPackage) -> tuple[str, str]:
    fact, (fault,) = computed(options, data)
    assert fact is None
    return fault.rule, fault.message.removeprefix("x: ")


QUARTERS = package("quarter", course("2021Q1", "quarter", [100, 110, 120, 130, 150, 121, 126, 143]))
TWO = package(
    "quarter",
    {
        **course("2021Q1", "quarter", [100, 110, 120, 130, 150], "book"),
        **course("2021Q1", "quarter", [100, 90, 80, 70, 90], "film"),
    },
)


@pytest.mark.parametrize(
    ("options", "value", "kind", "rows"),
    [
        ('measure = "first"', Decimal(100), "number", [2]),
        ('measure = "last"', Decimal(143), "number", [9]),
        ('measure = "last"\nwhere = { when = "2021" }', Decimal(130), "number", [5]),
        ('measure = "total"\nwhere = { when = "2021Q2..2021Q4" }', Decimal(360), "number", [3, 4, 5]),
        ('measure = "total"\nwhere = { when = ["2021Q1", "2022-Q4"] }', Decimal(243), "number", [2, 9]),
        ('measure = "growth"', Decimal("0.43"), "ratio", [2, 9]),
        ('measure = "first_period"', "2021Q1", "period", [2]),
        ('measure = "last_period"', "2022Q4", "period", [9]),
        ('measure = "period"', "2021Q1..2022Q4", "period", [2, 9]),
        ('measure = "period"\nwhere = { when = "2021Q3" }', "2021Q3", "period", [4]),
        ('measure = "periods"', Decimal(8), "number", [2, 3, 4, 5, 6, 7, 8, 9]),
        ('measure = "year_on_year"', Decimal("0.1"), "ratio", [5, 9]),
        ('measure = "year_on_year"\nwhere = { when = "2022Q1" }', Decimal("0.5"), "ratio", [2, 6]),
        ('measure = "year_on_year"\ncumulative = true\nwhere = { when = "2022Q2" }', over(61, 210), "ratio",
         [2, 3, 6, 7]),
        ('measure = "period_on_period"\nwhere = { when = "2021Q2" }', Decimal("0.1"), "ratio", [2, 3]),
        ('measure = "period_on_period"\nwhere = { when = "2022Q1" }', over(20, 130), "ratio", [5, 6]),
        ('measure = "cumulative"\nwhere = { when = "2021Q3" }', Decimal(330), "number", [2, 3, 4]),
        ('measure = "cumulative"\nwhere = { when = "2022Q1" }', Decimal(150), "number", [6]),
        ('measure = "moving_average"\nwindow = 4', Decimal(135), "number", [6, 7, 8, 9]),
        ('measure = "moving_average"\nwindow = 3\nalign = "centred"\nwhere = { when = "2021Q2" }', Decimal(110),
         "number", [2, 3, 4]),
        ('measure = "moving_average"\nwindow = 4\nalign = "centred"\nwhere = { when = "2021Q3" }', Decimal("121.25"),
         "number", [2, 3, 4, 5, 6]),
        ('measure = "index"\nbase = "2021Q1"', Decimal(143), "number", [2, 9]),
        ('measure = "index"\nbase = "2021"\nwhere = { when = "2021Q1" }', over(10000, 115), "number",
         [2, 3, 4, 5]),
    ],
)  # fmt: skip
def test_a_measure_over_quarters(options: str, value: Value, kind: str, rows: list[int]) -> None:
    fact = made(options, QUARTERS)
    assert isinstance(fact.value, Decimal) == isinstance(value, Decimal)
    assert fact.kind == kind
    assert fact.value == value or abs(Decimal(str(fact.value)) - Decimal(str(value))) < Decimal("1e-26")
    assert sorted({cell.row for cell in fact.cells}) == rows


@pytest.mark.parametrize(
    ("options", "value", "kind"),
    [
        ('measure = "contribution"\nwhere = { kind = "book" }\nagainst = "year"', Decimal("0.25"), "points"),
        ('measure = "contribution"\nwhere = { kind = "book" }\nagainst = "period"', Decimal("0.1"), "points"),
        ('measure = "contribution_share"\nwhere = { kind = "book" }', Decimal("1.25"), "ratio"),
        ('measure = "contribution_share"\nwhere = { kind = "film" }', Decimal("-0.25"), "ratio"),
        (
            'measure = "contribution"\nwhere = { kind = "book" }\nwhole = { kind = "book" }',
            Decimal("0.5"),
            "points",
        ),
        ('measure = "year_on_year"\nacross = ["kind"]', Decimal("0.2"), "ratio"),
    ],
)
def test_parts_contribute_to_the_growth_of_the_whole(options: str, value: Decimal, kind: str) -> None:
    fact = made(options, TWO)
    assert (fact.value, fact.kind) == (value, kind)


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.integers(0, 11), st.integers(0, 1000), min_size=12))
def test_contributions_of_the_parts_add_up_to_the_growth_of_the_whole(values: dict[int, int]) -> None:
    cells = {(f"2021Q{i // 3 + 1}", f"k{i % 3}"): Decimal(value) for i, value in values.items()}
    before = sum(value for (when, _), value in cells.items() if when == "2021Q3")
    if before == 0:
        return
    data = package("quarter", {**cells})
    parts = [
        made(f'measure = "contribution"\nwhere = {{ kind = "k{k}" }}\nagainst = "period"', data).value
        for k in range(3)
    ]
    growth = made('measure = "period_on_period"\nacross = ["kind"]', data).value
    assert isinstance(growth, Decimal)
    assert abs(sum(part for part in parts if isinstance(part, Decimal)) - growth) < Decimal("1e-20")


def test_compound_growth_is_annual_whatever_the_periods() -> None:
    """Eight quarters on are two years; half a year on, growth is raised to the square."""
    two_years = package("quarter", course("2021Q1", "quarter", [100, 1, 1, 1, 1, 1, 1, 1, 144]))
    assert made('measure = "cagr"', two_years).value == Decimal("0.2")
    half_a_year = package("month", course("2021-01", "month", [100, 1, 1, 1, 1, 1, 120]))
    assert made('measure = "cagr"', half_a_year).value == Decimal("0.44")
    assert made('measure = "cagr"', half_a_year).formula.startswith(
        "(120 in 2021-07 / 100 in 2021-01) ^ (1 / (1/2)) − 1"
    )
    spans = package("years", {("2001-2005", "book"): Decimal(1), ("2011-2015", "book"): Decimal(1024)})
    assert made('measure = "cagr"', spans).value == 1
    uneven = package("years", {("2001-2005", "book"): Decimal(1), ("2002-2003", "book"): Decimal(1024)})
    assert refusal('measure = "cagr"', uneven) == (
        "wrong-period",
        "2001-2005 and 2002-2003 are of different lengths",
    )


def test_rates_differ_in_points() -> None:
    rates = package("quarter", course("2021Q1", "quarter", [1, 2, 3, 4, 6]), unit="ratio")
    fact = made('measure = "year_on_year"', rates)
    assert (fact.value, fact.kind) == (Decimal(5), "points")


def test_percentages_are_points_and_averages_of_the_same_rates() -> None:
    rates = package("quarter", course("2021Q1", "quarter", [10, 20, 30, 40, 65]), unit="percent")
    change = made('measure = "year_on_year"', rates)
    assert (change.value, change.kind) == (Decimal("0.55"), "points")
    mean = made('measure = "moving_average"\nwindow = 2', rates)
    assert (mean.value, mean.kind) == (Decimal("0.525"), "ratio")
    assert made('measure = "index"\nbase = "2021Q1"\nof_rate = true', rates).value == 650


@pytest.mark.parametrize(
    ("options", "unit", "nature", "rule"),
    [
        ('measure = "cumulative"', "item", "stock", "sum-of-stocks"),
        ('measure = "year_on_year"\ncumulative = true', "item", "stock", "sum-of-stocks"),
        ('measure = "cumulative"', "percent", None, "sum-of-rates"),
        ('measure = "period_on_period"\nacross = ["kind"]', "ratio", None, "sum-of-rates"),
        ('measure = "contribution"\nwhere = { kind = "book" }', "percent", None, "sum-of-rates"),
        ('measure = "index"\nbase = "2021Q1"\nwhere = { kind = "book" }', "percent", None, "growth-of-rate"),
    ],
)
def test_what_does_not_add_up_is_not_added_over_periods(
    options: str, unit: str, nature: Nature | None, rule: str
) -> None:
    cells = dict(course("2021Q1", "quarter", [1, 2, 3, 4, 6, 8]))
    if "kind" in options:
        cells |= course("2021Q1", "quarter", [2, 3, 4, 5, 7, 9], "film")
    data = package("quarter", cells, unit=unit, nature=nature)
    assert refusal(options, data)[0] == rule


def test_an_earlier_period_is_found_among_irregular_ones_and_dates() -> None:
    census: dict[tuple[str, str], Value] = {("1953", "book"): Decimal(5), ("1964", "book"): Decimal(6)}
    assert made('measure = "period_on_period"', package("year", census, irregular=True)).value == Decimal(
        "0.2"
    )
    days: dict[tuple[str, str], Value] = {
        ("2023-02-28", "book"): Decimal(5),
        ("2024-02-29", "book"): Decimal(6),
    }
    assert made('measure = "period_on_period"', package("date", days)).value == Decimal("0.2")
    assert made('measure = "year_on_year"', package("date", days)).value == Decimal("0.2")


def test_the_last_days_of_months_compare_with_each_other() -> None:
    days: dict[tuple[str, str], Value] = {
        ("2024-02-29", "book"): Decimal(5),
        ("2025-02-28", "book"): Decimal(6),
    }
    assert made('measure = "year_on_year"', package("date", days)).value == Decimal("0.2")


@pytest.mark.parametrize(
    ("options", "rule", "message"),
    [
        (
            'measure = "year_on_year"\nwhere = { when = "2021Q3" }', "missing-period",
            "there is no row of 2020Q3, which year_on_year of 2021Q3 needs",
        ),
        (
            'measure = "period_on_period"\nwhere = { when = "2021Q1" }', "missing-period",
            "there is no row of 2020Q4, which period_on_period of 2021Q1 needs",
        ),
        (
            'measure = "moving_average"\nwindow = 4\nwhere = { when = "2021Q2" }', "missing-period",
            "there is no row of 2020Q3, which moving_average of 2021Q2 needs",
        ),
        ('measure = "moving_average"', "wrong-option", "window must be a whole number from 1"),
        ('measure = "moving_average"\nwindow = 1', "wrong-option", "a window of 1 cannot be averaged"),
        ('measure = "moving_average"\nwindow = 3\nalign = "left"', "wrong-option", "align left is unknown"),
        ('measure = "index"', "missing-option", "the measure index needs the option base"),
        ('measure = "index"\nbase = "2020Q1"', "missing-period", "the base 2020Q1 is not among the rows"),
        ('measure = "index"\nbase = "2021-01"', "unknown-code", "base '2021-01' is not a quarter or a range of them"),
        ('measure = "total"\nwhere = { when = "2023Q1" }', "unknown-code", "when 2023Q1 is not among the rows"),
        ('measure = "year_on_year"\ncumulative = "yes"', "wrong-option", "cumulative must be true or false"),
        ('measure = "last"\nperiod = "kind"', "not-a-period", "the column kind does not hold periods"),
    ],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_one_fault(options: str, rule: str, message: str) -> None:
    assert refusal(options, QUARTERS) == (rule, message)


def test_growth_from_nothing_or_below_is_refused() -> None:
    for first, rule in ((0, "division-by-zero"), (-5, "negative-value")):
        data = package("year", course("2021", "year", [first, 7]))
        assert refusal('measure = "year_on_year"', data)[0] == rule
        assert refusal('measure = "index"\nbase = "2021"', data)[0] == rule
        assert refusal('measure = "contribution"', data)[0] == rule


def test_periods_of_other_parts_do_not_compare() -> None:
    cells = course("2021Q1", "quarter", [1, 2, 3, 4, 5])
    data = package("quarter", {**cells, ("2022Q1", "film"): Decimal(3)})
    rule, message = refusal('measure = "year_on_year"\nacross = ["kind"]', data)
    assert (rule, message) == (
        "missing-period",
        "2022Q1 and 2021Q1 do not compare: film is missing in 2021Q1",
    )
    assert refusal('measure = "contribution"', data)[0] == "missing-period"


def test_irregular_periods_are_at_no_fixed_distance() -> None:
    data = package("year", course("2021", "year", [1, 2, 3]), irregular=True)
    assert refusal('measure = "moving_average"\nwindow = 2', data)[0] == "wrong-period"
    assert refusal('measure = "cumulative"', data)[0] == "wrong-period"


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["quarter", "month", "half"]),
    st.lists(st.integers(1, 10**6), min_size=24, max_size=30),
    st.integers(2, 6),
)
def test_rates_and_averages_are_those_of_pandas(frequency: Frequency, values: list[int], window: int) -> None:
    first = {"quarter": "2019Q3", "month": "2019-05", "half": "2019H2"}[frequency]
    cells = course(first, frequency, values)
    data, series = package(frequency, cells), pd.Series(values, index=[when for when, _ in cells])
    lag = {"quarter": 4, "month": 12, "half": 2}[frequency]
    theirs = {
        'measure = "year_on_year"': series.pct_change(lag),
        'measure = "period_on_period"': series.pct_change(1),
        f'measure = "moving_average"\nwindow = {window}': series.rolling(window).mean(),
        'measure = "cumulative"': series.groupby(series.index.str[:4]).cumsum(),
        f'measure = "index"\nbase = "{series.index[0]}"': series / series.iloc[0] * 100,
    }
    full = series.index.str[:4] > "2019"
    for options, column in theirs.items():
        for at in series.index[full][-3:]:
            ours = made(f'{options}\nwhere = {{ when = "{at}" }}', data).value
            assert isinstance(ours, Decimal)
            assert float(ours) == pytest.approx(column[at], rel=1e-9, abs=1e-12)


EXTRA = {
    "share": "", "count": 'by = "when"', "index": 'base = "BASE"', "moving_average": "window = 2",
    "largest": 'by = "kind"', "smallest": 'by = "kind"', "largest_code": 'by = "kind"', "smallest_code": 'by = "kind"',
    "ranking": 'by = "kind"', "rank": 'by = "kind"\ncode = "book"',
}  # fmt: skip
OF_ROWS = [name for name, entry in MEASURES.items() if "table" in entry.options and name != "function"]


@pytest.mark.parametrize("irregular", [False, True])
@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("measure", OF_ROWS)
@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_every_measure_over_every_frequency_is_a_value_or_one_diagnostic(
    frequency: Frequency, measure: str, count: int, irregular: bool
) -> None:
    cells = course(EXAMPLES[frequency], frequency, [3, 5, 4, 7, 9][:count])
    options = f'measure = "{measure}"\n{EXTRA.get(measure, "").replace("BASE", EXAMPLES[frequency])}'
    fact, faults = computed(options, package(frequency, cells, irregular=irregular))
    assert (fact is None) == bool(faults)
    assert len(faults) <= 1


@pytest.mark.parametrize("measure", OF_ROWS)
@pytest.mark.parametrize("edge", ["0001", "9999"])
def test_the_ends_of_the_calendar_break_no_measure(measure: str, edge: str) -> None:
    options = f'measure = "{measure}"\n{EXTRA.get(measure, "").replace("BASE", edge)}'
    fact, faults = computed(options, package("year", course(edge, "year", [3]), name="year"))
    assert (fact is None, len(faults)) in ((True, 1), (False, 0))


@pytest.mark.parametrize("measure", OF_ROWS)
@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_an_empty_period_breaks_no_measure(frequency: Frequency, measure: str) -> None:
    """It may stand in a column that is no part of the key."""
    cells = {**course(EXAMPLES[frequency], frequency, [3, 4])}
    data = package(frequency, cells)
    table = data.tables["t"]
    (first, *others) = table.rows
    empty = Row({**first.values, "when": None}, first.file, first.number)
    tables = {"t": Table("t", table.file, table.columns, (empty, *others), primary_key=("kind",))}
    options = f'measure = "{measure}"\n{EXTRA.get(measure, "").replace("BASE", EXAMPLES[frequency])}'
    fact, faults = computed(options, DataPackage("test", tables, data.code_lists))
    assert (fact is None, len(faults)) in ((True, 1), (False, 0))


# Other facts ----------------------------------------------------------------------------------------------------


def test_facts_of_periods_stand_in_options_and_make_ranges() -> None:
    text = """
[a]
measure = "first_period"
table = "t"
[b]
measure = "last_period"
table = "t"
where = { when = "2021" }
[sum]
measure = "total"
table = "t"
where = { when = "{a}..{b}" }
[span]
measure = "period"
first = "a"
last = "b"
[turn]
measure = "constant"
kind = "period"
value = "2021年第二季度"
[since]
measure = "total"
table = "t"
where = { when = "{turn}..{b}" }
"""
    result = compute_facts(World.of_files({"data/facts.toml": text}), QUARTERS)
    assert [str(d) for d in result.diagnostics] == []
    values = {id: fact.value for id, fact in result.value.facts.items()}
    assert values == {
        "a": "2021Q1", "b": "2021Q4", "sum": 460, "span": "2021Q1..2021Q4", "turn": "2021Q2", "since": 360,
    }  # fmt: skip


@pytest.mark.parametrize("value", ["2021Q5", "soon", "2022..2021", ""])
def test_a_constant_period_is_one(value: str) -> None:
    text = f'[x]\nmeasure = "constant"\nkind = "period"\nvalue = "{value}"\n'
    (fault,) = compute_facts(World.of_files({"data/facts.toml": text}), QUARTERS).diagnostics
    assert fault.message == f"x: {value!r} is not a period"


def test_corrections_name_a_period_in_any_spelling() -> None:
    fields: list[dict[str, Any]] = [
        {"name": "when", "type": "string", "reportgen": {"period": "quarter"}},
        {"name": "value", "type": "number"},
        {"name": "obs_status", "type": "string"},
    ]
    schema = {"fields": fields, "primaryKey": "when"}
    descriptor = {"name": "t", "resources": [{"name": "t", "path": "t.csv", "schema": schema}]}
    head = "date,table,key,column,old value,new value,reason,approved by,severity\n"
    world = World.of_files(
        {
            "data/datapackage.json": json.dumps(descriptor),
            "data/t.csv": "when,value,obs_status\n2021-Q1,5,A\n2021-Q2,6,A\n",
            "data/corrections.csv": head + "2024-01-01,t,when=2021年第二季度,value,6,7,late,office,minor\n",
            "data/facts.toml": '[x]\nmeasure = "period_on_period"\ntable = "t"\n',
        }
    )
    result = load_package(world)
    assert [str(d) for d in result.diagnostics] == []
    fact = compute_facts(world, result.value).value.facts["x"]
    assert (fact.value, [change.new for change in fact.corrections]) == (Decimal("0.4"), ["7"])
    assert fact.formula == "7 in 2021Q2 / 5 in 2021Q1 − 1, of t"


@pytest.mark.parametrize(
    ("predicate", "holds"),
    [
        ("last > first", True),
        ("first < '2021Q2' < last", True),
        ("last >= '2022Q4'", True),
        ("last = '2022Q4'", True),
        ("first > '2021Q1'", False),
    ],
)
def test_claims_compare_periods_as_times(predicate: str, holds: bool) -> None:
    text = f'''
[first]
measure = "first_period"
table = "t"
[last]
measure = "last_period"
table = "t"
[claims."a"]
meaning = "it is later"
predicate = "{predicate}"
'''
    result = compute_facts(World.of_files({"data/facts.toml": text}), QUARTERS)
    assert [fault.rule for fault in result.diagnostics] == ([] if holds else ["false-claim"])


def test_periods_of_other_lengths_are_neither_earlier_nor_later() -> None:
    text = '[last]\nmeasure = "last_period"\ntable = "t"\n[claims.a]\nmeaning = "m"\npredicate = "last > \'2021-01\'"\n'
    (fault,) = compute_facts(World.of_files({"data/facts.toml": text}), QUARTERS).diagnostics
    assert fault.rule == "wrong-expression"


def test_the_period_of_the_largest_value_is_a_period() -> None:
    fact = made('measure = "largest_code"\nby = "when"', QUARTERS)
    assert (fact.value, fact.kind) == ("2022Q1", "period")
    years = package("year", course("2021", "year", [1, 3, 2]), name="year")
    fact = made('measure = "largest_code"\nby = "year"', years)
    assert (fact.value, fact.kind) == (Decimal(2022), "year")
