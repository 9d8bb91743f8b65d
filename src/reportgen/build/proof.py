"""Proof: what is read back from an edition's finished files before anything is written to ``out/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.base.diagnostics import Diagnostic, Faults
from reportgen.base.frame import Publication
from reportgen.build.whereabouts import Whereabouts
from reportgen.pdf.profile import Profile
from reportgen.pdf.read.equality import compare_scanned
from reportgen.pdf.read.line_audit import audit_scanned
from reportgen.pdf.read.preflight import preflight_scanned
from reportgen.pdf.read.scan import scan


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """A finished PDF: its name in ``out/``, what it must satisfy, its bytes."""

    name: str
    profile: Profile
    data: bytes


def prove(
    files: Mapping[str, FinishedFile], publication: Publication | None = None
) -> tuple[Diagnostic, ...]:
    """Preflight each file of an edition, audit the lines of the screen's, compare screen and press.

    Args:
        files: by what they are: ``screen``, ``press``, ``cover``.
        publication: what screen and press were written from; it says in which figure or paragraph a finding is.
    """
    faults = Faults()
    whereabouts = Whereabouts(publication) if publication is not None else None
    scans = {
        kind: scan(
            file.data,
            file.name,
            glyphs=kind == "screen",
            locate=whereabouts if kind != "cover" else None,
        )
        for kind, file in files.items()
    }
    for kind, file in files.items():
        faults.take(preflight_scanned(scans[kind], file.profile))
    if "screen" in files:
        faults.take(audit_scanned(scans["screen"]))
    if "screen" in files and "press" in files:
        faults.take(compare_scanned(scans["screen"], scans["press"]))
    return tuple(faults.found)
