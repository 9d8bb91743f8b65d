"""What prints badly although it is allowed: too much ink, lost overprint, thin lines, small text, few samples."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Name

from reportgen.base.diagnostics import Diagnostic
from reportgen.pdf.profile import OVERPRINTS_FROM, Profile
from reportgen.pdf.read.clipping import is_seen, thinness
from reportgen.pdf.read.findings import at_mark, on_page
from reportgen.pdf.read.grounds import on_grounds
from reportgen.pdf.read.painted import Ink, Mark, Scan, ScannedPage

SMALL_TEXT = 8.0
"""Text below this size, points, fills in when it is left white in a ground of two or more inks."""

COLORED_TEXT = 7.0
"""Text below this size shows every error of register when it is printed in three or more inks."""

RICH_BLACK_TEXT = 24.0
"""Text below this size, points, is not printed in rich black: an error of register would show at every stroke."""

RICH_BLACK_FROM = 0.8
_SOLID = 0.05


def check_overprint(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Black text prints on top of its ground, and nothing else does: white paint that overprinted would vanish."""
    rule = "press.overprint"
    for page, mark in scanned.marks():
        black_text = mark.kind == "text" and is_black(mark.ink)
        if mark.overprint and not black_text:
            what = "white" if not mark.ink.total else f"{mark.ink.space} {mark.ink.values}"
            yield at_mark(page, mark, rule, f"{what} overprints")
        elif black_text and not mark.overprint and mark.alpha == 1 and mark.ink.space == "DeviceCMYK":
            yield at_mark(page, mark, rule, "is black but does not overprint")
    for page in scanned.pages:
        for name, state in page.named("ExtGState"):
            if (state.get("/OP", False) or state.get("/op", False)) and state.get("/OPM", 0) != 1:
                yield on_page(page, rule, f"graphics state {name} overprints in mode 0: zeros erase")


def is_black(ink: Ink) -> bool:
    """Say whether an ink is black alone, dark enough to overprint."""
    if ink.space == "DeviceGray":
        return 1 - ink.values[0] >= OVERPRINTS_FROM
    return ink.space == "DeviceCMYK" and ink.values[3] >= OVERPRINTS_FROM and not any(ink.values[:3])


def check_ink_limit(scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """No place takes more ink than the paper can carry: single paints, and what overprints or shows through on them."""
    rule, limit = "press.ink-limit", profile.options.ink_limit
    for page in scanned.pages:
        for mark, total in totals_of(page):
            if total > limit + 0.001:
                yield at_mark(page, mark, rule, f"takes {total:.0%} of ink, the limit is {limit:.0%}")
    for page, name, total in _pictures(scanned):
        if total > limit + 0.02:
            message = f"picture {name} takes {total:.0%} of ink, the limit is {limit:.0%}"
            yield on_page(page, rule, message)


def totals_of(page: ScannedPage) -> Iterator[tuple[Mark, float]]:
    """Yield each mark with the total of inks where it stands, 1 = one full ink.

    Pictures are judged by their samples; marks on every plate stand outside the trim.
    """
    for mark in page.marks:
        if mark.kind != "image" and mark.ink.space != "All" and not _shows_ground(mark):
            yield mark, mark.ink.total
    for mark, ground in on_grounds(page, _shows_ground):
        if ground is None:
            yield mark, mark.ink.total * mark.alpha
        else:
            yield mark, mark.ink.total + ground.total if mark.overprint else max(mark.ink.total, ground.total)


def _shows_ground(mark: Mark) -> bool:
    return (mark.overprint or mark.alpha != 1) and mark.kind != "image" and mark.ink.space != "All"


def _pictures(scanned: Scan) -> Iterator[tuple[ScannedPage, str, float]]:
    """Yield each CMYK picture once with the greatest total of inks of its pixels."""
    totals: dict[tuple[int, int], float] = {}
    if not any(scanned.marks("image")):
        return
    import numpy as np

    for page in scanned.pages:
        for name, image in page.named("XObject"):
            if image.get("/ColorSpace") == Name.DeviceCMYK and image.objgen not in totals:
                samples = np.frombuffer(image.read_bytes(), np.uint8)
                inks = samples[: samples.size // 4 * 4].reshape(-1, 4).sum(axis=1, dtype=np.uint16)
                totals[image.objgen] = float(inks.max(initial=0)) / 255
                yield page, name, totals[image.objgen]


def check_registration(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """What prints on every plate stands outside the trim."""
    for page, mark in scanned.marks():
        if mark.ink.space == "All" and mark.box.meets(page.trim):
            yield at_mark(page, mark, "press.registration", "prints on every plate inside the trim")


def check_hairlines(scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """No line is thinner than the press holds, drawn as a line (width 0 is as thin as a device can) or as an area.

    What a clipping path hides is not printed, and its own outline is no line.
    """
    least = profile.options.hairline
    for page, mark in scanned.marks("stroke", "fill"):
        if mark.ink.space == "All" or not mark.ink.total:
            continue
        thin = thinness(mark)
        if thin >= least - 0.001 or not is_seen(mark):
            continue
        if mark.kind == "stroke":
            message = f"a line is {thin:.2f} pt wide, the least is {least:g} pt"
            yield at_mark(page, mark, "press.hairline", message)
        else:
            message = f"an area is {thin:.2f} pt thin, the least is {least:g} pt"
            yield at_mark(page, mark, "press.thin-area", message)


def check_small_text(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Small text is neither left white in a ground of several inks nor printed in three or more."""
    for page in scanned.pages:
        for mark, ground in on_grounds(page, _is_small_text):
            inks, below = _inks_of(mark.ink), _inks_of(ground)
            if not inks and below > 1:
                message = f"is white at {mark.size:.1f} pt in a ground of {below} inks"
                yield at_mark(page, mark, "press.reversed-text", message)
            elif inks > 2 and mark.size < COLORED_TEXT:
                message = f"is printed in {inks} inks at {mark.size:.1f} pt"
                yield at_mark(page, mark, "press.colored-text", message)


def _is_small_text(mark: Mark) -> bool:
    return mark.kind == "text" and mark.size < SMALL_TEXT and mark.ink.space == "DeviceCMYK"


def check_rich_black(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """Black with other inks under it is for areas and very large letters; reading sizes are black ink alone."""
    for page, mark in scanned.marks("text"):
        if mark.ink.space != "DeviceCMYK" or mark.size >= RICH_BLACK_TEXT:
            continue
        if mark.ink.values[3] >= RICH_BLACK_FROM and any(v > _SOLID for v in mark.ink.values[:3]):
            message = f"is printed in rich black at {mark.size:.1f} pt"
            yield at_mark(page, mark, "press.rich-black", message)


def _inks_of(ink: Ink | None) -> int:
    return sum(v > _SOLID for v in ink.values) if ink is not None and ink.space == "DeviceCMYK" else 0


def check_resolution(scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """Every picture has enough samples an inch at the size it is printed."""
    least = profile.options.image_resolution
    for page, mark in scanned.marks("image"):
        image, box = mark.picture, mark.box
        if image is None:
            continue
        found = (
            min(float(image.Width) / max(box.width, 0.01), float(image.Height) / max(box.height, 0.01)) * 72
        )
        if found < least:
            message = f"a picture has {found:.0f} samples an inch, the least is {least:.0f}"
            yield at_mark(page, mark, "press.resolution", message)
