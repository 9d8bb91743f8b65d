"""The shipped report: its facts compute, its claims hold, and every placeholder prints in both editions."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.data.package import DataPackage
from reportgen.edition.formats import format_fact
from reportgen.edition.languages import language
from reportgen.facts.book import Fact, FactBook
from reportgen.facts.compute import MEASURES, compute_facts
from reportgen.facts.declare import parse_declarations
from reportgen.facts.evaluate import FUNCTIONS

PROJECT = Path(__file__).parents[2]
TEXT = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((PROJECT / "data/manuscript").glob("*.md"))
)
PLACEHOLDERS = sorted(set(re.findall(r"\{([a-z][a-z0-9_.]*):([a-z0-9.]+)\}", TEXT)))
CLAIMS = sorted(set(re.findall(r"\{claim=([a-z0-9_.]+)\}", TEXT)))
GIVEN = {"report.issued": Fact("report.issued", "2024-07", "text", None, "declared in report.toml")}


@cache
def shipped() -> tuple[DataPackage, FactBook]:
    world = World(PROJECT)
    package = load_package(world)
    book = compute_facts(world, package.value, GIVEN)
    assert [str(d) for d in (*package.diagnostics, *book.diagnostics)] == []
    return package.value, book.value


def test_shipped_facts_compute_and_claims_hold() -> None:
    _, book = shipped()
    assert book.failed == frozenset()
    assert all(claim.holds and claim.meaning for claim in book.claims.values())


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_of_the_manuscript_is_checked(claim: str) -> None:
    assert shipped()[1].claims[claim].holds


def printed(name: str, form: str, identifier: str) -> str:
    package, book = shipped()
    return format_fact(book.facts[name], form, language(identifier), package.code_lists).replace(
        "\u00a0", " "
    )


def test_the_manuscript_binds_facts() -> None:
    assert len(PLACEHOLDERS) > 90
    assert len(CLAIMS) > 15


@pytest.mark.parametrize("identifier", ["zh_CN", "en_GB"])
def test_every_placeholder_prints_in_both_editions(identifier: str) -> None:
    unprinted = [name for name, form in PLACEHOLDERS if not printed(name, form, identifier)]
    assert unprinted == []


@pytest.mark.parametrize(
    ("name", "form", "chinese", "english"),
    [
        ("p1.applications.total", "wan.1", "7.0万", "70,000"),
        ("p1.applications.cagr", "pct.1", "21.3%", "21.3%"),
        ("p1.invention.share", "pct.over", "超过95%", "more than 95%"),
        ("p2.countries.share", "hedge", "近八成", "nearly 80%"),
        ("p2.applications.cagr.lead", "pp.1", "3.3个百分点", "3.3 percentage points"),
        ("p3.structure", "share", "六四开", "six to four"),
        ("s.trained", "int.over", "1300余", "more than 1,300"),
        ("p4.note.a.concept", "month", "2015年10月", "October 2015"),
        ("report.period", "years", "2013-2023", "2013–2023"),
        ("green.turn", "year", "2020", "2020"),
    ],
)
def test_published_wordings_come_out(name: str, form: str, chinese: str, english: str) -> None:
    assert printed(name, form, "zh_CN").replace(",", "") == chinese
    assert printed(name, form, "en_GB") == english


def test_every_fact_says_how_it_was_made() -> None:
    _, book = shipped()
    assert [f.id for f in book.facts.values() if not f.formula] == []
    founded = {f.id for f in book.facts.values() if f.cells or f.rests_on}
    declared = parse_declarations(load_toml(World(PROJECT), "data/facts.toml", Decimal).value).value.facts
    constants = {d.id for d in declared if d.measure == "constant" and d.options.get("note")}
    counts = {d.id for d in declared if d.measure == "count" and "code_list" in d.options}
    assert set(book.facts) - founded == constants | counts | set(GIVEN)
    assert all(f.span is not None for f in book.facts.values() if f.id not in GIVEN)


def test_a_changed_cell_changes_the_facts_that_rest_on_it_and_no_other() -> None:
    path = "data/green-bri-yearly.csv"
    text = (PROJECT / path).read_text(encoding="utf-8")
    changed = re.sub(r"(2023,applications,)\d+", r"\g<1>3000", text)
    world = World(PROJECT, {path: changed.encode()})
    after = compute_facts(world, load_package(world).value, GIVEN).value.facts
    before = shipped()[1].facts
    moved = {name for name in before if after[name].value != before[name].value}
    assert moved == {"p4.bri.applications.2023", "p4.bri.applications.total", "p4.bri.applications.cagr"}
    assert after["p4.bri.applications.2023"].value == Decimal(3000)


def test_the_example_of_the_handbook_lies_over_the_shipped_data() -> None:
    example = (
        (PROJECT / "docs/corrections.md").read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    )
    world = World(PROJECT, {"data/corrections.csv": example.encode()})
    package = load_package(world)
    assert package.diagnostics == ()
    fact = compute_facts(world, package.value, GIVEN).value.facts["p3.companies.2023"]
    assert (fact.value, [c.old for c in fact.corrections]) == (Decimal(760), ["758"])


def test_the_handbook_lists_every_measure_and_function() -> None:
    handbook = (PROJECT / "docs/facts.md").read_text(encoding="utf-8")
    assert [name for name in MEASURES if f"`{name}`" not in handbook] == []
    assert [name for name in FUNCTIONS if f"`{name}(" not in handbook] == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/cn-yearly.csv", "2013,applications,", "2013,applications,x"),
        ("data/cn-yearly.csv", "2013,applications,", "2013,applications,1,"),
        ("data/cn-yearly.csv", "2013,applications,", '2013,"applications,'),
        ("data/cn-yearly.csv", "2013,applications", "2O13,applications"),
        ("data/cn-yearly.csv", "measure", "meassure"),
        ("data/lists/measures.csv", "grants,", '"grants,'),
        ("data/lists/fields.csv", "name_en", '"name_en'),
        ("data/indicators.csv", ",A,", ",,"),
        (
            "data/facts.toml",
            '[p1.applications.total]\nmeasure = "total"',
            '[p1.applications.total]\nmeasure = "totl"',
        ),
        ("data/facts.toml", 'predicate = "p3.top.1 > ', 'predicate = "p3.top.11 > '),
        ("data/facts.toml", 'of = "p1.applications.cagr"', 'of = "p1.aplications.cagr"'),
    ],
)
def test_one_slip_makes_one_diagnostic(path: str, old: str, new: str) -> None:
    text = (PROJECT / path).read_text(encoding="utf-8")
    assert old in text
    world = World(PROJECT, {path: text.replace(old, new, 1).encode()})
    package = load_package(world)
    book = compute_facts(world, package.value, GIVEN)
    found = [str(d) for d in (*package.diagnostics, *book.diagnostics)]
    assert [fault.startswith(path) for fault in found] == [True], "\n".join(found)
