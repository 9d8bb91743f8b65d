"""Inline Markdown to inline nodes, each with its place.

The tokens are markdown-it's, by its own rules for text, escapes, entities, code, emphasis and autolinks, and by
three of ours: placeholders, bracketed spans (claims, references, links, literals) and note marks.
markdown-it keeps no offsets of inline tokens; :class:`_PlacedState` notes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.manuscript.attributes import Attribute, AttributeFault, parse_attributes
from reportgen.manuscript.source import Locate
from reportgen.manuscript.tree import (
    Break,
    Claimed,
    Foreign,
    Inline,
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

_PLACEHOLDER = re.compile(r"\{([A-Za-z][\w-]*(?:\.[\w-]+)*):([a-z]+(?:\.[\w-]+)*)\}")
_NOTE = re.compile(r"\[\^([\w-]+)\]")
_TARGET = re.compile(r"\(([^()\s]*)\)")
_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?%?")
_SPECIAL = re.compile(r"[\n\\`*_<&\[\]{}]")
_LINE_END = re.compile(r"\\?\n[ \t]*")
_CODE = re.compile(r"`([^`\n]+)`|``([^\n]+?)``")


def parse_inlines(text: str, locate: Locate) -> tuple[Inlines, tuple[Diagnostic, ...]]:
    """Return the nodes of a block's text and every fault in it."""
    tokens: list[Token] = []
    markdown = _markdown()
    markdown.inline.parse(text, markdown, {}, tokens)
    builder = _Builder(locate)
    builder.add_all(tokens)
    content = builder.close()
    faults = (*builder.faults, *_typed_digits(content, builder.placed, locate))
    return _joined(content), faults


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark")
    markdown.inline = _PlacedInline()
    ruler = markdown.inline.ruler
    ruler.enableOnly(["escape", "emphasis", "autolink", "html_inline", "entity"])
    for name, rule in _RULES.items():
        ruler.push(name, rule)
        ruler.enable(name)
    markdown.inline.ruler2.disable("fragments_join")
    return markdown


class _PlacedState(StateInline):
    """Notes in every token's ``meta["at"]`` the offset where it begins."""

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: ARG002
        """Let emphasis open before anything but a space and close after anything but a space.

        CommonMark's flanking rules refuse ``**……。**下文``: Chinese sentences do not put spaces after stops.
        """
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        opens = end < self.posMax and not self.src[end].isspace()
        closes = start > 0 and not self.src[start - 1].isspace()
        return Scanned(opens, closes, end - start)


class _PlacedInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _words_rule(state: StateInline, silent: bool) -> bool:
    """Characters up to the next one that may mean something."""
    end = _SPECIAL.search(state.src, state.pos, state.posMax)
    length = (end.start() if end else state.posMax) - state.pos
    return length > 0 and _take(state, silent, "text", length, content=state.src[state.pos :][:length])


def _line_end_rule(state: StateInline, silent: bool) -> bool:
    """A line's end, forced by a backslash before it or not."""
    match = _LINE_END.match(state.src, state.pos)
    kind = "hardbreak" if state.src[state.pos] == "\\" else "softbreak"
    return match is not None and _take(state, silent, kind, len(match[0]))


def _code_rule(state: StateInline, silent: bool) -> bool:
    match = _CODE.match(state.src, state.pos)
    return match is not None and _take(
        state, silent, "code_inline", len(match[0]), content=match[1] or match[2]
    )


def _any_rule(state: StateInline, silent: bool) -> bool:
    """A character that means nothing after all."""
    return _take(state, silent, "text", 1, content=state.src[state.pos])


def _placeholder_rule(state: StateInline, silent: bool) -> bool:
    """``{fact:format}``, ``{{`` and ``}}``; any other brace is a fault."""
    here = state.src[state.pos]
    if here not in "{}":
        return False
    if state.src.startswith(here * 2, state.pos):
        return _take(state, silent, "text_special", 2, content=here)
    match = _PLACEHOLDER.match(state.src, state.pos)
    if match is not None:
        return _take(state, silent, "placeholder", len(match[0]), fact=match[1], format=match[2])
    end = state.src.find("}", state.pos) if here == "{" else state.pos
    closed = end >= 0 and "\n" not in state.src[state.pos : end]
    length = end + 1 - state.pos if closed else 1
    return _take(state, silent, "brace_fault", length, written=state.src[state.pos :][:length], closed=closed)


def _bracket_rule(state: StateInline, silent: bool) -> bool:
    """``[^note]``, ``[words]{attributes}`` and ``[words](target)``."""
    if state.src[state.pos] != "[":
        return False
    note = _NOTE.match(state.src, state.pos)
    if note is not None:
        return _take(state, silent, "note_mark", len(note[0]), note=note[1])
    start, label_end = state.pos, _label_end(state.src, state.pos, state.posMax)
    if label_end < 0:
        return False
    try:
        meta, end = _bracket_tail(state.src, label_end + 1)
    except AttributeFault as fault:
        return _take(state, silent, "attribute_fault", fault.offset + 1 - start, offset=fault.offset)
    if meta is None:
        return False
    if not silent:
        _push_bracket(state, start, label_end, meta)
    state.pos = end
    return True


