"""Content streams: a page's frame as operators (ISO 32000-1, 7.8.2), with marked content (14.6).

Frames measure downwards and PDF upwards. Every y is negated on the way, and a group's matrix is turned by the
same reflection, so that nothing is mirrored and no text matrix is needed to set letters upright again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from reportgen.base.frame import (
    IDENTITY,
    ContentId,
    Frame,
    GlyphRun,
    Group,
    Image,
    Item,
    Link,
    Matrix,
    Placed,
    Shape,
    Stroke,
)
from reportgen.base.units import Pt
from reportgen.pdf.geometry import apply, bounds_of, compose
from reportgen.pdf.write.glyphs import show
from reportgen.pdf.write.numbers import number, numbers
from reportgen.pdf.write.pagecontent import LinkArea, PageContent, Point, Shared
from reportgen.pdf.write.path_operators import path_operators, reflected

CAPS = {"butt": 0, "round": 1, "projecting": 2}
JOINS = {"miter": 0, "round": 1, "bevel": 2}
PLAIN_STATE = (1.0, False)
TAB = 0.15
"""White between two texts on a line, in ems, from which they are words of their own."""

HEADER_SHARE = 0.2
"""A pagination artifact in the top or bottom fifth of its page is its header or footer."""


class _State(NamedTuple):
    """The graphics state as the stream left it, by the operators that set it; "" where none did."""

    fill: str = ""
    stroke: str = ""
    line: str = ""
    general: tuple[float, bool] = PLAIN_STATE
    spacing: str = "0 Tc"


class _Spot(NamedTuple):
    """Where an item goes: its place in PDF's axes, what it belongs to, the opacity of the groups around it."""

    placed: Placed
    x: Pt
    y: Pt
    content: ContentId | None
    alpha: float


class _Tail(NamedTuple):
    """The end of a block's last text: where its operators stand, and what it was."""

    at: int
    content: ContentId
    run: GlyphRun
    x: Pt
    y: Pt


