"""A drawing as SVG 1.1 for those who use a figure outside the report: text stays text, colours are the screen's.

The file names its fonts and does not carry them. Each run is given its length, so that another font in their place
keeps the drawing's shape (SVG 1.1, 10.5, ``textLength``); where the report moved glyphs (squeezed marks, the gaps
between Chinese and Latin), the run carries the same moves (``dx``, ``dy``), so that with the report's fonts every glyph
stands where it is printed.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from xml.sax.saxutils import escape, quoteattr

from reportgen.base.color import Color
from reportgen.base.frame import IDENTITY, Drawing, GlyphRun, Group, Image, Path, Placed, Shape, Stroke
from reportgen.text.faces import Face, FontBook

_CAPS = {"butt": "butt", "round": "round", "projecting": "square"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (production 2) does not let a document hold, escaped or not."""


def write_svg(drawing: Drawing, fonts: FontBook, lang: str, name: str = "figure") -> bytes:
    """Return a drawing as an SVG file of its own size, with its alternatives as title and description.

    Args:
        name: begins the file's ids, so that several figures can stand in one web page.
    """
    frame = drawing.frame
    writer = _Writer(fonts, name)
    body = list(writer.items(frame.items))
    width, height = _n(frame.width), _n(frame.height)
    head = (
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" xml:lang={_quoted(lang)} role="img" '
        f"aria-labelledby={_quoted(f'{name}-title')} aria-describedby={_quoted(f'{name}-description')} "
        'style="background: #ffffff"'
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<svg {head}>",
        f"<title id={_quoted(f'{name}-title')}>{_escaped(drawing.alt)}</title>",
        f"<desc id={_quoted(f'{name}-description')}>{_escaped(drawing.description)}</desc>",
        *writer.definitions(),
        *body,
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


@dataclass(slots=True)
class _Writer:
    """Writes elements; clips are collected as they are met, equal ones once."""

    fonts: FontBook
    name: str
    clips: dict[str, str] = field(default_factory=dict)

    def definitions(self) -> Iterator[str]:
        if self.clips:
            yield "<defs>"
            for path, name in self.clips.items():
                yield f'<clipPath id={_quoted(name)}><path d="{path}"/></clipPath>'
            yield "</defs>"

    def items(self, items: Iterable[Placed]) -> Iterator[str]:
        for placed in items:
            match placed.item:
                case GlyphRun():
                    yield from self.text(placed, placed.item)
                case Shape():
                    yield _shape(placed, placed.item)
                case Image():
                    yield _image(placed, placed.item)
                case Group():
                    yield from self.group(placed, placed.item)

    def text(self, placed: Placed, run: GlyphRun) -> Iterator[str]:
        if not run.text:
            return
        turn = f' transform="rotate({_n(-run.angle)} {_n(placed.x)} {_n(placed.y)})"' if run.angle else ""
        face = self.fonts.face(run.face)
        yield (
            f'<text x="{_n(placed.x)}" y="{_n(placed.y)}" {_font(face)} font-size="{_n(run.size)}"'
            f'{_positions(run, face)} xml:lang={_quoted(run.lang)} xml:space="preserve" '
            f"{_fill(run.color)}{turn}>{_escaped(run.text)}</text>"
        )

    def group(self, placed: Placed, group: Group) -> Iterator[str]:
        a, b, c, d, e, f = group.matrix
        matrix = (a, b, c, d, e + placed.x, f + placed.y)
        turn = f' transform="matrix({" ".join(_n(v, 6) for v in matrix)})"' if matrix != IDENTITY else ""
        opacity = f' opacity="{_n(group.alpha)}"' if group.alpha < 1 else ""
        yield f"<g{turn}{self.clip(group.clip)}{opacity}>"
        yield from self.items(group.frame.items)
        yield "</g>"

    def clip(self, path: Path | None) -> str:
        """Return the attribute that clips to a path; it stands in the group's own axes, as in a frame."""
        if path is None:
            return ""
        name = self.clips.setdefault(_path(path), f"{self.name}-clip{len(self.clips) + 1}")
        return f" clip-path={_quoted(f'url(#{name})')}"


def _font(face: Face) -> str:
    generic = "serif" if "serif" in face.family.lower().split() else "sans-serif"
    names = _quoted(f"'{face.family}', {generic}")
    italic = ' font-style="italic"' if face.style == "italic" else ""
    return f'font-family={names} font-weight="{face.weight}"{italic}'


def _positions(run: GlyphRun, face: Face) -> str:
    """Return a run's length, and ``dx`` and ``dy`` for the characters that do not stand where the font would set them.

    The moves are relative (SVG 1.1, 10.5), so that they hold in another font also. The length is that of the characters
    as the font would set them and of their moves: the blank side of a last squeezed mark counts.
    """
    own = _natural(run, face)
    right: list[float] = []
    up: list[float] = []
    slip = rise = 0.0
    for text, advance, offset, (usual, side, height) in zip(
        run.texts, run.advances, run.offsets or repeat((0.0, 0.0)), own, strict=False
    ):
        x, y = offset[0] - side, offset[1] - height
        if text:
            right += [slip + x, *[0.0] * (len(text) - 1)]
            up += [rise - y, *[0.0] * (len(text) - 1)]
            slip, rise = 0.0, y
        slip += advance - usual - (x if text else 0.0)
    length = run.width - slip * run.size / 1000
    return f' textLength="{_n(length)}"{_list("dx", right, run.size)}{_list("dy", up, run.size)}'


def _natural(run: GlyphRun, face: Face) -> list[tuple[float, float, float]]:
    """Return (advance, right, up) of each glyph as a program that knows nothing of the report would set it."""
    shaped = face.shape(run.text, run.lang, ())
    if shaped.texts != run.texts:
        return [(face.advance_of(glyph), 0.0, 0.0) for glyph in run.glyphs]
    offsets = shaped.offsets or repeat((0.0, 0.0))
    return [(advance, *offset) for advance, offset in zip(shaped.advances, offsets, strict=False)]


def _list(name: str, values: list[float], size: float) -> str:
    """Return an attribute with a length a character, up to the last that is not 0; "" where all are."""
    lengths = [_n(value * size / 1000) for value in values]
    while lengths and lengths[-1] == "0":
        lengths.pop()
    return f' {name}="{" ".join(lengths)}"' if lengths else ""


def _shape(placed: Placed, shape: Shape) -> str:
    move = f' transform="translate({_n(placed.x)} {_n(placed.y)})"' if placed.x or placed.y else ""
    fill = _fill(shape.fill) if shape.fill else 'fill="none"'
    rule = ' fill-rule="evenodd"' if shape.even_odd else ""
    stroke = f" {_stroke(shape.stroke)}" if shape.stroke else ""
    return f'<path d="{_path(shape.path)}" {fill}{rule}{stroke}{move}/>'


def _stroke(stroke: Stroke) -> str:
    dashes = f' stroke-dasharray="{" ".join(map(_n, stroke.dashes))}"' if stroke.dashes else ""
    phase = f' stroke-dashoffset="{_n(stroke.dash_phase)}"' if stroke.dashes and stroke.dash_phase else ""
    opacity = f' stroke-opacity="{_n(stroke.color.alpha)}"' if stroke.color.alpha < 1 else ""
    return (
        f'stroke="{_hex(stroke.color)}" stroke-width="{_n(stroke.width)}" stroke-linecap="{_CAPS[stroke.cap]}" '
        f'stroke-linejoin="{stroke.join}" stroke-miterlimit="{_n(stroke.miter_limit)}"{opacity}{dashes}{phase}'
    )


def _image(placed: Placed, image: Image) -> str:
    from PIL import Image as Raster

    raster = Raster.frombytes(image.mode, image.pixels, image.samples).convert("RGB")
    if image.alpha is not None:
        raster.putalpha(Raster.frombytes("L", image.pixels, image.alpha))
    data = io.BytesIO()
    raster.save(data, "PNG")
    source = base64.b64encode(data.getvalue()).decode()
    coarse = image.width > image.pixels[0]
    smoothing = ' image-rendering="optimizeSpeed"' if coarse else ""  # cells larger than a point stay cells
    return (
        f'<image x="{_n(placed.x)}" y="{_n(placed.y)}" width="{_n(image.width)}" height="{_n(image.height)}" '
        f'preserveAspectRatio="none"{smoothing} xlink:href="data:image/png;base64,{source}"/>'
    )


def _path(path: Path) -> str:
    return " ".join(
        "Z" if segment[0] == "h" else segment[0].upper() + " ".join(_n(number) for number in segment[1:])
        for segment in path
    )


def _fill(color: Color) -> str:
    opacity = f' fill-opacity="{_n(color.alpha)}"' if color.alpha < 1 else ""
    return f'fill="{_hex(color)}"{opacity}'


def _hex(color: Color) -> str:
    return "#" + "".join(f"{round(component * 255):02x}" for component in color.rgb)


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _n(number: float, decimals: int = 3) -> str:
    """Return a number without zeros at its end."""
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
