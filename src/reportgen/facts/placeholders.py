"""Facts inside options: ``year = "{green.turn}-{report.last_year}"`` names the years that two facts hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportgen.facts.book import Fact
from reportgen.facts.declare import Declaration, FactFault

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\}")


def placeholders_in(value: Any) -> Iterator[str]:
    """Yield the facts that an option's value names in braces."""
    match value:
        case str():
            yield from _PLACEHOLDER.findall(value)
        case dict():
            for item in value.values():
                yield from placeholders_in(item)
        case list():
            for item in value:
                yield from placeholders_in(item)


def fill(declaration: Declaration, facts: Mapping[str, Fact]) -> Mapping[str, Any]:
    """Return a declaration's options with the facts' values for their placeholders.

    Raises:
        FactFault: for a fact whose value is no code, text, year or whole number.
    """
    return {option: _fill(value, facts, option) for option, value in declaration.options.items()}


def _fill(value: Any, facts: Mapping[str, Fact], option: str) -> Any:
    match value:
        case str():
            return _PLACEHOLDER.sub(lambda match: _text(facts[match[1]], option), value)
        case dict():
            return {key: _fill(item, facts, option) for key, item in value.items()}
        case list():
            return [_fill(item, facts, option) for item in value]
    return value


def _text(fact: Fact, option: str) -> str:
    if isinstance(fact.value, str):
        return fact.value
    if isinstance(fact.value, Decimal) and fact.value == fact.value.to_integral_value():
        return str(int(fact.value))
    message = f"{fact.id} is a {fact.kind}, which cannot stand inside an option"
    raise FactFault(message, "name a year or a code", option=option, rule="wrong-fact")
