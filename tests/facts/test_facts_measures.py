"""Measures: each is the number that its name promises, exact, with the cells it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.decimals import round_half_away
from reportgen.base.world import World
from reportgen.data.package import Code, CodeList, Column, DataPackage, Row, Table, Value
from reportgen.facts.book import Fact, FactBook
from reportgen.facts.compute import EXACT, compute_facts

CODES = CodeList("companies", {c: Code(c, {"zh": c, "en": c}) for c in ("aa", "bb", "cc")})
MEASURES = CodeList("measures", {c: Code(c, {"zh": c, "en": c}) for c in ("applications", "grants")})


def table(name: str, columns: tuple[Column, ...], rows: list[tuple[Value, ...]]) -> Table:
    keys = tuple(column.name for column in columns if column.role == "dimension")
    names = [column.name for column in columns]
    made = tuple(
        Row(dict(zip(names, values, strict=True)), f"data/{name}.csv", n)
        for n, values in enumerate(rows, start=2)
    )
    return Table(name, f"data/{name}.csv", {c.name: c for c in columns}, made, primary_key=keys)


YEAR = Column("year", "year", "dimension")
MEASURE = Column("measure", "string", "dimension", "measures")
COMPANY = Column("company", "string", "dimension", "companies")
VALUE = Column("value", "number", "measure", unit="piece")
STATUS = Column("obs_status", "string", "attribute")


def yearly(
    values: Mapping[tuple[str, str], Value], statuses: Mapping[tuple[str, str], str] | None = None
) -> Table:
    rows: list[tuple[Value, ...]] = [
        (year, measure, value, (statuses or {}).get((year, measure), "A"))
        for (year, measure), value in values.items()
    ]
    return table("yearly", (YEAR, MEASURE, VALUE, STATUS), rows)


SERIES = yearly(
    {
        ("2013", "applications"): Decimal(100),
        ("2014", "applications"): Decimal(150),
        ("2015", "applications"): Decimal(400),
        ("2013", "grants"): Decimal(60),
        ("2014", "grants"): Decimal(30),
        ("2015", "grants"): Decimal(10),
    },
    {("2014", "grants"): "E"},
)
COMPANIES = table(
    "companies",
    (COMPANY, YEAR, VALUE, STATUS),
    [
        ("aa", "2013", Decimal(10), "A"),
        ("aa", "2014", Decimal(30), "A"),
        ("bb", "2013", Decimal(50), "A"),
        ("bb", "2014", Decimal(60), "A"),
        ("cc", "2013", Decimal(4), "A"),
        ("cc", "2014", Decimal(2), "A"),
    ],
)
SCALARS = table(
    "scalars",
    (
        Column("indicator", "string", "dimension"),
        Column("value", "number", "measure"),
        Column("unit", "string", "attribute"),
        Column("relation", "string", "attribute"),
        STATUS,
    ),
    [
        ("agreements", Decimal(57), "country", "=", "A"),
        ("trained", Decimal(1300), "person_time", ">=", "A"),
        ("foreign", Decimal("0.023"), "ratio", "=", "A"),
    ],
)
PACKAGE = DataPackage(
    "test",
    {t.name: t for t in (SERIES, COMPANIES, SCALARS)},
    {"companies": CODES, "measures": MEASURES},
)


def book(declared: str, package: DataPackage = PACKAGE) -> FactBook:
    result = compute_facts(World.of_files({"data/facts.toml": declared}), package)
    assert [str(d) for d in result.diagnostics] == []
    return result.value


def made(options: str, package: DataPackage = PACKAGE) -> Fact:
    return book(f"[x]\n{options}\n", package).facts["x"]


def refusal(options: str, package: DataPackage = PACKAGE) -> str:
    (fault,) = compute_facts(World.of_files({"data/facts.toml": f"[x]\n{options}\n"}), package).diagnostics
    return fault.message.removeprefix("x: ")


APPLICATIONS = 'table = "yearly"\nwhere = { measure = "applications" }'
GRANTS = 'table = "yearly"\nwhere = { measure = "grants" }'
RANKED = 'table = "companies"\nby = "company"'


@pytest.mark.parametrize(
    ("options", "value", "kind", "unit"),
    [
        (f'measure = "total"\n{APPLICATIONS}', Decimal(650), "number", "piece"),
        (f'measure = "first"\n{APPLICATIONS}', Decimal(100), "number", "piece"),
        (f'measure = "last"\n{APPLICATIONS}', Decimal(400), "number", "piece"),
        (f'measure = "change"\n{APPLICATIONS}', Decimal(300), "number", "piece"),
        (f'measure = "change"\n{GRANTS}', Decimal(-50), "number", "piece"),
        (f'measure = "growth"\n{APPLICATIONS}', Decimal(3), "ratio", None),
        (f'measure = "cagr"\n{APPLICATIONS}', Decimal(1), "ratio", None),
        ('measure = "first_period"\ntable = "yearly"', Decimal(2013), "year", None),
        ('measure = "last_period"\ntable = "yearly"', Decimal(2015), "year", None),
        ('measure = "periods"\ntable = "yearly"', Decimal(3), "number", "year"),
        ('measure = "period"\ntable = "yearly"', "2013-2015", "text", None),
        (
            'measure = "value"\ntable = "scalars"\nwhere = { indicator = "agreements" }',
            Decimal(57),
            "number",
            "country",
        ),
        (
            'measure = "value"\ntable = "scalars"\nwhere = { indicator = "foreign" }',
            Decimal("0.023"),
            "ratio",
            "ratio",
        ),
        (
            'measure = "share"\ntable = "companies"\nwhere = { company = "bb" }',
            Decimal(110) / 156,
            "ratio",
            None,
        ),
        (
            'measure = "share"\ntable = "companies"\nwhere = { company = "bb", year = 2013 }\nwhole = { year = 2013 }',
            Decimal(50) / 64,
            "ratio",
            None,
        ),
        (f'measure = "count"\n{RANKED}', Decimal(3), "number", None),
        ('measure = "count"\ncode_list = "companies"\nunit = "company"', Decimal(3), "number", "company"),
        (f'measure = "largest"\n{RANKED}', Decimal(110), "number", "piece"),
        (f'measure = "largest"\n{RANKED}\nrank = 2', Decimal(40), "number", "piece"),
        (f'measure = "smallest"\n{RANKED}', Decimal(6), "number", "piece"),
        (f'measure = "largest_code"\n{RANKED}', "bb", "code", None),
        (f'measure = "smallest_code"\n{RANKED}', "cc", "code", None),
        (f'measure = "ranking"\n{RANKED}', ("bb", "aa", "cc"), "codes", None),
        (f'measure = "ranking"\n{RANKED}\nlimit = 2', ("bb", "aa"), "codes", None),
        (f'measure = "ranking"\n{RANKED}\non = "cagr"', ("aa", "bb", "cc"), "codes", None),
        (f'measure = "largest_code"\n{RANKED}\non = "cagr"', "aa", "code", None),
        (f'measure = "largest"\n{RANKED}\non = "cagr"', Decimal(2), "ratio", None),
        (f'measure = "rank"\n{RANKED}\ncode = "aa"', Decimal(2), "number", None),
        ('measure = "constant"\nvalue = 0.1\nkind = "ratio"', Decimal("0.1"), "ratio", None),
        ('measure = "constant"\nvalue = 2020\nkind = "year"', Decimal(2020), "year", None),
        ('measure = "constant"\nvalue = "2015-10"\nkind = "text"', "2015-10", "text", None),
        (
            'measure = "constant"\nvalue = ["aa", "cc"]\nkind = "codes"\ncode_list = "companies"',
            ("aa", "cc"),
            "codes",
            None,
        ),
    ],
)
def test_measures_make_what_they_promise(options: str, value: object, kind: str, unit: str | None) -> None:
    fact = made(options)
    with localcontext(EXACT):
        close = (
            abs(fact.value - value)
            if isinstance(value, Decimal) and isinstance(fact.value, Decimal)
            else None
        )
    assert fact.value == value or (close is not None and close < Decimal("1e-20"))
    assert (fact.kind, fact.unit) == (kind, unit)


def test_codes_bring_their_code_list() -> None:
    assert made(f'measure = "largest_code"\n{RANKED}').code_list == "companies"
    assert made(f'measure = "ranking"\n{RANKED}').code_list == "companies"


def test_a_range_of_years_selects_both_ends() -> None:
    fact = made('measure = "total"\ntable = "yearly"\nwhere = { measure = "grants", year = "2014-2015" }')
    assert fact.value == 40


def test_a_list_of_codes_selects_any_of_them() -> None:
    fact = made('measure = "total"\ntable = "companies"\nwhere = { company = ["aa", "cc"], year = 2014 }')
    assert fact.value == 32


def test_a_series_may_sum_across_a_dimension_that_is_named() -> None:
    assert made('measure = "change"\ntable = "companies"\nacross = ["company"]').value == 28


def test_a_published_lower_bound_stays_one() -> None:
    assert made('measure = "value"\ntable = "scalars"\nwhere = { indicator = "trained" }').at_least
    assert not made('measure = "value"\ntable = "scalars"\nwhere = { indicator = "agreements" }').at_least
    assert made('measure = "total"\ntable = "scalars"\nwhere = { indicator = "trained" }').at_least
    assert not made('measure = "total"\ntable = "scalars"\nwhere = { indicator = "agreements" }').at_least


def test_every_rank_can_be_named_and_none_beyond_the_last() -> None:
    assert [made(f'measure = "largest"\n{RANKED}\nrank = {n}').value for n in (1, 2, 3)] == [110, 40, 6]
    assert refusal(f'measure = "largest"\n{RANKED}\nrank = 4') == "there are 3 codes, so none at rank 4"


def test_values_of_two_units_are_not_summed() -> None:
    chosen = 'where = { indicator = ["agreements", "trained"] }'
    said = refusal(f'measure = "total"\ntable = "scalars"\n{chosen}')
    assert said == "the values have different units: country, person_time"


def test_a_part_lies_in_its_whole_with_every_row() -> None:
    """Also one that lies in it by half, which would make a share of nothing in particular."""
    part = 'measure = "share"\ntable = "companies"\nwhere = { company = "aa" }'
    for whole in ('{ year = "2013" }', '{ company = "bb" }'):
        assert refusal(f"{part}\nwhole = {whole}") == "some rows of the part are not in the whole"


@pytest.mark.parametrize("values", [(-4, 9), (9, -4), (-9, -4)])
def test_values_below_nothing_have_no_annual_growth(values: tuple[int, int]) -> None:
    rows = yearly({(str(2000 + i), "grants"): Decimal(v) for i, v in enumerate(values)})
    package = DataPackage("t", {"yearly": rows}, {"measures": MEASURES})
    assert refusal(f'measure = "cagr"\n{GRANTS}', package) == "growth needs values that are not negative"


def test_facts_are_made_of_facts() -> None:
    facts = book(
        f"""
        [a]
        measure = "total"
        {APPLICATIONS}
        [b]
        measure = "total"
        {GRANTS}
        [c]
        measure = "formula"
        formula = "(a - b) / 2"
        unit = "piece"
        [d]
        measure = "ratio"
        of = "b"
        to = "a"
        [foreign]
        measure = "value"
        table = "scalars"
        where = {{ indicator = "foreign" }}
        [e]
        measure = "points"
        of = "d"
        minus = "foreign"
        [f]
        measure = "floor"
        of = "d"
        step = 0.1
        [turn]
        measure = "constant"
        value = 2014
        kind = "year"
        [end]
        measure = "last_period"
        table = "yearly"
        [recent]
        measure = "period"
        first = "turn"
        last = "end"
        [g]
        measure = "total"
        table = "yearly"
        where = {{ measure = "grants", year = "{{turn}}-{{end}}" }}
        """
    ).facts
    assert (facts["c"].value, facts["c"].unit, facts["c"].rests_on) == (Decimal(275), "piece", ("a", "b"))
    assert str(facts["d"].value).startswith("0.15384615384615384615")
    assert facts["e"].kind == "points"
    assert str(facts["e"].value).startswith("0.130846153846")
    assert (facts["f"].value, facts["f"].kind) == (Decimal("0.1"), "ratio")
    assert facts["recent"].value == "2014-2015"
    assert (facts["g"].value, facts["g"].rests_on) == (Decimal(40), ("turn", "end"))


def test_a_fact_knows_its_cells_through_other_facts() -> None:
    facts = book(
        f'[a]\nmeasure = "first"\n{GRANTS}\n[b]\nmeasure = "formula"\nformula = "a + a.last"\n'
        f'[a.last]\nmeasure = "last"\n{GRANTS}\n'
    ).facts
    assert [str(cell) for cell in facts["b"].cells] == [
        "data/yearly.csv, row 5, column value",
        "data/yearly.csv, row 7, column value",
    ]


def test_an_estimated_cell_makes_an_estimated_fact_and_all_that_rests_on_it() -> None:
    facts = book(
        f'[a]\nmeasure = "total"\n{GRANTS}\n[b]\nmeasure = "first"\n{GRANTS}\n'
        '[c]\nmeasure = "formula"\nformula = "a + b"\n'
    ).facts
    assert [facts[name].status for name in "abc"] == ["E", "A", "E"]


def test_years_and_counts_of_codes_are_no_estimates() -> None:
    facts = book(
        '[a]\nmeasure = "period"\ntable = "yearly"\n[b]\nmeasure = "count"\ntable = "yearly"\nby = "measure"\n'
    ).facts
    assert [facts[name].status for name in "ab"] == ["A", "A"]


@pytest.mark.parametrize(
    ("options", "formula"),
    [
        (
            f'measure = "total"\n{APPLICATIONS}',
            "650, the sum of 3 observations of yearly where measure = applications",
        ),
        (
            f'measure = "cagr"\n{APPLICATIONS}',
            "(400 in 2015 / 100 in 2013) ^ (1 / 2) − 1, of yearly where measure = applications",
        ),
        (
            'measure = "share"\ntable = "companies"\nwhere = { company = "bb" }',
            "110 / 156, companies where company = bb over companies",
        ),
        (f'measure = "largest_code"\n{RANKED}', "bb, rank 1 of 3: company by value, of companies"),
        ('measure = "constant"\nvalue = 2020\nkind = "year"', "2020, as declared"),
    ],
)
def test_formulas_are_written_for_people(options: str, formula: str) -> None:
    assert made(options).formula == formula


def test_a_tie_is_refused_where_its_order_would_be_printed_and_not_below() -> None:
    rows: list[tuple[Value, ...]] = [
        (c, "2013", Decimal(n), "A") for c, n in (("aa", 3), ("bb", 2), ("cc", 2))
    ]
    tied = DataPackage(
        "t", {"companies": table("companies", (COMPANY, YEAR, VALUE, STATUS), rows)}, {"companies": CODES}
    )
    assert made(f'measure = "ranking"\n{RANKED}\nlimit = 1', tied).value == ("aa",)
    assert made(f'measure = "ranking"\n{RANKED}\nties = "listed"', tied).value == ("aa", "bb", "cc")
    result = compute_facts(
        World.of_files({"data/facts.toml": f'[x]\nmeasure = "ranking"\n{RANKED}\nlimit = 2\n'}), tied
    )
    assert [str(d) for d in result.diagnostics] == [
        (
            "data/facts.toml:1:1: error: x: bb and cc tie at 2\n"
            '  hint: say ties = "listed" to take them as the table lists them'
        )
    ]


_COUNTS = st.integers(min_value=1, max_value=10**9)


def series(values: list[int]) -> DataPackage:
    rows = yearly({(str(2000 + i), "grants"): Decimal(v) for i, v in enumerate(values)})
    return DataPackage("t", {"yearly": rows}, {"measures": MEASURES})


@settings(deadline=None, max_examples=100)
@given(st.lists(_COUNTS, min_size=2, max_size=24))
def test_compound_growth_leads_from_the_first_value_to_the_last(values: list[int]) -> None:
    growth = made(f'measure = "cagr"\n{GRANTS}', series(values)).value
    assert isinstance(growth, Decimal)
    with localcontext(EXACT):
        reached = values[0] * (1 + growth) ** (len(values) - 1)
        assert abs(reached / values[-1] - 1) < Decimal("1e-30")


@pytest.mark.parametrize("last", [2001, 2002, 2005])
def test_growth_counts_the_years_between_not_the_observations(last: int) -> None:
    """A series may lack years: 8 % a year is 8 % a year over any number of them."""
    rows = yearly({("2000", "grants"): Decimal(1), (str(last), "grants"): Decimal("1.08") ** (last - 2000)})
    package = DataPackage("t", {"yearly": rows}, {"measures": MEASURES})
    assert made(f'measure = "cagr"\n{GRANTS}', package).value == Decimal("0.08")


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 10**6), st.integers(1, 300), st.integers(1, 6))
def test_growth_that_is_a_short_decimal_comes_out_exactly(first: int, percent: int, years: int) -> None:
    rate = Decimal(percent) / 100
    values = [Decimal(first) * (1 + rate) ** year for year in range(years + 1)]
    rows = yearly({(str(2000 + i), "grants"): v for i, v in enumerate(values)})
    growth = made(
        f'measure = "cagr"\n{GRANTS}', DataPackage("t", {"yearly": rows}, {"measures": MEASURES})
    ).value
    assert growth == rate


@settings(deadline=None, max_examples=60)
@given(st.lists(st.decimals(0, 10**9, places=3), min_size=1, max_size=20))
def test_a_total_is_the_exact_sum_of_its_parts(values: list[Decimal]) -> None:
    rows = yearly({(str(2000 + i), "grants"): v for i, v in enumerate(values)})
    facts = book(
        f'[all]\nmeasure = "total"\n{GRANTS}\n'
        '[head]\nmeasure = "total"\ntable = "yearly"\nwhere = { measure = "grants", year = "2000" }\n',
        DataPackage("t", {"yearly": rows}, {"measures": MEASURES}),
    ).facts
    assert facts["all"].value == sum(values)
    assert facts["head"].value == values[0]


@settings(deadline=None, max_examples=60)
@given(st.lists(_COUNTS, min_size=2, max_size=12))
def test_shares_of_all_parts_make_the_whole(values: list[int]) -> None:
    package = series(values)
    declared = "".join(
        f'[s{i}]\nmeasure = "share"\ntable = "yearly"\nwhere = {{ year = "{2000 + i}" }}\n'
        for i in range(len(values))
    )
    shares = [fact.value for fact in book(declared, package).facts.values()]
    with localcontext(EXACT):
        total = sum((share for share in shares if isinstance(share, Decimal)), Decimal(0))
    assert abs(total - 1) < Decimal("1e-50")


@settings(deadline=None, max_examples=60)
@given(st.lists(_COUNTS, min_size=2, max_size=3, unique=True))
def test_a_ranking_descends_and_ranks_agree_with_it(values: list[int]) -> None:
    codes = ["aa", "bb", "cc"][: len(values)]
    rows: list[tuple[Value, ...]] = [(c, "2013", Decimal(v), "A") for c, v in zip(codes, values, strict=True)]
    package = DataPackage(
        "t", {"companies": table("companies", (COMPANY, YEAR, VALUE, STATUS), rows)}, {"companies": CODES}
    )
    ranked = made(f'measure = "ranking"\n{RANKED}', package).value
    assert isinstance(ranked, tuple)
    of = dict(zip(codes, values, strict=True))
    assert [of[code] for code in ranked] == sorted(values, reverse=True)
    for position, code in enumerate(ranked, start=1):
        assert made(f'measure = "rank"\n{RANKED}\ncode = "{code}"', package).value == position


@settings(deadline=None, max_examples=100)
@given(st.decimals(-(10**6), 10**6, places=6), st.integers(0, 4))
def test_formulas_round_halves_away_from_zero(value: Decimal, places: int) -> None:
    fact = made(f'measure = "formula"\nformula = "round({value:f}, {places})"')
    assert fact.value == value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert fact.value == round_half_away(value, places)
