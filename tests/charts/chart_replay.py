"""Two pictures of a figure, both without text: our frame as a PDF page painted by PDFium, matplotlib's own by Agg.

The little page writer below is the tests' own, so that it shares no fault with ``reportgen.pdf``.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from matplotlib.backends.backend_agg import RendererAgg

from reportgen.base.color import Color
from reportgen.base.frame import Frame, GlyphRun, Group, Image, Path, Placed, Shape

SCALE = 2
_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


class _Page:
    """A content stream and what it names."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.ops: list[str] = []
        self.resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(), XObject=pikepdf.Dictionary())

    def frame(self, frame: Frame) -> None:
        for mark in frame.items:
            self.mark(mark)

    def mark(self, mark: Placed) -> None:
        item = mark.item
        if isinstance(item, GlyphRun):
            return
        self.ops.append(f"q 1 0 0 1 {mark.x:.4f} {mark.y:.4f} cm")
        if isinstance(item, Group):
            self.ops.append(" ".join(f"{v:.6f}" for v in item.matrix) + " cm")
            if item.clip is not None:
                self.ops.append(_path(item.clip) + " W n")
            self.frame(item.frame)
        elif isinstance(item, Shape):
            self.shape(item)
        elif isinstance(item, Image):
            self.image(item)
        self.ops.append("Q")

    def shape(self, shape: Shape) -> None:
        fill, stroke = shape.fill, shape.stroke
        self.alpha(fill.alpha if fill else 1.0, stroke.color.alpha if stroke else 1.0)
        if fill:
            self.ops.append(_rgb(fill) + " rg")
        if stroke:
            dashes = " ".join(f"{d:.3f}" for d in stroke.dashes)
            self.ops.append(
                f"{_rgb(stroke.color)} RG {stroke.width:.3f} w {_CAPS[stroke.cap]} J {_JOINS[stroke.join]} j "
                f"{stroke.miter_limit} M [{dashes}] {stroke.dash_phase:.3f} d"
            )
        self.ops.append(_path(shape.path) + (" B" if fill and stroke else " f" if fill else " S"))

    def alpha(self, fill: float, stroke: float) -> None:
        name = f"/G{round(fill * 1000)}x{round(stroke * 1000)}"
        self.resources.ExtGState[name] = pikepdf.Dictionary(ca=fill, CA=stroke)
        self.ops.append(f"{name} gs")

    def image(self, image: Image) -> None:
        space = {"RGB": "/DeviceRGB", "L": "/DeviceGray", "CMYK": "/DeviceCMYK"}[image.mode]
        stream = self.samples(image.samples, image.pixels, space)
        if image.alpha is not None:
            stream.SMask = self.samples(image.alpha, image.pixels, "/DeviceGray")
        name = f"/I{len(self.resources.XObject)}"
        self.resources.XObject[name] = stream
        self.ops.append(f"{image.width:.4f} 0 0 {-image.height:.4f} 0 {image.height:.4f} cm {name} Do")

    def samples(self, data: bytes, pixels: tuple[int, int], space: str) -> Any:
        stream = self.pdf.make_stream(data)
        stream.update(
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": pixels[0],
                "/Height": pixels[1],
                "/ColorSpace": pikepdf.Name(space),
                "/BitsPerComponent": 8,
            }
        )
        return stream


def _rgb(color: Color) -> str:
    return " ".join(f"{v:.4f}" for v in color.rgb)


def _path(path: Path) -> str:
    return " ".join(" ".join([*(f"{v:.3f}" for v in segment[1:]), segment[0]]) for segment in path)


def painted(frame: Frame) -> Any:
    """Return a frame's picture on white without its text: (rows, columns, 3), 0 to 255."""
    pdf = pikepdf.new()
    page = _Page(pdf)
    page.ops.append(f"1 0 0 -1 0 {frame.height} cm")
    page.frame(frame)
    pdf.add_blank_page(page_size=(frame.width, frame.height))
    pdf.pages[0].Contents = pdf.make_stream("\n".join(page.ops).encode())
    pdf.pages[0].Resources = page.resources
    buffer = io.BytesIO()
    pdf.save(buffer)
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        picture = document[0].render(scale=SCALE).to_numpy()[..., :3]
    return picture[..., ::-1].astype(float)


class _WordlessAgg(RendererAgg):
    """Agg that draws no text, but leaves as much room for it as the recorder does."""

    def __init__(self, width: float, height: float, words: Any) -> None:
        super().__init__(round(width * SCALE), round(height * SCALE), 72 * SCALE)
        self.words = words

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, ...]:
        return tuple(SCALE * v for v in self.words.get_text_width_height_descent(s, prop, ismath))

    def _get_font_height_metrics(self, prop: Any) -> tuple[float, ...]:
        return tuple(SCALE * v for v in self.words._get_font_height_metrics(prop))

    def draw_text(self, *args: Any, **kwargs: Any) -> None:
        pass


def painted_by_agg(figure: Any) -> Any:
    """Return matplotlib's own picture of a figure (made by ``new_figure``), without its text."""
    recorder = figure.canvas.get_renderer()
    agg = _WordlessAgg(recorder.width, recorder.height, recorder)
    figure.dpi = 72 * SCALE
    try:
        figure.draw(agg)
    finally:
        figure.dpi = 72
    rgba = np.asarray(agg.buffer_rgba()).astype(float)
    alpha = rgba[..., 3:] / 255
    return rgba[..., :3] * alpha + 255 * (1 - alpha)


def difference(one: Any, other: Any) -> tuple[float, float]:
    """Return how unlike two pictures are: the mean difference, and the share of places that differ clearly.

    Both look at 3 × 3 means of levels 0 to 1, so that an edge smoothed another way does not count. Clearly
    is by more than a fifth of the range.
    """
    rows, columns = (min(a, b) // 3 * 3 for a, b in zip(one.shape[:2], other.shape[:2], strict=True))
    coarse = [
        p[:rows, :columns].reshape(rows // 3, 3, columns // 3, 3, 3).mean(axis=(1, 3)) / 255
        for p in (one, other)
    ]
    gap = np.abs(coarse[0] - coarse[1]).max(axis=2)
    return float(gap.mean()), float((gap > 0.2).mean())
