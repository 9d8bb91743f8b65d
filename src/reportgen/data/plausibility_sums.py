"""Sums that must agree: parts with their total, or with a fixed number, and the sums of two tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from reportgen.base.diagnostics import Diagnostic, Faults, Severity, Span
from reportgen.base.suggest import known_names
from reportgen.data.package import Row, Table
from reportgen.data.plausibility_rules import Agreement, Limit, Sum
from reportgen.data.plausibility_select import chosen, has_column, measures_of
from reportgen.data.plausibility_words import Cell, Finding

Group: TypeAlias = tuple[str, ...]
MOST_ROWS = 6
"""How many rows of a sum are named."""


def unequal_totals(
    table: Table, rows: Sequence[Row], column: str, rule: Limit, faults: Faults
) -> Iterator[Finding]:
    """Yield the totals that their parts do not have as their sum; a group with a missing value is passed over."""
    if not rows or not has_column(table, rule.over, rule.place, faults):
        return
    present = {str(row.values[rule.over]) for row in rows}
    for code in (*rule.parts, *((rule.total,) if rule.total else ())):
        if code not in present:
            message = f"no row of {table.name} has {code} in the column {rule.over}"
            faults.error("no-rows", message, rule.place, *known_names(code, present))
            return
    along = [name for name in table.primary_key if name != rule.over]
    for group in _groups(rows, along).values():
        whole = [row for row in group if rule.total and row.values[rule.over] == rule.total]
        codes = set(rule.parts) or present - {rule.total}
        parts = [row for row in group if row not in whole and str(row.values[rule.over]) in codes]
        summed, total = _cells(table, parts, column), _cells(table, whole, column)
        complete = bool(parts) and len(summed) == len(parts) and len(total) == len(whole)
        if not complete or bool(whole) != bool(rule.total):
            continue
        found = sum((cell.value for cell in summed), Decimal(0))
        right = total[0].value if total else rule.sums_to or Decimal(0)
        if abs(found - right) > rule.tolerance:
            yield _unequal(table, summed, total, found, right, rule)


def _unequal(
    table: Table, parts: Sequence[Cell], total: Sequence[Cell], found: Decimal, right: Decimal, rule: Limit
) -> Finding:
    told = total[0] if total else parts[-1]
    what = f"the total {rule.total} is {right:f}" if total else f"the sum must be {right:f}"
    message = f"{what}, but {_listed(parts)} add up to {found:f}"
    return _finding(
        "unequal-total", message, told, (*total, *parts), rule, f"plausibility of the table {table.name}"
    )


def disagreements(
    whole: Mapping[str, Table], known: Collection[str], rule: Agreement, faults: Faults
) -> Iterator[Finding]:
    """Yield where two sums do not agree.

    Args:
        whole: the tables that can be summed; a rule about another that is ``known`` is passed over.
    """
    other = rule.equals or rule.at_most or Sum()
    sides = []
    for side in (rule.sum, other):
        if side.table not in known:
            message = f"there is no table {side.table}"
            faults.error("unknown-table", message, side.place, *known_names(side.table, known))
        elif side.table in whole:
            sides.append(_sums(whole[side.table], side, rule.by, faults))
    if len(sides) < 2 or not all(sides):
        return
    ours, theirs = sides
    common = [group for group in ours if group in theirs]
    if not common:
        message = f"{rule.sum.table} and {other.table} have no {', '.join(rule.by)} in common"
        faults.error("no-rows", message, rule.place, "mend by or where, or take the check out")
    for group in common:
        cells = (*ours[group], *theirs[group])
        if any(cell is None for cell in cells):
            continue
        mine, yours = [c for c in ours[group] if c], [c for c in theirs[group] if c]
        a, b = (sum((cell.value for cell in side), Decimal(0)) for side in (mine, yours))
        wrong = a - b > rule.tolerance if rule.equals is None else abs(a - b) > rule.tolerance
        if wrong:
            must = "may be at most" if rule.equals is None else "must be"
            of = f" for {', '.join(group)}" if group else ""
            message = f"{_summed(mine)} is {a:f}{of} and {must} {b:f}, {_summed(yours)}"
            yield _finding("sums-disagree", message, mine[-1], (*mine, *yours), rule, "agrees of the package")


def _sums(table: Table, side: Sum, by: Sequence[str], faults: Faults) -> Mapping[Group, list[Cell | None]]:
    """Return the cells of a sum by the values of the columns ``by``; None stands for a missing value."""
    place = side.place
    known = [has_column(table, name, place, faults) for name in by]
    if not all(known):
        return {}
    measures = measures_of(table, side.column, place, faults)
    if len(measures) > 1:
        message = f"the table {table.name} has several measures"
        hint = f'write "column": one of {", ".join(measures)}'
        faults.error("missing-key", message, place, hint)
    if len(measures) != 1:
        return {}
    groups = _groups(chosen(table, side.where, place, faults), by)
    return {group: [_cell(table, row, measures[0]) for row in rows] for group, rows in groups.items()}


def _groups(rows: Sequence[Row], names: Sequence[str]) -> Mapping[Group, list[Row]]:
    found: dict[Group, list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(str(row.values[name]) for name in names), []).append(row)
    return found


def _cell(table: Table, row: Row, column: str) -> Cell | None:
    value = row.values[column]
    return Cell(table, row, column, value) if isinstance(value, Decimal) else None


def _cells(table: Table, rows: Sequence[Row], column: str) -> list[Cell]:
    return [cell for cell in (_cell(table, row, column) for row in rows) if cell is not None]


def _summed(cells: Sequence[Cell]) -> str:
    return f"the sum of {_listed(cells)}" if len(cells) > 1 else _listed(cells)


def _listed(cells: Sequence[Cell]) -> str:
    """Return where cells stand: file, rows, column."""
    numbers = [str(cell.row.number) for cell in cells]
    rows = ", ".join(numbers[:MOST_ROWS]) + (", …" if len(numbers) > MOST_ROWS else "")
    word = "row" if len(numbers) == 1 else "rows"
    return f"{cells[0].row.file}, {word} {rows}, column {cells[0].column}"


def _finding(
    rule: str, message: str, told: Cell, cells: tuple[Cell, ...], check: Limit | Agreement, where: str
) -> Finding:
    said = message + (f": {check.reason}" if check.reason else "")
    hints = (
        "mend the value that is wrong, or correct it in data/corrections.csv",
        f'if the difference is of rounding, set "tolerance" at {_place(check.place)}, in {where}',
    )
    place = told.row.ref(told.column)
    return Finding(cells, Diagnostic(Severity(check.severity), rule, said, place, hints))


def _place(place: Span) -> str:
    return f"{place.file}:{place.line}"
