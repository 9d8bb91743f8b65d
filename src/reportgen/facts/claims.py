"""Claims: what the report says in words, held against the facts."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.suggest import known_names
from reportgen.facts.book import Claim, Fact
from reportgen.facts.declare import Assertion
from reportgen.facts.evaluate import Evaluation, show
from reportgen.facts.expression import ExpressionFault, Name, names_in, parse_expression


def check_claim(
    assertion: Assertion, facts: Mapping[str, Fact], failed: frozenset[str]
) -> Result[Claim | None]:
    """Return a claim and what is wrong with it; None where it cannot be decided.

    A claim over facts whose fault is already reported (``failed``) is not decided, and nothing more is said.
    """
    faults = Faults()
    place, predicate = assertion.place, assertion.predicate
    try:
        node = parse_expression(predicate)
        names = tuple(names_in(node))
        unknown = [name for name in names if name.id not in facts and name.id not in failed]
        for name in unknown:
            message, hints = f"{assertion.id}: there is no fact {name.id}", known_names(name.id, facts)
            span = place.span(predicate, name.at)
            faults.error("unknown-fact", message, span, *hints, about=f"fact {name.id}")
        if unknown or any(name.id in failed for name in names):
            return faults.result(None)
        evaluation = Evaluation(facts)
        holds = evaluation.run(node)
        if not isinstance(holds, bool):
            hint = "compare it with something: <, <=, =, !=, >=, >"
            raise ExpressionFault(f"the predicate is {show(holds)}, neither true nor false", 0, hint)
    except ExpressionFault as fault:
        faults.add(fault.at(place.span(predicate, fault.offset), f"{assertion.id}: "))
        return faults.result(None)
    except ArithmeticError:
        message = f"{assertion.id}: the arithmetic fails"
        faults.error("out-of-range", message, assertion.span, "look into its facts")
        return faults.result(None)
    claim = Claim(
        assertion.id,
        " ".join(predicate.split()),
        holds,
        _evidence(predicate, names, facts),
        tuple(dict.fromkeys(name.id for name in names)),
        assertion.span,
        assertion.meaning,
    )
    if not holds:
        message = f"the claim {claim.id} does not hold: {claim.evidence}"
        false = [f"false: {failure}" for failure in evaluation.failures]
        hint = "change the words that make the claim, or look into the data"
        faults.error("false-claim", message, claim.span, *false, hint, about=f"claim {claim.id}")
    return faults.result(claim)


def _evidence(source: str, names: tuple[Name, ...], facts: Mapping[str, Fact]) -> str:
    """Return the predicate with the value behind each fact: ``p1.a [3] > p1.b [2]``."""
    parts, at = [], 0
    for name in sorted(names, key=lambda name: name.at):
        end = name.at + len(name.id)
        parts += [source[at:end], f" [{show(facts[name.id].value)}]"]
        at = end
    return " ".join("".join([*parts, source[at:]]).split())
