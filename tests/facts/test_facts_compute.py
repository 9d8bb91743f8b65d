"""The fact book: order, rings and every diagnostic with its line, one for each cause."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import CellRef, Result
from reportgen.base.world import World
from reportgen.data.package import Code, CodeList, Column, Correction, DataPackage, Row, Table, Value
from reportgen.facts.book import Fact, FactBook
from reportgen.facts.compute import MEASURES, compute_facts

COLUMNS = {
    "year": Column("year", "year", "dimension"),
    "measure": Column("measure", "string", "dimension", "measures"),
    "value": Column("value", "number", "measure", unit="piece"),
    "basis": Column("basis", "string", "attribute"),
}
DATA: list[tuple[str, str, Value]] = [
    ("2013", "grants", Decimal(0)),
    ("2014", "grants", Decimal(5)),
    ("2013", "applications", Decimal(8)),
    ("2014", "applications", None),
]


def rows() -> tuple[Row, ...]:
    return tuple(
        Row({"year": y, "measure": m, "value": v, "basis": "b"}, "data/t.csv", n)
        for n, (y, m, v) in enumerate(DATA, start=2)
    )


TABLE = Table("t", "data/t.csv", COLUMNS, rows(), primary_key=("year", "measure"))
LIST = CodeList("measures", {c: Code(c, {"zh": c, "en": c}) for c in ("grants", "applications", "in_force")})
PACKAGE = DataPackage("test", {"t": TABLE}, {"measures": LIST}, broken=frozenset({"lost"}))


def compute(
    declared: str, package: DataPackage = PACKAGE, given: dict[str, Fact] | None = None
) -> Result[FactBook]:
    return compute_facts(World.of_files({"data/facts.toml": declared}), package, given or {})


def faults(declared: str, package: DataPackage = PACKAGE) -> list[str]:
    return [str(d) for d in compute(declared, package).diagnostics]


def fault(declared: str) -> str:
    (found,) = faults(declared)
    return found


def test_order_in_the_file_is_free() -> None:
    result = compute(
        '[b]\nmeasure = "formula"\nformula = "a * 2"\n\n[a]\nmeasure = "constant"\nvalue = 4\n',
    )
    assert result.diagnostics == ()
    assert [(f.id, f.value) for f in result.value.facts.values()] == [("b", Decimal(8)), ("a", Decimal(4))]


def test_a_fact_knows_where_it_is_declared() -> None:
    facts = compute(
        '# facts\n\n[p1.a]\nmeasure = "constant"\nvalue = 1\n[p1."b"]\nmeasure = "constant"\nvalue = 2\n'
    ).value
    assert [str(f.span) for f in facts.facts.values()] == ["data/facts.toml:3:1", "data/facts.toml:6:1"]


def test_a_fact_may_stand_inside_anothers_name() -> None:
    book = compute('[a]\nmeasure = "constant"\nvalue = 1\n[a.b]\nmeasure = "constant"\nvalue = 2\n').value
    assert list(book.facts) == ["a", "a.b"]


def test_given_facts_can_be_used_and_not_declared_again() -> None:
    issued = Fact("report.first", Decimal(2013), "year", None, "declared")
    result = compute(
        '[a]\nmeasure = "formula"\nformula = "report.first + 1"\nkind = "year"\n'
        '[report.first]\nmeasure = "constant"\nvalue = 1\n',
        given={"report.first": issued},
    )
    assert result.value.facts["a"].value == 2014
    assert result.value.facts["report.first"] is issued
    assert [str(d) for d in result.diagnostics] == [
        "data/facts.toml:5:1: error: report.first is the report's own fact\n  hint: take it out, or give it another id"
    ]


def test_broken_toml_has_line_and_column() -> None:
    assert fault('[a]\nmeasure = "total\n').startswith("data/facts.toml:2:17: error: the file is not TOML: ")


def test_a_table_declared_twice_is_a_diagnostic() -> None:
    found = fault('[a]\nmeasure = "constant"\nvalue = 1\n[a]\nmeasure = "constant"\n')
    assert found.startswith("data/facts.toml:4:")
    assert found.endswith("hint: two tables have this name: give each its own")


def test_an_empty_file_is_worth_a_warning() -> None:
    assert faults("# none\n") == [
        "data/facts.toml: warning: the file declares no facts\n  hint: declare one, or delete the file"
    ]


def test_missing_file_is_a_diagnostic() -> None:
    result = compute_facts(World.of_files({}), PACKAGE)
    assert [str(d) for d in result.diagnostics] == [
        "data/facts.toml: error: the file is missing\n  hint: put it there, or mend what names it"
    ]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (
            "x = 1\n",
            "data/facts.toml:1:1: error: x stands outside every fact\n  hint: begin a fact with [its.id]",
        ),
        (
            '[a]\ntable = "t"\n',
            'data/facts.toml:1:1: error: a has no measure\n  hint: say how it is made, as in measure = "total"',
        ),
        (
            '[a]\nmesure = "constant"\nvalue = 1\n',
            "data/facts.toml:2:1: error: a has no key mesure\n  hint: did you mean measure?",
        ),
        (
            '[a]\ntable = "t"\nmeasure = 3\n',
            (
                "data/facts.toml:3:1: error: a.measure is 3, not the name of a measure\n"
                '  hint: as in measure = "total"'
            ),
        ),
        (
            '[A]\nmeasure = "total"\n',
            "data/facts.toml:1:1: error: A is no id for a fact\n  hint: use a-z, 0-9 and _ in names joined by dots",
        ),
        (
            '[a]\n\nmeasure = "totl"\n',
            "data/facts.toml:3:1: error: a: there is no measure totl\n  hint: did you mean total?",
        ),
        (
            '[a]\nmeasure = "total"\ntabel = "t"\n',
            "data/facts.toml:3:1: error: a: the measure total has no option tabel\n  hint: did you mean table?",
        ),
        (
            '[a]\nmeasure = "constant"\nvalue = 1\nwheer = { measure = "grants" }\n',
            "data/facts.toml:4:1: error: a: no option wheer is a table\n  hint: did you mean where or whole?",
        ),
        (
            '[a]\nmeasure = "total"\n',
            (
                "data/facts.toml:1:1: error: a: the measure total needs the option table\n"
                "  hint: write table = …"
            ),
        ),
        (
            '[a]\nmeasure = "total"\ntable = "tt"\n',
            "data/facts.toml:3:1: error: a: there is no table tt\n  hint: did you mean t?",
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nvalue = "valu"\n',
            "data/facts.toml:4:1: error: a: the table t has no column valu\n  hint: did you mean value?",
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nvalue = "basis"\nwhere = { measure = "grants" }\n',
            (
                "data/facts.toml:4:1: error: a: data/t.csv, row 2, column basis holds the text b, not a number\n"
                "  hint: name a column of numbers"
            ),
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nwhere = { measuer = "grants" }\n',
            "data/facts.toml:4:11: error: a: the table t has no column measuer\n  hint: did you mean measure?",
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nwhere = { measure = "grant" }\n',
            "data/facts.toml:4:11: error: a: measure grant is not a code of measures\n  hint: did you mean grants?",
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nwhere.measure = "in_force"\n',
            (
                "data/facts.toml:4:1: error: a: measure in_force is not among the rows\n"
                "  hint: there are applications, grants"
            ),
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nwhere = { measure = "grants", year = "2013-2015" }\n',
            ("data/facts.toml:4:31: error: a: year 2015 is not among the rows\n  hint: there are 2013, 2014"),
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nwhere = "grants"\n',
            (
                "data/facts.toml:4:1: error: a: where must be a table\n"
                '  hint: as in where = { measure = "grants" }'
            ),
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\n',
            (
                "data/facts.toml:1:1: error: a: the rows measure different things: applications, grants\n"
                '  hint: choose one: where = {measure = "applications"}'
            ),
        ),
        (
            '[a]\nmeasure = "value"\ntable = "t"\nwhere = { measure = "grants" }\n',
            (
                "data/facts.toml:4:1: error: a: 2 rows of t where measure = grants fit, not one\n"
                "  hint: choose one with where: they differ in year"
            ),
        ),
        (
            '[a]\nmeasure = "total"\ntable = "t"\nwhere = { measure = "applications" }\n',
            (
                "data/facts.toml:1:1: error: a: the value is missing in data/t.csv, row 5, column value\n"
                "  hint: leave the observation out with where, or fill it"
            ),
        ),
        (
            '[a]\nmeasure = "cagr"\ntable = "t"\nwhere = { measure = "grants" }\n',
            (
                "data/facts.toml:1:1: error: a: the growth divides by zero: the value of 2013 is 0\n"
                "  hint: choose years that begin above zero, or say the change instead"
            ),
        ),
        (
            '[a]\nmeasure = "growth"\ntable = "t"\nwhere = { measure = "grants" }\n',
            (
                "data/facts.toml:1:1: error: a: the growth divides by zero: the value of 2013 is 0\n"
                "  hint: choose years that begin above zero, or say the change instead"
            ),
        ),
        (
            '[a]\nmeasure = "cagr"\ntable = "t"\nwhere = { measure = "grants", year = "2014" }\n',
            (
                "data/facts.toml:4:1: error: a: growth needs two periods at least\n"
                "  hint: choose more years by where"
            ),
        ),
        (
            '[a]\nmeasure = "cagr"\ntable = "t"\nwhere = { measure = "grants" }\nperiod = "measure"\n',
            (
                "data/facts.toml:5:1: error: a: the column measure does not hold periods\n"
                '  hint: declare its type as "year", or what it holds: "reportgen": {"period": "quarter"}'
            ),
        ),
        (
            (
                '[a]\nmeasure = "share"\ntable = "t"\nwhere = { measure = "grants", year = "2013" }\n'
                'whole = { measure = "grants", year = "2013" }\n'
            ),
            (
                "data/facts.toml:5:1: error: a: the share divides by zero: "
                "the whole, t where measure = grants, year = 2013, sums to 0\n"
                "  hint: look into its cells"
            ),
        ),
        (
            '[a]\nmeasure = "largest"\ntable = "t"\nwhere = { measure = "grants" }\nby = "year"\nrank = 3\n',
            ("data/facts.toml:6:1: error: a: there are 2 codes, so none at rank 3\n  hint: lower the rank"),
        ),
        (
            '[a]\nmeasure = "largest"\ntable = "t"\nwhere = { measure = "grants" }\nby = "year"\non = "groth"\n',
            "data/facts.toml:6:1: error: a: on groth is unknown\n  hint: there are total, cagr",
        ),
        (
            '[a]\nmeasure = "formula"\nformula = "b + 1"\n[bb]\nmeasure = "constant"\nvalue = 1\n',
            "data/facts.toml:3:1: error: a: there is no fact b\n  hint: did you mean bb?",
        ),
        (
            '[a]\nmeasure = "formula"\nformula = "1 +"\n',
            (
                "data/facts.toml:3:1: error: a: a fact, a number or a bracket is expected, not 'the end' "
                "(at character 4 of the formula)\n  hint: write what is missing, as in books.share > 50%"
            ),
        ),
        (
            '[a]\nmeasure = "constant"\nvalue = 1\n[b]\nmeasure = "formula"\nformula = "2 / (a - 1)"\n',
            (
                "data/facts.toml:6:1: error: b: this divides by zero (at character 3 of the formula)\n"
                "  hint: divide by a fact that is not zero"
            ),
        ),
        (
            '[a]\nmeasure = "formula"\nformula = "1 < 2"\n',
            (
                "data/facts.toml:3:1: error: a: a formula makes a number, a ratio, points or a year\n"
                "  hint: say which: kind = …"
            ),
        ),
        (
            '[a]\nmeasure = "constant"\nvalue = "1"\n',
            ("data/facts.toml:3:1: error: a: value must be a number\n  hint: as in value = 0.5"),
        ),
        (
            '[a]\nmeasure = "constant"\nvalue = nan\n',
            ("data/facts.toml:3:1: error: a: value must be a number\n  hint: as in value = 0.5"),
        ),
        (
            '[a]\nmeasure = "constant"\nvalue = 1\nkind = "ration"\n',
            "data/facts.toml:4:1: error: a: kind ration is unknown\n  hint: did you mean ratio?",
        ),
        (
            '[a]\nmeasure = "constant"\nvalue = 1\n[b]\nmeasure = "points"\nof = "a"\nminus = "a"\n',
            ("data/facts.toml:6:1: error: b: a is a number, not a ratio\n  hint: use change or a formula"),
        ),
        (
            '[a]\nmeasure = "constant"\nvalue = 1e20\n[b]\nmeasure = "formula"\nformula = "round(a * a * a * a, 2)"\n',
            (
                "data/facts.toml:4:1: error: b: the arithmetic fails: its numbers are too large or too small\n"
                "  hint: look into the cells that it is made from"
            ),
        ),
    ],
)
def test_faults_of_facts_have_their_line_and_what_to_do(declared: str, expected: str) -> None:
    assert fault(declared) == expected


def test_a_ring_of_facts_is_named_once_with_its_members() -> None:
    declared = "".join(
        f'[{name}]\nmeasure = "formula"\nformula = "{uses} + 1"\n'
        for name, uses in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "e"))
    )
    result = compute(declared)
    assert [str(d) for d in result.diagnostics] == [
        (
            "data/facts.toml:1:1: error: these facts rest on one another: a → b → c → a\n"
            "  hint: let one of them rest on data instead"
        ),
        (
            "data/facts.toml:13:1: error: these facts rest on one another: e → e\n"
            "  hint: let one of them rest on data instead"
        ),
    ]
    assert result.value.failed == {"a", "b", "c", "d", "e"}


def test_what_rests_on_a_fault_fails_without_another_word() -> None:
    result = compute(
        '[a]\nmeasure = "total"\ntable = "nowhere"\n[b]\nmeasure = "formula"\nformula = "a + 1"\n'
        '[claims."c"]\npredicate = "b > 1"\n'
    )
    assert [str(d).partition(" error")[0] for d in result.diagnostics] == ["data/facts.toml:3:1:"]
    assert (dict(result.value.facts), result.value.failed) == ({}, {"a", "b", "c"})


def test_tables_and_cells_whose_fault_was_reported_are_passed_over_in_silence() -> None:
    unread = replace(TABLE, rows=(*TABLE.rows[:3], replace(TABLE.rows[3], faulty=frozenset({"value"}))))
    package = DataPackage("test", {"t": unread}, {"measures": LIST}, broken=frozenset({"lost"}))
    result = compute(
        '[a]\nmeasure = "total"\ntable = "t"\nwhere = { measure = "applications" }\n'
        '[b]\nmeasure = "total"\ntable = "lost"\n',
        package,
    )
    assert (result.diagnostics, result.value.failed) == ((), {"a", "b"})


def test_all_faults_come_in_one_run_in_the_order_of_the_file() -> None:
    found = faults(
        '[a]\nmeasure = "totl"\n[b]\nmeasure = "total"\ntable = "x"\n[c]\nmeasure = "formula"\nformula = "d"\n'
        '[claims.e]\npredicate = "1 > 2"\n'
    )
    assert [f.partition(": ")[0] for f in found] == [f"data/facts.toml:{line}:1" for line in (2, 5, 8, 9)]


def test_a_fact_knows_the_corrections_that_it_rests_on() -> None:
    laid = Correction(
        "2024-08-01", "t", "k", "value", "4", "5", "slip", "editor", "minor", CellRef("c.csv", 2, "key")
    )
    corrected = replace(TABLE.rows[1], corrections={"value": (laid,)})
    package = replace(PACKAGE, tables={"t": replace(TABLE, rows=(TABLE.rows[0], corrected, *TABLE.rows[2:]))})
    facts = compute(
        '[a]\nmeasure = "total"\ntable = "t"\nwhere = { measure = "grants" }\n'
        '[b]\nmeasure = "formula"\nformula = "a + 1"\n'
        '[c]\nmeasure = "value"\ntable = "t"\nwhere = { measure = "grants", year = "2013" }\n',
        package,
    ).value.facts
    assert [facts[name].corrections for name in "abc"] == [(laid,), (laid,), ()]


def test_long_chains_of_facts_exhaust_no_stack() -> None:
    links = "".join(f'[f{n}]\nmeasure = "formula"\nformula = "f{n + 1} + 1"\n' for n in range(400))
    result = compute(f'{links}[f400]\nmeasure = "constant"\nvalue = 0\n')
    assert result.diagnostics == ()
    assert result.value.facts["f0"].value == 400


_OPTION = st.sampled_from(
    [
        "table",
        "where",
        "whole",
        "value",
        "by",
        "on",
        "rank",
        "limit",
        "of",
        "to",
        "minus",
        "step",
        "formula",
        "kind",
    ]
)
_TOML_VALUES = """
"t" "value" "year" "measure" "a" 1 -1 0.5 true [] ["grants"] {} 2013-01-01 {measure="grants"} {year=2013} "{a}" "cagr"
nan "" [1,[2]]
"""
_ANY = st.sampled_from(_TOML_VALUES.split())


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(MEASURES)), st.dictionaries(_OPTION, _ANY, max_size=6))
def test_no_options_break_a_measure(measure: str, options: dict[str, str]) -> None:
    lines = "".join(f"{name} = {value}\n" for name, value in options.items())
    result = compute(f'[a]\nmeasure = "constant"\nvalue = 1\n[b]\nmeasure = "{measure}"\n{lines}')
    assert ("b" in result.value.facts) == (not result.diagnostics)


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="[]a.='\"\n{}1 #", max_size=60))
def test_no_text_in_place_of_the_facts_breaks_the_reader(text: str) -> None:
    for diagnostic in compute(text).diagnostics:
        assert str(diagnostic).startswith("data/facts.toml")
