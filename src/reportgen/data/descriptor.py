"""The package's descriptor, ``datapackage.json``: which tables there are and what their columns hold.

Frictionless Data Package and Table Schema (https://specs.frictionlessdata.io/), with our own properties under the
key ``reportgen`` (docs/data.md), which Frictionless tools leave alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.world import is_inside
from reportgen.data.package import Annex, Column, Lang

FieldType = Literal["string", "number", "integer", "year", "date"]
Role = Literal["dimension", "measure", "attribute"]
FIELD_TYPES: tuple[FieldType, ...] = ("string", "number", "integer", "year", "date")
ROLES: tuple[Role, ...] = ("dimension", "measure", "attribute")
FORMATS = ("csv", "xlsx", "parquet")
_RESOURCE_KEYS = ("role", "titles", "annex", "figure")
_FIELD_KEYS = ("role", "code_list", "unit", "titles")
_CONSTRAINTS = ("required", "unique", "minimum", "maximum", "enum", "pattern")


@dataclass(frozen=True, slots=True)
class Resource:
    """A table as the descriptor declares it.

    Attributes:
        format: csv, xlsx or parquet.
        sheet: the sheet of a workbook, or None for its first.
        delimiter: what separates a CSV's cells.
        columns: its columns in their order.
        constraints: Table Schema constraints by column.
        missing: the texts that stand for no value.
    """

    name: str
    path: str
    format: str
    sheet: str | None
    delimiter: str
    columns: Mapping[str, Column]
    constraints: Mapping[str, Mapping[str, Any]]
    primary_key: tuple[str, ...]
    is_code_list: bool
    missing: tuple[str, ...] = ("",)
    titles: Mapping[Lang, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    source_titles: tuple[Mapping[Lang, str], ...] = ()
    annex: Annex | None = None


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The package's name and its tables in their order."""

    name: str
    resources: tuple[Resource, ...]


