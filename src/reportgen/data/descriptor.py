"""The package's descriptor, ``datapackage.json``: which tables there are and what their columns hold.

Frictionless Data Package and Table Schema (https://specs.frictionlessdata.io/), with our own properties under the
key ``reportgen`` (docs/data.md), which Frictionless tools leave alone. Their own keys that we do not read may hold
anything; a text or list of ours that is of another kind counts as not written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.filenames import naming_files
from reportgen.base.jsonfile import parse_json
from reportgen.base.suggest import did_you_mean
from reportgen.base.world import is_inside
from reportgen.data.declared_periods import PERIOD_KEYS, timed
from reportgen.data.dialect import WORDS, Dialect, read_dialect
from reportgen.data.fieldwords import CONSTRAINTS, FORM_WORDS, categories, missing_texts, read_form
from reportgen.data.package import Annex, Column, ColumnRole, ColumnType, Table
from reportgen.data.plausibility_rules import (
    AGREES_SHAPE,
    EXEMPT_SHAPE,
    LIMIT_SHAPE,
    Plausibility,
    read_plausibility,
)
from reportgen.data.queries import Query, read_query
from reportgen.data.resourcewords import (
    HARMLESS,
    HARMLESS_OF_FIELDS,
    UNREAD,
    ignored,
    read_encoding,
    read_format,
    read_match,
    refuse_unread,
)
from reportgen.data.statuses import STATUSES
from reportgen.data.units import NATURES

_FUNCTION = re.compile(r"[^:]+\.py:\w+\Z")


@dataclass(frozen=True, slots=True)
class Resource:
    """A table as the descriptor declares it.

    Attributes:
        table: what it says of the table, whose rows are still to be read.
        format: one of :data:`reportgen.data.resourcewords.FORMATS`.
        files: the table's files, from the project's root; their rows follow each other.
        dialect: how it stands in them.
        match: how its fields match the columns of its file (``fieldsMatch``).
        status: the observation status of all its rows, where it has no column for it.
        sdmx: the columns of SDMX-CSV from which fields of other names are read.
        unique_keys: columns whose values together stand once.
        query: the query of a database whose answer the file keeps.
        constraints: Table Schema constraints by column.
        missing: the texts that stand for no value.
        unit_places: where the unit of each column that has one is declared.
        transform: the function that makes the table, ``FILE.py:NAME``; ``inputs`` are the tables that it is given.
        place: where the function is named.
    """

    table: Table
    format: str
    files: tuple[str, ...]
    dialect: Dialect
    match: str
    status: str | None
    sdmx: Mapping[str, str]
    unique_keys: tuple[tuple[str, ...], ...]
    query: Query | None
    constraints: Mapping[str, Mapping[str, Any]]
    is_code_list: bool
    missing: tuple[str, ...]
    unit_places: Mapping[str, Span]
    transform: str | None
    inputs: tuple[str, ...]
    place: Span

    @property
    def name(self) -> str:
        return self.table.name


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The package's name, its tables in their order, the names of those declared wrongly, what is plausible."""

    name: str
    resources: tuple[Resource, ...]
    broken: tuple[str, ...] = ()
    plausibility: Plausibility = field(default_factory=Plausibility)


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(setting: s.Setting) -> Mapping[str, str]:
    return {key: str(member.plain()) for key, member in setting.members.items()}


def _one_or_more(setting: s.Setting) -> tuple[s.Setting, ...]:
    return (setting,) if isinstance(setting.value, str) else setting.items


_TEXTS, _ANY = s.lenient(_texts), s.lenient(s.Setting.plain)
_WORD = s.fitting(lambda value: isinstance(value, str) and value != "", "words in quotes")


def _is_path(path: object) -> bool:
    return isinstance(path, str) and path != "" and path.isprintable() and is_inside(path)


def _or_null(reader: s.Reader[Any]) -> s.Reader[Any]:
    return lambda setting, faults: reader(setting, faults) if setting.is_written else None


