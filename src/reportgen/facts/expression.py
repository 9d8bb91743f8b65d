"""The language of claims and formulas: numbers, facts, comparisons; nothing that can do anything but be true or not.

::

    or         = and {"or" and}
    and        = not {"and" not}
    not        = "not" not | comparison
    comparison = sum {("<" | "<=" | "=" | "!=" | ">=" | ">") sum}      a chain: a > b > c
    sum        = product {("+" | "-") product}
    product    = unary {("*" | "/") unary}
    unary      = "-" unary | primary
    primary    = NUMBER ["%"] | TEXT | fact | function "(" [or {"," or}] ")" | "(" or ")"

A fact is its dotted id. A text, in single or double quotation marks, is a code. ``20%`` is 0.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from reportgen.base.diagnostics import Fault
from reportgen.base.limits import (
    EXPRESSION_CHARACTERS,
    EXPRESSION_NESTING,
    EXPRESSION_OPERATIONS,
    NUMBER_DIGITS,
)

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d+)?(?![\w.]))
    |(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)
    |(?P<text>'[^'\n]*'|"[^"\n]*")
    |(?P<mark><=|>=|!=|==|[-+*/()<>=,%≤≥≠−×])""",
    re.VERBOSE | re.ASCII,
)
_SAME = {"==": "=", "≤": "<=", "≥": ">=", "≠": "!=", "−": "-", "×": "*"}
_COMPARISONS = ("<", "<=", "=", "!=", ">=", ">")
_WORDS = ("and", "or", "not")


class ExpressionFault(Fault):
    """An expression that cannot be read or worked out; ``offset`` says at which character, from 0."""

    rule = "wrong-expression"

    def __init__(self, message: str, offset: int, *hints: str, rule: str = "") -> None:
        self.offset = offset
        super().__init__(message, *hints, rule=rule)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or a code."""

    value: Decimal | str
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    """A fact."""

    id: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments, or an operator (``and``, ``not``, ``-`` …) of its sides; ``at`` is the name's place."""

    function: str
    arguments: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Comparisons in a row; ``operators[i]`` stands at ``places[i]`` between ``sides[i]`` and ``sides[i + 1]``."""

    sides: tuple[Node, ...]
    operators: tuple[str, ...]
    places: tuple[int, ...]
    at: int


Node: TypeAlias = Constant | Name | Call | Chain


class Token(NamedTuple):
    """A token: number, name, text, mark or end; its characters; its place."""

    kind: str
    text: str
    at: int


def parse_expression(source: str) -> Node:
    """Return the tree of an expression.

    Raises:
        ExpressionFault: where it cannot be read.
    """
    if len(source) > EXPRESSION_CHARACTERS:
        raise ExpressionFault(f"the expression has more than {EXPRESSION_CHARACTERS} characters", 0)
    parser = _Parser(tuple(tokens(source)))
    node = parser.either(0)
    end = parser.peek()
    if end.kind != "end":
        hints = ("numbers are written 1234",) if end.text == "," else ()
        raise ExpressionFault(f"{end.text!r} is not expected here", end.at, *hints)
    return node


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of an expression, an end token last.

    Raises:
        ExpressionFault: at a character that begins none.
    """
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise _unreadable(source, at)
        kind = str(match.lastgroup)
        if kind != "space":
            yield Token(kind, _SAME.get(match[0], match[0]), at)
        at = match.end()
    yield Token("end", "the end", len(source))


def _unreadable(source: str, at: int) -> ExpressionFault:
    character = source[at]
    if character in "'\"":
        return ExpressionFault("the quotation mark is never closed", at)
    if character.isdigit():
        return ExpressionFault("the number cannot be read", at, "write it as 1234 or 0.25")
    hint = (
        "write names of facts, numbers, ASCII quotation marks, brackets and signs: and or not < <= == + - * /"
    )
    return ExpressionFault(f"the character {character!r} has no meaning here", at, hint)


