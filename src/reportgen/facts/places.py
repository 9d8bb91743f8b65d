"""Places in a TOML file: tomllib tells none, so the headers and keys are found again in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.base.diagnostics import Span

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]\s*(?:#.*)?\Z")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=\s*")
_PARTS = re.compile(r'"([^"\n]*)"|\'([^\'\n]*)\'|([A-Za-z0-9_-]+)')
_FENCES = ('"""', "'''")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where the words of a string value begin, and whether its characters stand there one for one."""

    line: int
    column: int
    plain: bool = True

    def span(self, file: str, text: str, offset: int) -> Span:
        """Return the place of the character of ``text``, the value, at ``offset``."""
        if not self.plain:
            return Span(file, self.line)
        before = text[:offset]
        lines = before.count("\n")
        column = offset - before.rfind("\n") if lines else self.column + offset
        return Span(file, self.line + lines, column)


@dataclass(frozen=True, slots=True)
class Places:
    """Lines of headers by their path, and places of values by their header's path and their key."""

    headers: Mapping[Path, int] = field(default_factory=dict)
    values: Mapping[tuple[Path, str], TextPlace] = field(default_factory=dict)


def find_places(text: str) -> Places:
    """Return where the headers and values of a TOML text stand; the text need not be valid."""
    headers: dict[Path, int] = {}
    values: dict[tuple[Path, str], TextPlace] = {}
    header: Path = ()
    fence = ""
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if fence:
            fence = "" if fence in line else fence
        elif match := _HEADER.match(line):
            header = _split(match[1])
            headers.setdefault(header, number)
        elif match := _KEY.match(line):
            values.setdefault((header, _split(match[1])[0]), _value_place(line, match.end(), number))
            fence = _opens(line[match.end() :])
    return Places(headers, values)


def _split(dotted: str) -> Path:
    return tuple(a or b or c for a, b, c in _PARTS.findall(dotted))


def _opens(value: str) -> str:
    """Return the fence of a string that goes on in the next line, or nothing."""
    for fence in _FENCES:
        if value.startswith(fence) and fence not in value[3:]:
            return fence
    return ""


def _value_place(line: str, start: int, number: int) -> TextPlace:
    value = line[start:]
    plain = "\\" not in value or value.startswith("'")
    if value[:3] in _FENCES:
        if not value[3:].strip():
            return TextPlace(number + 1, 1)
        return TextPlace(number, start + 4, plain)
    return TextPlace(number, start + 2, plain)
