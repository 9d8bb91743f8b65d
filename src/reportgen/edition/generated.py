"""Blocks made from the data: status marks, units, tables, corrections, identifiers, fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.base.diagnostics import Span
from reportgen.data.package import Correction, Table
from reportgen.data.units import Unit
from reportgen.edition import document as doc
from reportgen.edition.captions import ESTIMATED, source_line, unit_of_figure
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree

LINE = 72
"""Half ems that a line beside a table's number holds, near enough."""


@dataclass(frozen=True, slots=True)
class FaceNotice:
    """A family of the fonts used: its faces and the file of its licence."""

    family: str
    faces: tuple[str, ...]
    licence: str


@dataclass(frozen=True, slots=True)
class _Request:
    wording: Wording
    figures: Sequence[tree.Figure]
    faces: Sequence[FaceNotice]
    span: Span


def compose_generated(
    wording: Wording, block: tree.Generated, figures: Sequence[tree.Figure], faces: Sequence[FaceNotice]
) -> tuple[doc.Block, ...]:
    """Return the blocks that a directive stands for; () where the data have nothing to say."""
    return _MAKERS[block.name](_Request(wording, figures, faces, block.span))


def _definitions(
    request: _Request, entries: Sequence[tuple[doc.Inlines, doc.Inlines]]
) -> tuple[doc.Block, ...]:
    return (doc.Definitions(tuple(entries), request.span),) if entries else ()


def _text(words: str) -> doc.Inlines:
    return (doc.Text(words),)


def _status_marks(request: _Request) -> tuple[doc.Block, ...]:
    """Every status in use with its mark; ``A`` has none."""
    wording = request.wording
    used = {row.status for table in wording.package.tables.values() for row in table.rows}
    codes = wording.package.code_lists.get("obs_status")
    known = [code for code in (codes.codes if codes else ()) if code in used]
    marks = (wording.labels("no mark") if code == "A" else code for code in known)
    names = (wording.code_name("obs_status", code) for code in known)
    return _definitions(
        request, [(_text(mark), _text(name)) for mark, name in zip(marks, names, strict=True)]
    )


def _units(request: _Request) -> tuple[doc.Block, ...]:
    """Every unit with the figures that count in it."""
    wording = request.wording
    by_unit: dict[Unit, list[tree.Figure]] = {}
    for figure in request.figures:
        unit = unit_of_figure(wording, figure)
        if unit is not None and wording.unit_name(unit):
            by_unit.setdefault(unit, []).append(figure)
    joint = doc.Text(wording.language.item_joint)
    entries = []
    for unit, figures in by_unit.items():
        references = [doc.CrossReference(f.anchor, wording.numbering.words[f.anchor]) for f in figures]
        between: list[doc.Inline] = []
        for reference in references:
            between += [joint, reference] if between else [reference]
        entries.append((_text(wording.unit_name(unit)), tuple(between)))
    return _definitions(request, entries)


def _tables(request: _Request) -> tuple[doc.Block, ...]:
    """Every figure's table: how many observations it has, how many are estimated, its source.

    A table is called by its number in the annex; where there is none, by its figure's.

    A source that all tables share is said once, below them, if beside one of them it would take a second line.
    """
    wording = request.wording
    found: list[tuple[doc.Inlines, str, doc.Inlines]] = []
    for figure in request.figures:
        table = wording.package.tables.get(figure.table)
        if table is None:
            continue
        anchor = f"tab-{figure.name}" if wording.apparatus.annex else figure.anchor
        term = (doc.CrossReference(anchor, wording.numbering.words[anchor]),)
        found.append((term, _observations(wording, table), source_line(wording, figure, table)))
    end = wording.language.stop
    entries = [
        (term, (doc.Text(words + end), *source) if source else _text(words)) for term, words, source in found
    ]
    shared = len(found) > 1 and len({doc.plain(source) for _, _, source in found}) == 1 and found[0][2]
    if shared and any(_columns(doc.plain(beside)) > LINE for _, beside in entries):
        once = _definitions(request, [(term, _text(words)) for term, words, _ in found])
        return (*once, doc.Paragraph(shared, style="plain"))
    return _definitions(request, entries)


def _columns(text: str) -> int:
    """Return how wide text is in half ems: Han characters and marks are as wide as two Western letters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _observations(wording: Wording, table: Table) -> str:
    count, estimated = len(table.rows), sum(row.status == ESTIMATED for row in table.rows)
    if estimated == count:
        return wording.labels("{count} observations, all estimated", count=count)
    if estimated:
        msgid = "{count} observations, of which {estimated} estimated"
        return wording.labels(msgid, count=count, estimated=estimated)
    return wording.labels("{count} observations, all published", count=count)


def _corrections(request: _Request) -> tuple[doc.Block, ...]:
    wording = request.wording
    if not wording.package.corrections:
        words = wording.labels("No corrections have been made to this edition.")
        return (doc.Paragraph(_text(words), "body", None, request.span),)
    items = tuple(_text(_correction(wording, correction)) for correction in wording.package.corrections)
    markers = tuple(f"{number}." for number in range(1, len(items) + 1))
    return (doc.Bullets(markers, items, request.span),)


def _correction(wording: Wording, correction: Correction) -> str:
    table = wording.package.tables.get(correction.table)
    column = table.columns.get(correction.column) if table else None
    return wording.labels(
        "{date}: in {table} ({key}), {column} was corrected from {old} to {new}. Reason: {reason}. "
        "Approved by {person}.",
        date=correction.date,
        table=wording.title(table.titles, table.name) if table else correction.table,
        key=correction.key,
        column=wording.title(column.titles, column.name) if column else correction.column,
        old=correction.old,
        new=correction.new,
        reason=correction.reason,
        person=correction.approved_by,
    )


def _identifiers(request: _Request) -> tuple[doc.Block, ...]:
    wording = request.wording
    labels, report, edition = wording.labels, wording.report, wording.edition
    name = labels(wording.language.english_name)
    version = labels("{edition} edition, version {version}", edition=name, version=report.version)
    said = {"Report": report.identifier, "Edition": version, "Language": edition.lang}
    return _definitions(request, [(_text(labels(msgid)), _text(words)) for msgid, words in said.items()])


def _fonts(request: _Request) -> tuple[doc.Block, ...]:
    labels = request.wording.labels
    joint = request.wording.language.item_joint
    entries = []
    for notice in request.faces:
        faces = joint.join(notice.faces)
        words = labels("{faces}; licence: {licence}", faces=faces, licence=notice.licence)
        entries.append((_text(notice.family), _text(words)))
    return _definitions(request, entries)


_MAKERS: Mapping[str, Callable[[_Request], tuple[doc.Block, ...]]] = {
    "status-marks": _status_marks,
    "units": _units,
    "tables": _tables,
    "corrections": _corrections,
    "identifiers": _identifiers,
    "fonts": _fonts,
}
