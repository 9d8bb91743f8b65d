"""The shipped report: its catalog is whole, and both editions are composed without a fault and say the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest
from edition_world import read_po_file

from reportgen.base.diagnostics import Diagnostic
from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.edition import document as doc
from reportgen.edition.compose import compose
from reportgen.edition.labels import load_labels
from reportgen.edition.languages import language
from reportgen.edition.parity import check_parity
from reportgen.edition.po import PoEntry
from reportgen.edition.report import cover_series, given_facts, load_report
from reportgen.edition.translation import check_catalog, load_catalog
from reportgen.facts.compute import compute_facts
from reportgen.manuscript.parse import parse_manuscript

WORLD = World(Path(__file__).parents[2])


@dataclass(frozen=True)
class Shipped:
    """Both editions, and every diagnostic on the way."""

    documents: dict[str, doc.ComposedDocument]
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[tuple[float, ...], ...]


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    report, package, manuscript = load_report(WORLD), load_package(WORLD), parse_manuscript(WORLD)
    book = compute_facts(WORLD, package.value, given_facts(report.value))
    lines = cover_series(report.value, package.value)
    found = [
        *report.diagnostics,
        *package.diagnostics,
        *manuscript.diagnostics,
        *book.diagnostics,
        *lines.diagnostics,
    ]
    documents = {}
    for name, edition in report.value.editions.items():
        catalog = load_catalog(WORLD, name) if name != report.value.source_language else None
        found += catalog.diagnostics if catalog else ()
        result = compose(
            report.value,
            edition,
            manuscript.value,
            package.value,
            book.value,
            catalog.value if catalog else None,
            load_labels(name),
            language(edition.locale, edition.lang),
        )
        found += result.diagnostics
        documents[name] = result.value
        if catalog:
            found += check_catalog(catalog.value, manuscript.value, book.value)
    return Shipped(documents, tuple(found), lines.value)


def test_nothing_is_wrong(shipped: Shipped) -> None:
    assert [str(d) for d in shipped.diagnostics] == []


def test_editions_say_the_same(shipped: Shipped) -> None:
    assert check_parity(list(shipped.documents.values())) == ()


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_order_of_the_report(shipped: Shipped, edition: str) -> None:
    kinds = [section.kind for section in shipped.documents[edition].sections]
    assert kinds == [
        "imprint", "contents", "figures", "guide", "summary", "part", "part", "part", "part", "annex", "methods",
        "glossary", "colophon",
    ]  # fmt: skip


@pytest.mark.parametrize(("edition", "word"), [("zh", "图"), ("en", "Figure\u00a0")])
def test_twelve_figures_are_numbered_as_in_the_outline(shipped: Shipped, edition: str, word: str) -> None:
    numbers = [
        block.number
        for section in shipped.documents[edition].sections
        for block in section.blocks
        if isinstance(block, doc.Figure)
    ]
    outline = ["1-1", "1-2", "1-3", "2-1", "2-2", "3-1", "3-2", "3-3", "4-1", "4-2", "4-3", "4-4"]
    assert numbers == [word + number for number in outline]


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_every_figure_has_its_table_its_file_and_its_note_on_estimates(
    shipped: Shipped, edition: str
) -> None:
    document = shipped.documents[edition]
    blocks = [block for section in document.sections for block in section.blocks]
    figures = [block for block in blocks if isinstance(block, doc.Figure)]
    tables = {block.name: block for block in blocks if isinstance(block, doc.Table)}
    files = {attachment.name for attachment in document.attachments}
    for figure in figures:
        estimated = any(cell.status == "E" for row in tables[figure.name].rows for cell in row)
        assert estimated == any("E" in inline.text for note in figure.notes for inline in note
                                if isinstance(inline, doc.Text))  # fmt: skip
        assert figure.file in files
        assert figure.source


def test_no_chinese_is_left_in_the_english_edition_but_what_is_marked(shipped: Shipped) -> None:
    document = shipped.documents["en"]
    for section in document.sections:
        for block in section.blocks:
            assert not [
                text for text in _unmarked(block) if any("\u4e00" <= char <= "\u9fff" for char in text)
            ]


def _unmarked(node: object) -> list[str]:
    if isinstance(node, doc.Text):
        return [node.text] if node.lang is None else []
    if isinstance(node, tuple):
        return [text for child in node for text in _unmarked(child)]
    names = getattr(type(node), "__dataclass_fields__", {}) if type(node).__module__ == doc.__name__ else {}
    return [text for name in names for text in _unmarked(getattr(node, name))]


def test_cover_has_its_series(shipped: Shipped) -> None:
    assert len(shipped.lines) == 8
    assert all(len(line) >= 8 for line in shipped.lines)


def _messages() -> list[PoEntry]:
    text = WORLD.read_text("locales/en/LC_MESSAGES/report.po")
    assert isinstance(text, str)
    entries, faults = read_po_file(text, "report.po")
    assert faults == ()
    return [entry for entry in entries if entry.id.text]


def test_braces_of_the_shipped_catalog_are_python_brace_format() -> None:
    """As Weblate's and gettext's checks have it: the same names on both sides, and line ends alike."""
    for entry in _messages():
        names = [
            {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            for text in (entry.id.text, entry.string.text)
        ]
        assert names[0] == names[1], entry.context
        assert entry.id.text.endswith("\n") == entry.string.text.endswith("\n")
        assert ("{" in entry.id.text) == ("python-brace-format" in entry.flags)


def test_template_has_the_messages_of_the_catalog() -> None:
    text = WORLD.read_text("locales/report.pot")
    assert isinstance(text, str)
    template = {
        (entry.context, entry.id.text) for entry in read_po_file(text, "report.pot")[0] if entry.id.text
    }
    assert template == {(entry.context, entry.id.text) for entry in _messages()}
