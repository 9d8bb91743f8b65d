"""Formats: every number rounded half away from zero, no word that the value does not bear."""

from __future__ import annotations

from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

import pytest
from edition_world import code_list, fact
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.edition.formats import FORMATS, FormatFault, format_fact
from reportgen.edition.hedges import nearest_tenth
from reportgen.edition.language import UnknownLocale
from reportgen.edition.languages import language
from reportgen.facts.book import FactValue

ZH = language("zh_Hans_CN", "zh-CN")
EN = language("en_GB", "en-GB")
US = language("en_US", "en-US")
LISTS = {
    "names": code_list(
        "names", ("a", "半导体", "Semiconductors"), ("b", "电信", "Telecommunications"), ("c", "药品", "ICT")
    )
}


def _said(value: FactValue, kind: str, spec: str, **changes: object) -> tuple[str, str]:
    from dataclasses import replace

    made = replace(fact("a.b", value, kind), code_list="names", **changes)  # type: ignore[arg-type]
    zh, en = (format_fact(made, spec, locale, LISTS) for locale in (ZH, EN))
    return zh, en.replace("\u00a0", " ")


def _number(value: str, spec: str, **changes: object) -> tuple[str, str]:
    return _said(Decimal(value), "number", spec, **changes)


def _ratio(value: str, spec: str) -> tuple[str, str]:
    return _said(Decimal(value), "ratio", spec)


@pytest.mark.parametrize(
    ("value", "spec", "zh", "en"),
    [
        ("26853", "int", "26,853", "26,853"),
        ("-26853", "int", "\u221226,853", "\u221226,853"),
        ("0", "int", "0", "0"),
        ("2.5", "num.0", "3", "3"),
        ("-2.5", "num.0", "\u22123", "\u22123"),
        ("-0.4", "num.0", "0", "0"),
        ("1234.565", "num.2", "1,234.57", "1,234.57"),
        ("69999", "wan.1", "7.0万", "70,000"),
        ("70000", "wan", "7.0万", "70,000"),
        ("285000", "wan.0", "29万", "290,000"),
        ("26853", "wan.2", "2.69万", "26,900"),
        ("320000000", "yi.1", "3.2亿", "320 million"),
        ("321400000", "yi.2", "3.21亿", "321 million"),
        ("321450000", "yi.3", "3.215亿", "321.5 million"),
        ("285000", "compact", "28.5万", "285,000"),
        ("1234567", "compact", "123万", "1.23 million"),
        ("99996000", "compact", "1亿", "100 million"),
        ("999999", "compact", "100万", "1 million"),
        ("1234", "compact", "1,230", "1,230"),
        ("0.126", "compact", "0.13", "0.13"),
        ("5", "words", "五", "five"),
        ("2", "words", "两", "two"),
        ("2", "numeral", "二", "two"),
        ("21", "numeral", "二十一", "twenty-one"),
        ("2", "ordinal", "第二", "second"),
        ("1342", "int.over", "1,300余", "more than 1,300"),
        ("52", "int.over", "50余", "more than 50"),
        ("1342", "int.over.1000", "1,000余", "more than 1,000"),
    ],
)
def test_number_is_printed_so(value: str, spec: str, zh: str, en: str) -> None:
    assert _number(value, spec) == (zh, en)


@pytest.mark.parametrize(
    ("value", "spec", "zh", "en"),
    [
        ("0.2125", "pct.1", "21.3%", "21.3%"),
        ("0.2125", "pct", "21.3%", "21.3%"),
        ("-0.0555", "pct.0", "\u22126%", "\u22126%"),
        ("0.955", "pct.over", "超过95%", "more than 95%"),
        ("0.955", "pct.over.5", "超过95%", "more than 95%"),
        ("0.787", "hedge", "近八成", "nearly 80%"),
        ("0.503", "hedge", "约一半", "about half"),
        ("0.512", "hedge", "逾一半", "just over half"),
        ("0.487", "hedge.about", "约一半", "about half"),
        ("0.475", "hedge", "近一半", "nearly half"),
        ("0.4949", "hedge", "近一半", "nearly half"),
        ("0.495", "hedge", "约一半", "about half"),
        ("0.505", "hedge", "约一半", "about half"),
        ("0.5051", "hedge", "逾一半", "just over half"),
        ("0.525", "hedge", "逾一半", "just over half"),
        ("0.6", "share", "六四开", "six to four"),
    ],
)
def test_ratio_is_printed_so(value: str, spec: str, zh: str, en: str) -> None:
    assert _ratio(value, spec) == (zh, en)


