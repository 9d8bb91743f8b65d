"""Places inside a string value of a TOML file: at which line and column its characters stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.base.diagnostics import Span

_FENCES = ('"""', "'''")
_EQUALS = re.compile(r"=\s*")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where the words of a string value begin, and whether its characters stand there one for one."""

    start: Span
    plain: bool = True

    def span(self, text: str, offset: int) -> Span:
        """Return the place of the character of ``text``, the value, at ``offset``; the line alone if not plain."""
        file, line, column = self.start.file, self.start.line, self.start.column
        if not self.plain:
            return Span(file, line)
        before = text[:offset]
        lines = before.count("\n")
        return Span(file, line + lines, offset - before.rfind("\n") if lines else column + offset)


def text_place(key: Span, line: str) -> TextPlace:
    """Return the place of the string value whose key stands at ``key``, in the text line ``line``."""
    equals = _EQUALS.search(line, max(key.column - 1, 0))
    if equals is None:
        return TextPlace(key, plain=False)
    value = line[equals.end() :]
    plain = "\\" not in value or value.startswith("'")
    if value[:3] not in _FENCES:
        return TextPlace(Span(key.file, key.line, equals.end() + 2), plain)
    if not value[3:].strip():
        return TextPlace(Span(key.file, key.line + 1, 1))
    return TextPlace(Span(key.file, key.line, equals.end() + 4), plain)
