"""What stands beneath an axis: names of categories, or periods, those shorter than a year above their years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.form import ChartFault
from reportgen.charts.plotting.axes import GAP
from reportgen.charts.stage import Stage
from reportgen.charts.words import Block
from reportgen.data.periods import Frequency, Period, period_at

_MOST_LINES = 3
_BETWEEN: Pt = 3.0
"""Between the names of a row of short ones."""
_RULE: Pt = 3.0
"""From the names of periods to the rule over their year."""
_APART: Pt = 2.0
"""From the end of a rule to the end of its year, where that is not too short."""
_EVERY: dict[Frequency, tuple[int, ...]] = {"quarter": (1, 2), "month": (1, 2, 3, 6)}
"""Which parts of a year are named where there is not room for all: each second, third …, from the first on."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A year beneath its periods: the first and the last of them, and its name, if there is room for it."""

    first: int
    last: int
    block: Block | None


@dataclass(frozen=True, slots=True)
class Categories:
    """The names beneath an axis: a block each, None where a period goes unnamed for want of room.

    Attributes:
        brackets: the years of periods that are shorter.
        slot: the width of a category.
    """

    blocks: tuple[Block | None, ...]
    brackets: tuple[Bracket, ...] = ()
    slot: Pt = 0.0

    @property
    def height(self) -> Pt:
        years = [b.block.height for b in self.brackets if b.block is not None]
        return self.top_row + (max(years) + _RULE if years else 0.0) + GAP

    @property
    def top_row(self) -> Pt:
        """The height of the first row."""
        return max((b.height for b in self.blocks if b is not None), default=0.0)


def set_categories(stage: Stage, slot: Pt, centres: Sequence[Pt] | None = None) -> Categories:
    """Set the names of the categories to the width of a slot.

    Names are wrapped; periods are thinned out, as their order says the rest: years evenly, counted back from the last
    one, quarters and months at the same places of each year.

    Args:
        centres: the middles of the categories, where they do not stand at one distance.

    Raises:
        ChartFault: if a name cannot be wrapped into its slot.
    """
    words, grid = stage.words, stage.grid
    if stage.frequency in ("half", "quarter", "month", "date"):
        return _two_rows(stage, slot, centres)
    names = [stage.category(code) for code in grid.x]
    if stage.is_timed:
        return Categories(_thinned([words.block(name) for name in names], slot, centres))
    wrapped = [words.block(name, "label", max(slot - GAP, 1.0)) for name in names]
    fit = all(b.width <= slot - 1 and len(b.lines) <= _MOST_LINES for b in wrapped)
    if not fit or not all(words.fits(name, "label", slot - GAP) for name in names):
        message = f"the names of its {len(names)} categories do not fit beneath columns {slot:.0f} pt wide"
        hint = "choose ranked-bars, give the codes short names, or show fewer"
        raise ChartFault(message, hint, key="x")
    return Categories(tuple(wrapped))


def _thinned(blocks: Sequence[Block], slot: Pt, centres: Sequence[Pt] | None) -> tuple[Block | None, ...]:
    """Return blocks that keep clear of each other, the last among them; None for those that give way."""
    last = len(blocks) - 1
    if centres is None:
        widest = max(block.width for block in blocks)
        needed = widest + GAP + max((widest - slot) / 2, 0.0)  # the outermost is moved inwards
        every = next(k for k in range(1, last + 2) if slot * k >= needed or k == last + 1)
        return tuple(block if (last - i) % every == 0 else None for i, block in enumerate(blocks))
    kept: dict[int, Block] = {}
    for i in (last, 0, *range(last - 1, 0, -1)):
        if all(_clear(centres, i, blocks[i], k, other) for k, other in kept.items()):
            kept[i] = blocks[i]
    return tuple(kept.get(i) for i in range(last + 1))


def _clear(centres: Sequence[Pt], i: int, block: Block, k: int, other: Block) -> bool:
    """Say whether two names keep their distance."""
    return abs(centres[i] - centres[k]) >= (block.width + other.width) / 2 + GAP


def _two_rows(stage: Stage, slot: Pt, centres: Sequence[Pt] | None) -> Categories:
    """Set periods shorter than a year: what they are in their year above, their years below."""
    periods = [stage.words.period(stage.spec.x, code) for code in stage.grid.x]
    ticks = [stage.words.language.ticks(period) for period in periods]
    rows = [
        [stage.words.block(tick[min(v, len(tick) - 1)]) for tick in ticks]
        for v in range(max(map(len, ticks)))
    ]
    if centres is None:
        blocks = _named_parts(periods, rows, slot)
    else:
        whole = next((row for row in rows if None not in _thinned(row, slot, centres)), rows[0])
        blocks = _thinned(whole, slot, centres)
    return Categories(blocks, tuple(_brackets(stage, periods, slot, centres)), slot)


