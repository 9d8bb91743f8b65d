"""A file of keys and values, with the place of each of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from reportgen.base.diagnostics import Span
from reportgen.base.limits import NESTING

KeyPath: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file's tables, and where their keys and items stand.

    Attributes:
        places: span by key path; the items of a list are counted: ``("series", "0", "table")``.
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


class Places:
    """Gathers the places of a text's keys by their offsets."""

    def __init__(self, file: str, text: str) -> None:
        self.found: dict[KeyPath, Span] = {}
        self._file = file
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def note(self, path: KeyPath, offset: int) -> None:
        """Note where a key or item stands; the first place of a key counts.

        Raises:
            RecursionError: if it is nested more than :data:`limits.NESTING` deep.
        """
        if len(path) > NESTING:
            raise RecursionError
        if path not in self.found:
            line = bisect_right(self._starts, offset)
            self.found[path] = Span(self._file, line, offset - self._starts[line - 1] + 1)
