"""Write: a publication to the bytes of a PDF file, in one of two profiles.

Both profiles draw the same frames. The screen's file says what everything is (structure, alternatives, links);
the press's says where to cut and which inks to use.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.frame import Frame, Page, Publication
from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import PressOptions, Profile
from reportgen.pdf.write import attachments, navigation, structure
from reportgen.pdf.write.images import Images
from reportgen.pdf.write.metadata import write_metadata
from reportgen.pdf.write.operators import PageWriter
from reportgen.pdf.write.pagecontent import PageContent, Shared, WrittenPages
from reportgen.pdf.write.paint import Paint, separation
from reportgen.pdf.write.printers_marks import Sheet, marks_of, sheet_of
from reportgen.text.faces import FontBook


def write_pdf(publication: Publication, profile: Profile, fonts: FontBook) -> Result[bytes]:
    """Write a publication as PDF/UA-1 with PDF/A-3a (screen) or as PDF/X-4 (press).

    The same arguments give the same bytes in every process. With errors among the diagnostics the file is
    whole but does not satisfy its profile.
    """
    faults = Faults()
    if not publication.pages:
        faults.error("no-pages", "the report has no pages", None, "check that its manuscript has text")
        return faults.result(b"")
    try:
        pdf = pikepdf.Pdf.new()
        _write(pdf, publication, profile, fonts, faults)
    except ValueError as problem:
        hint = "look at what it names in the report; it may be a text or picture that no PDF can hold"
        faults.error("unwritable-file", f"the file cannot be written: {problem}", None, hint)
        return faults.result(b"")
    return faults.result(finished(pdf, profile.version))


def finished(pdf: pikepdf.Pdf, version: str) -> bytes:
    """Return a file's bytes: small objects in object streams, the ID made from the content.

    An object stream that happens to end in a carriage return is one that strict readers count wrong
    (:func:`reportgen.pdf.write.embedding.compressed`); such a file is written without object streams.
    """
    data = _saved(pdf, version, pikepdf.ObjectStreamMode.generate)
    if b"\r\nendstream" in data:
        return _saved(pdf, version, pikepdf.ObjectStreamMode.disable)
    return data


def _saved(pdf: pikepdf.Pdf, version: str, mode: pikepdf.ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        force_version=version,
        deterministic_id=True,
        object_stream_mode=mode,
        compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return out.getvalue()


def _write(
    pdf: pikepdf.Pdf, publication: Publication, profile: Profile, fonts: FontBook, faults: Faults
) -> None:
    shared = Shared(
        pdf, profile, fonts, Paint(profile), Images(pdf, profile),
        structure.voices_of(publication.structure, publication.metadata.lang), publication.metadata.lang,
        faults=faults,
    )  # fmt: skip
    sheets: Sequence[Page] = publication.pages
    if profile.is_press:
        sheets = pad_to_signature(sheets, profile.options.signature)
        written = _press_pages(sheets, publication, shared)
    else:
        written = [_screen_page(page.frame, shared) for page in publication.pages]
    pages = _add_pages(written, shared)
    write_metadata(pdf, publication.metadata, profile)
    navigation.write_labels(pdf, sheets)
    pdf.Root.Lang = String(publication.metadata.lang)
    if not profile.is_press:
        heights = [page.frame.height for page in publication.pages]
        _add_meaning(WrittenPages(pdf, pages, [w.content for w in written], heights, faults), publication)


# ---- pages -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Written:
    """A page's content with its boxes."""

    content: PageContent
    boxes: dict[str, Box]


def _screen_page(frame: Frame, shared: Shared) -> _Written:
    content = PageWriter(shared, frame.height).write(frame, 0, frame.height)
    return _Written(content.seal(), {"MediaBox": Box(0, 0, frame.width, frame.height)})


def _press_pages(pages: Sequence[Page], publication: Publication, shared: Shared) -> list[_Written]:
    options = shared.profile.options
    return [
        _press_page(page, sheet_of(page, publication.bleed, options), publication, number, len(pages), shared)
        for number, page in enumerate(pages, 1)
    ]


def pad_to_signature(pages: Sequence[Page], signature: int) -> list[Page]:
    """Return the pages with blank ones added up to a multiple of the signature.

    Blank pages stand before a last page without a folio (the back cover), otherwise at the end.
    """
    missing = -len(pages) % max(signature, 1)
    last = pages[-1]
    blank = [Page(Frame(last.frame.width, last.frame.height), "", "none", "verso")] * missing
    cut = len(pages) - 1 if last.label_style == "none" and len(pages) > 1 else len(pages)
    return [*pages[:cut], *blank, *pages[cut:]]


