"""Catalogs: what keeps an edition from being built, with its line in the PO file."""

from __future__ import annotations

import pytest
from edition_world import ENGLISH, MANUSCRIPT, book, english_catalog, parsed, po, world

from reportgen.edition.translation import check_catalog, load_catalog
from reportgen.facts.book import FactBook


def _check(**changes: str | None) -> list[str]:
    """Return the faults of the English catalog with some translations changed, or taken out by None."""
    named = {key.replace("__", "-").replace("_", "."): text for key, text in changes.items()}
    english = {key: text for key, text in {**ENGLISH, **named}.items() if text is not None}
    catalog = english_catalog(english)
    found = (*catalog.diagnostics, *check_catalog(catalog.value, parsed(), book()))
    return [d.message for d in found]


def test_whole_catalog_has_no_faults() -> None:
    assert _check() == []


def test_missing_catalog_says_how_to_make_one() -> None:
    result = load_catalog(world(), "en")
    assert [(str(d.place), d.message) for d in result.diagnostics] == [
        ("locales/en/LC_MESSAGES/report.po", "the file is missing")
    ]
    assert "reportgen catalog update" in result.diagnostics[0].hints[-1]


@pytest.mark.parametrize("text", [None, ""])
def test_missing_translation_is_named_with_the_passage(text: str | None) -> None:
    assert _check(part1_thesis=text) == [
        "the translation of part1.thesis (data/manuscript/10.md:12:1) is missing"
    ]


def test_every_message_is_missing_from_an_empty_catalog() -> None:
    catalog = english_catalog({})
    assert len(check_catalog(catalog.value, parsed())) == len(ENGLISH)


def test_fuzzy_translation_does_not_pass() -> None:
    text = po(ENGLISH, parsed()).replace('msgctxt "part1"', '#, fuzzy\nmsgctxt "part1"')
    catalog = load_catalog(world(catalog=text), "en")
    assert [d.message for d in check_catalog(catalog.value, parsed())] == [
        "the translation of part1 (data/manuscript/10.md:9:3) is fuzzy"
    ]


def test_translation_of_other_words_is_out_of_date() -> None:
    changed = parsed(MANUSCRIPT.replace("规模扩大。", "规模又扩大。"))
    assert [d.message for d in check_catalog(english_catalog().value, changed)] == [
        "the translation of part1.thesis (data/manuscript/10.md:12:1) is out of date: the passage has changed"
    ]


def test_translation_without_its_passage_is_refused_at_its_line() -> None:
    text = po(ENGLISH, parsed()) + '\nmsgctxt "part9"\nmsgid "甲"\nmsgstr "A"\n'
    catalog = load_catalog(world(catalog=text), "en")
    found = check_catalog(catalog.value, parsed(), book())
    assert [d.message for d in found] == ["the manuscript has no passage part9"]
    line = text.split("\n").index('msgstr "A"') + 1
    assert str(found[0].place) == f"locales/en/LC_MESSAGES/report.po:{line}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[{a.share:hedge}](claim:a.big)[^n] **x**", "lacks the fact a.total"),
        ("**x** {a.total:int} {a.share:hedge}[^n]", "lacks the claim a.big"),
        ("**x** {a.total:int} [{a.share:hedge}](claim:a.big)", "lacks the footnote n"),
        ("**x** {a.total:int} [{a.share:hedge}](claim:a.big)[^n][^n]", "has the footnote n, which the passage has not"),
        ("**x** {a.total:int} [{a.share:hedge}](claim:a.big)[^n] [](#part1)",
         "has the reference part1, which the passage has not"),
        ("**x** {a.total:int} [{a.share:hedge}](claim:a.big)[^n] <https://x.org>",
         "has the link https://x.org, which the passage has not"),
    ],
)  # fmt: skip
def test_unequal_translation_is_refused(text: str, fault: str) -> None:
    assert _check(summary_point1=text) == [f"the translation of summary.point1 {fault}"]


def test_formats_may_differ_and_a_fact_may_be_said_twice() -> None:
    text = "**{a.total:thousand}** {a.total:int}[^n], [{a.share:pct.1}](claim:a.big)"
    assert _check(summary_point1=text) == []


def test_fact_that_does_not_exist_is_refused_with_a_guess() -> None:
    english = {**ENGLISH, "part1.key1": "{a.totel:int} | applications"}
    catalog = english_catalog(english)
    found = check_catalog(catalog.value, parsed(), book())
    assert [d.message for d in found] == [
        "the translation of part1.key1 has the fact a.totel in place of a.total",
    ]
    assert found[-1].hints == ("write a.total",)


def test_claim_that_does_not_exist_is_refused() -> None:
    catalog = english_catalog()
    assert [d.message for d in check_catalog(catalog.value, parsed(), FactBook(book().facts))] == [
        "there is no claim a.big"
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("See [](#fig-yearly) and [](#tab-yearly) {", "the brace is not closed"),
        ("See [](#fig-yearly) and [](#tab-yearly) in 2023", "the number 2023 is typed"),
        ("See [](#fig-yearly) and [](#tab-yearly) <b>", "raw HTML (<b>) is not part of a manuscript"),
    ],
)
def test_malformed_markdown_of_a_translation_has_its_line(text: str, fault: str) -> None:
    result = english_catalog({**ENGLISH, "part1.p1": text})
    assert [d.message for d in result.diagnostics] == [fault]
    lines = po({**ENGLISH, "part1.p1": text}, parsed()).split("\n")
    place = result.diagnostics[0].place
    line = lines.index('msgstr "' + text + '"') + 1
    assert str(place) == f"locales/en/LC_MESSAGES/report.po:{line}"


def test_fault_in_a_long_translation_has_the_line_that_holds_it() -> None:
    text = po(ENGLISH, parsed()).replace('msgstr "Totals"', 'msgstr ""\n"Totals "\n"of 2023"')
    result = load_catalog(world(catalog=text), "en")
    line = text.split("\n").index('"of 2023"') + 1
    assert [str(d.place) for d in result.diagnostics] == [f"locales/en/LC_MESSAGES/report.po:{line}"]


def test_message_without_context_is_refused() -> None:
    result = load_catalog(world(catalog='msgid "甲"\nmsgstr "A"\n'), "en")
    assert [d.message for d in result.diagnostics] == ["the message has no msgctxt"]