def _push_bracket(state: StateInline, start: int, label_end: int, meta: dict[str, Any]) -> None:
    limit = state.posMax
    state.push("bracket_open", "", 1).meta.update(meta)
    state.pos, state.posMax = start + 1, label_end
    state.md.inline.tokenize(state)
    state.push("bracket_close", "", -1)
    state.posMax = limit


def _bracket_tail(text: str, position: int) -> tuple[dict[str, Any] | None, int]:
    if text.startswith("{", position) and _PLACEHOLDER.match(text, position) is None:
        attributes, end = parse_attributes(text, position)
        return {"attributes": attributes}, end
    target = _TARGET.match(text, position)
    return (None, position) if target is None else ({"target": target[1]}, target.end())


def _label_end(text: str, start: int, limit: int) -> int:
    """Return the offset of the bracket that closes the one at ``start``, or -1."""
    depth = 0
    for position in range(start, limit):
        if text[position - 1 : position] == "\\":
            continue
        depth += (text[position] == "[") - (text[position] == "]")
        if not depth:
            return position
    return -1


def _take(state: StateInline, silent: bool, kind: str, length: int, content: str = "", **meta: Any) -> bool:
    if not silent:
        token = state.push(kind, "", 0)
        token.content = content
        token.meta.update(meta)
    state.pos += length
    return True


_RULES: Mapping[str, Callable[[StateInline, bool], bool]] = {
    "words": _words_rule,
    "line_end": _line_end_rule,
    "code": _code_rule,
    "placeholder": _placeholder_rule,
    "bracket": _bracket_rule,
    "any": _any_rule,
}
"""Asked in this order after markdown-it's own."""


@dataclass(slots=True)
class _Open:
    """A node whose content is being gathered, and how to make it."""

    make: Callable[[Inlines], Inline | None]
    content: list[Inline] = field(default_factory=list)


