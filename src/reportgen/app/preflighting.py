"""``reportgen preflight``: finished files against their profile, and how much ink the press's take."""

from __future__ import annotations

import io
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

import pikepdf

from reportgen.app.answer import Answer
from reportgen.app.finished import answer_for
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Faults, Result
from reportgen.pdf.profile import SCREEN, Profile, press
from reportgen.pdf.read.preflight import preflight as check


def preflight(options: Namespace, _: Terminal) -> Answer:
    """Answer the command."""

    def checked(path: str, data: bytes) -> Result[tuple[str, dict[str, object]]]:
        profile = profile_of(data)
        faults = Faults()
        report = faults.take(check(data, profile, path))
        text, said = f"{path}\n{report.to_text()}", asdict(report)
        if options.ink and profile.is_press:
            ink = faults.take(_ink(Path(path), data, profile, Path(options.ink)))
            text, said = text + ink, {**said, "ink": ink.splitlines()}
        return faults.result((text, said))

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
    from reportgen.pdf.read.coverage import coverage

    pages = coverage(data, profile)
    pictures = {
        f"{path.stem}.page{page.index + 1}.png": page.hot_spots for page in pages.value if page.over_limit
    }
    written = write_all(folder, pictures)
    lines = [*map(str, pages.value), *(f"hot spots: {picture}" for picture in written.value)]
    return Result("\n".join(lines), (*pages.diagnostics, *written.diagnostics))
