"""Chart specifications: ``data/charts.toml``, checked against the tables, each fault with its line (docs/charts.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.places import PlacedFile
from reportgen.base.suggest import did_you_mean
from reportgen.base.tomlfile import load_toml
from reportgen.base.units import Pt, parse_length
from reportgen.base.world import World
from reportgen.charts.forms.catalogue import FORMS, Form
from reportgen.charts.scripts import Script, load_script
from reportgen.data.package import DataPackage, Table

PATH = "data/charts.toml"
SCRIPT = "python:"
ROLES = ("x", "series", "panel", "period")
_COMMON = ("form", "table", *ROLES, "value", "where", "sum", "accent", "inks", "order", "height", "names")
_OWN = Form("", "what its function says", series="optional", panel="optional", max_series=99, max_x=9999)
_LINES = re.compile(r"(\d+(?:\.\d+)?)\s*lines?\Z")
_DIGIT = re.compile(r"\d")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark at a category: ``at`` names the fact that holds the category (a year, a code).

    Attributes:
        text: the remark by language; ``{fact:format}`` stands for a fact.
    """

    at: str
    text: Mapping[str, str]
    span: Span


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What a chart shows and how.

    Attributes:
        x, series, panel, period: the dimensions that fill the form's roles.
        where: the codes that rows are narrowed to, by dimension.
        sums: dimensions whose observations are added up.
        accent: ink of the series that matters.
        inks: a theme part or ink a series, in order; () leaves it to the form.
        order: of the categories; ``table`` is the order of the data.
        height: None lets the form take what it needs; ``height_lines`` is its height in lines of the grid.
        names: whether names of codes are printed in full or short.
        growth: the fact that states each series' growth.
        emphasis: the fact that holds the code or codes to emphasise.
        top: only so many categories; 0 for all.
        shade: what a heat map's tint says: the value, or its share in the row or column.
        shares: whether bars are stacked to 100 per cent.
        script: the project's own function that draws the chart.
        places: where the specification and its keys stand.
    """

    name: str
    form: str
    table: str
    x: str
    places: Mapping[str, Span]
    series: str | None = None
    panel: str | None = None
    period: str | None = None
    value: str = "value"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sums: tuple[str, ...] = ()
    accent: str = "blue"
    inks: tuple[str, ...] = ()
    order: Literal["table", "descending", "ascending"] = "table"
    height: Pt | None = None
    height_lines: float | None = None
    names: Literal["full", "short"] = "short"
    growth: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    emphasis: str | None = None
    top: int = 0
    shade: Literal["value", "row", "column"] = "value"
    shares: bool = False
    script: Script | None = None

    @property
    def span(self) -> Span:
        return self.places[""]

    def place(self, key: str) -> Span:
        """Return the place of a key, or of the chart where it does not stand."""
        return self.places.get(key, self.places[""])

    @property
    def kind(self) -> Form:
        return FORMS.get(self.form, _OWN)


def load_charts(world: World, package: DataPackage, path: str = PATH) -> Result[Mapping[str, ChartSpec]]:
    """Return the charts of a project by name; a faulty one is left out and its faults are reported.

    A chart on a table that the package could not read (``package.broken``) is left out without a word: why has been
    said.
    """
    read = load_toml(world, path)
    faults = list(read.diagnostics)
    charts: dict[str, ChartSpec] = {}
    for name, table in read.value.tables.items():
        reader = _Reader(world, package, read.value, name, table if isinstance(table, Mapping) else {})
        if not isinstance(table, Mapping):
            reader.refuse(
                "not-table", "", f"{name} is not a table", f"write [{name}] and below it a key a line"
            )
        elif reader.keys.get("table") not in package.broken:
            spec = reader.spec()
            if spec is not None and not reader.faults:
                charts[name] = spec
        faults += reader.faults
    return Result(charts, tuple(faults))


class _Reader:
    """Reads one chart's table."""

    def __init__(
        self, world: World, package: DataPackage, file: PlacedFile, name: str, keys: Mapping[str, Any]
    ) -> None:
        self.world, self.package, self.file, self.name, self.keys = world, package, file, name, keys
        self.faults: list[Diagnostic] = []

    def refuse(self, rule: str, key: str, message: str, *hints: str) -> None:
        place = self.file.span(self.name, *key.split(".")) if key else self.file.span(self.name)
        self.faults.append(error(rule, f"chart {self.name}: {message}", place, *hints))

    def spec(self) -> ChartSpec | None:
        form, script = self._form()
        table = self._table()
        if form is None or table is None:
            return None
        self._check_keys(form)
        roles = {role: self._role(role, form, table) for role in ROLES}
        height, lines = self._height()
        value = self.word("value", "value") or "value"
        self._check_value(value, table)
        sums = self._sums(table)
        where = self._where(table)
        self._check_dimensions(table, roles, sums, where)
        return ChartSpec(
            self.name, str(self.keys["form"]), table.name, roles["x"] or "", self._places(),
            roles["series"], roles["panel"], roles["period"], value, where, sums,
            self.word("accent", "blue") or "blue", self._words("inks"),
            self._choice("order", (form.order, "table", "descending", "ascending")), height, lines,
            self._choice("names", ("short", "full")), self._growth(), self._marks(), self.word("emphasis"),
            self._top(), self._choice("shade", ("value", "row", "column")), bool(self.keys.get("shares", False)),
            script,
        )  # fmt: skip

    def _form(self) -> tuple[Form | None, Script | None]:
        name = self.keys.get("form")
        if not isinstance(name, str):
            self.refuse("no-form", "form", "it has no form", f"there are {', '.join(FORMS)}")
            return None, None
        if name.startswith(SCRIPT):
            loaded = load_script(self.world, name.removeprefix(SCRIPT), self.file.span(self.name, "form"))
            self.faults += loaded.diagnostics
            return (_OWN, loaded.value) if loaded.value is not None else (None, None)
        if name not in FORMS:
            hints = did_you_mean(name, FORMS) or (f"there are {', '.join(FORMS)}",)
            self.refuse("no-form", "form", f"there is no form {name}", *hints)
            return None, None
        return FORMS[name], None

    def _table(self) -> Table | None:
        name = self.keys.get("table")
        tables = self.package.tables
        if isinstance(name, str) and name in tables:
            return tables[name]
        if name is None:
            self.refuse("names-no-table", "", "it names no table", 'as in table = "cn-yearly"')
        else:
            hints = did_you_mean(str(name), tables) or (f"there are {', '.join(sorted(tables))}",)
            self.refuse("no-table", "table", f"there is no table {name}", *hints)
        return None

    def _check_keys(self, form: Form) -> None:
        own = form.options if form is not _OWN else tuple(self.keys)
        for key in self.keys:
            if key not in _COMMON and key not in own:
                known = (*_COMMON, *own)
                hints = did_you_mean(key, known) or (f"the form takes {', '.join(known)}",)
                self.refuse("form-no", key, f"the form {self.keys['form']} has no {key}", *hints)

    def _role(self, role: str, form: Form, table: Table) -> str | None:
        name = self.keys.get(role)
        need = "needed" if role == "x" else getattr(form, role)
        if name is None:
            if need == "needed":
                known = ", ".join(_dimensions(table))
                self.refuse(
                    "does-not-say-dimension",
                    "",
                    f"it does not say which dimension is {role}",
                    f"{table.name} has the dimensions {known}",
                )
            return None
        if need is None:
            self.refuse(
                "form-no",
                role,
                f"the form {self.keys['form']} has no {role}",
                "leave it out, or choose another form",
            )
            return None
        if not isinstance(name, str):
            self.refuse(
                "not-name-column", role, f"{role} is not the name of a column", f'as in {role} = "year"'
            )
            return None
        return self._dimension(role, name, table)

    def _dimension(self, key: str, name: str, table: Table) -> str | None:
        dimensions = _dimensions(table)
        if name in dimensions:
            return name
        what = "is no dimension" if name in table.columns else "is no column"
        hints = did_you_mean(name, dimensions) or (f"its dimensions are {', '.join(dimensions)}",)
        self.refuse("unknown-column", key, f"{name} {what} of {table.name}", *hints)
        return None

    def _check_value(self, name: str, table: Table) -> None:
        column = table.columns.get(name)
        if column is not None and column.type in ("number", "integer") and column.role == "measure":
            return
        measures = [c.name for c in table.columns.values() if c.role == "measure"]
        what = "is not a measure" if column is not None else "is no column"
        hints = did_you_mean(name, measures) or (f"its measures are {', '.join(measures)}",)
        self.refuse("unknown-column", "value", f"{name} {what} of {table.name}", *hints)

    def _sums(self, table: Table) -> tuple[str, ...]:
        names = self._words("sum")
        return tuple(name for name in names if self._dimension("sum", name, table))

    def _where(self, table: Table) -> Mapping[str, tuple[str, ...]]:
        given = self.keys.get("where", {})
        if not isinstance(given, Mapping):
            self.refuse("where-not-table", "where", "where is not a table", 'as in where = { year = "2023" }')
            return {}
        found = {}
        for name, value in given.items():
            codes = tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)
            if self._dimension("where", name, table):
                found[name] = codes
                self._check_codes(name, codes, table)
        return found

    def _check_codes(self, column: str, codes: Iterable[str], table: Table) -> None:
        known = {str(row.values.get(column)) for row in table.rows}
        for code in codes:
            if code not in known:
                hints = did_you_mean(code, known)
                self.refuse(
                    "no-observation", "where", f"{table.name} has no observation with {column} {code}", *hints
                )

    def _check_dimensions(
        self,
        table: Table,
        roles: Mapping[str, str | None],
        sums: tuple[str, ...],
        where: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Refuse a dimension that is left over: its observations would be drawn over each other."""
        used = {*roles.values(), *sums, *(name for name, codes in where.items() if len(codes) == 1)}
        twice = [name for name in roles.values() if name and list(roles.values()).count(name) > 1]
        for name in dict.fromkeys(twice):
            self.refuse("fills-two-roles", "x", f"{name} fills two roles", "give each role its own dimension")
        for name in _dimensions(table):
            if name not in used and not self.faults:
                self.refuse(
                    "does-not-say-what-becomes",
                    "table",
                    f"it does not say what becomes of the dimension {name}",
                    f'name it as x, series or panel, narrow it by where, or add it up: sum = ["{name}"]',
                )

    def _height(self) -> tuple[Pt | None, float | None]:
        value = self.keys.get("height")
        if value is None:
            return None, None
        lines = _LINES.match(str(value))
        if lines:
            return None, float(lines[1])
        try:
            return parse_length(str(value)), None
        except ValueError:
            self.refuse(
                "not-height", "height", f"{value!r} is not a height", 'as in height = "14 lines" or "80mm"'
            )
            return None, None

    def _growth(self) -> Mapping[str, str]:
        given = self.keys.get("growth", {})
        if isinstance(given, Mapping) and all(isinstance(v, str) for v in given.values()):
            return dict(given)
        self.refuse(
            "growth-names-fact-series",
            "growth",
            "growth names a fact a series",
            'as in growth = { grants = "p1.grants.cagr" }',
        )
        return {}

    def _marks(self) -> tuple[Mark, ...]:
        given = self.keys.get("marks", [])
        if not isinstance(given, list) or not all(isinstance(m, Mapping) for m in given):
            self.refuse(
                "marks-not-list-tables",
                "marks",
                "marks are not a list of tables",
                'as in marks = [{ at = "green.turn", text = {…} }]',
            )
            return ()
        marks = [self._mark(mark) for mark in given]
        return tuple(mark for mark in marks if mark is not None)

    def _mark(self, mark: Mapping[str, Any]) -> Mark | None:
        at, text = mark.get("at"), mark.get("text", {})
        if not isinstance(at, str) or not isinstance(text, Mapping):
            self.refuse(
                "mark-needs-at-fact-text",
                "marks",
                "a mark needs at, a fact, and text, by language",
                'as in { at = "green.turn", text = {…} }',
            )
            return None
        for words in text.values():
            if _DIGIT.search(_PLACEHOLDER.sub("", str(words))):
                self.refuse(
                    "mark-typed-number",
                    "marks",
                    f"the mark “{words}” has a typed number",
                    "bind it to a fact: {green.turn:year}",
                )
        span = self.file.span(self.name, "marks")
        return Mark(at, {lang: str(words) for lang, words in text.items()}, span)

    def _top(self) -> int:
        value = self.keys.get("top", 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.refuse("top", "top", f"top is {value!r}", "it is how many categories to show, as in top = 10")
        return 0

    def word(self, key: str, default: str | None = None) -> str | None:
        value = self.keys.get(key, default)
        if value is None or isinstance(value, str):
            return value
        self.refuse("not-text", key, f"{key} is {value!r}, not a text")
        return default

    def _words(self, key: str) -> tuple[str, ...]:
        value = self.keys.get(key, [])
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        self.refuse("not-list-texts", key, f"{key} is not a list of texts", f'as in {key} = ["year"]')
        return ()

    def _choice(self, key: str, words: tuple[Any, ...]) -> Any:
        value = self.keys.get(key, words[0])
        if value in words:
            return value
        known = tuple(dict.fromkeys(str(w) for w in words))
        self.refuse(
            "not-one-of",
            key,
            f"{key} is {value!r}",
            *(did_you_mean(str(value), known) or (f"it is {' or '.join(known)}",)),
        )
        return words[0]

    def _places(self) -> Mapping[str, Span]:
        return {"": self.file.span(self.name), **{key: self.file.span(self.name, key) for key in self.keys}}


def _dimensions(table: Table) -> tuple[str, ...]:
    return tuple(c.name for c in table.columns.values() if c.role == "dimension")
