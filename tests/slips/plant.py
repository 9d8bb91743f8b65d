"""Slips of the key, planted one at a time: a key that is left out, misspelt, of a wrong type, empty, written twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

WRONG = ("17", '"nonsense"', '""', "[]", "true", "{}", '"{x}"')
"""Values that hardly any key has."""


class Slip(NamedTuple):
    """A file with one slip in it."""

    what: str
    text: str
    line: int


def misspelt(word: str) -> str:
    """Return a word with two neighbours exchanged."""
    for i in range(1, len(word) - 1):
        if word[i] != word[i + 1]:
            return f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}"
    return word + "x"


def in_toml(text: str) -> Iterator[Slip]:
    """Yield slips of each key and each head of a TOML file that has a key a line."""
    lines = text.split("\n")

    def put(what: str, at: int, *new: str) -> Slip:
        return Slip(f"{what} {lines[at]}", "\n".join([*lines[:at], *new, *lines[at + 1 :]]), at + 1)

    for at, line in enumerate(lines):
        if pair := re.match(r'([\w."-]+) = (.*)$', line):
            key, value = pair.groups()
            yield put("leave out", at)
            yield put("misspell", at, f"{misspelt(key)} = {value}")
            yield put("write twice", at, line, line)
            yield put("add a key below", at, line, "zzz = 1")
            yield from (
                put(f"write {wrong} for", at, f"{key} = {wrong}") for wrong in WRONG if wrong != value
            )
            if value.startswith('"'):
                yield put("misspell the value of", at, f'{key} = "{misspelt(value[1:-1])}"')
                yield put("leave out the quotes of", at, f"{key} = {value[1:-1]}")
                yield put("do not close", at, line[:-1])
        elif head := re.match(r"\[(.*)\]$", line):
            yield put("misspell", at, f"[{misspelt(head[1])}]")
            yield put("write twice", at, line, "", line)
            yield put("leave out", at)
            yield put("do not close", at, line[:-1])


def in_json(text: str) -> Iterator[Slip]:
    """Yield slips of each key and item of a JSON file."""
    for path in list(_paths(json.loads(text), ())):
        old = _at(json.loads(text), path)
        yield _changed(text, "leave out", path, lambda around, key: around.pop(key))
        if isinstance(path[-1], str):
            yield _changed(text, "misspell", path, _misspell)
        for wrong in (17, "nonsense", "", [], True, {}, None):
            if wrong != old:
                yield _changed(text, f"write {wrong!r} for", path, lambda a, k, w=wrong: a.__setitem__(k, w))
        if isinstance(old, str):
            yield _changed(
                text, "misspell the value of", path, lambda a, k, o=old: a.__setitem__(k, misspelt(o))
            )


def _changed(text: str, what: str, path: tuple[Any, ...], change: Callable[[Any, Any], Any]) -> Slip:
    tree = json.loads(text)
    change(_at(tree, path[:-1]), path[-1])
    return Slip(f"{what} {'.'.join(map(str, path))}", json.dumps(tree, ensure_ascii=False, indent=1), 0)


def _misspell(table: dict[str, Any], key: str) -> None:
    items = [(misspelt(k) if k == key else k, value) for k, value in table.items()]
    table.clear()
    table.update(items)


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _paths(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from _paths(value, (*path, key))


def in_words(text: str, first: int = 1) -> Iterator[Slip]:
    """Yield slips of each word and sign, and each line, of any text, from a line on."""
    for word in re.finditer(r"[\w.#-]+|\S", text):
        line = text.count("\n", 0, word.start()) + 1
        if line < first:
            continue
        wrong = misspelt(word[0]) if len(word[0]) > 2 else word[0] + "x"
        column = word.start() - text.rfind("\n", 0, word.start())
        for what, new in (("leave out", ""), ("misspell", wrong), ("double", word[0] * 2)):
            changed = text[: word.start()] + new + text[word.end() :]
            yield Slip(f"{what} {word[0]} in line {line}, column {column}", changed, line)
    lines = text.split("\n")
    for at, whole in enumerate(lines):
        if at + 1 >= first:
            yield Slip(f"leave out line {at + 1}", "\n".join([*lines[:at], *lines[at + 1 :]]), at + 1)
            yield Slip(f"double line {at + 1}", "\n".join([*lines[:at], whole, *lines[at:]]), at + 1)
