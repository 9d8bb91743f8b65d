"""``reportgen catalog``: the translators' files, brought up to date and checked."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from typing import TYPE_CHECKING

from reportgen.app.answer import Answer, project_of
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Diagnostic, Faults

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.base.world import World
    from reportgen.build.sources import Sources
    from reportgen.edition.extract import Extracted, Heading
    from reportgen.edition.report import Report

TEMPLATE = "locales/report.pot"


def catalog(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen catalog``."""
    project = project_of(options)
    faults = Faults()
    sources = faults.take(project.sources())
    if options.action == "check":
        _check(sources, faults)
    elif not faults.refused:
        written = _write(project.folder, sources, faults, update=options.action == "update")
        return Answer(faults.result(()).diagnostics, data={"files": written}, closing=written)
    return Answer(faults.result(()).diagnostics)


def _check(sources: Sources, faults: Faults) -> None:
    from reportgen.edition.translation import check_catalog, load_catalog

    for name in _languages(sources.report):
        catalog = load_catalog(sources.world, name)
        faults.take(catalog)
        if catalog.ok:
            faults.add(*check_catalog(catalog.value, sources.manuscript, sources.book))


def _languages(report: Report) -> tuple[str, ...]:
    return tuple(name for name in report.editions if name != report.source_language)


def _write(root: Path, sources: Sources, faults: Faults, *, update: bool) -> list[str]:
    """Write the template, and the languages' catalogs where they are to be brought up to date: all, or none."""
    from reportgen.build.outputs import write_all
    from reportgen.edition.extract import extract_messages, write_template
    from reportgen.edition.languages import language

    source = sources.report.editions[sources.report.source_language]
    spoken = language(source.locale, source.lang)
    messages = extract_messages(sources.manuscript, sources.book, spoken, sources.package.code_lists)
    heading = _heading(sources.report)
    files = {TEMPLATE: write_template(messages, heading)}
    for name in _languages(sources.report) if update else ():
        path, data, fault = _updated(sources.world, messages, heading, name)
        faults.add(*([fault] if fault else []))
        files |= {path: data} if data else {}
    return [] if faults.refused else [str(path) for path in faults.take(write_all(root, files))]


def _heading(report: Report) -> Heading:
    from reportgen.edition.extract import Heading

    source = report.editions[report.source_language]
    return Heading(report.identifier, report.version, source.issuer, dt.datetime.fromisoformat(report.date))


def _updated(
    world: World, messages: tuple[Extracted, ...], heading: Heading, language: str
) -> tuple[str, bytes | None, Diagnostic | None]:
    from reportgen.edition.extract import check_readable, update_catalog
    from reportgen.edition.translation import catalog_path

    path = catalog_path(language)
    old = world.read_bytes(path) if world.exists(path) else None
    fault = check_readable(old, path) if old is not None else None
    return path, None if fault else update_catalog(old, messages, heading, language), fault
