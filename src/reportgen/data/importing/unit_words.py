"""Units as sheets write them: what their words say of dimension and scale, and which of two a value is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.data.importing import words
from reportgen.data.importing.grid import ImportFault

_BETWEEN = re.compile(r"\s*(?:[、，,;；]|和|及|\band\b)\s*", re.IGNORECASE)


def unit_properties(text: str) -> Mapping[str, str]:
    """Return the dimension and the scale that a unit's words say, as the list of units has them (docs/units.md).

    The scale is that of the powers of ten before the unit: 10000 of 万吨. Units per something say neither.
    """
    word = text.casefold().strip()
    if re.search(r"[/／每]|\bper\b", word):
        return {}
    scale, rest = 1, word
    while (found := _multiple(rest)) is not None and not _dimension(rest):
        scale, rest = scale * found[0], found[1]
    said = {"dimension": _dimension(rest), "scale": str(scale) if scale > 1 else ""}
    return {name: value for name, value in said.items() if value} if said["dimension"] else {}


def _multiple(word: str) -> tuple[int, str] | None:
    found = ((value, name) for name, value in words.MULTIPLES.items() if word.startswith(name))
    return next(((value, word[len(name) :].strip()) for value, name in found), None)


def _dimension(word: str) -> str:
    return next((name for name, known in words.DIMENSIONS.items() if word in known), "")


@dataclass(frozen=True, slots=True)
class TableUnit:
    """The unit above a table, which may be two: “万人、%”.

    Attributes:
        plain: of values that are no rates; ``relative`` of those that are, "" where the sheet names none.
    """

    plain: str
    relative: str = ""

    def of(self, labels: Iterable[str], own: str) -> str:
        """Return the unit of a value with some labels; ``own`` is the one that they give themselves.

        A rate of growth is never in the unit of what grows: where no unit of rates is named, it has none.
        """
        if own:
            return own
        texts = tuple(labels)
        if self.relative and any(map(words.speaks_of_rate, texts)):
            return self.relative
        grows = any(map(words.speaks_of_growth, texts))
        return "" if grows and words.built_in_unit(self.plain) is None else self.plain


def table_unit(text: str, known: frozenset[str], labels: Iterable[str], place: str) -> TableUnit:
    """Return the unit, or the two units, that a text above a table names.

    Raises:
        ImportFault: if it names several, and nothing says which values are in which.
    """
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) < 2 or not all(words.is_unit(part, known) for part in parts):
        return TableUnit(text)
    relative = [part for part in parts if words.built_in_unit(part)]
    plain = [part for part in parts if part not in relative]
    if len(relative) == len(plain) == 1 and any(map(words.speaks_of_rate, labels)):
        return TableUnit(plain[0], relative[0])
    hint = f"write the unit behind each label in the sheet, as in “{place}（{parts[0]}）”"
    raise ImportFault(
        f"the unit of the table is “{text}”: which values are in which?", hint, rule="two-units"
    )
