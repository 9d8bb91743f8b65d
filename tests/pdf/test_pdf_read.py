"""What a screen reader reads of a finished file, and what a preflight says of one."""

from __future__ import annotations

import io
import sys

import pikepdf
import pytest
from mutants import original
from sample import fonts, one_page, run

from reportgen.base.diagnostics import Severity
from reportgen.base.frame import Placed, Stroke
from reportgen.pdf.profile import SCREEN, PressOptions, Profile, press
from reportgen.pdf.read.aloud import read_aloud
from reportgen.pdf.read.coverage import coverage
from reportgen.pdf.read.equality import compare
from reportgen.pdf.read.line_audit import audit
from reportgen.pdf.read.preflight import preflight
from reportgen.pdf.write.file import write_pdf

ALOUD = """\
Document
  Sect “封面”
    P: 中国专利洞察
    P ⟨en-GB⟩: Patent insights
  Sect “目录”
    H1: 目录
    TOC
      TOCI: 一、创新 ⟨link: 到一、创新⟩1
      TOCI: 表 1 申请量 ⟨link: 到表 1 申请量⟩2
  Part “创新”
    Sect
      H1: 一、创新
      P: 专利申请量“持续增长”，达到（七万）件。近八成为发明专利， ⟨en⟩Patent Cooperation Treaty ⟨/en⟩条约下的申请。\
Words meet here at the line's end A www.example.org⟨link: 示例网站⟩
      Note: 注 A：含地区。
      L
        LI
          Lbl: 一是
          LBody: 总量增长。
        LI
          Lbl: 二是
          LBody: 结构优化。
      H2: 图形
      Figure: 柱形图：申请量由 2013 年的 12 件增至 2023 年的 48 件。
      Caption: 图 1-1 专利申请量
      Figure: 色块
      Table
        Caption: 表 1 申请量
        THead
          TR:  | *件数
          TR: *年份 | *申请 | *授权
        TBody
          TR: *2013 | 12 | 8
          TR: *2023 | 48 | 31
      BlockQuote
        P: “引文。” 引语
      Formula: 增长率等于末年除以首年
      Div
        P: 说明文字。
      P: 七万
      H2: 附录
      H3: 方法
"""


def test_the_structure_is_read_in_its_order_with_languages_and_alternatives() -> None:
    assert read_aloud(original("screen")) == ALOUD


def test_an_untagged_file_says_nothing() -> None:
    assert read_aloud(original("press")) == ""


@pytest.mark.parametrize("profile", [SCREEN, press()], ids=lambda p: p.name)
def test_bytes_that_are_no_pdf_are_a_finding_not_a_traceback(profile: object) -> None:
    report = preflight(b"not a PDF file", profile)  # type: ignore[arg-type]
    assert not report.ok
    assert not report.value.passed
    assert not compare(b"", original("press")).ok


def test_a_report_is_a_verdict_for_reading_and_its_findings_are_diagnostics() -> None:
    """A line of 0.1 pt does not pass, and the report says where."""
    from reportgen.base.color import BLACK
    from reportgen.base.frame import Shape

    rule = Placed(100, 200, Shape((("m", 0, 0), ("l", 50, 0)), stroke=Stroke(BLACK, 0.1)))
    data = write_pdf(one_page(rule), press(), fonts()).value
    report = preflight(data, press(), "out/x.press.pdf")
    assert report.value.passed is False
    assert report.value.to_text().startswith("preflight of the press file: failed")
    (fault,) = report.diagnostics
    assert str(fault.place) == "out/x.press.pdf, page 1 at 100,200 pt"
    assert (fault.rule, fault.message) == ("press.hairline", "a line is 0.10 pt wide, the least is 0.2 pt")
    assert fault.message not in report.value.to_text(), "a finding is told once, as a diagnostic"


def test_a_finding_names_the_folio_of_its_page() -> None:
    data = write_pdf(one_page(Placed(60, 100, run("词"))), SCREEN, fonts()).value
    assert preflight(data, SCREEN).value.passed


def encrypted(user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original("press"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


BROKEN = {
    "empty": b"",
    "words": "这是一个文本文件".encode(),
    "head": b"%PDF-1.7\n",
    "no page tree": b"%PDF-1.7\ntrailer\n<<>>\n%%EOF",
    "locked": encrypted("secret"),
    **{f"cut at {share}": original("press")[: len(original("press")) * share // 8] for share in range(1, 8)},
    "overwritten": original("screen").replace(b"obj", b"jbo"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("profile", [SCREEN, press()], ids=lambda p: p.name)
def test_a_file_that_is_broken_is_a_diagnostic_of_its_name(name: str, profile: Profile) -> None:
    for result in (
        preflight(BROKEN[name], profile, "x.pdf"),
        compare(BROKEN[name], BROKEN[name], "x.pdf"),
        audit(BROKEN[name], "x.pdf"),
        coverage(BROKEN[name], profile, "x.pdf"),
    ):
        assert all(getattr(fault.place, "file", "") == "x.pdf" for fault in result.diagnostics)
    assert not preflight(BROKEN[name], profile, "x.pdf").ok


@pytest.mark.parametrize("profile", [SCREEN, press()], ids=lambda p: p.name)
def test_an_encrypted_file_is_a_finding_though_it_opens(profile: Profile) -> None:
    assert "the file is encrypted" in [f.message for f in preflight(encrypted(""), profile).diagnostics]


def test_each_of_many_findings_of_one_rule_is_told() -> None:
    from reportgen.base.color import BLACK
    from reportgen.base.frame import Shape

    rules = [
        Placed(100, 200 + i, Shape((("m", 0, 0), ("l", 50, 0)), stroke=Stroke(BLACK, 0.1))) for i in range(30)
    ]
    found = preflight(write_pdf(one_page(*rules), press(), fonts()).value, press()).diagnostics
    assert [fault.rule for fault in found] == ["press.hairline"] * 30


def test_the_ink_limit_is_the_reports_own() -> None:
    strict = press(PressOptions(ink_limit=2.0))
    found = preflight(original("press"), strict).diagnostics
    assert {f.rule for f in found} == {"press.ink-limit"}
    assert all(f.severity is Severity.ERROR for f in found)


def test_another_condition_than_the_reports_is_a_finding() -> None:
    from dataclasses import replace

    from reportgen.pdf.profile import fogra39

    other = press(PressOptions(condition=replace(fogra39(), identifier="FOGRA51")))
    assert [f.rule for f in preflight(original("press"), other).diagnostics] == ["x4.output-intent"]


def test_a_screen_preflight_asks_a_second_opinion_and_says_so() -> None:
    report = preflight(original("screen"), SCREEN).value
    assert report.facts["second opinion"].startswith("page-validation 0.")
    assert "second opinion" not in preflight(original("press"), press()).value.facts


def test_what_the_second_opinion_finds_is_a_finding() -> None:
    from mutants import mutated
    from planting import MUTANTS

    (lost,) = [m for m in MUTANTS if m.name == "a figure without alternative text"]
    assert {f.rule for f in preflight(mutated(lost), SCREEN).diagnostics} == {
        "ua.alternative",
        "page-validation",
    }


def test_without_the_extra_the_preflight_says_that_nobody_else_was_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    report = preflight(original("screen"), SCREEN).value
    assert report.facts["second opinion"] == "page-validation is not installed"
    assert report.passed
