"""Places in a manuscript file: from offsets in a block's text to lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.base.diagnostics import Faults, Span

Locate: TypeAlias = Callable[[int], Span]
"""The place of an offset in a text."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file being parsed: its lines, and the faults found so far."""

    name: str
    lines: tuple[str, ...]
    faults: Faults = field(default_factory=Faults)

    def place(self, line: int, column: int = 1) -> Span:
        """Return the place of a 0-based line and a 1-based column."""
        return Span(self.name, line + 1, column)

    def locate(self, text: str, first_line: int) -> Locate:
        """Return the locator of a block's text whose first line is the 0-based ``first_line`` of the file.

        Markdown strips what precedes a block's words on their line (``- ``, ``## ``, indents); the text's own
        lines are looked up in the file's.
        """
        starts = [0]
        for line in text.split("\n")[:-1]:
            starts.append(starts[-1] + len(line) + 1)

        def locate(offset: int) -> Span:
            row = bisect_right(starts, offset) - 1
            end = starts[row + 1] - 1 if row + 1 < len(starts) else len(text)
            number = min(first_line + row, len(self.lines) - 1)
            indent = max(self.lines[number].find(text[starts[row] : end].rstrip()), 0)
            return self.place(number, indent + offset - starts[row] + 1)

        return locate