_OURS, _TITLES = _or_null(s.then(s.word(), _text_or_none)), _or_null(s.table_of(s.word()))
_COLUMN = s.keyed(
    {
        "role": s.one_of(*get_args(ColumnRole)),
        "code_list": _OURS,
        "unit": _OURS,
        "titles": _TITLES,
        "sdmx": _OURS,
        "nature": _or_null(s.one_of(*NATURES)),
        "places": _or_null(s.whole(0, 9, "as in 1: how many decimals are printed")),
        **{key: _or_null(reader) for key, reader in PERIOD_KEYS.items()},
    }
)
_FIELD = s.keyed(
    {
        "name": _WORD,
        "type": s.one_of(*get_args(ColumnType)),
        **FORM_WORDS,
        **ignored(*HARMLESS_OF_FIELDS, "categories"),
        "constraints": s.keyed(CONSTRAINTS),
        "reportgen": _COLUMN,
    },
    {"name": ""},
    others=True,
)


_RESOURCE_KEYS: Mapping[str, s.Reader[Any]] = {
    "name": naming_files(_WORD),
    "path": s.one_or_more(
        s.fitting(_is_path, "a path inside the project", "keep the table below data/"),
        'write it as "t.csv", or as ["a.csv", "b.csv"] for a table in several files',
    ),
    "encoding": read_encoding,
    "schema": s.keyed(
        {
            "missingValues": s.lenient(missing_texts),
            "fieldsMatch": read_match,
            **ignored("fields", "primaryKey", "foreignKeys", "uniqueKeys", "$schema", "title"),
        },
        others=True,
    ),
    **ignored(*HARMLESS, *UNREAD, "format", "dialect", "sources"),
    "reportgen": s.keyed(
        {
            "role": s.one_of("table", "code-list"),
            "titles": _TITLES,
            "annex": _ANY,
            "figure": _ANY,
            "obs_status": s.one_of(*STATUSES),
            "sql": read_query,
            "transform": s.matching(_FUNCTION, "FILE.py:FUNCTION", "write it as in prepare.py:top_companies"),
            "inputs": s.one_or_more(_WORD),
            "plausibility": _ANY,  # read by itself: a slip in it does not unmake the table
            "plausible": _ANY,
        }
    ),
}
_RESOURCE = s.keyed(_RESOURCE_KEYS, {"name": "", "path": ()}, others=True)
_SHAPE = s.shape(
    "name",
    reportgen=s.shape("titles", agrees=AGREES_SHAPE),
    resources=s.shape(
        *("name", "path", "format", "encoding", *HARMLESS, *UNREAD),
        dialect=s.shape(*WORDS),
        sources=s.shape("title", "path", reportgen=s.shape("titles")),
        schema=s.shape(
            *("primaryKey", "foreignKeys", "missingValues", "fieldsMatch", "uniqueKeys"),
            fields=s.shape(
                *("name", "type", "constraints", "categories", *HARMLESS_OF_FIELDS),
                *FORM_WORDS,
                reportgen=s.shape(
                    *("role", "code_list", "unit", "titles", "nature", "places", "sdmx", "period", "periods")
                ),
            ),
        ),
        reportgen=s.shape(
            *("role", "titles", "figure", "transform", "inputs", "obs_status", "sql"),
            annex=s.shape("rows", "columns"),
            plausibility=LIMIT_SHAPE,
            plausible=EXEMPT_SHAPE,
        ),
    ),
)
"""The keys that we read: nearly one of them is a slip, though the package may hold any others."""
_MADE = s.keyed(_RESOURCE_KEYS, {"name": ""}, others=True)
"""A table that a function makes has no path."""


@lru_cache(maxsize=2)
def parse_descriptor(text: str, path: str) -> Result[Descriptor]:
    """Return the descriptor in a JSON text; paths of its tables are relative to its folder.

    The last ones are kept: a resident build reads the same text again and again, at some 20 ms each time.
    """
    faults = Faults()
    package = s.settings_of(faults.take(parse_json(text, path)))
    if faults.refused:
        return faults.result(Descriptor("", ()))
    package = s.spelt(package, _SHAPE, faults)
    entries = package.at("resources")
    if not entries.items:
        faults.error("no-tables", "the package lists no tables", entries.place, 'list them under "resources"')
    folder = path.rpartition("/")[0]
    no_lists = (None, "table")
    lists = [
        str(e.at("name").value) for e in entries.items if e.at("reportgen", "role").value not in no_lists
    ]
    resources, broken = [], []
    for entry in entries.items:
        own = Faults()
        resource = _resource(entry, f"{folder}/" if folder else "", lists, own)
        resources += [resource] if resource is not None else []
        broken += [str(entry.at("name").value)] if own.refused else []
        faults.add(*own.found)
    _refuse_repeated(entries, "tables", faults)
    name = str(package.at("name").plain() or "")
    plausibility = read_plausibility(package, faults)
    return faults.result(Descriptor(name, tuple(resources), tuple(broken), plausibility))


