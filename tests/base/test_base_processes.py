"""Work done side by side comes back in order, with what it raised, and no process stays behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reportgen.base import processes
from reportgen.base.processes import can_fork, side_by_side, working

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system's processes cannot be forked")
SOON = 60.0
"""Seconds within which what is to end has ended, however busy the machine is; no result depends on it."""


def test_results_come_in_the_order_of_the_items() -> None:
    assert side_by_side(lambda n: n * n, [3, 1, 2]) == [9, 1, 4]
    assert side_by_side(lambda n: n, []) == []


def test_items_are_done_in_processes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    here, there = side_by_side(lambda _: os.getpid(), [1, 2])
    assert here == os.getpid() != there


@pytest.mark.parametrize(("processors", "methods"), [(1, ["fork"]), (2, ["spawn"])])
def test_without_a_second_processor_or_fork_all_is_done_here(
    processors: int, methods: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr(processes, "get_all_start_methods", lambda: methods)
    assert side_by_side(lambda _: os.getpid(), [1, 2]) == [os.getpid()] * 2


@pytest.mark.parametrize("failing", [1, 2])
def test_what_an_item_raises_is_raised_here(failing: int) -> None:
    def work(item: int) -> int:
        if item == failing:
            raise ValueError(f"item {item}")
        return item

    with pytest.raises(ValueError, match=f"item {failing}"):
        side_by_side(work, [1, 2])


def test_a_process_that_dies_is_a_failure() -> None:
    def work(item: int) -> int:
        if item == 2:
            os._exit(1)
        return item

    with pytest.raises(RuntimeError, match="ended before its work was done"):
        side_by_side(work, [1, 2])


def test_beside_other_threads_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that one of them holds would stay locked in a forked process for ever."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert side_by_side(lambda _: os.getpid(), [1, 2]) == [os.getpid()] * 2
    finally:
        done.set()
        other.join()


def test_macos_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with working(os.getpid) as answer:
        assert answer(None) == os.getpid()


def test_python_warns_of_no_fork() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with working(lambda: 7) as answer:
                assert answer(SOON) == 7
    finally:
        done.set()
        other.join()


# ---- nothing stays behind --------------------------------------------------------------------------------------------

STARTS = """
import os, subprocess, sys, time
from reportgen.base import processes
from reportgen.base.processes import side_by_side, working

def ready():
    os.write(READY, b"r")

def reckon():
    ready()
    while True:
        pass

def wait():
    ready()
    time.sleep(10**6)

def answer():
    ready()
    return bytes(10**8)

def ignore():
    import signal
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    wait()

HELD, READY, phase, linux = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
if linux == "no":
    processes._asked_of_linux = lambda: False
if linux == "neither":
    processes.end_with = lambda parent: None
if phase == "editions":
    os.cpu_count = lambda: 2
    side_by_side(lambda work: work(), [wait, answer, answer])
elif phase == "at once":
    ready()
    while True:
        with working(answer):
            pass
else:
    with working(globals()[phase]):
        time.sleep(10**6)
"""


@contextmanager
def started(phase: str, linux: str = "yes") -> Iterator[tuple[subprocess.Popen[bytes], int, int]]:
    """Run a process that starts others; yield it with a pipe that ends when all have ended, and one that says "r"."""
    held, holds = os.pipe()
    ready, says = os.pipe()
    command = [sys.executable, "-c", STARTS, str(holds), str(says), phase, linux]
    process = subprocess.Popen(command, pass_fds=[holds, says])
    os.close(holds)
    os.close(says)
    try:
        yield process, held, ready
    finally:
        process.kill()
        process.wait()
        os.close(held)
        os.close(ready)


def has_ended(pipe: int) -> bool:
    """Say whether nobody can write into a pipe any more."""
    return bool(select.select([pipe], [], [], SOON)[0]) and os.read(pipe, 1) == b""


@pytest.mark.parametrize("linux", ["yes", "no"])
@pytest.mark.parametrize("phase", ["reckon", "wait", "answer", "ignore", "editions"])
def test_no_process_outlives_the_one_that_started_it(phase: str, linux: str) -> None:
    for delay in (0.0, 0.05):
        with started(phase, linux) as (process, held, ready):
            assert os.read(ready, 1) == b"r"
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            assert has_ended(held)


def test_to_write_to_nobody_ends_a_process_by_itself() -> None:
    with started("answer", "neither") as (process, held, ready):
        assert os.read(ready, 1) == b"r"
        process.send_signal(signal.SIGKILL)
        assert has_ended(held)


def test_a_parent_may_end_at_any_moment_of_a_start() -> None:
    for number in range(12):
        with started("at once") as (process, held, ready):
            assert os.read(ready, 1) == b"r"
            time.sleep(number / 400)
            process.send_signal(signal.SIGKILL)
            assert has_ended(held)


def test_what_work_has_started_ends_with_it() -> None:
    held, holds = os.pipe()
    ready, says = os.pipe()

    def work() -> None:
        subprocess.Popen(["sleep", "1000000"], pass_fds=[holds])
        os.write(says, b"r")
        time.sleep(10**6)

    with working(work):
        os.close(holds)
        assert os.read(ready, 1) == b"r"
    assert has_ended(held)
    for pipe in (held, ready, says):
        os.close(pipe)


def test_a_process_whose_parent_has_ended_before_it_looked_ends() -> None:
    assert (
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from reportgen.base.processes import end_with; end_with(-1); print('alive')",
            ],
            capture_output=True,
            check=False,
        ).stdout
        == b""
    )
