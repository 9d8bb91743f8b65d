"""Files inside the file (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reportgen.base.frame import Attachment, Element
from reportgen.pdf.write.embedding import compressed
from reportgen.pdf.write.metadata import pdf_date


def write_attachments(
    pdf: pikepdf.Pdf, attachments: Sequence[Attachment], date: str
) -> dict[str, pikepdf.Object]:
    """Embed the files; return their specifications by name."""
    files: dict[str, pikepdf.Object] = {
        a.name: pdf.make_indirect(_specification(pdf, a, pdf_date(date))) for a in attachments
    }
    if files:
        pairs = [v for name in sorted(files, key=str.encode) for v in (String(name), files[name])]
        if "/Names" not in pdf.Root:
            pdf.Root.Names = pdf.make_indirect(Dictionary())
        pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(pairs)))
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


def associate(pdf: pikepdf.Pdf, files: dict[str, pikepdf.Object], root: Element) -> None:
    """Associate with the whole document the files that belong to no element."""
    own = files_of(root)
    rest = [files[name] for name in files if name not in own]
    if rest:
        pdf.Root.AF = Array(rest)


def files_of(root: Element) -> Collection[str]:
    """Return the names of the files that elements name."""
    names: dict[str, None] = {}
    todo = [root]
    while todo:
        element = todo.pop()
        names.update(dict.fromkeys(element.files))
        todo += [child for child in element.children if isinstance(child, Element)]
    return names
