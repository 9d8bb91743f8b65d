"""Extraction and merging: no translation is lost, and no stale one passes for a fresh one."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from edition_world import MANUSCRIPT, book, code_list, parsed, read_po_file
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Span
from reportgen.edition.extract import (
    Extracted,
    Heading,
    extract_messages,
    update_catalog,
    write_template,
)
from reportgen.edition.languages import language
from reportgen.edition.po import PoEntry
from reportgen.facts.book import FactBook

HEADING = Heading("small", "1.0", "The Office", dt.datetime(2024, 7, 1, tzinfo=dt.UTC))
GOLDEN = """\
# Translations template for small.
# Messages are the passages of data/manuscript; docs/translation.md says how to write them.
msgid ""
msgstr ""
"Project-Id-Version: small 1.0\\n"
"Report-Msgid-Bugs-To: -\\n"
"POT-Creation-Date: 2024-07-01 00:00+0000\\n"
"PO-Revision-Date: 2024-07-01 00:00+0000\\n"
"Last-Translator: The Office\\n"
"Language-Team: -\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Generated-By: Babel\\n"

#: data/manuscript/10.md:1
msgctxt "summary"
msgid "概要"
msgstr ""

#. {a.total:wan.1} = 7.0万
#. claim:a.big = a.share > 0.5
#. {a.share:hedge} = 近八成
#: data/manuscript/10.md:4
#, python-brace-format
msgctxt "summary.point1"
msgid "**增长很快。**累计{a.total:wan.1}件[^n]，[占{a.share:hedge}](claim:a.big)。"
msgstr ""
"""


def _messages(*texts: tuple[str, str]) -> tuple[Extracted, ...]:
    return tuple(Extracted(name, text, Span("m.md", k)) for k, (name, text) in enumerate(texts, 1))


def _catalog(*translations: tuple[str, str, str]) -> bytes:
    return b"\n".join(
        f'msgctxt "{name}"\nmsgid "{text}"\nmsgstr "{said}"\n'.encode() for name, text, said in translations
    )


def _updated(old: bytes, *texts: tuple[str, str]) -> tuple[dict[str, PoEntry], str]:
    written = update_catalog(old, _messages(*texts), HEADING, "en").value.decode()
    entries, faults = read_po_file(written, "en.po")
    assert faults == ()
    return {entry.context: entry for entry in entries if entry.context}, written


def test_template_shows_places_values_and_claims() -> None:
    written = write_template(extract_messages(parsed(), book(), language("zh")), HEADING).decode()
    assert re.sub(r"(Generated-By: Babel) [\d.]+", r"\1", written).startswith(GOLDEN)


def test_every_passage_is_extracted_once_in_reading_order() -> None:
    manuscript = parsed()
    assert [m.id for m in extract_messages(manuscript)] == [p.id for p in manuscript.passages()]


def test_value_that_cannot_be_printed_says_why() -> None:
    manuscript = parsed("# 甲 {#a kind=summary}\n\n{a.share:int}\n")
    assert extract_messages(manuscript, book(), language("zh"))[1].comments == (
        "{a.share:int} = ? (the format int does not fit a.share, which is a ratio)",
    )


def test_names_come_from_the_code_lists() -> None:
    facts = FactBook({"a.way": _code("out")})
    manuscript = parsed("# 甲 {#a kind=summary}\n\n{a.way:name}\n")
    found = extract_messages(
        manuscript, facts, language("zh"), {"ways": code_list("ways", ("out", "对外", "Outbound"))}
    )
    assert found[1].comments == ("{a.way:name} = 对外",)


def _code(code: str):  # type: ignore[no-untyped-def]
    from reportgen.facts.book import Fact

    return Fact("a.way", code, "code", None, "", "ways")


def test_brace_format_is_flagged_only_where_there_are_braces() -> None:
    entries, _ = read_po_file(write_template(extract_messages(parsed()), HEADING).decode(), "x.pot")
    flagged = {e.context for e in entries if "python-brace-format" in e.flags}
    assert flagged == {e.context for e in entries if e.context and "{" in e.id.text}


def test_braces_of_messages_are_python_brace_format() -> None:
    names = {
        name
        for message in extract_messages(parsed())
        for _, name, _, _ in __import__("string").Formatter().parse(message.text)
        if name is not None
    }
    assert names == {"a.total", "a.share", "a.period"}


def test_pybabel_can_use_the_extractor() -> None:
    source = io.BytesIO(MANUSCRIPT.encode())
    found = list(
        extract("reportgen.edition.extract:extract_markdown", source, keywords=DEFAULT_KEYWORDS)  # type: ignore[arg-type]
    )
    assert (1, "概要", [], "summary") in [(line, text, notes, ctx) for line, text, notes, ctx in found]
    assert [entry[3] for entry in found] == [p.id for p in parsed().passages()]


def test_translation_stays_where_nothing_changed() -> None:
    entries, _ = _updated(_catalog(("a.p1", "甲", "A")), ("a.p1", "甲"))
    assert (entries["a.p1"].string.text, entries["a.p1"].fuzzy) == ("A", False)


def test_translation_follows_its_words_where_ids_shift() -> None:
    old = _catalog(("a.p1", "甲段", "A"), ("a.p2", "乙段", "B"))
    entries, written = _updated(old, ("a.p1", "新写的一段文字"), ("a.p2", "甲段"), ("a.p3", "乙段"))
    assert [entries[name].string.text for name in ("a.p1", "a.p2", "a.p3")] == ["", "A", "B"]
    assert not any(entry.fuzzy for entry in entries.values())
    assert "#~" not in written


def test_changed_words_keep_their_translation_as_fuzzy_with_the_old_words() -> None:
    old = _catalog(("a.p1", "累计申请七万件。", "Seventy thousand."))
    entries, written = _updated(old, ("a.p1", "累计申请八万件。"))
    assert (entries["a.p1"].string.text, entries["a.p1"].fuzzy) == ("Seventy thousand.", True)
    assert '#| msgid "累计申请七万件。"' in written


def test_moved_and_changed_words_are_found_by_likeness() -> None:
    old = _catalog(("a.p1", "企业国际化的知识产权基础更加坚实", "A firmer base."))
    entries, _ = _updated(old, ("a.p1", "完全不同"), ("a.p2", "企业国际化的知识产权基础更为坚实"))
    assert (entries["a.p1"].string.text, entries["a.p1"].fuzzy) == ("", False)
    assert (entries["a.p2"].string.text, entries["a.p2"].fuzzy) == ("A firmer base.", True)


def test_one_translation_serves_one_message_only() -> None:
    entries, _ = _updated(_catalog(("a.p1", "甲", "A")), ("a.p2", "甲"), ("a.p3", "甲"))
    assert sorted(entry.string.text for entry in entries.values()) == ["", "A"]


def test_unused_translation_is_kept_as_obsolete_and_found_again() -> None:
    _, written = _updated(_catalog(("a.p1", "甲乙丙丁", "A")), ("b.p1", "完全不同"))
    assert '#~ msgid "甲乙丙丁"' in written
    _, again = _updated(written.encode(), ("b.p1", "完全不同"))
    assert again == written
    back, last = _updated(written.encode(), ("c.p1", "甲乙丙丁"))
    assert (back["c.p1"].string.text, back["c.p1"].fuzzy) == ("A", False)
    assert "#~" not in last


def test_fuzzy_stays_fuzzy_until_the_translator_says_so() -> None:
    old = b'#, fuzzy\n#| msgid "x"\n' + _catalog(("a.p1", "甲", "A"))
    for place in ("a.p1", "a.p2"):
        entries, written = _updated(old, (place, "甲"))
        assert entries[place].fuzzy
        assert '#| msgid "x"' in written


def test_translators_comments_and_heading_are_kept() -> None:
    head = (
        b'# My heading.\nmsgid ""\nmsgstr ""\n"Last-Translator: Somebody\\n"\n'
        b'"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    entries, written = _updated(head + b"# ask the author\n" + _catalog(("a.p1", "甲", "A")), ("a.p1", "甲"))
    assert entries["a.p1"].string.text == "A"
    assert "# ask the author\n" in written
    assert "Last-Translator: Somebody" in written
    assert written.startswith("# My heading.")


def test_new_catalog_has_its_language_and_no_translation() -> None:
    written = update_catalog(None, _messages(("a.p1", "甲")), HEADING, "en").value
    catalog = read_po(io.BytesIO(written))
    assert str(catalog.locale) == "en"
    assert [m.string for m in catalog if m.id] == [""]


def test_header_has_every_field_that_msgfmt_asks_for() -> None:
    written = update_catalog(None, (), HEADING, "en").value.decode()
    for name in (
        "Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms",
    ):  # fmt: skip
        assert re.search(rf'^"{name}: .+\\n"$', written, re.MULTILINE), name
    assert "FULL NAME" not in written
    assert "fuzzy" not in written


def test_unreadable_catalog_is_a_diagnostic() -> None:
    (fault,) = update_catalog(b'msgid "a\n', (), HEADING, "en").diagnostics
    assert str(fault.place) == "locales/en/LC_MESSAGES/report.po"
    assert update_catalog(_catalog(("a.p1", "甲", "A")), (), HEADING, "en").ok


_WORDS = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=8)


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.sampled_from([f"a.p{k}" for k in range(6)]), _WORDS),
    st.dictionaries(st.sampled_from([f"a.p{k}" for k in range(6)]), _WORDS),
)
def test_update_loses_no_translation_and_settles(before: dict[str, str], after: dict[str, str]) -> None:
    old = _catalog(*((name, text, f"said {k}") for k, (name, text) in enumerate(before.items())))
    first = update_catalog(old, _messages(*after.items()), HEADING, "en").value
    assert update_catalog(first, _messages(*after.items()), HEADING, "en").value == first
    for k in range(len(before)):
        assert first.decode().count(f'msgstr "said {k}"') == 1
    entries, _ = read_po_file(first.decode(), "en.po")
    for entry in entries:
        if entry.context and entry.string.text and not entry.fuzzy:
            assert entry.id.text in before.values()


@pytest.mark.parametrize("name", ["report.pot", "en/LC_MESSAGES/report.po"])
def test_shipped_files_are_what_the_writer_writes(name: str) -> None:
    path = Path(__file__).parents[2] / "locales" / name
    entries, faults = read_po_file(path.read_text(encoding="utf-8"), name)
    assert faults == ()
    assert entries[0].id.text == ""
    assert len(entries) > 100
