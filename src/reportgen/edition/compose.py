"""Composing: the manuscript, its translation, the facts and the data to one edition's final words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.data.package import DataPackage
from reportgen.edition import document as doc
from reportgen.edition.apparatus import Apparatus, apparatus_of, without_what_is_off
from reportgen.edition.attach import attach_all
from reportgen.edition.bindings import check_bindings
from reportgen.edition.compose_block import compose_block
from reportgen.edition.compose_key import compose_key
from reportgen.edition.contents_lists import contents_list, figure_list
from reportgen.edition.formats import FormatFault, format_fact
from reportgen.edition.generated import FaceNotice
from reportgen.edition.labels import Labels
from reportgen.edition.language import Language
from reportgen.edition.numbering import number_all, part_words
from reportgen.edition.report import Edition, Report
from reportgen.edition.translation import Catalog, check_catalog
from reportgen.edition.wording import Wording
from reportgen.facts.book import Fact, FactBook
from reportgen.manuscript import tree

ORDER: tuple[doc.SectionKind, ...] = get_args(doc.SectionKind)
_MADE = {
    "guide": ("Reader’s guide", ("status-marks", "units")),
    "colophon": ("Colophon", ("identifiers", "fonts")),
}
"""Sections that are made where the manuscript lacks them: their title and their blocks."""


def compose(
    report: Report,
    edition: Edition,
    manuscript: tree.Manuscript,
    package: DataPackage,
    book: FactBook,
    catalog: Catalog | None,
    labels: Labels,
    language: Language,
    faces: Sequence[FaceNotice] = (),
) -> Result[doc.ComposedDocument]:
    """Return an edition's document.

    Args:
        catalog: the translation; None for the edition in the manuscript's own language.
        language: from ``language(edition.locale, edition.lang)``.
        faces: what the directive ``{fonts}`` lists.
    """
    faults = Faults()
    faults.add(*check_bindings(manuscript, package, book))
    if catalog is not None:
        faults.add(*check_catalog(catalog, manuscript))
    apparatus = faults.take(apparatus_of(report, manuscript))
    printed = without_what_is_off(manuscript, apparatus)
    numbering = number_all(printed, labels, language, by_part=apparatus.numbers_parts)
    titles = {s.id: s.title for s in printed.sections if s.kind == "part" and s.id not in numbering.parts}
    wording = Wording(
        report, edition, language, labels, package, book, numbering, catalog, faults, apparatus, titles
    )
    document = _Composer(wording, printed, faces).document()
    return faults.result(document)


class _Composer:
    def __init__(self, wording: Wording, manuscript: tree.Manuscript, faces: Sequence[FaceNotice]) -> None:
        self.wording = wording
        self.manuscript = manuscript
        self.faces = faces
        numbered = wording.numbering.figures
        self.figures = tuple(figure for figure in manuscript.figures() if figure.name in numbered)

    @property
    def apparatus(self) -> Apparatus:
        return self.wording.apparatus

    def document(self) -> doc.ComposedDocument:
        edition, report = self.wording.edition, self.wording.report
        sections = self.sections()
        return doc.ComposedDocument(
            edition.name,
            edition.lang,
            edition.locale,
            edition.full_title,
            edition.full_subtitle,
            edition.running_title,
            edition.issuer,
            edition.author,
            edition.subject,
            edition.keywords,
            report.date,
            report.identifier,
            self.cover(),
            sections,
            self.notes(),
            layout_labels(self.wording.labels),
            attach_all(self.wording, self.figures),
            self.form(sections),
        )

    def form(self, sections: Iterable[doc.Section]) -> doc.Form:
        on = self.apparatus
        spreads = any(section.kind == "part" and section.opens for section in sections)
        return doc.Form(on.cover, on.new_pages, on.running_heads, spreads)

    def cover(self) -> doc.Cover:
        edition = self.wording.edition
        return doc.Cover(
            edition.title, edition.subtitle, edition.issuer, self.date(), edition.series, edition.number
        )

    def date(self) -> str:
        """Return the month or day of issue in words."""
        issued = self.wording.report.issued
        fact = Fact("report.issued", issued, "text", None, "")
        try:
            return format_fact(fact, "date" if len(issued) > 7 else "month", self.wording.language)
        except FormatFault as fault:
            self.wording.faults.add(fault.at(self.wording.report.places.span("issued")))
            return issued

    def notes(self) -> dict[str, doc.Note]:
        marks = self.wording.numbering.notes
        return {
            label: doc.Note(marks[label], self.wording.say(note.passage), self.wording.place(note.passage))
            for label, note in self.manuscript.notes.items()
            if label in marks
        }

    def sections(self) -> tuple[doc.Section, ...]:
        found = [self.section(section) for section in self.manuscript.sections]
        wanted = [kind for kind in _MADE if getattr(self.apparatus, kind)]
        lacking = [kind for kind in wanted if not any(s.kind == kind for s in found)]
        found += [section for section in map(self.made, lacking) if section.blocks]
        if self.figures and self.apparatus.annex:
            found.append(self.annex())
        if self.figures and self.apparatus.list_of_figures:
            found.append(self.listed("figures", "List of figures", figure_list(self.wording, self.figures)))
        found.sort(key=self.place_in_order)
        contents = contents_list(found)
        if contents.entries and self.apparatus.contents:
            found.append(self.listed("contents", "Contents", contents))
            found.sort(key=self.place_in_order)
        if found and not self.apparatus.cover:
            found[0] = self.below_title(found[0])
        return tuple(found)

    def place_in_order(self, section: doc.Section) -> float:
        """Return where a section stands; an imprint that has no cover to stand behind is among the last."""
        at_end = section.kind == "imprint" and not (self.apparatus.cover and self.apparatus.new_pages)
        return ORDER.index("colophon") - 0.5 if at_end else ORDER.index(section.kind)

    def below_title(self, section: doc.Section) -> doc.Section:
        """Return the first section as it follows the report's title: without an opener, nor the same title again."""
        same = doc.plain(section.title) == self.wording.edition.full_title
        return replace(section, opens=False, title=() if same else section.title)

    def section(self, section: tree.Section) -> doc.Section:
        title = self.wording.say(section.title)
        head = self.wording.say(section.running_head) if section.running_head else ()
        ordinal = self.wording.numbering.parts.get(section.id)
        return doc.Section(
            section.kind,
            title,
            section.id,
            self.blocks(section.blocks),
            head,
            part_words(ordinal, self.wording.labels, self.wording.language) if ordinal else "",
            str(ordinal) if ordinal else "",
            section.accent or (f"part{ordinal}" if ordinal else "blue"),
            self.wording.say(section.opener.thesis) if section.opener else (),
            self.keys(section.opener) if section.opener else None,
            section.kind != "imprint",
            section.span,
            self.apparatus.openers and bool(title),
        )

    def blocks(self, written: Iterable[tree.Block], *, annex: bool = False) -> tuple[doc.Block, ...]:
        composed = (compose_block(self.wording, b, self.figures, self.faces, annex=annex) for b in written)
        return tuple(block for blocks in composed for block in blocks)

    def keys(self, opener: tree.Opener) -> doc.KeyNumbers | None:
        numbers = tuple(compose_key(self.wording, passage) for passage in opener.keys)
        return doc.KeyNumbers(numbers) if numbers else None

    def made(self, kind: str) -> doc.Section:
        """Return a section that the manuscript lacks."""
        title, names = _MADE[kind]
        blocks = self.blocks(tree.Generated(name, self.place()) for name in names)
        return self.plain_section("guide" if kind == "guide" else "colophon", kind, title, blocks)

    def annex(self) -> doc.Section:
        blocks = self.blocks(self.figures, annex=True)
        return self.plain_section("annex", "annex", "Statistical annex", blocks)

    def listed(self, kind: doc.SectionKind, title: str, entries: doc.ContentsList) -> doc.Section:
        section = self.plain_section(kind, kind, title, (entries,))
        return replace(section, in_contents=kind != "contents")

    def plain_section(
        self, kind: doc.SectionKind, anchor: str, title: str, blocks: tuple[doc.Block, ...]
    ) -> doc.Section:
        words = (doc.Text(self.wording.labels(title)),)
        return doc.Section(kind, words, anchor, blocks, span=self.place())

    def place(self) -> Span:
        return self.wording.edition.span


_LAYOUT_LABELS = ("Footnote {mark}", "Back to the text", "Blank page", "Cover")


def layout_labels(labels: Labels) -> dict[str, str]:
    """Return the labels that layout speaks, by their English; braces are for it to fill."""
    return {msgid: labels.texts[msgid][0] for msgid in _LAYOUT_LABELS}
