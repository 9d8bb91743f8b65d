"""A manuscript file's blocks to sections and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import cast

from markdown_it.tree import SyntaxTreeNode

from reportgen.base.diagnostics import Fault, Span
from reportgen.base.suggest import did_you_mean
from reportgen.manuscript import tree
from reportgen.manuscript.directives import read_definition_list, read_directive
from reportgen.manuscript.markdown import block_nodes, line_of, read_text
from reportgen.manuscript.section import SectionBuilder
from reportgen.manuscript.source import SourceFile

_COMMENT = re.compile(r"\s*<!--.*-->\s*\Z", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\(")
_ID = re.compile(r"[A-Za-z][\w-]*\Z")
_REFUSED = {
    "html_block": ("raw HTML", "write the words alone"),
    "fence": ("a block of code", "write directives with colons: :::{figure} NAME"),
    "code_block": ("an indented block", "begin its lines at the margin"),
    "blockquote": ("a quotation block", "write it as a paragraph"),
    "hr": ("a rule", "sections are parted by headings"),
    "table": ("a typed table", "put its values into the data package; the annex prints them"),
}


def read_file(source: SourceFile, text: str) -> tuple[tuple[tree.Section, ...], tuple[tree.Note, ...]]:
    """Return the sections and footnotes of a file; its faults are noted in ``source``."""
    reader = _Reader(source)
    try:
        nodes = block_nodes(text)
        if not any(node.type == "heading" and node.tag == "h1" for node in nodes):
            reader.open_untitled(nodes)
        reader.read(nodes)
    except Fault as fault:
        source.faults.add(fault.at(Span(source.name)))
        return (), ()
    return tuple(section.close() for section in reader.sections), tuple(reader.notes)


def _is_comment(node: SyntaxTreeNode) -> bool:
    return node.type == "html_block" and bool(_COMMENT.match(node.content))


class _Reader:
    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.sections: list[SectionBuilder] = []
        self.notes: list[tree.Note] = []
        self.is_headless = False

    def read(self, nodes: Iterable[SyntaxTreeNode]) -> None:
        for node in nodes:
            if node.type == "heading" and node.tag == "h1":
                self._open_section(node)
            elif node.type == "footnote_reference":
                self._read_note(node)
            elif _is_comment(node):
                continue
            elif not self.sections:
                message = "the block stands before the first section"
                hint = "begin the file with a heading: # 标题 {#id kind=part}"
                if not self.is_headless:  # told at the first block
                    place = line_of(self.source, node, 0)
                    self.source.faults.error("block-before-section", message, place, hint)
                self.is_headless = True
            else:
                self._read_block(self.sections[-1], node)

    def open_untitled(self, nodes: Iterable[SyntaxTreeNode]) -> None:
        """Open a part without a title, for the blocks of a file that has none; its id is from the file's name."""
        first = next((n for n in nodes if not _is_comment(n) and n.type != "footnote_reference"), None)
        if first is not None:
            place = line_of(self.source, first, 0)
            name = "text-" + re.sub(r"[^\w-]+", "-", PurePosixPath(self.source.name).stem)
            self.sections.append(
                SectionBuilder(self.source, "part", tree.Passage(name, (), place), None, place)
            )

    def _open_section(self, node: SyntaxTreeNode) -> None:
        text = read_text(self.source, node.children[0], 0, ("id", "kind", "accent"))
        name = text.attributes.get("id", "")
        place = line_of(self.source, node, 0)
        if not _ID.match(name):
            hint = "write # 标题 {#id kind=part}"
            self.source.faults.error("missing-id", "the section has no id", place, hint)
        kind = text.attributes.get("kind", "part")
        if kind not in tree.SECTION_KINDS:
            hints = did_you_mean(kind, tree.SECTION_KINDS) or (f"there are {', '.join(tree.SECTION_KINDS)}",)
            message = f"the section kind {kind} is unknown"
            self.source.faults.error("unknown-section-kind", message, place, *hints)
            kind = "part"
        title = tree.Passage(name or f"line{place.line}", text.content, text.span)
        self.sections.append(
            SectionBuilder(
                self.source, cast(tree.SectionKind, kind), title, text.attributes.get("accent"), place
            )
        )

    def _read_note(self, node: SyntaxTreeNode) -> None:
        label = str(node.meta["label"])
        place = line_of(self.source, node, 0)
        if len(node.children) != 1 or node.children[0].type != "paragraph":
            message = f"the footnote {label} is not one paragraph"
            self.source.faults.error("not-one-paragraph", message, place, "write it as one")
            return
        text = read_text(self.source, node.children[0].children[0], 0)
        self.notes.append(tree.Note(label, text.passage(f"note.{label}"), place))

    def _read_block(self, section: SectionBuilder, node: SyntaxTreeNode) -> None:
        match node.type:
            case "heading":
                self._read_heading(section, node)
            case "paragraph":
                self._read_paragraph(section, node)
            case "bullet_list" | "ordered_list":
                self._read_list(section, node)
            case "dl":
                read_definition_list(section, node, 0)
            case "colon_fence":
                read_directive(section, node, 0)
            case _:
                what, hint = _REFUSED.get(node.type, (node.type, ""))
                message = f"{what} is not part of a manuscript"
                self.source.faults.error("not-in-manuscript", message, line_of(self.source, node, 0), hint)

    def _read_heading(self, section: SectionBuilder, node: SyntaxTreeNode) -> None:
        level = int(node.tag[1:])
        place = line_of(self.source, node, 0)
        if level > 3:
            hint = "headings inside a section are ## and ###"
            self.source.faults.error("heading-too-deep", "the heading is too deep", place, hint)
        text = read_text(self.source, node.children[0], 0)
        section.blocks.append(tree.Heading(min(level, 3), section.passage(text, "h"), place))

    def _read_paragraph(self, section: SectionBuilder, node: SyntaxTreeNode) -> None:
        inline = node.children[0]
        image = _IMAGE.search(inline.content)
        if image is not None:
            place = self.source.locate(inline.content, inline.map[0] if inline.map else 0)(image.start())
            hint = "figures are charts: :::{figure} NAME"
            self.source.faults.error("not-in-manuscript", "an image is not part of a manuscript", place, hint)
            return
        text = read_text(self.source, inline, 0, ("id", "style"))
        if not text.content:
            message = "the paragraph has no words"
            self.source.faults.error("missing-words", message, text.span, "write them, or take it out")
        style = text.attributes.get("style", "imprint" if section.kind == "imprint" else "body")
        section.blocks.append(tree.Paragraph(section.passage(text, "p"), style, text.span))

    def _read_list(self, section: SectionBuilder, node: SyntaxTreeNode) -> None:
        name = section.count("list")
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        items = tuple(text.passage(f"{name}.{k}") for k, (text, _) in enumerate(section.items(node, 0), 1))
        section.blocks.append(tree.Bullets(items, start, line_of(self.source, node, 0)))
