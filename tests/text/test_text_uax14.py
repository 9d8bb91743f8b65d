"""UAX #14 on Western text: Unicode's own test data, but for a short list of deviations, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from text_cases import items

from reportgen.text.costs import HELD

DATA = Path(__file__).parent / "data" / "LineBreakTest-15.0.0-latin.txt"
UNSEEN = " \u00a0\u00ad\u200b"

Case = tuple[str, frozenset[int]]


def cases() -> list[Case]:
    """Return each text with the indices before which UAX #14 has a break opportunity."""
    found = []
    for line in DATA.read_text(encoding="utf-8").splitlines():
        marks = line.partition("#")[0].split()
        if marks:
            text = "".join(chr(int(code, 16)) for code in marks[1::2])
            found.append((text, frozenset(i for i in range(1, len(text)) if marks[2 * i] == "÷")))
    return found


def our_breaks(text: str) -> frozenset[int]:
    """Return the indices before which we may break a line of Western text."""
    made = items(text, "en-GB")
    found, position = set(), 0

    def past_unseen(at: int) -> int:
        while at < len(text) and text[at] in UNSEEN:
            at += 1
        return at

    for box, gap in zip(made.boxes, made.gaps, strict=True):
        for char in "".join(box.texts):
            position = past_unseen(position)
            assert text[position] == char
            position += 1
        position = past_unseen(position)
        if gap.penalty < HELD and position < len(text):
            found.add(position)
    return frozenset(found)


DEVIATIONS: dict[str, Callable[[str, int], bool]] = {
    # Without white space we divide a Western word only after a hyphen, dash or slash between letters: to part
    # "a!" from "b" or "}" from "(" is legal but never what a reader expects.
    "inside a word": lambda text, at: text[at - 1] not in UNSEEN and text[at] not in " \u00a0",
    # CLREQ 3.1.4 keeps connectors from the line start, a spaced dash too.
    "dash at the line start": lambda text, at: text[at] in "-—",
    # CLREQ 3.1.5: a per cent sign stays with its number, a typed space between them or not.
    "per cent sign at the line start": lambda text, at: text[at] == "%",
    # A no-break space among other white space holds all of it; UAX #14 lets the plain space break.
    "no-break space beside a space": lambda text, at: "\u00a0" in text[len(text[:at].rstrip(UNSEEN)) : at + 1],
    # A currency sign stays with its number, a typed space between them or not.
    "currency sign before its number": lambda text, at: text[:at].rstrip().endswith("$") and text[at].isdigit(),
    # Nothing stands before the first visible character that a break could part it from.
    "nothing before": lambda text, at: text[:at].strip(UNSEEN) == "",
    # LB15 (no break between a quotation mark and an opening bracket, even after spaces) was withdrawn in Unicode 15.1.
    "quote before a bracket": lambda text, at: text[at] == "(" and text[:at].rstrip().endswith('"'),
}  # fmt: skip


@pytest.mark.parametrize("case", cases(), ids=lambda case: ascii(case[0]))
def test_western_text_breaks_as_unicode_says_but_for_the_deviations(case: Case) -> None:
    text, expected = case
    for at in expected ^ our_breaks(text):
        assert any(explains(text, at) for explains in DEVIATIONS.values()), (text, at)


def test_no_deviation_is_listed_in_vain() -> None:
    used = set()
    for text, expected in cases():
        for at in expected ^ our_breaks(text):
            used |= {name for name, explains in DEVIATIONS.items() if explains(text, at)}
    assert used == set(DEVIATIONS)


def test_we_break_nowhere_that_unicode_forbids_but_before_a_quoted_bracket() -> None:
    extra = [(text, at) for text, expected in cases() for at in our_breaks(text) - expected]
    assert [text for text, _ in extra] == ['" (']


def test_most_of_the_data_needs_no_deviation() -> None:
    assert sum(expected == our_breaks(text) for text, expected in cases()) >= 480
