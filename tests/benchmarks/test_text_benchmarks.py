"""How fast text is itemized, broken and set, pass by pass and whole, beside ReportLab's own paragraphs.

Budget: the whole is no slower than ReportLab's ``Paragraph`` with ``wordWrap="CJK"`` on the same text in the same two
faces. All take the same 100,000 varied characters, about four fifths of them Chinese.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from reportgen.base.diagnostics import unwrap
from reportgen.base.house import load_style
from reportgen.base.world import World
from reportgen.text.breaking import break_paragraph
from reportgen.text.faces import load_fonts
from reportgen.text.itemize import TextSetting, TextSpan, itemize
from reportgen.text.paragraph import set_paragraph
from reportgen.text.setting import text_setting

ROOT = Path(__file__).parents[2]
STYLE = unwrap(load_style("zh-CN"))
BODY = STYLE.paragraphs["body"]
FONTS = unwrap(load_fonts(World()))
MEASURE = 462.0
CHARACTERS = 100_000

_WORDS = (
    "digital",
    "communication",
    "patent",
    "PCT",
    "Huawei",
    "WIPO",
    "Belt and Road",
    "semiconductors",
    "5G",
)


@lru_cache(maxsize=1)
def paragraphs() -> tuple[str, ...]:
    """Return varied paragraphs: the report's ideographs in random order, with words, figures and marks between."""
    random_ = random.Random(1)
    source = "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "data/manuscript").glob("*.md")))
    han = [c for c in source if "一" <= c <= "鿿"]
    found: list[str] = []
    while sum(map(len, found)) < CHARACTERS:
        found.append("".join(_phrase(random_, han) for _ in range(random_.randint(4, 16))) + "。")
    return tuple(found)


def _phrase(random_: random.Random, han: list[str]) -> str:
    phrase = "".join(random_.choices(han, k=random_.randint(4, 18)))
    kind = random_.random()
    if kind < 0.2:
        phrase += " " + " ".join(random_.choices(_WORDS, k=random_.randint(1, 3))) + " "
    elif kind < 0.4:
        phrase += f"{random_.randint(1, 99_999):,}件"
    elif kind < 0.5:
        phrase += f"{random_.random() * 100:.1f}%"
    elif kind < 0.6:
        phrase += "“" + "".join(random_.choices(han, k=4)) + "”"
    return phrase + random_.choice("，，，、；：。")


def spans() -> list[tuple[TextSpan, ...]]:
    return [(TextSpan(text, BODY.text, "zh-CN"),) for text in paragraphs()]


def fresh() -> TextSetting:
    """Return a setting that remembers nothing yet."""
    return text_setting(STYLE, FONTS)


def test_itemize(benchmark: Any) -> None:
    found = benchmark(lambda: [itemize(s, BODY, setting) for setting in [fresh()] for s in spans()])
    assert all(items.value.boxes for items in found)


def test_break(benchmark: Any) -> None:
    setting = fresh()
    made = [itemize(s, BODY, setting).value for s in spans()]
    found = benchmark(lambda: [break_paragraph(items, MEASURE, 21.0) for items in made])
    assert sum(breaks.emergency for breaks in found) <= len(found) // 100


def test_set_whole(benchmark: Any) -> None:
    found = benchmark(
        lambda: [set_paragraph(s, BODY, MEASURE, setting) for setting in [fresh()] for s in spans()]
    )
    assert all(result.value for result in found)


def test_set_english(benchmark: Any) -> None:
    style = unwrap(load_style("en-GB"))
    body = style.paragraphs["body"]
    words = (
        "From 2013 to 2023, Chinese applicants filed 7.0 million patent applications in partner countries (see "
        "Figure 1-1), with digital communication and telecommunications technologies growing fastest of all. "
    )
    random_ = random.Random(2)
    texts = [" ".join(random_.sample(words.split(), k=len(words.split()))) for _ in range(500)]
    setting = text_setting(style, FONTS)
    made = [(TextSpan(text, body.text, "en-GB"),) for text in texts]
    found = benchmark(lambda: [set_paragraph(s, body, 430.0, setting) for s in made])
    assert all(result.value for result in found)


def _reportlab(benchmark: Any, texts: list[str]) -> None:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph

    for name, file in (("Han", "NotoSerifSC-Regular"), ("Western", "SourceSerif4-Regular")):
        pdfmetrics.registerFont(TTFont(name, str(ROOT / "fonts" / f"{file}.ttf")))
    style = ParagraphStyle(
        "body",
        fontName="Han",
        fontSize=10.5,
        leading=17.5,
        wordWrap="CJK",
        firstLineIndent=21,
        alignment=TA_JUSTIFY,
    )
    found = benchmark(lambda: [Paragraph(text, style).wrap(MEASURE, 1e6) for text in texts])
    assert all(height > 0 for _, height in found)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_reportlab_with_both_faces(benchmark: Any) -> None:
    """The same look as ours: Western words in the Western face, which ReportLab must be told by markup."""
    western = re.compile("[A-Za-z0-9,.%]+(?: [A-Za-z0-9,.%]+)*")
    _reportlab(benchmark, [western.sub(r'<font face="Western">\g<0></font>', text) for text in paragraphs()])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_reportlab_with_one_face(benchmark: Any) -> None:
    """Everything in the Han face: ReportLab's quickest path, which no report of ours could take."""
    _reportlab(benchmark, list(paragraphs()))
