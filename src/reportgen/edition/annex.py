"""The statistical annex: every figure's table as it stands in the data package, pivoted for reading.

No totals are added: which measures add up is not said in the package (patents in force do not add over years, the first
ten of a ranking are no whole), and a total that is printed is a fact of the fact book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from reportgen.base.diagnostics import Span
from reportgen.data.package import Annex, Column, Row, Table, Value
from reportgen.data.period_spellings import parse_period
from reportgen.data.units import Unit
from reportgen.edition import document as doc
from reportgen.edition.captions import (
    author_notes,
    data_file,
    estimate_note,
    mark_notes,
    source_line,
    unit_label,
    unit_of_figure,
)
from reportgen.edition.contents_lists import repeated
from reportgen.edition.quantities import Quantities, measures_of, quantities, quantity_of
from reportgen.edition.wording import Wording
from reportgen.manuscript import tree

Key: TypeAlias = tuple[str, ...]

MOST_JOINED = 12
"""Rows that a heading of their group covers at most; a page break never parts them."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """A tidy table laid out: the keys of its rows and columns in the order of the file, and the observations."""

    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    cells: Mapping[tuple[Key, Key], Row]


def compose_annex_table(wording: Wording, figure: tree.Figure, table: Table) -> doc.Table:
    """Return the table of a figure, under the figure's caption."""
    shape = table.annex or Annex(dimensions(table))
    measures = tuple(
        Measure(column, quantities(wording.package, table, column, figure.unit))
        for column in measures_of(table)
    )
    made = _AnnexTable(
        wording, table, shape, measures, pivot_table(table, shape), unit_of_figure(wording, figure)
    )
    return doc.Table(
        figure.name,
        wording.numbering.words[f"tab-{figure.name}"],
        f"tab-{figure.name}",
        repeated(wording.say(figure.caption)),
        unit_label(wording, figure),
        made.columns(),
        made.rows(),
        (
            *map(repeated, author_notes(wording, figure)),
            *estimate_note(wording, table, in_table=True),
            *mark_notes(wording, table),
        ),
        source_line(wording, figure, table),
        wording.labels("continued"),
        data_file(figure),
        figure.span,
    )


def dimensions(table: Table) -> tuple[str, ...]:
    """Return the names of a table's dimensions in the order of its columns."""
    return tuple(name for name, column in table.columns.items() if column.role == "dimension")


def pivot_table(table: Table, shape: Annex) -> Pivot:
    """Lay a table out; a combination that has no observation has no cell.

    Keys stand in the order of the file, those that agree in the leading dimensions next to each other; periods in that
    of time, or back from the last one where the file has them so.
    """
    rows = _ordered(_keys(table.rows, shape.rows), table, shape.rows)
    columns = _ordered(_keys(table.rows, shape.columns), table, shape.columns)
    cells = {(_key(row, shape.rows), _key(row, shape.columns)): row for row in table.rows}
    return Pivot(rows, columns, cells)


def _keys(rows: Iterable[Row], names: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(_key(row, names) for row in rows))


def _ordered(keys: tuple[Key, ...], table: Table, names: tuple[str, ...]) -> tuple[Key, ...]:
    """Gather keys by their leading parts, each in the order in which it first appears, or that of time."""
    parts = (tuple(dict.fromkeys(found)) for found in zip(*keys, strict=True))
    ordered = (_in_time(found, table.columns[name]) for found, name in zip(parts, names, strict=False))
    ranks = [{part: rank for rank, part in enumerate(found)} for found in ordered]
    return tuple(sorted(keys, key=lambda key: [rank[part] for rank, part in zip(ranks, key, strict=True)]))


def _in_time(codes: tuple[str, ...], column: Column) -> tuple[str, ...]:
    """Return periods in the order of time; as they are, where they run back without a break, or are no periods."""
    frequency = column.frequency
    if frequency is None or "" in codes:
        return codes
    found = tuple(sorted(codes, key=lambda code: parse_period(code, frequency)))
    return codes if codes == found[::-1] else found


def _key(row: Row, names: tuple[str, ...]) -> Key:
    return tuple(_code(row.values.get(name)) for name in names)


def _code(value: Value) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else value


class Measure(NamedTuple):
    """A column of numbers, and how they are printed."""

    column: Column
    quantities: Quantities


