"""A small report in memory for the tests of the edition layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reportgen.base.diagnostics import CellRef, Diagnostic, Result
from reportgen.base.world import World
from reportgen.data.package import Annex, Code, CodeList, Column, Correction, DataPackage, Row, Table
from reportgen.edition.apparatus import Kind
from reportgen.edition.compose import compose
from reportgen.edition.document import (
    ComposedDocument,
    CrossReference,
    Hyperlink,
    Inlines,
    NoteReference,
    Text,
)
from reportgen.edition.labels import load_labels
from reportgen.edition.languages import language
from reportgen.edition.po import PoEntry, parse_po
from reportgen.edition.report import load_report
from reportgen.edition.translation import Catalog, load_catalog
from reportgen.facts.book import Claim, Fact, FactBook
from reportgen.manuscript.parse import parse_manuscript
from reportgen.manuscript.tree import Manuscript

REPORT = """\
identifier = "small"
issued = "2024-07"
file_stem = "small"
[editions.zh]
locale = "zh_Hans_CN"
lang = "zh-CN"
title = ["小报告", "二行"]
issuer = "统计局"
[editions.en]
locale = "en_GB"
lang = "en-GB"
title = ["A Small", "Report"]
issuer = "The Office"
"""

MANUSCRIPT = """\
# 概要 {#summary kind=summary}

:::{points}
- **增长很快。**累计{a.total:wan.1}件[^n]，[占{a.share:hedge}]{claim=a.big}。
:::

