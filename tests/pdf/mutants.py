"""Planted faults: finished files with one thing wrong, and what catches each.

Run as a script, this prints the page of the docs; a test holds the docs to it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache, lru_cache

import faults_press
import faults_screen
import page as page_validation
import pikepdf
from planting import MUTANTS, Mutant
from sample import fonts, sample
from verapdf import verapdf

from reportgen.base.diagnostics import unwrap
from reportgen.pdf.profile import SCREEN, Profile, press
from reportgen.pdf.read.equality import compare
from reportgen.pdf.read.preflight import preflight
from reportgen.pdf.write.file import write_pdf

__all__ = ["MUTANTS", "PROFILES", "Mutant", "caught_by", "faults_press", "faults_screen", "original", "table"]

PROFILES = {"screen": SCREEN, "press": press()}


@lru_cache(maxsize=2)
def original(profile: str) -> bytes:
    """Return the sample's file without faults."""
    return unwrap(write_pdf(sample(), PROFILES[profile], fonts()))


def mutated(mutant: Mutant) -> bytes:
    """Return the file with the fault."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original(mutant.profile))) as pdf:
        mutant.plant(pdf)
        version = str(pdf.docinfo.get("/TestVersion", PROFILES[mutant.profile].version))
        pdf.save(out, force_version=version, deterministic_id=True)
    return out.getvalue()


@cache
def caught_by(mutant: Mutant) -> dict[str, str]:
    """Return what each check says of a mutant: our rules, veraPDF's clauses, page-validation, equality."""
    data = mutated(mutant)
    profile = PROFILES[mutant.profile]
    found = {"preflight": ", ".join(_rules(data, profile))}
    if mutant.profile == "screen":
        found["veraPDF"] = ", ".join(_clauses(data))
        found["page-validation"] = ", ".join(_page_rules(data))
        found["equality"] = "yes" if compare(data, original("press")).diagnostics else ""
    else:
        found["equality"] = "yes" if compare(original("screen"), data).diagnostics else ""
    return found


def _rules(data: bytes, profile: Profile) -> list[str]:
    rules = {f.rule for f in preflight(data, profile).diagnostics}
    return sorted(rules - {"page-validation"})


def _clauses(data: bytes) -> Iterator[str]:
    for flavour, standard in (("ua1", "UA-1"), ("3a", "A-3a")):
        clauses = sorted({failure.clause for failure in verapdf().failures(data, flavour)})
        if clauses:
            yield f"{standard} {' '.join(clauses)}"


def _page_rules(data: bytes) -> Iterator[str]:
    for profile, standard in (("PDF_UA_1", "UA-1"), ("PDF_A_3A", "A-3a")):
        kind = getattr(page_validation.ValidationProfile, profile)
        if not page_validation.is_pdf_compliant_bytes(data, profile=kind):
            yield standard


INTRODUCTION = """# Planted faults

Each row is a file of the writer with one thing wrong. The columns say what catches it: our preflight (its rules),
veraPDF (the clauses of ISO 14289-1 and ISO 19005-3), page-validation, and the comparison of the two files of an
edition. `tests/pdf/test_pdf_faults.py` plants every fault again and holds this page to what it finds;
`python tests/pdf/mutants.py` writes it.
"""


def table() -> str:
    """Return the page of the docs: planted faults and what catches them."""
    lines = [INTRODUCTION]
    for profile, checks in (
        ("screen", ("preflight", "veraPDF", "page-validation", "equality")),
        ("press", ("preflight", "equality")),
    ):
        mutants = [m for m in MUTANTS if m.profile == profile]
        lines += [f"## {profile}: {len(mutants)} faults", ""]
        lines += [f"| planted fault | {' | '.join(checks)} |", "| --- " * (len(checks) + 1) + "|"]
        for mutant in mutants:
            found = caught_by(mutant)
            lines.append(f"| {mutant.name} | {' | '.join(found[check] or '–' for check in checks)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(), end="")
