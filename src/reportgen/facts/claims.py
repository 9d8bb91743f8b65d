"""Claims: what the report says in words, held against the facts."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.base.suggest import known_names
from reportgen.facts.book import Claim, Fact
from reportgen.facts.declare import Assertion
from reportgen.facts.evaluate import Evaluation, show
from reportgen.facts.expression import ExpressionFault, Name, Node, names_in, parse_expression


def check_claim(
    assertion: Assertion, facts: Mapping[str, Fact], failed: frozenset[str]
) -> tuple[Claim | None, tuple[Diagnostic, ...]]:
    """Return a claim and what is wrong with it; None where it cannot be decided.

    A claim over facts whose fault has been reported (``failed``) is not decided, and nothing more is said.
    """
    source = assertion.predicate
    try:
        node = parse_expression(source)
    except ExpressionFault as fault:
        return None, (_fault(assertion, fault),)
    names = tuple(names_in(node))
    unknown = [name for name in names if name.id not in facts and name.id not in failed]
    if unknown or any(name.id in failed for name in names):
        return None, tuple(_unknown(assertion, name, facts) for name in unknown)
    evaluation = Evaluation(facts)
    try:
        holds = evaluation.run(node)
    except ExpressionFault as fault:
        return None, (_fault(assertion, fault),)
    except ArithmeticError:
        return None, (
            error(
                "arithmetic-fails",
                f"{assertion.id}: the arithmetic fails",
                assertion.span,
                "look into its facts",
            ),
        )
    if not isinstance(holds, bool):
        hint = "compare it with something: <, <=, =, !=, >=, >"
        neither = ExpressionFault(f"the predicate is {show(holds)}, neither true nor false", 0, hint)
        return None, (_fault(assertion, neither),)
    claim = _claim(assertion, node, holds, facts)
    return claim, () if holds else (_false(claim, evaluation.failures),)


def _claim(assertion: Assertion, node: Node, holds: bool, facts: Mapping[str, Fact]) -> Claim:
    names = tuple(names_in(node))
    return Claim(
        id=assertion.id,
        source=" ".join(assertion.predicate.split()),
        holds=holds,
        evidence=_evidence(assertion.predicate, names, facts),
        facts=tuple(dict.fromkeys(name.id for name in names)),
        span=assertion.span,
        meaning=assertion.meaning,
    )


def _evidence(source: str, names: tuple[Name, ...], facts: Mapping[str, Fact]) -> str:
    """Return the predicate with the value behind each fact: ``p1.a [3] > p1.b [2]``."""
    parts, at = [], 0
    for name in sorted(names, key=lambda name: name.at):
        end = name.at + len(name.id)
        parts += [source[at:end], f" [{show(facts[name.id].value)}]"]
        at = end
    return " ".join("".join([*parts, source[at:]]).split())


def _false(claim: Claim, failures: list[str]) -> Diagnostic:
    message = f"the claim {claim.id} does not hold: {claim.evidence}"
    hints = [f"false: {failure}" for failure in failures]
    return error(
        "claim-does-not-hold",
        message,
        claim.span,
        *hints,
        "change the words that make the claim, or look into the data",
    )


def _unknown(assertion: Assertion, name: Name, facts: Mapping[str, Fact]) -> Diagnostic:
    message = f"{assertion.id}: there is no fact {name.id}"
    return error("no-fact", message, _place(assertion, name.at), *known_names(name.id, facts))


def _fault(assertion: Assertion, fault: ExpressionFault) -> Diagnostic:
    return error(
        "claim-cannot-be-read", f"{assertion.id}: {fault}", _place(assertion, fault.offset), *fault.hints
    )


def _place(assertion: Assertion, offset: int) -> Span:
    if assertion.place is None:
        return assertion.span
    return assertion.place.span(assertion.predicate, offset)
