"""From a table to what a chart shows: observations by panel, series and category."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from reportgen.base.diagnostics import CellRef, Faults, Result
from reportgen.charts.form import MAX_PANELS
from reportgen.charts.specification import ChartSpec
from reportgen.data.adding import SumFault, called, check_sum, is_stock
from reportgen.data.package import DataPackage, Row, Table
from reportgen.data.period_spellings import parse_period
from reportgen.edition.quantities import Quantity, quantities, quantity_of

ONE = ""
"""The only series, panel or period of a chart that does not tell several apart."""

NORMAL, BREAK = "A", "B"
"""Codes of SDMX ``CL_OBS_STATUS``: normal value, time series break."""


class Key(NamedTuple):
    """Where an observation stands in a grid."""

    panel: str
    series: str
    x: str
    period: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A value of the chart: the sum of one or more cells; None where one of them is missing."""

    value: Decimal | None
    status: str = NORMAL
    ref: CellRef | None = None

    @property
    def estimated(self) -> bool:
        """Whether it is anything but a published value: estimated, imputed, forecast, provisional."""
        return self.status not in (NORMAL, BREAK)

    @property
    def breaks(self) -> bool:
        """Whether its series breaks before it: it does not compare with the one before."""
        return self.status == BREAK


@dataclass(frozen=True, slots=True)
class Grid:
    """A chart's observations.

    Attributes:
        x, series, panels, periods: codes in the order in which they are drawn.
        cells: observations by (panel, series, x, period); a combination that the table lacks is not there.
        quantity: how its values, which are in the unit that is printed, are written; None where units differ.
        sums_up: whether values of several periods may be added: not where they are stocks, shares, rates or indices.
    """

    x: tuple[str, ...]
    series: tuple[str, ...]
    panels: tuple[str, ...]
    periods: tuple[str, ...]
    cells: Mapping[Key, Observation]
    quantity: Quantity | None = None
    sums_up: bool = True

    def at(
        self, x: str, series: str | None = None, panel: str | None = None, period: str | None = None
    ) -> Observation:
        """Return an observation; one without a value where the table has none. None means the first."""
        key = Key(
            self.panels[0] if panel is None else panel,
            self.series[0] if series is None else series,
            x,
            self.periods[0] if period is None else period,
        )
        return self.cells.get(key, Observation(None))

    def value(self, x: str, series: str | None = None, panel: str | None = None) -> Decimal | None:
        return self.at(x, series, panel).value

    def amount(self, x: str, series: str | None = None) -> Decimal:
        """Return a value; zero where there is none."""
        return self.value(x, series) or Decimal(0)

    def values(self, series: str | None = None) -> tuple[Decimal, ...]:
        """Return the values there are, of one series or of all."""
        cells = ((key, o.value) for key, o in self.cells.items() if series in (None, key.series))
        return tuple(value for _, value in cells if value is not None)

    @property
    def statuses(self) -> frozenset[str]:
        """Whether values are estimated (E) or not (A), among those that have a value."""
        return frozenset("E" if o.estimated else "A" for o in self.cells.values() if o.value is not None)

    @property
    def mixed(self) -> bool:
        return len(self.statuses) > 1

    def known(self, series: str | None = None, panel: str | None = None) -> list[Decimal]:
        """Return the values there are, in the order of the categories, of one series and panel (the first)."""
        values = (self.value(x, series, panel) for x in self.x)
        return [value for value in values if value is not None]

    def is_hollow(self, observation: Observation) -> bool:
        """Say whether a mark is drawn hollow: it is estimated, and others are not."""
        return observation.estimated and self.mixed