@pytest.mark.parametrize(
    ("value", "kind", "spec", "zh", "en"),
    [
        (Decimal("0.033"), "points", "pp.1", "3.3个百分点", "3.3 percentage points"),
        (Decimal("0.01"), "points", "pp.0", "1个百分点", "1 percentage point"),
        (Decimal("-0.01"), "points", "pp.0", "\u22121个百分点", "\u22121 percentage point"),
        ("a", "code", "name", "半导体", "Semiconductors"),
        ("a", "code", "name.lower", "半导体", "semiconductors"),
        ("c", "code", "name.lower", "药品", "ICT"),
        (
            ("a", "b", "c"),
            "codes",
            "names",
            "半导体、电信、药品",
            "Semiconductors, Telecommunications and ICT",
        ),
        (("a", "b", "c"), "codes", "names.2.lower", "半导体、电信", "semiconductors and telecommunications"),
        (("a", "b", "c"), "codes", "names.1", "半导体", "Semiconductors"),
        (Decimal(2023), "year", "year", "2023", "2023"),
        ("2013-2023", "text", "years", "2013-2023", "2013–2023"),
        (("2013", "2023"), "codes", "years", "2013-2023", "2013–2023"),
        ("2024-07", "text", "month", "2024年7月", "July 2024"),
        ("2024-07-05", "text", "date", "2024年7月5日", "5 July 2024"),
        ("as it is", "text", "text", "as it is", "as it is"),
    ],
)
def test_other_facts_are_printed_so(value: FactValue, kind: str, spec: str, zh: str, en: str) -> None:
    assert _said(value, kind, spec) == (zh, en)


def test_american_dates_have_the_month_first() -> None:
    assert format_fact(fact("a", "2024-07-05", "text"), "date", US).replace("\u00a0", " ") == "July 5, 2024"


def test_lower_bound_that_is_published_may_be_said_to_be_more() -> None:
    assert _number("1300", "int.over", at_least=True) == ("1,300余", "more than 1,300")


@pytest.mark.parametrize(
    ("value", "kind", "spec", "message"),
    [
        (Decimal(3), "number", "wann", "the format wann is unknown"),
        (Decimal(3), "number", "pct", "the format pct does not fit a.b, which is a number"),
        (Decimal(3), "number", "wan.1.2", "the format wan takes at most 1 arguments, not 1.2"),
        (Decimal(3), "number", "wan.x", "'x' is not a number of places, steps or names"),
        (Decimal(3), "number", "num", "the format needs a number after its name"),
        (Decimal(3), "number", "num.99", "99 decimals are too many"),
        (Decimal("3.5"), "number", "int", "a.b is 3.5, not a whole number"),
        (Decimal(3), "number", "int.under", "int.under is unknown"),
        (Decimal(1300), "number", "int.over", "a.b is exactly 1300, not more"),
        (Decimal(3), "number", "int.over", "a.b is 3: there is no round number below it"),
        (Decimal("0.95"), "ratio", "pct.over", "a.b is exactly 0.95, not more"),
        (Decimal("0.95"), "ratio", "pct.1.2", "pct.1.2 is unknown"),
        (Decimal("0.45"), "ratio", "hedge", "a.b is 0.4500: no tenth is within 0.025 of it"),
        (Decimal("0.5251"), "ratio", "hedge", "a.b is 0.5251: no tenth is within 0.025 of it"),
        (Decimal("0.98"), "ratio", "share", "a.b is 0.9800: no tenth is within 0.025 of it"),
        (Decimal("0.5"), "ratio", "hedge.near", "hedge.near is unknown"),
        (Decimal(100), "number", "words", "a.b is 100: only 0 to 99 are written in words"),
        (Decimal("1.5"), "number", "ordinal", "a.b is 1.5: only 0 to 99 are written in words"),
        (Decimal(0), "number", "ordinal", "a.b is 0, which has no place in an order"),
        (Decimal(10**6), "number", "million", "Chinese has no scale million"),
        ("z", "code", "name", "the code z of a.b is in no code list"),
        ("a", "code", "name.long", "long is unknown here"),
        (("a",), "codes", "names.2", "a.b holds 1 names, not 2"),
        ("2013", "text", "years", "a.b is 2013, not a range of years such as 2013-2023"),
        ("2024-13", "text", "month", "a.b is 2024-13, not a month or date such as 2015-10"),
        ("2024-07", "text", "date", "a.b is 2024-07, which names no day"),
    ],
)
def test_format_that_does_not_fit_is_refused(value: FactValue, kind: str, spec: str, message: str) -> None:
    with pytest.raises(FormatFault) as caught:
        _said(value, kind, spec)
    assert str(caught.value) == message


