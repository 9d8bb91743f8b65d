"""A manuscript's files to one tree: sections, blocks, ids, and every fault in one run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Result
from reportgen.base.world import World
from reportgen.manuscript.parse import parse_manuscript
from reportgen.manuscript.render import render
from reportgen.manuscript.tree import Figure, Manuscript, Points

PROJECT = Path(__file__).parents[2]


def parse(text: str, **more: str) -> Result[Manuscript]:
    files = {"data/manuscript/10.md": text} | {f"data/manuscript/{k}.md": v for k, v in more.items()}
    return parse_manuscript(World.of_files(files))


def faults_of(text: str) -> list[str]:
    return [str(d) for d in parse(text).diagnostics]


PART = "# 题 {#p1 kind=part}\n\n"


def test_the_shipped_manuscript_has_no_fault() -> None:
    result = parse_manuscript(World(PROJECT))
    assert result.diagnostics == ()
    assert len(list(result.value.figures())) == 12
    assert [s.kind for s in result.value.sections].count("part") == 4


def test_files_are_read_in_the_order_of_their_names() -> None:
    manuscript = parse("# 乙 {#b kind=part}\n", **{"05": "# 甲 {#a kind=summary}\n"}).value
    assert [section.id for section in manuscript.sections] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("一。\n\n二。\n", ["text-10.p1", "text-10.p2"]),
        ("## 小题 {#h}\n\n一。\n", ["h", "text-10.p1"]),
        ("<!-- 注 -->\n\n一。[^a]\n\n[^a]: 注。\n", ["text-10.p1", "note.a"]),
        (":::{figure} f\n:table: t\n\n题\n:::\n\n见[](#fig-f)。\n", ["fig-f.caption", "text-10.p1"]),
    ],
)
def test_a_file_without_a_title_is_a_part_named_for_the_file(text: str, ids: list[str]) -> None:
    result = parse(text)
    assert result.diagnostics == ()
    (section,) = result.value.sections
    assert (section.id, section.kind, section.title.content) == ("text-10", "part", ())
    assert [passage.id for passage in result.value.passages() if passage.content] == ids


def test_ids_from_names_of_files_hold_letters_digits_and_hyphens_alone() -> None:
    result = parse("一。\n", **{"正文 (二).v2": "二。\n"})
    assert result.diagnostics == ()
    assert [section.id for section in result.value.sections] == ["text-10", "text-正文-二-v2"]


def test_text_without_a_title_cannot_stand_beside_parts() -> None:
    (fault,) = parse("一。\n", **{"20": PART + "二。\n"}).diagnostics
    assert str(fault).startswith("data/manuscript/10.md:1:1: error: the file has no heading of level 1, but")
    assert parse("一。\n", **{"20": "# 法 {#m kind=methods}\n\n二。\n"}).diagnostics == ()


@pytest.mark.parametrize("text", ["", "\n", "<!-- 注 -->\n"])
def test_a_file_without_a_word_has_no_section(text: str) -> None:
    assert [d.rule for d in parse(text).diagnostics] == ["missing-section"]


def test_blocks_without_an_id_are_counted_inside_their_section() -> None:
    text = PART + "一。\n\n## 小题\n\n二。{#own}\n\n三。\n\n- 甲\n- 乙\n"
    ids = [passage.id for passage in parse(text).value.passages()]
    assert ids == ["p1", "p1.p1", "p1.h1", "own", "p1.p3", "p1.list1.1", "p1.list1.2"]


def test_a_figure_has_its_options_caption_and_notes() -> None:
    text = (
        PART
        + "见[](#fig-f)。\n\n:::{figure} f\n:table: t\n:unit: piece\n:source: 某局\n\n标题\n\n- 注一。\n:::\n"
    )
    result = parse(text)
    figure = next(result.value.figures())
    assert result.diagnostics == ()
    assert (figure.name, figure.table, figure.unit, figure.anchor) == ("f", "t", "piece", "fig-f")
    assert [passage.id for passage in (figure.caption, *figure.notes)] == ["fig-f.caption", "fig-f.note1"]
    assert figure.source is not None
    assert render(figure.source.content) == "某局"


def test_points_open_with_their_lead_and_may_have_an_accent() -> None:
    text = PART + ":::{points}\n- **甲。**一。\n- **乙。**二。{accent=blue}\n:::\n"
    (points,) = parse(text).value.sections[0].blocks
    assert isinstance(points, Points)
    assert [point.accent for point in points.points] == [None, "blue"]


def test_a_comment_is_left_out() -> None:
    assert parse(PART + "<!-- 7 -->\n\n甲。\n").diagnostics == ()


def test_a_footnote_is_found_wherever_it_stands_in_the_file() -> None:
    manuscript = parse(PART + "[^a]: 注。\n\n甲[^a]。\n").value
    assert render(manuscript.notes["a"].passage.content) == "注。"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("甲。\n\n" + PART, "data/manuscript/10.md:1:1: error: the block stands before the first section"),
        ("# 题\n", "data/manuscript/10.md:1:1: error: the section has no id"),
        ("# 题 {#a kind=chapter}\n", "data/manuscript/10.md:1:1: error: the section kind chapter is unknown"),
        (PART + "#### 深\n", "data/manuscript/10.md:3:1: error: the heading is too deep"),
        (PART + "> 引\n", "data/manuscript/10.md:3:1: error: a quotation block is not part of a manuscript"),
        (PART + "```\nx\n```\n", "data/manuscript/10.md:3:1: error: a block of code is not part"),
        (PART + "<div>\n</div>\n", "data/manuscript/10.md:3:1: error: raw HTML is not part of a manuscript"),
        (PART + "|a|b|\n|-|-|\n|c|d|\n", "data/manuscript/10.md:3:1: error: a typed table is not part"),
        (PART + "甲![乙](c.png)\n", "data/manuscript/10.md:3:2: error: an image is not part of a manuscript"),
        (PART + "- 甲\n  - 乙\n", "data/manuscript/10.md:3:1: error: the list item is not one paragraph"),
        (PART + ":::{figur} f\n:::\n", "data/manuscript/10.md:3:1: error: the directive {figur} is unknown"),
        (PART + ":::\n:::\n", "data/manuscript/10.md:3:1: error: the directive has no name"),
        (PART + ":::{points}\n- **甲。**\n", "data/manuscript/10.md:3:1: error: the directive is not closed"),
        (
            PART + ":::{figure} f\n:table: t\n:::\n",
            "data/manuscript/10.md:3:1: error: the figure has no caption",
        ),
        (PART + ":::{figure} f\n\n题\n:::\n", "data/manuscript/10.md:3:1: error: the figure names no table"),
        (
            PART + ":::{figure}\n:table: t\n\n题\n:::\n",
            "data/manuscript/10.md:3:1: error: {figure} needs a name",
        ),
        (
            PART + ":::{figure} f\n:table: t\n:size: big\n\n题\n:::\n",
            "data/manuscript/10.md:5:8: error: {figure} has no option size",
        ),
        (
            PART + ":::{points}\n- 甲。\n:::\n",
            "data/manuscript/10.md:4:1: error: the point has no lead sentence",
        ),
        (
            PART + ":::{opener}\n- {a.b:int}件 | 甲\n:::\n",
            "data/manuscript/10.md:3:1: error: the opener has no thesis",
        ),
        (
            PART + ":::{opener}\n题。\n\n- {a.b:int}件\n:::\n",
            "data/manuscript/10.md:6:1: error: the key number is not a number with its unit",
        ),
        (
            PART + ":::{opener}\n题。\n\n- 七件 | 甲\n:::\n",
            "data/manuscript/10.md:6:1: error: the key number is not a number with its unit",
        ),
        (
            PART + ":::{figure} f\n:table: t\n:source: 来源{a}\n\n题\n:::\n",
            "data/manuscript/10.md:5:12: error: {a} is not a placeholder",
        ),
        (
            PART + "甲[^a]乙[^a]。\n\n[^a]: 注。\n",
            "data/manuscript/10.md:3:7: error: the footnote a is called twice",
        ),
        (PART + "甲[^a]。\n", "data/manuscript/10.md:3:2: error: there is no footnote a"),
        (PART + "甲。\n\n[^a]: 注。\n", "data/manuscript/10.md:5:1: error: the footnote a is never called"),
        (
            PART + "见[](#fig-x)。\n",
            "data/manuscript/10.md:3:2: error: there is no figure, table or part #fig-x",
        ),
        (
            PART + "## 附录 {#annex}\n\n甲。\n",
            "data/manuscript/10.md:3:4: error: the id annex is reserved for a section that reportgen makes",
        ),
        (
            PART + "## 说明 {#guide}\n\n甲。\n",
            "data/manuscript/10.md:3:4: error: the id guide is reserved for a section that reportgen makes",
        ),
        (PART + "甲。{#x}\n\n乙。{#x}\n", "data/manuscript/10.md:5:1: error: the id x is used twice"),
        (PART + "甲。{color=red}\n", "data/manuscript/10.md:3:4: error: the attribute color is unknown here"),
        (
            PART + ":::{figure} f\n:table: t\n\n题\n:::\n",
            "data/manuscript/10.md:3:1: error: the figure f is never referred to",
        ),
        (PART + ":::{units}\n甲\n:::\n", "data/manuscript/10.md:3:1: error: {units} takes no body"),
    ],
)
def test_a_fault_is_reported_with_its_place_and_a_remedy(text: str, fault: str) -> None:
    found = faults_of(text)
    assert any(line.startswith(fault) for line in found), found


def test_the_faults_of_all_files_are_found_in_one_run() -> None:
    result = parse(PART + "共7件。\n", **{"20": "# 题 {#p2}\n\n> 引\n\n甲{x}\n"})
    assert len(result.errors) == 3
    assert len({d.place.file for d in result.errors if hasattr(d.place, "file")}) == 2


def test_an_empty_folder_is_a_fault() -> None:
    assert [str(d) for d in parse_manuscript(World.of_files({})).diagnostics] == [
        "data/manuscript: error: there is no manuscript\n  hint: write it in .md files there"
    ]


def test_a_file_in_another_encoding_is_a_fault_and_the_others_are_read() -> None:
    files = {"data/manuscript/1.md": "甲".encode("gb18030"), "data/manuscript/2.md": PART + "7\n"}
    result = parse_manuscript(World.of_files(files))
    assert [d.message for d in result.errors] == ["the file is not UTF-8 text", "the number 7 is typed"]


def test_a_file_without_a_section_is_a_fault() -> None:
    assert [d.message for d in parse("").diagnostics] == ["the file has no section"]


def test_a_part_may_not_hold_two_openers() -> None:
    opener = ":::{opener}\n题。\n:::\n\n"
    assert any("the part has two openers" in line for line in faults_of(PART + opener + opener))


def test_a_figure_outside_the_parts_is_a_fault() -> None:
    text = "# 概要 {#s kind=summary}\n\n见[](#fig-f)。\n\n:::{figure} f\n:table: t\n\n题\n:::\n"
    assert any("a figure stands outside the parts" in line for line in faults_of(text))


LINES = st.sampled_from(
    [
        "# 题 {#a}",
        "## 小 {#b}",
        "甲{x.y:int}。",
        "- 甲",
        ":::{figure} f",
        ":table: t",
        ":::",
        "[^a]: 注",
        "甲[^a]",
        "",
        "> 引",
        "术语",
        ": 义",
    ]
)


@given(st.lists(LINES, max_size=12))
@settings(deadline=None, max_examples=150)
def test_any_order_of_lines_gives_a_tree_and_placed_faults(lines: list[str]) -> None:
    result = parse("\n".join(lines))
    assert all(d.place is not None for d in result.diagnostics)
    assert all(isinstance(f, Figure) for f in result.value.figures())
