"""What a descriptor says is plausible: limits of one table's values, and sums of two tables that agree.

A table's ``reportgen.plausibility`` is a list of :class:`Limit`, its ``reportgen.plausible`` a list of :class:`Exempt`,
and the package's ``reportgen.agrees`` a list of :class:`Agreement` (docs/plausibility.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import partial
from typing import Any, Literal, TypeAlias, TypeVar

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults, Severity, Span

Where: TypeAlias = Mapping[str, tuple[str, ...]]
"""Which rows: the values that a column may have, by the column's name."""
Course: TypeAlias = Literal["rising", "falling"]
Keys: TypeAlias = Mapping[str, s.Reader[Any]]
T = TypeVar("T")

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?\Z")
NOWHERE = Span("")


@dataclass(frozen=True, slots=True)
class Limit:
    """What the values of one column must keep to; what is None is not asked.

    Attributes:
        column: a measure; "" for every measure of the table.
        minimum, maximum: the least and the largest value.
        times, percent: how far a value may be from the one before it in its series.
        monotone: a series never falls, or never rises.
        over, total, parts, sums_to: along the dimension ``over``, the values of the codes ``parts`` (all but ``total``
            where none are named) have as their sum that of the code ``total``, or the number ``sums_to``.
        tolerance: how far a sum may be off, for rounding.
        reason: why it is so, for the diagnostic.
        place: where it is written.
    """

    column: str = ""
    where: Where = field(default_factory=dict)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    times: Decimal | None = None
    percent: Decimal | None = None
    monotone: Course | None = None
    over: str = ""
    total: str = ""
    parts: tuple[str, ...] = ()
    sums_to: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    reason: str = ""
    severity: str = Severity.ERROR.value
    place: Span = NOWHERE

    @property
    def is_warning(self) -> bool:
        return self.severity == Severity.WARNING.value


@dataclass(frozen=True, slots=True)
class Exempt:
    """Cells that are right though they do not look it, and why."""

    where: Where = field(default_factory=dict)
    column: str = ""
    reason: str = ""
    place: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column's cells: "" stands for the table's only measure."""

    table: str = ""
    column: str = ""
    where: Where = field(default_factory=dict)
    place: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two sums that are the same, or of which the first is at most the second, for each value of the columns ``by``."""

    sum: Sum = field(default_factory=Sum)
    equals: Sum | None = None
    at_most: Sum | None = None
    by: tuple[str, ...] = ()
    tolerance: Decimal = Decimal(0)
    reason: str = ""
    severity: str = Severity.ERROR.value
    place: Span = NOWHERE

    @property
    def is_warning(self) -> bool:
        return self.severity == Severity.WARNING.value


def _placed(make: Callable[..., T], keys: Keys, required: Mapping[str, Any] | None = None) -> s.Reader[T]:
    """Return a reader of records that keep the place where they are written."""

    def placed(setting: s.Setting, faults: Faults) -> T | None:
        return s.record(partial(make, place=setting.place), keys, required)(setting, faults)

    return placed


def _asking(
    reader: s.Reader[T], keys: tuple[str, ...], fits: Callable[[Any], bool], hint: str
) -> s.Reader[T]:
    """Return a reader that refuses a record which asks nothing, unless a fault has taken away what it asks."""

    def asking(setting: s.Setting, faults: Faults) -> T | None:
        own = Faults()
        found = reader(setting, own)
        faults.add(*own.found)
        if found is not None and not own.found and not fits(found):
            message = f"{setting.title} has not what it needs of {', '.join(keys)}"
            faults.error("missing-key", message, setting.place, hint)
        return found if not own.refused and found is not None and fits(found) else None

    return asking


def _as_text(setting: s.Setting, faults: Faults) -> str | None:
    if isinstance(setting.value, (str, int)) and not isinstance(setting.value, bool) and setting.value != "":
        return str(setting.value)
    s.refuse(setting, faults, "a code or a year", "write it in quotes")
    return None


def _decimal(least: int | None = None) -> s.Reader[Decimal]:
    what = "a number" if least is None else f"a number from {least}"
    fits = s.fitting(
        lambda v: bool(_NUMBER.match(str(v))) and (least is None or Decimal(str(v)) >= least), what
    )
    return s.then(fits, lambda value: Decimal(str(value)))


