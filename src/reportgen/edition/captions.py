"""Figures and what stands around them: number, caption, unit, notes, source."""

from __future__ import annotations

from reportgen.data.package import Table
from reportgen.data.units import Unit
from reportgen.edition import document as doc
from reportgen.edition.quantities import unit_of_table
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree

ESTIMATED = "E"


def compose_figure(wording: Wording, figure: tree.Figure) -> doc.Figure:
    """Return a figure. A note below it says that values are estimated; the author need not write it."""
    table = wording.package.tables.get(figure.table)
    return doc.Figure(
        figure.name,
        wording.numbering.words[figure.anchor],
        figure.anchor,
        wording.say(figure.caption),
        unit_label(wording, figure),
        (*author_notes(wording, figure), *(estimate_note(wording, table, in_table=False) if table else ())),
        source_line(wording, figure, table),
        data_file(figure) if table else None,
        figure.span,
    )


def data_file(figure: tree.Figure) -> str:
    """Return the name of the data file that is attached to a figure."""
    return f"{figure.table}.csv"


def unit_label(wording: Wording, figure: tree.Figure) -> str:
    """Return 单位：件, "(Unit: piece)"; "" where neither the figure nor the whole of its table has a unit."""
    unit = unit_of_figure(wording, figure)
    name = wording.unit_name(unit) if unit is not None else ""
    return wording.labels("Unit: {unit}", unit=name) if name else ""


def unit_of_figure(wording: Wording, figure: tree.Figure) -> Unit | None:
    """Return the unit in which the numbers of a figure are printed: its own, else that of its table."""
    table = wording.package.tables.get(figure.table)
    if table is None:
        return wording.package.units.of(figure.unit) if figure.unit is not None else None
    return unit_of_table(wording.package, table, figure.unit)


def author_notes(wording: Wording, figure: tree.Figure) -> tuple[doc.Inlines, ...]:
    """Return the author's notes with their labels, numbered where there are several."""
    if len(figure.notes) == 1:
        return (wording.label("Note: {text}", "text", wording.say(figure.notes[0])),)
    return tuple(
        wording.label("Note {number}: {text}", "text", wording.say(note), number=number)
        for number, note in enumerate(figure.notes, 1)
    )


def estimate_note(wording: Wording, table: Table, *, in_table: bool) -> tuple[doc.Inlines, ...]:
    """Return the note that values are estimated, () where none is."""
    estimated = sum(row.status == ESTIMATED for row in table.rows)
    if not estimated:
        return ()
    if in_table:
        msgid = "Values marked {status} are estimates."
    elif estimated == len(table.rows):
        msgid = "All values are estimates ({status})."
    elif wording.apparatus.annex:
        msgid = "Some values are estimates ({status}); the annex marks them."
    else:
        msgid = "Some values are estimates ({status})."
    words = doc.Text(wording.labels(msgid, status=ESTIMATED))
    return (wording.label("Note: {text}", "text", (words,)),)


def mark_notes(wording: Wording, table: Table) -> tuple[doc.Inlines, ...]:
    """Return the note on what a table's other marks mean; () where a reader's guide says it, or there is none."""
    used = sorted({row.status for row in table.rows} - {"", "A", ESTIMATED})
    if wording.apparatus.guide or not used:
        return ()
    said = (f"{code}{wording.language.colon}{wording.code_name('obs_status', code)}" for code in used)
    words = doc.Text(wording.language.clause_joint.join(said))
    return (wording.label("Note: {text}", "text", (words,)),)


def source_line(wording: Wording, figure: tree.Figure | None, table: Table | None) -> doc.Inlines:
    """Return the source line: the figure's own words, else the data package's sources; () where neither is."""
    if figure is not None and figure.source is not None:
        return wording.label("Source: {text}", "text", wording.say(figure.source))
    if table is None:
        return ()
    names = [titles.get(wording.language.name, "") for titles in table.source_titles] or list(table.sources)
    joined = wording.language.clause_joint.join(name for name in names if name)
    return wording.label("Source: {text}", "text", (doc.Text(joined),)) if joined else ()
