"""What PDF/X-4 asks of a file as a whole: identification, boxes, output intent, fonts, what must be absent."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Name

from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import Profile
from reportgen.pdf.read.findings import Finding, on_page
from reportgen.pdf.read.fontread import font_faults
from reportgen.pdf.read.painted import Scan, ScannedPage, box_of
from reportgen.pdf.read.xmp import property_of, read_xmp

TOLERANCE = 0.01
"""How far boxes may miss each other, points: rounding."""

_LOCAL_STATES = ("/TR", "/TR2", "/HTO", "/HTP")
_STATED = (
    "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass", "xmp:CreateDate", "xmp:ModifyDate",
    "xmp:MetadataDate", "dc:title",
)  # fmt: skip
_COLOR_SPACES = ("DeviceCMYK", "DeviceGray")


def check_identification(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    """PDF 1.6 that names its standard, title, dates and trapping in XMP, and the same in the information dictionary."""
    rule = "x4.identification"
    pdf = scanned.pdf
    if tuple(int(n) for n in pdf.pdf_version.split(".")) > (1, 6):
        yield Finding(rule, f"the file is PDF {pdf.pdf_version}; {profile.version} is the latest allowed")
    packet = read_xmp(pdf)
    if property_of(packet, "pdfxid:GTS_PDFXVersion") != "PDF/X-4":
        yield Finding(rule, "the metadata does not name PDF/X-4")
    if property_of(packet, "pdf:Trapped") not in ("True", "False"):
        yield Finding(rule, "the metadata does not say whether the file is trapped")
    for name in _STATED:
        if not property_of(packet, name):
            yield Finding(rule, f"the metadata lacks {name}")
    info = pdf.trailer.get("/Info", pikepdf.Dictionary())
    if str(info.get("/Trapped", "")) not in ("/True", "/False"):
        yield Finding(rule, "the information dictionary does not say whether the file is trapped")
    if "/ID" not in pdf.trailer:
        yield Finding(rule, "the file has no ID")
    if pdf.is_encrypted:
        yield Finding(rule, "the file is encrypted")


def check_boxes(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    """Trim within bleed within media on every page, all trimmed alike, and the pages a whole number of signatures."""
    rule = "x4.boxes"
    sizes: dict[tuple[float, float], None] = {}
    for page in scanned.pages:
        sheet = page.page.obj
        if "/TrimBox" not in sheet:
            yield on_page(page, rule, "the page has no trim box")
            continue
        if "/ArtBox" in sheet:
            yield on_page(page, rule, "the page has an art box beside its trim box")
        trim, bleed, media = (box_of(sheet, name) for name in ("TrimBox", "BleedBox", "MediaBox"))
        if not _holds(bleed, trim):
            yield on_page(page, rule, "the trim box is not inside the bleed box")
        if not _holds(media, bleed):
            yield on_page(page, rule, "the bleed box is not inside the media box")
        if sheet.get("/Rotate", 0) != 0 or "/UserUnit" in sheet:
            yield on_page(page, rule, "the page is rotated or scaled")
        sizes[round(trim[2] - trim[0], 1), round(trim[3] - trim[1], 1)] = None
    if len(sizes) > 1:
        yield Finding(
            rule, f"pages are trimmed to {len(sizes)} sizes: {', '.join(f'{w}×{h} pt' for w, h in sizes)}"
        )
    if len(scanned.pages) % profile.options.signature:
        yield Finding(
            rule, f"{len(scanned.pages)} pages do not fill signatures of {profile.options.signature}"
        )


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + TOLERANCE
        and outer[1] <= inner[1] + TOLERANCE
        and outer[2] >= inner[2] - TOLERANCE
        and outer[3] >= inner[3] - TOLERANCE
    )


def check_bleed(scanned: Scan, _: Profile) -> Iterator[Finding]:
    """A ground that reaches an edge of the trim reaches the edge of the bleed, or a cut leaves a white line."""
    for page in scanned.pages:
        trim, bleed = box_of(page.page.obj, "TrimBox"), box_of(page.page.obj, "BleedBox")
        for mark in page.marks:
            if mark.kind not in ("fill", "image") or not mark.ink.total:
                continue
            for side in range(4):
                sign = 1 if side > 1 else -1
                reaches = sign * (mark.box[side] - trim[side]) >= -0.5
                inside = sign * (trim[side] - mark.box[(side + 2) % 4]) > 0.5
                if reaches and inside and sign * (bleed[side] - mark.box[side]) > 0.5:
                    yield on_page(
                        page, "press.bleed", "a ground ends between trim and bleed", mark.box,
                        hint="let it reach the bleed, or keep it off the edge",
                    )  # fmt: skip
                    break


def check_output_intent(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    """One PDF/X output intent, with the CMYK output profile that the report names."""
    rule = "x4.output-intent"
    intents = [
        i for i in scanned.pdf.Root.get("/OutputIntents", pikepdf.Array()) if i.get("/S") == Name.GTS_PDFX
    ]
    if len(intents) != 1:
        yield Finding(rule, f"the file has {len(intents)} PDF/X output intents, not one")
        return
    intent = intents[0]
    identifier = str(intent.get("/OutputConditionIdentifier", ""))
    if not identifier:
        yield Finding(rule, "the output intent names no condition")
    icc = intent.get("/DestOutputProfile")
    if not isinstance(icc, pikepdf.Stream):
        yield Finding(rule, "the output intent has no ICC profile")
        return
    data = icc.read_bytes()
    if data[36:40] != b"acsp" or data[12:16] != b"prtr":
        yield Finding(rule, "the ICC profile is not an output profile", hint="give the printer's profile")
    elif data[16:20] != b"CMYK" or int(icc.get("/N", 0)) != 4:
        yield Finding(rule, "the ICC profile is not for four inks", hint="give the printer's CMYK profile")
    elif identifier != profile.condition.identifier:
        yield Finding(rule, f"the output condition is not {profile.condition.identifier}")


def check_absent(scanned: Scan, _: Profile) -> Iterator[Finding]:
    """What a plate cannot show or a printer's settings decide: annotations, actions, forms, halftones, alternates."""
    rule = "x4.absent"
    root = scanned.pdf.Root
    for key in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties"):
        if key in root:
            yield Finding(rule, f"the catalog has {key[1:]}")
    names = root.get("/Names", pikepdf.Dictionary())
    for key in ("/JavaScript", "/AlternatePresentations"):
        if key in names:
            yield Finding(rule, f"the file has {key[1:]}")
    for page in scanned.pages:
        if len(page.page.obj.get("/Annots", ())):
            yield on_page(
                page, "x4.annotations", "the page has annotations", hint="the press file carries no links"
            )
        yield from _check_resources(page, rule)


