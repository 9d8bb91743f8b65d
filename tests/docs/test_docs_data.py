"""``docs/data.md`` names every word of dialects, resources, fields and constraints that is read or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.data.dialect import READERS
from reportgen.data.fieldwords import CONSTRAINTS, FORM_WORDS
from reportgen.data.resourcewords import FORMATS, UNREAD

PAGE = (Path(__file__).parents[2] / "docs/data.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"{title}\n")[2].partition("\n#")[0]


def first_column(text: str) -> list[str]:
    cells = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def test_the_table_of_the_dialect_has_every_word_and_no_other() -> None:
    assert sorted(first_column(section("### Words of the dialect"))) == sorted(READERS)


def test_the_table_of_formats_has_every_format_and_no_other() -> None:
    assert sorted(first_column(section("## What a file may be"))) == sorted(FORMATS)


@pytest.mark.parametrize("word", [*UNREAD, *FORM_WORDS, *CONSTRAINTS])
def test_every_other_word_is_named(word: str) -> None:
    assert f"`{word}`" in section("### Words of the dialect")
