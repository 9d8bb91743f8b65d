"""Composing: final words of both editions, as text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from edition_world import (
    CODE_LISTS,
    CORRECTION,
    ENGLISH,
    FACTS,
    MANUSCRIPT,
    book,
    composed,
    fact,
    messages,
    package,
    parsed,
    words,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.data.package import Annex, DataPackage
from reportgen.edition import document as doc
from reportgen.edition.annex import MOST_JOINED, row_spans
from reportgen.edition.generated import FaceNotice, compose_generated
from reportgen.facts.book import FactBook
from reportgen.manuscript.tree import GENERATED


def _dump(document: doc.ComposedDocument) -> str:
    lines = []
    for section in document.sections:
        lines.append(f"{section.kind} #{section.anchor} [{section.number}] {words(section.title)}")
        if section.thesis:
            lines.append(f"  thesis {words(section.thesis)}")
        keys = section.key_numbers.numbers if section.key_numbers else ()
        lines += [f"  key {key.value}|{key.unit}|{words(key.label)}|{key.fact}" for key in keys]
        for block in section.blocks:
            lines += [f"  {line}" for line in _block(block)]
    lines += [f"note {note.mark} {words(note.content)}" for note in document.notes.values()]
    return "\n".join(lines)


def _block(block: doc.Block) -> list[str]:
    match block:
        case doc.Heading():
            return [f"h{block.level} #{block.anchor} {words(block.content)}"]
        case doc.Paragraph():
            return [f"p {words(block.content)}"]
        case doc.Points():
            return [
                f"point {p.marker} {p.accent}: {words(p.lead)} / {words(p.content)}" for p in block.points
            ]
        case doc.Bullets():
            return [f"{m} {words(i)}" for m, i in zip(block.markers, block.items, strict=True)]
        case doc.Definitions():
            return [f"def {words(term)} = {words(meaning)}" for term, meaning in block.entries]
        case doc.ContentsList():
            return [f"{'  ' * e.level}{e.number} {words(e.content)} → {e.anchor}" for e in block.entries]
        case doc.Figure():
            ends = [words(line) for line in (*block.notes, block.source)]
            return [f"{block.number} {words(block.caption)} {block.unit} {block.file}", *ends]
        case doc.Table():
            heads = " | ".join(f"{words(c.heading)}:{c.align}" for c in block.columns)
            rows = [" | ".join(map(_cell, row)) for row in block.rows]
            ends = [words(line) for line in (*block.notes, block.source)]
            return [
                f"{block.number} {words(block.caption)} {block.unit} ({block.continued})",
                heads,
                *rows,
                *ends,
            ]
        case _:
            raise AssertionError(block)


def _cell(cell: doc.TableCell) -> str:
    return words(cell.content) + cell.status + (f"×{cell.row_span}" if cell.row_span > 1 else "")


CHINESE = """\
contents #contents [] 目录
     图目录 → figures
     阅读说明 → guide
     概要 → summary
    第一部分 规模 → part1
       总量 → part1-total
     统计附表 → annex
     名词 → glossary
     制作说明 → colophon
figures #figures [] 图目录
    图1-1 2022-2023年申请量 → fig-yearly
guide #guide [] 阅读说明
  def （无标记） = 正常值
  def E = 估计值
  def 件 = ⟨图1-1⟩
summary #summary [] 概要
  point 一是 part1: 增长很快。 / 累计7.0万件⁽①⁾，占近八成。
part #part1 [第一部分] 规模
  thesis 规模扩大。
  key 7.0|万件|累计申请|a.total
  key 78.7|%|占比|a.share
  h2 #part1-total 总量
  p 如⟨图1-1⟩和⟨附表1-1⟩所示。
  图1-1 2022-2023年申请量 单位：件 yearly.csv
  注：含PCT申请。
  注：部分数值为估计值（E），附表逐项注明。
  资料来源：统计局
annex #annex [] 统计附表
  附表1-1 2022-2023年申请量 单位：件 (续表)
  年份:left | 对外:decimal | 来华:decimal
  2022 | 1,000 | 2,000E
  2023 | 3,000E | 4,000E
  注：含PCT申请。
  注：标有“E”的数值是估计值。
  资料来源：统计局
