"""CLREQ 3.1.6: how wide marks are, alone, beside one another and at the edges of a line."""

from __future__ import annotations

import pytest
from text_cases import EM, SANS, STYLE, gap_after, items, lines, setting

from reportgen.text.itemize import TextSpan
from reportgen.text.items import (
    SHRINK_BRACKET,
    SHRINK_COMMA,
    SHRINK_HAN_LATIN,
    SHRINK_SPACE,
    SHRINK_STOP,
    STRETCH_HAN_LATIN,
    STRETCH_REST,
    STRETCH_SPACE,
)
from reportgen.text.paragraph import set_paragraph


def ems(text: str, **changes: str) -> float:
    """Return the natural width in em of a text set between two ideographs, without these."""
    return round(lines(f"中{text}国", 1e6, **changes)[0].width / EM - 2, 3)


@pytest.mark.parametrize(
    ("text", "quanjiao", "kaiming", "plain"),
    [
        ("，", 1.0, 0.5, 1.0),
        ("、", 1.0, 0.5, 1.0),
        ("：", 1.0, 0.5, 1.0),
        ("。", 1.0, 1.0, 1.0),
        ("？", 1.0, 1.0, 1.0),
        ("（", 1.0, 0.5, 1.0),
        ("）", 1.0, 0.5, 1.0),
        ("”。", 1.5, 1.5, 2.0),
        ("”，", 1.5, 1.0, 2.0),
        ("。”", 1.5, 1.0, 2.0),
        ("《“", 1.5, 1.0, 2.0),
        ("》）", 1.5, 1.0, 2.0),
        ("”（", 1.5, 1.0, 2.0),
        ("，“", 1.5, 1.0, 2.0),
        ("。“", 1.5, 1.5, 2.0),
        ("——", 2.0, 2.0, 2.0),
        ("……", 2.0, 2.0, 2.0),
        ("·", 0.5, 0.5, 0.5),
    ],
)
def test_marks_take_the_width_their_style_gives(
    text: str, quanjiao: float, kaiming: float, plain: float
) -> None:
    assert ems(text, punctuation="quanjiao") == quanjiao
    assert ems(text, punctuation="kaiming") == kaiming
    assert ems(text, punctuation="plain") == plain


def test_of_two_marks_the_blank_towards_the_enclosed_text_goes() -> None:
    found = items("“《中》”。")
    assert [gap.width for gap in found.gaps] == [0.0] * 6
    assert gap_after(items("中”（国"), "”").width == EM / 2


def test_line_start_drops_the_blank_of_an_opening_mark() -> None:
    line = lines("（中国）", 500.0)[0]
    run = line.runs[0].run
    assert run.advances[0] == 500.0
    assert run.offsets is not None
    assert run.offsets[0] == (-500.0, 0.0)


def test_line_end_drops_the_blank_of_a_closing_mark() -> None:
    assert lines("中国。", 500.0)[0].width == pytest.approx(2.5 * EM)


def test_plain_style_keeps_the_blanks_at_the_edges() -> None:
    assert lines("（中国。", 500.0, punctuation="plain")[0].width == pytest.approx(4 * EM)


def test_full_width_mark_inside_a_line_is_drawn_as_the_font_has_it() -> None:
    run = lines("中（国）他", 500.0)[0].runs[0].run
    assert run.advances == (1000.0,) * 5
    assert run.offsets is None


def test_opening_mark_that_starts_a_run_gets_its_blank_back() -> None:
    western, chinese = lines("A（国）", 500.0)[0].runs
    assert (western.run.text, chinese.run.text) == ("A", "（国）")
    assert chinese.x == pytest.approx(western.run.width)
    assert chinese.run.advances == (1000.0, 1000.0, 500.0)
    assert chinese.run.offsets is None


def test_reduction_runs_in_clreq_order() -> None:
    order = [
        gap_after(items("a b国"), "a").shrink_tier,
        gap_after(items("中）国"), "）").shrink_tier,
        gap_after(items("中，国"), "，").shrink_tier,
        gap_after(items("中A国"), "中").shrink_tier,
        gap_after(items("中。国"), "。").shrink_tier,
    ]
    assert (
        order == [SHRINK_SPACE, SHRINK_BRACKET, SHRINK_COMMA, SHRINK_HAN_LATIN, SHRINK_STOP] == sorted(order)
    )


def test_expansion_runs_in_clreq_order() -> None:
    order = [
        gap_after(items("a b国"), "a").stretch_tier,
        gap_after(items("中A国"), "中").stretch_tier,
        gap_after(items("中国"), "中").stretch_tier,
    ]
    assert order == [STRETCH_SPACE, STRETCH_HAN_LATIN, STRETCH_REST] == sorted(order)


@pytest.mark.parametrize("mark", "，、；：。！？）”》")
def test_mark_shrinks_to_half_an_em_and_no_further(mark: str) -> None:
    gap = gap_after(items(f"中{mark}国"), mark)
    assert (gap.width, gap.shrink) == (EM / 2, EM / 2)


def test_mark_beside_a_figure_keeps_an_eighth_of_an_em() -> None:
    for text, before in (("中；59", "；"), ("PCT（中", "PCT")):
        gap = gap_after(items(text), before)
        assert (gap.width, gap.width - gap.shrink) == (EM / 2, EM / 8)


@pytest.mark.parametrize("mark", ["～", "／", "–", "—"])
def test_no_space_is_added_beside_connectors_and_slashes(mark: str) -> None:
    found = items(f"中{mark}国")
    assert gap_after(found, "中").stretch == 0.0
    assert gap_after(found, mark).stretch == 0.0


@pytest.mark.parametrize("face", ["serif", "sans"])
def test_interpunct_is_centred_in_half_an_em(face: str) -> None:
    from dataclasses import replace

    span = TextSpan("中·国", replace(SANS, family=face), "zh-CN")
    run = set_paragraph((span,), STYLE, 500.0, setting()).value[0].runs[0].run
    natural = 327.0 if face == "serif" else 1000.0
    assert run.advances[1] == 500.0
    assert run.offsets is not None
    assert run.offsets[1][0] == pytest.approx((500.0 - natural) / 2)


def test_stops_and_commas_hang_if_the_style_says_so() -> None:
    text = "中国中国，中国中国。"
    hung = lines(text, 4 * EM, hang=True)
    assert [line.text for line in hung] == ["中国中国，", "中国中国。"]
    assert [(line.width, line.hang) for line in hung] == [(4.5 * EM, EM / 2)] * 2


def test_no_bracket_hangs_nor_one_of_several_marks() -> None:
    assert [line.hang for line in lines("中国）", 500.0, hang=True)] == [0.0]
    assert [line.hang for line in lines("中国”。", 500.0, hang=True)] == [0.0]
