"""The commands on finished files: ``preflight``, ``lines`` and ``read``."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

import pikepdf

from reportgen.app.answer import Answer
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Faults, Span
from reportgen.base.limits import PDF_BYTES
from reportgen.base.regular import read_regular
from reportgen.pdf.profile import SCREEN, Profile, press

Reading: TypeAlias = Callable[[str, bytes, Faults], tuple[str, Mapping[str, object]]]
"""From a file's name and bytes to what is said of it, for people and for programs."""


def preflight(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen preflight``: files against their profile, and how much ink the press's take."""
    from reportgen.pdf.read.preflight import preflight as check

    def checked(path: str, data: bytes, faults: Faults) -> tuple[str, Mapping[str, object]]:
        profile = profile_of(data)
        report = faults.take(check(data, profile, path))
        text, said = f"{path}\n{report.to_text()}", asdict(report)
        if options.ink and profile.is_press:
            ink = _ink(Path(path), data, profile, Path(options.ink), faults)
            text, said = text + "\n".join(ink), {**said, "ink": ink}
        return text, said

    return _answer(options.files, checked)


def profile_of(data: bytes) -> Profile:
    """Return the profile that a file claims: one with a PDF/X output intent is for the press."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            intents = pdf.Root.get("/OutputIntents", pikepdf.Array())
            claims = [str(intent.get("/S", "")) for intent in intents]
    except (pikepdf.PdfError, pikepdf.PasswordError, AttributeError, TypeError):
        return SCREEN
    return press() if "/GTS_PDFX" in claims else SCREEN


def _ink(path: Path, data: bytes, profile: Profile, folder: Path, faults: Faults) -> list[str]:
    """Return each page's inks; pages with hot spots are pictured in the folder."""
    from reportgen.base.generation import write_all
    from reportgen.pdf.read.coverage import coverage

    pages = faults.take(coverage(data, profile))
    pictures = {f"{path.stem}.page{page.index + 1}.png": page.hot_spots for page in pages if page.over_limit}
    written = faults.take(write_all(folder, pictures))
    return [*map(str, pages), *(f"hot spots: {picture}" for picture in written)]


def lines(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen lines``: the typographic audit."""
    from reportgen.pdf.read.line_audit import audit, describe

    def audited(path: str, data: bytes, faults: Faults) -> tuple[str, Mapping[str, object]]:
        text = describe(faults.take(audit(data, path)))
        return f"{path}\n{text}", {"audit": text.splitlines()}

    return _answer(options.files, audited)


def read(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen read``: what a screen reader would read."""
    return _answer(options.files, _read_aloud)


def _read_aloud(path: str, data: bytes, faults: Faults) -> tuple[str, Mapping[str, object]]:
    from reportgen.pdf.read.aloud import read_aloud

    words = ""
    try:
        words = read_aloud(data)
        if not words:
            hint = "name a screen file: a press file has no structure"
            faults.error("nothing-to-read", "the file has nothing to read aloud", Span(path), hint)
    except pikepdf.PdfError as problem:
        faults.error("unreadable-file", f"the file cannot be read: {problem}", Span(path), _HINT)
    return words, {"text": words.splitlines()}


_HINT = "name a file that reportgen build has written"


def _answer(paths: Iterable[str], reading: Reading) -> Answer:
    """Return what is said of each file, and every diagnostic."""
    faults = Faults()
    said: list[str] = []
    files: list[Mapping[str, object]] = []
    for path in paths:
        try:
            data = read_regular(Path(path), PDF_BYTES)
        except OSError as problem:
            faults.error("unreadable-file", f"the file cannot be read: {problem.strerror}", Span(path), _HINT)
            continue
        if not data.startswith(b"%PDF-"):
            faults.error("not-a-pdf", "the file is not a PDF", Span(path), _HINT)
            continue
        text, found = reading(path, data, faults)
        said.append(text)
        files.append({"file": path, **found})
    return Answer(faults.found, said, {"files": files})
