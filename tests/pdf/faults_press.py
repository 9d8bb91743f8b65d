"""Faults to plant in a press file."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from planting import add, change_xmp, edit, fault, font

from reportgen.pdf.profile import srgb


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


@fault("press", "an area as thin as a hairline")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "0 0 0 1 k 100 100 200 0.1 re f")


@fault("press", "small white text in a ground of several inks")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 0, r" 14 Tf", " 5 Tf")


@fault("press", "small text in three inks")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r" 18 Tf", " 6 Tf")


@fault("press", "text in rich black")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"1 0\.75 0\.1 0\.3 k", "0.4 0.3 0.3 1 k")


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


PICTURE = "q 90 0 0 90 99 99 cm BI /W 1 /H 1 /BPC 8 /CS /{} ID {} EI Q"


@fault("press", "an RGB picture in the content stream")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, PICTURE.format("RGB", "abc"))


@fault("press", "a CMYK picture in the content stream")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, PICTURE.format("CMYK", "abcd"))


@fault("press", "a picture in the content stream whose samples look like operators")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, PICTURE.format("DeviceRGB", "q Q"))


@fault("press", "a picture in RGB inside a form")
def _(pdf: pikepdf.Pdf) -> None:
    samples = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
    picture = pdf.make_stream(b"abc", ColorSpace=Name.DeviceRGB, **samples)
    _draw_form(pdf, b"/P0 Do", XObject=Dictionary(P0=picture))


@fault("press", "a halftone inside a form")
def _(pdf: pikepdf.Pdf) -> None:
    states = Dictionary(H0=Dictionary(HT=Dictionary(HalftoneType=1)))
    _draw_form(pdf, b"/H0 gs 0 0 0 1 k 9 9 9 9 re f", ExtGState=states)


def _draw_form(pdf: pikepdf.Pdf, operators: bytes, **resources: Dictionary) -> None:
    box = Array([0, 0, 999, 999])
    form = pdf.make_stream(
        operators, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary(**resources)
    )
    pdf.pages[2].Resources.XObject["/Form0"] = form
    add(pdf, 2, "q 90 0 0 90 99 99 cm /Form0 Do Q")


@fault("press", "a drawing in PostScript")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.XObject["/Form0"] = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.PS)
    add(pdf, 2, "/Form0 Do")


@fault("press", "an operator that the standard does not know")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "1 0 0 RGB 50 50 9 9 re f")


@fault("press", "an operator with too few operands")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "1 0 0 k 50 50 9 9 re f")


@fault("press", "operands that no operator takes")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "1 0 0 1")


@fault("press", "a bracket without its partner")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "0 0 0 1 k ) 50 50 9 9 re f")


@fault("press", "a colour space that is named and not there")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 3, "/All cs 1 scn 0 0 9 9 re f")


@fault("press", "a colour space of several inks")
def _(pdf: pikepdf.Pdf) -> None:
    spaces = pdf.pages[2].Resources.ColorSpace
    names = Array([Name.Cyan, Name("/Gold")])
    spaces["/N0"] = Array([Name.DeviceN, names, Name.DeviceCMYK, spaces.S0[3]])
    add(pdf, 2, "/N0 cs 1 1 scn 50 50 9 9 re f")


@fault("press", "a spot ink with two tints")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "/S0 cs 1 1 scn 0 0 9 9 re f")


@fault("press", "a pattern")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "/Pattern cs /P0 scn 50 50 9 9 re f")


@fault("press", "a blend mode that changes the inks below")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.ExtGState.G0.BM = Name.Multiply


@fault("press", "a soft mask in a graphics state")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.ExtGState.G0.SMask = Dictionary(S=Name.Alpha)


@fault("press", "letters drawn as outlines")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"\nBT ", "\nBT 1 Tr ")


@fault("press", "letters narrowed by the viewer")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"\nBT ", "\nBT 80 Tz ")


@fault("press", "a line width of nothing in a graphics state")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Resources.ExtGState["/W0"] = Dictionary(LW=0)
    edit(pdf, 2, r"0\.5 w", "/W0 gs")


@fault("press", "a figure printed other than on the screen, in a string in brackets")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 3, r"\[\n<([0-9A-F]{4})([0-9A-F]{4})>", r"[\n(\\000\\001)<\2>")


@fault("press", "a name among the strings that are shown")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 3, r"\[\n<", "[\n/A <")


@fault("press", "a string that ends in half a code")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 3, r"\[\n<", "[\n(A) <")


@fault("press", "a font in an encoding that is not read")
def _(pdf: pikepdf.Pdf) -> None:
    font(pdf).Encoding = Name("/UniGB-UCS2-H")


@fault("press", "a media box that does not hold the bleed")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.MediaBox = pdf.pages[1].obj.TrimBox


@fault("press", "a bleed box that does not hold the trim")
def _(pdf: pikepdf.Pdf) -> None:
    sheet = pdf.pages[1].obj
    x0, y0, x1, y1 = (float(v) for v in sheet.TrimBox)
    sheet.BleedBox = Array([x0 + 9, y0, x1, y1])


@fault("press", "metadata that are no XML")
def _(pdf: pikepdf.Pdf) -> None:
    change_xmp(pdf, "<rdf:Description", "<rdf:Description <")
