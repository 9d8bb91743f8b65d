"""Which parts of the apparatus a report has: by its kind, by its switches, by what its manuscript holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from edition_world import MANUSCRIPT, composed, package, parsed, world

from reportgen.edition import document as doc
from reportgen.edition.apparatus import FULL, LONGEST, OF_A_FIGURE, SWITCHES, apparatus_of, extent, kind_of
from reportgen.edition.report import load_report

SHORT = "# 甲 {#a}\n\n文字。\n"
FIGURE = "见[](#fig-f{n})。\n\n:::{{figure}} f{n}\n:table: yearly\n\n图\n:::\n\n"
REPORT = load_report(world()).value


def kinds(text: str, **switches: bool) -> list[str]:
    document = composed(text=text, kind=None, **switches).value
    return [section.kind for section in document.sections]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SHORT, "bulletin"),
        (SHORT + "字" * int(LONGEST["bulletin"]) + "\n", "chapter"),
        (SHORT + "字" * int(LONGEST["chapter"]) + "\n", "report"),
        (SHORT + "word " * int(LONGEST["bulletin"] / 3) + "\n", "bulletin"),
        (SHORT + "".join(FIGURE.format(n=n) for n in range(3)), "bulletin"),
        (SHORT + "".join(FIGURE.format(n=n) for n in range(4)), "chapter"),
        (SHORT + "# 版 {#i kind=imprint}\n\n文字。\n", "report"),
        (MANUSCRIPT, "bulletin"),
        (MANUSCRIPT + "\n# 二 {#b}\n\n:::{opener}\n文字。\n:::\n", "report"),
    ],
)
def test_kind_follows_from_the_manuscript(text: str, kind: str) -> None:
    assert kind_of(REPORT, parsed(text)) == kind
    assert kind_of(replace(REPORT, kind="chapter"), parsed(text)) == "chapter"


def test_extent_counts_characters_numbers_and_figures() -> None:
    text = "# 甲 {#a}\n\n字ab{a.total:int}见[](#fig-x)。\n\n:::{figure} x\n:table: yearly\n\n图\n:::\n"
    assert extent(parsed(text)) == 1 + 1 + 1 + 4 + 1 + 1 + 1 + OF_A_FIGURE


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("bulletin", []),
        ("chapter", ["annex"]),
        ("report", ["contents", "figures", "guide", "annex", "colophon"]),
    ],
)
def test_what_each_kind_makes(kind: str, made: list[str]) -> None:
    text = SHORT + FIGURE.format(n=1)
    document = composed(text=text, kind=kind).value  # type: ignore[arg-type]
    assert sorted(s.kind for s in document.sections if s.kind != "part") == sorted(made)
    assert document.form.cover is document.form.new_pages is (kind == "report")


@pytest.mark.parametrize("name", SWITCHES)
def test_each_switch_is_read_and_switches(name: str) -> None:
    toml = world().files["data/report.toml"].decode() + f"[apparatus]\n{name} = "
    for value in (True, False):
        report = load_report(world(report=toml + str(value).lower())).value
        assert getattr(apparatus_of(report, parsed(MANUSCRIPT)).value, name) is value
    usual = apparatus_of(REPORT, parsed(MANUSCRIPT)).value
    auto = load_report(world(report=toml + '"auto"'))
    assert auto.diagnostics == ()
    assert apparatus_of(auto.value, parsed(MANUSCRIPT)).value == usual


def test_a_slip_in_a_switch_is_told_at_its_place() -> None:
    toml = world().files["data/report.toml"].decode()
    (wrong,) = load_report(world(report=toml + "[apparatus]\ncover = 3\n")).diagnostics
    assert str(wrong).startswith(
        "data/report.toml:15:1: error: apparatus.cover is 3, not true or false or auto"
    )
    (unknown,) = load_report(world(report=toml + "[apparatus]\ncovr = true\n")).diagnostics
    assert "did you mean cover?" in str(unknown)
    (kind,) = load_report(world(report='kind = "bullettin"\n' + toml)).diagnostics
    assert "did you mean bulletin?" in str(kind)


def test_sections_of_the_author_are_printed_in_every_kind_and_left_out_when_switched_off() -> None:
    text = SHORT + "".join(
        f"# 题{kind} {{#{kind}1 kind={kind}}}\n\n文字。\n\n"
        for kind in ("guide", "methods", "glossary", "colophon")
    )
    assert kinds(text) == ["guide", "part", "methods", "glossary", "colophon"]
    for kind in ("guide", "methods", "glossary", "colophon"):
        assert kind not in kinds(text, **{kind: False})


def test_an_imprint_without_a_cover_stands_before_the_colophon() -> None:
    text = "# 版 {#i kind=imprint}\n\n文字。\n\n" + SHORT
    assert kinds(text)[:1] == ["imprint"]
    assert kinds(text, cover=False)[-2:] == ["imprint", "colophon"]


@pytest.mark.parametrize("name", ["imprint", "methods", "glossary"])
def test_what_only_the_author_can_write_is_asked_for(name: str) -> None:
    toml = world().files["data/report.toml"].decode()
    report = load_report(world(report=toml + f"[apparatus]\n{name} = true\n")).value
    (fault,) = apparatus_of(report, parsed(SHORT)).diagnostics
    assert str(fault).startswith(
        f"data/report.toml:15:1: error: apparatus.{name} is true, but the manuscript"
    )
    assert (
        apparatus_of(report, parsed(f"{SHORT}\n# 题 {{#{name} kind={name}}}\n\n文字。\n")).diagnostics == ()
    )


def test_a_table_that_is_referred_to_brings_its_annex_and_is_missed_without_it() -> None:
    text = SHORT + FIGURE.format(n=1) + "见[](#tab-f1)。\n"
    assert kinds(text) == ["part", "annex"]
    (fault,) = composed(text=text, kind=None, annex=False).diagnostics
    assert str(fault) == (
        "data/manuscript/10.md:12:2: error: the report has no annex, so there is no table #tab-f1\n"
        "  hint: write annex = true under [apparatus], or refer to the figure: #fig-f1"
    )
    mended = text.replace("#tab-f1", "#fig-f1")
    assert composed(text=mended, kind=None, annex=False).diagnostics == ()


def test_paper_for_a_cover_sheet_needs_a_cover() -> None:
    toml = world().files["data/report.toml"].decode()
    paper = "[press]\npaper_weight = 100\n"
    assert apparatus_of(load_report(world(report=toml + paper)).value, parsed(SHORT)).value.cover
    report = load_report(world(report=toml + paper + "[apparatus]\ncover = false\n")).value
    (fault,) = apparatus_of(report, parsed(SHORT)).diagnostics
    assert fault.rule == "no-cover"


def test_figures_of_a_short_report_are_counted_through_and_parts_named_by_their_titles() -> None:
    text = SHORT + FIGURE.format(n=1) + "# 乙 {#b}\n\n见[](#a)。\n\n" + FIGURE.format(n=2)
    document = composed(text=text, kind="chapter").value
    assert [f.number for f in document.figures()] == ["图1", "图2"]
    said = [doc.plain(b.content) for s in document.sections for b in s.blocks if isinstance(b, doc.Paragraph)]
    assert "见甲。" in said
    book = composed(text=text, kind="report").value
    assert [f.number for f in book.figures()] == ["图1-1", "图2-1"]


def test_estimates_are_not_said_to_be_marked_in_an_annex_that_is_off() -> None:
    text = SHORT + FIGURE.format(n=1)
    notes = [
        doc.plain(note)
        for annex in (True, False)
        for figure in composed(text=text, annex=annex).value.figures()
        for note in figure.notes
    ]
    assert ["附表" in note for note in notes] == [True, False]


def test_marks_that_no_guide_explains_are_explained_under_their_table() -> None:
    text = SHORT + FIGURE.format(n=1)
    for guide in (True, False):
        document = composed(text=text, data=package("AEPP"), guide=guide).value
        (table,) = (b for s in document.sections for b in s.blocks if isinstance(b, doc.Table))
        assert any("P：" in doc.plain(note) for note in table.notes) is not guide


def test_text_without_a_title_is_a_section_of_its_own() -> None:
    document = composed(text="文字。\n\n## 节 {#n}\n\n文字。\n", kind="bulletin").value
    (only,) = document.sections
    assert (only.title, only.number, only.opens) == ((), "", False)
    listed = composed(text="文字。\n\n## 节 {#n}\n\n文字。\n", kind="bulletin", contents=True).value.sections[
        0
    ]
    (contents,) = listed.blocks
    assert isinstance(contents, doc.ContentsList)
    assert [(e.level, doc.plain(e.content)) for e in contents.entries] == [(1, "节")]


def test_title_that_the_first_section_repeats_is_printed_once() -> None:
    text = "# 小报告二行 {#a}\n\n文字。\n"
    assert composed(text=text, kind="bulletin").value.sections[0].title == ()
    assert doc.plain(composed(text=text, cover=True).value.sections[-2].title) == "小报告二行"


def test_everything_is_on_unless_something_is_said() -> None:
    assert all(getattr(FULL, name) for name in SWITCHES)
