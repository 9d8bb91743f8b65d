"""Each cost of a line break decides somewhere: for each, a paragraph whose lines change when it alone is taken away.

A difference here is a change of what readers see: look at it, then renew the golden.
A cost that is added needs a golden.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import pytest
from text_cases import SERIF, setting, styled

from reportgen.text.costs import HOUSE, ParagraphCosts
from reportgen.text.paragraph import TextSpan, set_paragraph


@dataclass(frozen=True)
class Golden:
    """A paragraph, its measure in points and its lines; a hyphen that a break adds reads -.

    Attributes:
        neutral: the value of the constant under which it says nothing.
    """

    text: str
    measure: float
    lines: str
    neutral: float = 0
    ragged: bool = False

    def set(self, costs: ParagraphCosts) -> str:
        """Return its lines under the given costs."""
        english = self.text.isascii()
        span = TextSpan(self.text, SERIF, "en-GB" if english else "zh-CN")
        style = styled(align="left" if self.ragged else "justify", hyphenate=True)
        with_costs = replace(setting("latin" if english else "han"), costs=costs)
        found = set_paragraph((span,), style, self.measure, with_costs).value
        return "\n".join(line.text.strip().replace("\u00ad", "-") for line in found)


GOLDENS = {
    "line": Golden(
        "共建国家的专利申请量从7.0万件增至12.6万件，年均增长18.1%。",
        125,
        """\
共建国家的专利申请量从
7.0万件增至12.6万件，年均
增长18.1%。""",
    ),
    "badness": Golden(
        "中国申请人提交的专利申请数量持续增长",
        179,
        """\
中国申请人提交的专利申请数量持续
增长""",
    ),
    "short_share": Golden(
        "在Belt and Road国家，5G与AI专利合计为1,234,567件，占全部申请的四分之一。",
        182,
        """\
在Belt and Road国家，5G与AI专利合计
为1,234,567件，占全部申请的四分之一。""",
    ),
    "short_last_line": Golden(
        "在Belt and Road国家，5G与AI专利合计为1,234,567件，占全部申请的四分之一。",
        182,
        """\
在Belt and Road国家，5G与AI专利合计
为1,234,567件，占全部申请的四分之一。""",
    ),
    "consecutive_hyphens": Golden(
        "Telecommunications technologies and semiconductors grew fastest of all fields of "
        "technology in the period. Internationalisation of industrial communication technologies "
        "continues.",
        193,
        """\
Telecommunications technologies and
semiconductors grew fastest of all fields
of technology in the period. Internation-
alisation of industrial communication
technologies continues.""",
    ),
    "fitness": Golden(
        "半导体、光学、测量；数字通信：四个领域合计近八成。",
        74,
        """\
半导体、光学、测
量；数字通信：
四个领域合计近
八成。""",
    ),
    "first_tolerance": Golden(
        "中国企业在共建国家申请专利，数量持续增长。",
        155,
        """\
中国企业在共建国家申请专利，数
量持续增长。""",
    ),
    "second_tolerance": Golden(
        "Chinese applicants filed 7.0 million patent applications in partner countries, a growing "
        "share of all. Telecommunications technologies and semiconductors grew fastest of all "
        "fields of technology in the period. Applicants in Uzbekistan and/or Kyrgyzstan filed "
        "input/output interface patents.",
        211,
        """\
Chinese applicants filed 7.0 million patent
applications in partner countries, a grow-
ing share of all. Telecommunications tech-
nologies and semiconductors grew fastest of
all fields of technology in the period. Applic-
ants in Uzbekistan and/or Kyrgyzstan filed
input/output interface patents.""",
    ),
    "last_tolerance": Golden(
        "华为Huawei与中兴ZTE在欧洲EPO提交PCT申请。",
        116,
        """\
华为Huawei与中兴ZTE
在欧洲EPO提交PCT申
请。""",
    ),
    "emergency_stretch": Golden(
        "共建国家的专利申请量从7.0万件增至12.6万件，年均增长18.1%。",
        137,
        """\
共建国家的专利申请量从
7.0万件增至12.6万件，年均
增长18.1%。""",
    ),
    "hyphen": Golden(
        "半导体、光学、测量的technology增长最快。",
        146,
        """\
