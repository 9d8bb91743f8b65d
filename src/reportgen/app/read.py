"""``reportgen read``: what a screen reader would read."""

from __future__ import annotations

from argparse import Namespace

import pikepdf

from reportgen.app.answer import Answer
from reportgen.app.finished import answer_for
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.pdf.read.aloud import read_aloud


def read(options: Namespace, _: Terminal) -> Answer:
    """Answer the command."""
    return answer_for(options.files, _read)


def _read(path: str, data: bytes) -> Result[tuple[str, dict[str, object]]]:
    faults, words = Faults(), ""
    try:
        words = read_aloud(data)
        if not words:
            hint = "name a screen file: a press file has no structure"
            faults.error("nothing-to-read", "the file has nothing to read aloud", Span(path), hint)
    except pikepdf.PdfError as problem:
        hint = "name a screen file that reportgen build has written"
        faults.error("unreadable-file", f"the file cannot be read: {problem}", Span(path), hint)
    return faults.result((words, {"text": words.splitlines()}))
