"""``reportgen read``: what a screen reader would read."""

from __future__ import annotations

from argparse import Namespace

import pikepdf

from reportgen.app.finished import answer_for
from reportgen.base.diagnostics import Result, Span, error
from reportgen.pdf.read.aloud import read_aloud


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""
    return answer_for(options.files, _read)


def _read(path: str, data: bytes) -> Result[str]:
    hint = "name a screen file: a press file has no structure"
    try:
        words = read_aloud(data)
    except pikepdf.PdfError as problem:
        return Result(
            "",
            (
                error(
                    "file-cannot-read",
                    f"the file cannot be read: {problem}",
                    Span(path),
                    "name a screen file that reportgen build has written",
                ),
            ),
        )
    return (
        Result(words)
        if words
        else Result(
            "", (error("file-nothing-read-aloud", "the file has nothing to read aloud", Span(path), hint),)
        )
    )
