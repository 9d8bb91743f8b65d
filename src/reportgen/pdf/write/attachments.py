"""Files inside the file (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.frame import Attachment, Element
from reportgen.pdf.write.embedding import compressed
from reportgen.pdf.write.metadata import pdf_date
from reportgen.pdf.write.name_trees import hang_names


def write_attachments(
    pdf: pikepdf.Pdf, attachments: Sequence[Attachment], date: str, root: Element
) -> dict[str, pikepdf.Object]:
    """Embed the files, those that no element names as the document's own; return their specifications by name."""
    files: dict[str, pikepdf.Object] = {
        a.name: pdf.make_indirect(_specification(pdf, a, pdf_date(date))) for a in attachments
    }
    hang_names(pdf, "EmbeddedFiles", files)
    named = {name for element in root.walk() for name in element.files}
    rest = [file for name, file in files.items() if name not in named]
    if rest:
        pdf.Root.AF = Array(rest)
    return files


def _specification(pdf: pikepdf.Pdf, attachment: Attachment, date: str) -> Dictionary:
    digest = hashlib.md5(attachment.data, usedforsecurity=False).digest()  # ISO 32000-1, table 46
    stream = compressed(
        pdf, attachment.data, Type=Name.EmbeddedFile, Subtype=Name("/" + attachment.media_type),
        Params=Dictionary(
            Size=len(attachment.data), ModDate=String(date), CheckSum=String(digest)
        ),
    )  # fmt: skip
    embedded = pdf.make_indirect(stream)
    return Dictionary(
        Type=Name.Filespec,
        F=String(attachment.name),
        UF=String(attachment.name),
        EF=Dictionary(F=embedded, UF=embedded),
        AFRelationship=Name("/" + attachment.relationship),
        Desc=String(attachment.description),
    )