def _named_parts(
    periods: Sequence[Period], rows: Sequence[Sequence[Block]], slot: Pt
) -> tuple[Block | None, ...]:
    """Return the names of all periods in the longest form that fits, else of some places of the year, else of none."""
    for row in rows:
        if max(block.width for block in row) + _BETWEEN <= slot:
            return tuple(row)
    frequency = periods[0].frequency
    if frequency == "date":
        return _thinned(rows[0], slot, None)
    for every in _EVERY.get(frequency, ()):
        shown = [(period.part - 1) % every == 0 for period in periods]
        widest = max((b.width for b, is_shown in zip(rows[0], shown, strict=True) if is_shown), default=0.0)
        if any(shown) and widest + GAP <= slot * every:
            return tuple(b if is_shown else None for b, is_shown in zip(rows[0], shown, strict=True))
    return (None,) * len(periods)


def _brackets(
    stage: Stage, periods: Sequence[Period], slot: Pt, centres: Sequence[Pt] | None
) -> Iterator[Bracket]:
    """Yield the years of the periods; where not all can be named, some are, evenly, counted back from the last."""
    at = [slot * i for i in range(len(periods))] if centres is None else centres
    years = [
        (year, [i for i, _ in found]) for year, found in groupby(enumerate(periods), lambda p: p[1].year)
    ]
    blocks = [stage.words.block(stage.words.language.period(Period("year", year))) for year, _ in years]
    middles = [
        min(
            max((at[places[0]] + at[places[-1]]) / 2, at[0] - slot / 2 + b.width / 2),
            at[-1] + slot / 2 - b.width / 2,
        )
        for b, (_, places) in zip(blocks, years, strict=True)
    ]
    chosen = _named_years([len(places) for _, places in years], blocks, middles)
    for i, (_, places) in enumerate(years):
        yield Bracket(places[0], places[-1], blocks[i] if i in chosen else None)


def _named_years(counts: Sequence[int], blocks: Sequence[Block], middles: Sequence[Pt]) -> set[int]:
    """Return which years are named: whole ones evenly, then those at the ends that are not whole, as they find room."""
    whole = [i for i, count in enumerate(counts) if count == max(counts)]
    last = len(whole) - 1
    evenly = (
        [year for k, year in enumerate(whole) if (last - k) % every == 0] for every in range(1, last + 2)
    )
    chosen = next(
        (
            found
            for found in evenly
            if all(_clear(middles, i, blocks[i], k, blocks[k]) for i, k in pairwise(found))
        ),
        whole[-1:],
    )
    for i in range(len(counts)):
        if i not in whole and all(_clear(middles, i, blocks[i], k, blocks[k]) for k in chosen):
            chosen.append(i)
    return set(chosen)


def draw_categories(sheet: Sheet, categories: Categories, centres: Sequence[Pt], top: Pt) -> None:
    """Draw the names, each about its centre but within the sheet."""
    for block, x in zip(categories.blocks, centres, strict=True):
        if block is not None:
            _draw_below(sheet, block, x, top + GAP - 1)
    y = top + GAP - 1 + categories.top_row
    half = categories.slot / 2 - min(_APART, categories.slot / 4)
    for bracket in categories.brackets:
        left, right = centres[bracket.first], centres[bracket.last]
        sides = max(left - half, 0.0), min(right + half, sheet.width)
        if sides[1] - sides[0] > 1:
            sheet.line([(sides[0], y + 1), (sides[1], y + 1)], "grid")
        if bracket.block is not None:
            _draw_below(sheet, bracket.block, (left + right) / 2, y + _RULE)


def _draw_below(sheet: Sheet, block: Block, x: Pt, top: Pt) -> None:
    half = block.width / 2
    sheet.below(min(max(x, half), sheet.width - half), top, block, align="center")


def time_centres(stage: Stage, left: Pt, right: Pt) -> list[Pt] | None:
    """Return where periods stand in time between the first at ``left`` and the last at ``right``.

    None where they are no periods or follow each other at one distance, so that slots of one width say the same.
    """
    if not stage.is_timed or len(stage.grid.x) < 3:
        return None
    periods = [stage.words.period(stage.spec.x, code) for code in stage.grid.x]
    places = [_place(period) for period in periods]
    if len({other - one for one, other in pairwise(places)}) == 1:
        return None
    span = places[-1] - places[0]
    return [left + (right - left) * (place - places[0]) / span for place in places]


def _place(period: Period) -> float:
    """Return where a period stands: its number; a date, in months, so that last days of months are equally far."""
    if period.frequency == "date":
        month = period_at(period.first_day, "month")
        return month.number + period.first_day.day / month.last_day.day
    return period.number
