"""What the report asks of its printer, as a profile of the PDF writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.house import load_style
from reportgen.base.suggest import did_you_mean
from reportgen.base.units import Pt, parse_length
from reportgen.pdf.profile import OutputCondition, PressOptions, Profile, SpotInk, press

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.edition.report import Report


MOST: Pt = 72.0
"""The most that a bleed or a board may measure: an inch."""


def press_profile(world: World, report: Report) -> Result[Profile]:
    """Return the press profile of a report; an output profile that cannot be used is a diagnostic."""
    wanted, faults = report.press, Faults()
    options = PressOptions(
        condition=_condition(world, report, faults),
        bleed=faults.take(read_length(report, "bleed")),
        crop_marks=wanted.crop_marks,
        registration_marks=wanted.registration_marks,
        color_bar=wanted.color_bar,
        slug=wanted.slug,
        signature=wanted.signature,
        ink_limit=wanted.ink_limit / 100,
        spots=_spots(report, faults),
    )
    return faults.result(press(options))


def _spots(report: Report, faults: Faults) -> tuple[SpotInk, ...]:
    """Return the spot inks that have plates; each must be the ink of one of the style's colours."""
    edition = next(iter(report.editions.values()), None)
    style = load_style(edition.lang if edition else "", report.style).value
    known = {color.spot: SpotInk(color.spot, color.cmyk) for color in style.colors.values() if color.spot}
    for name in report.press.spots:
        if name not in known:
            message = f"no colour of the style is printed with the spot ink {name}"
            hint = 'give a colour its ink: [style.colors] blue = { cmyk = […], rgb = "…", spot = "…" }'
            place = report.places.span("press", "spots")
            faults.error("unknown-ink", message, place, *did_you_mean(name, known), hint)
    return tuple(known[name] for name in report.press.spots if name in known)


def _condition(world: World, report: Report, faults: Faults) -> OutputCondition | None:
    path = report.press.output_profile
    if path is None:
        return None
    span = report.places.span("press", "output_profile")
    try:
        icc = world.read_bytes(path)
    except OSError as problem:
        message = f"the output profile {path} cannot be read: {problem.strerror or problem}"
        faults.error("unreadable-file", message, span, "its path begins at the project's folder")
        return None
    fault = _fault_of(icc)
    if fault:
        hint = "ask the printer for the ICC profile of the press"
        faults.error("unfit-profile", f"{path} {fault}", span, hint)
        return None
    info = report.press.output_info or report.press.output_condition
    return OutputCondition(report.press.output_condition, info, icc)


def _fault_of(icc: bytes) -> str:
    """Say what is wrong with an output profile: ICC.1, 7.2 (device class ``prtr``, colour space CMYK)."""
    if len(icc) < 128 or icc[36:40] != b"acsp":
        return "is not an ICC profile"
    if int.from_bytes(icc[:4], "big") != len(icc):
        return "is not whole: its size is not the one that it names"
    if icc[12:16] != b"prtr":
        return "is not the profile of an output device"
    return "" if icc[16:20] == b"CMYK" else "is not a profile for CMYK"


def read_length(report: Report, key: str) -> Result[Pt | None]:
    """Return a length of ``[press]``, None where it is not given or is no length that a press can use."""
    written: str = getattr(report.press, key)
    faults, length = Faults(), None
    place = report.places.span("press", key)
    try:
        length = parse_length(written) if written else None
    except ValueError as problem:
        faults.error("wrong-value", f"press.{key}: {problem}", place, 'write it with its unit, as in "3mm"')
    if length is not None and not 0 <= length <= MOST:
        message = f"press.{key} is {written}, less than nothing or more than a press can use"
        faults.error("wrong-value", message, place, 'as in "3mm"')
        length = None
    return faults.result(length)