@dataclass(frozen=True, slots=True)
class _AnnexTable:
    """A table of the annex being written: its data, their shape, its measures, and the unit that its caption names."""

    wording: Wording
    table: Table
    shape: Annex
    measures: tuple[Measure, ...]
    pivot: Pivot
    unit: Unit | None = None

    def columns(self) -> tuple[doc.TableColumn, ...]:
        stub = [self.title(self.table.columns[name]) for name in self.shape.rows]
        heads = [self.measure_head(measure) for measure in self.measures]
        if self.shape.columns:
            ends = [f" {title}" for title in heads] if len(heads) > 1 else [""]
            heads = [self.head(key) + end for key in self.pivot.columns for end in ends]
        return (
            *(doc.TableColumn((doc.Text(text),), "left") for text in stub),
            *(doc.TableColumn((doc.Text(text),), "decimal") for text in heads),
        )

    def measure_head(self, measure: Measure) -> str:
        """Return the title of a measure, with its unit where that is another than the caption's."""
        only = measure.quantities.only
        unit = self.wording.unit_name(only.unit) if only is not None and only.unit != self.unit else ""
        title = self.title(measure.column)
        return self.wording.labels("{name} ({value})", name=title, value=unit) if unit else title

    def title(self, column: Column) -> str:
        return self.wording.title(column.titles, column.name)

    def head(self, key: Key) -> str:
        """Return the names of the codes that a column across the head stands for."""
        codes = zip(self.shape.columns, key, strict=True)
        return self.wording.language.colon.join(self.code(name, code) for name, code in codes)

    def code(self, dimension: str, code: str) -> str:
        return name_of(self.wording, self.table.columns[dimension], code)

    def rows(self) -> tuple[tuple[doc.TableCell, ...], ...]:
        spans = row_spans(self.pivot.rows)
        return tuple(self.row(key, span) for key, span in zip(self.pivot.rows, spans, strict=True))

    def row(self, key: Key, spans: tuple[int, ...]) -> tuple[doc.TableCell, ...]:
        stub = (
            doc.TableCell((doc.Text(self.code(name, code)),), header=True, row_span=span)
            for name, code, span in zip(self.shape.rows, key, spans, strict=True)
            if span
        )
        found = (self.pivot.cells.get((key, column)) for column in self.pivot.columns or ((),))
        return (*stub, *(self.cell(row, measure) for row in found for measure in self.measures))

    def cell(self, row: Row | None, measure: Measure) -> doc.TableCell:
        """Return an observation; its unit's sign stands beside it where the rows differ in units."""
        column, found = measure
        value = row.values.get(column.name) if row is not None else None
        if row is None or value is None:
            return doc.TableCell(())
        status = "" if row.status == "A" else row.status
        if isinstance(value, Decimal):
            quantity = quantity_of(found, self.wording.package, self.table, column, row)
            write = quantity.digits if found.only is not None else quantity.said
            value = write(value, self.wording.language)
        return doc.TableCell((doc.Text(value),), status=status, span=Span(row.file, row.number))


def name_of(wording: Wording, column: Column, code: str) -> str:
    """Return what a dimension's value is called: the short name of its code or period, else the value itself."""
    if column.frequency not in (None, "year") and code:
        return wording.language.period(parse_period(code, column.frequency), short=True)
    return wording.code_name(column.code_list, code, short=True) if column.code_list else code


def row_spans(keys: Sequence[Key]) -> tuple[tuple[int, ...], ...]:
    """Return how many rows each heading of each row covers; 0 where one above covers it.

    Headings of leading dimensions are joined, those of the last never. Groups of more than ``MOST_JOINED`` rows are
    not, so that a page can end inside them.

    >>> row_spans([("a", "x"), ("a", "y"), ("b", "x")])
    ((2, 1), (0, 1), (1, 1))
    """
    depth = len(keys[0]) if keys else 0
    spans = [[1] * depth for _ in keys]
    for level in range(1, depth):
        counts = Counter(key[:level] for key in keys)
        seen: set[Key] = set()
        for span, key in zip(spans, keys, strict=True):
            count = counts[key[:level]]
            if count <= MOST_JOINED:
                span[level - 1] = 0 if key[:level] in seen else count
            seen.add(key[:level])
    return tuple(tuple(span) for span in spans)
