"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.edition.language import LARGEST_IN_WORDS
from reportgen.edition.languages import language

NUMBERS = st.integers(0, LARGEST_IN_WORDS)
ZH, EN = language("zh"), language("en")


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (0, "零", "zero"), (1, "一", "one"), (10, "十", "ten"), (11, "十一", "eleven"), (20, "二十", "twenty"),
        (21, "二十一", "twenty-one"), (90, "九十", "ninety"), (99, "九十九", "ninety-nine"),
    ],
)  # fmt: skip
def test_cardinals(number: int, zh: str, en: str) -> None:
    assert (ZH.cardinal(number), EN.cardinal(number)) == (zh, en)


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [
        (1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"), (8, "eighth"), (9, "ninth"),
        (12, "twelfth"), (20, "twentieth"), (21, "twenty-first"), (22, "twenty-second"), (35, "thirty-fifth"),
    ],
)  # fmt: skip
def test_english_ordinals(number: int, ordinal: str) -> None:
    assert EN.ordinal(number) == ordinal


@given(NUMBERS)
def test_chinese_numeral_reads_back(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ten, ones = ZH.cardinal(number).partition("十")
    read = (
        10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0)
        if ten
        else digits.index(tens)
    )
    assert read == number


@given(NUMBERS, NUMBERS)
def test_no_two_numbers_share_a_word(a: int, b: int) -> None:
    for write in (ZH.cardinal, EN.cardinal, ZH.ordinal, EN.ordinal):
        assert (write(a) == write(b)) == (a == b)


@given(NUMBERS)
def test_chinese_counts_two_by_its_own_word_and_no_other_number(number: int) -> None:
    assert ZH.count(number) == ("两" if number == 2 else ZH.cardinal(number))
