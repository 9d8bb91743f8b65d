"""Work done side by side comes back in order, with what it raised."""

from __future__ import annotations

import os

import pytest

from reportgen.base import processes
from reportgen.base.processes import side_by_side


def test_results_come_in_the_order_of_the_items() -> None:
    assert side_by_side(lambda n: n * n, [3, 1, 2]) == [9, 1, 4]
    assert side_by_side(lambda n: n, []) == []


def test_items_are_done_in_processes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
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
