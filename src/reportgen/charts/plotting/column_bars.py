"""Columns that stand on a base line, with a dash where there is no value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.base.units import Pt
from reportgen.charts.drawing_sheet import Sheet
from reportgen.charts.observations import Observation
from reportgen.charts.plotting.axes import label_box
from reportgen.charts.plotting.boxes import Box
from reportgen.charts.plotting.scale import Scale
from reportgen.charts.stage import Paint, Stage
from reportgen.charts.words import MISSING

LEAST_COLUMN: Pt = 3.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its series and category, its sides, its observation."""

    series: str
    x: str
    left: Pt
    right: Pt
    observation: Observation

    @property
    def middle(self) -> Pt:
        return (self.left + self.right) / 2

    def box(self, scale: Scale) -> Box:
        """Return the column's box, flat where it has no value."""
        y, zero = scale.at(self.observation.value or Decimal(0)), scale.zero
        return Box(self.left, min(y, zero), self.right, max(y, zero))


def draw_columns(
    stage: Stage,
    sheet: Sheet,
    columns: Sequence[Column],
    scale: Scale,
    paint: Paint | None = None,
    foot: Pt = 2.0,
) -> None:
    """Draw columns from zero; where estimates stand beside published values they are hollow.

    Args:
        paint: of all columns; None for that of each one's series.
        foot: how far a dash stands above the base line.
    """
    zero = scale.zero
    for column in columns:
        seen, how = column.observation, paint or stage.paint(column.series)
        if seen.value is None:
            sheet.block(column.middle, zero - foot, stage.words.block(MISSING), part="quiet", align="center")
        else:
            y, hollow = scale.at(seen.value), stage.grid.is_hollow(seen)
            sheet.rectangle(column.left, zero, column.right, y, how.part, tint=how.tint, hollow=hollow)


def column_boxes(stage: Stage, columns: Sequence[Column], scale: Scale, foot: Pt = 2.0) -> Iterator[Box]:
    """Yield the boxes of columns and of the dashes in their stead."""
    dash = stage.words.block(MISSING)
    for column in columns:
        if column.observation.value is None:
            yield label_box(column.middle - dash.width / 2, scale.zero - foot, dash)
        else:
            yield column.box(scale)
