"""Drawings of ``reportlab.graphics`` as Frames: charts, diagrams and widgets that a report's authors bring along.

A renderer of ReportLab's own kind records shapes; nothing is drawn on a canvas. Text is set in the document's faces
(Times stands for its serif, all other fonts for its sans) and anchored by its width there; CMYK colours stay the inks
that they are, RGB colours become inks as for matplotlib, with the same warning. The module imports ReportLab when it is
imported, so it is imported only where a drawing is at hand.
"""

from __future__ import annotations

import math
from typing import Any, Literal, cast

from reportlab.graphics import shapes
from reportlab.graphics.renderbase import Renderer, getStateDelta, renderScaledDrawing
from reportlab.lib.colors import CMYKColor
from reportlab.pdfgen.pdfgeom import bezierArc

from reportgen.base.color import Color
from reportgen.base.diagnostics import Result
from reportgen.base.frame import Frame, Image, Matrix, Path, Placed, Segment, Shape, Stroke, rectangle
from reportgen.base.style import CharStyle, Style
from reportgen.base.units import Pt
from reportgen.charts.inks import Inks
from reportgen.charts.lettering import FEATURES, Lettering
from reportgen.charts.palette import MITER_LIMIT
from reportgen.charts.recording import DECIMALS, Recording
from reportgen.text.itemize import TextSetting

HAIRLINE: Pt = 0.25
"""What a line of no width is: ReportLab's is the thinnest that a device can draw, which a press cannot hold."""
_ROUND = 4 / 3 * (math.sqrt(2) - 1)
"""Where the handles of a cubic lie that stands for a quarter of a circle, in radii."""
_FLAT = 1e-9
_CAPS: tuple[Literal["butt", "round", "projecting"], ...] = ("butt", "round", "projecting")
_JOINS: tuple[Literal["miter", "round", "bevel"], ...] = ("miter", "round", "bevel")


def record_drawing(drawing: Any, style: Style, setting: TextSetting, lang: str) -> Result[Frame]:
    """Return a ``reportlab.graphics.shapes.Drawing`` as a frame of its own size.

    Diagnostics: an error for each character that no face has, for a picture that cannot be read, for a node that draws
    on ReportLab's canvas itself; a warning for each colour that is no ink of the style.
    """
    scaled = renderScaledDrawing(drawing)
    recorder = Recorder(float(scaled.width), float(scaled.height), Lettering(setting, lang), Inks.of(style))
    recorder.draw(scaled, _NoCanvas(), 0, 0, showBoundary=0)
    return recorder.result()


class _NoCanvas:
    """The canvas that ReportLab's renderer insists on; nothing is drawn on it."""

    def saveState(self) -> None: ...

    def restoreState(self) -> None: ...


