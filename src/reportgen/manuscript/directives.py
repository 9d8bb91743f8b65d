"""Directives: ``:::{name} argument``, option lines, a body."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from markdown_it.tree import SyntaxTreeNode

from reportgen.base.diagnostics import Span
from reportgen.base.filenames import HINT, unfit_for_file
from reportgen.base.suggest import did_you_mean
from reportgen.manuscript import tree
from reportgen.manuscript.inline import parse_inlines
from reportgen.manuscript.markdown import Text, block_nodes, line_of, read_text, single_text
from reportgen.manuscript.section import SectionBuilder
from reportgen.manuscript.source import SourceFile

_HEAD = re.compile(r"\s*\{([\w-]+)\}[ \t]*(.*?)\s*\Z")
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*?)[ \t]*\Z")
_NAME = re.compile(r"[A-Za-z][\w-]*\Z")


@dataclass(frozen=True, slots=True)
class Option:
    """An option's value and the place of the value."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as written.

    Attributes:
        body: markdown-it's nodes of the body, their lines counted from the file's 0-based line ``base``.
    """

    name: str
    argument: str
    options: Mapping[str, Option]
    body: list[SyntaxTreeNode]
    base: int
    span: Span


_Body: TypeAlias = Mapping[str, SyntaxTreeNode]
"""The blocks that a directive holds, by their kind."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a directive takes.

    Attributes:
        body: the kinds of block that it holds, the first of which it needs.
        lacking: the rule, the message and the hint where the first one is missing.
    """

    read: Callable[[SectionBuilder, Directive, _Body], None]
    body: tuple[str, ...] = ()
    lacking: tuple[str, str, str] = ("", "", "")
    options: tuple[str, ...] = ()
    has_argument: bool = False


def read_directive(section: SectionBuilder, node: SyntaxTreeNode, base: int) -> None:
    """Read a colon fence into the section."""
    directive = _directive(section.source, node, base)
    if directive is None:
        return
    kind = DIRECTIVES[directive.name]
    if _check_shape(section.source, directive, kind):
        body = _body(section.source, directive, kind.body)
        kind.read(section, directive, body)
        if kind.body and kind.body[0] not in body:
            rule, message, hint = kind.lacking
            section.source.faults.error(rule, message, directive.span, hint)


def _directive(source: SourceFile, node: SyntaxTreeNode, base: int) -> Directive | None:
    span = line_of(source, node, base)
    head = _HEAD.match(node.info)
    if head is None:
        hint = "write :::{figure} NAME, :::{points} …"
        source.faults.error("missing-name", "the directive has no name", span, hint)
        return None
    _check_closed(source, node, base, span)
    if head[1] not in DIRECTIVES:
        hints = did_you_mean(head[1], DIRECTIVES) or (f"there are {', '.join(DIRECTIVES)}",)
        source.faults.error("unknown-directive", f"the directive {{{head[1]}}} is unknown", span, *hints)
        return None
    options, count = _options(source, node, base)
    body_base = base + (node.map[0] if node.map else 0) + 1 + count
    body = "\n".join(node.content.split("\n")[count:])
    return Directive(head[1], head[2], options, block_nodes(body), body_base, span)


def _check_closed(source: SourceFile, node: SyntaxTreeNode, base: int, span: Span) -> None:
    last = source.lines[min(base + node.map[1], len(source.lines)) - 1].strip() if node.map else ""
    if len(last) < len(node.markup) or set(last) != {":"}:
        hint = f"write {node.markup} on a line of its own after it"
        source.faults.error("open-directive", "the directive is not closed", span, hint)


def _options(source: SourceFile, node: SyntaxTreeNode, base: int) -> tuple[dict[str, Option], int]:
    first = base + (node.map[0] if node.map else 0) + 1
    found: dict[str, Option] = {}
    count = 0
    for line in node.content.split("\n"):
        match = _OPTION.match(line)
        if match is None:
            break
        place = source.locate(line, first + count)(match.start(2))
        if match[1] in found:
            source.faults.error("repeated-option", f"the option {match[1]} is given twice", place, "keep one")
        found[match[1]] = Option(match[2], place)
        count += 1
    return found, count


def _check_shape(source: SourceFile, directive: Directive, kind: _Kind) -> bool:
    before, called = len(source.faults.found), f"{{{directive.name}}}"
    for name, option in directive.options.items():
        if name not in kind.options:
            takes = f"it takes {', '.join(kind.options)}" if kind.options else "it takes none"
            source.faults.error("unknown-option", f"{called} has no option {name}", option.span, takes)
        elif not option.value:
            hint = "give it a value, or take it out"
            source.faults.error("empty-option", f"the option {name} is empty", option.span, hint)
    if kind.has_argument and not _NAME.match(directive.argument):
        hint = "letters, digits and -, as in applications-grants"
        source.faults.error("missing-name", f"{called} needs a name", directive.span, hint)
        return False
    if fault := unfit_for_file(directive.argument) if kind.has_argument else "":
        message = f"{called} names files, and {directive.argument[:60]} {fault}"
        source.faults.error("unfit-name", message, directive.span, HINT)
    if directive.argument and not kind.has_argument:
        source.faults.error("needless-name", f"{called} takes no name", directive.span, "take it out")
    if directive.body and not kind.body:
        hint = "its content is made from the data"
        source.faults.error("needless-body", f"{called} takes no body", directive.span, hint)
    return len(source.faults.found) == before or bool(kind.body) or bool(fault)


def _body(source: SourceFile, directive: Directive, wanted: tuple[str, ...]) -> _Body:
    """Return the body's first node of each wanted type; whatever else it holds is a fault."""
    found: dict[str, SyntaxTreeNode] = {}
    for node in directive.body:
        if node.type in wanted and node.type not in found:
            found[node.type] = node
        elif node.type != "html_block":
            message = f"{{{directive.name}}} holds a block that does not belong there"
            hint = f"its body is {' and then '.join(_TYPES[name] for name in wanted)}"
            source.faults.error("misplaced-block", message, line_of(source, node, directive.base), hint)
    return found


