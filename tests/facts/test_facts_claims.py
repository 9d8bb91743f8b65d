"""Claims: checked against the facts, false ones refused with the evidence, faults placed in the predicate."""

from __future__ import annotations

import pytest

from reportgen.base.world import World
from reportgen.data.package import DataPackage
from reportgen.facts.book import FactBook
from reportgen.facts.compute import compute_facts

FACTS = """\
[a]
measure = "constant"
value = 1204
[b]
measure = "constant"
value = 0.26
kind = "ratio"
[top]
measure = "constant"
kind = "codes"
value = ["huawei", "zte"]
"""


def compute(claims: str) -> tuple[FactBook, list[str]]:
    result = compute_facts(World.of_files({"data/facts.toml": FACTS + claims}), DataPackage("t", {}, {}))
    return result.value, [str(d) for d in result.diagnostics]


def fault(claims: str) -> str:
    (found,) = compute(claims)[1]
    return found


@pytest.mark.parametrize("header", ['[claims."p1.grows"]', "[claims.p1.grows]", '[claim."p1.grows"]'])
def test_a_claim_that_holds_keeps_its_evidence(header: str) -> None:
    book, faults = compute(f'{header}\nmeaning = "strictly"\npredicate = "a > 1000 and\\n  b >= 26%"\n')
    assert faults == []
    claim = book.claims["p1.grows"]
    assert claim.holds
    assert claim.source == "a > 1000 and b >= 26%"
    assert claim.evidence == "a [1,204] > 1000 and b [0.26] >= 26%"
    assert (claim.facts, claim.meaning, str(claim.span)) == (("a", "b"), "strictly", "data/facts.toml:12:1")


def test_a_claim_that_does_not_hold_is_an_error_with_its_evidence() -> None:
    book, faults = compute("[claims.c]\npredicate = \"a > 1000 and includes(top, 'byd') and b > 30%\"\n")
    assert faults == [
        (
            "data/facts.toml:12:1: error: the claim c does not hold: "
            "a [1,204] > 1000 and includes(top [(huawei, zte)], 'byd') and b [0.26] > 30%\n"
            "  hint: false: (huawei, zte) does not include byd\n"
            "  hint: false: 0.26 > 0.3\n"
            "  hint: change the words that make the claim, or look into the data"
        )
    ]
    assert not book.claims["c"].holds


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ('predicate = "a > "', "data/facts.toml:13:18: error: c: a fact, a number or a bracket is expected"),
        ('predicate = "a > c"', "data/facts.toml:13:18: error: c: there is no fact c"),
        (
            "predicate = 'a > top'",
            "data/facts.toml:13:16: error: c: a number cannot be compared with a list of codes",
        ),
        (
            'predicate = "a"',
            "data/facts.toml:13:14: error: c: the predicate is 1,204, neither true nor false",
        ),
        ('predicate = """a > 1\nand a > c"""', "data/facts.toml:14:9: error: c: there is no fact c"),
        ('predicate = """\na > 1\nand a > c"""', "data/facts.toml:15:9: error: c: there is no fact c"),
        (
            'predicate = "top = \\"x\\""',
            "data/facts.toml:13: error: c: a list of codes cannot be compared with a code",
        ),
        ("predicate = 1", "data/facts.toml:13:1: error: claims.c.predicate is 1, not a condition in quotes"),
        ('meaning = "x"', "data/facts.toml:12:1: error: c has no predicate, or no id"),
        (
            'predicat = "a > 1"\npredicate = "a > 1"',
            "data/facts.toml:13:1: error: claims.c has no key predicat",
        ),
    ],
)
def test_faults_of_predicates_have_line_and_column(claim: str, expected: str) -> None:
    assert fault(f"[claims.c]\n{claim}\n").startswith(expected)


def test_each_unknown_fact_of_a_predicate_is_reported() -> None:
    assert len(compute('[claims.c]\npredicate = "x > y"\n')[1]) == 2


def test_one_id_is_claimed_once() -> None:
    found = fault('[claims."x.y"]\npredicate = "a > 1"\n[claims.x.y]\npredicate = "a > 2"\n')
    assert "x.y is claimed twice" in found


def test_chains_state_an_order_without_ties() -> None:
    assert compute('[claims.c]\npredicate = "a >= 1204 > b"\n')[1] == []
    assert "does not hold" in fault('[claims.c]\npredicate = "a > 1204 > b"\n')


def test_a_claim_inside_anothers_table_is_placed_at_its_line() -> None:
    found = fault('[claims]\n"x.y" = { predicate = "a > 9999" }\n')
    assert found.startswith("data/facts.toml:13:1: error: the claim x.y does not hold")
