"""What the report asks of its printer, as a profile of the PDF writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Diagnostic, Result, error
from reportgen.base.units import Pt, parse_length
from reportgen.pdf.profile import OutputCondition, PressOptions, Profile, press

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.edition.report import Report


def press_profile(world: World, report: Report) -> Result[Profile]:
    """Return the press profile of a report; an output profile that cannot be used is a diagnostic."""
    wanted = report.press
    condition = _condition(world, report)
    bleed = _bleed(report)
    options = PressOptions(
        condition=condition.value,
        bleed=bleed.value,
        crop_marks=wanted.crop_marks,
        registration_marks=wanted.registration_marks,
        color_bar=wanted.color_bar,
        slug=wanted.slug,
        signature=wanted.signature,
        ink_limit=wanted.ink_limit / 100,
    )
    return Result(press(options), (*condition.diagnostics, *bleed.diagnostics))


def _condition(world: World, report: Report) -> Result[OutputCondition | None]:
    path = report.press.output_profile
    if path is None:
        return Result(None)
    span = report.places.span("press", "output_profile")
    try:
        icc = world.read_bytes(path)
    except OSError as problem:
        return Result(None, (error(f"the output profile {path} cannot be read: {problem}", span),))
    fault = _fault_of(icc)
    if fault:
        return Result(
            None, (error(f"{path} {fault}", span, "ask the printer for the ICC profile of the press"),)
        )
    info = report.press.output_info or report.press.output_condition
    return Result(OutputCondition(report.press.output_condition, info, icc))


def _fault_of(icc: bytes) -> str:
    """Say what is wrong with an output profile: ICC.1, 7.2 (device class ``prtr``, colour space CMYK)."""
    if len(icc) < 128 or icc[36:40] != b"acsp":
        return "is not an ICC profile"
    if icc[12:16] != b"prtr":
        return "is not the profile of an output device"
    return "" if icc[16:20] == b"CMYK" else "is not a profile for CMYK"


def _bleed(report: Report) -> Result[Pt | None]:
    if not report.press.bleed:
        return Result(None)
    faults: tuple[Diagnostic, ...] = ()
    try:
        return Result(parse_length(report.press.bleed))
    except ValueError as problem:
        faults = (error(f"press.bleed: {problem}", report.places.span("press", "bleed")),)
    return Result(None, faults)
