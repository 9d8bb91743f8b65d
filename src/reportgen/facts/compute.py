"""Computing the fact book: every declared fact and claim, each in the order of what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from itertools import chain

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span
from reportgen.base.limits import NUMBER_DIGITS
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.data.package import DataPackage
from reportgen.facts import comparisons, derived, own_measure, ranks, series, sums
from reportgen.facts.book import Claim, Fact, FactBook
from reportgen.facts.claims import check_claim
from reportgen.facts.declare import Declarations, FactFault, Unmade, parse_declarations
from reportgen.facts.measures import Call, Entry, Outcome
from reportgen.facts.order import Uses, in_order, uses_of
from reportgen.facts.placeholders import fill

PATH = "data/facts.toml"
EXACT = Context(prec=60, traps=[InvalidOperation, DivisionByZero, Overflow])
"""Sums and differences are exact in it; quotients and roots have 60 figures."""
MEASURES: Mapping[str, Entry] = {
    **sums.ENTRIES, **series.ENTRIES, **comparisons.ENTRIES, **ranks.ENTRIES, **derived.ENTRIES,
    **own_measure.ENTRIES,
}  # fmt: skip
"""Every measure by its name."""


def compute_facts(
    world: World, package: DataPackage, given: Mapping[str, Fact] | None = None, path: str = PATH
) -> Result[FactBook]:
    """Return the fact book that ``facts.toml`` declares over the data, with the facts given from elsewhere.

    A fact that cannot be made, and what rests on it, is in the book's ``failed``; each cause is reported once.
    """
    given = given or {}
    faults = Faults()
    file = load_toml(world, path, Decimal)
    if file.ok and not file.value.tables:
        faults.warning(
            "no-facts", "the file declares no facts", Span(path), "declare one, or delete the file"
        )
    declared = faults.take(parse_declarations(faults.take(file)))
    with localcontext(EXACT):
        book = _compute(world, declared, package, given, faults)
    return Result(book, tuple(sorted(faults.result(book).diagnostics, key=_line)))


def _line(fault: Diagnostic) -> tuple[str, int]:
    return (str(getattr(fault.place, "file", "")), getattr(fault.place, "line", 0))


def _compute(
    world: World, declared: Declarations, package: DataPackage, given: Mapping[str, Fact], faults: Faults
) -> FactBook:
    uses = {}
    for declaration in declared.facts:
        if declaration.id in given:
            message = f"{declaration.id} is the report's own fact"
            faults.error("repeated-name", message, declaration.span, "take it out, or give it another id")
        elif declaration.id not in declared.failed:
            uses[declaration.id] = uses_of(declaration, MEASURES, faults)
    failed = {*declared.failed, *(name for name, found in uses.items() if found is None)}
    known = {name: found for name, found in uses.items() if found is not None}
    ordered, ringed = in_order(known, {*given, *failed}, faults)
    failed |= ringed
    facts = dict(given)
    for use in ordered:
        made = _make(world, use, package, facts, failed, faults)
        if made is None:
            failed.add(use.declaration.id)
        else:
            facts[made.id] = made
    claims = _claims(declared, facts, failed, faults)
    shown = {d.id: facts[d.id] for d in declared.facts if d.id in facts} | dict(given)
    return FactBook(shown, claims, frozenset(failed))


def _claims(
    declared: Declarations, facts: Mapping[str, Fact], failed: set[str], faults: Faults
) -> Mapping[str, Claim]:
    unmade = frozenset(failed)
    checked = {a.id: faults.take(check_claim(a, facts, unmade)) for a in declared.claims}
    failed |= {name for name, claim in checked.items() if claim is None}
    return {name: claim for name, claim in checked.items() if claim is not None}


def _make(
    world: World,
    use: Uses,
    package: DataPackage,
    facts: Mapping[str, Fact],
    failed: set[str],
    faults: Faults,
) -> Fact | None:
    """Return the fact of a declaration, or None, its fault noted unless it is already reported."""
    declaration = use.declaration
    if not failed.isdisjoint(use.names):
        return None
    try:
        filled = fill(declaration, facts)
        call = Call(declaration, package, facts, filled, world, faults)
        made = MEASURES[declaration.measure].make(call)
    except Unmade:
        return None
    except FactFault as fault:
        faults.add(fault.at(declaration.span_of(fault.option), f"{declaration.id}: "))
        return None
    except ArithmeticError:
        message = f"{declaration.id}: the arithmetic fails: its numbers are too large or too small"
        faults.error("out-of-range", message, declaration.span, "look into the cells that it is made from")
        return None
    if isinstance(made.value, Decimal) and not _fits(made.value):
        message = f"{declaration.id} has more than {NUMBER_DIGITS} digits before its point"
        faults.error("number-too-long", message, declaration.span, "look into what it is made from")
        return None
    return _fact(use, made, facts)


def _fits(value: Decimal) -> bool:
    return value.is_finite() and value.adjusted() < NUMBER_DIGITS


def _fact(use: Uses, made: Outcome, facts: Mapping[str, Fact]) -> Fact:
    """Return a fact with all that it rests on, its own cells first."""
    parents = [facts[name] for name in use.names]
    sources = [source for row in made.rows for source in row.sources(made.column)]
    own = (row.ref(column) for row, column in sources)
    cells = dict.fromkeys(chain(own, *(parent.cells for parent in parents)))
    laid = (c for row, column in sources for c in row.corrections.get(column, ()))
    corrections = dict.fromkeys(chain(laid, *(parent.corrections for parent in parents)))
    statuses = {parent.status for parent in parents}
    if made.of_values:
        statuses |= {row.status for row in (*made.rows, *(row for row, _ in sources))}
    declaration = use.declaration
    return Fact(
        id=declaration.id,
        value=made.value,
        kind=made.kind,
        unit=made.unit,
        formula=made.formula,
        code_list=made.code_list,
        cells=tuple(cells),
        rests_on=use.names,
        corrections=tuple(corrections),
        status="E" if "E" in statuses else "A",
        span=declaration.span,
        at_least=made.at_least,
    )
