"""Periods: every spelling becomes one text, in the order of the calendar, and what is none is one diagnostic."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Severity
from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.data.package import Table
from reportgen.data.period_choice import UnknownPeriod, choose_periods, periods_of
from reportgen.data.period_spellings import (
    NotAPeriod,
    known_period,
    known_range,
    parse_period,
    parse_range,
    range_text,
)
from reportgen.data.periods import EXAMPLES, FREQUENCIES, PER_YEAR, Frequency, Period, limits, period_at

DIVIDED = tuple(f for f in FREQUENCIES if f not in ("years", "date"))


@st.composite
def periods(draw: st.DrawFn, frequency: Frequency | None = None) -> Period:
    found = frequency or draw(st.sampled_from(FREQUENCIES))
    least, most = limits(found)
    if found == "years":
        number = draw(st.integers(least, most - 1))
        return Period(found, number, draw(st.integers(2, most - number + 1)))
    return Period(found, draw(st.integers(least, most)))


def pairs() -> st.SearchStrategy[tuple[Period, Period]]:
    return st.sampled_from(FREQUENCIES).flatmap(lambda f: st.tuples(periods(f), periods(f)))


# Spellings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frequency", "spellings", "kept"),
    [
        ("year", ("2013", "2013年", "2013-A1", "２０１３"), "2013"),
        ("half", ("2021H1", "2021-S1", "2021-H1", "2021 H1", "2021h1", "H1 2021", "2021年上半年"), "2021H1"),
        ("half", ("2021S2", "2021年下半年"), "2021H2"),
        (
            "quarter",
            (
                "2021Q1",
                "2021-Q1",
                "2021 Q1",
                "2021q1",
                "Q1 2021",
                "2021年第一季度",
                "2021年一季度",
                "2021年1季度",
            ),
            "2021Q1",
        ),
        ("quarter", ("2021年第四季度", "2021年四季", "2021-Q4"), "2021Q4"),
        (
            "month",
            (
                "2021-03",
                "2021M03",
                "2021-M03",
                "2021M3",
                "202103",
                "2021年3月",
                "2021年03月",
                "2021/03",
                "2021年3月份",
            ),
            "2021-03",
        ),
        ("date", ("2021-03-31", "20210331", "2021年3月31日", "2021/3/31", "2021/03/31"), "2021-03-31"),
        (
            "fiscal-year",
            ("2013/14", "2013/2014", "2013-14", "2013–14", "2013—2014", "FY2013/14", "2013/14财年"),
            "2013/14",
        ),
        ("fiscal-year", ("1999/00", "1999/2000"), "1999/00"),
        (
            "years",
            ("2013-2023", "2013–2023", "2013—2023", "2013 - 2023", "2013至2023年", "2013-2023年"),
            "2013-2023",
        ),
    ],
)
def test_every_spelling_of_a_period_is_kept_as_one(
    frequency: Frequency, spellings: tuple[str, ...], kept: str
) -> None:
    assert {str(parse_period(text, frequency)) for text in spellings} == {kept}


@pytest.mark.parametrize(
    ("frequency", "texts"),
    [
        ("year", ("13", "20131", "2013Q1", "0000", "二〇一三")),
        ("half", ("2021H3", "2021H0", "2021", "2021Q1")),
        ("quarter", ("2021Q5", "2021Q0", "2021", "2021-01", "2021年第五季度", "2021Q11")),
        ("month", ("2021-13", "2021-00", "2021-3", "2021", "202113", "2021年13月", "2021-03-02", "2021.3")),
        ("date", ("2021-02-29", "2021-13-01", "2021-1-1", "2021-03", "0000-01-01")),
        ("fiscal-year", ("2013/15", "2013/13", "2013", "2013/2015", "2013/4")),
        ("years", ("2013-2013", "2023-2013", "2013", "2013-14")),
    ],
)
def test_what_is_no_period_is_refused_with_an_example(frequency: Frequency, texts: tuple[str, ...]) -> None:
    for text in texts:
        with pytest.raises(NotAPeriod) as caught:
            parse_period(text, frequency)
        assert caught.value.hints == (f"write it as in {EXAMPLES[frequency]}",)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=50), st.sampled_from(FREQUENCIES))
def test_no_text_breaks_the_reading(text: str, frequency: Frequency) -> None:
    assert known_period(text) is None or str(known_period(text)) == text
    ends = parse_range(text, frequency)
    assert ends is None or all(end.frequency == frequency for end in ends)


@given(periods())
def test_what_is_written_is_read_back(period: Period) -> None:
    assert parse_period(str(period), period.frequency) == period
    assert known_period(str(period)) == period


@given(pairs())
def test_a_range_that_is_written_is_read_back(ends: tuple[Period, Period]) -> None:
    first, last = sorted(ends)
    assert parse_range(f"{first}..{last}", first.frequency) == (first, last)
    assert known_range(range_text(first, last)) == (first, last) or first.frequency == "year"


# The calendar ---------------------------------------------------------------------------------------------------


@given(pairs())
def test_periods_stand_in_the_order_of_the_calendar(ends: tuple[Period, Period]) -> None:
    one, other = ends
    assert (one < other) == ((one.first_day, one.last_day) < (other.first_day, other.last_day))
    if one.frequency not in ("years", "fiscal-year"):
        assert (one < other) == (str(one) < str(other))


@given(periods())
def test_next_and_previous_undo_each_other_and_follow_without_a_gap(period: Period) -> None:
    assert period.first_day <= period.last_day
    try:
        after = period.next
    except OverflowError:
        assert period.last_day.year + period.length > 9999
        return
    assert after.previous == period < after
    assert (after.first_day - period.last_day).days == 1


@given(periods())
def test_the_year_before_is_a_year_earlier(period: Period) -> None:
    try:
        before = period.year_before
    except OverflowError:
        assert period.year == 1
        return
    assert before.frequency == period.frequency
    assert before.year == period.year - 1
    if period.frequency in PER_YEAR:
        assert before.part == period.part
        assert period.years_from(before) == 1


@given(st.dates(), st.sampled_from(DIVIDED))
def test_a_day_is_in_the_period_that_holds_it(day: dt.date, frequency: Frequency) -> None:
    period = period_at(day, frequency)
    assert period.first_day <= day <= period.last_day


@given(pairs())
def test_distances_turn_round_with_their_ends(ends: tuple[Period, Period]) -> None:
    one, other = ends
    assert one.years_from(other) == -other.years_from(one)
    if one.length == other.length:
        assert (one.years_from(other) > 0) <= (one > other)


@pytest.mark.parametrize(
    ("frequency", "first", "last", "years"),
    [
        ("quarter", "2020Q4", "2022Q4", Fraction(2)),
        ("quarter", "2021Q1", "2021Q4", Fraction(3, 4)),
        ("month", "2021-03", "2023-04", Fraction(25, 12)),
        ("half", "2021H1", "2022H2", Fraction(3, 2)),
        ("date", "2020-02-29", "2021-02-28", Fraction(1)),
        ("date", "2021-06-30", "2021-12-31", Fraction(1, 2)),
        ("date", "2021-01-01", "2021-01-02", Fraction(10000, 3652425)),
        ("years", "2011-2015", "2016-2020", Fraction(5)),
        ("fiscal-year", "2013/14", "2015/16", Fraction(2)),
    ],
)
def test_years_between_periods_are_exact(
    frequency: Frequency, first: str, last: str, years: Fraction
) -> None:
    assert parse_period(last, frequency).years_from(parse_period(first, frequency)) == years


@given(periods(), st.sampled_from(FREQUENCIES))
def test_a_coarser_period_holds_all_of_itself(period: Period, frequency: Frequency) -> None:
    held = period.holding(frequency)
    if held is not None:
        assert (held[0].first_day, held[1].last_day) == (period.first_day, period.last_day)


# What a person names --------------------------------------------------------------------------------------------

QUARTERS = tuple(parse_period(f"{year}Q{q}", "quarter") for year in (2021, 2022) for q in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("2021Q2", "2021Q2", "2021Q2"),
        ("2021-Q2", "2021Q2", "2021Q2"),
        ("2021Q2..2022Q1", "2021Q2", "2022Q1"),
        ("2021Q2-2022Q1", "2021Q2", "2022Q1"),
        ("2021-Q2 - 2022-Q1", "2021Q2", "2022Q1"),
        ("2021Q2–2022Q1", "2021Q2", "2022Q1"),
        ("2021年第二季度至2022年第一季度", "2021Q2", "2022Q1"),
        ("2021", "2021Q1", "2021Q4"),
        ("2021H2", "2021Q3", "2021Q4"),
        ("2021..2022", "2021Q1", "2022Q4"),
        ("2021-2022", "2021Q1", "2022Q4"),
    ],
)
def test_a_range_means_all_from_first_to_last(wanted: str, first: str, last: str) -> None:
    found = choose_periods(wanted, "quarter", "quarter", QUARTERS)
    assert (str(found[0]), str(found[-1])) == (first, last)
    assert all(other == one.next for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("wanted", "message", "hints"),
    [
        ("2023Q1", "quarter 2023Q1 is not among the rows", ("there are 2021Q1 to 2022Q4",)),
        ("2022Q4..2023Q2", "quarter 2023Q2 is not among the rows", ("there are 2021Q1 to 2022Q4",)),
        ("2020", "quarter 2020Q1 is not among the rows", ("there are 2021Q1 to 2022Q4",)),
        ("2022Q1..2021Q1", "the range 2022Q1..2021Q1 ends before it begins", ("write 2021Q1..2022Q1",)),
        (
            "2021-03",
            "quarter '2021-03' is not a quarter or a range of them",
            ("write it as in 2023Q1, or a range 2023Q1..2023Q1", "there are 2021Q1 to 2022Q4"),
        ),
    ],
)
def test_a_period_that_is_not_there_is_told_which_are(
    wanted: str, message: str, hints: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownPeriod) as caught:
        choose_periods(wanted, "quarter", "quarter", QUARTERS)
    assert (str(caught.value), caught.value.hints) == (message, hints)


def test_periods_with_gaps_are_listed() -> None:
    with pytest.raises(UnknownPeriod) as caught:
        choose_periods("1970", "year", "year", periods_of(("1953", "1982", "1964", None), "year"))
    assert caught.value.hints == ("there are 1953, 1964, 1982",)


# Tables ---------------------------------------------------------------------------------------------------------


def world(
    cells: list[str], kind: str = "string", key: bool = True, constraints: Any = None, **ours: Any
) -> World:
    fields = [
        {"name": "when", "type": kind, "reportgen": ours, "constraints": constraints or {}},
        {"name": "value", "type": "number"},
        {"name": "obs_status", "type": "string"},
    ]
    schema = {"fields": fields, "primaryKey": ["when"] if key else []}
    package = {"name": "t", "resources": [{"name": "t", "path": "t.csv", "schema": schema}]}
    text = "when,value,obs_status\n" + "".join(f"{cell},{n},A\n" for n, cell in enumerate(cells))
    return World.of_files({"data/datapackage.json": json.dumps(package), "data/t.csv": text})


def table(cells: list[str], kind: str = "string", **ours: Any) -> Table:
    result = load_package(world(cells, kind, **ours))
    assert [str(d) for d in result.diagnostics] == []
    return result.value.tables["t"]


def found(cells: list[str], kind: str = "string", **ours: Any) -> list[str]:
    return [str(d) for d in load_package(world(cells, kind, **ours)).diagnostics]


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_a_column_of_texts_is_declared_to_hold_periods(frequency: Frequency) -> None:
    made = table([EXAMPLES[frequency]], period=frequency)
    assert made.columns["when"].frequency == frequency
    assert made.rows[0].values["when"] == EXAMPLES[frequency]


def test_other_spellings_are_kept_as_one_text() -> None:
    made = table(["2021-Q1", "2021年第二季度", "2021 Q3"], period="quarter")
    assert [row.values["when"] for row in made.rows] == ["2021Q1", "2021Q2", "2021Q3"]


@pytest.mark.parametrize(
    ("kind", "period", "cell", "rule", "message"),
    [
        ("string", "quarter", "2021-03", "not-a-period", "'2021-03' is not a quarter\n  hint: write it as in 2023Q1"),
        ("string", "month", "2021Q1", "not-a-period", "'2021Q1' is not a month\n  hint: write it as in 2023-03"),
        ("string", "half", "2021", "not-a-period", "'2021' is not a half-year\n  hint: write it as in 2023H1"),
        (
            "string", "fiscal-year", "2013/15", "not-a-period",
            "'2013/15' is not a fiscal year\n  hint: write it as in 2013/14",
        ),
        ("yearmonth", None, "2021Q1", "not-a-period", "'2021Q1' is not a month\n  hint: write it as in 2023-03"),
        ("yearmonth", None, "2021年3月", "not-a-period", "write 2021-03"),
        ("year", None, "2021年", "not-a-year", "'2021年' is not a year\n  hint: write 2021"),
        ("date", None, "2021/3/1", "not-a-date", "'2021/3/1' is not a date\n  hint: write 2021-03-01"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_one_diagnostic(
    kind: str, period: str | None, cell: str, rule: str, message: str
) -> None:
    ours = {"period": period} if period else {}
    (fault,) = load_package(world([cell], kind, **ours)).diagnostics
    assert (fault.rule, str(fault).startswith("data/t.csv, row 2, column when: error: ")) == (rule, True)
    assert str(fault).endswith(message)


def test_two_spellings_of_one_period_are_one_key() -> None:
    (fault,) = found(["2021Q1", "2021-Q1"], period="quarter")
    assert "when 2021Q1 stands here again; it was first in row 2" in fault


def test_a_pattern_is_that_of_the_file() -> None:
    pattern = {"pattern": "[0-9]{4}-Q[1-4]"}
    assert [*load_package(world(["2021-Q1"], period="quarter", constraints=pattern)).diagnostics] == []


@pytest.mark.parametrize(
    ("ours", "kind", "message"),
    [
        ({"period": "week"}, "string", "period is 'week', not year or half or quarter or month or date or"),
        ({"period": "quarter"}, "year", "when is of type year, which holds no quarter"),
        ({"period": "year"}, "number", "when is of type number, which holds no year"),
        ({"periods": "irregulr"}, "year", "periods is 'irregulr', not \"irregular\" or a list of periods"),
        ({"periods": []}, "year", "periods is [], not"),
        ({"periods": True}, "year", "periods is True, not"),
        ({"period": 5}, "string", "period is 5, not year or half"),
        ({"periods": "irregular"}, "string", "when holds no periods"),
        ({"period": "year", "periods": ["1953", "x"]}, "string", "'x' is not a year"),
    ],
)
def test_a_wrong_declaration_is_one_diagnostic(ours: dict[str, Any], kind: str, message: str) -> None:
    (fault,) = found(["2021"], kind, **ours)
    assert message in fault


# Gaps -----------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([f for f in get_args(Frequency) if f not in ("date", "years")]), st.data())
def test_each_gap_is_a_warning_that_names_the_first_period_it_lacks(
    frequency: Frequency, data: st.DataObject
) -> None:
    start = parse_period(EXAMPLES[frequency], frequency)
    steps = sorted(data.draw(st.sets(st.integers(0, 30), min_size=1)))
    cells = [str(start.plus(step)) for step in steps]
    warned = load_package(world(cells, period=frequency)).diagnostics
    lacking = [start.plus(one + 1) for one, other in pairwise(steps) if other - one > 1]
    assert [w.severity for w in warned] == [Severity.WARNING] * len(lacking)
    assert [w.hints[0].partition(";")[0] for w in warned] == [f"add {period}" for period in lacking]
    assert load_package(world(cells, period=frequency, periods="irregular")).diagnostics == ()


def test_a_missing_range_of_years_is_a_gap() -> None:
    (warning,) = found(["2001-2005", "2011-2015"], period="years")
    assert warning.endswith(
        "2001-2005 is followed by 2011-2015\n  hint: add 2006-2010; a range of years without a value has obs_status O"
    )


def test_irregular_periods_that_are_listed_are_missed_and_no_others_may_stand() -> None:
    census = ["1953", "1964", "1982", "1990"]
    assert found(census, "year", periods=census) == []
    (warning,) = found(["1953", "1982", "1990"], "year", periods=census)
    assert "1953 is followed by 1982\n  hint: add 1964" in warning
    (fault,) = found([*census, "1991"], "year", periods=census)
    assert "row 6, column when: error: 1991 is not among the periods of when" in fault


def test_dates_have_no_gaps() -> None:
    assert found(["2021-03-31", "2021-06-30", "2021-12-31"], "date") == []


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_an_empty_period_in_the_key_is_one_diagnostic(frequency: Frequency) -> None:
    (fault,) = found([EXAMPLES[frequency], ""], period=frequency)
    assert fault.startswith("data/t.csv, row 3, column when: error: the cell is empty")
