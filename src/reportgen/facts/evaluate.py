"""Working expressions out over facts, with the type of each part checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from itertools import chain
from operator import add, ge, gt, le, lt, mul
from typing import Any, TypeAlias, TypeVar

from reportgen.base.decimals import floor_to, round_half_away
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.data.period_spellings import known_period
from reportgen.facts.book import Fact
from reportgen.facts.expression import Call, Chain, Constant, ExpressionFault, Name, Node

Item: TypeAlias = Decimal | str | tuple[str, ...] | bool
"""What a part of an expression is worth: a number, a code, a list of codes, a truth."""
V = TypeVar("V", Decimal, str, bool, tuple[Any, ...])

_MOST_PLACES = 12
_SHOWN = Context(prec=8)


@dataclass(slots=True)
class Evaluation:
    """One working-out over facts.

    Every part is worked out, also where ``and`` and ``or`` are already decided, so that every fault is found.

    Attributes:
        failures: the comparisons that did not hold, written with their values.
    """

    facts: Mapping[str, Fact]
    failures: list[str] = field(default_factory=list)

    def run(self, node: Node) -> Item:
        """Return what an expression is worth.

        Raises:
            ExpressionFault: for an unknown fact or function, a part of the wrong type, a division by zero.
        """
        match node:
            case Constant():
                return node.value
            case Name():
                return self._fact(node)
            case Call():
                return self._call(node)
            case Chain():
                return self._chain(node)

    def _fact(self, node: Name) -> Item:
        fact = self.facts.get(node.id)
        if fact is None:
            hints = known_names(node.id, self.facts)
            raise ExpressionFault(f"there is no fact {node.id}", node.at, *hints, rule="unknown-fact")
        return fact.value

    def _chain(self, node: Chain) -> bool:
        values = [self.run(side) for side in node.sides]
        links = zip(values, node.operators, values[1:], node.places, strict=False)
        held = [
            self.holds(_compare(left, operator, right, at), f"{show(left)} {operator} {show(right)}")
            for left, operator, right, at in links
        ]
        return all(held)

    def holds(self, holds: bool, failure: str) -> bool:
        """Say whether something holds, and note its failure where it does not."""
        self.failures += [] if holds else [failure]
        return holds

    def _call(self, node: Call) -> Item:
        if node.function in OPERATORS:
            return OPERATORS[node.function](self, node)
        function = FUNCTIONS.get(node.function)
        if function is None:
            hints = did_you_mean(node.function, FUNCTIONS) or (f"there are {', '.join(FUNCTIONS)}",)
            message = f"there is no function {node.function}"
            raise ExpressionFault(message, node.at, *hints, rule="unknown-function")
        if not function.least <= len(node.arguments) <= function.most:
            given = len(node.arguments)
            message = f"{node.function} does not take {given} argument{'' if given == 1 else 's'}"
            raise ExpressionFault(message, node.at, f"it is written {function.use}")
        return function.work(self, node)

    def _typed(self, node: Node, kind: type[V]) -> V:
        value = self.run(node)
        if isinstance(value, kind):
            return value
        message = f"{_TYPES[kind]} is needed here, not {_TYPES[type(value)]}"
        raise ExpressionFault(message, node.at, _HINTS[kind])

    def numbers(self, node: Call) -> list[Decimal]:
        """Return the arguments of a call, all numbers."""
        return [self._typed(argument, Decimal) for argument in node.arguments]

    def truths(self, node: Call) -> list[bool]:
        """Return the sides of an operator, all comparisons."""
        return [self._typed(argument, bool) for argument in node.arguments]

    def rounded(self, node: Call) -> Decimal:
        """Return a call's first argument to as many places as its second says."""
        value, places = self.numbers(node)
        if places != places.to_integral_value() or abs(places) > _MOST_PLACES:
            message = f"a whole number up to {_MOST_PLACES} is needed here"
            raise ExpressionFault(message, node.arguments[1].at, "write one, as in 2")
        return round_half_away(value, int(places))

    def listed(self, node: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return a call's first argument, a list of codes, and the others, codes."""
        first, *others = node.arguments
        return self._typed(first, tuple), tuple(self._typed(other, str) for other in others)

    def lists(self, node: Call) -> list[tuple[str, ...]]:
        """Return the arguments of a call, all lists of codes."""
        return [self._typed(argument, tuple) for argument in node.arguments]


_TYPES: Mapping[type, str] = {
    bool: "a comparison", Decimal: "a number", str: "a code", tuple: "a list of codes",
}  # fmt: skip
_HINTS: Mapping[type, str] = {
    bool: "compare it with something: <, <=, =, !=, >=, >",
    Decimal: "name a fact that is a number, or write one",
    str: "write codes in quotation marks",
    tuple: "name a fact that is a ranking",
}
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">=": ge, ">": gt}