def _refuse_repeated(entries: s.Setting, what: str, faults: Faults) -> None:
    seen: set[str] = set()
    for name in (entry.at("name") for entry in entries.items if isinstance(entry.at("name").value, str)):
        if name.value in seen:
            message = f"two {what} have the name {name.value}"
            faults.error("repeated-name", message, name.place, "give each its own")
        seen.add(name.value)


def _resource(entry: s.Setting, folder: str, lists: Collection[str], faults: Faults) -> Resource | None:
    function = entry.at("reportgen", "transform")
    refuse_unread(entry, faults)
    if entry.at("data").is_written and not entry.at("path").is_written and not function.is_written:
        hint = "write its rows to a CSV file and name that in path"
        place = entry.at("data").place
        faults.error(
            "unread-word", f"the rows of {entry.at('name').plain()} stand in the descriptor", place, hint
        )
        return None
    found = (_MADE if function.is_written else _RESOURCE)(entry, faults)
    schema, ours = ((found or {}).get(key, {}) for key in ("schema", "reportgen"))
    paths = (found or {}).get("path", ())
    if function.is_written:
        paths = (ours.get("transform", "").partition(":")[0],)
    if not found or not found["name"] or not paths or not paths[0]:
        return None
    kind = "" if function.is_written else read_format(entry, paths, faults)
    dialect = read_dialect(entry.at("dialect"), faults, delimiter="\t" if kind == "tsv" else ",")
    _check_source(entry, found, paths, kind, faults)
    fields = _fields(entry, faults) if "schema" in found or not entry.at("schema").is_written else {}
    key = _fields_named(entry.at("schema", "primaryKey"), fields, faults)
    columns = {name: _column(field, key, entry, lists, faults) for name, field in fields.items()}
    sources = [source for source in entry.at("sources").items if source.members]
    units = {name: field.setting.at("reportgen", "unit") for name, field in fields.items()}
    table = Table(
        found["name"],
        folder + paths[0],
        columns,
        (),
        ours.get("titles", {}),
        tuple(str(o.at("title").plain() or o.at("path").plain() or "") for o in sources),
        tuple(_texts(o.at("reportgen", "titles")) for o in sources),
        key,
        _annex(entry.at("reportgen", "annex"), fields, faults),
    )
    return Resource(
        table,
        format=kind,
        files=tuple(folder + path for path in paths),
        dialect=replace(dialect, encoding=found.get("encoding", "utf-8")),
        match=schema.get("fieldsMatch", "equal"),
        status=ours.get("obs_status"),
        sdmx={
            name: f.read["reportgen"]["sdmx"]
            for name, f in fields.items()
            if f.read.get("reportgen", {}).get("sdmx")
        },
        unique_keys=_unique_keys(entry.at("schema", "uniqueKeys"), fields, faults),
        query=ours.get("sql"),
        constraints={name: _constraints(field, faults) for name, field in fields.items()},
        is_code_list=ours.get("role") == "code-list",
        missing=_missing(schema.get("missingValues", ("",)), dialect),
        unit_places={name: unit.place for name, unit in units.items() if unit.is_written},
        transform=ours.get("transform"),
        inputs=ours.get("inputs", ()),
        place=function.place,
    )


def _check_source(
    entry: s.Setting, found: Mapping[str, Any], paths: tuple[str, ...], kind: str, faults: Faults
) -> None:
    """Refuse a code list that a function makes, and an answer of a query that is kept otherwise than in one CSV."""
    function, ours = entry.at("reportgen", "transform"), found.get("reportgen", {})
    if function.is_written and ours.get("role") == "code-list":
        message = f"the code list {found['name']} is made by a function"
        hint = "write it to a file: functions are given tables whose codes are already checked"
        faults.error("wrong-value", message, function.place, hint)
    if ours.get("sql") is not None and (kind not in ("csv", "tsv") or len(paths) > 1):
        message = f"the answer of a query is kept in one CSV file, not in {', '.join(paths)}"
        faults.error("wrong-value", message, entry.at("path").place, f"write it as in {found['name']}.csv")


