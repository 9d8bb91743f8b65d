"""No diagnostic without a hint: each call of the source that makes one says what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "reportgen"
BEFORE_HINTS = {"error": 3, "warning": 3, "ExpressionFault": 2}
"""How many arguments stand before the hints; one before those of any other fault."""


def without_hint(text: str) -> Iterator[int]:
    """Yield the lines of calls that make a diagnostic, or a fault that becomes one, without a hint."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in BEFORE_HINTS and not (
            name.endswith("Fault") and name != "Fault" and _is_sentence(node)
        ):
            continue
        given = any(isinstance(argument, ast.Starred) for argument in node.args)
        if not given and node.args and len(node.args) <= BEFORE_HINTS.get(name, 1):
            yield node.lineno


def _is_sentence(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    return isinstance(first, ast.JoinedStr) or (isinstance(first, ast.Name) and first.id == "message")


def test_each_diagnostic_of_the_source_has_a_hint() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line in without_hint(path.read_text("utf-8"))
    ]
    assert wrong == []


def test_a_call_without_hint_is_found() -> None:
    text = 'error("no-rows", "no rows", place)\nerror("no-rows", "no rows", place, "add one")\nwarning("a-b", "c d")'
    assert list(without_hint(text)) == [1, 3]
