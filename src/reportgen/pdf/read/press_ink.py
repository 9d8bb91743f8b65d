"""What prints badly although it is allowed: too much ink, lost overprint, thin lines, small text, few samples."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Name

from reportgen.base.diagnostics import Severity
from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import OVERPRINTS_FROM, Profile
from reportgen.pdf.read.findings import Finding, at_mark, on_page
from reportgen.pdf.read.grounds import Grounds
from reportgen.pdf.read.painted import Ink, Mark, Scan, ScannedPage, box_of

SMALL_TEXT = 8.0
"""Text below this size, points, fills in when it is left white in a ground of two or more inks."""

COLORED_TEXT = 7.0
"""Text below this size shows every error of register when it is printed in three or more inks."""

RICH_BLACK_TEXT = 24.0
"""Text below this size, points, is not printed in rich black: an error of register would show at every stroke."""

RICH_BLACK_FROM = 0.8
_SOLID = 0.05


def check_overprint(scanned: Scan, _: Profile) -> Iterator[Finding]:
    """Black text prints on top of its ground, and nothing else does: white paint that overprinted would vanish."""
    for page in scanned.pages:
        for mark in page.marks:
            black = is_black(mark.ink)
            if mark.overprint and not (black and mark.kind == "text"):
                what = "white" if not mark.ink.total else f"{mark.ink.space} {mark.ink.values}"
                yield at_mark(page, mark, "press.overprint", f"{what} overprints")
            elif (
                mark.kind == "text"
                and black
                and not mark.overprint
                and mark.alpha == 1
                and mark.ink.space == "DeviceCMYK"
            ):
                yield at_mark(page, mark, "press.overprint", "is black but does not overprint")
        yield from _check_mode(page)


def _check_mode(page: ScannedPage) -> Iterator[Finding]:
    for name, state in page.named("ExtGState"):
        if (state.get("/OP", False) or state.get("/op", False)) and state.get("/OPM", 0) != 1:
            yield on_page(page, "press.overprint", f"graphics state {name} overprints in mode 0: zeros erase")


def is_black(ink: Ink) -> bool:
    """Say whether an ink is black alone, dark enough to overprint."""
    if ink.space == "DeviceGray":
        return 1 - ink.values[0] >= OVERPRINTS_FROM
    return ink.space == "DeviceCMYK" and ink.values[3] >= OVERPRINTS_FROM and not any(ink.values[:3])


def check_ink_limit(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    """No place takes more ink than the paper can carry: single paints, and what overprints or shows through on them."""
    limit = profile.options.ink_limit
    for page in scanned.pages:
        for mark, total in totals_of(page):
            if total > limit + 0.001:
                yield at_mark(
                    page, mark, "press.ink-limit", f"takes {total:.0%} of ink, the limit is {limit:.0%}",
                    hint="use a colour of less ink",
                )  # fmt: skip
    for page, name, total in _pictures(scanned):
        if total > limit + 0.02:
            yield on_page(
                page,
                "press.ink-limit",
                f"picture {name} takes {total:.0%} of ink, the limit is {limit:.0%}",
            )


def totals_of(page: ScannedPage) -> Iterator[tuple[Mark, float]]:
    """Yield each mark with the total of inks where it stands, 1 = one full ink.

    Pictures are judged by their samples; marks on every plate stand outside the trim.
    """
    grounds = Grounds(page)
    for position, mark in enumerate(page.marks):
        if mark.kind == "image" or mark.ink.space == "All":
            continue
        if not mark.overprint and mark.alpha == 1:
            yield mark, mark.ink.total
            continue
        below = grounds.below(position, mark)
        if below is None:
            yield mark, mark.ink.total * mark.alpha
        else:
            yield mark, mark.ink.total + below.total if mark.overprint else max(mark.ink.total, below.total)


def _pictures(scanned: Scan) -> Iterator[tuple[ScannedPage, str, float]]:
    """Yield each CMYK picture once with the greatest total of inks of its pixels."""
    totals: dict[tuple[int, int], float] = {}
    if not any(mark.kind == "image" for mark in scanned.marks()):
        return
    import numpy as np

    for page in scanned.pages:
        for name, image in page.named("XObject"):
            if image.get("/ColorSpace") == Name.DeviceCMYK and image.objgen not in totals:
                samples = np.frombuffer(image.read_bytes(), np.uint8)
                inks = samples[: samples.size // 4 * 4].reshape(-1, 4).sum(axis=1, dtype=np.uint16)
                totals[image.objgen] = float(inks.max(initial=0)) / 255
                yield page, name, totals[image.objgen]


def check_registration(scanned: Scan, _: Profile) -> Iterator[Finding]:
    """What prints on every plate stands outside the trim."""
    for page in scanned.pages:
        trim = box_of(page.page.obj, "TrimBox")
        for mark in page.marks:
            if mark.ink.space == "All" and _meet(mark.box, trim):
                yield at_mark(page, mark, "press.registration", "prints on every plate inside the trim")


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def check_hairlines(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    """No line is thinner than the press holds, drawn as a line (width 0 is as thin as a device can) or as an area."""
    rule, least = "press.hairline", profile.options.hairline
    for page in scanned.pages:
        for mark in page.marks:
            if mark.ink.space == "All" or not mark.ink.total:
                continue
            thin = min(mark.box[2] - mark.box[0], mark.box[3] - mark.box[1])
            if mark.kind == "stroke" and mark.size < least - 0.001:
                yield at_mark(
                    page, mark, rule, f"a line is {mark.size:.2f} pt wide, the least is {least:g} pt"
                )
            elif mark.kind == "fill" and thin < least - 0.001:
                message = f"an area is {thin:.2f} pt thin, the least is {least:g} pt"
                yield at_mark(page, mark, rule, message, severity=Severity.WARNING)


def check_small_text(scanned: Scan, _: Profile) -> Iterator[Finding]:
    """Small text is neither left white in a ground of several inks nor printed in three or more."""
    for page in scanned.pages:
        grounds = Grounds(page)
        for position, mark in enumerate(page.marks):
            if mark.kind != "text" or mark.size >= SMALL_TEXT or mark.ink.space != "DeviceCMYK":
                continue
            fault = _small_text_fault(mark, _inks_of(grounds.below(position, mark)))
            if fault is not None:
                rule, message, hint = fault
                yield at_mark(page, mark, rule, message, severity=Severity.WARNING, hint=hint)


def _small_text_fault(mark: Mark, inks_below: int) -> tuple[str, str, str] | None:
    """Return (rule, message, hint) for text that is too small for its inks."""
    inks = _inks_of(mark.ink)
    if not inks and inks_below > 1:
        message = f"is white at {mark.size:.1f} pt in a ground of {inks_below} inks"
        return "press.reversed-text", message, f"set it at {SMALL_TEXT:g} pt or more, or bold"
    if inks > 2 and mark.size < COLORED_TEXT:
        message = f"is printed in {inks} inks at {mark.size:.1f} pt"
        return "press.colored-text", message, "set small text in black, or in one or two inks"
    return None


def check_rich_black(scanned: Scan, _: Profile) -> Iterator[Finding]:
    """Black with other inks under it is for areas and very large letters; reading sizes are black ink alone."""
    for page in scanned.pages:
        for mark in page.marks:
            if mark.kind != "text" or mark.ink.space != "DeviceCMYK" or mark.size >= RICH_BLACK_TEXT:
                continue
            if mark.ink.values[3] >= RICH_BLACK_FROM and any(v > _SOLID for v in mark.ink.values[:3]):
                message = f"is printed in rich black at {mark.size:.1f} pt"
                yield at_mark(
                    page,
                    mark,
                    "press.rich-black",
                    message,
                    severity=Severity.WARNING,
                    hint="use black ink alone",
                )


def _inks_of(ink: Ink | None) -> int:
    return sum(v > _SOLID for v in ink.values) if ink is not None and ink.space == "DeviceCMYK" else 0


def check_resolution(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    """Every picture has enough samples an inch at the size it is printed."""
    least = profile.options.image_resolution
    for page in scanned.pages:
        for mark in page.marks:
            image = mark.picture
            if image is None:
                continue
            width, height = mark.box[2] - mark.box[0], mark.box[3] - mark.box[1]
            found = min(float(image.Width) / max(width, 0.01), float(image.Height) / max(height, 0.01)) * 72
            if found < least:
                message = f"a picture has {found:.0f} samples an inch, the least is {least:.0f}"
                yield at_mark(page, mark, "press.resolution", message, severity=Severity.WARNING)