def gather(spec: ChartSpec, package: DataPackage) -> Result[Grid]:
    """Return a chart's observations, or why they make no honest chart.

    Diagnostics: an empty table, no value at all, two observations at one place, a negative value where the form
    cannot show one, more or fewer categories, series or panels than the form can show.
    """
    faults = Faults()
    table = package.tables[spec.table]
    rows = _timed(spec, table, selected(spec, package), faults)
    if not rows and not faults.refused:
        hint = "give it observations" if not table.rows else "mend where, which leaves no row"
        faults.error(
            "no-row", f"chart {spec.name}: the table {table.name} has no row to show", spec.span, hint
        )
    if not rows or faults.refused:
        return faults.result(_EMPTY)
    column, units = (
        table.columns[spec.value],
        {package.unit_of(table, table.columns[spec.value], r) for r in rows},
    )
    if spec.sum and not _may_sum(spec, package, rows, faults):
        return faults.result(_EMPTY)
    found = quantities(package, table, column, spec.unit)
    cells = _cells(spec, rows, lambda row: quantity_of(found, package, table, column, row), faults)
    if not any(o.value is not None for o in cells.values()):
        message = f"chart {spec.name}: all values of {table.name} are missing"
        faults.error("no-value", message, rows[0].ref(spec.value), "fill the column, or leave the chart out")
        return faults.result(_EMPTY)
    panels, series, x, periods = (tuple(dict.fromkeys(codes)) for codes in zip(*cells, strict=True))
    sums_up = all(unit.adds_up and not is_stock(column, unit) for unit in units)
    whole = Grid(x, series, panels, periods, cells, found.only, sums_up)
    _check_parts(whole, spec, package, rows, faults)
    grid = _ordered(whole, spec, table)
    _check_limits(grid, spec, faults)
    _check_negatives(grid, spec, faults)
    return faults.result(grid)


def _timed(spec: ChartSpec, table: Table, rows: tuple[Row, ...], faults: Faults) -> tuple[Row, ...]:
    """Return the rows whose periods can be drawn; an empty one is noted, an unreadable one is reported already."""
    names = [n for n in (spec.x, spec.series, spec.panel, spec.period) if n and table.columns[n].frequency]
    for row in rows:
        for name in names:
            if row.values.get(name) is None and name not in row.faulty:
                message = f"chart {spec.name}: the {name} is empty"
                faults.error("empty-cell", message, row.ref(name), "write the period, or take the row out")
    return tuple(row for row in rows if all(row.values.get(name) is not None for name in names))


_EMPTY = Grid((), (), (), (), {})


def selected(spec: ChartSpec, package: DataPackage) -> tuple[Row, ...]:
    """Return the rows that a chart shows."""
    return tuple(row for row in package.tables[spec.table].rows if _matches(row, spec.where))


def _matches(row: Row, where: Mapping[str, tuple[str, ...]]) -> bool:
    return all(str(row.values.get(name)) in codes for name, codes in where.items())


def _may_sum(spec: ChartSpec, package: DataPackage, rows: Iterable[Row], faults: Faults) -> bool:
    """Say whether the observations that ``sum`` adds up may be added; the first that may not are told."""
    table = package.tables[spec.table]
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(_place(spec, row), []).append(row)
    try:
        for group in groups.values():
            check_sum(package, table, table.columns[spec.value], group)
    except SumFault as fault:
        faults.add(fault.at(spec.place("sum"), f"chart {spec.name}: "))
        return False
    return True


def _check_parts(
    grid: Grid, spec: ChartSpec, package: DataPackage, rows: Sequence[Row], faults: Faults
) -> None:
    """Refuse a whole of values that make none: stocks of several periods, indices, and shares that are not 100%."""
    role = spec.form.parts_role(spec.options)
    table = package.tables[spec.table]
    column = table.columns[spec.value]
    if not role:
        return
    unit = package.unit_of(table, column, rows[0])
    over = table.columns.get(getattr(spec, role) or "")
    if over is not None and over.frequency and is_stock(column, unit):
        message = (
            f"{table.name}.{column.name} holds stocks, and {spec.form.name} adds them up over {over.name}"
        )
        hint = f"narrow {over.name} to one period by where, or choose lines or paired-columns"
        faults.error("sum-of-stocks", f"chart {spec.name}: {message}", spec.place(role), hint)
    elif not unit.adds_up and not (unit.is_relative and _are_whole(grid, role)):
        message = f"{table.name}.{column.name} is in {called(unit)}, and {spec.form.name} adds its values up"
        hint = "choose lines, paired-columns or ranked-bars" + (
            "; shares of one whole must make 100%" if unit.is_relative else ""
        )
        faults.error("sum-of-rates", f"chart {spec.name}: {message}", spec.place(role), hint)


def _are_whole(grid: Grid, role: str) -> bool:
    """Say whether shares make a hundred per cent of each whole, but for their rounding."""
    wholes: dict[Key, list[Decimal]] = {}
    for key, seen in grid.cells.items():
        if seen.value is not None:
            wholes.setdefault(key._replace(**{role: ONE}), []).append(seen.value)
    quantity = grid.quantity
    if quantity is None:
        return False
    half = Decimal(1).scaleb(-quantity.places) / 2
    return all(abs(sum(parts) - quantity.unit.per) <= half * len(parts) for parts in wholes.values())


