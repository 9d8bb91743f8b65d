"""What a file that should be a workbook is, told from its first bytes, and whether it may be unpacked."""

from __future__ import annotations

import io
import zipfile

from reportgen.base import limits
from reportgen.base.diagnostics import Diagnostic, Span, error

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file (MS-CFB): a workbook of Excel 97, or one that a password protects."""
_AS_XLSX = "save it as .xlsx"


def workbook_kind(data: bytes) -> tuple[str, str] | None:
    """Return what a file is instead of an Excel workbook, and what to do; None where it may be one."""
    if data.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "protected by a password", "take the password off and save it again"
        return "a workbook of Excel 97 (.xls)", _AS_XLSX
    if not data.startswith(b"PK"):
        return "not a workbook", "save it as .xlsx (not .xls), without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "a damaged workbook", "save it anew"
    if "xl/workbook.bin" in names:
        return "a binary workbook (.xlsb)", _AS_XLSX
    if "content.xml" in names:
        return (
            "an OpenDocument file (.ods)",
            f"{_AS_XLSX}, or bring it in with reportgen import, which reads it",
        )
    if "xl/workbook.xml" in names and not any(name.startswith("xl/worksheets/") for name in names):
        return "a workbook without a sheet of cells", "put the table on one"
    return None


def archive_fault(data: bytes, path: str) -> Diagnostic | None:
    """Return why an archive may not be unpacked: what its members say of their sizes, which unpacking keeps to."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    whole = sum(member.file_size for member in members)
    largest = max((m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), default=0)
    if whole > limits.UNPACKED_BYTES or largest > limits.WORKBOOK_BYTES:
        message = f"the workbook unpacks to {whole:,} bytes; a sheet may have {limits.WORKBOOK_BYTES:,}"
        return error(
            "too-large",
            message,
            Span(path),
            "save the table as CSV, or leave out what the report does not use",
        )
    return None
