"""What a printer finds outside the bleed: crop and registration marks, colour bar, slug line."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.base.color import Color
from reportgen.base.frame import Frame, GlyphRun, Page, Path, Placed, Shape, Stroke
from reportgen.base.units import Pt, mm
from reportgen.base.writing_systems import LATIN_ELSEWHERE
from reportgen.pdf.profile import MARKS_WIDTH, PressOptions
from reportgen.text.faces import Face, FontBook

REGISTRATION_COLOR = Color((1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0), "registration", spot="All")
"""A mark in it prints on every plate (ISO 32000-1, 8.6.6.4)."""

THIN = Stroke(REGISTRATION_COLOR, 0.25)
FOLD = Stroke(REGISTRATION_COLOR, 0.25, dashes=(2.0, 2.0))
GAP: Pt = mm(1)
CROP_LENGTH: Pt = mm(6)
CROSS_RADIUS: Pt = mm(2)
PATCH: Pt = mm(4)
SLUG_SIZE: Pt = 6.0
_KAPPA = 0.5523
_PATCHES = (
    (1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0),
    (0.5, 0.0, 0.0, 0.0), (0.0, 0.5, 0.0, 0.0), (0.0, 0.0, 0.5, 0.0), (0.0, 0.0, 0.0, 0.5),
    (1.0, 1.0, 0.0, 0.0), (1.0, 0.0, 1.0, 0.0), (0.0, 1.0, 1.0, 0.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A press page: the trimmed size, the bleed around it, the margin from trim to the edge of the paper, the folds."""

    width: Pt
    height: Pt
    bleed: Pt
    margin: Pt
    folds: tuple[Pt, ...] = ()


def sheet_of(page: Page, bleed: Pt, options: PressOptions) -> Sheet:
    """Return the sheet that a page needs."""
    kept = bleed if options.bleed is None else min(bleed, options.bleed)
    margin = kept + (MARKS_WIDTH if options.has_marks else 0.0)
    return Sheet(page.frame.width, page.frame.height, kept, margin, page.folds)


def marks_of(sheet: Sheet, options: PressOptions, slug: str, book: FontBook) -> Frame:
    """Return the marks, measured from the trim's top left corner."""
    items: list[Placed] = []
    if options.crop_marks:
        items += [_line(path) for path in _crop_marks(sheet)]
        items += [_line(path, FOLD) for path in _fold_marks(sheet)]
    if options.registration_marks:
        for x, y in _middles(sheet):
            items += _cross(x, y)
    if options.color_bar:
        items += _color_bar(sheet, options)
    if options.slug and slug:
        items += _slug(sheet, slug, book)
    return Frame(sheet.width, sheet.height, tuple(items))


def _line(path: Path, stroke: Stroke = THIN) -> Placed:
    return Placed(0, 0, Shape(path, stroke=stroke), artifact="Page")


def _fold_marks(sheet: Sheet) -> list[Path]:
    start, end = sheet.bleed + GAP, sheet.bleed + GAP + CROP_LENGTH
    ends = ((-start, -end), (sheet.height + start, sheet.height + end))
    return [(("m", x, y0), ("l", x, y1)) for x in sheet.folds for y0, y1 in ends]


def _crop_marks(sheet: Sheet) -> list[Path]:
    start, end = sheet.bleed + GAP, sheet.bleed + GAP + CROP_LENGTH
    paths: list[Path] = []
    for x, outwards in ((0.0, -1), (sheet.width, 1)):
        for y, down in ((0.0, -1), (sheet.height, 1)):
            paths.append((("m", x, y + down * start), ("l", x, y + down * end)))
            paths.append((("m", x + outwards * start, y), ("l", x + outwards * end, y)))
    return paths


def _middles(sheet: Sheet) -> list[tuple[Pt, Pt]]:
    """Return the centres of the four registration marks, out of the way of fold marks."""
    out = sheet.bleed + MARKS_WIDTH / 2
    across, down = sheet.width / (4 if sheet.folds else 2), sheet.height / 2
    return [(across, -out), (across, sheet.height + out), (-out, down), (sheet.width + out, down)]


def _cross(x: Pt, y: Pt) -> list[Placed]:
    reach, r = CROSS_RADIUS * 1.6, CROSS_RADIUS
    k = r * _KAPPA
    circle: Path = (
        ("m", x + r, y), ("c", x + r, y + k, x + k, y + r, x, y + r), ("c", x - k, y + r, x - r, y + k, x - r, y),
        ("c", x - r, y - k, x - k, y - r, x, y - r), ("c", x + k, y - r, x + r, y - k, x + r, y), ("h",),
    )  # fmt: skip
    return [
        _line((("m", x - reach, y), ("l", x + reach, y))),
        _line((("m", x, y - reach), ("l", x, y + reach))),
        _line(circle),
    ]


def _color_bar(sheet: Sheet, options: PressOptions) -> list[Placed]:
    """Return patches of each ink, whole and half, their overprints and the spot inks, at the right of the head."""
    colors = [Color(cmyk, (0.5, 0.5, 0.5)) for cmyk in _PATCHES]
    colors += [Color(ink.cmyk, (0.5, 0.5, 0.5), spot=ink.name) for ink in options.spots]
    top = -sheet.bleed - MARKS_WIDTH / 2 - PATCH / 2
    left = sheet.width / 2 + mm(8)
    box: Path = (("m", 0, 0), ("l", PATCH, 0), ("l", PATCH, PATCH), ("l", 0, PATCH), ("h",))
    fitting = int((sheet.width - left - mm(2)) // PATCH)
    return [
        Placed(left + i * PATCH, top, Shape(box, fill=color), artifact="Page")
        for i, color in enumerate(colors[: max(fitting, 0)])
    ]


def _slug(sheet: Sheet, text: str, book: FontBook) -> list[Placed]:
    """Return the slug line at the left of the foot, in the face that has most of its characters, on every plate."""
    faces = sorted(book.faces.values(), key=lambda face: (-_known(face, text), face.key))
    if not faces:
        return []
    face = faces[0]
    glyphs = [(char, glyph) for char in text if (glyph := face.glyph_of(char))]
    run = GlyphRun(
        face.key, SLUG_SIZE, tuple(g for _, g in glyphs), tuple(face.advance_of(g) for _, g in glyphs),
        tuple(char for char, _ in glyphs), REGISTRATION_COLOR, LATIN_ELSEWHERE,
    )  # fmt: skip
    return [Placed(mm(3), sheet.height + sheet.bleed + MARKS_WIDTH / 2 + SLUG_SIZE / 3, run, artifact="Page")]


def _known(face: Face, text: str) -> int:
    return sum(face.glyph_of(char) is not None for char in text)
