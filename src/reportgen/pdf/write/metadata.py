"""What a file says of itself: XMP (ISO 16684-1), the information dictionary, output intents."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.frame import Metadata
from reportgen.base.version import __version__
from reportgen.pdf.profile import Profile
from reportgen.pdf.write.embedding import compressed

CREATOR = "reportgen"
PRODUCER = f"reportgen {__version__}"
COLOR_REGISTRY = "http://www.color.org"
_COMPONENTS = {"RGB": 3, "CMYK": 4, "GRAY": 1}

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}

# PDF/A wants a property of a schema it does not know described in the file (ISO 19005-3, 6.6.2.3).
_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file satisfies</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
_SCREEN = (
    "<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>",
    _UA_SCHEMA,
)  # fmt: skip


def pdf_date(date: str) -> str:
    """Return an ISO 8601 date with an offset as PDF writes it (ISO 32000-1, 7.9.4).

    Raises:
        ValueError: if it is not such a date.
    """
    moment = datetime.fromisoformat(date)
    offset = moment.strftime("%z") or "+0000"
    zone = "Z" if offset == "+0000" else f"{offset[:3]}'{offset[3:5]}'"
    return f"D:{moment:%Y%m%d%H%M%S}{zone}"


def xmp_date(date: str) -> str:
    """Return the same date to the second, with its offset, as XMP writes it."""
    moment = datetime.fromisoformat(date)
    return moment.isoformat(timespec="seconds") + ("" if moment.tzinfo else "+00:00")


def write_metadata(pdf: pikepdf.Pdf, metadata: Metadata, profile: Profile) -> None:
    """Write XMP, information dictionary and output intent; the first two say the same (ISO 19005-3, 6.6.3)."""
    packet = pikepdf.Stream(pdf, xmp(metadata, profile), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(packet)
    date = pdf_date(metadata.date)
    info = Dictionary(
        Title=String(metadata.title),
        Author=String(metadata.author),
        Subject=String(metadata.subject),
        Keywords=String(", ".join(metadata.keywords)),
        Creator=String(CREATOR),
        Producer=String(PRODUCER),
        CreationDate=String(date),
        ModDate=String(date),
    )
    if profile.is_press:
        info.GTS_PDFXVersion = String("PDF/X-4")
        info.Trapped = Name("/False")
    pdf.trailer.Info = pdf.make_indirect(info)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(_output_intent(pdf, profile))])


def _output_intent(pdf: pikepdf.Pdf, profile: Profile) -> Dictionary:
    condition = profile.condition
    icc = compressed(pdf, condition.icc, N=_COMPONENTS.get(condition.space, 4))
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX if profile.is_press else Name.GTS_PDFA1,
        OutputConditionIdentifier=String(condition.identifier),
        OutputCondition=String(condition.info),
        Info=String(condition.info),
        RegistryName=String(COLOR_REGISTRY),
        DestOutputProfile=pdf.make_indirect(icc),
    )


def xmp(metadata: Metadata, profile: Profile) -> bytes:
    """Return the metadata packet; it is not compressed, so that tools without PDF can find it."""
    body = "\n".join([*_described(metadata), *(_press(metadata) if profile.is_press else _SCREEN)])
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {spaces}>\n{body}\n</rdf:Description>\n'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _described(metadata: Metadata) -> list[str]:
    date, lang = xmp_date(metadata.date), metadata.lang
    keywords = "".join(f"<rdf:li>{_text(k)}</rdf:li>" for k in metadata.keywords)
    lines = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{_alternatives(metadata.title, lang)}</dc:title>",
        f"<dc:creator><rdf:Seq><rdf:li>{_text(metadata.author)}</rdf:li></rdf:Seq></dc:creator>",
        f"<dc:description>{_alternatives(metadata.subject, lang)}</dc:description>",
        f"<dc:language><rdf:Bag><rdf:li>{_text(lang)}</rdf:li></rdf:Bag></dc:language>",
        f"<dc:identifier>{_text(metadata.identifier)}</dc:identifier>",
        f"<dc:subject><rdf:Bag>{keywords}</rdf:Bag></dc:subject>" if keywords else "",
        f"<pdf:Keywords>{_text(', '.join(metadata.keywords))}</pdf:Keywords>",
        f"<pdf:Producer>{_text(PRODUCER)}</pdf:Producer>",
        f"<xmp:CreatorTool>{_text(CREATOR)}</xmp:CreatorTool>",
        *(f"<xmp:{what}Date>{date}</xmp:{what}Date>" for what in ("Create", "Modify", "Metadata")),
    ]
    return [line for line in lines if line]


def _press(metadata: Metadata) -> list[str]:
    """What ISO 15930-7 wants: its own name, whether the file is trapped, an id that this version keeps for ever."""
    name = hashlib.sha256(repr((metadata.identifier, metadata.date, metadata.lang)).encode()).hexdigest()[:32]
    uuid = "-".join([name[:8], name[8:12], name[12:16], name[16:20], name[20:]])
    return [
        "<pdf:Trapped>False</pdf:Trapped>",
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        f"<xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID>",
        "<xmpMM:VersionID>1</xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
    ]


def _alternatives(text: str, lang: str) -> str:
    default = f'<rdf:li xml:lang="x-default">{_text(text)}</rdf:li>'
    return f"<rdf:Alt>{default}<rdf:li xml:lang={quoteattr(lang)}>{_text(text)}</rdf:li></rdf:Alt>"


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))
