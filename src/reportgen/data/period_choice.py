"""Which periods of a column a person names: one, a range, or a coarser one that stands for all within it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from reportgen.base.diagnostics import Fault
from reportgen.data.package import Value
from reportgen.data.period_spellings import parse_period, parse_range
from reportgen.data.periods import EXAMPLES, Frequency, Period, noun

_MOST_SHOWN = 12


class UnknownPeriod(Fault):
    """A period that no row has; its hint says which there are."""

    rule = "unknown-code"


def periods_of(values: Iterable[Value], frequency: Frequency) -> tuple[Period, ...]:
    """Return the different periods of a column's cells in order; empty cells are passed over."""
    return tuple(sorted({parse_period(str(value), frequency) for value in values if value is not None}))


def choose_periods(
    wanted: str, column: str, frequency: Frequency, present: Sequence[Period]
) -> tuple[Period, ...]:
    """Return those of ``present`` that a text names; both ends of a range must be among them.

    Raises:
        UnknownPeriod: if the text is no period or range of the frequency, or one that is not there.
    """
    ends = parse_range(wanted, frequency)
    if ends is None:
        example = EXAMPLES[frequency]
        hints = (f"write it as in {example}, or a range {example}..{example}", *period_hints(present))
        raise UnknownPeriod(f"{column} {wanted!r} is not a {noun(frequency)} or a range of them", *hints)
    first, last = ends
    if last < first:
        raise UnknownPeriod(f"the range {wanted} ends before it begins", f"write {last}..{first}")
    for end in ends:
        if end not in present:
            raise UnknownPeriod(f"{column} {end} is not among the rows", *period_hints(present))
    return tuple(period for period in present if first <= period <= last)


def period_hints(present: Collection[Period]) -> tuple[str, ...]:
    """Return a hint that says which periods there are; () where there is none."""
    found = sorted(present)
    if not found:
        return ()
    if len(found) > 2 and all(other == one.next for one, other in pairwise(found)):
        return (f"there are {found[0]} to {found[-1]}",)
    shown = ", ".join(map(str, found[:_MOST_SHOWN]))
    return (f"there are {shown}" + (f" and others up to {found[-1]}" if len(found) > _MOST_SHOWN else ""),)