def parse_descriptor(text: str, path: str) -> Result[Descriptor]:
    """Return the descriptor in a JSON text; paths of its tables are relative to its folder."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as problem:
        place = Span(path, problem.lineno, problem.colno)
        fault = error(
            "json-broken", f"the JSON is broken: {problem.msg}", place, *_json_hints(text, problem.pos)
        )
        return Result(Descriptor("", ()), (fault,))
    except RecursionError:
        return Result(
            Descriptor("", ()),
            (error("json-nested-too-deeply", "the JSON is nested too deeply", Span(path), "write it flat"),),
        )
    return _Reader(text, path).read(data)


def _json_hints(text: str, position: int) -> tuple[str, ...]:
    before = text[:position].rstrip()
    if before.endswith(",") and text[position : position + 1] in "]}":
        return ("JSON allows no comma after the last item",)
    return ("look at the commas, brackets and quotation marks just before this place",)


class _Reader:
    """Reads one descriptor and gathers its faults."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.folder = path.rpartition("/")[0]
        self.faults: list[Diagnostic] = []

    def read(self, data: object) -> Result[Descriptor]:
        package = self._object(data, "the package")
        entries = package.get("resources")
        if not isinstance(entries, list) or not entries:
            self._fault("the package lists no tables", None, 'list them under "resources"')
            entries = []
        read = [self._resource(entry) for entry in entries]
        resources = tuple(resource for resource in read if resource is not None)
        self._repeated([resource.name for resource in resources])
        self._code_lists(resources)
        return Result(Descriptor(str(package.get("name", "")), resources), tuple(self.faults))

    def _resource(self, data: object) -> Resource | None:
        entry = self._object(data, "a resource")
        name, path = entry.get("name"), entry.get("path")
        if not isinstance(name, str) or not isinstance(path, str):
            self._fault(
                "a resource has no name or no path", name if isinstance(name, str) else None, "write both"
            )
            return None
        if not is_inside(path):
            self._fault(f"the path of {name} leads out of the project", name, "keep the table below data/")
            return None
        schema = self._object(entry.get("schema", {}), f"the schema of {name}")
        ours = self._ours(entry, _RESOURCE_KEYS, name)
        columns = dict(self._columns(schema, name))
        dialect = self._object(entry.get("dialect", {}), f"the dialect of {name}")
        self._encoding(entry, name)
        return Resource(
            name=name,
            path=f"{self.folder}/{path}" if self.folder else path,
            format=self._format(entry, path, name),
            sheet=_text_or_none(dialect.get("sheet")),
            delimiter=_text_or_none(dialect.get("delimiter")) or ",",
            columns={key: column for key, (column, _) in columns.items()},
            constraints={key: constraints for key, (_, constraints) in columns.items()},
            primary_key=self._key(schema, columns, name),
            is_code_list=ours.get("role") == "code-list",
            missing=_names(schema.get("missingValues", [""])),
            titles=_texts(ours.get("titles")),
            sources=tuple(str(s.get("title") or s.get("path") or "") for s in _objects(entry.get("sources"))),
            source_titles=tuple(_source_titles(s) for s in _objects(entry.get("sources"))),
            annex=self._annex(ours.get("annex"), columns, name),
        )

    def _columns(
        self, schema: Mapping[str, Any], resource: str
    ) -> Iterator[tuple[str, tuple[Column, Mapping[str, Any]]]]:
        fields = schema.get("fields")
        if not isinstance(fields, list) or not fields:
            self._fault(f"the table {resource} has no fields", resource, "list its columns in schema.fields")
            return
        key = _names(schema.get("primaryKey"))
        linked = _foreign(schema.get("foreignKeys"))
        seen: set[str] = set()
        for data in fields:
            entry = self._object(data, f"a field of {resource}")
            name = entry.get("name")
            if not isinstance(name, str) or name in seen:
                self._fault(
                    f"a field of {resource} has no name or one that another field has",
                    resource,
                    "give each its own",
                )
                continue
            seen.add(name)
            yield (
                name,
                (self._column(entry, name, resource, key, linked), self._limits(entry, name, resource)),
            )

    def _column(
        self,
        entry: Mapping[str, Any],
        name: str,
        resource: str,
        key: Sequence[str],
        linked: Mapping[str, str],
    ) -> Column:
        ours = self._ours(entry, _FIELD_KEYS, f"{resource}.{name}")
        kind = entry.get("type", "string")
        if kind not in FIELD_TYPES:
            hints = did_you_mean(str(kind), FIELD_TYPES) or (f"use {', '.join(FIELD_TYPES)}",)
            self._fault(f"the type {kind} of {resource}.{name} is unknown", resource, *hints)
            kind = "string"
        role = ours.get("role", _default_role(name, str(kind), key))
        if role not in ROLES:
            hints = did_you_mean(str(role), ROLES) or (f"use {', '.join(ROLES)}",)
            self._fault(f"the role {role} of {resource}.{name} is unknown", resource, *hints)
            role = "attribute"
        return Column(
            name=name,
            type=cast(FieldType, kind),
            role=cast(Role, role),
            code_list=_text_or_none(ours.get("code_list")) or linked.get(name),
            unit=_text_or_none(ours.get("unit")),
            titles=_texts(ours.get("titles")),
        )

    def _limits(self, entry: Mapping[str, Any], name: str, resource: str) -> Mapping[str, Any]:
        limits = self._object(entry.get("constraints", {}), f"the constraints of {resource}.{name}")
        for constraint in limits:
            if constraint not in _CONSTRAINTS:
                hints = did_you_mean(constraint, _CONSTRAINTS) or (f"there are {', '.join(_CONSTRAINTS)}",)
                self._fault(f"the constraint {constraint} of {resource}.{name} is unknown", resource, *hints)
        if not isinstance(limits.get("enum", []), list):
            self._fault(f"the enum of {resource}.{name} is not a list", resource, 'write it as ["…", "…"]')
            limits = {k: v for k, v in limits.items() if k != "enum"}
        for key in ("required", "unique"):
            if not isinstance(limits.get(key, False), bool):
                self._fault(f"{key} of {resource}.{name} is neither true nor false", resource, "write true")
        for key in ("minimum", "maximum"):
            if not _is_number(limits.get(key, 0)):
                hint = "write a number, as in 0 or 2013"
                self._fault(f"the {key} of {resource}.{name} is {limits[key]!r}", resource, hint)
        pattern = limits.get("pattern")
        if pattern is not None and not _compiles(pattern):
            self._fault(
                f"the pattern of {resource}.{name} is no regular expression", resource, "as in [a-z_]+"
            )
            return {k: v for k, v in limits.items() if k != "pattern"}
        return limits

    def _format(self, entry: Mapping[str, Any], path: str, name: str) -> str:
        found = str(entry.get("format") or path.rpartition(".")[2]).lower()
        if found not in FORMATS:
            self._fault(
                f"the table {name} is a {found} file",
                name,
                f"reportgen reads {', '.join(FORMATS)}; say which in format",
            )
            return "csv"
        return found

    def _encoding(self, entry: Mapping[str, Any], name: str) -> None:
        encoding = str(entry.get("encoding", "utf-8")).lower().replace("_", "-")
        if encoding not in ("utf-8", "utf8", "utf-8-sig"):
            self._fault(
                f"the table {name} is declared as {encoding}", name, "save it as UTF-8 and declare that"
            )

    def _key(self, schema: Mapping[str, Any], columns: Mapping[str, Any], resource: str) -> tuple[str, ...]:
        key = _names(schema.get("primaryKey"))
        for name in key:
            if name not in columns:
                self._fault(
                    f"the primary key of {resource} names {name}, which is no field of it",
                    resource,
                    *known_names(name, columns),
                )
        return tuple(name for name in key if name in columns)

    def _annex(self, data: object, columns: Mapping[str, Any], resource: str) -> Annex | None:
        if data is None:
            return None
        entry = self._object(data, f"the annex of {resource}")
        rows, across = _names(entry.get("rows")), _names(entry.get("columns"))
        for name in (*rows, *across):
            if name not in columns:
                self._fault(
                    f"the annex of {resource} names {name}, which is no field of it",
                    resource,
                    *known_names(name, columns),
                )
        known = tuple(name for name in rows if name in columns)
        return Annex(known, tuple(name for name in across if name in columns))

    def _ours(self, entry: Mapping[str, Any], known: Sequence[str], where: str) -> Mapping[str, Any]:
        ours = self._object(entry.get("reportgen", {}), f"reportgen of {where}")
        for key in ours:
            if key not in known:
                hints = did_you_mean(key, known) or (f"there are {', '.join(known)}",)
                self._fault(
                    f"reportgen of {where} has the unknown key {key}", where.partition(".")[0], *hints
                )
        return ours

    def _object(self, data: object, what: str) -> Mapping[str, Any]:
        if isinstance(data, dict):
            return data
        self._fault(f"{what} is not a JSON object", None, 'write it as {"name": …}')
        return {}

    def _repeated(self, names: Sequence[str]) -> None:
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._fault(f"two tables have the name {name}", name, "give each its own")

    def _code_lists(self, resources: Sequence[Resource]) -> None:
        lists = [resource.name for resource in resources if resource.is_code_list]
        for resource in resources:
            for column in resource.columns.values():
                if column.code_list is not None and column.code_list not in lists:
                    hints = did_you_mean(column.code_list, lists) or (
                        'declare it as a table with "reportgen": {"role": "code-list"}',
                    )
                    where = f"{resource.name}.{column.name}"
                    message = f"{where} takes its codes from {column.code_list}, which is no code list"
                    self._fault(message, resource.name, *hints)

    def _fault(self, message: str, name: str | None, *hints: str) -> None:
        """Note a fault at the line where the table ``name`` is declared, or at the file."""
        line = 0
        if name is not None:
            found = re.search(rf'"name"\s*:\s*{re.escape(json.dumps(name, ensure_ascii=False))}', self.text)
            line = self.text.count("\n", 0, found.start()) + 1 if found else 0
        self.faults.append(error("setting", message, Span(self.path, line), *hints))


