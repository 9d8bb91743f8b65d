"""Editions side by side: each in a process of its own, where the system can fork one with all that is loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return the function's results in order.

    With more than one item and processor each item is done by a forked process; what the function raises is raised
    here. Where the system cannot fork, one after the other.
    """
    if len(items) < 2 or (os.cpu_count() or 1) < 2 or "fork" not in get_all_start_methods():
        return one_by_one(function, items)
    return list(_forked(function, items))


def one_by_one(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return the function's results in order, made in this process."""
    return [function(item) for item in items]


def _forked(function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """Do all but the first in processes, the first here meanwhile."""
    context = get_context("fork")
    running = []
    for item in items[1:]:
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(function, item, theirs))
        process.start()
        theirs.close()
        running.append((process, mine))
    try:
        yield function(items[0])
        for process, mine in running:
            yield _answer(mine)
            process.join()
    finally:
        for process, mine in running:
            mine.close()
            if process.is_alive():
                process.terminate()
            process.join()


def _work(function: Callable[[T], R], item: T, theirs: Connection) -> None:
    try:
        answer: tuple[Any, Exception | None] = (function(item), None)
    except Exception as problem:  # it belongs to whoever waits for the answer
        answer = (None, problem)
    theirs.send(answer)
    theirs.close()


def _answer(mine: Connection) -> Any:
    try:
        value, problem = mine.recv()
    except EOFError:
        raise RuntimeError("a process ended before its work was done") from None
    if problem is not None:
        raise problem
    return value
