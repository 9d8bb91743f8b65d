"""One slip, one diagnostic: what follows from a fault is not told beside it.

Each pass looks at what the passes before it could make, and so finds once more what is already told: a passage that
cannot be read has no translation, either. Where a pass can know, it is silent by itself; what only the whole list of
diagnostics shows is put right here. The rules are few and general. Where they take away a fault of its own, it
is told as soon as its neighbour is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reportgen.base.diagnostics import CellRef, Diagnostic, Result, Severity, Span

T = TypeVar("T")

MANUSCRIPT, CATALOGS, PACKAGE = "data/manuscript/", "locales/", "data/datapackage.json"
CORRECTIONS = "data/corrections.csv"
LONGEST_PASSAGE = 6
"""Over how many lines of its file a passage may run that is taken for the one with a fault."""
MOST_PLACES = 3
"""How many further places of a fault are named."""

_INLINE = frozenset(
    (
        *("not-a-placeholder", "open-brace", "wrong-link", "reference-with-words", "unreadable-attributes"),
        *("unknown-attribute", "unknown-reference"),
    )
)
"""Faults after which a passage's words do not say all that they were meant to."""
_STRUCTURE = frozenset(
    (
        *("block-before-section", "missing-id", "missing-name", "missing-table", "missing-words"),
        *("misplaced-block", "not-in-manuscript", "not-one-paragraph", "open-directive", "unknown-directive"),
    )
)
"""Faults after which a block of the manuscript, and so what it is called, is not there."""
_LOST = _STRUCTURE | _INLINE | {"missing-caption", "unknown-option"}
"""Faults after which passages may be lost, or have other ids."""
_NAMES = frozenset(
    (
        *("unknown-table", "unknown-unit", "unknown-code-list", "unknown-column", "unknown-code"),
        *("missing-column", "missing-status", "unfit-column"),
    )
)
"""What is found where a table or a list is not declared as it was meant."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Diagnostics of some rules, in files that begin so, that follow from any error of the causes.

    Attributes:
        causes: rules, other than those that follow; None for every other rule.
        beside: which causes count: those in the same file, at the same line, in the passage that it is about; "whole"
            says that the diagnostic must be of a whole file.
    """

    rules: frozenset[str]
    within: str
    causes: frozenset[str] | None
    caused_in: str
    beside: str = ""

    def follow(self, found: Iterable[Diagnostic], errors: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield those of the diagnostics that follow from one of the errors, in time that grows with their number."""
        told = [d for d in found if d.rule in self.rules and _file(d).startswith(self.within)]
        if told:
            causes = {key for error in errors if self._counts(error) for key in self._caused_at(error)}
            yield from (d for d in told if self._found_at(d) in causes)

    def _counts(self, error: Diagnostic) -> bool:
        known = error.rule not in self.rules if self.causes is None else error.rule in self.causes
        return known and _file(error).startswith(self.caused_in)

    def _caused_at(self, error: Diagnostic) -> Sequence[object]:
        """Return what is found beside an error: see :meth:`_found_at`."""
        match self.beside:
            case "file":
                return (_file(error),)
            case "line":
                return (_line(error),)
            case "passage":
                line = _line(error)
                return () if line is None else _begins(*line)
            case _:
                return (_EVERYWHERE,)

    def _found_at(self, told: Diagnostic) -> object:
        """Return what a diagnostic and what causes it have in common."""
        match self.beside:
            case "file":
                return _file(told)
            case "line":
                return _line(told)
            case "passage":
                return told.about
            case "whole":
                return _EVERYWHERE if isinstance(told.place, Span) and told.place.line == 0 else told
            case _:
                return _EVERYWHERE


_EVERYWHERE = "everywhere"

CONSEQUENCES = (
    Follows(
        frozenset(("open-brace",)),
        MANUSCRIPT,
        frozenset(("not-a-placeholder", "unreadable-attributes")),
        MANUSCRIPT,
        "line",
    ),
    Follows(frozenset(("missing-column",)), "data/", frozenset(("unknown-column",)), "data/", "file"),
    Follows(
        frozenset(("missing-translation",)),
        CATALOGS,
        frozenset(("missing-message-part",)),
        CATALOGS,
        "line",
    ),
    Follows(frozenset(("unknown-passage",)), CATALOGS, frozenset(("unmentioned-figure",)), MANUSCRIPT),
    Follows(
        frozenset(("outdated-translation",)), CATALOGS, frozenset(("unknown-passage",)), CATALOGS, "file"
    ),
    Follows(frozenset(("no-value",)), "data/", frozenset(("not-a-number",)), "data/"),
    Follows(_NAMES, "", frozenset(("unknown-format", "unknown-field")), PACKAGE),
    Follows(_NAMES, "", frozenset(("missing-file",)), "data/"),
    Follows(frozenset(("missing-translation",)), CATALOGS, _LOST, MANUSCRIPT, "whole"),
    Follows(
        frozenset(("unknown-passage", "outdated-translation")), CATALOGS, _LOST | {"empty-option"}, MANUSCRIPT
    ),
    Follows(frozenset(("outdated-translation",)), CATALOGS, None, MANUSCRIPT, "passage"),
    Follows(frozenset(("missing-id", "typed-number")), "", _INLINE, "", "line"),
    Follows(frozenset(("unmentioned-figure",)), MANUSCRIPT, _INLINE, MANUSCRIPT),
    Follows(
        frozenset(("unknown-reference",)),
        MANUSCRIPT,
        _STRUCTURE | {"unknown-chart", "missing-caption"},
        MANUSCRIPT,
    ),
    Follows(
        frozenset(("not-a-placeholder",)),
        MANUSCRIPT,
        frozenset(("unreadable-attributes",)),
        MANUSCRIPT,
        "line",
    ),
    Follows(frozenset(("missing-name",)), MANUSCRIPT, frozenset(("not-a-placeholder",)), MANUSCRIPT, "file"),
    Follows(
        frozenset(("unknown-table", "unknown-unit")),
        MANUSCRIPT,
        frozenset(("empty-option",)),
        MANUSCRIPT,
        "line",
    ),
    Follows(frozenset(("misplaced-block",)), MANUSCRIPT, frozenset(("open-directive",)), MANUSCRIPT, "file"),
    Follows(
        frozenset(("missing-table", "missing-words", "missing-caption")),
        MANUSCRIPT,
        frozenset(("misplaced-block", "unknown-option")),
        MANUSCRIPT,
        "file",
    ),
    Follows(
        frozenset(("unknown-anchor",)), "", _STRUCTURE | {"unknown-reference", "unequal-translation"}, ""
    ),
    Follows(frozenset(("line-too-loose",)), "", None, ""),
    Follows(frozenset(("missing-year",)), "data/", None, "data/", "file"),
    Follows(
        frozenset(("unclear-key", "wrong-old-value")),
        CORRECTIONS,
        frozenset(("unknown-column", "missing-column", "unknown-code")),
        "data/",
    ),
    Follows(frozenset(("unknown-chart",)), MANUSCRIPT, frozenset(("outside-charts",)), ""),
    Follows(
        frozenset(("unknown-fact", "unknown-claim")), "", frozenset(("outside-facts", "outside-charts")), ""
    ),
    Follows(_NAMES, "", frozenset(("wrong-value", "missing-key", "no-fields", "no-tables")), PACKAGE),
    Follows(_NAMES - {"unknown-code-list"}, "", frozenset(("unknown-code-list",)), PACKAGE),
    Follows(
        frozenset(("unknown-field", "no-fields")), PACKAGE, frozenset(("wrong-value", "missing-key")), PACKAGE
    ),
    Follows(frozenset(("unknown-unit",)), MANUSCRIPT, frozenset(("missing-column", "no-fields")), "data/"),
)
"""What follows from what. A pair is here because a slip of the kind was seen to be told twice."""


def told_once(result: Result[T]) -> Result[T]:
    """Return a result of which each slip is told once."""
    return Result(result.value, without_consequences(result.diagnostics))


def without_consequences(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without those that follow from others, and each fault of one thing once."""
    errors = [d for d in found if d.severity is Severity.ERROR]
    kept = found
    if errors:
        follow = {id(d) for each in CONSEQUENCES for d in each.follow(found, errors)}
        kept = [d for d in found if id(d) not in follow]
    return _merged(kept)


def _merged(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics; of one rule about one thing the first, with the places of the others."""
    alike: dict[object, list[Diagnostic]] = {}
    for diagnostic in found:
        key = (diagnostic.rule, diagnostic.about) if diagnostic.about else diagnostic
        alike.setdefault(key, []).append(diagnostic)
    return tuple(_with_places(first, others) for first, *others in alike.values())


def _with_places(first: Diagnostic, others: Sequence[Diagnostic]) -> Diagnostic:
    places = [str(d.place) for d in others if d.place is not None and d.place != first.place]
    if not places:
        return first
    more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    also = f"the same stands at {', '.join(places[:MOST_PLACES])}{more}"
    return replace(first, hints=(*first.hints, also))


def _begins(file: str, line: int) -> Sequence[str]:
    """Return what the passages are called that stand at a line, or begin a few lines above it."""
    return [f"passage {file}:{line - k}" for k in range(LONGEST_PASSAGE)]


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.place.file if diagnostic.place is not None else ""


def _line(diagnostic: Diagnostic) -> tuple[str, int] | None:
    match diagnostic.place:
        case Span(file, line, _) | CellRef(file, line, _):
            return file, line
    return None
