"""Planted faults: finished files with one thing wrong, and what catches each.

Run as a script, this prints the table of the docs; a test holds the docs to it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import page as page_validation
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from sample import fonts, sample
from verapdf import verapdf

from reportgen.base.diagnostics import unwrap
from reportgen.pdf.equality import compare
from reportgen.pdf.preflight import preflight
from reportgen.pdf.profile import SCREEN, Profile, press, srgb
from reportgen.pdf.write import write_pdf

PROFILES = {"screen": SCREEN, "press": press()}
Plant = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Mutant:
    """A fault to plant in the sample's file of a profile."""

    profile: str
    name: str
    plant: Plant


MUTANTS: list[Mutant] = []


def fault(profile: str, name: str) -> Callable[[Plant], Plant]:
    """Register a planted fault."""

    def register(plant: Plant) -> Plant:
        MUTANTS.append(Mutant(profile, name, plant))
        return plant

    return register


@lru_cache(maxsize=2)
def original(profile: str) -> bytes:
    """Return the sample's file without faults."""
    return unwrap(write_pdf(sample(), PROFILES[profile], fonts()))


def mutated(mutant: Mutant) -> bytes:
    """Return the file with the fault."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original(mutant.profile))) as pdf:
        mutant.plant(pdf)
        version = str(pdf.docinfo.get("/TestVersion", PROFILES[mutant.profile].version))
        pdf.save(out, force_version=version, deterministic_id=True)
    return out.getvalue()


# ---- who looks --------------------------------------------------------------------------------------------------


@cache
def caught_by(mutant: Mutant) -> dict[str, str]:
    """Return what each check says of a mutant: our rules, veraPDF's clauses, page-validation, equality."""
    data = mutated(mutant)
    profile = PROFILES[mutant.profile]
    found = {"preflight": ", ".join(_rules(data, profile))}
    if mutant.profile == "screen":
        found["veraPDF"] = ", ".join(_clauses(data))
        found["page-validation"] = ", ".join(_page_rules(data))
        found["equality"] = "yes" if compare(data, original("press")).diagnostics else ""
    else:
        found["equality"] = "yes" if compare(original("screen"), data).diagnostics else ""
    return found


def _rules(data: bytes, profile: Profile) -> list[str]:
    return sorted({f.rule for f in preflight(data, profile).value.findings})


def _clauses(data: bytes) -> Iterator[str]:
    for flavour, standard in (("ua1", "UA-1"), ("3a", "A-3a")):
        clauses = sorted({failure.clause for failure in verapdf().failures(data, flavour)})
        if clauses:
            yield f"{standard} {' '.join(clauses)}"


def _page_rules(data: bytes) -> Iterator[str]:
    for profile, standard in (("PDF_UA_1", "UA-1"), ("PDF_A_3A", "A-3a")):
        kind = getattr(page_validation.ValidationProfile, profile)
        if not page_validation.is_pdf_compliant_bytes(data, profile=kind):
            yield standard


# ---- tools ------------------------------------------------------------------------------------------------------


def elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    """Return the elements of a role in reading order."""
    found: list[pikepdf.Object] = []
    todo = [pdf.Root.StructTreeRoot.K[0]]
    while todo:
        node = todo.pop()
        if not isinstance(node, Dictionary) or "/S" not in node:
            continue
        if Name("/" + role) == node.S:
            found.append(node)
        kids = node.get("/K", Array())
        todo += reversed(list(kids) if isinstance(kids, Array) else [kids])
    return found


def edit(pdf: pikepdf.Pdf, page: int, pattern: str, replacement: str, count: int = 1) -> None:
    """Change a page's content stream; the pattern must be there."""
    sheet = pdf.pages[page].obj
    data = sheet.Contents.read_bytes().decode("latin-1")
    changed, times = re.subn(pattern, replacement, data, count=count, flags=re.DOTALL)
    assert times, pattern
    sheet.Contents = pdf.make_stream(changed.encode("latin-1"))


def add(pdf: pikepdf.Pdf, page: int, operators: str) -> None:
    """Append operators to a page."""
    sheet = pdf.pages[page].obj
    sheet.Contents = pdf.make_stream(sheet.Contents.read_bytes() + b"\n" + operators.encode())


def change_xmp(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    """Change the metadata packet; the old text must be there."""
    data = pdf.Root.Metadata.read_bytes().decode()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new).encode())


