"""Which diagnostics follow from which, and that to find it out takes no longer where there are many."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.build.consequences import CONSEQUENCES, Follows, without_consequences

RULES = sorted({rule for each in CONSEQUENCES for rule in (*each.rules, *(each.causes or ()))})
FILES = (
    "data/manuscript/a.md",
    "data/manuscript/b.md",
    "locales/en.po",
    "data/datapackage.json",
    "data/t.csv",
)


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    file, line = draw(st.sampled_from(FILES)), draw(st.integers(0, 9))
    passage = f"passage {draw(st.sampled_from(FILES))}:{draw(st.integers(1, 9))}"
    place = Span(file, line) if draw(st.booleans()) else None
    made = error(draw(st.sampled_from(RULES)), f"message {draw(st.integers())}", place)
    return Diagnostic(made.severity, made.rule, made.message, made.place, made.hints, passage)


def follows(rule: Follows, told: Diagnostic, cause: Diagnostic) -> bool:
    """Say it of one pair, as the rule is described."""
    told_file, cause_file = (d.place.file if isinstance(d.place, Span) else "" for d in (told, cause))
    known = cause.rule not in rule.rules if rule.causes is None else cause.rule in rule.causes
    in_files = told_file.startswith(rule.within) and cause_file.startswith(rule.caused_in)
    if told.rule not in rule.rules or not known or not in_files:
        return False
    if rule.beside == "file":
        return told_file == cause_file
    if rule.beside == "line":
        return told.place == cause.place
    if rule.beside == "whole":
        return isinstance(told.place, Span) and told.place.line == 0
    if rule.beside == "passage":
        line = cause.place.line if isinstance(cause.place, Span) else -99
        return told.about in [f"passage {cause_file}:{line - k}" for k in range(6)]
    return True


@given(st.lists(diagnostics(), max_size=25))
def test_the_list_is_put_right_as_each_pair_of_it(found: list[Diagnostic]) -> None:
    for rule in CONSEQUENCES:
        expected = [d for d in found if any(follows(rule, d, cause) for cause in found)]
        assert list(rule.follow(found, found)) == expected


def test_no_rule_makes_a_fault_follow_from_one_of_its_own_kind() -> None:
    assert not [each for each in CONSEQUENCES if each.causes is not None and each.causes & each.rules]


def calls_for(count: int) -> int:
    """Return how many functions are called for so many diagnostics, half of them causes and half consequences."""
    found = [
        error(("no-fields", "unknown-table")[k % 2], f"{k}", Span(FILES[3], k + 1)) for k in range(count)
    ]
    calls = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        kept = without_consequences(found)
    finally:
        sys.setprofile(before)
    assert len(kept) == count // 2
    return calls


def test_twice_as_many_diagnostics_take_twice_the_work() -> None:
    assert calls_for(800) < 2.5 * calls_for(400)
