"""A drawing as SVG 1.1 for those who use a figure outside the report: text stays text, colours are the screen's.

The file names the fonts and does not carry them; each run is given its length, so that another font in their place
keeps the drawing's shape (SVG 1.1, 10.5, ``textLength``).
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from reportgen.base.color import Color
from reportgen.base.frame import Drawing, GlyphRun, Group, Image, Path, Placed, Shape, Stroke
from reportgen.text.fonts import FontBook

_CAPS = {"butt": "butt", "round": "round", "projecting": "square"}


def write_svg(drawing: Drawing, fonts: FontBook, lang: str) -> bytes:
    """Return a drawing as an SVG file of its own size, with its alternatives as title and description."""
    frame = drawing.frame
    writer = _Writer(fonts)
    body = list(writer.items(frame.items))
    width, height = _n(frame.width), _n(frame.height)
    size = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    role = 'role="img" aria-labelledby="title" aria-describedby="description"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {size} xml:lang={quoteattr(lang)} {role}>',
        f'<title id="title">{escape(drawing.alt)}</title>',
        f'<desc id="description">{escape(drawing.description)}</desc>',
        *(["<defs>", *writer.definitions, "</defs>"] if writer.definitions else []),
        *body,
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


@dataclass(slots=True)
class _Writer:
    fonts: FontBook
    definitions: list[str] = field(default_factory=list)

    def items(self, items: Iterable[Placed]) -> Iterator[str]:
        for placed in items:
            match placed.item:
                case GlyphRun():
                    yield self.text(placed, placed.item)
                case Shape():
                    yield _shape(placed, placed.item)
                case Image():
                    yield _image(placed, placed.item)
                case Group():
                    yield from self.group(placed, placed.item)

    def text(self, placed: Placed, run: GlyphRun) -> str:
        face = self.fonts.face(run.face)
        turn = f' transform="rotate({_n(-run.angle)} {_n(placed.x)} {_n(placed.y)})"' if run.angle else ""
        italic = ' font-style="italic"' if face.style == "italic" else ""
        return (
            f'<text x="{_n(placed.x)}" y="{_n(placed.y)}" font-family={quoteattr(face.family)} '
            f'font-weight="{face.weight}"{italic} font-size="{_n(run.size)}" textLength="{_n(run.width)}" '
            f'xml:lang={quoteattr(run.lang)} xml:space="preserve" {_fill(run.color)}{turn}>{escape(run.text)}</text>'
        )

    def group(self, placed: Placed, group: Group) -> Iterator[str]:
        a, b, c, d, e, f = group.matrix
        matrix = " ".join(map(_n, (a, b, c, d, e + placed.x, f + placed.y)))
        opacity = f' opacity="{_n(group.alpha)}"' if group.alpha < 1 else ""
        yield f'<g transform="matrix({matrix})"{self.clip(group.clip)}{opacity}>'
        yield from self.items(group.frame.items)
        yield "</g>"

    def clip(self, path: Path | None) -> str:
        if path is None:
            return ""
        name = f"clip{len(self.definitions) + 1}"
        self.definitions.append(f'<clipPath id="{name}"><path d="{_path(path)}"/></clipPath>')
        return f' clip-path="url(#{name})"'


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
    return (
        f'<image x="{_n(placed.x)}" y="{_n(placed.y)}" width="{_n(image.width)}" height="{_n(image.height)}" '
        f'preserveAspectRatio="none" href="data:image/png;base64,{source}"/>'
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


def _n(number: float) -> str:
    """Return a number to three decimals without zeros at its end."""
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"
