"""Data files made to crash or to hang: each ends in a diagnostic before it costs time or memory."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest
from tables_of_cases import FIELDS, HEADER, KIND, load, one

from reportgen.base import limits
from reportgen.data.patterns import matches

MEMORY = 450_000_000
"""Bytes that reading may take beside the file itself, as tracemalloc counts them."""

FILES: list[tuple[str, bytes, str]] = [
    ("a header of a million columns", b",".join(b"c%d" % i for i in range(1_000_000)) + b"\n1,2\n", "line-too-long"),
    ("a header of 2,000 columns", b",".join(b"c%d" % i for i in range(2_000)) + b"\n1,2\n", "too-many-columns"),
    ("a line of 90 MB", HEADER.encode() + b"x" * 90_000_000, "line-too-long"),
    ("a cell of 200,000 characters", HEADER.encode() + b"2013," + b"x" * 200_000 + b",1,A\n", "cell-too-long"),
    ("an open quotation", HEADER.encode() + b'2013,"a,1,A\n' + b"2014,b,1,A\n" * 99_999, "open-quotation"),
    ("a file of more than the limit", b"x" * (limits.FILE_BYTES + 1), "too-large"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "data", "rule"), FILES, ids=[case for case, *_ in FILES])
def test_a_hostile_file_is_one_diagnostic(case: str, data: bytes, rule: str) -> None:
    tracemalloc.start()
    try:
        found = one(load(data))
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()
    assert found.rule == rule, case


@pytest.mark.parametrize(("name", "most"), [("TABLE_ROWS", 100), ("TABLE_CELLS", 400)])
def test_more_rows_or_cells_than_the_limit_are_one_diagnostic(
    name: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, name, most)
    rows = "".join(f"{1000 + i},a,1,A\n" for i in range(100))
    assert load(HEADER + rows[: 99 * len("1000,a,1,A\n")]).ok
    assert one(load(HEADER + rows + "1100,a,1,A\n")).rule == "too-large"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("{n},k{i},x,A", "not-a-number"),
        ("{n},k{i},,A", "empty-cell"),
        ("{n},k{i},1,ZZ", "unknown-code"),
        ("2013,a,1,A", "repeated-key"),
        ("{n},k{i},1", "ragged-row"),
    ],
)
def test_faults_of_every_row_are_some_and_a_count(row: str, rule: str) -> None:
    count = 20_000
    rows = (row.format(n=1000 + i % 9000, i=i) for i in range(count))
    result = load(HEADER + "\n".join(rows) + "\n")
    rules = [found.rule for found in result.diagnostics]
    first = 1 if rule == "repeated-key" else 0
    assert rules == [rule] * limits.FAULTS_OF_A_KIND + ["more-faults"]
    assert (
        f"{count - limits.FAULTS_OF_A_KIND - first:,} more rows have the fault {rule}"
        in result.diagnostics[-1].message
    )


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){25}$", "([a-z]+)*$", "(a?){30}a{30}"])
def test_a_pattern_that_backtracks_is_matched_at_once(pattern: str) -> None:
    fields: list[Any] = [{**f, "constraints": {"pattern": pattern}} if f is KIND else f for f in FIELDS]
    found = one(load(HEADER + f"2014,{'a' * 60}!,1,A\n", fields=fields))
    assert found.rule == "unmatched-pattern"


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("[a-z_]+", "abc_d", True),
        ("[a-z_]+", "abc!", False),
        ("a|ab", "ab", True),
        (r"\d{4}(-\d{4})?", "2013-2023", True),
        (r"[\p{Han}]+", "图书", True),
        ("图.", "图书", True),
    ],
)
def test_a_pattern_is_of_the_whole_text(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits
