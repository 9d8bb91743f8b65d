"""Tokens of a content stream (ISO 32000-1, 7.2 and 7.8.2), found by regular expressions.

They are some ten times faster than pikepdf's objects, and a check that runs in every build has to be. What lies between
strings, names and arrays is split at its white space in one step; a stream with a picture in it is read token by token.
"""

from __future__ import annotations

import re
import struct

_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
for _ in range(4):  # strings hold balanced brackets, so deep at most
    _STRING = rb"\((?:[^()\\]++|\\.|" + _STRING + rb")*+\)"
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_COMMENT = rb"%[^\r\n]*+"
_HELD = _STRING + rb"|" + _HEX + rb"|" + _COMMENT
_DICTIONARY = rb"<<(?:[^<>(%]++|" + _HELD + rb")*+>>"
_DICTIONARY = rb"<<(?:[^<>(%]++|" + _HELD + rb"|" + _DICTIONARY + rb")*+>>"
_ARRAY = rb"\[(?:[^\[\]()<>%]++|" + _HELD + rb")*+\]"
_NAME = rb"/[^\s()<>\[\]{}/%]*+"
_PICTURE = rb"BI(?=[\s/%]).*?\sID\s.*?\sEI(?=\s|\Z)"
_BRACKETED = rb"|".join((_COMMENT, _NAME, _ARRAY, _HEX, _DICTIONARY, _STRING))

_PIECES = re.compile(_BRACKETED + rb"|[^()<>\[\]{}/%]++|.", re.DOTALL)
"""Brackets and names whole, all else in pieces of any length; the last choice is a bracket that has no partner."""

_TOKENS = re.compile(_PICTURE + rb"|" + _BRACKETED + rb"|[^\s()<>\[\]{}/%]++|\S", re.DOTALL)
_HAS_PICTURE = re.compile(rb"(?<![^\s\]>)])BI(?=[\s/%])")

OPERAND = frozenset(b"/(<[+-.0123456789")
"""What the first character of an operand may be."""

LONE = frozenset((b"(", b"<", b"[", b")", b">", b"]", b"{", b"}"))
"""Brackets that have no partner."""

_WHOLE = frozenset(b"/(<[)>]{}")
_PERCENT = ord("%")

TJ_PART = re.compile(
    rb"<([0-9A-Fa-f\s]*)>|([-+]?[0-9.]+)|(" + _STRING + rb"|" + _COMMENT + rb"|[^\s\[\]])", re.DOTALL
)
"""A part of what TJ shows: a string in hexadecimal, a move, or something else, which may be a string in brackets."""

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
PICTURE_ENTRY = re.compile(rb"/(CS|ColorSpace|W|Width|H|Height|IM|ImageMask)\s*(/\w+|\d+|true|false|\[)")


def tokens_of(data: bytes) -> list[bytes]:
    """Return the tokens of a stream in order, without comments; a picture in the stream is one token."""
    if b"BI" in data and _HAS_PICTURE.search(data):
        return [token for token in _TOKENS.findall(data) if token[0] != _PERCENT]
    tokens: list[bytes] = []
    for piece in _PIECES.findall(data):
        if piece[0] in _WHOLE:
            tokens.append(piece)
        elif piece[0] != _PERCENT:
            tokens += piece.split()
    return tokens


def literal(string: bytes) -> bytes:
    """Return the bytes of a string in brackets (ISO 32000-1, 7.3.4.2)."""
    if b"\\" not in string and b"\r" not in string:
        return string[1:-1]
    return _ESCAPE.sub(_unescaped, string[1:-1].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    octal, end_of_line, char = escape.groups()
    if octal:
        return bytes((int(octal, 8) & 0xFF,))
    return b"" if end_of_line else _ESCAPED.get(char, char)


def codes_of(hexadecimal: bytes) -> tuple[int, ...]:
    """Return the codes of a string in hexadecimal; an odd digit has a 0 after it (ISO 32000-1, 7.3.4.3)."""
    digits = hexadecimal.decode("ascii")
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        data = bytes.fromhex("".join(digits.split()) + "0")
    return _pairs(data)


def codes_of_other(part: bytes) -> tuple[int, ...]:
    """Return the codes of a string in brackets; a comment has none."""
    if part[:1] == b"%":
        return ()
    if part[:1] != b"(":
        raise ValueError(f"{part.decode('latin-1')} among the strings that are shown")
    return _pairs(literal(part))


def _pairs(data: bytes) -> tuple[int, ...]:
    if len(data) % 2:
        raise ValueError("a string that ends in half a code")
    return struct.unpack(f">{len(data) // 2}H", data)