_TYPES = {"paragraph": "one paragraph", "bullet_list": "a list", "dl": "a definition list"}


def _text(section: SectionBuilder, directive: Directive, node: SyntaxTreeNode) -> Text:
    return read_text(section.source, node.children[0], directive.base)


def _read_figure(section: SectionBuilder, directive: Directive, body: _Body) -> None:
    source = section.source
    table = directive.options.get("table")
    if table is None:
        hint = "write :table: NAME under its first line"
        source.faults.error("missing-table", "the figure names no table", directive.span, hint)
    if table is None or "paragraph" not in body:
        return
    anchor = f"fig-{directive.argument}"
    text = _text(section, directive, body["paragraph"])
    unit = directive.options.get("unit")
    section.blocks.append(
        tree.Figure(
            directive.argument,
            table.value,
            unit.value if unit else None,
            text.passage(f"{anchor}.caption"),
            _notes(section, directive, body.get("bullet_list"), anchor),
            _source_line(source, directive.options.get("source"), anchor),
            directive.span,
            {name: option.span for name, option in directive.options.items()},
        )
    )


def _notes(
    section: SectionBuilder, directive: Directive, node: SyntaxTreeNode | None, anchor: str
) -> tuple[tree.Passage, ...]:
    items = section.items(node, directive.base) if node is not None else []
    return tuple(text.passage(f"{anchor}.note{number}") for number, (text, _) in enumerate(items, 1))


def _source_line(source: SourceFile, option: Option | None, anchor: str) -> tree.Passage | None:
    if option is None:
        return None
    place = option.span
    found = parse_inlines(option.value, lambda at: Span(place.file, place.line, place.column + at))
    return tree.Passage(f"{anchor}.source", source.faults.take(found), place)


def _read_opener(section: SectionBuilder, directive: Directive, body: _Body) -> None:
    source = section.source
    if section.kind != "part":
        source.faults.error("opener-outside-part", "only a part has an opener", directive.span, "take it out")
    if section.opener is not None:
        first = f"the first is at {section.opener.span}"
        source.faults.error("repeated-opener", "the part has two openers", directive.span, first)
    if "paragraph" not in body:
        return
    thesis = _text(section, directive, body["paragraph"]).passage(f"{section.id}.thesis")
    items = section.items(body["bullet_list"], directive.base) if "bullet_list" in body else []
    for item, place in items:
        _check_key(source, item.content, place)
    keys = tuple(section.passage(item, "key") for item, _ in items)
    section.opener = tree.Opener(thesis, keys, directive.span)


