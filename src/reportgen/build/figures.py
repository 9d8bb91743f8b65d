"""The figures for others: each as SVG and PNG in every edition, the data annex as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Result
from reportgen.base.frame import Drawing, Element, Frame, Group, Metadata, Page, Placed, Publication
from reportgen.base.units import Pt
from reportgen.build.drawings import figures_of
from reportgen.build.editions import Composed
from reportgen.build.pipeline import Request, make
from reportgen.build.workbook import write_workbook
from reportgen.charts.svg import write_svg
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.write import write_pdf

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.build.editions import Finished
    from reportgen.build.sources import Stage
    from reportgen.text.fonts import FontBook

MARGIN: Pt = 12.0
"""White around a figure in its PNG."""


def make_figures(
    world: World, editions: tuple[str, ...] | None, width: int, cache: Path | None, stage: Stage
) -> Result[dict[str, bytes]]:
    """Return the files by name: ``1-1-NAME.zh.svg``, ``1-1-NAME.zh.png`` and ``STEM.xlsx``.

    Args:
        width: of the PNG files, in pixels.
    """
    made = make(world, Request(editions, cache=cache), stage)
    if not made.ok:
        return Result({}, made.diagnostics)
    files: dict[str, bytes] = {}
    for finished in made.value.editions:
        with stage(f"SVG and PNG ({finished.edition.name})"):
            files |= dict(_edition(finished, made.value.sources.fonts, width))
    with stage("workbook"):
        composed = tuple(Composed(f.edition, f.document) for f in made.value.editions)
        files[f"{made.value.sources.report.file_stem}.xlsx"] = write_workbook(made.value.sources, composed)
    return Result(files, made.diagnostics)


def _edition(finished: Finished, fonts: FontBook, width: int) -> Iterator[tuple[str, bytes]]:
    lang = finished.edition.lang
    for figure in figures_of(Composed(finished.edition, finished.document)):
        drawing = finished.drawings[figure.name]
        number = "".join(c for c in figure.number if c.isdigit() or c == "-")
        name = f"{number}-{figure.name}.{finished.edition.name}"
        yield f"{name}.svg", write_svg(drawing, fonts, lang)
        yield f"{name}.png", rasterize(drawing, fonts, lang, width)


def rasterize(drawing: Drawing, fonts: FontBook, lang: str, width: int) -> bytes:
    """Return a drawing as a PNG file ``width`` pixels wide, on white."""
    import pypdfium2

    sheet = _sheet(drawing.frame, lang)
    data = write_pdf(sheet, SCREEN, fonts).value
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _sheet(frame: Frame, lang: str) -> Publication:
    """Return a publication of one page that holds nothing but a figure."""
    page = Frame(frame.width + 2 * MARGIN, frame.height + 2 * MARGIN, (Placed(MARGIN, MARGIN, Group(frame)),))
    metadata = Metadata("figure", "", "", "", (), lang, "1970-01-01T00:00:00+00:00", "figure")
    return Publication(metadata, 0.0, (Page(page, "1", "decimal", "recto"),), Element("Document"))
