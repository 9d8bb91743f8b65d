"""Findings of a preflight: what is wrong in a finished file, where, and what to do; as JSON and as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportgen.base.diagnostics import Diagnostic, PageRef, Severity, Span
from reportgen.pdf.geometry import Box
from reportgen.pdf.read.painted import Mark, ScannedPage, box_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a finished file.

    Attributes:
        rule: the check that found it, such as ``x4.boxes``; the docs list them all.
        page: 1-based number of the page, 0 for the whole file; ``label`` is its folio.
        at: from the trim's top left corner, points; None for the whole page.
    """

    rule: str
    message: str
    severity: Severity = Severity.ERROR
    page: int = 0
    label: str = ""
    at: tuple[float, float] | None = None
    hint: str = ""

    def diagnostic(self, file: str) -> Diagnostic:
        """Return the same as a diagnostic for a file of that name."""
        x, y = self.at or (0.0, 0.0)
        place = (
            PageRef(file, self.label or str(self.page), x, y) if self.page else Span(file) if file else None
        )
        hints = (self.hint,) if self.hint else ()
        return Diagnostic(self.severity, self.rule, self.message, place, hints)


def on_page(
    page: ScannedPage, rule: str, message: str, box: Box | None = None, *,
    severity: Severity = Severity.ERROR, hint: str = "",
) -> Finding:  # fmt: skip
    """Return a finding on a page, at the top left corner of a box."""
    trim = box_of(page.page.obj, "TrimBox")
    at = (round(box[0] - trim[0], 1), round(trim[3] - box[3], 1)) if box else None
    return Finding(rule, message, severity, page.index + 1, page.label, at, hint)


def at_mark(
    page: ScannedPage, mark: Mark, rule: str, message: str, *, severity: Severity = Severity.ERROR, hint: str = ""
) -> Finding:  # fmt: skip
    """Return a finding at a mark; text is quoted."""
    quoted = f"“{mark.text[:20]}” " if mark.text else ""
    return on_page(page, rule, quoted + message, mark.box, severity=severity, hint=hint)


@dataclass(frozen=True, slots=True)
class PreflightReport:
    """What a preflight found in a file.

    Attributes:
        profile: ``screen`` or ``press``.
        rules: the checks that were run, in order.
        facts: what was measured, by name: pages, fonts, inks, greatest total of inks …
    """

    profile: str
    rules: tuple[str, ...]
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether there are no errors."""
        return not any(f.severity is Severity.ERROR for f in self.findings)

    def to_json(self) -> str:
        """Return the report as JSON with sorted, stable keys."""
        content = {
            "facts": dict(self.facts),
            "findings": [_as_dict(f) for f in self.findings],
            "passed": self.passed,
            "profile": self.profile,
            "rules": list(self.rules),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def to_text(self) -> str:
        """Return the verdict and what was measured, for reading; the findings are diagnostics."""
        verdict = "passed" if self.passed else "failed"
        lines = [f"preflight of the {self.profile} file: {verdict}, {len(self.rules)} checks"]
        lines += [f"  {name}: {value}" for name, value in self.facts]
        return "\n".join(lines) + "\n"


def _as_dict(finding: Finding) -> dict[str, object]:
    return {
        "at": list(finding.at) if finding.at else None,
        "hint": finding.hint,
        "label": finding.label,
        "message": finding.message,
        "page": finding.page,
        "rule": finding.rule,
        "severity": finding.severity.value,
    }


def most_serious(findings: Iterable[Finding], limit: int) -> tuple[Finding, ...]:
    """Return the findings with at most ``limit`` of one rule, and a count of those left out."""
    kept: list[Finding] = []
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
        if counts[finding.rule] <= limit:
            kept.append(finding)
    left = [(rule, count - limit) for rule, count in counts.items() if count > limit]
    return (*kept, *(_left_out(rule, count, kept) for rule, count in left))


def _left_out(rule: str, count: int, kept: Sequence[Finding]) -> Finding:
    severity = next(f.severity for f in kept if f.rule == rule)
    return Finding(rule, f"and {count} more like these", severity)
