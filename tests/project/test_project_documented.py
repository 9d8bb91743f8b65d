"""The examples of docs/python.md say what they say."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import reportgen

PAGE = Path(__file__).parents[2] / "docs/python.md"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


def test_every_example_gives_what_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    text = PAGE.read_text(encoding="utf-8").replace("```", "\n")
    parsed = doctest.DocTestParser().get_doctest(text, {}, "python.md", str(PAGE), 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(parsed, out=said.append)
    assert "".join(said) == ""
    assert len(parsed.examples) > 20


@pytest.mark.parametrize(
    "name", ["Built", "Fact", "Figure", "Page", "Refused", "Table", "UnknownName", "Claim"]
)
def test_what_a_program_meets_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8") or f"`reportgen.{name}`" in PAGE.read_text(
        encoding="utf-8"
    )


def test_every_public_method_of_a_project_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    inner = {"sources", "laid_out", "fonts"}
    public = {name for name in vars(reportgen.Project) if not name.startswith("_")} - inner
    assert [name for name in sorted(public) if f"project.{name}" not in text] == []
