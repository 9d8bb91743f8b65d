"""Alternative texts: goldens of both lengths in both languages, and their numbers held to the data."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from chart_project import Cells, charts_of, draw, package_of, shipped, shipped_drawing

from reportgen.base.diagnostics import unwrap

SHORT = {
    ("applications-grants", "zh"): "柱形图，2013-2023年：专利申请量由2,000增至13,792；专利授权量由1,000增至6,192。",
    ("applications-grants", "en"): (
        "Columns, 2013–2023: Patent applications up from 2,000 to 13,792; Patent grants up from 1,000 to 6,192."
    ),
    ("digital-companies", "zh"): (
        "排序条形图：共10项，最高为华为技术有限公司（5,191），最低为TCL科技集团股份有限公司（401）。"
    ),
    ("digital-companies", "en"): (
        "Ranked bars: 10 entries, from Huawei Technologies Co.,\u00a0Ltd. (5,191) to TCL Technology Group"
        " Corporation (401)."
    ),
    ("regions-fields", "zh"): "热力图：10行6列，最高为东亚，半导体（16,197），最低为南亚，半导体（15）。",
    ("regions-fields", "en"): (
        "Heat map: 10 rows by 6 columns, from East Asia, Semiconductors (16,197) to South Asia, Semiconductors (15)."
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "language"), SHORT)
def test_the_short_text_says_what_a_figure_shows_in_one_sentence(name: str, language: str) -> None:
    assert shipped_drawing(name, language).value.alt == SHORT[name, language]


GREEN = {
    "zh": "专利授权量：最高475（2023年），最低123（2016年）；逐期上升；年均增速21.3%；2016年123，2017年127，2018年131，"
    "2019年136，2020年142，2021年212，2022年318，2023年475。全部数值为估计值。"
    "2020年以来申请、授权年均增速分别达65.4%和49.6%。",
    "en": "Patent grants: highest 475 in 2023, lowest 123 in 2016; rising throughout; 21.3% a year on average; "
    "123 in 2016, 127 in 2017, 131 in 2018, 136 in 2019, 142 in 2020, 212 in 2021, 318 in 2022, 475 in 2023. "
    "All values are estimated. Since 2020 applications have grown by 65.4% a year, grants by 49.6%.",
}


@pytest.mark.parametrize("language", GREEN)
def test_the_long_text_gives_extremes_trend_growth_values_status_and_turning_point(language: str) -> None:
    description = shipped_drawing("green-outbound", language).value.description
    assert description.startswith(shipped_drawing("green-outbound", language).value.alt)
    assert description.endswith(GREEN[language])


@pytest.mark.parametrize(
    "name", [*dict.fromkeys(name for name, _ in SHORT), "partner-applications", "digital-grants"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_of_a_figure_is_in_its_long_text(name: str, language: str) -> None:
    package, _, charts = shipped()
    description = shipped_drawing(name, language).value.description
    for row in package.tables[charts[name].table].rows:
        assert f"{row.values['value']:,}" in description


@pytest.mark.parametrize(
    "name", ["applications-grants", "partner-applications", "digital-grants", "green-inbound"]
)
def test_every_number_of_a_text_is_a_value_a_period_or_a_fact(name: str) -> None:
    package, book, charts = shipped()
    known = {f"{row.values['value']:,}" for row in package.tables[charts[name].table].rows}
    known |= {str(row.values["year"]) for row in package.tables[charts[name].table].rows}
    for id in charts[name].growth.values():
        value = book.facts[id].value
        assert isinstance(value, Decimal)
        known.add(f"{value * 100:.1f}%")
    description = shipped_drawing(name, "en").value.description
    assert {number.rstrip(".,") for number in re.findall(r"\d[\d.,]*%?", description)} <= known


def texts_of(cells: Cells, language: str) -> tuple[str, str]:
    package = package_of(cells, {})
    chart = unwrap(charts_of('[c]\nform = "lines"\ntable = "t"\nx = "year"\n', package))["c"]
    drawing = unwrap(draw(chart, package, language))
    return drawing.alt, drawing.description


def years(*values: int | None) -> Cells:
    return [({"year": str(2020 + i)}, value) for i, value in enumerate(values)]


def test_a_fall_is_called_a_fall() -> None:
    assert texts_of(years(9, 4, 3), "en")[0] == "Lines, 2020–2022: Value down from 9 to 3."
    assert texts_of(years(9, 4, 3), "zh")[0] == "折线图，2020-2022年：数值由9降至3。"


def test_an_unchanged_series_is_said_to_be_the_same_at_both_ends() -> None:
    assert "the same at both ends, 9" in texts_of(years(9, 4, 9), "en")[0]


def test_the_exception_to_the_trend_is_named() -> None:
    assert "against the trend in 2022" in texts_of(years(3, 5, 4, 9), "en")[1]
    assert "与总体趋势相反的年份：2022年" in texts_of(years(3, 5, 4, 9), "zh")[1]


def test_a_year_that_changes_nothing_is_not_against_the_trend() -> None:
    assert "rising throughout" in texts_of(years(3, 5, 5, 9), "en")[1]
    assert "falling throughout" in texts_of(years(9, 5, 5, 3), "en")[1]


def test_of_many_series_the_highest_and_the_lowest_of_the_last_year_are_named() -> None:
    last = {"a": 7, "b": 9, "c": 2, "d": 5}
    cells: Cells = [
        ({"year": year, "s": code}, value if year == "2021" else 10 - value)
        for code, value in last.items()
        for year in ("2020", "2021")
    ]
    package = package_of(cells, {"s": {code: (f"甲{code}", f"Name {code}") for code in last}})
    chart = unwrap(charts_of('[c]\nform = "lines"\ntable = "t"\nx = "year"\nseries = "s"\n', package))["c"]
    said = unwrap(draw(chart, package, "en")).alt
    assert said.endswith("in the last year the highest is Name b (9), the lowest Name c (2).")


def test_a_missing_value_is_said_to_be_missing() -> None:
    assert "No value: 2021." in texts_of(years(3, None, 4, 9), "en")[1]
    assert "缺数：2021。" in texts_of(years(3, None, 4, 9), "zh")[1]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Published: 2021; all others are estimated."), ("zh", "公布值：2021；其余为估计值。")],
)
def test_published_values_among_estimates_are_named(language: str, text: str) -> None:
    cells: Cells = [({"year": "2020"}, 5, "E"), ({"year": "2021"}, 7, "A"), ({"year": "2022"}, 9, "E")]
    assert text in texts_of(cells, language)[1]


def test_a_chart_of_published_values_only_says_nothing_of_status() -> None:
    assert "estimated" not in texts_of(years(3, 5, 9), "en")[1]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "2021: break in series."), ("zh", "2021：统计口径变化。")]
)
def test_a_break_in_series_is_said_and_is_no_estimate(language: str, text: str) -> None:
    cells: Cells = [({"year": "2020"}, 5, "A"), ({"year": "2021"}, 7, "B"), ({"year": "2022"}, 9, "A")]
    description = texts_of(cells, language)[1]
    assert text in description
    assert "Published" not in description
    assert "公布值" not in description
