"""What a person sees while a command runs: one line a stage, and the diagnostics at the end.

On a terminal the running stage is shown and then overwritten by its outcome; in a pipe each outcome is a
plain line. Progress and diagnostics go to standard error, so that a command's answer can be piped on.

Words of the project's files are shown by :func:`shown`, never as they are: a cell may hold what moves the cursor.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import StringIO
from typing import TextIO

from reportgen.base.diagnostics import CellRef, Diagnostic, Severity

_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_RESET = "\x1b[0m"
_ERASE = "\r\x1b[2K"

SHOWN = 3
"""How many faults of one kind are shown: enough to see what they have in common."""


HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters (C0, DEL, C1) but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks that turn the direction of writing (UAX #9), deprecated ones
    "\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f"  # other ends of lines, interlinear marks, tags
    "\ud800-\udfff]"  # halves of a character, which nothing can encode
)
"""Characters that a terminal obeys instead of showing them, or that make words look like others."""


def shown(text: str, encoding: str | None = "utf-8") -> str:
    """Return a text as a terminal may have it: what is harmful, or not in its encoding, as ``\\x1b``, ``\\u202e``."""
    harmless = HARMFUL.sub(lambda found: _escaped(found[0]), text)
    encoding = encoding or "utf-8"
    return harmless.encode(encoding, "backslashreplace").decode(encoding)


def shown_in_line(text: str, encoding: str | None = "utf-8") -> str:
    """Return a text as :func:`shown`, in one line: a line feed in a cell must not begin a diagnostic of its own."""
    return shown(text, encoding).replace("\n", "\\n")


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Standard error as seen by a person or a log.

    Attributes:
        show_all: whether every fault is shown; else the first of each kind and a count.
        timings: collects (stage, seconds).
    """

    show_all: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr or StringIO())  # it may be closed
    timings: list[tuple[str, float]] = field(default_factory=list)

    @property
    def live(self) -> bool:
        return self.stream.isatty()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Show a stage while it runs and when it is done."""
        said = shown_in_line(name, self._encoding)
        if self.live:
            self._write(f"{_ERASE}… {said}")
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            if self.live:
                self._write(_ERASE)
            raise
        self.timings.append((name, time.perf_counter() - start))
        self._write(f"{_ERASE}\x1b[32m✓\x1b[0m {said}\n" if self.live else f"{said}\n")

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print diagnostics, errors last so that they stand next to the prompt, and count them."""
        ordered = sorted(diagnostics, key=lambda d: d.severity is Severity.ERROR)
        for line in map(self._painted, ordered) if self.show_all else self._shortened(ordered):
            self._write(line + "\n")
        if ordered:
            self._write(_count(ordered) + "\n")

    def say(self, text: str) -> None:
        """Print a line, or several."""
        self._write(shown(text, self._encoding) + "\n")

    def show_timings(self) -> None:
        """Print what each stage took."""
        for name, seconds in self.timings:
            self.say(f"{seconds * 1000:8.1f} ms  {name}")

    @property
    def _encoding(self) -> str | None:
        return getattr(self.stream, "encoding", None)

    def _write(self, text: str) -> None:
        """Write what is safe to show; where nobody can be told (a full disk, a closed pipe), the work goes on."""
        encoding = self._encoding or "utf-8"
        with suppress(OSError, ValueError):
            self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
            self.stream.flush()

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
        """Return a diagnostic as its own text has it, each part of it in a line of its own."""
        where = f"{diagnostic.place}: " if diagnostic.place is not None else ""
        word = f"{diagnostic.severity.value}:"
        painted = f"{_COLORS[diagnostic.severity]}{word}{_RESET}" if self.live else word
        where, message, *hints = (
            shown_in_line(part, self._encoding) for part in (where, diagnostic.message, *diagnostic.hints)
        )
        return "\n".join((f"{where}{painted} {message}", *(f"  hint: {hint}" for hint in hints)))


def _kind(diagnostic: Diagnostic) -> object:
    """Return what diagnostics of one kind have in common: severity, rule and file; of cells the column, too."""
    place = diagnostic.place
    column = place.column if isinstance(place, CellRef) else None
    return diagnostic.severity, diagnostic.rule, place and place.file, column


def count(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """Return how many diagnostics there are of each severity."""
    found = Counter(d.severity for d in diagnostics)
    return {severity.value: found[severity] for severity in Severity}


def _count(diagnostics: list[Diagnostic]) -> str:
    counted = count(diagnostics).items()
    return ", ".join(f"{n:,} {word}{'s' if n > 1 else ''}" for word, n in counted if n)
