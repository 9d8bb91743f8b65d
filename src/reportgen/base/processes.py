"""Work in processes of their own, each forked with all that is loaded; where the system cannot fork, in this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Answer: TypeAlias = Callable[[float | None], R]
"""Waits for the result, so many seconds or for ever: a TimeoutError is raised after them."""


class Ended(RuntimeError):
    """Raised where a process has ended without a result."""


@contextmanager
def working(work: Callable[[], R]) -> Iterator[Answer[R]]:
    """Let work be done in a process, which does not outlive the block; what it raises is raised with its answer.

    Where the system cannot fork (Windows), it is done here when it is asked for, without a limit of time.
    """
    if "fork" not in get_all_start_methods():
        yield lambda _: work()
        return
    context = get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield partial(_answer, mine)
    finally:
        process.kill()
        process.join()
        mine.close()


def _send(work: Callable[[], R], theirs: Connection) -> None:
    os.dup2(2, 1)  # what this process prints must not stand among the answers of the command
    try:
        theirs.send((work(), None))
    except Exception as problem:  # it belongs to whoever waits for the answer
        theirs.send((None, problem))


def _answer(mine: Connection, limit: float | None) -> R:  # type: ignore[type-var]
    if not mine.poll(limit):
        raise TimeoutError
    try:
        value, problem = mine.recv()
    except EOFError:
        raise Ended("a process ended before its work was done") from None
    if problem is not None:
        raise problem
    return value  # type: ignore[no-any-return]


def side_by_side(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return the function's results in order, the first made here and each other one by a process meanwhile.

    With one item or one processor, or where the system cannot fork, they are made here one after the other.
    """
    if len(items) < 2 or (os.cpu_count() or 1) < 2 or "fork" not in get_all_start_methods():
        return one_by_one(function, items)
    with ExitStack() as running:
        others = [running.enter_context(working(partial(function, item))) for item in items[1:]]
        return [function(items[0]), *(answer(None) for answer in others)]


def one_by_one(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return the function's results in order, made in this process."""
    return [function(item) for item in items]
