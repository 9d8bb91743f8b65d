"""Measures of other facts: formula, ratio, points, floor."""

from __future__ import annotations

from decimal import Decimal

from reportgen.base.decimals import floor_to
from reportgen.facts.book import Fact, Kind
from reportgen.facts.declare import FactFault
from reportgen.facts.evaluate import Evaluation
from reportgen.facts.expression import ExpressionFault, names_in, parse_expression
from reportgen.facts.measures import Call, Entry, Outcome, written

_NUMBERS = ("number", "ratio", "points", "year")


def formula(call: Call) -> Outcome:
    """What an expression over facts is worth; ``kind`` says what that is, a number by default."""
    source = call.text("formula")
    unit = call.unit
    kind = call.kind_in(unit)
    try:
        node = parse_expression(source)
        value = Evaluation(call.facts).run(node)
    except ExpressionFault as fault:
        place = f"at character {fault.offset + 1} of the formula"
        raise FactFault(f"{fault} ({place})", *fault.hints, option="formula", rule=fault.rule) from None
    if not isinstance(value, Decimal) or kind not in _NUMBERS:
        message = "a formula makes a number, a ratio, points or a year"
        raise FactFault(message, "say which: kind = …", option="formula")
    names = tuple(dict.fromkeys(name.id for name in names_in(node)))
    shown = " ".join(source.split())
    return Outcome(
        value, kind, f"{written_value(value, kind)} = {shown}", unit.of_facts if unit else None, facts=names
    )


def written_value(value: Decimal, kind: Kind = "number") -> str:
    """Return a number for people, cut where it has no end."""
    return written(value, kind) if len(value.as_tuple().digits) <= 12 else f"{value:.8f}…"


def _number(call: Call, option: str) -> tuple[Fact, Decimal]:
    fact = call.fact(option)
    if isinstance(fact.value, Decimal):
        return fact, fact.value
    message = f"{fact.id} is a {fact.kind}, not a number"
    raise FactFault(message, "name a fact that is one", option=option, rule="wrong-fact")


def ratio(call: Call) -> Outcome:
    """One fact over another."""
    (above, numerator), (below, denominator) = _number(call, "of"), _number(call, "to")
    if denominator == 0:
        message = f"the ratio divides by zero: {below.id} is 0"
        raise FactFault(message, "look into its cells", option="to", rule="division-by-zero")
    text = f"{above.id} / {below.id} = {written_value(numerator)} / {written_value(denominator)}"
    return Outcome(numerator / denominator, "ratio", text, facts=(above.id, below.id))


def points(call: Call) -> Outcome:
    """The difference of two ratios, in percentage points."""
    (more, a), (less, b) = _number(call, "of"), _number(call, "minus")
    for option, fact in (("of", more), ("minus", less)):
        if fact.kind != "ratio":
            message = f"{fact.id} is a {fact.kind}, not a ratio"
            raise FactFault(message, "use change or a formula", option=option, rule="wrong-fact")
    text = f"{more.id} − {less.id} = {written_value(a)} − {written_value(b)}"
    return Outcome(a - b, "points", text, facts=(more.id, less.id))


def floor(call: Call) -> Outcome:
    """The greatest multiple of ``step`` that is not above another fact: the bound that 以上 ("or more") names."""
    fact, value = _number(call, "of")
    step = call.number("step")
    if step <= 0:
        raise FactFault("step must be above zero", "as in step = 0.05", option="step")
    kind = next((k for k in ("ratio", "points", "number") if k == fact.kind), None)
    if kind is None:
        message = f"{fact.id} is a {fact.kind}"
        raise FactFault(message, "name a fact that is a number", option="of", rule="wrong-fact")
    text = f"the greatest multiple of {step} that is not above {fact.id}, {written_value(value)}"
    return Outcome(floor_to(value, step), kind, text, fact.unit, facts=(fact.id,))


ENTRIES = {
    "formula": Entry(formula, ("formula", "kind", "unit")),
    "ratio": Entry(ratio, ("of", "to"), ("of", "to")),
    "points": Entry(points, ("of", "minus"), ("of", "minus")),
    "floor": Entry(floor, ("of", "step"), ("of",)),
}
