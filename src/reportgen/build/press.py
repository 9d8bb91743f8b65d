"""What the report asks of its printer, as a profile of the PDF writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Result, error
from reportgen.base.house import load_style
from reportgen.base.suggest import did_you_mean
from reportgen.base.units import Pt, parse_length
from reportgen.pdf.profile import OutputCondition, PressOptions, Profile, SpotInk, press
from reportgen.pdf.write.cover import Binding

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.edition.report import Report


MOST: Pt = 72.0
"""The most that a bleed or a board may measure: an inch."""


def press_profile(world: World, report: Report) -> Result[Profile]:
    """Return the press profile of a report; an output profile that cannot be used is a diagnostic."""
    wanted = report.press
    condition = _condition(world, report)
    bleed = _length(report, "bleed")
    spots = _spots(report)
    options = PressOptions(
        condition=condition.value,
        bleed=bleed.value,
        crop_marks=wanted.crop_marks,
        registration_marks=wanted.registration_marks,
        color_bar=wanted.color_bar,
        slug=wanted.slug,
        signature=wanted.signature,
        ink_limit=wanted.ink_limit / 100,
        spots=spots.value,
    )
    return Result(press(options), (*condition.diagnostics, *bleed.diagnostics, *spots.diagnostics))


def _spots(report: Report) -> Result[tuple[SpotInk, ...]]:
    """Return the spot inks that have plates; each must be the ink of one of the style's colours."""
    edition = next(iter(report.editions.values()), None)
    style = load_style(edition.lang if edition else "", report.style).value
    known = {color.spot: SpotInk(color.spot, color.cmyk) for color in style.colors.values() if color.spot}
    faults = tuple(
        error(
            "no-colour-style-printed-spot",
            f"no colour of the style is printed with the spot ink {name}",
            report.places.span("press", "spots"),
            *did_you_mean(name, known),
            'give a colour its ink: [style.colors] blue = { cmyk = […], rgb = "…", spot = "…" }',
        )
        for name in report.press.spots
        if name not in known
    )
    return Result(tuple(known[name] for name in report.press.spots if name in known), faults)


def _condition(world: World, report: Report) -> Result[OutputCondition | None]:
    path = report.press.output_profile
    if path is None:
        return Result(None)
    span = report.places.span("press", "output_profile")
    try:
        icc = world.read_bytes(path)
    except OSError as problem:
        message = f"the output profile {path} cannot be read: {problem.strerror or problem}"
        return Result(
            None,
            (error("output-profile-cannot-read", message, span, "its path begins at the project's folder"),),
        )
    fault = _fault_of(icc)
    if fault:
        return Result(
            None,
            (
                error(
                    "unfit-profile",
                    f"{path} {fault}",
                    span,
                    "ask the printer for the ICC profile of the press",
                ),
            ),
        )
    info = report.press.output_info or report.press.output_condition
    return Result(OutputCondition(report.press.output_condition, info, icc))


def _fault_of(icc: bytes) -> str:
    """Say what is wrong with an output profile: ICC.1, 7.2 (device class ``prtr``, colour space CMYK)."""
    if len(icc) < 128 or icc[36:40] != b"acsp":
        return "is not an ICC profile"
    if int.from_bytes(icc[:4], "big") != len(icc):
        return "is not whole: its size is not the one that it names"
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
    place = report.places.span("press", key)
    try:
        length = parse_length(written)
    except ValueError as problem:
        return Result(
            None,
            (error("not-a-length", f"press.{key}: {problem}", place, 'write it with its unit, as in "3mm"'),),
        )
    if 0 <= length <= MOST:
        return Result(length)
    message = f"press.{key} is {written}, less than nothing or more than a press can use"
    return Result(None, (error("press-less-than-nothing-or", message, place, 'as in "3mm"'),))