def _check_key(source: SourceFile, content: tree.Inlines, place: Span) -> None:
    numbers = [node for node in tree.walk(content) if isinstance(node, tree.Placeholder)]
    bars = sum(node.text.count("|") for node in content if isinstance(node, tree.Words))
    if not numbers or bars != 1:
        message = "the key number is not a number with its unit, a bar, and what it counts"
        source.faults.error("wrong-key-number", message, place, "write {fact:format}件 | 累计专利申请")


def _read_points(section: SectionBuilder, directive: Directive, body: _Body) -> None:
    if "bullet_list" not in body:
        return
    points = []
    for text, place in section.items(body["bullet_list"], directive.base, ("id", "accent")):
        lead = text.content[0] if text.content else None
        if not (isinstance(lead, tree.Styled) and lead.mark == "strong"):
            hint = "open it with **a sentence in bold**"
            message = "the point has no lead sentence"
            section.source.faults.error("missing-lead-sentence", message, place, hint)
        points.append(tree.Point(section.passage(text, "point"), text.attributes.get("accent"), place))
    section.blocks.append(tree.Points(tuple(points), directive.span))


def _read_definitions(section: SectionBuilder, directive: Directive, body: _Body) -> None:
    if "dl" in body:
        read_definition_list(section, body["dl"], directive.base)


def read_definition_list(section: SectionBuilder, node: SyntaxTreeNode, base: int) -> None:
    """Read a definition list into the section; each term has one meaning of one paragraph."""
    source, entries = section.source, []
    children = node.children
    for place, (term, meaning) in enumerate(zip(children, [*children[1:], None], strict=True)):
        if term.type != "dt":
            if not place or children[place - 1].type != "dt":
                where, hint = line_of(source, term, base), "write them as one paragraph"
                source.faults.error("repeated-meaning", "the term has two meanings", where, hint)
            continue
        inline = single_text(meaning) if meaning is not None and meaning.type == "dd" else None
        if inline is None:
            where, message = line_of(source, term, base), "the term's meaning is not one paragraph"
            source.faults.error("not-one-paragraph", message, where, "write it as one")
            continue
        words, means = read_text(source, term.children[0], base), read_text(source, inline, base)
        entry = words.attributes.get("id") or section.count("term")
        meant = tree.Passage(f"{entry}.meaning", means.content, means.span)
        entries.append((tree.Passage(entry, words.content, words.span), meant))
    section.blocks.append(tree.Definitions(tuple(entries), line_of(source, node, base)))


def _read_running_head(section: SectionBuilder, directive: Directive, body: _Body) -> None:
    if "paragraph" in body:
        text = _text(section, directive, body["paragraph"])
        section.running_head = tree.Passage(f"{section.id}.running-head", text.content, text.span)


def _read_generated(section: SectionBuilder, directive: Directive, _: _Body) -> None:
    section.blocks.append(tree.Generated(directive.name, directive.span))


DIRECTIVES: Mapping[str, _Kind] = {
    "figure": _Kind(
        _read_figure, ("paragraph", "bullet_list"),
        ("missing-caption", "the figure has no caption", "write it after a blank line"),
        ("table", "unit", "source"), has_argument=True,
    ),
    "opener": _Kind(
        _read_opener, ("paragraph", "bullet_list"),
        ("missing-thesis", "the opener has no thesis", "write one or two sentences as its body"),
    ),
    "points": _Kind(
        _read_points, ("bullet_list",),
        ("missing-items", "the points have no items", "write each as - **lead sentence** …"),
    ),
    "definitions": _Kind(
        _read_definitions, ("dl",),
        ("missing-items", "there are no definitions", "write a term's line, then : what it means"),
    ),
    "running-head": _Kind(
        _read_running_head, ("paragraph",),
        ("missing-words", "the running head has no words", "write them as its body"),
    ),
    **{name: _Kind(_read_generated) for name in tree.GENERATED},
}  # fmt: skip
