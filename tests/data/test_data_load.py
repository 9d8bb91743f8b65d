"""Loading a data package: what it holds, and every fault with its cell and what to do."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import CellRef, Severity, Span
from reportgen.base.jsonfile import find_places
from reportgen.base.world import World
from reportgen.data.descriptor import parse_descriptor
from reportgen.data.load import load_package
from reportgen.data.package import Annex

YEARLY = "year,measure,value,obs_status,basis\n2013,grants,10,A,published\n2014,grants,12.50,E,estimated\n"
MEASURES = "code,name_zh,name_en,short_en\ngrants,授权,Grants,\napplications,申请,Applications,Appl.\n"
STATUS = "code,name_zh,name_en\nA,正常值,Normal\nE,估计值,Estimated\nO,缺失,Missing\n"


def field(name: str, kind: str = "string", **ours: Any) -> dict[str, Any]:
    constraints = ours.pop("constraints", {})
    return {"name": name, "type": kind, "reportgen": ours, "constraints": constraints}


def code_list(name: str, *columns: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"lists/{name}.csv",
        "schema": {"fields": [field(column) for column in columns], "primaryKey": ["code"]},
        "reportgen": {"role": "code-list"},
    }


def descriptor(**changes: Any) -> dict[str, Any]:
    yearly = {
        "name": "yearly",
        "path": "yearly.csv",
        "sources": [{"title": "the office", "reportgen": {"titles": {"zh": "局", "en": "The office"}}}],
        "schema": {
            "fields": [
                field("year", "year"),
                field("measure", code_list="measures"),
                field("value", "number", unit="piece", titles={"zh": "数量", "en": "Number"}),
                field("obs_status", code_list="obs_status"),
                field("basis"),
            ],
            "primaryKey": ["year", "measure"],
        },
        "reportgen": {
            "titles": {"zh": "逐年", "en": "By year"},
            "annex": {"rows": "year", "columns": ["measure"]},
        },
    }
    yearly.update(changes)
    lists = [
        code_list("measures", "code", "name_zh", "name_en", "short_en"),
        code_list("obs_status", "code", "name_zh", "name_en"),
    ]
    return {"name": "test", "resources": [yearly, *lists]}


def world(files: dict[str, str | bytes] | None = None, package: object = None) -> World:
    """Return a project of a small package, with some files replaced."""
    present: dict[str, str | bytes] = {
        "data/datapackage.json": json.dumps(package or descriptor(), ensure_ascii=False, indent=1),
        "data/yearly.csv": YEARLY,
        "data/lists/measures.csv": MEASURES,
        "data/lists/obs_status.csv": STATUS,
    }
    present.update(files or {})
    return World.of_files(present)


def faults(files: dict[str, str | bytes] | None = None, package: object = None) -> list[str]:
    return [str(d) for d in load_package(world(files, package), languages=("zh", "en")).diagnostics]


def test_package_holds_exact_values_and_where_each_stands() -> None:
    result = load_package(world())
    assert result.diagnostics == ()
    table = result.value.tables["yearly"]
    assert [row.values["value"] for row in table.rows] == [Decimal(10), Decimal("12.50")]
    assert [row.status for row in table.rows] == ["A", "E"]
    assert table.rows[1].ref("value") == CellRef("data/yearly.csv", 3, "value")
    assert table.columns["value"].unit == "piece"
    assert (table.titles["en"], table.primary_key, table.annex) == (
        "By year",
        ("year", "measure"),
        Annex(("year",), ("measure",)),
    )
    assert (table.sources, table.source_titles[0]["en"]) == (("the office",), "The office")


def test_a_year_is_a_text() -> None:
    assert load_package(world()).value.tables["yearly"].rows[0].values["year"] == "2013"


def test_roles_follow_from_key_and_type_where_not_declared() -> None:
    columns = load_package(world()).value.tables["yearly"].columns
    assert {name: column.role for name, column in columns.items()} == {
        "year": "dimension",
        "measure": "dimension",
        "value": "measure",
        "obs_status": "attribute",
        "basis": "attribute",
    }


def test_code_lists_name_codes_in_both_languages_with_short_names_where_given() -> None:
    codes = load_package(world()).value.code_lists["measures"].codes
    assert codes["applications"].name("zh") == "申请"
    assert codes["applications"].name("en", short=True) == "Appl."
    assert codes["grants"].name("en", short=True) == "Grants"


def test_code_lists_are_no_tables() -> None:
    assert list(load_package(world()).value.tables) == ["yearly"]


def test_foreign_keys_of_table_schema_name_code_lists_too() -> None:
    package = descriptor()
    schema = package["resources"][0]["schema"]
    del schema["fields"][1]["reportgen"]["code_list"]
    schema["foreignKeys"] = [{"fields": "measure", "reference": {"resource": "measures", "fields": "code"}}]
    assert (
        load_package(world(package=package)).value.tables["yearly"].columns["measure"].code_list == "measures"
    )


def test_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    text = "\ufeff" + YEARLY.replace("\n", "\r\n")
    assert faults({"data/yearly.csv": text.encode()}) == []


def test_blank_lines_are_passed_over_and_counted() -> None:
    text = YEARLY.replace("2014", "\n2014").replace("12.50", "x")
    assert faults({"data/yearly.csv": text})[0].startswith("data/yearly.csv, row 4, column value: error")


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ('"1,234"', "write 1234"),
        ('"1,234,567.5"', "write 1234567.5"),
        ("1 234", "write 1234"),
        ("１２３", "write 123"),
        ("12.5%", "write 0.125"),
        ("1.2万", "write 12000"),
        ("3亿", "write 300000000"),
        ("−5", "write -5"),
        (" 12", "write 12"),
        ("n/a", "leave a missing value empty and give its obs_status as O"),
    ],
)
def test_a_number_that_is_not_plain_gets_the_plain_one_as_a_hint(cell: str, hint: str) -> None:
    text = YEARLY.replace("12.50", cell)
    shown = cell.strip('"')
    assert faults({"data/yearly.csv": text}) == [
        f"data/yearly.csv, row 3, column value: error: {shown!r} is not a number\n  hint: {hint}"
    ]


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "1,23", "NaN", "Infinity", "0x10", "--1", "1e", "."])
def test_text_in_a_number_column_is_refused(cell: str) -> None:
    text = YEARLY.replace("12.50", f'"{cell}"')
    (fault,) = faults({"data/yearly.csv": text})
    assert fault.startswith(f"data/yearly.csv, row 3, column value: error: {cell!r} is not a number")


def test_a_number_of_absurd_size_is_refused() -> None:
    text = YEARLY.replace("12.50", "1e300")
    assert faults({"data/yearly.csv": text}) == [
        (
            "data/yearly.csv, row 3, column value: error: '1e300' has more than 30 digits on one side of the point\n"
            "  hint: is it a slip?"
        )
    ]


@pytest.mark.parametrize("year", ["14", "20140", "2014a", "2014-15", "二〇一四"])
def test_a_year_has_four_digits(year: str) -> None:
    assert faults({"data/yearly.csv": YEARLY.replace("2014", year)}) == [
        f"data/yearly.csv, row 3, column year: error: {year!r} is not a year\n  hint: write it with four digits: 2023"
    ]


@pytest.mark.parametrize("char", ["\u200b", "\u200e", "\u202e", "\u2066", "\ufeff"])
def test_an_invisible_character_is_refused_in_a_text(char: str) -> None:
    (fault,) = faults({"data/yearly.csv": YEARLY.replace("published", f"pub{char}lished")})
    assert f"row 2, column basis: error: the cell holds the invisible character U+{ord(char):04X}" in fault


def test_missing_file_names_the_file() -> None:
    present = dict(world().files)
    del present["data/yearly.csv"]
    result = load_package(World.of_files(present))
    assert [str(d) for d in result.diagnostics] == [
        "data/yearly.csv: error: the file is missing\n  hint: put it there, or mend what names it"
    ]
    assert result.value.broken == {"yearly"}


def test_broken_json_has_line_and_column() -> None:
    text = '{\n "resources": [\n  {"name": "a"},\n ]\n}'
    (fault,) = faults({"data/datapackage.json": text})
    assert fault.startswith("data/datapackage.json:")
    assert "error: the JSON is broken" in fault


def test_json_that_is_no_package_is_refused() -> None:
    assert faults({"data/datapackage.json": "[]"}) == [
        'data/datapackage.json: error: the file is not a JSON object\n  hint: write it as {"name": …}'
    ]
    assert faults({"data/datapackage.json": '{"name": "a"}'}) == [
        'data/datapackage.json: error: the package lists no tables\n  hint: list them under "resources"'
    ]


def test_unknown_words_of_the_descriptor_get_a_guess() -> None:
    package = descriptor()
    fields = package["resources"][0]["schema"]["fields"]
    fields[2]["type"] = "numbr"
    fields[2]["reportgen"]["unitt"] = "piece"
    fields[3]["reportgen"]["code_list"] = "obs_statu"
    fields[0]["constraints"]["requird"] = True
    field = "resources.0.schema.fields"
    assert [fault.partition("error: ")[2] for fault in faults(package=package)[:4]] == [
        f"{field}.0.constraints has no key requird\n  hint: did you mean required?",
        (
            f"{field}.2.type is 'numbr', not string or number or integer or year or yearmonth or date"
            "\n  hint: did you mean number?"
        ),
        f"{field}.2.reportgen has no key unitt\n  hint: did you mean unit?",
        "obs_status takes its codes from obs_statu, which is no code list\n  hint: did you mean obs_status?",
    ]


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("type", "numbr", "wrong-value"),
        ("type", None, "wrong-value"),
        ("constraints", {"requird": True}, "unknown-key"),
        ("constraints", {"unique": 1}, "wrong-value"),
        ("constraints", {"minimum": "low"}, "wrong-value"),
        ("constraints", {"enum": "a"}, "wrong-value"),
        ("constraints", {"pattern": "["}, "wrong-value"),
        ("constraints", {"pattern": 3}, "wrong-value"),
        ("constraints", ["required"], "wrong-value"),
        ("reportgen", {"unitt": "piece"}, "unknown-key"),
        ("reportgen", {"role": "mesure"}, "wrong-value"),
        ("reportgen", {"code_list": "measurs"}, "unknown-code-list"),
        ("reportgen", "piece", "wrong-value"),
        ("name", 3, "wrong-value"),
    ],
)
def test_a_slip_in_two_fields_is_told_at_both_places(key: str, value: Any, rule: str) -> None:
    package = descriptor()
    for index in (2, 4):
        package["resources"][0]["schema"]["fields"][index][key] = value
    text = json.dumps(package, indent=1)
    keys = (key, *(value if isinstance(value, dict) else ()))
    places = find_places("x.json", text)
    assert [(d.rule, d.place) for d in parse_descriptor(text, "x.json").diagnostics] == [
        (rule, places["resources", "0", "schema", "fields", index, *keys]) for index in ("2", "4")
    ]


@pytest.mark.parametrize(
    ("changes", "slip"),
    [
        ({"path": "../yearly.csv"}, "path"),
        ({"path": 3}, "path"),
        ({"format": "ods"}, "format"),
        ({"encoding": "gb18030"}, "encoding"),
        ({"schema": []}, "schema"),
        ({"dialect": {"delimiter": ";;"}}, "delimiter"),
        ({"dialect": "csv"}, "dialect"),
        ({"reportgen": {"anex": {}}}, "anex"),
        ({"reportgen": {"annex": ["year"]}}, "annex"),
        ({"reportgen": {"annex": {"rows": "yeer"}}}, "rows"),
        ({"reportgen": "table"}, "reportgen"),
    ],
)
def test_each_slip_of_a_table_is_told_once_at_its_own_place(changes: dict[str, Any], slip: str) -> None:
    package = descriptor()
    package["resources"][0] = {"name": "yearly", "path": "yearly.csv", **changes} | (
        {} if "schema" in changes else {"schema": package["resources"][0]["schema"]}
    )
    text = json.dumps(package, indent=1)
    (fault,) = parse_descriptor(text, "x.json").diagnostics
    assert isinstance(fault.place, Span)
    assert fault.hints
    assert text.split("\n")[fault.place.line - 1][fault.place.column - 1 :].startswith(f'"{slip}"')


MISSPELT = [
    "resources",
    "name",
    "path",
    "schema",
    "fields",
    "type",
    "primaryKey",
    "reportgen",
    "code_list",
    "unit",
]


@pytest.mark.parametrize("key", MISSPELT)
def test_a_misspelt_key_of_the_descriptor_is_told_once_and_read(key: str) -> None:
    text = json.dumps(descriptor(), ensure_ascii=False, indent=1)
    slip = text.replace(f'"{key}":', f'"{key}{key[-1]}":', 1)
    (fault,) = load_package(world({"data/datapackage.json": slip})).diagnostics
    line = slip.count("\n", 0, slip.index(f'"{key}{key[-1]}":')) + 1
    assert (fault.rule, str(fault.place).split(":")[:2]) == (
        "unknown-key",
        ["data/datapackage.json", str(line)],
    )


@pytest.mark.parametrize(
    ("key", "value"), [("fields", 42), ("fields", []), ("schema", "x"), ("schema", {}), ("path", 3)]
)
def test_a_table_that_cannot_be_read_is_told_once(key: str, value: Any) -> None:
    package = descriptor()
    table = package["resources"][0]
    (table["schema"] if key == "fields" else table)[key] = value
    (fault,) = load_package(world(package=package)).diagnostics
    assert str(fault.place).startswith("data/datapackage.json:")


@pytest.mark.parametrize("where", ["tables", "fields"])
def test_the_second_of_two_names_is_told_at_its_own_place(where: str) -> None:
    package = descriptor()
    entries = package["resources"] if where == "tables" else package["resources"][0]["schema"]["fields"]
    entries.append(dict(entries[0]))
    text = json.dumps(package, indent=1)
    name = f'"name": "{entries[0]["name"]}"'
    (fault,) = parse_descriptor(text, "x.json").diagnostics
    line = text.count("\n", 0, text.rindex(name)) + 1
    assert (fault.rule, str(fault.place).split(":")[1]) == ("repeated-name", str(line))


def test_other_tools_may_write_into_the_descriptor_what_they_like() -> None:
    package = descriptor(title=3, mediatype=None, licenses="x", dialect={"header": True, "delimiter": 1})
    package["resources"][0]["schema"]["fields"][0] |= {"title": 3, "format": {"any": 1}, "rdfType": None}
    package["resources"][0]["schema"] |= {"missingValues": "", "foreignKeys": "none"}
    package["resources"][0]["reportgen"] |= {"annex": None, "titles": None}
    assert parse_descriptor(json.dumps(package), "x.json").diagnostics == ()


def test_columns_missing_and_extra_are_told_apart_and_matched() -> None:
    text = YEARLY.replace("obs_status", "obs_statsu").replace("basis", "notes")
    assert faults({"data/yearly.csv": text}) == [
        (
            "data/yearly.csv, row 1, column obs_statsu: error: the column obs_statsu is not in the descriptor, "
            "and obs_status is missing\n  hint: did you mean obs_status?"
        ),
        (
            "data/yearly.csv, row 1, column notes: error: the column notes is not in the descriptor\n"
            "  hint: declare it in the schema of yearly, or take it out"
        ),
        (
            "data/yearly.csv, row 1, column basis: error: the column basis is missing\n"
            "  hint: add it, or take it out of the schema of yearly"
        ),
    ]


def test_ragged_rows_are_refused_in_both_directions() -> None:
    text = YEARLY + "2015,grants,1,234,A,b\n2016,grants\n"
    assert faults({"data/yearly.csv": text}) == [
        (
            "data/yearly.csv, row 4, column basis: error: the row has 6 cells, its header 5\n"
            '  hint: put quotation marks around a cell that holds a comma, and write 1234, not "1,234"'
        ),
        (
            "data/yearly.csv, row 5, column measure: error: the row has 2 cells, its header 5\n"
            "  hint: leave a cell empty between its commas where it has no value"
        ),
    ]


def test_an_unclosed_quotation_mark_is_placed_where_it_opens() -> None:
    text = YEARLY.replace("2014,grants", '2014,"grants')
    assert faults({"data/yearly.csv": text})[0] == (
        "data/yearly.csv:3: error: a quotation mark in row 3 is never closed\n"
        '  hint: close it with ", and write a quotation mark inside a cell as ""'
    )


def test_characters_after_a_closing_quotation_mark_are_refused() -> None:
    text = YEARLY.replace("2014,grants", '2014,"gra"nts')
    assert faults({"data/yearly.csv": text})[0].startswith(
        "data/yearly.csv:3: error: row 3 has characters after a closing quotation mark"
    )


def test_another_delimiter_is_recognised() -> None:
    assert faults({"data/yearly.csv": YEARLY.replace(",", ";")}) == [
        (
            "data/yearly.csv:1: error: the cells seem to be separated by semicolons\n"
            '  hint: save it with commas, or say "dialect": {"delimiter": …}'
        )
    ]


def test_a_declared_delimiter_is_used() -> None:
    package = descriptor(dialect={"delimiter": ";"})
    assert faults({"data/yearly.csv": YEARLY.replace(",", ";")}, package) == []


def test_text_in_another_encoding_is_refused_with_its_line() -> None:
    text = YEARLY.replace("published", "已公布").encode("gb18030")
    assert faults({"data/yearly.csv": text}) == [
        "data/yearly.csv:2: error: the file is not UTF-8 text\n  hint: save it as UTF-8 (in Excel: CSV UTF-8)"
    ]


def test_an_empty_file_and_a_table_without_rows_are_refused() -> None:
    assert faults({"data/yearly.csv": ""}) == [
        "data/yearly.csv: error: the file is empty\n  hint: begin it with a header row"
    ]
    assert faults({"data/yearly.csv": YEARLY.splitlines()[0] + "\n"}) == [
        "data/yearly.csv: error: the table has no rows\n  hint: fill it or take it out of the package"
    ]


def test_a_key_stands_once() -> None:
    text = YEARLY + "2013,grants,11,A,again\n"
    assert faults({"data/yearly.csv": text}) == [
        (
            "data/yearly.csv, row 4, column measure: error: "
            "year 2013, measure grants stands here again; it was first in row 2\n"
            "  hint: keep one of the two rows"
        )
    ]


@settings(deadline=None, max_examples=60)
@given(st.sets(st.integers(2000, 2012), min_size=1), st.sets(st.integers(2000, 2012), min_size=1))
@example({2000, 2002}, {2000})
def test_each_year_that_a_series_passes_over_is_a_warning(grants: set[int], applications: set[int]) -> None:
    series = {"grants": grants, "applications": applications}
    rows = [f"{year},{name},1,A,b" for name, years in series.items() for year in sorted(years, reverse=True)]
    text = "\n".join([YEARLY.splitlines()[0], *rows, ""])
    found = load_package(world({"data/yearly.csv": text})).diagnostics
    late = [
        (y, n) for n, years in series.items() for y in sorted(years) if y > min(years) and y - 1 not in years
    ]
    assert all((d.severity, d.rule) == (Severity.WARNING, "missing-year") for d in found)
    assert [(d.place, d.message.partition(" by ")[2]) for d in found] == [
        (CellRef("data/yearly.csv", rows.index(f"{y},{n},1,A,b") + 2, "year"), f"{y} for {n}")
        for y, n in late
    ]


def test_a_code_outside_its_list_gets_a_guess() -> None:
    assert faults({"data/yearly.csv": YEARLY.replace("2014,grants", "2014,grant")}) == [
        "data/yearly.csv, row 3, column measure: error: grant is not a code of measures\n  hint: did you mean grants?"
    ]


def test_every_observation_has_a_status() -> None:
    assert faults({"data/yearly.csv": YEARLY.replace(",E,", ",,")}) == [
        (
            "data/yearly.csv, row 3, column obs_status: error: the observation has no status\n"
            "  hint: write A for a published value, E for an estimated one"
        )
    ]


def test_a_table_without_statuses_is_refused() -> None:
    package = descriptor()
    package["resources"][0]["schema"]["fields"].pop(3)
    text = "year,measure,value,basis\n2013,grants,10,published\n"
    assert faults({"data/yearly.csv": text}, package) == [
        (
            "data/yearly.csv: error: the table has no column obs_status\n"
            "  hint: add it to the descriptor and the table: A for a published value, E for an estimated one\n"
            '  hint: if it is a code list, say so in the descriptor: "reportgen": {"role": "code-list"}'
        )
    ]


def test_an_empty_value_needs_the_status_of_a_missing_one() -> None:
    assert faults({"data/yearly.csv": YEARLY.replace("12.50,E", ",O")}) == []
    assert faults({"data/yearly.csv": YEARLY.replace("12.50,E", ",A")}) == [
        (
            "data/yearly.csv, row 3, column value: error: the cell is empty\n"
            "  hint: fill it, or set its obs_status to O (missing value)"
        )
    ]


def test_a_code_list_names_every_code_in_both_languages() -> None:
    text = MEASURES.replace("Grants", "")
    assert faults({"data/lists/measures.csv": text}) == [
        (
            "data/lists/measures.csv, row 2, column name_en: error: the code grants has no name in en\n"
            "  hint: write it here"
        )
    ]


def test_a_code_list_without_a_language_is_refused() -> None:
    package = descriptor()
    package["resources"][1]["schema"]["fields"].pop(2)
    text = "code,name_zh,short_en\ngrants,授权,\n"
    assert faults({"data/lists/measures.csv": text}, package) == [
        (
            "data/lists/measures.csv: error: the code list measures has no column name_en\n"
            "  hint: add the column name_en to the descriptor and the table"
        )
    ]


@pytest.mark.parametrize("bounds", [{"minimum": 10}, {"maximum": 12.5}, {"minimum": 10, "maximum": "12.50"}])
def test_the_ends_of_what_a_descriptor_allows_are_allowed(bounds: dict[str, Any]) -> None:
    package = descriptor()
    package["resources"][0]["schema"]["fields"][2]["constraints"] = bounds
    assert faults(package=package) == []


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ({"minimum": 11}, "10 is below 11, the least that the descriptor allows"),
        ({"maximum": "9.5"}, "10 is above 9.5, the most that the descriptor allows"),
        ({"enum": ["11", "12"]}, "10 is none of 11, 12"),
        ({"pattern": "[1-9]"}, "10 does not match the pattern [1-9]"),
    ],
)
def test_constraints_of_table_schema_are_kept(constraint: dict[str, Any], message: str) -> None:
    package = descriptor()
    package["resources"][0]["schema"]["fields"][2]["constraints"] = constraint
    assert any(f"row 2, column value: error: {message}" in fault for fault in faults(package=package))


def test_codes_need_names_in_the_languages_that_are_asked_for_only() -> None:
    given = world({"data/lists/measures.csv": MEASURES.replace("Grants", "")})
    assert load_package(given, languages=("zh",)).diagnostics == ()
    assert [str(d.place) for d in load_package(given, languages=("sw",)).diagnostics] == [
        "data/lists/measures.csv",
        "data/lists/obs_status.csv",
    ]


def test_all_faults_of_all_files_come_in_one_run() -> None:
    found = faults(
        {
            "data/yearly.csv": YEARLY.replace("12.50", "x").replace("2013,grants", "2013,grant"),
            "data/lists/measures.csv": MEASURES.replace("申请", ""),
            "data/corrections.csv": "date\n",
        }
    )
    assert {fault.split(":")[0].split(",")[0] for fault in found} == {
        "data/yearly.csv",
        "data/lists/measures.csv",
        "data/corrections.csv",
    }


def test_a_cell_that_cannot_be_read_is_marked_in_its_row() -> None:
    row = (
        load_package(world({"data/yearly.csv": YEARLY.replace("12.50", "x")})).value.tables["yearly"].rows[1]
    )
    assert (row.values["value"], row.faulty) == (None, {"value"})


def test_a_unit_must_be_in_the_list_of_units() -> None:
    package = descriptor()
    package["resources"].append(code_list("units", "code", "name_zh", "name_en"))
    text = "code,name_zh,name_en\npieces,件,piece\n"
    (fault,) = faults({"data/lists/units.csv": text}, package)
    assert (
        "the unit piece of yearly.value is not in the code list units\n  hint: did you mean pieces?" in fault
    )


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet='ab1,"\n\r;\x00 é', max_size=40))
def test_no_text_in_place_of_a_table_breaks_the_loader(text: str) -> None:
    result = load_package(world({"data/yearly.csv": text}))
    assert all(str(d) for d in result.diagnostics)
    assert not result.ok


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=60))
def test_no_bytes_in_place_of_the_descriptor_break_the_loader(data: bytes) -> None:
    assert not load_package(world({"data/datapackage.json": data})).ok


@settings(deadline=None, max_examples=150)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["name", "yearly", "measures"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "fields",
                        "primaryKey",
                        "foreignKeys",
                        "reportgen",
                        "name",
                        "missingValues",
                        "constraints",
                        "enum",
                    ]
                ),
                inner,
            )
        ),
        max_leaves=8,
    ),
    st.sampled_from(["schema", "reportgen", "dialect", "sources", "format", "encoding", "path"]),
)
def test_any_value_of_a_key_is_read_or_refused_with_place_and_hint(value: object, key: str) -> None:
    result = load_package(world(package=descriptor(**{key: value})))
    assert [d for d in result.diagnostics if d.place is None or not d.hints] == []


@settings(deadline=None, max_examples=100)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_plain_decimals_are_read_exactly(number: Decimal) -> None:
    table = load_package(world({"data/yearly.csv": YEARLY.replace("12.50", f"{number:f}")})).value.tables[
        "yearly"
    ]
    assert table.rows[1].values["value"] == number
