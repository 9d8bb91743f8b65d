"""Parquet files, read by pyarrow, an optional extra."""

from __future__ import annotations

import io
from typing import Any

from reportgen.base import limits
from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.world import World
from reportgen.data.raw_sheet import Sheet, raw_of
from reportgen.data.sheets import Expected, check_header


def read_parquet(world: World, path: str, expected: Expected) -> Result[Sheet | None]:
    """Return the sheet of a Parquet file; its first row counts as row 2, as under a header."""
    data = world.load_bytes(path)
    if isinstance(data, Diagnostic):
        return Result(None, (data,))
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        message = "reading Parquet needs pyarrow, which is not installed"
        return _nothing("missing-library", message, path, "install it with: pip install reportgen[parquet]")
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        if fault := _too_large(file.metadata, path):
            return Result(None, (fault,))
        table = file.read()
        columns = [[raw_of(value) for value in column.to_pylist()] for column in table.columns]
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as problem:
        reason = str(problem).partition("\n")[0]
        return _nothing("not-parquet", f"the file is not a Parquet file: {reason}", path, "save it anew")
    header = tuple(table.column_names)
    wrong = check_header(header, 1, path, expected)
    if wrong is not None and wrong.rule == "wrong-header":
        return Result(None, (wrong,))
    rows = tuple((number, cells) for number, cells in enumerate(zip(*columns, strict=True), start=2))
    return Result(Sheet(header, rows, path), () if wrong is None else (wrong,))


def _nothing(rule: str, message: str, path: str, *hints: str) -> Result[None]:
    return Result(None, (error(rule, message, Span(path), *hints),))


def _too_large(metadata: Any, path: str) -> Diagnostic | None:
    rows, columns = metadata.num_rows, metadata.num_columns
    unpacked = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    cells = rows * columns
    if rows > limits.TABLE_ROWS or columns > limits.TABLE_COLUMNS or cells > limits.TABLE_CELLS:
        message = f"the table has {rows:,} rows and {columns:,} columns; {limits.TABLE_ROWS:,} rows, "
        message += f"{limits.TABLE_COLUMNS:,} columns and {limits.TABLE_CELLS:,} cells are the most"
        return error("too-large", message, Span(path), "leave out what the report does not use, or sum it up")
    if unpacked > limits.UNPACKED_BYTES:
        message = f"the file unpacks to {unpacked:,} bytes, more than {limits.UNPACKED_BYTES:,}"
        return error("too-large", message, Span(path), "leave out what the report does not use")
    return None
