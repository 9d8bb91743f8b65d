"""Tables of a finished file: laid out on a grid by their spans, then asked who heads whom."""

from __future__ import annotations

from collections.abc import Iterator, Set

from reportgen.pdf.read.objects import each
from reportgen.pdf.read.structure_tree import Node


def check_table(table: Node, ids: Set[str]) -> Iterator[str]:
    """Yield what is wrong with a table: uneven rows, cells that lack headers, headers that lack a scope."""
    rows = list(_rows(table))
    widths = {len(row) for row in _grid(rows)}
    if len(widths) > 1:
        yield f"a table's rows have {' and '.join(str(w) for w in sorted(widths))} columns"
    cells = [cell for row in rows for cell in row]
    if not any(cell.role == "TH" for cell in cells):
        yield "a table has no header cells"
    for cell in cells:
        own = cell.attributes("Table")
        if cell.role == "TH" and "/Scope" not in own:
            yield "a header cell has no scope"
        for name in each(own, "Headers"):
            if str(name) not in ids:
                yield f"a cell names the header {str(name)!r}, which is not there"


def _rows(table: Node) -> Iterator[list[Node]]:
    for kid in table.elements:
        if kid.role == "TR":
            yield kid.elements
        elif kid.role in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)


def _grid(rows: list[list[Node]]) -> list[set[int]]:
    """Return the columns that each row fills, cells that span rows included."""
    filled: list[set[int]] = [set() for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            own = cell.attributes("Table")
            while x in filled[y]:
                x += 1
            across, down = int(own.get("/ColSpan", 1)), int(own.get("/RowSpan", 1))
            for below in range(y, min(y + down, len(rows))):
                filled[below].update(range(x, x + across))
            x += across
    return filled
