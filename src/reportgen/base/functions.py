"""A project's own Python functions: found, and allowed by the person who builds, before anything of them runs.

A project may come from anybody, and a function runs with the rights of whoever builds. A setting inside the project
could not protect that person: a stranger would write it. So the permission lies outside of the project: in a file of
the person's own that lists the SHA-256 of each Python file that he or she has read and allowed (``reportgen trust``),
or in the switch ``--allow-functions`` of one run. A file that changes must be allowed anew. Charts, tables and
measures made by functions keep this one rule.
"""

from __future__ import annotations

import hashlib
import importlib
import symtable
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from reportgen.base.diagnostics import Diagnostic, Refused, Result, Span, error
from reportgen.base.limits import TEXT_BYTES
from reportgen.base.regular import read_regular
from reportgen.base.suggest import known_names

if TYPE_CHECKING:
    from reportgen.base.world import World

T = TypeVar("T")

_SHOWN = 300
"""How many characters of what a function says are told."""


class Keeper(Protocol):
    """Keeps what functions have made, under all that it depends on."""

    def get_or_make(
        self, parts: Iterable[bytes], make: Callable[[], T], fits: Callable[[Any], bool]
    ) -> T: ...


@dataclass(frozen=True, slots=True)
class Permission:
    """Which functions of projects may run, and where their results are kept.

    Attributes:
        files: the digests of the Python files that the person at this computer has allowed.
        everything: whether every file is allowed, in this run only.
        keeper: keeps results from build to build; None keeps nothing.
    """

    files: frozenset[str] = frozenset()
    everything: bool = False
    keeper: Keeper | None = field(default=None, compare=False)

    def allows(self, source: str) -> bool:
        """Say whether a file with this text may run."""
        return self.everything or digest_of_source(source) in self.files


def digest_of_source(source: str) -> str:
    """Return the SHA-256 of a Python file's text in UTF-8 with line feeds: what ``sha256sum`` says of such a file."""
    return hashlib.sha256(source.encode()).hexdigest()


def trusted_file(environment: Mapping[str, str], home: Path) -> Path:
    """Return the file that lists what a person has allowed: ``~/.config/reportgen/trusted`` (XDG Base Directory)."""
    return Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "reportgen/trusted"


def read_trusted(path: Path) -> frozenset[str]:
    """Return the digests in a person's list of allowed files: the first word of each line, as of ``sha256sum``."""
    try:
        lines = read_regular(path, TEXT_BYTES).decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line.split()[0].lower() for line in lines if line.strip())


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the project: its file, its name, the line of its ``def`` and the text of the file."""

    path: str
    name: str
    source: str
    line: int

    @property
    def span(self) -> Span:
        return Span(self.path, self.line)

    def wrong_result(self, returned: str, hint: str) -> Refused:
        """Return the exception that says what the function has returned, and what to return."""
        return Refused([error("wrong-result", f"{self.name} returned {returned}", self.span, hint)])

    def load(self) -> Any:
        """Run the file and return the function; whatever the file raises is raised."""
        module = ModuleType(Path(self.path).stem)
        exec(compile(self.source, self.path, "exec"), module.__dict__)
        return getattr(module, self.name)


def find_function(world: World, address: str, place: Span) -> Result[Function | None]:
    """Return the function that ``FILE.py:NAME`` stands for, without running it; the file is looked up below ``data/``.

    Diagnostics: a malformed address, a missing file, one that is not allowed or not Python, an unknown name.
    """
    file, _, name = address.partition(":")
    path = f"data/{file}"
    if not file.endswith(".py") or not name.isidentifier():
        message, hint = f"{address} is not FILE.py:FUNCTION", "write it as in charts.py:my_chart"
        return Result(None, (error("wrong-value", message, place, hint),))
    source = world.read_text(path)
    if isinstance(source, Diagnostic):
        message = f"the function {address} cannot be loaded: {path}: {source.message}"
        return Result(None, (replace(source, message=message, place=place),))
    if not world.permission.allows(source):
        hints = (
            f"read it; if it does nothing that you do not want, run: reportgen trust {path}",
            "or allow all functions of this project for one run: --allow-functions",
        )
        message = f"{path} is a program and may not run yet"
        return Result(None, (error("not-allowed", message, place, *hints),))
    try:
        names = symtable.symtable(source, path, "exec")
    except (SyntaxError, ValueError) as problem:
        return Result(None, (fault_of(path, problem),))
    known = [s.get_name() for s in names.get_symbols() if s.is_assigned() or s.is_imported()]
    if name not in known:
        message = f"{path} has no function {name}"
        return Result(None, (error("unknown-function", message, place, *known_names(name, known)),))
    line = next((inner.get_lineno() for inner in names.get_children() if inner.get_name() == name), 0)
    return Result(Function(path, name, source, line))


def fault_of(path: str, problem: BaseException, line: int = 0) -> Diagnostic:
    """Return what a function raised as a diagnostic at the last line of its file that took part, or at ``line``."""
    if isinstance(problem, SyntaxError) and problem.filename == path:
        place = Span(path, problem.lineno or 0, problem.offset or 0)
        message, hint = f"the file is not Python: {problem.msg}", "mend the line, or the one before it"
        return error("not-python", message, place, hint)
    lines = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == path]
    place = Span(path, (lines[-1] if lines else None) or line)
    try:
        said = "\n".join(str(problem).splitlines()[:1])[:_SHOWN]
    except BaseException:  # an exception of the project's own may fail to say what it is
        said = ""
    if isinstance(problem, SystemExit):
        return error("function-failed", "the function ends the program", place, "return instead of exit")
    message = f"{type(problem).__name__}: {said}" if said else type(problem).__name__
    return error("function-failed", message, place, "mend the function")


def library(name: str) -> Any:
    """Return a library that is imported only where it is used.

    Raises:
        Refused: if it is not installed; the diagnostic names the command that installs it.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        hint = f"install it with: python -m pip install {package}"
        raise Refused([error("missing-library", f"{package} is not installed", None, hint)]) from None
