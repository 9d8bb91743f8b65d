"""The engine's words: both languages have all of them, with the same braces."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from edition_world import read_po_file

from reportgen.base.diagnostics import Refused
from reportgen.edition import labels as module
from reportgen.edition.labels import LOCALES, Labels, UnknownLabel, load_labels
from reportgen.edition.languages import languages
from reportgen.edition.po import PoEntry

SOURCES = Path(module.__file__).parents[1]
METHODS = ("plural", "around")
HOLDERS = ("labels", "label")


def _entries(language: str) -> tuple[PoEntry, ...]:
    text = (LOCALES / language / "LC_MESSAGES" / "reportgen.po").read_text(encoding="utf-8")
    entries, faults = read_po_file(text, language)
    assert faults == ()
    return entries


def _braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _is_label_call(node: ast.Call) -> bool:
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in METHODS:
        function = function.value
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in HOLDERS


def _literals() -> Iterator[tuple[str, str]]:
    """Yield every text that the program asks a label for, with the file that asks."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _is_label_call(node):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield path.name, first.value


def test_engine_speaks_chinese_and_english() -> None:
    assert languages() == ("en", "zh")


def test_both_languages_have_the_same_labels_in_the_same_order() -> None:
    chinese, english = ([entry.id.text for entry in _entries(language)] for language in ("zh", "en"))
    assert chinese == english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_label_is_translated_and_keeps_its_braces(language: str) -> None:
    for entry in _entries(language)[1:]:
        assert not entry.fuzzy
        for string in entry.strings:
            assert string.text, entry.id.text
            assert _braces(string.text) <= _braces(entry.id.text) | _braces(
                entry.plural.text if entry.plural else ""
            )
        if entry.plural is None:
            assert _braces(entry.string.text) == _braces(entry.id.text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_with_braces_are_flagged_for_msgfmt(language: str) -> None:
    for entry in _entries(language)[1:]:
        assert ("python-brace-format" in entry.flags) == bool(_braces(entry.id.text)), entry.id.text


@pytest.mark.parametrize(("language", "forms"), [("zh", 1), ("en", 2)])
def test_plurals_have_as_many_forms_as_the_language(language: str, forms: int) -> None:
    head = _entries(language)[0].string.text
    assert f"nplurals={forms};" in head
    for entry in _entries(language)[1:]:
        assert len(entry.strings) == (forms if entry.plural else 1)


def test_every_label_that_the_program_asks_for_is_in_the_catalogs() -> None:
    known = set(load_labels("zh").texts)
    asked = list(_literals())
    assert len(asked) > 20
    assert [(name, text) for name, text in asked if text not in known] == []


def test_label_takes_its_values() -> None:
    assert load_labels("zh")("Figure {number}", number="1-1") == "图1-1"
    assert load_labels("en")("Unit: {unit}", unit="piece") == "(Unit: piece)"


def test_label_can_be_split_around_a_value() -> None:
    assert load_labels("zh").around("Note: {text}", "text") == ("注：", "")
    assert load_labels("en").around("Note {number}: {text}", "text", number=2) == ("Note 2: ", "")


def test_count_chooses_the_plural_form() -> None:
    english = Labels("en", {"{count} page": ("{count} page", "{count} pages")})
    assert [english.plural("{count} page", n) for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
    chinese = Labels("zh", {"{count} page": ("{count}页",)})
    assert chinese.plural("{count} page", 2) == "2页"


def test_unknown_label_is_a_fault_of_the_program() -> None:
    with pytest.raises(UnknownLabel, match="no such words"):
        load_labels("en")("no such words")


def test_language_that_the_engine_does_not_speak_is_refused() -> None:
    with pytest.raises(Refused, match="there are no labels in 'fr'"):
        load_labels("fr")


def test_no_label_is_idle() -> None:
    said = {
        node.value
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [text for text in load_labels("en").texts if text not in said] == []
