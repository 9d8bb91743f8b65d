"""The order of computing: which facts each fact uses, what is unknown, and rings of facts that use one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.base.diagnostics import Faults
from reportgen.base.suggest import did_you_mean
from reportgen.facts.declare import Declaration
from reportgen.facts.expression import ExpressionFault, names_in, parse_expression
from reportgen.facts.measures import Entry
from reportgen.facts.placeholders import placeholders_in


@dataclass(frozen=True, slots=True)
class Uses:
    """A declaration with the facts it names; ``options`` says in which option each stands."""

    declaration: Declaration
    names: tuple[str, ...]
    options: Mapping[str, str]


def uses_of(declaration: Declaration, measures: Mapping[str, Entry], faults: Faults) -> Uses | None:
    """Return what a declaration uses; None, the faults noted, where its measure or an option is unknown."""
    entry = measures.get(declaration.measure)
    if entry is None:
        hints = did_you_mean(declaration.measure, measures) or (f"there are {', '.join(measures)}",)
        message = f"{declaration.id}: there is no measure {declaration.measure}"
        faults.error("unknown-measure", message, declaration.span_of("measure"), *hints)
        return None
    unknown = [option for option in declaration.options if option not in (*entry.options, "note")]
    if "predicate" in unknown:
        hint = 'begin a claim above it with [claims."its.id"]'
        message = f"{declaration.id}: a fact has no predicate, a claim has"
        faults.error("outside-facts", message, declaration.span_of("predicate"), hint)
        return None
    for option in unknown:
        hints = did_you_mean(option, entry.options) or (f"it takes {', '.join(entry.options)}",)
        message = f"{declaration.id}: the measure {declaration.measure} has no option {option}"
        faults.error("unknown-option", message, declaration.span_of(option), *hints)
    found = dict(_named(declaration, entry))
    return None if unknown else Uses(declaration, tuple(found), found)


def _named(declaration: Declaration, entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each fact that a declaration names, with the option it stands in."""
    for option, value in declaration.options.items():
        if option == "note":
            continue
        if option in entry.references and isinstance(value, str):
            yield value, option
        elif option == "formula" and isinstance(value, str):
            yield from ((name, option) for name in _formula_names(value))
        else:
            yield from ((name, option) for name in placeholders_in(value))


def _formula_names(source: Any) -> list[str]:
    """Return the facts of a formula; none where it cannot be read, which is reported when it is computed."""
    try:
        return [name.id for name in names_in(parse_expression(source))]
    except ExpressionFault:
        return []


def in_order(uses: Mapping[str, Uses], known: set[str], faults: Faults) -> tuple[list[Uses], set[str]]:
    """Return the uses so that each comes after what it uses, and the ids that cannot be ordered.

    ``known`` are facts from elsewhere, and those that failed already. Unknown names and rings are noted in ``faults``.
    """
    lost = {name for name, use in uses.items() if _unknown(use, uses, known, faults)}
    waiting = {name: use for name, use in uses.items() if name not in lost}
    done = known | lost
    ordered: list[Uses] = []
    while ready := [use for use in waiting.values() if done.issuperset(use.names)]:
        ordered += ready
        done |= {use.declaration.id for use in ready}
        waiting = {name: use for name, use in waiting.items() if name not in done}
    _refuse_rings(waiting, faults)
    return ordered, lost | set(waiting)


def _unknown(use: Uses, uses: Mapping[str, Uses], known: set[str], faults: Faults) -> bool:
    unknown = [name for name in use.names if name not in uses and name not in known]
    for name in unknown:
        hints = did_you_mean(name, (*uses, *known)) or ("reportgen facts lists those there are",)
        message = f"{use.declaration.id}: there is no fact {name}"
        place = use.declaration.span_of(use.options[name])
        faults.error("unknown-fact", message, place, *hints, about=f"fact {name}")
    return bool(unknown)


def _refuse_rings(waiting: Mapping[str, Uses], faults: Faults) -> None:
    """Note each ring met by following the first fact that keeps each one waiting."""
    seen: set[str] = set()
    for start in waiting:
        path: list[str] = []
        name = start
        while name not in seen and name not in path:
            path.append(name)
            name = next(used for used in waiting[name].names if used in waiting)
        seen.update(path)
        if name in path:
            ring = [*path[path.index(name) :], name]
            message = f"these facts rest on one another: {' → '.join(ring)}"
            hint = "let one of them rest on data instead"
            faults.error("ring-of-facts", message, waiting[name].declaration.span, hint)