def _is_number(value: object) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(value)) is not None


def _default_role(name: str, kind: str, key: Sequence[str]) -> Role:
    if name in key:
        return "dimension"
    return "measure" if kind in ("number", "integer") else "attribute"


def _names(data: object) -> tuple[str, ...]:
    if isinstance(data, str):
        return (data,)
    return tuple(str(name) for name in data) if isinstance(data, list) else ()


def _foreign(data: object) -> Mapping[str, str]:
    """Return the tables that single columns refer to by Table Schema's ``foreignKeys``."""
    found: dict[str, str] = {}
    for key in data if isinstance(data, list) else ():
        fields = _names(key.get("fields")) if isinstance(key, dict) else ()
        reference = key.get("reference") if isinstance(key, dict) else None
        if len(fields) == 1 and isinstance(reference, dict) and isinstance(reference.get("resource"), str):
            found[fields[0]] = reference["resource"]
    return found


def _texts(data: object) -> Mapping[str, str]:
    return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}


def _text_or_none(data: object) -> str | None:
    return data if isinstance(data, str) and data else None


def _objects(data: object) -> tuple[Mapping[str, Any], ...]:
    return tuple(e for e in data if isinstance(e, dict)) if isinstance(data, list) else ()


def _source_titles(source: Mapping[str, Any]) -> Mapping[Lang, str]:
    ours = source.get("reportgen")
    return _texts(ours.get("titles")) if isinstance(ours, dict) else {}


def _compiles(pattern: object) -> bool:
    try:
        re.compile(str(pattern))
    except (re.error, RecursionError, OverflowError):
        return False
    return True
