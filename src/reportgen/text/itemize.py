"""Itemize: from runs of characters to boxes and the gaps between them.

A *box* is what no line break may enter: an ideograph, a mark without its blank half, a piece of a Western word. The
*gap* after a box is glue with a penalty, as in TeX; the blank halves of Chinese marks, the quarter em between Han
and Western text and Western word spaces are all gaps, so all of them vanish at a line's edges, and total fit may
stretch or shrink them in CLREQ's order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from reportgen.base.diagnostics import Diagnostic, error
from reportgen.base.style import CharStyle, Faces, Family, ParagraphStyle
from reportgen.base.units import Mille, Pt
from reportgen.text import classes
from reportgen.text.classes import NOT_AT_END, NOT_AT_START
from reportgen.text.fonts import Face, FontBook, first_face_with

FORBIDDEN = float("inf")
FORCED = float("-inf")

HYPHEN_PENALTY = 60.0
AFTER_HYPHEN_PENALTY = 30.0
SPLIT_LATIN_PENALTY = 5000.0
RUNT_PENALTY = 3000.0

# Tiers in CLREQ's order (3.1.6, adjustment of line length); a lower one gives way first.
SHRINK_SPACE, SHRINK_BRACKET, SHRINK_COMMA, SHRINK_HAN_LATIN = range(4)
STRETCH_SPACE, STRETCH_HAN_LATIN, STRETCH_REST = range(3)

GapKind = Literal["none", "space", "blank-after", "blank-before", "han-latin"]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A run of characters with one look, in one language."""

    text: str
    style: CharStyle
    lang: str


@dataclass(frozen=True, slots=True)
class TextSetting:
    """What text is set with: the faces, how families pair them, the main script, the hyphenation dictionary."""

    fonts: FontBook
    families: Mapping[str, Family]
    main_script: Literal["han", "latin"]
    hyphenation: str | None = None


class Box(NamedTuple):
    """Glyphs that stay together.

    Attributes:
        source: index of the text span they come from.
        face, size: what they are set in; advances and offsets are in mille of ``size``.
    """

    source: int
    face: str
    size: Pt
    glyphs: tuple[int, ...]
    advances: tuple[Mille, ...]
    texts: tuple[str, ...]
    offsets: tuple[tuple[Mille, Mille], ...] | None


class Gap(NamedTuple):
    """What stands between a box and the next: glue, and what a break there costs.

    Attributes:
        width, stretch, shrink: points.
        penalty: FORBIDDEN, FORCED or a cost in TeX's scale.
        hyphen: width of the hyphen that a break here adds, or 0.
        space: the space character the gap sets, "" if none.
    """

    kind: GapKind
    width: Pt
    stretch: Pt
    stretch_tier: int
    shrink: Pt
    shrink_tier: int
    penalty: float
    hyphen: Pt = 0.0
    space: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A paragraph's boxes and gaps: gap ``i`` follows box ``i``; the last gap ends the paragraph."""

    boxes: tuple[Box, ...]
    gaps: tuple[Gap, ...]
    widths: tuple[Pt, ...]


END = Gap("none", 0.0, 0.0, STRETCH_REST, 0.0, SHRINK_SPACE, FORCED)


class Token(NamedTuple):
    """A character range of the paragraph with one face: a single Chinese character, a Western word, or white space."""

    kind: Literal["han", "latin", "space", "break"]
    start: int
    end: int
    source: int
    face: Face | None


@dataclass(slots=True)
class _Found:
    faults: list[Diagnostic] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def itemize(
    spans: Sequence[TextSpan], style: ParagraphStyle, setting: TextSetting
) -> tuple[Items, tuple[Diagnostic, ...]]:
    """Return the boxes and gaps of a paragraph, and a diagnostic for each character that cannot be set."""
    found = _Found()
    text, sources = _join(spans, found)
    tokens = _tokens(text, sources, spans, setting, found)
    boxes: list[Box] = []
    gaps: list[Gap] = []
    held = _held_together(text)
    builder = _Gaps(text, spans, style, setting, held)
    previous: Token | None = None
    spaces = ""
    for token in tokens:
        if token.kind == "space":
            spaces += text[token.start : token.end]
            continue
        if token.kind == "break":
            if gaps or boxes:
                gaps.append(END)
            previous, spaces = None, ""
            continue
        if previous is not None:
            gaps.append(builder.between(previous, token, spaces))
        spaces = ""
        _append_token(token, text, spans, style, setting, held, boxes, gaps)
        previous = token
    if len(gaps) < len(boxes):
        gaps.append(END)
    gaps = _discourage_runt(boxes, gaps)
    widths = tuple(sum(box.advances) * box.size / 1000 for box in boxes)
    return Items(tuple(boxes), tuple(gaps[: len(boxes)]), widths), tuple(found.faults)


