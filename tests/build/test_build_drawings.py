"""The cache of drawings: everything that a chart is drawn from is part of its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from reportgen.base.diagnostics import Result, unwrap
from reportgen.base.frame import Drawing, Frame
from reportgen.base.house import load_style
from reportgen.base.style import Style
from reportgen.base.world import World
from reportgen.build.drawings import draw_all, facts_of
from reportgen.build.editions import compose_editions
from reportgen.build.request import quiet
from reportgen.build.sources import Sources, load_sources
from reportgen.build.store import Store, digest_of
from reportgen.edition.document import ComposedDocument
from reportgen.text.faces import FontBook
from reportgen.text.setting import text_setting

FIGURE = "applications-grants"
Things = tuple[Sources, ComposedDocument, Style]


class Keys(Store):
    """A store that notes the keys it is asked for and draws nothing."""

    def get_or_make(
        self, parts: Iterable[bytes], make: Callable[[], Any], fits: Callable[[object], bool]
    ) -> Any:
        NOTED.append(digest_of(parts))
        drawing = Result(Drawing(Frame(1.0, 1.0), "", ""))
        assert fits(drawing)
        assert not fits(make)
        return drawing


NOTED: list[str] = []


@lru_cache(maxsize=1)
def things() -> Things:
    sources = unwrap(load_sources(World(Path(__file__).parents[2]), quiet))
    (composed,) = unwrap(compose_editions(sources, [sources.report.editions["en"]], quiet))
    return sources, composed, unwrap(load_style("en-GB", sources.report.style))


def keys(sources: Sources, composed: ComposedDocument, style: Style) -> list[str]:
    NOTED.clear()
    draw_all(sources, composed, style, text_setting(style, sources.fonts), Keys(None))
    return list(NOTED)


def table(sources: Sources, composed: ComposedDocument, style: Style) -> Things:
    name = sources.charts[FIGURE].table
    package, rows = sources.package, sources.package.tables[name].rows
    changed = replace(rows[0], values={**rows[0].values, "obs_status": "O"})
    tables = {**package.tables, name: replace(package.tables[name], rows=(changed, *rows[1:]))}
    return replace(sources, package=replace(package, tables=tables)), composed, style


def code_list(sources: Sources, composed: ComposedDocument, style: Style) -> Things:
    lists = dict(sources.package.code_lists)
    codes = dict(lists["measures"].codes)
    codes["grants"] = replace(codes["grants"], names={**codes["grants"].names, "en": "Other"})
    lists["measures"] = replace(lists["measures"], codes=codes)
    return replace(sources, package=replace(sources.package, code_lists=lists)), composed, style


def fact(sources: Sources, composed: ComposedDocument, style: Style) -> Things:
    facts = dict(sources.book.facts)
    name = next(id for id in facts_of(sources.charts[FIGURE]) if id in facts)
    facts[name] = replace(facts[name], value=facts[name].value + 1)  # type: ignore[operator]
    return replace(sources, book=replace(sources.book, facts=facts)), composed, style


def chart(sources: Sources, composed: ComposedDocument, style: Style) -> Things:
    charts = {**sources.charts, FIGURE: replace(sources.charts[FIGURE], names="other")}  # type: ignore[arg-type]
    return replace(sources, charts=charts), composed, style


def colour(sources: Sources, composed: ComposedDocument, style: Style) -> Things:
    return sources, composed, replace(style, colors={**style.colors, "blue": style.colors["black"]})


def face(sources: Sources, composed: ComposedDocument, style: Style) -> Things:
    key, other = next(iter(sources.fonts.faces.items()))
    changed = copy(other)
    changed.sha256 = "0" * 64
    return replace(sources, fonts=FontBook({**sources.fonts.faces, key: changed})), composed, style


def locale(sources: Sources, composed: ComposedDocument, style: Style) -> Things:
    return sources, replace(composed, locale="en_US"), style


def test_a_drawing_is_kept_while_nothing_changes() -> None:
    assert keys(*things()) == keys(*things())
    assert len(set(keys(*things()))) == len(things()[0].charts)


@pytest.mark.parametrize("change", [table, code_list, fact, chart, colour, face, locale])
def test_what_a_chart_is_drawn_from_is_part_of_its_key(change: Callable[..., Things]) -> None:
    assert keys(*change(*things()))[0] != keys(*things())[0]
