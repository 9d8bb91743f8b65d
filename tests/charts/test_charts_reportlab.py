"""A recorded drawing of ReportLab's looks like ReportLab's own picture of it, in the document's fonts and inks."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

import chart_drawings as gallery
import numpy as np
import pikepdf
import pytest
import zxingcpp
from chart_drawings import DRAWINGS, INK, PLAIN, drawing_of, page_of, painted_as_a_page, picture, wordless
from chart_replay import difference
from chart_setting import FONTS, LANG, SETTING, STYLE
from reportlab.graphics.shapes import DirectDraw, Drawing, Group, Image, Rect, String
from reportlab.lib.colors import CMYKColor, Color, black, red

from reportgen.base.diagnostics import Severity, unwrap
from reportgen.base.frame import Frame, GlyphRun, Placed, Shape
from reportgen.base.frame import Image as Picture
from reportgen.charts.barcodes import barcode
from reportgen.charts.inks import Inks
from reportgen.charts.reportlab_drawing import HAIRLINE, record_drawing
from reportgen.pdf.profile import press

TOLERANCE = 0.001
"""How unlike the pictures may be, as mean difference and as share of places that differ clearly: the same reader paints
both, so that only roundings are left."""


def recorded(drawing: Any, style: Any = STYLE) -> Frame:
    return unwrap(record_drawing(drawing, style, SETTING, LANG))


def shapes_of(frame: Frame) -> list[Shape]:
    return [mark.item for mark in frame.items if isinstance(mark.item, Shape)]


def runs_of(frame: Frame) -> list[tuple[Placed, GlyphRun]]:
    return [(mark, mark.item) for mark in frame.items if isinstance(mark.item, GlyphRun)]


def ours(name: str) -> Any:
    return painted_as_a_page(wordless(recorded(DRAWINGS[name](), PLAIN)))


def alike(one: Any, other: Any) -> bool:
    return one.shape == other.shape and max(difference(one, other)) <= TOLERANCE


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_recorded_drawing_looks_as_reportlab_paints_it(name: str) -> None:
    picture, theirs = ours(name), gallery.painted_by_reportlab(DRAWINGS[name](), 2)
    assert picture.min() < 128
    assert alike(picture, theirs), difference(picture, theirs)


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_comparison_sees_another_drawing_and_a_shift(name: str) -> None:
    names = list(DRAWINGS)
    other = names[(names.index(name) + 1) % len(names)]
    picture = ours(name)
    assert not alike(picture, gallery.painted_by_reportlab(DRAWINGS[other](), 2))
    assert not alike(picture, np.roll(picture, 6, axis=(0, 1)))


def test_text_is_set_in_the_documents_faces() -> None:
    words = [("Helvetica", "NotoSansSC-Regular"), ("Helvetica-Bold", "NotoSansSC-Bold"),
             ("Times-Roman", "SourceSerif4-Regular"), ("Times-Italic", "SourceSerif4-Italic"),
             ("Courier", "NotoSansSC-Regular")]  # fmt: skip
    for font, face in words:
        (_, run), *_ = runs_of(recorded(drawing_of(String(10, 10, "Word", fontName=font))))
        assert (run.face, run.text, run.lang) == (face, "Word", "en")


@pytest.mark.parametrize(("anchor", "share"), [("start", 0.0), ("middle", 0.5), ("end", 1.0)])
def test_text_is_anchored_by_its_width_in_the_document(anchor: str, share: float) -> None:
    (mark, run), *_ = runs_of(recorded(drawing_of(String(100, 30, "Wide words", textAnchor=anchor))))
    assert mark.x == pytest.approx(100 - share * run.width, abs=0.01)
    assert mark.y == pytest.approx(gallery.HEIGHT - 30)


def test_numbers_are_anchored_at_their_point() -> None:
    whole = runs_of(recorded(drawing_of(String(0, 30, "1,234"))))[0][1].width
    (mark, _), *_ = runs_of(recorded(drawing_of(String(100, 30, "1,234.5", textAnchor="numeric"))))
    assert mark.x == pytest.approx(100 - whole, abs=0.01)


def test_text_turns_and_grows_with_its_group() -> None:
    group = Group(String(0, 0, "Word", fontSize=10), transform=(0, 2, -2, 0, 50, 20))
    (mark, run), *_ = runs_of(recorded(drawing_of(group)))
    assert (run.angle, run.size) == (pytest.approx(90), pytest.approx(20))
    assert (mark.x, mark.y) == (50, gallery.HEIGHT - 20)


def test_a_character_without_a_glyph_is_an_error() -> None:
    result = record_drawing(drawing_of(String(0, 0, "🦀")), STYLE, SETTING, LANG)
    (fault,) = result.errors
    assert "U+1F980" in fault.message


def test_inks_stay_and_light_becomes_ink() -> None:
    own = STYLE.colors["blue"]
    nodes = [
        Rect(0, 0, 9, 9, fillColor=color, strokeColor=None)
        for color in (
            INK,
            black,
            Color(*Inks.of(STYLE).rgb("blue")),
            CMYKColor(*own.cmyk),
            CMYKColor(0, 0, 0, 0.3),
        )
    ]
    fills = [shape.fill for shape in shapes_of(recorded(drawing_of(*nodes)))]
    assert fills[0] is not None
    assert fills[0].cmyk == (1, 0.6, 0, 0.1)
    assert fills[1] is not None
    assert fills[1].cmyk[:3] == (0, 0, 0)
    assert (fills[2], fills[3]) == (own, own)
    assert fills[4] is not None
    assert fills[4].cmyk == (0, 0, 0, 0.3)


def test_a_density_thins_an_ink() -> None:
    (shape,) = shapes_of(
        recorded(
            drawing_of(Rect(0, 0, 9, 9, fillColor=CMYKColor(1, 0.5, 0, 0, density=0.5), strokeColor=None))
        )
    )
    assert shape.fill is not None
    assert shape.fill.cmyk == (0.5, 0.25, 0, 0)


def test_a_colour_that_is_no_ink_is_a_warning() -> None:
    result = record_drawing(drawing_of(Rect(0, 0, 9, 9, fillColor=red)), STYLE, SETTING, LANG)
    assert [d.severity for d in result.diagnostics] == [Severity.WARNING]
    assert "#ff0000 is none of the style's inks" in result.diagnostics[0].message


def test_a_line_without_width_is_a_hairline() -> None:
    (shape,) = shapes_of(recorded(drawing_of(Rect(0, 0, 9, 9, fillColor=None, strokeWidth=0))))
    assert shape.stroke is not None
    assert shape.stroke.width == HAIRLINE


def test_what_has_no_paint_leaves_no_mark() -> None:
    unseen = Rect(0, 0, 9, 9, fillColor=Color(0, 0, 0, alpha=0), strokeColor=None)
    assert recorded(drawing_of(unseen, String(0, 0, ""))).items == ()


def test_a_picture_keeps_its_alpha_for_the_writer_to_flatten() -> None:
    see_through = picture()
    see_through.putalpha(100)
    (mark,) = recorded(drawing_of(Image(0, 0, 80, 40, see_through))).items
    assert isinstance(mark.item, Picture)
    assert (mark.item.mode, mark.item.alpha) == ("RGB", bytes([100]) * 32)
    (mark,) = recorded(drawing_of(Image(0, 0, 80, 40, picture("RGB").convert("CMYK")))).items
    assert isinstance(mark.item, Picture)
    assert mark.item.mode == "CMYK"


def test_what_cannot_be_recorded_is_an_error() -> None:
    found = record_drawing(
        drawing_of(DirectDraw(), Image(0, 0, 9, 9, "no such file.png")), STYLE, SETTING, LANG
    )
    assert [d.rule for d in found.errors] == ["unfit-shape", "unreadable-file"]


def test_press_pages_of_drawings_hold_no_light() -> None:
    everything = Drawing(400, 300)
    for name in ("opacity", "image", "stretched", "ean"):
        for node in DRAWINGS[name]().contents:
            everything.add(node)
    everything.add(String(20, 20, "Words"))
    data = page_of(recorded(everything), press())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        operators = {str(i.operator) for i in pikepdf.parse_content_stream(pdf.pages[0])}
        assert not operators & {"rg", "RG", "g", "G"}
        assert "k" in operators
        assert {str(image.ColorSpace) for image in pdf.pages[0].get_images().values()} == {"/DeviceCMYK"}


# ---- barcodes -------------------------------------------------------------------------------------------------


def read_back(frame: Frame) -> list[tuple[str, str]]:
    picture = painted_as_a_page(frame, scale=4).astype(np.uint8)
    found = zxingcpp.read_barcodes(picture, ean_add_on_symbol=zxingcpp.EanAddOnSymbol.Read)
    return [(str(code.format).partition(".")[2] or str(code.format), code.text) for code in found]


def made(kind: Any, value: str, **options: Any) -> Frame:
    frame = unwrap(barcode(kind, value, STYLE, SETTING, **options))
    assert frame is not None
    return frame


@pytest.mark.parametrize("size", [0.8, 1.0, 2.0])
def test_an_isbn_is_read_from_its_picture(size: float) -> None:
    ((_, text),) = read_back(made("EAN13", "978-7-5130-8923-4", size=size))
    assert text == "9787513089234"


def test_an_add_on_is_read_with_its_isbn() -> None:
    ((_, text),) = read_back(made("EAN13", "9787513089234", add_on="52999"))
    assert text.replace(" ", "") == "978751308923452999"


@pytest.mark.parametrize("size", [0.8, 1.0, 2.0])
def test_an_ean_keeps_its_quiet_zones(size: float) -> None:
    """Eleven modules at the left, seven at the right (ISO/IEC 15420, 4.3.4)."""
    frame = made("EAN13", "9787513089234", size=size)
    (shape,) = shapes_of(frame)
    xs = [float(segment[1]) for segment in shape.path if segment[0] in "ml"]
    module = 0.33 / 25.4 * 72 * size
    assert min(xs) == pytest.approx(11 * module, abs=0.01)
    assert frame.width - max(xs) == pytest.approx(7 * module, abs=0.01)


@pytest.mark.parametrize("text", ["https://example.org/report", "专利洞察", "x" * 500])
def test_a_qr_code_is_read_from_its_picture(text: str) -> None:
    ((_, found),) = read_back(made("QR", text, size=2.0))
    assert found == text


def test_barcodes_are_one_shape_in_black_ink_alone() -> None:
    for frame in (made("EAN13", "9787513089234", add_on="52999"), made("QR", "https://example.org")):
        (shape,) = shapes_of(frame)
        assert shape.fill is not None
        assert shape.fill.cmyk == (0, 0, 0, 1)
        assert all(run.color.cmyk == (0, 0, 0, 1) and run.face in FONTS.faces for _, run in runs_of(frame))


@pytest.mark.parametrize(
    ("kind", "value", "options", "said"),
    [
        ("EAN13", "9787513089231", {}, "9787513089231 ends in 1, and its check digit is 4"),
        ("EAN13", "97875130892", {}, "is not the 13 digits of an EAN"),
        ("EAN13", "isbn", {}, "is not the 13 digits of an EAN"),
        ("EAN13", "9787513089234", {"add_on": "5"}, "the add-on 5 is not five digits"),
        ("EAN13", "9787513089234", {"size": 0.5}, "the barcode's size is 0.5"),
        ("QR", "", {}, "has 0 bytes"),
        ("QR", "x" * 501, {}, "has 501 bytes"),
    ],
)
def test_a_barcode_that_no_scanner_reads_is_refused(kind: Any, value: str, options: Any, said: str) -> None:
    (fault,) = barcode(kind, value, STYLE, SETTING, **options).errors
    assert said in fault.message
    assert fault.hints


def test_a_barcode_imports_no_matplotlib() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests/charts')\n"
        "from chart_setting import SETTING, STYLE\n"
        "from reportgen.charts.barcodes import barcode\n"
        "assert barcode('QR', 'x', STYLE, SETTING).ok\n"
        "print('reportlab' in sys.modules, 'matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "False"]
