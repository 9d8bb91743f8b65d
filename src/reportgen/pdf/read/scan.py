"""Scan: a finished file back to what it paints, mark by mark.

Checks look at the bytes that will be sent out and not at what was meant, so they share nothing with the writer.
Content streams are split by one regular expression rather than into pikepdf's objects: it is some ten times
faster, and a check that runs in every build has to be.
"""

from __future__ import annotations

import io
import re
import struct

import pikepdf

from reportgen.base.frame import IDENTITY, Matrix
from reportgen.base.units import Mille, Pt
from reportgen.pdf.geometry import Box, apply, bounds_of, compose
from reportgen.pdf.read.flatten import flattened, placed, scale_of
from reportgen.pdf.read.fontread import ReadFont, fonts_of
from reportgen.pdf.read.graphics_state import GraphicsState
from reportgen.pdf.read.painted import (
    Glyph,
    Ink,
    Kind,
    Mark,
    Outline,
    Point,
    Scan,
    ScannedPage,
    Section,
)

_TOKEN = re.compile(
    rb"""%[^\r\n]*
    | \((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)
    | <<(?:[^<>]|<[^<>]*>|<<[^<>]*>>)*>>
    | <[0-9A-Fa-f\s]*>
    | \[(?:[^\[\]()]|\((?:[^()\\]|\\.)*\))*\]
    | /[^\s()<>\[\]{}/%]*
    | [^\s()<>\[\]{}/%]+
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERAND = frozenset(b"/(<[+-.0123456789")
"""What the first character of an operand may be."""
_CONSTANTS = frozenset((b"true", b"false", b"null"))
_COMMENT = ord("%")
_NUMBER = re.compile(rb"[-+.0-9][0-9.]*\Z")
_TJ_PART = re.compile(rb"<([0-9A-Fa-f\s]*)>|([-+]?[0-9.]+)")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_LANG = re.compile(rb"/Lang\s*\(([^)]*)\)")
_TYPE = re.compile(rb"/Type\s*/(\w+)")


def scan(data: bytes, *, glyphs: bool = False) -> Scan:
    """Scan a file.

    Args:
        glyphs: whether text marks say where each of their glyphs stands.

    Raises:
        pikepdf.PdfError: if it is not a PDF file that can be opened.
    """
    pdf = pikepdf.open(io.BytesIO(data))
    fonts: dict[tuple[int, int], ReadFont] = {}
    pages = [_scan_page(index, page, fonts, glyphs) for index, page in enumerate(pdf.pages)]
    return Scan(pdf, pages, fonts)


def _scan_page(
    index: int, page: pikepdf.Page, fonts: dict[tuple[int, int], ReadFont], glyphs: bool
) -> ScannedPage:
    scanned = ScannedPage(index, page, page.label)
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    contents = page.obj.get("/Contents")
    if contents is None:
        return scanned
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams)
    _Interpreter(scanned, resources, fonts, glyphs).run(data)
    return scanned


_NO_GLYPHS: tuple[Glyph, ...] = ()

DEEPEST = 20
"""Forms inside forms beyond this depth are taken for a circle."""

_DEVICE = {
    b"g": ("fill", "DeviceGray"), b"G": ("stroke", "DeviceGray"), b"rg": ("fill", "DeviceRGB"),
    b"RG": ("stroke", "DeviceRGB"), b"k": ("fill", "DeviceCMYK"), b"K": ("stroke", "DeviceCMYK"),
}  # fmt: skip
_PAINTS = {
    b"f": ("fill",), b"F": ("fill",), b"f*": ("fill",), b"S": ("stroke",), b"s": ("stroke",),
    b"B": ("fill", "stroke"), b"B*": ("fill", "stroke"), b"b": ("fill", "stroke"), b"b*": ("fill", "stroke"),
    b"n": (),
}  # fmt: skip


class _Interpreter:
    """Runs one content stream."""

    def __init__(
        self,
        page: ScannedPage,
        resources: pikepdf.Object,
        fonts: dict[tuple[int, int], ReadFont],
        glyphs: bool,
    ) -> None:
        self.page = page
        self.wants_glyphs = glyphs
        self.state = GraphicsState()
        self.stack: list[GraphicsState] = []
        self.sections: list[Section] = []
        self.paths: list[list[Point]] = []
        self.text: Matrix = IDENTITY
        self.known_fonts = fonts
        self.counts: dict[bytes, int] = {}
        self.depth = 0
        self._use(resources)

    def _use(self, resources: pikepdf.Object) -> None:
        self.resources = resources
        self.fonts = fonts_of(resources, self.known_fonts)
        self.states = resources.get("/ExtGState", pikepdf.Dictionary())
        self.spaces = resources.get("/ColorSpace", pikepdf.Dictionary())
        self.objects = resources.get("/XObject", pikepdf.Dictionary())

    def run(self, data: bytes) -> None:
        """Run a page's stream."""
        self._execute(data)
        self.page.operators = {key.decode("latin-1"): self.counts[key] for key in sorted(self.counts)}
        if self.stack:
            self.page.faults.append("q without Q")
        if self.sections:
            self.page.faults.append("BDC without EMC")

    def _execute(self, data: bytes) -> None:
        operands: list[bytes] = []
        counts = self.counts
        for token in _TOKEN.findall(data):
            if token[0] in _OPERAND or token in _CONSTANTS:
                operands.append(token)
            elif token[0] != _COMMENT:
                counts[token] = counts.get(token, 0) + 1
                try:
                    self._operate(token, operands)
                except (ValueError, IndexError, KeyError) as problem:
                    self.page.faults.append(f"{token.decode('latin-1')}: {problem!r}")
                operands = []

    def _operate(self, operator: bytes, operands: list[bytes]) -> None:
        action = _ACTIONS.get(operator)
        if action is not None:
            action(self, operands)
        elif operator in _DEVICE:
            side, space = _DEVICE[operator]
            self._set_ink(side, Ink(space, tuple(float(v) for v in operands)))
        elif operator in _PAINTS:
            self._paint(operator)

    def _set_ink(self, side: str, ink: Ink) -> None:
        setattr(self.state, side, ink)
        setattr(self.state, side + "_space", ink.space)
        self.page.inks[ink] = None

    # ---- paths -------------------------------------------------------------------------------------------------

    def _rectangle(self, operands: list[bytes]) -> None:
        x, y, width, height = (float(v) for v in operands)
        self.paths.append([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])

    def _move(self, operands: list[bytes]) -> None:
        self.paths.append([(float(operands[0]), float(operands[1]))])

    def _line(self, operands: list[bytes]) -> None:
        self.paths[-1].append((float(operands[0]), float(operands[1])))

    def _curve(self, operands: list[bytes]) -> None:
        x1, y1, x2, y2, x3, y3 = map(float, operands)
        path = self.paths[-1]
        path += flattened(path[-1], (x1, y1), (x2, y2), (x3, y3))

    def _curve_from_here(self, operands: list[bytes]) -> None:
        x2, y2, x3, y3 = map(float, operands)
        path = self.paths[-1]
        path += flattened(path[-1], path[-1], (x2, y2), (x3, y3))

    def _curve_to_there(self, operands: list[bytes]) -> None:
        x1, y1, x3, y3 = map(float, operands)
        path = self.paths[-1]
        path += flattened(path[-1], (x1, y1), (x3, y3), (x3, y3))

    def _close_path(self, _: list[bytes]) -> None:
        self.paths[-1].append(self.paths[-1][0])

    def _paint(self, operator: bytes) -> None:
        sides = _PAINTS[operator]
        paths, self.paths = self.paths, []
        if not sides or not paths:
            return
        outline = tuple(placed(path, self.state.matrix) for path in paths)
        points = [point for path in outline for point in path]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        width = self.state.width * scale_of(self.state.matrix)
        for side in sides:
            self._add("fill" if side == "fill" else "stroke", box, width, "", "", operator, side, outline)

    def _add(
        self, kind: Kind, box: Box, size: Pt, text: str, name: str, operator: bytes, side: str = "fill",
        outline: Outline = (), origin: Point = (0.0, 0.0), glyphs: tuple[Glyph, ...] = (),
    ) -> None:  # fmt: skip
        state = self.state
        fill = side == "fill"
        self.page.marks.append(
            Mark(
                self.page.index, kind, box, state.fill if fill else state.stroke, size, text, tuple(self.sections),
                state.fill_overprint if fill else state.stroke_overprint,
                (state.fill_alpha if fill else state.stroke_alpha) * state.group_alpha,
                name, operator.decode("latin-1"), outline, origin, glyphs,
            )
        )  # fmt: skip

    # ---- text --------------------------------------------------------------------------------------------------

    def _show(self, operands: list[bytes]) -> None:
        state, array = self.state, operands[-1]
        font = self.fonts.get(state.font)
        if font is None:
            raise KeyError(state.font)
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
            self._add("text", box, em, "".join(text), state.font, b"TJ", origin=origin, glyphs=glyphs)
        self.text = compose((1, 0, 0, 1, width, 0), self.text)

    def _read(self, array: bytes, font: ReadFont) -> tuple[list[str], list[Mille], list[Mille], Mille]:
        """Return what an array shows: the text, start and width of each glyph, and where the pen stands behind it."""
        text: list[str] = []
        starts: list[Mille] = []
        widths: list[Mille] = []
        pen = 0.0
        spacing = self.state.spacing * 1000 / self.state.size if self.state.size else 0.0
        text_of, width_of, default = font.text.get, font.widths.get, font.default
        for hexadecimal, move in _TJ_PART.findall(array):
            if move:
                pen -= float(move)
                continue
            codes = _codes(hexadecimal)
            for code in codes:
                width = width_of(code, default)
                text.append(text_of(code, ""))
                starts.append(pen)
                widths.append(width)
                pen += width + spacing
            font.used.update(dict.fromkeys(codes))
        return text, starts, widths, pen

    def _set_font(self, operands: list[bytes]) -> None:
        self.state.font, self.state.size = operands[0][1:].decode("latin-1"), float(operands[1])

    def _set_text_matrix(self, operands: list[bytes]) -> None:
        a, b, c, d, e, f = (float(v) for v in operands)
        self.text = (a, b, c, d, e, f)

    # ---- the rest ----------------------------------------------------------------------------------------------

    def _save(self, _: list[bytes]) -> None:
        self.stack.append(self.state.copy())

    def _restore(self, _: list[bytes]) -> None:
        self.state = self.stack.pop()

    def _concatenate(self, operands: list[bytes]) -> None:
        a, b, c, d, e, f = (float(v) for v in operands)
        self.state.matrix = compose((a, b, c, d, e, f), self.state.matrix)

    def _general(self, operands: list[bytes]) -> None:
        state = self.states[operands[0].decode("latin-1")]
        if "/OP" in state:
            self.state.stroke_overprint = self.state.fill_overprint = bool(state.OP)
        if "/op" in state:
            self.state.fill_overprint = bool(state.op)
        self.state.fill_alpha = float(state.get("/ca", self.state.fill_alpha))
        self.state.stroke_alpha = float(state.get("/CA", self.state.stroke_alpha))

    def _space(self, side: str, operands: list[bytes]) -> None:
        name = operands[0].decode("latin-1")
        found = self.spaces.get(name)
        if found is None:
            self.state.__setattr__(side + "_space", name[1:])
        elif isinstance(found, pikepdf.Array) and found[0] == pikepdf.Name.Separation:
            self.state.__setattr__(side + "_space", str(found[1])[1:])
        else:
            kind = found[0] if isinstance(found, pikepdf.Array) else found
            self.state.__setattr__(side + "_space", str(kind)[1:])

    def _tint(self, side: str, operands: list[bytes]) -> None:
        values = tuple(float(v) for v in operands if _NUMBER.match(v))
        self._set_ink(side, Ink(getattr(self.state, side + "_space"), values))

    def _draw(self, operands: list[bytes]) -> None:
        name = operands[0].decode("latin-1")
        drawn = self.objects[name]
        if drawn.get("/Subtype") == pikepdf.Name.Image:
            self._add("image", bounds_of(self.state.matrix, 0, 0, 1, 1), 0.0, "", name, b"Do")
        elif self.depth < DEEPEST:
            self._draw_form(drawn)
        else:
            raise ValueError("forms that draw each other")

    def _draw_form(self, form: pikepdf.Object) -> None:
        """Run a form's stream in its own axes and resources; a transparency group starts opaque (11.6.6)."""
        outer, resources = self.state.copy(), self.resources
        a, b, c, d, e, f = (float(v) for v in form.get("/Matrix", pikepdf.Array(IDENTITY)))
        self.state.matrix = compose((a, b, c, d, e, f), self.state.matrix)
        if "/Group" in form:
            self.state.group_alpha *= self.state.fill_alpha
            self.state.fill_alpha = self.state.stroke_alpha = 1.0
        self._use(form.get("/Resources", resources))
        self.depth += 1
        self._execute(form.read_bytes())
        self.depth -= 1
        self._use(resources)
        self.state = outer

    def _begin(self, operands: list[bytes]) -> None:
        tag = operands[0][1:].decode("latin-1")
        entries = operands[1] if len(operands) > 1 else b""
        mcid, kind, lang = _MCID.search(entries), _TYPE.search(entries), _LANG.search(entries)
        section = Section(
            tag,
            int(mcid[1]) if mcid else None,
            kind[1].decode("latin-1") if kind and tag == "Artifact" else None,
            lang[1].decode("latin-1") if lang else None,
        )
        self.sections.append(section)
        self.page.sections.append(section)

    def _end(self, _: list[bytes]) -> None:
        self.sections.pop()


def _codes(hexadecimal: bytes) -> tuple[int, ...]:
    """Return the codes of a string, two bytes each.

    Raises:
        ValueError: for half a code.
    """
    data = bytes.fromhex(hexadecimal.decode("ascii"))
    if len(data) % 2:
        raise ValueError("a string that ends in half a code")
    return struct.unpack(f">{len(data) // 2}H", data)


_ACTIONS = {
    b"q": _Interpreter._save,
    b"Q": _Interpreter._restore,
    b"cm": _Interpreter._concatenate,
    b"gs": _Interpreter._general,
    b"re": _Interpreter._rectangle,
    b"m": _Interpreter._move,
    b"l": _Interpreter._line,
    b"h": _Interpreter._close_path,
    b"c": _Interpreter._curve,
    b"v": _Interpreter._curve_from_here,
    b"y": _Interpreter._curve_to_there,
    b"w": lambda self, operands: setattr(self.state, "width", float(operands[0])),
    b"Ts": lambda self, operands: setattr(self.state, "rise", float(operands[0])),
    b"Tc": lambda self, operands: setattr(self.state, "spacing", float(operands[0])),
    b"Tr": lambda self, operands: setattr(self.state, "mode", int(operands[0])),
    b"Tf": _Interpreter._set_font,
    b"BT": lambda self, _: setattr(self, "text", IDENTITY),
    b"Tm": _Interpreter._set_text_matrix,
    b"TJ": _Interpreter._show,
    b"Tj": _Interpreter._show,
    b"cs": lambda self, operands: self._space("fill", operands),
    b"CS": lambda self, operands: self._space("stroke", operands),
    b"sc": lambda self, operands: self._tint("fill", operands),
    b"scn": lambda self, operands: self._tint("fill", operands),
    b"SC": lambda self, operands: self._tint("stroke", operands),
    b"SCN": lambda self, operands: self._tint("stroke", operands),
    b"Do": _Interpreter._draw,
    b"BDC": _Interpreter._begin,
    b"BMC": _Interpreter._begin,
    b"EMC": _Interpreter._end,
}