class Recorder(Recording, Renderer):  # type: ignore[misc]  # ReportLab has no types
    """Records the shapes of one drawing; ReportLab calls the methods by its names, y grows upwards."""

    _clips: tuple[Path, ...] = ()

    # ---- the walk ---------------------------------------------------------------------------------------------

    def drawNode(self, node: Any) -> None:
        self._tracker.push(getStateDelta(node))
        self.drawNodeDispatcher(node)
        self._tracker.pop()

    def drawNodeDispatcher(self, node: Any) -> None:
        if isinstance(node, shapes.DirectDraw):
            message = f"a {type(node).__name__} draws on ReportLab's canvas, which is not there"
            self.faults.error("unfit-shape", message, None, "draw it with shapes of reportlab.graphics")
        else:
            super().drawNodeDispatcher(node)

    def drawGroup(self, group: Any) -> None:
        """Draw a group; a clipping path in it holds for what follows in it."""
        clips = self._clips
        super().drawGroup(group)
        self._clips = clips

    def applyStateChanges(self, delta: Any, newState: Any) -> None:
        """Do nothing: each shape looks its state up."""

    # ---- shapes -----------------------------------------------------------------------------------------------

    def drawRect(self, r: Any) -> None:
        rx, ry = min(r.rx or 0, r.width / 2), min(r.ry or r.rx or 0, r.height / 2)
        self._shape(_rectangle(r.x, r.y, r.x + r.width, r.y + r.height, rx, ry))

    def drawLine(self, line: Any) -> None:
        self._shape(_lines((line.x1, line.y1, line.x2, line.y2)), filled=False)

    def drawPolyLine(self, p: Any) -> None:
        self._shape(_lines(p.points), filled=False)

    def drawPolygon(self, p: Any) -> None:
        self._shape((*_lines(p.points), ("h",)))

    def drawCircle(self, c: Any) -> None:
        self._shape(_ellipse(c.cx, c.cy, c.r, c.r))

    def drawEllipse(self, e: Any) -> None:
        self._shape(_ellipse(e.cx, e.cy, e.rx, e.ry))

    def drawWedge(self, wedge: Any) -> None:
        """Draw a slice of a pie by curves; a slice of a ring as ReportLab's polygon."""
        ry, *holes = wedge._xtraRadii()
        if any(holes) or wedge.annular:
            super().drawWedge(wedge)
            return
        cx, cy, rx, ry = wedge.centerx, wedge.centery, wedge.radius, ry or wedge.radius
        start, extent = wedge.startangledegrees, wedge.endangledegrees - wedge.startangledegrees
        arcs = bezierArc(cx - rx, cy - ry, cx + rx, cy + ry, start, extent)
        curves = (("c", *map(float, arc[2:])) for arc in arcs)
        self._shape((("m", cx, cy), *(("l", *arc[:2]) for arc in arcs[:1]), *curves, ("h",)))  # type: ignore[arg-type]

    def drawPath(self, path: Any) -> None:
        """Draw a path, or clip by it; an open one is filled if its ``autoclose`` says so, as in ReportLab's PDF."""
        found: list[Segment] = []
        adders = (
            lambda *p: found.append(("m", *p)),
            lambda *p: found.append(("l", *p)),
            lambda *p: found.append(("c", *p)),
            lambda: found.append(("h",)),
        )
        state = self._tracker.getState()
        closed = shapes._renderPath(path, adders, forceClose=state["fillColor"] and path.autoclose == "pdf")
        if path.isClipPath:
            self._clips += (_moved(tuple(found), self._matrix()),)
        self._shape(tuple(found), filled=closed or path.autoclose == "svg")

    def _shape(self, path: Path, *, filled: bool = True) -> None:
        """Emit a path given in the node's own axes.

        A matrix that keeps angles is worked into the points and the line; under any other the line is bent, too.
        """
        state = self._tracker.getState()
        fill = self._color(state["fillColor"], state["fillOpacity"]) if filled else None
        matrix, scale = self._matrix(), self._scale()
        stroke = self._stroke(state, scale or 1.0)
        if not path or not (fill or stroke):
            return
        even_odd = state["fillMode"] == shapes.FILL_EVEN_ODD
        shape = Shape(_moved(path, matrix if scale else (1, 0, 0, -1, 0, 0)), fill, stroke, even_odd)
        self._emit(Placed(0.0, 0.0, shape), straight=scale is not None)

    def _emit(self, mark: Placed, *, straight: bool) -> None:
        """Keep a mark; one that is not straight stands in the node's own axes with y downwards."""
        if not straight:
            a, b, c, d, e, f = self._matrix()
            mark = self.group((mark,), (a, b, -c, -d, e, f))
        self.put((mark,), self._clips)

    def _matrix(self) -> Matrix:
        """Return the matrix from the node's axes to the frame's, y downwards."""
        a, b, c, d, e, f = (float(v) for v in self._tracker.getCTM())
        return a, -b, c, -d, e, self.height - f

    def _scale(self) -> float | None:
        """Return how much larger the node's matrix makes everything; None if it bends angles or is flat."""
        a, b, c, d, *_ = self._matrix()
        size = math.hypot(a, b)
        keeps = abs(a * c + b * d) <= _FLAT * size * size and math.isclose(size, math.hypot(c, d))
        return size if keeps and size > _FLAT else None

    # ---- paint ------------------------------------------------------------------------------------------------

    def _stroke(self, state: Any, scale: float) -> Stroke | None:
        color = self._color(state["strokeColor"], state["strokeOpacity"])
        if color is None:
            return None
        phase: float = 0.0
        dashes: Any = state["strokeDashArray"] or ()
        if len(dashes) == 2 and isinstance(dashes[1], (list, tuple)):
            phase, dashes = dashes
        return Stroke(
            color,
            (float(state["strokeWidth"]) or HAIRLINE) * scale,
            _CAPS[state["strokeLineCap"]],
            _JOINS[state["strokeLineJoin"]],
            tuple(float(length) * scale for length in dashes),
            float(phase) * scale,
            float(state["strokeMiterLimit"] or MITER_LIMIT),
        )

    def _color(self, color: Any, opacity: float | None) -> Color | None:
        """Return the ink of a colour; None where it does not show."""
        alpha = float(1 if color is None or color.alpha is None else color.alpha)
        alpha *= 1.0 if opacity is None else float(opacity)
        if color is None or alpha <= 0:
            return None
        rgb = (float(color.red), float(color.green), float(color.blue))
        if not isinstance(color, CMYKColor):
            return self.palette.color(rgb, alpha)
        c, m, y, k = (
            round(float(v) * color.density, 6) for v in (color.cyan, color.magenta, color.yellow, color.black)
        )
        own = next((ink for ink in self.palette.inks.colors.values() if ink.cmyk == (c, m, y, k)), None)
        return (own or Color((c, m, y, k), rgb)).with_alpha(alpha)

    # ---- text and pictures ------------------------------------------------------------------------------------

    def drawString(self, s: Any) -> None:
        state = self._tracker.getState()
        text = s.text.decode(s.encoding) if isinstance(s.text, bytes) else str(s.text)
        color = self._color(state["fillColor"], state["fillOpacity"])
        if color is None or not text or getattr(s, "textRenderMode", 0) == 3:
            return
        a, b, c, d, e, f = self._matrix()
        scale = self._scale() if a * d - b * c < 0 else None  # letters in a mirror need a matrix
        style = _char_style(str(state["fontName"]), float(state["fontSize"]) * (scale or 1.0), self.words)
        shift = self._before(text, style, str(state["textAnchor"])) / (scale or 1.0)
        x, y = float(s.x) - shift, float(s.y)
        pen, angle = (x, -y), 0.0
        if scale:
            pen, angle = (a * x + c * y + e, b * x + d * y + f), math.degrees(math.atan2(-b, a))
        for dx, dy, run in self.words.runs(text, style, color, round(angle, 6)):
            place = (round(pen[0] + dx, DECIMALS), round(pen[1] + dy, DECIMALS))
            self._emit(Placed(*place, run), straight=scale is not None)

    def _before(self, text: str, style: CharStyle, anchor: str) -> Pt:
        """Return how much of a text stands before its anchor."""
        if anchor == "numeric":
            return self.words.size(text.partition(".")[0], style)[0]
        share = {"middle": 0.5, "end": 1.0}.get(anchor, 0.0)
        return share * self.words.size(text, style)[0] if share else 0.0

    def drawImage(self, i: Any) -> None:
        from PIL import Image as Raster

        try:
            raster = Raster.open(i.path) if isinstance(i.path, str) else i.path
            raster.load()
        except (OSError, AttributeError) as problem:
            message, hint = f"a picture cannot be read: {problem}", "give a file, or an image of Pillow's"
            self.faults.error("unreadable-file", message, None, hint)
            return
        width, height = float(i.width or raster.width), float(i.height or raster.height)
        a, b, c, d, e, f = self._matrix()
        x, y = float(i.x), float(i.y) + height
        if b == c == 0 and a > 0 > d:
            image = _image(raster, width * a, height * -d)
            self._emit(Placed(a * x + e, d * y + f, image), straight=True)
        else:
            self._emit(Placed(x, -y, _image(raster, width, height)), straight=False)


