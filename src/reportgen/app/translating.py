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

    from reportgen.build.sources import Sources
    from reportgen.edition.report import Report

TEMPLATE = "locales/report.pot"


def catalog(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen catalog``."""
    project = project_of(options)
    faults = Faults()
    sources = faults.take(project.sources())
    if options.action == "check":
        _check(sources, faults)
        return Answer(faults.result(()).diagnostics)
    update = options.action == "update"
    written = [] if faults.refused else _write(project.folder, sources, faults, update=update)
    return Answer(faults.result(()).diagnostics, data={"files": written}, closing=written)


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
    from reportgen.base.generation import write_all
    from reportgen.edition.extract import Heading, extract_messages, update_catalog, write_template
    from reportgen.edition.languages import language
    from reportgen.edition.translation import catalog_path

    source = sources.report.editions[sources.report.source_language]
    spoken = language(source.locale, source.lang)
    messages = extract_messages(sources.manuscript, sources.book, spoken, sources.package.code_lists)
    date = dt.datetime.fromisoformat(sources.report.date)
    heading = Heading(sources.report.identifier, sources.report.version, source.issuer, date)
    files = {TEMPLATE: write_template(messages, heading)}
    for name in _languages(sources.report) if update else ():
        path = catalog_path(name)
        old = sources.world.load_bytes(path) if sources.world.exists(path) else None
        if isinstance(old, Diagnostic):
            faults.add(old)
            continue
        files[path] = faults.take(update_catalog(old, messages, heading, name))
    return [] if faults.refused else [str(path) for path in faults.take(write_all(root, files))]