def test_unknown_format_is_guessed_at() -> None:
    with pytest.raises(FormatFault) as caught:
        _number("3", "milion")
    assert caught.value.hints == ("did you mean million or billion?",)


def test_every_format_names_kinds_that_facts_can_have() -> None:
    kinds = {"number", "ratio", "points", "year", "period", "code", "codes", "text"}
    assert {kind for form in FORMATS.values() for kind in form.kinds} == kinds


# Properties -----------------------------------------------------------------------------------------------------

_VALUES = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=4)
_RATIOS = st.decimals(-1, 2, allow_nan=False, allow_infinity=False, places=5)
_SPECS = st.builds(
    lambda name, *arguments: ".".join((name, *arguments)),
    st.sampled_from(sorted(FORMATS)),
    st.sampled_from(("", "0", "1", "9", "10", "over", "short", "x", "99999")),
    st.sampled_from(("", "1", "lower")),
).map(lambda spec: spec.rstrip("."))


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("\u2212", "-"))


@settings(deadline=None, max_examples=200)
@given(_VALUES, st.integers(0, 4))
def test_written_number_reads_back_as_the_rounded_value(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert _read(EN.number(value, places)) == expected
    assert ZH.number(value, places) == EN.number(value, places)
    assert _read(EN.trimmed(value, places)) == expected


@settings(deadline=None, max_examples=100)
@given(_VALUES, st.integers(0, 3))
def test_wan_says_the_same_in_both_languages(value: Decimal, places: int) -> None:
    made = fact("a", value, "number")
    zh, en = (format_fact(made, f"wan.{places}", locale) for locale in (ZH, EN))
    assert _read(zh.removesuffix("万")) * 10**4 == _read(en)


@settings(deadline=None, max_examples=100)
@given(_VALUES)
def test_compact_is_within_half_a_unit_of_its_third_figure(value: Decimal) -> None:
    made = fact("a", value, "number")
    for locale, scales in ((ZH, {"万": 10**4, "亿": 10**8}), (EN, {"million": 10**6, "billion": 10**9})):
        text = format_fact(made, "compact", locale).replace("\u00a0", "")
        scale = next((size for word, size in scales.items() if text.endswith(word)), 1)
        said = _read(text.rstrip("万亿milonb")) * scale
        figures = len(str(int(abs(value))))
        assert abs(said - value) <= Decimal(5).scaleb(figures - 4)


@settings(deadline=None, max_examples=150)
@given(_RATIOS)
def test_hedge_is_honest(value: Decimal) -> None:
    tenth = nearest_tenth(value)
    made = fact("a", value, "ratio")
    for locale in (ZH, EN):
        if tenth is None:
            assert all(abs(value - Decimal(k) / 10) > Decimal("0.025") for k in range(1, 10))
            with pytest.raises(FormatFault):
                format_fact(made, "hedge", locale)
            continue
        said = format_fact(made, "hedge", locale)
        away = value - Decimal(tenth) / 10
        assert abs(away) <= Decimal("0.025")
        if said.startswith(("近", "nearly")):
            assert away < Decimal("-0.005")
        elif said.startswith(("逾", "just over")):
            assert away > Decimal("0.005")
        else:
            assert said.startswith(("约", "about"))
            assert abs(away) <= Decimal("0.005")


@settings(deadline=None, max_examples=100)
@given(_RATIOS)
def test_split_names_two_parts_of_ten(value: Decimal) -> None:
    if nearest_tenth(value) is None:
        return
    said = format_fact(fact("a", value, "ratio"), "share", ZH)
    digits = "零一二三四五六七八九十"
    first, second = digits.index(said[0]), digits.index(said[1])
    assert first + second == 10
    assert abs(value - Decimal(first) / 10) <= Decimal("0.025")


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 10**9), st.sampled_from([None, 10, 100, 1000]))
def test_over_is_always_less_than_the_value(value: int, step: int | None) -> None:
    made = fact("a", Decimal(value), "number")
    try:
        said = format_fact(made, "int.over" + (f".{step}" if step else ""), ZH)
    except FormatFault:
        return
    assert 0 < _read(said.removesuffix("余")) < value


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(_VALUES, _RATIOS, st.text(max_size=8), st.lists(st.sampled_from("abz"), max_size=3).map(tuple)),
    st.sampled_from(["number", "ratio", "points", "year", "code", "codes", "text"]),
    _SPECS,
)
def test_no_format_breaks_otherwise_than_by_a_fault(value: FactValue, kind: str, spec: str) -> None:
    if (kind in ("number", "ratio", "points", "year")) != isinstance(value, Decimal):
        return
    with suppress(FormatFault):
        assert all(isinstance(text, str) for text in _said(value, kind, spec))