@dataclass(slots=True)
class PageWriter:
    """Writes one frame tree. ``height`` is the page's, for telling header from footer."""

    shared: Shared
    height: Pt
    out: PageContent = field(default_factory=PageContent)
    tagged: bool = True
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _open: object = None
    _tails: dict[int, _Tail] = field(default_factory=dict)
    _base: Matrix = IDENTITY

    def write(self, frame: Frame, x: Pt, y: Pt) -> PageContent:
        """Write a frame whose top left corner is at (x, y) in PDF's axes."""
        self._frame(frame, x, y, None, 1.0)
        self._close()
        return self.out

    def _frame(self, frame: Frame, x: Pt, y: Pt, content: ContentId | None, alpha: float) -> None:
        for placed in frame.items:
            owner = placed.content if placed.content is not None else content
            self._item(placed.item, _Spot(placed, x + placed.x, y - placed.y, owner, alpha))

    def _item(self, item: Item, spot: _Spot) -> None:
        placed, x, y, content, alpha = spot
        if isinstance(item, GlyphRun | Shape | Image):
            self._mark(spot)
        if isinstance(item, GlyphRun):
            self._text(item, spot)
        elif isinstance(item, Shape):
            self._shape(item, x, y, alpha)
        elif isinstance(item, Group):
            self._group(item, spot)
        elif isinstance(item, Image):
            self._image(item, x, y, alpha)
        elif isinstance(item, Link):
            box = bounds_of(self._base, x, y - item.height, x + item.width, y)
            self.out.links.append(LinkArea(box, item, content, placed.span))
        else:
            self.out.points.append(Point(item.name, *apply(self._base, x, y)))

    # ---- marked content ----------------------------------------------------------------------------------------

    def _mark(self, spot: _Spot) -> None:
        """Open the marked-content sequence that the next mark belongs to, unless it is open."""
        if not self.tagged:
            return
        content, placed, place = spot.content, spot.placed, self._place(spot)
        key = ("artifact", placed.artifact, place) if content is None else content
        if key == self._open:
            return
        self._close()
        self._open = key
        if content is None:
            self.out.parts.append(self._artifact(placed, place))
            return
        voice = self.shared.voices.get(content)
        role = voice.role if voice else "Span"
        self.out.parts.append(f"/{role} <</MCID {len(self.out.marked)}>> BDC")
        self.out.marked.append(content)

    def _place(self, spot: _Spot) -> str:
        if spot.placed.artifact != "Pagination" or self._stack:
            return ""
        if spot.y > self.height * (1 - HEADER_SHARE):
            return "Header"
        return "Footer" if spot.y < self.height * HEADER_SHARE else ""

    def _artifact(self, placed: Placed, place: str) -> str:
        detail = f"/Subtype /{place} /Attached [/{'Top' if place == 'Header' else 'Bottom'}]" if place else ""
        if placed.artifact == "Background":
            detail = f"/BBox [0 0 {number(placed_width(placed))} {number(self.height)}]"
        return f"/Artifact <</Type /{placed.artifact}{detail}>> BDC"

    def _close(self) -> None:
        if self._open is not None:
            self.out.parts.append("EMC")
            self._open = None

    # ---- state -------------------------------------------------------------------------------------------------

    def _push(self) -> None:
        self._stack.append(self._state)
        self.out.parts.append("q")

    def _pop(self) -> None:
        self._state = self._stack.pop()
        self.out.parts.append("Q")

    def _set_general(self, alpha: float, overprint: bool) -> None:
        key = (round(alpha, 3), overprint)
        if key != self._state.general:
            self.out.parts.append(f"/{self.shared.state(key)} gs")
            self._state = self._state._replace(general=key)
            self.out.see_through |= key[0] < 1

    def _set(self, name: str, operators: str) -> None:
        """Write operators that set a part of the state, unless they were the last for it."""
        if operators != getattr(self._state, name):
            self.out.parts.append(operators)
            change: dict[str, Any] = {name: operators}
            self._state = self._state._replace(**change)

    def _set_spacing(self, spacing: Pt) -> None:
        self._set("spacing", f"{number(spacing)} Tc")

    # ---- marks -------------------------------------------------------------------------------------------------

    def _text(self, run: GlyphRun, spot: _Spot) -> None:
        placed, x, y, content, alpha = spot
        if not run.glyphs:
            return
        try:
            font = self.shared.font(run.face)
        except KeyError:
            message, hint = f"the font book has no face {run.face!r}", "name a face that the style has"
            self.shared.faults.error("unknown-face", message, placed.span, hint)
            return
        except ValueError as problem:
            hint = "give the font's TrueType version"
            self.shared.faults.error("unfit-font", str(problem), placed.span, hint)
            return
        if 0 in run.glyphs:
            missing = run.texts[run.glyphs.index(0)]
            message, hint = f"{run.face} has no glyph for {missing!r}", "write another character"
            self.shared.faults.error("no-glyph", message, placed.span, hint)
        if content is not None:
            self._keep_apart(run, x, y, content)
        foreign = self._foreign(run, content)
        if foreign:
            self.out.parts.append(f"/Span <</Lang ({foreign})>> BDC")
        self._set_general(alpha * run.color.alpha, self.shared.paint.overprints(run.color) and alpha == 1)
        self._set("fill", self.shared.paint.fill(run.color))
        shown = show(run, font)
        self._set_spacing(shown.spacing)
        self.out.parts.append(f"BT /{font.name} {number(run.size)} Tf {_text_matrix(run.angle, x, y)} [")
        self.out.parts.append(shown.operators)
        self.out.parts.append("] TJ ET")
        if content is not None:
            self._tails[self._block_of(content)] = _Tail(len(self.out.parts) - 2, content, run, x, y)
        if foreign:
            self.out.parts.append("EMC")

    def _foreign(self, run: GlyphRun, content: ContentId | None) -> str:
        """Return the run's language if it is another than its element's and its text has letters to be spoken."""
        if content is None or not self.tagged:
            return ""
        voice = self.shared.voices.get(content)
        spoken = voice.lang if voice else self.shared.lang
        if run.lang == spoken or not run.lang or _primary(run.lang) == _primary(spoken):
            return ""
        return run.lang if any(char.isalpha() for text in run.texts for char in text) else ""

    def _keep_apart(self, run: GlyphRun, x: Pt, y: Pt, content: ContentId) -> None:
        """Put a space after the last text where only the page shows that words are apart.

        Justification drops the word space at a line's end, and a tab or a new line may stand between a number and its
        title; read aloud or copied they would be one word (ISO 32000-1, 14.8.2.5).
        """
        tail = self._tails.get(self._block_of(content))
        if tail is None:
            return
        size = max(run.size, tail.run.size)
        if abs(tail.y - y) < size / 2:
            apart = abs(x - tail.x - tail.run.width) > TAB * size
        else:
            joined = (_joins(_last(tail.run)), _joins(_first(run)))
            apart = run.size != tail.run.size or not (all if tail.content != content else any)(joined)
        if not apart or _last(tail.run) in _PARTED or _first(run) in _PARTED:
            return
        font = self.shared.font(tail.run.face)
        glyph = font.face.glyph_of(" ")
        if glyph is not None:
            self.out.parts[tail.at] += f"<{font.code(glyph, ' ').hex}>"

    def _block_of(self, content: ContentId) -> int:
        """Return the block a content is part of; one that no element lists is a block of its own."""
        voice = self.shared.voices.get(content)
        return voice.block if voice else -1 - content

    def _shape(self, shape: Shape, x: Pt, y: Pt, alpha: float) -> None:
        if shape.fill is None and shape.stroke is None:
            return
        opacities = [c.alpha for c in (shape.fill, shape.stroke.color if shape.stroke else None) if c]
        if len(set(opacities)) > 1:
            self._shape(Shape(shape.path, shape.fill, None, shape.even_odd), x, y, alpha)
            self._shape(Shape(shape.path, None, shape.stroke), x, y, alpha)
            return
        self._set_general(alpha * opacities[0], False)
        if shape.fill is not None:
            self._set("fill", self.shared.paint.fill(shape.fill))
        if shape.stroke is not None:
            self._set("stroke", self.shared.paint.stroke(shape.stroke.color))
            self._set("line", _line(shape.stroke))
        star = "*" if shape.even_odd else ""
        end = "S" if shape.fill is None else f"f{star}" if shape.stroke is None else f"B{star}"
        self.out.parts.append(f"{path_operators(shape.path, x, y)} {end}")

    def _image(self, image: Image, x: Pt, y: Pt, alpha: float) -> None:
        name = self.shared.images.name_of(image)
        self.out.pictures[name] = None
        self.out.see_through |= image.alpha is not None and not self.shared.profile.is_press
        self._set_general(alpha, False)
        box = numbers(image.width, 0, 0, image.height, x, y - image.height)
        self.out.parts.append(f"q {box} cm /{name} Do Q")

    def _group(self, group: Group, spot: _Spot) -> None:
        _, x, y, content, alpha = spot
        if group.alpha < 1 and len(group.frame.items) > 1 and not _has_contents(group.frame):
            self._blended(group, spot)
            return
        matrix, upright = group.matrix, group.matrix[:4] == (1, 0, 0, 1)
        alpha *= group.alpha
        if upright:
            x, y = x + matrix[4], y - matrix[5]
            if group.clip is None:
                self._frame(group.frame, x, y, content, alpha)
                return
        self._close()
        self._push()
        outer = self._base
        if not upright:
            inner = reflected(matrix, x, y)
            self.out.parts.append(f"{numbers(*inner)} cm")
            self._base, x, y = compose(inner, outer), 0.0, 0.0
        if group.clip is not None:
            # the clip stands in the group's own axes, like its frame
            self.out.parts.append(f"{path_operators(group.clip, x, y)} W n")
        self._frame(group.frame, x, y, content, alpha)
        self._close()
        self._tails.clear()
        self._base = outer
        self._pop()

    def _blended(self, group: Group, spot: _Spot) -> None:
        """Draw a see-through group as a whole, so that its marks do not show through each other (11.6.6)."""
        form = PageWriter(self.shared, self.height, tagged=False, _base=self._base)
        form._group(replace(group, alpha=1.0), spot._replace(alpha=1.0))
        self.out.links += form.out.links
        self.out.points += form.out.points
        name = f"X{len(self.shared.forms)}"
        self.shared.forms[name] = form.out.seal()
        self.out.pictures |= {**form.out.pictures, name: None}
        self.out.see_through = True
        self._mark(spot)
        self._set_general(spot.alpha * group.alpha, False)
        self._set_spacing(0.0)
        self.out.parts.append(f"/{name} Do")


