"""What the report asks of its printer, as a profile of the PDF writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Result, error
from reportgen.base.units import Pt, parse_length
from reportgen.pdf.cover import Binding
from reportgen.pdf.profile import OutputCondition, PressOptions, Profile, press

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.edition.report import Report


def press_profile(world: World, report: Report) -> Result[Profile]:
    """Return the press profile of a report; an output profile that cannot be used is a diagnostic."""
    wanted = report.press
    condition = _condition(world, report)
    bleed = _length(report, "bleed")
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
        message = f"the output profile {path} cannot be read: {problem.strerror or problem}"
        return Result(None, (error(message, span, "its path begins at the project's folder"),))
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


def binding(report: Report) -> Result[Binding | None]:
    """Return what makes the width of the cover's spine, None where the report names no paper."""
    paper = report.press
    board = _length(report, "board")
    if not paper.paper_weight:
        return Result(None, board.diagnostics)
    return Result(
        Binding.of_paper(paper.paper_weight, paper.paper_bulk, board.value or 0.0), board.diagnostics
    )


def _length(report: Report, key: str) -> Result[Pt | None]:
    written: str = getattr(report.press, key)
    if not written:
        return Result(None)
    try:
        return Result(parse_length(written))
    except ValueError as problem:
        place = report.places.span("press", key)
        return Result(None, (error(f"press.{key}: {problem}", place, 'write it with its unit, as in "3mm"'),))
