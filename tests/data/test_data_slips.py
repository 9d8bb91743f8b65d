"""One slip in a data file gives one diagnostic, and its remedy works."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tables_of_cases import FIELDS, HEADER, KIND, TEXT, VALUE, load, one, package, values

from reportgen.base.world import World
from reportgen.data.load import load_package

CORRECTIONS = "date,table,key,column,old value,new value,reason,approved by,severity\n"
LINE = "2024-08-01,t,year=2013;kind=a,value,1,2,late,the office,minor\n"
WHOLE: list[Any] = [{**each, "type": "integer"} if each is VALUE else each for each in FIELDS]
CODED: list[Any] = [
    {**each, "reportgen": {"code_list": "kinds"}} if each is KIND else each for each in FIELDS
]
KINDS = "code,name_zh,name_en\na,图书,Books\nb,期刊,Journals\n"


def with_list(text: str, kinds: str = KINDS) -> Any:
    described = package(fields=CODED)
    codes: dict[str, Any] = {
        "name": "kinds",
        "path": "kinds.csv",
        "schema": {"fields": [{"name": n} for n in ("code", "name_zh", "name_en")], "primaryKey": ["code"]},
        "reportgen": {"role": "code-list"},
    }
    described["resources"].append(codes)
    files: dict[str, Any] = {"data/t.csv": text, "data/kinds.csv": kinds}
    files["data/datapackage.json"] = json.dumps(described, indent=1)
    return load_package(World.of_files(files), languages=("zh", "en"))


def added(row: str) -> str:
    return TEXT + row + "\n"


SLIPS: list[tuple[str, str | bytes, str, str]] = [
    ("empty value", added("2015,a,,A"), "row 4, column value", "empty-cell"),
    ("empty dimension", added("2015,,3,A"), "row 4, column kind", "empty-cell"),
    ("empty status", added("2015,a,3,"), "row 4, column obs_status", "missing-status"),
    ("empty but one", added("2015,,,"), "row 4, column kind", "empty-cell"),
    ("repeated key", added("2014,a,3,A"), "row 4, column kind", "repeated-key"),
    ("title row", "能源,,,\n" + TEXT, "t.csv:1", "wrong-header"),
    ("title rows, ragged", "能源\n单位：万吨\n\n" + TEXT, "t.csv:1", "wrong-header"),
    ("header in Chinese", TEXT.replace(HEADER, "年份,种类,数值,状态\n"), "t.csv:1", "wrong-header"),
    ("no header", TEXT.removeprefix(HEADER), "t.csv:1", "wrong-header"),
    ("two columns misspelt", TEXT.replace("kind", "kinds").replace("value", "valeu"), "t.csv:1", "wrong-header"),
    ("one column misspelt", TEXT.replace("value", "valeu"), "row 1, column valeu", "unknown-column"),
    ("a column named otherwise", TEXT.replace("value", "数值"), "row 1, column 数值", "unknown-column"),
    ("a column more", TEXT.replace("\n", ",x\n"), "row 1, column x", "unknown-column"),
    ("a column without name", TEXT.replace("\n", ",1\n").replace("status,1", "status,"), "t.csv:1", "unnamed-column"),
    ("a column twice", TEXT.replace("kind", "year"), "t.csv:1", "wrong-header"),
    ("note", added("注：初步数,,,"), "t.csv:4", "note-under-table"),
    ("notes, ragged", added("\nNote: early\nSource: the office"), "t.csv:5", "note-under-table"),
    ("thousands unquoted", added("2015,a,1,234,A"), "row 4, column obs_status", "ragged-row"),
    ("a cell too few", added("2015,a,1"), "row 4, column value", "ragged-row"),
    ("open quotation", added('2015,"a,1,A'), "t.csv:4", "open-quotation"),
    ("other delimiter", TEXT.replace(",", ";"), "t.csv:1", "wrong-delimiter"),
    ("other delimiter and title", "Title\n" + TEXT.replace(",", "\t"), "t.csv:2", "wrong-delimiter"),
    ("GB18030", TEXT.replace(",a,", ",图书,").encode("gb18030"), "t.csv:2", "wrong-encoding"),
    ("UTF-16", TEXT.encode("utf-16"), "t.csv:1", "wrong-encoding"),
    ("no text", bytes(range(256)) * 9, "t.csv:2", "wrong-encoding"),
    ("nothing", "", "t.csv", "empty-file"),
    ("NUL", added("2015,\0,1,A"), "row 4, column kind", "invisible-character"),
    ("escape sequence", added("2015,\x1b[31m,1,A"), "row 4, column kind", "invisible-character"),
    ("a status of no list", added("2015,a,1,Z"), "row 4, column obs_status", "unknown-code"),
    ("text for a number", added("2015,a,many,A"), "row 4, column value", "not-a-number"),
    ("61 digits", added(f"2015,a,{'7' * 61},A"), "row 4, column value", "number-too-long"),
    ("5,000 digits", added(f"2015,a,{'7' * 5000},A"), "row 4, column value", "number-too-long"),
    ("5,000 decimals", added(f"2015,a,0.{'7' * 5000},A"), "row 4, column value", "number-too-long"),
    ("1e999", added("2015,a,1e999,A"), "row 4, column value", "number-too-long"),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "data", "place", "rule"), SLIPS)
def test_a_slip_of_a_table_is_one_diagnostic(slip: str, data: str | bytes, place: str, rule: str) -> None:
    found = one(load(data))
    assert (found.rule, str(found.place).endswith(place)) == (rule, True), (slip, str(found))


CORRECTION_SLIPS: list[tuple[str, str | bytes, str]] = [
    ("header in Chinese", "日期,表,键,列,旧值,新值,原因,批准人,程度\n" + LINE, "wrong-header"),
    ("title row", "更正\n" + CORRECTIONS + LINE, "wrong-header"),
    ("no header", LINE, "wrong-header"),
    ("one column misspelt", CORRECTIONS.replace("reason", "reson") + LINE, "unknown-column"),
    ("one column less", CORRECTIONS.replace(",severity", "") + LINE.replace(",minor", ""), "missing-column"),
    ("GB18030", (CORRECTIONS + LINE.replace("late", "迟报")).encode("gb18030"), "wrong-encoding"),
    ("semicolons", (CORRECTIONS + LINE).replace(";", "&").replace(",", ";"), "wrong-delimiter"),
    ("a cell too few", CORRECTIONS + LINE.replace(",minor", ""), "ragged-row"),
    ("open quotation", CORRECTIONS + LINE.replace("late", '"late'), "open-quotation"),
    ("no reason", CORRECTIONS + LINE.replace("late", ""), "empty-cell"),
    ("another old value", CORRECTIONS + LINE.replace(",1,2,", ",7,2,"), "wrong-old-value"),
    ("another date", CORRECTIONS + LINE.replace("2024-08-01", "1 August"), "not-a-date"),
]


@pytest.mark.parametrize(("slip", "data", "rule"), CORRECTION_SLIPS)
def test_a_slip_of_the_corrections_is_one_diagnostic(slip: str, data: str | bytes, rule: str) -> None:
    found = one(load({"t.csv": TEXT, "corrections.csv": data}))
    assert (found.rule, "corrections.csv" in str(found.place)) == (rule, True), slip


LIST_SLIPS = [
    ("header in Chinese", KINDS.replace("code,name_zh,name_en", "代码,中文,英文"), "wrong-header"),
    ("title row", "种类\n" + KINDS, "wrong-header"),
    ("a name less", KINDS.replace("Books", ""), "missing-name"),
    ("a code less", KINDS + ",地图,Maps\n", "empty-cell"),
    ("a code twice", KINDS + "b,地图,Maps\n", "repeated-key"),
]


@pytest.mark.parametrize(("slip", "kinds", "rule"), LIST_SLIPS)
def test_a_slip_of_a_code_list_is_one_diagnostic(slip: str, kinds: str, rule: str) -> None:
    assert one(with_list(TEXT, kinds)).rule == rule, slip


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("图书", "did you mean a?"),
        ("Books", "did you mean a?"),
        ("A", "did you mean a?"),
        ("zzz", "add it to kinds, or use one of its codes"),
    ],
)
def test_a_name_in_place_of_a_code_is_told_its_code(written: str, hint: str) -> None:
    assert one(with_list(TEXT.replace("2014,a", f"2014,{written}"))).hints == (hint,)


def test_places_of_a_table_in_several_files_name_the_file() -> None:
    files = {"a.csv": TEXT, "b.csv": TEXT}
    first, second = load(files, path=["a.csv", "b.csv"]).diagnostics
    assert str(first.place) == "data/b.csv, row 2, column kind"
    assert "it was first in data/a.csv, row 2" in first.message
    assert second.rule == "repeated-key"


# ---- remedies ------------------------------------------------------------------------------------------------------

WRITE = re.compile(r"write (\S+)\Z")


@pytest.mark.parametrize("kind", ["number", "integer"])
@pytest.mark.parametrize(
    "written",
    [
        "1,234",
        "1 234",
        "１２３",
        "12%",
        "1.2万",
        "3亿",
        "−5",
        " 12",
        "151000.0",
        "1.50",
        "1e3",
        "1,234.0",
        "+7",
        "5 %",
        "1.5e2",
    ],
)
def test_what_a_hint_says_to_write_is_read(kind: str, written: str) -> None:
    fields = WHOLE if kind == "integer" else FIELDS
    row = f'2015,a,"{written}",A'
    result = load(HEADER + row, fields=fields)
    if result.ok:
        return
    (hint,) = one(result).hints
    if hint == 'write a whole number, or declare the field as "type": "number"':
        as_number = load(HEADER + row)
        assert as_number.ok or WRITE.match(*one(as_number).hints)
        return
    meant = WRITE.match(hint)
    assert meant, hint
    assert meant[1] != written
    assert load(HEADER + f"2015,a,{meant[1]},A", fields=fields).diagnostics == ()


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "big5", "utf-32"])
def test_a_file_of_another_encoding_is_read_once_that_is_declared_or_it_is_converted(
    encoding: str, tmp_path: Path
) -> None:
    text = TEXT.replace(",a,", ",圖書館資料,")
    data = text.encode(encoding)
    declare, convert = one(load(data)).hints
    named = re.search(r'"encoding": "(.+)"', declare)
    assert named
    result = load(data, encoding=named[1])
    assert result.diagnostics == ()
    assert values(result) == values(load(text))
    command = re.search(r"iconv -f (\S+) -t UTF-8", convert)
    assert command
    if shutil.which("iconv"):
        (tmp_path / "t.csv").write_bytes(data)
        done = subprocess.run(
            ["iconv", "-f", command[1], "-t", "UTF-8", "t.csv"], cwd=tmp_path, capture_output=True
        )
        assert values(load(done.stdout)) == values(load(text))


@pytest.mark.parametrize(
    ("data", "dialect"),
    [
        ("Title\nUnit\n" + TEXT, {"headerRows": [3]}),
        (TEXT.removeprefix(HEADER), {"header": False}),
        (TEXT.replace(",", ";"), {"delimiter": ";"}),
        (TEXT + "Note: early,,,\n", {"lastRow": 3}),
    ],
)
def test_the_dialect_that_a_hint_names_reads_the_file(data: str, dialect: dict[str, Any]) -> None:
    hints = " ".join(one(load(data)).hints)
    ((name, value),) = dialect.items()
    assert f'"dialect": {{"{name}": {json.dumps(value)}}}' in hints
    result = load(data, dialect=dialect)
    assert result.diagnostics == ()
    assert values(result) == values(load(TEXT))


@pytest.mark.parametrize("status", ["H", "L", "M", "O", "Q"])
def test_a_missing_value_needs_no_list_of_statuses(status: str) -> None:
    assert load(added(f"2015,a,,{status}")).diagnostics == ()


def test_a_table_of_final_observations_says_so_once() -> None:
    text = "year,kind,value\n2013,a,1\n2014,a,2.5\n"
    result = load(text, fields=FIELDS[:3], reportgen={"obs_status": "E"})
    assert result.diagnostics == ()
    assert [row.status for row in result.value.tables["t"].rows] == ["E", "E"]
    assert "E" in result.value.code_lists["obs_status"].codes


def test_a_status_of_a_row_stands_above_that_of_its_table() -> None:
    result = load(TEXT.replace("2.5,A", "2.5,P").replace("1,A", "1,"), reportgen={"obs_status": "A"})
    assert result.diagnostics == ()
    assert [row.status for row in result.value.tables["t"].rows] == ["A", "P"]


def test_a_missing_value_of_a_table_of_one_status_is_told_the_way() -> None:
    found = one(load("year,kind,value\n2013,a,\n", fields=FIELDS[:3], reportgen={"obs_status": "A"}))
    assert found.hints == (
        "fill it, or give the table a column obs_status with O in this row (missing value)",
    )
    assert load("year,kind,value,obs_status\n2013,a,,O\n", reportgen={"obs_status": "A"}).diagnostics == ()
