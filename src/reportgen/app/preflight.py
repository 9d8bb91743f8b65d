"""``reportgen preflight``: finished files against their profile, and how much ink the press's take."""

from __future__ import annotations

import io
from argparse import Namespace
from pathlib import Path

import pikepdf

from reportgen.app.finished import answer_for
from reportgen.base.diagnostics import Diagnostic, Result
from reportgen.pdf.profile import SCREEN, Profile, press
from reportgen.pdf.read.preflight import preflight


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""

    def checked(path: str, data: bytes) -> Result[str]:
        profile = profile_of(data)
        report = preflight(data, profile, path)
        written = report.value.to_json() if options.json else f"{path}\n{report.value.to_text()}"
        faults: tuple[Diagnostic, ...] = report.diagnostics
        if options.ink and profile.is_press:
            ink = _ink(Path(path), data, profile, Path(options.ink))
            written, faults = written + ink.value, (*faults, *ink.diagnostics)
        return Result(written, faults)

    return answer_for(options.files, checked)


def profile_of(data: bytes) -> Profile:
    """Return the profile that a file claims: one with a PDF/X output intent is for the press."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            intents = pdf.Root.get("/OutputIntents", pikepdf.Array())
            claims = [str(intent.get("/S", "")) for intent in intents]
    except (pikepdf.PdfError, pikepdf.PasswordError, AttributeError, TypeError):
        return SCREEN
    return press() if "/GTS_PDFX" in claims else SCREEN


def _ink(path: Path, data: bytes, profile: Profile, folder: Path) -> Result[str]:
    """Return each page's inks; pages with hot spots are pictured in the folder."""
    from reportgen.build.outputs import write_all
    from reportgen.pdf.read.coverage import coverage, picture_of_hot_spots

    pages = coverage(data, profile)
    pictures = {
        f"{path.stem}.page{page.index + 1}.png": picture_of_hot_spots(data, profile, page.index)
        for page in pages.value
        if page.over_limit
    }
    written = write_all(folder, pictures)
    lines = [*map(str, pages.value), *(f"hot spots: {picture}" for picture in written.value)]
    return Result("\n".join(lines), (*pages.diagnostics, *written.diagnostics))
