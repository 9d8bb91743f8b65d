"""Every planted fault is caught by some check, and the docs say by which."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutants import MUTANTS, PROFILES, Mutant, caught_by, original, table

from reportgen.pdf.equality import compare
from reportgen.pdf.preflight import preflight

DOCS = Path(__file__).parents[2] / "docs" / "PDF_FAULTS.md"


@pytest.mark.parametrize("profile", PROFILES)
def test_the_file_without_planted_faults_has_none(profile: str) -> None:
    report = preflight(original(profile), PROFILES[profile]).value
    assert report.findings == ()
    assert report.passed


def test_the_two_files_without_planted_faults_are_equal() -> None:
    result = compare(original("screen"), original("press"))
    assert result.diagnostics == ()
    assert result.value > 50


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: f"{m.profile}: {m.name}")
def test_every_planted_fault_is_caught(mutant: Mutant) -> None:
    assert any(caught_by(mutant).values())


def test_no_check_breaks_down_on_a_planted_fault() -> None:
    broken = [m.name for m in MUTANTS if "file" in caught_by(m)["preflight"].split(", ")]
    assert broken == []


def test_the_docs_name_what_catches_each_fault() -> None:
    assert DOCS.read_text("utf-8") == table()
