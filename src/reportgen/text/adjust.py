"""Adjust: how much each gap of a line gives or takes (CLREQ 3.5, 行内调整)."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from reportgen.base.units import Pt
from reportgen.text.items import TIERS, Gap

TINY = 1e-9


def adjust(gaps: Sequence[Gap], slack: Pt) -> tuple[list[Pt], float]:
    """Return the widths that a line's gaps take to fill ``slack``, and the share of their stretch or shrink used.

    A tier gives all it has before the next gives anything, and within a tier all give in proportion (3.5.3, 3.5.4).
    What exceeds all stretch is shared out in proportion to it; what exceeds all shrink stays.
    """
    widths = [gap.width for gap in gaps]
    if abs(slack) < TINY:
        return widths, 0.0
    if slack > 0:
        give = [(gap.stretch, gap.stretch_tier) for gap in gaps]
    else:
        give = [(-gap.shrink, gap.shrink_tier) for gap in gaps]
    room = [0.0] * TIERS
    for most, tier in give:
        room[tier] += abs(most)
    total = fsum(room)
    if total < TINY:
        return widths, 0.0
    ratio = slack / total
    shares = [ratio] * TIERS if ratio > 1 else _shares(room, abs(slack))
    taken = [width + most * shares[tier] for width, (most, tier) in zip(widths, give, strict=True)]
    return taken, max(-1.0, ratio)


def _shares(room: Sequence[Pt], needed: Pt) -> list[float]:
    """Return the share of each tier's room that is used when the tiers give in turn."""
    shares: list[float] = []
    for give in room:
        share = min(1.0, needed / give) if give > TINY else 0.0
        shares.append(share)
        needed = max(0.0, needed - give * share)
    return shares
