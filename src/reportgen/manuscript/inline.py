"""Inline Markdown to inline nodes, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it.token import Token

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.joining import gap
from reportgen.manuscript import tree
from reportgen.manuscript.attributes import Attribute
from reportgen.manuscript.inline_tokens import InlineFault, inline_tokens
from reportgen.manuscript.source import Locate

_OUTER = (tree.Styled, tree.Claimed, tree.Foreign, tree.Link)
"""Nodes that hold others."""
_BOUND: Mapping[str, Callable[[str, tree.Inlines, Span], tree.Inline]] = {
    "claim": tree.Claimed,
    "lang": tree.Foreign,
}
"""What words in brackets can be bound to."""
_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?%?")


def parse_inlines(text: str, locate: Locate) -> Result[tree.Inlines]:
    """Return the nodes of a block's text and every fault in it."""
    builder = _Builder(locate)
    try:
        builder.add_all(inline_tokens(text))
    except InlineFault as fault:
        return Result((tree.Words("…", locate(0)),), (fault.at(locate(fault.offset)),))
    content = builder.close()
    builder.faults.add(*_typed_digits(content, builder.placed, locate))
    return builder.faults.result(_joined(content))


@dataclass(slots=True)
class _Open:
    """A node whose content is being gathered, and how to make it."""

    make: Callable[[tree.Inlines], tree.Inline | None]
    content: list[tree.Inline] = field(default_factory=list)


