"""The audit of lines sees in a finished file what was planted there, and nothing where nothing is wrong."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pikepdf
import pytest

from reportgen.base.diagnostics import Result, Severity
from reportgen.base.frame import Element, Frame, GlyphRun, Metadata, Page, Placed, Publication
from reportgen.base.house import load_style
from reportgen.base.style import ParagraphStyle
from reportgen.base.world import World
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.read.line_audit import LineReport, audit, describe
from reportgen.pdf.write.file import write_pdf
from reportgen.text.faces import FontBook, load_fonts
from reportgen.text.itemize import TextSetting, TextSpan
from reportgen.text.paragraph import Line, set_line, set_paragraph
from reportgen.text.setting import text_setting

LEFT, TOP, LEADING, MEASURE = 60.0, 80.0, 17.5, 220.5
STYLE = load_style("zh-CN").value
BODY = replace(STYLE.paragraphs["body"], first_indent=0.0)
FILLER = "中国企业在共建国家申请专利数量持续增长结构不断优化水平稳步提升"


@lru_cache(maxsize=1)
def fonts() -> FontBook:
    return load_fonts(World()).value


@lru_cache(maxsize=1)
def setting() -> TextSetting:
    return text_setting(STYLE, fonts())


def line_of(text: str, lang: str = "zh-CN") -> Line:
    line = set_line(text, BODY.text, lang, setting()).value
    assert line is not None
    return line


def write(
    paragraphs: Sequence[Sequence[Line]], shift: float = 0.0, role: str = "P", tagged: bool = True
) -> bytes:
    """Return a one-page file of paragraphs on the grid; the last line stands ``shift`` below it."""
    placed: list[Placed] = []
    elements = []
    row = 0
    for content, lines in enumerate(paragraphs):
        for line in lines:
            y = TOP + row * LEADING
            placed += [
                Placed(LEFT + line.x + r.x, y, r.run, content=content if tagged else None) for r in line.runs
            ]
            row += 1
        elements.append(Element(role, (content,)))  # type: ignore[arg-type]
    last = max(item.y for item in placed)
    placed = [replace(item, y=item.y + shift) if item.y == last else item for item in placed]
    page = Page(Frame(400.0, 600.0, tuple(placed)), "7", "decimal", "recto")
    meta = Metadata("题", "", "", "", (), "zh-CN", "2024-07-01T00:00:00+08:00", "id")
    publication = Publication(meta, 0.0, (page,), Element("Document", tuple(elements) if tagged else ()))
    return write_pdf(publication, SCREEN, fonts()).value


def report(*texts: str, lang: str = "zh-CN") -> Result[LineReport]:
    """Return the audit of one paragraph with exactly these lines."""
    return audit(write([[line_of(text, lang) for text in texts]]))


def kinds(found: Result[LineReport]) -> list[str]:
    return [finding.rule.removeprefix("line-") for finding in found.diagnostics]


def broken(text: str, style: ParagraphStyle = BODY) -> Sequence[Line]:
    return set_paragraph((TextSpan(text, style.text, "zh-CN"),), style, MEASURE, setting()).value


def test_paragraph_of_ours_has_nothing_to_report() -> None:
    text = FILLER + "，见图1-1。“一带一路”国家PCT申请累计7.0万件，年均增长18.1%；" + FILLER + "。"
    result = audit(write([broken(text), broken(FILLER * 2 + "。")]))
    assert result.diagnostics == ()
    assert result.value.on_grid == 1.0
    assert result.value.leading == LEADING
    assert result.value.lines == len(broken(text)) + len(broken(FILLER * 2 + "。"))


@pytest.mark.parametrize("mark", "，。：）”、·")
def test_forbidden_start_is_found(mark: str) -> None:
    assert kinds(report(FILLER[:20], mark + FILLER[:8])) == ["start"]


@pytest.mark.parametrize("mark", "（“《")
def test_forbidden_end_is_found(mark: str) -> None:
    assert kinds(report(FILLER[:20] + mark, FILLER[:8])) == ["end"]


def test_dash_at_the_start_is_forbidden_only_if_strict() -> None:
    data = write([[line_of(FILLER[:20]), line_of("——" + FILLER[:8])]])
    assert kinds(audit(data)) == []
    assert kinds(audit(data, level="strict")) == ["start"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("累计12,3", "45件"),
        ("累计7.0", "万件"),
        ("增长18.1", "个百分点"),
        ("见图1-", "1所示"),
        ("在2013-2023", "年间"),
    ],
)
def test_divided_number_is_found(first: str, second: str) -> None:
    assert kinds(report(FILLER[:16] + first, second + FILLER[:8])) == ["divided"]


def test_runt_is_found_and_only_warned_of() -> None:
    result = audit(write([[line_of(FILLER[:20]), line_of("升。")]]))
    assert kinds(result) == ["runt"]
    assert [d.severity for d in result.diagnostics] == [Severity.WARNING]


def test_two_characters_are_no_runt() -> None:
    assert kinds(report(FILLER[:20], "提升。")) == []


def spread(line: Line, added: float) -> Line:
    """Return a line whose glyphs stand further apart."""

    def wider(run: GlyphRun) -> GlyphRun:
        return replace(run, advances=tuple(a + added for a in run.advances))

    return replace(line, runs=tuple(replace(r, run=wider(r.run)) for r in line.runs))


def test_very_loose_line_is_found_and_measured() -> None:
    result = audit(write([[spread(line_of(FILLER[:14]), 300.0), line_of(FILLER[:8])]]))
    assert kinds(result) == ["loose"]
    found = result.value
    assert found.han.worst == pytest.approx(0.3, abs=0.01)
    assert found.han.where is not None
    assert found.han.where.page.label == "7"


def test_line_off_the_grid_is_found_where_it_stands() -> None:
    paragraph = [line_of(FILLER[:20]) for _ in range(5)]
    result = audit(write([paragraph], shift=3.0), "zh.pdf")
    assert kinds(result) == ["grid"]
    assert str(result.diagnostics[0].place) == "zh.pdf, page 7 at 60,153 pt"
    assert result.value.on_grid == pytest.approx(0.8)


def test_river_is_found() -> None:
    lines = [line_of("aaaa bbbb", "en-GB")] * 4
    wide = [replace(line, runs=tuple(replace(r, run=_spaced(r.run)) for r in line.runs)) for line in lines]
    assert kinds(audit(write([wide])))[-1] == "river"
    assert "river" not in kinds(audit(write([wide[:3]])))


def _spaced(run: GlyphRun) -> GlyphRun:
    return replace(
        run, advances=tuple(600.0 if t == " " else a for a, t in zip(run.advances, run.texts, strict=True))
    )


def test_hyphen_of_a_break_is_no_fault() -> None:
    first = line_of("manufac-", "en-GB")
    run = first.runs[0].run
    first = replace(
        first, runs=(replace(first.runs[0], run=replace(run, texts=(*run.texts[:-1], "\u00ad"))),)
    )
    assert kinds(audit(write([[first, line_of("turing", "en-GB")]]))) == []


def test_note_mark_is_part_of_its_line() -> None:
    line = line_of(FILLER[:10])
    mark = line_of("1")
    raised = replace(mark.runs[0], x=line.width, run=replace(mark.runs[0].run, size=6.0))
    joined = replace(line, runs=(*line.runs, raised))
    data = write([[joined, line_of(FILLER[:8])]])
    assert audit(data).value.lines == 2


def test_words_in_a_figure_are_not_lines() -> None:
    assert audit(write([[line_of("，一"), line_of("，二")]], role="Figure")).value.lines == 0


def test_file_without_structure_is_an_error_that_says_what_to_audit() -> None:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    result = audit(out.getvalue(), "x.pdf")
    assert [str(d.place) for d in result.errors] == ["x.pdf"]
    assert [d.message for d in result.errors] == [
        "the file has no structure tree, which tells its paragraphs"
    ]
    assert result.errors[0].hints == ("audit the screen's file",)


def test_bytes_that_are_no_pdf_are_an_error() -> None:
    result = audit(b"not a PDF", "x.pdf")
    assert len(result.errors) == 1
    assert result.errors[0].message.startswith("the file cannot be read")
    assert result.value.lines == 0


def test_report_reads_as_text() -> None:
    text = describe(report(FILLER[:20], "，" + FILLER[:8]).value)
    assert text.splitlines()[:2] == ["2 lines in 1 blocks on 1 pages", "      1 forbidden line starts"]
    assert "grid of 17.5 pt" in text
