"""Barcodes for covers and pages, by ReportLab: EAN-13 with its add-on (ISBN, ISSN) and QR, in black ink alone."""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias

from reportgen.base.diagnostics import Faults, Place, Result
from reportgen.base.frame import Frame, Placed, Shape
from reportgen.base.functions import library
from reportgen.base.style import Style
from reportgen.base.units import Pt
from reportgen.base.writing_systems import LATIN_ELSEWHERE
from reportgen.text.itemize import TextSetting

Kind: TypeAlias = Literal["EAN13", "QR"]
MODULE: Pt = 0.33 / 25.4 * 72
"""Width of the narrowest bar of an EAN at its nominal size, 0.33 mm (ISO/IEC 15420)."""
_SMALLEST, _LARGEST = 0.8, 2.0
"""The magnifications that ISO/IEC 15420 allows."""
_QUIET = {"EAN13": (11, 7), "EAN5": (7, 5)}
"""Modules of white at the left and the right of a symbol; between a symbol and its add-on the wider counts."""
_MODULES = {"EAN13": 95, "EAN5": 47}
_LONGEST = 500
"""Bytes of a QR code: one of more needs cells too small to be read from a page."""


def barcode(
    kind: Kind,
    value: str,
    style: Style,
    setting: TextSetting,
    *,
    add_on: str = "",
    size: float = 1.0,
    place: Place | None = None,
) -> Result[Frame | None]:
    """Return a barcode as a frame with its quiet zones; its digits are set in the document's sans.

    Args:
        value: the 13 digits of an EAN (ISBN, ISSN; hyphens and spaces are passed over), the text of a QR code.
        add_on: the five digits to the right of an EAN.
        size: magnification of an EAN, 0.8 to 2; of a QR code, whose nominal width is 24 mm.
        place: where the value is written, for diagnostics.

    Diagnostics: digits that are no EAN, a wrong check digit, a size or a length that no scanner reads.

    Raises:
        Refused: if ReportLab is not installed.
    """
    faults = Faults()
    digits = re.sub("[- ]", "", value)
    if not _SMALLEST <= size <= _LARGEST:
        faults.error("wrong-value", f"the barcode's size is {size:g}", place, "write a number from 0.8 to 2")
    if kind == "QR":
        if not 0 < len(value.encode()) <= _LONGEST:
            message = f"the text of the QR code has {len(value.encode())} bytes, not 1 to {_LONGEST}"
            faults.error("wrong-value", message, place, "write a short address")
    else:
        _check_ean(value, digits, add_on, faults, place)
    if faults.refused:
        return faults.result(None)
    library("reportlab")
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    from reportgen.charts.reportlab_drawing import record_drawing

    if kind == "QR":
        side = 24 / 25.4 * 72 * size
        drawing = Drawing(side, side)
        drawing.add(QrCodeWidget(value, barWidth=side, barHeight=side, barLevel="M"))
    else:
        drawing = _ean(digits, add_on, MODULE * size)
    frame = faults.take(record_drawing(drawing, style, setting, LATIN_ELSEWHERE))
    return faults.result(_joined(frame))


def _check_ean(value: str, digits: str, add_on: str, faults: Faults, place: Place | None) -> None:
    if not re.fullmatch("[0-9]{13}", digits):
        hint = "write it as 978-7-5130-8923-4"
        faults.error("wrong-value", f"{value} is not the 13 digits of an EAN", place, hint)
        return
    check = -sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits[:12])) % 10
    if int(digits[12]) != check:
        message = f"{value} ends in {digits[12]}, and its check digit is {check}"
        faults.error("wrong-value", message, place, "copy the number anew")
    if add_on and not re.fullmatch("[0-9]{5}", add_on):
        faults.error("wrong-value", f"the add-on {add_on} is not five digits", place, "write it as 52999")


def _ean(digits: str, add_on: str, module: Pt) -> Any:
    from reportlab.graphics.barcode.eanbc import Ean5BarcodeWidget, Ean13BarcodeWidget
    from reportlab.graphics.shapes import Drawing

    height = 22.85 / 0.33 * module
    look = {"barWidth": module, "barHeight": height, "fontSize": 8 * module / MODULE}
    left, right = _QUIET["EAN13"]
    parts = [Ean13BarcodeWidget(digits, lquiet=0, rquiet=0, x=left * module, **look)]
    modules = left + _MODULES["EAN13"] + right
    if add_on:
        gap, end = _QUIET["EAN5"]
        start = modules - right + max(gap, right)
        parts.append(Ean5BarcodeWidget(add_on, lquiet=0, rquiet=0, x=start * module, **look))
        modules = start + _MODULES["EAN5"] + end
    width = modules * module
    drawing = Drawing(width, height)
    for part in parts:
        drawing.add(part)
    return drawing


def _joined(frame: Frame) -> Frame:
    """Return a frame with all its bars as one shape, between whose parts no reader shows seams."""
    bars = [mark.item for mark in frame.items if isinstance(mark.item, Shape)]
    words = (mark for mark in frame.items if not isinstance(mark.item, Shape))
    whole = Shape(tuple(segment for bar in bars for segment in bar.path), bars[0].fill)
    return Frame(frame.width, frame.height, (Placed(0.0, 0.0, whole), *words))
