"""A gallery of ``reportlab.graphics`` drawings that between them use every shape, and how both libraries paint them.

Each drawing is made anew; its text is left out of comparisons of pixels, because ours is in the document's fonts.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
from chart_setting import FONTS, STYLE
from PIL import Image as Raster
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.graphics.shapes import (
    FILL_NON_ZERO,
    ArcPath,
    Circle,
    Drawing,
    Ellipse,
    Group,
    Image,
    Line,
    Path,
    Polygon,
    PolyLine,
    Rect,
    Wedge,
)
from reportlab.lib.colors import CMYKColor, Color, PCMYKColor, black, grey, white

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Element, Frame, GlyphRun, Metadata, Page, Publication
from reportgen.base.frame import Group as Inner
from reportgen.pdf.profile import SCREEN, Profile
from reportgen.pdf.write.file import write_pdf

WIDTH, HEIGHT = 200.0, 120.0
INK = CMYKColor(1, 0.6, 0, 0.1)
PALE = PCMYKColor(20, 0, 60, 0)
STAR = [100, 110, 70, 15, 145, 75, 55, 75, 130, 15]
PLAIN = replace(STYLE, colors={})
"""A style without inks of its own: black is as black as ReportLab's."""
SAMPLES = (
    "bubble.Bubble", "clustered_bar.ClusteredBar", "clustered_column.ClusteredColumn", "exploded_pie.ExplodedPie",
    "filled_radar.FilledRadarChart", "line_chart.LineChart", "linechart_with_markers.LineChartWithMarkers",
    "radar.RadarChart", "scatter.Scatter", "scatter_lines.ScatterLines", "simple_pie.SimplePie",
    "stacked_bar.StackedBar", "stacked_column.StackedColumn",
)  # fmt: skip


def drawing_of(*nodes: Any) -> Any:
    drawing = Drawing(WIDTH, HEIGHT)
    for node in nodes:
        drawing.add(node)
    return drawing


def _path(**options: Any) -> Any:
    path = Path(fillColor=PALE, strokeColor=INK, strokeWidth=2, **options)
    path.moveTo(20, 20)
    path.curveTo(40, 130, 120, 130, 150, 30)
    path.lineTo(100, 60)
    path.closePath()
    return path


def _star(rule: Any) -> Any:
    path = Path(fillColor=INK, strokeColor=None, fillMode=rule)
    path.moveTo(*STAR[:2])
    for x, y in zip(STAR[2::2], STAR[3::2], strict=True):
        path.lineTo(x, y)
    path.closePath()
    return path


def _arc() -> Any:
    path = ArcPath(fillColor=PALE, strokeColor=INK)
    path.addArc(100, 60, 50, 20, 300, yradius=30)
    path.closePath()
    return path


def _open(autoclose: str | None) -> Any:
    path = Path(fillColor=PALE, strokeColor=INK, strokeWidth=3, autoclose=autoclose)
    path.moveTo(20, 20)
    path.lineTo(100, 110)
    path.lineTo(180, 20)
    return path


def _clipped() -> Any:
    clip = Path(isClipPath=1, fillColor=None, strokeColor=None)
    clip.moveTo(20, 20)
    clip.lineTo(180, 20)
    clip.lineTo(100, 110)
    clip.closePath()
    inner = Group(clip, Rect(0, 50, 200, 30, fillColor=INK, strokeColor=None))
    return drawing_of(inner, Rect(5, 5, 20, 20, fillColor=PALE))


def _moved(*matrix: float) -> Any:
    group = Group(
        Rect(10, 10, 60, 30, fillColor=PALE, strokeColor=INK, strokeWidth=4),
        Line(10, 55, 70, 55, strokeColor=black, strokeWidth=3, strokeDashArray=[6, 3]),
        Circle(40, 25, 8, fillColor=INK, strokeColor=None),
    )
    group.transform = matrix
    return drawing_of(group)


def picture(mode: str = "RGBA") -> Any:
    raster = Raster.new("RGBA", (8, 4))
    for x in range(8):
        for y in range(4):
            raster.putpixel((x, y), (30 * x, 60 * y, 120, 255))
    return raster.convert(mode)


def _sample(name: str) -> Any:
    module, _, kind = name.partition(".")
    drawing = getattr(importlib.import_module(f"reportlab.graphics.samples.{module}"), kind)()
    if hasattr(
        drawing, "background"
    ):  # ReportLab's PDF shades it by CMYK functions, which no other paint can match
        drawing.background = None
    return drawing


