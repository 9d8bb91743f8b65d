"""Chart specifications: ``data/charts.toml``, checked against the tables, each fault at its key (docs/charts.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Literal, TypeVar

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.charts.form import Form, Order
from reportgen.charts.forms import house_forms
from reportgen.charts.options import SHARED, Mark
from reportgen.charts.own_forms import OWN, load_form
from reportgen.data.package import DataPackage, Table
from reportgen.data.period_choice import UnknownPeriod, choose_periods, periods_of
from reportgen.data.periods import Frequency

T = TypeVar("T")

PATH = "data/charts.toml"
ROLES = ("x", "series", "panel", "period")


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What a chart shows and how.

    Attributes:
        setting: what was written.
        x, series, panel, period: the dimensions that fill the form's roles.
        where: the codes that rows are narrowed to, by dimension.
        sum: dimensions whose observations are added up.
        accent: ink of the series that matters.
        inks: a theme part or ink a series, in order; () leaves it to the form.
        order: of the categories; ``table`` is the order of the data.
        height: a length, which may be in lines of the grid; None lets the form take what it needs.
        names: whether names of codes are printed in full or short.
        options: the form's own keys, those that are written.
        unit: code of the unit that its figure asks for; None takes that of the column.
    """

    name: str
    form: Form
    table: str
    setting: s.Setting
    x: str = ""
    series: str | None = None
    panel: str | None = None
    period: str | None = None
    value: str = "value"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sum: tuple[str, ...] = ()
    accent: str = "blue"
    inks: tuple[str, ...] = ()
    order: Order = "table"
    height: s.Setting | None = None
    names: Literal["full", "short"] = "short"
    options: Mapping[str, Any] = field(default_factory=dict)
    unit: str | None = None

    @property
    def span(self) -> Span:
        return self.setting.place

    def place(self, *keys: str) -> Span:
        """Return the place of a key, or of the table around it where it is not written."""
        return self.setting.at(*keys).place

    @property
    def growth(self) -> Mapping[str, str]:
        """The facts that state the growth of series, by the series' code."""
        return dict(self.options.get("growth", {}))

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(self.options.get("marks", ()))

    @property
    def emphasis(self) -> str | None:
        """The fact that holds the code or codes to emphasise."""
        return self.options.get("emphasis")

    @property
    def top(self) -> int:
        """How many categories are shown; 0 for all."""
        return int(self.options.get("top", 0))


def load_charts(
    world: World, package: DataPackage, path: str = PATH, forms: Mapping[str, Form] | None = None
) -> Result[Mapping[str, ChartSpec]]:
    """Return the charts of a project by name; a faulty one is left out and its faults are reported.

    A chart on a table that the package could not read (``package.broken``) is left out; that fault is already reported.

    Args:
        forms: the forms that there are; None means the house's.
    """
    faults = Faults()
    file = s.settings_of(faults.take(load_toml(world, path)))
    charts: dict[str, ChartSpec] = {}
    file = _below_heads(file, faults)
    for name, setting in file.members.items():
        if str(setting.at("table").value) in package.broken:
            continue
        own = Faults()
        spec = _spec(name, setting, world, package, house_forms() if forms is None else forms, own)
        if spec is not None and not own.refused:
            charts[name] = spec
        faults.add(*own.found)
    return faults.result(charts)


def _below_heads(file: s.Setting, faults: Faults) -> s.Setting:
    """Return the charts of a file; keys above the first ``[chart]`` are told once."""
    lost = {key: member for key, member in file.members.items() if not isinstance(member.value, Mapping)}
    if len(lost) < 2:  # one alone is no chart that it should be
        return file
    message = f"{', '.join(lost)} stand outside every chart"
    place = next(iter(lost.values())).place
    faults.error("outside-charts", message, place, "begin a chart with [its-name] above them")
    return replace(file, value={key: member for key, member in file.members.items() if key not in lost})


def _spec(
    name: str,
    setting: s.Setting,
    world: World,
    package: DataPackage,
    forms: Mapping[str, Form],
    faults: Faults,
) -> ChartSpec | None:
    if not s.is_table(setting, faults):
        return None
    setting = s.spelt(setting, s.shape("form", "table"), faults)
    form, table = _form(setting, world, forms, faults), _chosen(setting, "table", package.tables, faults)
    if form is None or table is None:
        return None
    common = _common(form, table)
    own = form.options if form.options is not None else _any_options(setting, ("form", "table", *common))
    keys = {**common, **own}
    _check_keys(setting, form, keys, faults)
    setting = s.spelt(setting, s.shape("form", "table", *keys), Faults())

    def make(**found: Any) -> ChartSpec:
        options = {key: found.pop(key) for key in own if key in found}
        return ChartSpec(name, form, table.name, setting, **{"order": form.order, **found}, options=options)

    known = s.Setting({k: m for k, m in setting.members.items() if k in keys}, setting.name, setting.place)
    spec = s.record(make, keys)(known, faults)
    if spec is not None:
        _check_dimensions(spec, table, faults)
    return spec


def _form(setting: s.Setting, world: World, forms: Mapping[str, Form], faults: Faults) -> Form | None:
    name = setting.at("form").value
    if isinstance(name, str) and name.startswith(OWN):
        return faults.take(load_form(world, name, setting.at("form").place))
    return _chosen(setting, "form", forms, faults)


def _chosen(setting: s.Setting, key: str, known: Mapping[str, T], faults: Faults) -> T | None:
    """Return what a key names that every chart must have."""
    written = setting.at(key)
    if not written.is_written:
        hints = known_names("", known)
        faults.error("missing-key", f"{setting.title} names no {key}", setting.place, *hints)
        return None
    name = s.name_of(key, known)(written, faults)
    return None if name is None else known[name]


