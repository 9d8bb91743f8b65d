"""A value is the same number wherever it is printed; forms name their figures and add up only what adds up."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pytest
from chart_project import charts_of, draw, package_of
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Drawing, Frame, GlyphRun, Group
from reportgen.base.world import World
from reportgen.build.annex_workbook import write_workbook
from reportgen.data.package import Annex, Code, CodeList, Column, DataPackage
from reportgen.data.units import PARTS, Unit, Units
from reportgen.edition.compose import compose
from reportgen.edition.document import ComposedDocument, Table, plain
from reportgen.edition.formats import format_fact
from reportgen.edition.labels import load_labels
from reportgen.edition.languages import language
from reportgen.edition.report import load_report
from reportgen.facts.book import Fact, FactBook
from reportgen.facts.compute import compute_facts
from reportgen.manuscript.parse import parse_manuscript

LANGUAGES = ("zh", "en")
NAMES = {"way": {code: (code, code) for code in ("a", "b", "c")}}
REPORT = """\
kind = "report"
identifier = "small"
issued = "2024-07"
file_stem = "small"
[editions.zh]
locale = "zh_Hans_CN"
lang = "zh-CN"
title = ["题"]
issuer = "局"
[editions.en]
locale = "en_GB"
lang = "en-GB"
title = ["Title"]
issuer = "Office"
"""
TEXT = """\
# 部分 {#part1 kind=part}

:::{figure} c
:table: t
UNIT

题
:::

