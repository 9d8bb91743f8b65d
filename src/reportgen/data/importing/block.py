"""Where in a sheet the table stands: titles, the unit, the head, the stub, the body, the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from reportgen.data.importing import words
from reportgen.data.importing.columns import LONGEST_STEP, Layout, find_stub, find_values, is_strong
from reportgen.data.importing.grid import Grid, ImportFault
from reportgen.data.importing.spells import spell_of
from reportgen.data.importing.values import Figure, figure_of

_HINT = "say which cells hold the table, as in --range A3:H20, and how many rows are its head, as in --head 2"


@dataclass(frozen=True, slots=True)
class Block:
    """The parts of a sheet, as rows and columns of its grid.

    Attributes:
        figures: every cell read as a figure.
        titles, notes, sources: their texts without the words before them.
        unit: the unit that holds for the whole table, "" where none is written.
        head, body: rows; ``stub``, ``values``: columns.
        flags: the column of flags beside a column of values.
        others: a column at the right that holds the stub's labels in another script.
        remarks: a column of remarks.
        skipped: rows and columns that are left out, with the reason.
    """

    figures: tuple[tuple[Figure, ...], ...]
    comma: bool
    titles: tuple[str, ...]
    unit: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    above: tuple[int, ...]
    head: tuple[int, ...]
    body: tuple[int, ...]
    below: tuple[int, ...]
    stub: tuple[int, ...]
    values: tuple[int, ...]
    flags: Mapping[int, int] = field(default_factory=dict)
    others: int | None = None
    remarks: int | None = None
    skipped: tuple[str, ...] = ()


def find_block(grid: Grid, layout: Layout) -> Block:
    """Return the parts of a sheet.

    Raises:
        ImportFault: if no table can be found in it.
    """
    comma = bool(grid.decimal_comma)
    figures = tuple(tuple(figure_of(cell, comma=comma) for cell in row) for row in grid.cells)
    body = _body(grid, figures)
    body = [*_groups_above(grid, body[0]), *body] if layout.head is None else body
    above, head = _head(grid, body, layout)
    numbered = [r for r in body[:1] if _is_numbering(grid, r, figures[r])]
    body = body[1:] if numbered else body
    columns = [c for c in range(grid.width) if any(not grid.filled(r, c).is_empty for r in (*head, *body))]
    stub, skipped = find_stub(grid, figures, head, body, columns, layout)
    right = [c for c in columns if c > (stub[-1] if stub else -1) and c not in skipped]
    flags, others, remarks, values = find_values(grid, figures, head, body, right, skipped)
    if not values or not stub:
        raise ImportFault("no column of numbers beside labels can be found in the sheet", _HINT)
    below = tuple(r for r in range(body[-1] + 1, len(grid.cells)) if _texts(grid, r))
    titles, unit = _titles(grid, (*above, *head), frozenset(head), stub)
    notes, sources = _notes(grid, (*above, *below), frozenset(above))
    said = [f"{grid.column_name([c])}: {why}" for c, why in sorted(skipped.items())]
    said += [f"{grid.row_name(numbered)} numbers the columns"] if numbered else []
    titles = tuple(t for t in titles if t not in (*notes, *sources))
    return Block(
        figures, comma, titles, unit, notes, sources, above, head, tuple(body), below, stub, values, flags, others,
        remarks, tuple(said),
    )  # fmt: skip


def _texts(grid: Grid, row: int) -> list[str]:
    return [cell.text for cell in grid.cells[row] if not cell.is_empty]


def _body(grid: Grid, figures: tuple[tuple[Figure, ...], ...]) -> list[int]:
    """Return the rows from the first to the last that holds a value, without empty ones."""
    strong = [
        r for r, row in enumerate(figures) if any(is_strong(f) for f in row[1:]) and not _is_note(grid, r)
    ]
    years = [r for r, row in enumerate(figures) if any(f.sort == "number" for f in row[1:])]
    found = strong or years[-1:]
    if not found:
        raise ImportFault("the sheet holds no numbers in rows", _HINT)
    first = found[0]
    while first > 1 and _is_years_of_values(grid, figures, first - 1):
        first -= 1
    found = [first, *found]
    return [
        r
        for r in range(found[0], found[-1] + 1)
        if _texts(grid, r) and not _is_repeated_head(grid, r, found[0])
    ]


def _is_years_of_values(grid: Grid, figures: tuple[tuple[Figure, ...], ...], row: int) -> bool:
    """Say whether numbers that could be years are values: right above values, below a head, and in no regular steps."""
    label, own = grid.cells[row][0].text, [f.value for f in figures[row][1:] if f.sort == "number"]
    headed = any(len([t for t in _texts(grid, r) if words.led_by("unit", t) is None]) > 1 for r in range(row))
    if not own or not label or not headed:
        return False
    if len(own) == 1:
        return spell_of(label) is not None
    steps = {b - a for a, b in pairwise(dict.fromkeys(v for v in own if v is not None))}
    return len(steps) != 1 or max(map(abs, steps)) > LONGEST_STEP


def _groups_above(grid: Grid, first: int) -> list[int]:
    """Return the rows right above the first numbers that head a group of rows: a label alone, below a whole head."""
    row = first - 1
    while row > 0 and len(_texts(grid, row)) == 1 and not grid.cells[row][0].is_empty:
        alone = grid.merge_at(row, 0) is None and words.dimension_named(grid.cells[row][0].text) is None
        if not alone or _is_note(grid, row):
            break
        row -= 1
    whole = row >= 0 and sum(not cell.is_empty for cell in grid.cells[row][1:]) > 1
    return list(range(row + 1, first)) if whole else []


def _is_note(grid: Grid, row: int) -> bool:
    texts = _texts(grid, row)
    return bool(texts) and any(
        words.led_by(kind, texts[0]) is not None for kind in ("note", "source", "unit")
    )


def _is_repeated_head(grid: Grid, row: int, first: int) -> bool:
    """Say whether a row of a long table repeats the row before its body, as on the next printed page."""
    return (
        first > 0
        and row > first
        and _texts(grid, row) == _texts(grid, first - 1)
        and len(_texts(grid, row)) > 1
    )


def _is_numbering(grid: Grid, row: int, figures: tuple[Figure, ...]) -> bool:
    numbers = [f.value for f in figures if f.sort == "number"]
    others = [c for c, f in enumerate(figures) if f.sort not in ("number", "empty")]
    return (
        len(numbers) > (0 if others else 2)
        and numbers == list(range(1, len(numbers) + 1))
        and others == list(range(others[0] if others else 0, (others[-1] if others else -1) + 1))
        and all(f.sort != "number" for f in figures[: others[-1] if others else 0])
        and all(words.numbers_a_column(grid.cells[row][c].text) for c in others)
    )


def _head(grid: Grid, body: list[int], layout: Layout) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the rows above the table and those of its head."""
    above = [
        r for r in range(body[0]) if _texts(grid, r) or any(a.holds(r, c) for a in grid.merges for c in (0,))
    ]
    if layout.head is not None:
        count = layout.head
        if not 0 < count <= len(above):
            message = (
                f"the head cannot be {count} rows: there are {len(above)} above the first row of numbers"
            )
            raise ImportFault(message, "mend --head")
        return tuple(above[:-count]), tuple(above[-count:])
    head: list[int] = []
    for row in reversed(above):
        if not _is_head_row(grid, row, head, body):
            break
        head.insert(0, row)
    if not head:
        raise ImportFault("no head can be found above the numbers", _HINT)
    return tuple(r for r in above if r not in head), tuple(head)


