"""Whether the values of the tables are plausible: what the descriptor says of them, and what holds without being said.

The checks look at the corrected values. One slip is told once: a cell that has been told is left out of its series, and
a sum in which it stands is passed over. Errors are looked for before warnings, so that no warning hides one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import gt, lt
from typing import NamedTuple, TypeAlias

from reportgen.base.diagnostics import Diagnostic, Faults, Severity
from reportgen.data.package import Row, Table
from reportgen.data.plausibility_columns import (
    AMONG_ALIKE,
    AMONG_UNLIKE,
    dwarfing,
    off_in_cross_table,
    out_of_order,
)
from reportgen.data.plausibility_rules import Exempt, Limit, Plausibility
from reportgen.data.plausibility_select import chosen, is_among, measures_of, times_of
from reportgen.data.plausibility_series import (
    Culprit,
    Off,
    culprits,
    lone_sign,
    negative_among_counts,
    slips_of_scale,
    slips_of_sign,
)
from reportgen.data.plausibility_sums import disagreements, unequal_totals
from reportgen.data.plausibility_words import Cell, Finding, beside, finding
from reportgen.data.units import NO_UNITS, PARTS, Units

Series: TypeAlias = Sequence[Cell]
_MEASURES = "measures"
"""The code list of a dimension whose rows measure different things."""


class _Checked(NamedTuple):
    """A table with the cells of it that are right whatever they look like."""

    table: Table
    exempt: Collection[Exempt]
    units: Units

    def dimension_of(self, cell: Cell) -> str | None:
        """Return what a value measures; ``count`` for whole numbers of which nothing says it."""
        column = self.table.columns[cell.column]
        code = column.unit or str(cell.row.values.get("unit") or "")
        declared = self.units.of(code).dimension
        return declared or ("count" if column.type == "integer" else None)


@dataclass(slots=True)
class _Told:
    """What has been told, and of which cells."""

    faults: Faults = field(default_factory=Faults)
    cells: set[tuple[str, int, str]] = field(default_factory=set)

    def add(self, findings: Iterable[Finding]) -> None:
        for found in findings:
            keys = {key for cell in found.cells for key in cell.sources()}
            if self.cells.isdisjoint(keys):
                self.cells |= keys
                self.faults.add(found.diagnostic)

    def knows(self, cell: Cell) -> bool:
        return bool(self.cells) and not self.cells.isdisjoint(cell.sources())


def implausible(
    tables: Mapping[str, Table],
    plausibility: Plausibility,
    broken: Collection[str] = (),
    made: Collection[str] = (),
    units: Units = NO_UNITS,
) -> tuple[Diagnostic, ...]:
    """Return what is not plausible in whole tables: errors where the descriptor says so, warnings otherwise.

    Args:
        broken: tables whose faults are told already; nothing is said of them.
        made: tables that functions make; only what is declared of them is checked, since their sources are, too.
        units: what the codes of units mean.
    """
    whole = {name: table for name, table in tables.items() if name not in broken}
    told = _Told()
    checked = {
        name: _Checked(table, _exempt(table, plausibility.exempt.get(name, ()), told.faults), units)
        for name, table in whole.items()
    }
    limits = [
        (checked[name], rule)
        for name, rules in plausibility.limits.items()
        if name in whole
        for rule in rules
    ]
    for warn in (False, True):
        asked = [(each, rule) for each, rule in limits if rule.is_warning == warn]
        for check in (_bounds, _courses, _totals):
            for each, rule in asked:
                told.add(check(each, rule, told))
        for agreement in plausibility.agrees:
            if agreement.is_warning == warn:
                told.add(disagreements(whole, {*tables, *broken}, agreement, told.faults))
    for name, each in checked.items():
        if name not in made:
            bounded = {rule.column for rule in plausibility.limits.get(name, ()) if rule.minimum is not None}
            told.add(_by_default(each, bounded, told))
    return told.faults.result(()).diagnostics


def _exempt(table: Table, entries: Sequence[Exempt], faults: Faults) -> Sequence[Exempt]:
    """Return the exemptions that mean some cell; the others are faults."""
    right = []
    for entry in entries:
        columns = measures_of(table, entry.column, entry.place, faults)
        if columns and chosen(table, entry.where, entry.place, faults):
            right.append(entry)
    return right


def _is_exempt(each: _Checked, cell: Cell) -> bool:
    return any(entry.column in ("", cell.column) and is_among(cell.row, entry.where) for entry in each.exempt)


def _cells(each: _Checked, limit: Limit, told: _Told) -> Mapping[str, list[Cell]]:
    """Return the numbers that a rule is about, by column, without those that are told."""
    # A slip in the rule itself would be told by each of the three checks: the result keeps each fault once.
    rows = chosen(each.table, limit.where, limit.place, told.faults)
    found = {}
    for column in measures_of(each.table, limit.column, limit.place, told.faults):
        cells = _numbers(each.table, rows, column)
        found[column] = [cell for cell in cells if not told.knows(cell)]
    return found


def _numbers(table: Table, rows: Iterable[Row], column: str) -> Iterator[Cell]:
    for row in rows:
        value = row.values[column]
        if isinstance(value, Decimal):
            yield Cell(table, row, column, value)


def _bounds(each: _Checked, limit: Limit, told: _Told) -> Iterator[Finding]:
    if limit.minimum is None and limit.maximum is None:
        return
    for cell in (cell for cells in _cells(each, limit, told).values() for cell in cells):
        low, high = limit.minimum, limit.maximum
        if low is not None and cell.value < low:
            said = f"{cell} is below {low:f}"
        elif high is not None and cell.value > high:
            said = f"{cell} is above {high:f}"
        else:
            continue
        if not _is_exempt(each, cell):
            yield finding(said, cell, limit.severity, limit.reason, rule="implausible-value")


def _courses(each: _Checked, limit: Limit, told: _Told) -> Iterator[Finding]:
    """Yield the values that are too far from their neighbours, or on the wrong side of them."""
    if limit.times is None and limit.percent is None and limit.monotone is None:
        return
    if len(times_of(each.table)) != 1:
        message = f"the table {each.table.name} has not one dimension of time, so no value follows another"
        hint = "name its years or periods in primaryKey, or take the check out"
        told.faults.error("no-series", message, limit.place, hint)
    for series in (s for cells in _cells(each, limit, told).values() for s in _series(each.table, cells)):
        values = [cell.value for cell in series]
        if limit.times is not None:
            said = f"at most {limit.times:f} times is allowed"
            wrong = culprits(values, _farther(limit.times))
            yield from _off(each, series, wrong, limit, said, rule="implausible-change")
        if limit.percent is not None:
            said = f"at most {limit.percent:f} % is allowed"
            wrong = culprits(values, _more(limit.percent))
            yield from _off(each, series, wrong, limit, said, rule="implausible-change")
        if limit.monotone is not None:
            said = "the series never falls" if limit.monotone == "rising" else "the series never rises"
            wrong = culprits(values, lt if limit.monotone == "falling" else gt)
            yield from _off(each, series, wrong, limit, said, rule="not-monotone")


def _farther(times: Decimal) -> Off:
    def off(a: Decimal, b: Decimal) -> bool:
        low, high = sorted((abs(a), abs(b)))
        return low != 0 and high > times * low

    return off


def _more(percent: Decimal) -> Off:
    return lambda a, b: a != 0 and abs(b - a) * 100 > percent * abs(a)


def _off(
    each: _Checked, series: Series, found: Iterable[Culprit], limit: Limit, said: str, *, rule: str
) -> Iterator[Finding]:
    for at, other in found:
        if not _is_exempt(each, series[at]):
            words = f"{series[at]} stands beside {beside(series[other])}, and {said}"
            yield finding(words, series[at], limit.severity, limit.reason, rule=rule)


def _totals(each: _Checked, limit: Limit, told: _Told) -> Iterator[Finding]:
    if limit.over:
        rows = chosen(each.table, limit.where, limit.place, told.faults)
        for column in measures_of(each.table, limit.column, limit.place, told.faults):
            yield from unequal_totals(each.table, rows, column, limit, told.faults)


def _series(table: Table, cells: Iterable[Cell]) -> list[list[Cell]]:
    """Return the cells as series along the table's one dimension of time; none where it has none, or several."""
    times = times_of(table)
    if len(times) != 1:
        return []
    others = [name for name in table.primary_key if name != times[0]]
    found: dict[tuple[object, ...], list[Cell]] = {}
    for cell in cells:
        if cell.row.values[times[0]] is not None:
            found.setdefault(tuple(cell.row.values[name] for name in others), []).append(cell)
    return [sorted(series, key=lambda cell: str(cell.row.values[times[0]])) for series in found.values()]


