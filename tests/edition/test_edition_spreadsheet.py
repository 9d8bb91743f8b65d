"""No text of a table is a formula in a spreadsheet, and each can be told from every other."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.edition.spreadsheet import GUARD, as_text

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n",
    " =1",
    "\u3000=1",
    '"=1',
    "'=1",
    "＝1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "-",
    "-5%",
    "+86 10",
    "a;=1+1",
    "a\t@SUM(1)",
    "a\n=1",
    "a;-2+3",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_is_guarded(text: str) -> None:
    assert as_text(text) != text
    assert not re.search(r"(?:^|[;\t])[=+\-@＝＋－＠]", as_text(text))
    assert as_text(text)[0] == GUARD or text[0] == "a"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "-5",
        "+5",
        "-0.25",
        "151000",
        "图书",
        "a=b",
        "a-b",
        "2013-2023",
        "x@y.cn",
        "a;-5",
        "a; b",
        "–",
    ],
)
def test_other_texts_and_numbers_are_as_they_are(text: str) -> None:
    assert as_text(text) == text


def without_guards(text: str) -> str:
    """Take off what :func:`as_text` has put on."""
    return re.sub(
        r"(^|(?<=[;\t\r\n]))'(?=(?:['\"]|[^\S\t\r\n])*[=+\-@＝＋－＠﹦﹢﹣﹫]|'*[\t\r\n])", "", text
    )


WILD = st.text(st.sampled_from(list("=+-@'\"; \t\r\n5.a＝\u3000")), max_size=8)


@given(WILD | st.text(max_size=6))
def test_a_guarded_text_gives_the_text_back_and_begins_no_formula(text: str) -> None:
    found = as_text(text)
    assert without_guards(found) == text
    for piece in re.split(r"[;\t\r\n]", found):
        if piece[:1] and piece[0] in "=+-@＝＋－＠":
            Decimal(piece)


@given(st.lists(WILD, min_size=1, max_size=3))
def test_a_file_has_the_cells_that_were_written(cells: list[str]) -> None:
    file = io.StringIO()
    csv.writer(file).writerow([as_text(cell) for cell in cells])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert [without_guards(cell) for cell in row] == cells


def test_a_long_text_takes_no_long_time() -> None:
    """Each of these took the square of its length in one form of the pattern or another."""
    for part in ("\n", "' ", ";'", " ", "5", ";5", '"'):
        as_text(part * 30_000)
