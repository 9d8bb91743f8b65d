"""Structural edits of TOML and JSON: the tree is changed and written again, in the file's own notation."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Callable, Iterator
from random import Random
from typing import Any


class Raw(str):
    """A value that is written as it stands: what the notation's own writer would refuse."""


WORDS: tuple[Any, ...] = (
    "", " ", "0", "-1", "1e30", "9" * 61, "=1+1", "../../etc/passwd", "/dev/zero", "a" * 5_000, "图" * 3_000,
    "\u202e", "\u0000", "\x1b[31m", "\ufeff", "\U0001f980", "\U000f0000", "{x:int}", "{", "}}", "[^a]", "**", "\\",
    "nan", "inf", "2023", "2021Q1", "9999-12-31", "python:x.py:f", "C:\\x", "CON", "https://example.org/", "%s", "a\nb",
    "0mm", "-3mm", "1e9mm", "99999999pt", "1000000mm", "0.0000001pt", "3lines", "2em", "#12345g", "#000000", "zh", "xx",
)  # fmt: skip
NUMBERS: tuple[Any, ...] = (
    0, -1, 1, 2, 7, 1.5, -0.0, 1e30, 10**9, -(10**9), 2**31, 2**63, 2**64, 1e-320, 1e308, float("inf"), float("nan"),
    Raw("9" * 61), Raw("1" + "0" * 5_000), Raw("0." + "3" * 400), Raw("1e999"), True, False,
)  # fmt: skip
EMPTY: tuple[Any, ...] = ([], {}, [[]], {"a": {}}, [1, "a"], ["a"] * 300, None)


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from _paths(value, (*path, key))


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def extreme(random: Random) -> Any:
    """Return a value that a careless or hostile person might write."""
    if random.random() < 0.1:
        return random.choice((dt.date(1, 1, 1), dt.time(1, 2), dt.datetime(9999, 12, 31)))
    value = random.choice(random.choice((WORDS, NUMBERS, EMPTY)))
    return [random.choice(WORDS) for _ in range(random.randint(0, 5))] if value is None else value


def nested(random: Random) -> Any:
    """Return a deep value."""
    value: Any = 1
    for _ in range(random.choice((5, 90, 101, 600))):
        value = [value] if random.random() < 0.5 else {"a": value}
    return value


def _near(value: Any, random: Random) -> Any:
    """Return a value of the same kind that may well be right, so that what follows is reached, too."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + random.choice((-1, 1, 10))
    if isinstance(value, float):
        return value * random.choice((0.5, 0.9, 1.1, 2.0))
    if isinstance(value, str) and value[:1].isdigit() and value[-2:] in ("pt", "mm"):
        return f"{float(value[:-2]) * random.choice((0.3, 0.9, 1.1, 2)):.2f}{value[-2:]}"
    if isinstance(value, str) and any(ord(char) > 0x2E7F for char in value):
        return random.choice((value + value[:1], value[:-1], value.replace(value[0], "图"), value * 8))
    if isinstance(value, list):
        return random.choice((value[::-1], value[:-1], value * 2))
    return value


def change_tree(tree: Any, random: Random) -> None:
    """Change a tree in place, once."""
    paths = list(_paths(tree))
    if not paths:
        return
    path = random.choice(paths)
    around, key = _at(tree, path[:-1]), path[-1]
    kind = random.choices(
        ("near", "delete", "extreme", "copy", "swap", "misspell", "double", "key", "nest"),
        (50, 14, 12, 7, 5, 4, 4, 3, 1),
    )[0]
    if kind == "near":
        around[key] = _near(around[key], random)
    elif kind == "delete":
        del around[key]
    elif kind == "extreme":
        around[key] = extreme(random)
    elif kind == "copy":
        around[key] = json.loads(json.dumps(_at(tree, random.choice(paths)), default=str))
    elif kind == "nest":
        around[key] = nested(random)
    elif isinstance(around, list):
        around.insert(random.randint(0, len(around)), around[key])
    elif kind == "swap":
        other = random.choice(list(around))
        around[key], around[other] = around[other], around[key]
    elif kind == "key":
        around[str(random.choice(WORDS))] = around[key]
    else:
        name = str(key)
        at = random.randint(0, len(name))
        around[name[:at] + random.choice("xe_-.") + name[at + (kind == "misspell") :]] = around[key]
        if kind == "misspell":
            around.pop(key, None)


def json_edit(data: bytes, random: Random) -> bytes:
    tree = json.loads(data)
    change_tree(tree, random)
    marked: list[str] = []

    def keep(value: Any) -> Any:
        if isinstance(value, Raw):
            marked.append(value)
            return f"\u0001{len(marked) - 1}\u0001"
        if isinstance(value, dict):
            return {key: keep(item) for key, item in value.items()}
        if isinstance(value, list):
            return [keep(item) for item in value]
        return value

    text = json.dumps(keep(tree), ensure_ascii=False, indent=1, default=str)
    for number, raw in enumerate(marked):
        text = text.replace(f'"\\u0001{number}\\u0001"', raw)
    if random.random() < 0.05:
        text = _broken(text, random)
    return text.encode("utf-8", "surrogatepass")


def toml_edit(data: bytes, random: Random) -> bytes:
    tree = tomllib.loads(data.decode())
    change_tree(tree, random)
    text = "\n".join(_toml_lines(tree, ()))
    if random.random() < 0.05:
        text = _broken(text, random)
    return text.encode("utf-8", "surrogatepass")


def _broken(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return (
        text[:at]
        + random.choice(('"', "[", "}", ",", "=", "\\ud800", '\\"', "\n\n[x\n", "#", "'''"))
        + text[at:]
    )


def _toml_lines(table: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    below = {key: value for key, value in table.items() if isinstance(value, dict) and value}
    for key, value in table.items():
        if key not in below:
            yield f"{_key(key)} = {_toml(value)}"
    for key, value in below.items():
        if _depth(value) > 20:
            yield f"[{'.'.join(map(_key, (*path, key)))}]\nx = {_toml(value)}"
            continue
        yield f"[{'.'.join(map(_key, (*path, key)))}]"
        yield from _toml_lines(value, (*path, key))


def _depth(value: Any) -> int:
    depth = 0
    while value and isinstance(value, (dict, list)):
        value = next(iter(value.values() if isinstance(value, dict) else value))
        depth += 1
    return depth


def _key(key: Any) -> str:
    text = str(key)
    plain = text and text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    return text if plain else _toml(text)


def _toml(value: Any) -> str:
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, float) and value != value:
        return "nan"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("Infinity", "inf").replace("null", '""')


TREE_EDITS: dict[str, Callable[[bytes, Random], bytes]] = {"toml": toml_edit, "json": json_edit}
