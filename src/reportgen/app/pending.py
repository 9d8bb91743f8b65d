"""What had been found when reportgen itself failed: it must not be lost with the pass that failed."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType

from reportgen.app.answer import Answer
from reportgen.base.diagnostics import Diagnostic, Faults, Result


def pending(problem: BaseException) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that the passes held which the exception has left, each once, the outer pass's first.

    A pass collects its diagnostics in a variable of its own (:class:`Faults`) and gives them back with its result.
    There is no result here, so they are read from where the exception has passed.
    """
    return tuple(dict.fromkeys(_held(problem.__traceback__)))


def _held(trace: TracebackType | None) -> Iterator[Diagnostic]:
    while trace is not None:
        for value in trace.tb_frame.f_locals.values():
            if isinstance(value, Faults):
                yield from value.found
            elif isinstance(value, Result | Answer):
                yield from value.diagnostics
        trace = trace.tb_next
