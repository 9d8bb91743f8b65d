"""Texts of data files: decoded strictly by the encoding that is declared, or refused with the one they seem to have."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from reportgen.base.diagnostics import Diagnostic, Span, error

_NO_TEXT = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem", "utf-7")
)
"""Codecs of Python that are no encodings of files, differ from system to system, or hide what they hold."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PEEKED = 65_536
"""Bytes from which an encoding is guessed."""


def known_encoding(name: object) -> str | None:
    """Return Python's name of an encoding of texts, or None where there is none of that name."""
    try:
        info = codecs.lookup(name) if isinstance(name, str) and name.isascii() else None
    except (LookupError, ValueError):
        return None
    if (
        info is None
        or info.name.replace("_", "-") in _NO_TEXT
        or not getattr(info, "_is_text_encoding", True)
    ):
        return None
    return "utf-8" if info.name == "utf-8-sig" else info.name


def open_text(data: bytes, encoding: str) -> io.TextIOWrapper:
    """Return a text to be read line by line; the ends of its lines stay. A byte order mark of UTF-8 is dropped."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    return io.TextIOWrapper(io.BytesIO(data), encoding=codec, errors="strict", newline="")


def check_encoding(data: bytes, path: str, encoding: str, *, declared: bool = True) -> Diagnostic | None:
    """Return the fault of bytes that are no text in an encoding, or None.

    Args:
        declared: whether the descriptor can declare another encoding for the file.
    """
    wrong = _first_wrong(data, encoding)
    if wrong is None:
        return None
    found = guess_encoding(data)
    place = Span(path, data.count(b"\n", 0, wrong) + 1)
    if found is None or found == encoding:
        message = f"the file is not {_title(encoding)} text"
        return error("wrong-encoding", message, place, "save it as UTF-8 (in Excel: CSV UTF-8)")
    message = f"the file seems to be {_title(found)}, not {_title(encoding)}"
    convert = (
        f"convert it: iconv -f {_title(found)} -t UTF-8 {path} > new.csv; in Excel, save it as CSV UTF-8"
    )
    hints = (
        (f'declare it beside its path: "encoding": "{found}"', f"or {convert}") if declared else (convert,)
    )
    return error("wrong-encoding", message, place, *hints)


def guess_encoding(data: bytes) -> str | None:
    """Return the encoding that bytes seem to have, by byte order mark, zeros, and strict decoding; None if unclear."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name if _first_wrong(data, name) is None else None
    head = data[:_PEEKED]
    names: tuple[str, ...] = ("utf-8", "gb18030", "big5", "cp1252")
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        names = ("utf-16-be", "utf-16-le") if even > odd else ("utf-16-le", "utf-16-be")
    return next((name for name in names if _first_wrong(data, name) is None and _is_likely(data, name)), None)


def _is_likely(data: bytes, name: str) -> bool:
    """Say whether a text has no signs that a wrong encoding leaves: control characters, private and rare ones."""
    text = data[: _PEEKED & ~3].decode(name, "ignore")
    strange = sum(1 for char in text if (char < " " and char not in "\t\r\n") or 0xE000 <= ord(char) < 0xF900)
    return strange == 0


def _first_wrong(data: bytes, encoding: str) -> int | None:
    """Return the offset of the first byte that cannot be decoded; None where all can."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)()
    start = 0
    for start, chunk in _chunks(data):
        try:
            decoder.decode(chunk, final=start + len(chunk) >= len(data))
        except UnicodeError as problem:
            return start + getattr(problem, "start", 0)
    return None


def _chunks(data: bytes, size: int = 1 << 20) -> Iterator[tuple[int, bytes]]:
    yield from ((start, data[start : start + size]) for start in range(0, len(data), size))


def _title(encoding: str) -> str:
    """Return an encoding's name as iconv and people write it."""
    return re.sub(r"^(UTF-(?:16|32))-(LE|BE)$", r"\1\2", encoding.upper())
