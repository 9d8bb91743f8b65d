"""The apparatus: what stands around a report's text (cover, contents, annex …), and which of it this report has.

A report is of one of three kinds, and each part of the apparatus follows the kind unless ``[apparatus]`` of
``report.toml`` switches it (docs/report.md). The kind itself is decided from the manuscript, never from the finished
pages: every edition has the same, and no page that comes or goes can change it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from math import fsum
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from reportgen.base.diagnostics import Faults, Result
from reportgen.manuscript import tree

if TYPE_CHECKING:
    from reportgen.edition.report import Report

Kind: TypeAlias = Literal["bulletin", "chapter", "report"]
KINDS: tuple[Kind, ...] = get_args(Kind)

LONGEST = {"bulletin": 2_400, "chapter": 8_400}
"""The most characters of a kind: some one and a half pages of text, some five."""

OF_A_FIGURE = 600
"""A figure takes a third of a page, as much as so many characters."""

OF_A_NUMBER = 4
"""A number that is printed from a fact, with what belongs to it."""

AS_WRITTEN = ("imprint", "methods", "glossary")
"""Sections that nobody but the author can write: they are printed where the manuscript has them."""


@dataclass(frozen=True, slots=True)
class Apparatus:
    """What stands around the text of a report.

    Attributes:
        cover: without it the title stands at the head of the first page.
        contents, list_of_figures, guide, annex, colophon: whether reportgen makes them; a guide and a colophon that
            the author has written are printed unless they are switched off.
        openers: whether a part begins with a page of its own.
        new_pages: whether sections begin on new pages, parts on right-hand ones, as in a book; else each follows the
            one before.
    """

    cover: bool = True
    imprint: bool = True
    contents: bool = True
    list_of_figures: bool = True
    guide: bool = True
    openers: bool = True
    annex: bool = True
    methods: bool = True
    glossary: bool = True
    colophon: bool = True
    running_heads: bool = True
    new_pages: bool = True

    @property
    def numbers_parts(self) -> bool:
        """Whether parts have numbers, which figures repeat: 图1-1. In a short report figures are counted through."""
        return self.openers or self.new_pages


FULL = Apparatus()
SWITCHES = tuple(f.name for f in fields(Apparatus))
_SHORT = dict.fromkeys(
    ("cover", "contents", "list_of_figures", "guide", "openers", "colophon", "new_pages"), False
)
_OF_KIND: Mapping[Kind, Mapping[str, bool]] = {
    "bulletin": {**_SHORT, "annex": False},
    "chapter": _SHORT,
    "report": {},
}
"""What each kind switches off."""


def kind_of(report: Report, manuscript: tree.Manuscript) -> Kind:
    """Return the kind of a report: as it is written, else by what its manuscript holds and how long that is."""
    if report.kind is not None:
        return report.kind
    openers = sum(section.opener is not None for section in manuscript.sections)
    if openers > 1 or any(section.kind == "imprint" for section in manuscript.sections):
        return "report"
    size = extent(manuscript)
    return next((kind for kind in KINDS if size <= LONGEST.get(kind, size)), "report")


def extent(manuscript: tree.Manuscript) -> float:
    """Return how long a manuscript is in characters; Western letters are half as wide as Chinese characters."""
    words = fsum(_extent(node) for passage in manuscript.passages() for node in tree.walk(passage.content))
    return words + OF_A_FIGURE * sum(1 for _ in manuscript.figures())


def _extent(node: tree.Inline) -> float:
    if isinstance(node, tree.Placeholder):
        return OF_A_NUMBER
    text = node.text if isinstance(node, tree.Words | tree.Verbatim) else ""
    return fsum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in text)


def apparatus_of(report: Report, manuscript: tree.Manuscript) -> Result[Apparatus]:
    """Return what stands around a report's text, with what the manuscript cannot give or needs all the same."""
    faults = Faults()
    written = {section.kind for section in manuscript.sections}
    switched = {name: bool(value) for name, value in report.apparatus.items() if name in SWITCHES}
    usual = dict(_OF_KIND[kind_of(report, manuscript)])
    usual.update({name: True for name in ("guide", "colophon") if name in written})
    if report.press.paper_weight:
        usual["cover"] = True
    tables = tuple(_tables_named(manuscript))
    if tables:
        usual["annex"] = True
    found = Apparatus(**{**usual, **switched})
    _check(found, report, written, faults)
    for reference in tables if not found.annex else ():
        hint = f"write annex = true under [apparatus], or refer to the figure: #fig-{reference.anchor[4:]}"
        message = f"the report has no annex, so there is no table #{reference.anchor}"
        faults.error("unknown-reference", message, reference.span, hint)
    return faults.result(found)


def _check(found: Apparatus, report: Report, written: set[tree.SectionKind], faults: Faults) -> None:
    for name in AS_WRITTEN:
        if report.apparatus.get(name) and name not in written:
            place, hint = report.places.span("apparatus", name), f"write # 标题 {{#{name} kind={name}}}"
            message = f"apparatus.{name} is true, but the manuscript has no section of this kind"
            faults.error("missing-section", message, place, hint)
    if report.press.paper_weight and not found.cover:
        place = report.places.span("press", "paper_weight")
        message = "press.paper_weight asks for a cover sheet, but the report has no cover"
        faults.error(
            "no-cover", message, place, "take paper_weight out, or write cover = true under [apparatus]"
        )


def _tables_named(manuscript: tree.Manuscript) -> Iterator[tree.Reference]:
    """Yield each reference to a figure's table in the annex."""
    known = {f"tab-{figure.name}" for figure in manuscript.figures()}
    for passage in manuscript.passages():
        for node in tree.walk(passage.content):
            if isinstance(node, tree.Reference) and node.anchor in known:
                yield node


def without_what_is_off(manuscript: tree.Manuscript, apparatus: Apparatus) -> tree.Manuscript:
    """Return the manuscript without the sections that are switched off."""
    kept = (s for s in manuscript.sections if s.kind not in SWITCHES or getattr(apparatus, s.kind))
    return tree.Manuscript(tuple(kept), manuscript.notes)
