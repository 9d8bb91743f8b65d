"""The cover as a press file of its own: how thick the book is, and its sheet laid out around that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.units import Pt, mm
from reportgen.edition.report import cover_series
from reportgen.layout.cover.sheet import lay_out_cover
from reportgen.pdf.profile import Profile
from reportgen.pdf.write.file import write_pdf
from reportgen.text.setting import text_setting

if TYPE_CHECKING:
    from reportgen.build.editions import Finished
    from reportgen.build.sources import Sources
    from reportgen.edition.report import Report


@dataclass(frozen=True, slots=True)
class Binding:
    """What a spine's width follows from.

    Attributes:
        leaf: the thickness of one leaf (two pages) of the paper: its weight in g/m² times its bulk in cm³/g gives µm.
        board: what the cover itself adds, its own thickness at both folds included.
    """

    leaf: Pt
    board: Pt = 0.0

    @classmethod
    def of_paper(cls, grammage: float, bulk: float, board: Pt = 0.0) -> Binding:
        """Return the binding of paper of so many g/m² and so many cm³/g."""
        return cls(mm(grammage * bulk / 1000), board)

    def spine(self, pages: int, signature: int = 1) -> Pt:
        """Return the width of the spine of a book of so many pages, filled up with blank ones to whole signatures."""
        filled = -(-pages // signature) * signature
        return -(-filled // 2) * self.leaf + self.board


def binding(report: Report) -> Binding | None:
    """Return what makes the width of the cover's spine, None where the report names no paper."""
    paper = report.press
    return Binding.of_paper(paper.paper_weight, paper.paper_bulk, paper.board) if paper.paper_weight else None


def cover_profile(press: Profile) -> Profile:
    """Return the profile of a cover: that of the pages, but a cover is one sheet and fills no signature."""
    return replace(press, options=replace(press.options, signature=1))


def write_cover(sources: Sources, finished: Finished, press: Profile, binding: Binding) -> Result[bytes]:
    """Lay out an edition's cover around its pages, those inside the first, and write it."""
    faults, style = Faults(), finished.style
    series = cover_series(sources.report, sources.package).value
    spine = binding.spine(len(finished.publication.pages) - 1, press.options.signature)
    setting = text_setting(style, sources.fonts)
    cover = lay_out_cover(finished.publication, finished.document, style, setting, series, spine)
    written = write_pdf(faults.take(cover), cover_profile(press), sources.fonts)
    return faults.result(faults.take(written))
