"""PO files: what gettext's form says, with the line of every part."""

from __future__ import annotations

import io

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.pofile import read_po, write_po
from edition_world import read_po_file
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.limits import MESSAGES
from reportgen.base.world import World
from reportgen.edition.po import PoEntry
from reportgen.edition.translation import catalog_path, load_catalog


def _one(text: str) -> PoEntry:
    entries, faults = read_po_file(text, "x.po")
    assert faults == ()
    assert len(entries) == 1
    return entries[0]


def _faults(text: str) -> list[str]:
    return [f"{d.place}: {d.message}" for d in read_po_file(text, "x.po")[1]]


def test_message_has_context_source_and_translation() -> None:
    entry = _one('msgctxt "a.p1"\nmsgid "甲"\nmsgstr "A"\n')
    assert (entry.context, entry.id.text, entry.string.text) == ("a.p1", "甲", "A")


def test_strings_of_several_lines_are_joined_and_keep_their_lines() -> None:
    string = _one('msgid "x"\nmsgstr ""\n"one "\n"two"\n').string
    assert string.text == "one two"
    assert (string.line_at(0), string.line_at(4)) == (3, 4)


def test_escapes_are_resolved() -> None:
    assert _one(r'msgid "x"' + "\n" + r'msgstr "a\"b\\c\td\n"').string.text == 'a"b\\c\td\n'


def test_flags_comments_and_references_are_kept() -> None:
    entry = _one('#. a.total = 3\n#: m.md:3 m.md:9\n#, fuzzy, python-brace-format\nmsgid "x"\nmsgstr "y"')
    assert entry.fuzzy
    assert entry.flags == ("fuzzy", "python-brace-format")
    assert entry.line == 1


def test_plural_forms_stand_in_their_order() -> None:
    entry = _one('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n')
    assert [string.text for string in entry.strings] == ["c", "d"]


def test_messages_without_empty_line_between_are_two() -> None:
    entries, faults = read_po_file('msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"', "x.po")
    assert faults == ()
    assert [entry.id.text for entry in entries] == ["a", "c"]


def test_obsolete_messages_are_left_out() -> None:
    entries, faults = read_po_file('msgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ msgstr "d"\n', "x.po")
    assert faults == ()
    assert len(entries) == 1


def test_every_fault_has_its_line() -> None:
    text = 'msgid "a\nmsgstr "b"\n\nhello\n\nmsgid "c"\n\nmsgstr "d\\q"\nmsgstr "e"\n'
    assert _faults(text) == [
        "x.po:1: the string is not closed or holds a bare quotation mark",
        "x.po:4: the line is not PO syntax",
        "x.po:8: the escape \\q is unknown",
        "x.po:9: the message has two msgstr",
    ]


def test_string_that_belongs_to_nothing_is_refused() -> None:
    assert _faults('"a"') == ["x.po:1: the string follows no keyword"]


def test_message_without_translation_is_refused() -> None:
    assert _faults('msgid "a"\n') == ["x.po:1: the message has no msgstr"]


def test_translation_without_source_is_refused() -> None:
    assert _faults('msgstr "a"\n') == ["x.po:1: the msgstr has no msgid before it"]


def test_message_that_stands_twice_is_refused_with_both_lines() -> None:
    _, faults = read_po_file('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "x.po")
    assert [(str(d.place), d.hints) for d in faults] == [("x.po:4", ("the first is on line 1",))]


def test_same_words_in_two_contexts_are_two_messages() -> None:
    entries, faults = read_po_file(
        'msgctxt "p"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "q"\nmsgid "a"\nmsgstr "c"\n', "x.po"
    )
    assert faults == ()
    assert [entry.context for entry in entries] == ["p", "q"]


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=90
)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.tuples(st.from_regex(r"[a-z]{1,8}", fullmatch=True), _TEXT), _TEXT, max_size=6))
def test_reads_what_babel_writes(translations: dict[tuple[str, str], str]) -> None:
    catalog = BabelCatalog("en", fuzzy=False)
    for (context, source), text in translations.items():
        catalog.add(source, text, context=context, auto_comments=["a comment"], locations=[("m.md", 3)])
    target = io.BytesIO()
    write_po(target, catalog, width=60)
    entries, faults = read_po_file(target.getvalue().decode(), "x.po")
    assert faults == ()
    read = {(e.context or "", e.id.text): e.string.text for e in entries if e.id.text}
    assert read == translations
    theirs = read_po(io.BytesIO(target.getvalue()))
    assert read == {(m.context or "", m.id): m.string for m in theirs if m.id}


def test_a_catalog_of_too_many_messages_is_one_fault() -> None:
    message = 'msgctxt "x{}"\nmsgid "a"\nmsgstr "b"\n\n'
    text = "".join(message.format(number) for number in range(MESSAGES + 2))
    found = load_catalog(World.of_files({catalog_path("en"): text}), "en")
    assert [fault.rule for fault in found.diagnostics] == ["file-too-large"]
    assert found.value.unread
