"""Goldens: item lists and lines of one Chinese and one English paragraph, as text.

A difference here is a change of what readers see: look at it, then renew the golden.
"""

from __future__ import annotations

from text_cases import dump_items, items, lines

CHINESE = "“一带一路”国家PCT申请7.0万件（见图1-1），年均增长18.1%……领域——数字通信·半导体。"
ENGLISH = "Chinese applicants filed 7.0 million applications (see Figure 1-1)."

CHINESE_ITEMS = """\
B‹“› G(0.00+0.60-0.00) × B‹一› G(0.00+0.60-0.00) B‹带› G(0.00+0.60-0.00) B‹一› G(0.00+0.60-0.00)
B‹路› G(0.00+0.60-0.00) × B‹”› G(5.00+0.60-5.00) B‹国› G(0.00+0.60-0.00) B‹家› G(2.50+0.83-1.25)
B‹PCT› G(2.50+0.83-1.25) B‹申› G(0.00+0.60-0.00) B‹请› G(2.50+0.83-1.25) B‹7.0› G(2.50+0.83-1.25) =
B‹万› G(0.00+0.60-0.00) = B‹件› G(5.00+0.60-5.00) B‹（› G(0.00+0.60-0.00) × B‹见› G(0.00+0.60-0.00)
B‹图› G(2.50+0.83-1.25) = B‹1-1› G(0.00+0.60-0.00) × B‹）› G(0.00+0.60-0.00) × B‹，› G(5.00+0.60-5.00)
B‹年› G(0.00+0.60-0.00) B‹均› G(0.00+0.60-0.00) B‹增› G(0.00+0.60-0.00) B‹长› G(2.50+0.83-1.25)
B‹18.1%› G(0.00+0.60-0.00) B‹……› G(0.00+0.60-0.00) B‹领› G(0.00+0.60-0.00) B‹域› G(0.00+0.60-0.00)
B‹——› G(0.00+0.60-0.00) B‹数› G(0.00+0.60-0.00) B‹字› G(0.00+0.60-0.00) B‹通› G(0.00+0.60-0.00)
B‹信› G(0.00+0.60-0.00) × B‹·› G(0.00+0.60-0.00) B‹半› G(0.00+0.60-0.00) B‹导› G(0.00+0.60-0.00) P(3000)
B‹体› G(0.00+0.60-0.00) × B‹。› |"""

ENGLISH_ITEMS = """\
B‹Chinese› G(2.37+1.42-0.47) B‹ap› P(110-) B‹plic› P(60-) B‹ants› G(2.37+1.42-0.47)
B‹filed› G(2.37+1.42-0.47) B‹7.0› G(2.37+1.42-0.47) = B‹mil› = B‹lion› G(2.37+1.42-0.47) B‹ap› P(110-)
B‹plic› P(60-) B‹a› P(60-) B‹tions› G(2.37+1.42-0.47) B‹(see› G(2.37+1.42-0.47)
B‹Figure› G(2.37+1.42-0.47) = B‹1-1).› |"""

CHINESE_LINES = """\
120.00 +0.67 “一带一路”国家PCT
120.00 -0.72 申请7.0万件（见图1-1），年
120.00 -0.57 均增长18.1%……领域——
 80.00 +0.00 数字通信·半导体。"""

ENGLISH_LINES = """\
180.00 +2.35 Chinese applicants filed 7.0 million
135.20 +0.00 applications (see Figure 1-1)."""


def dumped(text: str, lang: str, **changes: object) -> str:
    return dump_items(items(text, lang, **changes))


def shown(text: str, measure: float, lang: str, **changes: object) -> str:
    return "\n".join(
        f"{line.x + line.width:6.2f} {line.ratio:+.2f} {line.text.strip()}"
        for line in lines(text, measure, lang, **changes)
    )


def test_chinese_items() -> None:
    assert dumped(CHINESE, "zh-CN").split() == CHINESE_ITEMS.split()


def test_english_items() -> None:
    assert dumped(ENGLISH, "en-GB", hyphenate=True).split() == ENGLISH_ITEMS.split()


def test_chinese_lines() -> None:
    assert shown(CHINESE, 120.0, "zh-CN", first_indent=20.0) == CHINESE_LINES


def test_english_lines() -> None:
    assert shown(ENGLISH, 180.0, "en-GB", hyphenate=True) == ENGLISH_LINES
