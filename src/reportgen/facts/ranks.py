"""Measures of order: largest, smallest, their codes, a ranking, a rank; by total or by growth, ties stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from reportgen.base.suggest import known_names
from reportgen.data.package import Row
from reportgen.data.period_spellings import parse_period
from reportgen.facts.declare import FactFault, Unmade
from reportgen.facts.measures import (
    Call,
    Entry,
    Outcome,
    refuse_growth_of_rates,
    summed,
    unit_of,
    written,
)
from reportgen.facts.select import Selection, find_column, number_of
from reportgen.facts.series import across_of, by_period, compound_growth, period_of, period_value, series_of

TIES = ("refuse", "listed")
"""``refuse``: equal values where their order is printed are a fault; ``listed``: they stand in the table's order."""
BASES = ("total", "cagr")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A code with its value and the rows that made it."""

    code: str
    value: Decimal
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Codes in order, and what was ordered."""

    entries: tuple[Ranked, ...]
    by: str
    code_list: str | None
    chosen: Selection
    on: str

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for entry in self.entries for row in entry.rows)

    @property
    def text(self) -> str:
        return f"{self.by} by {'annual growth' if self.on == 'cagr' else 'value'}, of {self.chosen.text}"


def _ranking(call: Call, *, descending: bool = True) -> Ranking:
    column = find_column(call.table, call.text("by"), "by")
    chosen = call.select(by=column.name)
    if any(column.name in row.faulty for row in chosen.rows):
        raise Unmade
    if column.frequency is not None:
        by_period(chosen.rows, column)  # none is empty
    on = call.choice("on", BASES)
    groups: dict[str, list[Row]] = {}
    for row in chosen.rows:
        groups.setdefault(str(row.values[column.name]), []).append(row)
    entries = [_entry(call, chosen, code, rows, on) for code, rows in groups.items()]
    entries.sort(key=lambda entry: entry.value, reverse=descending)
    return Ranking(tuple(entries), column.name, column.code_list, chosen, on)


def _entry(call: Call, chosen: Selection, code: str, rows: Sequence[Row], on: str) -> Ranked:
    if on == "total":
        call.check_sum(chosen, rows)
        numbers = tuple((row, number_of(row, chosen.column.name)) for row in rows)
        return Ranked(code, summed(numbers), tuple(rows))
    refuse_growth_of_rates(call, chosen)
    period = period_of(call)
    found = series_of(rows, period, chosen.column.name, across_of(call), chosen.table.primary_key)
    for group in found.rows:
        call.check_sum(chosen, group, "across")
    return Ranked(code, compound_growth(found), found.ends)


def _at(call: Call, ranking: Ranking) -> Ranked:
    """Return the entry at the option ``rank``, 1 by default."""
    rank = call.whole("rank", 1)
    if rank > len(ranking.entries):
        message = f"there are {len(ranking.entries)} codes, so none at rank {rank}"
        raise FactFault(message, "lower the rank", option="rank", rule="rank-too-low")
    return ranking.entries[rank - 1]


def _refuse_ties(call: Call, ranking: Ranking, last: int) -> None:
    """Refuse equal values at the ranks 1 to ``last``, the one after it included: which comes first is not known."""
    if call.choice("ties", TIES) == "listed":
        return
    for one, other in zip(ranking.entries[:last], ranking.entries[1:], strict=False):
        if one.value == other.value:
            message = f"{one.code} and {other.code} tie at {written(one.value)}"
            raise FactFault(
                message, 'say ties = "listed" to take them as the table lists them', rule="tied-values"
            )


def _nth(call: Call, *, descending: bool, as_code: bool) -> Outcome:
    """The value at a rank from above or from below, 1 by default, or the code that has it."""
    ranking = _ranking(call, descending=descending)
    entry = _at(call, ranking)
    place = f"rank {call.whole('rank', 1)} of {len(ranking.entries)}" + ("" if descending else " from below")
    rows, column = ranking.rows, ranking.chosen.column.name
    if as_code:
        _refuse_ties(call, ranking, call.whole("rank", 1))
        formula = f"{entry.code}, {place}: {ranking.text}"
        code_list = ranking.code_list
        frequency = find_column(call.table, ranking.by, "by").frequency
        if frequency is not None:
            value, kind = period_value(parse_period(entry.code, frequency))
            return Outcome(value, kind, formula, rows=rows, column=column)
        return Outcome(entry.code, "code", formula, code_list=code_list, rows=rows, column=column)
    if ranking.on == "cagr":
        formula = f"growth of {entry.code}, {place}: {ranking.text}"
        return Outcome(entry.value, "ratio", formula, rows=rows, column=column)
    unit = ranking.chosen.unit
    formula = f"{unit.written(entry.value)} of {entry.code}, {place}: {ranking.text}"
    return Outcome(entry.value, unit.kind, formula, unit_of(ranking.chosen), rows=rows, column=column)


def ranking(call: Call) -> Outcome:
    """The codes from the largest value to the smallest, or the first ``limit`` of them."""
    found = _ranking(call)
    limit = call.whole("limit", len(found.entries))
    if limit > len(found.entries):
        message = f"there are {len(found.entries)} codes, not {limit}"
        raise FactFault(message, "lower the limit", option="limit", rule="rank-too-low")
    _refuse_ties(call, found, limit)
    codes = tuple(entry.code for entry in found.entries[:limit])
    formula = f"the first {limit} of {len(found.entries)} {found.text}"
    return Outcome(
        codes, "codes", formula, code_list=found.code_list, rows=found.rows, column=found.chosen.column.name
    )


def rank(call: Call) -> Outcome:
    """The rank of the option ``code``: one more than how many codes have a larger value."""
    found = _ranking(call)
    code = call.text("code")
    values = {entry.code: entry.value for entry in found.entries}
    if code not in values:
        hints = known_names(code, values)
        raise FactFault(f"{code} is not among the {found.by}", *hints, option="code", rule="unknown-code")
    number = Decimal(1 + sum(value > values[code] for value in values.values()))
    formula = f"rank of {code}: {found.text}"
    return Outcome(number, "number", formula, rows=found.rows, column=found.chosen.column.name)


_OPTIONS = ("table", "where", "value", "by", "on", "period", "across", "ties", "of_rate")

ENTRIES = {
    "largest": Entry(partial(_nth, descending=True, as_code=False), (*_OPTIONS, "rank")),
    "smallest": Entry(partial(_nth, descending=False, as_code=False), (*_OPTIONS, "rank")),
    "largest_code": Entry(partial(_nth, descending=True, as_code=True), (*_OPTIONS, "rank")),
    "smallest_code": Entry(partial(_nth, descending=False, as_code=True), (*_OPTIONS, "rank")),
    "ranking": Entry(ranking, (*_OPTIONS, "limit")),
    "rank": Entry(rank, (*_OPTIONS, "code")),
}
