"""No manuscript, catalog or report whatever breaks the edition layer: faults are values."""

from __future__ import annotations

from edition_world import CODE_LISTS, ENGLISH, MANUSCRIPT, REPORT, book, package, parsed, po, world
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Diagnostic
from reportgen.edition.compose import compose
from reportgen.edition.extract import extract_messages
from reportgen.edition.labels import load_labels
from reportgen.edition.languages import language
from reportgen.edition.parity import check_parity
from reportgen.edition.report import cover_series, given_facts, load_report
from reportgen.edition.translation import check_catalog, load_catalog
from reportgen.manuscript.parse import parse_manuscript

CATALOG = po(ENGLISH, parsed())
CUTS = st.tuples(st.floats(0, 1), st.integers(0, 30), st.text('{}[]()*`|#:^\\ "=甲7\n', max_size=3))


def _cut(text: str, cut: tuple[float, int, str]) -> str:
    start = int(cut[0] * len(text))
    return text[:start] + cut[2] + text[start + cut[1] :]


def _run(manuscript: str, catalog: str, report: str) -> list[Diagnostic]:
    files = world(manuscript, report, catalog)
    read, parse = load_report(files), parse_manuscript(files)
    found = [*read.diagnostics, *parse.diagnostics]
    found += cover_series(read.value, package()).diagnostics
    assert set(given_facts(read.value)) == {"report.issued"}
    documents = []
    for edition in read.value.editions.values():
        loaded = load_catalog(files, edition.name) if edition.name != "zh" else None
        found += (*loaded.diagnostics, *check_catalog(loaded.value, parse.value, book())) if loaded else ()
        result = compose(
            read.value,
            edition,
            parse.value,
            package(),
            book(),
            loaded.value if loaded else None,
            load_labels(edition.name),
            language(edition.locale, edition.lang),
        )
        found += result.diagnostics
        documents.append(result.value)
    if not found:
        assert check_parity(documents) == ()
    extract_messages(parse.value, book(), language("zh"), CODE_LISTS)
    return found


def test_small_report_has_no_faults() -> None:
    assert _run(MANUSCRIPT, CATALOG, REPORT) == []


@settings(deadline=None, max_examples=60)
@given(CUTS)
def test_faults_of_a_manuscript_are_values(cut: tuple[float, int, str]) -> None:
    assert all(fault.place is not None for fault in _run(_cut(MANUSCRIPT, cut), CATALOG, REPORT))


@settings(deadline=None, max_examples=60)
@given(CUTS)
def test_faults_of_a_catalog_are_values(cut: tuple[float, int, str]) -> None:
    assert all(fault.place is not None for fault in _run(MANUSCRIPT, _cut(CATALOG, cut), REPORT))


@settings(deadline=None, max_examples=60)
@given(CUTS)
def test_faults_of_a_report_file_are_values(cut: tuple[float, int, str]) -> None:
    assert all(fault.place is not None for fault in _run(MANUSCRIPT, CATALOG, _cut(REPORT, cut)))
