"""``reportgen preflight``: finished files against their profile."""

from __future__ import annotations

import io
from argparse import Namespace

import pikepdf

from reportgen.app.finished import answer_for
from reportgen.base.diagnostics import Result
from reportgen.pdf.preflight import preflight
from reportgen.pdf.profile import SCREEN, Profile, press


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""

    def checked(path: str, data: bytes) -> Result[str]:
        report = preflight(data, profile_of(data), path)
        written = report.value.to_json() if options.json else report.value.to_text()
        return Result(written if options.json else f"{path}\n{written}", report.diagnostics)

    return answer_for(options.files, checked)


def profile_of(data: bytes) -> Profile:
    """Return the profile that a file claims: one with a PDF/X output intent is for the press."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            intents = pdf.Root.get("/OutputIntents", pikepdf.Array())
            claims = [str(intent.get("/S", "")) for intent in intents]
    except (pikepdf.PdfError, AttributeError, TypeError):
        return SCREEN
    return press() if "/GTS_PDFX" in claims else SCREEN
