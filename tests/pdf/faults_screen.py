"""Faults to plant in a screen file."""

from __future__ import annotations

import re

import pikepdf
from pikepdf import Name, String
from planting import add, change_xmp, edit, elements, fault, font, parents


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


@fault("screen", "pale text on white paper")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"0 0 0 rg", "0.8 0.8 0.8 rg")


@fault("screen", "white text on a ground that is not there")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 0, r"[-0-9. ]+ re f", "0 0 9 9 re f")


@fault("screen", "a picture in the content stream")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "q 90 0 0 90 99 99 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q")


@fault("screen", "a property list that is named and not there")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"/H1 <</MCID 0>> BDC", "/H1 /MC0 BDC")


@fault("screen", "an operator that the standard does not know")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "/Artifact BMC 1 2 draw EMC")


@fault("screen", "text in a pattern")
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, r"\nBT ", "\n/Pattern cs /P0 scn\nBT ")


@fault("screen", "a shading")
def _(pdf: pikepdf.Pdf) -> None:
    add(pdf, 2, "/Artifact BMC /Sh0 sh EMC")


@fault("screen", "metadata that are no XML")
def _(pdf: pikepdf.Pdf) -> None:
    change_xmp(pdf, "<rdf:Description", "<rdf:Description <")
