"""A report of any length whose text varies: no two paragraphs alike, as in a real yearbook.

Sentences are put together by a seeded generator from the vocabulary of this field, with numbers, Latin words and
every mark of Chinese text in the proportions of the shipped report.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from reportgen.edition.document import ComposedDocument, Cover, Heading, Paragraph, Section, Text

CHARACTERS_PER_PAGE = 1250
"""About what a page of the Chinese edition holds beside headings and ends of paragraphs."""

_WHO = (
    "中国企业", "共建国家", "东亚国家的申请人", "高校和科研机构", "信息通信企业", "动力电池企业", "医药企业",
    "中小微企业", "欧洲国家的专利权人", "西亚国家的石油企业",
)  # fmt: skip
_WHAT = (
    "发明专利申请", "实用新型专利授权", "外观设计专利", "有效专利拥有量", "数字经济核心产业的专利授权", "储能技术专利",
    "清洁能源领域的布局", "数字通信领域的申请", "半导体领域的授权", "同族专利",
)  # fmt: skip
_HOW = (
    "稳步增长", "明显加快", "保持在较高水平", "由少数国家向更大范围延伸", "呈现不同的技术侧重", "增速有所放缓",
    "占比继续提高", "实现新的突破",
)  # fmt: skip
_LINKS = (
    "从地域看，",
    "从类型看，",
    "与此同时，",
    "其中，",
    "分年度看，",
    "值得注意的是，",
    "在这一时期，",
    "",
)
_TERMS = ("PCT", "PPH", "WIPO", "5G", "Huawei", "USB Type-C", "CO₂", "Wi-Fi 6")
_ASIDES = (
    "（见附表）", "（不含港澳台地区）", "——这也是统计以来的最高值", "……", "，即“走出去”与“引进来”并重",
    "（按《国际专利分类》统计）",
)  # fmt: skip


def long_document(pages: int, seed: int = 2024) -> ComposedDocument:
    """Return a document that fills about ``pages`` pages of the Chinese edition."""
    draw = random.Random(seed)
    sections = tuple(_section(draw, number) for number in range(1, max(pages // 20, 1) + 1))
    cover = Cover(("长篇报告",), (), "国家知识产权局", "2024年7月")
    return ComposedDocument(
        "zh", "zh-CN", "zh_Hans_CN", "长篇报告", "", "长篇报告", "国家知识产权局", "国家知识产权局", "", (),
        "2024-07-01T00:00:00+08:00", "long", cover, sections,
    )  # fmt: skip


def _section(draw: random.Random, number: int) -> Section:
    anchor = f"part{number}"
    blocks: list[Heading | Paragraph] = []
    length = 0
    while length < 20 * CHARACTERS_PER_PAGE:
        if not blocks or draw.random() < 0.2:
            blocks.append(Heading(2, (Text(_title(draw)),), f"{anchor}-h{len(blocks)}"))
        text = paragraph(draw)
        blocks.append(Paragraph((Text(text),)))
        length += len(text)
    title = (Text(f"第{number}组专利活动"),)
    return Section(
        "part", title, anchor, tuple(blocks), (Text(f"第{number}组"),), f"第{number}部分", str(number)
    )


def _title(draw: random.Random) -> str:
    return f"{draw.choice(_WHO)}{draw.choice(_WHAT)}{draw.choice(_HOW)}"


def paragraph(draw: random.Random) -> str:
    """Return a paragraph of two to seven sentences."""
    return "".join(_sentences(draw, draw.randint(2, 7)))


def _sentences(draw: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield (
            f"{draw.choice(_LINKS)}{_years(draw)}，{draw.choice(_WHO)}的{draw.choice(_WHAT)}{_number(draw)}，"
            f"{draw.choice(_HOW)}{draw.choice(_ASIDES) if draw.random() < 0.25 else ''}；"
            f"{draw.choice(_TERMS)}相关的{draw.choice(_WHAT)}年均增长{draw.uniform(1, 60):.1f}%。"
        )


def _years(draw: random.Random) -> str:
    first = draw.randint(2013, 2019)
    return f"{first}-{draw.randint(first + 1, 2023)}年"


def _number(draw: random.Random) -> str:
    value = draw.randint(100, 300_000)
    return f"{value / 10_000:.1f}万件" if value > 20_000 else f"{value:,}件"