class _Builder:
    """Turns the flat tokens of one text into nodes."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.faults = Faults()
        self.placed: list[tuple[tree.Words, int]] = []
        self._open = [_Open(lambda _: None)]

    def close(self) -> tree.Inlines:
        return tuple(self._open[0].content)

    def add_all(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            self._add(token, self.locate(token.meta["at"]))

    def _add_words(self, token: Token, span: Span) -> None:
        if token.content:
            words = tree.Words(token.content, span)
            self.placed.append((words, token.meta["at"]))
            self._put(words)

    def _add(self, token: Token, span: Span) -> None:
        match token.type:
            case "text" | "text_special":
                self._add_words(token, span)
            case "code_inline":
                self._put(tree.Verbatim(token.content, span))
            case "placeholder":
                self._put(tree.Placeholder(token.meta["fact"], token.meta["format"], span))
            case "note_mark":
                self._put(tree.NoteMark(token.meta["note"], span))
            case "softbreak":
                self._put(tree.Words("\n", span))
            case "hardbreak":
                self._put(tree.Break(span))
            case _:
                self._add_other(token, span)

    def _add_other(self, token: Token, span: Span) -> None:
        match token.type:
            case "strong_open":
                self._open.append(_Open(lambda content: tree.Styled("strong", content, span)))
            case "em_open":
                self._open.append(_Open(lambda content: tree.Styled("emphasis", content, span)))
            case "link_open":
                uri = str(token.attrs["href"])
                self._open.append(_Open(lambda content: _autolink(uri, content, span)))
            case "bracket_open":
                self._open.append(_Open(lambda content: self._bracket(token.meta, content, span)))
            case "strong_close" | "em_close" | "link_close" | "bracket_close":
                done = self._open.pop()
                self._put(done.make(tuple(done.content)))
            case _:
                self._fault(token, span)

    def _put(self, node: tree.Inline | None) -> None:
        if node is not None:
            self._open[-1].content.append(node)

    def _bracket(self, meta: dict[str, Any], content: tree.Inlines, span: Span) -> tree.Inline | None:
        if "attributes" in meta:
            return self._attributed(meta["attributes"], content, span)
        target: str = meta["target"]
        scheme, _, name = target.partition(":")
        if target.startswith("#"):
            return self._reference(target[1:], content, span)
        if scheme in _BOUND and name:
            return _BOUND[scheme](name, content, span)
        if scheme in ("http", "https", "mailto") and name:
            return tree.Link(target, content, span)
        hint = "write #fig-NAME for a figure, claim:ID for a claim, or an address that begins with https:"
        self.faults.error("wrong-link", f"the link leads to {target!r}, which is no known target", span, hint)
        return None

    def _reference(self, anchor: str, content: tree.Inlines, span: Span) -> tree.Inline:
        if content:
            message = f"the reference to #{anchor} has words of its own"
            hint = f"write [](#{anchor}): the number is put in for you"
            self.faults.error("reference-with-words", message, span, hint)
        return tree.Reference(anchor, span)

    def _attributed(
        self, given: tuple[Attribute, ...], content: tree.Inlines, span: Span
    ) -> tree.Inline | None:
        if len(given) != 1 or given[0].key not in (*_BOUND, "class"):
            names = ", ".join(a.key for a in given)
            message = f"words in brackets cannot have the attributes {names}"
            self.faults.error("unknown-attribute", message, span, "write {claim=…}, {lang=…} or {.literal}")
            return None
        key, value = given[0].key, given[0].value
        if key in _BOUND:
            return _BOUND[key](value, content, span)
        return self._literal(value, content, span)

    def _literal(self, name: str, content: tree.Inlines, span: Span) -> tree.Inline | None:
        if name != "literal":
            message = f"the class .{name} is unknown"
            self.faults.error("unknown-class", message, span, "the only one is {.literal}")
            return None
        if not all(isinstance(node, tree.Words) for node in content):
            hint = "take the marks inside it out"
            self.faults.error("literal-not-plain", "a literal holds plain characters only", span, hint)
        return tree.Verbatim("".join(node.text for node in content if isinstance(node, tree.Words)), span)

    def _fault(self, token: Token, span: Span) -> None:
        kind = _kind_of(token)
        place = self.locate(token.meta["offset"]) if kind == "attribute_fault" else span
        rule, message, *hints = _FAULTS.get(kind, _OTHER)
        what = token.meta.get("written", token.content)
        self.faults.error(rule, message.format(what=what, type=kind.replace("_", " ")), place, *hints)


def _kind_of(token: Token) -> str:
    """Return under what a faulty token stands in the table of faults."""
    if token.type != "brace_fault":
        return token.type
    if token.meta.get("written", token.content) == "}":
        return "lone_brace"
    return "brace_fault" if token.meta["closed"] else "open_brace"


_FAULTS: Mapping[str, tuple[str, ...]] = {
    "open_brace": (
        "open-brace", "the brace is not closed", "a placeholder is {fact:format}; write {{ for a brace",
    ),
    "lone_brace": ("open-brace", "the brace was not opened", "take it out; write }} for a brace"),
    "brace_fault": (
        "not-a-placeholder", "{what} is not a placeholder",
        "a placeholder names a fact and a format, as in {p1.applications.total:wan.1}",
        "write {{ and }} for braces",
    ),
    "attribute_fault": (
        "unreadable-attributes", "the attribute list cannot be read from here",
        'write {claim=ID}, {lang=en} or {.literal}, values with other signs in quotes: {key="…"}',
    ),
    "html_inline": ("not-in-manuscript", "raw HTML ({what}) is not part of a manuscript", "write \\< for a sign"),
}  # fmt: skip
"""By the kind of token: the rule, the message and the hints."""
_OTHER = ("not-in-manuscript", "a manuscript has no {type}", "write it in words, or take it out")


def _autolink(uri: str, content: tree.Inlines, span: Span) -> tree.Inline:
    shown = "".join(node.text for node in content if isinstance(node, tree.Words))
    return tree.Link(uri, (tree.Verbatim(shown, span),), span)


def _joined(content: tree.Inlines) -> tree.Inlines:
    """Merge neighbours and resolve line ends: no space beside a Chinese character, one otherwise.

    Neighbouring nodes of one style are merged, since ``**a****b**`` written again would not be read the same.
    """
    merged: list[tree.Inline] = []
    for node in content:
        last = merged[-1] if merged else None
        if isinstance(node, tree.Words) and isinstance(last, tree.Words):
            merged[-1] = tree.Words(last.text + node.text, last.span)
        elif isinstance(node, tree.Styled) and isinstance(last, tree.Styled) and node.mark == last.mark:
            merged[-1] = tree.Styled(last.mark, (*last.content, *node.content), last.span)
        else:
            merged.append(node)
    merged = [
        replace(node, content=_joined(node.content)) if isinstance(node, _OUTER) else node for node in merged
    ]
    return tuple(_without_line_end(merged, k) for k in range(len(merged)))


def _without_line_end(content: list[tree.Inline], index: int) -> tree.Inline:
    node = content[index]
    if not isinstance(node, tree.Words) or "\n" not in node.text:
        return node
    before, after = _edge(content, index - 1, -1), _edge(content, index + 1, 0)
    padded = before + node.text + after
    text = re.sub("(.?)\n(?=(.?))", lambda m: m[1] + gap(m[1], m[2]), padded)
    return tree.Words(text[len(before) : len(text) - len(after)], node.span)


def _edge(content: list[tree.Inline], index: int, end: int) -> str:
    """Return the character of a neighbour that a line end would stand beside; placeholders print digits or words."""
    if not 0 <= index < len(content):
        return ""
    node = content[index]
    while isinstance(node, _OUTER) and node.content:
        node = node.content[end]
    return node.text[end] if isinstance(node, (tree.Words, tree.Verbatim)) and node.text else ""


def _typed_digits(
    content: tree.Inlines, placed: Iterable[tuple[tree.Words, int]], locate: Locate
) -> Iterator[Diagnostic]:
    """Yield a fault for each number in words that are still words, and no part of a literal or an address."""
    kept = {id(node) for node in tree.walk(content)}
    for words, offset in placed:
        if id(words) in kept:
            for match in _DIGITS.finditer(words.text):
                message, hint = (
                    f"the number {match[0]} is typed",
                    "bind it to a fact, as in {report.last_year:year}",
                )
                other = f"if it is part of a name, write `{match[0]}` or [{match[0]}]{{.literal}}"
                yield error("typed-number", message, locate(offset + match.start()), hint, other)
