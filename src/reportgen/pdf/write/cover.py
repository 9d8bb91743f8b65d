"""Cover: back, spine and front of a book as one sheet, a press file of its own.

A cover is printed on heavier stock than the pages and wraps around them, so it is one wide page whose middle is as
broad as the book is thick.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportgen.base.color import BLACK, WHITE, Color, contrast_ratio
from reportgen.base.diagnostics import Result, error
from reportgen.base.frame import Element, Frame, GlyphRun, Group, Page, Path, Placed, Publication, Shape
from reportgen.base.units import Pt, mm
from reportgen.base.writing_systems import is_set_full_width
from reportgen.pdf.profile import Profile
from reportgen.pdf.write.file import write_pdf
from reportgen.text.faces import Face, FontBook

LEAST_SPINE: Pt = mm(5)
"""A narrower spine bears no text: it would slip round the edge when the book is bound."""

SPINE_TEXT_SHARE = 0.45
"""The size of the spine's text, as a share of its width …"""

LARGEST_SPINE_TEXT: Pt = 14.0
"""… but no larger than this."""

SPINE_HEAD: Pt = mm(20)
UPRIGHT = {"“": "『", "”": "』", "‘": "「", "’": "」"}
"""What stands for quotation marks in vertical Chinese text (GB/T 15834—2011, 5.2)."""

