"""Work in processes of their own, each forked with all that is loaded; where that is not safe, in this one.

No process outlives the one that started it, however that ends: see :func:`end_with`.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Answer: TypeAlias = Callable[[float | None], R]
"""Waits for the result, so many seconds or for ever: a TimeoutError is raised after them."""

_PR_SET_PDEATHSIG = 1
"""Source: prctl(2), linux/prctl.h."""
_LOOKS = 0.5
"""Seconds between two looks at the parent, where the system does not tell of its end."""


class Ended(RuntimeError):
    """Raised where a process has ended without a result."""


def can_fork() -> bool:
    """Say whether a process of this system can be forked.

    macOS can, but its own libraries do not outlive it (Python's documentation of multiprocessing, *Contexts and start
    methods*), and what they do then is to crash.
    """
    return "fork" in get_all_start_methods() and sys.platform != "darwin"


@contextmanager
def working(work: Callable[[], R]) -> Iterator[Answer[R]]:
    """Let work be done in a process, which does not outlive the block; what it raises is raised with its answer.

    Whatever the process starts in its turn ends with it. Where a process cannot be forked (Windows, macOS), the work is
    done here when it is asked for, without a limit of time.
    """
    if not can_fork():
        yield lambda _: work()
        return
    context = get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    try:
        process = context.Process(target=_send, args=(work, mine, theirs, os.getpid()), daemon=True)
        _start(process)
    finally:
        theirs.close()
    try:
        yield partial(_answer, mine)
    finally:
        _end(process)
        mine.close()


def _start(process: BaseProcess) -> None:
    """Start a process in a group of its own.

    From 3.12 Python warns of every fork of a process with threads. Those that are alive here are numpy's, which knows
    of forks (pthread_atfork); :func:`side_by_side` does not fork where Python's own are.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*fork", category=DeprecationWarning)
        process.start()
    _lead_group(process.pid or 0)


def _lead_group(pid: int) -> None:
    """Make a process the leader of a group; it and its parent both ask, as either may come first (setpgid(2))."""
    with suppress(OSError):  # the other was first, or it has ended
        os.setpgid(pid, pid)


def _end(process: BaseProcess) -> None:
    """End a process with all that it has started."""
    with suppress(OSError):  # there is no such group any more
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.kill()
    process.join()


def _send(work: Callable[[], R], mine: Connection, theirs: Connection, parent: int) -> None:
    _lead_group(0)
    mine.close()  # a pipe that somebody can still read never breaks, and this process would wait for ever to write
    end_with(parent)
    os.dup2(2, 1)  # what this process prints must not stand among the answers of the command
    with suppress(BrokenPipeError):  # nobody waits for the answer any more
        try:
            theirs.send((work(), None))
        except BrokenPipeError:
            raise
        except Exception as problem:  # it belongs to whoever waits for the answer
            theirs.send((None, problem))


def end_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends: Linux sees to it; elsewhere a thread looks.

    The parent may have ended before it was asked for, so that nothing would come any more.
    """
    if not _asked_of_linux():
        threading.Thread(target=_look_after, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _asked_of_linux() -> bool:
    if sys.platform != "linux":
        return False
    try:
        import ctypes

        return ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0  # type: ignore[no-any-return]
    except (ImportError, OSError, AttributeError):  # a Python without ctypes, a library without prctl
        return False


def _look_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os._exit(1)


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

    They are made here one after the other where there is one item or one processor, where a process cannot be forked,
    and where Python runs other threads: a lock that one of them holds at the fork would never be released in the
    process, which has no such thread.
    """
    alone = threading.active_count() == 1
    if len(items) < 2 or (os.cpu_count() or 1) < 2 or not can_fork() or not alone:
        return one_by_one(function, items)
    with ExitStack() as running:
        others = [running.enter_context(working(partial(function, item))) for item in items[1:]]
        return [function(items[0]), *(answer(None) for answer in others)]


def one_by_one(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return the function's results in order, made in this process."""
    return [function(item) for item in items]
