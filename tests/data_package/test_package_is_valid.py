"""The data package is a valid Frictionless one, every observation says what it rests on, every code is in its list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from package_reader import DATA, DESCRIPTOR, Row, code_lists, read_rows, resources, tables

TABLE_NAMES = [table["name"] for table in tables()]
FIGURES = [f"{part}-{n}" for part, count in ((1, 3), (2, 2), (3, 3), (4, 4)) for n in range(1, count + 1)]


def rows_of(resource: dict[str, Any]) -> list[Row]:
    return read_rows(DATA / resource["path"])


def dimensions(table: dict[str, Any]) -> list[str]:
    fields = table["schema"]["fields"]
    return [field["name"] for field in fields if field["reportgen"]["role"] == "dimension"]


def test_frictionless_accepts_the_package() -> None:
    from frictionless import validate

    report = validate(str(DESCRIPTOR))
    assert report.flatten(["type", "title", "rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert len(report.tasks) == len(resources())


def test_frictionless_refuses_a_code_that_is_in_no_list(tmp_path: Path) -> None:
    from frictionless import validate

    for source in [DESCRIPTOR, *sorted(DATA.glob("*.csv")), *sorted(DATA.glob("lists/*.csv"))]:
        copy = tmp_path / source.relative_to(DATA)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(source.read_bytes())
    table = tmp_path / "cn-top-companies.csv"
    table.write_text(table.read_text("utf-8").replace("huawei", "hauwei"), "utf-8")
    report = validate(str(tmp_path / "datapackage.json"))
    assert [error[0] for error in report.flatten(["type"])] == ["foreign-key"]


def test_every_figure_has_its_table() -> None:
    assert sorted(t["reportgen"]["figure"] for t in tables() if "figure" in t["reportgen"]) == FIGURES


def test_every_file_of_tables_and_lists_is_described() -> None:
    evidence = {"published-facts.csv", "known-endpoints.csv", "corrections.csv"}
    files = {p.relative_to(DATA).as_posix() for p in (*DATA.glob("*.csv"), *DATA.glob("lists/*.csv"))}
    assert files - evidence == {resource["path"] for resource in resources()}


@pytest.mark.parametrize("table", tables(), ids=TABLE_NAMES)
def test_every_observation_has_a_status_and_a_basis(table: dict[str, Any]) -> None:
    statuses = {row["code"] for row in read_rows(DATA / "lists" / "obs-status.csv")}
    rows = rows_of(table)
    assert rows
    assert all(row["value"] and row["obs_status"] in statuses and row["basis"] for row in rows)


@pytest.mark.parametrize("table", tables(), ids=TABLE_NAMES)
def test_every_coded_column_names_a_list_that_has_its_codes(table: dict[str, Any]) -> None:
    lists = {r["name"]: {row["code"] for row in rows_of(r)} for r in code_lists()}
    keys = {key["fields"][0]: key["reference"]["resource"] for key in table["schema"]["foreignKeys"]}
    coded = {
        field["name"]: field["reportgen"]["code_list"]
        for field in table["schema"]["fields"]
        if "code_list" in field["reportgen"]
    }
    assert coded == keys
    for column, name in coded.items():
        assert {row[column] for row in rows_of(table)} <= lists[name]


@pytest.mark.parametrize("table", tables(), ids=TABLE_NAMES)
def test_dimensions_are_the_key_and_the_annex_uses_each_once(table: dict[str, Any]) -> None:
    annex = table["reportgen"]["annex"]
    assert dimensions(table) == table["schema"]["primaryKey"]
    assert sorted(annex["rows"] + annex["columns"]) == sorted(dimensions(table))
    assert annex["rows"]


@pytest.mark.parametrize("table", tables(), ids=TABLE_NAMES)
def test_columns_of_the_file_are_those_described(table: dict[str, Any]) -> None:
    header = (DATA / table["path"]).read_text("utf-8").splitlines()[0].split(",")
    assert header == [field["name"] for field in table["schema"]["fields"]]


def test_titles_are_in_both_languages() -> None:
    for resource in resources():
        marked = [resource, *resource["schema"]["fields"]]
        assert all(sorted(m["reportgen"]["titles"]) == ["en", "zh"] for m in marked)
        assert all(m["reportgen"]["titles"][lang].strip() for m in marked for lang in ("zh", "en"))


@pytest.mark.parametrize("code_list", code_lists(), ids=lambda r: r["name"])
def test_code_lists_name_each_code_in_both_languages(code_list: dict[str, Any]) -> None:
    rows = rows_of(code_list)
    assert all(row["name_zh"].strip() and row["name_en"].strip() for row in rows)
    assert all(bool(row["short_zh"]) == bool(row["short_en"]) for row in rows)
    for column in ("code", "name_zh", "name_en"):
        assert len({row[column] for row in rows}) == len(rows)


def test_all_thirty_five_fields_are_listed_in_order() -> None:
    numbers = [int(row["number"]) for row in read_rows(DATA / "lists" / "fields.csv")]
    assert numbers == list(range(1, 36))


def test_files_are_canonical() -> None:
    for resource in resources():
        raw = (DATA / resource["path"]).read_bytes()
        assert raw.endswith(b"\n")
        assert b"\r" not in raw
        assert not raw.startswith(b"\xef\xbb\xbf")
    text = DESCRIPTOR.read_text("utf-8")
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text


def reconstruct_into(folder: Path, seed: str) -> dict[str, bytes]:
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    script = str(DATA / "reconstruct.py")
    subprocess.run([sys.executable, script, str(folder)], check=True, env=environment)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_committed_tables_are_what_the_reconstruction_makes_each_time(tmp_path: Path) -> None:
    first = reconstruct_into(tmp_path / "first", "1")
    assert first == reconstruct_into(tmp_path / "second", "2")
    assert sorted(first) == sorted(f"{name}.csv" for name in TABLE_NAMES)
    assert first == {name: (DATA / name).read_bytes() for name in first}
