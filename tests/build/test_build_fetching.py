"""Answers of databases: asked for by name, kept with their record, and read by a build that opens no database."""

from __future__ import annotations

import json
import sqlite3
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen.base.diagnostics import Result
from reportgen.base.world import World
from reportgen.build.fetching import Fetched, fetch
from reportgen.data.load import load_package

FIELDS = [{"name": "year", "type": "year"}, {"name": "value", "type": "number"}, {"name": "obs_status"}]
SELECT = "SELECT year, value, obs_status FROM loans ORDER BY year"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project beside a database of two observations."""
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "library.db") as database:
        database.execute("CREATE TABLE loans (year INT, value NUMERIC, obs_status TEXT)")
        database.executemany("INSERT INTO loans VALUES (?, ?, ?)", [(2013, 1.1, "A"), (2014, None, "O")])
    database.close()
    return tmp_path


def declare(project: Path, path: str = "loans.csv", **sql: str) -> World:
    ours = {"sql": {"url": "sqlite:///library.db", "query": SELECT, **sql}}
    ours["sql"] = {key: value for key, value in ours["sql"].items() if value}
    resource = {
        "name": "loans",
        "path": path,
        "schema": {"fields": FIELDS, "primaryKey": "year"},
        "reportgen": ours,
    }
    text = json.dumps({"name": "test", "resources": [resource]}, indent=1)
    (project / "data/datapackage.json").write_text(text, encoding="utf-8")
    return World(project)


def keep(project: Path, result: Result[tuple[Fetched, ...]]) -> None:
    assert result.diagnostics == ()
    for fetched in result.value:
        for path, data in fetched.files.items():
            (project / path).write_bytes(data)


def said(result: Result[Any]) -> str:
    assert len(result.diagnostics) == 1, [str(d) for d in result.diagnostics]
    assert result.diagnostics[0].hints
    return str(result.diagnostics[0])


def test_an_answer_is_kept_with_its_record_and_read_without_the_database(project: Path) -> None:
    world = declare(project)
    keep(project, fetch(world, (), "2024-07-01", {}))
    (project / "library.db").unlink()
    result = load_package(world)
    assert result.diagnostics == ()
    assert [row.values["value"] for row in result.value.tables["loans"].rows] == [Decimal("1.1"), None]
    record = json.loads((project / "data/loans.csv.query.json").read_text(encoding="utf-8"))
    assert (record["query"], record["date"], record["rows"]) == (SELECT, "2024-07-01", 2)
    assert record["source"] == "sqlite:///library.db"


def test_the_same_answer_gives_the_same_bytes(project: Path) -> None:
    world = declare(project)
    assert fetch(world, (), "2024-07-01", {}) == fetch(world, ("loans",), "2024-07-01", {})


def test_nothing_is_read_before_it_is_fetched(project: Path) -> None:
    assert "run: reportgen fetch loans" in said(load_package(declare(project)))


def test_an_answer_of_another_query_is_refused_until_it_is_fetched_anew(project: Path) -> None:
    keep(project, fetch(declare(project), (), "2024-07-01", {}))
    world = declare(project, query=f"{SELECT} DESC")
    assert "the query of loans has changed" in said(load_package(world))
    keep(project, fetch(world, (), "2024-07-01", {}))
    assert load_package(world).diagnostics == ()


def test_an_answer_that_is_edited_is_refused(project: Path) -> None:
    world = declare(project)
    keep(project, fetch(world, (), "2024-07-01", {}))
    path = project / "data/loans.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1.1", "9.9"), encoding="utf-8")
    assert "is not the answer that data/loans.csv.query.json records" in said(load_package(world))


def test_the_address_may_stand_in_the_environment(project: Path) -> None:
    world = declare(project, url="", url_from="LIBRARY")
    assert "LIBRARY of the environment is not set" in said(fetch(world, (), "2024-07-01", {}))
    keep(project, fetch(world, (), "2024-07-01", {"LIBRARY": "sqlite:///library.db"}))
    assert load_package(world).diagnostics == ()


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ({"url": "sqlite:///nothing.db"}, "there is no database"),
        ({"url": "sqlite://"}, "there is no database in memory"),
        ({"url": "x"}, "not the address of a database"),
        ({"url": "nosql://host/office"}, "the database says"),
        ({"query": "SELECT readers FROM loans"}, "no such column: readers"),
        ({"query": "SELECT year FROM loans"}, "the header is year"),
        ({"query": "DELETE FROM loans"}, "the query gives no rows"),
        ({"query": "SELECT 'x' AS year, 1 AS value, 'A' AS obs_status"}, "'x' is not a year"),
        ({"url": "postgresql://reader:secret@host/office"}, "holds a password"),
        ({"url": "mysql://host/office?password=secret"}, "holds a password"),
        ({"url": ""}, "says not where to ask"),
        ({"url_from": "LIBRARY"}, "says not where to ask"),
        ({"password_from": "OFFICE_PASSWORD"}, "OFFICE_PASSWORD of the environment is not set"),
        ({"path": "loans.xlsx"}, "the answer of a query is kept in one CSV file"),
    ],
)
def test_what_cannot_be_asked_is_one_diagnostic_and_nothing_is_kept(
    project: Path, sql: dict[str, str], text: str
) -> None:
    result = fetch(declare(project, **sql), (), "2024-07-01", {})
    assert text in said(result)
    assert result.value == ()
    with sqlite3.connect(project / "library.db") as database:
        assert database.execute("SELECT count(*) FROM loans").fetchone() == (2,)
    database.close()


def test_a_name_without_a_query_is_told(project: Path) -> None:
    assert "did you mean loans?" in said(fetch(declare(project), ("loan",), "2024-07-01", {}))


def test_without_sqlalchemy_one_line_names_the_command(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "sqlalchemy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert "pip install reportgen[sql]" in said(fetch(declare(project), (), "2024-07-01", {}))
