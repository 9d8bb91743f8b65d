"""Answers of databases, asked for by ``reportgen fetch`` and kept in the project; a build opens no database."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.base import limits
from reportgen.base.diagnostics import Diagnostic, Fault, Faults, Result, Span
from reportgen.base.suggest import known_names
from reportgen.base.world import World
from reportgen.data.descriptor import Resource, parse_descriptor
from reportgen.data.load import PATH
from reportgen.data.queries import Query, SnapshotRecord, digest, record_path
from reportgen.data.raw_sheet import raw_of
from reportgen.data.reading import read_sheets
from reportgen.data.tables import make_table

if TYPE_CHECKING:
    from sqlalchemy import URL


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that is to be kept: the files by path, and how many rows it has."""

    name: str
    rows: int
    files: Mapping[str, bytes]


class _QueryFault(Fault):
    """A query that could not be asked."""

    rule = "query-failed"


def fetch(
    world: World, names: Sequence[str], date: str, environment: Mapping[str, str]
) -> Result[tuple[Fetched, ...]]:
    """Ask the queries of some tables, or of all that have one, and return their answers, checked like any table.

    Nothing is written. Diagnostics: unknown names, a missing library or variable, what the database says, and all
    faults of the answer as a table.

    Args:
        date: the date that the records give the answers, ISO 8601.
        environment: the variables that may hold addresses and passwords.
    """
    faults = Faults()
    text = world.read_text(PATH)
    if isinstance(text, Diagnostic):
        return Result((), (text,))
    descriptor = faults.take(parse_descriptor(text, PATH))
    if faults.refused:
        return faults.result(())
    asked = {r.name: r for r in descriptor.resources if r.query is not None}
    for name in (name for name in names if name not in asked):
        faults.error("unknown-table", f"no table {name} is made by a query", None, *known_names(name, asked))
    if not asked and not names:
        hint = 'declare one at a table: "reportgen": {"sql": {"url": "sqlite:///figures.db", "query": "SELECT …"}}'
        faults.error("no-query", "no table of the package is made by a query", Span(PATH), hint)
    if faults.refused:
        return faults.result(())
    found = [faults.take(_fetch_one(world, asked[name], date, environment)) for name in names or asked]
    return faults.result(tuple(each for each in found if each is not None))


def _fetch_one(
    world: World, resource: Resource, date: str, environment: Mapping[str, str]
) -> Result[Fetched | None]:
    query, faults = resource.query or Query(), Faults()
    try:
        address = _address(query, environment, world.root)
        header, rows = _ask(address, query.query)
    except _QueryFault as fault:
        return Result(None, (fault.at(query.place, f"{resource.name}: "),))
    data = _csv(resource, header, rows)
    source = query.url or address.set(password=None, query={}).render_as_string()
    record = SnapshotRecord(query.query, source, date, digest(data), len(rows))
    path = resource.table.file
    files = {path: data, record_path(path): record.to_json().encode()}
    sheets = faults.take(read_sheets(replace(world, files={**world.files, **files}), resource))
    if sheets:
        faults.take(make_table(resource, *sheets))
    return faults.result(None if faults.refused else Fetched(resource.name, len(rows), files))


def _address(query: Query, environment: Mapping[str, str], root: Path | None) -> URL:
    """Return the address of a database with its password; a file of SQLite is looked up in the project."""
    try:
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError
    except ImportError:
        hint = "install it with: pip install reportgen[sql]"
        raise _QueryFault(
            "asking a database needs SQLAlchemy, which is not installed", hint, rule="missing-library"
        ) from None
    for variable in (query.url_from, query.password_from):
        if variable and not environment.get(variable):
            message = f"the variable {variable} of the environment is not set"
            raise _QueryFault(message, f"set it before: export {variable}=…", rule="missing-variable")
    try:
        url = make_url(query.url or environment[query.url_from])
    except ArgumentError:
        hint = 'as in "sqlite:///figures.db" or "postgresql+psycopg://reader@host/office"'
        raise _QueryFault("the address of the database cannot be read", hint) from None
    if query.password_from:
        url = url.set(password=environment[query.password_from])
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_absolute():
        url = url.set(database=str((root or Path()).resolve() / url.database))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        message = f"there is no database {url.database or 'in memory'}"
        raise _QueryFault(
            message, "mend the address; a path is looked up in the project's folder", rule="missing-file"
        )
    return url


def _ask(url: URL, query: str) -> tuple[tuple[str, ...], Sequence[Sequence[Any]]]:
    """Return the names of an answer's columns and its rows."""
    import sqlalchemy

    try:
        engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.pool.NullPool)
        with engine.connect() as connection:
            answer = connection.exec_driver_sql(query)
            if not answer.returns_rows:
                raise _QueryFault("the query gives no rows", "ask by SELECT")
            rows = answer.fetchmany(limits.TABLE_ROWS + 1)
            header = tuple(answer.keys())
            connection.rollback()
    except ImportError as problem:
        hint = f"install the driver: pip install {problem.name}"
        raise _QueryFault(
            f"the driver of the database is missing: {problem.name}", hint, rule="missing-library"
        ) from None
    except (sqlalchemy.exc.SQLAlchemyError, OSError, ValueError) as problem:
        said = str(getattr(problem, "orig", None) or problem).partition("\n")[0][:300]
        raise _QueryFault(f"the database says: {said}", "mend the query or the address") from None
    if len(rows) > limits.TABLE_ROWS:
        hint = "sum it up in the query"
        raise _QueryFault(f"the answer has more than {limits.TABLE_ROWS:,} rows", hint, rule="too-large")
    return header, [tuple(row) for row in rows]


def _csv(resource: Resource, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return an answer as CSV, as the resource's dialect has it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=resource.dialect.delimiter, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        raw = (raw_of(value) for value in row)
        writer.writerow(
            ["" if cell is None else format(cell, "f") if hasattr(cell, "as_tuple") else cell for cell in raw]
        )
    return text.getvalue().encode(resource.dialect.encoding)
