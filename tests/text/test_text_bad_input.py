"""Bad input gives a diagnostic or a sane line, never a traceback or an endless loop."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_cases import EM, SANS, SERIF, lines, setting, styled

from reportgen.base.diagnostics import Result
from reportgen.text.itemize import TextSpan
from reportgen.text.paragraph import Line, set_line, set_paragraph


def set_text(
    text: str, measure: float = 100.0, lang: str = "zh-CN", **changes: object
) -> Result[tuple[Line, ...]]:
    return set_paragraph((TextSpan(text, SERIF, lang),), styled(**changes), measure, setting())


def words(result: Result[tuple[Line, ...]]) -> str:
    return "".join(line.text for line in result.value)


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("\x07", "a control character"),
        ("\x9b", "a control character"),
        ("\ud800", "half of a surrogate pair"),
        ("\ue000", "a private-use character"),
        ("\U000f0000", "a private-use character"),
        ("\u0378", "an unassigned character"),
        ("\uffff", "an unassigned character"),
    ],
)
def test_character_that_cannot_be_set_is_an_error_that_names_it(char: str, kind: str) -> None:
    result = set_text(f"中{char}国")
    assert [d.message for d in result.errors] == [f"U+{ord(char):04X} is {kind} and cannot be set"]
    assert words(result) == "中国"


def test_character_without_a_glyph_is_an_error_with_a_hint_and_the_rest_is_set() -> None:
    result = set_text("中א국国ב")
    assert [d.message.split("character ")[1] for d in result.errors] == [
        "א (U+05D0 HEBREW LETTER ALEF)", "국 (U+AD6D HANGUL SYLLABLE GUG)", "ב (U+05D1 HEBREW LETTER BET)",
    ]  # fmt: skip
    assert "fonts/fonts.toml" in result.errors[0].hints[0]
    assert words(result) == "中国"


def test_each_fault_is_reported_once() -> None:
    assert len(set_text("\x07\x07中\x07אא").diagnostics) == 2


@pytest.mark.parametrize(
    "char", ["\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u202e", "\u2069", "\ufe00", "\r"]
)
def test_characters_without_ink_leave_no_trace(char: str) -> None:
    result = set_text(f"中{char}国A{char}B")
    assert words(result) == "中国AB"
    assert result.diagnostics == ()


def test_zero_width_space_allows_a_break_and_takes_no_room() -> None:
    assert words(set_text("AB\u200bCD", 500.0)) == "ABCD"
    assert [line.text for line in lines("Massachusetts\u200bConnecticut", 80.0)] == [
        "Massachusetts",
        "Connecticut",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", "\n\n", "\u200b", "\u3000", "\u00ad", "\u00ad\u00ad", "\t"])
def test_text_without_ink_has_no_lines(text: str) -> None:
    assert set_text(text) == Result(())
    assert set_line(text, SERIF, "zh-CN", setting()) == Result(None)


def test_no_spans_have_no_lines() -> None:
    assert set_paragraph((), styled(), 100.0, setting()) == Result(())


def test_long_word_is_divided_between_letters_with_one_warning_a_line() -> None:
    result = set_text("x" * 10_000, 100.0, "en-GB")
    assert words(result) == "x" * 10_000
    assert max(line.width for line in result.value) <= 100.01
    assert len(result.diagnostics) == len(result.value) - 1
    assert result.diagnostics[0].message.endswith("had to end inside a word or number")


def test_runt_that_cannot_be_helped_is_not_called_a_divided_word() -> None:
    result = set_text("Massachusetts中Connecticut国", 72.0)
    assert [line.text for line in result.value][-1] == "国"
    assert not any("inside a word" in d.message for d in result.diagnostics)


def test_long_number_is_divided_only_where_it_must() -> None:
    result = set_text("计12,345,678,901,234,567,890件", 60.0)
    assert words(result) == "计12,345,678,901,234,567,890件"
    assert max(line.x + line.width for line in result.value) <= 60.01


@pytest.mark.parametrize("align", ["justify", "left", "center", "right"])
@pytest.mark.parametrize("measure", [0.0, -5.0, 1.0, 9.9])
def test_measure_narrower_than_a_character_sets_one_a_line_and_warns(align: str, measure: float) -> None:
    result = set_text("中国", measure, align=align)
    assert [line.text for line in result.value] == ["中", "国"]
    assert not result.errors
    if align == "justify":
        assert [d.message.endswith("wider than its measure") for d in result.diagnostics] == [True, True]


def test_indent_wider_than_the_measure_ends() -> None:
    assert words(set_text("中国企业", 15.0, first_indent=30.0)) == "中国企业"


def test_marks_alone_are_set() -> None:
    assert words(set_text("，。“”（）" * 20, 30.0)) == "，。“”（）" * 20


def test_combining_mark_stays_with_its_letter() -> None:
    (line,) = lines("e\u0301", 100.0, "en-GB")
    assert line.text == "e\u0301"
    assert len(line.runs) == 1


def test_unknown_face_key_falls_to_the_next() -> None:
    from dataclasses import replace

    from text_cases import FAMILIES

    from reportgen.base.style import Faces
    from reportgen.text.itemize import TextSetting

    families = {"serif": replace(FAMILIES["serif"], han=Faces("missing"), fallback=("NotoSansSC-Regular",))}
    found = set_paragraph(
        (TextSpan("中", SERIF, "zh-CN"),), styled(), 100.0, TextSetting(setting().fonts, families, "han")
    )
    assert found.value[0].runs[0].run.face == "NotoSansSC-Regular"


LIKELY = "中国，。“”（）——…… 7%年A-\n\u00ad\u200b\u3000\ud800"


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.text(
                st.characters() | st.sampled_from("中国，。“”（）——…… 7%年A-\n\u00ad\u200b\u3000\ud800"),
                max_size=40,
            ),
            st.sampled_from((SERIF, SANS)),
            st.sampled_from(("zh-CN", "en-GB")),
        ),
        max_size=4,
    ),
    st.floats(-10.0, 200.0),
    st.sampled_from(("justify", "left", "center")),
    st.sampled_from(("none", "basic", "gb", "strict")),
    st.sampled_from(("kaiming", "quanjiao", "plain")),
    st.booleans(),
)
def test_any_text_is_set_or_reported(
    spans: list[tuple[str, object, str]], measure: float, align: str, level: str, punctuation: str, flag: bool
) -> None:
    style = styled(align=align, prohibition=level, punctuation=punctuation, hyphenate=flag, hang=flag)
    made = tuple(TextSpan(text, look, lang) for text, look, lang in spans)  # type: ignore[arg-type]
    result = set_paragraph(made, style, measure, setting())
    for line in result.value:
        assert line.runs
        for run in line.runs:
            size = len(run.run.glyphs)
            assert size == len(run.run.advances) == len(run.run.texts)
            assert run.run.offsets is None or len(run.run.offsets) == size
        if measure > 3 * EM and align == "justify":
            assert line.x + line.width - line.hang <= measure + 0.01


@pytest.mark.parametrize("align", ["justify", "left"])
def test_a_word_of_many_lines_fills_each_line(align: str) -> None:
    """Where a word can only be divided anywhere, it is divided where the line is full."""
    most = len(set_text("a" * 300, align="justify").value)
    assert len(set_text("a" * 300, align=align).value) == most