def _missing(texts: tuple[str, ...], dialect: Dialect) -> tuple[str, ...]:
    null = dialect.null_sequence
    return texts if null is None or null in texts else (*texts, null)


def _constraints(field: _Field, faults: Faults) -> Mapping[str, Any]:
    found = field.read.get("constraints", {})
    allowed = categories(field.setting, faults)
    return found if allowed is None else {"enum": allowed, **found}


def _unique_keys(keys: s.Setting, fields: Collection[str], faults: Faults) -> tuple[tuple[str, ...], ...]:
    return tuple(_fields_named(key, fields, faults) for key in keys.items)


class _Field(NamedTuple):
    """A field as it is written, and what could be read of it."""

    setting: s.Setting
    read: Mapping[str, Any]


def _fields(entry: s.Setting, faults: Faults) -> Mapping[str, _Field]:
    """Return the fields of a table's schema by their names; of two with one name, the first."""
    written = entry.at("schema", "fields")
    if not written.items:
        hint = "list its columns in schema.fields"
        faults.error("no-fields", "the table has no fields", written.place, hint)
    found: dict[str, _Field] = {}
    for setting in written.items:
        read = _FIELD(setting, faults)
        if read and read["name"]:
            found.setdefault(read["name"], _Field(setting, read))
    _refuse_repeated(written, "fields", faults)
    return found


def _column(
    field: _Field, key: Collection[str], entry: s.Setting, lists: Collection[str], faults: Faults
) -> Column:
    name, kind = field.read["name"], field.read.get("type", "string")
    ours = field.read.get("reportgen", {})
    codes = field.setting.at("reportgen", "code_list")
    codes = codes if ours.get("code_list") else _linked(entry, name)
    if codes.value is not None and codes.value not in lists:
        declare = 'declare it as a table with "reportgen": {"role": "code-list"}'
        hints = did_you_mean(codes.value, lists) or (declare,)
        message = f"{name} takes its codes from {codes.value}, which is no code list"
        faults.error("unknown-code-list", message, codes.place, *hints)
    role = "dimension" if name in key else "measure" if kind in ("number", "integer") else "attribute"
    titles = ours.get("titles", {})
    form = read_form(field.setting, field.read, faults)
    numbers = (ours.get("nature"), ours.get("places"), form)
    column = Column(name, kind, ours.get("role", role), codes.value, ours.get("unit"), titles, *numbers)
    return timed(column, field.read.get("reportgen", {}), field.setting.at("reportgen"), faults)


def _linked(entry: s.Setting, name: str) -> s.Setting:
    """Return the table that a single column refers to by Table Schema's ``foreignKeys``."""
    for link in reversed(entry.at("schema", "foreignKeys").items):
        table = link.at("reference", "resource")
        if isinstance(table.value, str) and [f.value for f in _one_or_more(link.at("fields"))] == [name]:
            return table
    return s.Setting(None, "", entry.place)


def _fields_named(names: s.Setting, fields: Collection[str], faults: Faults) -> tuple[str, ...]:
    """Return the names of fields in a text or list; those that no field has are refused."""
    if not fields:
        return ()  # told already
    field, own = s.name_of("field", fields), Faults()
    read = [field(name, own) for name in _one_or_more(names)]
    table = ".".join(names.name.split(".")[:2])
    renamed = "or give a field that name, if the file has a column of it"
    faults.add(
        *(
            replace(d, about=f"{table}, {d.message.rpartition(':')[2]}", hints=(*d.hints, renamed))
            for d in own.found
        )
    )
    return tuple(name for name in read if name is not None)


def _annex(annex: s.Setting, fields: Collection[str], faults: Faults) -> Annex | None:
    if not annex.is_written or not s.is_table(annex, faults):
        return None
    return Annex(*(_fields_named(annex.at(key), fields, faults) for key in ("rows", "columns")))