# Locales --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("identifier", ["qq_QQ", "de_DE", "", "zh-CN-x"])
def test_locale_that_no_edition_can_have_is_refused(identifier: str) -> None:
    with pytest.raises(UnknownLocale):
        language(identifier)


def test_thousands_separator_can_be_chosen() -> None:
    assert language("en_GB", "en-GB", "\u202f").number(Decimal(1234567), 0) == "1\u202f234\u202f567"
    assert language("zh_Hans_CN", "zh-CN", "").number(Decimal(1234567), 0) == "1234567"


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [
        ((), "", ""),
        (("a",), "a", "a"),
        (("a", "b"), "a、b", "a and b"),
        (("a", "b", "c"), "a、b、c", "a, b and c"),
    ],
)
def test_lists_are_joined_as_the_language_does(names: tuple[str, ...], zh: str, en: str) -> None:
    assert (ZH.listed(names), EN.listed(names)) == (zh, en)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (5000, "5,000", "5,000"),
        (15000.0, "1.5万", "15,000"),
        (200000000, "2亿", "200 million"),
        (0.1, "0.1", "0.1"),
        (-20000, "\u22122万", "\u221220,000"),
    ],
)
def test_axis_labels_are_short(value: float, zh: str, en: str) -> None:
    assert ZH.tick(value) == zh
    assert EN.tick(value).replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    ("value", "kind", "spec", "zh", "en"),
    [
        ("2021Q1", "period", "period.cap", "2021年第一季度", "The first quarter of 2021"),
        ("2021H2", "period", "period.cap", "2021年下半年", "The second half of 2021"),
        ("2021-03", "period", "period.cap", "2021年3月", "March 2021"),
        (Decimal("0.79"), "ratio", "hedge.cap", "近八成", "Nearly 80%"),
        (Decimal("0.951"), "ratio", "pct.over.5.cap", "超过95%", "More than 95%"),
        (Decimal(5), "number", "words.cap", "五", "Five"),
        (Decimal(1342), "number", "int.over.100.cap", "1,300余", "More than 1,300"),
        (("a", "c"), "codes", "names.2.lower.cap", "半导体、药品", "Semiconductors and ICT"),
        (Decimal(7), "number", "int.cap", "7", "7"),
    ],
)
def test_words_at_the_beginning_of_a_sentence_have_a_capital(
    value: FactValue, kind: str, spec: str, zh: str, en: str
) -> None:
    assert _said(value, kind, spec) == (zh, en)


def test_an_argument_is_still_checked_before_a_capital() -> None:
    with pytest.raises(FormatFault, match="at most 1 arguments"):
        _number("5", "num.1.2.cap")
    with pytest.raises(FormatFault, match="is not a number of places"):
        _number("5", "num.x.cap")
