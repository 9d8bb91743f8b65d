"""Inside a line: what each form means, where it stands, and that catalogs can write it back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.base.diagnostics import Diagnostic, Span
from reportgen.manuscript.inline import parse_inlines
from reportgen.manuscript.render import render
from reportgen.manuscript.tree import (
    Break,
    Claimed,
    Foreign,
    Inlines,
    Link,
    NoteMark,
    Placeholder,
    Reference,
    Styled,
    Verbatim,
    Words,
    walk,
)


def parse(text: str) -> tuple[Inlines, tuple[Diagnostic, ...]]:
    result = parse_inlines(text, lambda at: Span("a.md", 1, at + 1))
    return result.value, result.diagnostics


def dump(content: Inlines) -> str:
    """Return nodes as ``Words‹…› Strong(…)`` for goldens."""
    parts = []
    for node in content:
        match node:
            case Words() | Verbatim():
                parts.append(f"{type(node).__name__}‹{node.text}›")
            case Placeholder():
                parts.append(f"Placeholder‹{node.fact}:{node.format}›")
            case Reference():
                parts.append(f"Reference‹{node.anchor}›")
            case NoteMark():
                parts.append(f"Note‹{node.note}›")
            case Break():
                parts.append("Break")
            case Styled():
                parts.append(f"{node.mark}({dump(node.content)})")
            case Claimed():
                parts.append(f"claim {node.claim}({dump(node.content)})")
            case Foreign():
                parts.append(f"lang {node.lang}({dump(node.content)})")
            case Link():
                parts.append(f"link {node.uri}({dump(node.content)})")
    return " ".join(parts)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("累计{p1.total:wan.1}件", "Words‹累计› Placeholder‹p1.total:wan.1› Words‹件›"),
        ("[加速]{claim=p4.a}", "claim p4.a(Words‹加速›)"),
        ("[加速](claim:p4.a)", "claim p4.a(Words‹加速›)"),
        ("[占{p.x:hedge}]{claim=p}", "claim p(Words‹占› Placeholder‹p.x:hedge›)"),
        ("见[](#fig-a)。", "Words‹见› Reference‹fig-a› Words‹。›"),
        ("年[^a]，", "Words‹年› Note‹a› Words‹，›"),
        ("**要点。**下文", "strong(Words‹要点。›) Words‹下文›"),
        ("*词*", "emphasis(Words‹词›)"),
        ("`PDF/X-4`", "Verbatim‹PDF/X-4›"),
        ("[PDF/X-4]{.literal}", "Verbatim‹PDF/X-4›"),
        ("[Patent]{lang=en}", "lang en(Words‹Patent›)"),
        ("[WIPO](https://www.wipo.int/)", "link https://www.wipo.int/(Words‹WIPO›)"),
        ("<https://www.wipo.int/>", "link https://www.wipo.int/(Verbatim‹https://www.wipo.int/›)"),
        ("{{甲}}", "Words‹{甲}›"),
        ("甲\\\n乙", "Words‹甲› Break Words‹乙›"),
        ("甲\n乙", "Words‹甲乙›"),
        ("one\ntwo", "Words‹one two›"),
        ("\\*甲\\*", "Words‹*甲*›"),
    ],
)
def test_a_form_means_what_the_manual_says(text: str, tree: str) -> None:
    content, faults = parse(text)
    assert (dump(content), faults) == (tree, ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("共70000件", "a.md:1:2: error: the number 70000 is typed"),
        ("占95%", "a.md:1:2: error: the number 95% is typed"),
        ("{p1.total}", "a.md:1:1: error: {p1.total} is not a placeholder"),
        ("见{p1", "a.md:1:2: error: the brace is not closed"),
        ("甲}", "a.md:1:2: error: the brace was not opened"),
        ("[甲]{claim=}", "a.md:1:5: error: the attribute list cannot be read from here"),
        ("[甲]{color=red}", "a.md:1:1: error: words in brackets cannot have the attributes color"),
        ("[甲]{.big}", "a.md:1:1: error: the class .big is unknown"),
        ("[甲](nowhere)", "a.md:1:1: error: the link leads to 'nowhere', which is no known target"),
        ("[图](#fig-a)", "a.md:1:1: error: the reference to #fig-a has words of its own"),
        ("<b>甲</b>", "a.md:1:1: error: raw HTML (<b>) is not part of a manuscript"),
    ],
)
def test_a_fault_has_its_place(text: str, fault: str) -> None:
    _, faults = parse(text)
    assert str(faults[0]).startswith(fault), [str(f) for f in faults]
    assert faults[0].hints


def test_all_faults_of_a_line_are_found_at_once() -> None:
    _, faults = parse("共7件，{x}，[甲](nowhere)")
    assert len(faults) == 3


def test_a_node_knows_its_column() -> None:
    content, _ = parse("累计{p1.total:wan.1}件[加速]{claim=p}")
    assert [node.span.column for node in content] == [1, 3, 19, 20]


def test_a_claim_can_hold_placeholders_strong_words_and_references() -> None:
    content, faults = parse("[**增长**{a.b:pct.1}（见[](#fig-x)）]{claim=c}")
    assert not faults
    assert [type(node).__name__ for node in walk(content)] == [
        "Claimed", "Styled", "Words", "Placeholder", "Words", "Reference", "Words",
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        "增长",
        "one two ",
        "{a.b:pct.1}",
        "[甲](claim:c)",
        "[](#fig-a)",
        "[^n]",
        "**强**",
        "*弱*",
        "`7`",
        "，",
        "{{",
        "}}",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=8))
@settings(deadline=None)
def test_writing_a_tree_and_parsing_it_again_gives_the_same_message(pieces: list[str]) -> None:
    content, faults = parse("".join(pieces))
    message = render(content)
    again, more = parse(message)
    assert (faults, more) == ((), ())
    assert render(again) == message
    assert dump(again) == dump(content)


@given(st.text(alphabet="甲{}[]()*`_#:^\\<>&!ab1. \n", max_size=24))
@settings(deadline=None, max_examples=400)
def test_no_text_whatever_breaks_the_parser(text: str) -> None:
    content, faults = parse(text)
    assert all(f.place is not None for f in faults)
    assert isinstance(render(content), str)
