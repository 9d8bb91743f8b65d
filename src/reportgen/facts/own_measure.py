"""A measure that a function of the project works out, and the fact book as a pandas DataFrame (docs/pandas.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportgen.base.diagnostics import Diagnostic, Span
from reportgen.base.functions import find_function, library
from reportgen.data.callfunction import WrongResult, call_function
from reportgen.data.raw_sheet import raw_of
from reportgen.facts.book import Fact
from reportgen.facts.declare import FactFault
from reportgen.facts.measures import Call, Entry, Outcome, is_lower_bound, unit_of, written

if TYPE_CHECKING:
    from pandas import DataFrame


def by_function(call: Call) -> Outcome:
    """The number that a function of the project makes of the rows that are chosen, given to it as a DataFrame.

    It is traced to all of these rows.
    """
    chosen = call.select(mixed=True)
    address = call.text("function")
    found = find_function(call.world, address, call.declaration.span_of("function"))
    if found.value is None:
        raise _fault(found.diagnostics[0])
    rows = replace(chosen.table, rows=chosen.rows)
    lists = call.package.code_lists
    called = call_function(call.world.permission, found.value, (rows,), lists, plain_number)
    if called.value is None:
        raise _fault(called.diagnostics[0])
    number = Decimal(called.value)
    unit = str(call.filled["unit"]) if "unit" in call.filled else unit_of(chosen)
    kind = call.kind("number")
    return Outcome(
        number,
        kind,
        f"{written(number, kind)}, what {address} makes of {chosen.text}",
        unit if kind == "number" else None,
        rows=chosen.rows,
        column=chosen.column.name,
        at_least=is_lower_bound(chosen.rows),
    )


def _fault(found: Diagnostic) -> FactFault:
    """Return a function's fault as its measure's; one inside the function's file says at which line."""
    inside = isinstance(found.place, Span) and found.place.file.endswith(".py")
    message = f"{found.message} ({found.place})" if inside else found.message
    return FactFault(message, *found.hints, option="function", rule=found.rule)


def plain_number(value: Any) -> str:
    """Return the number that a function has returned, in digits.

    Raises:
        WrongResult: if it is no number.
    """
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        value = value.item()  # numpy's scalars
    raw = None if isinstance(value, bool) else raw_of(value)
    if not isinstance(raw, Decimal) or not raw.is_finite():
        shown = value if isinstance(value, (int, float, str, Decimal)) else f"a {type(value).__name__}"
        raise WrongResult(
            f"returned {shown}, not a number", "return one number: an int, a float or a Decimal"
        )
    return format(raw, "f")


ENTRIES = {"function": Entry(by_function, ("table", "where", "value", "function", "kind", "unit"))}


def frame_of_facts(facts: Iterable[Fact]) -> DataFrame:
    """Return facts as a DataFrame, a row a fact, by their ids.

    Its columns: ``value`` (a Decimal, a text, or a tuple of codes), ``number`` (``Float64``, NA where it is none),
    ``kind``, ``unit``, ``code_list``, ``formula``, ``status``, ``at_least``, ``cells`` and ``rests_on`` (tuples of
    texts), ``corrections`` (how many), ``file`` and ``line``.

    Raises:
        Refused: if pandas is not installed.
    """
    pd = library("pandas")
    listed = list(facts)

    def column(values: Iterable[Any], dtype: Any) -> Any:
        return pd.Series(list(values), index=index, dtype=dtype)

    index = pd.Index([fact.id for fact in listed], dtype="string", name="id")
    numbers = (float(fact.value) if isinstance(fact.value, Decimal) else None for fact in listed)
    words = ("kind", "unit", "code_list", "formula", "status")
    frame: DataFrame = pd.DataFrame(
        {
            "value": column((fact.value for fact in listed), object),
            "number": column(numbers, "Float64"),
            **{name: column((getattr(fact, name) for fact in listed), "string") for name in words},
            "at_least": column((fact.at_least for fact in listed), "boolean"),
            "cells": column((tuple(map(str, fact.cells)) for fact in listed), object),
            "rests_on": column((fact.rests_on for fact in listed), object),
            "corrections": column((len(fact.corrections) for fact in listed), "Int64"),
            "file": column((fact.span and fact.span.file for fact in listed), "string"),
            "line": column((fact.span and fact.span.line for fact in listed), "Int64"),
        }
    )
    return frame
