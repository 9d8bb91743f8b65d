"""The house style reads whole, and a report's overrides are refused with what to write instead."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base import house
from reportgen.base.diagnostics import Span, unwrap
from reportgen.base.house import load_style, merge


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB", "en-US"])
def test_the_house_style_has_no_faults(lang: str) -> None:
    style = unwrap(load_style(lang))
    assert style.lang == lang
    assert style.page.outer > style.page.bleed
    assert style.page.bottom > style.page.bleed


def test_the_chinese_type_area_is_44_characters_by_38_lines() -> None:
    style = unwrap(load_style("zh-CN"))
    assert style.page.measure == 44 * style.paragraphs["body"].text.size
    assert style.page.lines == 38


def test_a_paragraph_style_inherits_from_its_base() -> None:
    given = {"paragraphs": {"aside": {"base": "body", "first_indent": "0pt"}}}
    style = unwrap(load_style("zh-CN", given))
    assert style.paragraphs["aside"].leading == style.paragraphs["body"].leading
    assert style.paragraphs["aside"].first_indent == 0


def test_em_is_the_styles_own_size_and_line_the_grids() -> None:
    given = {"paragraphs": {"x": {"size": "20pt", "first_indent": "2em", "leading": "3lines"}}}
    style = unwrap(load_style("zh-CN", given))
    assert style.paragraphs["x"].first_indent == 40
    assert style.paragraphs["x"].leading == 3 * style.page.leading


def test_the_reports_edition_table_wins_over_its_style() -> None:
    given = {"page": {"lines": 30}, "editions": {"en": {"page": {"lines": 31}}}}
    assert unwrap(load_style("zh-CN", given)).page.lines == 30
    assert unwrap(load_style("en-GB", given)).page.lines == 31


def test_merging_replaces_values_and_joins_tables() -> None:
    assert merge({"a": 1, "b": {"c": 2, "d": 3}}, {"a": 4, "b": {"c": 5}}) == {"a": 4, "b": {"c": 5, "d": 3}}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"pages": {}}, "style has no pages"),
        ({"page": {"measur": "3mm"}}, "page has no measur"),
        ({"page": {"measure": 3}}, "page.measure is 3, not a length"),
        ({"page": {"measure": "900mm"}}, "the type area is larger than the page"),
        ({"page": {"lines": "many"}}, "page.lines is 'many', not a number of lines"),
        ({"page": {"trim": "A4"}}, "page.trim is 'A4', not a width and a height"),
        ({"colors": {"sky": {"cmyk": [1, 2, 3], "rgb": "#123456"}}}, "the colour sky: cmyk is four numbers"),
        (
            {"colors": {"sky": {"cmyk": [1, 2, 3, 4], "rgb": "blue"}}},
            "the colour sky: 'blue' is not a colour",
        ),
        ({"families": {"mono": {}}}, "the family mono has no regular han face"),
        ({"paragraphs": {"body": {"wheight": 1}}}, "paragraphs.body has no wheight"),
        ({"paragraphs": {"body": {"align": "middle"}}}, "paragraphs.body.align is 'middle'"),
        ({"paragraphs": {"body": {"hyphenate": "yes"}}}, "paragraphs.body.hyphenate is 'yes'"),
        ({"paragraphs": {"body": {"color": "blau"}}}, "paragraphs.body.color: there is no color blau"),
        ({"paragraphs": {"body": {"size": "10"}}}, "paragraphs.body.size: '10' is not a length"),
        ({"paragraphs": {"a": {"base": "b"}, "b": {"base": "a"}}}, "the paragraph style a builds on itself"),
        ({"paragraphs": {"a": {"base": "bodi"}}}, "there is no table paragraphs.bodi"),
        ({"paragraphs": 3}, "paragraphs is not a table"),
        ({"page": 3}, "page is not a table"),
        ({"paragraphs": {"body": 3}}, "there is no table paragraphs.body"),
        ({"colors": {"sky": 3}}, "the colour sky: cmyk is four numbers"),
    ],
)
def test_a_fault_is_named_and_a_style_still_comes_back(given: dict[str, object], message: str) -> None:
    result = load_style("zh-CN", given, Span("data/report.toml", 7))
    assert any(d.message.startswith(message) for d in result.errors), result.diagnostics
    assert all(d.place == Span("data/report.toml", 7) for d in result.errors)
    assert result.value.page.leading > 0


def test_every_fault_is_found_in_one_run() -> None:
    given = {"page": {"a": 1}, "colors": {"b": 2}, "paragraphs": {"c": {"d": 3}}}
    assert len(load_style("zh-CN", given).errors) == 3


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"editions": 5}, "editions is not a table"),
        ({"editions": {"zh": 5}}, "editions.zh is not a table"),
        ({"options": 5}, "options is not a table"),
        ({"main_script": "greek"}, "main_script is 'greek'"),
        ({"hyphenation": 5}, "hyphenation is 5"),
        ({"paragraphs": {"note": {"features": 5}}}, "paragraphs.note.features is 5"),
        ({"paragraphs": {"note": {"features": "onum"}}}, "paragraphs.note.features is 'onum'"),
        ({"paragraphs": {"note": {"color": ["blue"]}}}, "paragraphs.note.color: there is no color ['blue']"),
        ({"paragraphs": {"note": {"family": {}}}}, "paragraphs.note.family: there is no family {}"),
        (
            {"paragraphs": {"note": {"before": "infline"}}},
            "paragraphs.note.before: 'infline' is not a length",
        ),
        ({"paragraphs": {"note": {"tracking": float("nan")}}}, "paragraphs.note.tracking is nan"),
        ({"paragraphs": {"note": {"orphans": True}}}, "paragraphs.note.orphans is True"),
        ({"paragraphs": {"note": {"orphans": 1.5}}}, "paragraphs.note.orphans is 1.5"),
        ({"page": {"lines": True}}, "page.lines is True"),
        ({"colors": {"blue": {"spot": 5}}}, "the colour blue: spot is the name of an ink"),
        ({"families": {"serif": {"han": {"bold": 5}}}}, "families.serif.han.bold names no face"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_name(written: dict[str, Any], message: str) -> None:
    faults = load_style("zh-CN", written).diagnostics
    assert [fault.message.startswith(message) and bool(fault.hints) for fault in faults] == [True]


def places(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every key of the house, tables included."""
    for key, value in table.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from places(value, (*path, key))


HOUSE = tomllib.loads((Path(house.__file__).parent / "house.toml").read_text(encoding="utf-8"))
VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([*places(HOUSE)]), VALUES, st.sampled_from(["zh-CN", "en-GB"]))
def test_any_value_of_a_key_gives_a_style_or_faults_with_hints(
    path: tuple[str, ...], value: Any, lang: str
) -> None:
    for key in reversed(path):
        value = {key: value}
    result = load_style(lang, value)
    assert result.value.lang == lang
    assert [fault for fault in result.diagnostics if not fault.hints] == []
