"""markdown-it, set up for a manuscript's blocks, and what a block's tokens hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from reportgen.base.diagnostics import Fault, Span
from reportgen.base.limits import BLOCK_NESTING, BLOCKS
from reportgen.manuscript.attributes import Attribute, AttributeFault, split_trailing
from reportgen.manuscript.inline import parse_inlines
from reportgen.manuscript.source import SourceFile
from reportgen.manuscript.tree import Inlines, Passage


def block_nodes(text: str) -> list[SyntaxTreeNode]:
    """Return markdown-it's block tree; what stands inside a line is not parsed here.

    Raises:
        Fault: if there are more blocks than :data:`reportgen.base.limits.BLOCKS`.
    """
    tokens = _markdown().parse(text)
    if sum(token.type == "inline" for token in tokens) > BLOCKS:
        message = f"the text has more than {BLOCKS:,} paragraphs, headings and items"
        raise Fault(message, "part it into several files", rule="file-too-large")
    return SyntaxTreeNode(tokens).children


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": BLOCK_NESTING}).enable("table")
    markdown.use(colon_fence_plugin).use(deflist_plugin).use(footnote_plugin)
    return markdown.disable(["inline", "text_join", "footnote_tail", "reference", "lheading"])


@dataclass(frozen=True, slots=True)
class Text:
    """A block's words, and the attributes at its end."""

    content: Inlines
    attributes: Mapping[str, str]
    span: Span

    def passage(self, name: str) -> Passage:
        """Return the words as a passage, under their own id or else ``name``."""
        return Passage(self.attributes.get("id", name), self.content, self.span)


def read_text(
    source: SourceFile, node: SyntaxTreeNode, base: int, allowed: tuple[str, ...] = ("id",)
) -> Text:
    """Return the words of an inline node whose lines count from the 0-based line ``base`` of the file."""
    written = node.content
    first = base + (node.map[0] if node.map else 0)
    locate = source.locate(written, first)
    words, attributes = written, tuple[Attribute, ...]()
    try:
        words, attributes = split_trailing(written)
    except AttributeFault as fault:
        message = "the attribute list cannot be read from here"
        source.faults.error("unreadable-attributes", message, locate(fault.offset), "write {#id key=value}")
    for attribute in attributes:
        if attribute.key not in allowed:
            message = f"the attribute {attribute.key} is unknown here"
            hint = f"this block takes {', '.join(allowed)}"
            source.faults.error("unknown-attribute", message, locate(attribute.offset), hint)
    content = source.faults.take(parse_inlines(words, locate))
    return Text(content, {a.key: a.value for a in attributes}, locate(0))


def line_of(source: SourceFile, node: SyntaxTreeNode, base: int) -> Span:
    """Return the place of a block's first line, at its first character that is not a space."""
    number = base + (node.map[0] if node.map else 0)
    line = source.lines[min(number, len(source.lines) - 1)]
    return source.place(number, len(line) - len(line.lstrip()) + 1)


def single_text(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """Return the inline node of an item that holds one paragraph and nothing else."""
    paragraphs = [child for child in node.children if child.type == "paragraph"]
    if len(node.children) != 1 or len(paragraphs) != 1:
        return None
    return paragraphs[0].children[0]
