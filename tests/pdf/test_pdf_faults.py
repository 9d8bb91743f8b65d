"""Every planted fault is caught by some check, and the docs say by which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mutants import MUTANTS, PROFILES, Mutant, caught_by, original, table

from reportgen.pdf.read.equality import compare
from reportgen.pdf.read.preflight import preflight

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "PDF_FAULTS.md"
RULE = re.compile(r"[\"`]((?:x4|ua|a3|press)\.[a-z0-9-]+|fonts|content)[\"`]")
"""A rule's name, in quotes in the source and in backquotes in the docs."""


def _rules_in(*paths: Path) -> set[str]:
    return {rule for path in paths for rule in RULE.findall(path.read_text("utf-8"))}


def _rules_of_preflight() -> set[str]:
    return _rules_in(*(ROOT / "src" / "reportgen" / "pdf" / "read").glob("*.py"))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_file_without_planted_faults_has_none(profile: str) -> None:
    result = preflight(original(profile), PROFILES[profile])
    assert result.diagnostics == ()
    assert result.value.passed


def test_the_two_files_without_planted_faults_are_equal() -> None:
    result = compare(original("screen"), original("press"))
    assert result.diagnostics == ()
    assert result.value > 50


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: f"{m.profile}: {m.name}")
def test_every_planted_fault_is_caught(mutant: Mutant) -> None:
    assert any(caught_by(mutant).values())


def test_no_check_breaks_down_on_a_planted_fault() -> None:
    broken = [m.name for m in MUTANTS if "broken-object" in caught_by(m)["preflight"].split(", ")]
    assert broken == []


def test_the_docs_name_what_catches_each_fault() -> None:
    assert DOCS.read_text("utf-8") == table()


def test_every_rule_of_preflight_catches_some_planted_fault() -> None:
    caught = {rule for mutant in MUTANTS for rule in caught_by(mutant)["preflight"].split(", ")}
    assert _rules_of_preflight() - caught == set()


def test_the_docs_of_the_standards_name_every_rule_and_no_other() -> None:
    named = _rules_in(ROOT / "docs" / "PDF_X_4.md", ROOT / "docs" / "PDF_UA_1.md")
    assert named == _rules_of_preflight()