class _Builder:
    """Turns the flat tokens of one text into nodes."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.faults: list[Diagnostic] = []
        self.placed: list[tuple[Words, int]] = []
        self._open = [_Open(lambda _: None)]

    def close(self) -> Inlines:
        return tuple(self._open[0].content)

    def add_all(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            self._add(token, self.locate(token.meta["at"]))

    def _add_words(self, token: Token, span: Span) -> None:
        if token.content:
            words = Words(token.content, span)
            self.placed.append((words, token.meta["at"]))
            self._put(words)

    def _add(self, token: Token, span: Span) -> None:
        match token.type:
            case "text" | "text_special":
                self._add_words(token, span)
            case "code_inline":
                self._put(Verbatim(token.content, span))
            case "placeholder":
                self._put(Placeholder(token.meta["fact"], token.meta["format"], span))
            case "note_mark":
                self._put(NoteMark(token.meta["note"], span))
            case "softbreak":
                self._put(Words("\n", span))
            case "hardbreak":
                self._put(Break(span))
            case _:
                self._add_other(token, span)

    def _add_other(self, token: Token, span: Span) -> None:
        match token.type:
            case "strong_open":
                self._open.append(_Open(lambda content: Styled("strong", content, span)))
            case "em_open":
                self._open.append(_Open(lambda content: Styled("emphasis", content, span)))
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

    def _put(self, node: Inline | None) -> None:
        if node is not None:
            self._open[-1].content.append(node)

    def _refuse(self, message: str, span: Span, *hints: str) -> None:
        self.faults.append(error(message, span, *hints))

    def _bracket(self, meta: dict[str, Any], content: Inlines, span: Span) -> Inline | None:
        if "attributes" in meta:
            return self._attributed(meta["attributes"], content, span)
        target: str = meta["target"]
        scheme, _, name = target.partition(":")
        if target.startswith("#"):
            return self._reference(target[1:], content, span)
        if scheme == "claim" and name:
            return Claimed(name, content, span)
        if scheme == "lang" and name:
            return Foreign(name, content, span)
        if scheme in ("http", "https", "mailto") and name:
            return Link(target, content, span)
        self._refuse(
            f"the link leads to {target!r}, which is nowhere",
            span,
            "write #fig-NAME for a figure, claim:ID for a claim, or an address that begins with https:",
        )
        return None

    def _reference(self, anchor: str, content: Inlines, span: Span) -> Inline:
        if content:
            self._refuse(
                f"the reference to #{anchor} has words of its own",
                span,
                f"write [](#{anchor}): the number is put in for you",
            )
        return Reference(anchor, span)

    def _attributed(self, given: tuple[Attribute, ...], content: Inlines, span: Span) -> Inline | None:
        if len(given) != 1 or given[0].key not in ("claim", "lang", "class"):
            names = ", ".join(a.key for a in given)
            self._refuse(
                f"words in brackets cannot have the attributes {names}",
                span,
                "write {claim=…}, {lang=…} or {.literal}",
            )
            return None
        key, value = given[0].key, given[0].value
        if key == "claim":
            return Claimed(value, content, span)
        if key == "lang":
            return Foreign(value, content, span)
        return self._literal(value, content, span)

    def _literal(self, name: str, content: Inlines, span: Span) -> Inline | None:
        if name != "literal":
            self._refuse(f"the class .{name} is unknown", span, "the only one is {.literal}")
            return None
        if not all(isinstance(node, Words) for node in content):
            self._refuse("a literal holds plain characters only", span)
        return Verbatim("".join(node.text for node in content if isinstance(node, Words)), span)

    def _fault(self, token: Token, span: Span) -> None:
        match token.type:
            case "brace_fault" if not token.meta["closed"]:
                self._refuse(
                    "the brace is not closed", span, "a placeholder is {fact:format}; write {{ for a brace"
                )
            case "brace_fault":
                self._refuse(
                    f"{token.meta['written']} is not a placeholder",
                    span,
                    "a placeholder names a fact and a format, as in {p1.applications.total:wan.1}",
                    "write {{ and }} for braces",
                )
            case "attribute_fault":
                self._refuse(
                    "the attribute list cannot be read from here",
                    self.locate(token.meta["offset"]),
                    'write {claim=ID}, {lang=en} or {.literal}, values with other signs in quotes: {key="…"}',
                )
            case "html_inline":
                self._refuse(
                    f"raw HTML ({token.content}) is not part of a manuscript", span, "write \\< for a sign"
                )
            case _:
                self._refuse(f"a manuscript has no {token.type.replace('_', ' ')}", span)


def _autolink(uri: str, content: Inlines, span: Span) -> Inline:
    shown = "".join(node.text for node in content if isinstance(node, Words))
    return Link(uri, (Verbatim(shown, span),), span)


def _joined(content: Inlines) -> Inlines:
    """Merge neighbours and resolve line ends: no space beside a Chinese character, one otherwise.

    Neighbouring nodes of one style are merged, since ``**a****b**`` written again would not be read the same.
    """
    merged: list[Inline] = []
    for node in content:
        last = merged[-1] if merged else None
        if isinstance(node, Words) and isinstance(last, Words):
            merged[-1] = Words(last.text + node.text, last.span)
        elif isinstance(node, Styled) and isinstance(last, Styled) and node.mark == last.mark:
            merged[-1] = Styled(last.mark, (*last.content, *node.content), last.span)
        else:
            merged.append(node)
    merged = [_joined_inside(node) for node in merged]
    return tuple(_without_line_end(merged, k) for k in range(len(merged)))


def _joined_inside(node: Inline) -> Inline:
    match node:
        case Styled():
            return Styled(node.mark, _joined(node.content), node.span)
        case Claimed():
            return Claimed(node.claim, _joined(node.content), node.span)
        case Foreign():
            return Foreign(node.lang, _joined(node.content), node.span)
        case Link():
            return Link(node.uri, _joined(node.content), node.span)
        case _:
            return node


def _without_line_end(content: list[Inline], index: int) -> Inline:
    node = content[index]
    if not isinstance(node, Words) or "\n" not in node.text:
        return node
    before, after = _edge(content, index - 1, -1), _edge(content, index + 1, 0)
    padded = before + node.text + after
    text = re.sub("(.?)\n(?=(.?))", lambda m: m[1] + ("" if _wide(m[1]) or _wide(m[2]) else " "), padded)
    return Words(text[len(before) : len(text) - len(after)], node.span)


def _edge(content: list[Inline], index: int, end: int) -> str:
    """Return the character of a neighbour that a line end would stand beside; placeholders print digits or words."""
    if not 0 <= index < len(content):
        return ""
    node = content[index]
    while isinstance(node, (Styled, Claimed, Foreign, Link)) and node.content:
        node = node.content[end]
    return node.text[end] if isinstance(node, (Words, Verbatim)) and node.text else ""


def _wide(character: str) -> bool:
    return not character or unicodedata.east_asian_width(character) in "WF"


def _typed_digits(
    content: Inlines, placed: Iterable[tuple[Words, int]], locate: Locate
) -> Iterator[Diagnostic]:
    """Yield a fault for each number in words that are still words, and no part of a literal or an address."""
    kept = {id(node) for node in walk(content)}
    for words, offset in placed:
        if id(words) in kept:
            for match in _DIGITS.finditer(words.text):
                yield _typed_digit(match[0], locate(offset + match.start()))


def _typed_digit(written: str, place: Span) -> Diagnostic:
    return error(
        f"the number {written} is typed",
        place,
        "bind it to a fact, as in {report.last_year:year}",
        f"if it is part of a name, write `{written}` or [{written}]{{.literal}}",
    )
