"""CLREQ 3.1.5: numbers with signs, units and per cent, dates and references stay whole; so do their English like."""

from __future__ import annotations

import pytest
from text_cases import breaks

NB = "\u00a0"


@pytest.mark.parametrize(
    "whole",
    [
        "7.0万件", "18.1%", "2013-2023年", "2013—2023年", "2013～2023年", "12,345件", "7万余件", "3个百分点", "−5.6%",
        "图1-1", "表2-3", "第3章", "第十四届", "50多个国家", "1.2亿元", "25℃", "2024年", "7月", "US$5",
    ],
)  # fmt: skip
def test_number_with_its_unit_is_not_divided(whole: str) -> None:
    assert breaks(f"计{whole}，") == f"计|{whole}，"


def test_typed_space_between_number_and_unit_does_not_divide_them() -> None:
    assert breaks("计 7.0 万件，") == "计|7.0万件，"
    assert breaks("见图 1-1。") == "见|图1-1。"


def test_date_may_divide_after_year_and_month() -> None:
    assert breaks("于2024年7月12日发") == "于|2024年|7月|12日|发"


def test_number_does_not_hold_the_word_behind_it() -> None:
    assert breaks("计18.1%左右") == "计|18.1%|左|右"
    assert breaks("From 2013 to", "en-GB") == "From|2013|to"


@pytest.mark.parametrize(
    "whole",
    [
        "Figure 1-1", "Figures 1-1", "Table 2", "Part 4", "7.0 million", "18.1 per cent", "3 percentage",
        "1 July", "12 km", "p. 7", "pp. 7", "No. 3",
    ],
)  # fmt: skip
def test_english_reader_expects_these_on_one_line(whole: str) -> None:
    assert breaks(f"see {whole} here", "en-GB") == f"see|{whole}|here"


@pytest.mark.parametrize(
    "whole", ["4.1\u00a0percentage", "7.0\u00a0million", "Figure\u00a01-1", "3\u00a0percentage"]
)
def test_no_break_space_in_a_quantity_holds_all_of_it(whole: str) -> None:
    assert breaks(f"see {whole} here", "en-GB") == f"see|{whole}|here".replace(NB, " ")


def test_word_in_a_quantity_is_not_hyphenated() -> None:
    assert breaks("4.1 percentage points", "en-GB", hyphenate=True) == "4.1 percentage|points"
    assert breaks("a percentage", "en-GB", hyphenate=True) == "a|per-|cent-|age"


def test_no_break_space_does_not_break() -> None:
    assert breaks(f"Mr{NB}Li spoke", "en-GB") == "Mr Li|spoke"
    assert breaks(f"中国{NB}他", "zh-CN") == "中|国 他"


def test_number_with_a_dot_or_comma_is_one_box() -> None:
    assert breaks("about 12,345.67 here", "en-GB") == "about|12,345.67|here"


def test_hyphenated_word_divides_at_its_hyphen_but_not_before_a_digit() -> None:
    assert breaks("long-term COVID-19", "en-GB") == "long-|term|COVID-19"


def test_slash_divides_before_a_letter_but_not_in_gb_style_chinese() -> None:
    assert breaks("and/or 2013/14", "en-GB") == "and/|or|2013/14"
    assert breaks("按and/or计") == "按|and/or|计"


def test_note_mark_stays_with_the_word_before_it() -> None:
    from dataclasses import replace

    from text_cases import SERIF, STYLE, setting

    from reportgen.text.costs import FORBIDDEN
    from reportgen.text.itemize import TextSpan, itemize

    raised = replace(SERIF, rise=3.0, size=6.0)
    spans = (TextSpan("专利", SERIF, "zh-CN"), TextSpan("1", raised, "zh-CN"), TextSpan("的", SERIF, "zh-CN"))
    gap = itemize(spans, STYLE, setting()).value.gaps[1]
    assert (gap.penalty, gap.width, gap.stretch) == (FORBIDDEN, 0.0, 0.0)


def test_space_behind_a_note_mark_is_one_of_the_text() -> None:
    from dataclasses import replace

    from text_cases import SERIF, STYLE, setting

    from reportgen.text.itemize import TextSpan, itemize

    raised = replace(SERIF, rise=3.0, size=6.0)
    spans = (
        TextSpan("2023,", SERIF, "en-GB"),
        TextSpan("A", raised, "en-GB"),
        TextSpan(" in", SERIF, "en-GB"),
    )
    whole = itemize((spans[0], spans[2]), STYLE, setting()).value.gaps[0]
    marked = itemize(spans, STYLE, setting()).value.gaps[1]
    assert (marked.width, marked.stretch) == (whole.width, whole.stretch)
