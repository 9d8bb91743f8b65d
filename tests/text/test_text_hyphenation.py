"""Where Western words may be divided, and how a divided word is set."""

from __future__ import annotations

from itertools import pairwise

import pytest
from text_cases import breaks, items, lines, setting, styled, texts

from reportgen.text.costs import HOUSE
from reportgen.text.hyphenation import EXCEPTIONS, hyphen_positions


def shown(word: str, dictionary: str) -> str:
    cuts = (0, *hyphen_positions(word, dictionary), len(word))
    return "-".join(word[a:b] for a, b in pairwise(cuts))


@pytest.mark.parametrize(
    ("word", "british", "american"),
    [
        ("cooperation", "co-oper-a-tion", "co-op-er-a-tion"),
        ("manufacturing", "man-u-fac-tur-ing", "man-u-fac-tur-ing"),
        ("technology", "tech-nol-ogy", "tech-nol-ogy"),
        ("patents", "patents", "pat-ents"),
        ("analysis", "ana-lysis", "anal-y-sis"),
    ],
)
def test_british_and_american_divide_differently(word: str, british: str, american: str) -> None:
    assert shown(word, "en_GB") == british
    assert shown(word, "en_US") == american


def test_exceptions_spell_their_words() -> None:
    for words in EXCEPTIONS.values():
        for word, parts in words.items():
            assert parts.replace("-", "") == word


def test_short_names_and_capitals_stay_whole() -> None:
    for word in ("Huawei", "Tencent", "PCT", "WIPO", "SEMICONDUCTORS", "OpenOffice"):
        assert hyphen_positions(word, "en_GB") == ()


def test_long_name_divides_only_in_need() -> None:
    found = items("Microelectronics telescopes", "en-GB", hyphenate=True)
    penalties = {gap.penalty for gap in found.gaps if gap.hyphen}
    assert penalties == {HOUSE.hyphen, HOUSE.name}
    start = "one of the makers is"
    measure = lines(start, 500.0, "en-GB")[0].width + 4.0
    made = texts(f"{start} Microelectronics", measure, "en-GB", hyphenate=True)
    assert made == [start, "Microelectronics"]
    assert texts("is Microelectronics", 80.0, "en-GB", hyphenate=True) == ["is Microelec-", "tronics"]


def test_two_letters_stand_before_and_three_after_a_hyphen() -> None:
    for word in ("area", "also", "open", "only", "idea", "away", "digital", "agency", "rapidly"):
        for position in hyphen_positions(word, "en_US"):
            assert 2 <= position <= len(word) - 3


def test_two_letters_at_a_line_end_cost_more_than_three() -> None:
    found = items("applications", "en-GB", hyphenate=True)
    first, *others = (gap.penalty for gap in found.gaps if gap.hyphen)
    assert first == HOUSE.hyphen + HOUSE.short_start
    assert set(others) == {HOUSE.hyphen}


def test_soft_hyphen_overrules_the_dictionary() -> None:
    assert breaks("manu\u00adfacturing", "en-GB", hyphenate=True) == "manu-|facturing"


def test_word_is_divided_only_if_the_style_says_so() -> None:
    assert breaks("digital", "en-GB", hyphenate=False) == "digital"
    assert breaks("digital", "en-GB", hyphenate=True) == "di-|gital"


def test_hyphen_at_a_line_end_is_a_soft_one_for_readers_and_a_hyphen_on_paper() -> None:
    first, second = lines("manufacturing", 45.0, "en-GB", hyphenate=True)
    run = first.runs[-1].run
    face = setting("latin").fonts.face(run.face)
    assert first.hyphenated
    assert not second.hyphenated
    assert run.texts[-1] == "\u00ad"
    assert run.glyphs[-1] == face.glyph_of("-")
    assert (first.text + second.text).replace("\u00ad", "") == "manufacturing"
    assert first.width == pytest.approx(run.width)


def test_soft_hyphen_inside_a_line_leaves_no_trace() -> None:
    assert lines("manu\u00adfacturing", 500.0, "en-GB")[0].text == "manufacturing"
    assert lines("中\u00ad国", 500.0)[0].text == "中国"


def test_word_is_kerned_and_ligated_as_a_whole() -> None:
    whole = lines("official", 500.0, "en-GB", hyphenate=True)[0].runs[0].run
    shaped = setting("latin").fonts.face(whole.face).shape("official", "en-GB", ())
    assert whole.glyphs == shaped.glyphs
    assert whole.advances == shaped.advances


def test_no_cut_falls_inside_a_ligature() -> None:
    from reportgen.text.costs import FORBIDDEN
    from reportgen.text.token_table import pieces

    assert pieces(("o", "ffi", "ce"), {2: (60.0, True), 4: (60.0, True)}) == [
        (2, 60.0, True), (3, FORBIDDEN, False),
    ]  # fmt: skip


def test_compound_divides_at_its_own_hyphen_first() -> None:
    assert texts("manufacturing-related", 78.0, "en-GB", hyphenate=True)[0] == "manufacturing-"


def test_features_of_the_style_reach_western_words() -> None:
    from dataclasses import replace

    from text_cases import SERIF

    from reportgen.text.itemize import TextSpan
    from reportgen.text.paragraph import set_paragraph

    def glyphs(text: str, *features: str) -> tuple[int, ...]:
        span = TextSpan(text, replace(SERIF, features=features), "en-GB")
        return set_paragraph((span,), styled(), 500.0, setting("latin")).value[0].runs[0].run.glyphs

    assert glyphs("nato", "smcp") != glyphs("nato")
    assert glyphs("2013", "onum") != glyphs("2013", "lnum")
    assert glyphs("2013", "pnum") != glyphs("2013", "tnum")
    assert glyphs("fi", "-liga") != glyphs("fi") or len(glyphs("fi")) == 2


def test_tabular_figures_have_one_width() -> None:
    from dataclasses import replace

    from text_cases import SERIF

    from reportgen.text.paragraph import set_line

    style = replace(SERIF, features=("lnum", "tnum"))
    found = (set_line(str(digit), style, "en-GB", setting("latin")).value for digit in range(10))
    widths = {round(line.width, 6) for line in found if line is not None}
    assert len(widths) == 1
