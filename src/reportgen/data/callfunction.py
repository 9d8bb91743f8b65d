"""Calling a project's function on tables: in a process of its own, with a time limit, its result kept.

The process is forked, so that it may hang, exit, print or change what it is given without harm to the build; pandas
is imported there only. Where the system cannot fork (Windows), the function runs in the build's own process, without
the time limit.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from reportgen.base.diagnostics import Diagnostic, Refused, Result, error, warning
from reportgen.base.functions import Function, Permission, fault_of
from reportgen.data.frames import frame_of
from reportgen.data.package import CodeList, Table

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

LIMIT = 60.0
"""Seconds that a function may take: a build takes one or two, and a table of a million rows is sorted in less."""
_SHOWN = 200

Answer: TypeAlias = tuple[Any, tuple[Diagnostic, ...]]


class WrongResult(ValueError):
    """Raised by a reader of results: what was returned, and what to return."""

    def __init__(self, message: str, hint: str) -> None:
        self.hint = hint
        super().__init__(message)


def call_function(
    permission: Permission,
    function: Function,
    tables: Sequence[Table],
    code_lists: Mapping[str, CodeList],
    read: Callable[[Any], T],
) -> Result[T | None]:
    """Return what a function makes of tables, given to it as DataFrames, as ``read`` turns it into plain data.

    What is read is texts and tuples, so that a cache may keep it. It is kept under the function's file, the tables and
    the code lists; a function that reads anything else is not run again when that changes.

    Diagnostics: what the function raised, at its line; a result that ``read`` refuses; a function that takes longer
    than :data:`LIMIT` seconds or ends its process; a warning if it prints.
    """

    def make() -> Any:
        value, found = _answer(function, lambda: _work(function, tables, code_lists, read))
        if found:
            raise Refused(found) if value is None else _Noted(value, found)
        return value

    try:
        if permission.keeper is None:
            return Result(make())
        parts = (function, read.__name__, tuple(tables), dict(code_lists))
        return Result(permission.keeper.get_or_make((repr(part).encode() for part in parts), make))
    except Refused as refused:
        return Result(None, refused.diagnostics)
    except _Noted as noted:
        return Result(noted.value, noted.found)


class _Noted(Exception):
    """Carries a result with warnings past the cache, so that the warnings come again with the next build."""

    def __init__(self, value: Any, found: tuple[Diagnostic, ...]) -> None:
        self.value, self.found = value, found
        super().__init__()


def _work(
    function: Function, tables: Sequence[Table], lists: Mapping[str, CodeList], read: Callable[[Any], Any]
) -> Answer:
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            value = read(function.load()(*(frame_of(table, lists) for table in tables)))
    except Refused as refused:
        return None, refused.diagnostics
    except WrongResult as wrong:
        message = f"{function.name} {wrong}"
        return None, (error("wrong-result", message, function.span, wrong.hint),)
    except BaseException as problem:  # SystemExit too: whatever the function raises is told at its line
        return None, (fault_of(function.path, problem, function.line),)
    if printed.getvalue():
        message = f"{function.name} prints {printed.getvalue()[:_SHOWN].rstrip()!r}"
        return value, (warning("function-prints", message, function.span, "take the print out"),)
    return value, ()


def _answer(function: Function, work: Callable[[], Answer]) -> Answer:
    from multiprocessing import get_all_start_methods, get_context

    if "fork" not in get_all_start_methods():
        return work()
    context = get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        if mine.poll(LIMIT):
            return mine.recv()  # type: ignore[no-any-return]
        message, hint = f"{function.name} takes more than {LIMIT:g} seconds", "let it do less"
        return None, (error("function-too-slow", message, function.span, hint),)
    except EOFError:
        message, hint = f"{function.name} ended its process without a result", "return instead of exit"
        return None, (error("function-failed", message, function.span, hint),)
    finally:
        process.kill()
        process.join()
        mine.close()


def _send(work: Callable[[], Answer], theirs: Connection) -> None:
    theirs.send(work())
    theirs.close()
