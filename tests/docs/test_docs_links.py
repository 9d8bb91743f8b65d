"""Every page of the documentation leads where it says, and every command it shows is one that there is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.app.command import parser

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "fonts/README.md", ROOT / "data/README.md"]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def links(text: str) -> Iterator[str]:
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from (link for link in re.findall(r"\]\(([^)#\s]+)", prose) if "://" not in link)


def commands(text: str) -> Iterator[list[str]]:
    for line in re.findall(r"^(?:\$ |\.venv/bin/)(?:\.venv/bin/)?reportgen (.+)$", text, re.MULTILINE):
        yield shlex.split(line, comments=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_into_the_project_leads_to_a_file(name: str) -> None:
    page = ROOT / name
    text = page.read_text(encoding="utf-8")
    assert [link for link in links(text) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_shown_can_be_parsed(name: str) -> None:
    for words in commands((ROOT / name).read_text(encoding="utf-8")):
        if "--help" not in words:
            parser().parse_args(words)
