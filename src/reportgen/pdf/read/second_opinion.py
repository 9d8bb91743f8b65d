"""A second opinion on a screen file: page-validation, a validator of PDF/UA-1 and PDF/A that is not ours.

It is an optional extra (``pip install reportgen[validate]``). A preflight says whether it was asked.
"""

from __future__ import annotations

from reportgen.base.diagnostics import Diagnostic
from reportgen.pdf.read.findings import in_file
from reportgen.pdf.read.painted import Scan

STANDARDS = {"PDF_UA_1": "PDF/UA-1", "PDF_A_3A": "PDF/A-3a"}


def second_opinion(scanned: Scan, data: bytes) -> tuple[list[Diagnostic], str]:
    """Return what page-validation finds in a file's bytes, and who was asked."""
    try:
        import page
    except ImportError:
        return [], "page-validation is not installed"
    messages: list[str] = []
    for name, standard in STANDARDS.items():
        try:
            report = page.validate_pdf_bytes(data, profile=page.ValidationProfile[name])
            messages += [f"{standard}: {f.message} ({f.rule_id})" for f in report.failures]
        except page.PageError as problem:
            messages.append(f"{standard}: the file cannot be checked: {problem}")
    asked = f"page-validation {page.__version__}: {', '.join(STANDARDS.values())}"
    return [in_file(scanned, "page-validation", message) for message in messages], asked
