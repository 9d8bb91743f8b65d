"""A measure that a function of the project works out (docs/pandas.md)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from reportgen.base.functions import Function, find_function
from reportgen.data.callfunction import call_function, unboxed
from reportgen.data.raw_sheet import raw_of
from reportgen.facts.declare import Unmade
from reportgen.facts.measures import Call, Entry, Outcome, is_lower_bound, written


def by_function(call: Call) -> Outcome:
    """The number that a function of the project makes of the rows that are chosen, given to it as a DataFrame.

    It is traced to all of these rows.
    """
    chosen = call.select(mixed=True)
    address = call.text("function")
    function = call.faults.take(find_function(call.world, address, call.declaration.span_of("function")))
    if function is None:
        raise Unmade
    numbers = {row.number for row in chosen.rows}
    kept = tuple(row for row in chosen.table.rows if row.number in numbers)  # with the values of the file
    rows, lists = replace(chosen.table, rows=kept), call.package.code_lists
    permission = call.world.permission
    made = call_function(call.declaration.id, permission, function, (rows,), lists, plain_number)
    if (digits := call.faults.take(made)) is None:
        raise Unmade
    number, unit = Decimal(digits), call.unit
    if unit is None and "kind" not in call.filled:
        unit = chosen.unit
    kind = call.kind_in(unit)
    if unit is not None and kind != "year":
        number = number / unit.per
    shown = unit.written(number) if unit is not None and kind != "year" else written(number, kind)
    return Outcome(
        number,
        kind,
        f"{shown}, what {address} makes of {chosen.text}",
        unit.of_facts if unit is not None and kind == "number" else None,
        rows=chosen.rows,
        column=chosen.column.name,
        at_least=is_lower_bound(chosen.rows),
    )


def plain_number(function: Function, value: Any) -> str:
    """Return the number that a function has returned, in digits.

    Raises:
        Refused: if it is no number.
    """
    value = unboxed(value)
    raw = None if isinstance(value, bool) else raw_of(value)
    if not isinstance(raw, Decimal) or not raw.is_finite():
        shown = value if isinstance(value, (int, float, str, Decimal)) else f"a {type(value).__name__}"
        raise function.wrong_result(
            f"{shown}, not a number", "return one number: an int, a float or a Decimal"
        )
    return format(raw, "f")


ENTRIES = {"function": Entry(by_function, ("table", "where", "value", "function", "kind", "unit"))}
