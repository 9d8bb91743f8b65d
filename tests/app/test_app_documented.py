"""The documentation describes the command line that there is."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from reportgen.app.command import parser

PAGE = (Path(__file__).parents[2] / "docs/commands.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_described_with_an_example(name: str) -> None:
    assert f"[`{name}`](#{name})" in PAGE
    section = PAGE.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
    assert f"$ reportgen {name}" in section


@pytest.mark.parametrize("name", commands())
def test_every_option_is_described(name: str) -> None:
    options = [o for action in commands()[name]._actions for o in action.option_strings if o.startswith("--")]
    assert not [option for option in options if f"`{option}" not in PAGE and f" {option}" not in PAGE]


def test_no_command_is_described_that_is_not_there() -> None:
    described = [line.removeprefix("## ") for line in PAGE.splitlines() if line.startswith("## ")]
    assert described == ["Faults", *commands()]