def _image(raster: Any, width: Pt, height: Pt) -> Image:
    if raster.mode == "CMYK":
        return Image(width, height, raster.size, raster.tobytes(), "CMYK")
    import numpy as np

    from reportgen.charts.rasters import image_of

    return image_of(np.asarray(raster.convert("RGBA")), width, height)


def _char_style(font: str, size: Pt, words: Lettering) -> CharStyle:
    """Return the character style that stands for a font of ReportLab's."""
    name = font.lower()
    serif = name.startswith("times") or ("serif" in name and "sans" not in name)
    family = words.family(["serif" if serif else "sans"])
    weight: Literal["regular", "bold"] = "bold" if "bold" in name else "regular"
    return CharStyle(family, size, weight, "italic" in name or "oblique" in name, features=FEATURES)


def _moved(path: Path, matrix: Matrix) -> Path:
    a, b, c, d, e, f = matrix

    def move(kind: Any, *numbers: float) -> Segment:
        points = zip(numbers[::2], numbers[1::2], strict=True)
        moved = ((a * x + c * y + e, b * x + d * y + f) for x, y in points)
        return cast(Segment, (kind, *(round(v, DECIMALS) for point in moved for v in point)))

    return tuple(move(*segment) for segment in path)


def _lines(points: Any) -> Path:
    first, *others = zip(map(float, points[::2]), map(float, points[1::2]), strict=True)
    return (("m", *first), *(("l", x, y) for x, y in others))


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> Path:
    return _rectangle(cx - rx, cy - ry, cx + rx, cy + ry, rx, ry)


def _rectangle(left: float, low: float, right: float, high: float, rx: float, ry: float) -> Path:
    """Return a rectangle with rounded corners; with radii of half its sides it is an ellipse."""
    if not rx or not ry:
        return rectangle(left, low, right, high)
    kx, ky = rx * (1 - _ROUND), ry * (1 - _ROUND)
    return (
        ("m", left + rx, low),
        ("l", right - rx, low),
        ("c", right - kx, low, right, low + ky, right, low + ry),
        ("l", right, high - ry),
        ("c", right, high - ky, right - kx, high, right - rx, high),
        ("l", left + rx, high),
        ("c", left + kx, high, left, high - ky, left, high - ry),
        ("l", left, low + ry),
        ("c", left, low + ky, left + kx, low, left + rx, low),
        ("h",),
    )
