"""What the report asks of its printer, as a profile of the PDF writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.house import load_style
from reportgen.base.suggest import did_you_mean
from reportgen.pdf.profile import OutputCondition, PressOptions, Profile, SpotInk, press

if TYPE_CHECKING:
    from reportgen.base.world import World
    from reportgen.edition.report import Report


HOUSE = "FOGRA39"
"""The output condition whose profile comes with reportgen."""


def press_profile(world: World, report: Report) -> Result[Profile]:
    """Return the press profile of a report; an output profile that cannot be used is a diagnostic."""
    wanted, faults = report.press, Faults()
    options = PressOptions(
        condition=_condition(world, report, faults),
        bleed=wanted.bleed,
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
    path, wanted = report.press.output_profile, report.press.output_condition
    if path is None:
        if wanted != HOUSE:
            message = f"press.output_condition is {wanted}, and its ICC profile is not named"
            hint = f'write output_profile = "…"; only that of {HOUSE} comes with reportgen'
            faults.error("missing-key", message, report.places.span("press", "output_condition"), hint)
        return None
    span = report.places.span("press", "output_profile")
    try:
        icc = world.read_bytes(path)
    except OSError as problem:
        message = f"the output profile {path} cannot be read: {problem.strerror or problem}"
        faults.error("unreadable-file", message, span, "its path begins at the project's folder")
        return None
    name = report.press.output_condition
    condition = OutputCondition(name, report.press.output_info or name, icc)
    if condition.fault:
        hint = "ask the printer for the ICC profile of the press"
        faults.error("unfit-profile", f"{path} {condition.fault}", span, hint)
        return None
    return condition