DRAWINGS: dict[str, Callable[[], Any]] = {
    "rect": lambda: drawing_of(Rect(20, 20, 150, 80, fillColor=PALE, strokeColor=INK, strokeWidth=5)),
    "rounded": lambda: drawing_of(Rect(20, 20, 150, 80, rx=15, ry=15, fillColor=PALE, strokeColor=INK)),
    "miter": lambda: drawing_of(PolyLine([20, 20, 100, 110, 180, 20], strokeWidth=12, strokeLineJoin=0)),
    "round": lambda: drawing_of(
        PolyLine([20, 20, 100, 100, 180, 20], strokeWidth=12, strokeLineJoin=1, strokeLineCap=1)
    ),
    "bevel": lambda: drawing_of(
        PolyLine([20, 20, 100, 100, 180, 20], strokeWidth=12, strokeLineJoin=2, strokeLineCap=2)
    ),
    "dashes": lambda: drawing_of(
        *(Line(10, y, 190, y + 10, strokeWidth=w, strokeDashArray=d) for y, w, d in
          ((20, 2, [8, 4]), (50, 5, [1, 6, 12, 6]), (80, 3, (4, [10, 5]))))
    ),
    "polygon": lambda: drawing_of(Polygon([20, 20, 180, 40, 100, 110], fillColor=PALE, strokeColor=INK)),
    "circle": lambda: drawing_of(Circle(100, 60, 45, fillColor=PALE, strokeColor=INK, strokeWidth=3)),
    "ellipse": lambda: drawing_of(Ellipse(100, 60, 80, 40, fillColor=PALE, strokeColor=INK)),
    "wedge": lambda: drawing_of(Wedge(100, 60, 50, 20, 250, fillColor=PALE, strokeColor=INK, strokeWidth=2)),
    "ring": lambda: drawing_of(Wedge(100, 60, 50, 0, 200, radius1=25, fillColor=INK, strokeColor=None)),
    "path": lambda: drawing_of(_path()),
    "arc": lambda: drawing_of(_arc()),
    "even-odd": lambda: drawing_of(_star(0)),
    "non-zero": lambda: drawing_of(_star(FILL_NON_ZERO)),
    "open": lambda: drawing_of(_open(None)),
    "open-svg": lambda: drawing_of(_open("svg")),
    "open-pdf": lambda: drawing_of(_open("pdf")),
    "clip": _clipped,
    "opacity": lambda: drawing_of(
        Rect(20, 20, 100, 80, fillColor=INK, strokeColor=None),
        Rect(80, 10, 100, 60, fillColor=Color(0, 0, 0, alpha=0.4), strokeColor=None),
        Circle(90, 80, 30, fillColor=white, fillOpacity=0.6, strokeColor=grey),
    ),
    "moved": lambda: _moved(1, 0, 0, 1, 30, 20),
    "turned": lambda: _moved(0.866, 0.5, -0.5, 0.866, 60, 10),
    "scaled": lambda: _moved(1.8, 0, 0, 1.8, 10, 5),
    "stretched": lambda: _moved(2.4, 0, 0, 0.8, 10, 20),
    "skewed": lambda: _moved(1, 0, 0.8, 1.2, 10, 10),
    "mirrored": lambda: _moved(-1.5, 0, 0, 1.5, 180, 5),
    "image": lambda: drawing_of(Image(30, 20, 140, 80, picture("RGB"))),
    "image-turned": lambda: drawing_of(
        Group(Image(0, 0, 100, 50, picture("RGB")), transform=(0.8, 0.6, -0.6, 0.8, 60, 10))
    ),
    "ean": lambda: createBarcodeDrawing("EAN13", value="978751308923"),
    "qr": lambda: createBarcodeDrawing("QR", value="https://example.org/report"),
    **{name.partition(".")[0]: (lambda name=name: _sample(name)) for name in SAMPLES},
}  # fmt: skip


def _as_light(color: Any) -> Any:
    """Return a colour as its light, so that both pictures know nothing of a profile."""
    return Color(color.red, color.green, color.blue, color.alpha)


class _Wordless(renderPDF._PDFRenderer):  # type: ignore[misc]
    def drawString(self, stringObj: Any) -> None:
        pass

    def setFillColor(self, c: Any) -> None:
        super().setFillColor(_as_light(c))

    def setStrokeColor(self, c: Any) -> None:
        super().setStrokeColor(_as_light(c))


def painted_by_reportlab(drawing: Any, scale: float) -> Any:
    """Return ReportLab's own picture of a drawing on white without its text: (rows, columns, 3), 0 to 255."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(drawing.width, drawing.height))
    _Wordless().draw(drawing, canvas, 0, 0, showBoundary=0)
    canvas.showPage()
    canvas.save()
    return rendered(out.getvalue(), scale)


def painted_as_a_page(frame: Frame, profile: Profile = SCREEN, scale: float = 2) -> Any:
    """Return the picture of a frame that the product has written as a page of a PDF file."""
    return rendered(page_of(frame, profile), scale)


def page_of(frame: Frame, profile: Profile = SCREEN) -> bytes:
    """Return a PDF file of one page that is as large as a frame."""
    about = Metadata("drawing", "", "", "", (), "en", "1970-01-01T00:00:00+00:00", "drawing")
    page = Page(frame, "1", "decimal", "recto")
    return unwrap(write_pdf(Publication(about, 0.0, (page,), Element("Document")), profile, FONTS))


def wordless(frame: Frame) -> Frame:
    """Return a frame without its text."""
    kept = []
    for mark in frame.items:
        if isinstance(mark.item, Inner):
            mark = replace(mark, item=replace(mark.item, frame=wordless(mark.item.frame)))
        if not isinstance(mark.item, GlyphRun):
            kept.append(mark)
    return replace(frame, items=tuple(kept))


def rendered(data: bytes, scale: float) -> Any:
    with pypdfium2.PdfDocument(data) as document:
        return document[0].render(scale=scale).to_numpy()[..., :3][..., ::-1].astype(float)
