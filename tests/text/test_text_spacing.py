"""CLREQ 3.2: the gap between Chinese and Western text; typed spaces; word spaces."""

from __future__ import annotations

import pytest
from text_cases import EM, gap_after, items, lines

QUARTER = EM / 4


@pytest.mark.parametrize("pair", ["中A", "A中", "中1", "1中", "5%中", "中−5", "中$5"])
def test_quarter_em_stands_between_han_and_western(pair: str) -> None:
    gap = items(pair).gaps[0]
    assert (gap.kind, gap.width) == ("han-latin", QUARTER)


def test_gap_stretches_to_a_third_and_shrinks_to_an_eighth() -> None:
    gap = gap_after(items("中A"), "中")
    assert gap.width + gap.stretch == pytest.approx(EM / 3)
    assert gap.width - gap.shrink == pytest.approx(EM / 8)


@pytest.mark.parametrize("mark", "，。：（）“”《》")
def test_no_gap_beside_punctuation(mark: str) -> None:
    for text in (f"A{mark}中", f"中{mark}A"):
        assert all(gap.kind != "han-latin" for gap in items(text).gaps)


@pytest.mark.parametrize("text", ["中 A 国", "中A国", "中  A\u2009国"])
def test_typed_space_is_absorbed(text: str) -> None:
    line = lines(text, 500.0)[0]
    assert line.text == "中A国"
    assert line.width == pytest.approx(lines("中A国", 500.0)[0].width)


def test_typed_space_beside_a_chinese_mark_goes() -> None:
    assert lines("中国， 他说", 500.0)[0].text == "中国，他说"


def test_typed_space_between_ideographs_stays_a_space() -> None:
    assert lines("张 三", 500.0)[0].text == "张 三"


def test_ideographic_space_keeps_its_em() -> None:
    assert lines("中\u3000国", 500.0)[0].width == pytest.approx(3 * EM)


def test_gap_vanishes_at_the_edges_of_a_line() -> None:
    whole = lines("中国AB中国", 500.0)[0].width
    first, second = lines("中国AB中国", whole - 2 * EM - QUARTER, align="left")
    assert first.text + second.text == "中国AB中国"
    assert first.width == pytest.approx(whole - 2 * EM - QUARTER)


def test_unit_may_be_set_tight() -> None:
    assert gap_after(items("计5年"), "5").width == QUARTER
    assert gap_after(items("计5年", unit_space=False), "5").width == 0.0
    assert gap_after(items("计5年", unit_space=False), "计").width == QUARTER


def test_style_without_gap_keeps_typed_spaces() -> None:
    assert gap_after(items("中A", han_latin_space=0.0), "中").width == 0.0
    assert lines("中 A", 500.0, han_latin_space=0.0)[0].text == "中 A"


def test_word_space_in_chinese_stays_between_a_quarter_and_a_half() -> None:
    gap = gap_after(items("在digital age中"), "digital")
    assert gap.width + gap.stretch == pytest.approx(EM / 2)
    assert gap.width - gap.shrink <= EM / 4 + 1e-9


def test_word_space_in_english_shrinks_less_than_it_stretches() -> None:
    gap = gap_after(items("digital age", "en-GB"), "digital")
    assert gap.stretch == pytest.approx(0.6 * gap.width)
    assert gap.shrink == pytest.approx(0.2 * gap.width)


def test_space_at_a_line_end_is_text_but_takes_no_width() -> None:
    first = lines("digital age", 40.0, "en-GB", align="left")[0]
    assert first.text == "digital "
    assert first.width == pytest.approx(lines("digital", 40.0, "en-GB", align="left")[0].width)


def test_chinese_in_english_is_marked_chinese_and_set_from_the_han_face() -> None:
    runs = lines("the 一带一路 plan", 500.0, "en-GB")[0].runs
    assert [(r.run.lang, r.run.face) for r in runs] == [
        ("en-GB", "SourceSerif4-Regular"), ("zh-CN", "NotoSerifSC-Regular"), ("en-GB", "SourceSerif4-Regular"),
    ]  # fmt: skip


def test_english_in_chinese_is_marked_english_but_figures_are_not() -> None:
    runs = lines("用PCT的5件", 500.0)[0].runs
    assert [(r.run.text, r.run.lang) for r in runs] == [
        ("用", "zh-CN"), ("PCT", "en"), ("的", "zh-CN"), ("5", "zh-CN"), ("件", "zh-CN"),
    ]  # fmt: skip


def test_marks_of_both_scripts_follow_the_language() -> None:
    assert lines("“a” — b…", 500.0, "en-GB")[0].runs[0].run.face == "SourceSerif4-Regular"
    assert {r.run.face for r in lines("“中”——国……", 500.0)[0].runs} == {"NotoSerifSC-Regular"}
