"""Periods, units, totals, gaps and dashes of sheets, and what the drafted descriptor says of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from importing_sheets import csv_of, plan, refused, short, table

from reportgen.base.world import World
from reportgen.data.importing.drafting import Plan
from reportgen.data.importing.spells import spell_of
from reportgen.data.importing.unit_words import unit_properties

SPELLINGS = {
    "2021年": "year 2021", "2021年度": "year 2021", "2021-A1": "year 2021", "2021年一季度": "quarter 2021Q1",
    "Q1-2021": "quarter 2021Q1", "2021-Q4": "quarter 2021Q4", "2021 第三季度": "quarter 2021Q3",
    "Mar 2021": "month 2021-03", "2021M3": "month 2021-03", "March, 2021": "month 2021-03",
    "2021年3月": "month 2021-03",
    "2021-S2": "half 2021H2", "2021年上半年": "half 2021H1", "2013/14": "fiscal-year 2013/14",
    "2013-2014": "fiscal-year 2013/14", "2011-2020": "years 2011-2020", "2021-03-01": "date 2021-03-01",
    "2021年1-3月": "months 2021-01/2021-03", "2021年前三季度": "months 2021-01/2021-09", "2021年全年": "year 2021",
}  # fmt: skip
YEARS_AND_QUARTERS = [
    ["单位：亿元"],
    ["时间", "总产值", "增加值"],
    ["2021", "100", "40"],
    ["  一季度", "20", "8"],
    ["  二季度", "30", "10"],
    ["2022", "110", "44"],
    ["  一季度", "22", "9"],
]
LIBRARIES = [
    ["单位：万册"],
    ["馆", "2021", "2022"],
    ["合计", "30.1", "33"],
    ["东馆", "10", "11"],
    ["西馆", "20", "22"],
]


def entry_of(made: Plan) -> dict[str, Any]:
    """Return the drafted entry of the table."""
    resources = json.loads(made.files["data/datapackage.json"])["resources"]
    return dict(next(each for each in resources if each["name"] == made.name))


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_period_is_kept_in_its_one_spelling(text: str) -> None:
    spell = spell_of(text)
    assert spell is not None
    assert f"{spell.kind} {spell.text}" == SPELLINGS[text]


@pytest.mark.parametrize(
    "text", ["15-64", "110101", "12345", "2021年13月", "2021Q5", "三", "1月份以来", "9999", "第五季度"]
)
def test_what_only_looks_like_a_period_is_none(text: str) -> None:
    assert spell_of(text) is None


@pytest.mark.parametrize(
    ("heads", "field"),
    [
        (("2021年一季度", "2021年二季度"), {"name": "quarter", "type": "string", "period": "quarter"}),
        (("2021年上半年", "2021年下半年"), {"name": "half", "type": "string", "period": "half"}),
        (("2021年1月", "2021年2月"), {"name": "month", "type": "yearmonth", "period": None}),
        (("2013/14", "2014/15"), {"name": "fiscal_year", "type": "string", "period": "fiscal-year"}),
        (("2021年1-2月", "2021年1-3月"), {"name": "period", "type": "string", "period": None}),
    ],
)
def test_periods_become_columns_of_periods(heads: tuple[str, str], field: dict[str, Any]) -> None:
    made = plan(
        csv_of([["单位：万吨"], ["产品", *heads], ["煤", "1.5", "2.5"], ["油", "3.5", "4.5"]]), "fuel.csv"
    )
    first = next(f for f in entry_of(made)["schema"]["fields"] if f["name"] == field["name"])
    assert (first["type"], first["reportgen"].get("period")) == (field["type"], field["period"])


def test_years_and_quarters_in_one_sheet_are_asked_about_and_chosen() -> None:
    data = csv_of(YEARS_AND_QUARTERS)
    (fault,) = refused(data, "output.csv")
    assert fault.rule == "mixed-periods"
    assert "--periods year" in str(fault)
    quarters = short(plan(data, "output.csv", periods="quarter"))
    assert quarters == {
        "2021Q1 总产值": "20 A", "2021Q1 增加值": "8 A", "2021Q2 总产值": "30 A", "2021Q2 增加值": "10 A",
        "2022Q1 总产值": "22 A", "2022Q1 增加值": "9 A",
    }  # fmt: skip
    years = short(plan(data, "output.csv", periods="year"))
    assert years["2022 总产值"] == "110 A"
    assert len(years) == 4
    assert [d.rule for d in refused(data, "output.csv", periods="month")] == ["mixed-periods"]


def test_two_tables_of_one_file_are_told_apart_by_name() -> None:
    data = csv_of(YEARS_AND_QUARTERS)
    first = plan(data, "output.csv", periods="quarter")
    world = World.of_files(dict(first.files))
    second = plan(data, "output.csv", world, table="output-years", periods="year")
    both = World.of_files({**first.files, **second.files})
    (fault,) = refused(data, "output.csv", both)
    assert fault.rule == "open-question"
    assert {"output", "output-years"} <= set(fault.message.replace(",", "").split())
    assert plan(data, "output.csv", both, table="output-years").recipe.periods == "year"


def test_two_units_above_a_table_go_to_the_values_that_they_fit() -> None:
    rows = [
        ["单位：万人、%"],
        ["年份", "总人口", "城镇人口比重"],
        ["2021", "100", "60.1"],
        ["2022", "101", "60.4"],
    ]
    assert {(r["item"], r["unit"]) for r in table(plan(csv_of(rows), "people.csv"))} == {
        ("总人口", "u01"),
        ("城镇人口比重", "percent"),
    }


def test_growth_is_not_in_the_unit_of_what_grows() -> None:
    rows = [
        ["指标", "绝对数", "比上年增长(%)"],
        ["产值（亿元）", "100", "4.5"],
        ["粮食（万吨）", "120", "-2.1"],
    ]
    units = {(r["indicator"], r["item"]): r["unit"] for r in table(plan(csv_of(rows), "main.csv"))}
    assert units == {
        ("产值", "绝对数"): "u01", ("产值", "比上年增长"): "percent",
        ("粮食", "绝对数"): "u02", ("粮食", "比上年增长"): "percent",
    }  # fmt: skip
    rows = [["单位：亿元"], ["地区", "出口额", "比上年增长"], ["北京", "100", "60"], ["天津", "101", "61"]]
    assert plan(csv_of(rows), "trade.csv").questions.unit


def test_two_units_that_nothing_tells_apart_are_refused_until_the_labels_say() -> None:
    rows = [["单位：万人、万元"], ["年份", "人口", "收入"], ["2021", "100", "60"], ["2022", "101", "61"]]
    (fault,) = refused(csv_of(rows), "people.csv")
    assert fault.rule == "two-units"
    rows[:2] = [["年份", "人口（万人）", "收入（万元）"]]
    assert len({r["unit"] for r in table(plan(csv_of(rows), "people.csv"))}) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("万吨", {"dimension": "physical", "scale": "10000"}),
        ("亿千瓦时", {"dimension": "physical", "scale": "100000000"}),
        ("千瓦时", {"dimension": "physical"}),
        ("亿美元", {"dimension": "currency", "scale": "100000000"}),
        ("million EUR", {"dimension": "currency", "scale": "1000000"}),
        ("人次", {"dimension": "count"}),
        ("元/人", {}),
        ("万标准箱", {}),
    ],
)
def test_a_unit_says_what_it_measures(text: str, said: dict[str, str]) -> None:
    assert unit_properties(text) == said


@pytest.mark.parametrize(
    ("sign", "code"), [("%", "percent"), ("‰", "permille"), ("百分点", "points"), ("指数", "index")]
)
def test_signs_of_units_need_no_list(sign: str, code: str) -> None:
    made = plan(
        csv_of([[f"单位：{sign}"], ["地区", "2021", "2022"], ["东", "1.5", "2.5"], ["西", "3.5", "4.5"]]),
        "rates.csv",
    )
    assert "data/lists/units.csv" not in made.files
    assert [
        f["reportgen"].get("unit") for f in entry_of(made)["schema"]["fields"] if f["name"] == "value"
    ] == [code]


def test_totals_that_are_right_are_declared_and_hold() -> None:
    made = plan(csv_of(LIBRARIES), "books.csv")
    declared = entry_of(made)["reportgen"]["plausibility"]
    assert declared == [{"over": "item", "total": "total", "tolerance": 1.5}]


def test_a_total_that_is_wrong_is_named_with_its_place_and_not_declared() -> None:
    rows = [*LIBRARIES[:2], ["合计", "300", "33"], *LIBRARIES[3:]]
    made = plan(csv_of(rows), "books.csv")
    assert "plausibility" not in entry_of(made)["reportgen"]
    assert any("B3 is 300, its parts are 30" in line for line in made.about)


def test_a_gap_between_values_is_kept_as_missing_and_one_at_the_edge_is_none() -> None:
    rows = [["单位：万吨"], ["产品", "2020", "2021", "2022"], ["煤", "1.5", "", "2.5"], ["油", "", "3.5", ""]]
    made = plan(csv_of(rows), "fuel.csv")
    assert short(made) == {"2020 煤": "1.5 A", "2021 煤": "O", "2022 煤": "2.5 A", "2021 油": "3.5 A"}
    assert any(
        "1 empty cell between filled ones is kept as missing: status O (C3)" in line for line in made.about
    )


@pytest.mark.parametrize(("meant", "kept"), [("0", "0 A"), ("M", "M"), ("O", "O")])
def test_a_dash_is_asked_about(meant: str, kept: str) -> None:
    data = csv_of([["单位：万吨"], ["产品", "2020", "2021"], ["煤", "1.5", "-"], ["油", "2.5", "3.5"]])
    assert plan(data, "fuel.csv").questions.flags == ("-",)
    assert short(plan(data, "fuel.csv", flags={"-": meant}))["2021 煤"] == kept


@pytest.mark.parametrize("frequency", ["A", "Q", "M", "H"])
def test_a_column_of_frequencies_holds_no_flags(frequency: str) -> None:
    head = ["freq", "unit", "geo", "2021-Q1", "2021-Q2"]
    rows = [head, [frequency, "PC", "AT", "12.3 e", ":"], [frequency, "PC", "DE", "5", "6.2"]]
    assert short(plan(csv_of(rows), "rates.csv"))["2021Q1 AT"] == "12.3 E"
