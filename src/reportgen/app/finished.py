"""Finished files named on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from reportgen.app.answer import Answer
from reportgen.base.diagnostics import Faults, Result, Span

Reading: TypeAlias = Callable[[str, bytes], Result[tuple[str, Mapping[str, object]]]]
"""From a file's name and bytes to what is said of it, for people and for programs."""


def answer_for(paths: Iterable[str], reading: Reading) -> Answer:
    """Return what is said of each file, and every diagnostic."""
    faults = Faults()
    lines: list[str] = []
    files: list[Mapping[str, object]] = []
    for path in paths:
        data = _read(path)
        faults.take(data)
        if data.ok:
            text, said = faults.take(reading(path, data.value))
            lines.append(text)
            files.append({"file": path, **said})
    return Answer(faults.found, lines, {"files": files})


def _read(path: str) -> Result[bytes]:
    faults, data = Faults(), b""
    try:
        data = Path(path).read_bytes()
        if not data.startswith(b"%PDF-"):
            hint = "name a file that reportgen has built"
            faults.error("not-a-pdf", "the file is not a PDF", Span(path), hint)
    except OSError as problem:
        message = f"the file cannot be read: {problem.strerror}"
        faults.error("unreadable-file", message, Span(path), "name a file that reportgen build has written")
    return faults.result(data)
