"""Tables of a finished file: laid out on a grid by their spans, then asked who heads whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pikepdf

from reportgen.pdf.read.agreement import kids_of, role_of

Attributes = Callable[[pikepdf.Object, str], pikepdf.Object]


def check_table(table: pikepdf.Object, ids: set[str], attributes: Attributes) -> Iterator[str]:
    """Yield what is wrong with a table: uneven rows, cells that lack headers, headers that lack a scope."""
    rows = list(_rows(table))
    widths = {len(row) for row in _grid(rows, attributes)}
    if len(widths) > 1:
        yield f"a table's rows have {' and '.join(str(w) for w in sorted(widths))} columns"
    cells = [cell for row in rows for cell in row]
    if not any(role_of(cell) == "TH" for cell in cells):
        yield "a table has no header cells"
    for cell in cells:
        own = attributes(cell, "Table")
        if role_of(cell) == "TH" and "/Scope" not in own:
            yield "a header cell has no scope"
        for name in own.get("/Headers", pikepdf.Array()):
            if str(name) not in ids:
                yield f"a cell names the header {str(name)!r}, which is not there"


def _rows(table: pikepdf.Object) -> Iterator[list[pikepdf.Object]]:
    for kid in kids_of(table):
        if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
            continue
        if role_of(kid) == "TR":
            yield [c for c in kids_of(kid) if isinstance(c, pikepdf.Dictionary) and "/S" in c]
        elif role_of(kid) in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)


def _grid(rows: list[list[pikepdf.Object]], attributes: Attributes) -> list[set[int]]:
    """Return the columns that each row fills, cells that span rows included."""
    filled: list[set[int]] = [set() for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            own = attributes(cell, "Table")
            while x in filled[y]:
                x += 1
            across, down = int(own.get("/ColSpan", 1)), int(own.get("/RowSpan", 1))
            for below in range(y, min(y + down, len(rows))):
                filled[below].update(range(x, x + across))
            x += across
    return filled
