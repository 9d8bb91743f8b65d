"""Numbers of parts, figures, tables and footnotes, and the words that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.edition.labels import Labels
from reportgen.edition.language import NO_BREAK, Language
from reportgen.manuscript.tree import Manuscript, NoteMark, Section, passages_in, walk


@dataclass(frozen=True, slots=True)
class Numbering:
    """What is numbered.

    Attributes:
        parts: the ordinal of a part by its id, from 1; none where parts are not numbered.
        figures: "1-1" by a figure's name, or "1" where parts are not numbered; its table in the annex has the same.
        notes: the mark of a footnote by its label, in the order in which they are called. A capital letter is its
            own mark; the others are counted.
        words: what a reference to an anchor prints, such as 图1-1.
    """

    parts: Mapping[str, int]
    figures: Mapping[str, str]
    notes: Mapping[str, str]
    words: Mapping[str, str]


def number_all(
    manuscript: Manuscript, labels: Labels, language: Language, *, by_part: bool = True
) -> Numbering:
    """Number footnotes through the report, parts by their order and figures inside their part.

    Without ``by_part`` figures are counted through the report, and parts have no numbers.
    """
    parts = {section.id: k for k, section in enumerate(_parts(manuscript), 1)} if by_part else {}
    figures = {
        figure.name: f"{parts[section.id]}-{k}" if by_part else ""
        for section in _parts(manuscript)
        for k, figure in enumerate(section.figures(), 1)
    }
    if not by_part:
        figures = {name: str(k) for k, name in enumerate(figures, 1)}
    words = {name: part_words(ordinal, labels, language) for name, ordinal in parts.items()}
    for name, number in figures.items():
        words[f"fig-{name}"] = unbroken(labels("Figure {number}", number=number))
        words[f"tab-{name}"] = unbroken(labels("Table A{number}", number=number))
    return Numbering(parts, figures, _note_marks(manuscript, labels), words)


def part_words(ordinal: int, labels: Labels, language: Language) -> str:
    """Return 第一部分, "Part 1"."""
    return unbroken(labels("Part {number}", number=language.part_number(ordinal)))


def unbroken(words: str) -> str:
    """Return words whose spaces no line is broken at."""
    return words.replace(" ", NO_BREAK)


def _parts(manuscript: Manuscript) -> Iterator[Section]:
    return (section for section in manuscript.sections if section.kind == "part")


def _note_marks(manuscript: Manuscript, labels: Labels) -> Mapping[str, str]:
    called: dict[str, None] = {}
    for section in manuscript.sections:
        for passage in passages_in(section):
            called.update((node.note, None) for node in walk(passage.content) if isinstance(node, NoteMark))
    known = [label for label in called if label in manuscript.notes]
    counted = [label for label in known if not _is_letter(label)]
    signs = labels("footnote marks").split()
    marks = {label: signs[k] if k < len(signs) else str(k + 1) for k, label in enumerate(counted)}
    return {label: marks.get(label, label) for label in known}


def _is_letter(label: str) -> bool:
    return len(label) == 1 and "A" <= label <= "Z"
