"""A project with functions of its own, from the command line: refused, allowed once, trusted, changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.app.command import main

FUNCTION = """\
def largest(companies):
    return companies.sort_values("value", ascending=False).head(3)


def hhi(frame):
    return int((frame["value"] ** 2).sum())
"""
FACT = """
[own.hhi]
measure = "function"
table = "own-top"
function = "prepare.py:hhi"
"""


@pytest.fixture(autouse=True)
def _person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def own(project: Path) -> Path:
    """Return the shipped project with a table and a fact that functions make."""
    path = project / "data/datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    source = next(r for r in package["resources"] if r["name"] == "cn-top-companies")
    made = {
        "name": "own-top",
        "data": [[field["name"] for field in source["schema"]["fields"]]],
        "schema": source["schema"],
        "reportgen": {"transform": "prepare.py:largest", "inputs": ["cn-top-companies"]},
    }
    package["resources"].append(made)
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    (project / "data/prepare.py").write_text(FUNCTION, encoding="utf-8")
    facts = project / "data/facts.toml"
    facts.write_text(facts.read_text(encoding="utf-8") + FACT, encoding="utf-8")
    return project


def explain(project: Path, *options: str) -> int:
    return main(["facts", "own.hhi", "-C", str(project), *options])


def test_a_strangers_function_does_not_run(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(own)]) == 1
    said = capsys.readouterr().err
    assert "data/prepare.py is a program and may not run yet" in said
    assert "run: reportgen trust data/prepare.py" in said


def test_a_function_is_allowed_for_one_run(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(own, "--allow-functions") == 0
    said = capsys.readouterr().out
    assert "data/cn-top-companies.csv, row 2, column value" in said
    assert main(["check", str(own)]) == 1


def test_a_trusted_function_runs_until_its_file_changes(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own)
    assert main(["trust", "data/prepare.py"]) == 0
    assert main(["trust", "data/prepare.py"]) == 0
    assert explain(own) == 0
    assert explain(own) == 0, "the second time the result comes from the cache"
    file = own / "data/prepare.py"
    file.write_text(FUNCTION + "\n", encoding="utf-8")
    assert main(["check", str(own)]) == 1
    capsys.readouterr()


def test_only_a_file_that_is_there_is_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trust", str(tmp_path / "nothing.py")]) == 1
    assert "the file is missing" in capsys.readouterr().err
