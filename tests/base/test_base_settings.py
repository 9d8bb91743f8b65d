"""One reader for every file of keys and values: types, places, layers, hints."""

import json
import tomllib
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults
from reportgen.base.jsonfile import parse_json
from reportgen.base.tomlfile import find_places, load_toml
from reportgen.base.world import World


@dataclass(frozen=True)
class Sheet:
    width: float
    lines: int = 38
    kind: str = "plain"
    inks: tuple[str, ...] = ()


SHEET = s.record(
    Sheet,
    {
        "width": s.length(line=17.5),
        "lines": s.whole(1, 99),
        "kind": s.one_of("plain", "ruled"),
        "inks": s.one_or_more(s.word()),
    },
    {"width": 0.0},
)


def _settings(text: str) -> s.Setting:
    result = load_toml(World.of_files({"x.toml": text}), "x.toml")
    assert result.ok, result.diagnostics
    return s.settings_of(result.value)


def _faults(text: str) -> list[str]:
    faults = Faults()
    SHEET(_settings(text).at("sheet"), faults)
    return [str(d) for d in faults.found]


def test_record_reads_what_is_written_and_leaves_the_rest_to_its_defaults() -> None:
    faults = Faults()
    sheet = SHEET(_settings('[sheet]\nwidth = "2lines"\ninks = "k"').at("sheet"), faults)
    assert (sheet, faults.found) == (Sheet(35.0, inks=("k",)), [])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            "lines = 0",
            (
                "x.toml:3:1: error: sheet.lines is 0, not a whole number from 1 to 99\n"
                "  hint: write a whole number from 1 to 99"
            ),
        ),
        (
            "lines = true",
            (
                "x.toml:3:1: error: sheet.lines is True, not a whole number from 1 to 99\n"
                "  hint: write a whole number from 1 to 99"
            ),
        ),
        (
            'kind = "rulde"',
            "x.toml:3:1: error: sheet.kind is 'rulde', not plain or ruled\n  hint: did you mean ruled?",
        ),
        (
            'inks = ["k", 3]',
            "x.toml:3:14: error: sheet.inks.1 is 3, not words in quotes\n  hint: write words in quotes",
        ),
        ("widht = 3", "x.toml:3:1: error: sheet has no key widht\n  hint: did you mean width?"),
        (
            "inks = { a = 1 }",
            "x.toml:3:1: error: sheet.inks is {'a': 1}, not words in quotes\n  hint: write words in quotes",
        ),
    ],
)
def test_fault_stands_at_its_own_line_under_the_written_name(line: str, fault: str) -> None:
    assert _faults(f'[sheet]\nwidth = "1mm"\n{line}\n') == [fault]


def test_length_needs_a_unit_and_a_finite_size() -> None:
    for value in ("3", '"3"', '"inf mm"', '"nanlines"', "[1]", '""'):
        assert len(_faults(f"[sheet]\nwidth = {value}\n")) == 1


def test_missing_key_is_told_at_its_table() -> None:
    assert _faults("[sheet]\nlines = 3\n") == [
        "x.toml:1:1: error: sheet.width is missing\n  hint: write width = …"
    ]


def test_what_is_no_table_is_told_once() -> None:
    assert _faults("sheet = 3\n") == [
        "x.toml:1:1: error: sheet is 3, not a table\n  hint: write it as [sheet] with a key a line"
    ]


def test_laid_over_settings_keep_their_own_names_and_places() -> None:
    below = _settings("[a]\nx = 1\ny = 2\n[b]\nz = 3\n").at("a")
    above = _settings("[b]\n\ny = 5\n").at("b")
    merged = s.merge(below, above)
    assert merged.plain() == {"x": 1, "y": 5}
    assert [(m.name, str(m.place)) for m in merged.members.values()] == [
        ("a.x", "x.toml:2:1"),
        ("b.y", "x.toml:3:1"),
    ]


