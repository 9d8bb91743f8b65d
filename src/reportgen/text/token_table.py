"""Token tables: everything about a token that does not depend on its neighbours, worked out once and then looked up.

A token table is for one character style in one language inside one paragraph style. An ideograph's glyph and advance
come from the face's table; only Western words and Chinese marks go through the shaper, each once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import fsum
from typing import Literal

from reportgen.base.style import CharStyle, Faces, Family, ParagraphStyle
from reportgen.base.units import Mille, Pt
from reportgen.base.writing_systems import HAN_ELSEWHERE, HAN_SHAPING, LATIN_ELSEWHERE, is_set_full_width
from reportgen.text import classes
from reportgen.text.classes import BREAK, COMMA, MIDDLE_DOT, NOTHING, OPENING, SPACE, STOP, Class
from reportgen.text.costs import FORBIDDEN, HOUSE, ParagraphCosts
from reportgen.text.faces import Face, FontBook, first_face_with
from reportgen.text.glue import HALF, Glue
from reportgen.text.hyphenation import cuts
from reportgen.text.items import TIGHT, Box, Entry, Gap

REMEMBERED = 20_000
"""Tokens that a table remembers."""

_WESTERN_WORD = re.compile("[A-Za-z]{2}")
"""What is marked as Western in Chinese text: figures and single letters are read in Chinese."""


@dataclass(frozen=True, slots=True)
class TextSetting:
    """What text is set with: faces and how families pair them, main script, hyphenation dictionary, costs of breaks.

    Attributes:
        tables: the tables made so far, filled by :func:`token_table` and by nothing else.
    """

    fonts: FontBook
    families: Mapping[str, Family]
    main_script: Literal["han", "latin"]
    hyphenation: str | None = None
    costs: ParagraphCosts = HOUSE
    tables: dict[tuple[CharStyle, str, ParagraphStyle], TokenTable] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )


def token_table(style: CharStyle, lang: str, paragraph: ParagraphStyle, setting: TextSetting) -> TokenTable:
    """Return the table for these arguments, the same one for the same arguments."""
    key = (style, lang, paragraph)
    table = setting.tables.get(key)
    if table is None:
        table = setting.tables[key] = TokenTable(style, lang, paragraph, setting)
    return table


def faces_for(style: CharStyle, family: Family, *, han_first: bool) -> tuple[str, ...]:
    """Return the keys of the faces to ask for a character, in order."""
    first, second = (family.han, family.latin) if han_first else (family.latin, family.han)
    return (_weighted(first, style), _weighted(second, style), *family.fallback)


def _weighted(faces: Faces, style: CharStyle) -> str:
    bold = style.weight in ("bold", "semibold")
    if bold and style.italic and faces.bold_italic:
        return faces.bold_italic
    if style.italic and not bold and faces.italic:
        return faces.italic
    if style.weight == "semibold" and faces.semibold:
        return faces.semibold
    return (faces.bold or faces.regular) if bold else faces.regular


def _stack(style: CharStyle, setting: TextSetting, *, han_first: bool) -> tuple[Face, ...]:
    keys = dict.fromkeys(faces_for(style, setting.families[style.family], han_first=han_first))
    return tuple(setting.fonts.faces[key] for key in keys if key in setting.fonts.faces)


class TokenTable:
    """One character style in one language inside one paragraph style.

    Attributes:
        tokens: the pattern that divides text into tokens.
        entries: what :meth:`entry` has answered, by token.
        gaps: what :meth:`gap` has answered, by ``left * COUNT + right``, between tokens without white space.
    """

    def __init__(self, style: CharStyle, lang: str, paragraph: ParagraphStyle, setting: TextSetting) -> None:
        family = setting.families[style.family]
        han = setting.main_script == "han"
        self.style, self.lang, self.paragraph = style, lang, paragraph
        self.in_chinese = is_set_full_width(lang)
        self.tokens = classes.TOKENS_IN_CHINESE if self.in_chinese else classes.TOKENS_ELSEWHERE
        self.han_size: Pt = style.size if han else style.size / family.latin_scale
        self.latin_size: Pt = style.size * family.latin_scale if han else style.size
        self.han_faces = _stack(style, setting, han_first=True)
        self.latin_faces = _stack(style, setting, han_first=False)
        self.han_lang = lang if self.in_chinese else HAN_ELSEWHERE
        self.dictionary = setting.hyphenation if paragraph.hyphenate else None
        self.glue = Glue(self.han_size, self._space_width(), han, paragraph, setting.costs)
        self.entries: dict[str, Entry] = {}
        self.gaps: dict[int, Gap] = {}
        self._rare_gaps: dict[tuple[Class, Class, str, bool], Gap] = {}

    def _space_width(self) -> Pt:
        face = self.latin_faces[0] if self.latin_faces else None
        glyph = face.glyph_of(" ") if face else None
        mille = face.advance_of(glyph) if face and glyph is not None else 250.0
        return mille * self.latin_size / 1000

    def entry(self, token: str) -> Entry:
        """Return a token made ready."""
        found = self.entries.get(token)
        if found is None:
            if len(self.entries) > REMEMBERED:
                self.entries.clear()
            found = self.entries[token] = self._entry(token)
        return found

    def gap(self, left: Class, right: Class, spaces: str = "", held: bool = False) -> Gap:
        """Return the gap between two tokens, of which this table sets the first."""
        key = (left, right, spaces, held)
        found = self._rare_gaps.get(key)
        if found is None:
            found = self._rare_gaps[key] = self.glue.between(left, right, spaces, held)
            if not spaces and not held:
                self.gaps[left * classes.COUNT + right] = found
        return found

    def _entry(self, token: str) -> Entry:
        if token[0] in classes.SPACES:
            return Entry(SPACE, SPACE, (), ())
        if token[0] in classes.BREAKS:
            return Entry(BREAK, BREAK, (), ())
        if classes.is_full_width(token, in_chinese=self.in_chinese):
            return self._full_width(token)
        return self._western(token)

    # ---- full-width characters

    def _full_width(self, token: str) -> Entry:
        face = first_face_with(token[0], self.han_faces)
        if face is None:
            return Entry(NOTHING, NOTHING, (), (), (token,))
        group = classes.chinese_class(token)
        if group == classes.HAN:
            glyph = face.glyph_of(token)
            assert glyph is not None
            return Entry(group, group, (self._box(face, token, (glyph,), (face.advance_of(glyph),)),), ())
        box, group = self._mark(face, token, group)
        return Entry(group, group, (box,), ())

    def _box(
        self, face: Face, text: str, glyphs: tuple[int, ...], advances: tuple[Mille, ...], bulk: int = 1
    ) -> Box:
        tracking = self.style.tracking
        advances = tuple(a + tracking for a in advances) if tracking else advances
        texts = (text,) + ("",) * (len(glyphs) - 1)
        width = fsum(advances) * self.han_size / 1000
        return Box(face.key, self.han_size, glyphs, advances, texts, None, width, self.han_lang, 0.0, bulk)

    def _mark(self, face: Face, token: str, group: Class) -> tuple[Box, Class]:
        """Return a mark's box without its blank half, and the class it is then of.

        A mark that its face gives no full width (a Latin fallback) has no blank half and counts as a Western one.
        """
        shaped = face.shape(token, HAN_SHAPING, (), "Hani")
        box = self._box(face, token, shaped.glyphs, shaped.advances, 0)
        if group == MIDDLE_DOT:
            # GB-style interpuncts stand in the middle of half an em, always (CLREQ 3.1.6).
            return _narrowed(box, HALF, (HALF - fsum(box.advances)) / 2), group
        if OPENING <= group <= STOP:
            if len(shaped.glyphs) != 1 or shaped.advances[0] < 900.0:
                return box, classes.LATIN_OPENING if group == OPENING else classes.LATIN_CLOSING
            if self.paragraph.punctuation != "plain":
                half = face.half_of(token) or (HALF, -HALF if group == OPENING else 0.0)
                box = _narrowed(box, *half)
            if self.paragraph.hang and group in (COMMA, STOP):
                box = box._replace(hang=box.width)
        return box, group

    # ---- Western words

    def _western(self, token: str) -> Entry:
        missing: list[str] = []
        boxes: list[Box] = []
        inner: list[Gap] = []
        for face, text in self._by_face(token, missing):
            self._shape(face, text, boxes, inner)
        if not boxes:
            return Entry(NOTHING, NOTHING, (), (), tuple(missing))
        word = token.replace("\u00ad", "")
        return Entry(*classes.western_classes(word), tuple(boxes), tuple(inner), tuple(missing))

    def _by_face(self, token: str, missing: list[str]) -> Iterator[tuple[Face, str]]:
        """Yield the stretches of a word that one face sets; a combining mark stays with its letter if it can."""
        current: Face | None = None
        start = 0
        for index, char in enumerate(token):
            if char == "\u00ad":
                continue
            keep = current is not None and unicodedata.combining(char) and current.glyph_of(char) is not None
            face = current if keep else first_face_with(char, self.latin_faces)
            if face is None:
                missing.append(char)
            if face is not current:
                if current is not None:
                    yield current, token[start:index]
                current, start = face, index
        if current is not None:
            yield current, token[start:]

    def _shape(self, face: Face, text: str, boxes: list[Box], inner: list[Gap]) -> None:
        shaped = face.shape(text.replace("\u00ad", ""), self.lang, self.style.features)
        if not shaped.glyphs:
            return
        if boxes:
            inner.append(TIGHT)
        size, tracking = self.latin_size, self.style.tracking
        lang = LATIN_ELSEWHERE if self.in_chinese and _WESTERN_WORD.search(text) else self.lang
        opportunities = cuts(text, self.dictionary, self.glue.costs, after_slash=self._after_slash())
        start = 0
        for end, penalty, hyphenated in pieces(shaped.texts, opportunities):
            advances = tuple(a + tracking for a in shaped.advances[start:end])
            offsets = shaped.offsets[start:end] if shaped.offsets else None
            boxes.append(
                Box(face.key, size, shaped.glyphs[start:end], advances, shaped.texts[start:end], offsets,
                    fsum(advances) * size / 1000, lang)
            )  # fmt: skip
            if end < len(shaped.glyphs):
                hyphen = self._hyphen_width(face) if hyphenated else 0.0
                inner.append(Gap(penalty=penalty, hyphen=hyphen))
            start = end

    def _after_slash(self) -> bool:
        """Say whether a line may end with a slash: not in Chinese text set GB-style (CLREQ 3.1.4)."""
        return not self.in_chinese or self.paragraph.prohibition in ("none", "basic")

    def _hyphen_width(self, face: Face) -> Pt:
        glyph = face.glyph_of("-")
        return 0.0 if glyph is None else face.advance_of(glyph) * self.latin_size / 1000


def _narrowed(box: Box, advance: Mille, shift: Mille) -> Box:
    """Return the box of one glyph with another advance, the glyph moved to the right."""
    offsets = ((shift, 0.0),) if shift else None
    return box._replace(advances=(advance,), offsets=offsets, width=advance * box.size / 1000)


def pieces(
    texts: tuple[str, ...], opportunities: Mapping[int, tuple[float, bool]]
) -> list[tuple[int, float, bool]]:
    """Return (glyph end, penalty, hyphenated) of a word's pieces; a cut inside a ligature is passed over."""
    found: list[tuple[int, float, bool]] = []
    position = 0
    if opportunities:
        for index, text in enumerate(texts):
            if index and text and position in opportunities:
                found.append((index, *opportunities[position]))
            position += len(text)
    found.append((len(texts), FORBIDDEN, False))
    return found
