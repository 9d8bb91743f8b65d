"""Parse the manuscript's files to one document tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.world import World
from reportgen.manuscript.check_manuscript import check_manuscript
from reportgen.manuscript.read_file import read_file
from reportgen.manuscript.source import SourceFile
from reportgen.manuscript.tree import Manuscript, Note, Section


def parse_manuscript(world: World, folder: str = "data/manuscript") -> Result[Manuscript]:
    """Return the manuscript of a project: every ``.md`` file of the folder, in the order of their names.

    All faults are found in one run (docs/manuscript.md, "What is checked"); a faulty block is left out of the tree
    or kept as far as it could be read.
    """
    faults = Faults()
    paths = world.list_files(folder, ".md")
    if isinstance(paths, Diagnostic):
        faults.add(paths)
        return faults.result(Manuscript(()))
    if not paths:
        hint = "write it in .md files there"
        faults.error("missing-manuscript", "there is no manuscript", Span(folder), hint)
        return faults.result(Manuscript(()))
    sections: list[Section] = []
    notes: list[Note] = []
    for path in paths:
        text = world.read_text(path)
        if isinstance(text, Diagnostic):
            faults.add(text)
            continue
        source = SourceFile(path, tuple(text.split("\n")), faults)
        before = len(faults.found)
        found_sections, found_notes = read_file(source, text)
        if not found_sections and len(faults.found) == before:
            hint = "begin it with # 标题 {#id kind=part}, or delete it"
            faults.error("missing-section", "the file has no section", Span(path), hint)
        sections += found_sections
        notes += found_notes
    manuscript = Manuscript(tuple(sections), {note.label: note for note in notes})
    faults.add(*_twice(notes), *check_manuscript(manuscript))
    return faults.result(manuscript)


def _twice(notes: Iterable[Note]) -> Iterator[Diagnostic]:
    first: dict[str, Note] = {}
    for note in notes:
        before = first.setdefault(note.label, note)
        if before is not note:
            hint = f"the other is at {before.span}"
            yield error("repeated-footnote", f"the footnote {note.label} is written twice", note.span, hint)
