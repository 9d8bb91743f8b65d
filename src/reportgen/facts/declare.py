"""Declarations: ``facts.toml`` read into facts and claims still to be made, each option with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.places import KeyPath as Path
from reportgen.base.places import PlacedFile
from reportgen.base.suggest import did_you_mean
from reportgen.facts.places import TextPlace, text_place

CLAIMS = ("claims", "claim")
TABLES = ("where", "whole")
"""Options that are tables themselves; no fact's last name may be one of them."""
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\Z")
_CLAIM_OPTIONS = ("predicate", "meaning")


class FactFault(Exception):
    """Why a fact cannot be made; ``option`` is the option at fault, if one is, and ``hints`` what to do."""

    def __init__(self, message: str, *hints: str, option: str | None = None) -> None:
        self.hints = hints
        self.option = option
        super().__init__(message)


class Unmade(Exception):
    """A fact rests on something whose fault has been reported already: nothing more is said."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A fact as it is declared: its measure, the measure's options and their places."""

    id: str
    measure: str
    options: Mapping[str, Any]
    span: Span
    places: Mapping[str, Span] = field(default_factory=dict)

    def span_of(self, option: str | None) -> Span:
        """Return the place of an option, or the declaration's own."""
        return self.places.get(option or "", self.span)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim as it is declared; ``place`` is that of its predicate's first character."""

    id: str
    predicate: str
    meaning: str
    span: Span
    place: TextPlace | None


@dataclass(frozen=True, slots=True)
class Declarations:
    """Everything that a facts file declares, in its order."""

    facts: tuple[Declaration, ...]
    claims: tuple[Assertion, ...]
    failed: frozenset[str] = frozenset()


def parse_declarations(file: PlacedFile) -> Result[Declarations]:
    """Return what a facts file declares; its numbers must be read as Decimal.

    A table with a ``measure`` is a fact, named by its header; a table without one only holds others.
    """
    return _Reader(file).read()


class _Reader:
    """Walks the tables of one file and gathers what they declare."""

    def __init__(self, file: PlacedFile) -> None:
        self.file = file
        self.lines = file.text.split("\n")
        self.facts: list[Declaration] = []
        self.claims: list[Assertion] = []
        self.failed: set[str] = set()
        self.faults: list[Diagnostic] = []

    def read(self) -> Result[Declarations]:
        made = set()
        for path, table in _tables(self.file.tables):
            if path[0] in CLAIMS:
                self._claim(path, table)
            elif path[:-1] in made and self._is_inline(path):
                hints = did_you_mean(path[-1], TABLES) or (f"there are {' and '.join(TABLES)}",)
                self.failed.add(".".join(path[:-1]))
                self._fault(f"{'.'.join(path[:-1])}: no option {path[-1]} is a table", path, *hints)
            else:
                self._fact(path, table)
                made |= {path} if "measure" in table else set()
        for name, value in self.file.tables.items():
            if not isinstance(value, dict):
                self._fault(f"{name} stands outside every fact", (), "begin a fact with [its.id]", key=name)
        self._repeated()
        declared = Declarations(tuple(self.facts), tuple(self.claims), frozenset(self.failed))
        return Result(declared, tuple(self.faults))

    def _fact(self, path: Path, table: Mapping[str, Any]) -> None:
        options = {k: v for k, v in table.items() if not isinstance(v, dict) or k in TABLES}
        if not options:
            return
        name = ".".join(path)
        measure = options.pop("measure", None)
        if not _ID.match(name):
            self._fault(f"{name} is no id for a fact", path, "use a-z, 0-9 and _ in names joined by dots")
        elif not isinstance(measure, str):
            self.failed.add(name)
            self._fault(f"{name} has no measure", path, 'say how it is made: measure = "total", say')
        else:
            places = {key: self._span((*path, key)) for key in ("measure", *options)}
            self.facts.append(Declaration(name, measure, options, self._span(path), places))

    def _claim(self, path: Path, table: Mapping[str, Any]) -> None:
        options = {k: v for k, v in table.items() if not isinstance(v, dict)}
        if not options:
            return
        name = ".".join(path[1:])
        for key in options:
            if key not in _CLAIM_OPTIONS:
                self._fault(
                    f"{key} is no option of a claim", path, "there are predicate and meaning", key=key
                )
        predicate = options.get("predicate")
        if not _ID.match(name) or not isinstance(predicate, str):
            self.failed.add(name)
            hint = 'say when it holds: predicate = "p1.a > p1.b"'
            self._fault(f"{name or path[0]} has no predicate, or no id", path, hint)
            return
        meaning = str(options.get("meaning", ""))
        at = self.file.places.get((*path, "predicate"))
        place = text_place(at, self.lines[at.line - 1]) if at is not None else None
        self.claims.append(Assertion(name, predicate, meaning, self._span(path), place))

    def _repeated(self) -> None:
        names = [claim.id for claim in self.claims]
        for claim in self.claims[:]:
            if names.count(claim.id) > 1:
                names.remove(claim.id)
                self.claims.remove(claim)
                self.faults.append(
                    error("claimed-twice", f"{claim.id} is claimed twice", claim.span, "give each its own id")
                )

    def _is_inline(self, path: Path) -> bool:
        """Say whether a table stands after a key, not under a header of its own."""
        line = self._span(path).line
        return not self.lines[line - 1].lstrip().startswith("[")

    def _span(self, path: Path) -> Span:
        """Return the line of a table's header or of a key, or of what holds it."""
        return Span(self.file.name, self.file.span(*path).line)

    def _fault(self, message: str, path: Path, *hints: str, key: str | None = None) -> None:
        self.faults.append(
            error("setting", message, self._span((*path, key) if key is not None else path), *hints)
        )


def _tables(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield every table with its path, outer ones first, in the file's order; without recursion."""
    waiting: list[tuple[Path, Mapping[str, Any]]] = [((), data)]
    while waiting:
        path, table = waiting.pop()
        if path:
            yield path, table
        inner = [(k, v) for k, v in table.items() if isinstance(v, dict) and not (path and k in TABLES)]
        waiting += [((*path, key), value) for key, value in reversed(inner)]
