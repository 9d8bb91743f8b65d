"""Measures of observations taken together: constant, value, total, share, count."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.base.suggest import known_names
from reportgen.data.package import CodeList, Row
from reportgen.data.period_spellings import parse_range, range_text
from reportgen.data.periods import FREQUENCIES
from reportgen.facts.book import FactValue, Kind
from reportgen.facts.declare import FactFault, Unmade
from reportgen.facts.measures import (
    Call,
    Entry,
    Outcome,
    is_lower_bound,
    summed,
    unit_of,
    written,
)
from reportgen.facts.select import Selection, find_column

_TEXTS = ("text", "code")


def constant(call: Call) -> Outcome:
    """A value that no table holds: a date, a bound that a text names. Its note should say where it comes from."""
    raw = call.filled.get("value")
    unit = call.unit
    kind = call.kind_in(unit)
    value: FactValue
    if kind == "codes":
        if not isinstance(raw, list) or not all(isinstance(code, str) for code in raw):
            raise FactFault("value must be a list of codes", 'as in ["a", "b"]', option="value")
        value = tuple(raw)
    elif kind in _TEXTS:
        value = call.text("value")
    elif kind == "period":
        value = _period(call.text("value"))
    else:
        value = call.number("value")
    formula, code_list = f"{_shown(value, kind)}, as declared", call.filled.get("code_list")
    if unit is not None and isinstance(value, Decimal) and kind != "year":
        value = value / unit.per
        formula = f"{unit.written(value)}, as declared"
    return Outcome(value, kind, formula, unit.of_facts if unit else None, _option(code_list))


def _period(text: str) -> str:
    """Return a period, or a range of periods, as it is kept."""
    for frequency in FREQUENCIES:
        ends = parse_range(text, frequency)
        if ends is not None and ends[0] <= ends[1]:
            return range_text(*ends)
    raise FactFault(f"{text!r} is not a period", "as in 2021Q1, 2021-03 or 2021Q1..2022Q4", option="value")


def _shown(value: FactValue, kind: Kind) -> str:
    if isinstance(value, Decimal):
        return written(value, kind)
    return value if isinstance(value, str) else ", ".join(value)


def _option(value: Any) -> str | None:
    return str(value) if value is not None else None


def value(call: Call) -> Outcome:
    """The value of the one observation selected."""
    chosen = call.select()
    if len(chosen.rows) != 1:
        free = _varying(chosen.rows, chosen.table.primary_key)
        hint = f"choose one with where: they differ in {', '.join(free) or 'nothing that names them'}"
        message = f"{len(chosen.rows)} rows of {chosen.text} fit, not one"
        raise FactFault(message, hint, option="where", rule="several-rows")
    return _sum(chosen, "the observation")


def _varying(rows: tuple[Row, ...], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if len({row.values[name] for row in rows}) > 1]


def total(call: Call) -> Outcome:
    """The sum of the observations selected."""
    chosen = call.select()
    call.check_sum(chosen, chosen.rows)
    return _sum(chosen, f"the sum of {len(chosen.rows)} observations")


def _sum(chosen: Selection, what: str) -> Outcome:
    number, rows, column, unit = summed(chosen.numbers), chosen.rows, chosen.column.name, chosen.unit
    formula, bound = f"{unit.written(number)}, {what} of {chosen.text}", is_lower_bound(chosen.rows)
    return Outcome(number, unit.kind, formula, unit_of(chosen), rows=rows, column=column, at_least=bound)


def share(call: Call) -> Outcome:
    """The sum of the observations that ``where`` selects over the sum of those that ``whole`` selects (all)."""
    part = call.select()
    whole = call.select(option="whole")
    strangers = {(row.file, row.number) for row in part.rows} - {(row.file, row.number) for row in whole.rows}
    if strangers:
        message = "some rows of the part are not in the whole"
        raise FactFault(message, "let whole choose all of them", option="whole", rule="part-not-in-whole")
    call.check_sum(whole, whole.rows, "whole")
    numerator, denominator = summed(part.numbers), summed(whole.numbers)
    if denominator == 0:
        message = f"the share divides by zero: the whole, {whole.text}, sums to 0"
        raise FactFault(message, "look into its cells", option="whole", rule="division-by-zero")
    formula = f"{written(numerator)} / {written(denominator)}, {part.text} over {whole.text}"
    return Outcome(numerator / denominator, "ratio", formula, rows=whole.rows, column=whole.column.name)


def count(call: Call) -> Outcome:
    """How many codes a column has among the rows selected, or how many another fact or a code list holds."""
    unit = call.unit.of_facts if call.unit else None
    if "code_list" in call.filled:
        codes = _code_list(call)
        return Outcome(
            Decimal(len(codes.codes)), "number", f"{len(codes.codes)}, the codes of {codes.name}", unit
        )
    if "of" in call.filled:
        fact = call.fact("of")
        if not isinstance(fact.value, tuple):
            message = f"{fact.id} is not a list of codes"
            raise FactFault(message, "name a ranking", option="of", rule="wrong-fact")
        number = Decimal(len(fact.value))
        return Outcome(number, "number", f"{number}, the codes in {fact.id}", unit, facts=(fact.id,))
    by = find_column(call.table, call.text("by"), "by").name
    chosen = call.select(mixed=True)
    if any(by in row.faulty for row in chosen.rows):
        raise Unmade
    number = Decimal(len({row.values[by] for row in chosen.rows}))
    formula = f"{number}, the different {by} of {chosen.text}"
    return Outcome(number, "number", formula, unit, rows=chosen.rows, column=by, of_values=False)


def _code_list(call: Call) -> CodeList:
    name = call.text("code_list")
    if name in call.package.broken:
        raise Unmade
    if name not in call.package.code_lists:
        hints = known_names(name, call.package.code_lists)
        raise FactFault(f"there is no code list {name}", *hints, option="code_list", rule="unknown-code-list")
    return call.package.code_lists[name]


_SELECTING = ("table", "where", "value")

ENTRIES = {
    "constant": Entry(constant, ("value", "kind", "unit", "code_list")),
    "value": Entry(value, _SELECTING),
    "total": Entry(total, _SELECTING),
    "share": Entry(share, (*_SELECTING, "whole")),
    "count": Entry(count, (*_SELECTING, "by", "of", "code_list", "unit"), ("of",)),
}
