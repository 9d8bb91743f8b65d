"""The rules of diagnostics as the source names them, by package."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "reportgen"
RULE = re.compile(r"(?:x4|ua|a3|press)\.[a-z-]+|[a-z0-9]+(?:-[a-z0-9]+)+|content|fonts")
MAKERS = frozenset(
    (
        "error",
        "warning",
        "refuse",
        "at_mark",
        "on_page",
        "at_point",
        "in_file",
        "_at",
        "_nothing",
        "_misplaced",
    )
)
"""Functions of which a rule is an argument; of any other it is the one before a sentence, which is its message."""


def rules_in_source() -> dict[str, set[str]]:
    """Return the rules of each package."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        package = path.relative_to(SOURCE).parts[0]
        rules = {rule for node in ast.walk(ast.parse(path.read_text("utf-8"))) for rule in _rules_of(node)}
        found.setdefault(package, set()).update(rules)
    return {package: rules for package, rules in found.items() if rules}


def _rules_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "name_of":
            yield from (f"unknown-{kind.replace(' ', '-')}" for kind in _words(node.args[0]))
        elif name in ("built_on", "_chosen"):
            yield from (f"unknown-{kind.replace(' ', '-')}" for kind in _words(node.args[1]))
        elif name == "Names":
            yield from (f"unknown-{kind.split()[0]}" for kind in _words(node.args[0]))
        elif name in MAKERS or name.endswith("Fault") or (name.islower() and _is_told(node)):
            yield from next((rules for a in node.args if (rules := list(_rule(a)))), ())
        yield from (rule for k in node.keywords if k.arg == "rule" for rule in _rule(k.value))
    elif isinstance(node, ast.Tuple) and len(node.elts) > 1 and _is_sentence(node.elts[1]):
        yield from _rule(node.elts[0])
    elif isinstance(node, ast.arguments):
        named = [*node.posonlyargs, *node.args]
        with_default = zip(named[len(named) - len(node.defaults) :], node.defaults, strict=True)
        pairs = [*with_default, *zip(node.kwonlyargs, node.kw_defaults, strict=True)]
        yield from (rule for a, value in pairs if a.arg == "rule" and value for rule in _rule(value))
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {getattr(t, "id", "") for t in targets}
        if "rule" in names:
            yield from _rule(node.value)
        elif "RULES" in names and isinstance(node.value, ast.Dict):
            yield from (rule for key in node.value.keys if key is not None for rule in _rule(key))


def _is_told(call: ast.Call) -> bool:
    """Say whether a function is given a message behind its first argument."""
    return len(call.args) > 1 and _is_sentence(call.args[1])


def _words(node: ast.expr) -> Iterator[str]:
    yield from (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _rule(node: ast.expr) -> Iterator[str]:
    """Yield the rule that an expression is, or the two of a condition."""
    if isinstance(node, ast.IfExp):
        yield from (*_rule(node.body), *_rule(node.orelse))
    elif isinstance(node, ast.Tuple) and node.elts:
        yield from _rule(node.elts[0])
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE.fullmatch(node.value):
        yield node.value


def _is_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr) or getattr(node, "id", "") == "message":
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
