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

# ---- settings: TOML and JSON ---------------------------------------------------------------------------------------

NESTING: Final = 100
"""How deep the values of TOML and JSON may be nested; Python's own stack ends near a thousand."""
KEYS: Final = 200_000
"""Keys and items of one file; the descriptor of a hundred tables has ten thousand."""
NUMBER_DIGITS: Final = 30
"""Digits of a number on each side of its point: longer ones are slips of the key, and exact work on them is slow."""
TEXT_CHARACTERS: Final = 10_000
"""Characters of one text of TOML or JSON: a title, a description, a formula."""

# ---- tables --------------------------------------------------------------------------------------------------------

TABLE_ROWS: Final = 1_048_575
"""Rows of a table: those of a full sheet of Excel; each takes some 400 bytes."""
TABLE_COLUMNS: Final = 1_000
"""Columns of a table; wide tables by year and region have some hundred."""
TABLE_CELLS: Final = 6_000_000
"""Cells of a table, some 100 bytes each."""
LINE_CHARACTERS: Final = 1_000_000
"""Characters of a line of a CSV file: the cells of a thousand columns have a tenth of that."""
WORKBOOK_BYTES: Final = 40_000_000
"""Bytes of a sheet of a workbook when it is unpacked, some 800,000 cells; a CSV file of as many is read in no time."""
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

# ---- manuscript and catalogs ---------------------------------------------------------------------------------------

BLOCK_NESTING: Final = 20
"""How deep lists and quotations are read before they are refused, which any nested one is."""
MARK_NESTING: Final = 20
"""How deep emphasis, links and claims may be nested within a paragraph."""
PARAGRAPH_CHARACTERS: Final = 20_000
"""Characters of a paragraph: ten pages without a break."""
PARAGRAPH_MARKS: Final = 2_000
"""Brackets, stars, underlines and backquotes of a paragraph: a reader of Markdown may take the square of them."""
BLOCKS: Final = 10_000
"""Texts (paragraphs, headings, items, footnotes) of a manuscript file; a thousand pages have five thousand."""
MESSAGES: Final = 20_000
"""Messages of a catalog; a report of 34 pages has four hundred, one of a thousand ten thousand."""

# ---- functions of the project --------------------------------------------------------------------------------------

FUNCTION_SECONDS: Final = 60.0
"""Seconds that a function of a project may take: a build takes one or two, and a million rows are sorted in less."""
FUNCTION_BYTES: Final = 600_000_000
"""Bytes of memory that a function of a project may take beside what the build has loaded."""
PRINTED_CHARACTERS: Final = 10_000
"""Characters of what a function of a project prints that are kept."""

# ---- pages ---------------------------------------------------------------------------------------------------------

PAGES: Final = 3_000
"""Pages of an edition, some 250 KB of memory each while it is laid out; a thick volume has a thousand."""
RELAYOUTS: Final = 5
"""How often the pages are made again until their numbers have settled; what has not settled by then oscillates."""
FONT_SIZE: Final = 1_000.0
"""Points of a type size; a letter as tall as a page of A4 has 842."""
LENGTH: Final = 14_400.0
"""Points of any length on a page: the longest that PDF/A-3 allows (ISO 32000-1, annex C)."""
PAGE_LINES: Final = 1_000
"""Lines of a page."""