class _Parser:
    """Recursive descent over tokens; ``depth`` and ``operations`` keep both passes from exhausting the stack."""

    def __init__(self, found: tuple[Token, ...]) -> None:
        self.tokens = found
        self.index = 0
        self.operations = 0

    def peek(self) -> Token:
        return self.tokens[self.index]

    def take(self, *texts: str) -> Token | None:
        """Take the next token if it is one of these words or marks."""
        token = self.peek()
        if token.kind in ("mark", "name") and token.text in texts:
            self.index += 1
            return token
        return None

    def either(self, depth: int) -> Node:
        return self._chained(("or",), self.both, depth)

    def both(self, depth: int) -> Node:
        return self._chained(("and",), self.negation, depth)

    def negation(self, depth: int) -> Node:
        if token := self.take("not"):
            return Call("not", (self.negation(self._deeper(depth, token)),), token.at)
        return self.comparison(depth)

    def comparison(self, depth: int) -> Node:
        sides = [self.sum(depth)]
        marks: list[Token] = []
        while token := self.take(*_COMPARISONS):
            marks.append(token)
            sides.append(self.sum(depth))
        if not marks:
            return sides[0]
        return Chain(tuple(sides), tuple(m.text for m in marks), tuple(m.at for m in marks), marks[0].at)

    def sum(self, depth: int) -> Node:
        return self._chained(("+", "-"), self.product, depth)

    def product(self, depth: int) -> Node:
        return self._chained(("*", "/"), self.unary, depth)

    def unary(self, depth: int) -> Node:
        if token := self.take("-"):
            return Call("-", (self.unary(self._deeper(depth, token)),), token.at)
        return self.primary(depth)

    def primary(self, depth: int) -> Node:
        token = self.peek()
        self.index += token.kind != "end"
        if token.kind == "number":
            if max(map(len, token.text.split("."))) > NUMBER_DIGITS:
                message = f"the number has more than {NUMBER_DIGITS} digits on one side of its point"
                raise ExpressionFault(message, token.at, "is it a slip?", rule="number-too-long")
            scale = Decimal("0.01") if self.take("%") else 1
            return Constant(Decimal(token.text) * scale, token.at)
        if token.kind == "text":
            return Constant(token.text[1:-1], token.at)
        if token.kind == "name" and token.text not in _WORDS:
            return self._call(token, depth) if self.take("(") else Name(token.text, token.at)
        if token.kind == "mark" and token.text == "(":
            node = self.either(self._deeper(depth, token))
            self._close(token)
            return node
        raise ExpressionFault(f"a fact, a number or a bracket is expected, not {token.text!r}", token.at)

    def _chained(self, operators: tuple[str, ...], side: Callable[[int], Node], depth: int) -> Node:
        """Return sides joined by operators of one level, from the left."""
        node = side(depth)
        while token := self.take(*operators):
            self.operations += 1
            if self.operations > EXPRESSION_OPERATIONS:
                message = f"the expression has more than {EXPRESSION_OPERATIONS} operations"
                raise ExpressionFault(message, token.at, "split it in two")
            node = Call(token.text, (node, side(depth)), token.at)
        return node

    def _call(self, name: Token, depth: int) -> Node:
        inner = self._deeper(depth, name)
        arguments: list[Node] = []
        if not self.take(")"):
            arguments.append(self.either(inner))
            while self.take(","):
                arguments.append(self.either(inner))
            self._close(name)
        return Call(name.text, tuple(arguments), name.at)

    def _close(self, opened: Token) -> None:
        if not self.take(")"):
            token = self.peek()
            hint = f"close the bracket opened at character {opened.at + 1}"
            raise ExpressionFault(f"a closing bracket is expected, not {token.text!r}", token.at, hint)

    def _deeper(self, depth: int, token: Token) -> int:
        if depth >= EXPRESSION_NESTING:
            raise ExpressionFault(f"the expression is nested more than {EXPRESSION_NESTING} deep", token.at)
        return depth + 1


def names_in(node: Node) -> Iterator[Name]:
    """Yield the facts that an expression reads, in the order they are written."""
    if isinstance(node, Name):
        yield node
    for part in node.arguments if isinstance(node, Call) else node.sides if isinstance(node, Chain) else ():
        yield from names_in(part)