_BASELINE = 0.36
"""How far below the middle of a line its baseline lies, in ems, for capitals and Chinese characters alike."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a spine's width follows from.

    Attributes:
        leaf: the thickness of one leaf (two pages) of the paper: its weight in g/m² times its bulk in cm³/g gives µm.
        board: what the cover itself adds, its own thickness at both folds included.
    """

    leaf: Pt
    board: Pt = 0.0

    @classmethod
    def of_paper(cls, grammage: float, bulk: float, board: Pt = 0.0) -> Binding:
        """Return the binding of paper of so many g/m² and so many cm³/g."""
        return cls(mm(grammage * bulk / 1000), board)

    def spine(self, pages: int) -> Pt:
        """Return the width of the spine of a book of so many pages."""
        return -(-pages // 2) * self.leaf + self.board


def write_cover(
    publication: Publication, profile: Profile, fonts: FontBook, binding: Binding
) -> Result[bytes]:
    """Write the cover as a press file: its page is back, spine and front beside each other.

    The front is the publication's first page. The back is its last page if that has no folio, otherwise the front's
    ground alone. What the publication lets run on from its front runs over the spine and a back that is no page. The
    spine bears the title, if it is wide enough, on the front's ground.
    """
    if not publication.pages:
        return Result(
            b"",
            (
                error(
                    "report-no-pages", "the report has no pages", None, "check that its manuscript has text"
                ),
            ),
        )
    if not profile.is_press:
        return Result(
            b"", (error("cover-press-file", "a cover is a press file", None, "use the press profile"),)
        )
    inside = [p for p in publication.pages if p is not _front(publication) and p is not _back(publication)]
    width = binding.spine(-(-len(inside) // profile.options.signature) * profile.options.signature)
    page = Page(_spread(publication, fonts, width), "", "none", "recto")
    front = _front(publication).frame
    folds = (front.width, front.width + width)
    cover = replace(
        publication, pages=(page,), structure=Element("Document"), outline=(), attachments=(),
        metadata=replace(publication.metadata, identifier=f"{publication.metadata.identifier}.cover"),
    )  # fmt: skip
    options = replace(profile.options, signature=1, folds=folds)
    return write_pdf(cover, replace(profile, options=options), fonts)


def _front(publication: Publication) -> Page:
    return publication.pages[0]


def _back(publication: Publication) -> Page | None:
    last = publication.pages[-1]
    return last if len(publication.pages) > 1 and last.label_style == "none" and last.frame.items else None


def _spread(publication: Publication, fonts: FontBook, spine: Pt) -> Frame:
    front, back, bleed = _front(publication).frame, _back(publication), publication.bleed
    width, height = front.width, front.height
    ground = ground_of(front)
    whole = 2 * width + spine
    items: list[Placed] = []
    if ground is not None:
        items.append(Placed(-bleed, -bleed, Shape(_box(whole + 2 * bleed, height + 2 * bleed), fill=ground)))
    if back is not None:
        items.append(
            Placed(0, 0, Group(back.frame, clip=_box(width + bleed, height + 2 * bleed, -bleed, -bleed)))
        )
    if publication.wrap is not None:
        left = spine if back is not None else width + spine + bleed
        reach = _box(left, height + 2 * bleed, -left, -bleed)
        items.append(Placed(width + spine, 0, Group(publication.wrap, clip=reach)))
    items += _spine(publication, fonts, Frame(spine, height), width, ground)
    items.append(
        Placed(width + spine, 0, Group(front, clip=_box(width + bleed, height + 2 * bleed, 0, -bleed)))
    )
    return Frame(whole, height, tuple(items))


def _box(width: Pt, height: Pt, x: Pt = 0.0, y: Pt = 0.0) -> Path:
    return (("m", x, y), ("l", x + width, y), ("l", x + width, y + height), ("l", x, y + height), ("h",))


def ground_of(frame: Frame) -> Color | None:
    """Return the colour that fills a whole page, of the last such fill; None if there is none."""
    found: Color | None = None
    for placed in frame.items:
        if isinstance(placed.item, Shape) and placed.item.fill is not None and len(placed.item.path) == 5:
            xs = [placed.x + s[1] for s in placed.item.path if len(s) > 2]
            ys = [placed.y + s[2] for s in placed.item.path if len(s) > 2]
            if min(xs) <= 0 and min(ys) <= 0 and max(xs) >= frame.width and max(ys) >= frame.height:
                found = placed.item.fill
    return found


# ---- the spine --------------------------------------------------------------------------------------------------


def _spine(
    publication: Publication, fonts: FontBook, spine: Frame, x: Pt, ground: Color | None
) -> list[Placed]:
    """Return the title on the spine: Chinese upright and downwards, Western text turned to read downwards."""
    title, lang = publication.metadata.title, publication.metadata.lang
    if spine.width < LEAST_SPINE or not title or not fonts.faces:
        return []
    face = _face_for(title, fonts)
    color = WHITE if ground is not None and _is_dark(ground) else BLACK
    size = min(LARGEST_SPINE_TEXT, spine.width * SPINE_TEXT_SHARE)
    middle = x + spine.width / 2
    if is_set_full_width(lang):
        return _stacked(title, face, size, color, lang, middle, spine.height)
    shaped = face.shape(title, lang, ())
    run = GlyphRun(
        face.key, size, shaped.glyphs, shaped.advances, shaped.texts, color, lang, shaped.offsets, angle=-90.0
    )
    fitting = replace(run, size=size * min(1.0, (spine.height - 2 * SPINE_HEAD) / run.width))
    return [Placed(middle - _BASELINE * fitting.size, SPINE_HEAD, fitting)]


def _stacked(
    title: str, face: Face, size: Pt, color: Color, lang: str, middle: Pt, height: Pt
) -> list[Placed]:
    """Return one upright character below the other; white space is a gap."""
    step = min(1.15 * size, (height - 2 * SPINE_HEAD) / len(title))
    size = min(size, step)
    items = []
    for i, char in enumerate(title):
        shaped = face.shape(UPRIGHT.get(char, char), lang, ("vert",))
        if char.isspace() or 0 in shaped.glyphs:
            continue
        run = GlyphRun(face.key, size, shaped.glyphs, shaped.advances, (char,), color, lang)
        items.append(Placed(middle - run.width / 2, SPINE_HEAD + i * step + (0.5 + _BASELINE) * size, run))
    return items


def _face_for(text: str, fonts: FontBook) -> Face:
    """Return the face that has most of a text's characters, the boldest of several."""

    def rank(face: Face) -> tuple[int, int, bool, str]:
        known = sum(face.glyph_of(char) is not None for char in text)
        return -known, -face.weight, "Serif" in face.family, face.key

    return min(fonts.faces.values(), key=rank)


def _is_dark(color: Color) -> bool:
    """Say whether white text stands out better than black on a ground (WCAG 2.2, relative luminance)."""
    return contrast_ratio(color, WHITE) > contrast_ratio(color, BLACK)
