"""Contrast: whether a screen file's text stands out from its ground (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.base.color import relative_luminance
from reportgen.base.diagnostics import Severity
from reportgen.base.units import Pt
from reportgen.pdf.read.agreement import Tree
from reportgen.pdf.read.findings import Finding, at_mark
from reportgen.pdf.read.grounds import Grounds
from reportgen.pdf.read.painted import Ink, Mark, Scan

LEAST = 4.5
LEAST_FOR_LARGE = 3.0
LARGE: Pt = 18.0
LARGE_IF_BOLD: Pt = 14.0
PAPER = (1.0, 1.0, 1.0)


def check_contrast(scanned: Scan, _: Tree) -> Iterator[Finding]:
    """Text that is content has a contrast of 4.5 to its ground, large text one of 3."""
    for page in scanned.pages:
        grounds, fonts = Grounds(page), page.font_names()
        for position, mark in enumerate(page.marks):
            if mark.kind != "text" or mark.artifact or not mark.text.strip():
                continue
            ratio = _ratio(mark, grounds.below(position, mark))
            least = LEAST_FOR_LARGE if _is_large(mark, fonts.get(mark.name, "")) else LEAST
            if ratio < least - 0.005:
                yield at_mark(
                    page, mark, "ua.contrast", f"has a contrast of {ratio:.1f} to its ground, the least is {least:g}",
                    severity=Severity.WARNING, hint="use a darker colour, or a paler ground",
                )  # fmt: skip


def _is_large(mark: Mark, font: str) -> bool:
    return mark.size >= LARGE or (mark.size >= LARGE_IF_BOLD and "Bold" in font)


def _ratio(mark: Mark, ground: Ink | None) -> float:
    below = _light(ground)
    above = _light(mark.ink)
    seen = (
        below[0] + (above[0] - below[0]) * mark.alpha,
        below[1] + (above[1] - below[1]) * mark.alpha,
        below[2] + (above[2] - below[2]) * mark.alpha,
    )
    dark, light = sorted((relative_luminance(seen), relative_luminance(below)))
    return (light + 0.05) / (dark + 0.05)


def _light(ink: Ink | None) -> tuple[float, float, float]:
    """Return the sRGB of a paint; paper for none and for paints that a screen file does not use."""
    if ink is None:
        return PAPER
    if ink.space == "DeviceGray":
        return ink.values[0], ink.values[0], ink.values[0]
    return (ink.values[0], ink.values[1], ink.values[2]) if ink.space == "DeviceRGB" else PAPER
