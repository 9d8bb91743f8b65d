"""What is too long or too deep is one fault at its place; what is just within the limits is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Span
from reportgen.base.limits import BLOCKS, MARK_NESTING, PARAGRAPH_CHARACTERS, PARAGRAPH_MARKS
from reportgen.base.world import World
from reportgen.manuscript.inline import parse_inlines
from reportgen.manuscript.inline_tokens import _closings
from reportgen.manuscript.parse import parse_manuscript
from reportgen.manuscript.tree import walk

DEEP = MARK_NESTING + 1


def rules(text: str) -> list[str]:
    return [d.rule for d in parse_inlines(text, lambda at: Span("x.md", 1, at + 1)).diagnostics]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("*" * 3_000 + "a" + "*" * 3_000, "paragraph-too-long"),
        ("*" * 2 * DEEP + "a" + "*" * 2 * DEEP, "nested-too-deeply"),
        ("*" * 900 + "a" + "*" * 900, "nested-too-deeply"),
        ("[" * DEEP + "a" + "]{lang=en}" * DEEP, "nested-too-deeply"),
        ("[" * 600 + "a" + "](#x)" * 600, "nested-too-deeply"),
        ("[a](" * 20_000, "paragraph-too-long"),
        ("[" * (PARAGRAPH_MARKS + 1), "paragraph-too-long"),
        ("字" * (PARAGRAPH_CHARACTERS + 1), "paragraph-too-long"),
        ("a" * 1_000_000, "paragraph-too-long"),
        ("[^a]" * 20_000, "paragraph-too-long"),
        ("一\n" * 20_000, "paragraph-too-long"),
        ("a" + "\u0301" * 50_000, "paragraph-too-long"),
    ],
)
def test_a_text_that_is_too_long_or_too_deep_is_one_fault(text: str, rule: str) -> None:
    assert rules(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "字" * PARAGRAPH_CHARACTERS,
        "[" * (PARAGRAPH_MARKS - 1),
        "[" * MARK_NESTING + "a" + "]{lang=en}" * MARK_NESTING,
        "*a *b " * 300,
    ],
)
def test_what_is_just_within_the_limits_is_read(text: str) -> None:
    found = parse_inlines(text, lambda at: Span("x.md", 1, at + 1))
    assert found.diagnostics == ()
    assert list(walk(found.value))


@pytest.mark.parametrize("block", ["很多。\n\n", "- 一\n", "一\n: 二\n\n", "## 一\n\n", "[^{n}]: 注\n\n"])
def test_a_file_of_too_many_blocks_is_one_fault(block: str) -> None:
    text = "# 一 {#a}\n\n" + "".join(block.replace("{n}", str(n)) for n in range(BLOCKS + 1))
    found = parse_manuscript(World.of_files({"data/manuscript/1.md": text}))
    assert [d.rule for d in found.diagnostics] == ["file-too-large"]


def _first_closing(text: str, start: int) -> int | None:
    """Return where the bracket at ``start`` is closed, by counting from it."""
    depth = 0
    for position in range(start, len(text)):
        if text[position - 1 : position] == "\\":
            continue
        depth += (text[position] == "[") - (text[position] == "]")
        if not depth:
            return position
    return None


@settings(max_examples=300)
@given(st.text("[]\\a", max_size=30))
def test_brackets_are_closed_as_counting_from_each_says(text: str) -> None:
    opened = [k for k, char in enumerate(text) if char == "[" and text[k - 1 : k] != "\\"]
    expected = {k: end for k in opened if (end := _first_closing(text, k)) is not None}
    assert _closings(text) == expected
