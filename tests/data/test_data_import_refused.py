"""What cannot be imported ends in one diagnostic, which says where and what to do; nothing is guessed in silence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from importing_sheets import TONGUES, Rows, csv_of, ods_of, plan, refused, xlsx_of

from reportgen.base import limits
from reportgen.base.world import World
from reportgen.data.importing.plan import plan_import
from reportgen.data.importing.recipe import Recipe

SHEET: Rows = [["地区", "2020", "2021"], ["北京", "12", "13"], ["天津", "14", "15"]]


DAMAGED = {"xlsx": xlsx_of(SHEET), "ods": ods_of(SHEET)}


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def far_cell() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formula() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["地区", "2020", "2021"], ["北京", 12, "=B2*2"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_kind() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


ENTITIES = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
CASES: Mapping[str, tuple[bytes, str, Mapping[str, Any], str, str]] = {
    "an empty file": (b"", "t.csv", {}, "empty-file", "empty"),
    "blank lines": (b"\n \n\n", "t.csv", {}, "empty-file", "empty"),
    "one column": ("地区\n北京\n天津\n".encode(), "t.csv", {}, "wrong-delimiter", "not separated"),
    "no numbers": (csv_of([["a", "b"], ["c", "d"]]), "t.csv", {}, "unfit-sheet", "no numbers"),
    "no head": (csv_of([["北京", "12", "13"], ["天津", "14", "15"]]), "t.csv", {}, "unfit-sheet", "no head"),
    "no heading": (
        csv_of([["地区", "2020", ""], ["北京", "12", "13"]]),
        "t.csv",
        {},
        "unfit-sheet",
        "C1: the column",
    ),
    "no label": (
        csv_of([["地区", "2020"], ["北京", "12"], ["", "13"]]),
        "t.csv",
        {},
        "unfit-sheet",
        "A3: the row",
    ),
    "twice the same label": (
        csv_of([["地区", "2020"], ["北京", "12"], ["北京", "13"]]),
        "t.csv",
        {},
        "repeated-key",
        "B2 and B3 have the same labels",
    ),
    "twice the same heading": (
        csv_of([["地区", "甲", "甲"], ["北京", "12", "13"]]),
        "t.csv",
        {},
        "repeated-name",
        "columns B, C have the same heading",
    ),
    "words among numbers": (
        csv_of([*SHEET, ["河北", "很多", "1"]]),
        "t.csv",
        {},
        "not-a-number",
        "B4: “很多”",
    ),
    "quarters and years": (
        csv_of([["指标", "2020", "2021Q1"], ["a", "12", "13"]]),
        "t.csv",
        {},
        "mixed-periods",
        "mixes",
    ),
    "quarters of no year": (
        csv_of([["指标", "一季度", "二季度"], ["a", "12", "13"]]),
        "t.csv",
        {},
        "missing-year",
        "no year",
    ),
    "a column that is no year": (
        csv_of([["指标", "2020", "2021", "备用"], ["a", "12", "13", "5"]]),
        "t.csv",
        {},
        "unfit-sheet",
        "column D “备用” stands among periods",
    ),
    "an open quotation mark": (b'a,b\n"x,1\ny,2\n', "t.csv", {}, "broken-row", "cannot be read"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "t.csv", {}, "unknown-encoding", "encoding"),
    "Latin 1": (
        "région;2020\nÎle é;12\nÀ côté;13\n".encode("latin-1"),
        "t.csv",
        {},
        "unknown-encoding",
        "encoding",
    ),
    "an unknown encoding": (
        csv_of(SHEET),
        "t.csv",
        {"encoding": "utf-99"},
        "unknown-encoding",
        "no encoding utf-99",
    ),
    "another encoding": (
        csv_of(SHEET, "gb18030"),
        "t.csv",
        {"encoding": "utf-8"},
        "unknown-encoding",
        "no text in utf-8",
    ),
    "NUL characters": (b"a,b\nc,1\n\0\n", "t.csv", {}, "not-text", "NUL"),
    "no workbook": (b"PK\x03\x04 rubbish", "t.xlsx", {}, "not-a-workbook", "not a workbook"),
    "text named xlsx": (csv_of(SHEET), "t.xlsx", {}, "not-a-workbook", "not a workbook"),
    "an archive of something else": (zipped(a=b"b"), "t.xlsx", {}, "not-a-workbook", "not a workbook"),
    "an old workbook": (old_kind(), "t.xls", {}, "not-a-workbook", "Excel 97"),
    "a sheet that is not there": (xlsx_of(SHEET), "t.xlsx", {"sheet": "裹"}, "unknown-sheet", "no sheet 裹"),
    "a sheet of a text": (csv_of(SHEET), "t.csv", {"sheet": "表"}, "unknown-sheet", "has no sheets"),
    "a range that is none": (csv_of(SHEET), "t.csv", {"range": "A3-H20"}, "wrong-range", "no range"),
    "a range backwards": (csv_of(SHEET), "t.csv", {"range": "C3:A1"}, "wrong-range", "no range"),
    "an empty range": (csv_of(SHEET), "t.csv", {"range": "K30:M40"}, "empty-sheet", "no cell"),
    "a head of too many rows": (csv_of(SHEET), "t.csv", {"head": 9}, "unfit-sheet", "cannot be 9 rows"),
    "a cell at the far corner": (far_cell(), "t.xlsx", {}, "too-large", "16,384 columns"),
    "a million columns": (b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000, "t.csv", {}, "too-large", "columns"),
    "a cell of a megabyte": (b"a,b\n" + b"x" * 100_001 + b",1\n", "t.csv", {}, "too-large", "characters"),
    "a file of many megabytes": (b"a,1\n" * 10_000_000, "t.csv", {}, "too-large", "MB"),
    "a bomb": (
        zipped(xl__worksheets__sheet1_xml=b"", **{"xl__a.xml": bytes(40_000_000)}),
        "t.xlsx",
        {},
        "too-large",
        "unpacks",
    ),
    "entities": (zipped(**{"content.xml": ENTITIES}), "t.ods", {}, "not-a-workbook", "that can be read"),
    "an OpenDocument of nothing": (ods_of([]), "t.ods", {}, "empty-sheet", "empty"),
    "a formula without its value": (formula(), "t.xlsx", {}, "uncomputed-formula", "C2"),
    "a wrong name": (csv_of(SHEET), "t.csv", {"table": "../x"}, "wrong-value", "cannot be named"),
    "no name": (csv_of(SHEET), "能源.csv", {}, "unnamed-table", "no name yet"),
    "a value for what is missing": (
        csv_of([*SHEET, ["河北", "…", "1"]]),
        "table.csv",
        {"flags": {"…": "P"}},
        "wrong-value",
        "stands for a missing value",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_imported_is_one_diagnostic(name: str) -> None:
    data, file, asked, rule, words = CASES[name]
    found = refused(data, file, **asked)
    assert [d.rule for d in found] == [rule], [str(d) for d in found]
    assert words in found[0].message
    assert found[0].hints
    assert found[0].place is not None


def test_a_flag_that_nobody_has_explained_is_asked_for() -> None:
    rows = csv_of([*SHEET, ["河北", "12*", "@"]])
    assert plan(rows, "table.csv", unit="人").questions.flags == ("*", "@")
    made = plan(rows, "table.csv", unit="人", flags={"*": "P", "@": "O"})
    assert made.questions.flags == ()
    assert b",12,P," in made.files["data/table.csv"]


def test_a_sign_of_nothing_may_mean_zero() -> None:
    made = plan(csv_of([*SHEET, ["河北", "-", "1"]]), "table.csv", unit="人", flags={"-": "0"})
    assert b"2020,c03,0,A," in made.files["data/table.csv"]


def test_a_number_with_the_flag_of_a_missing_value_is_asked_for() -> None:
    assert plan(csv_of([*SHEET, ["河北", "12x", "1"]]), "table.csv", unit="人").questions.flags == ("x",)


def test_a_unit_that_the_sheet_does_not_name_is_asked_for() -> None:
    assert plan(csv_of(SHEET), "table.csv").questions.unit
    assert not plan(csv_of(SHEET), "table.csv", unit="人").questions.unit


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "2020",
            "2021年",
            "一季度",
            "合计",
            "北京",
            "单位：万吨",
            "注：x",
            "12",
            "1,234",
            "…",
            "-",
            "*",
            "12e",
            "15%",
            "其中：a",
            "年份",
            "Year\n年",
            "①",
            "3万",
            "（万吨）",
            "2020年比2019年增长%",
            "1e5",
            "--",
            "1-3月",
            "=1+1",
            "序号",
            "\u202e1",
            "9" * 70,
        ]
    ),
    st.text(max_size=6),
    st.integers(-5, 10**7),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=7),
    st.sampled_from(("csv", "xlsx", "ods")),
)
def test_any_sheet_is_a_table_or_one_diagnostic(rows: list[list[Any]], kind: str) -> None:
    plain = [["".join(c for c in str(cell) if c.isprintable() or c == "\n") for cell in row] for row in rows]
    data = {"csv": csv_of, "xlsx": xlsx_of, "ods": ods_of}[kind](plain)
    found = plan_import(World.of_files({}), data, f"table.{kind}", TONGUES, Recipe(unit="人"))
    assert len(found.errors) <= 1, [str(d) for d in found.errors]
    assert found.ok == bool(found.value.files)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(("csv", "tsv", "xlsx", "ods", "txt")))
def test_any_bytes_are_a_table_or_one_diagnostic(data: bytes, kind: str) -> None:
    found = plan_import(World.of_files({}), data, f"table.{kind}", TONGUES, Recipe(unit="人"))
    assert len(found.errors) <= 1


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(("xlsx", "ods")))
def test_a_damaged_workbook_is_a_table_or_one_diagnostic(draw: st.DataObject, kind: str) -> None:
    data = bytearray(DAMAGED[kind])
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    found = plan_import(World.of_files({}), bytes(data), f"table.{kind}", TONGUES, Recipe(unit="人"))
    assert len(found.errors) <= 1


def test_limits_are_those_of_an_offices_sheet() -> None:
    rows = [["地区", "2020"], *([f"市{n}", n + 3000] for n in range(5000))]
    assert plan(csv_of(rows), "table.csv", unit="人").rows == 5000
    assert limits.SHEET_CELLS >= 5000 * 20
