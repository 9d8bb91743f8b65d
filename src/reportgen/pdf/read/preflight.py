"""Preflight: what is wrong with a finished file, read from its bytes alone.

No free validator knows PDF/X, so the press checks are ours; for the screen ours stand beside veraPDF's and find what it
cannot see. The docs list every rule with the planted faults that it catches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reportgen.base.diagnostics import Diagnostic, Faults, Result
from reportgen.pdf.profile import Profile
from reportgen.pdf.read import content_checks, press_file, press_ink, screen_checks
from reportgen.pdf.read.agreement import check_agreement
from reportgen.pdf.read.contrast import check_contrast
from reportgen.pdf.read.findings import in_file
from reportgen.pdf.read.painted import Scan
from reportgen.pdf.read.scan import BROKEN, scan_or_fault
from reportgen.pdf.read.second_opinion import second_opinion

Check = Callable[[Scan, Profile], Iterable[Diagnostic]]

CHECKS: Mapping[str, tuple[Check, ...]] = {
    "press": (
        press_file.check_identification,
        press_file.check_boxes,
        press_file.check_bleed,
        press_file.check_output_intent,
        press_file.check_absent,
        press_file.check_color,
        content_checks.check_fonts,
        press_ink.check_overprint,
        press_ink.check_ink_limit,
        press_ink.check_registration,
        press_ink.check_hairlines,
        press_ink.check_small_text,
        press_ink.check_rich_black,
        press_ink.check_resolution,
        content_checks.check_streams,
    ),
    "screen": (
        screen_checks.check_identification,
        screen_checks.check_languages,
        screen_checks.check_tagging,
        screen_checks.check_alternatives,
        screen_checks.check_headings,
        screen_checks.check_lists,
        screen_checks.check_tables,
        screen_checks.check_notes,
        screen_checks.check_links,
        screen_checks.check_outline,
        screen_checks.check_files,
        content_checks.check_fonts,
        check_contrast,
        content_checks.check_streams,
        check_agreement,
    ),
}


@dataclass(frozen=True, slots=True)
class PreflightReport:
    """What a preflight looked at; what it found are diagnostics.

    Attributes:
        profile: ``screen`` or ``press``.
        passed: whether there are no errors.
        checks: how many checks were run.
        facts: what was measured, by name: pages, fonts, inks, greatest total of inks …
    """

    profile: str
    passed: bool = False
    checks: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)

    def to_text(self) -> str:
        """Return the verdict and what was measured, for reading."""
        verdict = "passed" if self.passed else "failed"
        lines = [f"preflight of the {self.profile} file: {verdict}, {self.checks} checks"]
        lines += [f"  {name}: {value}" for name, value in self.facts.items()]
        return "\n".join(lines) + "\n"


def preflight(data: bytes, profile: Profile, name: str = "report.pdf") -> Result[PreflightReport]:
    """Check a finished file of that name against its profile; a screen file by a second opinion, too."""
    faults = Faults()
    scanned = scan_or_fault(data, name, faults)
    if scanned is None:
        return faults.result(PreflightReport(profile.name))
    report = faults.take(preflight_scanned(scanned, profile))
    if not profile.is_press:
        found, asked = second_opinion(scanned, data)
        faults.add(*found)
        facts = {**report.facts, "second opinion": asked}
        report = replace(report, passed=not faults.refused, facts=facts)
    return faults.result(report)


def preflight_scanned(scanned: Scan, profile: Profile) -> Result[PreflightReport]:
    """Do the same for a file that is scanned already, by our own checks alone."""
    faults, checks = Faults(), CHECKS[profile.name]
    for check in checks:
        faults.add(*_guarded(check, scanned, profile))
    facts = dict(_facts(scanned, profile))
    return faults.result(PreflightReport(profile.name, not faults.refused, len(checks), facts))


def _guarded(check: Check, scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """Yield what a check finds; where an object is too broken to be checked, say so and go on with the next check."""
    try:
        yield from check(scanned, profile)
    except BROKEN as problem:
        name = check.__name__.removeprefix("check_").replace("_", " ")
        yield in_file(scanned, "broken-object", f"the check of {name} could not be finished: {problem}")


def _facts(scanned: Scan, profile: Profile) -> Iterator[tuple[str, str]]:
    yield "pages", str(len(scanned.pages))
    yield "fonts", ", ".join(sorted(font.name for font in scanned.fonts.values() if font.used))
    if profile.is_press:
        inks = {mark.ink.space for _, mark in scanned.marks("text", "fill", "stroke")}
        yield "colour spaces", ", ".join(sorted(inks))
        totals = (total for page in scanned.pages for _, total in press_ink.totals_of(page))
        yield "greatest total of inks", f"{max(totals, default=0.0):.0%}"
