"""The statistical annex: every figure's table as it stands in the data package, pivoted for reading.

No totals are added: which measures add up is not said in the package (patents in force do not add over years, the first
ten of a ranking are no whole), and a total that is printed is a fact of the fact book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from reportgen.base.diagnostics import Span
from reportgen.data.package import Annex, Column, Row, Table, Value
from reportgen.edition import document as doc
from reportgen.edition.captions import (
    author_notes,
    data_file,
    estimate_note,
    mark_notes,
    source_line,
    unit_label,
)
from reportgen.edition.contents_lists import repeated
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
    measures = tuple(column for column in table.columns.values() if column.role == "measure")
    made = _AnnexTable(wording, table, shape, measures, pivot_table(table, shape))
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

    Keys stand in the order of the file, those that agree in the leading dimensions next to each other.
    """
    rows = _ordered(_keys(table.rows, shape.rows))
    columns = _ordered(_keys(table.rows, shape.columns))
    cells = {(_key(row, shape.rows), _key(row, shape.columns)): row for row in table.rows}
    return Pivot(rows, columns, cells)


def _keys(rows: Iterable[Row], names: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(_key(row, names) for row in rows))


def _ordered(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    """Gather keys by their leading parts, in the order in which each part first appears."""
    ranks: list[dict[str, int]] = [{} for _ in (keys[0] if keys else ())]
    for key in keys:
        for rank, part in zip(ranks, key, strict=True):
            rank.setdefault(part, len(rank))
    return tuple(sorted(keys, key=lambda key: [rank[part] for rank, part in zip(ranks, key, strict=True)]))


def _key(row: Row, names: tuple[str, ...]) -> Key:
    return tuple(_code(row.values.get(name)) for name in names)


def _code(value: Value) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class _AnnexTable:
    """A table of the annex being written: its data, their shape, its measures."""

    wording: Wording
    table: Table
    shape: Annex
    measures: tuple[Column, ...]
    pivot: Pivot

    def columns(self) -> tuple[doc.TableColumn, ...]:
        stub = [self.title(self.table.columns[name]) for name in self.shape.rows]
        heads = [self.title(measure) for measure in self.measures]
        if self.shape.columns:
            ends = [f" {title}" for title in heads] if len(heads) > 1 else [""]
            heads = [self.head(key) + end for key in self.pivot.columns for end in ends]
        return (
            *(doc.TableColumn((doc.Text(text),), "left") for text in stub),
            *(doc.TableColumn((doc.Text(text),), "decimal") for text in heads),
        )

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
        return (*stub, *(_cell(self.wording, row, measure) for row in found for measure in self.measures))


def name_of(wording: Wording, column: Column, code: str) -> str:
    """Return what a dimension's value is called: the short name of its code, else the value itself."""
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


def _cell(wording: Wording, row: Row | None, measure: Column) -> doc.TableCell:
    value = row.values.get(measure.name) if row is not None else None
    if row is None or value is None:
        return doc.TableCell(())
    status = "" if row.status == "A" else row.status
    words = (doc.Text(write_value(wording, value)),)
    return doc.TableCell(words, status=status, span=Span(row.file, row.number))


def write_value(wording: Wording, value: Value) -> str:
    """Return an observation's value with all its decimals."""
    if not isinstance(value, Decimal):
        return value or ""
    exponent = value.as_tuple().exponent
    return wording.language.number(value, max(-exponent, 0) if isinstance(exponent, int) else 0)
