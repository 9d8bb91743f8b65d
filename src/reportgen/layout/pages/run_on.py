"""Sections that follow each other on the page: their flows become one, and its pages are dealt out to them again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from reportgen.layout.flowing import Float, Flow, Footnote, Row, Sheet
from reportgen.layout.pages.chapter import Chapter
from reportgen.layout.pages.paginate import PagePlan, paginate
from reportgen.layout.pages.sheets import make_sheet
from reportgen.layout.typeset.typesetter import Typesetter


def run_on(typesetter: Typesetter, chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Return chapters with their pages; a page belongs to the chapter whose text stands first on it.

    Only a part's opener begins a new page.
    """
    return tuple(chapter for run in _runs(chapters) for chapter in _paged(typesetter, run))


def _runs(chapters: Sequence[Chapter]) -> Iterator[list[Chapter]]:
    """Yield the chapters between openers."""
    run: list[Chapter] = []
    for chapter in chapters:
        if chapter.opener and run:
            yield run
            run = []
        run.append(chapter)
    if run:
        yield run


def _paged(typesetter: Typesetter, run: Sequence[Chapter]) -> Iterator[Chapter]:
    page = typesetter.style.page
    flow, starts = joined([chapter.flow for chapter in run])
    sheets: list[list[Sheet]] = [[] for _ in run]
    if run[0].opener:
        sheets[0].append(run[0].opener.recto)
    for index, plan in enumerate(paginate(flow, page.lines, page.leading, typesetter.costs)):
        sheet = make_sheet(flow, plan, typesetter.style)
        first = not index and not run[0].opener
        sheets[_owner(starts, flow, plan)].append(replace(sheet, kind="first") if first else sheet)
    for chapter, own in zip(run, sheets, strict=True):
        yield replace(chapter, sheets=tuple(own))


def joined(flows: Sequence[Flow]) -> tuple[Flow, tuple[int, ...]]:
    """Return flows as one, and the row at which each begins.

    Its pages are filled as those of text are, so that tables do not leave white before them, unless there is no text.
    """
    starts = tuple(accumulate((len(flow.rows) for flow in flows[:-1]), initial=0))
    rows: list[Row] = []
    floats: list[Float] = []
    notes: dict[str, Footnote] = {}
    for start, flow in zip(starts, flows, strict=True):
        rows += flow.rows
        floats += [replace(f, call=f.call + start, after=f.after + start) for f in flow.floats]
        notes.update(flow.notes)
    known: Mapping[str, Footnote] = notes
    ragged = all(flow.ragged for flow in flows)
    flow = Flow(
        tuple(rows), tuple(floats), known, flows[0].floats_at_head, ragged, barriers=tuple(starts[1:])
    )
    return flow, starts


def _owner(starts: Sequence[int], flow: Flow, plan: PagePlan) -> int:
    """Return which flow a page begins with: that of its first row, or of its first float where it has no text."""
    row = plan.begin if plan.end > plan.begin or not plan.floats else flow.floats[plan.first].call
    return max(0, bisect_right(starts, row) - 1)
