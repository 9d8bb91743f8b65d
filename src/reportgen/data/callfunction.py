"""Calling a project's function on tables: in a process of its own, with a time limit, its result kept.

The process may hang, exit, print or change what it is given without harm to the build; pandas is imported there only.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from reportgen.base import limits
from reportgen.base.diagnostics import Faults, Refused, Result, error, unwrap
from reportgen.base.functions import Function, Permission, fault_of
from reportgen.base.processes import Ended, working
from reportgen.data.frames import frame_of
from reportgen.data.package import CodeList, Table

T = TypeVar("T")

_SHOWN = 200


def call_function(
    name: str,
    permission: Permission,
    function: Function,
    tables: Sequence[Table],
    code_lists: Mapping[str, CodeList],
    read: Callable[[Function, Any], T],
) -> Result[T | None]:
    """Return what a function makes of tables, given to it as DataFrames, as ``read`` turns it into plain data.

    What is read is texts and tuples, so that a cache may keep it. It is kept under the function's file, the tables and
    the code lists; a function that reads anything else is not run again when that changes.

    Diagnostics begin with the ``name`` of what is made: what the function raised, at its line; a result that ``read``
    refuses; a function that takes longer than :data:`limits.FUNCTION_SECONDS` or ends its process; a warning if it
    prints.
    """

    parts = (function, read.__name__, tuple(tables), dict(code_lists))
    key, keeper = (repr(part).encode() for part in parts), permission.keeper

    def make() -> Result[T | None]:
        return in_a_process(function, lambda: _run(function, tables, code_lists, read))

    try:
        made = keeper.get_or_make(key, make, _is_made) if keeper is not None else make()
    except Refused as refused:
        made = Result(None, refused.diagnostics)
    return Result(made.value, tuple(replace(d, message=f"{name}: {d.message}") for d in made.diagnostics))


def _is_made(found: object) -> bool:
    """Say whether an entry of the cache is what :func:`call_function` keeps."""
    return isinstance(found, Result) and isinstance(found.diagnostics, tuple)


def _run(
    function: Function,
    tables: Sequence[Table],
    code_lists: Mapping[str, CodeList],
    read: Callable[[Function, Any], T],
) -> Result[T | None]:
    """Return what the function makes, as ``read`` turns it into plain data, and what it raised or printed."""
    faults, value, printed = Faults(), None, Printed()
    try:
        with redirect_stdout(printed):
            value = read(function, function.load()(*(frame_of(table, code_lists) for table in tables)))
    except Refused as refused:
        faults.add(*(refused.diagnostics or (fault_of(function.path, refused, function.line),)))
    except BaseException as problem:  # SystemExit too: whatever the function raises is told at its line
        faults.add(fault_of(function.path, problem, function.line))
    if printed.text:
        message = f"{function.name} prints {printed.text[:_SHOWN].rstrip()!r}"
        faults.warning("function-prints", message, function.span, "take the print out")
    return faults.result(value)


def in_a_process(function: Function, work: Callable[[], Result[T]]) -> Result[T]:
    """Return what ``work``, which runs a function of the project, gives in a process with limits of time and memory.

    Raises:
        Refused: if it gives faults, which are not kept, takes too long or ends its process.
    """

    def limited() -> Result[T]:
        _limit_memory()
        return work()

    with working(limited) as answer:
        try:
            result = answer(limits.FUNCTION_SECONDS)
        except TimeoutError:
            message = f"{function.name} takes more than {limits.FUNCTION_SECONDS:g} seconds"
            raise Refused([error("function-too-slow", message, function.span, "let it do less")]) from None
        except Ended:
            message = f"{function.name} ended its process without a result"
            hint = "return instead of exit, and hold less in memory"
            raise Refused([error("function-failed", message, function.span, hint)]) from None
        except MemoryError as problem:
            raise Refused([fault_of(function.path, problem, function.line)]) from None
    unwrap(result)
    return result


def _limit_memory() -> None:
    """Let this process take :data:`limits.FUNCTION_BYTES` beside what it has, and no more, on systems that can."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    most = used + limits.FUNCTION_BYTES
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


class Printed(io.TextIOBase):
    """Keeps the first of what a function prints."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text[: limits.PRINTED_CHARACTERS - len(self.text)]
        return len(text)


def unboxed(value: Any) -> Any:
    """Return one of numpy's scalars as Python's own; anything else as it is."""
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 1) == 0 else value
