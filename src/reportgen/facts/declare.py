"""Declarations: ``facts.toml`` read into facts and claims still to be made, each option with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportgen.base.diagnostics import Fault, Faults, Result, Span
from reportgen.base.places import PlacedFile
from reportgen.base.settings import Setting, check_keys, read, refuse, settings_of, shape, spelt, word
from reportgen.base.suggest import did_you_mean
from reportgen.facts.text_place import TextPlace, text_place

CLAIMS = ("claims", "claim")
TABLES = ("where", "whole")
"""Options that are tables themselves; no fact's last name may be one of them."""
_CLAIM = ("predicate", "meaning")
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\Z")


class FactFault(Fault):
    """Why a fact cannot be made; ``option`` is the option at fault, if one is; ``where.year`` is a key of its table."""

    rule = "wrong-option"

    def __init__(
        self, message: str, *hints: str, option: str | None = None, rule: str = "", about: str = ""
    ) -> None:
        self.option = option
        super().__init__(message, *hints, rule=rule, about=about)


class Unmade(Exception):
    """A fact rests on something whose fault is already reported: nothing more is said."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A fact as it is declared: its measure, the measure's options, and the table that they stand in."""

    id: str
    measure: str
    options: Mapping[str, Any]
    written: Setting

    @property
    def span(self) -> Span:
        return self.written.place

    def span_of(self, option: str | None) -> Span:
        """Return the place of an option, or the declaration's own."""
        return self.written.at(*option.split(".")).place if option else self.span


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim as it is declared; ``place`` is that of its predicate's first character."""

    id: str
    predicate: str
    meaning: str
    span: Span
    place: TextPlace


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
    reading = _Reading(file.text.split("\n"), Faults(), [], {}, set(), set())
    settings = settings_of(file)
    for name, table in _tables(settings):
        reading.table(name, table)
    outside = {k: member for k, member in settings.members.items() if not isinstance(member.value, Mapping)}
    if outside:
        message = f"{' and '.join(outside)} {'stands' if len(outside) == 1 else 'stand'} outside every fact"
        place = next(iter(outside.values())).place
        reading.faults.error("outside-facts", message, place, "begin a fact with [its.id]")
    facts, claims = tuple(reading.facts), tuple(reading.claims.values())
    return reading.faults.result(Declarations(facts, claims, frozenset(reading.failed)))


@dataclass(slots=True)
class _Reading:
    """What has been read so far of one file's tables."""

    lines: list[str]
    faults: Faults
    facts: list[Declaration]
    claims: dict[str, Assertion]
    made: set[str]
    failed: set[str]

    def table(self, name: str, table: Setting) -> None:
        above, _, last = name.rpartition(".")
        root, _, rest = name.partition(".")
        if root in CLAIMS or (rest and "predicate" in table.members and "measure" not in table.members):
            if root not in CLAIMS:
                hint = f'write [{CLAIMS[0]}."{rest}"]'
                self.faults.error("unknown-key", f"a claim stands below {root}", table.place, hint)
            self._claim(rest, table)
        elif last == "measure" and above in self.failed:
            return  # told as the fact's measure
        elif above in self.made and not self.lines[table.place.line - 1].lstrip().startswith(
            "["
        ):  # it has no header
            hints = did_you_mean(last, TABLES) or (f"there are {' and '.join(TABLES)}",)
            self.failed.add(above)
            self.faults.error("unknown-option", f"{above}: no option {last} is a table", table.place, *hints)
        else:
            self._fact(name, table)

    def _fact(self, name: str, table: Setting) -> None:
        leaves = {k: m for k, m in table.members.items() if not isinstance(m.value, Mapping)}
        right = spelt(replace(table, value=leaves), shape("measure"), self.faults)
        table = replace(
            table, value={k: m for k, m in table.members.items() if k not in leaves} | {**right.members}
        )
        written = table.at("measure")
        options = {
            key: member.plain()
            for key, member in table.members.items()
            if not isinstance(member.value, Mapping) or key in TABLES
        }
        measure = options.pop("measure", None)
        if measure is None and not options:
            return
        self.made |= {name} if "measure" in table.members else set()
        if not _ID.match(name):
            hint = "use a-z, 0-9 and _ in names joined by dots"
            self.faults.error("wrong-id", f"{name} is no id for a fact", table.place, hint)
        elif written.is_written and not isinstance(measure, str):
            self.failed.add(name)
            refuse(written, self.faults, "the name of a measure", 'as in measure = "total"')
        elif not isinstance(measure, str):
            self.failed.add(name)
            hint = 'say how it is made, as in measure = "total"'
            self.faults.error("missing-measure", f"{name} has no measure", table.place, hint)
        else:
            self.facts.append(Declaration(name, measure, options, table))

    def _claim(self, name: str, table: Setting) -> None:
        options = {k: member for k, member in table.members.items() if not isinstance(member.value, Mapping)}
        if not options:
            return
        table = spelt(Setting(options, table.name, table.place), shape(*_CLAIM), self.faults)
        found = len(self.faults.found)
        check_keys(table, _CLAIM, self.faults)
        predicate = table.at("predicate")
        if not _ID.match(name) or not isinstance(predicate.value, str):
            self.failed.add(name)
            if len(self.faults.found) > found:
                return
            if predicate.is_written and not isinstance(predicate.value, str):
                refuse(predicate, self.faults, "a condition in quotes")
                return
            hint = 'say when it holds: predicate = "p1.a > p1.b"'
            message = f"{name or table.name} has no predicate, or no id"
            self.faults.error("missing-predicate", message, table.place, hint)
        elif name in self.claims:
            message = f"{name} is claimed twice"
            self.faults.error("repeated-name", message, table.place, "give each its own id")
        else:
            meaning = read(table.at("meaning"), word(), self.faults, "")
            place = text_place(predicate.place, self.lines[predicate.place.line - 1])
            self.claims[name] = Assertion(name, predicate.value, meaning, table.place, place)


def _tables(settings: Setting) -> Iterator[tuple[str, Setting]]:
    """Yield every table with its name, outer ones first, in the file's order; without recursion."""
    waiting = [("", settings)]
    while waiting:
        name, table = waiting.pop()
        if name:
            yield name, table
        waiting += [
            (f"{name}.{key}" if name else key, member)
            for key, member in reversed([*table.members.items()])
            if isinstance(member.value, Mapping) and not (name and key in TABLES)
        ]
