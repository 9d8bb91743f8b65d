"""What a person sees while a command runs: one line a stage, and the diagnostics at the end.

On a terminal the running stage is shown and then overwritten by its outcome; in a pipe each outcome is a
plain line. Progress and diagnostics go to standard error, so that a command's answer can be piped on.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from reportgen.base.diagnostics import CellRef, Diagnostic, Severity

_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_RESET = "\x1b[0m"
_ERASE = "\r\x1b[2K"

SHOWN = 3
"""How many faults of one kind are shown: enough to see what they have in common."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Standard error as seen by a person or a log.

    Attributes:
        show_all: whether every fault is shown; else the first of each kind and a count.
        timings: collects (stage, seconds).
    """

    show_all: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    timings: list[tuple[str, float]] = field(default_factory=list)

    @property
    def live(self) -> bool:
        return self.stream.isatty()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Show a stage while it runs and when it is done."""
        if self.live:
            self.stream.write(f"{_ERASE}… {name}")
            self.stream.flush()
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            if self.live:
                self.stream.write(_ERASE)
            raise
        self.timings.append((name, time.perf_counter() - start))
        self.stream.write(f"{_ERASE}\x1b[32m✓\x1b[0m {name}\n" if self.live else f"{name}\n")
        self.stream.flush()

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print diagnostics, errors last so that they stand next to the prompt, and count them."""
        ordered = sorted(diagnostics, key=lambda d: d.severity is Severity.ERROR)
        for line in map(self._painted, ordered) if self.show_all else self._shortened(ordered):
            self.stream.write(line + "\n")
        if ordered:
            self.stream.write(_count(ordered) + "\n")

    def say(self, text: str) -> None:
        """Print a line."""
        self.stream.write(text + "\n")

    def show_timings(self) -> None:
        """Print what each stage took."""
        for name, seconds in self.timings:
            self.stream.write(f"{seconds * 1000:8.1f} ms  {name}\n")

    def _shortened(self, diagnostics: list[Diagnostic]) -> Iterator[str]:
        """Yield the first diagnostics of each kind, and after them how many more there are."""
        total, seen = Counter(map(_kind, diagnostics)), Counter[object]()
        for diagnostic in diagnostics:
            kind = _kind(diagnostic)
            seen[kind] += 1
            if seen[kind] <= SHOWN:
                yield self._painted(diagnostic)
            if seen[kind] == SHOWN < total[kind]:
                yield f"… and {total[kind] - SHOWN:,} more of this kind; --all shows them"

    def _painted(self, diagnostic: Diagnostic) -> str:
        text = str(diagnostic)
        if not self.live:
            return text
        word = f"{diagnostic.severity.value}:"
        return text.replace(word, f"{_COLORS[diagnostic.severity]}{word}{_RESET}", 1)


def _kind(diagnostic: Diagnostic) -> object:
    """Return what diagnostics of one kind have in common: severity, rule and file; of cells the column, too."""
    place = diagnostic.place
    column = place.column if isinstance(place, CellRef) else None
    return diagnostic.severity, diagnostic.rule, place and place.file, column


def _count(diagnostics: list[Diagnostic]) -> str:
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    parts = [
        f"{n:,} {word}{'s' if n > 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n
    ]
    return ", ".join(parts)