def _by_default(each: _Checked, bounded: Collection[str], told: _Told) -> Iterator[Finding]:
    """Yield what is a slip in most tables: values of another scale, counts below zero, a sign too many."""
    for column in (c for c in each.table.columns.values() if c.role == "measure"):
        cells = [cell for cell in _numbers(each.table, each.table.rows, column.name) if not told.knows(cell)]
        signed = bool({"", column.name} & set(bounded))
        counts = [cell for cell in cells if each.dimension_of(cell) == "count" and not signed]
        for at in negative_among_counts([cell.value for cell in counts]):
            said = f"{counts[at]} is below zero, and few other values of the column are"
            yield from _warning(each, counts[at], said, rule="negative-count")
        series = _series(each.table, cells)
        if not signed:
            yield from _off_in_sign(each, cells, series)
        if any(len(one) > 1 for one in series):
            for one in series:
                yield from _scale(each, one, slips_of_scale([cell.value for cell in one]))
        else:
            yield from _off_in_column(each, cells)


def _off_in_sign(each: _Checked, cells: Series, series: Iterable[Series]) -> Iterator[Finding]:
    """Yield the values that alone have their sign: of amounts in the whole column, of shares where they fit beside."""
    for group in _of_one_unit(cells):
        values = [cell.value for cell in group]
        at, dimension = lone_sign(values), each.dimension_of(group[0])
        whole = PARTS.get(dimension or "")
        # A rate may well fall below zero alone; a part of a whole does not.
        parts = whole is not None and abs(sum(map(abs, values), -whole)) * 100 <= whole
        if at is not None and dimension not in ("count", "points") and (whole is None or parts):
            said = f"{group[at]} alone has this sign in its column"
            yield from _warning(each, group[at], said, rule="implausible-sign")
    for one in series:
        if each.dimension_of(one[0]) in PARTS:
            for at, other in slips_of_sign([cell.value for cell in one]):
                said = f"{one[at]} alone has this sign in its series: {beside(one[other])} stands beside it"
                yield from _warning(each, one[at], said, rule="implausible-sign")


