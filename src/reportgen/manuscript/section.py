"""A section while its blocks are being read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from reportgen.base.diagnostics import Span
from reportgen.manuscript.markdown import Text, line_of, read_text, single_text
from reportgen.manuscript.source import SourceFile
from reportgen.manuscript.tree import Block, Opener, Passage, Section, SectionKind


@dataclass(slots=True)
class SectionBuilder:
    """Gathers a section's blocks and counts those that have no id of their own."""

    source: SourceFile
    kind: SectionKind
    title: Passage
    accent: str | None
    span: Span
    blocks: list[Block] = field(default_factory=list)
    opener: Opener | None = None
    running_head: Passage | None = None
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def id(self) -> str:
        return self.title.id

    def close(self) -> Section:
        """Return the finished section."""
        return Section(
            self.kind, self.title, tuple(self.blocks), self.opener, self.running_head, self.accent, self.span
        )

    def count(self, kind: str) -> str:
        """Return the next counted id of a kind of block: ``summary.p2``."""
        self.counts[kind] += 1
        return f"{self.id}.{kind}{self.counts[kind]}"

    def passage(self, text: Text, kind: str) -> Passage:
        """Return a block's words under its own id or the next counted one."""
        return text.passage(self.count(kind))

    def items(
        self, node: SyntaxTreeNode, base: int, allowed: tuple[str, ...] = ("id",)
    ) -> list[tuple[Text, Span]]:
        """Return the words of a list's items; an item that is more than one paragraph is a fault."""
        found = []
        for item in node.children:
            place = line_of(self.source, item, base)
            inline = single_text(item)
            if inline is None:
                message = "the list item is not one paragraph"
                hint = "items are single paragraphs, not nested lists"
                self.source.faults.error("not-one-paragraph", message, place, hint)
                continue
            found.append((read_text(self.source, inline, base, allowed), place))
        return found
