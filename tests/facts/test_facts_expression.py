"""The language of predicates and formulas: what it says, what it refuses, and where."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.facts.book import Fact, FactValue
from reportgen.facts.evaluate import FUNCTIONS, OPERATORS, Evaluation, Item, show
from reportgen.facts.expression import (
    Call,
    Chain,
    Constant,
    ExpressionFault,
    Name,
    Node,
    names_in,
    parse_expression,
)


def fact(name: str, value: FactValue) -> Fact:
    kind = "number" if isinstance(value, Decimal) else "codes" if isinstance(value, tuple) else "code"
    return Fact(name, value, kind, None, "")


FACTS = {
    f.id: f
    for f in (
        fact("a", Decimal(3)),
        fact("a.b_2", Decimal("0.25")),
        fact("p3.top.1", Decimal(7)),
        fact("first", "huawei"),
        fact("top", ("huawei", "xiaomi", "zte")),
    )
}


def worth(source: str) -> Item:
    return Evaluation(FACTS).run(parse_expression(source))


def refusal(source: str) -> tuple[str, int]:
    """Return why an expression is refused and at which character."""
    with pytest.raises(ExpressionFault) as caught:
        worth(source)
    return str(caught.value), caught.value.offset


def written(node: Node) -> str:
    """Return a tree as fully bracketed source."""
    match node:
        case Constant():
            return str(node.value) if isinstance(node.value, Decimal) else f"'{node.value}'"
        case Name():
            return node.id
        case Call(operator, (operand,)) if operator in OPERATORS:
            return f"({operator} {written(operand)})"
        case Call(operator, (left, right)) if operator in OPERATORS:
            return f"({written(left)} {operator} {written(right)})"
        case Call():
            return f"{node.function}({', '.join(map(written, node.arguments))})"
        case Chain():
            rest = (f" {o} {written(s)}" for o, s in zip(node.operators, node.sides[1:], strict=True))
            return f"({written(node.sides[0])}{''.join(rest)})"


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("8 / 4 / 2", "((8 / 4) / 2)"),
        ("-a + 1", "((- a) + 1)"),
        ("-a * 2", "((- a) * 2)"),
        ("a > 1 and a < 5 or not a = 2", "(((a > 1) and (a < 5)) or (not (a = 2)))"),
        ("a or a and a", "(a or (a and a))"),
        ("not a > 1 and a > 2", "((not (a > 1)) and (a > 2))"),
        ("1 < a + 1 <= 5", "(1 < (a + 1) <= 5)"),
        ("(1 + 2) * 3", "((1 + 2) * 3)"),
        ("near(a, 60%, 2.5%)", "near(a, 0.60, 0.025)"),
        ("a.b_2 ≥ p3.top.1", "(a.b_2 >= p3.top.1)"),
        ("a == 1", "(a = 1)"),
        ("a ≠ 1 − 2 × 3", "(a != (1 - (2 * 3)))"),
        ("includes(top, \"x\", 'y z')", "includes(top, 'x', 'y z')"),
        ("min()", "min()"),
    ],
)
def test_precedence_and_forms(source: str, tree: str) -> None:
    assert written(parse_expression(source)) == tree


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("a * 2 - 1", Decimal(5)),
        ("a / 4", Decimal("0.75")),
        ("a.b_2 = 25%", True),
        ("5 > a > 2", True),
        ("5 > a > 3", False),
        ("a >= 3 and a <= 3", True),
        ("a > 3 or first = 'huawei'", True),
        ("not a > 3", True),
        ("abs(-a)", Decimal(3)),
        ("min(a, 1, 2)", Decimal(1)),
        ("max(a, 1, 2)", Decimal(3)),
        ("round(2.345, 2)", Decimal("2.35")),
        ("round(-2.345, 2)", Decimal("-2.35")),
        ("floor(0.213, 0.1)", Decimal("0.2")),
        ("near(0.575, 60%, 2.5%)", True),
        ("near(0.5749, 60%, 2.5%)", False),
        ("count(top)", Decimal(3)),
        ("includes(top, 'zte', 'huawei')", True),
        ("includes(top, 'zte', 'byd')", False),
        ("begins(top, 'huawei', 'xiaomi')", True),
        ("begins(top, 'huawei', 'zte')", False),
        ("order(top, 'huawei', 'zte')", True),
        ("order(top, 'zte', 'huawei')", False),
        ("order(top, 'huawei', 'byd')", False),
        ("count(union(top, top))", Decimal(3)),
        ("top = top", True),
    ],
)
def test_what_expressions_are_worth(source: str, value: Item) -> None:
    assert worth(source) == value


def test_every_function_is_known_by_its_use() -> None:
    assert all(function.use.startswith(f"{name}(") for name, function in FUNCTIONS.items())


@pytest.mark.parametrize(
    ("source", "message", "offset"),
    [
        ("", "a fact, a number or a bracket is expected, not 'the end'", 0),
        ("a >", "a fact, a number or a bracket is expected, not 'the end'", 3),
        ("a > and", "a fact, a number or a bracket is expected, not 'and'", 4),
        ("(a > 1", "a closing bracket is expected, not 'the end'", 6),
        ("min(a, 1", "a closing bracket is expected, not 'the end'", 8),
        ("a > 1)", "')' is not expected here", 5),
        ("a 1", "'1' is not expected here", 2),
        ("a > 1,234", "',' is not expected here", 5),
        ("a > 1x", "the number cannot be read", 4),
        ("a > 1.", "the number cannot be read", 4),
        ("first = 'huawei", "the quotation mark is never closed", 8),
        ("a ; 1", "the character ';' has no meaning here", 2),
        ("A > 1", "the character 'A' has no meaning here", 0),
        ("a ** 2", "a fact, a number or a bracket is expected, not '*'", 3),
        ("aa > 1", "there is no fact aa", 0),
        ("mean(a)", "there is no function mean", 0),
        ("1 < near(a)", "near does not take 1 argument", 4),
        ("a / (a - 3) > 1", "this divides by zero", 2),
        ("first > 1", "a code cannot be compared with a number", 6),
        ("a > 1 and a", "a comparison is needed here, not a number", 10),
        ("not first", "a comparison is needed here, not a code", 4),
        ("first + 1", "a number is needed here, not a code", 0),
        ("1 + (a > 1)", "a number is needed here, not a comparison", 7),
        ("first < 'z'", "a code is neither more nor less than another", 6),
        ("includes(first, 'a')", "a list of codes is needed here, not a code", 9),
        ("includes(top, a)", "a code is needed here, not a number", 14),
        ("round(a, 0.5)", "a whole number up to 12 is needed here", 9),
        ("near(a, 1, -1)", "the tolerance must not be negative", 11),
        ("floor(a, 0)", "the step must be above zero", 9),
    ],
)
def test_refusals_say_why_and_where(source: str, message: str, offset: int) -> None:
    assert refusal(source) == (message, offset)


def test_a_slip_of_the_key_gets_a_guess() -> None:
    with pytest.raises(ExpressionFault) as caught:
        worth("p3.topp.1 > 1")
    assert caught.value.hints == ("did you mean p3.top.1?",)


def test_both_sides_of_and_are_worked_out() -> None:
    assert refusal("a > 5 and a / 0 > 1")[0] == "this divides by zero"


@pytest.mark.parametrize("source", ["(" * 2000, "-" * 2000 + "1", "not " * 2000 + "a", "min(" * 2000])
def test_deep_nesting_is_refused_and_exhausts_no_stack(source: str) -> None:
    assert refusal(source)[0] == "the expression is nested more than 40 deep"
    assert worth("(" * 40 + "1" + ")" * 40) == 1
    assert refusal("(" * 41 + "1" + ")" * 41)[0] == "the expression is nested more than 40 deep"


def test_endless_sums_are_refused_and_exhaust_no_stack() -> None:
    assert refusal("1" + " + 1" * 1000)[0] == "the expression has more than 150 operations"
    assert worth("1" + " + 1" * 150) == Decimal(151)


def test_what_failed_is_noted_with_its_values() -> None:
    evaluation = Evaluation(FACTS)
    evaluation.run(parse_expression("a > 5 and near(a, 1, 0.5) and includes(top, 'byd')"))
    assert evaluation.failures == [
        "3 > 5",
        "3 is 2 from 1, above 0.5",
        "(huawei, xiaomi, zte) does not include byd",
    ]


def test_values_are_shown_with_eight_figures_at_most() -> None:
    shown = [show(Decimal(1) / 3), show(Decimal(70000)), show(True), show(("a", "b"))]
    assert shown == ["0.33333333", "70,000", "true", "(a, b)"]


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=60) | st.text(alphabet="a1.%()<>=!+-*/,'\" notrd≤", max_size=60))
def test_any_text_is_read_or_refused_at_a_place_in_it(source: str) -> None:
    refused_at: int | None = None
    names: list[Name] = []
    try:
        names = list(names_in(parse_expression(source)))
    except ExpressionFault as fault:
        refused_at = fault.offset
    assert refused_at is None or 0 <= refused_at <= len(source)
    assert all(source[name.at :].startswith(name.id) for name in names)


_TREES = st.recursive(
    st.sampled_from(["a", "a.b_2", "1", "0.5"]),
    lambda inner: (
        st.tuples(st.sampled_from(["+", "-", "*"]), inner, inner).map(lambda t: f"({t[1]} {t[0]} {t[2]})")
        | inner.map(lambda t: f"(- {t})")
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(_TREES)
def test_a_bracketed_expression_reads_back_as_itself(source: str) -> None:
    node = parse_expression(source)
    assert written(node) == source
    assert written(parse_expression(written(node))) == source
