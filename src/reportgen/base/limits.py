"""The limits of what is read and made: what passes one is refused by a diagnostic, before it costs time or memory.

Each lies well above what a report needs and well below what makes a build of seconds one of minutes, or takes more
than a gigabyte. ``docs/limits.md`` shows them all; a test holds it to this file, where the text under each name is its
reason. Lengths are in points, times in seconds.
"""

from __future__ import annotations

from typing import Final

# ---- files ---------------------------------------------------------------------------------------------------------

FILE_BYTES: Final = 100_000_000
"""Bytes of any file of a project; a font of 30,000 Han characters has 30 million."""
TEXT_BYTES: Final = 20_000_000
"""Bytes of a text that a person writes (manuscript, settings, catalog): a thousand pages have four million."""
FILES: Final = 10_000
"""Files of one folder that is listed; a manuscript has some dozen."""
PDF_BYTES: Final = 500_000_000
"""Bytes of a finished PDF that is read back; one of two thousand pages has 30 million."""
UNPACKED_BYTES: Final = 200_000_000
"""Bytes of an archive (a workbook) when it is unpacked; a sheet of a million cells has 60 million."""
UNPACKED_RATIO: Final = 200
"""How many times larger a member of an archive may get by unpacking; the XML of sheets gets 5 to 30 times larger."""

# ---- settings: TOML and JSON ---------------------------------------------------------------------------------------

NESTING: Final = 100
"""How deep the values of TOML and JSON may be nested; Python's own stack ends near a thousand."""
KEYS: Final = 200_000
"""Keys and items of one file; the descriptor of a hundred tables has ten thousand."""
NUMBER_DIGITS: Final = 30
"""Digits of a number on each side of its point: longer ones are slips of the key, and exact work on them is slow."""
NAME_CHARACTERS: Final = 200
"""Characters of a name or path; file systems allow 255 bytes."""

# ---- tables --------------------------------------------------------------------------------------------------------

TABLE_ROWS: Final = 200_000
"""Rows of a table: every cell of it keeps its place, some 600 bytes a row."""
TABLE_COLUMNS: Final = 1_000
"""Columns of a table; wide tables by year and region have some hundred."""
TABLE_CELLS: Final = 2_000_000
"""Cells of a table, some 150 bytes each."""
CELL_CHARACTERS: Final = 32_767
"""Characters of a cell: Excel's own limit."""
FAULTS_OF_A_KIND: Final = 1_000
"""Faults of one kind in one table that are kept; the others are counted."""

# ---- sheets of an office that are imported -------------------------------------------------------------------------

SHEET_BYTES: Final = 30_000_000
"""Bytes of an imported file, and of each part of a workbook when it is unpacked; a yearbook's sheet has some hundred
thousand."""
SHEET_UNPACKED_BYTES: Final = 100_000_000
"""Bytes of an imported workbook when it is unpacked, its pictures and other sheets included."""
SHEET_CELLS: Final = 200_000
"""Cells of an imported sheet: openpyxl takes about a kilobyte for each, and what is understood of it as much again."""
SHEET_COLUMNS: Final = 2_000
"""Columns of an imported sheet; one by month and region has some hundred."""
SHEET_CELL_CHARACTERS: Final = 10_000
"""Characters of a cell of an imported sheet; a note under a table has some hundred."""

# ---- facts ---------------------------------------------------------------------------------------------------------

EXPRESSION_CHARACTERS: Final = 10_000
"""Characters of a claim or a formula."""
EXPRESSION_NESTING: Final = 40
"""How deep brackets, signs and ``not`` may be nested in an expression."""
EXPRESSION_OPERATIONS: Final = 150
"""``and``, ``or``, ``+``, ``-``, ``*`` and ``/`` in an expression."""
FACTS: Final = 50_000
"""Facts and claims of a project; a yearbook of a thousand pages has ten thousand."""

# ---- manuscript and catalogs ---------------------------------------------------------------------------------------

BLOCK_NESTING: Final = 20
"""How deep lists and quotations may be nested: what is deeper is a slip, and costs the square of its depth."""
MARK_NESTING: Final = 20
"""How deep emphasis, links and claims may be nested within a paragraph."""
PARAGRAPH_CHARACTERS: Final = 20_000
"""Characters of a paragraph: ten pages without a break."""
PARAGRAPH_MARKS: Final = 2_000
"""Brackets, stars, underlines and backquotes of a paragraph: a reader of Markdown may take the square of them."""
WORD_CHARACTERS: Final = 1_000
"""Letters without a place to break a line; the longest addresses have some hundred."""
BLOCKS: Final = 50_000
"""Blocks (paragraphs, headings, figures, footnotes) of a manuscript file."""
MESSAGES: Final = 100_000
"""Messages of a catalog; a report of 34 pages has four hundred."""

# ---- functions of the project --------------------------------------------------------------------------------------

FUNCTION_SECONDS: Final = 60.0
"""Seconds that a function of a project may take: a build takes one or two, and a million rows are sorted in less."""
FUNCTION_BYTES: Final = 1_000_000_000
"""Bytes of memory that a function of a project may take beside what the build has loaded."""
PRINTED_CHARACTERS: Final = 10_000
"""Characters of what a function of a project prints that are kept."""
PATTERN_SECONDS: Final = 5.0
"""Seconds that all cells of a column may take to be matched with the pattern of a schema."""

# ---- pages ---------------------------------------------------------------------------------------------------------

PAGES: Final = 5_000
"""Pages of an edition: a binder takes two thousand in a volume."""
RELAYOUTS: Final = 5
"""How often the pages are made again until their numbers have settled; what has not settled by then oscillates."""
FONT_SIZE: Final = 1_000.0
"""Points of a type size; a letter as tall as a page of A4 has 842."""
LENGTH: Final = 14_400.0
"""Points of any length on a page: the longest that PDF/A-3 allows (ISO 32000-1, annex C)."""
PAGE_LINES: Final = 1_000
"""Lines of a page."""
PIXELS: Final = 100_000_000
"""Pixels of a picture; a page of A4 at 600 dots per inch has 35 million."""
CHART_MARKS: Final = 100_000
"""Marks of a chart: more are not told apart, and each is an object of the page."""