见[](#fig-c)。
"""
CHART = '[c]\nform = "ranked-bars"\ntable = "t"\nx = "way"\nnames = "full"\n'


def package(values: Mapping[Any, Decimal | None], unit: str, *listed: Unit, **column: Any) -> DataPackage:
    """Return a package of one table, its values by way, or by way and year."""
    keys = [key if isinstance(key, tuple) else (key,) for key in values]
    cells = [
        (dict(zip(("way", "year"), key, strict=False)), v)
        for key, v in zip(keys, values.values(), strict=True)
    ]
    made = package_of([(codes, None) for codes, _ in cells], NAMES)
    table = made.tables["t"]
    rows = tuple(
        replace(row, values={**row.values, "value": value})
        for row, (_, value) in zip(table.rows, cells, strict=True)
    )
    columns = {**table.columns, "value": Column("value", "number", "measure", unit=unit, **column)}
    shape = Annex(("way",), ("year",) if len(keys[0]) > 1 else ())
    table = replace(table, rows=rows, columns=columns, annex=shape, primary_key=tuple(cells[0][0]))
    lists = dict(made.code_lists)
    if listed:
        names = {u.code: Code(u.code, {"zh": f"{u.code}名", "en": f"{u.code} name"}) for u in listed}
        lists["units"] = CodeList("units", names)
    return replace(made, tables={"t": table}, code_lists=lists, units=Units({u.code: u for u in listed}))


@lru_cache(maxsize=4)
def manuscript(unit: str | None = None) -> Any:
    text = TEXT.replace("UNIT", f":unit: {unit}" if unit else ":source: 局")
    return unwrap(parse_manuscript(World.of_files({"data/manuscript/10.md": text})))


def document(data: DataPackage, name: str, unit: str | None = None) -> ComposedDocument:
    report = unwrap(load_report(World.of_files({"data/report.toml": REPORT})))
    edition = report.editions[name]
    spoken = language(edition.locale, edition.lang)
    result = compose(report, edition, manuscript(unit), data, FactBook({}), None, load_labels(name), spoken)
    return unwrap(result)


def annex(data: DataPackage, name: str, unit: str | None = None) -> Table:
    (found,) = _tables(document(data, name, unit))
    return found


def _tables(node: object) -> Iterator[Table]:
    if isinstance(node, Table):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _tables(part)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from _tables(getattr(node, name))


def workbook(data: DataPackage, unit: str | None = None) -> list[str]:
    """Return the values of the workbook as a spreadsheet shows them."""
    sources: Any = SimpleNamespace(package=data, manuscript=manuscript(unit))
    book = load_workbook(
        io.BytesIO(write_workbook(sources, [document(data, name, unit) for name in LANGUAGES]))
    )
    sheet = book.worksheets[0]
    place = [cell for row in sheet.iter_rows() for cell in row if cell.value == "value"][-1]
    cells = [sheet.cell(place.row + k + 1, place.column) for k in range(len(data.tables["t"].rows))]
    return [shown(cell.value, cell.number_format) for cell in cells]


def shown(value: float, number_format: str) -> str:
    """Return a number as a spreadsheet shows it in one of the formats that we use."""
    pattern = re.fullmatch(r"#,##0(?:\.(0+))?(%?)", number_format)
    assert pattern is not None
    scaled = Decimal(repr(value)) * (100 if pattern[2] else 1)
    return f"{scaled:,.{len(pattern[1] or '')}f}".replace("-", "−")


def texts(drawing: Drawing) -> list[str]:
    return list(_texts(drawing.frame))


def _texts(frame: Frame) -> Iterator[str]:
    for placed in frame.items:
        if isinstance(placed.item, GlyphRun):
            yield placed.item.text
        elif isinstance(placed.item, Group):
            yield from _texts(placed.item.frame)


def drawn(text: str, data: DataPackage, name: str = "en", unit: str | None = None) -> Drawing:
    spec = unwrap(charts_of(text, data))["c"]
    return unwrap(draw(replace(spec, unit=unit), data, name))


def bare(text: str) -> str:
    """Return text without its spaces, as lines may end anywhere."""
    return re.sub(r"\s", "", text)


def refusal(text: str, data: DataPackage) -> tuple[str, str]:
    """Return the rule and the message of the one fault of a chart."""
    spec = unwrap(charts_of(text, data))["c"]
    (fault,) = draw(spec, data, "en").diagnostics
    return fault.rule, fault.message


SIGNS = {"ratio": "%", "percent": "%", "permille": "‰"}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 99999), min_size=3, max_size=3, unique=True),
    st.sampled_from(["ratio", "percent", "permille"]),
    st.integers(0, 3),
    st.sampled_from(LANGUAGES),
    st.sampled_from([1, -1]),
)
def test_every_reader_prints_the_same_digits(
    numbers: list[int], unit: str, places: int, name: str, sign: int
) -> None:
    last = "permille" if unit == "permille" else "percent"
    as_printed = [Decimal(sign * number).scaleb(-places) for number in numbers]
    kept = [value.scaleb(-2) if unit == "ratio" else value for value in as_printed]
    data = package(dict(zip("abc", kept, strict=True)), unit)
    expected = [f"{value:,.{places}f}".replace("-", "−") for value in as_printed]

    printed = annex(data, name)
    assert [plain(row[-1].content) for row in printed.rows] == expected
    assert SIGNS[unit] in printed.unit
    assert workbook(data) == expected
    drawing = drawn(CHART, data, name)
    said = re.findall(r"[abc] (−?[\d,.]+[%‰])", drawing.description)
    assert sorted(said) == sorted(number + SIGNS[unit] for number in expected)
    assert set(expected) <= set(texts(drawing))
    declared = "".join(
        f'[x.{code}]\nmeasure = "value"\ntable = "t"\nwhere = {{ way = "{code}" }}\n' for code in "abc"
    )
    facts = unwrap(compute_facts(World.of_files({"data/facts.toml": declared}), data)).facts
    spoken = language(name)
    form = f"pct.{places}" if last == "percent" else f"permille.{places}"
    prose = [format_fact(facts[f"x.{code}"], form, spoken) for code in "abc"]
    assert prose == [number + SIGNS[unit] for number in expected]
    assert [facts[f"x.{code}"].value for code in "abc"] == [v / PARTS[last] for v in as_printed]


TONNE = Unit("tonne", "physical")
WAN = Unit("wan", "physical", Decimal(10000), "tonne")


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 10**9), min_size=3, max_size=3, unique=True), st.sampled_from(LANGUAGES))
def test_a_figure_in_a_multiple_of_its_unit_is_converted_everywhere(numbers: list[int], name: str) -> None:
    data = package({code: Decimal(n) for code, n in zip("abc", numbers, strict=True)}, "tonne", TONNE, WAN)
    places = max(4 - len(str(n)) + len(str(n).rstrip("0")) for n in numbers)  # no zero that nobody measured
    expected = [f"{Decimal(n).scaleb(-4):,.{max(places, 0)}f}" for n in numbers]
    printed = annex(data, name, "wan")
    assert [plain(row[-1].content) for row in printed.rows] == expected
    assert ("wan名" if name == "zh" else "wan name") in printed.unit
    assert workbook(data, "wan") == expected
    assert set(expected) <= set(texts(drawn(CHART, data, name, "wan")))


def test_decimals_are_alike_over_a_column_and_zeros_that_were_published_stay() -> None:
    data = package({"a": Decimal("900.0"), "b": Decimal(5200), "c": Decimal("12.25")}, "piece")
    assert workbook(data) == ["900.00", "5,200.00", "12.25"]
    assert [plain(row[-1].content) for row in annex(data, "en").rows] == workbook(data)
    zeros = package({"a": Decimal("900.0"), "b": Decimal(5200), "c": Decimal("12.0")}, "piece")
    assert workbook(zeros) == ["900.0", "5,200.0", "12.0"]
    assert {"900.00", "5,200.00", "12.25"} <= set(texts(drawn(CHART, data)))


@pytest.mark.parametrize(
    ("values", "column", "expected"),
    [
        (("0.3333333333333333", "0.5", "0.25"), {}, ["33.33", "50.00", "25.00"]),
        (("0.0000123456789", "0.000002", "0.000003"), {}, ["0.001235", "0.000200", "0.000300"]),
        (("0.3333333333333333", "0.5", "0.2"), {"places": 0}, ["33", "50", "20"]),
    ],
)
def test_results_of_arithmetic_keep_a_few_figures(
    values: tuple[str, ...], column: dict[str, Any], expected: list[str]
) -> None:
    data = package(dict(zip("abc", map(Decimal, values), strict=True)), "ratio", **column)
    assert [plain(row[-1].content) for row in annex(data, "en").rows] == expected


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_unit_label_of_ratios_is_per_cent(name: str) -> None:
    listed = Unit("ratio", "ratio")
    label = annex(package({"a": Decimal("0.842")}, "ratio", listed), name).unit
    assert label == {"zh": "单位：%", "en": "(Unit: %)"}[name]
    with_own = package({"a": Decimal("0.842")}, "ratio", listed, Unit("pct", "percent"))
    assert annex(with_own, name).unit == {"zh": "单位：pct名", "en": "(Unit: pct name)"}[name]
    assert annex(with_own, name, "ratio").unit == annex(with_own, name).unit


@pytest.mark.parametrize(
    ("unit", "asked", "fits"),
    [
        ("ratio", "percent", True), ("percent", "permille", True), ("percent", "points", False),
        ("wan", "tonne", True), ("wan", "percent", False), ("percent", "tonne", False), ("tonne", "tonne", True),
        ("index", "tonne", False), ("plain", "tonne", True), ("plain", "percent", False), ("yuan", "tonne", False),
    ],
)  # fmt: skip
def test_the_unit_of_a_figure_fits_its_table(unit: str, asked: str, fits: bool) -> None:
    data = package({"a": Decimal(5)}, unit, TONNE, WAN, Unit("plain"), Unit("yuan", "currency"))
    report = unwrap(load_report(World.of_files({"data/report.toml": REPORT})))
    edition = report.editions["zh"]
    spoken = language(edition.locale, edition.lang)
    found = compose(report, edition, manuscript(asked), data, FactBook({}), None, load_labels("zh"), spoken)
    assert [d.rule for d in found.diagnostics] == ([] if fits else ["unfit-unit"])


def ticks(data: DataPackage, name: str) -> set[str]:
    chart = '[c]\nform = "lines"\ntable = "t"\nx = "year"\nwhere = { way = "a" }\n'
    return set(texts(drawn(chart, data, name)))


def two_years(first: str, last: str) -> dict[tuple[str, str], Decimal]:
    return {("a", "2022"): Decimal(first), ("a", "2023"): Decimal(last)}


def test_an_axis_is_labelled_in_the_unit_that_is_printed() -> None:
    for unit, first, last in (("ratio", "-0.062", "-0.027"), ("percent", "-6.2", "-2.7")):
        assert {"0", "−2", "−4", "−6", "−2.7", "−6.2"} <= ticks(package(two_years(first, last), unit), "en")
    assert {"0.25", "0.75"} <= ticks(package(two_years("0.2", "0.9"), "piece"), "en")


def test_an_axis_adds_no_scale_to_a_unit_that_has_one() -> None:
    rising = two_years("12000", "38000")
    assert {"2万", "4万"} <= ticks(package(rising, "tonne", TONNE, WAN), "zh")
    assert {"20,000", "40,000"} <= ticks(package(rising, "wan", TONNE, WAN), "zh")


MIX = {
    ("a", "2014"): Decimal("84.2"), ("a", "2023"): Decimal("66.4"),
    ("b", "2014"): Decimal("15.8"), ("b", "2023"): Decimal("33.6"),
}  # fmt: skip
COUNTS = {key: Decimal(int(value)) for key, value in MIX.items()}
SLOPE = '[c]\nform = "slope"\ntable = "t"\nx = "way"\nperiod = "year"\n'
GROWTH = SLOPE.replace("slope", "bars-and-growth")
STACKED = '[c]\nform = "stacked-bars"\ntable = "t"\nx = "year"\nseries = "way"\n'


@pytest.mark.parametrize("form", [SLOPE, GROWTH])
@pytest.mark.parametrize(
    ("name", "words"),
    [("zh", "2014-2023年变化（个百分点）"), ("en", "hange, 2014–2023 (percentage points)")],
)
def test_changes_of_shares_are_points(form: str, name: str, words: str) -> None:
    ratios = {key: value.scaleb(-2) for key, value in MIX.items()}
    for data in (package(MIX, "percent"), package(ratios, "ratio")):
        drawing = drawn(form, data, name)
        assert bare(words) in bare("".join(texts(drawing)))
        assert words in drawing.description
        assert {"−17.8", "+17.8", "66.4", "33.6"} <= set(texts(drawing))


@pytest.mark.parametrize(
    ("name", "column", "unit", "head", "amounts"),
    [
        ("en", {}, "piece", "Total, 2014–2023", {"150", "48"}),
        ("en", {"nature": "flow"}, "piece", "Total, 2014–2023", {"150", "48"}),
        ("en", {"nature": "stock"}, "piece", "Value, 2023 (a stock, not added up)", {"66", "33"}),
        ("zh", {"nature": "stock"}, "piece", "2023年数值（存量，不累计）", {"66", "33"}),
        ("en", {}, "index", "Value, 2023", {"66", "33"}),
    ],
)
def test_bars_say_whether_they_are_totals(
    name: str, column: dict[str, Any], unit: str, head: str, amounts: set[str]
) -> None:
    drawing = drawn(GROWTH, package(COUNTS, unit, **column), name)
    assert f"{head}{'：' if name == 'zh' else ': '}" in drawing.description
    assert amounts <= set(texts(drawing))


def test_a_unit_says_what_is_a_stock_unless_the_column_does() -> None:
    stock = Unit("loan", "count", nature="stock")
    assert {"66", "33"} <= set(texts(drawn(GROWTH, package(COUNTS, "loan", stock))))
    assert {"150", "48"} <= set(texts(drawn(GROWTH, package(COUNTS, "loan", stock, nature="flow"))))


YEARS_STACKED = STACKED.replace('x = "year"\nseries = "way"', 'x = "way"\nseries = "year"')
TREE = '[c]\nform = "treemap"\ntable = "t"\nx = "year"\nwhere = { way = "a" }\n'


@pytest.mark.parametrize(
    ("text", "unit", "column", "rule"),
    [
        (YEARS_STACKED, "piece", {"nature": "stock"}, "sum-of-stocks"),
        (TREE, "piece", {"nature": "stock"}, "sum-of-stocks"),
        (CHART + 'sum = ["year"]\n', "piece", {"nature": "stock"}, "sum-of-stocks"),
        (CHART + 'sum = ["year"]\n', "percent", {}, "sum-of-rates"),
        (STACKED, "index", {}, "sum-of-rates"),
        (YEARS_STACKED, "percent", {}, "sum-of-rates"),
        (TREE, "percent", {}, "sum-of-rates"),
    ],
)
def test_what_does_not_add_up_makes_no_whole(text: str, unit: str, column: dict[str, Any], rule: str) -> None:
    found, message = refusal(text, package(COUNTS if unit == "index" else MIX, unit, **column))
    assert found == rule
    assert "t.value" in message


@pytest.mark.parametrize(
    ("text", "unit", "column"),
    [
        (STACKED, "percent", {}),
        (STACKED, "piece", {"nature": "stock"}),
        (YEARS_STACKED, "piece", {"nature": "flow"}),
        (YEARS_STACKED, "piece", {}),
        (CHART + 'sum = ["year"]\n', "piece", {}),
    ],
)
def test_what_adds_up_is_drawn(text: str, unit: str, column: dict[str, Any]) -> None:
    assert drawn(text, package(MIX, unit, **column)).frame.items


def mixed() -> DataPackage:
    """Return a package whose rows have each their own unit."""
    values = {"a": Decimal(57), "b": Decimal("0.023"), "c": Decimal("1300")}
    data = package(values, "", Unit("country"), Unit("ratio", "ratio"), Unit("person"))
    table = data.tables["t"]
    units = dict(zip("abc", ("country", "ratio", "person"), strict=True))
    rows = tuple(replace(r, values={**r.values, "unit": units[str(r.values["way"])]}) for r in table.rows)
    value = Column("value", "number", "measure")
    columns = {**table.columns, "value": value, "unit": Column("unit", "string", "attribute")}
    return replace(data, tables={"t": replace(table, rows=rows, columns=columns)})


def test_rows_of_several_units_are_printed_each_in_its_own() -> None:
    data = mixed()
    printed = annex(data, "en")
    assert [plain(row[-1].content) for row in printed.rows] == ["57", "2.3%", "1,300"]
    assert printed.unit == ""
    assert workbook(data) == ["57", "2.3", "1,300"]


def test_rows_of_several_units_are_not_added() -> None:
    data = mixed()
    declared = '[x]\nmeasure = "share"\ntable = "t"\nwhere = { way = "a" }\n'
    found = compute_facts(World.of_files({"data/facts.toml": declared}), data).diagnostics
    assert [d.rule for d in found] == ["mixed-units"]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("points", "-0.178", "change: −17.8\u00a0percentage points"),
        ("ratio", "0.05", "5.0% a year on average"),
    ],
)
def test_what_stands_at_a_line_says_points_or_growth(kind: Any, value: str, words: str) -> None:
    text = '[c]\nform = "lines"\ntable = "t"\nx = "year"\nseries = "way"\ngrowth = { a = "x" }\n'
    data = package(MIX, "percent")
    book = FactBook({"x": Fact("x", Decimal(value), kind, None, "by hand")})
    drawing = unwrap(draw(unwrap(charts_of(text, data))["c"], data, "en", book))
    assert words in drawing.description


def test_shares_are_printed_as_they_are_and_no_shares_of_them() -> None:
    assert {"84.2", "15.8"} <= set(texts(drawn(STACKED + "shares = true\n", package(MIX, "percent"))))
    waffle = '[c]\nform = "waffle"\ntable = "t"\nx = "way"\nwhere = { year = "2014" }\n'
    assert {"a 84.2%", "b 15.8%"} <= set(texts(drawn(waffle, package(MIX, "percent"))))
    tree = waffle.replace("waffle", "treemap") + "top = 1\n"
    assert "84.2" in texts(drawn(tree, package(MIX, "percent")))


def test_shares_that_miss_a_hundred_per_cent_make_no_whole() -> None:
    rates = {**MIX, ("b", "2023"): Decimal("5.0")}
    assert refusal(STACKED, package(rates, "percent"))[0] == "sum-of-rates"


@pytest.mark.parametrize(
    ("unit", "value", "row"),
    [
        ("percent", "84.2", "a,a,84.2,%,A"),
        ("ratio", "0.842", "a,a,0.842,ratio,A"),
        ("piece", "84.2", "a,a,84.2,A"),
    ],
)
def test_the_data_file_of_a_figure_says_what_unit_its_shares_are_in(unit: str, value: str, row: str) -> None:
    files = {
        file.name: file.data.decode()
        for file in document(package({"a": Decimal(value)}, unit), "en").attachments
    }
    assert files["t.csv"].splitlines()[1] == row