glossary #glossary [] 名词
  def 专利 = 一种权利。
  def 储能 = 一种技术。
colophon #colophon [] 制作说明
  def 报告标识 = small
  def 版本 = 中文版，第1.0版
  def 语言标记 = zh-CN
note ① 见⟨第一部分⟩。"""

ENGLISH_DUMP = """\
contents #contents [] Contents
     List of figures → figures
     Reader’s guide → guide
     Summary → summary
    Part 1 Scale → part1
       Totals → part1-total
     Statistical annex → annex
     Glossary → glossary
     Colophon → colophon
figures #figures [] List of figures
    Figure 1-1 Applications, 2022–2023 → fig-yearly
guide #guide [] Reader’s guide
  def no mark = Normal value
  def E = Estimated value
  def piece = ⟨Figure 1-1⟩
summary #summary [] Summary
  point First part1: Growth is fast. /  70,000 in all⁽1⁾, nearly 80%.
part #part1 [Part 1] Scale
  thesis Scale grows.
  key 70,000||applications|a.total
  key 78.7|%|share|a.share
  h2 #part1-total Totals
  p See ⟨Figure 1-1⟩ and ⟨Table A1-1⟩.
  Figure 1-1 Applications, 2022–2023 (Unit: piece) yearly.csv
  Note: With PCT applications.
  Note: Some values are estimates (E); the annex marks each of them.
  Source: The Office
annex #annex [] Statistical annex
  Table A1-1 Applications, 2022–2023 (Unit: piece) (continued)
  Year:left | Outbound:decimal | Inbound:decimal
  2022 | 1,000 | 2,000E
  2023 | 3,000E | 4,000E
  Note: With PCT applications.
  Note: Values marked E are estimates.
  Source: The Office
glossary #glossary [] Glossary
  def energy storage = A technology.
  def patent = A right.
colophon #colophon [] Colophon
  def Report = small
  def Edition = English edition, version 1.0
  def Language = en-GB