NAMES = st.text("ab_-é. \"'\\#=[]", min_size=1, max_size=4)
VALUES = st.recursive(
    st.one_of(st.integers(-(10**29), 10**29), st.booleans(), st.text("ab\"'\\#[]{},=\n", max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)


def _paths(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    found = {path: value} if path else {}
    for key, member in members:
        found |= _paths(member, (*path, str(key)))
    return found


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_every_json_value_has_its_place(data: dict[str, Any]) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False)
    file = parse_json(text, "x.json").value
    lines = text.split("\n")
    for path in _paths(data):
        span = file.places[path]
        rest = lines[span.line - 1][span.column - 1 :]
        assert rest.startswith(json.dumps(path[-1], ensure_ascii=False)) or path[-1].isdecimal()


def _toml(value: Any) -> str:
    """Write a value of TOML on one line; its basic strings are JSON's."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[ # a comment ] }\n" + ", ".join(_toml(item) for item in value) + "\n]"
    return json.dumps(value)


@given(st.dictionaries(NAMES, VALUES, max_size=4), st.dictionaries(NAMES, VALUES, max_size=4))
def test_every_toml_value_has_its_place(top: dict[str, Any], below: dict[str, Any]) -> None:
    pairs = [f"{json.dumps(k)} = {_toml(v)}" for k, v in top.items()]
    more = [f"{json.dumps(k)} = {_toml(v)}" for k, v in below.items()]
    text = "\n".join([*pairs, "[[zz]]", "[[zz]]", *more, "[zz.inner]", "y = '''\na = 1'''"])
    data = tomllib.loads(text)
    places, lines = find_places("x", text), text.split("\n")
    for path in _paths(data):
        span = places[path]
        rest = lines[span.line - 1][span.column - 1 :]
        assert rest.startswith((json.dumps(path[-1]), path[-1], "[")) or path[-1].isdecimal()
    assert places.keys() == _paths(data).keys()


def _json(text: str) -> s.Setting:
    return s.settings_of(parse_json(text, "x.json").value)


OPEN = s.record(
    dict, {"size": s.whole(1), "more": s.lenient(lambda m: m.value or None)}, {"size": 1}, others=True
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"size": 2, "title": [3], "more": 4}', []),
        (
            '{"size": 0}',
            ["x.json:1:2: error: size is 0, not a whole number from 1\n  hint: write a whole number from 1"],
        ),
        (
            '{"sise": 0, "title": 3}',
            ["x.json:1:2: error: the file has no key sise\n  hint: did you mean size?"],
        ),
        ("{}", ['x.json: error: size is missing\n  hint: write "size": …']),
    ],
)
def test_open_record_passes_over_keys_that_it_does_not_know(text: str, found: list[str]) -> None:
    faults = Faults()
    assert OPEN(_json(text), faults) is not None
    assert [str(d) for d in faults.found] == found


def test_a_misspelt_table_is_read_as_the_one_that_was_meant() -> None:
    faults = Faults()
    text = '{"tables": [{"nmae": 1, "columns": {}}, {"name": 2, "notes": 3}]}'
    right = s.spelt(_json(text), s.shape(tables=s.shape("name", "column")), faults)
    assert right.plain() == {"tables": [{"name": 1, "column": {}}, {"name": 2, "notes": 3}]}
    assert [d.message for d in faults.found] == [
        "tables.0 has no key nmae",
        "tables.0 has no key columns",
    ]


def test_hints_for_json_are_written_in_json() -> None:
    faults = Faults()
    SHEET(_json('{"sheet": []}').at("sheet"), faults)
    s.listed(s.word())(_json('{"inks": 3}').at("inks"), faults)
    assert [d.hints for d in faults.found] == [('write it as {"name": …}',), ('write "inks": ["…", "…"]',)]


def test_items_are_those_of_a_list_only() -> None:
    assert [item.value for item in _settings("a = [1, 2]").at("a").items] == [1, 2]
    assert _settings("a = 3").at("a").items == ()


def test_tables_are_laid_over_those_that_they_build_on() -> None:
    faults = Faults()
    tables = _settings('[a]\nx = 1\ny = 1\n[b]\nbase = "a"\ny = 2\n[c]\nbase = "b"\nz = 3\n').members
    whole = s.built_on(tables, "look", faults, "house.toml")
    assert {name: table.plain() for name, table in whole.items()} == {
        "a": {"x": 1, "y": 1},
        "b": {"x": 1, "y": 2},
        "c": {"x": 1, "y": 2, "z": 3},
    }
    assert whole["c"].at("y").place.line == 6
    assert not faults.found


def test_a_ring_of_bases_is_told_once_and_broken() -> None:
    faults = Faults()
    tables = _settings('[a]\nbase = "b"\nx = 1\n[b]\nbase = "a"\ny = 2\n').members
    whole = s.built_on(tables, "look", faults, "house.toml")
    assert [fault.message for fault in faults.found] == ["the look a builds on itself"]
    assert faults.found[0].hints == ("a → b → a",)
    assert whole["a"].plain() == {"x": 1, "y": 2}


@pytest.mark.parametrize(("lines", "fits"), [(0, False), (1, True), (99, True), (100, False)])
def test_the_ends_of_a_range_belong_to_it(lines: int, fits: bool) -> None:
    assert (_faults(f'[sheet]\nwidth = "1line"\nlines = {lines}') == []) == fits


def test_key_written_twice_is_called_that() -> None:
    result = load_toml(World.of_files({"x.toml": "[a]\nb = 1\nb = 2\n"}), "x.toml")
    assert [str(d) for d in result.diagnostics] == [
        (
            "x.toml:3:6: error: the file is not TOML: cannot overwrite a value\n"
            "  hint: the key is written twice in this table: keep one"
        )
    ]
