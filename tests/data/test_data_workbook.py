"""Excel workbooks and Parquet files hold the same tables as CSV files."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
import tables_of_cases as cases
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reportgen.base.diagnostics import Severity
from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.data.package import Row

ROWS: list[list[Any]] = [["year", "value", "obs_status"], [2013, 10, "A"], [2014, 0.1, "A"]]


def package(path: str, **more: Any) -> str:
    fields = [{"name": "year", "type": "year"}, {"name": "value", "type": "number"}, {"name": "obs_status"}]
    resource = {"name": "t", "path": path, "schema": {"fields": fields, "primaryKey": ["year"]}, **more}
    return json.dumps({"name": "test", "resources": [resource]})


def workbook(rows: list[list[Any]], title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def excel(data: bytes, **more: Any) -> World:
    return World.of_files({"data/datapackage.json": package("t.xlsx", **more), "data/t.xlsx": data})


def parquet(data: bytes) -> World:
    return World.of_files({"data/datapackage.json": package("t.parquet"), "data/t.parquet": data})


def parquet_bytes() -> bytes:
    table = pyarrow.table({"year": [2013, 2014], "value": [10.0, 0.1], "obs_status": ["A", "A"]})
    data = io.BytesIO()
    pyarrow.parquet.write_table(table, data)
    return data.getvalue()


def faults(world: World) -> list[str]:
    return [str(d) for d in load_package(world).diagnostics]


def values(rows: tuple[Row, ...]) -> list[tuple[object, ...]]:
    return [tuple(row.values.values()) for row in rows]


def test_a_workbook_is_read_with_the_numbers_that_it_shows() -> None:
    result = load_package(excel(workbook(ROWS)))
    assert result.diagnostics == ()
    assert values(result.value.tables["t"].rows) == [
        ("2013", Decimal(10), "A"),
        ("2014", Decimal("0.1"), "A"),
    ]
    assert result.value.tables["t"].rows[1].number == 3


def test_a_sheet_is_chosen_by_name() -> None:
    assert faults(excel(workbook(ROWS, "Data"), dialect={"sheet": "Data"})) == []
    assert faults(excel(workbook(ROWS, "Data"), dialect={"sheet": "Date"})) == [
        "data/t.xlsx: error: the workbook has no sheet Date\n  hint: did you mean Data?"
    ]


def test_blank_rows_and_columns_around_the_table_are_passed_over() -> None:
    rows = [[*ROWS[0], None], [None], [*ROWS[1], None]]
    result = load_package(excel(workbook(rows)))
    assert result.diagnostics == ()
    assert result.value.tables["t"].rows[0].number == 3


def test_text_in_a_number_column_is_refused_with_its_cell() -> None:
    assert faults(excel(workbook([*ROWS, [2015, "1,234", "A"]]))) == [
        "data/t.xlsx, row 4, column value: error: '1,234' is not a number\n  hint: write 1234"
    ]


def test_a_failed_formula_is_refused() -> None:
    assert faults(excel(workbook([*ROWS, [2015, "#DIV/0!", "A"]]))) == [
        (
            "data/t.xlsx, row 4, column value: error: the formula gives #DIV/0!\n"
            "  hint: the workbook's formula failed; mend it there"
        )
    ]


def test_a_formula_without_a_computed_value_is_refused() -> None:
    assert faults(excel(workbook([*ROWS, [2015, "=1+1", "A"]])))[0] == (
        "data/t.xlsx, row 4, column value: error: the formula has no computed value\n"
        "  hint: open the workbook in its program and save it"
    )


def test_what_is_no_workbook_is_refused() -> None:
    assert faults(excel(b"year,value\n")) == [
        "data/t.xlsx: error: the file is not a workbook\n  hint: save it as .xlsx (not .xls), without a password"
    ]


def test_a_missing_workbook_is_named() -> None:
    assert faults(World.of_files({"data/datapackage.json": package("t.xlsx")})) == [
        "data/t.xlsx: error: the file is missing\n  hint: put it there, or mend what names it"
    ]


def test_parquet_is_read_as_a_table_under_a_header() -> None:
    result = load_package(parquet(parquet_bytes()))
    assert result.diagnostics == ()
    assert values(result.value.tables["t"].rows) == [
        ("2013", Decimal(10), "A"),
        ("2014", Decimal("0.1"), "A"),
    ]
    assert result.value.tables["t"].rows[0].number == 2


def test_what_is_no_parquet_file_is_refused() -> None:
    (fault,) = faults(parquet(b"year,value\n"))
    assert fault.startswith("data/t.parquet: error: the file is not a Parquet file: ")


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert faults(parquet(parquet_bytes())) == [
        (
            "data/t.parquet: error: reading Parquet needs pyarrow, which is not installed\n"
            "  hint: install it with: pip install reportgen[parquet]"
        )
    ]


# ---- what offices do in workbooks: each is right, or one diagnostic ----------------------------------------------


def merged(range_: str) -> Any:
    return lambda sheet: sheet.merge_cells(range_)


def at(cell: str, value: object, look: str = "General") -> Any:
    def change(sheet: Any) -> None:
        sheet[cell] = value
        sheet[cell].number_format = look

    return change


def hidden(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True


def mac(sheet: Any) -> None:
    sheet.parent.epoch = CALENDAR_MAC_1904
    sheet["A2"], sheet["A3"] = dt.date(2021, 3, 4), dt.datetime(2021, 3, 5)


DAYS = [{**cases.YEAR, "type": "date"}, *cases.FIELDS[1:]]
TITLED = [["能源消费量"], ["单位：万吨"], *cases.ROWS]
RIGHT: list[tuple[str, bytes, dict[str, Any]]] = [
    ("plain", cases.workbook(), {}),
    ("hidden rows and columns", cases.workbook(change=hidden), {}),
    ("empty trailing columns", cases.workbook([[*row, None, None] for row in cases.ROWS]), {}),
    ("empty cells with a look", cases.workbook(change=at("H90", None, "0.00")), {}),
    ("title rows", cases.workbook(TITLED, merged("A1:D1")), {"dialect": {"headerRows": [3]}}),
    ("note, declared", cases.workbook([*cases.ROWS, ["注：初步数"]]), {"dialect": {"lastRow": 3}}),
    (
        "note, declared as comment",
        cases.workbook([*cases.ROWS, ["注：初步数"]]),
        {"dialect": {"commentRows": [4]}},
    ),
    ("merged, declared", cases.workbook(change=merged("B2:B3")), {"dialect": {"mergedCells": "fill"}}),
    ("sheet by name", cases.workbook(title="数据"), {"dialect": {"sheetName": "数据"}}),
    ("sheet by number", cases.workbook(), {"dialect": {"sheetNumber": 1}}),
    ("sheet for Frictionless", cases.workbook(title="D"), {"dialect": {"excel": {"sheet": "D"}}}),
    ("percent", cases.workbook(change=at("C3", 2.5, "0.0%")), {}),
    ("noise", cases.workbook(change=at("C3", 2.50000000000001)), {}),
    ("years as floats", cases.workbook(change=at("A2", 2013.0)), {}),
]


@pytest.mark.parametrize(("case", "data", "declared"), RIGHT)
def test_what_offices_do_is_read_right(case: str, data: bytes, declared: dict[str, Any]) -> None:
    result = cases.load(data, "t.xlsx", **declared)
    assert result.diagnostics == (), case
    assert cases.values(result) == [("2013", "a", Decimal(1), "A"), ("2014", "a", Decimal("2.5"), "A")]


def test_a_head_of_several_rows_is_joined() -> None:
    rows = [["year", "kind", "2023", None], [None, None, "value", "status"], [2013, "a", 1, "A"]]
    fields = [*cases.FIELDS[:2], {"name": "2023 value", "type": "number"}, {"name": "2023 status"}]
    data = cases.workbook(rows, merged("C1:D1"))
    result = cases.load(
        data, "t.xlsx", fields=fields, dialect={"headerRows": [1, 2]}, reportgen={"obs_status": "A"}
    )
    assert result.diagnostics == ()
    assert cases.values(result) == [("2013", "a", Decimal(1), "A", "A")]


@pytest.mark.parametrize(("unit", "rules"), [("percent", ["mixed-units"]), ("ratio", [])])
def test_a_percentage_is_a_share_of_one(unit: str, rules: list[str]) -> None:
    fields: list[Any] = [{**f, "reportgen": {"unit": unit}} if f is cases.VALUE else f for f in cases.FIELDS]
    result = cases.load(cases.workbook(change=at("C3", 0.152, "0.0%")), "t.xlsx", fields=fields)
    assert [found.rule for found in result.diagnostics] == rules
    assert cases.values(result)[1][2] == Decimal("0.152")


@pytest.mark.parametrize("change", [mac, None])
def test_dates_are_dates_whatever_the_form_of_texts(change: Any) -> None:
    rows = [cases.ROWS[0], [dt.date(2021, 3, 4), "a", 1, "A"], [dt.datetime(2021, 3, 5), "a", 1, "A"]]
    result = cases.load(
        cases.workbook(rows, change), "t.xlsx", fields=[{**DAYS[0], "format": "%d/%m/%Y"}, *DAYS[1:]]
    )
    assert result.diagnostics == ()
    assert [row[0] for row in cases.values(result)] == ["2021-03-04", "2021-03-05"]


def packed(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def edited(name: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(cases.workbook())) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    assert old in members[name]
    return packed(**{**members, name: members[name].replace(old, new)})


_SHEET = "xl/worksheets/sheet1.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SECOND = {"fields": DAYS, "dialect": {"commentRows": [2]}}
REFUSED: list[tuple[str, bytes, str, dict[str, Any]]] = [
    ("merged cells", cases.workbook(change=merged("B2:B3")), "B2:B3", {}),
    ("title rows", cases.workbook(TITLED), '"headerRows": [3]', {}),
    ("note", cases.workbook([*cases.ROWS, ["注：初步数"]]), "row 4 looks like a note", {}),
    ("note across", cases.workbook([*cases.ROWS, ["注：初步数"]], merged("A4:D4")), "row 4 looks like a note", {}),
    ("two notes", cases.workbook([*cases.ROWS, [], ["Note: a b"], ["Source: c"]]), "rows 5 to 6", {}),
    ("formula without value", cases.workbook(change=at("C3", "=1+1")), "no computed value", {}),
    ("formula in a text", cases.workbook(change=at("B3", '="a"')), "no computed value", {}),
    ("error", cases.workbook(change=at("C3", "#DIV/0!")), "#DIV/0!", {}),
    ("error in a text", cases.workbook(change=at("B3", "#N/A")), "#N/A", {}),
    ("boolean", cases.workbook(change=at("C3", True)), "'true' is not a number", {}),
    ("year as a date", cases.workbook(change=at("A3", dt.date(2014, 1, 1), "yyyy-mm-dd")), "write 2014", {}),
    ("time of day", cases.workbook(change=at("A3", dt.datetime(2014, 1, 1, 5), "h:mm")), "2014-01-01 05:00:00", SECOND),
    ("empty year", cases.workbook(change=at("A3", None)), "the cell is empty", {}),
    ("beside the table", cases.workbook(change=at("F3", 7)), "beside the table", {}),
    ("stray cell below", cases.workbook(change=at("C1048576", 7)), "the row has no", {}),
    ("last cell of a sheet", cases.workbook(change=at("XFD1048576", 7)), "column 16,384", {}),
    ("sheet misspelt", cases.workbook(), "did you mean Sheet1?", {"dialect": {"sheetName": "Shet1"}}),
    ("sheet of no number", cases.workbook(), "no sheet 2", {"dialect": {"sheetNumber": 2}}),
    ("no cells", cases.workbook([]), "is empty", {}),
    ("only chart sheets", packed(**{"xl/workbook.xml": b""}), "without a sheet of cells", {}),
    ("Excel 97", _OLE, ".xls", {}),
    ("password", _OLE + "EncryptedPackage".encode("utf-16-le"), "password", {}),
    ("binary workbook", packed(**{"xl/workbook.bin": b""}), ".xlsb", {}),
    ("OpenDocument", packed(**{"content.xml": b""}), ".ods", {}),
    ("another archive", packed(a=b""), "not a workbook", {}),
    ("a text", b"year,value\n", "not a workbook", {}),
    ("cut off", cases.workbook()[:-200], "damaged", {}),
    ("broken XML", edited(_SHEET, b"</row>", b"<row"), "damaged", {}),
    ("no sheets", edited("xl/workbook.xml", b"sheets>", b"sheetz>"), "no", {}),
    ("bomb", packed(**{"xl/workbook.xml": b"", _SHEET: bytes(300_000_000)}), "unpacks to 300,000,000", {}),
]  # fmt: skip


@pytest.mark.parametrize(("case", "data", "said", "declared"), REFUSED)
def test_what_cannot_be_read_right_is_one_diagnostic(
    case: str, data: bytes, said: str, declared: dict[str, Any]
) -> None:
    assert said in str(cases.one(cases.load(data, "t.xlsx", **declared))), case


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=("C", "Z")), min_size=1)
            .filter(lambda text: text[0] not in "=#'{" and not text.startswith("http")),
            st.one_of(st.integers(-(10**14), 10**14), st.decimals(-(10**6), 10**6, allow_nan=False, places=4)),
        ),
        min_size=1,
        max_size=8,
    ),
    above=st.integers(0, 3),
)  # fmt: skip
def test_what_a_program_writes_is_read_exactly(rows: list[tuple[str, Any]], above: int) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        sheet.write_row(above, 0, ["year", "kind", "value", "obs_status"])
        for number, (kind, value) in enumerate(rows):
            sheet.write_number(above + 1 + number, 0, 1000 + number)
            sheet.write_string(above + 1 + number, 1, kind)
            sheet.write_number(above + 1 + number, 2, float(value))
            sheet.write_string(above + 1 + number, 3, "A")
    result = cases.load(data.getvalue(), "t.xlsx")
    assert [str(d) for d in result.diagnostics if d.severity is Severity.ERROR] == []
    assert [row[1:3] for row in cases.values(result)] == [(kind, Decimal(value)) for kind, value in rows]


@settings(max_examples=150, deadline=None)
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_read_or_refused(flips: list[tuple[float, int]]) -> None:
    data = bytearray(cases.workbook())
    for place, byte in flips:
        data[int(place * len(data))] = byte
    result = cases.load(bytes(data), "t.xlsx")
    assert len(result.diagnostics) <= 2
    if result.ok:
        assert cases.values(result)[0][0] == "2013"


def test_parquet_keeps_decimals_dates_and_dictionaries() -> None:
    table = pyarrow.table(
        {
            "year": pyarrow.array([dt.date(2021, 3, 4), dt.date(2021, 3, 5)]),
            "kind": pyarrow.array(["a", "b"]).dictionary_encode(),
            "value": pyarrow.array([Decimal("1.10"), None], pyarrow.decimal128(38, 2)),
            "obs_status": ["A", "O"],
        }
    )
    data = io.BytesIO()
    pyarrow.parquet.write_table(table, data)
    result = cases.load(data.getvalue(), "t.parquet", fields=DAYS)
    assert result.diagnostics == ()
    assert cases.values(result) == [("2021-03-04", "a", Decimal("1.10"), "A"), ("2021-03-05", "b", None, "O")]
