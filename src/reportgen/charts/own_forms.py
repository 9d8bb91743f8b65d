"""Forms of one's own: a Python function of the project, loaded only when a specification names it.

The function is given a :class:`reportgen.charts.stage.Stage` and draws on it. It runs with the rights of the person who
builds, like any program; a project from elsewhere is read before it is built.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.suggest import did_you_mean
from reportgen.base.world import World
from reportgen.charts.form import ChartFault, Form

if TYPE_CHECKING:
    from reportgen.charts.stage import Stage

OWN = "python:"
"""How the name of a form begins that is a function of the project."""

Function: TypeAlias = Callable[[Any], Any]


def load_form(world: World, name: str, place: Span) -> Result[Form | None]:
    """Return the form that ``python:FILE.py:NAME`` stands for; ``FILE.py`` is looked up below ``data/``.

    The function draws; where it has an attribute ``describe``, that function makes its two alternative texts.

    Diagnostics: a malformed address, a missing file, a fault of the file with its line, an unknown name.
    """
    faults = Faults()
    file, _, function = name.removeprefix(OWN).partition(":")
    path = f"data/{file}"
    if not file.endswith(".py") or not function.isidentifier():
        message = f"{name} is not {OWN}FILE.py:FUNCTION"
        faults.error("wrong-value", message, place, f"as in {OWN}charts.py:my_chart")
        return faults.result(None)
    module = _load(world, path, place, faults)
    found = vars(module).get(function) if module is not None else None
    if callable(found):
        return faults.result(_form(name, path, found))
    if module is not None:
        hints = did_you_mean(function, [key for key, value in vars(module).items() if callable(value)])
        faults.error("unknown-function", f"{path} has no function {function}", place, *hints)
    return faults.result(None)


def _load(world: World, path: str, place: Span, faults: Faults) -> ModuleType | None:
    source = world.read_text(path)
    if isinstance(source, Diagnostic):
        faults.add(source)
        faults.error("unreadable-function", f"{path} cannot be read", place, f"write the function in {path}")
        return None
    module = ModuleType(path.removeprefix("data/").removesuffix(".py"))
    try:
        exec(compile(source, path, "exec"), module.__dict__)
    except Exception as problem:
        faults.add(_fault(path, problem))
        return None
    return module


def _form(name: str, path: str, function: Function) -> Form:
    describe = getattr(function, "describe", None)
    return Form(
        name,
        "Chart",
        partial(_call, function, path),
        takes=("series", "panel", "period"),
        options=None,
        max_x=9999,
        max_series=99,
        negatives=True,
        describe=partial(_describe, describe, path) if callable(describe) else None,
        is_own=True,
    )


def _describe(function: Function, path: str, stage: Stage) -> tuple[str, str]:
    found = _call(function, path, stage)
    if isinstance(found, tuple) and [type(text) for text in found] == [str, str]:
        return found
    if not stage.faults.refused:
        message = f"describe of {stage.spec.form.name} returned {found!r}"
        stage.refuse(
            "wrong-value", message, stage.spec.place("form"), "return a sentence and a description: two texts"
        )
    return "", ""


def _call(function: Function, path: str, stage: Stage) -> Any:
    """Call a project's function; what it raises becomes a diagnostic with the line of its file."""
    try:
        return function(stage)
    except ChartFault:
        raise
    except Exception as problem:
        stage.faults.add(_fault(path, problem))
        return None


def _fault(path: str, problem: Exception) -> Diagnostic:
    if isinstance(problem, SyntaxError):
        place = Span(path, problem.lineno or 0, problem.offset or 0)
        return error(
            "not-python",
            f"the file is not Python: {problem.msg}",
            place,
            "mend the line, or the one before it",
        )
    lines = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == path]
    place = Span(path, (lines[-1] or 0) if lines else 0)
    return error("function-failed", f"{type(problem).__name__}: {problem}", place, "mend the function")
