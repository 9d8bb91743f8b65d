"""What the manuscript binds must be there: facts, claims that hold, tables, units."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.base.diagnostics import Diagnostic, error
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.data.adding import called
from reportgen.data.package import DataPackage
from reportgen.edition.quantities import agrees, measures_of
from reportgen.facts.book import FactBook
from reportgen.manuscript.tree import Claimed, Figure, Inline, Manuscript, Placeholder, walk


def check_bindings(manuscript: Manuscript, package: DataPackage, book: FactBook) -> tuple[Diagnostic, ...]:
    """Return every fact, claim, table and unit that the manuscript names and the project has not, or that fails."""
    return (*_check_passages(manuscript, book), *_check_figures(manuscript, package))


def _check_passages(manuscript: Manuscript, book: FactBook) -> Iterator[Diagnostic]:
    for passage in manuscript.passages():
        for node in walk(passage.content):
            yield from unknown_name(node, book)
            claim = book.claims.get(node.claim) if isinstance(node, Claimed) else None
            if claim is not None and not claim.holds:
                message = f"the claim {claim.id} does not hold: {claim.evidence}"
                source = f"it is {claim.source}" + (f", stated at {claim.span}" if claim.span else "")
                hint = "change the words, or the data if they are wrong"
                yield error("false-claim", message, node.span, source, hint)


def unknown_name(node: Inline, book: FactBook) -> Iterator[Diagnostic]:
    """Yield the fault of a node that names a fact or claim which the project has not declared."""
    match node:
        case Placeholder() if node.fact not in book.facts and node.fact not in book.failed:
            hints = did_you_mean(node.fact, book.facts) or ("reportgen facts lists those there are",)
            yield error("unknown-fact", f"there is no fact {node.fact}", node.span, *hints)
        case Claimed() if node.claim not in book.claims and node.claim not in book.failed:
            hints = known_names(node.claim, book.claims)
            yield error("unknown-claim", f"there is no claim {node.claim}", node.span, *hints)


def _check_figures(manuscript: Manuscript, package: DataPackage) -> Iterator[Diagnostic]:
    for figure in manuscript.figures():
        if figure.table not in package.tables and figure.table not in package.broken:
            message, place = (
                f"there is no table {figure.table}",
                figure.option_spans.get("table", figure.span),
            )
            yield error("unknown-table", message, place, *known_names(figure.table, package.tables))
        if figure.unit is not None and not package.has_unit(figure.unit):
            message = f"there is no unit {figure.unit} in the code list units"
            place = figure.option_spans.get("unit", figure.span)
            units = package.units
            hints = did_you_mean(figure.unit, units.listed) or known_names(figure.unit, units.codes)
            yield error("unknown-unit", message, place, *hints)
        elif figure.unit is not None and figure.table in package.tables:
            yield from _unit_faults(figure, figure.unit, package)


def _unit_faults(figure: Figure, asked: str, package: DataPackage) -> Iterator[Diagnostic]:
    """Yield the fault of a figure whose unit is none of what its table holds."""
    table, units = package.tables[figure.table], package.units
    if agrees(package, table, asked):
        return
    codes = {package.unit_code(table, column, row) for column in measures_of(table) for row in table.rows}
    held = ", ".join(called(units.of(code)) for code in sorted(code for code in codes if code))
    message = f"the figure says {called(units.of(asked))}, but {table.name} holds {held}"
    hints = (
        "leave unit out, and the figure takes that of its table",
        "or mend the unit of the column or its list",
    )
    yield error("unfit-unit", message, figure.option_spans.get("unit", figure.span), *hints)
