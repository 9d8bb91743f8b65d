"""``reportgen catalog``: the translators' files, brought up to date and checked."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.app.project import open_project
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Diagnostic, has_errors, unwrap

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.build.sources import Sources
    from reportgen.edition.extract import Extracted, Heading
    from reportgen.edition.report import Report

TEMPLATE = "locales/report.pot"


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""
    terminal = Terminal()
    world = unwrap(open_project(options.project, allow_functions=options.allow_functions))
    from reportgen.build.sources import load_sources

    sources = load_sources(world, lambda _: nullcontext())
    if options.action == "check":
        return _report(terminal, (*sources.diagnostics, *_check(sources.value)))
    code = _report(terminal, sources.diagnostics)
    return code or _write(Path(options.project), sources.value, terminal, update=options.action == "update")


def _report(terminal: Terminal, diagnostics: tuple[Diagnostic, ...]) -> int:
    terminal.report(diagnostics)
    return int(has_errors(diagnostics))


def _check(sources: Sources) -> tuple[Diagnostic, ...]:
    from reportgen.edition.translation import check_catalog, load_catalog

    found: list[Diagnostic] = []
    for name in _languages(sources.report):
        catalog = load_catalog(sources.world, name)
        found += catalog.diagnostics
        if catalog.ok:
            found += check_catalog(catalog.value, sources.manuscript, sources.book)
    return tuple(found)


def _languages(report: Report) -> tuple[str, ...]:
    return tuple(name for name in report.editions if name != report.source_language)


def _write(root: Path, sources: Sources, terminal: Terminal, *, update: bool) -> int:
    from reportgen.build.outputs import write_all
    from reportgen.edition.extract import extract_messages, write_template
    from reportgen.edition.languages import language

    source = sources.report.editions[sources.report.source_language]
    spoken = language(source.locale, source.lang)
    messages = extract_messages(sources.manuscript, sources.book, spoken, sources.package.code_lists)
    heading = _heading(sources.report)
    files = {TEMPLATE: write_template(messages, heading)}
    faults: list[Diagnostic] = []
    if update:
        for edition in _languages(sources.report):
            name, data, fault = _updated(sources.world, messages, heading, edition)
            faults += [fault] if fault else []
            files |= {name: data} if data else {}
    if _report(terminal, tuple(faults)):
        return 1
    written = write_all(root, files)
    for path in written.value:
        terminal.say(str(path))
    return _report(terminal, written.diagnostics)


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
