"""Chinese display text broken between its clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_samples import style, words
from special_pages import with_part
from test_layout_opener import opener, publish

from reportgen.edition.document import Hyperlink, Inlines, Text
from reportgen.layout.display.clauses import clause_lines, clauses, fill


def plain(content: Inlines) -> str:
    return "".join(part.text for part in content if isinstance(part, Text))


def broken(text: str, measure: float, most: int = 3) -> list[str]:
    return [plain(line) for line in clause_lines(words(text), lambda w: float(len(plain(w))), measure, most)]


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("甲乙丙，丁戊己。", 10.0, ["甲乙丙，丁戊己。"]),
        (
            "数字经济成为重点，授权双向增长，企业活跃。",
            20.0,
            ["数字经济成为重点，", "授权双向增长，企业活跃。"],
        ),
        ("甲说：“乙丙。”丁戊己庚。", 8.0, ["甲说：“乙丙。”", "丁戊己庚。"]),
        ("一个比版心还长的小句，短。", 8.0, []),
        ("甲乙丙，丁戊己，庚辛壬，癸。", 5.0, []),
    ],
)
def test_lines_end_with_clauses_if_that_takes_no_more_of_them(
    text: str, measure: float, lines: list[str]
) -> None:
    assert broken(text, measure) == lines


@given(st.text("国家专利，。；”", min_size=1, max_size=60), st.floats(5, 80))
def test_nothing_is_lost_and_no_line_is_wider_than_the_measure(text: str, measure: float) -> None:
    lines = broken(text, measure, 99)
    assert not lines or ("".join(lines) == text and all(len(line) <= measure for line in lines))
    assert "".join(map(plain, clauses(words(text)))) == text


def test_a_clause_keeps_what_its_words_carry() -> None:
    content = (Text("累计"), Text("57", fact="s.agreements"), Hyperlink("#a", (Text("个"),)), Text("，完"))
    assert clauses(content) == [(*content[:3], Text("，")), (Text("完"),)]


def test_a_line_takes_what_fits_in_it() -> None:
    assert fill([2.0, 3.0, 4.0], 5.0) == [0, 2, 3]
    assert fill([9.0, 1.0], 5.0) == [0, 1, 2]


def test_a_thesis_does_not_break_a_word() -> None:
    thesis = "数字经济核心产业成为双方专利合作的重点，授权规模双向增长，产业结构相近，企业创新活跃。"
    page = opener(publish(with_part("zh-CN", "题目", thesis, ("7.0", "万件", "申请")), "zh-CN").value)
    size = style().paragraphs["thesis"].text.size
    lines: dict[float, str] = {}
    for item in page.frame.items:
        run = item.item
        if item.content is not None and getattr(run, "size", 0) == size:
            lines[item.y] = lines.get(item.y, "") + getattr(run, "text", "")
    assert [line[-1] for _, line in sorted(lines.items())] == ["，", "。"]