半导体、光学、测量的technology
增长最快。""",
    ),
    "after_hyphen": Golden(
        "数字通信、计算机、hi-fi领域增长最快。",
        104.5,
        """\
数字通信、计算机、hi-fi
领域增长最快。""",
    ),
    "compound": Golden(
        "半导体、光学、测量的long-established申请人。",
        132.5,
        """\
半导体、光学、测量的long-
established申请人。""",
    ),
    "name": Golden(
        "半导体、光学、测量；数字通信：Connecticut的申请。",
        96,
        """\
半导体、光学、测量；数
字通信：Connecticut
的申请。""",
    ),
    "short_start": Golden(
        "光学、测量、数字通信和environment的申请。",
        131,
        """\
光学、测量、数字通信和envir-
onment的申请。""",
    ),
    "runt": Golden(
        "中国申请人提交的专利申请数量持续增长",
        170,
        """\
中国申请人提交的专利申请数量持续
增长""",
    ),
    "split": Golden(
        "申请量增至126000万件。",
        36,
        """\
申请量
增至
126000
万件。""",
        ragged=True,
    ),
    "inside_word": Golden(
        "申请（见图1-1）稳步增长。",
        30,
        """\
申请
（见
图
1-1）
稳步
增长。""",
        neutral=1.0,
        ragged=True,
    ),
    "beside_mark": Golden(
        "申请量（见图1-1）。",
        33,
        """\
申请量
（见
图
1-1）。""",
        neutral=1.0,
        ragged=True,
    ),
    "letters_before": Golden(
        "数据来自各国的national offices的公开数据。",
        82,
        """\
数据来自各国的
national offices
的公开数据。""",
        neutral=1,
    ),
    "letters_after": Golden(
        "数据来自各国的national offices的公开数据。",
        60,
        """\
数据来自各国
的national
offices的公
开数据。""",
        neutral=1,
        ragged=True,
    ),
    "shortest_name": Golden(
        "来自挪威Norway与瑞典Sweden的申请人数量最多。",
        68,
        """\
来自挪威
Norway与
瑞典Sweden
的申请人数
量最多。""",
        neutral=1,
        ragged=True,
    ),
    "rest_stretch": Golden(
        "中国申请人提交的专利申请数量持续增长",
        170,
        """\
中国申请人提交的专利申请数量持续
增长""",
    ),
    "widest_space": Golden(
        "在Belt and Road国家，5G与AI专利合计为1,234,567件，占全部申请的四分之一。",
        155,
        """\
在Belt and Road国家，5G与AI
专利合计为1,234,567件，占全部申
请的四分之一。""",
    ),
    "narrowest_space": Golden(
        "数据来自WIPO PATSTAT and national offices的公开数据。",
        147,
        """\
数据来自WIPO PATSTAT and
national offices的公开数据。""",
    ),
    "widest_han_latin": Golden(
        "华为Huawei与中兴ZTE在欧洲EPO提交PCT申请。",
        140,
        """\
华为Huawei与中兴ZTE在欧
洲EPO提交PCT申请。""",
    ),
    "narrowest_han_latin": Golden(
        "华为Huawei与中兴ZTE在欧洲EPO提交PCT申请。",
        140,
        """\
华为Huawei与中兴ZTE在欧
洲EPO提交PCT申请。""",
    ),
    "space_stretch": Golden(
        "Of these, a quarter are active, and others expired or were withdrawn early.",
        148,
        """\
Of these, a quarter are act-
ive, and others expired or were
withdrawn early.""",
    ),
    "space_shrink": Golden(
        "Of these, a quarter are active, and others expired or were withdrawn early.",
        178,
        """\
Of these, a quarter are active, and oth-
ers expired or were withdrawn early.""",
    ),
    "narrowings": Golden(
        "中国申请人提交的专利申请数量持续增长",
        104,
        """\
中国申请人提交的专
利申请数量持续增长""",
        ragged=True,
    ),
}


@pytest.mark.parametrize("constant", GOLDENS)
def test_golden(constant: str) -> None:
    assert GOLDENS[constant].set(HOUSE) == GOLDENS[constant].lines


@pytest.mark.parametrize("constant", [field.name for field in fields(ParagraphCosts)])
def test_golden_depends_on(constant: str) -> None:
    golden = GOLDENS[constant]
    without = replace(HOUSE, **{constant: golden.neutral})
    assert golden.set(without) != golden.lines
