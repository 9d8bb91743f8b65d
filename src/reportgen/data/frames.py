"""Tables as pandas DataFrames. pandas is imported when a frame is made, never before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reportgen.base.functions import library
from reportgen.data.package import CodeList, Column, Table, Value

if TYPE_CHECKING:
    from pandas import DataFrame

ORIGIN = "origin"
"""Name of a frame's index: ``TABLE:ROW`` says which row of which table each row is."""


def label(table: str, number: int) -> str:
    """Return the index label of a table's row, unique in the package."""
    return f"{table}:{number}"


def frame_of(
    table: Table,
    code_lists: Mapping[str, CodeList] | None = None,
    *,
    origin: bool = False,
    exact: bool = False,
) -> DataFrame:
    """Return a table as a DataFrame with a column a column and a row a row.

    Numbers are ``Float64``, whole numbers and years ``Int64``, dates ``datetime64``, codes categories in the order of
    their code list, all else ``string``; a missing value is NA. The index says which row each is, ``attrs`` the table's
    name, its file and the units of its measures.

    Args:
        code_lists: give the categories their order; without them it is that of the table.
        origin: add the columns ``file`` and ``row``.
        exact: numbers are ``Decimal`` objects.

    Raises:
        Refused: if pandas is not installed.
    """
    pd = library("pandas")
    columns = {
        column.name: _array(column, [row.values[column.name] for row in table.rows], code_lists or {}, exact)
        for column in table.columns.values()
    }
    if origin:
        columns["file"] = pd.array([row.file for row in table.rows], dtype="string")
        columns["row"] = pd.array([row.number for row in table.rows], dtype="Int64")
    labels = [label(table.name, row.number) for row in table.rows]
    frame = pd.DataFrame(columns, index=pd.Index(labels, dtype=object, name=ORIGIN))
    units = {column.name: column.unit for column in table.columns.values() if column.unit is not None}
    frame.attrs = {"table": table.name, "file": table.file, "units": units}
    return frame


def _array(column: Column, values: Sequence[Value], lists: Mapping[str, CodeList], exact: bool) -> Any:
    pd = library("pandas")
    match column.type:
        case "number" | "integer" if exact:
            return pd.Series(values, dtype=object).array
        case "number":
            return pd.array([None if v is None else float(v) for v in values], dtype="Float64")
        case "integer" | "year":
            return _whole([None if v is None else int(v) for v in values])
        case "date":
            return pd.to_datetime(pd.Series(values, dtype="string"), format="%Y-%m-%d").array
    if column.code_list is None:
        return pd.array(values, dtype="string")
    known = lists.get(column.code_list)
    order = dict.fromkeys((*(known.codes if known else ()), *(v for v in values if v is not None)))
    return pd.Categorical(values, categories=pd.Index(list(order), dtype="string"))


def _whole(values: list[int | None]) -> Any:
    """Return whole numbers as ``Int64``, as objects where one is too large for 64 bits."""
    pd = library("pandas")
    try:
        return pd.array(values, dtype="Int64")
    except OverflowError:
        return pd.Series(values, dtype=object).array
