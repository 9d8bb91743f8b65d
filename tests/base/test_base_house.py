"""The house style reads whole, and a report's overrides are refused with what to write instead."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from reportgen.base import house
from reportgen.base.diagnostics import Diagnostic, unwrap
from reportgen.base.house import load_style
from reportgen.base.places import PlacedFile
from reportgen.base.settings import Setting, settings_of
from reportgen.base.style import Style
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World


def settings(text: str) -> Setting:
    """Return the ``[style]`` of a report."""
    return settings_of(unwrap(load_toml(World.of_files({"x.toml": text}), "x.toml"))).at("style")


def style(text: str, lang: str = "zh-CN") -> Style:
    return unwrap(load_style(lang, settings(text)))


def faults(text: str, lang: str = "zh-CN") -> tuple[Diagnostic, ...]:
    return load_style(lang, settings(text)).diagnostics


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
    paragraphs = style('[style.paragraphs.aside]\nbase = "body"\nfirst_indent = "0pt"').paragraphs
    assert paragraphs["aside"].leading == paragraphs["body"].leading
    assert paragraphs["aside"].first_indent == 0


def test_em_is_the_styles_own_size_and_line_the_grids() -> None:
    found = style('[style.paragraphs.x]\nsize = "20pt"\nfirst_indent = "2em"\nleading = "3lines"')
    assert found.paragraphs["x"].first_indent == 40
    assert found.paragraphs["x"].leading == 3 * found.page.leading


def test_the_reports_edition_table_wins_over_its_style() -> None:
    text = "[style.page]\nlines = 30\n[style.editions.en.page]\nlines = 31"
    assert style(text).page.lines == 30
    assert style(text, "en-GB").page.lines == 31


SLIPS = [
    ("", "pages = {}", "pages", "unknown-key"),
    ("", 'main_script = "greek"', "main_script", "wrong-value"),
    ("", "hyphenation = 5", "hyphenation", "wrong-value"),
    ("", 'hyphenation = "greek"', "hyphenation", "unknown-hyphenation"),
    ("", "page = 3", "page", "wrong-value"),
    ("", "colors = 3", "colors", "wrong-value"),
    ("", "families = 3", "families", "wrong-value"),
    ("", "paragraphs = 3", "paragraphs", "wrong-value"),
    ("page", 'measur = "3mm"', "measur", "unknown-key"),
    ("page", "measure = 3", "measure", "wrong-value"),
    ("page", 'inner = "-3mm"', "inner", "wrong-value"),
    ("page", 'top = "3lnes"', "top", "wrong-value"),
    ("page", 'leading = "0pt"', "leading", "wrong-value"),
    ("paragraphs.body", 'leading = "-3pt"', "leading", "wrong-value"),
    ("paragraphs.body", 'leading = "0pt"', "leading", "wrong-value"),
    ("paragraphs.body", 'leading = "0.4em"', "leading", "wrong-value"),
    ("paragraphs.body", 'before = "-1pt"', "before", "wrong-value"),
    ("paragraphs.body", 'after = "-1lines"', "after", "wrong-value"),
    ("page", 'lines = "many"', "lines", "wrong-value"),
    ("page", "lines = true", "lines", "wrong-value"),
    ("page", 'trim = "A9"', "trim", "unknown-paper"),
    ("page", 'trim = ["210mm"]', "trim", "wrong-value"),
    ("page", 'trim = ["210mm", "9999999mm"]', '"9999999mm"', "wrong-value"),
    ("colors", "sky = 3", "sky", "wrong-value"),
    ("colors", 'sky = { cmyk = [1, 2, 3], rgb = "#123456" }', "cmyk", "wrong-value"),
    ("colors", 'sky = { cmyk = [1, 2, 3, 400], rgb = "#123456" }', "400", "wrong-value"),
    ("colors", 'sky = { cmyk = [1, 2, 3, 4], rgb = "blue" }', "rgb", "wrong-value"),
    ("colors", 'sky = { cmyk = [1, 2, 3, 4], rbg = "#123456" }', "rbg", "unknown-key"),
    ("colors", "sky = { cmyk = [1, 2, 3, 4] }", "sky", "missing-key"),
    ("colors", "blue.spot = 5", "blue", "wrong-value"),
    ("families", 'mono.han.regular = "a"', "mono", "missing-key"),
    ("families", "mono = 3", "mono", "wrong-value"),
    ("families.serif", "latin_scale = 20", "latin_scale", "wrong-value"),
    ("families.serif", "latin_skale = 2", "latin_skale", "unknown-key"),
    ("families.serif", 'fallback = "a"', "fallback", "wrong-value"),
    ("families.serif", "fallback = [1]", "1", "wrong-value"),
    ("families.serif.han", "bold = 5", "bold", "wrong-value"),
    ("families.serif.han", 'bould = "a"', "bould", "unknown-key"),
    ("paragraphs.body", 'alignn = "left"', "alignn", "unknown-key"),
    ("paragraphs.body", 'align = "middle"', "align", "wrong-value"),
    ("paragraphs.body", 'hyphenate = "yes"', "hyphenate", "wrong-value"),
    ("paragraphs.body", "orphans = 1.5", "orphans", "wrong-value"),
    ("paragraphs.body", "orphans = true", "orphans", "wrong-value"),
    ("paragraphs.body", "tracking = nan", "tracking", "wrong-value"),
    ("paragraphs.body", 'size = "10"', "size", "wrong-value"),
    ("paragraphs.body", 'first_indent = "infem"', "first_indent", "wrong-value"),
    ("paragraphs.body", 'before = "3 ells"', "before", "wrong-value"),
    ("paragraphs.body", 'color = "blau"', "color", "unknown-color"),
    ("paragraphs.body", 'color = ["blue"]', "color", "unknown-color"),
    ("paragraphs.body", "family = {}", "family", "unknown-family"),
    ("paragraphs.body", 'features = "onum"', "features", "wrong-value"),
    ("paragraphs.body", 'features = ["onumm"]', '"onumm"', "wrong-value"),
    ("paragraphs.body", 'base = "bodi"', "base", "unknown-paragraph-style"),
    ("paragraphs.body", 'base = "imprint"', "base", "ring-of-bases"),
    ("paragraphs.body", 'base = "body"', "base", "ring-of-bases"),
    ("paragraphs.quite-new", 'base = "bodi"', "base", "unknown-paragraph-style"),
    ("paragraphs", "body = 3", "body", "wrong-value"),
]


@pytest.mark.parametrize(
    ("above", "lang"), [("style", "zh-CN"), ("style", "en-GB"), ("style.editions.en", "en-GB")]
)
@pytest.mark.parametrize(("table", "line", "slip", "rule"), SLIPS)
def test_each_slip_is_told_once_at_its_own_place(
    above: str, lang: str, table: str, line: str, slip: str, rule: str
) -> None:
    header = f"{above}.{table}" if table else above
    (fault,) = faults(f"[{header}]\n{line}\n", lang)
    column = line.index(slip) + 1 if "." not in line.split("=")[0] else 1
    assert (str(fault.place), fault.rule) == (f"x.toml:2:{column}", rule)
    assert fault.hints


def test_a_slip_is_named_as_it_is_written_however_many_styles_inherit_it() -> None:
    assert [str(d) for d in faults('[style.paragraphs.body]\nalignn = "left"')] == [
        "x.toml:2:1: error: style.paragraphs.body has no key alignn\n  hint: did you mean align?"
    ]


def test_a_type_area_larger_than_the_page_is_told_at_the_page() -> None:
    (fault,) = faults('[style]\n[style.page]\nmeasure = "900mm"')
    assert (str(fault.place), fault.rule) == ("x.toml:2:1", "type-area-too-large")


def test_a_ring_of_the_reports_own_styles_is_told_once() -> None:
    text = "".join(f'[style.paragraphs.{a}]\nbase = "{b}"\n' for a, b in ("ab", "bc", "ca", "da"))
    (fault,) = faults(text)
    assert (str(fault.place), fault.hints) == ("x.toml:2:1", ("a → b → c → a",))


def test_a_fault_of_the_house_stands_in_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HOUSE_FILE.read_text(encoding="utf-8").replace('align = "justify"', 'align = "juzzify"', 1)
    read = settings_of(unwrap(load_toml(World.of_files({house.HOUSE: text}), house.HOUSE)))
    monkeypatch.setattr(house, "_house", lambda: read)
    (fault,) = load_style("zh-CN").diagnostics
    line = text[: text.index("juzzify")].count("\n") + 1
    assert str(fault).startswith(
        f"base/house.toml:{line}:1: error: paragraphs.body.align is 'juzzify', not justify"
    )


def test_a_long_chain_of_styles_is_read() -> None:
    chain = "".join(f'[style.paragraphs.s{k + 1}]\nbase = "s{k}"\n' for k in range(3000))
    assert style('[style.paragraphs.s0]\nalign = "right"\n' + chain).paragraphs["s3000"].align == "right"


def test_every_fault_is_found_in_one_run() -> None:
    assert len(faults("[style]\npage.a = 1\ncolors.b = 2\nparagraphs.c.d = 3\nfamilies = 4")) == 4


def test_with_faults_a_style_still_comes_back() -> None:
    found = load_style("zh-CN", settings("[style]\npage = 1\ncolors = 2\nfamilies = 3\nparagraphs = 4")).value
    assert found.page == unwrap(load_style("zh-CN")).page


def places(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every key of the house, tables included."""
    for key, value in table.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from places(value, (*path, key))


HOUSE_FILE = Path(house.__file__).parent / "house.toml"
HOUSE = tomllib.loads(HOUSE_FILE.read_text(encoding="utf-8"))
VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@hypothesis.settings(deadline=None, max_examples=200)
@given_any(st.sampled_from([*places(HOUSE)]), VALUES, st.sampled_from(["zh-CN", "en-GB"]))
def test_any_value_of_a_key_gives_a_style_or_faults_with_hints(
    path: tuple[str, ...], value: Any, lang: str
) -> None:
    for key in reversed(path):
        value = {key: value}
    given = settings_of(PlacedFile("x.toml", {"style": value})).at("style")
    result = load_style(lang, given)
    assert result.value.lang == lang
    assert [fault for fault in result.diagnostics if not fault.hints] == []
