"""What the manuscript binds must be there: facts, claims that hold, tables, units."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.base.diagnostics import Diagnostic, error
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.data.package import DataPackage
from reportgen.facts.book import FactBook
from reportgen.manuscript.tree import Claimed, Figure, Manuscript, Placeholder, walk


def check_bindings(manuscript: Manuscript, package: DataPackage, book: FactBook) -> tuple[Diagnostic, ...]:
    """Return every fact, claim, table and unit that the manuscript names and the project has not, or that fails."""
    return (*_check_passages(manuscript, book), *_check_figures(manuscript, package))


def _check_passages(manuscript: Manuscript, book: FactBook) -> Iterator[Diagnostic]:
    for passage in manuscript.passages():
        for node in walk(passage.content):
            if isinstance(node, Placeholder) and node.fact not in book.facts and node.fact not in book.failed:
                hints = did_you_mean(node.fact, book.facts) or ("reportgen facts lists those there are",)
                yield error("no-fact", f"there is no fact {node.fact}", node.span, *hints)
            elif isinstance(node, Claimed):
                yield from _check_claim(node, book)


def _check_claim(node: Claimed, book: FactBook) -> Iterator[Diagnostic]:
    claim = book.claims.get(node.claim)
    if node.claim in book.failed:
        return
    if claim is None:
        yield error(
            "no-claim", f"there is no claim {node.claim}", node.span, *known_names(node.claim, book.claims)
        )
    elif not claim.holds:
        yield error(
            "claim-does-not-hold",
            f"the claim {node.claim} does not hold: {claim.evidence}",
            node.span,
            f"it is {claim.source}" + (f", stated at {claim.span}" if claim.span else ""),
            "change the words, or the data if they are wrong",
        )


def _check_figures(manuscript: Manuscript, package: DataPackage) -> Iterator[Diagnostic]:
    units = package.code_lists.get("units")
    for figure in manuscript.figures():
        yield from _check_figure(figure, package)
        if figure.unit is not None and (units is None or figure.unit not in units.codes):
            place = figure.option_spans.get("unit", figure.span)
            hints = known_names(figure.unit, units.codes if units else ())
            yield error(
                "no-unit-code-list-units",
                f"there is no unit {figure.unit} in the code list units",
                place,
                *hints,
            )


def _check_figure(figure: Figure, package: DataPackage) -> Iterator[Diagnostic]:
    if figure.table not in package.tables and figure.table not in package.broken:
        place = figure.option_spans.get("table", figure.span)
        yield error(
            "no-table", f"there is no table {figure.table}", place, *known_names(figure.table, package.tables)
        )
