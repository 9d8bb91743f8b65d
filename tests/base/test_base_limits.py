"""Each limit has a reason and a use and stands in ``docs/limits.md``; what no TOML or JSON may hold is one fault."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from reportgen.base import limits
from reportgen.base.jsonfile import parse_json
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `([A-Z_]+)` \| ([\d,.]+) \| (.+) \|$", re.MULTILINE)
FILE = Path(limits.__file__)


def reasons() -> dict[str, str]:
    """Return the text under each name."""
    body = ast.parse(FILE.read_text("utf-8")).body
    found = {}
    for at, (first, then) in enumerate(pairwise(body)):
        if isinstance(first, ast.AnnAssign) and isinstance(first.target, ast.Name):
            assert isinstance(then, ast.Expr), f"{first.target.id} has no reason ({at})"
            found[first.target.id] = " ".join(str(ast.literal_eval(then.value)).split())
    return found


def test_the_page_shows_each_limit_with_its_value_and_reason() -> None:
    expected = [(name, f"{getattr(limits, name):,}", reason) for name, reason in reasons().items()]
    assert ROW.findall((ROOT / "docs/limits.md").read_text("utf-8")) == expected


def test_each_limit_is_used() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py") if path != FILE]
    assert [name for name in reasons() if not any(re.search(rf"\b{name}\b", text) for text in sources)] == []


LONG = "9" * (limits.NUMBER_DIGITS + 1)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"x = {LONG}", "number-too-long"),
        (f"x = -{LONG}", "number-too-long"),
        ("x = " + "9" * 5_000, "number-too-long"),
        ("x = 0x" + "f" * 5_000, "number-too-long"),
        ("x = [1, {y = 1e31}]", "number-too-long"),
        ("x = 1e30", "number-too-long"),
        (f"x = '{'a' * (limits.TEXT_CHARACTERS + 1)}'", "text-too-long"),
        ("x = " + "[" * 3_000 + "]" * 3_000, "nested-too-deeply"),
        ("[" + ".".join("b" * 200) + "]", "nested-too-deeply"),
        ("\n".join(f"k{n} = 1" for n in range(limits.KEYS + 1)), "file-too-large"),
        ('x = "\\uD800"', "not-toml"),
    ],
)
def test_a_value_that_no_toml_may_hold_is_one_fault(text: str, rule: str) -> None:
    read = load_toml(World.of_files({"x.toml": "a = 1\n" + text + "\n"}), "x.toml")
    (fault,) = read.diagnostics
    assert fault.rule == rule
    assert fault.hints
    assert read.value.tables == {}
    assert "x.toml:2" in str(fault) or rule in ("nested-too-deeply", "file-too-large")


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (LONG, "number-too-long"),
        ("9" * 5_000, "number-too-long"),
        ("1e31", "number-too-long"),
        ("NaN", "not-json"),
        ("[-Infinity]", "not-json"),
        ("1e999", "not-json"),
        ('"\\ud800"', "half-character"),
        ('{"\\udfff": 1}', "half-character"),
        ("[" * 3_000 + "]" * 3_000, "nested-too-deeply"),
        ('"' + "a" * (limits.TEXT_CHARACTERS + 1) + '"', "text-too-long"),
    ],
)
def test_a_value_that_no_json_may_hold_is_one_fault(value: str, rule: str) -> None:
    read = parse_json(f'{{"a": 1,\n "x": {value}}}', "x.json")
    (fault,) = read.diagnostics
    assert fault.rule == rule
    assert fault.hints
    assert read.value.tables == {}
    assert "x.json:2" in str(fault) or rule == "nested-too-deeply"


def test_what_is_just_within_the_limits_is_read() -> None:
    number = "9" * limits.NUMBER_DIGITS
    text = f"a = {number}\nb = '{'a' * limits.TEXT_CHARACTERS}'\nc = 9.9e29\nd = nan\n"
    assert load_toml(World.of_files({"x.toml": text}), "x.toml").ok
    assert parse_json(f'{{"a": {number}, "b": -{number}, "c": "\\ud83e\\udd80"}}', "x.json").ok
