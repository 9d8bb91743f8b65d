"""Sheets whose periods are of several lengths, years and their quarters: a person says which is wanted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from reportgen.data.importing.axes import Axis, Head
from reportgen.data.importing.grid import Grid, ImportFault
from reportgen.data.importing.stubs import Stub


def mixed_periods(where: str, kinds: Sequence[str]) -> ImportFault:
    """Return what is said of periods of several lengths."""
    hint = f"import one with --periods {kinds[0]}, and then the same file with --periods {kinds[1]} and another --as"
    message = f"{where} mixes periods of different lengths: {', '.join(kinds)}"
    return ImportFault(message, hint, rule="mixed-periods")


def choose_periods(grid: Grid, stub: Stub, head: Head, chosen: str) -> tuple[Stub, Head, list[str]]:
    """Return the stub and the head without periods of other lengths than the chosen one, and what was left out.

    Raises:
        ImportFault: if there are several lengths and none is chosen, or there are none of the chosen one.
    """
    said: list[str] = []
    for axis in stub.axes:
        if others := _others(axis, chosen):
            said.append(f"{grid.row_name(others)}: left out, their periods are no {chosen}")
            stub = _without_rows(stub, others)
    for axis in head.axes:
        if others := _others(axis, chosen):
            left_out = dict.fromkeys(others, f"its period is no {chosen}")
            head = replace(head, axes=_kept(head.axes, others), left_out={**head.left_out, **left_out})
    return stub, head, said


def _others(axis: Axis, chosen: str) -> list[int]:
    """Return the rows or columns of an axis whose periods are of another length than the chosen one."""
    if not axis.is_period:
        return []
    kinds = list(dict.fromkeys(m.spell.kind for m in axis.at.values() if m.spell is not None))
    if len(kinds) < 2:
        return []
    if not chosen:
        raise mixed_periods(axis.where, kinds)
    if chosen not in kinds:
        hint = f"there are {', '.join(kinds)}"
        raise ImportFault(f"{axis.where} has no period of the length {chosen}", hint, rule="mixed-periods")
    return [i for i, m in axis.at.items() if m.spell is not None and m.spell.kind != chosen]


def _without_rows(stub: Stub, others: Container[int]) -> Stub:
    return replace(stub, axes=_kept(stub.axes, others), rows=tuple(r for r in stub.rows if r not in others))


def _kept(axes: Iterable[Axis], others: Container[int]) -> tuple[Axis, ...]:
    return tuple(replace(axis, at={i: m for i, m in axis.at.items() if i not in others}) for axis in axes)
