"""``docs/diagnostics.md`` names every rule of the source with the packages that find it, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from rules_in_source import rules_in_source

PAGE = Path(__file__).parents[2] / "docs" / "diagnostics.md"
ROW = re.compile(r"^\| `([^`]+)` \| ([a-z, ]+) \| (.+) \|$", re.MULTILINE)


def test_the_page_and_the_source_have_the_same_rules() -> None:
    found = rules_in_source()
    expected = {
        rule: ", ".join(package for package in sorted(found) if rule in found[package])
        for rules in found.values()
        for rule in rules
    }
    assert {rule: packages for rule, packages, _ in ROW.findall(PAGE.read_text("utf-8"))} == expected


def test_rules_stand_once_in_their_order() -> None:
    rules = [rule for rule, _, _ in ROW.findall(PAGE.read_text("utf-8"))]
    assert rules == sorted(set(rules))
