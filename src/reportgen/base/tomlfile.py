"""TOML files with the place of every key; the standard library's reader keeps none."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.world import World

KeyPath: TypeAlias = tuple[str, ...]

_PART = r'(?:[\w-]+|"[^"\n]*"|\'[^\'\n]*\')'
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"([ \t]*)({_DOTTED})[ \t]*=")
_PARTS = re.compile(_PART)
_FENCE = re.compile(r'"""|\'\'\'')
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file's tables, and where their keys stand.

    Attributes:
        places: span by key path; the elements of an array of tables are counted: ``("series", "0", "table")``.
        text: the file as it stands.
    """

    name: str
    tables: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[KeyPath, Span] = field(default_factory=dict)
    text: str = ""

    def span(self, *keys: str) -> Span:
        """Return the place of a key, or of the nearest table around it."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.places:
                return self.places[keys[:length]]
        return Span(self.name)


def load_toml(world: World, path: str, parse_float: Callable[[str], Any] = float) -> Result[TomlFile]:
    """Return a TOML file; one that is missing or cannot be read gives an empty file and its fault.

    ``parse_float`` makes the numbers with a point: ``Decimal`` keeps them as they are written.
    """
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return Result(TomlFile(path), (text,))
    try:
        tables = tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as problem:
        return Result(TomlFile(path), (_syntax_fault(path, text, str(problem)),))
    except RecursionError:
        return Result(
            TomlFile(path), (error("the file's values are nested too deeply", Span(path), "write it flat"),)
        )
    return Result(TomlFile(path, tables, find_places(path, text), text))


def _syntax_fault(path: str, text: str, message: str) -> Diagnostic:
    at = _AT.search(message)
    place = Span(path, int(at[1]), int(at[2])) if at else Span(path, text.rstrip("\n").count("\n") + 1)
    words = _AT.sub("", message).replace("(at end of document)", "").strip()
    twice = words.startswith("Cannot declare")
    hint = "two tables have this name: give each its own" if twice else 'words stand in quotes: key = "…"'
    return error(f"the file is not TOML: {words[:1].lower()}{words[1:]}", place, hint)


def find_places(path: str, text: str) -> Mapping[KeyPath, Span]:
    """Return the place of every table and key that begins a line of a well-formed TOML text."""
    found: dict[KeyPath, Span] = {}
    counts: Counter[KeyPath] = Counter()
    table: KeyPath = ()
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        inside, fenced = fenced, fenced ^ bool(len(_FENCE.findall(line)) % 2)
        if inside:
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if key is not None:
            path_here = table + _split(key[2])
            for length in range(len(table) + 1, len(path_here) + 1):
                found.setdefault(path_here[:length], Span(path, number, len(key[1]) + 1))
        elif header is not None:
            table = _split(header[2])
            if header[1] == "[[":
                found.setdefault(table, Span(path, number, 1))
                counts[table] += 1
                table = (*table, str(counts[table] - 1))
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], Span(path, number, 1))
    return found


def _split(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PARTS.findall(dotted))