# ---- characters ------------------------------------------------------------------------------------------------

_DROPPED = dict.fromkeys(
    map(ord, "\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200c\u200d")
)
_BREAKS = "\n\v\u2028\u2029"


def _join(spans: Sequence[TextSpan], found: _Found) -> tuple[str, list[int]]:
    pieces: list[str] = []
    sources: list[int] = []
    for index, span in enumerate(spans):
        text = span.text.translate(_DROPPED).replace("\t", " ").replace("\r", "")
        bad = [c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") and c not in _BREAKS]
        for char in dict.fromkeys(bad):
            found.faults.append(_unsettable(char))
        if bad:
            text = "".join(c for c in text if c not in set(bad))
        pieces.append(text)
        sources.extend([index] * len(text))
    return "".join(pieces), sources


def _unsettable(char: str) -> Diagnostic:
    kind = {"Cc": "a control character", "Cs": "half of a surrogate pair", "Co": "a private-use character"}
    name = kind.get(unicodedata.category(char), "an unassigned character")
    return error(f"U+{ord(char):04X} is {name} and cannot be set", None, "delete it from the text")


def _missing(char: str, family: str) -> Diagnostic:
    name = unicodedata.name(char, "unnamed")
    return error(
        f"no font of the family “{family}” has the character {char} (U+{ord(char):04X} {name})",
        None,
        "write another character, or name a font that has it in fonts/fonts.toml and in the family's fallback",
    )


def faces_for(style: CharStyle, family: Family, *, chinese: bool) -> tuple[str, ...]:
    """Return the keys of the faces to ask for a character, in order."""
    first, second = (family.han, family.latin) if chinese else (family.latin, family.han)
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


_SPACE = re.compile("[  \u2009\u202f\u3000\u2002\u2003\u200b]+")


def _tokens(
    text: str, sources: list[int], spans: Sequence[TextSpan], setting: TextSetting, found: _Found
) -> list[Token]:
    tokens: list[Token] = []
    start = 0
    end = len(text)
    stacks: dict[tuple[int, bool], tuple[Face, ...]] = {}
    while start < end:
        char = text[start]
        source = sources[start]
        if char in _BREAKS:
            tokens.append(Token("break", start, start + 1, source, None))
            start += 1
            continue
        if _SPACE.match(char):
            tokens.append(Token("space", start, start + 1, source, None))
            start += 1
            continue
        span = spans[source]
        in_chinese = span.lang.startswith("zh")
        chinese = classes.is_chinese(char, in_chinese=in_chinese)
        stack = _stack(stacks, source, span, chinese, setting)
        face = first_face_with(char, stack)
        if face is None:
            if char not in found.missing:
                found.missing.add(char)
                found.faults.append(_missing(char, span.style.family))
            start += 1
            continue
        stop = start + 1
        if not chinese:
            while stop < end and sources[stop] == source and _joins(text[stop], face, in_chinese):
                stop += 1
        tokens.append(Token("han" if chinese else "latin", start, stop, source, face))
        start = stop
    return tokens


def _stack(
    stacks: dict[tuple[int, bool], tuple[Face, ...]],
    source: int,
    span: TextSpan,
    chinese: bool,
    setting: TextSetting,
) -> tuple[Face, ...]:
    stack = stacks.get((source, chinese))
    if stack is None:
        keys = faces_for(span.style, setting.families[span.style.family], chinese=chinese)
        stack = stacks[source, chinese] = tuple(
            setting.fonts.faces[k] for k in dict.fromkeys(keys) if k in setting.fonts.faces
        )
    return stack


def _joins(char: str, face: Face, in_chinese: bool) -> bool:
    return (
        char not in _BREAKS
        and not _SPACE.match(char)
        and not classes.is_chinese(char, in_chinese=in_chinese)
        and face.glyph_of(char) is not None
    )


# ---- what stays together ---------------------------------------------------------------------------------------

_WESTERN_TIES = re.compile(
    r"(?:Figures?|Tables?|Parts?|Chapters?|Sections?|Notes?|pages?|pp?\.|No\.|Vol\.)[  ][A-Z]?\d[\d.–-]*"
    r"|\d[\d,.]*[  ](?:million|billion|thousand|per[  ]cent|percentage[  ]points?|%|km|mm|pt)"
)


def _held_together(text: str) -> frozenset[int]:
    """Return the indices before which no line may break, because a number, reference or doubled mark spans them."""
    held: set[int] = set()
    for pattern in (classes.UNBREAKABLE, _WESTERN_TIES):
        for match in pattern.finditer(text):
            held.update(range(match.start() + 1, match.end()))
    return frozenset(held)


# ---- gaps ------------------------------------------------------------------------------------------------------


class _Gaps:
    """Decides the gap between two tokens; holds only what it was made with."""

    def __init__(
        self,
        text: str,
        spans: Sequence[TextSpan],
        style: ParagraphStyle,
        setting: TextSetting,
        held: frozenset[int],
    ) -> None:
        self.text, self.spans, self.style, self.setting, self.held = text, spans, style, setting, held
        self.not_start = NOT_AT_START[style.prohibition]
        self.not_end = NOT_AT_END[style.prohibition]

    def between(self, left: Token, right: Token, spaces: str) -> Gap:
        """Return the gap between two neighbouring tokens with the typed white space between them."""
        before, after = self.text[left.end - 1], self.text[right.start]
        em = self.spans[left.source].style.size
        penalty = self._penalty(left, right, before, after, spaces)
        if spaces and (left.kind == right.kind == "latin" or "\u3000" in spaces):
            return self._word_space(left, spaces, penalty)
        chinese = left.kind == "han" or right.kind == "han"
        if not chinese:
            return Gap("none", 0.0, 0.0, STRETCH_REST, 0.0, SHRINK_SPACE, penalty)
        kind, natural, shrink, tier = self._blank(left, right, before, after)
        if kind != "none":
            return Gap(kind, natural * em / 1000, 0.03 * em, STRETCH_REST, shrink * em / 1000, tier, penalty)
        if self._mixed(left, right, before, after):
            width = self.style.han_latin_space * em / 1000
            return Gap("han-latin", width, width, STRETCH_HAN_LATIN, width / 2, SHRINK_HAN_LATIN, penalty)
        if spaces and left.kind == right.kind == "han" and not (_is_mark(before) or _is_mark(after)):
            return self._word_space(left, spaces, penalty)
        rigid = before in classes.DASHES | classes.ELLIPSES and before == after
        return Gap("none", 0.0, 0.0 if rigid else 0.06 * em, STRETCH_REST, 0.0, SHRINK_SPACE, penalty)

    def _penalty(self, left: Token, right: Token, before: str, after: str, spaces: str) -> float:
        if right.start in self.held or left.end in self.held:
            return FORBIDDEN
        if after in self.not_start or before in self.not_end:
            return FORBIDDEN
        if spaces:
            return FORBIDDEN if "\u00a0" in spaces or "\u202f" in spaces else 0.0
        if left.kind == right.kind == "latin":
            return FORBIDDEN if before not in "-–—/" else AFTER_HYPHEN_PENALTY
        return 0.0

    def _word_space(self, left: Token, spaces: str, penalty: float) -> Gap:
        span = self.spans[left.source]
        em = span.style.size
        if "\u3000" in spaces:
            return Gap("space", em, 0.0, STRETCH_REST, 0.0, SHRINK_SPACE, penalty, space="\u3000")
        if spaces == "\u200b":
            return Gap("none", 0.0, 0.0, STRETCH_REST, 0.0, SHRINK_SPACE, penalty)
        face = left.face
        glyph = face.glyph_of(" ") if face else None
        mille = face.advance_of(glyph) if face and glyph is not None else 250.0
        narrow = 0.6 if spaces[0] in "\u2009\u202f" else 1.0
        width = mille * narrow * self._scale(left) * em / 1000
        return Gap("space", width, width * 0.5, STRETCH_SPACE, width * 0.33, SHRINK_SPACE, penalty, space=" ")

    def _scale(self, token: Token) -> float:
        return scale_of(self.spans[token.source], self.setting, chinese=token.kind == "han")

    def _blank(self, left: Token, right: Token, before: str, after: str) -> tuple[GapKind, Mille, Mille, int]:
        """Return (kind, width, shrink, tier) of the blank halves of marks between two tokens (CLREQ 3.1.6)."""
        behind = left.kind == "han" and classes.blank_side(before) == "after" and _halves(left, before)
        ahead = right.kind == "han" and classes.blank_side(after) == "before" and _halves(right, after)
        plain = self.style.punctuation == "plain"
        if behind and ahead:
            return "blank-after", 1000.0 if plain else 500.0, 0.0 if plain else 500.0, SHRINK_BRACKET
        if behind:
            if right.kind == "han" and _closes(after):
                return "blank-after", 500.0 if plain else 0.0, 0.0, SHRINK_COMMA
            full = plain or self.style.punctuation == "quanjiao" or before in classes.STOPS
            tier = SHRINK_COMMA if before in classes.COMMAS | classes.STOPS else SHRINK_BRACKET
            return "blank-after", 500.0 if full else 0.0, 500.0 if full and not plain else 0.0, tier
        if ahead:
            if left.kind == "han" and before in classes.OPENING and not plain:
                return "blank-before", 0.0, 0.0, SHRINK_BRACKET
            full = self.style.punctuation != "kaiming"
            return (
                "blank-before",
                500.0 if full else 0.0,
                500.0 if full and not plain else 0.0,
                SHRINK_BRACKET,
            )
        return "none", 0.0, 0.0, SHRINK_SPACE

    def _mixed(self, left: Token, right: Token, before: str, after: str) -> bool:
        if left.kind == right.kind:
            return False
        han = before if left.kind == "han" else after
        western = after if left.kind == "han" else before
        return classes.is_han(han) and (western.isalnum() or western in "%‰+−$€£")


def _halves(token: Token, char: str) -> bool:
    return token.face is not None and token.face.half_of(char) is not None


def _closes(char: str) -> bool:
    return char in classes.CLOSING or char in classes.COMMAS or char in classes.STOPS


def _is_mark(char: str) -> bool:
    return _closes(char) or char in classes.OPENING


def scale_of(span: TextSpan, setting: TextSetting, *, chinese: bool) -> float:
    """Return how much larger than its nominal size a script is set, so that both scripts look alike in size."""
    family = setting.families[span.style.family]
    if setting.main_script == "han":
        return 1.0 if chinese else family.latin_scale
    return 1.0 / family.latin_scale if chinese else 1.0


# ---- boxes -----------------------------------------------------------------------------------------------------


def _append_token(
    token: Token,
    text: str,
    spans: Sequence[TextSpan],
    style: ParagraphStyle,
    setting: TextSetting,
    held: frozenset[int],
    boxes: list[Box],
    gaps: list[Gap],
) -> None:
    span = spans[token.source]
    face = token.face
    assert face is not None
    size = span.style.size * scale_of(span, setting, chinese=token.kind == "han")
    tracking = span.style.tracking
    if token.kind == "han":
        boxes.append(_han_box(text[token.start], token.source, face, size, tracking))
        return
    word = text[token.start : token.end]
    shaped = face.shape(word.replace("\u00ad", ""), span.lang, span.style.features)
    advances = tuple(a + tracking for a in shaped.advances) if tracking else shaped.advances
    cuts = _cuts(word, token.start, style, setting, held)
    hyphen = _hyphen_width(face, size)
    start = 0
    pieces = _cut_glyphs(shaped.texts, cuts)
    for end, penalty, hyphenated in pieces:
        offsets = shaped.offsets[start:end] if shaped.offsets else None
        boxes.append(
            Box(token.source, face.key, size, shaped.glyphs[start:end], advances[start:end],
                shaped.texts[start:end], offsets)
        )  # fmt: skip
        if end < len(shaped.glyphs):
            gaps.append(
                Gap("none", 0.0, 0.0, STRETCH_REST, 0.0, SHRINK_SPACE, penalty, hyphen if hyphenated else 0.0)
            )
        start = end


def _han_box(char: str, source: int, face: Face, size: Pt, tracking: Mille) -> Box:
    glyph = face.glyph_of(char)
    assert glyph is not None
    if classes.blank_side(char):
        half = face.half_of(char)
        if half is not None:
            advance, shift = half
            return Box(
                source, face.key, size, (glyph,), (advance,), (char,), ((shift, 0.0),) if shift else None
            )
    return Box(source, face.key, size, (glyph,), (face.advance_of(glyph) + tracking,), (char,), None)


def _hyphen_width(face: Face, size: Pt) -> Pt:
    glyph = face.glyph_of("-")
    return 0.0 if glyph is None else face.advance_of(glyph) * size / 1000


def _cuts(
    word: str, offset: int, style: ParagraphStyle, setting: TextSetting, held: frozenset[int]
) -> dict[int, tuple[float, bool]]:
    """Return the break opportunities inside a word: (penalty, whether a hyphen is added) by index in the shaped text."""
    clean = word.replace("\u00ad", "")
    cuts: dict[int, tuple[float, bool]] = {}
    if len(clean) != len(word):
        index = 0
        for char in word:
            if char == "\u00ad":
                cuts[index] = (HYPHEN_PENALTY, True)
            else:
                index += 1
        return cuts
    for match in re.finditer(r"(?<=[^\W\d_])[-–/—]+(?=[^\W_])|(?<=\w)[/—]+(?=[^\W\d_])", word):
        if match.end() + offset not in held:
            cuts[match.end()] = (AFTER_HYPHEN_PENALTY, False)
    if style.hyphenate and setting.hyphenation:
        for match in re.finditer(r"[^\W\d_]{5,}", word):
            for position in hyphen_positions(match[0], setting.hyphenation):
                cuts.setdefault(match.start() + position, (HYPHEN_PENALTY, True))
    if len(clean) > 60:
        for index in range(1, len(clean)):
            cuts.setdefault(index, (SPLIT_LATIN_PENALTY, False))
    return cuts


def _cut_glyphs(
    texts: tuple[str, ...], cuts: Mapping[int, tuple[float, bool]]
) -> list[tuple[int, float, bool]]:
    """Return (glyph end, penalty, hyphenated) of the pieces; a cut inside a ligature is passed over."""
    pieces: list[tuple[int, float, bool]] = []
    position = 0
    if cuts:
        for index, text in enumerate(texts):
            if index and text and position in cuts:
                pieces.append((index, *cuts[position]))
            position += len(text)
    pieces.append((len(texts), 0.0, False))
    return pieces


@lru_cache(maxsize=20_000)
def hyphen_positions(word: str, dictionary: str) -> tuple[int, ...]:
    """Return where a word may be divided: Liang's patterns by Pyphen, at least two letters before and three after.

    Capitalised words are names more often than not and stay whole.
    """
    if not word[0].islower():
        return ()
    return tuple(p for p in _dictionary(dictionary).positions(word) if 2 <= p <= len(word) - 3)


@lru_cache(maxsize=4)
def _dictionary(name: str):  # type: ignore[no-untyped-def]
    import pyphen

    return pyphen.Pyphen(lang=name)


def _discourage_runt(boxes: list[Box], gaps: list[Gap]) -> list[Gap]:
    """Make a break before a lone last character (孤字) dear: at least two ideographs must stand on the last line."""
    ends = [i for i, gap in enumerate(gaps) if gap.penalty == FORCED]
    result = list(gaps)
    for end in ends:
        characters = 0
        for index in range(end, 0, -1):
            text = boxes[index].texts[0] if boxes[index].texts else ""
            characters += (
                2 if text and text[0].isalnum() and not classes.is_han(text[0]) else classes.is_han(text[:1])
            )
            if characters >= 2 or result[index - 1].penalty == FORCED:
                break
            gap = result[index - 1]
            if gap.penalty < FORBIDDEN:
                result[index - 1] = gap._replace(penalty=gap.penalty + RUNT_PENALTY)
    return result


def dump_items(items: Items) -> str:
    """Return boxes and gaps as text for goldens: ``B‹増›`` a box, ``G(5.2+0.3-5.2)`` glue, ``P(60)`` a penalty, ``|`` an end."""
    parts: list[str] = []
    for box, gap in zip(items.boxes, items.gaps, strict=True):
        parts.append(f"B‹{''.join(box.texts)}›")
        if gap.width or gap.stretch or gap.shrink:
            parts.append(f"G({gap.width:.2f}+{gap.stretch:.2f}-{gap.shrink:.2f})")
        if gap.penalty == FORBIDDEN:
            parts.append("×")
        elif gap.penalty == FORCED:
            parts.append("|")
        elif gap.penalty:
            parts.append(f"P({gap.penalty:g}{'-' if gap.hyphen else ''})")
    return " ".join(parts)