def _check_resources(page: ScannedPage, rule: str) -> Iterator[Finding]:
    for name, state in page.named("ExtGState"):
        bad = [key for key in _LOCAL_STATES if key in state]
        if bad or ("/HT" in state and str(state.HT) != "/Default"):
            yield on_page(page, rule, f"graphics state {name} sets transfer functions or halftones")
    for name, form in page.named("XObject"):
        if form.get("/Subtype") == Name.PS or "/Alternates" in form or "/OPI" in form or "/Ref" in form:
            yield on_page(page, rule, f"{name} is PostScript, has alternates, or stands for another file")


def check_color(scanned: Scan, profile: Profile) -> Iterator[Finding]:
    """Only process inks, black and the report's spot inks: in operators, pictures and blending groups."""
    rule = "x4.color"
    spots = {ink.name for ink in profile.options.spots} | {"All"}
    for page in scanned.pages:
        for ink in page.inks:
            if ink.space not in _COLOR_SPACES and ink.space not in spots:
                yield on_page(
                    page, rule, f"is painted in {ink.space}", hint="colours need inks: see the style"
                )
        yield from _check_spaces(page, rule)
        group = page.page.obj.get("/Group")
        if group is not None and group.get("/CS") != Name.DeviceCMYK:
            yield on_page(page, rule, "blends transparency in another space than CMYK")
        if group is None and any(m.alpha < 1 for m in page.marks):
            yield on_page(page, rule, "has transparency but no space to blend it in")


def _check_spaces(page: ScannedPage, rule: str) -> Iterator[Finding]:
    for name, space in page.named("ColorSpace"):
        if not isinstance(space, pikepdf.Array) or space[0] != Name.Separation or space[2] != Name.DeviceCMYK:
            yield on_page(
                page, rule, f"colour space {name} is not a spot ink with process inks as its alternate"
            )
    for name, image in page.named("XObject"):
        if "/Group" in image and image.Group.get("/CS") != Name.DeviceCMYK:
            yield on_page(page, rule, f"group {name} is blended in another space than CMYK")
        samples = image.get("/ColorSpace")
        if image.get("/Subtype") == Name.Image and samples not in (Name.DeviceCMYK, Name.DeviceGray):
            yield on_page(page, rule, f"picture {name} is not in CMYK")


def check_fonts(scanned: Scan, _: Profile) -> Iterator[Finding]:
    """Every font embedded, every code shown with a width that is the file's, a glyph and a text."""
    for font in scanned.fonts.values():
        if font.used or font.faults:
            yield from (Finding("fonts", f"{font.name} {message}") for message in font_faults(font))
