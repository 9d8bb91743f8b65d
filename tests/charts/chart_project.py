"""The shipped report's charts, and small ones made of tables in memory, drawn in either edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from chart_setting import FONTS

from reportgen.base.diagnostics import Result, unwrap
from reportgen.base.frame import Drawing
from reportgen.base.functions import Permission
from reportgen.base.house import load_style
from reportgen.base.style import Style
from reportgen.base.world import World
from reportgen.charts.draw import draw_chart
from reportgen.charts.specification import ChartSpec, load_charts
from reportgen.data.load import load_package
from reportgen.data.package import Code, CodeList, Column, DataPackage, Row, Table
from reportgen.edition import languages
from reportgen.edition.labels import load_labels
from reportgen.facts.book import Fact, FactBook
from reportgen.facts.compute import compute_facts
from reportgen.text.setting import text_setting

PROJECT = World(Path(__file__).parents[2])
EDITIONS = {"zh": ("zh-CN", "zh_Hans_CN"), "en": ("en-GB", "en_GB")}
NO_FACTS = FactBook({})


@lru_cache(maxsize=2)
def style_of(language: str) -> Style:
    return unwrap(load_style(EDITIONS[language][0]))


@lru_cache(maxsize=1)
def shipped() -> tuple[DataPackage, FactBook, Mapping[str, ChartSpec]]:
    """Return the shipped report's package, facts and charts."""
    package = unwrap(load_package(PROJECT))
    issued = Fact("report.issued", "2024-07", "text", None, "given by the report")
    book = unwrap(compute_facts(PROJECT, package, {"report.issued": issued}))
    return package, book, unwrap(load_charts(PROJECT, package))


def draw(
    spec: ChartSpec,
    package: DataPackage,
    language: str,
    book: FactBook = NO_FACTS,
    width: float | None = None,
) -> Result[Drawing]:
    """Return a chart drawn in an edition, as wide as its type area."""
    style = style_of(language)
    lang, identifier = EDITIONS[language]
    return draw_chart(
        spec, package, book, languages.language(identifier, lang), load_labels(language), style,
        text_setting(style, FONTS), style.page.measure if width is None else width,
    )  # fmt: skip


@lru_cache(maxsize=32)
def shipped_drawing(name: str, language: str) -> Result[Drawing]:
    package, book, charts = shipped()
    return draw(charts[name], package, language, book)


Cells = Sequence[
    tuple[Mapping[str, str], Decimal | int | None] | tuple[Mapping[str, str], Decimal | int | None, str]
]


def package_of(cells: Cells, names: Mapping[str, Mapping[str, tuple[str, str]]]) -> DataPackage:
    """Return a package with one table ``t``: its cells are (codes by dimension, value, status).

    Args:
        names: by dimension, the (Chinese, English) names of its codes; a dimension without any is a year.
    """
    dimensions = list(cells[0][0]) if cells else ["x"]
    columns = {
        name: Column(
            name, "string" if name in names else "year", "dimension", name if name in names else None
        )
        for name in dimensions
    }
    columns["value"] = Column("value", "number", "measure", unit="piece")
    columns["obs_status"] = Column("obs_status", "string", "attribute")
    rows = []
    for number, cell in enumerate(cells, 2):
        codes, value, status = cell if len(cell) == 3 else (*cell, "A")
        amount = None if value is None else Decimal(value)
        rows.append(Row({**codes, "value": amount, "obs_status": status}, "data/t.csv", number))
    lists = {
        name: CodeList(name, {code: Code(code, {"zh": zh, "en": en}) for code, (zh, en) in entries.items()})
        for name, entries in names.items()
    }
    return DataPackage("test", {"t": Table("t", "data/t.csv", columns, tuple(rows))}, lists)


def charts_of(text: str, package: DataPackage, **files: str) -> Result[Mapping[str, ChartSpec]]:
    """Return the charts of a specification's text; files are given by their path, and their functions may run."""
    contents: dict[str, Any] = {"data/charts.toml": text, **files}
    world = replace(World.of_files(contents), permission=Permission(everything=True))
    return load_charts(world, package)
