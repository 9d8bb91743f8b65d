"""The figures for others: each as SVG and PNG in every edition, the data annex as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.frame import Drawing, Element, Frame, Group, Metadata, Page, Placed, Publication
from reportgen.base.units import Pt
from reportgen.build.annex_workbook import short_number, write_workbook
from reportgen.build.pipeline import make
from reportgen.build.request import Request, Stage
from reportgen.charts.svg import write_svg
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.write.file import write_pdf

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.build.editions import Finished
    from reportgen.edition.document import Figure
    from reportgen.text.faces import FontBook

MARGIN: Pt = 12.0
"""White around a figure in its PNG."""

_INCH = 72.0


def export_figures(world: World, request: Request, width: int, stage: Stage) -> Result[dict[str, bytes]]:
    """Return the files by name: ``1-1-NAME.zh.svg``, ``1-1-NAME.zh.png`` and ``STEM.xlsx``; {} where there are errors.

    Args:
        width: of the PNG files, in pixels.
    """
    faults = Faults()
    made = faults.take(make(world, request, stage))
    if faults.refused:
        return faults.result({})
    sources, editions = made.sources, made.editions
    files: dict[str, bytes] = {}
    for finished in editions:
        with stage(f"SVG and PNG ({finished.document.edition})"):
            files |= {name: faults.take(file) for name, file in _edition(finished, sources.fonts, width)}
    with stage("workbook"):
        documents = [finished.document for finished in editions]
        files[f"{sources.report.file_stem}.xlsx"] = write_workbook(sources, documents)
    return faults.result({} if faults.refused else files)


def _edition(finished: Finished, fonts: FontBook, width: int) -> Iterator[tuple[str, Result[bytes]]]:
    document = finished.document
    for figure in document.figures():
        name = f"{short_number(figure)}-{figure.name}.{document.edition}"
        yield f"{name}.svg", Result(figure_svg(figure, finished, fonts))
        yield f"{name}.png", rasterize(finished.drawings[figure.name], fonts, document.lang, width)


def figure_svg(figure: Figure, finished: Finished, fonts: FontBook) -> bytes:
    """Return a figure as SVG; its ids hold its name and its edition's, so that all can stand in one web page."""
    document = finished.document
    return write_svg(
        finished.drawings[figure.name], fonts, document.lang, f"{figure.name}-{document.edition}"
    )


def rasterize(drawing: Drawing, fonts: FontBook, lang: str, width: int) -> Result[bytes]:
    """Return a drawing as a PNG file ``width`` pixels wide, on white.

    It is drawn by a PDF reader from a page that holds nothing else. The file carries the short
    alternative text as its description (PNG, 11.3.3.2) and the resolution at which it is as large as in the report.
    """
    faults = Faults()
    data = faults.take(write_pdf(_page_of(drawing.frame, lang), SCREEN, fonts))
    return faults.result(b"" if faults.refused else _png(data, drawing, lang, width))


def _png(data: bytes, drawing: Drawing, lang: str, width: int) -> bytes:
    import pypdfium2
    from PIL.PngImagePlugin import PngInfo

    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        # the reader rounds up: from half a pixel less it comes to the width that was asked for
        picture = page.render(scale=(width - 0.5) / page.get_width()).to_pil()
        dpi = width * _INCH / page.get_width()
    words = PngInfo()
    words.add_itxt("Description", drawing.alt, lang)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True, dpi=(dpi, dpi), pnginfo=words)
    return out.getvalue()


def _page_of(frame: Frame, lang: str) -> Publication:
    """Return a publication of one page that holds nothing but a figure."""
    page = Frame(frame.width + 2 * MARGIN, frame.height + 2 * MARGIN, (Placed(MARGIN, MARGIN, Group(frame)),))
    metadata = Metadata("figure", "", "", "", (), lang, "1970-01-01T00:00:00+00:00", "figure")
    return Publication(metadata, 0.0, (Page(page, "1", "decimal", "recto"),), Element("Document"))
