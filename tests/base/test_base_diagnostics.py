"""Diagnostics read as file:line:column, severity, sentence, hints."""

from __future__ import annotations

import pytest

from reportgen.base.diagnostics import (
    CellRef,
    Faults,
    PageRef,
    Refused,
    Result,
    Span,
    error,
    has_errors,
    unwrap,
    warning,
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Span("a.md"), "a.md"),
        (Span("a.md", 3), "a.md:3"),
        (Span("a.md", 3, 7), "a.md:3:7"),
        (Span("a.md", 0, 7), "a.md"),
        (CellRef("t.csv", 4, "value"), "t.csv, row 4, column value"),
        (PageRef("x.pdf", "iv", 12.4, 99.6), "x.pdf, page iv at 12,100 pt"),
    ],
)
def test_a_place_reads_as_an_editor_finds_it(place: Span | CellRef | PageRef, text: str) -> None:
    assert str(place) == text


def test_a_diagnostic_prints_its_place_then_its_hints() -> None:
    fault = error(
        "unknown-fact",
        "the fact p1.x is unknown",
        Span("a.md", 3, 7),
        "did you mean p1.y?",
        "see data/facts.toml",
    )
    assert str(fault) == (
        "a.md:3:7: error: the fact p1.x is unknown\n  hint: did you mean p1.y?\n  hint: see data/facts.toml"
    )


def test_a_diagnostic_without_a_place_begins_with_its_severity() -> None:
    assert str(warning("loose-line", "loose line")) == "warning: loose line"


def test_warnings_let_a_result_pass_and_errors_do_not() -> None:
    assert Result(1, (warning("loose-line", "loose"),)).ok
    assert unwrap(Result(1, (warning("loose-line", "loose"),))) == 1
    with pytest.raises(Refused, match="two faults") as refused:
        unwrap(Result(1, (warning("loose-line", "loose"), error("two-faults", "two faults"))))
    assert [d.message for d in refused.value.diagnostics] == ["loose", "two faults"], "warnings are told, too"


def test_errors_refuse_and_warnings_alone_do_not() -> None:
    assert not has_errors(())
    assert not has_errors((warning("loose-line", "loose"),))
    assert has_errors((warning("loose-line", "loose"), error("wrong", "wrong")))


def test_what_is_found_twice_is_told_once_where_it_was_found_first() -> None:
    faults = Faults()
    faults.error("one", "one")
    faults.take(Result(None, (warning("two", "two"), error("one", "one"))))
    faults.add(warning("two", "two"), error("one", "one", Span("a.md", 2)))
    assert [str(d) for d in faults.result(0).diagnostics] == [
        "error: one",
        "warning: two",
        "a.md:2: error: one",
    ]
