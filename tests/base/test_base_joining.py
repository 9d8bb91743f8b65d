"""Lines joined to one line."""

from __future__ import annotations

import pytest

from reportgen.base.joining import one_line


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ((), ""),
        (("one",), "one"),
        (("one", "two"), "one two"),
        (("one ", " two"), "one two"),
        (("état", "à l’est"), "état à l’est"),
        (("统计", "报告"), "统计报告"),
        (("报告，", "two"), "报告，two"),
        (("2013–2023", "年"), "2013–2023年"),
        (("one", "", "two"), "one two"),
        (("", "one", ""), "one"),
    ],
)
def test_lines_are_joined_with_a_space_between_western_words_only(
    lines: tuple[str, ...], joined: str
) -> None:
    assert one_line(lines) == joined
