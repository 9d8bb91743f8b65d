"""The data annex as a workbook: the tables' values, in every language, for people and for programs."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from made_report import composed, made
from openpyxl import load_workbook

from reportgen.build.annex_workbook import short_number, write_workbook
from reportgen.build.sources import Sources
from reportgen.data.package import Code, Correction, Table
from reportgen.edition.document import (
    ComposedDocument,
    CrossReference,
    Figure,
    Hyperlink,
    Inlines,
    NoteReference,
    Text,
)

ROOT = Path(__file__).parents[2]
TABLES = {figure.name: figure.table for figure in made().sources.manuscript.figures()}
FIGURES = {short_number(figure): figure for figure in composed()[0].figures()}
HEAD = 5
"""The row of the machine-readable heads: two captions, the unit, the titles, the names."""


@lru_cache(maxsize=1)
def shipped() -> bytes:
    return write_workbook(made().sources, composed())


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


@lru_cache(maxsize=1)
def book() -> Any:
    return opened(shipped())


def sheet_of(number: str) -> Any:
    return book()[number]


def table_of(number: str) -> Table:
    return made().sources.package.tables[TABLES[FIGURES[number].name]]


def heads(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[HEAD]]


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def changed(name: str, **changes: Any) -> Sources:
    """Return the shipped sources with a table changed."""
    package = made().sources.package
    table = replace(package.tables[name], **changes)
    return replace(made().sources, package=replace(package, tables={**package.tables, name: table}))


def with_code(code_list: str, code: str, name: str) -> Sources:
    """Return the shipped sources with a code named otherwise in every language."""
    package = made().sources.package
    codes = package.code_lists[code_list]
    other = replace(codes, codes={**codes.codes, code: Code(code, {"zh": name, "en": name})})
    return replace(
        made().sources, package=replace(package, code_lists={**package.code_lists, code_list: other})
    )


def test_there_is_a_sheet_a_figure_named_by_its_number() -> None:
    names = book().sheetnames
    assert names == ["1-1", "1-2", "1-3", "2-1", "2-2", "3-1", "3-2", "3-3", "4-1", "4-2", "4-3", "4-4"]
    assert names == list(FIGURES)


@pytest.mark.parametrize("number", FIGURES)
def test_every_value_is_the_tables(number: str) -> None:
    sheet, table = sheet_of(number), table_of(number)
    names = heads(sheet)
    for k, row in enumerate(table.rows, HEAD + 1):
        for name, column in table.columns.items():
            cell, value = sheet.cell(k, names.index(name) + 1).value, row.values[name]
            if isinstance(value, Decimal):
                assert Decimal(str(cell)) == value
            else:
                assert cell == (int(value) if column.type == "year" and value else value)
    assert sheet.cell(HEAD + len(table.rows) + 1, 1).value is None


@pytest.mark.parametrize("number", FIGURES)
def test_every_code_has_its_name_in_both_languages(number: str) -> None:
    sheet, table = sheet_of(number), table_of(number)
    names = heads(sheet)
    coded = [column for column in table.columns.values() if column.code_list]
    assert coded
    for column in coded:
        codes = made().sources.package.code_lists[column.code_list or ""].codes
        for language in ("zh", "en"):
            place = names.index(f"{column.name}_{language}") + 1
            written = [sheet.cell(HEAD + 1 + k, place).value for k in range(len(table.rows))]
            assert written == [codes[str(row.values[column.name])].names[language] for row in table.rows]


@pytest.mark.parametrize("number", FIGURES)
def test_captions_units_notes_and_sources_stand_in_both_languages(number: str) -> None:
    said = texts(sheet_of(number))
    for edition in composed():
        figure = next(f for f in edition.figures() if short_number(f) == number)
        assert any(text.startswith(figure.number) for text in said)
        assert any(figure.unit in text for text in said)
        for line in (*figure.notes, figure.source):
            assert "".join(run.text for run in line) in said  # type: ignore[union-attr]


def test_titles_say_the_unit() -> None:
    titles = [cell.value for cell in sheet_of("1-1")[HEAD - 1]]
    assert titles[0] == "年份 / Year"
    assert "数量 [件] / Number [piece]" in titles


@pytest.mark.parametrize("number", FIGURES)
def test_values_that_are_estimated_bear_their_status_and_are_italic(number: str) -> None:
    sheet, table = sheet_of(number), table_of(number)
    names = heads(sheet)
    for k, row in enumerate(table.rows, HEAD + 1):
        assert sheet.cell(k, names.index("obs_status") + 1).value == row.status
        assert bool(sheet.cell(k, names.index("value") + 1).font.italic) == (row.status != "A")


@pytest.mark.parametrize("number", FIGURES)
def test_numbers_are_grouped_and_years_are_not(number: str) -> None:
    sheet = sheet_of(number)
    for place, name in enumerate(heads(sheet), 1):
        if name in ("value", "year"):
            cell = sheet.cell(HEAD + 1, place)
            assert isinstance(cell.value, int)
            assert cell.number_format == ("#,##0" if name == "value" else "0")


def test_shares_keep_their_decimals() -> None:
    table = made().sources.package.tables["cn-yearly"]
    rows = (
        replace(table.rows[0], values={**table.rows[0].values, "value": Decimal("0.1250")}),
        replace(table.rows[1], values={**table.rows[1].values, "value": Decimal("-3.5")}),
        replace(table.rows[2], values={**table.rows[2].values, "value": None}),
    )
    sheet = opened(write_workbook(changed("cn-yearly", rows=rows), composed()))["1-1"]
    place = heads(sheet).index("value") + 1
    assert [sheet.cell(HEAD + k, place).value for k in (1, 2, 3)] == [0.125, -3.5, None]
    assert sheet.cell(HEAD + 1, place).number_format == "#,##0.0000"  # as the annex prints it


@pytest.mark.parametrize("number", FIGURES)
def test_columns_are_wide_enough_for_what_they_hold(number: str) -> None:
    sheet = sheet_of(number)
    for column in sheet.iter_cols(min_row=HEAD, max_row=HEAD + len(table_of(number).rows)):
        width = sheet.column_dimensions[column[0].column_letter].width
        for cell in column:
            text = f"{cell.value:,}" if isinstance(cell.value, int) else str(cell.value or "")
            needed = sum(2 if char >= "\u2e80" else 1 for char in text)
            assert needed < width or cell.alignment.wrap_text


@pytest.mark.parametrize("number", FIGURES)
def test_heads_stay_in_sight_and_are_repeated_in_print(number: str) -> None:
    sheet = sheet_of(number)
    assert sheet.freeze_panes == f"A{HEAD + 1}"
    assert sheet.print_title_rows in (f"${1}:${HEAD}", f"1:{HEAD}")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


@pytest.mark.parametrize("number", FIGURES)
def test_the_observations_are_a_table_for_programs(number: str) -> None:
    sheet, table = sheet_of(number), table_of(number)
    (block,) = sheet.tables.values()
    assert block.displayName == f"figure_{number.replace('-', '_')}"
    assert block.ref.startswith(f"A{HEAD}:")
    assert block.ref.endswith(str(HEAD + len(table.rows)))
    assert [column.name for column in block.tableColumns] == heads(sheet)


@pytest.mark.parametrize(
    "words", ["=1+1", '=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)", "#N/A", "＝1+1", " =1"]
)
def test_words_are_never_formulas(words: str) -> None:
    data = write_workbook(with_code("companies", "huawei", words), composed())
    sheet = opened(data)["1-2"]
    cell = sheet.cell(HEAD + 1, heads(sheet).index("company_en") + 1)
    assert (cell.value, cell.data_type) == (words, "s")
    assert cell.quotePrefix == (
        words[0] in "=+-@＝ "
    )  # else it becomes a formula when somebody edits the cell
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if b"<f>" in file.read(name)]


def test_control_characters_do_not_break_the_file() -> None:
    sheet = opened(write_workbook(with_code("companies", "huawei", "a\x0bb\ufffe"), composed()))["1-2"]
    assert sheet.cell(HEAD + 1, heads(sheet).index("company_en") + 1).value == "ab"


def test_one_edition_alone_has_one_language() -> None:
    sheet = opened(write_workbook(made().sources, composed()[1:]))["1-1"]
    names = [cell.value for cell in sheet[HEAD - 1]]
    assert "measure_en" in names
    assert "measure_zh" not in names


def test_a_corrected_cell_says_what_was_changed_and_why() -> None:
    table = made().sources.package.tables["cn-yearly"]
    first = table.rows[0]
    change = Correction(
        "2024-08-01", "cn-yearly", "2013/applications", "value", "1999", "2000", "misread", "the office", "minor",
        first.ref("value"),
    )  # fmt: skip
    rows = (replace(first, corrections={"value": (change,)}), *table.rows[1:])
    sources = changed("cn-yearly", rows=rows)
    data = write_workbook(sources, composed())
    assert data == write_workbook(sources, composed())
    sheet = opened(data)["1-1"]
    comments = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert [cell.coordinate for cell in comments] == [f"E{HEAD + 1}"]
    assert comments[0].comment.text.startswith("2024-08-01: 1999 → 2000\nmisread")


def test_a_report_without_figures_has_an_annex_that_opens() -> None:
    bare = tuple(replace(c, sections=()) for c in composed())
    assert opened(write_workbook(made().sources, bare)).sheetnames == ["-"]


def test_a_table_without_rows_has_its_heads() -> None:
    sheet = opened(write_workbook(changed("cn-yearly", rows=()), composed()))["1-1"]
    assert heads(sheet)[:2] == ["year", "measure"]
    assert sheet.tables["figure_1_1"].ref == f"A{HEAD}:I{HEAD + 1}"


def test_properties_come_from_the_report_and_not_from_the_clock() -> None:
    properties = book().properties
    date = datetime.fromisoformat(composed()[0].date).astimezone(UTC).replace(tzinfo=None)
    assert properties.modified == properties.created == date
    assert composed()[0].title in properties.title
    with zipfile.ZipFile(io.BytesIO(shipped())) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from made_report import composed, made
from reportgen.build.annex_workbook import write_workbook
print(hashlib.sha256(write_workbook(made().sources, composed())).hexdigest())
"""


