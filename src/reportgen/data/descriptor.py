"""The package's descriptor, ``datapackage.json``: which tables there are and what their columns hold.

Frictionless Data Package and Table Schema (https://specs.frictionlessdata.io/), with our own properties under the
key ``reportgen`` (docs/data.md), which Frictionless tools leave alone. Their own keys that we do not read may hold
anything; a text or list of ours that is of another kind counts as not written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.filenames import naming_files
from reportgen.base.jsonfile import parse_json
from reportgen.base.suggest import did_you_mean
from reportgen.base.world import is_inside
from reportgen.data.declared_periods import PERIOD_KEYS, timed
from reportgen.data.package import Annex, Column, ColumnRole, ColumnType, Table
from reportgen.data.units import NATURES

FORMATS = ("csv", "xlsx", "parquet")
_UTF_8 = re.compile(r"utf[-_]?8([-_]sig)?\Z", re.IGNORECASE)
_ONE_CHARACTER = re.compile(r'[^"\r\n]?\Z')
_FUNCTION = re.compile(r"[^:]+\.py:\w+\Z")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Resource:
    """A table as the descriptor declares it.

    Attributes:
        table: what it says of the table, whose rows are still to be read.
        format: csv, xlsx or parquet.
        sheet: the sheet of a workbook, or None for its first.
        delimiter: what separates a CSV's cells.
        constraints: Table Schema constraints by column.
        missing: the texts that stand for no value.
        unit_places: where the unit of each column that has one is declared.
        transform: the function that makes the table, ``FILE.py:NAME``; ``inputs`` are the tables that it is given.
        place: where the function is named.
    """

    table: Table
    format: str
    sheet: str | None
    delimiter: str
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
    """The package's name, its tables in their order, and the names of those that are declared wrongly."""

    name: str
    resources: tuple[Resource, ...]
    broken: tuple[str, ...] = ()


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(setting: s.Setting) -> Mapping[str, str]:
    return {key: str(member.plain()) for key, member in setting.members.items()}


def _one_or_more(setting: s.Setting) -> tuple[s.Setting, ...]:
    return (setting,) if isinstance(setting.value, str) else setting.items


def _names(setting: s.Setting) -> tuple[str, ...]:
    return tuple(str(item.plain()) for item in _one_or_more(setting))


def _compiles(pattern: object) -> bool:
    try:
        return isinstance(pattern, str) and re.compile(pattern) is not None
    except (re.error, RecursionError, OverflowError):
        return False


_TEXT, _TEXTS, _ANY = (
    s.lenient(lambda setting: _text_or_none(setting.value)),
    s.lenient(_texts),
    s.lenient(s.Setting.plain),
)
_WORD = s.fitting(lambda value: isinstance(value, str) and value != "", "words in quotes")
_BOUND = s.fitting(
    lambda value: bool(_NUMBER.match(str(value))), "a number", "write a number, as in 0 or 2013"
)
_CONSTRAINTS = s.keyed(
    {
        "required": s.switch(),
        "unique": s.switch(),
        "minimum": _BOUND,
        "maximum": _BOUND,
        "enum": s.listed(_ANY),
        "pattern": s.fitting(_compiles, "a regular expression", "write it as in [a-z_]+"),
    },
)


def _or_null(reader: s.Reader[Any]) -> s.Reader[Any]:
    return lambda setting, faults: reader(setting, faults) if setting.is_written else None