def _compare(left: Item, operator: str, right: Item, at: int) -> bool:
    one, other = _TYPES[type(left)], _TYPES[type(right)]
    if one != other:
        raise ExpressionFault(f"{one} cannot be compared with {other}", at, "compare two of one kind")
    if operator in ("=", "!="):
        return (left == right) == (operator == "=")
    if isinstance(left, str) and isinstance(right, str):
        ends = known_period(left), known_period(right)
        if ends[0] is not None and ends[1] is not None and ends[0].frequency == ends[1].frequency:
            return _ORDERS[operator](*ends)
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        raise ExpressionFault(f"{one} is neither more nor less than another", at, "use = or !=")
    return _ORDERS[operator](left, right)


def show(value: Item) -> str:
    """Return a value for people: at most eight figures of a number, codes joined by commas."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            if value == value.to_integral_value() and abs(value) < 10**15:
                return f"{value:,.0f}"
            return str(_SHOWN.create_decimal(value).normalize())
        case str():
            return value
    return f"({', '.join(value)})"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: how many arguments it takes, how it is written, how it is worked out."""

    least: int
    most: int
    use: str
    work: Callable[[Evaluation, Call], Item]


def _minus(run: Evaluation, node: Call) -> Item:
    first, *others = run.numbers(node)
    return first - others[0] if others else -first


def _divide(run: Evaluation, node: Call) -> Item:
    above, below = run.numbers(node)
    if below == 0:
        hint = "divide by a fact that is not zero"
        raise ExpressionFault("this divides by zero", node.at, hint, rule="division-by-zero")
    return above / below


def _floor(run: Evaluation, node: Call) -> Item:
    value, step = run.numbers(node)
    if step <= 0:
        raise ExpressionFault("the step must be above zero", node.arguments[1].at, "write a step, as in 10")
    return floor_to(value, step)


def _near(run: Evaluation, node: Call) -> Item:
    value, target, tolerance = run.numbers(node)
    if tolerance < 0:
        raise ExpressionFault("the tolerance must not be negative", node.arguments[2].at, "take the sign out")
    away = abs(value - target)
    failure = f"{show(value)} is {show(away)} from {show(target)}, above {show(tolerance)}"
    return run.holds(away <= tolerance, failure)


def _includes(run: Evaluation, node: Call) -> Item:
    codes, wanted = run.listed(node)
    absent = [code for code in wanted if code not in codes]
    run.failures += [f"{show(codes)} does not include {code}" for code in absent]
    return not absent


def _begins(run: Evaluation, node: Call) -> Item:
    codes, wanted = run.listed(node)
    return run.holds(codes[: len(wanted)] == wanted, f"{show(codes)} does not begin with {show(wanted)}")


def _order(run: Evaluation, node: Call) -> Item:
    """Whether the codes all occur in the list, in this order; others may stand between them."""
    codes, wanted = run.listed(node)
    found = tuple(code for code in codes if code in wanted)
    return run.holds(found == wanted, f"{show(codes)} does not hold {show(wanted)} in this order")


def _unique(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*lists)))


OPERATORS: Mapping[str, Callable[[Evaluation, Call], Item]] = {
    "and": lambda run, node: all(run.truths(node)),
    "or": lambda run, node: any(run.truths(node)),
    "not": lambda run, node: not run.truths(node)[0],
    "+": lambda run, node: add(*run.numbers(node)),
    "-": _minus,
    "*": lambda run, node: mul(*run.numbers(node)),
    "/": _divide,
}
_MANY = 100

FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(1, 1, "abs(number)", lambda run, node: abs(run.numbers(node)[0])),
    "min": Function(1, _MANY, "min(number, …)", lambda run, node: min(run.numbers(node))),
    "max": Function(1, _MANY, "max(number, …)", lambda run, node: max(run.numbers(node))),
    "round": Function(2, 2, "round(number, places)", Evaluation.rounded),
    "floor": Function(2, 2, "floor(number, step)", _floor),
    "near": Function(3, 3, "near(number, target, tolerance)", _near),
    "count": Function(1, 1, "count(codes)", lambda run, node: Decimal(len(run.lists(node)[0]))),
    "includes": Function(2, _MANY, "includes(codes, code, …)", _includes),
    "begins": Function(2, _MANY, "begins(codes, code, …)", _begins),
    "order": Function(2, _MANY, "order(codes, code, …)", _order),
    "union": Function(
        2, _MANY, "union(codes, codes, …)", lambda run, node: tuple(dict.fromkeys(chain(*run.lists(node))))
    ),
}
"""Every function of the language by its name."""
