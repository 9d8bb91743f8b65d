"""What the descriptor says of a column's periods: which they are, and whether they are irregular."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults
from reportgen.data.package import Column
from reportgen.data.period_spellings import NotAPeriod, parse_period
from reportgen.data.periods import FREQUENCIES, Frequency, noun

IRREGULAR = "irregular"
"""What stands in place of a list of periods that follow each other at no fixed distance."""
PERIOD_KEYS: Mapping[str, s.Reader[Any]] = {
    "period": s.one_of(*FREQUENCIES),
    "periods": s.fitting(
        lambda value: value == IRREGULAR or (isinstance(value, (list, tuple)) and value != ()),
        '"irregular" or a list of periods',
        'write "irregular", or list them all: ["1953", "1964"]',
    ),
}
"""The readers of a field's own properties that speak of periods."""


def timed(column: Column, ours: Mapping[str, Any], written: s.Setting, faults: Faults) -> Column:
    """Return a column with what is declared of its periods, so far as that can be.

    Args:
        ours: what could be read of the field's own properties; ``written`` are they as written.
    """
    period = ours.get("period")
    if period is not None and column.type != "string" and column.frequency != period:
        message = f"{column.name} is of type {column.type}, which holds no {noun(period)}"
        faults.error("wrong-value", message, written.at("period").place, 'write "type": "string"')
    elif period is not None and column.code_list is not None:
        message = f"{column.name} holds codes of {column.code_list}, and periods"
        faults.error("wrong-value", message, written.at("period").place, "take out code_list, or period")
    else:
        column = replace(column, period=period)
    listed = ours.get("periods")
    if not listed:
        return column
    if column.frequency is None:
        message = f"{column.name} holds no periods"
        faults.error("wrong-value", message, written.at("periods").place, 'say which: "period": "year"')
        return column
    found = () if listed == IRREGULAR else _listed(written.at("periods"), column.frequency, faults)
    return replace(column, irregular=True, listed=found)


def _listed(written: s.Setting, frequency: Frequency, faults: Faults) -> tuple[str, ...]:
    """Return the periods of a list in the order of time, as they are kept."""
    found = set()
    for item in written.items:
        try:
            found.add(parse_period(str(item.plain()), frequency))
        except NotAPeriod as fault:
            faults.add(fault.at(item.place))
    return tuple(map(str, sorted(found)))