def test_two_processes_write_the_same_bytes() -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)]
    other = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert hashlib.sha256(shipped()).hexdigest() == other


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ((Text("one"), Text("\n"), Text("two", ("strong",))), "one two"),
        ((Text("逐年"), Text("\n"), Text("申请", lang="zh-CN")), "逐年申请"),
        ((Text("逐年"), NoteReference("n", "①"), Text("申请")), "逐年申请"),
        ((Text("见"), CrossReference("fig-a", "图1-1")), "见图1-1"),
        ((Hyperlink("https://x.org", (Text("our"), Text("\n"), Text("site"))),), "our site"),
        ((Text("ap\u00adplications"),), "applications"),
    ],
)
def test_words_of_a_figure_are_one_line_of_characters(caption: Inlines, expected: str) -> None:
    def worded(edition: ComposedDocument) -> ComposedDocument:
        sections = tuple(
            replace(s, blocks=tuple(_worded(b, caption) if isinstance(b, Figure) else b for b in s.blocks))
            for s in edition.sections
        )
        return replace(edition, sections=sections)

    sheet = opened(write_workbook(made().sources, tuple(map(worded, composed())))).worksheets[0]
    written = texts(sheet)
    assert written[0].endswith(f"  {expected}")
    assert written[-1] == expected


def _worded(figure: Figure, content: Inlines) -> Figure:
    return replace(figure, caption=content, notes=(content,), source=content)
