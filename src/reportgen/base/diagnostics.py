"""What is wrong, where, and what to do about it.

Every pass returns a :class:`Result`: its value and the diagnostics it found. A pass does not stop at the
first fault; it goes on as far as it sensibly can, so that a person sees all faults in one run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Severity(Enum):
    """How bad a diagnostic is: an error refuses the build, a warning lets it pass."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file: 1-based line and column; column 0 means the whole line, line 0 the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """A place in a table: the file, the row as the person's program numbers it (header is row 1), the column's name."""

    file: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}"


@dataclass(frozen=True, slots=True, order=True)
class PageRef:
    """A place on a finished page: the output's name, the page as printed and a point from the trim corner."""

    file: str
    page: str
    x: float = 0.0
    y: float = 0.0

    def __str__(self) -> str:
        return f"{self.file}, page {self.page} at {self.x:.0f},{self.y:.0f} pt"


Place: TypeAlias = Span | CellRef | PageRef


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: a sentence for the person who can mend it, its place, and hints what to do.

    Attributes:
        rule: the kind of fault in a few words, as in ``unknown-key``; it stays when the sentence is reworded, and
            faults of one rule in one file are shown together.
        about: the thing that is at fault, as in ``fact p1.total``; faults of one rule about one thing are told once,
            with all their places. "" where each stands for itself.
    """

    severity: Severity
    rule: str
    message: str
    place: Place | None = None
    hints: tuple[str, ...] = ()
    about: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place is not None else ""
        lines = [f"{where}{self.severity.value}: {self.message}"]
        lines += [f"  hint: {hint}" for hint in self.hints]
        return "\n".join(lines)


def error(rule: str, message: str, place: Place | None = None, *hints: str, about: str = "") -> Diagnostic:
    """Return a diagnostic that refuses the build."""
    return Diagnostic(Severity.ERROR, rule, message, place, hints, about)


def warning(rule: str, message: str, place: Place | None = None, *hints: str) -> Diagnostic:
    """Return a diagnostic that lets the build pass."""
    return Diagnostic(Severity.WARNING, rule, message, place, hints)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether any of the diagnostics refuses the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


@dataclass(frozen=True, slots=True)
class Result(Generic[T_co]):
    """A pass's value with the diagnostics found on the way.

    With errors the value is the best that could be made, so that later passes can look for more faults;
    nothing is written from it.
    """

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = field(default=())

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        return not has_errors(self.diagnostics)


@dataclass(slots=True)
class Faults:
    """Collects what the steps of a pass find: the one thing that grows while a pass runs.

    A pass makes one, takes the results of its steps through it, and returns its own value with all that was found::

        faults = Faults()
        table = faults.take(load_table(world, path))
        if not table.rows:
            faults.error("empty-table", f"{path} has no rows", Span(path), "add a row")
        return faults.result(table)
    """

    found: list[Diagnostic] = field(default_factory=list)

    def take(self, result: Result[T]) -> T:
        """Return a result's value and keep its diagnostics."""
        self.found += result.diagnostics
        return result.value

    def add(self, *diagnostics: Diagnostic) -> None:
        """Keep diagnostics."""
        self.found += diagnostics

    def error(
        self, rule: str, message: str, place: Place | None = None, *hints: str, about: str = ""
    ) -> None:
        """Note a fault that refuses the build."""
        self.found.append(error(rule, message, place, *hints, about=about))

    def warning(self, rule: str, message: str, place: Place | None = None, *hints: str) -> None:
        """Note a fault that lets the build pass."""
        self.found.append(warning(rule, message, place, *hints))

    @property
    def refused(self) -> bool:
        """Whether anything found so far refuses the build."""
        return has_errors(self.found)

    def result(self, value: T) -> Result[T]:
        """Return a value with all that was found, each fault once, in the order of finding."""
        return Result(value, tuple(dict.fromkeys(self.found)))


class Fault(Exception):
    """Raised deep inside a pass for what is wrong with one thing; whoever knows its place tells it there.

    Attributes:
        rule: the rule of its diagnostic.
    """

    rule = "wrong-value"

    def __init__(self, message: str, *hints: str, rule: str = "", about: str = "") -> None:
        self.rule = rule or self.rule
        self.hints = hints
        self.about = about
        super().__init__(message)

    def at(self, place: Place | None, about: str = "") -> Diagnostic:
        """Return it as a diagnostic, its message after what it is ``about``."""
        return error(self.rule, about + str(self), place, *self.hints, about=self.about)


class Refused(Exception):
    """Raised where a caller asks for a value that errors forbid; carries every diagnostic."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))


def unwrap(result: Result[T_co]) -> T_co:
    """Return the value of a result without errors.

    Raises:
        Refused: if the result has errors; warnings are told with them.
    """
    if not result.ok:
        raise Refused(result.diagnostics)
    return result.value