def _place(spec: ChartSpec, row: Row) -> Key:
    return Key(*(_code(row, column) for column in (spec.panel, spec.series, spec.x, spec.period)))


def _cells(
    spec: ChartSpec, rows: Iterable[Row], quantity: Callable[[Row], Quantity], faults: Faults
) -> dict[Key, Observation]:
    cells: dict[Key, Observation] = {}
    for row in rows:
        key, value = _place(spec, row), row.values.get(spec.value)
        shown = quantity(row).shown(value) if isinstance(value, Decimal) else None
        new = Observation(shown, row.status, row.ref(spec.value))
        old = cells.get(key)
        if old is not None and not spec.sum:
            what = ", ".join(code for code in key if code)
            message = f"chart {spec.name}: there are two observations for {what}"
            faults.error("two-observations", message, new.ref, "remove one")
        cells[key] = new if old is None or not spec.sum else _added(old, new)
    return cells


def _code(row: Row, column: str | None) -> str:
    return ONE if column is None else str(row.values.get(column))


def _added(one: Observation, other: Observation) -> Observation:
    """A sum is estimated if any of its cells is, and missing if any is."""
    if one.value is None or other.value is None:
        return replace(one, value=None)
    return Observation(one.value + other.value, other.status if other.estimated else one.status, one.ref)


def _ordered(grid: Grid, spec: ChartSpec, table: Table) -> Grid:
    periods = in_time(grid.periods, table, spec.period)
    series, panels = (
        in_time(codes, table, name) if name and table.columns[name].frequency else codes
        for codes, name in ((grid.series, spec.series), (grid.panels, spec.panel))
    )
    x = grid.x
    if table.columns[spec.x].frequency is not None:
        x = in_time(x, table, spec.x)
    elif spec.order != "table":
        sign = -1 if spec.order == "descending" else 1
        x = tuple(sorted(x, key=lambda code: _rank(grid, code, sign)))
    if spec.top:
        x = x[: spec.top]
    kept = set(x)
    cells = {key: o for key, o in grid.cells.items() if key.x in kept}
    return replace(grid, x=x, series=series, panels=panels, periods=periods, cells=cells)


def in_time(codes: tuple[str, ...], table: Table, column: str | None) -> tuple[str, ...]:
    """Return the codes of a column in the order of time; of a column that holds no periods, by their letters."""
    frequency = table.columns[column].frequency if column is not None else None
    if frequency is None:
        return tuple(sorted(codes))
    return tuple(sorted(codes, key=lambda code: parse_period(code, frequency)))


def _rank(grid: Grid, code: str, sign: int) -> tuple[bool, Decimal]:
    """Categories without a value stand last, whatever the order; what does not sum up ranks by its last period."""
    shown = grid.periods if grid.sums_up else (max(grid.periods),)
    found = [o for (_, _, x, period), o in grid.cells.items() if x == code and period in shown]
    values = [o.value for o in found if o.value is not None]
    return not values, sign * sum(values, Decimal(0))


def _check_limits(grid: Grid, spec: ChartSpec, faults: Faults) -> None:
    form, hint = spec.form, "narrow the rows by where"
    for role, what, codes, least, most, remedy in (
        ("x", "categories", grid.x, 1, form.max_x, f"{hint}, or show the largest: top = N"),
        ("series", "series", grid.series, form.min_series, form.max_series, f"{hint}, or add them up: sum"),
        ("panel", "panels", grid.panels, 1, MAX_PANELS, hint),
    ):
        if not least <= len(codes) <= most:
            bounds = f"from {least} to {most}" if least != most else str(most)
            message = f"chart {spec.name}: it has {len(codes)} {what}; {form.name} can show {bounds}"
            remedy = remedy if len(codes) > most else "choose another form"
            faults.error("wrong-count", message, spec.place(role), remedy)


def _check_negatives(grid: Grid, spec: ChartSpec, faults: Faults) -> None:
    for observation in grid.cells.values():
        if not spec.form.negatives and observation.value is not None and observation.value < 0:
            value, hint = observation.value, "correct the value, or choose ranked-bars or paired-columns"
            message = f"chart {spec.name}: {value} is negative, which {spec.form.name} cannot show"
            faults.error("negative-value", message, observation.ref, hint)
