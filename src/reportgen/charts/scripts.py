"""Charts of one's own: a Python function of the project, loaded only when a specification names it.

The function is given a :class:`reportgen.charts.stage.Stage` and draws on it. It runs with the rights of the person who
builds, like any program; a project from elsewhere is read before it is built.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.suggest import did_you_mean
from reportgen.base.world import World


@dataclass(frozen=True, slots=True)
class Script:
    """A project's function that draws a chart: its file, its source (for the cache to compare) and itself."""

    path: str
    name: str
    source: str
    function: Callable[[Any], None]


def load_script(world: World, address: str, place: Span) -> Result[Script | None]:
    """Return the function that ``FILE.py:NAME`` stands for; ``FILE.py`` is looked up below ``data/``.

    Diagnostics: a malformed address, a missing file, a fault of the file with its line, an unknown name.
    """
    file, _, name = address.partition(":")
    if not file.endswith(".py") or not name.isidentifier():
        return Result(
            None,
            (
                error(
                    "not-file-py-function",
                    f"{address} is not FILE.py:FUNCTION",
                    place,
                    "as in python:charts.py:my_chart",
                ),
            ),
        )
    path = f"data/{file}"
    source = world.read_text(path)
    if isinstance(source, Diagnostic):
        return Result(
            None,
            (
                source,
                error(
                    "function-cannot-loaded",
                    f"the function {address} cannot be loaded",
                    place,
                    f"write it in {path}",
                ),
            ),
        )
    module = ModuleType(file.removesuffix(".py"))
    try:
        exec(compile(source, path, "exec"), module.__dict__)
    except Exception as problem:
        return Result(None, (_fault(path, problem),))
    found = getattr(module, name, None)
    if not callable(found):
        hints = did_you_mean(name, [key for key, value in vars(module).items() if callable(value)])
        return Result(None, (error("no-function", f"{path} has no function {name}", place, *hints),))
    return Result(Script(path, name, source, found))


def call_script(script: Script, stage: Any) -> tuple[Diagnostic, ...]:
    """Draw by a project's function; what it raises becomes a diagnostic with the line of its file."""
    try:
        script.function(stage)
    except Exception as problem:
        return (_fault(script.path, problem),)
    return ()


def _fault(path: str, problem: Exception) -> Diagnostic:
    if isinstance(problem, SyntaxError):
        return error(
            "file-not-python",
            f"the file is not Python: {problem.msg}",
            Span(path, problem.lineno or 0, problem.offset or 0),
            "mend the line, or the one before it",
        )
    lines = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == path]
    line = (lines[-1] or 0) if lines else 0
    return error(
        "function-failed", f"{type(problem).__name__}: {problem}", Span(path, line), "mend the function"
    )
