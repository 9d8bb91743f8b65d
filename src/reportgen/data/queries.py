"""Queries of databases: what the descriptor declares, and whether the file that keeps an answer is that query's.

A build reads that file alone and opens no database. Beside it stands its *record*: the query, where it was asked, the
date that the report gives it, and the digest of the answer.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from reportgen.base import settings as s
from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.jsonfile import parse_json
from reportgen.base.world import World

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_PASSWORD = re.compile(
    r"^[^/]*//[^/@]*:[^/@]*@|[?&](password|pwd|passwd|token|secret|sslpassword)=", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query of a database.

    Attributes:
        url: where it is asked, in SQLAlchemy's form, without a password; "" where a variable holds all of it.
        url_from: the variable of the environment that holds the address.
        password_from: the one that holds the password.
        query: the question, in the database's SQL.
        place: where it is declared.
    """

    query: str = ""
    url: str = ""
    url_from: str = ""
    password_from: str = ""
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """What is known of an answer that a file keeps; ``date`` is ISO 8601, ``sha256`` of the file's bytes."""

    query: str
    source: str
    date: str
    sha256: str
    rows: int

    def to_json(self) -> str:
        """Return the text of its file."""
        record = {name: getattr(self, name) for name in ("query", "source", "date", "sha256", "rows")}
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _url(setting: s.Setting, faults: Faults) -> str | None:
    found = s.fitting(
        lambda v: isinstance(v, str) and re.match(r"[a-z0-9+_.]+://", v) is not None,
        "the address of a database",
        'write it as in "sqlite:///figures.db" or "postgresql+psycopg://reader@host/office"',
    )(setting, faults)
    if found is None or not _PASSWORD.search(found):
        return found
    message = f"{setting.title} holds a password, which the descriptor must not"
    hint = 'take it out and name the variable that holds it: "password_from": "OFFICE_DB_PASSWORD"'
    faults.error("password-in-file", message, setting.place, hint)
    return None


_NAME = s.matching(_VARIABLE, "the name of a variable", 'as in "OFFICE_DB_PASSWORD"')
_READER = s.record(
    Query,
    {"query": s.word(blank=False), "url": _url, "url_from": _NAME, "password_from": _NAME},
    {"query": ""},
)


def read_query(setting: s.Setting, faults: Faults) -> Query | None:
    """Return the query that a resource declares; None after noting a fault."""
    own = Faults()
    found = _READER(setting, own)
    if found is not None and not own.refused and bool(found.url) == bool(found.url_from):
        hint = 'write either "url" or "url_from", the variable that holds the address'
        own.error("missing-key", f"{setting.title} says not where to ask", setting.place, hint)
    faults.add(*own.found)
    if found is None or own.refused:
        return None
    return Query(found.query, found.url, found.url_from, found.password_from, setting.place)


def record_path(path: str) -> str:
    """Return the path of the record beside a kept answer."""
    return f"{path}.query.json"


def digest(data: bytes) -> str:
    """Return the SHA-256 of an answer's bytes."""
    return hashlib.sha256(data).hexdigest()


def snapshot_fault(world: World, name: str, path: str, query: Query) -> Diagnostic | None:
    """Return why a kept answer is not that of its query, or None."""
    renew = f"run: reportgen fetch {name}"
    if not world.exists(path) or not world.exists(record_path(path)):
        what = path if not world.exists(path) else record_path(path)
        message = f"the answer of the query of {name} is not kept yet: {what} is missing"
        return error("missing-snapshot", message, query.place, renew)
    record = _read_record(world, path)
    if not record.ok:
        return record.diagnostics[0]
    if record.value.query.strip() != query.query.strip():
        return error(
            "stale-snapshot", f"the query of {name} has changed since {path} was made", query.place, renew
        )
    data = world.load_bytes(path)
    if isinstance(data, bytes) and digest(data) != record.value.sha256:
        hint = f"{renew}; change single values by data/corrections.csv"
        return error(
            "stale-snapshot", f"the file is not the answer that {record_path(path)} records", Span(path), hint
        )
    return None


def _read_record(world: World, path: str) -> Result[SnapshotRecord]:
    empty, faults = SnapshotRecord("", "", "", "", 0), Faults()
    text = world.read_text(record_path(path))
    if isinstance(text, Diagnostic):
        return Result(empty, (text,))
    file = s.settings_of(faults.take(parse_json(text, record_path(path))))
    if faults.refused:
        return faults.result(empty)
    texts = {name: s.word() for name in ("query", "source", "date", "sha256")}
    read = s.record(SnapshotRecord, {**texts, "rows": s.whole()}, {**dict.fromkeys(texts, ""), "rows": 0})
    return faults.result(read(file, faults) or empty)
