"""A table of the data package, with its corrections laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from html import escape
from typing import TYPE_CHECKING

from reportgen.data import package
from reportgen.data.frames import frame_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from reportgen.data.package import Column, Row

_SHOWN = 60


@dataclass(frozen=True, slots=True, repr=False)
class Table(package.Table):
    """A table: ``columns`` by name, ``rows`` with their values, places and corrections.

    Attributes:
        code_lists: the code lists of the package, for the names of codes.
        lang: the language of titles and names where it is shown.
    """

    code_lists: Mapping[str, package.CodeList] = field(kw_only=True, repr=False)
    lang: str = field(kw_only=True)

    def to_frame(self, *, origin: bool = False, exact: bool = False) -> DataFrame:
        """Return the table as a pandas DataFrame, its codes in the order of their lists (``docs/pandas.md``)."""
        return frame_of(self, self.code_lists, origin=origin, exact=exact)

    def __repr__(self) -> str:
        return f"<table {self.name}: {len(self.rows):,} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return "".join(_html(self))


def show_table(table: package.Table, data: package.DataPackage, lang: str) -> Table:
    """Return a table as the door shows it."""
    values = {f.name: getattr(table, f.name) for f in fields(package.Table)}
    return Table(**values, code_lists=data.code_lists, lang=lang)


def _html(table: Table) -> Iterator[str]:
    """Yield the table as HTML: the first rows, codes by their names, values that are not as observed in italics."""
    heads = "".join(f"<th>{escape(c.titles.get(table.lang, c.name))}</th>" for c in table.columns.values())
    title = table.titles.get(table.lang, table.name)
    yield f"<table><caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows[:_SHOWN]:
        yield f"<tr>{''.join(_cell(table, row, column) for column in table.columns.values())}</tr>"
    yield "</tbody></table>"
    if len(table.rows) > _SHOWN:
        yield f"<p>{_SHOWN} of {len(table.rows):,} rows</p>"


def _cell(table: Table, row: Row, column: Column) -> str:
    value = row.values.get(column.name)
    code_list = table.code_lists.get(column.code_list or "")
    code = code_list.codes.get(str(value)) if code_list else None
    if code is not None:
        return f"<td>{escape(code.name(table.lang))}</td>"
    text = escape(
        f"{value:,}" if column.role == "measure" and not isinstance(value, str | None) else str(value or "")
    )
    if column.role != "measure":
        return f"<td>{text}</td>"
    return f'<td style="text-align:right">{text if row.status == "A" else f"<i>{text}</i>"}</td>'
