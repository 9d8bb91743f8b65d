"""What holds for every paragraph at every width: nothing forbidden, nothing split, nothing beyond the measure."""

from __future__ import annotations

import itertools
import random
import re
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_cases import EM, SERIF, setting, styled

from reportgen.text.itemize import TextSpan
from reportgen.text.paragraph import Line, set_paragraph

WIDTHS = [EM * (6 + 40 * step / 39) for step in range(40)]
NO_START = set("，、；：。．！？”’）〕］｝〉》」』】〗·～–—／%％")
NO_END = set("“‘（〔［｛〈《「『【〖／")
NUMBER = re.compile(r"[−+]?\d[\d,.]*(?:[-–]\d[\d,.]*)*%?(?:[余多]?[万亿]?(?:个百分点|件|年|家|个|项)?)?")

_HAN = "中国企业在共建国家专利申请授权数字通信技术领域增长保持较高水平规模持续扩大布局延伸参与主体"
_WORDS = ("PCT", "digital communication", "Huawei", "WIPO", "Belt and Road", "5G")
_UNITS = ("件", "万件", "家", "个百分点", "年", "%", " 项")
_MARKS = (
    "，",
    "，",
    "、",
    "；",
    "：",
    "。",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "——",
    "……",
    "·",
    "”（",
    "）。",
    "”、“",
)


def paragraph(random_: random.Random, pieces: int = 24) -> str:
    parts = []
    for _ in range(random_.randint(2, pieces)):
        parts.append("".join(random_.choices(_HAN, k=random_.randint(1, 12))))
        kind = random_.random()
        if kind < 0.25:
            parts.append(random_.choice(("", " ")) + random_.choice(_WORDS) + random_.choice(("", " ")))
        elif kind < 0.5:
            parts.append(
                f"{random_.randint(1, 99999):,}{random_.choice(('件', '万件', '家', '个百分点', '年', '%', ' 项'))}"
            )
        elif kind < 0.6:
            parts.append(f"2013-{random_.randint(2014, 2023)}年")
        if random_.random() < 0.7:
            parts.append(random_.choice(_MARKS))
    return "".join(parts) + "。"


def violations(text: str, lines: tuple[Line, ...], measure: float) -> list[str]:
    """Return what is wrong with the lines of a paragraph without typed spaces that matter."""
    words = [line.text.strip() for line in lines]
    found = [f"starts with {w[0]}: {w}" for w in words[1:] if w[0] in NO_START and not w.startswith("——")]
    found += [f"ends with {w[-1]}: {w}" for w in words[:-1] if w[-1] in NO_END]
    found += [f"too wide: {line.text}" for line in lines if line.x + line.width - line.hang > measure + 0.01]
    cuts = set(accumulate(len(_bare(w)) for w in words))
    numbers = NUMBER.finditer(_bare(text))
    found += [f"splits {m[0]}" for m in numbers if cuts & set(range(m.start() + 1, m.end()))]
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def check(text: str, measure: float, **changes: object) -> tuple[Line, ...]:
    result = set_paragraph((TextSpan(text, SERIF, "zh-CN"),), styled(**changes), measure, setting())
    divided = [d for d in result.diagnostics if "inside a word or number" in d.message]
    if not divided:
        assert violations(text, result.value, measure) == []
    else:
        assert measure < 15 * EM
    return result.value


@pytest.mark.parametrize("measure", WIDTHS)
def test_paragraph_keeps_the_rules(measure: float) -> None:
    random_ = random.Random(int(measure * 10))
    for _ in range(25):
        check(paragraph(random_), measure)


def manuscript() -> list[str]:
    """Return the report's own Chinese paragraphs; numbers of every kind stand in for its placeholders."""
    numbers = itertools.cycle(("7.0万", "18.1%", "12,345", "2013-2023年", "52", "五"))
    folder = Path(__file__).parents[2] / "data" / "manuscript"
    found = []
    for path in sorted(folder.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            plain = re.sub(r"\[(.*?)\]\{claim=[^}]*\}", r"\1", line)
            plain = re.sub(r"\[\]\(#fig[^)]*\)", "图1-1", plain)
            plain = re.sub(r"\{[^{}]*\}", lambda _: next(numbers), plain)
            plain = re.sub(r"[*`\[\]^]|\(#[^)]*\)", "", plain)
            if len(plain) > 40 and plain[0] not in ":#|-":
                found.append(plain)
    return found


@pytest.mark.parametrize("measure", WIDTHS)
def test_every_paragraph_of_the_report_keeps_the_rules(measure: float) -> None:
    texts = manuscript()
    assert len(texts) >= 15
    for text in texts:
        check(text, measure)


@settings(deadline=None, max_examples=60)
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(WIDTHS),
    st.sampled_from(("basic", "gb", "strict")),
    st.sampled_from(("kaiming", "quanjiao", "plain")),
    st.booleans(),
    st.sampled_from((0.0, 2 * EM)),
)
def test_paragraph_keeps_the_rules_in_every_style(
    random_: random.Random, measure: float, level: str, punctuation: str, hang: bool, indent: float
) -> None:
    check(
        paragraph(random_, 12),
        measure,
        prohibition=level,
        punctuation=punctuation,
        hang=hang,
        first_indent=indent,
    )


@pytest.mark.parametrize("measure", WIDTHS[::4])
def test_text_comes_out_as_it_went_in(measure: float) -> None:
    random_ = random.Random(7)
    for _ in range(10):
        text = paragraph(random_)
        out = "".join(line.text for line in check(text, measure))
        assert _bare(out) == _bare(text)


@pytest.mark.parametrize("measure", WIDTHS[8:])
def test_justified_lines_end_at_the_measure(measure: float) -> None:
    random_ = random.Random(3)
    for _ in range(5):
        for line in check(paragraph(random_), measure)[:-1]:
            assert (
                line.x + line.width == pytest.approx(measure, abs=0.01) or line.ratio > 4 or line.ratio == 0
            )


@pytest.mark.parametrize("measure", WIDTHS[::5])
def test_runs_join_without_gap_or_overlap(measure: float) -> None:
    random_ = random.Random(11)
    for line in check(paragraph(random_), measure):
        for one, next_ in pairwise(line.runs):
            assert next_.x == pytest.approx(one.x + one.run.width, abs=1e-6)
        last = line.runs[-1]
        trailing = last.run.advances[-1] * last.run.size / 1000 if last.run.texts[-1] == " " else 0.0
        assert last.x + last.run.width - trailing == pytest.approx(line.width, abs=1e-6)


ENGLISH = (
    "From 2013 to 2023, Chinese applicants filed 7.0 million patent applications in partner countries (see Figure "
    "1-1), an average annual growth rate of 18.1 per cent. Digital communication, telecommunications and "
    "manufacturing-related technologies (一带一路) have been the fastest growing “fields” of cooperation. "
)


@pytest.mark.parametrize("measure", [EM * (10 + step) for step in range(40)])
def test_english_keeps_references_whole_and_stays_inside(measure: float) -> None:
    style = styled(hyphenate=True)
    result = set_paragraph((TextSpan(ENGLISH * 2, SERIF, "en-GB"),), style, measure, setting("latin"))
    for line in result.value:
        text = line.text.strip()
        assert line.x + line.width <= measure + 0.01
        assert not text.endswith(("Figure", "7.0", "18.1", "(", "“"))
        assert text[0] not in ",.;:)”%"
    out = "".join(line.text for line in result.value).replace("\u00ad", "")
    assert out.strip() == (ENGLISH * 2).strip()
