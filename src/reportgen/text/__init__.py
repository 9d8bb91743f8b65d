"""From characters to lines: fonts, shaping, CLREQ's rules, total-fit paragraphs.

The passes are *itemize* (characters to boxes and glue), *break* (boxes and glue to break points) and *set*
(break points to lines of glyph runs). None of them knows about pages or PDF.
"""
