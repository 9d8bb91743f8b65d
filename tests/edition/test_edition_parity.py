"""Parity: what one edition says by the data, the other says too, in the same section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from edition_world import composed

from reportgen.edition import document as doc
from reportgen.edition.parity import KINDS, check_parity, said_in

ZH, EN = (composed(edition).value for edition in ("zh", "en"))


def _changed(kind: str, change: Callable[[doc.Section], doc.Section]) -> doc.ComposedDocument:
    return replace(EN, sections=tuple(change(s) if s.kind == kind else s for s in EN.sections))


def _without(section: doc.Section, kind: type[Any]) -> doc.Section:
    return replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, kind)))


def _messages(other: doc.ComposedDocument) -> list[str]:
    return [d.message for d in check_parity([ZH, other])]


def test_editions_of_one_manuscript_are_equal() -> None:
    assert check_parity([ZH, EN]) == ()
    assert check_parity([EN, ZH]) == ()
    assert check_parity([ZH]) == ()


def test_section_says_everything_that_is_bound_in_it() -> None:
    sections = {section.kind: said_in(section, ZH).names for section in ZH.sections}
    part, summary = sections["part"], sections["summary"]
    assert {kind: sorted(part[kind]) for kind in KINDS} == {
        "fact": ["a.period", "a.share", "a.total"],
        "claim": [],
        "reference": ["fig-yearly", "tab-yearly"],
        "footnote": [],
        "figure": ["yearly"],
        "table": [],
    }
    assert sorted(summary["claim"]) == ["a.big"]
    assert (sorted(summary["footnote"]), sorted(summary["reference"])) == (["n"], ["part1"])
    assert sorted(sections["annex"]["table"]) == ["yearly"]


def test_figure_that_one_edition_lacks_is_a_difference() -> None:
    other = _changed("part", lambda section: _without(section, doc.Figure))
    assert _messages(other) == [
        "section part1 has the fact a.period in the edition zh, but not in en",
        "section part1 has the figure yearly in the edition zh, but not in en",
    ]


def test_claim_fact_and_note_that_one_edition_lacks_are_differences() -> None:
    other = _changed("summary", lambda section: _without(section, doc.Points))
    assert _messages(other) == [
        "section summary has the fact a.total in the edition zh, but not in en",
        "section summary has the fact a.share in the edition zh, but not in en",
        "section summary has the claim a.big in the edition zh, but not in en",
        "section summary has the reference part1 in the edition zh, but not in en",
        "section summary has the footnote n in the edition zh, but not in en",
    ]


def test_fact_that_only_the_other_edition_says_is_a_difference_with_its_place() -> None:
    said = doc.Paragraph((doc.Text("3", fact="a.more"),))
    other = _changed("glossary", lambda section: replace(section, blocks=(*section.blocks, said)))
    assert _messages(other) == ["section glossary has the fact a.more in the edition en, but not in zh"]


@pytest.mark.parametrize(
    ("first", "other", "lacking"), [(ZH, "without", "en"), ("without", ZH, "en")], ids=["after", "before"]
)
def test_section_that_one_edition_lacks_is_a_difference(first: object, other: object, lacking: str) -> None:
    short = replace(EN, sections=tuple(s for s in EN.sections if s.kind != "annex"))
    pair = [short if document == "without" else ZH for document in (first, other)]
    assert [d.message for d in check_parity(pair)] == [f"the edition {lacking} has no section annex"]
