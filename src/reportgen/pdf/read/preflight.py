"""Preflight: what is wrong with a finished file, read from its bytes alone.

No free validator knows PDF/X, so the press checks are ours; for the screen ours stand beside veraPDF's and find what it
cannot see. The docs list every rule with the planted faults that it catches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reportgen.base.diagnostics import Result
from reportgen.pdf.profile import Profile
from reportgen.pdf.read import press_file, press_ink, screen_checks
from reportgen.pdf.read.agreement import Tree, check_agreement, read_tree
from reportgen.pdf.read.contrast import check_contrast
from reportgen.pdf.read.findings import Finding, PreflightReport, most_serious
from reportgen.pdf.read.painted import Scan
from reportgen.pdf.read.scan import BROKEN, scan_or_fault
from reportgen.pdf.read.second_opinion import second_opinion

PressCheck = Callable[[Scan, Profile], Iterator[Finding]]
ScreenCheck = Callable[[Scan, Tree], Iterator[Finding]]

PRESS_CHECKS: tuple[PressCheck, ...] = (
    press_file.check_identification,
    press_file.check_boxes,
    press_file.check_bleed,
    press_file.check_output_intent,
    press_file.check_absent,
    press_file.check_color,
    press_file.check_fonts,
    press_ink.check_overprint,
    press_ink.check_ink_limit,
    press_ink.check_registration,
    press_ink.check_hairlines,
    press_ink.check_small_text,
    press_ink.check_rich_black,
    press_ink.check_resolution,
)
SCREEN_CHECKS: tuple[ScreenCheck, ...] = (
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
    screen_checks.check_fonts,
    check_contrast,
    screen_checks.check_streams,
    check_agreement,
)
LIMIT = 20
"""Findings of one rule beyond this number are counted, not listed."""


def preflight(data: bytes, profile: Profile, name: str = "") -> Result[PreflightReport]:
    """Check a finished file against its profile.

    Args:
        name: the file's name, for the places of diagnostics.

    Returns:
        The report, and its findings as diagnostics.
    """
    scanned = scan_or_fault(data, name)
    if scanned.value is None:
        faults = tuple(Finding(d.rule, d.message, hint=d.hints[0]) for d in scanned.diagnostics)
        return Result(PreflightReport(profile.name, (), faults), scanned.diagnostics)
    own = preflight_scanned(scanned.value, profile, name).value
    if profile.is_press:
        return _reported(own, name)
    others, asked = second_opinion(data)
    findings = (*own.findings, *most_serious(others, LIMIT))
    return _reported(replace(own, findings=findings, facts=(*own.facts, ("second opinion", asked))), name)


def preflight_scanned(scanned: Scan, profile: Profile, name: str = "") -> Result[PreflightReport]:
    """Do the same for a file that is scanned already, by our own checks alone."""
    findings = most_serious(_run(scanned, profile), LIMIT)
    report = PreflightReport(profile.name, _names(profile), findings, tuple(_facts(scanned, profile)))
    return _reported(report, name)


def _reported(report: PreflightReport, name: str) -> Result[PreflightReport]:
    return Result(report, tuple(f.diagnostic(name) for f in report.findings))


def _run(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    if profile.is_press:
        for check in PRESS_CHECKS:
            yield from _guarded(check(scanned, profile), check.__name__)
        yield from screen_checks.check_streams(scanned, Tree())
        return
    try:
        tree = read_tree(scanned)
    except BROKEN as problem:
        yield Finding("file", f"the structure tree is broken: {problem}")
        return
    for look in SCREEN_CHECKS:
        yield from _guarded(look(scanned, tree), look.__name__)


def _guarded(findings: Iterator[Finding], name: str) -> Iterator[Finding]:
    """Yield findings; where an object is too broken to be checked, say so and go on with the next check."""
    try:
        yield from findings
    except BROKEN as problem:
        yield Finding("file", f"{name} could not be finished: an object is broken: {problem}")


def _names(profile: Profile) -> tuple[str, ...]:
    checks = PRESS_CHECKS if profile.is_press else SCREEN_CHECKS
    return tuple(f"{c.__module__.rpartition('.')[2]}.{c.__name__.removeprefix('check_')}" for c in checks)


def _facts(scanned: Scan, profile: Profile) -> Iterator[tuple[str, str]]:
    yield "pages", str(len(scanned.pages))
    yield "fonts", ", ".join(sorted(font.name for font in scanned.fonts.values() if font.used))
    if profile.is_press:
        inks = {mark.ink.space for mark in scanned.marks() if mark.kind != "image"}
        yield "colour spaces", ", ".join(sorted(inks))
        totals = (total for page in scanned.pages for _, total in press_ink.totals_of(page))
        yield "greatest total of inks", f"{max(totals, default=0.0):.0%}"
