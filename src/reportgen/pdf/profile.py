"""Profiles: what a PDF file must satisfy, and what its reader may choose within that."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from reportgen.base.units import Pt, mm
from reportgen.pdf.icc import profile_fault

_PROFILES = Path(__file__).parent / "profiles"


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """How colours will come out: an ICC profile and its name in the characterisation registry.

    Attributes:
        identifier: such as ``FOGRA39``, from the registry at http://www.color.org (ISO 15930-7, output intents).
        info: the same for a person.
        icc: the profile's bytes.
    """

    identifier: str
    info: str
    icc: bytes = field(repr=False)

    @property
    def space(self) -> str:
        """The profile's colour space signature (ICC.1, 7.2.6): ``RGB``, ``CMYK`` or ``GRAY``."""
        return self.icc[16:20].decode("ascii", "replace").strip()

    @property
    def fault(self) -> str:
        """What keeps a press from using the profile (:func:`reportgen.pdf.icc.profile_fault`), or ""."""
        return profile_fault(self.icc)


@lru_cache(maxsize=1)
def fogra39() -> OutputCondition:
    """Return offset printing on coated paper, the house's condition; its total ink is at most 317 per cent."""
    icc = (_PROFILES / "FOGRA39L_coated.icc").read_bytes()
    return OutputCondition("FOGRA39", "Coated FOGRA39 (ISO 12647-2:2004)", icc)


@lru_cache(maxsize=1)
def srgb() -> OutputCondition:
    """Return the screen's condition."""
    return OutputCondition("sRGB", "sRGB IEC61966-2.1", (_PROFILES / "sRGB.icc").read_bytes())


@dataclass(frozen=True, slots=True)
class SpotInk:
    """A named ink beside the four: its name on the plate and the process inks that stand for it at full strength."""

    name: str
    cmyk: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PressOptions:
    """What a printer may ask for.

    Attributes:
        condition: None for :func:`fogra39`.
        bleed: how far the pages' content is kept beyond the trim; None for all that the publication has.
        crop_marks, registration_marks, color_bar, slug: what is printed outside the bleed.
        signature: the page count is padded with blank pages to a multiple of this.
        spots: the spot inks that have plates; a colour's other spot names are printed from its process inks.
        ink_limit: the greatest total of inks in one place, 1 = 100 per cent of one ink.
        image_resolution: the least samples an inch of a picture.
        hairline: the thinnest line.
    """

    condition: OutputCondition | None = None
    bleed: Pt | None = None
    crop_marks: bool = True
    registration_marks: bool = True
    color_bar: bool = True
    slug: bool = True
    signature: int = 1
    spots: tuple[SpotInk, ...] = ()
    ink_limit: float = 3.0
    image_resolution: float = 200.0
    hairline: Pt = 0.2

    @property
    def has_marks(self) -> bool:
        """Whether anything is printed outside the bleed."""
        return self.crop_marks or self.registration_marks or self.color_bar or self.slug

    def spot(self, name: str | None) -> SpotInk | None:
        """Return the spot ink of that name, None if it has no plate."""
        return next((ink for ink in self.spots if ink.name == name), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """``screen``: PDF/UA-1 and PDF/A-3a in one file. ``press``: PDF/X-4, with its options."""

    name: Literal["screen", "press"]
    options: PressOptions = PressOptions()

    @property
    def is_press(self) -> bool:
        return self.name == "press"

    @property
    def version(self) -> str:
        """The PDF version that the standards allow (ISO 14289-1, ISO 19005-3, ISO 15930-7)."""
        return "1.6" if self.is_press else "1.7"

    @property
    def condition(self) -> OutputCondition:
        if not self.is_press:
            return srgb()
        return self.options.condition or fogra39()


SCREEN = Profile("screen")
OVERPRINTS_FROM = 0.8
"""The least black of a text that overprints: lighter greys would let a ground show through."""

MARKS_WIDTH: Pt = mm(10)
"""How much paper the marks take beyond the bleed."""


def press(options: PressOptions = PressOptions()) -> Profile:
    """Return the press profile with the printer's options."""
    return Profile("press", options)
