"""Interpret: a content stream back to what it paints, mark by mark.

Checks look at the bytes that will be sent out and not at what was meant, so they share nothing with the writer. Every
operator of ISO 32000-1, annex A is known here: what is not read, because nothing that reportgen writes needs it, is
listed among a page's faults, so that no check passes for want of having looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import pikepdf

from reportgen.base.frame import IDENTITY, Matrix
from reportgen.base.units import Mille, Pt
from reportgen.pdf.geometry import Box, Point, apply, bounds_of, compose
from reportgen.pdf.read.flatten import flattened, placed, scale_of
from reportgen.pdf.read.fontread import ReadFont, fonts_of
from reportgen.pdf.read.graphics_state import GraphicsState, general_state
from reportgen.pdf.read.objects import inside
from reportgen.pdf.read.painted import PICTURE, Glyph, Ink, Kind, Mark, Outline, ScannedPage, Section
from reportgen.pdf.read.sections import named_section, section_of
from reportgen.pdf.read.tokens import (
    LONE,
    OPERAND,
    PICTURE_ENTRY,
    TJ_PART,
    codes_of,
    codes_of_other,
    tokens_of,
)

_CONSTANTS = frozenset((b"true", b"false", b"null"))
_NO_GLYPHS: tuple[Glyph, ...] = ()

DEEPEST = 20
"""Forms inside forms beyond this depth are taken for a circle."""

INITIAL = {
    "DeviceGray": (0.0,), "DeviceRGB": (0.0, 0.0, 0.0), "DeviceCMYK": (0.0, 0.0, 0.0, 1.0),
}  # fmt: skip
"""The first colour of each device space (ISO 32000-1, 8.6.8)."""


class Interpreter:
    """Runs a page's content stream; an operator is a method that takes its operands as the stream writes them."""

    def __init__(
        self,
        page: ScannedPage,
        resources: pikepdf.Object,
        fonts: dict[tuple[int, int], ReadFont],
        glyphs: bool,
        operators: Operators,
    ) -> None:
        self.page = page
        self.operators = operators
        self.wants_glyphs = glyphs
        self.state = GraphicsState()
        self.stack: list[GraphicsState] = []
        self.sections: list[Section] = []
        self.paths: list[list[Point]] = []
        self.clipping = False
        self.text: Matrix = IDENTITY
        self.line_start: Matrix = IDENTITY
        self.known_fonts = fonts
        self.depth = 0
        self._use(resources)

    def _use(self, resources: pikepdf.Object) -> None:
        self.resources = resources
        self.fonts = fonts_of(resources, self.known_fonts)
        self.states: dict[bytes, tuple[dict[str, Any], tuple[str, ...]]] = {}

    def _resource(self, kind: str, name: bytes) -> pikepdf.Object:
        found = inside(self.resources, kind).get(name.decode("latin-1"))
        if found is None:
            raise ValueError(f"there is no {name.decode('latin-1')} in {kind} of the resources")
        return found

    def run(self, data: bytes) -> None:
        """Run a page's stream."""
        self._execute(data)
        if self.stack:
            self.page.fault("q without Q")
        if self.sections:
            self.page.fault("BDC without EMC")

    def _execute(self, data: bytes) -> None:
        tokens = tokens_of(data)
        for lone in LONE.intersection(tokens):
            self.page.fault(f"{lone.decode()} without its partner")
        operands: list[bytes] = []
        known = self.operators.get
        for token in tokens:
            if token[0] in OPERAND or token in _CONSTANTS:
                operands.append(token)
                continue
            operator = known(token)
            if operator is None:
                self._unknown(token)
            else:
                count, action = operator
                try:
                    if count != len(operands) and count >= 0:
                        raise ValueError(f"{len(operands)} operands, not {count}")
                    action(self, operands)
                except (ValueError, LookupError, TypeError) as problem:
                    self.page.fault(f"{token.decode()}: {problem}")
            operands = []
        if operands:
            self.page.fault("operands without an operator at the end")

    def _unknown(self, token: bytes) -> None:
        if token[:2] == b"BI" and token[-2:] == b"EI" and len(token) > 4:
            self._inline_picture(token)
        elif token not in LONE:
            self.page.fault(f"{token[:20].decode('latin-1')} is no operator that is read")

    def _set_ink(self, side: str, ink: Ink) -> None:
        setattr(self.state, side, ink)
        self.page.inks[ink] = None

    def device(self, side: str, space: str, operands: list[bytes]) -> None:
        self._set_ink(side, Ink(space, tuple(map(float, operands))))

    # ---- paths -------------------------------------------------------------------------------------------------

    def rectangle(self, operands: list[bytes]) -> None:
        x, y, width, height = (float(v) for v in operands)
        self.paths.append([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])

    def move(self, operands: list[bytes]) -> None:
        self.paths.append([(float(operands[0]), float(operands[1]))])

    def line(self, operands: list[bytes]) -> None:
        self.paths[-1].append((float(operands[0]), float(operands[1])))

    def curve(self, missing: str, operands: list[bytes]) -> None:
        """Add a curve; ``v`` has no first control point, which is its start, ``y`` no second, which is its end."""
        path = self.paths[-1]
        given = list(map(float, operands))
        if missing:
            given = [*path[-1], *given] if missing == "first" else [*given, *given[2:]]
        x1, y1, x2, y2, x3, y3 = given
        path += flattened(path[-1], (x1, y1), (x2, y2), (x3, y3))

    def close_path(self, _: list[bytes]) -> None:
        self.paths[-1].append(self.paths[-1][0])

    def paint(self, sides: tuple[Kind, ...]) -> None:
        paths, self.paths = self.paths, []
        clipping, self.clipping = self.clipping, False
        if not paths or not (sides or clipping):
            return
        outline = tuple(placed(path, self.state.matrix) for path in paths)
        box = Box.around([point for path in outline for point in path])
        width = self.state.width * scale_of(self.state.matrix)
        for side in sides:
            self._add(side, box, width, outline=outline)
        if clipping:
            self._cut(box)

    def clip(self, _: list[bytes]) -> None:
        """Let the path cut what comes after it is painted (ISO 32000-1, 8.5.4)."""
        self.clipping = True

    def _cut(self, box: Box) -> None:
        self.state.clip = box if self.state.clip is None else self.state.clip.cut(box)

    def _add(
        self, kind: Kind, box: Box, size: Pt = 0.0, text: str = "", name: str = "", outline: Outline = (),
        origin: Point = (0.0, 0.0), glyphs: tuple[Glyph, ...] = (), picture: pikepdf.Object | None = None,
    ) -> None:  # fmt: skip
        """Add a mark in the paint of the state; a picture has its own, unless it is a mask."""
        state = self.state
        ink, overprint, alpha = state.fill, state.fill_overprint, state.fill_alpha
        if kind == "stroke":
            ink, overprint, alpha = state.stroke, state.stroke_overprint, state.stroke_alpha
        elif kind == "image" and (picture is None or not picture.get("/ImageMask", False)):
            ink = PICTURE
        self.page.marks.append(
            Mark(
                self.page.index, kind, box, ink, size, text, tuple(self.sections), overprint,
                alpha * state.group_alpha, name, outline, origin, glyphs, picture, state.clip,
            )
        )  # fmt: skip

    # ---- text --------------------------------------------------------------------------------------------------

    def show(self, operands: list[bytes]) -> None:
        state, array = self.state, operands[-1]
        font = self.fonts.get(state.font)
        if font is None:
            raise ValueError(f"there is no font {state.font!r} in the resources")
        text, starts, widths, pen = self._read(array, font)
        size = state.size
        width = pen * size / 1000
        matrix = compose(self.text, state.matrix)
        if text and state.mode != 3:
            low, high = state.rise + font.descent * size / 1000, state.rise + font.ascent * size / 1000
            box = bounds_of(matrix, 0, low, width - state.spacing, high)
            em = size * scale_of(matrix)
            origin, glyphs = (0.0, 0.0), _NO_GLYPHS
            if self.wants_glyphs:
                origin = apply(matrix, 0, state.rise)
                glyphs = tuple(
                    map(Glyph, text, [x * em / 1000 for x in starts], [w * em / 1000 for w in widths])
                )
            self._add("text", box, em, "".join(text), state.font, origin=origin, glyphs=glyphs)
        self.text = compose((1, 0, 0, 1, width, 0), self.text)

    def _read(self, array: bytes, font: ReadFont) -> tuple[list[str], list[Mille], list[Mille], Mille]:
        """Return what an array shows: the text, start and width of each glyph, and where the pen stands behind it."""
        text: list[str] = []
        starts: list[Mille] = []
        widths: list[Mille] = []
        pen = 0.0
        spacing = self.state.spacing * 1000 / self.state.size if self.state.size else 0.0
        text_of, width_of, default = font.text.get, font.widths.get, font.default
        for hexadecimal, move, other in TJ_PART.findall(array):
            if move:
                pen -= float(move)
                continue
            codes = codes_of_other(other) if other else codes_of(hexadecimal)
            for code in codes:
                width = width_of(code, default)
                text.append(text_of(code, ""))
                starts.append(pen)
                widths.append(width)
                pen += width + spacing
            font.used.update(dict.fromkeys(codes))
        return text, starts, widths, pen

    def set_font(self, operands: list[bytes]) -> None:
        self.state.font, self.state.size = operands[0][1:].decode("latin-1"), float(operands[1])

    def begin_text(self, _: list[bytes]) -> None:
        self.text = self.line_start = IDENTITY

    def set_text_matrix(self, operands: list[bytes]) -> None:
        self.text = self.line_start = _matrix(operands)

    def move_line(self, operands: list[bytes]) -> None:
        self._move(*map(float, operands))

    def _move(self, x: Pt, y: Pt) -> None:
        self.text = self.line_start = compose((1, 0, 0, 1, x, y), self.line_start)

    def move_line_and_lead(self, operands: list[bytes]) -> None:
        self.state.leading = -float(operands[1])
        self.move_line(operands)

    def next_line(self, _: list[bytes]) -> None:
        self._move(0, -self.state.leading)

    def show_on_next_line(self, operands: list[bytes]) -> None:
        if len(operands) == 3:
            self.state.spacing = float(operands[1])
        self.next_line(operands)
        self.show(operands)

    def set_mode(self, operands: list[bytes]) -> None:
        self.state.mode = int(operands[0])
        if self.state.mode not in (0, 3):
            raise ValueError(f"text in the rendering mode {self.state.mode} is not read")

    def scale(self, operands: list[bytes]) -> None:
        if float(operands[0]) != 100:
            raise ValueError("text set narrower or wider is not read")

    # ---- the rest ----------------------------------------------------------------------------------------------

    def save(self, _: list[bytes]) -> None:
        self.stack.append(self.state.copy())

    def restore(self, _: list[bytes]) -> None:
        if not self.stack:
            raise ValueError("nothing was saved")
        self.state = self.stack.pop()

    def concatenate(self, operands: list[bytes]) -> None:
        self.state.matrix = compose(_matrix(operands), self.state.matrix)

    def general(self, operands: list[bytes]) -> None:
        name = operands[0]
        found = self.states.get(name)
        if found is None:
            found = self.states[name] = general_state(self._resource("ExtGState", name))
        settings, unread = found
        for key, value in settings.items():
            setattr(self.state, key, value)
        if unread:
            raise ValueError(f"{', '.join(unread)} of a graphics state is not read")

    def space(self, side: str, operands: list[bytes]) -> None:
        name = operands[0].decode("latin-1")
        if name[1:] in INITIAL:
            self._set_ink(side, Ink(name[1:], INITIAL[name[1:]]))
            return
        found: Any = pikepdf.Name.Pattern if name == "/Pattern" else self._resource("ColorSpace", operands[0])
        kind = str(found[0] if isinstance(found, pikepdf.Array) else found)[1:]
        if kind in INITIAL or kind == "Separation":
            space = kind if kind in INITIAL else str(found[1])[1:]
            self._set_ink(side, Ink(space, INITIAL.get(kind, (1.0,))))
            return
        self._set_ink(side, Ink(kind, ()))
        raise ValueError(f"the colour space {kind} is not read")

    def tint(self, side: str, operands: list[bytes]) -> None:
        before: Ink = getattr(self.state, side)
        if before.values and len(operands) != len(before.values):
            raise ValueError(f"{len(operands)} components for a colour in {before.space}")
        self._set_ink(side, Ink(before.space, tuple(map(float, operands)) if before.values else ()))

    def draw(self, operands: list[bytes]) -> None:
        name = operands[0].decode("latin-1")
        drawn = self._resource("XObject", operands[0])
        kind = drawn.get("/Subtype")
        if kind == pikepdf.Name.Image:
            self._add_picture(name, drawn)
        elif kind != pikepdf.Name.Form:
            raise ValueError(f"{name[1:]} of the type {kind} is not read")
        elif self.depth < DEEPEST:
            self._draw_form(drawn)
        else:
            raise ValueError("forms that draw each other")

    def _add_picture(self, name: str, picture: pikepdf.Object | None) -> None:
        self._add("image", bounds_of(self.state.matrix, 0, 0, 1, 1), name=name, picture=picture)

    def _inline_picture(self, token: bytes) -> None:
        """Note a picture that stands in the stream itself: what it paints is not read, only in which space."""
        entries: dict[bytes, bytes] = dict(PICTURE_ENTRY.findall(token.partition(b"ID")[0]))
        space = entries.get(b"CS", entries.get(b"ColorSpace", b"/none"))[1:].decode("latin-1")
        space = _ABBREVIATED.get(space, space)
        self.page.inks[Ink(space, ())] = None
        self._add_picture("", None)
        self.page.fault(
            f"a picture in {space or 'a space of its own'} that stands in the stream itself is not read"
        )

    def shading(self, _: list[bytes]) -> None:
        self.page.inks[Ink("a shading", ())] = None
        raise ValueError("a shading is not read")

    def _draw_form(self, form: pikepdf.Object) -> None:
        """Run a form's stream in its own axes and resources; a transparency group starts opaque (11.6.6)."""
        outer, resources = self.state.copy(), self.resources
        self.state.matrix = compose(_matrix(form.get("/Matrix", IDENTITY)), self.state.matrix)
        if "/BBox" in form:
            left, bottom, right, top = (float(side) for side in form.BBox)
            self._cut(bounds_of(self.state.matrix, left, bottom, right, top))
        if "/Group" in form:
            self.state.group_alpha *= self.state.fill_alpha
            self.state.fill_alpha = self.state.stroke_alpha = 1.0
        self._use(form.get("/Resources", resources))
        self.depth += 1
        depth = len(self.stack)
        self._execute(form.read_bytes())
        if len(self.stack) != depth:
            self.page.fault("q without Q in a form")
            del self.stack[depth:]
        self.depth -= 1
        self._use(resources)
        self.state = outer

    def begin(self, operands: list[bytes]) -> None:
        tag, entries = operands[0][1:].decode("latin-1"), operands[-1]
        if len(operands) == 1:
            section = Section(tag, None, None, None)
        elif entries[:1] == b"/":
            section = named_section(tag, self._resource("Properties", entries))
        else:
            section = section_of(tag, entries)
        self.sections.append(section)
        self.page.sections.append(section)

    def end(self, _: list[bytes]) -> None:
        if not self.sections:
            raise ValueError("no sequence is open")
        self.sections.pop()


def _matrix(values: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, values)
    return a, b, c, d, e, f


_ABBREVIATED = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Names of colour spaces in pictures that stand in a stream (ISO 32000-1, table 94)."""


Action: TypeAlias = Callable[[Interpreter, list[bytes]], None]
Operators: TypeAlias = Mapping[bytes, tuple[int, Action]]
"""How many operands each operator has, or :data:`ANY`, and what it does."""

ANY = -1
