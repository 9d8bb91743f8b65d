"""How wide a table's columns are: each at least what cannot be broken, at most what needs no breaking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.base.units import Pt


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column asks for: the width below which it overflows, the width at which nothing in it breaks.

    ``share`` is a wanted share of the whole, 0 for none.
    """

    least: Pt
    natural: Pt
    share: float = 0.0


def column_widths(wishes: Sequence[Wish], measure: Pt, gap: Pt) -> tuple[Pt, ...]:
    """Return the columns' widths, without the gaps between them; they fill the measure.

    As in CSS 2.2, 17.5.2.2 (automatic table layout): what remains above the least widths is given in proportion to
    what each column still wants; what remains above the natural widths is shared out evenly. If even the least
    widths do not fit, they are returned, and the table is wider than its measure.
    """
    room = measure - gap * (len(wishes) - 1)
    widths = [max(wish.least, wish.share * room) for wish in wishes]
    spare = room - sum(widths)
    if spare <= 0:
        return tuple(wish.least for wish in wishes) if any(w.share for w in wishes) else tuple(widths)
    wants = [max(0.0, wish.natural - width) for wish, width in zip(wishes, widths, strict=True)]
    wanted = sum(wants)
    if wanted > spare:
        return tuple(width + spare * want / wanted for width, want in zip(widths, wants, strict=True))
    more = (spare - wanted) / len(wishes)
    return tuple(width + want + more for width, want in zip(widths, wants, strict=True))
