"""Parity: what one edition says by the data, the other says too, in the same place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from edition_world import ENGLISH, MANUSCRIPT, composed

from reportgen.edition import document as doc
from reportgen.edition.formats import FORMATS, meaning_of
from reportgen.edition.parity import KINDS, bindings_in, check_parity, check_texts

ZH, EN = (composed(edition).value for edition in ("zh", "en"))


def _changed(kind: str, change: Callable[[doc.Section], doc.Section]) -> doc.ComposedDocument:
    return replace(EN, sections=tuple(change(s) if s.kind == kind else s for s in EN.sections))


def _without(section: doc.Section, kind: type[Any]) -> doc.Section:
    return replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, kind)))


def _messages(other: doc.ComposedDocument, first: doc.ComposedDocument = ZH) -> list[str]:
    return [d.message for d in check_parity([first, other])]


def test_editions_of_one_manuscript_are_equal() -> None:
    assert check_parity([ZH, EN]) == ()
    assert check_parity([EN, ZH]) == ()
    assert check_parity([ZH]) == ()


def test_every_edition_is_compared() -> None:
    """Against the first, however many there are."""
    short = replace(EN, sections=tuple(s for s in EN.sections if s.kind != "annex"))
    assert len(check_parity([ZH, short, EN])) == len(check_parity([ZH, EN, short])) == 1
    assert len(check_parity([ZH, short, EN, short])) == 2


def _names(section: doc.Section) -> Mapping[str, list[str]]:
    said = bindings_in(section, ZH)
    return {kind: sorted({one.name for one in said if one.kind == kind}) for kind in KINDS}


def test_section_says_everything_that_is_bound_in_it() -> None:
    sections = {section.kind: _names(section) for section in ZH.sections}
    assert sections["part"] == {
        "fact": ["a.period", "a.share", "a.total"],
        "form": ["a.period as a time", "a.share as a share", "a.total as a number"],
        "claim": [],
        "reference": ["fig-yearly", "tab-yearly"],
        "footnote": [],
        "link": [],
        "figure": ["yearly"],
        "table": [],
    }
    assert sections["summary"]["claim"] == ["a.big"]
    assert (sections["summary"]["footnote"], sections["summary"]["reference"]) == (["n"], ["part1"])
    assert sections["annex"]["table"] == ["yearly"]


def test_figure_that_one_edition_lacks_is_one_difference() -> None:
    other = _changed("part", lambda section: _without(section, doc.Figure))
    assert _messages(other) == ["section part1 has the figure yearly in the edition zh, but not in en"]


def test_claim_fact_and_note_that_one_edition_lacks_are_differences() -> None:
    other = _changed("summary", lambda section: _without(section, doc.Points))
    point = "point 1 of section summary"
    assert _messages(other) == [
        f"{point} has the fact a.total in the edition zh, but not in en",
        f"{point} has the footnote n in the edition zh, but not in en",
        f"{point} has the claim a.big in the edition zh, but not in en",
        f"{point} has the fact a.share in the edition zh, but not in en",
        "footnote n of section summary has the reference part1 in the edition zh, but not in en",
    ]


def test_fact_that_only_the_other_edition_says_is_a_difference_with_its_place() -> None:
    said = doc.Paragraph((doc.Text("3", fact="a.more"),))
    other = _changed("glossary", lambda section: replace(section, blocks=(*section.blocks, said)))
    assert _messages(other) == [
        "the paragraph 1 of section glossary has the fact a.more in the edition en, but not in zh"
    ]


@pytest.mark.parametrize(
    ("first", "other", "lacking"), [(ZH, "without", "en"), ("without", ZH, "en")], ids=["after", "before"]
)
def test_section_that_one_edition_lacks_is_a_difference(first: object, other: object, lacking: str) -> None:
    short = replace(EN, sections=tuple(s for s in EN.sections if s.kind != "annex"))
    pair = [short if document == "without" else ZH for document in (first, other)]
    assert [d.message for d in check_parity(pair)] == [f"the edition {lacking} has no section annex"]


# Every place ----------------------------------------------------------------------------------------------------

EVERYWHERE = """\
# 概要{a.share:pct.1} {#summary kind=summary}

