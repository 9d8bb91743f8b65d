"""What PDF/X-4 asks of a file as a whole: identification, boxes, output intent, fonts, what must be absent."""

from __future__ import annotations

from collections.abc import Iterator, Set

import pikepdf
from pikepdf import Name

from reportgen.base.diagnostics import Diagnostic
from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import OutputCondition, Profile
from reportgen.pdf.read.findings import in_file, on_page
from reportgen.pdf.read.objects import each, inside
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


def check_identification(scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """PDF 1.6 that names its standard, title, dates and trapping in XMP, and the same in the information dictionary."""
    pdf, packet = scanned.pdf, read_xmp(scanned.pdf)
    right = {
        f"the file is PDF {pdf.pdf_version}; {profile.version} is the latest allowed": (
            tuple(int(n) for n in pdf.pdf_version.split(".")) <= (1, 6)
        ),
        "the metadata does not name PDF/X-4": property_of(packet, "pdfxid:GTS_PDFXVersion") == "PDF/X-4",
        "the metadata does not say whether the file is trapped": (
            property_of(packet, "pdf:Trapped") in ("True", "False")
        ),
        **{f"the metadata lacks {name}": bool(property_of(packet, name)) for name in _STATED},
        "the information dictionary does not say whether the file is trapped": (
            str(inside(pdf.trailer, "Info").get("/Trapped")) in ("/True", "/False")
        ),
        "the file has no ID": "/ID" in pdf.trailer,
        "the file is encrypted": not pdf.is_encrypted,
    }
    yield from (in_file(scanned, "x4.identification", message) for message in right if not right[message])


def check_boxes(scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """Trim within bleed within media on every page, all trimmed alike, and the pages a whole number of signatures."""
    rule = "x4.boxes"
    for page in scanned.pages:
        yield from (on_page(page, rule, message) for message in _box_faults(page.obj))
    trims = [page.trim for page in scanned.pages if "/TrimBox" in page.obj]
    sizes = dict.fromkeys(f"{round(t.width, 1)}×{round(t.height, 1)} pt" for t in trims)
    if len(sizes) > 1:
        yield in_file(scanned, rule, f"pages are trimmed to {len(sizes)} sizes: {', '.join(sizes)}")
    count, signature = len(scanned.pages), profile.options.signature
    if count % signature:
        yield in_file(scanned, rule, f"{count} pages do not fill signatures of {signature}")


def _box_faults(sheet: pikepdf.Object) -> Iterator[str]:
    if "/TrimBox" not in sheet:
        yield "the page has no trim box"
        return
    if "/ArtBox" in sheet:
        yield "the page has an art box beside its trim box"
    trim, bleed, media = (box_of(sheet, name) for name in ("TrimBox", "BleedBox", "MediaBox"))
    if not bleed.grown(TOLERANCE).holds(trim):
        yield "the trim box is not inside the bleed box"
    if not media.grown(TOLERANCE).holds(bleed):
        yield "the bleed box is not inside the media box"
    if sheet.get("/Rotate", 0) != 0 or "/UserUnit" in sheet:
        yield "the page is rotated or scaled"


def check_bleed(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """A ground that reaches an edge of the trim reaches the edge of the bleed, or a cut leaves a white line."""
    for page in scanned.pages:
        trim, bleed = page.trim, box_of(page.obj, "BleedBox")
        for mark in page.marks:
            if mark.kind in ("fill", "image") and mark.ink.total and _ends_early(mark.box, trim, bleed):
                yield on_page(page, "press.bleed", "a ground ends between trim and bleed", mark.box)


def _ends_early(ground: Box, trim: Box, bleed: Box) -> bool:
    """Say whether a ground reaches a side of the trim from within, and not the same side of the bleed."""
    for side, opposite, outwards in ((0, 2, -1), (1, 3, -1), (2, 0, 1), (3, 1, 1)):
        reaches = outwards * (ground[side] - trim[side]) >= -0.5
        inside_trim = outwards * (trim[side] - ground[opposite]) > 0.5
        if reaches and inside_trim and outwards * (bleed[side] - ground[side]) > 0.5:
            return True
    return False


def check_output_intent(scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """One PDF/X output intent, with the CMYK output profile that the report names."""
    intents = [i for i in each(scanned.pdf.Root, "OutputIntents") if i.get("/S") == Name.GTS_PDFX]
    if len(intents) == 1:
        messages = list(_intent_faults(intents[0], profile))
    else:
        messages = [f"the file has {len(intents)} PDF/X output intents, not one"]
    yield from (in_file(scanned, "x4.output-intent", message) for message in messages)


def _intent_faults(intent: pikepdf.Object, profile: Profile) -> Iterator[str]:
    identifier = str(intent.get("/OutputConditionIdentifier", ""))
    if not identifier:
        yield "the output intent names no condition"
    icc = intent.get("/DestOutputProfile")
    if not isinstance(icc, pikepdf.Stream):
        yield "the output intent has no ICC profile"
        return
    fault = OutputCondition(identifier, "", icc.read_bytes()).fault
    if fault or int(icc.get("/N", 0)) != 4:
        yield f"the ICC profile {fault or 'is not said to be for four inks'}"
    elif identifier != profile.condition.identifier:
        yield f"the output condition is not {profile.condition.identifier}"


def check_absent(scanned: Scan, _: Profile) -> Iterator[Diagnostic]:
    """What a plate cannot show or a printer's settings decide: annotations, actions, forms, halftones, alternates."""
    rule, root = "x4.absent", scanned.pdf.Root
    for key in ("OpenAction", "AA", "AcroForm", "OCProperties"):
        if "/" + key in root:
            yield in_file(scanned, rule, f"the catalog has {key}")
    for key in ("JavaScript", "AlternatePresentations"):
        if "/" + key in inside(root, "Names"):
            yield in_file(scanned, rule, f"the file has {key}")
    for page in scanned.pages:
        if page.annotations:
            yield on_page(page, "x4.annotations", "the page has annotations")
        for name, state in page.named("ExtGState"):
            if any(key in state for key in _LOCAL_STATES) or str(state.get("/HT", "/Default")) != "/Default":
                yield on_page(page, rule, f"graphics state {name} sets transfer functions or halftones")
        for name, form in page.named("XObject"):
            if form.get("/Subtype") == Name.PS or any(key in form for key in ("/Alternates", "/OPI", "/Ref")):
                yield on_page(page, rule, f"{name} is PostScript, has alternates, or stands for another file")


def check_color(scanned: Scan, profile: Profile) -> Iterator[Diagnostic]:
    """Only process inks, black and the report's spot inks: in operators, pictures and blending groups."""
    inks = {ink.name for ink in profile.options.spots} | {"All", *_COLOR_SPACES}
    for page in scanned.pages:
        yield from (on_page(page, "x4.color", message) for message in _color_faults(page, inks))


def _color_faults(page: ScannedPage, inks: Set[str]) -> Iterator[str]:
    yield from (f"is painted in {ink.space}" for ink in page.inks if ink.space not in inks)
    for name, space in page.named("ColorSpace"):
        if not isinstance(space, pikepdf.Array) or space[0] != Name.Separation or space[2] != Name.DeviceCMYK:
            yield f"colour space {name} is not a spot ink with process inks as its alternate"
    for name, image in page.named("XObject"):
        if "/Group" in image and image.Group.get("/CS") != Name.DeviceCMYK:
            yield f"group {name} is blended in another space than CMYK"
        samples = image.get("/ColorSpace")
        if image.get("/Subtype") == Name.Image and samples not in (Name.DeviceCMYK, Name.DeviceGray):
            yield f"picture {name} is not in CMYK"
    group = page.obj.get("/Group")
    if group is not None and group.get("/CS") != Name.DeviceCMYK:
        yield "blends transparency in another space than CMYK"
    if group is None and any(mark.alpha < 1 for mark in page.marks):
        yield "has transparency but no space to blend it in"