note 1 See ⟨Part 1⟩."""


@pytest.mark.parametrize(("edition", "golden"), [("zh", CHINESE), ("en", ENGLISH_DUMP)])
def test_edition_says_this(edition: str, golden: str) -> None:
    result = composed(edition)
    assert messages(result) == []
    assert _dump(result.value).replace("\u00a0", " ") == golden


def _section(document: doc.ComposedDocument, kind: str) -> doc.Section:
    return next(section for section in document.sections if section.kind == kind)


def _texts(content: doc.Inlines) -> list[doc.Text]:
    return [inline for inline in content if isinstance(inline, doc.Text)]


def test_text_knows_its_fact_its_claim_and_its_place() -> None:
    points = _section(composed().value, "summary").blocks[0]
    assert isinstance(points, doc.Points)
    said = {t.text: (t.fact, t.claim, str(t.span)) for t in _texts(points.points[0].content)}
    assert said["7.0万"] == ("a.total", None, "data/manuscript/10.md:4:14")
    assert said["近八成"][:2] == ("a.share", "a.big")
    assert said["占"][:2] == (None, "a.big")


def test_translated_text_has_its_place_in_the_catalog() -> None:
    points = _section(composed("en").value, "summary").blocks[0]
    assert isinstance(points, doc.Points)
    place = next(t.span for t in _texts(points.points[0].content) if t.fact == "a.total")
    assert place is not None
    assert place.file == "locales/en/LC_MESSAGES/report.po"
    assert place.line > 0


def test_reference_leads_to_its_anchor_and_is_not_broken() -> None:
    paragraph = _section(composed("en").value, "part").blocks[1]
    assert isinstance(paragraph, doc.Paragraph)
    references = [i for i in paragraph.content if isinstance(i, doc.CrossReference)]
    assert [(r.anchor, r.text) for r in references] == [
        ("fig-yearly", "Figure\u00a01-1"),
        ("tab-yearly", "Table\u00a0A1-1"),
    ]


def test_styles_languages_links_and_breaks_are_carried() -> None:
    text = "# 甲 {#a kind=summary}\n\n**强*弱***[Word]{lang=en}<https://x.org>\\\n`7`\n"
    paragraph = _section(composed(text=text).value, "summary").blocks[0]
    assert isinstance(paragraph, doc.Paragraph)
    strong, both, foreign, link, end, literal = paragraph.content
    assert isinstance(link, doc.Hyperlink)
    assert [t.marks for t in _texts((strong, both))] == [("strong",), ("strong", "emphasis")]
    assert [(t.text, t.lang) for t in _texts((foreign, end, literal))] == [
        ("Word", "en"), ("\n", None), ("7", None)
    ]  # fmt: skip
    assert (link.uri, [t.text for t in link.content]) == ("https://x.org", ["https://x.org"])


@pytest.mark.parametrize(
    ("statuses", "note"),
    [
        ("AAAA", []),
        ("AAAE", ["注：部分数值为估计值（E），附表逐项注明。"]),
        ("EEEE", ["注：各项数值均为估计值（E）。"]),
    ],
)
def test_figure_says_that_it_rests_on_estimates(statuses: str, note: list[str]) -> None:
    figure = _section(composed(data=package(statuses)).value, "part").blocks[2]
    assert isinstance(figure, doc.Figure)
    assert [words(n) for n in figure.notes[1:]] == note


def test_source_line_of_the_author_goes_before_the_packages() -> None:
    text = MANUSCRIPT.replace(":unit: piece", ":unit: piece\n:source: 本报告")
    figure = _section(composed(text=text).value, "part").blocks[2]
    assert isinstance(figure, doc.Figure)
    assert words(figure.source) == "资料来源：本报告"


def test_notes_are_numbered_where_there_are_several() -> None:
    text = MANUSCRIPT.replace("- 含[PCT]{.literal}申请。", "- 甲。\n- 乙。")
    figure = _section(composed(text=text).value, "part").blocks[2]
    assert isinstance(figure, doc.Figure)
    assert [words(n) for n in figure.notes[:2]] == ["注1：甲。", "注2：乙。"]


def test_missing_guide_and_colophon_are_made_and_written_ones_kept() -> None:
    text = MANUSCRIPT + "\n# 说明 {#how kind=guide}\n\n文字。\n"
    guides = [s for s in composed(text=text).value.sections if s.kind == "guide"]
    assert [(s.anchor, len(s.blocks)) for s in guides] == [("how", 1)]


def test_report_without_figures_has_no_annex_and_no_list_of_figures() -> None:
    document = composed(text="# 甲 {#a kind=part}\n\n文字。\n").value
    assert [s.kind for s in document.sections] == ["contents", "guide", "part", "colophon"]


def test_running_head_is_the_sections_own_or_its_title() -> None:
    text = "# 甲 {#a kind=part}\n\n:::{running-head}\n短\n:::\n\n# 乙 {#b kind=part}\n\n文字。\n"
    parts = [s for s in composed(text=text).value.sections if s.kind == "part"]
    assert [(doc.plain(s.running_head or s.title), s.ordinal, s.accent) for s in parts] == [
        ("短", "1", "part1"),
        ("乙", "2", "part2"),
    ]


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("{a.total:wan.1}件", "7.0", "万件"),
        ("{a.total:int}", "70,000", ""),
        ("{a.share:pct.1}", "78.7", "%"),
        ("{a.total:yi.2} 件", "0.00", "亿 件"),
        ("{a.more:int.over}人次", "1,300", "余人次"),
        ("{a.share:hedge}", "近八成", ""),
        ("{a.fall:pct.1}", "\u22125.0", "%"),
    ],
)
def test_key_number_parts_digits_from_unit(written: str, value: str, unit: str) -> None:
    more = replace(fact("a.more", Decimal(1300), "number"), at_least=True)
    facts = {**FACTS, "a.more": more, "a.fall": fact("a.fall", Decimal("-0.05"), "ratio")}
    text = f"# 甲 {{#a kind=part}}\n\n:::{{opener}}\n句。\n\n- {written} | 名\n:::\n"
    result = composed(text=text, facts=FactBook(facts))
    keys = _section(result.value, "part").key_numbers
    assert keys is not None
    assert (keys.numbers[0].value, keys.numbers[0].unit) == (value, unit)


# Faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{a.total:wan.1}件[", "{a.totel:wan.1}件[", "4:14: there is no fact a.totel"),
        ("{a.total:wan.1}件[", "{a.total:pct.1}件[", "4:14: the format pct does not fit a.total, which is a number"),
        ("{a.total:wan.1}件[", "{a.total:wann}件[", "4:14: the format wann is unknown"),
        ("claim=a.big", "claim=a.bug", "4:35: there is no claim a.bug"),
        (":table: yearly", ":table: yearli", "23:9: there is no table yearli"),
        (":unit: piece", ":unit: pieces", "24:8: there is no unit pieces in the code list units"),
    ],
)  # fmt: skip
def test_what_the_manuscript_names_must_be_there(old: str, new: str, fault: str) -> None:
    assert MANUSCRIPT.count(old) == 1
    assert messages(composed(text=MANUSCRIPT.replace(old, new))) == [f"data/manuscript/10.md:{fault}"]


def test_claim_that_does_not_hold_is_refused_with_its_evidence() -> None:
    result = composed(facts=book(holds=False))
    assert messages(result) == [
        "data/manuscript/10.md:4:35: the claim a.big does not hold: 0.787 > 0.5 is False"
    ]


def test_fault_of_the_manuscript_is_the_same_in_both_editions() -> None:
    bad = FactBook({key: value for key, value in FACTS.items() if key != "a.share"}, book().claims)
    assert messages(composed(facts=bad)) == messages(composed("en", facts=bad))


def test_missing_translation_is_printed_in_chinese_and_refused() -> None:
    english = {key: text for key, text in ENGLISH.items() if key != "part1.thesis"}
    result = composed("en", english=english)
    assert words(_section(result.value, "part").thesis) == "规模扩大。"
    assert [d.message for d in result.diagnostics] == [
        "the translation of part1.thesis (data/manuscript/10.md:12:1) is missing"
    ]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("summary.point1", "Growth. {a.total:int}[^n] [{a.share:hedge}](claim:a.big)",
         "the translation of summary.point1 has no lead sentence"),
        ("part1.key1", "{a.total:int} applications",
         "the key number is not a number with its unit, a bar, and what it counts"),
        ("part1.key2", "{a.share:wann} | share", "the format wann is unknown"),
    ],
)  # fmt: skip
def test_translation_of_the_wrong_form_is_refused_at_its_line(name: str, text: str, fault: str) -> None:
    result = composed("en", english={**ENGLISH, name: text})
    assert [d.message for d in result.diagnostics] == [fault]
    assert str(result.diagnostics[0].place).startswith("locales/en/LC_MESSAGES/report.po:")


# Blocks made from the data --------------------------------------------------------------------------------------


def test_corrections_in_force_are_listed() -> None:
    text = "# 甲 {#a kind=methods}\n\n:::{corrections}\n:::\n"
    none = composed(text=text).value
    assert _dump(none).splitlines()[-5] == "  p 本版数据未作更正。"
    some = composed(text=text, data=package(corrections=(CORRECTION,))).value
    assert (
        "  1. 2024-08-01：历年申请（year=2022; way=out）的数量由900更正为1000。理由：typing error。批准人：the editor。"
        in _dump(some).splitlines()
    )


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ("AAAA", "4项观测值，均为已公布数据"),
        ("AEEE", "4项观测值，其中估计值3项"),
        ("EEEE", "4项观测值，均为估计值"),
    ],
)
def test_tables_are_listed_with_their_observations_and_source(statuses: str, said: str) -> None:
    text = MANUSCRIPT + "\n# 方法 {#m kind=methods}\n\n:::{tables}\n:::\n"
    blocks = _section(composed(text=text, data=package(statuses)).value, "methods").blocks
    assert _block(blocks[0]) == [f"def ⟨附表1-1⟩ = {said}。资料来源：统计局"]


def test_a_long_source_that_all_tables_share_is_said_once() -> None:
    start = MANUSCRIPT.index(":::{figure} yearly")
    figure = MANUSCRIPT[start : MANUSCRIPT.index("# 名词")]

    def listed(first: str, second: str) -> list[str]:
        one, other = (figure.replace(":unit: piece", f":unit: piece\n:source: {s}") for s in (first, second))
        more = "也见[](#fig-again)。\n\n" + other.replace("{figure} yearly", "{figure} again")
        text = MANUSCRIPT.replace(figure, one + more) + "\n# 方法 {#m kind=methods}\n\n:::{tables}\n:::\n"
        made = _section(composed(text=text, data=package("AAAA")).value, "methods").blocks
        return [line for block in made for line in _block(block)]

    said, long = "4项观测值，均为已公布数据", "国家统计局和国家知识产权局历年联合发布的统计公报"
    once = [f"def ⟨附表1-1⟩ = {said}", f"def ⟨附表1-2⟩ = {said}", f"p 资料来源：{long}"]
    each = "def ⟨附表1-{}⟩ = " + said + "。资料来源：{}"
    assert listed(long, long) == once
    assert listed("本报告", "本报告") == [each.format(1, "本报告"), each.format(2, "本报告")]
    assert listed(long, "本报告") == [each.format(1, long), each.format(2, "本报告")]


def test_fonts_are_listed_with_their_licence() -> None:
    from reportgen.manuscript.tree import Generated

    document = _voice_of_chinese()
    block = Generated("fonts", parsed().sections[0].span)
    made = compose_generated(
        document, block, (), (FaceNotice("思源宋体", ("A-Regular", "A-Bold"), "OFL.txt"),)
    )
    assert _block(made[0]) == ["def 思源宋体 = A-Regular、A-Bold；许可证：OFL.txt"]
    assert compose_generated(document, block, (), ()) == ()


def _voice_of_chinese():  # type: ignore[no-untyped-def]
    from edition_world import world

    from reportgen.edition.labels import load_labels
    from reportgen.edition.languages import language
    from reportgen.edition.numbering import number_all
    from reportgen.edition.report import load_report
    from reportgen.edition.wording import Wording

    report = load_report(world()).value
    labels, locale = load_labels("zh"), language("zh_Hans_CN", "zh-CN")
    numbering = number_all(parsed(), labels, locale)
    return Wording(report, report.editions["zh"], locale, labels, package(), book(), numbering, None)


@pytest.mark.parametrize("name", GENERATED)
def test_every_generated_block_can_be_composed_without_data(name: str) -> None:
    text = f"# 甲 {{#a kind=methods}}\n\n文字。\n\n:::{{{name}}}\n:::\n"
    result = composed(text=text, data=DataPackage("none", {}, {}))
    assert messages(result) == []


# The annex ------------------------------------------------------------------------------------------------------


def _annex(shape: Annex, statuses: str = "AEEE") -> list[str]:
    data = package(statuses)
    changed = replace(data, tables={"yearly": replace(data.tables["yearly"], annex=shape)})
    return _block(_section(composed(data=changed).value, "annex").blocks[0])[1:]


def test_annex_without_columns_has_a_row_for_each_observation() -> None:
    assert _annex(Annex(("way", "year")))[:5] == [
        "方向:left | 年份:left | 数量:decimal",
        "对外×2 | 2022 | 1,000",
        "2023 | 3,000E",
        "来华×2 | 2022 | 2,000E",
        "2023 | 4,000E",
    ]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 30).map(str)), unique=True
    )
)
def test_headings_of_groups_cover_every_row_once(keys: list[tuple[str, str, str]]) -> None:
    spans = row_spans(sorted(keys))
    for level in range(3):
        column = [row[level] for row in spans]
        assert sum(column) == len(keys)
        assert all(0 <= span <= MOST_JOINED for span in column)
        assert column[:1] != [0]
    assert all(row[2] == 1 for row in spans)


def test_annex_columns_of_two_dimensions_are_flattened_and_grouped() -> None:
    assert _annex(Annex((), ("way", "year")))[:2] == [
        "对外：2022:decimal | 对外：2023:decimal | 来华：2022:decimal | 来华：2023:decimal",
        "1,000 | 3,000E | 2,000E | 4,000E",
    ]


def test_footnote_of_a_caption_is_called_at_the_figure_alone() -> None:
    text = MANUSCRIPT.replace("累计{a.total:wan.1}件[^n]", "累计{a.total:wan.1}件").replace(
        "年申请量", "年申请量[^n]"
    )
    document = composed(text=text).value
    called = [line for line in _dump(document).splitlines() if "⁽" in line]
    assert called == ["  图1-1 2022-2023年申请量⁽①⁾ 单位：件 yearly.csv"]


def test_footnote_named_by_a_capital_letter_has_it_for_its_mark() -> None:
    document = composed(text=MANUSCRIPT.replace("[^n]", "[^A]")).value
    assert [note.mark for note in document.notes.values()] == ["A"]


def test_combination_without_observation_is_blank() -> None:
    data = package()
    table = data.tables["yearly"]
    changed = replace(data, tables={"yearly": replace(table, rows=table.rows[:3])})
    assert _block(_section(composed(data=changed).value, "annex").blocks[0])[3] == "2023 | 3,000E | "


def test_cell_leads_to_its_row_in_the_data() -> None:
    block = _section(composed().value, "annex").blocks[0]
    assert isinstance(block, doc.Table)
    assert str(block.rows[1][2].span) == "data/yearly.csv:5"
    assert block.rows[1][0].header


# Attached files -------------------------------------------------------------------------------------------------


def test_figure_carries_its_data_with_names_and_status() -> None:
    attached = composed("en").value.attachments
    assert [a.name for a in attached] == ["yearly.csv", "datapackage.json"]
    assert attached[0].data.decode().splitlines()[:3] == [
        "\ufeffyear,way,way_name,value,obs_status,obs_status_name",
        "2022,out,Outbound,1000,A,Normal value",
        "2022,in,Inbound,2000,E,Estimated value",
    ]
    assert attached[0].description == "Data of Figure\u00a01-1 as CSV"


def test_no_name_or_text_of_attached_data_is_a_formula() -> None:
    """The data package, which no spreadsheet opens, has the texts as they are."""
    data = package()
    table = data.tables["yearly"]
    named = replace(
        data.code_lists["ways"],
        codes={
            code: replace(found, names={"zh": "=1+1", "en": "@SUM(1)"}, short={})
            for code, found in data.code_lists["ways"].codes.items()
        },
    )
    rows = tuple(
        replace(row, values={**row.values, "year": "=2+2", "value": Decimal(-5)}) for row in table.rows
    )
    changed = replace(
        data,
        tables={"yearly": replace(table, rows=rows)},
        code_lists={**data.code_lists, "ways": named},
    )
    table_file, package_file = composed("en", data=changed).value.attachments
    assert table_file.data.decode().splitlines()[1] == "'=2+2,out,'@SUM(1),-5,A,Normal value"
    assert b'"=2+2"' in package_file.data


def test_data_package_is_carried_whole() -> None:
    import json

    whole = json.loads(composed().value.attachments[-1].data)
    assert [r["name"] for r in whole["resources"]] == ["yearly", *CODE_LISTS]
    assert whole["resources"][0]["data"][0] == {
        "year": "2022", "way": "out", "value": "1000", "obs_status": "A"
    }  # fmt: skip


def test_figure_is_described_at_length_in_a_file_of_its_own() -> None:
    from reportgen.edition.attach import describe_figure
    from reportgen.edition.labels import load_labels

    figure = next(b for s in composed().value.sections for b in s.blocks if isinstance(b, doc.Figure))
    attached = describe_figure(figure, "柱形图。", load_labels("zh"))
    assert (attached.name, attached.data.decode()) == (f"{figure.name}.txt", "柱形图。\n")
    assert (attached.relationship, attached.media_type) == ("Alternative", "text/plain")
    assert attached.description == "图1-1文字说明"