def _has_contents(frame: Frame) -> bool:
    """Say whether anything in a frame belongs to a content of its own."""
    return any(
        placed.content is not None or (isinstance(placed.item, Group) and _has_contents(placed.item.frame))
        for placed in frame.items
    )


def placed_width(placed: Placed) -> Pt:
    """Return how far a background reaches from the left, for its bounding box."""
    item = placed.item
    if isinstance(item, Shape):
        return max((abs(s[-2]) for s in item.path if len(s) > 2), default=0.0) + placed.x
    return placed.x + getattr(item, "width", 0.0)


def _line(stroke: Stroke) -> str:
    dashes = numbers(*stroke.dashes)
    return (
        f"{number(stroke.width)} w {CAPS[stroke.cap]} J {JOINS[stroke.join]} j "
        f"{number(stroke.miter_limit)} M [{dashes}] {number(stroke.dash_phase)} d"
    )


def _text_matrix(angle: float, x: Pt, y: Pt) -> str:
    if not angle:
        return f"1 0 0 1 {number(x)} {number(y)} Tm"
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    return f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {number(x)} {number(y)} Tm"


def _primary(lang: str) -> str:
    return lang.partition("-")[0].lower()


_PARTED = (" ", "\u3000", "\u00a0", "\u00ad", "")
"""What need not be kept apart: spaces, the hyphen of a divided word, nothing."""


def _last(run: GlyphRun) -> str:
    return next((t for t in reversed(run.texts) if t), "")[-1:]


def _first(run: GlyphRun) -> str:
    return next((t for t in run.texts if t), "")[:1]


def _joins(char: str) -> bool:
    """Say whether text beside this character needs no space at a line's end: Chinese text, and dashes."""
    return char >= "\u2e80" or char in "—–-/…“”‘’（）《》"
