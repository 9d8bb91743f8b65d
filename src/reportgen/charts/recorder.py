"""The recorder: a matplotlib renderer whose picture is a Frame, and the canvas of a figure that it will record.

It imports matplotlib when it is imported; only :mod:`reportgen.charts.renderer` does that, inside its functions.
One unit of the figure is one point (dpi 72), so a text is as large as it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.path import Path as PlotPath
from matplotlib.transforms import Affine2D

from reportgen.base.frame import Path, Placed, Shape, Stroke, rectangle
from reportgen.base.style import CharStyle
from reportgen.base.units import Pt
from reportgen.charts import mathtext, rasters
from reportgen.charts.inks import Inks
from reportgen.charts.lettering import ASCENT, DESCENT, LINE_GAP, Lettering
from reportgen.charts.outlines import TextOutlines
from reportgen.charts.palette import MITER_LIMIT, opacity
from reportgen.charts.paths import Outline, outline
from reportgen.charts.plotting.boxes import Box
from reportgen.charts.recording import DECIMALS, Recording

_TILE: Pt = 72.0
_FUZZ = 1e-6


class Recorder(Recording, RendererBase):
    """Records what matplotlib draws."""

    def __init__(self, width: Pt, height: Pt, words: Lettering, inks: Inks) -> None:
        RendererBase.__init__(self)
        Recording.__init__(self, width, height, words, inks)
        self._text2path = TextOutlines(words)  # type: ignore[assignment]  # path effects ask it for outlines
        self._open: list[str | None] = []
        self._formulae: dict[tuple[str, CharStyle], mathtext.Formula | None] = {}

    # ---- what matplotlib asks about the device --------------------------------------------------------------

    def get_canvas_width_height(self) -> tuple[Pt, Pt]:
        return self.width, self.height

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def flipy(self) -> bool:
        return False

    def option_scale_image(self) -> bool:
        return True

    def option_image_nocomposite(self) -> bool:
        return True

    def get_image_magnification(self) -> float:
        return rasters.SAMPLES_PER_POINT

    def open_group(self, s: str, gid: str | None = None) -> None:  # noqa: ARG002
        """Begin an artist's marks: its gid is the fact that they print."""
        self._open.append(gid)

    def close_group(self, s: str) -> None:  # noqa: ARG002
        self._open.pop()

    def start_filter(self) -> None:
        """Report an ``agg_filter``, which works on Agg's pixels: its artist is drawn without it."""
        message = "a filter works on pixels; its mark is drawn without it"
        self.faults.warning("pixel-filter", message, None, "draw the effect with paths")

    # ---- marks ------------------------------------------------------------------------------------------------

    def _emit(self, gc: GraphicsContextBase, marks: Iterable[Placed], bounds: Box | None) -> None:
        """Draw marks under the clips in force; the innermost artist with a gid says which fact they print."""
        fact = next((gid for gid in reversed(self._open) if gid), None)
        self.put((replace(mark, fact=fact) for mark in marks) if fact else marks, self._clips(gc, bounds))

    def _clips(self, gc: GraphicsContextBase, bounds: Box | None) -> tuple[Path, ...]:
        """Return the clips in force; a rectangle that holds all of the mark is left out."""
        clips: list[Path] = []
        box = gc.get_clip_rectangle()
        if box is not None:
            window = Box(box.x0, self.height - box.y1, box.x1, self.height - box.y0)
            if bounds is None or not bounds.within(window.grown(_FUZZ)):
                clips.append(rectangle(*(round(float(side), DECIMALS) for side in window)))
        path, transform = gc.get_clip_path()
        if path is not None:
            clips.append(outline(cast(PlotPath, path), transform, self.height).path)
        return tuple(clips)

    def draw_path(self, gc: GraphicsContextBase, path: PlotPath, transform: Any, rgbFace: Any = None) -> None:
        fill, stroke = self.palette.both(gc, rgbFace)
        hatch = gc.get_hatch()
        line_only = fill is None and not hatch
        room = 2 * stroke.width + 2 if stroke else 0.0
        window = (-room, -room, self.width + room, self.height + room) if line_only else None
        drawn = outline(
            path,
            transform,
            self.height,
            window,
            simplify=line_only and path.should_simplify,
            sketch=gc.get_sketch_params(),
        )
        if not drawn.path:
            return
        if fill or stroke:
            shape = Shape(drawn.path, fill, stroke)
            self._emit(gc, (Placed(0.0, 0.0, shape),), _extent(drawn, stroke))
        if hatch:
            self._hatch(gc, drawn)

    def _hatch(self, gc: GraphicsContextBase, area: Outline) -> None:
        """Draw a hatch as lines, on tiles of an inch from the frame's corner, clipped to the area."""
        left, top, right, bottom = area.bounds
        tiles = [
            (column, row)
            for row in range(int(top // _TILE), int(bottom // _TILE) + 1)
            for column in range(int(left // _TILE), int(right // _TILE) + 1)
        ]
        rgba: Any = gc.get_hatch_color()
        color = self.palette.color(rgba, opacity(rgba))
        tile = Affine2D().scale(_TILE)
        lines = outline(gc.get_hatch_path(), tile, _TILE).path
        pattern = Shape(lines, color, Stroke(color, float(gc.get_hatch_linewidth())))
        marks = (Placed(column * _TILE, row * _TILE, pattern) for column, row in tiles)
        self._emit(gc, (self.group(marks, clip=area.path),), area.bounds)

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: PlotPath,
        marker_trans: Any,
        path: PlotPath,
        trans: Any,
        rgbFace: Any = None,
    ) -> None:
        fill, stroke = self.palette.fill(gc, rgbFace), self.palette.stroke(gc)
        marker = outline(marker_path, marker_trans, 0.0)
        if not marker.path or not (fill or stroke):
            return
        shape = Shape(marker.path, fill, stroke)
        for vertices, _ in path.iter_segments(trans, simplify=False):
            if len(vertices):
                self._emit_at(gc, shape, marker, float(vertices[-2]), float(vertices[-1]))

    def _emit_at(self, gc: GraphicsContextBase, shape: Shape, drawn: Outline, x: float, y: float) -> None:
        x, y = round(x, 3), round(self.height - y, 3)
        left, top, right, bottom = drawn.bounds.grown(_reach(shape.stroke))
        self._emit(gc, (Placed(x, y, shape),), Box(left + x, top + y, right + x, bottom + y))

    def draw_path_collection(
        self,
        gc: GraphicsContextBase,
        master_transform: Any,
        paths: Any,
        all_transforms: Any,
        *looks: Any,
        hatchcolors: Any = None,
    ) -> None:
        """Draw paths of many places and looks; ``looks`` are what matplotlib goes through to find each one's own."""
        raw = self._iter_collection_raw_paths(master_transform, paths, all_transforms)  # type: ignore[attr-defined]
        whole = list(raw)
        drawn: dict[int, Outline] = {}
        hatched = gc.get_hatch()
        edges = hatchcolors if hatchcolors is not None else []
        each = self._iter_collection(gc, list(range(len(whole))), *looks, hatchcolors=edges)  # type: ignore[attr-defined]
        for x, y, index, own, face in each:
            path, transform = whole[index]
            if hatched:
                self.draw_path(own, path, transform + Affine2D().translate(x, y), face)
                continue
            if index not in drawn:
                drawn[index] = outline(path, transform, 0.0, sketch=own.get_sketch_params())
            fill, stroke = self.palette.both(own, face)
            if drawn[index].path and (fill or stroke):
                shape = Shape(drawn[index].path, fill, stroke)
                self._emit_at(own, shape, drawn[index], float(x), float(y))

    def draw_quad_mesh(self, gc: GraphicsContextBase, *mesh: Any) -> None:
        """Draw cells that abut: without an edge of their own they are drawn as unsmoothed, which closes the seams."""
        *cells, smooth, edges = mesh
        edges = edges if edges is not None else ()
        super().draw_quad_mesh(gc, *cells, bool(smooth) and len(edges) > 0, edges)  # type: ignore[call-arg]

    def draw_gouraud_triangles(
        self, gc: GraphicsContextBase, triangles_array: Any, colors_array: Any, transform: Any
    ) -> None:
        mark = rasters.gouraud(triangles_array, colors_array, transform, self.width, self.height)
        if mark is not None:
            self._emit(gc, (mark,), None)

    def draw_image(self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None) -> None:
        if im.shape[0] and im.shape[1]:
            self._emit(gc, (rasters.placed_image(im, float(x), float(y), self.height, transform),), None)

    # ---- text -------------------------------------------------------------------------------------------------

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[Pt, Pt, Pt]:
        style = self.words.style_of(prop)
        formula = self._formula(s, style) if ismath else None
        if formula is not None:
            return formula.width, formula.height, formula.descent
        return self.words.size(s, style)

    def _get_font_height_metrics(self, prop: Any) -> tuple[Pt, Pt, Pt]:
        """Return ascent, descent and line gap; matplotlib 3.11 asks for them before it looks for a font of its own."""
        size = float(prop.get_size_in_points())
        return ASCENT * size, DESCENT * size, LINE_GAP * size

    def _formula(self, text: str, style: CharStyle) -> mathtext.Formula | None:
        """Return a formula laid out; None, with a fault, if it is malformed: it is then set as it is written."""
        key = (text, style)
        if key not in self._formulae:
            self._formulae[key] = self.faults.take(mathtext.lay_out(text, style, self.words.setting))
        return self._formulae[key]

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,  # noqa: ARG002
    ) -> None:
        rgba = gc.get_rgb()
        alpha = opacity(rgba)
        if alpha <= 0:
            return
        color, style = self.palette.color(rgba, alpha), self.words.style_of(prop)
        pen = (round(float(x), 3), round(self.height - float(y), 3))
        turn = float(angle)
        formula = self._formula(s, style) if ismath else None
        if formula is not None:
            words = self.words
            marks = tuple(mathtext.placed(formula, color, words.setting, words.lang, pen, turn))
        else:
            runs = self.words.runs(s, style, color, turn)
            marks = tuple(Placed(round(pen[0] + dx, 3), round(pen[1] + dy, 3), run) for dx, dy, run in runs)
        self._emit(gc, marks, None)


def _reach(stroke: Stroke | None) -> Pt:
    """Return how far a stroke may reach beyond its path: half its width, times the miter limit at sharp corners."""
    if stroke is None:
        return 0.0
    return stroke.width / 2 * (MITER_LIMIT if stroke.join == "miter" else 1.5)


def _extent(drawn: Outline, stroke: Stroke | None) -> Box:
    """Return how far a mark reaches; a butt-ended line along an axis reaches sideways only."""
    left, top, right, bottom = drawn.bounds
    if stroke is None or len(drawn.path) != 2 or stroke.cap != "butt" or (left != right and top != bottom):
        return drawn.bounds.grown(_reach(stroke))
    half = stroke.width / 2
    return drawn.bounds.grown(0.0, half) if top == bottom else drawn.bounds.grown(half, 0.0)


class RecordingCanvas(FigureCanvasBase):
    """A figure's canvas whose text is measured as it will be set; nothing is ever drawn on it."""

    def __init__(self, figure: Any, words: Lettering, inks: Inks) -> None:
        super().__init__(figure)
        self.words, self.inks = words, inks

    def get_renderer(self) -> Recorder:
        """Return a fresh recorder of the figure's size."""
        width, height = (float(v) * 72 for v in self.figure.get_size_inches())
        return Recorder(width, height, self.words, self.inks)

    @classmethod
    def get_default_filetype(cls) -> str:
        """Return the format by which ``Figure.draw_without_rendering`` finds :meth:`print_frame`."""
        return "frame"

    def print_frame(self, _file: Any, **_options: Any) -> None:
        """Draw the figure, so that everything in it has its place."""
        self.figure.draw(self.get_renderer())
