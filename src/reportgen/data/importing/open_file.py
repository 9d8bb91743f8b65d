"""A sheet's file, whatever it is: Excel, OpenDocument, CSV or TSV."""

from __future__ import annotations

from pathlib import PurePath

from reportgen.base.limits import SHEET_BYTES
from reportgen.data.importing.grid import Area, Grid, ImportFault, cropped, parse_range

_OLD = {
    ".xls": "the file is a workbook of Excel 97 to 2003",
    ".xlsb": "the file is a binary workbook",
    ".et": "the file is a workbook of WPS",
    ".numbers": "the file is a workbook of Numbers",
    ".pdf": "the file is a PDF",
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def open_grid(data: bytes, file: str, sheet: str = "", range: str = "", encoding: str = "") -> Grid:
    """Return the grid in a file.

    Args:
        file: its name: what its bytes do not tell, the ending does.
        sheet, range: of a workbook, and of its cells, as in ``A3:H20``; "" for the first and for all.

    Raises:
        ImportFault: if there is no table to be read.
    """
    if len(data) > SHEET_BYTES:
        message = f"the file has more than {SHEET_BYTES // 10**6} MB"
        raise ImportFault(message, "save the sheet alone", rule="too-large")
    area = parse_range(range) if range else None
    if range and area is None:
        raise ImportFault(
            f"{range!r} is no range of cells", "write it as in --range A3:H20", rule="wrong-range"
        )
    grid = _grid(data, file, sheet or None, area, encoding or None)
    return cropped(grid, area) if area is not None else grid


def _grid(data: bytes, file: str, sheet: str | None, area: Area | None, encoding: str | None) -> Grid:
    ending = PurePath(file).suffix.lower()
    if data.startswith(_OLE) or ending in _OLD:
        message = _OLD.get(ending, "the file is a workbook with a password, or of an old kind")
        raise ImportFault(
            message, "open it in its program and save it as .xlsx or .csv", rule="not-a-workbook"
        )
    if data.startswith(_ZIP) or ending in (".xlsx", ".xlsm", ".ods"):
        if ending == ".ods" or b"opendocument.spreadsheet" in data[:200]:
            from reportgen.data.importing.opendocument import read_opendocument

            return read_opendocument(data, file, sheet)
        from reportgen.data.importing.workbooks import read_workbook

        return read_workbook(data, file, sheet, area)
    if sheet is not None:
        raise ImportFault("a text file has no sheets", "leave --sheet out", rule="unknown-sheet")
    if not data.strip():
        raise ImportFault("the file is empty", "is it the right one?", rule="empty-file")
    from reportgen.data.importing.texts import read_text

    return read_text(data, file, encoding)
