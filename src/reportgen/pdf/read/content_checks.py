"""What a file must hold in both profiles: fonts that can be used, content streams that can be understood."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.base.diagnostics import Diagnostic
from reportgen.pdf.profile import Profile
from reportgen.pdf.read.findings import in_file, on_page
from reportgen.pdf.read.fontread import font_faults
from reportgen.pdf.read.painted import Scan


def check_fonts(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Every font embedded, every code shown with a width that is the file's, a glyph and a text."""
    for font in scanned.fonts.values():
        if font.used or font.faults:
            yield from (in_file(scanned, "fonts", f"{font.name} {fault}") for fault in font_faults(font))


def check_streams(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Content streams are well formed, and hold nothing that is not read."""
    for page in scanned.pages:
        for fault in page.faults:
            yield on_page(page, "content", f"the content stream cannot be understood: {fault}")