def _is_head_row(grid: Grid, row: int, head: list[int], body: list[int]) -> bool:
    filled = [c for c, cell in enumerate(grid.cells[row]) if not cell.is_empty]
    own = [c for c in filled if words.led_by("unit", grid.cells[row][c].text) is None]
    if len(own) > 1:
        return True
    if any(a.top < row <= a.bottom for a in grid.merges):
        return True
    if not own:
        return False
    area = grid.merge_at(row, own[0])
    if area is not None and area.top <= row < area.bottom:
        return True
    if not head:  # the row right above the body
        return row == body[0] - 1 or bool(own[0])
    widest = max(c for r in (*head, *body[:3]) for c, cell in enumerate(grid.cells[r]) if not cell.is_empty)
    if area is not None and area.right > area.left:
        return area.left > 0 and area.right <= widest
    return own[0] > 0 and row == head[0] - 1


def _titles(
    grid: Grid, rows: tuple[int, ...], head: frozenset[int], stub: tuple[int, ...]
) -> tuple[tuple[str, ...], str]:
    """Return the titles above the head, and the unit that holds for all of the table."""
    titles: list[str] = []
    unit = ""
    for row in rows:
        for column, cell in enumerate(grid.cells[row]):
            found = words.led_by("unit", cell.text) if not cell.is_empty else None
            if found and (row not in head or column in stub):
                unit = unit or found.split("\n")[0].split("  ")[0]
            elif not cell.is_empty and row not in head:
                titles.append(cell.text)
    return tuple(titles), unit


def _notes(
    grid: Grid, rows: tuple[int, ...], above: frozenset[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the notes and the sources, those above the table only where a word says what they are."""
    notes: list[str] = []
    sources: list[str] = []
    for row in rows:
        text = "\n".join(_texts(grid, row))
        for line in text.split("\n"):
            source = words.led_by("source", line)
            if source is not None:
                sources.append(source)
            elif row not in above or words.led_by("note", line) is not None:
                notes.append(line)
    return tuple(notes), tuple(sources)