_OURS, _TITLES = _or_null(s.then(s.word(), _text_or_none)), _or_null(s.table_of(s.word()))
_COLUMN = s.keyed(
    {
        "role": s.one_of(*get_args(ColumnRole)),
        "code_list": _OURS,
        "unit": _OURS,
        "titles": _TITLES,
        "nature": _or_null(s.one_of(*NATURES)),
        "places": _or_null(s.whole(0, 9, "as in 1: how many decimals are printed")),
        **{key: _or_null(reader) for key, reader in PERIOD_KEYS.items()},
    }
)
_FIELD = s.keyed(
    {
        "name": _WORD,
        "type": s.one_of(*get_args(ColumnType)),
        "constraints": _CONSTRAINTS,
        "reportgen": _COLUMN,
    },
    {"name": ""},
    others=True,
)
_DELIMITER = s.fitting(
    lambda value: not isinstance(value, str) or bool(_ONE_CHARACTER.match(value)),
    "one character",
    'as in ";"',
)
_RESOURCE_KEYS: Mapping[str, s.Reader[Any]] = {
    "name": naming_files(_WORD),
    "path": s.fitting(
        lambda path: isinstance(path, str) and path != "" and is_inside(path),
        "a path inside the project",
        "keep the table below data/",
    ),
    "encoding": s.matching(_UTF_8, "UTF-8", "save the table as UTF-8 and declare that"),
    "dialect": s.keyed({"sheet": _TEXT, "delimiter": s.then(_DELIMITER, _text_or_none)}, others=True),
    "schema": s.keyed({"missingValues": s.lenient(_names)}, others=True),
    "reportgen": s.keyed(
        {
            "role": s.one_of("table", "code-list"),
            "titles": _TITLES,
            "annex": _ANY,
            "figure": _ANY,
            "transform": s.matching(_FUNCTION, "FILE.py:FUNCTION", "write it as in prepare.py:top_companies"),
            "inputs": s.one_or_more(_WORD),
        }
    ),
}
_RESOURCE = s.keyed(_RESOURCE_KEYS, {"name": "", "path": ""}, others=True)
_SHAPE = s.shape(
    "name",
    resources=s.shape(
        *("name", "path", "format", "encoding", "dialect"),
        sources=s.shape("title", "path", reportgen=s.shape("titles")),
        schema=s.shape(
            *("primaryKey", "foreignKeys", "missingValues"),
            fields=s.shape(
                *("name", "type", "constraints"),
                reportgen=s.shape(
                    *("role", "code_list", "unit", "titles", "nature", "places", "period", "periods")
                ),
            ),
        ),
        reportgen=s.shape(
            *("role", "titles", "figure", "transform", "inputs"), annex=s.shape("rows", "columns")
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
    return faults.result(Descriptor(name, tuple(resources), tuple(broken)))


def _refuse_repeated(entries: s.Setting, what: str, faults: Faults) -> None:
    seen: set[str] = set()
    for name in (entry.at("name") for entry in entries.items if isinstance(entry.at("name").value, str)):
        if name.value in seen:
            message = f"two {what} have the name {name.value}"
            faults.error("repeated-name", message, name.place, "give each its own")
        seen.add(name.value)


def _resource(entry: s.Setting, folder: str, lists: Collection[str], faults: Faults) -> Resource | None:
    function = entry.at("reportgen", "transform")
    found = (_MADE if function.is_written else _RESOURCE)(entry, faults)
    schema, dialect, ours = ((found or {}).get(key, {}) for key in ("schema", "dialect", "reportgen"))
    path = ours.get("transform", "").partition(":")[0] if function.is_written else (found or {}).get("path")
    if not found or not found["name"] or not path:
        return None
    if function.is_written and ours.get("role") == "code-list":
        message = f"the code list {found['name']} is made by a function"
        hint = "write it to a file: functions are given tables whose codes are already checked"
        faults.error("wrong-value", message, function.place, hint)
    fields = _fields(entry, faults) if "schema" in found or not entry.at("schema").is_written else {}
    key = _fields_named(entry.at("schema", "primaryKey"), fields, faults)
    columns = {name: _column(field, key, entry, lists, faults) for name, field in fields.items()}
    sources = [source for source in entry.at("sources").items if source.members]
    units = {name: field.setting.at("reportgen", "unit") for name, field in fields.items()}
    table = Table(
        found["name"],
        folder + path,
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
        format="" if function.is_written else _format(entry, faults),
        sheet=dialect.get("sheet"),
        delimiter=dialect.get("delimiter", ","),
        constraints={name: field.read.get("constraints", {}) for name, field in fields.items()},
        is_code_list=ours.get("role") == "code-list",
        missing=schema.get("missingValues", ("",)),
        unit_places={name: unit.place for name, unit in units.items() if unit.is_written},
        transform=ours.get("transform"),
        inputs=ours.get("inputs", ()),
        place=function.place,
    )


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
    numbers = (ours.get("nature"), ours.get("places"))
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
    field = s.name_of("field", fields)
    read = (field(name, faults) for name in _one_or_more(names))
    return tuple(name for name in read if name is not None)


def _annex(annex: s.Setting, fields: Collection[str], faults: Faults) -> Annex | None:
    if not annex.is_written or not s.is_table(annex, faults):
        return None
    return Annex(*(_fields_named(annex.at(key), fields, faults) for key in ("rows", "columns")))


def _format(entry: s.Setting, faults: Faults) -> str:
    written = entry.at("format") if entry.at("format").value else entry.at("path")
    found = str(written.value).lower()
    found = found if entry.at("format").value else found.rpartition(".")[2]
    if found not in FORMATS:
        hint = f"reportgen reads {', '.join(FORMATS)}; say which in format"
        faults.error("unknown-format", f"the table is a {found} file", written.place, hint)
        return "csv"
    return found
