"""Proof: what is read back from an edition's finished files before anything is written to ``out/``."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.base.diagnostics import Diagnostic
from reportgen.pdf.equality import compare_scanned
from reportgen.pdf.lines import audit_scanned
from reportgen.pdf.preflight import preflight_scanned
from reportgen.pdf.profile import Profile
from reportgen.pdf.scan import scan


def prove(files: Mapping[str, tuple[Profile, bytes]]) -> tuple[Diagnostic, ...]:
    """Preflight each file of an edition, audit the lines of the screen's, compare the two.

    Args:
        files: profile and bytes by name.
    """
    faults: list[Diagnostic] = []
    scans = {name: scan(data, glyphs=not profile.is_press) for name, (profile, data) in files.items()}
    for name, (profile, _) in files.items():
        faults += preflight_scanned(scans[name], profile, name).diagnostics
        if not profile.is_press:
            faults += audit_scanned(scans[name], name).diagnostics
    screen = [scans[name] for name, (profile, _) in files.items() if not profile.is_press]
    for name, (profile, _) in files.items():
        if profile.is_press and screen:
            faults += compare_scanned(screen[0], scans[name], name).diagnostics
    return tuple(faults)
