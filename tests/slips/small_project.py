"""The tutorial's report in two languages, in memory, and what a check finds in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reportgen.base.diagnostics import Diagnostic, has_errors
from reportgen.base.world import World
from reportgen.build.pipeline import make
from reportgen.build.request import Request, quiet
from reportgen.build.sources import load_sources
from reportgen.edition.extract import Heading, extract_messages, update_catalog
from reportgen.edition.languages import language

PAGE = (Path(__file__).parents[2] / "docs/tutorial.md").read_text(encoding="utf-8")
BLOCK = r":\n\n```\w+\n(.*?)^```"
CATALOG = "locales/en/LC_MESSAGES/report.po"
REPORT, FACTS, CHARTS = "data/report.toml", "data/facts.toml", "data/charts.toml"
PACKAGE, TABLE, KINDS = "data/datapackage.json", "data/loans.csv", "data/lists/kinds.csv"
MANUSCRIPT, CORRECTIONS = "data/manuscript/10-loans.md", "data/corrections.csv"
Files = Mapping[str, str]


@cache
def project() -> Files:
    """Return the files of the report by path."""
    files = dict(re.findall(rf"^`([\w./-]+)`{BLOCK}", PAGE, re.DOTALL | re.MULTILINE))
    english = re.search(rf"^Add to `data/report.toml`{BLOCK}", PAGE, re.DOTALL | re.MULTILINE)
    assert english is not None
    files[REPORT] += english[1]
    return {**files, CATALOG: _translated(_catalog(files))}


def _catalog(files: Files) -> str:
    """Return the translator's file as ``reportgen catalog update`` makes it."""
    sources = load_sources(World.of_files(files), quiet).value
    source = sources.report.editions[sources.report.source_language]
    spoken = language(source.locale, source.lang)
    messages = extract_messages(sources.manuscript, sources.book, spoken, sources.package.code_lists)
    date = dt.datetime.fromisoformat("2024-03-01")
    heading = Heading(sources.report.identifier, sources.report.version, source.issuer, date)
    return update_catalog(None, messages, heading, "en").value.decode()


def _translated(text: str) -> str:
    shown = re.search(r"^```po\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert shown is not None
    for context, words in re.findall(r'msgctxt "(.*?)"\nmsgstr "(.*?)"\n', shown[1]):
        message = re.compile(rf'(msgctxt "{re.escape(context)}"\nmsgid (?:".*"\n)+)msgstr ""\n')
        text, count = message.subn(lambda found, words=words: f'{found[1]}msgstr "{words}"\n', text)
        assert count == 1, context
    return text


def check(files: Files) -> tuple[Diagnostic, ...]:
    """Return what is found up to the laid out pages."""
    return make(World.of_files(files), Request(None, cache=None), quiet).diagnostics


def passes(files: Files) -> bool:
    """Say whether a report can be built of the files."""
    return not has_errors(check(files))
