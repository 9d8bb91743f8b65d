"""CLREQ 3.1.4: what no line may start or end with, at four levels; 3.1.5: what no line break may divide."""

from __future__ import annotations

import pytest
from text_cases import breaks, lines

from reportgen.text.classes import NOT_AT_END, NOT_AT_START

STOPS_AND_PAUSES = "。．！？，、；："
CLOSING = "”’）〕］｝〉》」』】〗"
OPENING = "“‘（〔［｛〈《「『【〖"
LEVELS = ("basic", "gb", "strict")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mark", STOPS_AND_PAUSES + CLOSING)
def test_line_start_prohibits_stops_pauses_and_closing_marks(mark: str, level: str) -> None:
    assert breaks(f"中{mark}国", prohibition=level) == f"中{mark}|国"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mark", OPENING)
def test_line_end_prohibits_opening_marks(mark: str, level: str) -> None:
    assert breaks(f"中{mark}国", prohibition=level) == f"中|{mark}国"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mark", "～—–·／")
def test_line_start_prohibits_connectors_interpuncts_and_slashes(mark: str, level: str) -> None:
    assert breaks(f"中{mark}国", prohibition=level).startswith(f"中{mark}")


def test_slash_may_end_a_line_at_basic_level_but_not_gb_style() -> None:
    assert breaks("中／国", prohibition="basic") == "中／|国"
    assert breaks("中／国", prohibition="gb") == "中／国"
    assert breaks("中／国", prohibition="strict") == "中／国"


@pytest.mark.parametrize("mark", ["——", "……", "⋯⋯", "⸺", "々", "ー"])
def test_dashes_ellipses_and_iteration_marks_may_start_a_line_unless_strict(mark: str) -> None:
    assert breaks(f"中{mark}国", prohibition="gb") == f"中|{mark}|国"
    assert breaks(f"中{mark}国", prohibition="strict") == f"中{mark}|国"


@pytest.mark.parametrize("mark", ["——", "……", "⋯⋯"])
def test_doubled_mark_is_one_unit(mark: str) -> None:
    (box,) = [b for line in lines(mark, 500.0) for b in line.runs]
    assert box.run.text == mark
    assert box.run.width == pytest.approx(20.0)


def test_four_dashes_may_part_between_the_two_pairs() -> None:
    assert breaks("中————国", prohibition="gb") == "中|——|——|国"


@pytest.mark.parametrize("mark", STOPS_AND_PAUSES + CLOSING + OPENING)
def test_level_none_prohibits_nothing(mark: str) -> None:
    assert breaks(f"中{mark}国", prohibition="none") == f"中|{mark}|国"


def test_each_level_prohibits_what_the_one_below_does() -> None:
    for weaker, stronger in (("none", "basic"), ("basic", "gb"), ("gb", "strict")):
        assert NOT_AT_START[weaker] <= NOT_AT_START[stronger]  # type: ignore[index]
        assert NOT_AT_END[weaker] <= NOT_AT_END[stronger]  # type: ignore[index]


def test_closing_marks_in_a_row_stay_with_their_word() -> None:
    assert breaks("（中国）”。他") == "（中|国）”。|他"


def test_line_start_prohibits_western_stops_too() -> None:
    assert breaks("中国,他") == "中|国,|他"
    assert breaks("中国)他") == "中|国)|他"


def test_full_width_per_cent_stays_behind_and_currency_before_its_number() -> None:
    assert breaks("约５％左") == "约|５％|左"
    assert breaks("约￥5左") == "约|￥5|左"


def test_apostrophe_in_a_latin_word_is_no_closing_quote() -> None:
    assert breaks("在Xi’an设") == "在|Xi’an|设"
    assert lines("在Xi’an设", 200.0)[0].runs[1].run.text == "Xi’an"


def test_prohibition_holds_where_the_style_of_characters_changes() -> None:
    from dataclasses import replace

    from text_cases import SERIF, STYLE, setting

    from reportgen.text.costs import FORBIDDEN
    from reportgen.text.itemize import TextSpan, itemize

    bold = replace(SERIF, weight="bold")
    found = itemize(
        (TextSpan("中国", bold, "zh-CN"), TextSpan("，他", SERIF, "zh-CN")), STYLE, setting()
    ).value
    assert [gap.penalty == FORBIDDEN for gap in found.gaps] == [False, True, False, False]