def font(pdf: pikepdf.Pdf, page: int = 2, which: int = 0) -> pikepdf.Object:
    """Return a font of a page."""
    fonts_there = pdf.pages[page].Resources.Font
    return fonts_there[sorted(fonts_there.keys())[which]]


def parents(pdf: pikepdf.Pdf, page: int) -> pikepdf.Object:
    """Return a page's entry in the parent tree."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums[2 * page + 1]


# ---- screen -----------------------------------------------------------------------------------------------------


@fault("screen", "a header cell without a scope")
def _(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[1].A.Scope


@fault("screen", "a parent tree entry that points at another element")
def _(pdf: pikepdf.Pdf) -> None:
    entries = parents(pdf, 2)
    entries[0], entries[1] = entries[1], entries[0]


@fault("screen", "a parent tree entry missing")
def _(pdf: pikepdf.Pdf) -> None:
    del parents(pdf, 2)[-1]


@fault("screen", "an untagged mark")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "0 0 0 rg 100 100 20 20 re f")


@fault("screen", "a paragraph turned into an artifact")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"/P <</MCID \d+>> BDC", "/Artifact <</Type /Layout>> BDC")


@fault("screen", "an artifact inside tagged content")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"(/H1 <</MCID 0>> BDC.*?)EMC", r"\1/Artifact BMC 0 0 5 5 re f EMC EMC")


@fault("screen", "an MCID used twice")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"/MCID 2>>", "/MCID 1>>")


@fault("screen", "a tag in the content that is not its element's")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"/H1 <</MCID 0>>", "/P <</MCID 0>>")


@fault("screen", "marked content that never ends")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"EMC\s*$", "")


@fault("screen", "the document's language wrong")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("en")
    del pdf.Root.StructTreeRoot.K[0].Lang


@fault("screen", "the document's language missing")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang
    del pdf.Root.StructTreeRoot.K[0].Lang


@fault("screen", "a language that is no language tag")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Span")[0].Lang = String("English, mostly")


@fault("screen", "a Chinese paragraph said to be English")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H1")[1].Lang = String("en-GB")


@fault("screen", "a figure without alternative text")
def _(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


@fault("screen", "a figure with an empty alternative text")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String(" ")


@fault("screen", "a formula without alternative text")
def _(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Formula")[0].Alt


@fault("screen", "a figure that does not say where it stands")
def _(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].A


@fault("screen", "a heading level skipped")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H3


@fault("screen", "a note without an id")
def _(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Note")[0].ID


@fault("screen", "two elements with one id")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TH")[2].ID = elements(pdf, "TH")[1].ID


@fault("screen", "an id that the id tree does not know")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Note")[0].ID = String("note-b")


@fault("screen", "a cell whose header is not there")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TD")[1].A.Headers[0] = String("th-lost")


@fault("screen", "a row one column short")
def _(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A.ColSpan


@fault("screen", "a row outside any table")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Table")[0].S = Name.Div


@fault("screen", "a list that holds paragraphs")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "LI")[0].S = Name.P


@fault("screen", "an element that names another parent")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Note")[0].P = elements(pdf, "H1")[0]


@fault("screen", "a link without a description")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].Annots[0].Contents


@fault("screen", "a link that the structure does not hold")
def _(pdf: pikepdf.Pdf) -> None:
    link = elements(pdf, "Link")[0]
    link.K = link.K[0]


@fault("screen", "a link whose parent tree key is another's")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots[0].StructParent = pdf.pages[1].Annots[1].StructParent


@fault("screen", "a link in a paragraph, not in a Link element")
def _(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Link")[0].S = Name.Span


@fault("screen", "a link to a place that is not there")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots[0].Dest = String("lost")


@fault("screen", "a link that does not print")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots[0].F = 0


@fault("screen", "a page with links whose tab order is not the structure's")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Tabs


@fault("screen", "a bookmark that leads nowhere")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Dest = String("lost")


@fault("screen", "a window that shows the file's name")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@fault("screen", "metadata that does not name PDF/UA")
def _(pdf: pikepdf.Pdf) -> None:
    change_xmp(pdf, "<pdfuaid:part>1</pdfuaid:part>", "")


@fault("screen", "metadata that names another conformance level")
def _(pdf: pikepdf.Pdf) -> None:
    change_xmp(pdf, "conformance>A<", "conformance>B<")


@fault("screen", "metadata without a title")
def _(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes().decode()
    pdf.Root.Metadata.write(re.sub("<dc:title>.*?</dc:title>", "", data, flags=re.DOTALL).encode())


@fault("screen", "a file that does not say it is tagged")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


@fault("screen", "a file without a structure tree")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@fault("screen", "no output intent")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@fault("screen", "a font without a text map")
def _(pdf: pikepdf.Pdf) -> None:
    del font(pdf).ToUnicode


@fault("screen", "a text map with a wrong character")
def _(pdf: pikepdf.Pdf) -> None:
    data = font(pdf).ToUnicode.read_bytes()
    font(pdf).ToUnicode.write(data.replace(b"<0001> <4E2D>", b"<0001> <4E01>"))


@fault("screen", "a text map into private use")
def _(pdf: pikepdf.Pdf) -> None:
    data = font(pdf).ToUnicode.read_bytes()
    font(pdf).ToUnicode.write(data.replace(b"<0001> <4E2D>", b"<0001> <E000>"))


@fault("screen", "a glyph width that is not the font file's")
def _(pdf: pikepdf.Pdf) -> None:
    font(pdf).DescendantFonts[0].W[1][1] = 700


@fault("screen", "glyph widths missing")
def _(pdf: pikepdf.Pdf) -> None:
    del font(pdf, which=1).DescendantFonts[0].W


@fault("screen", "a code without a glyph")
def _(pdf: pikepdf.Pdf) -> None:
    places = font(pdf).DescendantFonts[0].CIDToGIDMap
    data = places.read_bytes()
    places.write(data[:2] + b"\0\0" + data[4:])


@fault("screen", "a font that is not embedded")
def _(pdf: pikepdf.Pdf) -> None:
    del font(pdf).DescendantFonts[0].FontDescriptor.FontFile2


@fault("screen", "an embedded file associated with nothing")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF


@fault("screen", "an embedded file without a relationship")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


@fault("screen", "an embedded file without a media type")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].EF.F.Subtype


@fault("screen", "a chart that is not drawn")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"[^\n]* re B\n", "")


# ---- press ------------------------------------------------------------------------------------------------------


@fault("press", "an RGB operator")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"1 0\.75 0\.1 0\.3 k", "0.07 0.23 0.44 rg")


@fault("press", "a picture in RGB")
def _(pdf: pikepdf.Pdf) -> None:
    objects = pdf.pages[2].Resources.XObject
    objects.I0.ColorSpace = Name.DeviceRGB
    objects.I0.write(bytes(60 * 60 * 3))


@fault("press", "a shading")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "/Sh0 sh")


@fault("press", "a Lab colour space")
def _(pdf: pikepdf.Pdf) -> None:
    white = Dictionary(WhitePoint=Array([0.95, 1, 1.09]))
    pdf.pages[2].Resources.ColorSpace["/Lab0"] = Array([Name.Lab, white])
    add(pdf, 2, "/Lab0 cs 50 0 0 scn 50 50 9 9 re f")


@fault("press", "a spot ink that the report does not name")
def _(pdf: pikepdf.Pdf) -> None:
    spaces = pdf.pages[2].Resources.ColorSpace
    spaces["/S9"] = Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, spaces.S0[3]])
    add(pdf, 2, "/S9 cs 1 scn 50 50 9 9 re f")


@fault("press", "a spot ink with RGB as its alternate")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.ColorSpace.S0[2] = Name.DeviceRGB


@fault("press", "transparency blended in RGB")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Group.CS = Name.DeviceRGB


@fault("press", "transparency without a blending space")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[2].obj.Group


@fault("press", "a page without a trim box")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.TrimBox


@fault("press", "a trim box outside the bleed box")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.TrimBox[0] = 0


@fault("press", "a page trimmed to another size")
def _(pdf: pikepdf.Pdf) -> None:
    box = pdf.pages[1].obj.TrimBox
    box[2] = float(box[2]) - 10


@fault("press", "an art box beside the trim box")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.ArtBox = pdf.pages[1].obj.TrimBox


@fault("press", "a rotated page")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Rotate = 90


@fault("press", "a ground that ends at the trim")
def _(pdf: pikepdf.Pdf) -> None:
    x0, y0, x1, y1 = (float(v) for v in pdf.pages[0].TrimBox)
    edit(pdf, 0, r"[-0-9. ]+ re f", f"{x0} {y0} {x1 - x0} {y1 - y0} re f")


@fault("press", "an annotation in the bleed")
def _(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 200, 120]))
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])


@fault("press", "an action when the file is opened")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@fault("press", "layers that can be switched off")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


@fault("press", "a transfer function")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.ExtGState.G0.TR = Name.Identity


@fault("press", "a halftone")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.ExtGState.G0.HT = Dictionary(HalftoneType=1)


@fault("press", "white that overprints")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 0, r"0 0 0 0 k", "0 0 0 0 k /G0 gs")


@fault("press", "black text that does not overprint")
def _(pdf: pikepdf.Pdf) -> None:
    for state in pdf.pages[2].Resources.ExtGState.values():
        state.OP = state.op = False


@fault("press", "overprint in which zeros erase")
def _(pdf: pikepdf.Pdf) -> None:
    for state in pdf.pages[2].Resources.ExtGState.values():
        state.OPM = 0


@fault("press", "too much ink in one colour")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"1 0\.75 0\.1 0\.3 k", "1 0.9 0.9 0.9 k")


@fault("press", "too much ink where black overprints")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"(/G0 gs)", r"0.9 0.8 0.8 0 k 97 690 300 60 re f \1 0 0 0 1 k")


@fault("press", "too much ink in a picture")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.XObject.I0.write(bytes([255]) * 60 * 60 * 4)


@fault("press", "a colour for every plate inside the trim")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "/S0 cs 1 scn 200 200 20 20 re f")


@fault("press", "a hairline")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"0\.5 w", "0 w")


@fault("press", "small white text in a ground of several inks")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 0, r" 14 Tf", " 5 Tf")


@fault("press", "small text in three inks")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r" 18 Tf", " 6 Tf")


@fault("press", "a picture with too few samples")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"20 0 0 20 ", "200 0 0 200 ")


@fault("press", "no output intent")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@fault("press", "an output intent that names no condition")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


@fault("press", "an output intent with a screen's profile")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(srgb().icc)


@fault("press", "metadata that does not name PDF/X-4")
def _(pdf: pikepdf.Pdf) -> None:
    change_xmp(pdf, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "")


@fault("press", "a file that does not say whether it is trapped")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Trapped = Name.Unknown


@fault("press", "metadata without a document id")
def _(pdf: pikepdf.Pdf) -> None:
    change_xmp(pdf, "xmpMM:DocumentID", "xmpMM:Other")


@fault("press", "a later version of PDF")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.TestVersion = String("1.7")


@fault("press", "a glyph without a width")
def _(pdf: pikepdf.Pdf) -> None:
    del font(pdf).DescendantFonts[0].W[1][-1]


@fault("press", "a font that is not embedded")
def _(pdf: pikepdf.Pdf) -> None:
    del font(pdf).DescendantFonts[0].FontDescriptor.FontFile2


@fault("press", "a figure printed other than on the screen")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 3, r"\[\n<([0-9A-F]{4})([0-9A-F]{4})", r"[\n<\2\1")


@fault("press", "a page that is missing")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[2]


@fault("press", "a paragraph that is shifted")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"1 0 0 1 (\d)", r"1 0 0 1 1\1")


@fault("press", "a page without content")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[3].obj.Contents = pdf.make_stream(b"")


# ---- the table --------------------------------------------------------------------------------------------------


INTRODUCTION = """# Planted faults

Each row is a file of the writer with one thing wrong. The columns say what catches it: our preflight (its rules),
veraPDF (the clauses of ISO 14289-1 and ISO 19005-3), page-validation, and the comparison of the two files of an
edition. `tests/pdf/test_pdf_faults.py` plants every fault again and holds this page to what it finds;
`python tests/pdf/mutants.py` writes it.
"""


def table() -> str:
    """Return the page of the docs: planted faults and what catches them."""
    lines = [INTRODUCTION]
    for profile, checks in (
        ("screen", ("preflight", "veraPDF", "page-validation", "equality")),
        ("press", ("preflight", "equality")),
    ):
        mutants = [m for m in MUTANTS if m.profile == profile]
        lines += [f"## {profile}: {len(mutants)} faults", ""]
        lines += [f"| planted fault | {' | '.join(checks)} |", "| --- " * (len(checks) + 1) + "|"]
        for mutant in mutants:
            found = caught_by(mutant)
            lines.append(f"| {mutant.name} | {' | '.join(found[check] or '–' for check in checks)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(), end="")