def _common(form: Form, table: Table) -> dict[str, s.Reader[Any]]:
    """Return the readers of the keys that every form takes."""
    dimensions = dimensions_of(table)
    dimension = _column(table, dimensions, "dimension")
    measures = [
        c.name for c in table.columns.values() if c.role == "measure" and c.type in ("number", "integer")
    ]
    return {
        **dict.fromkeys(form.roles, dimension),
        "value": _column(table, measures, "measure"),
        "where": s.record(dict, {name: _codes(table, name) for name in dimensions}),
        "sum": s.listed(dimension),
        "accent": s.word(),
        "inks": s.listed(s.word()),
        "order": s.one_of("table", "descending", "ascending"),
        "height": _height,
        "names": s.one_of("short", "full"),
    }


def _any_options(setting: s.Setting, common: Collection[str]) -> Mapping[str, s.Reader[Any]]:
    """Return the readers of a form that takes any key: shared ones are checked, others are read as they are written."""
    others = (key for key in setting.members if key not in common)
    return {**dict.fromkeys(others, lambda setting, _: setting.plain()), **SHARED}


def _check_keys(setting: s.Setting, form: Form, keys: Mapping[str, Any], faults: Faults) -> None:
    """Note roles that the form needs and keys that it does not take."""
    known = ("form", "table", *keys)
    for key, member in setting.members.items():
        if key not in known:
            hints = did_you_mean(key, known) or (f"leave it out: the form takes {', '.join(known)}",)
            faults.error(
                "unknown-key", f"{setting.title}: the form {form.name} has no {key}", member.place, *hints
            )
    right = s.spelt(setting, s.shape(*known), Faults())
    for role in ("x", *form.needs):
        if not right.at(role).is_written:
            message = f"{setting.title} does not say which dimension is {role}"
            faults.error(
                "missing-key", message, setting.place, f'write {role} = "…", one of the table\'s dimensions'
            )


def _column(table: Table, names: list[str], kind: str) -> s.Reader[str]:
    """Return a reader of the name of one of a table's columns."""

    def reader(setting: s.Setting, faults: Faults) -> str | None:
        if setting.value in names:
            return str(setting.value)
        message = f"{setting.title}: {setting.plain()} is no {kind} of {table.name}"
        declare = (
            f'say which columns tell the rows of {table.name} apart: "primaryKey": […] in the descriptor'
        )
        hints, about = known_names(str(setting.plain()), names), ""
        if not names:
            hints, about = (declare,), f"{kind} of {table.name}"
        faults.error("unknown-column", message, setting.place, *hints, about=about)
        return None

    return reader


def _codes(table: Table, column: str) -> s.Reader[tuple[str, ...]]:
    """Return a reader of codes that a column of a table holds; of periods, also of ranges of them."""
    frequency = table.columns[column].frequency
    if frequency is None:
        return s.one_or_more(_code(table, column))
    chosen = s.one_or_more(_periods(table, column, frequency))
    return s.then(chosen, lambda found: tuple(dict.fromkeys(chain.from_iterable(found))))


def _periods(table: Table, column: str, frequency: Frequency) -> s.Reader[tuple[str, ...]]:
    """Return a reader of a period, or a range of periods, that a column of a table holds."""

    def reader(setting: s.Setting, faults: Faults) -> tuple[str, ...] | None:
        present = periods_of((row.values.get(column) for row in table.rows), frequency)
        try:
            found = choose_periods(str(setting.plain()), column, frequency, present)
        except UnknownPeriod as fault:
            faults.add(fault.at(setting.place, f"{setting.title}: "))
            return None
        return tuple(map(str, found))

    return reader


def _code(table: Table, column: str) -> s.Reader[str]:
    """Return a reader of a code that a column of a table holds."""

    def reader(setting: s.Setting, faults: Faults) -> str | None:
        code, known = str(setting.plain()), {str(row.values.get(column)) for row in table.rows}
        if code in known:
            return code
        message = f"{setting.title}: {table.name} has no observation with {column} {code}"
        faults.error("unknown-code", message, setting.place, *did_you_mean(code, known))
        return None

    return reader


def _height(setting: s.Setting, faults: Faults) -> s.Setting | None:
    """Return a height as it is written, as only the style says how high a line is."""
    if s.length(line=1.0, least=0)(setting, Faults()) is not None:
        return setting
    s.refuse(setting, faults, "a height", 'as in height = "14 lines" or "80mm"')
    return None


def _check_dimensions(spec: ChartSpec, table: Table, faults: Faults) -> None:
    """Note a dimension with two roles, and one that is left over: its observations would be drawn over each other."""
    roles: dict[str, str] = {}
    for role in ROLES:
        name = getattr(spec, role)
        if name in roles:
            message = f"{spec.setting.title}: {name} is {roles[name]} and {role}"
            faults.error("two-roles", message, spec.place(role), "give each role its own dimension")
        elif name:
            roles[name] = role
    used = {*roles, *spec.sum, *(name for name, codes in spec.where.items() if len(codes) == 1)}
    left = [name for name in dimensions_of(table) if name not in used]
    if left and not faults.refused:
        message = f"{spec.setting.title} does not say what becomes of the dimension {left[0]}"
        hint = f'name it as x, series or panel, narrow it by where, or add it up: sum = ["{left[0]}"]'
        faults.error("unused-dimension", message, spec.place("table"), hint)


def dimensions_of(table: Table) -> list[str]:
    """Return the names of a table's dimensions."""
    return [column.name for column in table.columns.values() if column.role == "dimension"]