甲{a.total:wan.1}[^n]乙{a.share:pct.1}见[](#part1)。

- 其一{a.total:wan.1}
- 其二{a.share:pct.1}

:::{points}
- **首句{a.total:wan.1}**余文{a.share:pct.1}。
- **次句{a.share:pct.1}**余文。
:::

[^n]: 注{a.total:wan.1}。

# 规模{a.total:wan.1} {#part1 kind=part}

:::{running-head}
短{a.total:wan.1}
:::

:::{opener}
论点{a.total:wan.1}，[快]{claim=a.big}。

- {a.total:wan.1}比{a.share:pct.1} | 占{a.share:pct.1}
- {a.share:pct.1} | 占比{a.total:wan.1}
:::

## 小题{a.total:wan.1} {#h}

如[](#fig-yearly)，{a.share:pct.1}。

:::{figure} yearly
:table: yearly
:unit: piece
:source: 来源{a.total:wan.1}

图题{a.share:pct.1}

- 注一{a.total:wan.1}
- 注二{a.share:pct.1}
:::

# 名词 {#glossary kind=glossary}

:::{definitions}
专利{a.total:wan.1}
: 权利{a.share:pct.1}。

储能{a.share:pct.1}
: 技术{a.total:wan.1}。
:::
"""
_FIRST = composed(text=EVERYWHERE).value
_DERIVED = (doc.ContentsList, doc.TableColumn, doc.TableCell, doc.Cover)
"""What repeats other words, or is the data package's own."""

_Path = tuple[str | int, ...]


def _bound(node: object, path: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Yield every bound node of a document with the fields and indices that lead to it, whatever the fields are."""
    if isinstance(node, (doc.Text, doc.CrossReference, doc.NoteReference)):
        if not isinstance(node, doc.Text) or node.fact or node.claim:
            yield path, node
    elif isinstance(node, (tuple, dict)):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _bound(child, (*path, key))
    elif is_dataclass(node) and not isinstance(node, _DERIVED):
        for field in fields(node):
            yield from _bound(getattr(node, field.name), (*path, field.name))


def _replaced(node: Any, path: _Path, new: object) -> Any:
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(node, dict):
        return {**node, key: _replaced(node[key], rest, new)}
    if isinstance(node, tuple):
        assert isinstance(key, int)
        return (*node[:key], _replaced(node[key], rest, new), *node[key + 1 :])
    assert isinstance(key, str)
    return replace(node, **{key: _replaced(getattr(node, key), rest, new)})


PLACES = {".".join(map(str, path)): (path, node) for path, node in _bound(_FIRST)}


def test_all_kinds_of_places_are_tried() -> None:
    """The manuscript above binds something in every field of the document that holds words."""
    tried = {part for path, _ in PLACES.values() for part in path if isinstance(part, str)}
    assert tried >= {
        "title", "running_head", "thesis", "number", "label", "content", "lead", "items", "caption", "notes", "source",
        "entries",
    }  # fmt: skip


def _planted(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, doc.Text) and node.fact:
        other = "a.share" if node.fact == "a.total" else "a.total"
        yield "another fact of the same section", replace(node, fact=other)
        yield "no fact", replace(node, fact=None)
        yield "another kind of format", replace(node, says="a place in an order")
        yield "a claim", replace(node, claim="a.new")
    elif isinstance(node, doc.Text):
        yield "another claim", replace(node, claim="a.other")
        yield "no claim", replace(node, claim=None)
    elif isinstance(node, doc.CrossReference):
        yield "another reference", replace(node, anchor="glossary")
    else:
        yield "another footnote", replace(node, note="other")


@pytest.mark.parametrize("place", PLACES)
def test_any_bound_word_that_differs_in_one_edition_is_found_in_its_place(place: str) -> None:
    path, node = PLACES[place]
    for what, planted in _planted(node):
        other = _replaced(_FIRST, path, planted)
        assert _messages(other, _FIRST), f"{what} in {place}"
        assert _messages(_FIRST, other), f"{what} in {place}, the other way round"


def test_thesis_with_another_fact_of_its_section_is_found() -> None:
    """By name, as planted: the fact stands in the section's key numbers too."""
    english = {**ENGLISH, "part1.thesis": "{a.share:pct.1}"}
    first = composed(text=MANUSCRIPT.replace("规模扩大。", "{a.total:wan.1}。")).value
    other = composed("en", english=english, text=MANUSCRIPT.replace("规模扩大。", "{a.share:pct.1}。")).value
    assert _messages(other, first) == [
        "the thesis of section part1 has the fact a.total in the edition zh, but not in en",
        "the thesis of section part1 has the fact a.share in the edition en, but not in zh",
    ]


def test_terms_are_compared_whatever_order_a_language_gives_them() -> None:
    english = {
        "summary": "S", "part1": "P", "glossary": "G",
        "glossary.term1": "zinc {a.total:int}", "glossary.term1.meaning": "{a.share:pct.1}",
        "glossary.term2": "acid {a.share:pct.1}", "glossary.term2.meaning": "{a.total:int}",
    }  # fmt: skip
    other = composed("en", text=EVERYWHERE, english=english).value
    assert not [m for m in _messages(other, _FIRST) if "glossary" in m]


@pytest.mark.parametrize(
    ("zh", "en", "faults"),
    [
        ("{a.b:int}", "in {a.b:num.1}", []),
        ("政策", "Policy", []),
        ("{a.b:int}", "{a.c:int}",
         ["a.b as a number, but not the one in en", "a.c as a number, but not the one in zh"]),
        ("{a.b:int}", "Policy", ["a.b as a number, but not the one in en"]),
        ("政策", "{a.b:pct.1}", ["a.b as a share, but not the one in zh"]),
        ("{a.b:int}", "{a.b:ordinal}",
         ["a.b as a number, but not the one in en", "a.b as a place in an order, but not the one in zh"]),
    ],
)  # fmt: skip
def test_texts_that_stand_side_by_side_print_the_same(zh: str, en: str, faults: list[str]) -> None:
    """What a chart's remarks say goes into its drawing and its alternative text."""
    found = [d.message.partition(" prints ")[2] for d in check_texts({"zh": zh, "en": en}, None)]
    assert found == faults


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("wan.1", "int", True),
        ("words", "num.0", True),
        ("hedge", "pct.1", True),
        ("name", "name.short.lower", True),
        ("names.3", "names.3.lower", True),
        ("names.3", "names.5", False),
        ("names", "names.5", False),
        ("int", "int.over", False),
        ("pct.1", "pct.over", False),
        ("int", "ordinal", False),
        ("month", "date", True),
    ],
)
def test_formats_that_say_the_same_may_stand_for_each_other(one: str, other: str, same: bool) -> None:
    assert (meaning_of(one) == meaning_of(other)) == same


def test_every_format_says_something() -> None:
    assert all(meaning_of(name) for name in FORMATS)
    assert meaning_of("wann") == ""
