"""The look of a report as data: page geometry, colours, font families, text styles.

The house style is ``base/house.toml``; a report lays its own values over it (``[style]`` of ``report.toml``),
and each edition lays over that what differs in its language (``[editions.LANG]``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reportgen.base.color import BLACK, Color
from reportgen.base.settings import Setting
from reportgen.base.units import Mille, Pt


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces of one script in one family, as keys of the font book; a missing one falls back to ``regular``."""

    regular: str
    bold: str | None = None
    semibold: str | None = None
    italic: str | None = None
    bold_italic: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A pair of designs set together: Han characters (and their punctuation) from one, all else from the other.

    Attributes:
        latin_scale: how much larger the Latin is set so that it stands level with the Han characters
            in text whose main script is Han; 1 in text whose main script is Latin.
        fallback: further faces asked, in order, for characters that neither has.
    """

    han: Faces
    latin: Faces
    latin_scale: float = 1.0
    fallback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CharStyle:
    """How characters look.

    Attributes:
        family: a key of :attr:`Style.families`.
        features: OpenType features switched on (``onum``) or off (``-liga``) beside the shaper's defaults.
        rise: how far the baseline is raised.
        tracking: space added after each glyph.
    """

    family: str
    size: Pt
    weight: Literal["regular", "semibold", "bold"] = "regular"
    italic: bool = False
    color: Color = BLACK
    features: tuple[str, ...] = ()
    rise: Pt = 0.0
    tracking: Mille = 0.0


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a block of text is set.

    Attributes:
        leading: distance of baselines.
        align: justified text is set by total fit; the last line is ragged.
        first_indent: indent of the first line; ``hanging`` that of the others.
        before, after: white above and below, dropped at the head and foot of a page.
        grid: whether the baselines stand on the page's baseline grid.
        keep_with_next: whether the block stays with what follows.
        punctuation: CLREQ 3.1.6: full-width with squeezing of adjacent marks (``kaiming`` 开明式: stops inside a
            sentence half-width), ``quanjiao`` 全角式, or ``plain`` (no adjustment at all).
        prohibition: level of 行首行尾禁则 (CLREQ 3.1.3).
        hyphenate: whether Western words may be divided.
        han_latin_space: gap between Han and Western text, mille; 0 for none.
        unit_space: whether that gap also stands between a number and its unit, as in 2013-2023 年.
        hang: whether stops and commas hang beyond the measure at the line end (CLREQ 3.1.7).
    """

    name: str
    text: CharStyle
    leading: Pt
    align: Literal["justify", "left", "center", "right"] = "justify"
    first_indent: Pt = 0.0
    hanging: Pt = 0.0
    before: Pt = 0.0
    after: Pt = 0.0
    grid: bool = True
    keep_with_next: bool = False
    punctuation: Literal["kaiming", "quanjiao", "plain"] = "quanjiao"
    prohibition: Literal["none", "basic", "gb", "strict"] = "gb"
    hyphenate: bool = False
    han_latin_space: Mille = 250.0
    unit_space: bool = True
    hang: bool = False
    orphans: int = 2
    widows: int = 2


class Size(NamedTuple):
    """Width and height."""

    width: Pt
    height: Pt


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The sheet and the type area (版心).

    Attributes:
        trim: of the page when it is cut.
        inner, top: margins from the spine and from the head to the type area.
        measure: width of the type area.
        lines: body lines in the type area; its height is ``lines × leading``.
        leading: distance of the baseline grid's lines.
        first_baseline: from the type area's top to the first grid line.
    """

    trim: Size
    bleed: Pt
    inner: Pt
    top: Pt
    measure: Pt
    lines: int
    leading: Pt
    first_baseline: Pt

    @property
    def outer(self) -> Pt:
        return self.trim.width - self.inner - self.measure

    @property
    def height(self) -> Pt:
        return self.lines * self.leading

    @property
    def bottom(self) -> Pt:
        return self.trim.height - self.top - self.height


@dataclass(frozen=True, slots=True)
class Style:
    """Everything about the look of one edition.

    Attributes:
        lang: BCP 47 tag of the edition's text.
        main_script: which script the text is mostly in; it decides scaling and punctuation in mixed text.
        colors: the named colours; ``part1`` to ``part4`` are the parts' accents.
        paragraphs: the named paragraph styles.
        hyphenation: Pyphen's dictionary for Western words, or None.
        charts: what the report lays over the theme of charts, as it is written, or None.
    """

    lang: str
    main_script: Literal["han", "latin"]
    page: PageGeometry
    colors: Mapping[str, Color]
    families: Mapping[str, Family]
    paragraphs: Mapping[str, ParagraphStyle]
    hyphenation: str | None = None
    charts: Setting | None = None
