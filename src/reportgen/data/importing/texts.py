"""Text files as offices save them: the encoding recognised, the delimiter sniffed."""

from __future__ import annotations

import codecs
import csv
import io

from reportgen.base.limits import SHEET_CELL_CHARACTERS, SHEET_CELLS
from reportgen.data.importing.grid import Cell, Grid, ImportFault, check_size, make_grid, text_cell

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = {",": "commas", ";": "semicolons", "|": "bars", "\t": "tabs"}
_SAMPLE = 200
"""Lines that the delimiter is sniffed from."""
_ENCODING_HINT = "say which with --encoding, as in --encoding gb18030, utf-16 or cp1252"


def read_text(data: bytes, file: str, encoding: str | None = None) -> Grid:
    """Return the grid of a CSV or TSV file.

    Raises:
        ImportFault: if its encoding or its delimiter cannot be told, or it is no text.
    """
    text, named = decode(data, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise ImportFault("the file is no text: it holds NUL characters", _ENCODING_HINT, rule="not-text")
    delimiter = sniff(text)
    grid_rows: list[list[Cell]] = []
    cells = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            cells += len(record)
            if cells > SHEET_CELLS:
                check_size(max(len(grid_rows), 1), max(cells // max(len(grid_rows), 1), len(record)) + 1)
            grid_rows.append(_split_key([text_cell(cell) for cell in record], delimiter))
    except csv.Error as problem:
        raise _broken(problem, len(grid_rows) + 1) from None
    about = f"the file is text in {named}, its cells separated by {_DELIMITERS[delimiter]}"
    comma = None if delimiter in ",|" else _has_decimal_comma(text, delimiter)
    return make_grid(file, "", _squared(grid_rows), decimal_comma=comma, about=(about,))


def _broken(problem: csv.Error, row: int) -> ImportFault:
    if "field larger" in str(problem):
        message = f"a cell in row {row} holds more than {SHEET_CELL_CHARACTERS:,} characters"
        return ImportFault(message, "is a quotation mark left open?", rule="too-large")
    message = f"row {row} cannot be read: {problem}"
    return ImportFault(message, 'write a quotation mark inside a cell as ""', rule="broken-row")


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return a file's text and the name of its encoding: the given one, or the one that its bytes show.

    Raises:
        ImportFault: if none fits.
    """
    if encoding is not None:
        return _decoded(data, encoding), encoding
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data, name), name.removesuffix("-sig").upper() + " with a byte order mark"
    if (wide := _wide(data)) is not None:
        return _decoded(data, wide), wide.upper()
    for name in ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8" or _is_common(text):
            return text, name.upper()
    raise ImportFault("the encoding of the file cannot be told", _ENCODING_HINT, rule="unknown-encoding")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        message = f"there is no encoding {encoding}"
        raise ImportFault(
            message, "there are utf-8, gb18030, utf-16, cp1252", rule="unknown-encoding"
        ) from None
    except (UnicodeDecodeError, ValueError, TypeError, AttributeError):
        message = f"the file is no text in {encoding}"
        raise ImportFault(message, _ENCODING_HINT, rule="unknown-encoding") from None


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 that a text without a byte order mark is in, told by the zeros beside its digits and commas."""
    if len(data) < 4 or len(data) % 2:
        return None
    low, high = data[0::2].count(0), data[1::2].count(0)
    least = max(3, len(data) // 20)
    if high > least and high > 4 * low:
        return "utf-16-le"
    return "utf-16-be" if low > least and low > 4 * high else None


def _is_common(text: str) -> bool:
    """Say whether a text's Chinese characters are mostly those of GB 2312: bytes that fit by chance make rare ones."""
    wide = [char for char in text if ord(char) > 127]
    common = 0
    for char in wide:
        try:
            common += len(char.encode("gb2312")) == 2
        except UnicodeEncodeError:
            continue
    return common >= 0.8 * len(wide)


def sniff(text: str) -> str:
    """Return what separates cells: the character that makes the most rows alike and wide.

    Raises:
        ImportFault: if nothing separates anything.
    """
    lines = text.split("\n", _SAMPLE)[:_SAMPLE]
    lines = [line[: SHEET_CELL_CHARACTERS * 10] for line in lines]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        widths = [_width(line, delimiter) for line in lines]
        counts = {width: widths.count(width) for width in set(widths) if width > 1}
        score = max((width * count * count for width, count in counts.items()), default=0)
        if score and score >= most:  # a tab is never part of a cell, a comma may be
            best, most = delimiter, score
    if not most:
        hint = "save it as CSV, with commas, semicolons or tabs between its cells"
        raise ImportFault("the cells of the file are not separated", hint, rule="wrong-delimiter")
    return best


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0


def _has_decimal_comma(text: str, delimiter: str) -> bool | None:
    """Say whether commas stand for points: some number can be read so only. None where nothing tells."""
    import re

    edge = re.escape(delimiter) + r'\n"\s'
    if re.search(rf"(?:^|[{edge}])[-+]?\d+(?:[.\s]\d{{3}})*,(?:\d{{1,2}}|\d{{4,}})(?=[{edge}]|$)", text):
        return True
    return False if re.search(rf"\d\.\d{{1,2}}(?=[{edge}]|$)", text) or "," not in text else None


def _split_key(cells: list[Cell], delimiter: str) -> list[Cell]:
    r"""Return a row with its first cell divided, where it is a key in several parts as in Eurostat's files.

    Source: Eurostat, *TSV format*: the head is ``freq,geo\TIME_PERIOD``, the rows ``A,AT``.
    """
    first = str(cells[0].raw or "") if cells and delimiter == "\t" else ""
    return [*(text_cell(part) for part in first.split(",")), *cells[1:]] if "," in first else cells


def _squared(rows: list[list[Cell]]) -> list[list[Cell]]:
    check_size(len(rows), max(map(len, rows), default=0))
    return rows
