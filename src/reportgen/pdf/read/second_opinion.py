"""A second opinion on a screen file: page-validation, a validator of PDF/UA-1 and PDF/A that is not ours.

It is an optional extra (``pip install reportgen[validate]``). A preflight says whether it was asked.
"""

from __future__ import annotations

from reportgen.pdf.read.findings import Finding

RULE = "page-validation"
STANDARDS = {"PDF_UA_1": "PDF/UA-1", "PDF_A_3A": "PDF/A-3a"}


def second_opinion(data: bytes) -> tuple[tuple[Finding, ...], str]:
    """Return what page-validation finds, and who was asked."""
    try:
        import page
    except ImportError:
        return (), "page-validation is not installed"
    findings: list[Finding] = []
    for name, standard in STANDARDS.items():
        try:
            report = page.validate_pdf_bytes(data, profile=page.ValidationProfile[name])
        except page.PageError as problem:
            findings.append(Finding(RULE, f"{standard}: the file cannot be checked: {problem}"))
            continue
        findings += [Finding(RULE, f"{standard}: {f.message} ({f.rule_id})") for f in report.failures]
    return tuple(findings), f"page-validation {page.__version__}: {', '.join(STANDARDS.values())}"
