"""What a project holds, loaded and computed: everything that its editions are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.suggest import known_names
from reportgen.base.world import World
from reportgen.build.request import Stage
from reportgen.build.typefaces import load_typefaces
from reportgen.charts.specification import PATH as CHARTS
from reportgen.charts.specification import ChartSpec, load_charts
from reportgen.data.load import load_package
from reportgen.edition.labels import status_names
from reportgen.edition.languages import unit_words
from reportgen.edition.report import given_facts, load_report
from reportgen.facts.book import FactBook
from reportgen.facts.compute import compute_facts
from reportgen.manuscript.parse import parse_manuscript
from reportgen.text.faces import FontBook

if TYPE_CHECKING:
    from reportgen.data.package import DataPackage
    from reportgen.edition.report import Edition, Report
    from reportgen.manuscript.tree import Manuscript


@dataclass(frozen=True, slots=True)
class Sources:
    """A project, loaded.

    Attributes:
        world: where it came from; catalogs are read from it edition by edition.
        grounded: whether there are data and facts at all; without them every sentence would repeat the one fault.
    """

    world: World
    report: Report
    package: DataPackage
    book: FactBook
    manuscript: Manuscript
    charts: Mapping[str, ChartSpec]
    fonts: FontBook
    grounded: bool = True


def load_sources(world: World, stage: Stage) -> Result[Sources]:
    """Load and compute all that a project's editions share; every fault of every file is found."""
    faults = Faults()
    with stage("report"):
        report = faults.take(load_report(world))
    with stage("data"):
        editions = tuple(report.editions)
        package = load_package(
            world, languages=editions, unit_words=unit_words(), statuses=status_names(editions)
        )
    data = faults.take(package)
    has_data = package.ok or bool(data.tables)
    given = given_facts(report)
    with stage("facts"):
        book = compute_facts(world, data, given) if has_data else Result(FactBook(given))
    facts = faults.take(book)
    with stage("manuscript"):
        manuscript = faults.take(parse_manuscript(world))
    with stage("charts"):
        drawn = any(True for _ in manuscript.figures()) or world.exists(CHARTS)
        charts = faults.take(load_charts(world, data)) if has_data and drawn else {}
    asked = {figure.name: figure.unit for figure in manuscript.figures()}
    charts = {name: replace(spec, unit=asked.get(name)) for name, spec in charts.items()}
    fonts = faults.take(load_typefaces(world))
    grounded = has_data and (book.ok or len(facts.facts) > len(given))
    return faults.result(Sources(world, report, data, facts, manuscript, charts, fonts, grounded))


def choose_editions(report: Report, names: tuple[str, ...] | None) -> Result[tuple[Edition, ...]]:
    """Return the editions asked for, all of them where none is named."""
    faults = Faults()
    for name in names or ():
        if name not in report.editions:
            message, place = f"the report has no edition {name}", report.places.span("editions")
            faults.error("unknown-edition", message, place, *known_names(name, report.editions))
    return faults.result(tuple(e for e in report.editions.values() if names is None or e.name in names))
