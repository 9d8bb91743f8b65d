"""TOML files with the place of every key and item; the standard library's reader keeps none."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.places import KeyPath, PlacedFile, Places
from reportgen.base.value_limits import checked, long_number
from reportgen.base.world import World

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PART = re.compile(r'[\w-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.ASCII)
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_SCALAR = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{1,2}(?!"))?|\'\'\'.*?\'\'\'(?:\'{1,2}(?!\'))?'
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^,\]}#\n]+',
    re.DOTALL,
)
_LONG = re.compile(r"[0-9][0-9_]{999,}")
"""A number of more digits than Python may be set to read (sys.set_int_max_str_digits: at least 640)."""
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def load_toml(world: World, path: str, parse_float: Callable[[str], Any] = float) -> Result[PlacedFile]:
    """Return a TOML file; one that is missing or cannot be read gives an empty file and its fault.

    ``parse_float`` makes the numbers with a point: ``Decimal`` keeps them as they are written.
    """
    text = world.read_text(path)
    if isinstance(text, Diagnostic):
        return Result(PlacedFile(path), (text,))
    try:
        tables = tomllib.loads(text, parse_float=parse_float)
        file = PlacedFile(path, tables, find_places(path, text), text)
        wrong = checked(file)
        return Result(PlacedFile(path), wrong) if wrong else Result(file)
    except tomllib.TOMLDecodeError as problem:
        return Result(PlacedFile(path), (_syntax_fault(path, text, str(problem)),))
    except ValueError:  # Python reads no whole number of more than some thousand digits
        return Result(PlacedFile(path), (_long_number(path, text),))
    except RecursionError:
        fault = error(
            "nested-too-deeply", "the file's values are nested too deeply", Span(path), "write it flat"
        )
        return Result(PlacedFile(path), (fault,))


def _syntax_fault(path: str, text: str, message: str) -> Diagnostic:
    at = _AT.search(message)
    place = Span(path, int(at[1]), int(at[2])) if at else Span(path, text.rstrip("\n").count("\n") + 1)
    words = _AT.sub("", message).replace("(at end of document)", "").strip()
    hint = 'words stand in quotes: key = "…"'
    if words.startswith("Cannot declare"):
        hint = "two tables have this name: give each its own"
    elif words.startswith("Cannot overwrite"):
        hint = "the key is written twice in this table: keep one"
    return error("not-toml", f"the file is not TOML: {words[:1].lower()}{words[1:]}", place, hint)


def _long_number(path: str, text: str) -> Diagnostic:
    number = _LONG.search(text)
    if number is None:
        return long_number(path)
    line = text.count("\n", 0, number.start())
    return long_number(path, Span(path, line + 1, number.start() - text.rfind("\n", 0, number.start())))


def find_places(path: str, text: str) -> Mapping[KeyPath, Span]:
    """Return the place of every table, key and item of a well-formed TOML text."""
    scanner = _Scanner(path, text)
    scanner.document()
    return scanner.places.found


class _Scanner:
    """Walks a text that the standard library has read without a fault."""

    def __init__(self, path: str, text: str) -> None:
        self.text = text
        self.places = Places(path, text)
        self.counts: Counter[KeyPath] = Counter()
        """Tables so far in each array of tables."""

    def document(self) -> None:
        table: KeyPath = ()
        at = self._skip(0)
        while at < len(self.text):
            if self.text[at] == "[":
                table, at = self._header(at)
            else:
                at = self._pair(table, at)
            at = self._skip(at)

    def _header(self, start: int) -> tuple[KeyPath, int]:
        array = self.text.startswith("[[", start)
        parts, at = self._key(self._skip(start + 1 + array))
        table: KeyPath = ()
        for part in parts[:-1]:
            table = self._newest((*table, part))
            self.places.note(table, start)
        table = (*table, parts[-1])
        self.places.note(table, start)
        if array:
            self.counts[table] += 1
            table = self._newest(table)
            self.places.note(table, start)
        return table, self._skip(at) + 1 + array

    def _newest(self, table: KeyPath) -> KeyPath:
        """Return a table, or the newest one where it is an array of tables."""
        count = self.counts[table]
        return (*table, str(count - 1)) if count else table

    def _pair(self, table: KeyPath, start: int) -> int:
        parts, at = self._key(start)
        for length in range(1, len(parts) + 1):
            self.places.note((*table, *parts[:length]), start)
        equals = _EQUALS.match(self.text, at)
        return self._value((*table, *parts), equals.end() if equals else at)

    def _key(self, at: int) -> tuple[KeyPath, int]:
        parts: list[str] = []
        while part := _PART.match(self.text, at):
            parts.append(_bare(part[0]))
            dot = _DOT.match(self.text, part.end())
            if dot is None:
                return tuple(parts), part.end()
            at = dot.end()
        return tuple(parts), at

    def _value(self, path: KeyPath, at: int) -> int:
        if self.text[at] == "{":
            at = self._skip(at + 1)
            while self.text[at] != "}":
                at = self._comma(self._pair(path, at))
            return at + 1
        if self.text[at] == "[":
            at, count = self._skip(at + 1), 0
            while self.text[at] != "]":
                self.places.note((*path, str(count)), at)
                at, count = self._comma(self._value((*path, str(count)), at)), count + 1
            return at + 1
        scalar = _SCALAR.match(self.text, at)
        return scalar.end() if scalar else at + 1

    def _comma(self, at: int) -> int:
        at = self._skip(at)
        return self._skip(at + 1) if self.text[at] == "," else at

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        return space.end() if space else at


def _bare(part: str) -> str:
    if "\\" in part and part[0] == '"':
        return str(tomllib.loads(f"key = {part}")["key"])
    return part[1:-1] if part[0] in "\"'" else part