[^n]: 见[](#part1)。

# 规模 {#part1 kind=part}

:::{opener}
规模扩大。

- {a.total:wan.1}件 | 累计申请
- {a.share:pct.1} | 占比
:::

## 总量 {#part1-total}

如[](#fig-yearly)和[](#tab-yearly)所示。

:::{figure} yearly
:table: yearly
:unit: piece

{a.period:years}年申请量

- 含[PCT]{.literal}申请。
:::

# 名词 {#glossary kind=glossary}

:::{definitions}
专利
: 一种权利。

储能
: 一种技术。
:::
"""

ENGLISH = {
    "summary": "Summary",
    "summary.point1": "**Growth is fast.** {a.total:int} in all[^n], [{a.share:hedge}](claim:a.big).",
    "part1": "Scale",
    "part1.thesis": "Scale grows.",
    "part1.key1": "{a.total:int} | applications",
    "part1.key2": "{a.share:pct.1} | share",
    "part1-total": "Totals",
    "part1.p1": "See [](#fig-yearly) and [](#tab-yearly).",
    "fig-yearly.caption": "Applications, {a.period:years}",
    "fig-yearly.note1": "With `PCT` applications.",
    "glossary": "Glossary",
    "glossary.term1": "patent",
    "glossary.term1.meaning": "A right.",
    "glossary.term2": "energy storage",
    "glossary.term2.meaning": "A technology.",
    "note.n": "See [](#part1).",
}


def column(name: str, role: str, code_list: str | None = None, zh: str = "", en: str = "") -> Column:
    """Return a column; measures are whole numbers, other columns are strings."""
    titles = {"zh": zh or name, "en": en or name}
    return Column(name, "integer" if role == "measure" else "string", role, code_list, None, titles)  # type: ignore[arg-type]


def table(statuses: str = "AEEE", shape: Annex | None = None) -> Table:
    """Return the table ``yearly``: two years, two directions, one status a row."""
    keys = (("2022", "out"), ("2022", "in"), ("2023", "out"), ("2023", "in"))
    rows = tuple(
        Row(
            {"year": year, "way": way, "value": Decimal(1000 * (k + 1)), "obs_status": status},
            "data/yearly.csv",
            k + 2,
        )
        for k, ((year, way), status) in enumerate(zip(keys, statuses, strict=True))
    )
    columns = (
        column("year", "dimension", zh="年份", en="Year"),
        column("way", "dimension", "ways", "方向", "Direction"),
        column("value", "measure", zh="数量", en="Number"),
        column("obs_status", "attribute", "obs_status", "状态", "Status"),
    )
    return Table(
        "yearly",
        "data/yearly.csv",
        {c.name: c for c in columns},
        rows,
        {"zh": "历年申请", "en": "Applications by year"},
        source_titles=({"zh": "统计局", "en": "The Office"},),
        annex=shape or Annex(("year",), ("way",)),
    )


def code_list(name: str, *codes: tuple[str, str, str]) -> CodeList:
    """Return a code list from (code, Chinese name, English name)."""
    return CodeList(name, {code: Code(code, {"zh": zh, "en": en}) for code, zh, en in codes})


CODE_LISTS = {
    "ways": code_list("ways", ("out", "对外", "Outbound"), ("in", "来华", "Inbound")),
    "units": code_list("units", ("piece", "件", "piece")),
    "obs_status": code_list(
        "obs_status", ("A", "正常值", "Normal value"), ("E", "估计值", "Estimated value")
    ),
}
CORRECTION = Correction(
    "2024-08-01", "yearly", "year=2022; way=out", "value", "900", "1000", "typing error", "the editor", "minor",
    CellRef("data/corrections.csv", 2, "new"),
)  # fmt: skip


def package(statuses: str = "AEEE", corrections: tuple[Correction, ...] = ()) -> DataPackage:
    """Return the data package of the small report."""
    return DataPackage("small", {"yearly": table(statuses)}, CODE_LISTS, corrections)


def fact(name: str, value: Decimal | str | tuple[str, ...], kind: str) -> Fact:
    """Return a fact made by hand."""
    return Fact(name, value, kind, None, "by hand")  # type: ignore[arg-type]


FACTS = {
    f.id: f
    for f in (
        fact("a.total", Decimal(70000), "number"),
        fact("a.share", Decimal("0.787"), "ratio"),
        fact("a.period", "2022-2023", "text"),
    )
}


def book(*, holds: bool = True) -> FactBook:
    """Return the fact book of the small report."""
    claim = Claim("a.big", "a.share > 0.5", holds, f"0.787 > 0.5 is {holds}", ("a.share",))
    return FactBook(FACTS, {"a.big": claim})


def po(english: Mapping[str, str], manuscript: Manuscript) -> str:
    """Return a catalog with the given translations of the manuscript's passages."""
    from reportgen.manuscript.render import render

    blocks = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']
    for passage in manuscript.passages():
        if passage.id in english:
            words = (passage.id, render(passage.content), english[passage.id])
            context, source, text = (
                word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for word in words
            )
            blocks.append(f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{text}"\n')
    return "\n".join(blocks)


def read_po_file(text: str, file: str = "x.po") -> tuple[tuple[PoEntry, ...], tuple[Diagnostic, ...]]:
    """Return the messages of a PO file and its faults."""
    result = parse_po(text, file)
    return result.value, result.diagnostics


def world(manuscript: str = MANUSCRIPT, report: str = REPORT, catalog: str | None = None) -> World:
    """Return the files of the small report."""
    files: dict[str, str | bytes] = {"data/report.toml": report, "data/manuscript/10.md": manuscript}
    if catalog is not None:
        files["locales/en/LC_MESSAGES/report.po"] = catalog
    return World.of_files(files)


def parsed(text: str = MANUSCRIPT) -> Manuscript:
    """Return a manuscript that has no faults."""
    result = parse_manuscript(world(text))
    assert result.diagnostics == ()
    return result.value


def english_catalog(english: Mapping[str, str] = ENGLISH, text: str = MANUSCRIPT) -> Result[Catalog]:
    """Return the English catalog of a manuscript."""
    return load_catalog(world(text, catalog=po(english, parsed(text))), "en")


def composed(
    edition: str = "zh",
    text: str = MANUSCRIPT,
    english: Mapping[str, str] = ENGLISH,
    data: DataPackage | None = None,
    facts: FactBook | None = None,
    kind: Kind | None = "report",
    **switches: bool,
) -> Result[ComposedDocument]:
    """Return an edition of the small report, with its whole apparatus but for what is switched."""
    report = replace(load_report(world()).value, kind=kind, apparatus=switches)
    chosen = report.editions[edition]
    catalog = None if edition == "zh" else english_catalog(english, text).value
    return compose(
        report,
        chosen,
        parsed(text),
        data or package(),
        facts or book(),
        catalog,
        load_labels(edition),
        language(chosen.locale, chosen.lang),
    )


def words(content: Inlines) -> str:
    """Return inlines as text: references in ⟨⟩, footnote marks in ⁽⁾."""
    parts = []
    for inline in content:
        match inline:
            case Text():
                parts.append(inline.text)
            case CrossReference():
                parts.append(f"⟨{inline.text}⟩")
            case NoteReference():
                parts.append(f"⁽{inline.mark}⁾")
            case Hyperlink():
                parts += [text.text for text in inline.content]
    return "".join(parts)


def messages(result: Result[object]) -> list[str]:
    """Return diagnostics as lines without their hints."""
    return [f"{d.place}: {d.message}" for d in result.diagnostics]
