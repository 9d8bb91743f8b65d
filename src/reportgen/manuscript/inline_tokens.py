"""Inline Markdown to tokens: markdown-it's own rules for text, escapes, entities, code, emphasis and autolinks, and
three of ours for placeholders, bracketed spans (claims, references, links, literals) and note marks.

markdown-it keeps no offsets of inline tokens; :class:`_PlacedState` notes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from reportgen.base.diagnostics import Fault
from reportgen.base.limits import MARK_NESTING, PARAGRAPH_CHARACTERS, PARAGRAPH_MARKS
from reportgen.manuscript.attributes import AttributeFault, parse_attributes

_PLACEHOLDER = re.compile(r"\{([A-Za-z][\w-]*(?:\.[\w-]+)*):([a-z]+(?:\.[\w-]+)*)\}")
_NOTE = re.compile(r"\[\^([\w-]+)\]")
_TARGET = re.compile(r"\(([^()\s]*)\)")
_SPECIAL = re.compile(r"[\n\\`*_<&\[\]{}]")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_LINE_END = re.compile(r"\\?\n[ \t]*")
_CODE = re.compile(r"`([^`\n]+)`|``([^\n]+?)``")


class InlineFault(Fault):
    """A text that is too long or nested too deeply to be read; ``offset`` is where."""

    def __init__(self, rule: str, message: str, offset: int, *hints: str) -> None:
        self.offset = offset
        super().__init__(message, *hints, rule=rule)


def inline_tokens(text: str) -> list[Token]:
    """Return the tokens of a block's text; each has the offset where it begins in its ``meta["at"]``.

    Raises:
        InlineFault: if the text is longer, or its marks are more or deeper, than :mod:`reportgen.base.limits` allows.
    """
    _check_size(text)
    tokens: list[Token] = []
    markdown = _markdown()
    markdown.inline.parse(text, markdown, {}, tokens)
    depth = 0
    for token in tokens:
        depth += token.nesting
        if depth > MARK_NESTING:
            raise _too_deep(token.meta["at"])
    return tokens


def _check_size(text: str) -> None:
    hint = "part it into paragraphs by empty lines"
    if len(text) > PARAGRAPH_CHARACTERS:
        message = f"the text has {len(text):,} characters; a paragraph may have {PARAGRAPH_CHARACTERS:,}"
        raise InlineFault("paragraph-too-long", message, 0, hint)
    marks = _SPECIAL.findall(text)
    if len(marks) > PARAGRAPH_MARKS:
        message = f"the text has {len(marks):,} marks and line ends; a paragraph may have {PARAGRAPH_MARKS:,}"
        raise InlineFault("paragraph-too-long", message, 0, hint)


def _too_deep(offset: int) -> InlineFault:
    message = f"emphasis and brackets are nested more than {MARK_NESTING} deep"
    return InlineFault("nested-too-deeply", message, offset, "take some of the marks out")


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": MARK_NESTING + 1})
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
    start = state.pos
    if "closings" not in state.env:
        state.env["closings"] = _closings(state.src)
    label_end = state.env["closings"].get(start, state.posMax)
    if label_end >= state.posMax:
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
    if state.level >= MARK_NESTING:
        raise _too_deep(start)
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


def _closings(text: str) -> dict[int, int]:
    """Return the offset of the bracket that closes each opening one, by its offset; those never closed are left out."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            found[opened.pop()] = match.start()
    return found


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
