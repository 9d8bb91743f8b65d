"""Finished files named on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Diagnostic, Result, Span, error, has_errors

Answer: TypeAlias = Callable[[str, bytes], Result[str]]
"""From a file's name and bytes to what is printed of it."""


def answer_for(paths: Iterable[str], answer: Answer) -> int:
    """Print the answer for each file, then every diagnostic; return the exit code."""
    faults: list[Diagnostic] = []
    for path in paths:
        data = _read(path)
        faults += data.diagnostics
        if data.ok:
            result = answer(path, data.value)
            faults += result.diagnostics
            print(result.value)
    Terminal().report(faults)
    return int(has_errors(faults))


def _read(path: str) -> Result[bytes]:
    try:
        data = Path(path).read_bytes()
    except OSError as problem:
        return Result(
            b"",
            (
                error(
                    "file-cannot-read",
                    f"the file cannot be read: {problem.strerror}",
                    Span(path),
                    "name a file that reportgen build has written",
                ),
            ),
        )
    if not data.startswith(b"%PDF-"):
        return Result(
            b"",
            (
                error(
                    "file-not-pdf",
                    "the file is not a PDF",
                    Span(path),
                    "name a file that reportgen has built",
                ),
            ),
        )
    return Result(data)
