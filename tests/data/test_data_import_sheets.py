"""Sheets as Chinese yearbooks and Eurostat lay them out: each is imported right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from importing_sheets import TONGUES, csv_of, ods_of, plan, short, table, xlsx_of

from reportgen.base.world import World
from reportgen.data.importing.drafting import Plan
from reportgen.data.importing.plan import plan_import
from reportgen.data.importing.recipe import Recipe
from reportgen.data.importing.words import led_by

YEARBOOK = [
    ["表2-1 能源生产总量", "", "", ""],
    ["", "", "", "单位：万吨"],
    ["年份", "总量", "原煤", "原油"],
    ["2019", "397,317", "272 161", "２７２９８"],
    ["2020", "407295", "275343e", "…"],
    ["注：按等价值计算。", "", "", ""],
    ["资料来源：国家统计局", "", "", ""],
]
YEARBOOK_READ = {
    "2019 总量": "397317 A",
    "2019 原煤": "272161 A",
    "2019 原油": "27298 A",
    "2020 总量": "407295 A",
    "2020 原煤": "275343 E",
    "2020 原油": "O",
}
THREE_LEVELS = [
    ["分地区分性别人口", "", "", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "", "", "单位：万人"],
    ["地区", 2020, "", "", "", 2021, "", "", ""],
    ["", "城镇", "", "乡村", "", "城镇", "", "乡村", ""],
    ["", "男", "女", "男", "女", "男", "女", "男", "女"],
    ["北京", 1, 2, 3, 4, 5, 6, 7, 8],
    ["天津", 11, 12, 13, 14, 15, 16, 17, 18],
]
THREE_MERGES = [
    (0, 0, 0, 8),
    (2, 0, 4, 0),
    (2, 1, 2, 4),
    (2, 5, 2, 8),
    *((3, c, 3, c + 1) for c in (1, 3, 5, 7)),
]
THREE_READ = {
    f"{year} {region} {where} {sex}": f"{10 * r + 4 * y + 2 * w + s + 1} A"
    for y, year in enumerate(("2020", "2021"))
    for r, region in enumerate(("北京", "天津"))
    for w, where in enumerate(("城镇", "乡村"))
    for s, sex in enumerate("男女")
}
PER_CENT = {(r, c): {"num_format": "0.0%"} for r in (1, 2) for c in (1, 2)}
QUARTERS = [
    ["2021年各季度产值", "", ""],
    ["指标", "一季度", "二季度"],
    ["农业", "1.5", "2"],
    ["工业", "4", "6.25"],
]

CASES: Mapping[str, tuple[bytes, str, Mapping[str, Any], Mapping[str, str]]] = {
    "a yearbook in GB 18030": (csv_of(YEARBOOK, "gb18030"), "table.csv", {}, YEARBOOK_READ),
    "in UTF-16 with a mark": (csv_of(YEARBOOK, "utf-16"), "table.csv", {}, YEARBOOK_READ),
    "in UTF-16 without one": (csv_of(YEARBOOK, "utf-16-le"), "table.csv", {}, YEARBOOK_READ),
    "in UTF-8 with a mark": (csv_of(YEARBOOK, "utf-8-sig"), "table.csv", {}, YEARBOOK_READ),
    "semicolons": (csv_of(YEARBOOK, "utf-8", ";"), "table.csv", {}, YEARBOOK_READ),
    "tabs": (csv_of(YEARBOOK, "utf-8", "\t"), "table.tsv", {}, YEARBOOK_READ),
    "a workbook": (xlsx_of(YEARBOOK), "table.xlsx", {}, YEARBOOK_READ),
    "an OpenDocument sheet": (ods_of(YEARBOOK), "table.ods", {}, YEARBOOK_READ),
    "a head of three levels": (xlsx_of(THREE_LEVELS, THREE_MERGES), "table.xlsx", {}, THREE_READ),
    "three levels without merges": (csv_of(THREE_LEVELS), "table.csv", {}, THREE_READ),
    "three levels, OpenDocument": (ods_of(THREE_LEVELS, THREE_MERGES), "table.ods", {}, THREE_READ),
    "merged labels": (
        xlsx_of(
            [
                ["性别", "城乡", "2020", "2021"],
                ["男", "城镇", 1, 2],
                ["", "乡村", 3, 4],
                ["女", "城镇", 5, 6],
                ["", "乡村", 7, 8],
            ],
            [(1, 0, 2, 0), (3, 0, 4, 0)],
        ),
        "table.xlsx",
        {},
        {
            "2020 男 城镇": "1 A",
            "2021 男 城镇": "2 A",
            "2020 男 乡村": "3 A",
            "2021 男 乡村": "4 A",
            "2020 女 城镇": "5 A",
            "2021 女 城镇": "6 A",
            "2020 女 乡村": "7 A",
            "2021 女 乡村": "8 A",
        },
    ),
    "groups of rows": (
        csv_of(
            [
                ["", "2020", "2021"],
                ["男", "", ""],
                [" 城镇", 1, 2],
                [" 乡村", 3, 4],
                ["女", "", ""],
                [" 城镇", 5, 6],
                [" 乡村", 7, 8],
            ]
        ),
        "table.csv",
        {},
        {
            "2020 男 城镇": "1 A",
            "2021 男 城镇": "2 A",
            "2020 男 乡村": "3 A",
            "2021 男 乡村": "4 A",
            "2020 女 城镇": "5 A",
            "2021 女 城镇": "6 A",
            "2020 女 乡村": "7 A",
            "2021 女 乡村": "8 A",
        },
    ),
    "percentages of Excel": (
        xlsx_of([["省", "2020", "2021"], ["甲省", 0.152, 0.2], ["乙省", 0.11, 0.3]], formats=PER_CENT),
        "table.xlsx",
        {},
        {"2020 甲省": "15.2 A", "2021 甲省": "20 A", "2020 乙省": "11 A", "2021 乙省": "30 A"},
    ),
    "percentages in words": (
        csv_of([["省", "2020", "2021"], ["甲省", "15.2%", "20％"]]),
        "table.csv",
        {},
        {"2020 甲省": "15.2 A", "2021 甲省": "20 A"},
    ),
    "quarters across, the year in the title": (
        csv_of(QUARTERS),
        "table.csv",
        {},
        {"2021Q1 农业": "1.5 A", "2021Q2 农业": "2 A", "2021Q1 工业": "4 A", "2021Q2 工业": "6.25 A"},
    ),
    "decimal commas": (
        csv_of([["指标", "2021Q1", "2021Q2"], ["农业", "1,5", "1.234,5"]], "utf-8", ";"),
        "table.csv",
        {},
        {"2021Q1 农业": "1.5 A", "2021Q2 农业": "1234.5 A"},
    ),
    "months down in years": (
        csv_of(
            [
                ["年份", "月份", "发电量（亿千瓦时）"],
                ["2021", "1月", "5.5"],
                ["", "2月", "6"],
                ["2022", "1月", "7"],
            ]
        ),
        "table.csv",
        {},
        {"2021-01": "5.5 A", "2021-02": "6 A", "2022-01": "7 A"},
    ),
    "years across, months down": (
        csv_of([["月份", "2021年", "2022年"], ["1月", "5.5", "6"], ["2月", "7", "8"]]),
        "table.csv",
        {},
        {"2021-01": "5.5 A", "2022-01": "6 A", "2021-02": "7 A", "2022-02": "8 A"},
    ),
    "up to a month": (
        csv_of([["指标", "2021年1-3月", "2022年1-3月"], ["发电", "5.5", "6"]]),
        "table.csv",
        {},
        {"2021-01/2021-03 发电": "5.5 A", "2022-01/2022-03 发电": "6 A"},
    ),
    "Eurostat's file": (
        b"freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \nA,PC,AT\t12.3 e\t: \nA,PC,DE\t5.1 \t6.2 bp\n",
        "table.tsv",
        {},
        {"2019 AT": "12.3 E", "2020 AT": "O", "2019 DE": "5.1 A", "2020 DE": "6.2 B"},
    ),
    "Eurostat's columns of flags": (
        csv_of(
            [
                ["TIME", "2020", "", "2021", ""],
                ["GEO (Labels)", "", "", "", ""],
                ["Belgium", "1.5", "e", "2.5", ""],
                ["Bulgaria", ":", "c", "3", "b"],
            ]
        ),
        "table.csv",
        {},
        {"2020 Belgium": "1.5 E", "2021 Belgium": "2.5 A", "2020 Bulgaria": "Q", "2021 Bulgaria": "3 B"},
    ),
    "a table that is long already": (
        csv_of([["year", "region", "value", "obs_status"], ["2020", "A", "1", "A"], ["2020", "B", "", "O"]]),
        "table.csv",
        {},
        {"2020 A": "1 A", "2020 B": "O"},
    ),
    "blank columns between": (
        csv_of([["地区", "", "2020", "", "2021"], ["北京", "", "1", "", "2"]]),
        "table.csv",
        {},
        {"2020 北京": "1 A", "2021 北京": "2 A"},
    ),
    "numbered rows and columns": (
        csv_of(
            [
                ["序号", "指标", "计量单位", "2020", "2021"],
                ["", "甲", "乙", "1", "2"],
                ["1", "人口", "万人", "12.5", "13"],
                ["2", "面积", "公顷", "5", "6"],
            ]
        ),
        "table.csv",
        {},
        {"2020 人口": "12.5 A", "2021 人口": "13 A", "2020 面积": "5 A", "2021 面积": "6 A"},
    ),
    "growth beside years": (
        csv_of([["指标", "2020", "2021", "2021年比2020年增长（%）"], ["人口", "12.5", "13", "4"]]),
        "table.csv",
        {},
        {"2020 人口": "12.5 A", "2021 人口": "13 A"},
    ),
    "counts that look like years": (
        csv_of(
            [["单位：万吨", "", ""], ["年份", "北京", "天津"], ["2015", 1950, "1999"], ["2016", 2001, "2004"]]
        ),
        "table.csv",
        {},
        {"2015 北京": "1950 A", "2015 天津": "1999 A", "2016 北京": "2001 A", "2016 天津": "2004 A"},
    ),
    "noise of a computer": (
        xlsx_of([["地区", "2020", "2021"], ["北京", 151000.00000000001, 0.1 + 0.2]]),
        "table.xlsx",
        {},
        {"2020 北京": "151000 A", "2021 北京": "0.3 A"},
    ),
    "a flag at a year": (
        csv_of([["地区", "2020", "2021p"], ["北京", "12", "13"]]),
        "table.csv",
        {},
        {"2020 北京": "12 A", "2021 北京": "13 P"},
    ),
    "full-width years": (
        csv_of([["地区", "２０２０年", "２０２１年"], ["北京", "１２", "13"]]),
        "table.csv",
        {},
        {"2020 北京": "12 A", "2021 北京": "13 A"},
    ),
    "a range of cells": (
        csv_of([["x", "y", "", ""], ["地区", "2020", "2021", "说什么"], ["北京", "12", "13", "99"]]),
        "table.csv",
        {"range": "A2:C3"},
        {"2020 北京": "12 A", "2021 北京": "13 A"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_every_sheet_is_read_right(name: str) -> None:
    data, file, asked, expected = CASES[name]
    assert short(plan(data, file, **asked)) == expected


def test_what_stands_around_the_table_is_kept() -> None:
    made = plan(csv_of(YEARBOOK), "energy-2020.csv")
    entry = made.files["data/datapackage.json"].decode()
    assert made.name == "energy"
    assert '"zh": "能源生产总量"' in entry
    assert '"title": "国家统计局"' in entry
    assert made.recipe.notes == ("注：按等价值计算。",)
    assert made.recipe.sources == ("国家统计局",)
    assert made.recipe.units == {"万吨": "u01"}
    assert made.questions.names == {"en": ("总量", "原煤", "原油", "万吨", "能源生产总量", "国家统计局")}


def test_two_languages_in_one_cell_name_things_in_both() -> None:
    head = ["年份\nYear", "原煤（万吨）\nRaw coal (10 000 tons)", "原油（万吨）\nCrude oil (10 000 tons)"]
    rows = [["能源产量\nEnergy output", "", ""], head, [2020, 1.5, 2], [2021, 3, 4]]
    made = plan(xlsx_of(rows), "energy.xlsx")
    assert made.questions.count == 0
    listed = made.files["data/lists/energy-item.csv"].decode()
    assert listed == "code,name_zh,name_en\nraw_coal,原煤,Raw coal\ncrude_oil,原油,Crude oil\n"
    assert "万吨,10 000 tons" in made.files["data/lists/units.csv"].decode()


def test_labels_in_another_language_at_the_right_are_names() -> None:
    rows = [["地区", "2020", "2021", "Region"], ["北京", 12, 13, "Beijing"], ["天津", 14, 15, "Tianjin"]]
    listed = plan(csv_of(rows), "table.csv", unit="人", table="a").files["data/lists/a-region.csv"].decode()
    assert listed == "code,name_zh,name_en\nbeijing,北京,Beijing\ntianjin,天津,Tianjin\n"


def test_parts_keep_what_they_are_parts_of() -> None:
    rows = [["项目", "2020"], ["工业", "10"], ["  其中：采矿业", "3"], ["        制造业", "7"], ["农业", "5"]]
    listed = (
        plan(csv_of(rows), "table.csv", unit="亿元", table="a").files["data/lists/a-indicator.csv"].decode()
    )
    lines = listed.splitlines()
    assert lines[0] == "code,name_zh,name_en,parent"
    assert [(line.split(",")[1], line.split(",")[3]) for line in lines[1:]] == [
        ("工业", ""),
        ("采矿业", "c01"),
        ("制造业", "c01"),
        ("农业", ""),
    ]


def test_footnotes_are_the_basis_of_what_they_mark() -> None:
    rows = [
        ["地区", "2020", "2021"],
        ["北京①", "12", "13 1)"],
        ["天津", "14", "15"],
        ["注：①含开发区。", "", ""],
        ["1) 初步数。", "", ""],
    ]
    found = [row["basis"] for row in table(plan(csv_of(rows), "table.csv", unit="人"))]
    assert found == ["含开发区。", "初步数。；含开发区。", "", ""]


def test_superscripts_of_excel_are_marks() -> None:
    import io

    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.Workbook()
    for row in (["地区", "2020", "2021"], ["北京", 12, 13], ["注1：含开发区。"]):
        book.active.append(row)
    book.active["A2"] = CellRichText("北京", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    out = io.BytesIO()
    book.save(out)
    rows = table(plan(out.getvalue(), "table.xlsx", unit="人"))
    assert [(row["region"], row["basis"]) for row in rows] == [("北京", "含开发区。"), ("北京", "含开发区。")]


def test_a_total_is_kept_as_a_code_and_compared_with_its_parts() -> None:
    rows = [["地区", "2020", "2021"], ["合计", "30", "50"], ["北京", "10", "20"], ["天津", "20", "30"]]
    made = plan(csv_of(rows), "table.csv", unit="人")
    assert "the parts add up to it in 2 of 2" in "\n".join(made.about)
    assert made.recipe.labels["region"]["合计"] == "total"


def test_a_total_that_its_parts_do_not_make_is_a_warning() -> None:
    rows = [["地区", "2020", "2021"], ["合计", "30", "99"], ["北京", "10", "20"], ["天津", "20", "30"]]
    found = plan_import(World.of_files({}), csv_of(rows), "table.csv", TONGUES, Recipe(unit="人"))
    assert [(d.rule, str(d.place)) for d in found.diagnostics] == [
        ("wrong-total", "table.csv, row 2, column C")
    ]
    assert found.diagnostics[0].message == "the total is 99, its parts add up to 50"


def test_characters_that_nobody_sees_are_left_out() -> None:
    rows = [["地区", "2020", "2021"], ["北\u200b京\u202e", "10", "\ufeff20"], ["天\x1b津", "20", "30"]]
    made = plan(csv_of(rows), "table.csv", unit="人")
    assert set(made.recipe.labels["region"]) == {"北京", "天津"}
    assert "\x1b" not in b"".join(made.files.values()).decode() + "".join(made.about)


def test_different_units_make_a_column_of_units() -> None:
    rows = [["地区", "人口（万人）", "面积（公顷）"], ["北京", "12", "13"], ["天津", "14", "15"]]
    assert [row["unit"] for row in table(plan(csv_of(rows), "table.csv"))] == ["u01", "u02", "u01", "u02"]


def test_known_names_take_the_codes_of_the_package() -> None:
    made = plan(
        csv_of([["地区", "2020"], ["北 京", "12"], ["天津", "14"], ["河北", "1"]]),
        "table.csv",
        world=package(),
        unit="人",
    )
    assert made.recipe.lists == {"region": "cities"}
    assert made.recipe.labels["region"] == {"北京": "BJ", "天津": "TJ", "河北": "c03"}
    assert (
        made.files["data/lists/cities.csv"].decode()
        == "code,name_zh,name_en\nBJ,北京,Beijing\nTJ,天津,Tianjin\nc03,河北,\n"
    )
    text = made.files["data/datapackage.json"].decode()
    assert text.startswith(DESCRIPTOR.rstrip().removesuffix("]\n}").rstrip())


DESCRIPTOR = """{
  "name":   "own-spacing",
  "resources": [
    {"name": "cities", "path": "lists/cities.csv", "reportgen": {"role": "code-list"},
     "schema": {"fields": [{"name": "code"}, {"name": "name_zh"}, {"name": "name_en"}], "primaryKey": "code"}}
  ]
}
"""


def package() -> Any:
    cities = "code,name_zh,name_en\nBJ,北京,Beijing\nTJ,天津,Tianjin\n"
    return World.of_files({"data/datapackage.json": DESCRIPTOR, "data/lists/cities.csv": cities})


def test_an_import_is_the_same_each_time() -> None:
    made: list[Plan] = [plan(xlsx_of(THREE_LEVELS, THREE_MERGES), "table.xlsx") for _ in range(2)]
    assert made[0].files == made[1].files


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("source", "资料来源：某局（虚构）", "某局（虚构）"),
        ("source", "（资料来源：局（甲））", "局（甲）"),
        ("unit", "（单位：万吨）", "万吨"),
        ("unit", "[Unit: kg]", "kg"),
        ("unit", "单位：万吨", "万吨"),
        ("note", "注：1）甲；2）乙）", "1）甲；2）乙）"),
        ("note", "注：见[1]", "见[1]"),
    ],
)
def test_a_bracket_of_the_text_itself_stays(kind: str, text: str, said: str) -> None:
    assert led_by(kind, text) == said
