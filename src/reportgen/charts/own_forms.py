"""Forms of one's own: a Python function of the project, loaded only when a specification names it.

The function is given a :class:`reportgen.charts.stage.Stage` and draws on it, or returns a Drawing of ReportLab's. It
runs only where the person who builds has allowed it (:mod:`reportgen.base.functions`), its file, too, only when a chart
is drawn: in a process of its own (:mod:`reportgen.build.drawings`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from reportgen.base.diagnostics import Result, Span
from reportgen.base.frame import Frame
from reportgen.base.functions import Function, fault_of, find_function
from reportgen.base.world import World
from reportgen.charts.form import ChartFault, Form

if TYPE_CHECKING:
    from reportgen.charts.stage import Stage

OWN = "python:"
"""How the name of a form begins that is a function of the project."""

Work: TypeAlias = Callable[[Any], Any]
_ROUNDING = 0.05


def load_form(world: World, name: str, place: Span) -> Result[Form | None]:
    """Return the form that ``python:FILE.py:NAME`` stands for; ``FILE.py`` is looked up below ``data/``.

    The function draws; where it has an attribute ``describe``, that function makes its two alternative texts.

    Diagnostics: those of :func:`reportgen.base.functions.find_function`.
    """
    found = find_function(world, name.removeprefix(OWN), place)
    return Result(None if found.value is None else _form(name, found.value), found.diagnostics)


def _form(name: str, own: Function) -> Form:
    return Form(
        name,
        "Chart",
        partial(_draw, own),
        takes=("series", "panel", "period"),
        options=None,
        max_x=9999,
        max_series=99,
        negatives=True,
        describe=partial(_describe, own),
        own=own,
    )


_loaded = lru_cache(maxsize=8)(Function.load)
"""What a file makes of itself once serves drawing and describing."""


def _describe(own: Function, stage: Stage) -> tuple[str, str]:
    from reportgen.charts.describe import describe  # it reads specifications, which read this

    function = getattr(_call(own, lambda _: _loaded(own), stage), "describe", None)
    if not callable(function):
        return describe(stage)
    found = _call(own, function, stage)
    if isinstance(found, tuple) and [type(text) for text in found] == [str, str]:
        return found
    if not stage.faults.refused:
        message = f"describe of {stage.spec.form.name} returned {found!r}"
        stage.refuse(
            "wrong-value", message, stage.spec.place("form"), "return a sentence and a description: two texts"
        )
    return "", ""


def _call(own: Function, work: Work, stage: Stage) -> Any:
    """Call something of a project's file; what it raises becomes a diagnostic with the line of the file."""
    try:
        return work(stage)
    except ChartFault:
        raise
    except BaseException as problem:  # SystemExit too: whatever the function raises is told at its line
        stage.faults.add(fault_of(own.path, problem, own.line))
        return None


def _draw(own: Function, stage: Stage) -> None:
    """Draw by a project's function; a Drawing of ReportLab's that it returns is recorded on the stage."""
    function = _call(own, lambda _: _loaded(own), stage)
    if stage.faults.refused:
        return
    if not callable(function):
        message = f"{own.path}: {own.name} is no function"
        stage.faults.error("unknown-function", message, stage.spec.place("form"), "name a function")
        return
    returned = _call(own, function, stage)
    shapes = sys.modules.get("reportlab.graphics.shapes")
    if shapes is not None and isinstance(returned, shapes.Drawing):
        _call(own, partial(_record, returned), stage)


def _record(drawing: Any, stage: Stage) -> None:
    from reportgen.charts.reportlab_drawing import record_drawing

    recorded = record_drawing(drawing, stage.style, stage.setting, stage.words.language.lang)
    frame, width = recorded.value, stage.width
    if frame.width > width + _ROUNDING:
        message = f"the drawing is {frame.width:.0f} pt wide, and there are {width:.0f} pt"
        stage.refuse("drawing-too-wide", message, stage.spec.place("form"), "make it as wide as stage.width")
    height = stage.open(frame.height).height
    stage.recorded = replace(recorded, value=Frame(width, height, frame.items))
