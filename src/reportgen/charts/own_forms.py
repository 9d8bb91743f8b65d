"""Forms of one's own: a Python function of the project, loaded only when a specification names it.

The function is given a :class:`reportgen.charts.stage.Stage` and draws on it, or returns a Drawing of ReportLab's. It
runs only where the person who builds has allowed it (:mod:`reportgen.base.functions`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.frame import Frame
from reportgen.base.functions import fault_of, find_function
from reportgen.base.world import World
from reportgen.charts.form import ChartFault, Form

if TYPE_CHECKING:
    from reportgen.charts.stage import Stage

OWN = "python:"
"""How the name of a form begins that is a function of the project."""

Function: TypeAlias = Callable[[Any], Any]
_ROUNDING = 0.05


def load_form(world: World, name: str, place: Span) -> Result[Form | None]:
    """Return the form that ``python:FILE.py:NAME`` stands for; ``FILE.py`` is looked up below ``data/``.

    The function draws; where it has an attribute ``describe``, that function makes its two alternative texts.

    Diagnostics: those of :func:`reportgen.base.functions.find_function`; what the file raises, with its line.
    """
    faults = Faults()
    found = faults.take(find_function(world, name.removeprefix(OWN), place))
    if found is None:
        return faults.result(None)
    try:
        function = found.load()
    except (Exception, SystemExit) as problem:
        faults.add(fault_of(found.path, problem, found.line))
        return faults.result(None)
    if not callable(function):
        faults.error(
            "unknown-function", f"{found.path}: {found.name} is no function", place, "name a function"
        )
        return faults.result(None)
    return faults.result(_form(name, found.path, function))


def _form(name: str, path: str, function: Function) -> Form:
    describe = getattr(function, "describe", None)
    return Form(
        name,
        "Chart",
        partial(_draw, function, path),
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
    except (Exception, SystemExit) as problem:
        stage.faults.add(fault_of(path, problem))
        return None


def _draw(function: Function, path: str, stage: Stage) -> None:
    """Draw by a project's function; a Drawing of ReportLab's that it returns is recorded on the stage."""
    returned = _call(function, path, stage)
    shapes = sys.modules.get("reportlab.graphics.shapes")
    if shapes is not None and isinstance(returned, shapes.Drawing):
        _call(partial(_record, returned), path, stage)


def _record(drawing: Any, stage: Stage) -> None:
    from reportgen.charts.reportlab_drawing import record_drawing

    recorded = record_drawing(drawing, stage.style, stage.setting, stage.words.language.lang)
    frame, width = recorded.value, stage.width
    if frame.width > width + _ROUNDING:
        message = f"the drawing is {frame.width:.0f} pt wide, and there are {width:.0f} pt"
        stage.refuse("drawing-too-wide", message, stage.spec.place("form"), "make it as wide as stage.width")
    height = stage.open(frame.height).height
    stage.recorded = replace(recorded, value=Frame(width, height, frame.items))