_WORD = s.word(blank=False)
_WHERE = s.table_of(s.one_or_more(_as_text))
_COMMON: Keys = {
    "tolerance": _decimal(0),
    "reason": _WORD,
    "severity": s.one_of(*(severity.value for severity in Severity)),
}
_LIMIT_KEYS: Keys = {
    "column": _WORD,
    "where": _WHERE,
    "minimum": _decimal(),
    "maximum": _decimal(),
    "times": _decimal(1),
    "percent": _decimal(0),
    "monotone": s.one_of("rising", "falling"),
    "over": _WORD,
    "total": _as_text,
    "parts": s.one_or_more(_as_text),
    "sums_to": _decimal(),
    **_COMMON,
}
_ASKED = ("minimum", "maximum", "times", "percent", "monotone")
_SUM_KEYS: Keys = {"table": _WORD, "column": _WORD, "where": _WHERE}
_SUM = _placed(Sum, _SUM_KEYS, {"table": ""})


def _asks(limit: Limit) -> bool:
    summed = bool(limit.total) != (limit.sums_to is not None)
    alone = any(getattr(limit, name) is not None for name in _ASKED)
    return summed if limit.over or limit.total or limit.sums_to is not None else alone


def _sums_along(limit: Limit) -> bool:
    return bool(limit.over) == bool(limit.total or limit.sums_to is not None) and _asks(limit)


LIMITS = s.listed(
    _asking(
        _placed(Limit, _LIMIT_KEYS),
        (*_ASKED, "over with total or sums_to"),
        _sums_along,
        'write one of them, as in "minimum": 0 or "over": "kind", "total": "all"',
    ),
    'write a list of checks: [{"minimum": 0}]',
)
"""Reads ``plausibility`` of a table."""

EXEMPT = s.listed(
    _placed(Exempt, {"where": _WHERE, "column": _WORD, "reason": _WORD}, {"where": {}, "reason": ""}),
    'write a list of cells: [{"where": {"year": "2020"}, "reason": "…"}]',
)
"""Reads ``plausible`` of a table."""

_AGREEMENT_KEYS: Keys = {
    "sum": _SUM,
    "equals": _SUM,
    "at_most": _SUM,
    "by": s.one_or_more(_WORD),
    **_COMMON,
}


def _compares(found: Agreement) -> bool:
    return (found.equals is None) != (found.at_most is None)


AGREES = s.listed(
    _asking(
        _placed(Agreement, _AGREEMENT_KEYS, {"sum": Sum()}),
        ("equals or at_most",),
        _compares,
        'write one of them, as in "equals": {"table": "…"}',
    ),
    'write a list of agreements: [{"sum": {"table": "…"}, "equals": {"table": "…"}}]',
)
"""Reads ``agrees`` of the package."""

LIMIT_SHAPE = s.shape(*(each.name for each in fields(Limit) if each.name != "place"))
EXEMPT_SHAPE = s.shape(*(each.name for each in fields(Exempt) if each.name != "place"))
_SUM_SHAPE = s.shape(*_SUM_KEYS)
AGREES_SHAPE = s.shape(
    *("by", "tolerance", "reason", "severity"), sum=_SUM_SHAPE, equals=_SUM_SHAPE, at_most=_SUM_SHAPE
)
"""The keys of each, by which a misspelt one is known."""


@dataclass(frozen=True, slots=True)
class Plausibility:
    """All that a package says is plausible: by the tables' names, and across tables."""

    limits: Mapping[str, tuple[Limit, ...]] = field(default_factory=dict)
    exempt: Mapping[str, tuple[Exempt, ...]] = field(default_factory=dict)
    agrees: tuple[Agreement, ...] = ()


def read_plausibility(package: s.Setting, faults: Faults) -> Plausibility:
    """Return what a descriptor says; a slip in it leaves its table's own declaration as it is."""
    limits: dict[str, tuple[Limit, ...]] = {}
    exempt: dict[str, tuple[Exempt, ...]] = {}
    for entry in package.at("resources").items:
        name, ours = str(entry.at("name").value), entry.at("reportgen")
        limits[name] = s.read(ours.at("plausibility"), LIMITS, faults, ())
        exempt[name] = s.read(ours.at("plausible"), EXEMPT, faults, ())
    return Plausibility(limits, exempt, s.read(package.at("reportgen", "agrees"), AGREES, faults, ()))
