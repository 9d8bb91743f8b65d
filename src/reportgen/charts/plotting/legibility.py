"""Words on colour: a tint and the paint of the words on it, in enough contrast."""

from __future__ import annotations

from reportgen.base.color import WHITE, contrast_ratio
from reportgen.charts.stage import Stage

ENOUGH = 4.5
"""WCAG 2.2, success criterion 1.4.3."""

_STEP = 0.01


def legible(stage: Stage, part: str, tint: float) -> tuple[float, str]:
    """Return a tint of a part, and the part that paints words on it: paper or text.

    Between the tints on which white is legible and those on which black is, there may be a few on which neither is;
    these are printed as the strongest tint below them that bears black words.
    """
    looks = stage.theme.parts[part]
    black = stage.theme.inks.color("black")
    if contrast_ratio(WHITE, stage.theme.inks.color(looks.ink, looks.tint * tint)) >= ENOUGH:
        return tint, "paper"
    while (
        tint > _STEP and contrast_ratio(black, stage.theme.inks.color(looks.ink, looks.tint * tint)) < ENOUGH
    ):
        tint -= _STEP
    return tint, "text"
