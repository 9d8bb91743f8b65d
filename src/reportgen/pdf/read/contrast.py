"""Contrast: whether a screen file's text stands out from its ground (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.base.color import relative_luminance
from reportgen.base.diagnostics import Diagnostic
from reportgen.base.units import Pt
from reportgen.pdf.profile import Profile
from reportgen.pdf.read.findings import at_mark
from reportgen.pdf.read.grounds import on_grounds
from reportgen.pdf.read.painted import Ink, Mark, Scan

LEAST = 4.5
LEAST_FOR_LARGE = 3.0
LARGE: Pt = 18.0
LARGE_IF_BOLD: Pt = 14.0
PAPER = (1.0, 1.0, 1.0)


def check_contrast(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Text that is content has a contrast of 4.5 to its ground, large text one of 3."""
    for page in scanned.pages:
        fonts = page.font_names()
        for mark, ground in on_grounds(page, _is_content):
            ratio = _ratio(mark, ground)
            least = LEAST_FOR_LARGE if _is_large(mark, fonts.get(mark.name, "")) else LEAST
            if ratio < least - 0.005:
                message = f"has a contrast of {ratio:.1f} to its ground, the least is {least:g}"
                yield at_mark(page, mark, "ua.contrast", message)


def _is_content(mark: Mark) -> bool:
    return mark.kind == "text" and not mark.artifact and bool(mark.text.strip())


def _is_large(mark: Mark, font: str) -> bool:
    return mark.size >= LARGE or (mark.size >= LARGE_IF_BOLD and "Bold" in font)


def _ratio(mark: Mark, ground: Ink | None) -> float:
    red, green, blue = (
        below + (above - below) * mark.alpha
        for above, below in zip(_light(mark.ink), _light(ground), strict=True)
    )
    dark, light = sorted((relative_luminance((red, green, blue)), relative_luminance(_light(ground))))
    return (light + 0.05) / (dark + 0.05)


def _light(ink: Ink | None) -> tuple[float, float, float]:
    """Return the sRGB of a paint; paper for none and for paints that a screen file does not use."""
    if ink is None:
        return PAPER
    if ink.space == "DeviceGray":
        return ink.values[0], ink.values[0], ink.values[0]
    return (ink.values[0], ink.values[1], ink.values[2]) if ink.space == "DeviceRGB" else PAPER