def _press_page(
    page: Page, sheet: Sheet, publication: Publication, number: int, count: int, shared: Shared
) -> _Written:
    options, margin = shared.profile.options, sheet.margin
    trim = Box(margin, margin, margin + sheet.width, margin + sheet.height)
    bleed = trim.grown(sheet.bleed)
    writer = PageWriter(shared, sheet.height, tagged=False)
    writer.out.parts.append(
        f"q {bleed.left:.3f} {bleed.bottom:.3f} {bleed.width:.3f} {bleed.height:.3f} re W n"
    )
    writer.write(page.frame, margin, trim.top)
    writer.out.parts.append("Q")
    slug = _slug(publication, page, number, count, options, shared.profile)
    marks = PageWriter(shared, sheet.height, writer.out, tagged=False)
    marks.write(marks_of(sheet, options, slug, shared.book), margin, trim.top)
    media = Box(0, 0, trim.right + margin, trim.top + margin)
    return _Written(writer.out.seal(), {"MediaBox": media, "BleedBox": bleed, "TrimBox": trim})


def _slug(
    publication: Publication, page: Page, number: int, count: int, options: PressOptions, profile: Profile
) -> str:
    meta = publication.metadata
    inks = ["C", "M", "Y", "K", *(ink.name for ink in options.spots)]
    folio = f" ({page.label})" if page.label else ""
    return (
        f"{meta.identifier or meta.title}   {number}/{count}{folio}   {meta.date[:10]}   "
        f"{profile.condition.identifier}   {' '.join(inks)}"
    )


def _add_pages(written: Sequence[_Written], shared: Shared) -> list[pikepdf.Page]:
    pdf = shared.pdf
    common = _common_resources(shared)
    objects = {**shared.images.objects}
    for name, form in shared.forms.items():
        objects[name] = pdf.make_indirect(_form(form, _resources(common, form, objects), shared))
    group = Name.DeviceCMYK if shared.profile.is_press else Name.DeviceRGB
    pages = []
    for one in written:
        sheet = Dictionary(Type=Name.Page, Resources=_resources(common, one.content, objects))
        for name, box in one.boxes.items():
            sheet["/" + name] = Array([round(v, 3) for v in box])
        sheet.Contents = pikepdf.Stream(pdf, one.content.stream, Filter=Name.FlateDecode)
        if one.content.see_through:
            sheet.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=group)
        if not shared.profile.is_press:
            sheet.Tabs = Name.S
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(sheet)))
        pages.append(pdf.pages[-1])
    return pages


def _common_resources(shared: Shared) -> Dictionary:
    """Return the resources that all pages share; pictures are each page's own."""
    pdf = shared.pdf
    common = Dictionary()
    common.Font = pdf.make_indirect(
        Dictionary({"/" + font.name: font.embed(pdf) for font in shared.fonts.values()})
    )
    if shared.states:
        states = {
            "/" + name: _state(*key, press=shared.profile.is_press) for key, name in shared.states.items()
        }
        common.ExtGState = pdf.make_indirect(Dictionary(states))
    if shared.paint.spaces:
        spaces = {"/" + shared.paint.space(ink): separation(ink) for ink in shared.paint.spaces.values()}
        common.ColorSpace = pdf.make_indirect(Dictionary(spaces))
    return common


def _state(alpha: float, overprint: bool, *, press: bool) -> Dictionary:
    state = Dictionary(Type=Name.ExtGState, ca=alpha, CA=alpha)
    if press:
        # mode 1: a component of 0 leaves the ink below alone (ISO 32000-1, 11.7.4.3)
        state.OP, state.op, state.OPM = overprint, overprint, 1
    return state


FORM_BOX = (-14400, -14400, 14400, 14400)
"""More than any page: what a see-through group holds is not cut off (ISO 32000-1, annex C)."""


def _form(content: PageContent, resources: Dictionary, shared: Shared) -> pikepdf.Stream:
    """Return a see-through group as a form that is blended in the inks or the light of its page."""
    space = Name.DeviceCMYK if shared.profile.is_press else Name.DeviceRGB
    return pikepdf.Stream(
        shared.pdf, content.stream, Filter=Name.FlateDecode, Type=Name.XObject, Subtype=Name.Form,
        BBox=Array(list(FORM_BOX)), Resources=resources,
        Group=Dictionary(Type=Name.Group, S=Name.Transparency, CS=space),
    )  # fmt: skip


def _resources(common: Dictionary, content: PageContent, objects: Mapping[str, pikepdf.Object]) -> Dictionary:
    resources = Dictionary(dict(common.items()))
    if content.pictures:
        resources.XObject = Dictionary({"/" + name: objects[name] for name in content.pictures})
    return resources


# ---- meaning ---------------------------------------------------------------------------------------------------


def _add_meaning(written: WrittenPages, publication: Publication) -> None:
    """Add to a screen file its structure, navigation and files."""
    pdf, root = written.pdf, publication.structure
    structure.check_contents(root, written)
    places = navigation.write_destinations(written)
    annotated = navigation.write_links(written, places)
    files = attachments.write_attachments(pdf, publication.attachments, publication.metadata.date, root)
    structure.StructureWriter(written, annotated, files).write(root)
    navigation.write_outline(written, publication.outline, places)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