def _of_one_unit(cells: Series) -> Iterable[list[Cell]]:
    alike: dict[object, list[Cell]] = {}
    for cell in cells:
        alike.setdefault(cell.row.values.get("unit"), []).append(cell)
    return alike.values()


def _scale(each: _Checked, series: Series, found: Iterable[Culprit]) -> Iterator[Finding]:
    for at, other in found:
        said = f"{series[at]} is of another scale than {beside(series[other])}"
        yield from _warning(each, series[at], said, rule="implausible-scale")


def _warning(each: _Checked, cell: Cell, said: str, *, rule: str) -> Iterator[Finding]:
    if not _is_exempt(each, cell):
        yield finding(said, cell, Severity.WARNING.value, rule=rule)


def _off_in_column(each: _Checked, cells: Series) -> Iterator[Finding]:
    """Yield the value that does not fit the others in the same unit, where no series says what is usual."""
    names = [name for name in each.table.primary_key if name not in times_of(each.table)]
    columns = each.table.columns
    unlike = "unit" in columns or any(columns[name].code_list == _MEASURES for name in names)
    for group in _of_one_unit(cells):
        values = [cell.value for cell in group]
        found = dwarfing(values, AMONG_UNLIKE if unlike else AMONG_ALIKE)
        varied = [name for name in names if len({cell.row.values[name] for cell in group}) > 1]
        if found is None and not unlike and len(varied) == 1:
            found = out_of_order(values)
        elif found is None and len(varied) > 1:
            keys = [(c.row.values[varied[0]], tuple(c.row.values[n] for n in varied[1:])) for c in group]
            found = off_in_cross_table(values, keys)
        yield from _scale(each, group, [found] if found else [])
