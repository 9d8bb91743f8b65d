"""Writing a publication and opening what came of it."""

from __future__ import annotations

import io

import pikepdf
from sample import fonts, one_page

from reportgen.base.diagnostics import Result, unwrap
from reportgen.base.frame import Element, Placed, Publication
from reportgen.pdf.profile import SCREEN, Profile
from reportgen.pdf.read.scan import scan
from reportgen.pdf.write.file import write_pdf

DOCUMENT = Element("Document", (Element("P", (0,)),), lang="zh-CN")


def write(publication: Publication, profile: Profile = SCREEN) -> bytes:
    return unwrap(write_pdf(publication, profile, fonts()))


def opened(publication: Publication, profile: Profile = SCREEN) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write(publication, profile)))


def first_content(publication: Publication) -> str:
    pdf = opened(publication)
    return pdf.pages[0].Contents.read_bytes().decode()


def messages(result: Result[bytes]) -> list[str]:
    return [d.message for d in result.diagnostics]


def texts(*items: Placed, structure: Element = DOCUMENT) -> list[str]:
    return [m.text for m in scan(write(one_page(*items, structure=structure))).pages[0].marks]
