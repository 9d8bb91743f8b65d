"""The operators of a content stream, all of ISO 32000-1, annex A, but those of Type 3 fonts' own glyphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportgen.pdf.read.interpreter import ANY, Action, Interpreter, Operators
from reportgen.pdf.read.painted import Kind


def _set(name: str, read: Callable[[bytes], Any] = float) -> Action:
    return lambda self, operands: setattr(self.state, name, read(operands[0]))


def _ignore(_: Interpreter, __: list[bytes]) -> None:
    """What neither paints nor moves a mark, or only how its edge looks."""


def _with(action: Callable[[Interpreter, str, list[bytes]], None], which: str) -> Action:
    return lambda self, operands: action(self, which, operands)


def _painting(*sides: Kind, close: bool = False) -> Action:
    def paint(self: Interpreter, operands: list[bytes]) -> None:
        if close:
            self.close_path(operands)
        self.paint(sides)

    return paint


def _coloring(side: str, space: str) -> Action:
    return lambda self, operands: self.device(side, space, operands)


OPERATORS: Operators = {
    b"q": (0, Interpreter.save), b"Q": (0, Interpreter.restore), b"cm": (6, Interpreter.concatenate),
    b"gs": (1, Interpreter.general), b"w": (1, _set("width")), b"J": (1, _ignore), b"j": (1, _ignore),
    b"M": (1, _ignore), b"d": (2, _ignore), b"ri": (1, _ignore), b"i": (1, _ignore),
    b"re": (4, Interpreter.rectangle), b"m": (2, Interpreter.move), b"l": (2, Interpreter.line),
    b"c": (6, _with(Interpreter.curve, "")), b"v": (4, _with(Interpreter.curve, "first")),
    b"y": (4, _with(Interpreter.curve, "second")), b"h": (0, Interpreter.close_path),
    b"f": (0, _painting("fill")), b"F": (0, _painting("fill")), b"f*": (0, _painting("fill")),
    b"S": (0, _painting("stroke")), b"s": (0, _painting("stroke", close=True)),
    b"B": (0, _painting("fill", "stroke")), b"B*": (0, _painting("fill", "stroke")),
    b"b": (0, _painting("fill", "stroke", close=True)),
    b"b*": (0, _painting("fill", "stroke", close=True)),
    b"n": (0, _painting()), b"W": (0, Interpreter.clip), b"W*": (0, Interpreter.clip),
    b"g": (1, _coloring("fill", "DeviceGray")), b"G": (1, _coloring("stroke", "DeviceGray")),
    b"rg": (3, _coloring("fill", "DeviceRGB")), b"RG": (3, _coloring("stroke", "DeviceRGB")),
    b"k": (4, _coloring("fill", "DeviceCMYK")), b"K": (4, _coloring("stroke", "DeviceCMYK")),
    b"cs": (1, _with(Interpreter.space, "fill")), b"CS": (1, _with(Interpreter.space, "stroke")),
    b"sc": (ANY, _with(Interpreter.tint, "fill")), b"SC": (ANY, _with(Interpreter.tint, "stroke")),
    b"scn": (ANY, _with(Interpreter.tint, "fill")), b"SCN": (ANY, _with(Interpreter.tint, "stroke")),
    b"BT": (0, Interpreter.begin_text), b"ET": (0, _ignore), b"Tf": (2, Interpreter.set_font),
    b"Tc": (1, _set("spacing")), b"Ts": (1, _set("rise")), b"TL": (1, _set("leading")),
    b"Tr": (1, Interpreter.set_mode), b"Tz": (1, Interpreter.scale),
    b"Tw": (1, _ignore),  # codes of two bytes have no word space (ISO 32000-1, 9.3.3)
    b"Tm": (6, Interpreter.set_text_matrix), b"Td": (2, Interpreter.move_line),
    b"TD": (2, Interpreter.move_line_and_lead), b"T*": (0, Interpreter.next_line),
    b"TJ": (1, Interpreter.show), b"Tj": (1, Interpreter.show),
    b"'": (1, Interpreter.show_on_next_line), b'"': (3, Interpreter.show_on_next_line),
    b"Do": (1, Interpreter.draw), b"sh": (1, Interpreter.shading),
    b"BDC": (2, Interpreter.begin), b"BMC": (1, Interpreter.begin), b"EMC": (0, Interpreter.end),
    b"DP": (2, _ignore), b"MP": (1, _ignore), b"BX": (0, _ignore), b"EX": (0, _ignore),
}  # fmt: skip
