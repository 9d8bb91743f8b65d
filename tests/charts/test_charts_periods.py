"""Charts over time: periods of every frequency in their order, at their distance, in the words of the edition."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from chart_boxes import collisions, escapes, words_of
from chart_project import Cells, charts_of, draw, package_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Result, unwrap
from reportgen.base.frame import Drawing
from reportgen.data.package import DataPackage
from reportgen.data.period_spellings import parse_period
from reportgen.data.periods import EXAMPLES, FREQUENCIES, Frequency
from reportgen.edition.languages import language

SERIES = {"a": ("甲", "First"), "b": ("乙", "Second")}
STARTS = {**EXAMPLES, "date": "2021-03-15", "years": "1900-1904", "month": "2020-11", "quarter": "2020Q4"}


def timed(
    frequency: Frequency, cells: Cells, name: str = "when", **names: dict[str, tuple[str, str]]
) -> DataPackage:
    """Return a package whose table ``t`` has a column of periods."""
    package = package_of(cells, names)
    table = package.tables["t"]
    column = replace(table.columns[name], type="string", period=frequency)
    return replace(package, tables={"t": replace(table, columns={**table.columns, name: column})})


def result(package: DataPackage, form: str, edition: str, keys: str = 'x = "when"') -> Result[Drawing]:
    chart = unwrap(charts_of(f'[c]\nform = "{form}"\ntable = "t"\n{keys}\n', package))["c"]
    return draw(chart, package, edition)


def texts(drawing: Drawing) -> list[str]:
    return [text for text, _ in words_of(drawing.frame)]


def run(frequency: Frequency, count: int, *series: str) -> Cells:
    start = parse_period(STARTS[frequency], frequency)
    when = [str(start.plus(step)) for step in range(count)]
    if not series:
        return [({"when": period}, 60 + i * 7 % 40) for i, period in enumerate(when)]
    return [
        ({"when": p, "kind": s}, 60 + i * 7 % 40 + 9 * k)
        for i, p in enumerate(when)
        for k, s in enumerate(series)
    ]


KEYS = {
    "lines": 'x = "when"', "paired-columns": 'x = "when"', "stacked-bars": 'x = "when"\nseries = "kind"',
    "columns-and-line": 'x = "when"\nseries = "kind"', "small-multiples": 'x = "when"\npanel = "kind"',
    "heat-map": 'x = "when"\nseries = "kind"', "bars-and-growth": 'x = "kind"\nperiod = "when"',
    "slope": 'x = "kind"\nperiod = "when"',
}  # fmt: skip
LARGEST = {"lines": 120, "small-multiples": 120, "stacked-bars": 30, "bars-and-growth": 20, "slope": 20}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(FREQUENCIES), st.sampled_from(sorted(KEYS)), st.sampled_from(["zh", "en"]), st.data())
def test_names_of_periods_neither_meet_nor_leave_the_chart(
    frequency: Frequency, form: str, edition: str, data: st.DataObject
) -> None:
    least = 2 if form == "slope" else 1
    count = data.draw(st.integers(least, LARGEST.get(form, 40)))
    series = SERIES if "kind" in KEYS[form] else {}
    package = timed(frequency, run(frequency, count, *series), **({"kind": SERIES} if series else {}))
    drawn = result(package, form, edition, KEYS[form])
    assert [str(d) for d in drawn.diagnostics] == []
    assert (collisions(drawn.value.frame), escapes(drawn.value.frame)) == ([], [])


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(FREQUENCIES),
    st.sampled_from(["zh", "en"]),
    st.sets(st.integers(0, 90), min_size=1, max_size=40),
)
@example("year", "en", {0, 11, 29, 37, 47, 57, 67})
def test_a_line_keeps_the_distances_of_time(frequency: Frequency, edition: str, steps: set[int]) -> None:
    start = parse_period(STARTS[frequency], frequency)
    cells: Cells = [({"when": str(start.plus(step))}, 50 + step) for step in sorted(steps)]
    drawn = result(timed(frequency, cells), "lines", edition)
    assert [str(d) for d in drawn.diagnostics] == []
    assert (collisions(drawn.value.frame), escapes(drawn.value.frame)) == ([], [])


def test_years_that_are_named_stand_at_their_distance() -> None:
    years = (1953, 1964, 1982, 1990, 2000, 2010, 2020)
    drawn = unwrap(result(timed("year", [({"when": str(y)}, y) for y in years]), "lines", "en"))
    middles = {text: (box.x0 + box.x1) / 2 for text, box in words_of(drawn.frame) if text in map(str, years)}
    assert sorted(middles) == sorted(map(str, years))
    scale = {(middles[str(b)] - middles[str(a)]) / (b - a) for a, b in pairwise(years[1:-1])}
    assert max(scale) - min(scale) < 0.01


@pytest.mark.parametrize(
    ("frequency", "count", "edition", "above", "below"),
    [
        (
            "quarter",
            6,
            "zh",
            ["四季度", "一季度", "二季度", "三季度", "四季度", "一季度"],
            ["2020年", "2021年", "2022年"],
        ),
        ("quarter", 6, "en", ["Q4", "Q1", "Q2", "Q3", "Q4", "Q1"], ["2020", "2021", "2022"]),
        ("half", 3, "zh", ["上半年", "下半年", "上半年"], ["2023年", "2024年"]),
        ("half", 3, "en", ["H1", "H2", "H1"], ["2023", "2024"]),
        ("month", 3, "zh", ["11月", "12月", "1月"], ["2020年", "2021年"]),
        ("month", 3, "en", ["Nov", "Dec", "Jan"], ["2020", "2021"]),
        ("fiscal-year", 3, "en", ["2013/14", "2014/15", "2015/16"], []),
        ("year", 3, "zh", ["2023", "2024", "2025"], []),
        ("years", 2, "en", ["1900–1904", "1905–1909"], []),
        ("date", 2, "zh", ["3月15日", "3月16日"], ["2021年"]),
        ("date", 2, "en", ["15 Mar", "16 Mar"], ["2021"]),
    ],
)
def test_an_axis_names_periods_and_their_years(
    frequency: Frequency, count: int, edition: str, above: list[str], below: list[str]
) -> None:
    drawn = unwrap(result(timed(frequency, run(frequency, count)), "paired-columns", edition))
    lowest = sorted({round(box.y0) for _, box in words_of(drawn.frame)})[-2 if below else -1 :]
    rows = [
        [text for text, box in sorted(words_of(drawn.frame), key=lambda w: w[1].x0) if round(box.y0) == y]
        for y in lowest
    ]
    assert rows == ([above, below] if below else [above])


def test_many_months_are_named_at_the_same_places_of_each_year() -> None:
    cells: Cells = [({"when": f"{2019 + i // 12}-{i % 12 + 1:02}"}, 50 + i) for i in range(60)]
    found = texts(unwrap(result(timed("month", cells), "lines", "zh")))
    months = [text for text in found if text.endswith("月")]
    assert months == ["1月", "7月"] * 5 or months == ["1月", "4月", "7月", "10月"] * 5


def test_periods_stand_in_the_order_of_time_whatever_that_of_the_table() -> None:
    """Texts would put 2009/10 and 10 October wrongly; the file has them backwards."""
    cells = run("month", 5)
    backwards = unwrap(result(timed("month", [*reversed(cells)]), "lines", "en"))
    assert texts(backwards) == texts(unwrap(result(timed("month", cells), "lines", "en")))


@pytest.mark.parametrize(
    ("frequency", "edition", "span", "value"),
    [
        ("quarter", "zh", "2020年四季度至2021年一季度", "2021年第一季度67"),
        ("quarter", "en", "Q4 2020 to Q1 2021", "67 in the first quarter of 2021"),
        ("month", "zh", "2020年11月至2020年12月", "2020年12月67"),
        ("month", "en", "Nov 2020 to Dec 2020", "67 in December 2020"),
        ("year", "zh", "2023-2024年", "2024年67"),
    ],
)
def test_descriptions_speak_of_periods_in_words(
    frequency: Frequency, edition: str, span: str, value: str
) -> None:
    drawn = unwrap(result(timed(frequency, run(frequency, 2)), "lines", edition))
    assert span in drawn.alt.replace("\u00a0", " ")
    assert value in drawn.description.replace("\u00a0", " ")


@pytest.mark.parametrize("edition", ["zh", "en"])
@pytest.mark.parametrize("form", ["bars-and-growth", "slope"])
def test_forms_with_two_ends_name_them_in_words(form: str, edition: str) -> None:
    package = timed("quarter", run("quarter", 5, *SERIES), kind=SERIES)
    found = " ".join(texts(unwrap(result(package, form, edition, KEYS[form]))))
    speak = language(edition)
    for text in ("2020Q4", "2021Q4"):
        assert speak.period(parse_period(text, "quarter"), short=True).replace("\u00a0", " ") in found
    assert "2021Q4" not in found


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ('"2021Q1..2021Q3"', 3),
        ('"2021"', 4),
        ('["2020-Q4", "2021-Q1"]', 2),
        ('"2020Q4-2021Q4"', 5),
        ('"2021H1"', 2),
    ],
)
def test_where_takes_ranges_of_periods(wanted: str, shown: int) -> None:
    package = timed("quarter", run("quarter", 8))
    text = f'[c]\nform = "lines"\ntable = "t"\nx = "when"\nwhere = {{ when = {wanted} }}\n'
    assert len(unwrap(charts_of(text, package))["c"].where["when"]) == shown


def test_a_period_that_no_row_has_is_told_which_are() -> None:
    text = '[c]\nform = "lines"\ntable = "t"\nx = "when"\nwhere = { when = "2031Q1" }\n'
    (fault,) = charts_of(text, timed("quarter", run("quarter", 8))).diagnostics
    assert str(fault).endswith("when 2031Q1 is not among the rows\n  hint: there are 2020Q4 to 2022Q3")


@pytest.mark.parametrize("form", ["lines", "paired-columns", "bars-and-growth"])
@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_an_empty_period_is_one_fault_at_its_cell(frequency: Frequency, form: str) -> None:
    series = SERIES if "kind" in KEYS[form] else {}
    package = timed(frequency, run(frequency, 3, *series), **({"kind": SERIES} if series else {}))
    table = package.tables["t"]
    first = table.rows[0]
    rows = (replace(first, values={**first.values, "when": None}), *table.rows[1:])
    empty = replace(package, tables={"t": replace(table, rows=rows)})
    (fault,) = result(empty, form, "en", KEYS[form]).diagnostics
    assert str(fault).startswith("data/t.csv, row 2, column when: error: chart c: the when is empty")


def test_growth_is_annual_over_quarters() -> None:
    cells: Cells = [
        ({"when": w, "kind": "a"}, v) for w, v in (("2020Q4", 100), ("2021Q4", 110), ("2022Q4", 121))
    ]
    package = timed("quarter", cells, kind=SERIES)
    assert "10.0%" in texts(unwrap(result(package, "slope", "en", KEYS["slope"])))


def test_codes_of_months_with_a_list_of_their_own_stay_codes() -> None:
    names = {f"{m:02}": (f"{m}月份", f"M{m}") for m in range(1, 5)}
    cells: Cells = [({"month": code}, Decimal(m)) for m, code in enumerate(names, 1)]
    found = texts(unwrap(result(package_of(cells, {"month": names}), "paired-columns", "zh", 'x = "month"')))
    assert [text for text in found if text.endswith("月份")] == ["1月份", "2月份", "3月份", "4月份"]
