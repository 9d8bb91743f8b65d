"""The words of CSV Dialect, Table Dialect and Table Schema: each is kept as Frictionless keeps it, or refused."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_of_cases import FIELDS, HEADER, KIND, STATUS, TEXT, VALUE, YEAR, load, one, package, values

from reportgen.base.diagnostics import Severity
from reportgen.data.dialect import READERS
from reportgen.data.raw_sheet import Raw

NUMBERS = [("2013", "a", Decimal(1), "A"), ("2014", "a", Decimal("2.5"), "A")]


def field(base: Any, **words: Any) -> list[Any]:
    return [{**each, **words} if each is base else each for each in FIELDS]


def semicolons(text: str) -> str:
    return text.replace(",", ";")


DOTTED = TEXT.replace("2013", "03.04.2013").replace("2014", "31.12.2014")
DATED = TEXT.replace("2013", "2013-04-03").replace("2014", "2014-12-31")
DIALECTS: list[tuple[str, str | bytes, dict[str, Any]]] = [
    ("delimiter", semicolons(TEXT), {"dialect": {"delimiter": ";"}}),
    ("delimiter", TEXT.replace(",", "\t"), {"dialect": {"csv": {"delimiter": "\t"}}}),
    ("lineTerminator", TEXT.replace("\n", "\r\n"), {"dialect": {"lineTerminator": "\r\n"}}),
    ("quoteChar", TEXT.replace(",a,", ",'a',"), {"dialect": {"quoteChar": "'"}}),
    ("doubleQuote", TEXT, {"dialect": {"doubleQuote": False}}),
    ("escapeChar", TEXT.replace(",a,", ",\\a,"), {"dialect": {"escapeChar": "\\"}}),
    ("skipInitialSpace", TEXT.replace(",", ", "), {"dialect": {"skipInitialSpace": True}}),
    ("nullSequence", TEXT, {"dialect": {"nullSequence": "NULL"}}),
    ("header", TEXT.removeprefix(HEADER), {"dialect": {"header": False}}),
    ("headerRows", "Title\nUnit\n\n" + TEXT, {"dialect": {"headerRows": [4]}}),
    (
        "headerJoin",
        "ye,ki,val,obs\nar,nd,ue,status\n" + TEXT.removeprefix(HEADER),
        {"dialect": {"headerRows": [1, 2], "headerJoin": "_"}, "joined": True},
    ),
    ("headerCase", TEXT, {"dialect": {"headerCase": True}}),
    ("caseSensitiveHeader", TEXT, {"dialect": {"caseSensitiveHeader": True}}),
    ("commentRows", TEXT + "Note: early\n", {"dialect": {"commentRows": [4]}}),
    ("commentChar", TEXT.replace("2014", "#x,,,\n2014"), {"dialect": {"commentChar": "#"}}),
    ("skipBlankRows", TEXT.replace("2014", "\n2014"), {"dialect": {"skipBlankRows": True}}),
    ("format", TEXT.replace(",", "\t"), {"format": "tsv"}),
    ("encoding", TEXT.replace(",a,", ",图书,").encode("gb18030"), {"encoding": "gb18030"}),
    ("encoding", TEXT.replace(",a,", ",图书,").encode("gbk"), {"encoding": "GBK"}),
    ("encoding", TEXT.replace(",a,", ",图书,").encode("utf-16"), {"encoding": "utf-16"}),
    ("encoding", TEXT.replace(",a,", ",é,").encode("latin-1"), {"encoding": "latin-1"}),
    ("encoding", TEXT.encode("utf-8-sig"), {"encoding": "utf-8"}),
    (
        "decimalChar",
        semicolons(TEXT).replace("2.5", "2,5"),
        {"fields": field(VALUE, decimalChar=","), "dialect": {"delimiter": ";"}},
    ),
    ("groupChar", TEXT.replace("2.5", "1 234 567.5"), {"fields": field(VALUE, groupChar=" ")}),
    ("bareNumber", TEXT.replace("2.5", "2.5%"), {"fields": field(VALUE, bareNumber=False)}),
    ("bareNumber", TEXT.replace("2.5", "€2.5"), {"fields": field(VALUE, bareNumber=False)}),
    ("missingValues", TEXT.replace("2.5,A", "..,O"), {"schema": {"missingValues": ["", ".."]}}),
    ("missingValues", TEXT.replace("2.5,A", "..,O"), {"fields": field(VALUE, missingValues=[".."])}),
    ("date", DOTTED, {"fields": field(YEAR, type="date", format="%d.%m.%Y")}),
    ("date", DATED, {"fields": field(YEAR, type="date", format="default")}),
    ("rdfType", TEXT, {"fields": field(VALUE, rdfType="https://schema.org/value", example=3, title="Value")}),
    ("constraints", TEXT, {"fields": field(VALUE, constraints={"minimum": 1, "maximum": 2.5, "required": True})}),
    ("constraints", TEXT, {"fields": field(KIND, constraints={"minLength": 1, "maxLength": 1, "pattern": "[a-z]"})}),
]  # fmt: skip


def by_frictionless(folder: Path, data: str | bytes, declared: dict[str, Any]) -> list[tuple[Any, ...]]:
    (folder / "t.csv").write_bytes(data.encode() if isinstance(data, str) else data)
    (folder / "datapackage.json").write_text(json.dumps(package(**declared)), encoding="utf-8")
    resource = frictionless.Package(str(folder / "datapackage.json")).get_resource("t")
    report = resource.validate()
    assert report.valid, report.flatten(["type", "message"])
    return [tuple(row.values()) for row in resource.read_rows()]


def plain(value: Raw | Any) -> str | None:
    return None if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize(("word", "data", "declared"), DIALECTS)
def test_a_word_is_read_as_frictionless_reads_it(
    word: str, data: str | bytes, declared: dict[str, Any], tmp_path: Path
) -> None:
    declared = dict(declared)
    if declared.pop("joined", False):
        names = ("ye_ar", "ki_nd", "val_ue", "obs_status")
        declared |= {
            "fields": [{**f, "name": n} for f, n in zip(FIELDS, names, strict=True)],
            "key": names[:2],
        }
    result = load(data, **declared)
    assert [d for d in result.diagnostics if d.severity is Severity.ERROR] == [], word
    ours = [tuple(map(plain, row)) for row in values(result)]
    assert ours == [tuple(map(plain, row)) for row in by_frictionless(tmp_path, data, declared)]


def test_several_files_are_one_table_as_for_frictionless(tmp_path: Path) -> None:
    files = {"a.csv": TEXT, "b.csv": HEADER + "2015,a,3,A\n"}
    result = load(files, path=["a.csv", "b.csv"])
    assert result.diagnostics == ()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "datapackage.json").write_text(json.dumps(package(["a.csv", "b.csv"])))
    theirs = frictionless.Package(str(tmp_path / "datapackage.json")).get_resource("t").read_rows()
    assert [tuple(map(plain, row)) for row in values(result)] == [
        tuple(map(plain, r.values())) for r in theirs
    ]
    assert [(row.file, row.number) for row in result.value.tables["t"].rows] == [
        ("data/a.csv", 2),
        ("data/a.csv", 3),
        ("data/b.csv", 2),
    ]


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("dialect", {"dialect": "dialect.json"}),
    ("dialect.delimiter", {"dialect": {"delimiter": "::"}}),
    ("dialect.delimiter", {"dialect": {"delimiter": '"'}}),
    ("dialect.lineTerminator", {"dialect": {"lineTerminator": "|"}}),
    ("dialect.quoteChar", {"dialect": {"quoteChar": "<<"}}),
    ("dialect.escapeChar", {"dialect": {"escapeChar": ""}}),
    ("dialect.doubleQuote", {"dialect": {"doubleQuote": "no"}}),
    ("dialect.headerRows", {"dialect": {"headerRows": [2, 1]}}),
    ("dialect.headerRows", {"dialect": {"headerRows": 3}}),
    ("dialect.headerCase", {"dialect": {"headerCase": False}}),
    ("dialect.commentRows", {"dialect": {"commentRows": [0]}}),
    ("dialect.itemKeys", {"dialect": {"itemKeys": ["a"]}}),
    ("dialect.property", {"dialect": {"property": "rows"}}),
    ("dialect.table", {"dialect": {"table": "t"}}),
    ("dialect.mergedCells", {"dialect": {"mergedCells": "yes"}}),
    ("skipInitialSpac", {"dialect": {"skipInitialSpac": True}}),
    ("compression", {"compression": "gz"}),
    ("extrapaths", {"extrapaths": ["b.csv"]}),
    ("encoding", {"encoding": "utf-7"}),
    ("encoding", {"encoding": "unicode_escape"}),
    ("encoding", {"encoding": 8}),
    ("csv and xlsx files", {"path": ["t.csv", "u.xlsx"]}),
    ("path", {"path": "\ud800.csv"}),
    ("path.1", {"path": ["t.csv", "../u.csv"]}),
    ("schema.fieldsMatch", {"schema": {"fieldsMatch": "some"}}),
    ("schema.fields.2.decimalChar", {"fields": field(VALUE, decimalChar="")}),
    ("schema.fields.2.groupChar", {"fields": field(VALUE, groupChar=".")}),
    ("schema.fields.2.groupChar", {"fields": field(VALUE, groupChar="0")}),
    ("schema.fields.2.bareNumber", {"fields": field(VALUE, bareNumber="no")}),
    ("schema.fields.0.format", {"fields": field(YEAR, type="date", format="any")}),
    ("schema.fields.0.format", {"fields": field(YEAR, type="date", format="%d %B %Y")}),
    ("schema.fields.0.format", {"fields": field(YEAR, type="date", format="%Y-%m")}),
    ("schema.fields.1.categories", {"fields": field(KIND, categories="a")}),
    ("schema.fields.1.constraints.pattern", {"fields": field(KIND, constraints={"pattern": "(?=a)a"})}),
    ("schema.fields.1.constraints.pattern", {"fields": field(KIND, constraints={"pattern": r"(a)\1"})}),
    ("schema.fields.1.constraints.pattern", {"fields": field(KIND, constraints={"pattern": "("})}),
    ("schema.fields.2.constraints.minimum", {"fields": field(VALUE, constraints={"minimum": float("nan")})}),
    ("schema.fields.2.constraints.minimum", {"fields": field(VALUE, constraints={"minimum": float("inf")})}),
    ("schema.fields.2.constraints.minimum", {"fields": field(VALUE, constraints={"minimum": 10**61})}),
    ("schema.fields.2.constraints.minimum", {"fields": field(VALUE, constraints={"minimum": True})}),
    ("reportgen.obs_status", {"reportgen": {"obs_status": "Z"}}),
]


@pytest.mark.parametrize(("word", "declared"), REFUSED)
def test_what_is_not_read_is_refused_at_its_word(word: str, declared: dict[str, Any]) -> None:
    found = one(load(TEXT, **declared))
    assert word in found.message
    assert str(found.place).startswith("data/datapackage.json:")


def test_every_word_of_a_dialect_has_its_case() -> None:
    words = {word for word, *_ in DIALECTS} | {word.removeprefix("dialect.") for word, _ in REFUSED}
    of_workbooks = {"sheet", "sheetName", "sheetNumber", "lastRow"}  # test_data_workbook.py
    assert set(READERS) - words - of_workbooks == {"itemType", "json"}


@pytest.mark.parametrize("declared", [
    {"profile": "tabular-data-resource", "mediatype": "text/csv", "hash": "x", "bytes": 3, "type": "table"},
    {"$schema": "https://datapackage.org/profiles/2.0/dataresource.json", "description": "d", "licenses": []},
    {"schema": {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fieldsMatch": ["equal"]}},
    {"schema": {"primaryKey": ["year", "kind"], "uniqueKeys": [["year", "kind"]]}},
    {"fields": field(KIND, categories=[{"value": "a", "label": "A"}], categoriesOrdered=True)},
    {"fields": field(KIND, trueValues=["yes"], falseValues=["no"], description="d", title="t")},
    {"dialect": {"csvddfVersion": 1.2, "title": "x", "$schema": "https://example.org"}},
])  # fmt: skip
def test_words_that_change_nothing_are_passed_over(declared: dict[str, Any]) -> None:
    result = load(TEXT, **declared)
    assert result.diagnostics == ()
    assert values(result) == NUMBERS


def test_the_primary_key_may_be_one_name() -> None:
    result = load(
        "year,value,obs_status\n2013,1,A\n", fields=[YEAR, VALUE, STATUS], schema={"primaryKey": "year"}
    )
    assert result.diagnostics == ()
    assert result.value.tables["t"].primary_key == ("year",)


def test_keys_that_are_unique_beside_the_primary_one_are_kept() -> None:
    found = one(load(TEXT.replace("2.5", "1"), schema={"uniqueKeys": [["kind", "value"]]}))
    assert (found.rule, found.place and str(found.place)) == (
        "repeated-value",
        "data/t.csv, row 3, column value",
    )


def test_categories_allow_no_other_value() -> None:
    found = one(load(TEXT.replace("2014,a", "2014,x"), fields=field(KIND, categories=["a", "b"])))
    assert found.rule == "unknown-value"


@pytest.mark.parametrize(
    ("limits", "is_kept"),
    [
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 3}, True),
        ({"exclusiveMinimum": 1}, False),
        ({"exclusiveMaximum": 2.5}, False),
        ({"minimum": "1", "maximum": "2.5"}, True),
    ],
)
def test_bounds_hold_or_exclude_their_ends(limits: dict[str, Any], is_kept: bool) -> None:
    result = load(TEXT, fields=field(VALUE, constraints=limits))
    assert [d.rule for d in result.diagnostics] == ([] if is_kept else ["out-of-range"])


@pytest.mark.parametrize(
    ("match", "text", "rule"),
    [
        ("subset", "more,year,kind,value,obs_status\nx,2013,a,1,A\n", None),
        ("superset", "year,value,obs_status\n2013,1,A\n", None),
        ("partial", "more,year,value,obs_status\nx,2013,1,A\n", None),
        ("equal", "more,year,kind,value,obs_status\nx,2013,a,1,A\n", "unknown-column"),
        ("subset", "year,value,obs_status\n2013,1,A\n", "missing-column"),
    ],
)
def test_fields_match_columns_as_the_schema_says(match: str, text: str, rule: str | None) -> None:
    result = load(text, schema={"fieldsMatch": match}, key=("year",))
    assert [d.rule for d in result.diagnostics] == ([rule] if rule else [])


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";|'\"\\"), min_size=1
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(
        st.tuples(texts, st.decimals(-(10**9), 10**9, allow_nan=False, places=3)), min_size=1, max_size=8
    ),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quote=st.sampled_from(['"', "'"]),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-32"]),
    above=st.integers(0, 3),
)
def test_what_is_written_by_a_dialect_is_read_by_it(
    rows: list[tuple[str, Decimal]],
    delimiter: str,
    quote: str,
    end: str,
    quoting: Any,
    encoding: str,
    above: int,
) -> None:
    text = io.StringIO()
    text.write(f"Title{end}" * above)
    writer = csv.writer(text, delimiter=delimiter, quotechar=quote, quoting=quoting, lineterminator=end)
    writer.writerow(["year", "kind", "value", "obs_status"])
    for number, (kind, value) in enumerate(rows):
        writer.writerow([str(1000 + number), kind, format(value, "f"), "A"])
    dialect = {"delimiter": delimiter, "quoteChar": quote, "headerRows": [above + 1]}
    result = load(text.getvalue().encode(encoding), dialect=dialect, encoding=encoding)
    assert [str(d) for d in result.diagnostics if d.severity is Severity.ERROR] == []
    assert [(kind, value) for _, kind, value, _ in values(result)] == rows


@settings(max_examples=200, deadline=None)
@given(
    number=st.decimals(-(10**12), 10**12, allow_nan=False, places=2),
    marks=st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'"), (".", "\u00a0"), (".", "")]),
    around=st.sampled_from([("", ""), ("€", ""), ("", "%"), ("US$ ", ""), ("", " t")]),
)
def test_a_number_in_any_form_is_read_exactly(
    number: Decimal, marks: tuple[str, str], around: tuple[str, str]
) -> None:
    decimal, group = marks
    written = f"{number:,f}".translate({ord(","): group, ord("."): decimal})
    words = {"decimalChar": decimal, "groupChar": group, "bareNumber": around == ("", "")}
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [HEADER.strip().split(","), ["2013", "a", around[0] + written + around[1], "A"]]
    )
    result = load(text.getvalue(), fields=field(VALUE, **words))
    assert [str(d) for d in result.diagnostics] == []
    assert values(result)[0][2] == number


@pytest.mark.parametrize("number", ["1,23,4", "12,34.5", ",123", "1,234,56", "1.5.2", "1,", "--1"])
def test_groups_that_are_no_groups_are_refused(number: str) -> None:
    found = one(load(HEADER + f'2013,a,"{number}",A\n', fields=field(VALUE, groupChar=",")))
    assert found.rule == "not-a-number"
